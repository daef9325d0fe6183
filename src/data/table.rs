//! Rows: tables with a header (CSV, TSV), and JSON lines.

use std::collections::BTreeSet;
use std::io::{self, BufRead as _, BufReader, Cursor, Read};

use super::decode::{Decoded, Detector, Encoding, Quotes};
use super::header::{Column, Quoting, Start, begin, columns, fit};
use crate::diag::{Diagnostic, Excerpt, Place, Position, Problems, Result};
use crate::field::{FieldPath, Fields, Schema, Value};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A table with a header row.
    Table,
    /// One JSON object a line.
    JsonLines,
}

impl Format {
    /// The format of a file, by its name and, where that says nothing, its first sign.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let lower = name.to_lowercase();
        if lower.ends_with(".jsonl") || lower.ends_with(".ndjson") {
            return Self::JsonLines;
        }
        let named = [".csv", ".tsv", ".txt"].iter().any(|end| lower.ends_with(end));
        let first = bytes.iter().find(|byte| !is_before_text(**byte));
        if !named && first == Some(&b'{') { Self::JsonLines } else { Self::Table }
    }
}

/// Whether a byte may stand before a text that begins with a sign of ASCII: white space, and
/// what the mark of an encoding or half a sign of UTF-16 is made of.
pub fn is_before_text(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"\xef\xbb\xbf\xff\xfe\0".contains(&byte)
}

/// One row, counted from 1 without the header.
#[derive(Debug)]
pub struct Row {
    /// Its number.
    pub number: usize,
    /// Its values, or what is wrong with it.
    pub fields: Result<Fields>,
}

/// How rows are read; what is not said is found out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How they are written.
    pub format: Format,
    /// Their encoding.
    pub encoding: Option<Encoding>,
    /// The sign between the cells of a table.
    pub delimiter: Option<u8>,
    /// What stands around its cells.
    pub quoting: Option<Quoting>,
    /// The names of its columns; none where they are its first row.
    pub header: Vec<String>,
}

impl From<Format> for Reading {
    fn from(format: Format) -> Self {
        Self {
            format,
            encoding: None,
            delimiter: None,
            quoting: None,
            header: Vec::new(),
        }
    }
}

/// What is known of rows before they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Survey {
    /// The encoding.
    encoding: Encoding,
    /// Whether it was guessed.
    guessed: bool,
    /// How many rows there are.
    pub rows: u64,
}

/// The rows of a file, one after the other; only one of them is in memory.
pub struct Rows {
    /// What errors call the file.
    source: String,
    /// The names of the columns; none for JSON lines.
    columns: Vec<Column>,
    /// How many rows were read.
    count: usize,
    /// The encoding, if it was guessed.
    guessed: Option<Encoding>,
    /// The rows that are left.
    rest: Rest,
}

/// Where rows come from.
type Source = Box<dyn Read + Send>;

/// The rows that are left.
enum Rest {
    /// Of a table.
    Table(Box<csv::Reader<Watched>>),
    /// Lines of JSON.
    Json(Box<BufReader<Decoded<Source>>>),
    /// None: the source cannot be read further.
    Broken,
}

/// The longest row: a quotation mark that is not closed makes a row of all that follows.
pub(super) const LONGEST: u64 = 64 << 20;

/// A table on its way to the reader of rows.
struct Watched {
    /// The text.
    text: io::Chain<Cursor<Vec<u8>>, BufReader<Decoded<Source>>>,
    /// Its quotation marks.
    quotes: Quotes,
    /// Whether all of it was read.
    ended: bool,
}

impl Read for Watched {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.text.read(out)?;
        self.quotes.feed(&out[..count]);
        self.ended |= count == 0 && !out.is_empty();
        if self.quotes.length > LONGEST {
            let megabytes = LONGEST >> 20;
            let why = match self.quotes.unclosed() {
                Some([line, _]) => {
                    format!("the quotation mark in line {line} is not closed")
                }
                None => "it does not end".to_owned(),
            };
            let message = format!("the row is longer than {megabytes} MB: {why}");
            return Err(io::Error::other(message));
        }
        Ok(count)
    }
}

/// Where a header stands that is not in the table.
const GIVEN: &str = "--header";

/// How much of a stream is looked at to find out its encoding.
const SAMPLE: usize = 64 << 10;

impl Rows {
    /// Begins to read a file that is in memory; `source` is what errors call it.
    ///
    /// Encoding (UTF-8, UTF-16, or what the letters speak for) and delimiter (comma,
    /// semicolon, tab, bar) are found out.
    ///
    /// # Errors
    /// A quotation mark that is never closed; a header that is empty, gives a name twice,
    /// or gives something that cannot be the name of a field.
    pub fn new(source: &str, bytes: &[u8], format: Format) -> Result<Self> {
        let reading = Reading::from(format);
        let survey = Self::survey(source, || Ok(Cursor::new(bytes)), &reading)?;
        Self::open(source, Box::new(Cursor::new(bytes.to_vec())), &reading, Some(survey))
    }

    /// Looks through a file that can be opened several times before it is read.
    ///
    /// # Errors
    /// A file that cannot be read; a quotation mark that is never closed.
    pub fn survey<R: Read>(
        source: &str,
        open: impl Fn() -> io::Result<R>,
        reading: &Reading,
    ) -> Result<Survey> {
        let failed = |error: io::Error| unreadable(source, &error);
        let mut guessed = false;
        let encoding = match reading.encoding {
            Some(encoding) => encoding,
            None => {
                let mut detector = Detector::new();
                each_chunk(open().map_err(failed)?, |chunk| detector.feed(chunk))
                    .map_err(failed)?;
                let (found, guess) = detector.finish(false);
                guessed = guess;
                found
            }
        };
        let decoded = || open().map(|source| Decoded::new(source, encoding));
        if reading.format == Format::JsonLines {
            let mut lines: u64 = 0;
            let count = |chunk: &[u8]| {
                lines += chunk.iter().filter(|b| **b == b'\n').count() as u64;
            };
            each_chunk(decoded().map_err(failed)?, count).map_err(failed)?;
            return Ok(Survey { encoding, guessed, rows: lines });
        }
        let mut text = BufReader::new(decoded().map_err(failed)?);
        let Start { first, signs, line } =
            begin(&mut text, reading.delimiter, reading.quoting).map_err(failed)?;
        check_text(source, &first)?;
        let mut quotes = Quotes::new(signs, line);
        quotes.feed(&first);
        each_chunk(text, |chunk| quotes.feed(chunk)).map_err(failed)?;
        if let Some(at) = quotes.unclosed() {
            return Err(unclosed(source, at).into());
        }
        let header = u64::from(reading.header.is_empty());
        Ok(Survey { encoding, guessed, rows: quotes.count().saturating_sub(header) })
    }

    /// Begins to read; `source` is what errors call what is read. Without a survey the
    /// encoding is found out from the beginning.
    ///
    /// # Errors
    /// As [`Rows::new`].
    pub fn open(
        source: &str,
        mut bytes: Box<dyn Read + Send>,
        reading: &Reading,
        survey: Option<Survey>,
    ) -> Result<Self> {
        let failed = |error: io::Error| unreadable(source, &error);
        let (encoding, is_guess) = match (reading.encoding, survey) {
            (Some(encoding), _) => (encoding, false),
            (None, Some(survey)) => (survey.encoding, survey.guessed),
            (None, None) => {
                let mut sample = Vec::new();
                bytes
                    .by_ref()
                    .take(SAMPLE as u64)
                    .read_to_end(&mut sample)
                    .map_err(failed)?;
                let mut detector = Detector::new();
                detector.feed(&sample);
                let found = detector.finish(sample.len() == SAMPLE);
                bytes = Box::new(Cursor::new(sample).chain(bytes));
                found
            }
        };
        let guessed = is_guess.then_some(encoding);
        let mut text = BufReader::new(Decoded::new(bytes, encoding));
        let source = source.to_owned();
        if reading.format == Format::JsonLines {
            let rest = Rest::Json(Box::new(text));
            return Ok(Self { source, columns: Vec::new(), count: 0, guessed, rest });
        }
        let Start { first, signs, line } =
            begin(&mut text, reading.delimiter, reading.quoting)
                .map_err(|error| unreadable(&source, &error))?;
        check_text(&source, &first)?;
        let text = Cursor::new(first).chain(text);
        let quotes = Quotes::new(signs, line);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(signs.delimiter)
            .quoting(signs.quote.is_some())
            .quote(signs.quote.unwrap_or(b'"'))
            .has_headers(reading.header.is_empty())
            .flexible(true)
            .from_reader(Watched { text, quotes, ended: false });
        let columns = if reading.header.is_empty() {
            let header = reader.headers().cloned().unwrap_or_default();
            columns(&source, header.iter())?
        } else {
            columns(GIVEN, reading.header.iter().map(String::as_str))?
        };
        Ok(Self {
            source,
            columns,
            count: 0,
            guessed,
            rest: Rest::Table(Box::new(reader)),
        })
    }

    /// The name of the encoding, where it had to be guessed.
    pub fn guessed(&self) -> Option<&'static str> {
        self.guessed.map(Encoding::name)
    }

    /// Lets columns fill the fields whose names they nearly have: capitals do not count,
    /// and spaces and hyphens stand for underscores.
    ///
    /// # Errors
    /// Two columns for one field, or for a field and a part of it.
    pub fn fit(&mut self, schema: &Schema) -> Result<()> {
        let mut met: BTreeSet<FieldPath> = BTreeSet::new();
        let mut problems = Vec::new();
        let place = Place::whole(&*self.source);
        let fault =
            |message| Diagnostic::usage("table-header", message).at(place.clone());
        for column in &mut self.columns {
            let Some(path) = &mut column.path else { continue };
            let fitted = fit(path, schema);
            if fitted != *path {
                *path = fitted;
            }
            if !met.insert(path.clone()) {
                let message = format!(
                    "the column `{}` fills `{path}`, as another does",
                    column.name
                );
                problems.push(fault(message).hint("give each column a name of its own"));
            }
            column.name = path.to_string();
        }
        // In their order, what is part of a field follows the field.
        for (whole, part) in met.iter().zip(met.iter().skip(1)) {
            if part.steps().starts_with(whole.steps()) {
                let message = format!(
                    "the column `{part}` fills a part of `{whole}`, which \
                                       has a column of its own"
                );
                problems.push(fault(message).hint("keep the one or the other"));
            }
        }
        Problems::check((), problems)
    }

    /// The names of the columns, in order; none for JSON lines.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.columns
            .iter()
            .filter(|c| c.path.is_some())
            .map(|column| column.name.as_str())
    }

    /// The next row of a table.
    fn table_row(&mut self) -> Option<Row> {
        let Rest::Table(reader) = &mut self.rest else { return None };
        let mut record = csv::StringRecord::new();
        loop {
            match reader.read_record(&mut record) {
                Ok(true) if record.iter().all(|cell| cell.trim().is_empty()) => {}
                Ok(true) => break,
                Ok(false) => return None,
                Err(error) => {
                    self.count += 1;
                    let io = error.is_io_error();
                    let row = self.broken(&format!("this is not a row: {error}"));
                    if io {
                        self.rest = Rest::Broken;
                    }
                    return Some(row);
                }
            }
        }
        let watched = reader.get_ref();
        let open = watched.quotes.unclosed().filter(|_| watched.ended);
        if let Some(at) = open {
            self.count += 1;
            let number = self.count;
            self.rest = Rest::Broken;
            return Some(Row { number, fields: Err(unclosed(&self.source, at).into()) });
        }
        self.count += 1;
        let number = self.count;
        let extra = record.iter().skip(self.columns.len()).find(|cell| !cell.is_empty());
        if extra.is_some() {
            let (cells, columns) = (record.len(), self.columns.len());
            let message = format!("the row has {cells} cells, the header {columns}");
            return Some(self.broken(&message));
        }
        let mut fields = Fields::from_place(self.place(number)).allow_unknown();
        for (index, (cell, column)) in record.iter().zip(&self.columns).enumerate() {
            if let (Some(path), false) = (&column.path, cell.trim().is_empty()) {
                let place = Place::cell(self.source.clone(), number, index + 1);
                fields.insert(path, Value::from(cell), Some(place));
            }
        }
        Some(Row { number, fields: Ok(fields) })
    }

    /// The next line of JSON.
    fn json_row(&mut self) -> Option<Row> {
        let Rest::Json(text) = &mut self.rest else { return None };
        let mut line = Vec::new();
        loop {
            line.clear();
            match text.by_ref().take(LONGEST).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(count) if count as u64 == LONGEST && !line.ends_with(b"\n") => {
                    let megabytes = LONGEST >> 20;
                    return Some(
                        self.last(&format!("the line is longer than {megabytes} MB")),
                    );
                }
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => break,
                Err(error) => {
                    return Some(self.last(&format!("this cannot be read: {error}")));
                }
            }
        }
        // What is decoded is UTF-8.
        let line = String::from_utf8_lossy(&line);
        self.count += 1;
        let number = self.count;
        let record = match super::json::object(&line) {
            Ok(record) => record,
            Err(error) => {
                let message = error.to_string();
                let message = message.split(" at line ").next().unwrap_or("");
                return Some(
                    self.broken(&format!("this is not an object of JSON: {message}")),
                );
            }
        };
        let fields = Fields::from_record(record, std::collections::BTreeMap::new());
        Some(Row {
            number,
            fields: Ok(fields.with_origin(self.place(number)).allow_unknown()),
        })
    }

    /// A row that cannot be read, after which no other can.
    fn last(&mut self, message: &str) -> Row {
        self.count += 1;
        self.rest = Rest::Broken;
        self.broken(message)
    }

    /// A row that cannot be read.
    fn broken(&self, message: &str) -> Row {
        let number = self.count;
        let hint = match self.columns[..] {
            [] => "write one object of JSON on each line",
            _ => "look at its delimiters and quotation marks",
        };
        let problem =
            Diagnostic::invalid("table-row", message).at(self.place(number)).hint(hint);
        Row { number, fields: Err(problem.into()) }
    }

    /// The place of a row.
    fn place(&self, number: usize) -> Place {
        Place { source: self.source.clone(), position: Position::Row(number) }
    }
}

impl Iterator for Rows {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        match self.rest {
            Rest::Table(_) => self.table_row(),
            Rest::Json(_) => self.json_row(),
            Rest::Broken => None,
        }
    }
}

impl core::fmt::Debug for Rows {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Rows").field("source", &self.source).finish_non_exhaustive()
    }
}

/// Reads to the end, chunk by chunk.
fn each_chunk(mut source: impl Read, mut see: impl FnMut(&[u8])) -> io::Result<()> {
    let mut chunk = vec![0; SAMPLE];
    loop {
        match source.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(count) => see(&chunk[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Checks that a table begins with text: spreadsheets and pictures have zeros there.
fn check_text(source: &str, first: &[u8]) -> Result<()> {
    if !first.contains(&0) {
        return Ok(());
    }
    let message = format!("`{source}` is no text: there are zeros in its first line");
    Err(Diagnostic::usage("not-text", message)
        .hint("save the table as CSV in UTF-8, or name its encoding with --encoding")
        .into())
}

/// The source cannot be read.
fn unreadable(source: &str, error: &io::Error) -> Diagnostic {
    let message = format!("`{source}` cannot be read: {error}");
    Diagnostic::io("unreadable", message).hint("look at the file and the disk")
}

/// A quotation mark is never closed.
fn unclosed(source: &str, at: [u64; 2]) -> Diagnostic {
    let message = "a quotation mark is opened here and never closed";
    let [line, column] = at.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let position = Position::Text { line, column, excerpt: Excerpt::default() };
    Diagnostic::usage("table-quote", message)
        .at(Place { source: source.to_owned(), position })
        .hint("close it, or write it twice where it is part of the text")
}

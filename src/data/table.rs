//! Rows: tables with a header (CSV, TSV), and JSON lines.

use std::collections::HashSet;
use std::io::{self, BufRead as _, BufReader, Cursor, Read};

use super::decode::{Decoded, Detector, Encoding, Quotes};
use crate::diag::{Diagnostic, Place, Position, Problems, Result};
use crate::field::{FieldPath, FieldType, Fields, Schema, Step, Value};

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
        let first = bytes.iter().find(|b| !b.is_ascii_whitespace());
        if !named && first == Some(&b'{') { Self::JsonLines } else { Self::Table }
    }
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How they are written.
    pub format: Format,
    /// Their encoding.
    pub encoding: Option<Encoding>,
    /// The sign between the cells of a table.
    pub delimiter: Option<u8>,
}

impl From<Format> for Reading {
    fn from(format: Format) -> Self {
        Self { format, encoding: None, delimiter: None }
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

/// A column of a table.
#[derive(Clone, Debug)]
struct Column {
    /// What the header calls it.
    name: String,
    /// The field it fills; none for a column without a name.
    path: Option<FieldPath>,
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
const LONGEST: u64 = 64 << 20;

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
        let survey = Self::survey(source, || Ok(Cursor::new(bytes)), reading)?;
        Self::open(source, Box::new(Cursor::new(bytes.to_vec())), reading, Some(survey))
    }

    /// Looks through a file that can be opened several times before it is read.
    ///
    /// # Errors
    /// A file that cannot be read; a quotation mark that is never closed.
    pub fn survey<R: Read>(
        source: &str,
        open: impl Fn() -> io::Result<R>,
        reading: Reading,
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
        let Start { first, delimiter, line } =
            begin(&mut text, reading.delimiter).map_err(failed)?;
        let mut quotes = Quotes::new(delimiter, line);
        quotes.feed(&first);
        each_chunk(text, |chunk| quotes.feed(chunk)).map_err(failed)?;
        if let Some(at) = quotes.unclosed() {
            return Err(unclosed(source, at).into());
        }
        Ok(Survey { encoding, guessed, rows: quotes.count().saturating_sub(1) })
    }

    /// Begins to read; `source` is what errors call what is read. Without a survey the
    /// encoding is found out from the beginning.
    ///
    /// # Errors
    /// As [`Rows::new`].
    pub fn open(
        source: &str,
        mut bytes: Box<dyn Read + Send>,
        reading: Reading,
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
        let Start { first, delimiter, line } = begin(&mut text, reading.delimiter)
            .map_err(|error| unreadable(&source, &error))?;
        let text = Cursor::new(first).chain(text);
        let quotes = Quotes::new(delimiter, line);
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(Watched { text, quotes, ended: false });
        let header = reader.headers().cloned().unwrap_or_default();
        let columns = columns(&source, &header)?;
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
    /// Two columns for one field.
    pub fn fit(&mut self, schema: &Schema) -> Result<()> {
        let mut met: HashSet<FieldPath> = HashSet::new();
        let mut problems = Vec::new();
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
                problems.push(
                    Diagnostic::usage("table-header", message)
                        .at(Place::whole(&*self.source))
                        .hint("give each column a name of its own"),
                );
            }
            column.name = path.to_string();
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
                Ok(_) if line.trim_ascii().is_empty() => {}
                Ok(_) => break,
                Err(error) => {
                    self.count += 1;
                    self.rest = Rest::Broken;
                    return Some(self.broken(&format!("this cannot be read: {error}")));
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

    /// A row that cannot be read.
    fn broken(&self, message: &str) -> Row {
        let number = self.count;
        let problem = Diagnostic::invalid("table-row", message)
            .at(self.place(number))
            .hint("look at its delimiters and quotation marks");
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

/// How a table starts.
struct Start {
    /// The first line of its header.
    first: Vec<u8>,
    /// The sign between its cells.
    delimiter: u8,
    /// The number of that line, from 1.
    line: u64,
}

/// Reads how a table starts. A line `sep=;`, as spreadsheets write it, says the delimiter
/// and is no row; empty lines do not count.
fn begin(text: &mut impl io::BufRead, asked: Option<u8>) -> io::Result<Start> {
    let mut first = line(text)?;
    let mut number = 1;
    let mut said = None;
    loop {
        match *first.trim_ascii_end() {
            [] if !first.is_empty() => {}
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign] => said = Some(sign),
            _ => break,
        }
        first = line(text)?;
        number += 1;
    }
    let found = || delimiter(&String::from_utf8_lossy(&first));
    let delimiter = asked.or(said).unwrap_or_else(found);
    Ok(Start { first, delimiter, line: number })
}

/// A line with its end, up to the length that a row may have.
fn line(text: &mut impl io::BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    text.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
    Ok(line)
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
    let position = Position::Text { line, column, excerpt: String::new() };
    Diagnostic::usage("table-quote", message)
        .at(Place { source: source.to_owned(), position })
        .hint("close it, or write it twice where it is part of the text")
}

/// The sign between cells: the one that the header has most of outside quotation marks.
fn delimiter(header: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in header.bytes() {
        quoted ^= byte == b'"';
        for (sign, count) in &mut counts {
            *count += usize::from(!quoted && byte == *sign);
        }
    }
    let mut best = counts[0];
    for counted in &counts[1..] {
        if counted.1 > best.1 {
            best = *counted;
        }
    }
    best.0
}

/// A name as it is compared with others.
fn plain(name: &str) -> String {
    let same = |c: char| if c == ' ' || c == '-' { '_' } else { c };
    name.trim().to_lowercase().chars().map(same).collect()
}

/// A path with the names that the schema has for its steps.
fn fit(path: &FieldPath, schema: &Schema) -> FieldPath {
    let mut steps = path.steps().to_vec();
    let mut fields = Some(schema);
    let mut ty: Option<&FieldType> = None;
    for (depth, step) in steps.iter_mut().enumerate() {
        let field = match (&mut *step, fields, ty) {
            (Step::Name(name), Some(schema), _) => {
                if schema.get(name).is_none() {
                    let wanted = plain(name);
                    match schema.names().find(|known| plain(known) == wanted) {
                        Some(known) => *name = known.to_owned(),
                        // A column of the user's own: a pattern of names can use it.
                        None if depth == 0 => {
                            *name = name.trim().replace([' ', '-'], "_");
                        }
                        None => {}
                    }
                }
                schema.get(name)
            }
            (Step::Entry(_), _, Some(FieldType::List(of))) => Some(&**of),
            _ => None,
        };
        let Some(field) = field else { break };
        ty = Some(&field.ty);
        fields = field.ty.fields();
    }
    FieldPath::from(steps)
}

/// Reads the header.
fn columns(source: &str, header: &csv::StringRecord) -> Result<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut met = HashSet::new();
    let mut problems = Vec::new();
    for (index, name) in header.iter().enumerate() {
        let name = name.trim().to_owned();
        let place = Place {
            source: source.to_owned(),
            position: Position::Text {
                line: 1,
                column: index + 1,
                excerpt: String::new(),
            },
        };
        let fault = |message: String, hint: &str| {
            Diagnostic::usage("table-header", message).at(place.clone()).hint(hint)
        };
        if name.is_empty() {
            // Spreadsheets leave empty columns behind; what stands in them is not read.
            columns.push(Column { name, path: None });
            continue;
        }
        if !met.insert(name.clone()) {
            let message = format!("the header names the column `{name}` twice");
            problems.push(fault(message, "give each column a name of its own"));
        }
        // A name that is no path is a column of the user's own.
        let path = match name.parse::<FieldPath>() {
            Ok(path) => path,
            Err(_) => FieldPath::ROOT.name(name.clone()),
        };
        columns.push(Column { name, path: Some(path) });
    }
    if columns.iter().all(|column| column.path.is_none()) {
        let message = format!("`{source}` has no header row");
        let hint = "write the names of the fields into the first row; `engross fields \
                    <TEMPLATE> --format csv` gives it";
        problems.push(Diagnostic::usage("table-header", message).hint(hint));
    }
    Problems::check(columns, problems)
}

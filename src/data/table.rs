//! Rows: tables with a header (CSV, TSV), and JSON lines.

use std::io::Cursor;

use encoding_rs::Encoding;

use crate::diag::{Diagnostic, Place, Position, Problems, Result};
use crate::field::{FieldPath, Fields, Value};

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

/// The rows of a file, one after the other.
#[derive(Debug)]
pub struct Rows {
    /// What errors call the file.
    source: String,
    /// The names of the columns; none for JSON lines.
    columns: Vec<Column>,
    /// How many rows were read.
    count: usize,
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

/// The rows that are left.
#[derive(Debug)]
enum Rest {
    /// Of a table.
    Table(Box<csv::Reader<Cursor<Vec<u8>>>>),
    /// Lines of JSON.
    Json(std::vec::IntoIter<String>),
}

impl Rows {
    /// Begins to read a file; `source` is what errors call it.
    ///
    /// Encoding (UTF-8, UTF-16, or what the letters speak for) and delimiter (comma,
    /// semicolon, tab) are found out.
    ///
    /// # Errors
    /// A quotation mark that is never closed; a header that is empty, gives a name twice,
    /// or gives something that cannot be the name of a field.
    pub fn new(source: &str, bytes: &[u8], format: Format) -> Result<Self> {
        let text = decode(bytes);
        let source = source.to_owned();
        if format == Format::JsonLines {
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let rest = Rest::Json(lines.into_iter());
            return Ok(Self { source, columns: Vec::new(), count: 0, rest });
        }
        let delimiter = delimiter(&text);
        if let Some(offset) = unclosed_quote(&text, delimiter) {
            let message = "a quotation mark is opened here and never closed";
            return Err(Diagnostic::usage("table-quote", message)
                .at(Place::in_text(source, &text, offset))
                .hint("close it, or write it twice where it is part of the text")
                .into());
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .from_reader(Cursor::new(text.into_bytes()));
        let header = reader.headers().cloned().unwrap_or_default();
        let columns = columns(&source, &header)?;
        Ok(Self { source, columns, count: 0, rest: Rest::Table(Box::new(reader)) })
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
                    return Some(self.broken(&format!("this is not a row: {error}")));
                }
            }
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
        let Rest::Json(lines) = &mut self.rest else { return None };
        let line = lines.find(|line| !line.trim().is_empty())?;
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
        }
    }
}

/// Bytes as text, in the encoding that they are in.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Ok(text) = core::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut detector =
        chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The sign between cells: the one that the header has most of outside quotation marks.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or("");
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
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

/// The byte of a quotation mark that is opened and never closed.
fn unclosed_quote(text: &str, delimiter: u8) -> Option<usize> {
    let mut open = None;
    let mut begins = true;
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        match (open, byte) {
            (Some(_), b'"') if bytes.get(at + 1) == Some(&b'"') => at += 1,
            (Some(_), b'"') => open = None,
            (None, b'"') if begins => open = Some(at),
            _ => {}
        }
        begins = open.is_none() && (byte == delimiter || byte == b'\n');
        at += 1;
    }
    open
}

/// Reads the header.
fn columns(source: &str, header: &csv::StringRecord) -> Result<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
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
        if columns.iter().any(|column| column.name == name) {
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

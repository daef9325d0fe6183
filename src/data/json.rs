//! Fields in JSON.

use std::collections::BTreeMap;

use super::lines::Lines;
use crate::diag::{Diagnostic, Place, Result};
use crate::field::{FieldPath, Fields, Record, Value};

/// Reads fields written in JSON: one object; `source` is what errors call the text.
///
/// # Errors
/// A text that is not one object of JSON, or that gives a name twice in a record.
pub fn read_json(source: &str, text: &str) -> Result<Fields> {
    let lines = Lines::new(source, text);
    let record = object(text).map_err(|error| broken(&error, text, &lines))?;
    let mut scan = Scan { bytes: text.as_bytes(), at: 0, found: Vec::new() };
    scan.value(&FieldPath::ROOT);
    let places: BTreeMap<FieldPath, Place> =
        scan.found.into_iter().map(|(path, at)| (path, lines.place(at))).collect();
    Ok(Fields::from_record(record, places).with_origin(Place::whole(source)))
}

/// Reads one object.
pub(super) fn object(text: &str) -> core::result::Result<Record, serde_json::Error> {
    use serde::de::Error as _;
    // As a value first: that refuses names given twice.
    match serde_json::from_str(text)? {
        Value::Record(record) => Ok(record),
        other => {
            Err(serde_json::Error::custom(format!("{} is not an object", other.kind())))
        }
    }
}

/// A text that is not JSON.
fn broken(error: &serde_json::Error, text: &str, lines: &Lines<'_>) -> Diagnostic {
    // serde_json counts lines from 1 and columns in bytes.
    let before = text.split_inclusive('\n').take(error.line().saturating_sub(1));
    let start: usize = before.map(str::len).sum();
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or("").to_owned();
    Diagnostic::usage("broken-json", format!("this is not JSON fields: {message}"))
        .at(lines.place(start + error.column().saturating_sub(1)))
        .hint("write one object: { \"name\": \"value\" }")
}

/// Finds where the values of sound JSON stand.
struct Scan<'a> {
    /// The text.
    bytes: &'a [u8],
    /// The byte that is looked at.
    at: usize,
    /// The places found.
    found: Vec<(FieldPath, usize)>,
}

impl Scan<'_> {
    /// Passes white space and the signs between values.
    fn skip(&mut self) {
        while self.bytes.get(self.at).is_some_and(|b| b" \t\r\n,:".contains(b)) {
            self.at += 1;
        }
    }

    /// Passes a value.
    fn value(&mut self, path: &FieldPath) {
        self.skip();
        if !path.is_root() {
            self.found.push((path.clone(), self.at));
        }
        match self.bytes.get(self.at) {
            Some(b'{') => {
                self.at += 1;
                while let Some(name) = self.name() {
                    self.value(&path.name(name));
                }
            }
            Some(b'[') => {
                self.at += 1;
                let mut index = 0;
                while self.goes_on(b']') {
                    self.value(&path.entry(index));
                    index += 1;
                }
            }
            Some(b'"') => drop(self.text()),
            _ => {
                let ends = |b: &u8| b" \t\r\n,:]}".contains(b);
                while self.bytes.get(self.at).is_some_and(|b| !ends(b)) {
                    self.at += 1;
                }
            }
        }
    }

    /// Whether another value comes before the closing sign, which is passed.
    fn goes_on(&mut self, close: u8) -> bool {
        self.skip();
        match self.bytes.get(self.at) {
            Some(b) if *b == close => {
                self.at += 1;
                false
            }
            Some(_) => true,
            None => false,
        }
    }

    /// The next name of an object.
    fn name(&mut self) -> Option<String> {
        self.goes_on(b'}').then(|| self.text())?
    }

    /// A text in quotation marks.
    fn text(&mut self) -> Option<String> {
        let start = self.at;
        self.at += 1;
        loop {
            match self.bytes.get(self.at)? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        serde_json::from_slice(self.bytes.get(start..self.at)?).ok()
    }
}

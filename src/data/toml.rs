//! Fields in TOML.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::lines::Lines;
use crate::diag::{Diagnostic, Place, Position, Problems, Result};
use crate::field::{FieldPath, Fields, Record, Value, native_date, whole_number};

/// Reads fields written in TOML; `source` is what errors call the text.
///
/// # Errors
/// A text that is not TOML: all the places where it is not.
pub fn read_toml(source: &str, text: &str) -> Result<Fields> {
    let lines = Lines::new(source, text);
    let (table, mut errors) = DeTable::parse_recoverable(text);
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    Problems::check((), faults(&errors, &lines))?;
    let mut reader = Reader { lines, places: BTreeMap::new() };
    let record = reader.record(table.get_ref(), &FieldPath::ROOT);
    let fields = Fields::from_record(record, reader.places);
    Ok(fields.with_origin(Place::whole(source)))
}

/// The errors that are not the consequence of another: the first of each line, up to the
/// first of something left open, which takes all that follows for its content.
fn faults(errors: &[toml::de::Error], lines: &Lines<'_>) -> Vec<Diagnostic> {
    let left_open = errors.iter().any(|error| error.message().starts_with("unclosed"));
    let mut faults: Vec<Diagnostic> = Vec::new();
    let mut last_line = None;
    for error in errors {
        let place = lines.place(error.span().map_or(0, |span| span.start));
        let line = match place.position {
            Position::Text { line, .. } => Some(line),
            _ => None,
        };
        if !faults.is_empty() && line == last_line {
            continue;
        }
        last_line = line;
        let message = error.message().trim().replace('\n', ", ");
        let inside = ["unclosed", "array", "inline table"];
        let last = left_open && inside.iter().any(|word| message.contains(word));
        faults.push(
            Diagnostic::usage("broken-toml", format!("this is not TOML: {message}"))
                .at(place)
                .hint("mend the line: name = \"value\", text in quotation marks"),
        );
        if last {
            break;
        }
    }
    faults
}

/// Turns what was parsed into values and notes their places.
struct Reader<'a> {
    /// Finds places.
    lines: Lines<'a>,
    /// The places met so far.
    places: BTreeMap<FieldPath, Place>,
}

impl Reader<'_> {
    /// A table.
    fn record(&mut self, table: &DeTable<'_>, path: &FieldPath) -> Record {
        let mut record = Record::new();
        for (name, value) in table {
            let here = path.name(name.get_ref().as_ref());
            // A table with a header of its own stands where its name does.
            let at = match value.get_ref() {
                DeValue::Table(_) | DeValue::Array(_) => name.span().start,
                _ => value.span().start,
            };
            self.places.insert(here.clone(), self.lines.place(at));
            let value = self.value(value, &here);
            record.insert(name.get_ref().to_string(), value);
        }
        record
    }

    /// A value.
    fn value(&mut self, value: &Spanned<DeValue<'_>>, path: &FieldPath) -> Value {
        match value.get_ref() {
            DeValue::String(text) => Value::Text(text.to_string()),
            DeValue::Integer(number) if number.radix() == 10 => {
                whole_number(number.as_str())
            }
            DeValue::Integer(number) => {
                let read = i64::from_str_radix(number.as_str(), number.radix());
                let text = || number.as_str().to_owned();
                read.map_or_else(
                    |_| Value::Text(text()),
                    |n| whole_number(&n.to_string()),
                )
            }
            DeValue::Float(number) => match number.as_str().parse::<f64>() {
                Ok(read) => Value::Number(read),
                Err(_) => Value::Text(number.as_str().to_owned()),
            },
            DeValue::Boolean(yes) => Value::Bool(*yes),
            DeValue::Datetime(moment) => native_date(&moment.to_string()),
            DeValue::Array(entries) => {
                let entry = |(index, entry): (usize, &Spanned<DeValue<'_>>)| {
                    let here = path.entry(index);
                    self.places
                        .insert(here.clone(), self.lines.place(entry.span().start));
                    self.value(entry, &here)
                };
                Value::List(entries.iter().enumerate().map(entry).collect())
            }
            DeValue::Table(table) => Value::Record(self.record(table, path)),
        }
    }
}

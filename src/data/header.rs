//! How a table starts: its delimiter, its quotation marks and the names of its columns.

use std::collections::HashSet;
use std::io::{self, BufRead as _, Read as _};

use super::table::LONGEST;
use crate::diag::{Diagnostic, Excerpt, Place, Position, Problems, Result};
use crate::field::{FieldPath, FieldType, Schema, Step};

/// The sign between the cells of a table, and the one around those that hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Signs {
    /// Between cells.
    pub delimiter: u8,
    /// Around cells; none where a quotation mark is a sign like others.
    pub quote: Option<u8>,
}

/// What stands around cells in which delimiters or line ends stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quoting {
    /// This sign on both sides, twice where it is part of the text.
    Sign(u8),
    /// Nothing: no cell has a delimiter or line end in it.
    Off,
}

impl Quoting {
    /// The sign, if there is one.
    fn sign(self) -> Option<u8> {
        match self {
            Self::Sign(sign) => Some(sign),
            Self::Off => None,
        }
    }
}

/// A column of a table.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// What the header calls it.
    pub name: String,
    /// The field it fills; none for a column without a name.
    pub path: Option<FieldPath>,
}

/// How a table starts.
pub(super) struct Start {
    /// Its first line that is not empty, and what follows in a table whose lines end in an
    /// old way.
    pub first: Vec<u8>,
    /// Its signs.
    pub signs: Signs,
    /// The number of that line, from 1.
    pub line: u64,
}

/// Reads how a table starts. A line `sep=;`, as spreadsheets write it, says the delimiter
/// and is no row; empty lines do not count.
pub(super) fn begin(
    text: &mut impl io::BufRead,
    delimiter: Option<u8>,
    quoting: Option<Quoting>,
) -> io::Result<Start> {
    let mut first = line(text)?;
    let mut number = 1;
    let mut said = None;
    loop {
        let whole = first.strip_suffix(b"\n").unwrap_or(&first);
        // A tab may be the sign that is said.
        match *whole.strip_suffix(b"\r").unwrap_or(whole) {
            [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', sign] => said = Some(sign),
            _ if first.trim_ascii().is_empty() && !first.is_empty() => {}
            _ => break,
        }
        first = line(text)?;
        number += 1;
    }
    let end = first.iter().position(|b| b"\r\n".contains(b)).unwrap_or(first.len());
    let header = &first[..end];
    let quote = quoting.unwrap_or_else(|| Quoting::Sign(find_quote(header))).sign();
    let found = || find_delimiter(header, quote);
    let delimiter = delimiter.or(said).unwrap_or_else(found);
    Ok(Start { first, signs: Signs { delimiter, quote }, line: number })
}

/// A line with its end, up to the length that a row may have.
fn line(text: &mut impl io::BufRead) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    text.by_ref().take(LONGEST).read_until(b'\n', &mut line)?;
    Ok(line)
}

/// The sign around cells: no name begins with an apostrophe, so where the header does, it
/// is what cells are quoted with.
fn find_quote(header: &[u8]) -> u8 {
    if header.trim_ascii_start().starts_with(b"'") { b'\'' } else { b'"' }
}

/// The sign between cells: the one that the header has most of outside quotation marks.
fn find_delimiter(header: &[u8], quote: Option<u8>) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    for byte in header {
        quoted ^= Some(*byte) == quote;
        for (sign, count) in &mut counts {
            *count += usize::from(!quoted && byte == sign);
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
pub(super) fn fit(path: &FieldPath, schema: &Schema) -> FieldPath {
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

/// The columns of a header.
///
/// # Errors
/// A header that is empty, or that gives a name twice.
pub(super) fn columns<'a>(
    source: &str,
    header: impl Iterator<Item = &'a str>,
) -> Result<Vec<Column>> {
    let mut columns: Vec<Column> = Vec::new();
    let mut met = HashSet::new();
    let mut problems = Vec::new();
    for (index, name) in header.enumerate() {
        let name = name.trim().to_owned();
        let place = Place {
            source: source.to_owned(),
            position: Position::Text {
                line: 1,
                column: index + 1,
                excerpt: Excerpt::default(),
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
        let hint = "write the names of the fields into the first row, as `engross fields \
                    <TEMPLATE> --format csv` gives them, or name them with --header";
        problems.push(Diagnostic::usage("table-header", message).hint(hint));
    }
    Problems::check(columns, problems)
}

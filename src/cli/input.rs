//! Fields from a file or from standard input.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use super::args::ReadingArgs;
use super::report::Report;
use crate::batch::{check_assignments, check_columns};
use crate::data::{Format, Reading, Rows, is_before_text, read_json, read_toml};
use crate::diag::{Diagnostic, Place, Problems, Result, Severity};
use crate::field::{Fields, Schema};
use crate::lang::Lang;
use crate::press::{read_file, read_pictures};
use crate::template::Template;

/// The name that stands for standard input or output.
pub(super) const STREAM: &str = "-";

/// A file of fields, read.
#[derive(Debug)]
pub(super) struct Source {
    /// What errors call it.
    pub name: String,
    /// The folder it lies in: names of pictures are relative to it.
    pub folder: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Rows that are read as they are needed.
pub(super) struct RowSource {
    /// What errors call them.
    pub name: String,
    /// The folder they lie in: names of pictures are relative to it.
    pub folder: PathBuf,
    /// How many there are, if it is known.
    pub count: Option<u64>,
    /// The rows.
    pub rows: Rows,
}

impl RowSource {
    /// Opens a file, or standard input for `-`.
    pub(super) fn open(path: &Path, args: &ReadingArgs) -> Result<Self> {
        let reading = |format| Reading {
            format,
            encoding: args.encoding,
            delimiter: args.delimiter,
            quoting: args.quote,
            header: args.header.clone(),
        };
        let unreadable = |error: std::io::Error| {
            let message = format!("`{}` cannot be read: {error}", path.display());
            Diagnostic::io("unreadable", message).hint("mend the path")
        };
        if path == Path::new(STREAM) {
            let stdin = Box::new(std::io::stdin());
            return Self::stream("standard input".to_owned(), stdin, reading);
        }
        let name = path.display().to_string();
        // A pipe can be read only once.
        if !path.metadata().map_err(unreadable)?.is_file() {
            return Self::stream(
                name,
                Box::new(File::open(path).map_err(unreadable)?),
                reading,
            );
        }
        let mut first = Vec::new();
        let file = File::open(path).map_err(unreadable)?;
        file.take(SNIFF).read_to_end(&mut first).map_err(unreadable)?;
        let source = Source { name: name.clone(), folder: folder_of(path), bytes: first };
        let Notation::Rows(format) = source.notation()? else {
            return Err(source.not_rows());
        };
        let reading = reading(format);
        let survey = Rows::survey(&name, || File::open(path), &reading)?;
        let file = File::open(path).map_err(unreadable)?;
        let rows = Rows::open(&name, Box::new(file), &reading, Some(survey))?;
        Ok(Self { name, folder: source.folder, count: Some(survey.rows), rows })
    }

    /// Begins to read what can be read only once.
    fn stream(
        name: String,
        mut source: Box<dyn std::io::Read + Send>,
        reading: impl Fn(Format) -> Reading,
    ) -> Result<Self> {
        // No more than what tells the format: what comes next may take its time.
        let mut first = Vec::new();
        while first.iter().all(|byte| is_before_text(*byte))
            && first.len() < SNIFF as usize
        {
            let mut next = source.by_ref().take(1);
            let read = next.read_to_end(&mut first).map_err(|error| {
                let message = format!("`{name}` cannot be read: {error}");
                Diagnostic::io("unreadable", message).hint("give a file instead")
            })?;
            if read == 0 {
                break;
            }
        }
        let format = Format::of(&name, &first);
        let bytes = Cursor::new(first).chain(source);
        let rows = Rows::open(&name, Box::new(bytes), &reading(format), None)?;
        Ok(Self { name, folder: PathBuf::new(), count: None, rows })
    }
}

/// How much of a file is looked at to see how it is written.
const SNIFF: u64 = 64 << 10;

/// The folder that a file lies in.
fn folder_of(path: &Path) -> PathBuf {
    path.parent().map(Path::to_owned).unwrap_or_default()
}

/// How fields are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// One document, in TOML.
    Toml,
    /// One document, as one object of JSON.
    Json,
    /// One document a row.
    Rows(Format),
}

impl Source {
    /// Reads a file, or standard input for `-`.
    pub(super) fn read(path: &Path) -> Result<Self> {
        if path == Path::new(STREAM) {
            let name = "standard input".to_owned();
            let mut bytes = Vec::new();
            std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
                let message = format!("{name} cannot be read: {error}");
                Diagnostic::io("unreadable", message).hint("give a file instead")
            })?;
            return Ok(Self { name, folder: PathBuf::new(), bytes });
        }
        let bytes = read_file(path)?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        Ok(Self { name: path.display().to_string(), folder, bytes })
    }

    /// How it is written: by the ending of its name or, where it has none, its first line.
    pub(super) fn notation(&self) -> Result<Notation> {
        let ending = Path::new(&self.name).extension().and_then(|e| e.to_str());
        match ending.map(str::to_lowercase).as_deref() {
            Some("toml") => Ok(Notation::Toml),
            Some("json") => Ok(Notation::Json),
            Some("csv" | "tsv" | "txt" | "jsonl" | "ndjson") => {
                Ok(Notation::Rows(Format::of(&self.name, &self.bytes)))
            }
            Some(_) => {
                let message = format!("`{}` may be anything, by its name", self.name);
                Err(Diagnostic::usage("unknown-notation", message)
                    .hint("name it .toml, .json, .csv or .jsonl")
                    .into())
            }
            None => Ok(sniff(&self.bytes)),
        }
    }

    /// The text, without the mark that some editors put before it.
    fn text(&self) -> Result<&str> {
        let text = core::str::from_utf8(&self.bytes).map_err(|error| {
            let line = self.bytes[..error.valid_up_to()].split(|b| *b == b'\n').count();
            let message = format!("line {line} is not UTF-8 text");
            Diagnostic::usage("not-text", message)
                .at(Place::whole(&*self.name))
                .hint("save the file as UTF-8")
        })?;
        Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// The rows, if it has rows.
    pub(super) fn rows(&self) -> Result<Rows> {
        match self.notation()? {
            Notation::Rows(format) => Rows::new(&self.name, &self.bytes, format),
            Notation::Toml | Notation::Json => Err(self.not_rows()),
        }
    }

    /// It has no rows.
    fn not_rows(&self) -> Problems {
        let message = format!("`{}` is one document, not a table", self.name);
        Diagnostic::usage("not-rows", message)
            .hint("give a .csv or .jsonl file, or use `engross render`")
            .into()
    }

    /// The fields of one document. Of a table, those of a row, or of the first.
    pub(super) fn fields(
        &self,
        row: Option<usize>,
        schema: &Schema,
        report: &Report,
    ) -> Result<(Fields, Vec<String>)> {
        match (self.notation()?, row) {
            (Notation::Rows(_), row) => self.row(row, schema, report),
            (_, Some(_)) => {
                let message = format!("`{}` is one document and has no rows", self.name);
                Err(Diagnostic::usage("no-rows", message).hint("leave --row out").into())
            }
            (Notation::Toml, None) => {
                Ok((read_toml(&self.name, self.text()?)?, Vec::new()))
            }
            (Notation::Json, None) => {
                Ok((read_json(&self.name, self.text()?)?, Vec::new()))
            }
        }
    }

    /// The fields of a row, or of the first, and the columns.
    fn row(
        &self,
        row: Option<usize>,
        schema: &Schema,
        report: &Report,
    ) -> Result<(Fields, Vec<String>)> {
        let mut rows = self.rows()?;
        rows.fit(schema)?;
        let columns = rows.columns().map(str::to_owned).collect();
        let wanted = row.unwrap_or(1);
        let mut count = 0;
        let found = rows.by_ref().inspect(|_| count += 1).find(|r| r.number == wanted);
        let Some(found) = found else {
            let message = format!("`{}` has no row {wanted}: it has {count}", self.name);
            return Err(Diagnostic::usage("no-row", message)
                .hint("count from 1, the header left out")
                .into());
        };
        if row.is_none() && rows.next().is_some() {
            let message = format!("only the first row of `{}` is used", self.name);
            let hint = "choose one with --row, or make them all with `engross batch`";
            report.problem(&Diagnostic::usage("first-row", message).warning().hint(hint));
        }
        Ok((found.fields?, columns))
    }
}

/// How a text is written that has no name.
fn sniff(bytes: &[u8]) -> Notation {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text
        .lines()
        .map(|line| line.trim_start_matches('\u{feff}').trim())
        .filter(|line| !line.is_empty());
    let whole_object = |line: &str| line.starts_with('{') && line.ends_with('}');
    let first = lines.find(|line| !line.starts_with('#')).unwrap_or("");
    if whole_object(first) && lines.next().is_some_and(whole_object) {
        return Notation::Rows(Format::JsonLines);
    }
    if first.starts_with('{') {
        return Notation::Json;
    }
    // A header has no equals sign, the first line of TOML has one or is a table's name.
    if first.is_empty() || first.contains('=') || first.starts_with('[') {
        return Notation::Toml;
    }
    Notation::Rows(Format::Table)
}

/// Fields with values from the command line over them. What could not be set is told by
/// the check, with the other problems.
pub(super) fn assign(mut fields: Fields, assignments: &[String]) -> Fields {
    for assignment in assignments {
        match fields.clone().assign(assignment) {
            Ok(set) => fields = set,
            Err(found) => {
                for problem in found {
                    fields.push_problem(problem);
                }
            }
        }
    }
    fields
}

/// What the fields of a document are for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// What they fill.
    pub template: &'a Template,
    /// Its name, which may be its folder.
    pub name: &'a str,
    /// Values given on the command line.
    pub over: &'a [String],
    /// The languages of the document; none for those that the fields ask for.
    pub langs: &'a [Lang],
}

impl Wanted<'_> {
    /// The fields of one document: from the command line, over those of a file or of the
    /// template's sample.
    pub(super) fn fields(
        &self,
        source: Option<&Source>,
        row: Option<usize>,
        report: &Report,
    ) -> Result<Fields> {
        let Some(source) = source else {
            return self.complete(self.template.sample()?, Path::new(self.name));
        };
        let (fields, columns) = source.fields(row, self.template.schema(), report)?;
        if fields.is_unknown_allowed() {
            self.check_row(&columns, &source.name, report)?;
        }
        self.complete(fields, &source.folder)
    }

    /// The fields with values from the command line over them, pictures read.
    fn complete(&self, fields: Fields, folder: &Path) -> Result<Fields> {
        read_pictures(self.template.schema(), assign(fields, self.over), folder)
    }

    /// What a row does not tell of itself: columns that no field takes, and values given
    /// on the command line for fields that are not there.
    fn check_row(&self, columns: &[String], source: &str, report: &Report) -> Result<()> {
        let over = assign(Fields::new(), self.over);
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let schema = self.template.schema();
        let mut found = check_assignments(self.template, &over, self.langs);
        let met = check_columns(schema, &columns, &over, &BTreeSet::new());
        found.extend(met.into_iter().filter(|problem| problem.code == "column-unknown"));
        warn(found, source, report)
    }
}

/// How many warnings are told before the rest is only counted.
const MOST_WARNINGS: usize = 20;

/// Tells the warnings; the errors, if there are any, each with a place.
pub(super) fn warn(found: Vec<Diagnostic>, source: &str, report: &Report) -> Result<()> {
    let place = |problem: Diagnostic| match problem.place {
        None => problem.at(Place::whole(source)),
        Some(_) => problem,
    };
    let (errors, warnings): (Vec<_>, Vec<_>) = found
        .into_iter()
        .map(place)
        .partition(|problem| problem.severity == Severity::Error);
    for warning in warnings.iter().take(MOST_WARNINGS) {
        report.problem(warning);
    }
    if let Some(more) = warnings.len().checked_sub(MOST_WARNINGS + 1) {
        report.line(&format!("… and {} more warnings", more + 1));
    }
    Problems::check((), errors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_a_name_tells_how_it_is_written() {
        let table = Notation::Rows(Format::Table);
        let lines = Notation::Rows(Format::JsonLines);
        for (text, expected) in [
            ("", Notation::Toml),
            ("# a comment\n\nplace = \"Kaesong\"\n", Notation::Toml),
            ("[parties]\nname = \"x\"\n", Notation::Toml),
            ("{\n  \"place\": \"Kaesong\"\n}\n", Notation::Json),
            ("{\"a\": 1}\n", Notation::Json),
            ("{\"a\": 1}\n{\"a\": 2}\n", lines),
            ("place,date\nKaesong,1953-07-27\n", table),
            ("\u{feff}place;date\n", table),
        ] {
            assert_eq!(sniff(text.as_bytes()), expected, "{text}");
        }
    }
}

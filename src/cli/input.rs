//! What comes in: fields, tables, pictures, the day.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::args::{FinishName, LookArgs, Mark};
use crate::data::{Format, Rows, read_json, read_toml};
use crate::diag::{Diagnostic, Result};
use crate::field::{Fields, Value};
use crate::period::Date;
use crate::press::{Finish, Look, read_file};
use crate::seed::Seed;
use crate::template::Template;

/// Bytes and what errors call them.
pub(super) struct Source {
    /// What errors call it.
    pub name: String,
    /// The folder beside which pictures are looked for.
    pub folder: PathBuf,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Reads a file, or standard input for `-`.
pub(super) fn read(path: &Path) -> Result<Source> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| {
            let message = format!("standard input cannot be read: {error}");
            Diagnostic::io("stdin", message).hint("look at where it comes from")
        })?;
        let name = "standard input".to_owned();
        return Ok(Source { name, folder: PathBuf::new(), bytes });
    }
    let bytes = read_file(path)?;
    let folder = path.parent().map(Path::to_owned).unwrap_or_default();
    Ok(Source { name: path.display().to_string(), folder, bytes })
}

/// How fields are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    /// As TOML.
    Toml,
    /// As JSON.
    Json,
    /// As rows.
    Rows(Format),
}

impl Source {
    /// How the fields are written: what the name says, else what the text looks like.
    fn written(&self) -> Written {
        let name = self.name.to_lowercase();
        let ends = |ending: &str| name.ends_with(ending);
        if ends(".toml") {
            return Written::Toml;
        }
        if ends(".json") {
            return Written::Json;
        }
        if [".csv", ".tsv", ".jsonl", ".ndjson"].iter().any(|ending| ends(ending)) {
            return Written::Rows(Format::of(&name, &self.bytes));
        }
        let first = self.bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        if first == Some(&b'{') { Written::Json } else { Written::Toml }
    }

    /// Whether it is a table.
    pub(super) fn is_table(&self) -> bool {
        matches!(self.written(), Written::Rows(_))
    }

    /// Its rows.
    pub(super) fn rows(&self) -> Result<Rows> {
        let format = match self.written() {
            Written::Rows(format) => format,
            Written::Toml | Written::Json => Format::of(&self.name, &self.bytes),
        };
        Rows::new(&self.name, &self.bytes, format)
    }

    /// Its fields; of a table, those of a row.
    pub(super) fn fields(&self, row: usize) -> Result<Fields> {
        let written = self.written();
        if let Written::Rows(_) = written {
            let found = self.rows()?.find(|found| found.number == row);
            let Some(found) = found else {
                let message = format!("`{}` has no row {row}", self.name);
                return Err(Diagnostic::usage("no-row", message)
                    .hint("rows are counted from 1, without the header")
                    .into());
            };
            return found.fields;
        }
        let text = core::str::from_utf8(&self.bytes).map_err(|_| {
            let message = format!("`{}` is not UTF-8 text", self.name);
            Diagnostic::usage("not-text", message).hint("save it as UTF-8")
        })?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match written {
            Written::Json => read_json(&self.name, text),
            _ => read_toml(&self.name, text),
        }
    }
}

/// Reads the pictures that fields name, beside the file that names them.
pub(super) fn read_pictures(
    template: &Template,
    mut fields: Fields,
    folder: &Path,
) -> Result<Fields> {
    for (path, name) in template.schema().image_files(&fields) {
        let place = fields.place(&path);
        match read_file(&folder.join(&name)) {
            Ok(bytes) => fields.insert(&path, Value::Image(bytes.into()), place),
            Err(problems) => {
                for problem in problems {
                    fields.push_problem(problem.at(place.clone()));
                }
            }
        }
    }
    Ok(fields)
}

/// The look that was asked for.
pub(super) fn look(args: &LookArgs) -> Result<Look> {
    let finish = match args.finish {
        FinishName::Clean => Finish::Clean,
        FinishName::Aged => Finish::Aged,
        FinishName::Facsimile => Finish::Facsimile,
    };
    let mut look = Look::new()
        .seed(Seed(args.seed))
        .finish(finish)
        .mark(args.mark == Mark::Foot)
        .made(today(args.made)?);
    if let Some(year) = args.year {
        look = look.year(year);
    }
    if let Some(style) = &args.style {
        look = look.style(style);
    }
    if let Some(paper) = &args.paper {
        look = look.paper(paper);
    }
    if let Some(age) = args.age {
        look = look.age(age);
    }
    Ok(look)
}

/// The day of making: what was said, or SOURCE_DATE_EPOCH, or what the clock says, in UTC.
/// The only look at the clock in the program.
pub(super) fn today(said: Option<Date>) -> Result<Date> {
    if let Some(day) = said {
        return Ok(day);
    }
    let seconds: i64 = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => text.trim().parse().map_err(|_| {
            let message =
                format!("SOURCE_DATE_EPOCH is not a number of seconds: `{text}`");
            Diagnostic::usage("source-date-epoch", message)
                .hint("set it to the seconds since 1970, or use --made 2026-01-31")
        })?,
        Err(_) => {
            let now = std::time::SystemTime::now();
            let since = now.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_secs()).unwrap_or(0)
        }
    };
    Date::from_unix_day(seconds.div_euclid(86_400)).ok_or_else(|| {
        Diagnostic::usage(
            "source-date-epoch",
            "the day of making lies outside the years 1 to 9999",
        )
        .hint("use --made 2026-01-31")
        .into()
    })
}

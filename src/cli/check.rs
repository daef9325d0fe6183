//! `engross check`: all problems; nothing is written.

use std::path::Path;

use super::Ending;
use super::args::Check;
use super::input::{Notation, STREAM, Source, Wanted, warn};
use super::look::distinct;
use super::output::print;
use super::report::Report;
use crate::batch::{Batch, check_columns};
use crate::data::Rows;
use crate::diag::{Diagnostic, Problems, Result};
use crate::field::Fields;
use crate::lang::Lang;
use crate::press::{Look, Press, SPECIMEN, read_file, read_pictures};
use crate::template::Template;

/// Checks one thing after the other.
pub(super) fn check(args: &Check, report: &Report) -> Result<Ending> {
    let press = Press::new();
    let template = match &args.template {
        Some(name) => Some(press.template(name)?),
        None => None,
    };
    let langs = distinct(&args.lang);
    let checker =
        Checker { press: &press, template: template.as_ref(), args, langs, report };
    let mut worst = None;
    for path in &args.what {
        let shown = path.display();
        match checker.check(path) {
            Ok(said) => print(&format!("{shown}: {said}\n"))?,
            Err(problems) => {
                report.problems(&problems);
                worst = worst.max(Some(problems.kind()));
            }
        }
    }
    Ok(worst.map_or(Ending::Done, Ending::Failed))
}

/// What checking needs.
struct Checker<'a> {
    /// Sets the documents: some problems show only then.
    press: &'a Press,
    /// The template of files of fields.
    template: Option<&'a Template>,
    /// What was asked for.
    args: &'a Check,
    /// The languages; none for those that the fields ask for.
    langs: Vec<Lang>,
    /// Where warnings go.
    report: &'a Report,
}

impl Checker<'_> {
    /// Checks one thing: a few words when it is sound.
    fn check(&self, path: &Path) -> Result<String> {
        let named_as_data = path == Path::new(STREAM) || path.extension().is_some();
        if path.is_dir() || (!named_as_data && !path.is_file()) {
            return self.check_template(&path.to_string_lossy());
        }
        let source = Source::read(path)?;
        let Some(template) = self.template else {
            let message =
                format!("of which template are the fields in `{}`?", source.name);
            return Err(Diagnostic::usage("no-template", message)
                .hint("add --template and its name or folder")
                .into());
        };
        match source.notation()? {
            Notation::Rows(_) => self.check_rows(template, &source),
            Notation::Toml | Notation::Json => {
                let wanted = Wanted {
                    template,
                    name: self.args.template.as_deref().unwrap_or_default(),
                    over: &[],
                    langs: &self.langs,
                };
                let fields = wanted.fields(Some(&source), None, self.report)?;
                let warnings = self.set(template, &fields, &self.langs)?;
                Ok(self.warn(&warnings))
            }
        }
    }

    /// Checks a template: its files, what it names, and its sample in each language.
    fn check_template(&self, name: &str) -> Result<String> {
        let template = self.press.template(name)?;
        let manifest = template.manifest();
        let mut problems: Vec<Diagnostic> = Vec::new();
        let mut warnings: Vec<Diagnostic> = Vec::new();
        for style in &manifest.styles {
            problems.extend(self.press.style(style).err().into_iter().flatten());
        }
        let sample = template
            .sample()
            .and_then(|s| read_pictures(template.schema(), s, Path::new(name)));
        problems.extend(template.lint());
        match sample {
            Ok(sample) => {
                if let Ok(filled) = template.fill_in(&sample, &manifest.langs) {
                    problems.extend(filled.lint());
                }
                warnings.extend(self.specimen(name, &template)?);
                for lang in &manifest.langs {
                    match self.set(&template, &sample, &[*lang]) {
                        Ok(found) => add(&mut warnings, found),
                        Err(found) => add(&mut problems, found),
                    }
                }
            }
            Err(found) => problems.extend(found),
        }
        let said = self.warn(&warnings);
        Problems::check(said, problems)
    }

    /// What is wrong with the specimen picture in the folder of a template.
    fn specimen(&self, name: &str, template: &Template) -> Result<Option<Diagnostic>> {
        let file = Path::new(name).join(SPECIMEN);
        if !file.is_file() {
            return Ok(None);
        }
        self.press.check_specimen(template, &read_file(&file)?)
    }

    /// Tells warnings, and how many there were.
    fn warn(&self, warnings: &[Diagnostic]) -> String {
        for warning in warnings {
            self.report.problem(warning);
        }
        match warnings.len() {
            0 => "no problems".to_owned(),
            1 => "sound, 1 warning".to_owned(),
            count => format!("sound, {count} warnings"),
        }
    }

    /// Checks all rows of a table.
    fn check_rows(&self, template: &Template, source: &Source) -> Result<String> {
        let mut rows = source.rows()?;
        rows.fit(template.schema())?;
        let mut problems = self.columns(template, &rows, source);
        let look = self.look();
        let batch = Batch {
            press: self.press,
            template,
            look: &look,
            langs: &self.langs,
            over: &[],
            folder: &source.folder,
            sheets: None,
        };
        let mut count = 0;
        let mut warnings = Vec::new();
        for row in rows {
            count += 1;
            match batch.check(row) {
                Ok(found) => warnings.extend(found),
                Err(found) => problems.extend(found),
            }
        }
        let said = format!("{count} rows, {}", self.warn(&warnings));
        Problems::check(said, problems)
    }

    /// Checks the columns; the warnings are told at once.
    fn columns(
        &self,
        template: &Template,
        rows: &Rows,
        source: &Source,
    ) -> Vec<Diagnostic> {
        let columns: Vec<&str> = rows.columns().collect();
        if columns.is_empty() {
            return Vec::new();
        }
        let found =
            check_columns(template.schema(), &columns, &Fields::new(), &[].into());
        // The rows themselves tell what is missing.
        let found = found.into_iter().filter(|p| p.code == "column-unknown").collect();
        warn(found, &source.name, self.report).err().into_iter().flatten().collect()
    }

    /// How documents are set to be checked.
    fn look(&self) -> Look {
        Look::new().allow(self.args.allow.iter().cloned())
    }

    /// Fills and sets a document; what could not have been in it.
    fn set(
        &self,
        template: &Template,
        fields: &Fields,
        langs: &[Lang],
    ) -> Result<Vec<Diagnostic>> {
        let filled = match langs {
            [] => template.fill(fields)?,
            langs => template.fill_in(fields, langs)?,
        };
        let look = self.look();
        self.press.typeset(&filled, &look)?;
        self.press.anachronisms(&filled, &look)
    }
}

/// Adds problems that are not there yet.
fn add(all: &mut Vec<Diagnostic>, found: impl IntoIterator<Item = Diagnostic>) {
    for problem in found {
        if !all.contains(&problem) {
            all.push(problem);
        }
    }
}

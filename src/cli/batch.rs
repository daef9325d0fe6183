//! `engross batch`.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};

use super::Ended;
use super::args;
use super::{input, report};
use crate::PdfOptions;
use crate::batch::{Batch, Outcome, Output, Summary};
use crate::data::{Row, Rows};
use crate::diag::{Diagnostic, Kind, Result, did_you_mean};
use crate::field::{FieldPath, Step};
use crate::geom::Resolution;
use crate::press::Press;
use crate::template::{NamePattern, Template};

/// Makes a document of every row.
pub(super) fn run(args: &args::Batch) -> Result<Ended> {
    let look = input::look(&args.look)?;
    let names = NamePattern::new(&args.name)?;
    let press = Press::new();
    let template = press.template(&args.template)?;
    let source = input::read(&args.data)?;
    let rows = source.rows()?;
    for warning in unknown_columns(&template, &rows, &args.name) {
        report::problem(&warning);
    }
    if !args.dry_run {
        make_folder(&args.out)?;
    }
    let options =
        PdfOptions { resolution: Resolution(args.look.ppi), ..PdfOptions::default() };
    let langs = (!args.look.lang.is_empty()).then_some(args.look.lang.as_slice());
    let batch = Batch {
        press: &press,
        template: &template,
        look: &look,
        langs,
        over: &args.set,
        options: &options,
    };
    let output = Output {
        folder: args.out.clone(),
        names: &names,
        force: args.force,
        dry_run: args.dry_run,
        fail_fast: args.fail_fast,
    };
    let rows = rows.map(|row| with_pictures(&template, row, &source.folder));
    let bar = progress();
    let summary = batch.run(rows, &output, &mut |_, outcome| {
        if let Outcome::Failed(problems) = outcome {
            bar.suspend(|| report::problems(problems));
        }
        bar.inc(1);
    });
    bar.finish_and_clear();
    Ok(end(summary, args.dry_run))
}

/// Says how it went.
fn end(summary: Summary, dry_run: bool) -> Ended {
    let Summary { done, failed, unwritable } = summary;
    let verb = if dry_run { "sound" } else { "written" };
    report::note(&format!("{done} {verb}, {failed} failed"));
    match (failed, unwritable) {
        (0, _) => Ended::Well,
        (_, true) => Ended::With(Kind::Io),
        (_, false) => Ended::With(Kind::Invalid),
    }
}

/// Makes the folder for the documents; its parent must be there.
fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir(folder).map_err(|error| {
        let message =
            format!("the folder `{}` cannot be made: {error}", folder.display());
        let parent = folder.parent().unwrap_or(folder).display().to_string();
        let hint = match error.kind() {
            std::io::ErrorKind::NotFound => format!("make `{parent}` first"),
            std::io::ErrorKind::AlreadyExists => {
                "it is a file: choose another name".to_owned()
            }
            _ => "choose another place".to_owned(),
        };
        Diagnostic::io("unwritable", message).hint(hint).into()
    })
}

/// Reads the pictures that a row names.
fn with_pictures(template: &Template, row: Row, folder: &Path) -> Row {
    let fields =
        row.fields.and_then(|fields| input::read_pictures(template, fields, folder));
    Row { fields, ..row }
}

/// A warning for each column that fills no field and is not used for names.
fn unknown_columns(template: &Template, rows: &Rows, pattern: &str) -> Vec<Diagnostic> {
    let schema = template.schema();
    let mut seen = BTreeSet::new();
    let mut warnings = Vec::new();
    for column in rows.columns() {
        let path: Option<FieldPath> = column.parse().ok();
        let first = path.as_ref().and_then(|path| path.steps().first());
        let Some(Step::Name(name)) = first else { continue };
        if schema.get(name).is_some() || pattern.contains(name.as_str()) {
            continue;
        }
        if !seen.insert(name.clone()) {
            continue;
        }
        let message = format!("the column `{column}` fills no field of the template");
        let hint = match did_you_mean(name, schema.names()) {
            Some(near) => format!("name it `{near}` if that is meant"),
            None => "it is not used".to_owned(),
        };
        warnings.push(Diagnostic::usage("unknown-column", message).hint(hint).warning());
    }
    warnings
}

/// A bar on a terminal, nothing elsewhere.
fn progress() -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} rows, {per_sec}") {
        bar.set_style(style);
    }
    bar
}

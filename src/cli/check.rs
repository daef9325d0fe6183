//! `engross check`.

use std::path::Path;

use super::Ended;
use super::args::Check;
use super::{input, report};
use crate::diag::{Diagnostic, Problems, Result};
use crate::press::{Look, Press};
use crate::template::Template;

/// Says all that is wrong; writes nothing.
pub(super) fn run(args: &Check) -> Result<Ended> {
    let press = Press::new();
    let template =
        args.template.as_deref().map(|name| press.template(name)).transpose()?;
    let mut found = Vec::new();
    for path in &args.what {
        if let Err(problems) = check(&press, template.as_ref(), path) {
            found.extend(problems);
        }
    }
    Problems::check((), found)?;
    let count = args.what.len();
    report::note(&format!("{count} checked, nothing wrong"));
    Ok(Ended::Well)
}

/// Checks a template, or the fields or rows of a file.
fn check(press: &Press, template: Option<&Template>, path: &Path) -> Result<()> {
    let name = path.to_string_lossy();
    let is_known = press.template_names().any(|known| known == name);
    if path.is_dir() || (is_known && !path.exists()) {
        return check_template(press, &name);
    }
    let source = input::read(path)?;
    let Some(template) = template else {
        let message =
            format!("`{name}` is checked against a template, and none is named");
        return Err(Diagnostic::usage("no-template", message)
            .hint("add --template NAME")
            .into());
    };
    if !source.is_table() {
        let fields = input::read_pictures(template, source.fields(1)?, &source.folder)?;
        return Problems::check((), template.check(&fields));
    }
    let rows = source.rows()?;
    let mut found = Vec::new();
    for row in rows {
        match row.fields {
            Ok(fields) => {
                let fields = input::read_pictures(template, fields, &source.folder)?;
                found.extend(template.check(&fields));
            }
            Err(problems) => found.extend(problems),
        }
    }
    Problems::check((), found)
}

/// Checks a template with its sample, in every language.
fn check_template(press: &Press, name: &str) -> Result<()> {
    let template = press.template(name)?;
    let sample = template.sample()?;
    let mut found = Vec::new();
    for lang in &template.manifest().langs {
        let set = template
            .fill_in(&sample, &[*lang])
            .and_then(|filled| press.typeset(&filled, &Look::new()));
        if let Err(problems) = set {
            found.extend(problems);
        }
    }
    Problems::check((), found)
}

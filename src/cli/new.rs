//! `engross new`.

use std::path::Path;

use super::Ended;
use super::args::New;
use super::{output, report};
use crate::data::form_toml;
use crate::diag::{Diagnostic, Result};
use crate::press::{Press, write_file};

/// Writes a file of fields, or begins a template.
pub(super) fn run(args: &New) -> Result<Ended> {
    if args.template {
        return begin(args);
    }
    let template = Press::new().template(&args.name)?;
    let sample = template.sample().ok();
    let form = form_toml(template.schema(), sample.as_ref(), args.lang);
    let manifest = template.manifest();
    let head = format!(
        "# Fields of the template {} {}. Edit them, then:\n#   engross render {} THIS-FILE -o out.pdf\n\n",
        manifest.name, manifest.version, args.name
    );
    let text = head + &form;
    match &args.file {
        Some(path) if path != Path::new("-") => {
            write_file(path, text.as_bytes(), args.force)?;
            Ok(Ended::Well)
        }
        _ => output::print(&text),
    }
}

/// The manifest of a new template.
const MANIFEST: &str = r#"[template]
name = "NAME"
version = "1.0"
kind = "letter"
langs = ["en"]
title = { en = "Letter to {{ to }}" }
about = { en = "What it is for" }
style = "copperplate-1865"

[fields.to]
type = "text"
required = true
help = { en = "To whom it is written" }

[fields.date]
type = "date"

[fields.paragraphs]
type = "list"
of = { type = "text", multiline = true }
min = 1

[fields.from]
type = "text"
required = true
"#;

/// The body of a new template.
const BODY: &str = r#"{% if date %}
{.dateline}
{{ date | date("day-month-year") }}

{% endif %}
{.salutation}
Dear {{ to }},

{% for paragraph in paragraphs %}
{{ paragraph }}

{% endfor %}
{.close}
Yours ever,

{.signature}
{{ from }}
"#;

/// The sample of a new template.
const SAMPLE: &str = r#"to = "Eliza"
date = 1865-03-14
paragraphs = ["This is the first paragraph of your own.", "And this is the second."]
from = "Henry"
"#;

/// Begins the folder of a template.
fn begin(args: &New) -> Result<Ended> {
    let folder = Path::new(&args.name);
    let name = folder.file_name().map_or_else(|| "mine".into(), |n| n.to_string_lossy());
    std::fs::create_dir_all(folder).map_err(|error| {
        let message =
            format!("the folder `{}` cannot be made: {error}", folder.display());
        Diagnostic::io("unwritable", message).hint("choose another place")
    })?;
    let files = [
        ("template.toml", MANIFEST.replace("NAME", &name)),
        ("body.en.dj", BODY.to_owned()),
        ("sample.toml", SAMPLE.to_owned()),
    ];
    for (file, text) in files {
        write_file(&folder.join(file), text.as_bytes(), args.force)?;
    }
    report::note(&format!(
        "begun: {0}\ntry: engross render {0} -o out.pdf",
        as_path(folder)
    ));
    Ok(Ended::Well)
}

/// A folder so that it is taken for one and not for a name.
fn as_path(folder: &Path) -> String {
    let shown = folder.display().to_string();
    if shown.contains(['/', '\\']) { shown } else { format!("./{shown}") }
}

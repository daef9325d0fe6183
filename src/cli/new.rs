//! `engross new`: a file of fields, or a template, to begin with.

use std::path::Path;

use super::args::New;
use super::input::STREAM;
use super::output::{print, write_text};
use crate::data::form_toml;
use crate::diag::{Diagnostic, Result};
use crate::field::{Fields, Value};
use crate::press::{Press, check_target, write_file};
use crate::template::Template;

/// The files of a template to begin with; `NAME` stands for its name.
const STARTER: [(&str, &str); 3] = [
    ("template.toml", include_str!("starter/template.toml")),
    ("body.en.dj", include_str!("starter/body.en.dj")),
    ("sample.toml", include_str!("starter/sample.toml")),
];

/// Writes a commented file of fields, or begins a template.
pub(super) fn new(args: &New) -> Result<()> {
    if args.template {
        return begin(Path::new(&args.name));
    }
    let template = Press::new().template(&args.name)?;
    write_text(&args.file, &form(args, &template), args.force)
}

/// The file of fields, with the values of the sample where there is one.
fn form(args: &New, template: &Template) -> String {
    let sample = template.sample().ok().map(|sample| without_pictures(&sample));
    let fields = form_toml(template.schema(), sample.as_ref(), args.lang);
    let name = &args.name;
    let file = match args.file.as_path() {
        path if path == Path::new(STREAM) => Path::new("my.toml"),
        path => path,
    };
    let pdf = file.with_extension("pdf");
    let (file, pdf) = (file.display(), pdf.display());
    format!(
        "# The fields of the template {name}. Edit the values, then:\n#   engross render \
         {name} {file} -o {pdf}\n\n{fields}"
    )
}

/// Fields without those that hold pictures: the files are the template's own.
fn without_pictures(fields: &Fields) -> Fields {
    /// Whether a value is a picture or holds one.
    fn has_picture(value: &Value) -> bool {
        match value {
            Value::Image(_) => true,
            Value::List(entries) => entries.iter().any(has_picture),
            Value::Record(record) => record.values().any(has_picture),
            _ => false,
        }
    }
    let kept = fields.iter().filter(|(_, value)| !has_picture(value));
    kept.fold(Fields::new(), |out, (name, value)| out.set(name, value.clone()))
}

/// Begins a template in a new folder.
fn begin(folder: &Path) -> Result<()> {
    if folder.exists() {
        let message = format!("`{}` is there already", folder.display());
        return Err(Diagnostic::usage("exists", message)
            .hint("choose another name for the folder")
            .into());
    }
    check_target(folder, false)?;
    std::fs::create_dir(folder).map_err(|error| {
        let message = format!("`{}` cannot be made: {error}", folder.display());
        Diagnostic::io("unwritable", message).hint("look at the folder it is to lie in")
    })?;
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    for (file, text) in STARTER {
        // Such a name needs no more care in TOML than in JSON.
        let text = text.replace("\"NAME\"", &serde_json::Value::from(&*name).to_string());
        let path = folder.join(file);
        write_file(&path, text.as_bytes(), false)?;
        print(&format!("{}\n", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::*;

    #[test]
    fn the_starter_is_a_sound_template() {
        let files = STARTER.map(|(name, text)| (name.to_owned(), Arc::from(text)));
        let template = Template::new("mine", &BTreeMap::from(files)).unwrap();
        let filled = template.fill(&template.sample().unwrap()).unwrap();
        Press::new().typeset(&filled, &crate::press::Look::new()).unwrap();
    }
}

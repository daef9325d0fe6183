//! `engross new`: a file of fields, or a template, to begin with.

use std::path::Path;

use super::args::New;
use super::output::{print, write_text};
use crate::data::form_toml;
use crate::diag::{Diagnostic, Result};
use crate::press::{Press, check_target, write_file};
use crate::template::Template;

/// Writes a commented file of fields, or a copy of a template.
pub(super) fn new(args: &New) -> Result<()> {
    let press = Press::new();
    match &args.folder {
        Some(folder) => new_template(&press, &args.template, folder),
        None => {
            let template = press.template(&args.template)?;
            write_text(&args.file, &form(args, &template), args.force)
        }
    }
}

/// The file of fields, with the sample's values where the template has a sample.
fn form(args: &New, template: &Template) -> String {
    let sample = template.sample().ok();
    let fields = form_toml(template.schema(), sample.as_ref(), args.lang);
    let (name, shown) = (&args.template, args.file.display());
    let file =
        if shown.to_string() == "-" { "my.toml".into() } else { shown.to_string() };
    format!(
        "# The fields of `{name}`. Edit the values, then:\n#   engross render {name} \
         {file} -o my.pdf\n\n{fields}"
    )
}

/// Writes a copy of a template into a new folder, under the folder's name.
fn new_template(press: &Press, name: &str, folder: &Path) -> Result<()> {
    let (source, files) = press.template_files(name)?;
    // It is sound before it is copied.
    let template = Template::new(&source, &files)?;
    if folder.exists() {
        let message = format!("`{}` is there already", folder.display());
        return Err(Diagnostic::usage("exists", message)
            .hint("choose another name for the folder")
            .into());
    }
    check_target(folder, false)?;
    std::fs::create_dir(folder).map_err(|error| {
        let message = format!("`{}` cannot be made: {error}", folder.display());
        Diagnostic::io("unwritable", message).hint("look at the folder it lies in")
    })?;
    let own = folder.file_name().unwrap_or_default().to_string_lossy();
    for (file, text) in &files {
        let text = match file.as_str() {
            "template.toml" => renamed(text, &template.manifest().name, &own),
            _ => text.to_string(),
        };
        let path = folder.join(file);
        write_file(&path, text.as_bytes(), false)?;
        print(&format!("{}\n", path.display()))?;
    }
    Ok(())
}

/// A manifest under another name.
fn renamed(manifest: &str, old: &str, new: &str) -> String {
    let is_name = |line: &str| {
        let value = line.trim_start().strip_prefix("name")?.trim_start();
        value.strip_prefix('=')?.contains(old).then_some(())
    };
    let mut done = false;
    let rename = |line: &str| {
        if done || is_name(line).is_none() {
            return line.to_owned();
        }
        done = true;
        let end = if line.ends_with('\n') { "\n" } else { "" };
        format!("name = {}{end}", serde_json::Value::from(new))
    };
    manifest.split_inclusive('\n').map(rename).collect()
}

#[cfg(test)]
mod tests {
    use super::renamed;

    #[test]
    fn only_the_name_of_the_template_changes() {
        let manifest = "[template]\nname = \"letter\"\nkind = \"letter\"\n\
                        [fields.name]\nname = \"letter\"\n";
        let expected = "[template]\nname = \"mine\"\nkind = \"letter\"\n\
                        [fields.name]\nname = \"letter\"\n";
        assert_eq!(renamed(manifest, "letter", "mine"), expected);
    }
}

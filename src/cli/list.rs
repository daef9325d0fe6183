//! `engross list`.

use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::Ended;
use super::args::{List, Listed};
use super::output;
use crate::diag::{Diagnostic, Result};
use crate::press::Press;

/// One thing that is listed.
struct Entry {
    /// Its name.
    name: String,
    /// What it is, in a line.
    about: String,
    /// Everything that is known of it.
    all: Json,
}

/// Lists what there is.
pub(super) fn run(args: &List) -> Result<Ended> {
    let press = Press::new();
    let entries = match args.what {
        Listed::Templates => templates(&press)?,
        Listed::Styles => styles(&press)?,
        Listed::Papers => papers(&press)?,
        Listed::Fonts => fonts(&press),
    };
    let entries = match &args.name {
        Some(name) => vec![one(entries, name)?],
        None => entries,
    };
    if args.json {
        let all: Vec<Json> = entries.into_iter().map(|entry| entry.all).collect();
        let shown = match (&args.name, all.first()) {
            (Some(_), Some(one)) => one.clone(),
            _ => Json::Array(all),
        };
        let mut text = serde_json::to_string_pretty(&shown).unwrap_or_default();
        text.push('\n');
        return output::print(&text);
    }
    output::print(&table(&entries, args.name.is_some()))
}

/// The entry of a name.
fn one(entries: Vec<Entry>, name: &str) -> Result<Entry> {
    let near = crate::diag::did_you_mean(name, entries.iter().map(|e| e.name.as_str()));
    let hint = near.map_or_else(
        || "leave the name out to list all".to_owned(),
        |near| format!("write `{near}`"),
    );
    entries.into_iter().find(|entry| entry.name == name).ok_or_else(|| {
        Diagnostic::usage("unknown-name", format!("there is nothing named `{name}`"))
            .hint(hint)
            .into()
    })
}

/// Entries for people to read.
fn table(entries: &[Entry], in_full: bool) -> String {
    let width = entries.iter().map(|e| e.name.chars().count()).max().unwrap_or(0);
    let mut out = String::new();
    for entry in entries {
        let pad = " ".repeat(width - entry.name.chars().count());
        let _ = writeln!(out, "{}{pad}  {}", entry.name, entry.about);
        if let (true, Json::Object(all)) = (in_full, &entry.all) {
            for (key, value) in
                all.iter().filter(|(key, _)| *key != "name" && *key != "about")
            {
                let shown = match value {
                    Json::String(text) => text.clone(),
                    Json::Null => continue,
                    other => other.to_string(),
                };
                let _ = writeln!(out, "  {key}: {shown}");
            }
        }
    }
    out
}

/// What is said in English, or in whatever language there is.
fn about<'a, K: PartialEq + 'a>(
    texts: impl Iterator<Item = (&'a K, &'a String)> + Clone,
    english: &K,
) -> String {
    let own = texts.clone().find(|(lang, _)| *lang == english);
    own.or_else(|| texts.clone().next())
        .map_or_else(String::new, |(_, text)| text.clone())
}

/// The templates.
fn templates(press: &Press) -> Result<Vec<Entry>> {
    let entry = |name: &str| {
        let template = press.template(name)?;
        let manifest = template.manifest();
        let about = about(manifest.about.iter(), &crate::lang::Lang::EN);
        let langs: Vec<String> = manifest.langs.iter().map(ToString::to_string).collect();
        let styles: Vec<&str> =
            manifest.langs.iter().map(|l| manifest.style.of(*l)).collect();
        let all = json!({
            "name": name,
            "version": manifest.version,
            "kind": manifest.kind,
            "about": manifest.about,
            "langs": langs,
            "style": styles.first(),
            "styles": manifest.styles,
            "paper": manifest.paper,
            "fields": template.schema().names().collect::<Vec<_>>(),
        });
        Ok(Entry { name: name.to_owned(), about, all })
    };
    press.template_names().map(entry).collect()
}

/// The styles.
fn styles(press: &Press) -> Result<Vec<Entry>> {
    let entry = |name: &str| {
        let style = press.style(name)?;
        let about = about(style.about.iter(), &crate::lang::Lang::EN);
        let all = json!({
            "name": name,
            "about": style.about,
            "years": style.years,
            "paper": style.paper,
            "age": style.age,
            "faces": style.rules.faces,
        });
        Ok(Entry { name: name.to_owned(), about, all })
    };
    press.style_names().map(entry).collect()
}

/// The papers.
fn papers(press: &Press) -> Result<Vec<Entry>> {
    let entry = |name: &str| {
        let paper = press.paper(name)?;
        let about = about(paper.about.iter(), &crate::lang::Lang::EN);
        let all = json!({ "name": name, "about": paper.about, "years": paper.years });
        Ok(Entry { name: name.to_owned(), about, all })
    };
    press.paper_names().map(entry).collect()
}

/// The fonts.
fn fonts(press: &Press) -> Vec<Entry> {
    let known =
        press.font_names().filter_map(|name| Some((name, press.font_family(name)?)));
    let entry = |(name, family): (&str, &crate::font::Family)| {
        let all = json!({
            "name": name,
            "family": family.family,
            "about": family.about,
            "licence": family.licence,
            "scripts": family.scripts,
            "faces": family.faces.keys().collect::<Vec<_>>(),
        });
        let about = format!("{}: {}", family.family, family.about);
        Entry { name: name.to_owned(), about, all }
    };
    known.map(entry).collect()
}

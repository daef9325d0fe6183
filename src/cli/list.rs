//! `engross list`: templates, styles, papers and fonts.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::args::{List, Stock};
use super::output::print;
use crate::diag::{Diagnostic, Result, did_you_mean};
use crate::geom::Size;
use crate::press::Press;
use crate::template::StyleChoice;

/// Everything that can be listed.
const ALL: [Stock; 5] =
    [Stock::Templates, Stock::Styles, Stock::Papers, Stock::Fonts, Stock::Anachronisms];

/// Shows what there is.
pub(super) fn list(args: &List) -> Result<()> {
    let press = Press::new();
    let shown = match (args.what, &args.name) {
        (Some(stock), Some(name)) => {
            let entry = entry(&press, stock, name)?;
            if args.json { pretty(&entry) } else { details(&entry) }
        }
        (Some(stock), None) => {
            let entries = entries(&press, stock)?;
            if args.json { pretty(&Json::Array(entries)) } else { table(&entries) }
        }
        (None, _) => everything(&press, args.json)?,
    };
    print(&shown)
}

/// All lists, one after the other.
fn everything(press: &Press, as_json: bool) -> Result<String> {
    let mut lists = Map::new();
    let mut text = String::new();
    for stock in ALL {
        let entries = entries(press, stock)?;
        let gap = if text.is_empty() { "" } else { "\n" };
        let _ = write!(text, "{gap}{}:\n{}", heading(stock), table(&entries));
        lists.insert(heading(stock).to_lowercase(), Json::Array(entries));
    }
    Ok(if as_json { pretty(&Json::Object(lists)) } else { text })
}

/// The heading over a list.
fn heading(stock: Stock) -> &'static str {
    match stock {
        Stock::Templates => "Templates",
        Stock::Styles => "Styles",
        Stock::Papers => "Papers",
        Stock::Fonts => "Fonts",
        Stock::Anachronisms => "Anachronisms",
    }
}

/// All of a kind.
fn entries(press: &Press, stock: Stock) -> Result<Vec<Json>> {
    let catalogue = press.catalogue()?;
    let names: Vec<&str> = match stock {
        Stock::Templates => press.template_names().collect(),
        Stock::Styles => press.style_names().collect(),
        Stock::Papers => press.paper_names().collect(),
        Stock::Fonts => press.font_names().collect(),
        Stock::Anachronisms => catalogue.iter().map(|e| e.id.as_str()).collect(),
    };
    names.into_iter().map(|name| entry(press, stock, name)).collect()
}

/// One of a kind. Each has a name and says what it is.
fn entry(press: &Press, stock: Stock, name: &str) -> Result<Json> {
    match stock {
        Stock::Templates => template(press, name),
        Stock::Styles => style(press, name),
        Stock::Papers => paper(press, name),
        Stock::Fonts => font(press, name),
        Stock::Anachronisms => anachronism(press, name),
    }
}

/// A template.
fn template(press: &Press, name: &str) -> Result<Json> {
    let template = press.template(name)?;
    let manifest = template.manifest();
    let style = match &manifest.style {
        StyleChoice::One(name) => json!(name),
        StyleChoice::Each(names) => json!(names),
    };
    Ok(json!({
        "name": name,
        "about": manifest.about,
        "kind": manifest.kind,
        "version": manifest.version,
        "languages": manifest.langs,
        "style": style,
        "styles": manifest.styles,
        "paper": manifest.paper,
        "fields": manifest.fields.names().collect::<Vec<_>>(),
    }))
}

/// A style.
fn style(press: &Press, name: &str) -> Result<Json> {
    let style = press.style(name)?;
    Ok(json!({
        "name": name,
        "about": style.about,
        "years": style.years,
        "size": millimetres(style.page.size()),
        "paper": style.paper,
        "age": style.age,
        "faces": style.rules.faces,
    }))
}

/// A paper.
fn paper(press: &Press, name: &str) -> Result<Json> {
    let paper = press.paper(name)?;
    Ok(json!({
        "name": name,
        "about": paper.about,
        "years": paper.years,
        "size": paper.size.map(millimetres),
        "ruled": paper.ruling().is_some(),
    }))
}

/// A family of fonts.
fn font(press: &Press, name: &str) -> Result<Json> {
    let Some(family) = press.font_family(name) else {
        let message = format!("there is no font named `{name}`");
        let hint = match did_you_mean(name, press.font_names()) {
            Some(near) => format!("write `{near}`"),
            None => "see `engross list fonts`".to_owned(),
        };
        return Err(Diagnostic::usage("unknown-font", message).hint(hint).into());
    };
    Ok(json!({
        "name": name,
        "about": { "en": family.about },
        "family": family.family,
        "years": family.years,
        "licence": family.licence,
        "scripts": family.scripts,
        "faces": family.faces.keys().collect::<Vec<_>>(),
    }))
}

/// A thing that could not have been.
fn anachronism(press: &Press, name: &str) -> Result<Json> {
    let catalogue = press.catalogue()?;
    let Some(entry) = catalogue.get(name) else {
        let message = format!("there is no anachronism named `{name}`");
        let hint = match did_you_mean(name, catalogue.iter().map(|e| e.id.as_str())) {
            Some(near) => format!("write `{near}`"),
            None => "see `engross list anachronisms`".to_owned(),
        };
        return Err(Diagnostic::usage("unknown-anachronism", message).hint(hint).into());
    };
    Ok(json!({
        "name": name,
        "about": { "en": entry.why },
        "from": entry.from,
        "until": entry.until,
        "instead": entry.instead,
        "source": entry.source,
        "languages": entry.langs,
        "provenance": entry.provenance,
    }))
}

/// A size for people.
fn millimetres(size: Size) -> String {
    format!("{:.0} × {:.0} mm", size.width.to_mm(), size.height.to_mm())
}

/// JSON over several lines.
fn pretty(json: &Json) -> String {
    format!("{json:#}\n")
}

/// Names and what they are, in two columns.
fn table(entries: &[Json]) -> String {
    let name = |entry: &Json| entry["name"].as_str().unwrap_or_default().to_owned();
    let width = entries.iter().map(|e| name(e).chars().count()).max().unwrap_or(0);
    let mut text = String::new();
    for entry in entries {
        let about = entry["about"]["en"].as_str().unwrap_or_default();
        let line = format!("{:width$}  {about}", name(entry));
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

/// Everything about one, a line each.
fn details(entry: &Json) -> String {
    let pairs = entry.as_object().into_iter().flatten();
    let mut text = String::new();
    for (key, value) in pairs.filter(|(_, value)| !value.is_null()) {
        let value = if key == "about" { &value["en"] } else { value };
        let _ = writeln!(text, "{:9}  {}", key, plain(value));
    }
    text
}

/// A value without the signs of JSON.
fn plain(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
        Json::Array(entries) => entries.iter().map(plain).collect::<Vec<_>>().join(", "),
        Json::Object(pairs) => {
            let pair =
                |(key, value): (&String, &Json)| format!("{key}: {}", plain(value));
            pairs.iter().map(pair).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}

//! What a document says, block by block, without any layout: one line of JSON each, with
//! what it is (H heading, P paragraph, Lbl label, Figure) and its language. Checks compare
//! it with what readers of the PDF find.
//!
//! `cargo run --example words -- TEMPLATE [LANGUAGES] [FIELD=VALUE…]`

#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use engross::document::{Attributes, Block, Content, Inline};
use engross::geom::Length;
use engross::lang::Lang;
use engross::style::Cascade;
use engross::{Fields, Press};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let name = args.next().ok_or("name a template")?;
    let (values, langs): (Vec<String>, Vec<String>) = args.partition(|a| a.contains('='));
    let langs = langs.iter().flat_map(|list| list.split(','));
    let langs: Vec<Lang> = langs.map(str::parse).collect::<Result<_, _>>()?;
    let press = Press::new();
    let template = press.template(&name)?;
    let mut fields: Fields = template.sample()?;
    for value in &values {
        fields = fields.assign(value)?;
    }
    let filled = match langs[..] {
        [] => template.fill(&fields)?,
        _ => template.fill_in(&fields, &langs)?,
    };
    for part in &filled.document().parts {
        let style = press.style(template.manifest().style.of(part.lang))?;
        let cascade = Cascade::new(&style, part.lang);
        for place in [Place::Head, Place::Text, Place::Foot] {
            let there =
                part.blocks.iter().filter(|block| place_of(block, &cascade) == place);
            there.for_each(|block| blocks(core::slice::from_ref(block), part.lang));
        }
    }
    Ok(())
}

/// Where a block of a part stands.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// In the margin above: read before the text.
    Head,
    /// In the text.
    Text,
    /// In the margin below: read after the text.
    Foot,
    /// On every page, and no part of what is said.
    Nowhere,
}

/// Where a style puts a block of a part.
fn place_of(block: &Block, cascade: &Cascade<'_>) -> Place {
    let group = matches!(block.content, Content::Group(_));
    if group && ["paraphs", "binding"].iter().any(|class| block.attributes.has(class)) {
        return Place::Nowhere;
    }
    let kind = if group { "group" } else { "paragraph" };
    let root = cascade.root();
    let (_, style) = cascade.block(kind, &block.attributes, &root, Length::inches(6.0));
    match style.running.filter(|_| !root.vertical) {
        None => Place::Text,
        Some(running) if !running.is_on(0) => Place::Nowhere,
        Some(running) if running.is_head() => Place::Head,
        Some(_) => Place::Foot,
    }
}

/// Tells blocks.
fn blocks(blocks: &[Block], lang: Lang) {
    for block in blocks {
        let lang = block.attributes.lang.unwrap_or(lang);
        let label = block.attributes.get("label");
        match &block.content {
            Content::Paragraph(inlines) => {
                let kind = if block.attributes.has("title") { "H" } else { "P" };
                label.into_iter().for_each(|label| tell("Lbl", lang, label));
                tell(kind, lang, &words(inlines));
            }
            Content::Heading(_, inlines) => {
                let label = label.map(|label| format!("{label} ")).unwrap_or_default();
                tell("H", lang, &format!("{label}{}", words(inlines)));
            }
            Content::Group(_) if is_figure(&block.attributes) => {
                tell("Figure", lang, block.attributes.get("alt").unwrap_or(""));
            }
            Content::Group(inner) => self::blocks(inner, lang),
            Content::List(entries) => {
                for entry in entries {
                    tell("Lbl", lang, &entry.label);
                    self::blocks(&entry.blocks, lang);
                }
            }
            Content::Rule => {}
        }
    }
}

/// Whether a group is a figure: a seal, a stamp, a picture.
fn is_figure(attributes: &Attributes) -> bool {
    ["seal", "picture"].iter().any(|class| attributes.has(class))
}

/// What inlines say: a stretch that `says` something else says that.
fn words(inlines: &[Inline]) -> String {
    let said = |attributes: &Attributes, content: &[Inline]| {
        let leader = attributes.has("leader");
        let says = attributes.get("says").map(str::to_owned);
        if leader { String::new() } else { says.unwrap_or_else(|| words(content)) }
    };
    let word = |inline: &Inline| match inline {
        Inline::Text(text) => text.clone(),
        Inline::Filled(text) => text.to_string(),
        Inline::Span(attributes, content) => said(attributes, content),
        Inline::Break => " ".to_owned(),
    };
    inlines.iter().map(word).collect()
}

/// Prints a block.
fn tell(kind: &str, lang: Lang, text: &str) {
    let line = serde_json::json!({ "kind": kind, "lang": lang.as_str(), "text": text });
    println!("{line}");
}

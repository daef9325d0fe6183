//! What a document says, block by block, without any layout: one line of JSON each, with
//! what it is (H heading, P paragraph, Lbl label, Figure) and its language. Checks compare
//! it with what readers of the PDF find.
//!
//! `cargo run --example words -- TEMPLATE [LANGUAGES] [FIELD=VALUE…]`

#![allow(clippy::print_stdout, reason = "what it prints is what it is for")]

use engross::document::{Attributes, Block, Content, Inline};
use engross::lang::Lang;
use engross::{Fields, Press};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let name = args.next().ok_or("name a template")?;
    let (values, langs): (Vec<String>, Vec<String>) = args.partition(|a| a.contains('='));
    let langs = langs.iter().flat_map(|list| list.split(','));
    let langs: Vec<Lang> = langs.map(str::parse).collect::<Result<_, _>>()?;
    let template = Press::new().template(&name)?;
    let mut fields: Fields = template.sample()?;
    for value in &values {
        fields = fields.assign(value)?;
    }
    let filled = match langs[..] {
        [] => template.fill(&fields)?,
        _ => template.fill_in(&fields, &langs)?,
    };
    for part in &filled.document().parts {
        blocks(&part.blocks, part.lang);
    }
    Ok(())
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
            Content::Group(_) if block.attributes.has("seal") => {
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

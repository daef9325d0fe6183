//! A filled document: blocks and inlines that know their language and whether they were
//! filled in. Made by markup, read by layout; knows no template, style or page.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use crate::lang::Lang;

/// A document: one or more texts of the same matter, one language each.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// Its title, for metadata and viewers.
    pub title: String,
    /// Name and version of the template, `peace-treaty 1.0`.
    pub template: String,
    /// What it is: `treaty`, `letter`.
    pub kind: String,
    /// The texts, one for each language.
    pub parts: Vec<Part>,
    /// How they stand to one another.
    pub arrangement: Arrangement,
}

/// How texts in several languages stand to one another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arrangement {
    /// One after the other, each on pages of its own.
    #[default]
    Consecutive,
    /// Beside one another in columns, paragraph by paragraph.
    Parallel,
}

/// The text in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// Its language.
    pub lang: Lang,
    /// Its blocks, in reading order.
    pub blocks: Vec<Block>,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What the writer of the template said of it.
    pub attributes: Attributes,
    /// What it is.
    pub content: Content,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Running text.
    Paragraph(Vec<Inline>),
    /// A heading, level 1 (highest) to 6.
    Heading(u8, Vec<Inline>),
    /// Blocks that belong together.
    Group(Vec<Block>),
    /// A list; each entry has its label, `(a)`.
    List(Vec<Entry>),
    /// A rule or ornament between blocks.
    Rule,
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The number or bullet, as it is printed.
    pub label: String,
    /// What the entry says.
    pub blocks: Vec<Block>,
}

/// Running text and what happens inside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Text of the template.
    Text(String),
    /// A value of the user's, exactly as given.
    Filled(Arc<str>),
    /// A stretch with classes, or emphasis.
    Span(Attributes, Vec<Inline>),
    /// A new line.
    Break,
}

/// Classes, id, language and other attributes of a block or span.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attributes {
    /// Classes, in the order written. Emphasis is the class `emph`, strong text `strong`.
    pub classes: Vec<String>,
    /// The name by which other places refer to it.
    pub id: Option<String>,
    /// Its language, where it differs from what stands around it.
    pub lang: Option<Lang>,
    /// The other attributes, `columns=2`.
    pub pairs: BTreeMap<String, String>,
}

impl Attributes {
    /// One class and nothing else.
    pub fn class(name: &str) -> Self {
        Self { classes: vec![name.to_owned()], ..Self::default() }
    }

    /// Whether a class is among them.
    pub fn has(&self, class: &str) -> bool {
        self.classes.iter().any(|c| c == class)
    }

    /// The value of an attribute.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.pairs.get(key).map(String::as_str)
    }
}

/// The plain words of running text.
pub fn plain_text(inlines: &[Inline]) -> String {
    /// Appends the words of each inline.
    fn gather(inlines: &[Inline], out: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(text),
                Inline::Filled(text) => out.push_str(text),
                Inline::Span(_, content) => gather(content, out),
                Inline::Break => out.push(' '),
            }
        }
    }
    let mut out = String::new();
    gather(inlines, &mut out);
    out
}

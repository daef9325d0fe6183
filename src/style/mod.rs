//! Styles: how a period sets its documents. Read from `styles/<name>.toml`.
//!
//! A style is data: page and margins, faces by role, inks by role, and the properties of
//! each kind of block (`paragraph`, `heading-1`) and each class (`dateline`,
//! `signatory`). Properties of text pass from a block to what stands inside it; those of
//! the block itself do not.

mod cascade;
mod ink;
mod lines;
mod properties;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::geom::{Length, Size};
use crate::lang::Lang;
use crate::period::Counter;

pub use cascade::{BlockStyle, Border, Cascade, TextStyle};
pub use ink::{Ink, InkKind};
pub use lines::{LineKind, Running, Sides};
pub use properties::{Align, Case, Edge, LabelPlace, Properties, Space};

/// A style.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "StyleFile")]
pub struct Style {
    /// The style it begins with; whoever loads styles reads it and calls [`Style::over`].
    pub extends: Option<String>,
    /// What it is, by language.
    pub about: BTreeMap<Lang, String>,
    /// The first and last year in which documents looked so.
    pub years: Option<[i32; 2]>,
    /// The page.
    pub page: PageStyle,
    /// The paper it is printed or written on.
    pub paper: Option<String>,
    /// How old it looks when nobody says otherwise, 0 to 100.
    pub age: Option<f32>,
    /// Inks by role.
    pub inks: IndexMap<String, Ink>,
    /// Page numbers.
    pub folio: Option<Folio>,
    /// What holds for every language.
    pub rules: Rules,
    /// What differs in a language.
    pub lang: BTreeMap<Lang, Rules>,
}

/// Faces and properties, for all languages or for one.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// Faces by role: each a list of names in order of preference, as `im-fell-english`,
    /// `eb-garamond/italic` or a font file beside the style, `./Mine.ttf`.
    pub faces: IndexMap<String, Vec<String>>,
    /// Words that are divided at these hyphens only: `ple-ni-po-ten-tiary`; one without a
    /// hyphen is never divided.
    pub exceptions: Vec<String>,
    /// What holds for all text.
    pub text: Properties,
    /// What holds for kinds and classes of blocks.
    pub blocks: IndexMap<String, Properties>,
    /// What holds for classes of spans; `filled` is what the user's values get.
    pub spans: IndexMap<String, Properties>,
}

/// A style as its file has it: the rules for all languages stand at the top level.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct StyleFile {
    /// See [`Style::extends`].
    extends: Option<String>,
    /// See [`Style::about`].
    about: BTreeMap<Lang, String>,
    /// See [`Style::years`].
    years: Option<[i32; 2]>,
    /// See [`Style::page`].
    page: PageStyle,
    /// See [`Style::paper`].
    paper: Option<String>,
    /// See [`Style::age`].
    age: Option<f32>,
    /// See [`Style::inks`].
    inks: IndexMap<String, Ink>,
    /// See [`Style::folio`].
    folio: Option<Folio>,
    /// See [`Rules::faces`].
    faces: IndexMap<String, Vec<String>>,
    /// See [`Rules::exceptions`].
    exceptions: Vec<String>,
    /// See [`Rules::text`].
    text: Properties,
    /// See [`Rules::blocks`].
    blocks: IndexMap<String, Properties>,
    /// See [`Rules::spans`].
    spans: IndexMap<String, Properties>,
    /// See [`Style::lang`].
    lang: BTreeMap<Lang, Rules>,
}

impl From<StyleFile> for Style {
    fn from(file: StyleFile) -> Self {
        let StyleFile { faces, exceptions, text, blocks, spans, .. } = file;
        Self {
            extends: file.extends,
            about: file.about,
            years: file.years,
            page: file.page,
            paper: file.paper,
            age: file.age,
            inks: file.inks,
            folio: file.folio,
            rules: Rules { faces, exceptions, text, blocks, spans },
            lang: file.lang,
        }
    }
}

/// The page and its margins.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PageStyle {
    /// The width of the trimmed page.
    pub width: Option<Length>,
    /// Its height.
    pub height: Option<Length>,
    /// The margin above the text.
    pub top: Option<Length>,
    /// The margin below the text.
    pub bottom: Option<Length>,
    /// The margin at the left, or at the fold of a two-sided document.
    pub left: Option<Length>,
    /// The margin at the right, or at the fore edge of a two-sided document.
    pub right: Option<Length>,
    /// Whether leaves are written on both sides; margins then change sides.
    pub two_sided: Option<bool>,
    /// Whether the first word of the next page stands at the foot of each.
    pub catchword: Option<bool>,
    /// The distance of the lines on which all blocks stand, on every page alike.
    pub grid: Option<Length>,
    /// Whether a last page with a few lines takes more from the page before.
    pub balance: Option<bool>,
    /// Whether Korean and Chinese are written downward, in lines from right to left.
    pub vertical: Option<bool>,
    /// Whether the text stands on the lines of a ruled paper: the leading is then that of
    /// the lines, and the margin above is where the first of them is.
    pub on_lines: Option<bool>,
}

impl PageStyle {
    /// The size of the page; Letter where nothing is said.
    pub fn size(&self) -> Size {
        Size::new(
            self.width.unwrap_or(Length::inches(8.5)),
            self.height.unwrap_or(Length::inches(11.0)),
        )
    }

    /// Whether a language is written downward.
    pub fn is_vertical(&self, lang: Lang) -> bool {
        self.vertical.unwrap_or(false) && matches!(lang.primary(), "ko" | "zh" | "ja")
    }

    /// These values, or where they are silent the other's.
    fn or(self, base: Self) -> Self {
        Self {
            width: self.width.or(base.width),
            height: self.height.or(base.height),
            top: self.top.or(base.top),
            bottom: self.bottom.or(base.bottom),
            left: self.left.or(base.left),
            right: self.right.or(base.right),
            two_sided: self.two_sided.or(base.two_sided),
            catchword: self.catchword.or(base.catchword),
            grid: self.grid.or(base.grid),
            balance: self.balance.or(base.balance),
            vertical: self.vertical.or(base.vertical),
            on_lines: self.on_lines.or(base.on_lines),
        }
    }
}

/// The page number.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folio {
    /// How it is written; `{n}` is the number: `-{n}-`.
    pub format: String,
    /// How pages are counted. Without it in Arabic figures, and where lines run downward in
    /// Han: 一 二 三.
    #[serde(default, deserialize_with = "properties::by_name")]
    pub numerals: Option<Counter>,
    /// The class of span it is set in.
    #[serde(default)]
    pub span: Option<String>,
    /// The first page that shows it, from 1.
    #[serde(default = "first_page")]
    pub first: u32,
    /// From the foot of the page to its baseline.
    pub rise: Length,
}

/// The page on which numbers begin when nothing is said.
fn first_page() -> u32 {
    1
}

impl Style {
    /// Whether documents of a year looked so.
    pub fn is_of(&self, year: i32) -> bool {
        self.years.is_some_and(|[first, last]| (first..=last).contains(&year))
    }

    /// This style on top of another: what it says holds, the rest is the other's.
    pub fn over(self, base: Self) -> Self {
        let mut inks = base.inks;
        inks.extend(self.inks);
        let mut lang = base.lang;
        for (tag, rules) in self.lang {
            let below = lang.remove(&tag).unwrap_or_default();
            lang.insert(tag, rules.over(below));
        }
        Self {
            extends: None,
            about: if self.about.is_empty() { base.about } else { self.about },
            years: self.years.or(base.years),
            page: self.page.or(base.page),
            paper: self.paper.or(base.paper),
            age: self.age.or(base.age),
            inks,
            folio: self.folio.or(base.folio),
            rules: self.rules.over(base.rules),
            lang,
        }
    }
}

impl Rules {
    /// These rules on top of others.
    fn over(self, base: Self) -> Self {
        let mut faces = base.faces;
        faces.extend(self.faces);
        let mut exceptions = self.exceptions;
        exceptions.extend(base.exceptions);
        Self {
            faces,
            exceptions,
            text: self.text.or(&base.text),
            blocks: merge(base.blocks, self.blocks),
            spans: merge(base.spans, self.spans),
        }
    }
}

/// Joins two tables of properties, key by key.
fn merge(
    mut base: IndexMap<String, Properties>,
    over: IndexMap<String, Properties>,
) -> IndexMap<String, Properties> {
    for (class, properties) in over {
        let below = base.get(&class).cloned().unwrap_or_default();
        base.insert(class, properties.or(&below));
    }
    base
}

#[cfg(test)]
impl Style {
    /// A style as its file has it.
    pub(crate) fn from_text(text: &str) -> Self {
        toml::from_str(text).expect("the style is sound")
    }
}

//! What stands in the margins: page numbers and the marking line.

use super::line::{Place, set_line};
use super::linebreak::Line;
use super::paginate::Filled;
use super::shape::{Types, shape_text};
use super::text::{Text, Voice};
use crate::diag::Result;
use crate::document::Attributes;
use crate::geom::Length;
use crate::page::{Item, Mark, Placed};
use crate::period::Counter;
use crate::style::{Align, Cascade, Folio, Style};

/// The margins in which furniture stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Foot {
    /// The left edge of the text.
    pub left: Length,
    /// The width of the text.
    pub measure: Length,
    /// The height of the page.
    pub height: Length,
    /// Whether the lines of the page run downward.
    pub downward: bool,
}

/// Sets the page number, if the style wants one on this page.
///
/// # Errors
/// As [`shape_text`].
pub(super) fn folio(
    folio: &Folio,
    number: u32,
    foot: Foot,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Result<Vec<Placed>> {
    if number < folio.first {
        return Ok(Vec::new());
    }
    let of_lines = if foot.downward { Counter::Han } else { Counter::Decimal };
    let numerals = folio.numerals.unwrap_or(of_lines).format(number.into());
    // A series that has ended goes on in figures.
    let number = numerals.unwrap_or_else(|| number.to_string());
    let words = folio.format.replace("{n}", &number);
    let class = folio.span.as_deref().unwrap_or("folio");
    let at = (foot.height - folio.rise, Align::Center);
    margin_line(&words, class, at, foot, (cascade, types))
}

/// The catchword of each page, where the style has them: the first word of the next, which
/// goes on with the same text.
pub(super) fn catchwords(
    pages: &[Filled],
    style: &Style,
    vertical: bool,
) -> Vec<Option<String>> {
    let wanted = style.page.catchword.unwrap_or(false) && !vertical;
    let first_word = |page: &Filled| {
        if page.is_first {
            return None;
        }
        let words = page.items.iter();
        let words = words.filter_map(|placed| match (&placed.item, placed.mark) {
            (Item::Run(run), Mark::Content(_)) => Some(run.text.trim()),
            _ => None,
        });
        let mut line = String::new();
        for part in words.take(3) {
            line.push_str(part);
            line.push(' ');
        }
        line.split_whitespace().next().map(|word| word.replace('\u{ad}', "-"))
    };
    let next = pages.iter().skip(1).map(first_word);
    let words = next.map(|word| word.filter(|_| wanted));
    words.chain([None]).take(pages.len()).collect()
}

/// Sets a catchword at the right of the foot of a page, below its last line.
///
/// # Errors
/// As [`shape_text`].
pub(super) fn catchword(
    word: &str,
    below: Length,
    foot: Foot,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Result<Vec<Placed>> {
    let root = cascade.root();
    let baseline = below + super::baseline(root.leading, root.size);
    let align = Align::Right;
    margin_line(word, "catchword", (baseline, align), foot, (cascade, types))
}

/// Sets the marking line at the foot of the page.
///
/// # Errors
/// As [`shape_text`].
pub(super) fn marking(
    words: &str,
    foot: Foot,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Result<Vec<Placed>> {
    let at = (foot.height - Length::pt(15.0), Align::Center);
    margin_line(words, "marking", at, foot, (cascade, types))
}

/// Sets words of a class on a baseline.
fn margin_line(
    words: &str,
    class: &str,
    (baseline, align): (Length, Align),
    foot: Foot,
    (cascade, types): (&Cascade<'_>, &mut Types<'_>),
) -> Result<Vec<Placed>> {
    let mut style = cascade.span(&Attributes::class(class), &cascade.root());
    style.vertical = false;
    let voice = Voice::new(style, Mark::Artifact);
    let mut text = Text::default();
    text.push(words, &voice, false);
    margin_text(&text, (baseline, align), foot, (cascade, types))
}

/// Sets a text on a baseline in the margin.
///
/// # Errors
/// As [`shape_text`].
pub(super) fn margin_text(
    text: &Text,
    (baseline, align): (Length, Align),
    foot: Foot,
    (cascade, types): (&Cascade<'_>, &mut Types<'_>),
) -> Result<Vec<Placed>> {
    let atoms = shape_text(text, cascade, types)?;
    let line = Line::alone(atoms);
    let mut out = Vec::new();
    let place = Place { left: foot.left, measure: foot.measure, baseline };
    set_line(&line, align, place, &mut out);
    Ok(out)
}

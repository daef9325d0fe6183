//! What stands in the margins: page numbers and the marking line.

use std::sync::Arc;

use super::line::{Place, set_line};
use super::linebreak::Line;
use super::shape::{Types, shape_text};
use super::text::{Text, Voice};
use crate::diag::Result;
use crate::document::Attributes;
use crate::geom::Length;
use crate::page::{Mark, Placed};
use crate::style::{Align, Cascade, Folio};

/// The margins in which furniture stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Foot {
    /// The left edge of the text.
    pub left: Length,
    /// The width of the text.
    pub measure: Length,
    /// The height of the page.
    pub height: Length,
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
    let words = folio.format.replace("{n}", &number.to_string());
    let class = folio.span.as_deref().unwrap_or("folio");
    margin_line(&words, class, foot.height - folio.rise, foot, (cascade, types))
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
    margin_line(words, "marking", foot.height - Length::pt(15.0), foot, (cascade, types))
}

/// Sets words of a class centred at a height.
fn margin_line(
    words: &str,
    class: &str,
    baseline: Length,
    foot: Foot,
    (cascade, types): (&Cascade<'_>, &mut Types<'_>),
) -> Result<Vec<Placed>> {
    let mut style = cascade.span(&Attributes::class(class), &cascade.root());
    style.vertical = false;
    let voice = Arc::new(Voice { style, mark: Mark::Artifact });
    let mut text = Text::default();
    text.push(words, &voice, false);
    let atoms = shape_text(&text, cascade, types)?;
    let line = Line::alone(atoms);
    let mut out = Vec::new();
    let place = Place { left: foot.left, measure: foot.measure, baseline };
    set_line(&line, Align::Center, place, &mut out);
    Ok(out)
}

//! Boxes around rows. A box is drawn when it is known which of its rows stand on a page,
//! so that one that is divided is drawn around each of its parts.

use std::sync::Arc;

use super::block::Row;
use super::rules::{Strip, boxed, depth};
use crate::geom::Length;
use crate::page::Placed;
use crate::style::{BlockStyle, Border, LineKind};

/// How far above its first row a box begins that goes on from another page.
const GOES_ON: Length = Length::pt(4.0);

/// A box that a style asks for around a block.
#[derive(Debug)]
pub(super) struct Enclosure {
    /// Its left edge, from that of the text.
    left: Length,
    /// How wide it is.
    width: Length,
    /// Its lines.
    border: Border,
    /// How they are made.
    line: LineKind,
    /// The role of their ink.
    ink: Arc<str>,
}

/// How a row lies in a box.
#[derive(Clone, Debug)]
pub(super) struct Within {
    /// The box.
    enclosure: Arc<Enclosure>,
    /// How far the box was moved to the right.
    right: Length,
    /// Whether the box begins with the row.
    begins: bool,
    /// How much of the row is above the box.
    above: Length,
    /// How much of the row is below it.
    below: Length,
}

/// How far what is in a box keeps from its outer edge.
pub(super) fn inside(style: &BlockStyle) -> Length {
    let depth = |border: Border| depth(style.line, border.thickness);
    style.padding + style.border.map_or(Length::ZERO, depth)
}

/// Gives rows that belong together the height, the inner space and the box that their
/// style asks for. They lie in a band: its left edge and width.
pub(super) fn enclose(
    rows: &mut [Row],
    style: &BlockStyle,
    (left, width): (Length, Length),
) {
    let inside = inside(style);
    let [first, ..] = rows else { return };
    if style.padding > Length::ZERO || style.border.is_some() {
        // The space above the first row is within the box.
        let above = inside + first.before.max(Length::ZERO);
        first.before = first.before.min(Length::ZERO);
        super::shift(&mut first.items, Length::ZERO, above);
        first.height += above;
        first.within.iter_mut().for_each(|within| within.above += above);
        widen(rows, inside);
    }
    let used = super::paginate::tall(rows, false);
    if used < style.height {
        widen(rows, style.height - used);
    }
    let Some(border) = style.border else { return };
    let ink = Arc::clone(&style.line_ink);
    let enclosure = Arc::new(Enclosure { left, width, border, line: style.line, ink });
    for (index, row) in rows.iter_mut().enumerate() {
        let begins = index == 0;
        let (right, above, below) = (Length::ZERO, Length::ZERO, Length::ZERO);
        let enclosure = Arc::clone(&enclosure);
        row.within.push(Within { enclosure, right, begins, above, below });
    }
}

/// Adds space below the last of some rows, outside of the boxes that end there.
pub(super) fn widen(rows: &mut [Row], by: Length) {
    if let Some(last) = rows.last_mut() {
        last.height += by;
        last.within.iter_mut().for_each(|within| within.below += by);
    }
}

impl Row {
    /// Moves the row to the right, with the boxes that it lies in.
    pub(super) fn move_right(&mut self, by: Length) {
        super::shift(&mut self.items, by, Length::ZERO);
        self.within.iter_mut().for_each(|within| within.right += by);
    }
}

/// The boxes of the rows on a page or in a column.
#[derive(Debug, Default)]
pub(super) struct Open(Vec<Part>);

/// The part of a box that stands in one place.
#[derive(Debug)]
struct Part {
    /// The box.
    within: Within,
    /// Where it begins.
    top: Length,
    /// Where it ends.
    bottom: Length,
}

impl Open {
    /// Notes a row whose upper edge is at `top`.
    pub(super) fn note(&mut self, row: &Row, top: Length) {
        for within in &row.within {
            let from = top + within.above;
            let to = top + row.height - within.below;
            let known = self.0.iter_mut().find(|part| {
                Arc::ptr_eq(&part.within.enclosure, &within.enclosure)
                    && part.within.right == within.right
            });
            match known {
                Some(part) => part.bottom = part.bottom.max(to),
                None => {
                    let within = within.clone();
                    self.0.push(Part { within, top: from, bottom: to });
                }
            }
        }
    }

    /// Draws the boxes; those that stretch end at `foot`.
    pub(super) fn draw(&mut self, foot: Length) -> Vec<Placed> {
        let parts = core::mem::take(&mut self.0);
        // The outer ones first: they were noted after the inner ones of the same row.
        parts.iter().rev().flat_map(|part| part.draw(foot)).collect()
    }
}

impl Part {
    /// Draws the box.
    fn draw(&self, foot: Length) -> Vec<Placed> {
        let Enclosure { left, width, ref border, line, ref ink } = *self.within.enclosure;
        let bottom = if border.stretch { foot.max(self.bottom) } else { self.bottom };
        // Where it goes on, what is in it keeps its distance from the line above.
        let more = if self.within.begins { Length::ZERO } else { GOES_ON };
        let (left, top) = (left + self.within.right, self.top - more);
        let strip = Strip { left, top, width, height: bottom - top };
        boxed(strip, border, line, ink)
    }
}

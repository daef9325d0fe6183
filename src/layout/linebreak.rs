//! Where lines end: each takes as many atoms as fit (first fit).
//!
//! The step is replaceable: it sees atoms and a measure, and gives lines.

use std::sync::Arc;

use super::hyphenate::divide;
use super::shape::{Atom, Types};
use crate::geom::Length;
use crate::style::Cascade;

/// How much of its spaces a line may give up before its last word goes to the next.
const SHRINK: f64 = 0.12;

/// The atoms of one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// In order; the spaces of the last are not shown.
    pub atoms: Vec<Atom>,
    /// Whether the text ends here, or the writer ended the line.
    pub is_last: bool,
}

impl Line {
    /// The width of the line before it is filled.
    pub(super) fn width(&self) -> Length {
        let pieces: Length = self.atoms.iter().map(Atom::width).sum();
        let inner = self.atoms.len().saturating_sub(1);
        pieces + self.atoms[..inner].iter().map(Atom::space).sum()
    }
}

/// The room for each line of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Of the first line.
    pub first: Length,
    /// Of the others.
    pub rest: Length,
}

/// Breaks a paragraph into lines.
pub(super) fn break_lines(
    atoms: Vec<Atom>,
    measure: Measure,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut line = Line::default();
    let mut used = Length::ZERO;
    let mut spaces = Length::ZERO;
    let mut waiting: Vec<Atom> = atoms.into_iter().rev().collect();
    while let Some(atom) = waiting.pop() {
        let room = if lines.is_empty() { measure.first } else { measure.rest };
        if used + atom.width() <= room + spaces * SHRINK {
            used += atom.width() + atom.space();
            spaces += stretchable(&atom);
            let ends = atom.must_break;
            line.atoms.push(atom);
            if ends {
                line.is_last = true;
                lines.push(core::mem::take(&mut line));
                (used, spaces) = (Length::ZERO, Length::ZERO);
            }
            continue;
        }
        let alone = line.atoms.is_empty();
        match divide(&atom, room + spaces * SHRINK - used, alone, cascade, types) {
            Some((head, tail)) => {
                line.atoms.push(head);
                waiting.push(tail);
            }
            None if alone => line.atoms.push(atom),
            None => waiting.push(atom),
        }
        lines.push(core::mem::take(&mut line));
        (used, spaces) = (Length::ZERO, Length::ZERO);
    }
    if !line.atoms.is_empty() {
        lines.push(line);
    }
    if let Some(last) = lines.last_mut() {
        last.is_last = true;
    }
    lines
}

/// The spaces of an atom that may grow and shrink.
fn stretchable(atom: &Atom) -> Length {
    let grid = |style: &Arc<super::text::Voice>| style.style.cell.is_some();
    let spaces = atom.spaces.iter().chain(&atom.pieces);
    spaces.filter(|p| p.is_space && !grid(&p.voice)).map(|p| p.width).sum()
}

//! What in a line may grow and shrink: spaces, gaps between wide characters, and, a
//! little, the glyphs themselves.

use core::ops::{Add, AddAssign, Sub};

use super::shape::{Atom, Piece};
use crate::geom::Length;

/// How much of its width a space may grow by before a line looks loose.
const STRETCH: f64 = 0.5;
/// How much of its width a space may give up.
const SHRINK: f64 = 1.0 / 3.0;
/// How much a gap between wide characters may grow by, in ems.
const WIDE_STRETCH: f64 = 0.05;

/// How wide a part of a text is, and how much it may grow and shrink.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    /// Its natural width.
    pub width: Length,
    /// By how much its spaces may grow before it looks loose.
    pub stretch: Length,
    /// By how much its spaces may shrink.
    pub shrink: Length,
    /// By how much its glyphs may be widened or narrowed.
    pub expand: Length,
}

impl Sums {
    /// Those of a piece.
    pub(super) fn of_piece(piece: &Piece) -> Self {
        let style = &piece.voice.style;
        let width = piece.width;
        if !piece.is_space {
            let expand = if style.cell.is_some() { 0.0 } else { style.expand };
            return Self { width, expand: width * expand, ..Self::default() };
        }
        if style.cell.is_some() {
            return Self { width, ..Self::default() };
        }
        let (stretch, shrink) = (width * STRETCH, width * SHRINK);
        Self { width, stretch, shrink, ..Self::default() }
    }

    /// Those of the gap between this atom and the next: its spaces, or what spreads
    /// between wide characters.
    pub(super) fn of_gap(atom: &Atom) -> Self {
        let mut sums: Self = atom.spaces.iter().map(Self::of_piece).sum();
        sums.stretch += wide_stretch(atom);
        sums
    }
}

/// By how much the gap after an atom of wide characters may grow.
pub(super) fn wide_stretch(atom: &Atom) -> Length {
    match atom.pieces.last() {
        Some(last) if atom.spreads() && last.voice.style.cell.is_none() => {
            last.voice.style.size * WIDE_STRETCH
        }
        _ => Length::ZERO,
    }
}

impl Add for Sums {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            width: self.width + other.width,
            stretch: self.stretch + other.stretch,
            shrink: self.shrink + other.shrink,
            expand: self.expand + other.expand,
        }
    }
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Sums {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            width: self.width - other.width,
            stretch: self.stretch - other.stretch,
            shrink: self.shrink - other.shrink,
            expand: self.expand - other.expand,
        }
    }
}

impl core::iter::Sum for Sums {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::default(), Add::add)
    }
}

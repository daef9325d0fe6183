//! What in a line may grow and shrink: spaces, gaps between wide characters, and, a
//! little, the glyphs themselves.

use core::ops::{Add, AddAssign, Sub};

use super::shape::{Atom, Piece};
use super::word::SQUARE;
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
            let rigid = style.cell.is_some() || piece.upright;
            let expand = if rigid { 0.0 } else { style.expand };
            return Self { width, expand: width * expand, ..Self::default() };
        }
        if style.cell.is_some() || piece.text.starts_with(SQUARE) {
            return Self { width, ..Self::default() };
        }
        let (stretch, shrink) =
            (width * (STRETCH * piece.ease), width * (SHRINK / piece.ease));
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

/// A space grows by at most so many times its stretch before a line is left short.
pub(super) const MOST_STRETCH: f64 = 6.0;
/// Letters are spaced by at most so many times what glyphs may be widened by.
pub(super) const MOST_SPACED: f64 = 2.0;
/// The share of the tolerated stretch from which on letters are spaced.
const EASY: f64 = 0.5;

/// How far the spaces of a line grow before its letters are spaced.
pub(super) fn easy(tolerance: f64) -> f64 {
    tolerance * EASY
}

/// How a line is filled: first the glyphs are widened or narrowed, then the spaces; where
/// those would grow too wide the letters are spaced a little, and then the spaces again.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Filling {
    /// How much of what they may the glyphs are widened (or, negative, narrowed) by.
    pub expand: f64,
    /// How much the letters are spaced by, as a multiple of what glyphs may be widened by.
    pub letters: f64,
    /// How much of their stretch the spaces grow (or, negative, of their shrink they give
    /// up); infinite where there is nothing that may.
    pub glue: f64,
}

impl Filling {
    /// For a line that lacks so much (or, negative, has too much).
    pub(super) fn new(sums: Sums, rest: Length, easy: f64) -> Self {
        let share = |part: Length, whole: Length| match part {
            Length::ZERO => 0.0,
            _ => part / whole,
        };
        let used = rest.max(-sums.expand).min(sums.expand);
        let expand = share(used, sums.expand);
        let free = rest - used;
        if free < Length::ZERO {
            let glue = -share(-free, sums.shrink);
            return Self { expand, letters: 0.0, glue };
        }
        let loose = (free - sums.stretch * easy).max(Length::ZERO);
        let spaced = loose.min(sums.expand * MOST_SPACED);
        let letters = share(spaced, sums.expand);
        Self { expand, letters, glue: share(free - spaced, sums.stretch) }
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

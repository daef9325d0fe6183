//! Seals for the layout.

use crate::document::Attributes;
use crate::font::Book;
use crate::geom::Length;
use crate::layout::{Figure, Figures};
use crate::seed::Seed;

/// Draws the seals that a document asks for.
pub(super) struct Seals<'a> {
    /// All faces.
    pub book: &'a Book,
    /// The origin of everything random in them.
    pub seed: Seed,
    /// The face of monograms.
    pub face: &'a str,
}

impl Figures for Seals<'_> {
    fn draw(&self, _attributes: &Attributes, _width: Length) -> Option<Figure> {
        let _ = (self.book, self.seed, self.face);
        None
    }
}

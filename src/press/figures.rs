//! Seals for the layout.

use std::sync::Arc;

use crate::document::Attributes;
use crate::font::{Book, Face};
use crate::geom::Length;
use crate::ink::seal::Seal;
use crate::layout::{Figure, Figures};
use crate::seed::Seed;

/// The faces of monograms and stamps, in order of preference.
const FACES: [&str; 3] = ["cinzel", "cactus-classical-serif", "nanum-myeongjo"];

/// Draws the seals that a document asks for.
pub(super) struct Seals<'a> {
    /// All faces.
    pub book: &'a Book,
    /// The origin of everything random in them.
    pub seed: Seed,
}

impl Seals<'_> {
    /// A face that has a character.
    fn face(&self, c: char) -> Option<Arc<Face>> {
        let faces = FACES.iter().filter_map(|name| self.book.face(name).ok());
        faces.into_iter().find(|face| face.glyph(c).is_some())
    }
}

impl Figures for Seals<'_> {
    fn draw(&self, attributes: &Attributes, width: Length) -> Option<Figure> {
        let seal = Seal::from_attributes(attributes);
        let drawn = seal.draw(width, self.seed, &|c| self.face(c));
        Some(Figure { alt: drawn.alt, items: drawn.items, height: drawn.height })
    }
}

//! Seals for the layout.

use std::sync::Arc;

use crate::document::Attributes;
use crate::font::{Book, Face};
use crate::geom::Length;
use crate::ink::seal::{Seal, SealKind};
use crate::layout::{Figure, Figures};
use crate::paper::Age;
use crate::seed::Seed;

/// The faces of monograms and seals, in order of preference.
const FACES: [&str; 3] = ["cinzel", "cactus-classical-serif", "nanum-myeongjo"];

/// The faces of rubber stamps, postmarks and dry seals.
const STAMPS: [&str; 3] = ["old-standard", "nanum-myeongjo", "cactus-classical-serif"];

/// Draws the seals that a document asks for.
pub(super) struct Seals<'a> {
    /// All faces.
    pub book: &'a Book,
    /// The origin of everything random in them.
    pub seed: Seed,
    /// How old the document has grown.
    pub age: Age,
}

impl Seals<'_> {
    /// The first of these faces that has a character.
    fn face(&self, faces: &[&str], c: char) -> Option<Arc<Face>> {
        let faces = faces.iter().filter_map(|name| self.book.face(name).ok());
        faces.into_iter().find(|face| face.glyph(c).is_some())
    }
}

impl Figures for Seals<'_> {
    fn draw(&self, attributes: &Attributes, width: Length) -> Option<Figure> {
        let seal = Seal { age: self.age, ..Seal::from_attributes(attributes) };
        let faces = match seal.kind {
            SealKind::Wax(_) | SealKind::Wafer(_) | SealKind::Stamp => FACES,
            SealKind::Rubber(..) | SealKind::Dry => STAMPS,
        };
        let drawn = seal.draw(width, self.seed, &|c| self.face(&faces, c));
        Some(Figure { alt: drawn.alt, items: drawn.items, height: drawn.height })
    }
}

//! Figures for the layout: seals, what binds leaves, pictures that the user gave.

use std::sync::Arc;

use crate::document::Attributes;
use crate::field::{Fields, Value};
use crate::font::{Book, Face};
use crate::geom::{Angle, Length, Point, Rect, Resolution, Size};
use crate::ink::binding;
use crate::ink::seal::{Seal, SealKind, Shape};
use crate::layout::{Figure, Figures};
use crate::page::{Blend, Image, Item};
use crate::paper::Age;
use crate::picture::Picture;
use crate::seed::Seed;

/// The faces of monograms and seals, in order of preference.
const FACES: [&str; 3] = ["cinzel", "cactus-classical-serif", "nanum-myeongjo"];

/// The faces of postmarks, dry seals and stamps with words around a ring.
const STAMPS: [&str; 3] = ["old-standard", "nanum-myeongjo", "cactus-classical-serif"];

/// The faces of an office's stamps with lines in a frame.
const OFFICES: [&str; 3] =
    ["libre-franklin/bold", "nanum-myeongjo", "cactus-classical-serif"];

/// The resolution in which pictures of the user's are kept: what a plate was printed in.
const PLATE: Resolution = Resolution(300.0);

/// Draws the figures that a document asks for.
pub(super) struct Drawn<'a> {
    /// All faces.
    pub book: &'a Book,
    /// The origin of everything random in them.
    pub seed: Seed,
    /// How old the document has grown.
    pub age: Age,
    /// The fields, among which pictures are.
    pub fields: &'a Fields,
}

impl Drawn<'_> {
    /// The first of these faces that has a character.
    fn face(&self, faces: &[&str], c: char) -> Option<Arc<Face>> {
        let faces = faces.iter().filter_map(|name| self.book.face(name).ok());
        faces.into_iter().find(|face| face.glyph(c).is_some())
    }

    /// The picture of a field, as large as the room lets it be.
    fn picture(&self, attributes: &Attributes, room: Size) -> Option<Figure> {
        let Some(Value::Image(file)) = self.fields.get(attributes.get("field")?) else {
            return None;
        };
        // The check of the fields read it before.
        let picture = Picture::from_bytes(file).ok()?;
        let (wide, high) = (f64::from(picture.width), f64::from(picture.height));
        let width = room.width.min(room.height * (wide / high));
        let size = Size::new(width, width * (high / wide));
        let picture = Arc::new(picture.at_most(size.width.to_px(PLATE)).as_ink());
        let rect = Rect::new(Point::default(), size);
        let (turn, blend) = (Angle::ZERO, Blend::Cover);
        let items = vec![Item::Image(Image { picture, rect, turn, blend })];
        Some(Figure { alt: String::new(), items, width, height: size.height })
    }

    /// A seal of a width.
    fn seal(&self, attributes: &Attributes, width: Length) -> Figure {
        let seal = Seal { age: self.age, ..Seal::from_attributes(attributes) };
        let faces = match seal.kind {
            SealKind::Wax(_) | SealKind::Wafer(_) | SealKind::Stamp => FACES,
            SealKind::Rubber(Shape::Box, _) => OFFICES,
            SealKind::Rubber(..) | SealKind::Dry => STAMPS,
        };
        let drawn = seal.draw(width, self.seed, &|c| self.face(&faces, c));
        Figure { alt: drawn.alt, items: drawn.items, width, height: drawn.height }
    }
}

impl Figures for Drawn<'_> {
    fn draw(&self, attributes: &Attributes, room: Size) -> Option<Figure> {
        if attributes.has("picture") {
            return self.picture(attributes, room);
        }
        if attributes.has("binding") {
            let (items, width) = binding::draw(attributes, room, self.seed);
            let height = room.height;
            return Some(Figure { alt: String::new(), items, width, height });
        }
        Some(self.seal(attributes, room.width))
    }
}

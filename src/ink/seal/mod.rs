//! Seals: wax over a ribbon, pressed with a monogram or device; East Asian stamps in red.

mod relief;
mod silk;
mod stamp;
mod wax;

use std::sync::Arc;

use crate::document::Attributes;
use crate::font::Face;
use crate::geom::{Angle, Lab, Length, Point, Rect, Resolution, Size};
use crate::page::{Blend, Image, Item};
use crate::picture::Picture;
use crate::seed::Seed;

/// The resolution in which seals are drawn.
const RESOLUTION: Resolution = Resolution(250.0);

/// A seal that a document asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Seal {
    /// What it is made of.
    pub kind: SealKind,
    /// What the matrix says: letters of a monogram, or the characters of a stamp.
    pub text: String,
    /// Tells seals of one document apart.
    pub name: String,
}

/// What a seal is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealKind {
    /// Sealing wax over a silk ribbon.
    Wax(Wax),
    /// Red seal paste, pressed with a square stone.
    Stamp,
}

/// The colour of sealing wax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wax {
    /// Vermilion, of state papers.
    Red,
    /// Black, of mourning.
    Black,
    /// Green, of grants for ever.
    Green,
    /// Blue.
    Blue,
    /// Brown, of the eighteenth century's offices.
    Brown,
}

impl Wax {
    /// The colour in flat light.
    fn colour(self) -> Lab {
        match self {
            Self::Red => Lab::new(36.0, 48.0, 32.0),
            Self::Black => Lab::new(17.0, 1.0, 1.0),
            Self::Green => Lab::new(32.0, -22.0, 13.0),
            Self::Blue => Lab::new(28.0, 4.0, -28.0),
            Self::Brown => Lab::new(30.0, 18.0, 21.0),
        }
    }

    /// The colour of the ribbon that goes with it.
    fn ribbon(self) -> Lab {
        match self {
            Self::Red | Self::Brown => Lab::new(38.0, 4.0, -24.0),
            Self::Black => Lab::new(30.0, 1.0, 0.0),
            Self::Green => Lab::new(48.0, 44.0, 24.0),
            Self::Blue => Lab::new(78.0, 1.0, 14.0),
        }
    }

    /// The word for it.
    fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Black => "black",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Brown => "brown",
        }
    }
}

/// A drawn seal.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What it shows, in words.
    pub alt: String,
    /// What is painted, from its top left corner.
    pub items: Vec<Item>,
    /// The height that it takes from the text.
    pub height: Length,
}

impl Seal {
    /// The seal that the attributes of a block describe: `colour`, `monogram`, `kind`
    /// (`wax` or `stamp`), `text`, `seed`. A colour that is not known is red.
    pub fn from_attributes(attributes: &Attributes) -> Self {
        let said = |key: &str| attributes.get(key).unwrap_or("").trim().to_owned();
        let wax = match said("colour").as_str() {
            "black" => Wax::Black,
            "green" => Wax::Green,
            "blue" => Wax::Blue,
            "brown" => Wax::Brown,
            _ => Wax::Red,
        };
        let (kind, text) = match said("kind").as_str() {
            "stamp" => (SealKind::Stamp, said("text")),
            _ => (SealKind::Wax(wax), said("monogram")),
        };
        Self { kind, text, name: said("seed") }
    }

    /// Draws the seal in a width; `face` finds a face that has a character.
    pub fn draw(
        &self,
        width: Length,
        seed: Seed,
        face: &dyn Fn(char) -> Option<Arc<Face>>,
    ) -> Drawn {
        let seed = seed.derive(&self.name).derive(&self.text);
        match self.kind {
            SealKind::Wax(wax) => {
                let (picture, height) = wax::draw(wax, &self.text, width, seed, face);
                let alt = if self.text.is_empty() {
                    format!("Seal in {} wax over a ribbon", wax.word())
                } else {
                    let letters = &self.text;
                    format!(
                        "Seal in {} wax over a ribbon, with the letters {letters}",
                        wax.word()
                    )
                };
                placed(picture, width, height, alt, Blend::Cover, Angle::ZERO)
            }
            SealKind::Stamp => {
                let picture = stamp::draw(&self.text, width, seed, face);
                let turn = Angle::degrees(seed.derive("turn").rng().normal() * 1.2);
                let alt = format!("Red seal, {}", self.text);
                placed(picture, width, width, alt, Blend::Cover, turn)
            }
        }
    }
}

/// A picture as the items of a seal.
fn placed(
    picture: Picture,
    width: Length,
    height: Length,
    alt: String,
    blend: Blend,
    turn: Angle,
) -> Drawn {
    let rect = Rect::new(Point::default(), Size::new(width, height));
    let image = Image { picture: Arc::new(picture), rect, turn, blend };
    Drawn { alt, items: vec![Item::Image(image)], height }
}

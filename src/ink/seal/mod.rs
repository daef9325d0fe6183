//! Seals and stamps: wax over a ribbon, pressed with a monogram or device; East Asian seals
//! in red paste; rubber stamps, postmarks, dry seals.

mod design;
mod relief;
mod rubber;
pub(super) mod silk;
mod stamp;
mod stone;
mod wax;

use std::sync::Arc;

use crate::document::Attributes;
use crate::font::Face;
use crate::geom::{Angle, Lab, Length, Point, Rect, Resolution, Size};
use crate::page::{Blend, Image, Item};
use crate::paper::Age;
use crate::picture::Picture;
use crate::seed::Seed;

pub use rubber::{Shape, Words};

/// The resolution in which seals are drawn.
const RESOLUTION: Resolution = Resolution(250.0);

/// A seal that a document asks for.
#[derive(Clone, Debug, PartialEq)]
pub struct Seal {
    /// What it is made of.
    pub kind: SealKind,
    /// What the matrix says: letters of a monogram, or the characters of a stamp.
    pub text: String,
    /// The words around it and in it, where it is a stamp or a dry seal.
    pub words: Words,
    /// Tells seals of one document apart.
    pub name: String,
    /// How old it has grown: wax cracks.
    pub age: Age,
}

/// What a seal is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealKind {
    /// Sealing wax over a silk ribbon.
    Wax(Wax),
    /// Sealing wax on the bare paper, as on passes and letters.
    Wafer(Wax),
    /// Red seal paste, pressed with a square stone.
    Stamp,
    /// Ink from a pad, pressed with rubber or steel.
    Rubber(Shape, Pad),
    /// Paper pressed up without ink.
    Dry,
}

/// The colour of a stamp pad.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pad {
    /// Red.
    Red,
    /// Violet, of most offices.
    Violet,
    /// Blue.
    Blue,
    /// Green.
    Green,
    /// Black, of post offices.
    Black,
}

impl Pad {
    /// The colour on paper.
    fn colour(self) -> Lab {
        match self {
            Self::Red => Lab::new(47.0, 46.0, 26.0),
            Self::Violet => Lab::new(42.0, 20.0, -28.0),
            Self::Blue => Lab::new(40.0, 4.0, -30.0),
            Self::Green => Lab::new(42.0, -24.0, 10.0),
            Self::Black => Lab::new(33.0, 0.5, 0.5),
        }
    }

    /// The word for it.
    fn word(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Violet => "violet",
            Self::Blue => "blue",
            Self::Green => "green",
            Self::Black => "black",
        }
    }
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
    /// The seal that the attributes of a block describe: `kind` (`wax`, `stamp`, `rubber`,
    /// `postmark`, `dry`), `colour`, `monogram`, `ribbon` (`none`), `text`, `around`, `below`, `shape` (`box`,
    /// `round`, `oval`), `seed`. Lines of `text` stand apart by `|`. What is not known is
    /// red wax, a red pad, a box.
    pub fn from_attributes(attributes: &Attributes) -> Self {
        let said = |key: &str| attributes.get(key).unwrap_or("").trim().to_owned();
        let kind = match said("kind").as_str() {
            "stamp" => SealKind::Stamp,
            "rubber" => SealKind::Rubber(shape(&said("shape")), pad(&said("colour"))),
            "postmark" => {
                let colour = said("colour");
                let colour = if colour.is_empty() { "black" } else { &colour };
                SealKind::Rubber(Shape::Postmark, pad(colour))
            }
            "dry" => SealKind::Dry,
            _ if said("ribbon") == "none" => SealKind::Wafer(wax(&said("colour"))),
            _ => SealKind::Wax(wax(&said("colour"))),
        };
        let is_wax = matches!(kind, SealKind::Wax(_) | SealKind::Wafer(_));
        let text = if is_wax { "monogram" } else { "text" };
        let text = said(text);
        let lines = text.split('|').map(|line| line.trim().to_owned());
        let lines = lines.filter(|line| !line.is_empty()).collect();
        let words = Words { around: said("around"), below: said("below"), lines };
        Self { kind, text, words, name: said("seed"), age: Age::default() }
    }

    /// Draws the seal in a width; `face` finds a face that has a character.
    pub fn draw(
        &self,
        width: Length,
        seed: Seed,
        face: &dyn Fn(char) -> Option<Arc<Face>>,
    ) -> Drawn {
        let seed = seed.derive(&self.name).derive(&self.text).derive(&self.words.around);
        match self.kind {
            SealKind::Wax(wax) | SealKind::Wafer(wax) => {
                let ribbon = matches!(self.kind, SealKind::Wax(_));
                let cake = (wax, ribbon, self.age);
                let (picture, height) = wax::draw(cake, &self.text, width, seed, face);
                let over = if ribbon { " over a ribbon" } else { "" };
                let letters = match self.text.as_str() {
                    "" => String::new(),
                    letters => format!(", with the letters {letters}"),
                };
                let alt = format!("Seal in {} wax{over}{letters}", wax.word());
                placed(picture, width, height, alt, Blend::Cover, Angle::ZERO)
            }
            SealKind::Rubber(shape, pad) => {
                let stamp = (shape, &self.words, pad.colour());
                let (picture, height) = rubber::draw(stamp, width, seed, face);
                let turn = Angle::degrees(seed.derive("turn").rng().normal() * 3.0);
                let what = if shape == Shape::Postmark { "Postmark" } else { "Stamp" };
                let alt = format!("{what} in {} ink, {}", pad.word(), self.words.read());
                placed(picture, width, height, alt, Blend::Cover, turn)
            }
            SealKind::Dry => {
                let picture = rubber::emboss(&self.words, width, seed, face);
                let alt = format!("Embossed seal, {}", self.words.read());
                placed(picture, width, width, alt, Blend::Cover, Angle::ZERO)
            }
            SealKind::Stamp => {
                let picture = stamp::draw(&self.text, width, seed, face);
                let turn = Angle::degrees(seed.derive("turn").rng().normal() * 1.2);
                let alt = format!("Red seal, {}", self.text);
                // Black ink is seen through it.
                placed(picture, width, width, alt, Blend::Ink, turn)
            }
        }
    }
}

/// Sealing wax by the name of its colour.
fn wax(colour: &str) -> Wax {
    match colour {
        "black" => Wax::Black,
        "green" => Wax::Green,
        "blue" => Wax::Blue,
        "brown" => Wax::Brown,
        _ => Wax::Red,
    }
}

/// A silk ribbon by the name of its colour; red where it has none.
pub(super) fn ribbon_colour(name: &str) -> Lab {
    match name {
        "blue" => Lab::new(38.0, 4.0, -24.0),
        "green" => Lab::new(40.0, -24.0, 14.0),
        "white" => Lab::new(84.0, 0.0, 9.0),
        "black" => Lab::new(26.0, 1.0, 0.0),
        "yellow" => Lab::new(72.0, 6.0, 46.0),
        _ => Lab::new(42.0, 46.0, 25.0),
    }
}

/// A pad by the name of its colour.
fn pad(colour: &str) -> Pad {
    match colour {
        "violet" => Pad::Violet,
        "blue" => Pad::Blue,
        "green" => Pad::Green,
        "black" => Pad::Black,
        _ => Pad::Red,
    }
}

/// A shape by its name.
fn shape(name: &str) -> Shape {
    match name {
        "round" => Shape::Round,
        "oval" => Shape::Oval,
        _ => Shape::Box,
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

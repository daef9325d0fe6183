//! The content of a page: operators and their operands (ISO 32000-1, 7.8.2).

use std::collections::HashMap;
use std::sync::LazyLock;

use lopdf::{Dictionary, Object};

use super::file::{Short, show, show_decimals};
use super::tags::text;
use crate::export;
use crate::geom::{Lab, Length, Rgb, Size};
use crate::page::Blend;

/// The content stream of a page in the making, and what is known of its state.
pub(super) struct Content {
    /// The operators, as they stand in the file.
    pub(super) bytes: Vec<u8>,
    /// The page.
    pub(super) size: Size,
    /// The mean colour of the sheet under the ink.
    pub(super) tone: Option<Rgb>,
    /// The blend mode in force.
    pub(super) blend: Blend,
    /// The fill colour in force.
    pub(super) fill: Option<Fill>,
    /// The inks of the document.
    pub(super) palette: Palette,
    /// How inks are told on this sheet, each at a place that follows from it; one that has
    /// the place of another is worked out again.
    inks: [Option<(Lab, Fill)>; INKS],
    /// Whether the words of what is written have been told.
    pub(super) told: bool,
    /// Whether a picture shows what is written, so that shapes and pictures are left out.
    pub(super) unseen: bool,
}

/// About how many bytes a typed page takes.
const ROOM: usize = 20_000;

/// How many inks are kept in mind.
const INKS: usize = 256;

impl Content {
    /// An empty page of a document with these inks.
    pub(super) fn new(size: Size, tone: Option<Rgb>, palette: Palette) -> Self {
        Self {
            bytes: Vec::with_capacity(ROOM),
            size,
            tone,
            blend: Blend::Cover,
            fill: None,
            palette,
            inks: [None; INKS],
            told: false,
            unseen: false,
        }
    }

    /// Appends an operator.
    pub(super) fn op(&mut self, key: &str, operands: impl IntoIterator<Item = Object>) {
        for operand in operands {
            // Nothing in content refers to objects.
            show(&operand, &mut self.bytes, &mut |_, _| {});
            self.bytes.push(b' ');
        }
        self.bytes.extend_from_slice(key.as_bytes());
        self.bytes.push(b'\n');
    }

    /// Begins a stretch by telling what it says, whatever its glyphs look like.
    pub(super) fn tell(&mut self, words: &str) {
        let actual = text(words);
        self.op("BDC", [name("Span"), dict([("ActualText", actual)])]);
    }

    /// From the top of the page to PDF's own, which counts from the foot.
    pub(super) fn flip(&self, y: Length) -> f64 {
        (self.size.height - y).to_pt()
    }

    /// Sets the blend mode; without a sheet there is nothing to blend with.
    pub(super) fn blend(&mut self, blend: Blend) {
        if self.tone.is_none() || blend == self.blend {
            return;
        }
        let state = match blend {
            Blend::Ink => "Ink",
            Blend::Cover => "Cover",
        };
        self.op("gs", [name(state)]);
        self.blend = blend;
    }

    /// Appends an operator whose operands are numbers, with three decimals at most.
    pub(super) fn numbers(&mut self, key: &str, operands: impl IntoIterator<Item = f64>) {
        for operand in operands {
            show_decimals(operand, 3, &mut self.bytes);
            self.bytes.push(b' ');
        }
        self.bytes.extend_from_slice(key.as_bytes());
        self.bytes.push(b'\n');
    }

    /// Sets the colour of text and areas.
    pub(super) fn fill(&mut self, colour: [f32; 3]) {
        let fill = Fill::Colour(colour);
        if self.fill != Some(fill) {
            self.numbers("rg", colour.map(f64::from));
            self.fill = Some(fill);
        }
    }

    /// As [`Content::fill`] for the ink of a stroke, as it looks on the paper: of these there
    /// are thousands, each of one of a few densities, and they are told by number.
    pub(super) fn ink(&mut self, ink: Lab) {
        let fill = self.fill_of(ink);
        if self.fill == Some(fill) {
            return;
        }
        match fill {
            Fill::Colour(colour) => return self.fill(colour),
            Fill::Ink(number) => {
                if !matches!(self.fill, Some(Fill::Ink(_))) {
                    self.op("cs", [name(Palette::NAME)]);
                }
                CHOOSE[usize::from(number)].show(&mut self.bytes);
            }
        }
        self.fill = Some(fill);
    }

    /// How an ink is told.
    fn fill_of(&mut self, ink: Lab) -> Fill {
        let [l, a, b] = [ink.l, ink.a, ink.b].map(f32::to_bits);
        let place = l ^ a.rotate_left(11) ^ b.rotate_left(22);
        let place = (place.wrapping_mul(0x9e37_79b1) >> 24) as usize % INKS;
        if let Some((known, fill)) = self.inks[place]
            && known == ink
        {
            return fill;
        }
        let colour = self.colour(ink, Blend::Ink);
        let fill = self.palette.number(colour).map_or(Fill::Colour(colour), Fill::Ink);
        self.inks[place] = Some((ink, fill));
        fill
    }

    /// The colour to paint with in the blend mode in force.
    pub(super) fn colour(&self, colour: Lab, blend: Blend) -> [f32; 3] {
        let paper = if blend == Blend::Ink { self.tone } else { None };
        export::ink_on(paper, colour)
    }
}

/// The colour of text and areas.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Fill {
    /// Told as red, green and blue, each 0 to 1.
    Colour([f32; 3]),
    /// Told by its number in the palette.
    Ink(u8),
}

/// The colours of the inks of a document, in the order they were met: an indexed colour
/// space (ISO 32000-1, 8.6.6.3).
#[derive(Debug, Default)]
pub(super) struct Palette {
    /// Red, green and blue of each.
    colours: Vec<[u8; 3]>,
    /// Their numbers.
    numbers: HashMap<[u8; 3], u8, foldhash::fast::RandomState>,
}

/// The operators that choose colours by their numbers.
static CHOOSE: LazyLock<[Short; 256]> = LazyLock::new(|| {
    core::array::from_fn(|number| Short::new(format!("{number} sc\n").as_bytes()))
});

impl Palette {
    /// Its name in the resources.
    const NAME: &str = "Inks";

    /// The number of a colour; none where all numbers are taken.
    fn number(&mut self, colour: [f32; 3]) -> Option<u8> {
        let colour = colour.map(|v| (v.clamp(0.0, 1.0) * 255.0 + 0.5) as u8);
        if let Some(&number) = self.numbers.get(&colour) {
            return Some(number);
        }
        let number = u8::try_from(self.colours.len()).ok()?;
        self.colours.push(colour);
        self.numbers.insert(colour, number);
        Some(number)
    }

    /// The colour space as a resource; none where no colour is in it.
    pub(super) fn write(&self) -> Option<Dictionary> {
        let last = self.colours.len().checked_sub(1)?;
        let table =
            Object::String(self.colours.concat(), lopdf::StringFormat::Hexadecimal);
        let last = Object::Integer(i64::try_from(last).ok()?);
        let space = vec![name("Indexed"), name("DeviceRGB"), last, table];
        Some(Dictionary::from_iter([(Self::NAME, Object::Array(space))]))
    }
}

/// A number with at most three decimals.
pub(super) fn number(value: f64) -> Object {
    let rounded = (value * 1000.0).round() / 1000.0;
    if rounded == rounded.trunc() && rounded.abs() < 1e9 {
        return Object::Integer(rounded as i64);
    }
    Object::Real(rounded as f32)
}

/// A name.
pub(super) fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A dictionary.
pub(super) fn dict<const N: usize>(entries: [(&str, Object); N]) -> Object {
    Object::Dictionary(Dictionary::from_iter(entries))
}

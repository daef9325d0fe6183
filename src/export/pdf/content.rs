//! The content of a page: operators and their operands (ISO 32000-1, 7.8.2).

use lopdf::{Dictionary, Object};

use super::file::show;
use super::tags::text;
use crate::export;
use crate::geom::{Length, Rgb, Size};
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
    pub(super) fill: Option<[f32; 3]>,
    /// Whether the words of what is written have been told.
    pub(super) told: bool,
    /// Whether a picture shows what is written, so that shapes and pictures are left out.
    pub(super) unseen: bool,
}

impl Content {
    /// An empty page.
    pub(super) fn new(size: Size, tone: Option<Rgb>) -> Self {
        Self {
            bytes: Vec::new(),
            size,
            tone,
            blend: Blend::Cover,
            fill: None,
            told: false,
            unseen: false,
        }
    }

    /// Appends an operator.
    pub(super) fn op(&mut self, key: &str, operands: impl IntoIterator<Item = Object>) {
        for operand in operands {
            show(&operand, &mut self.bytes, &mut |id| id.0);
            self.bytes.push(b' ');
        }
        self.bytes.extend(key.bytes());
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

    /// Sets the colour of text and areas.
    pub(super) fn fill(&mut self, colour: [f32; 3]) {
        if self.fill != Some(colour) {
            self.op("rg", colour.map(|v| number(f64::from(v))));
            self.fill = Some(colour);
        }
    }

    /// The colour to paint with in the blend mode in force.
    pub(super) fn colour(&self, colour: crate::geom::Lab, blend: Blend) -> [f32; 3] {
        let paper = if blend == Blend::Ink { self.tone } else { None };
        export::ink_on(paper, colour)
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

//! Shaping: from characters to glyphs of one face, with kerning and ligatures.

use harfrust::{
    Buffer, Direction, GlyphId, Language, ShapeOptions, ShaperFont, Tag, shape,
};

use super::Face;
use crate::lang::Lang;

/// An OpenType feature that is switched on or off for a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Feature {
    /// Its tag: `smcp`, `onum`, `dlig`.
    pub tag: [u8; 4],
    /// 0 is off; 1 is on, or the first alternate.
    pub value: u16,
}

/// A stretch of text as glyphs of one face.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shaped {
    /// From left to right.
    pub glyphs: Vec<ShapedGlyph>,
}

/// A glyph with its measures in ems.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShapedGlyph {
    /// Its number in the face.
    pub id: u16,
    /// The byte of the text where its cluster starts.
    pub cluster: usize,
    /// How far the next glyph stands to the right.
    pub advance: f64,
    /// Moved to the right.
    pub dx: f64,
    /// Moved upward.
    pub dy: f64,
}

impl Face {
    /// Shapes text that stands in one line, from left to right.
    pub fn shape(&self, text: &str, lang: Lang, features: &[Feature]) -> Shaped {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_language(lang.as_str().parse::<Language>().ok());
        let features: Vec<harfrust::Feature> = features
            .iter()
            .map(|f| harfrust::Feature::new(Tag::new(&f.tag), u32::from(f.value), ..))
            .collect();
        let shaper = ShaperFont::new(&self.font);
        let options = ShapeOptions::new().features(&features);
        if shape(&shaper, &mut buffer, options).is_err() {
            // Only a buffer without direction or an unfit plan fails; we give neither.
            return Shaped::default();
        }
        let em = f64::from(self.font.units_per_em());
        let glyphs = buffer.glyph_infos().iter().zip(buffer.glyph_positions());
        let glyphs = glyphs.map(|(info, position)| ShapedGlyph {
            id: glyph_number(info.glyph_id.into()),
            cluster: info.cluster as usize,
            advance: f64::from(position.x_advance) / em,
            dx: f64::from(position.x_offset) / em,
            dy: f64::from(position.y_offset) / em,
        });
        Shaped { glyphs: glyphs.collect() }
    }
}

/// The number of a glyph; faces with more than 65,535 glyphs were refused at loading.
fn glyph_number(glyph: GlyphId) -> u16 {
    u16::try_from(glyph.to_u32()).unwrap_or(0)
}

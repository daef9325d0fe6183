//! Shaping: from characters to glyphs of one face, with kerning and ligatures.

use std::sync::Arc;

use harfrust::{
    Buffer, Direction, GlyphId, Language, Script, ShapeOptions, ShapePlan, ShaperFont,
    Tag, shape,
};

use super::Face;
use crate::lang::Lang;
use crate::memo::Memo;

/// An OpenType feature that is switched on or off for a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Feature {
    /// Its tag: `smcp`, `onum`, `dlig`.
    pub tag: [u8; 4],
    /// 0 is off; 1 is on, or the first alternate.
    pub value: u16,
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

/// What a face knows of words it has shaped.
#[derive(Debug)]
pub(super) struct Memory {
    /// The glyphs of words.
    words: Memo<(String, Manner), Arc<[ShapedGlyph]>>,
    /// How words of a script are shaped.
    plans: Memo<(Option<Script>, Manner), Arc<ShapePlan>>,
}

/// What the shape of a word depends on beside its letters.
type Manner = (Lang, Arc<[Feature]>);

impl Default for Memory {
    fn default() -> Self {
        // A letter has some 300 words, a language some thousands that are common.
        Self { words: Memo::new(16_384), plans: Memo::new(256) }
    }
}

impl Face {
    /// Shapes text that stands in one line: its glyphs from left to right.
    pub fn shape(
        &self,
        text: &str,
        lang: Lang,
        features: &Arc<[Feature]>,
    ) -> Arc<[ShapedGlyph]> {
        let key = (text.to_owned(), (lang, Arc::clone(features)));
        self.memory.words.get(key, |(text, manner)| self.shape_word(text, manner).into())
    }

    /// As [`Face::shape`], for text that is shaped but once and not kept in mind.
    pub(super) fn shape_once(
        &self,
        text: &str,
        lang: Lang,
        features: &Arc<[Feature]>,
    ) -> Vec<ShapedGlyph> {
        self.shape_word(text, &(lang, Arc::clone(features)))
    }

    /// Shapes text that was not shaped before.
    fn shape_word(&self, text: &str, manner: &Manner) -> Vec<ShapedGlyph> {
        let (lang, features) = manner;
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
        let key = (buffer.script(), manner.clone());
        let plan = self.memory.plans.get(key, |(script, _)| {
            let language = lang.as_str().parse::<Language>().ok();
            let (font, across) = (&self.font, Direction::LeftToRight);
            Arc::new(ShapePlan::new(font, across, *script, language.as_ref(), &features))
        });
        let options = ShapeOptions::new().features(&features).plan(Some(&plan));
        if shape(&shaper, &mut buffer, options).is_err() {
            // Only a buffer without direction or an unfit plan fails; we give neither.
            return Vec::new();
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
        glyphs.collect()
    }
}

/// The number of a glyph; faces with more than 65,535 glyphs were refused at loading.
fn glyph_number(glyph: GlyphId) -> u16 {
    u16::try_from(glyph.to_u32()).unwrap_or(0)
}

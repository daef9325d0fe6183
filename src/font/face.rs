//! One face: its metrics and what it covers.

use core::fmt;
use std::sync::{Arc, OnceLock};

use harfrust::Font;
use harfrust::GlyphId;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::font::name::NameId;

use super::alphabet::Alphabet;
use super::edges::Edges;
use super::shape::Memory;
use crate::diag::Diagnostic;
use crate::memo::Memo;

/// The bytes of a font file, shared and never copied.
#[derive(Clone)]
pub enum FontBytes {
    /// Part of the program.
    Static(&'static [u8]),
    /// Read from somewhere.
    Shared(Arc<[u8]>),
}

impl fmt::Debug for FontBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FontBytes({})", self.as_ref().len())
    }
}

impl AsRef<[u8]> for FontBytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

/// Measures of a face, in ems; upward is positive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Height of the line box above the baseline.
    pub ascent: f64,
    /// Depth of the line box below the baseline (positive).
    pub descent: f64,
    /// Height of a flat capital.
    pub cap_height: f64,
    /// Height of a flat small letter.
    pub x_height: f64,
    /// Slope of an italic in degrees from upright, negative to the right.
    pub italic_angle: f64,
    /// Left, bottom, right and top of the box around all glyphs.
    pub bounds: [f64; 4],
    /// Whether all glyphs have one width.
    pub fixed_pitch: bool,
}

/// One face of a font, checked when it was loaded.
pub struct Face {
    /// The parsed font; shares its bytes.
    pub(super) font: Font,
    /// The file.
    bytes: FontBytes,
    /// PostScript name.
    name: String,
    /// Measures.
    metrics: Metrics,
    /// Whether it was cut and is carried whole.
    cut: bool,
    /// The glyphs of characters.
    glyphs: Memo<char, Option<u16>>,
    /// The sides of glyphs.
    pub(super) edges: Memo<u16, Option<Edges>>,
    /// Words that were shaped.
    pub(super) memory: Memory,
    /// What its glyphs usually say, once it was asked.
    pub(super) usual: OnceLock<Vec<Option<&'static str>>>,
    /// Its alphabet, once it was asked.
    pub(super) alphabet: OnceLock<Alphabet>,
}

/// How many characters and glyphs of a face are kept in mind: more than most faces have.
const KEPT: usize = 4096;

impl Face {
    /// Checks and opens a font file. `source` names it in errors.
    ///
    /// # Errors
    /// A file that is not a TrueType or OpenType font with outlines and a character map,
    /// or one whose licence bits (OS/2 fsType 2) forbid embedding.
    pub fn new(source: &str, bytes: FontBytes) -> Result<Self, Diagnostic> {
        let bad = |what: &str| {
            Diagnostic::usage("font", format!("`{source}` {what}"))
                .hint("use a TrueType or OpenType font file (.ttf, .otf)")
        };
        let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(bytes.clone());
        let font = Font::new(shared, 0).ok_or_else(|| bad("is not a font"))?;
        if !(16..=16384).contains(&font.units_per_em()) {
            return Err(bad("has no sound em"));
        }
        if font.outline_glyphs().is_empty() || font.num_glyphs() > u32::from(u16::MAX) {
            return Err(bad("has no outlines"));
        }
        if !font.charmap().has_unicode() {
            return Err(bad("has no Unicode character map"));
        }
        let embedding =
            table(bytes.as_ref(), b"OS/2").and_then(|os2| word(os2, 8)).unwrap_or(0);
        if embedding & 0xf == 2 {
            return Err(bad("does not allow embedding (fsType 2)"));
        }
        let name = postscript_name(&font).unwrap_or_else(|| "Unnamed".to_owned());
        let metrics = measure(&font);
        Ok(Self {
            font,
            bytes,
            name,
            metrics,
            cut: false,
            glyphs: Memo::new(KEPT),
            edges: Memo::new(KEPT),
            memory: Memory::default(),
            usual: OnceLock::new(),
            alphabet: OnceLock::new(),
        })
    }

    /// A face of another file, cut after this one, with its name and measures; what its
    /// glyphs usually say.
    pub(super) fn with_file(
        &self,
        (font, bytes): (Font, FontBytes),
        usual: Vec<Option<&'static str>>,
    ) -> Self {
        Self {
            font,
            bytes,
            name: self.name.clone(),
            metrics: self.metrics,
            cut: true,
            glyphs: Memo::new(KEPT),
            edges: Memo::new(KEPT),
            memory: Memory::default(),
            usual: usual.into(),
            alphabet: OnceLock::new(),
        }
    }

    /// Whether it was cut for a document, or for many of them, and is carried whole.
    pub fn is_cut(&self) -> bool {
        self.cut
    }

    /// The file.
    pub fn bytes(&self) -> &[u8] {
        self.bytes.as_ref()
    }

    /// The PostScript name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its measures.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Whether its outlines are PostScript (CFF) rather than TrueType.
    pub fn is_cff(&self) -> bool {
        table(self.bytes(), b"CFF ").is_some()
    }

    /// How many glyphs it has.
    pub fn glyph_count(&self) -> u16 {
        u16::try_from(self.font.num_glyphs()).unwrap_or(u16::MAX)
    }

    /// How many units its em has.
    pub fn units_per_em(&self) -> u16 {
        self.font.units_per_em()
    }

    /// The advance of a glyph, in ems.
    pub fn advance(&self, glyph: u16) -> f64 {
        let units = self.font.glyph_metrics().h_advance(GlyphId::from(glyph));
        f64::from(units) / f64::from(self.font.units_per_em())
    }

    /// The glyph of a character, if the face really draws it.
    ///
    /// A character map may lie: white space needs a glyph, everything else a contour.
    pub fn glyph(&self, character: char) -> Option<u16> {
        self.glyphs.get(character, |&character| {
            let glyph = self.font.charmap().map_unicode(character)?;
            let id = u16::try_from(glyph.to_u32()).ok().filter(|&id| id != 0)?;
            (character.is_whitespace() || self.has_contour(id)).then_some(id)
        })
    }

    /// Whether a glyph draws anything.
    pub fn has_contour(&self, glyph: u16) -> bool {
        /// Remembers whether anything was drawn.
        struct Any(bool);
        impl PathSink for Any {
            fn move_to(&mut self, _: f32, _: f32) {}
            fn line_to(&mut self, _: f32, _: f32) {
                self.0 = true;
            }
            fn quad_to(&mut self, _: f32, _: f32, _: f32, _: f32) {
                self.0 = true;
            }
            fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, _: f32, _: f32) {
                self.0 = true;
            }
            fn close(&mut self) {}
        }
        let mut any = Any(false);
        self.font.outline_glyphs().get(GlyphId::from(glyph)).is_some_and(|outline| {
            let options = DrawOptions::new();
            outline.draw(&options, DrawMemory::Scratch, &mut any).is_ok() && any.0
        })
    }
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Face({})", self.name)
    }
}

/// The PostScript name without characters that PDF names must not hold.
fn postscript_name(font: &Font) -> Option<String> {
    let name = font.names().get(NameId::POSTSCRIPT_NAME)?.english_or_first()?;
    let clean: String = name
        .name()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .take(60)
        .collect();
    (!clean.is_empty()).then_some(clean)
}

/// Reads the measures, with those of usual type where a table is silent.
fn measure(font: &Font) -> Metrics {
    let em = f32::from(font.units_per_em());
    let scaled = font.metrics().scaled_f32(1.0);
    let line = scaled.h_line();
    let bounds = scaled.bounds();
    let style = font.style_metrics();
    let positive = |value: Option<f32>, usual: f64| {
        value.map(f64::from).filter(|v| v.is_finite() && *v > 0.0).unwrap_or(usual)
    };
    debug_assert!(em > 0.0);
    Metrics {
        ascent: positive(line.map(|l| l.ascender), 0.8),
        descent: positive(line.map(|l| -l.descender), 0.2),
        cap_height: positive(scaled.cap_height(), 0.68),
        x_height: positive(scaled.x_height(), 0.45),
        italic_angle: style
            .scaled_f32(1.0)
            .italic_angle()
            .map_or(0.0, |angle| f64::from(angle.to_f32())),
        bounds: [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(f64::from),
        fixed_pitch: style.scaled_f32(1.0).is_fixed_pitch().unwrap_or(false),
    }
}

/// The bytes of a table of a single font file (OpenType 1.9, "Table directory").
pub(super) fn table<'a>(file: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    let count = usize::from(word(file, 4)?);
    let record = file.get(12..)?.chunks_exact(16).take(count).find(|r| r[..4] == *tag)?;
    let long = |at: usize| {
        Some((usize::from(word(record, at)?) << 16) | usize::from(word(record, at + 2)?))
    };
    let offset = long(8)?;
    file.get(offset..offset.checked_add(long(12)?)?)
}

/// The big-endian word at an offset.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

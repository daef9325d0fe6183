//! Fonts: one subset a face, with exact widths and the text of each glyph
//! (ISO 32000-1, 9.7 and 9.10).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use sha2::{Digest, Sha256};

use super::finish::deflate;
use crate::diag::Result;
use crate::font::{Face, Subset};
use crate::page::{FaceId, Glyph, Item, Pages};

/// The fonts of a document.
pub(super) struct Fonts(BTreeMap<FaceId, FontUse>);

/// How a document uses a face.
pub(super) struct FontUse {
    /// Its name in the resources.
    pub resource: String,
    /// The face.
    face: Arc<Face>,
    /// The part that is embedded.
    subset: Subset,
    /// New numbers and widths (thousandths of an em) by old glyph number.
    glyphs: BTreeMap<u16, (u16, f64)>,
    /// The text of each glyph, by old number.
    texts: BTreeMap<u16, String>,
}

impl Fonts {
    /// Gathers the glyphs of all runs and makes the subsets.
    pub(super) fn new(pages: &Pages) -> Result<Self> {
        let mut counts: BTreeMap<FaceId, BTreeMap<u16, BTreeMap<&str, usize>>> =
            BTreeMap::new();
        for placed in pages.pages.iter().flat_map(|page| &page.items) {
            let Item::Run(run) = &placed.item else { continue };
            let face = counts.entry(run.face).or_default();
            for glyph in &run.glyphs {
                let texts = face.entry(glyph.id).or_default();
                let text = &run.text[glyph.text.clone()];
                if !text.is_empty() {
                    *texts.entry(text).or_default() += 1;
                }
            }
        }
        let mut fonts = BTreeMap::new();
        for (id, glyphs) in counts {
            let face = Arc::clone(&pages.faces[usize::from(id.0)]);
            fonts.insert(id, FontUse::new(id, face, &glyphs)?);
        }
        Ok(Self(fonts))
    }

    /// How a face is used.
    pub(super) fn get(&self, face: FaceId) -> Option<&FontUse> {
        self.0.get(&face)
    }

    /// Writes all fonts; gives the dictionary of resources.
    pub(super) fn write(&self, document: &mut Document) -> Dictionary {
        let mut out = Dictionary::new();
        for font in self.0.values() {
            out.set(font.resource.as_bytes(), font.write(document));
        }
        out
    }
}

impl FontUse {
    /// Makes the subset of a face.
    fn new(
        id: FaceId,
        face: Arc<Face>,
        counts: &BTreeMap<u16, BTreeMap<&str, usize>>,
    ) -> Result<Self> {
        let used: BTreeSet<u16> = counts.keys().copied().collect();
        let subset = face.subset(used.iter().copied())?;
        let width = |glyph: u16| (face.advance(glyph) * 10_000.0).round() / 10.0;
        let number = |glyph: &u16| {
            let new = subset.glyphs.iter().position(|old| old == glyph)?;
            Some((*glyph, (u16::try_from(new).ok()?, width(*glyph))))
        };
        let glyphs = used.iter().filter_map(number).collect();
        let most_used = |texts: &BTreeMap<&str, usize>| {
            let best = texts
                .iter()
                .max_by_key(|(text, count)| (**count, core::cmp::Reverse(**text)));
            // A glyph that only follows another one of its cluster says nothing itself.
            best.map_or_else(|| "\u{200b}".to_owned(), |(text, _)| (*text).to_owned())
        };
        let texts = counts.iter().map(|(id, texts)| (*id, most_used(texts))).collect();
        Ok(Self { resource: format!("F{}", id.0), face, subset, glyphs, texts })
    }

    /// The number of a glyph in the subset, and its width in thousandths of an em.
    pub(super) fn glyph(&self, id: u16) -> (u16, f64) {
        self.glyphs.get(&id).copied().unwrap_or((0, 0.0))
    }

    /// Whether the font says of a glyph what the run says.
    pub(super) fn says(&self, glyph: &Glyph, text: &str) -> bool {
        self.texts.get(&glyph.id).map(String::as_str) == Some(&text[glyph.text.clone()])
    }

    /// Writes the font; gives its reference.
    fn write(&self, document: &mut Document) -> ObjectId {
        let cff = self.face.is_cff();
        let base = format!("{}+{}", tag(&self.subset.bytes), self.face.name());
        let file = self.write_file(document, cff);
        let metrics = self.face.metrics();
        let milli = |ems: f64| Object::Integer((ems * 1000.0).round() as i64);
        let flags = 4
            | i64::from(metrics.fixed_pitch)
            | (i64::from(metrics.italic_angle != 0.0) << 6);
        let mut descriptor = dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => Object::Name(base.clone().into_bytes()),
            "Flags" => flags,
            "FontBBox" => metrics.bounds.iter().map(|v| milli(*v)).collect::<Vec<_>>(),
            "ItalicAngle" => Object::Real(metrics.italic_angle as f32),
            "Ascent" => milli(metrics.ascent),
            "Descent" => milli(-metrics.descent),
            "CapHeight" => milli(metrics.cap_height),
            "StemV" => 80,
        };
        descriptor.set(if cff { "FontFile3" } else { "FontFile2" }, file);
        let descriptor = document.add_object(descriptor);
        let mut descendant = dictionary! {
            "Type" => "Font",
            "Subtype" => if cff { "CIDFontType0" } else { "CIDFontType2" },
            "BaseFont" => Object::Name(base.clone().into_bytes()),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "DW" => 0,
            "W" => self.widths(),
        };
        if !cff {
            descendant.set("CIDToGIDMap", "Identity");
        }
        let descendant = document.add_object(descendant);
        let map = deflate(Dictionary::new(), self.unicode_map().as_bytes());
        let map = document.add_object(map);
        document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => Object::Name(base.into_bytes()),
            "Encoding" => "Identity-H",
            "DescendantFonts" => vec![descendant.into()],
            "ToUnicode" => map,
        })
    }

    /// Writes the font file.
    fn write_file(&self, document: &mut Document, cff: bool) -> ObjectId {
        let bytes = &self.subset.bytes;
        let dict = if cff {
            dictionary! { "Subtype" => "CIDFontType0C" }
        } else {
            let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            dictionary! { "Length1" => length }
        };
        let stream: Stream = deflate(dict, bytes);
        document.add_object(stream)
    }

    /// The widths of all glyphs, in the order of their new numbers.
    fn widths(&self) -> Object {
        let mut by_new: Vec<(u16, f64)> = self.glyphs.values().copied().collect();
        by_new.sort_by_key(|(new, _)| *new);
        let first = by_new.first().map_or(0, |(new, _)| i64::from(*new));
        let widths =
            by_new.iter().map(|(_, width)| Object::Real(*width as f32)).collect();
        Object::Array(vec![first.into(), Object::Array(widths)])
    }

    /// The map from glyphs to text (ISO 32000-1, 9.10.3).
    fn unicode_map(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let entries: Vec<(u16, &str)> = self
            .texts
            .iter()
            .map(|(old, text)| (self.glyph(*old).0, text.as_str()))
            .collect();
        for chunk in entries.chunks(100) {
            let _ = writeln!(out, "{} beginbfchar", chunk.len());
            for (glyph, text) in chunk {
                let _ = write!(out, "<{glyph:04X}> <");
                for unit in text.encode_utf16() {
                    let _ = write!(out, "{unit:04X}");
                }
                out.push_str(">\n");
            }
            out.push_str("endbfchar\n");
        }
        out.push_str(
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n",
        );
        out
    }
}

/// The tag of a subset: six capitals from its content (ISO 32000-1, 9.6.4).
fn tag(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().take(6).map(|b| char::from(b'A' + b % 26)).collect()
}

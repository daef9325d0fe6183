//! Subsets: the part of a face that a document carries.

use super::Face;
use crate::diag::Diagnostic;

/// A part of a face, as a font file for a PDF.
#[derive(Clone, Debug)]
pub struct Subset {
    /// The file: TrueType with `glyf`, or a bare CFF table with CID keys.
    pub bytes: Vec<u8>,
    /// Old glyph numbers by their new ones; the first is the missing glyph, 0.
    pub glyphs: Vec<u16>,
}

impl Face {
    /// The part of the face that draws these glyphs. New numbers follow the order of the
    /// old ones, so that the same set of glyphs gives the same bytes.
    ///
    /// # Errors
    /// A font whose tables are damaged.
    pub fn subset(
        &self,
        glyphs: impl IntoIterator<Item = u16>,
    ) -> Result<Subset, Diagnostic> {
        let sorted: std::collections::BTreeSet<u16> = glyphs.into_iter().collect();
        let sorted: Vec<u16> = sorted.into_iter().collect();
        let remapper = subsetter::GlyphRemapper::new_from_glyphs_sorted(&sorted);
        let bytes = subsetter::subset(self.bytes(), 0, &remapper).map_err(|error| {
            let message = format!("font `{}` cannot be subset: {error}", self.name());
            Diagnostic::usage("font", message).hint("use another copy of the font file")
        })?;
        Ok(Subset { bytes, glyphs: remapper.remapped_gids().collect() })
    }
}

//! What documents have in common: sheets that were drawn and fonts that were packed once, and
//! large streams that are copied from there into each file.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::{Dictionary, Document, ObjectId};

use super::font::Embedded;
use super::paper::Sheets;
use crate::diag::Diagnostic;
use crate::font::Face;
use crate::memo::Memo;

/// How many fonts are kept.
const FONTS: usize = 256;

/// Sheets and fonts that were made for other documents, to be used again: a batch with a
/// pool of sheets draws each of them once, and packs once the fonts that all documents
/// carry. Many threads may share it.
#[derive(Debug)]
pub struct Common {
    /// The sheets.
    pub(super) sheets: Sheets,
    /// The fonts, by where the face lies, the cell of a typewriter, and the glyphs.
    fonts: Memo<(usize, Option<u16>, Vec<u16>), Arc<Embedded>>,
}

impl Default for Common {
    fn default() -> Self {
        Self { sheets: Sheets::default(), fonts: Memo::new(FONTS) }
    }
}

impl Common {
    /// The part of a face that draws these glyphs, packed now if it was not before.
    pub(super) fn font(
        &self,
        face: &Arc<Face>,
        cell: Option<u16>,
        glyphs: Vec<u16>,
    ) -> Result<Arc<Embedded>, Diagnostic> {
        // What is packed holds its face, so that no other can come to lie in its place.
        let place = Arc::as_ptr(face).addr();
        self.fonts.try_get((place, cell, glyphs), |(_, _, glyphs)| {
            Embedded::new(face, cell, glyphs).map(Arc::new)
        })
    }
}

/// A stream as it stands in a file, shared by all documents that have it.
#[derive(Debug)]
pub(super) struct Packed {
    /// Its dictionary, without the length.
    pub dict: Dictionary,
    /// What is in it.
    pub content: Vec<u8>,
    /// A hash of what is in it.
    pub hash: [u8; 32],
}

/// The objects of a document.
pub(super) struct Objects {
    /// Those that are its own.
    pub document: Document,
    /// Those that it shares.
    pub packed: BTreeMap<ObjectId, Arc<Packed>>,
}

impl Objects {
    /// Those of a document that shares none yet.
    pub(super) fn new(document: Document) -> Self {
        Self { document, packed: BTreeMap::new() }
    }

    /// Adds a stream that is shared.
    pub(super) fn add(&mut self, packed: Arc<Packed>) -> ObjectId {
        let id = self.document.new_object_id();
        self.packed.insert(id, packed);
        id
    }
}

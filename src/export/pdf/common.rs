//! What documents have in common: sheets that were drawn and fonts that were packed once. They
//! are kept as they stand in a file, and copied from there into each.

use core::ops::Range;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use lopdf::{Document, Object, ObjectId};
use sha2::{Digest, Sha256};

use super::file::{Begun, show, show_dictionary, show_reference};
use super::finish::Pace;
use super::font::{Embedded, Font, Said};
use super::lay_out;
use super::paper::Sheets;
use crate::diag::Diagnostic;
use crate::font::Face;
use crate::geom::{Length, Size};
use crate::memo::Memo;

/// How many fonts are kept.
const FONTS: usize = 256;

/// How many beginnings of files are kept: of about 100 KB each.
const FILES: usize = 128;

/// Where a face lies, the cell of a typewriter, and the glyphs if these are not all.
type FontKey = (usize, Option<u16>, Option<Vec<u16>>);

/// Sheets and fonts that were made for other documents, to be used again: a batch with a
/// pool of sheets draws each of them once, and packs once the fonts that all documents
/// carry. Many threads may share it.
#[derive(Debug)]
pub struct Common {
    /// The sheets.
    pub(super) sheets: Sheets,
    /// The fonts.
    fonts: Memo<FontKey, Arc<Embedded>>,
    /// The same with what their glyphs say, by where the part of the face lies.
    said: Memo<(usize, Said), Arc<Font>>,
    /// How files begin, by what they share: kept from the second such file on.
    begun: Memo<Vec<Hash>, Arc<OnceLock<Option<Begun>>>>,
    /// Documents with nothing on their pages, by the width and height of these in bits.
    empty: Memo<Vec<[u64; 2]>, Arc<Document>>,
}

/// From how many bytes on a part of a file is one with which others begin too.
const LARGE: usize = 12_000;

/// How many empty documents are kept.
const EMPTY: usize = 32;

impl Default for Common {
    fn default() -> Self {
        let (fonts, said) = (Memo::new(FONTS), Memo::new(FONTS));
        let (begun, empty) = (Memo::new(FILES), Memo::new(EMPTY));
        Self { sheets: Sheets::default(), fonts, said, begun, empty }
    }
}

impl Common {
    /// The part of a face that draws these glyphs, or all of it, packed now if it was not before.
    pub(super) fn font(
        &self,
        face: &Arc<Face>,
        cell: Option<u16>,
        glyphs: Option<Vec<u16>>,
    ) -> Result<Arc<Embedded>, Diagnostic> {
        // What is packed holds its face, so that no other can come to lie in its place.
        let place = Arc::as_ptr(face).addr();
        self.fonts.try_get((place, cell, glyphs), |(_, _, glyphs)| {
            Embedded::new(face, cell, glyphs.as_deref(), Pace::Quick).map(Arc::new)
        })
    }

    /// A document of pages of these sizes with nothing on them, laid out now if it was not
    /// before.
    pub(super) fn laid_out(&self, sizes: &[Size]) -> Document {
        let bits = |side: Length| side.to_pt().to_bits();
        let key =
            sizes.iter().map(|size| [bits(size.width), bits(size.height)]).collect();
        Document::clone(&self.empty.get(key, |_| Arc::new(lay_out(sizes))))
    }

    /// How the file of a document begins, if another began so.
    pub(super) fn begun(
        &self,
        objects: &Objects,
    ) -> Option<Arc<OnceLock<Option<Begun>>>> {
        if objects.pace != Pace::Quick {
            return None;
        }
        let parts = objects.common_parts().map(|part| *part.hash()).collect();
        let mut is_first = false;
        let begun = self.begun.get(parts, |_| {
            is_first = true;
            Arc::default()
        });
        if is_first {
            return None;
        }
        begun.get_or_init(|| Begun::new(objects).ok());
        Some(begun)
    }

    /// That part with what its glyphs say, written now if it was not before.
    pub(super) fn said(&self, embedded: &Arc<Embedded>, said: Said) -> Arc<Font> {
        // What is written holds its part of the face, as above.
        let place = Arc::as_ptr(embedded).addr();
        let write =
            |(_, said): &(usize, Said)| Arc::new(Font::new(embedded, said.clone()));
        self.said.get((place, said), write)
    }
}

/// An object as it stands in a file, shared by all documents that have it, with all that it
/// refers to.
#[derive(Debug)]
pub(super) struct Shared {
    /// All of it, or the dictionary of a stream; without the numbers of what it refers to.
    head: Vec<u8>,
    /// Where in the head these numbers stand, in order, and what they are of.
    refers: Vec<(usize, Arc<Self>)>,
    /// What is in a stream.
    content: Option<Vec<u8>>,
    /// A hash of all this: the same hash, the same object.
    hash: Hash,
}

/// A hash of an object.
pub(super) type Hash = [u8; 16];

impl Shared {
    /// An object that refers to these by their places in the list.
    pub(super) fn new(object: Object, parts: &[Arc<Self>]) -> Arc<Self> {
        let (mut head, mut refers) = (Vec::new(), Vec::new());
        let mut refer = |id: ObjectId, head: &mut Vec<u8>| {
            if let Some(part) = parts.get(id.0 as usize) {
                refers.push((head.len(), Arc::clone(part)));
            }
        };
        let content = match object {
            Object::Stream(stream) => {
                let length = Some(stream.content.len());
                show_dictionary(&stream.dict, length, &mut head, &mut refer);
                Some(stream.content)
            }
            other => {
                show(&other, &mut head, &mut refer);
                None
            }
        };
        let mut hash = Sha256::new();
        hash.update(&head);
        refers.iter().for_each(|(_, part)| hash.update(part.hash));
        hash.update(content.as_deref().unwrap_or_default());
        let all = hash.finalize();
        let hash = core::array::from_fn(|i| all[i]);
        Arc::new(Self { head, refers, content, hash })
    }

    /// A reference to the part of this place in the list.
    pub(super) fn part(place: u32) -> Object {
        Object::Reference((place, 0))
    }

    /// Its hash.
    pub(super) fn hash(&self) -> &Hash {
        &self.hash
    }

    /// What it refers to.
    pub(super) fn parts(&self) -> impl Iterator<Item = &Arc<Self>> {
        self.refers.iter().map(|(_, part)| part)
    }

    /// Its head with the numbers of what it refers to, in order.
    pub(super) fn head(&self, numbers: &[u32]) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.head.len() + numbers.len() * 6);
        let mut from = 0;
        for ((at, _), number) in self.refers.iter().zip(numbers) {
            out.extend(&self.head[from..*at]);
            show_reference(*number, &mut out);
            from = *at;
        }
        out.extend(&self.head[from..]);
        out
    }

    /// What is in it, if it is a stream.
    pub(super) fn content(&self) -> Option<&[u8]> {
        self.content.as_deref()
    }

    /// How many bytes are in it and in what it refers to.
    pub(super) fn bytes(&self) -> usize {
        let own = self.content.as_ref().map_or(0, Vec::len);
        own + self.parts().map(|part| part.bytes()).sum::<usize>()
    }
}

/// Objects as they stand in a file, but for the numbers of what they refer to: those of which
/// a document has so many that to keep them as trees would take longer than to show them.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// All of them.
    bytes: Vec<u8>,
    /// Where in them the numbers stand, and of what they are.
    refers: Vec<(usize, ObjectId)>,
    /// Where the bytes and the numbers of each object end.
    ends: BTreeMap<ObjectId, [Range<usize>; 2]>,
}

impl Plain {
    /// Adds an object, which is shown now.
    pub(super) fn add(&mut self, id: ObjectId, show: impl FnOnce(&mut Self)) {
        let starts = [self.bytes.len(), self.refers.len()];
        show(self);
        let ends = [starts[0]..self.bytes.len(), starts[1]..self.refers.len()];
        self.ends.insert(id, ends);
    }

    /// Goes on with bytes.
    pub(super) fn text(&mut self, text: &str) {
        self.bytes.extend_from_slice(text.as_bytes());
    }

    /// Goes on with an object.
    pub(super) fn object(&mut self, object: &Object) {
        let refers = &mut self.refers;
        show(object, &mut self.bytes, &mut |id, bytes| refers.push((bytes.len(), id)));
    }

    /// Shows an object; `refer` shows what it refers to. Says whether there is such an object.
    pub(super) fn show(
        &self,
        id: ObjectId,
        out: &mut Vec<u8>,
        refer: &mut dyn FnMut(ObjectId, &mut Vec<u8>),
    ) -> bool {
        let Some([bytes, refers]) = self.ends.get(&id) else { return false };
        let mut from = bytes.start;
        for &(at, id) in &self.refers[refers.clone()] {
            out.extend_from_slice(&self.bytes[from..at]);
            refer(id, out);
            from = at;
        }
        out.extend_from_slice(&self.bytes[from..bytes.end]);
        true
    }
}

/// The objects of a document.
pub(super) struct Objects {
    /// Those that are its own.
    pub document: Document,
    /// Those of them that are shown already.
    pub plain: Plain,
    /// Those that it shares.
    pub shared: BTreeMap<ObjectId, Arc<Shared>>,
    /// How hard they are deflated.
    pub pace: Pace,
}

impl Objects {
    /// Those of a document that shares none yet.
    pub(super) fn new(document: Document, pace: Pace) -> Self {
        let (plain, shared) = (Plain::default(), BTreeMap::new());
        Self { document, plain, shared, pace }
    }

    /// What the objects refer to that it shares.
    pub(super) fn shared_parts(&self) -> impl Iterator<Item = &Arc<Shared>> {
        self.shared.values().flat_map(|shared| shared.parts())
    }

    /// Those of them that most others share too: sheets, and the fonts of hands and machines,
    /// which are large; that of a name is small.
    pub(super) fn common_parts(&self) -> impl Iterator<Item = &Arc<Shared>> {
        self.shared_parts().filter(|part| part.bytes() >= LARGE)
    }

    /// Adds an object that is shared.
    pub(super) fn add(&mut self, shared: Arc<Shared>) -> ObjectId {
        let id = self.document.new_object_id();
        self.shared.insert(id, shared);
        id
    }
}

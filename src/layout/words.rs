//! Words as they were set before: most words of a document have been set in another, or
//! stood in it already. What is kept of a word depends on nothing but the word and its
//! manner.

use std::rc::Rc;
use std::sync::{Arc, PoisonError, RwLock};

use smallvec::SmallVec;
use smol_str::SmolStr;

use super::shape::{Atom, Piece, Pieces, Set, Syllables};
use super::text::{Shown, Stretch, Voice};
use crate::font::Face;
use crate::memo::{Memo, thread};
use crate::page::FaceId;
use crate::period::FragmentEnd;
use crate::style::{Cascade, TextStyle};

/// How many manners are kept in mind.
const MANNERS: usize = 32;

/// How many threads have words of their own: to count together who holds a word costs two
/// threads more than to set it twice.
const THREADS: usize = 16;

/// How many words of a manner are: more than a school of letter writers has. One that knows fewer
/// than its documents use forgets them again and again.
const WORDS: usize = 8192;

/// How many words are kept with the places where they may be divided.
const DIVIDED: usize = 8192;

/// Words that were set for other documents. Many threads may share it.
#[derive(Debug)]
pub struct Words {
    /// The manners that each thread has met so far.
    manners: [RwLock<Vec<Arc<Manner>>>; THREADS],
    /// Where words may be divided.
    pub(super) divided: Memo<Box<str>, Arc<[usize]>>,
}

impl Default for Words {
    fn default() -> Self {
        let manners = core::array::from_fn(|_| RwLock::default());
        Self { manners, divided: Memo::new(DIVIDED) }
    }
}

/// All that the glyphs of words depend on beside the words.
#[derive(Debug)]
pub(super) struct Manner {
    /// The properties of the text.
    style: TextStyle,
    /// How the source is shown.
    shown: Shown,
    /// What stands after it.
    end: FragmentEnd,
    /// The faces with their numbers in the document.
    faces: Vec<(FaceId, Arc<Face>)>,
    /// Words whose division the style says.
    exceptions: Vec<Box<str>>,
    /// The words.
    words: Memo<SmolStr, Known>,
}

/// A word with the spaces after it.
#[derive(Clone, Debug)]
struct Known {
    /// Its pieces.
    pieces: SmallVec<[Arc<Set>; 1]>,
    /// The spaces.
    spaces: SmallVec<[Arc<Set>; 1]>,
    /// Where it may be divided.
    syllables: Syllables,
}

impl Words {
    /// How a stretch is set.
    pub(super) fn manner<'a>(
        &self,
        stretch: &Stretch,
        faces: &(impl Iterator<Item = (FaceId, &'a Arc<Face>)> + Clone),
        cascade: &Cascade<'_>,
    ) -> Arc<Manner> {
        let is = |known: &&Arc<Manner>| known.is_of(stretch, faces.clone(), cascade);
        let own = &self.manners[thread() % THREADS];
        let manners = own.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = manners.iter().find(is) {
            return Arc::clone(known);
        }
        drop(manners);
        let new = Arc::new(Manner {
            style: stretch.voice.style.clone(),
            shown: stretch.shown,
            end: stretch.end,
            faces: faces.clone().map(|(id, face)| (id, Arc::clone(face))).collect(),
            exceptions: cascade.exceptions().map(Into::into).collect(),
            words: Memo::new(WORDS),
        });
        let mut manners = own.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = manners.iter().find(is) {
            return Arc::clone(known);
        }
        if manners.len() >= MANNERS {
            manners.clear();
        }
        manners.push(Arc::clone(&new));
        new
    }
}

impl Manner {
    /// Whether a stretch is set so.
    fn is_of<'a>(
        &self,
        stretch: &Stretch,
        faces: impl Iterator<Item = (FaceId, &'a Arc<Face>)>,
        cascade: &Cascade<'_>,
    ) -> bool {
        let own = self.faces.iter().map(|(id, face)| (*id, Arc::as_ptr(face)));
        self.shown == stretch.shown
            && self.end == stretch.end
            && self.style == stretch.voice.style
            && own.eq(faces.map(|(id, face)| (id, Arc::as_ptr(face))))
            && self.exceptions.iter().map(AsRef::as_ref).eq(cascade.exceptions())
    }

    /// The atom of a part of a stretch, made now if it was not before; `make` also says
    /// whether it may be kept.
    pub(super) fn atom(
        &self,
        part: &str,
        stretch: &Stretch,
        make: &mut dyn FnMut() -> (Atom, bool),
    ) -> Atom {
        // A leader belongs to its line.
        if stretch.shown == Shown::Leader {
            return make().0;
        }
        let atom = |known: &Known| {
            let pieces = pieces_of(&known.pieces, &stretch.voice);
            let spaces = pieces_of(&known.spaces, &stretch.voice);
            Atom { pieces, spaces, syllables: known.syllables.clone(), must_break: false }
        };
        if let Some(known) = self.words.with(part, atom) {
            return known;
        }
        let (atom, sound) = make();
        if sound {
            let sets =
                |pieces: &[Piece]| pieces.iter().map(|p| Arc::clone(&p.set)).collect();
            let known = Known {
                pieces: sets(&atom.pieces),
                spaces: sets(&atom.spaces),
                syllables: atom.syllables.clone(),
            };
            self.words.keep(part.into(), known);
        }
        atom
    }
}

/// What is set, in a voice.
fn pieces_of(sets: &[Arc<Set>], voice: &Rc<Voice>) -> Pieces {
    let piece = |set: &Arc<Set>| Piece::new(voice, Arc::clone(set));
    match sets {
        [only] => Pieces::from_buf([piece(only)]),
        _ => sets.iter().map(piece).collect(),
    }
}

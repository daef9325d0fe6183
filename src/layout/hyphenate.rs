//! Dividing words: where, and the parts shaped anew.

use std::rc::Rc;
use std::sync::Arc;

use smol_str::SmolStr;

use super::shape::{Atom, Piece, Set, Syllables, Types};
use super::text::{Shown, Stretch, Voice};
use super::word::shape_stretch;
use crate::geom::Length;
use crate::lang::Lang;
use crate::period::FragmentEnd;
use crate::style::{Cascade, Case};

/// Letters that must stay before and after a hyphen.
const LEAST: (usize, usize) = (2, 3);

/// The longest word that is divided by syllables, in bytes.
const LONGEST: usize = 45;

/// A place in an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cut {
    /// The piece.
    pub piece: usize,
    /// The byte of its text.
    pub byte: usize,
}

/// The places where the words of an atom may be divided with a hyphen, in order.
pub(super) fn syllables(
    pieces: &[Piece],
    cascade: &Cascade<'_>,
    types: &Types<'_>,
) -> Syllables {
    let mut cuts = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let style = &piece.voice.style;
        if !style.hyphenate || style.lang.primary() != Lang::EN.as_str() {
            continue;
        }
        let joined = |other: Option<&Piece>, letter: fn(&str) -> Option<char>| {
            other.and_then(|p| letter(&p.text)).is_some_and(char::is_alphabetic)
        };
        let before = index.checked_sub(1).and_then(|i| pieces.get(i));
        // A word in several pieces is not known as a word.
        if joined(before, |text| text.chars().next_back())
            || joined(pieces.get(index + 1), |text| text.chars().next())
        {
            continue;
        }
        let Some((start, word)) = word_of(&piece.text) else { continue };
        let own = points(word, cascade, types);
        let at = |&point: &usize| Cut { piece: index, byte: start + point };
        cuts.extend(own.iter().map(at));
    }
    (!cuts.is_empty()).then(|| cuts.into())
}

/// The word of a piece that may be divided, and where it starts.
fn word_of(text: &str) -> Option<(usize, &str)> {
    let is_letter = |c: char| c.is_alphabetic();
    let start = text.find(is_letter)?;
    let end = text[start..].find(|c| !is_letter(c)).map_or(text.len(), |i| start + i);
    let word = &text[start..end];
    // Words in capitals are not divided, nor what has signs inside, but for `party’s`.
    let tail = text[end..].trim_start_matches(['’', '\'']);
    let letters = tail.chars().filter(|c| c.is_alphabetic()).count();
    let possessive = tail.len() < text.len() - end && tail.starts_with('s');
    let whole = letters == 0 || (letters == 1 && possessive);
    let capitals = word.chars().nth(1).is_some_and(char::is_uppercase);
    (whole && !capitals).then_some((start, word))
}

/// The bytes at which a word may be divided: as the style says, or else by the patterns of
/// the language (F. Liang, "Word Hy-phen-a-tion by Com-put-er", 1983).
fn points(word: &str, cascade: &Cascade<'_>, types: &Types<'_>) -> Arc<[usize]> {
    if let Some(said) = cascade.exceptions().find_map(|said| excepted(said, word)) {
        return said.into();
    }
    if let Some(known) = types.words.divided.known(word) {
        return known;
    }
    // hypher panics on words of more than 45 bytes; what is longer is no word.
    if word.len() > LONGEST {
        return Arc::default();
    }
    let (before, after) = LEAST;
    let mut at = 0;
    let mut points: Vec<usize> =
        hypher::hyphenate_bounded(word, hypher::Lang::English, before, after)
            .map(|syllable| {
                at += syllable.len();
                at
            })
            .collect();
    points.pop();
    let points: Arc<[usize]> = points.into();
    types.words.divided.keep(word.into(), Arc::clone(&points));
    points
}

/// Where a word may be divided, if this exception (`pleni-poten-tiary`) is for it.
fn excepted(said: &str, word: &str) -> Option<Vec<usize>> {
    let mut letters = word.char_indices();
    let mut points = Vec::new();
    for c in said.chars() {
        if c == '-' {
            points.push(letters.clone().next()?.0);
            continue;
        }
        let (_, letter) = letters.next()?;
        if !letter.to_lowercase().eq(c.to_lowercase()) {
            return None;
        }
    }
    letters.next().is_none().then_some(points)
}

/// The places between the characters of an atom, in order.
pub(super) fn clusters(atom: &Atom) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    for (piece, part) in atom.pieces.iter().enumerate() {
        let starts = part.glyphs.iter().map(|g| g.text().start);
        let inside = starts.filter(|&byte| byte < part.text.len());
        cuts.extend(inside.map(|byte| Cut { piece, byte }));
    }
    cuts.retain(|cut| *cut != Cut { piece: 0, byte: 0 });
    cuts.dedup();
    cuts
}

/// Measures an atom from place to place.
pub(super) struct Sides<'a> {
    /// The atom.
    atom: &'a Atom,
    /// The piece and the glyph that come next.
    next: (usize, usize),
}

impl<'a> Sides<'a> {
    /// At the start of an atom.
    pub(super) fn new(atom: &'a Atom) -> Self {
        Self { atom, next: (0, 0) }
    }

    /// The width from the place asked before to this one.
    pub(super) fn width_to(&mut self, cut: Cut) -> Length {
        let mut width = Length::ZERO;
        while let Some(piece) = self.atom.pieces.get(self.next.0) {
            if self.next.0 > cut.piece {
                break;
            }
            match piece.glyphs.get(self.next.1) {
                Some(glyph)
                    if self.next.0 < cut.piece || glyph.text().end <= cut.byte =>
                {
                    width += glyph.advance;
                    self.next.1 += 1;
                }
                Some(_) => break,
                None if self.next.0 == cut.piece => break,
                None => self.next = (self.next.0 + 1, 0),
            }
        }
        width
    }

    /// The width from the place asked before to the end.
    pub(super) fn rest(&mut self) -> Length {
        self.width_to(Cut { piece: self.atom.pieces.len(), byte: 0 })
    }
}

/// The hyphen that divides a word in this voice. To search and copying the word is whole:
/// its hyphen is a soft one.
pub(super) fn hyphen(
    voice: &Rc<Voice>,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut sign = [0; 4];
    let sign = voice.style.hyphen.encode_utf8(&mut sign);
    shape_part(sign, FragmentEnd::Word, voice, cascade, types, &mut pieces);
    for piece in &mut pieces {
        let set: &mut Set = piece;
        set.text = SmolStr::new_static("\u{ad}");
        for glyph in &mut set.glyphs {
            glyph.say(0..set.text.len());
        }
    }
    pieces
}

/// The pieces of an atom between two places, shaped anew where a piece is divided; `end`
/// is what stands at the second.
pub(super) fn pieces_between(
    atom: &Atom,
    from: Option<Cut>,
    to: Option<Cut>,
    end: FragmentEnd,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Vec<Piece> {
    let from = from.unwrap_or(Cut { piece: 0, byte: 0 });
    let to = to.unwrap_or(Cut { piece: atom.pieces.len(), byte: 0 });
    let mut pieces = Vec::new();
    for (index, piece) in atom.pieces.iter().enumerate() {
        let first = if index == from.piece { from.byte } else { 0 };
        let last = if index == to.piece { to.byte } else { piece.text.len() };
        if index < from.piece || index > to.piece || first >= last {
            continue;
        }
        if first == 0 && last == piece.text.len() {
            pieces.push(piece.clone());
        } else {
            let part = &piece.text[first..last];
            let at_end = if last < piece.text.len() { end } else { FragmentEnd::Word };
            shape_part(part, at_end, &piece.voice, cascade, types, &mut pieces);
        }
    }
    pieces
}

/// Shapes a part of a word.
fn shape_part(
    part: &str,
    end: FragmentEnd,
    voice: &Rc<Voice>,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
    out: &mut Vec<Piece>,
) {
    let style = &voice.style;
    let upper = style.case == Case::Upper;
    let shown = if upper || style.typewriter {
        Shown::Changed { upper, typewriter: style.typewriter }
    } else {
        Shown::AsIs
    };
    let voice = Rc::clone(voice);
    let stretch = Stretch { range: 0..part.len(), voice, shown, end };
    // The only error is a role without faces, and the whole word had them.
    if let Ok(role) = types.role(cascade, &stretch.voice.style.face) {
        shape_stretch(part, &stretch, role, types, out);
    }
}

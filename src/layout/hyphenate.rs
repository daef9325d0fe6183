//! Dividing an atom that does not fit: at a syllable with a hyphen, or, where a line has
//! nothing else, at any character.

use std::sync::Arc;

use super::shape::{Atom, Piece, Types, shape_stretch};
use super::text::{Shown, Stretch, Voice};
use crate::geom::Length;
use crate::lang::Lang;
use crate::style::{Cascade, Case};

/// Letters that must stay before and after a hyphen.
const LEAST: (usize, usize) = (2, 3);

/// The longest word that is divided by syllables, in bytes.
const LONGEST: usize = 45;

/// The part of an atom that fits into `room`, and the rest.
///
/// `alone` says that the line has nothing yet: then the atom is divided in any case,
/// after at least one character.
pub(super) fn divide(
    atom: &Atom,
    room: Length,
    alone: bool,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Option<(Atom, Atom)> {
    for cut in syllables(atom).into_iter().rev() {
        let (head, tail) = cut_at(atom, cut, true, cascade, types)?;
        if head.width() <= room {
            return Some((head, tail));
        }
    }
    if !alone || atom.width() <= room {
        return None;
    }
    let cuts = clusters(atom);
    let fitting = cuts.iter().copied().take_while(|cut| prefix_width(atom, *cut) <= room);
    let cut = fitting.last().or_else(|| cuts.first().copied())?;
    cut_at(atom, cut, false, cascade, types)
}

/// A place in an atom: the piece, and a byte of its text.
type Cut = (usize, usize);

/// The places where the words of an atom may be divided with a hyphen, in order.
fn syllables(atom: &Atom) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for (index, piece) in atom.pieces.iter().enumerate() {
        let style = &piece.voice.style;
        if !style.hyphenate || style.lang.primary() != Lang::EN.as_str() {
            continue;
        }
        let text = &piece.text;
        let is_letter = |c: char| c.is_alphabetic();
        let Some(start) = text.find(is_letter) else { continue };
        let end = text[start..].find(|c| !is_letter(c)).map_or(text.len(), |i| start + i);
        let word = &text[start..end];
        // hypher reads words of at most 45 bytes; what is longer is no word.
        if word.len() > LONGEST {
            continue;
        }
        // Names and words within capitals are not divided, nor what has signs inside.
        if text[end..].contains(is_letter)
            || word.chars().nth(1).is_some_and(char::is_uppercase)
        {
            continue;
        }
        let bounds = (LEAST.0, LEAST.1);
        let syllables =
            hypher::hyphenate_bounded(word, hypher::Lang::English, bounds.0, bounds.1);
        let mut at = start;
        for syllable in syllables {
            at += syllable.len();
            if at < end {
                cuts.push((index, at));
            }
        }
    }
    cuts
}

/// The places between the characters of an atom, in order.
fn clusters(atom: &Atom) -> Vec<Cut> {
    let of_piece = |(index, piece): (usize, &Piece)| {
        let starts: Vec<Cut> =
            piece.glyphs.iter().map(|g| (index, g.text.start)).collect();
        starts
    };
    let mut cuts: Vec<Cut> = atom.pieces.iter().enumerate().flat_map(of_piece).collect();
    cuts.retain(|&(index, at)| {
        (index, at) != (0, 0) && at < atom.pieces[index].text.len()
    });
    cuts.dedup();
    cuts
}

/// How wide an atom is up to a place.
fn prefix_width(atom: &Atom, (index, at): Cut) -> Length {
    let before: Length = atom.pieces[..index].iter().map(|p| p.width).sum();
    let glyphs = atom.pieces[index].glyphs.iter().filter(|g| g.text.end <= at);
    before + glyphs.map(|g| g.advance).sum()
}

/// Divides an atom at a place and shapes the parts anew.
fn cut_at(
    atom: &Atom,
    (index, at): Cut,
    hyphen: bool,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Option<(Atom, Atom)> {
    let piece = &atom.pieces[index];
    let mut head = Atom { pieces: atom.pieces[..index].to_vec(), ..Atom::default() };
    let mut tail = Atom {
        pieces: Vec::new(),
        spaces: atom.spaces.clone(),
        must_break: atom.must_break,
    };
    let mut part = |text: &str, out: &mut Vec<Piece>| {
        shape_stretch(text, &again(text, &piece.voice), cascade, types, out).ok()
    };
    part(&piece.text[..at], &mut head.pieces)?;
    part(&piece.text[at..], &mut tail.pieces)?;
    tail.pieces.extend_from_slice(&atom.pieces[index + 1..]);
    if hyphen {
        let start = head.pieces.len();
        part("-", &mut head.pieces)?;
        // To search and copying the word is whole: its hyphen is a soft one.
        for piece in &mut head.pieces[start..] {
            piece.text = "\u{ad}".to_owned();
            for glyph in &mut piece.glyphs {
                glyph.text = 0..piece.text.len();
            }
        }
    }
    Some((head, tail))
}

/// A part of a word as a stretch of its own.
fn again(text: &str, voice: &Arc<Voice>) -> Stretch {
    let style = &voice.style;
    let upper = style.case == Case::Upper;
    let shown = if upper || style.typewriter {
        Shown::Changed { upper, typewriter: style.typewriter }
    } else {
        Shown::AsIs
    };
    Stretch { range: 0..text.len(), voice: Arc::clone(voice), shown }
}

//! Wide scripts: what stands between them and others, and the marks that give up their
//! empty half (W3C, "Requirements for Chinese Text Layout", CLREQ, §3.1.6; "Requirements
//! for Hangul Text Layout", KLREQ).

use super::shape::{Atom, Piece, Set, Types, is_wide};
use super::word::gap;
use crate::geom::Length;

/// Whether a wide character and a letter or figure of another script meet.
pub(super) fn meet(a: char, b: char) -> bool {
    let other = |c: char| !is_wide(c) && c.is_alphanumeric();
    let wide = |c: char| is_wide(c) && c.is_alphanumeric();
    (wide(a) && other(b)) || (other(a) && wide(b))
}

/// The space between two pieces whose scripts meet.
fn between(a: &Piece, b: &Piece) -> Option<Piece> {
    let (last, first) = (a.text.chars().next_back()?, b.text.chars().next()?);
    let style = |piece: &Piece| piece.voice.style.script_space;
    let room = style(a).min(style(b));
    meet(last, first).then(|| gap(room, Some(a.face), &a.voice)).flatten()
}

/// Sets the scripts within an atom apart.
pub(super) fn space_scripts(pieces: &mut Vec<Piece>) {
    let mut at = 1;
    while at < pieces.len() {
        if let Some(space) = between(&pieces[at - 1], &pieces[at]) {
            pieces.insert(at, space);
            at += 1;
        }
        at += 1;
    }
}

/// Sets atoms apart whose scripts meet, where no space stands between them.
pub(super) fn space_atoms(atoms: &mut [Atom]) {
    for at in 1..atoms.len() {
        let (before, after) = atoms.split_at_mut(at);
        let (Some(a), Some(b)) = (before.last_mut(), after.first()) else { continue };
        if !a.spaces.is_empty() || a.must_break {
            continue;
        }
        if let (Some(last), Some(first)) = (a.pieces.last(), b.pieces.first()) {
            a.spaces.extend(between(last, first));
        }
    }
}

/// What a wide mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Opens: its left half is empty.
    Opens,
    /// Closes: its right half is empty.
    Closes,
    /// A stop or comma.
    Stops,
}

/// What a character does as a wide mark.
pub(super) fn sign(c: char) -> Option<Sign> {
    match c {
        '「' | '『' | '（' | '《' | '〈' | '【' | '〔' | '［' | '｛' => {
            Some(Sign::Opens)
        }
        '」' | '』' | '）' | '》' | '〉' | '】' | '〕' | '］' | '｝' => {
            Some(Sign::Closes)
        }
        '、' | '，' | '。' | '．' | '：' | '；' => Some(Sign::Stops),
        _ => None,
    }
}

/// The most that a mark gives up, in ems.
const HALF: f64 = 0.5;

/// A place of a glyph: atom, piece, glyph.
type At = [usize; 3];

/// Takes from marks beside one another the emptiness between them, so that two take the
/// room of one and a half.
pub(super) fn squeeze(atoms: &mut [Atom], types: &Types<'_>) {
    let mut before: Option<(At, Sign)> = None;
    for a in 0..atoms.len() {
        for p in 0..atoms[a].pieces.len() {
            if !atoms[a].pieces[p].voice.style.squeeze {
                before = None;
                continue;
            }
            for g in 0..atoms[a].pieces[p].glyphs.len() {
                let at = [a, p, g];
                let own = sign_at(&atoms[a].pieces[p], g).map(|sign| (at, sign));
                if let (Some((left, first)), Some((_, second))) = (before, own) {
                    if first != Sign::Opens {
                        narrow(atoms, left, Side::Right, types);
                    } else if second == Sign::Opens {
                        narrow(atoms, at, Side::Left, types);
                    }
                }
                before = own;
            }
        }
        if !atoms[a].spaces.is_empty() || atoms[a].must_break {
            before = None;
        }
    }
}

/// The mark that a glyph is, if its style squeezes.
fn sign_at(piece: &Piece, glyph: usize) -> Option<Sign> {
    let style = &piece.voice.style;
    if !style.squeeze || style.cell.is_some() {
        return None;
    }
    let range = piece.glyphs[glyph].text();
    sign(piece.text[range].chars().next()?)
}

/// A side of a glyph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// Before its ink.
    Left,
    /// After it.
    Right,
}

/// Takes from a glyph what is empty at one side.
fn narrow(atoms: &mut [Atom], [a, p, g]: At, side: Side, types: &Types<'_>) {
    let piece = &mut atoms[a].pieces[p];
    let face = types.face(piece.face);
    let size = piece.voice.style.size;
    if piece.upright {
        let sign = sign_at(piece, g);
        return narrow_upright(piece, g, side, sign != Some(Sign::Stops));
    }
    let set: &mut Set = piece;
    let glyph = &mut set.glyphs[g];
    let Some([left, right]) = face.bearings(glyph.id) else { return };
    let empty = if side == Side::Left { left } else { right };
    let given = size * empty.clamp(0.0, HALF);
    glyph.advance -= given;
    set.width -= given;
    if side == Side::Left {
        glyph.dx -= given;
    }
}

/// As [`narrow`], in a line that runs downward, where brackets have an empty half and
/// stops stand in the middle.
fn narrow_upright(piece: &mut Piece, glyph: usize, side: Side, has_half: bool) {
    let size = piece.voice.style.size;
    let given = if has_half { size * HALF } else { Length::ZERO };
    let set: &mut Set = piece;
    let glyph = &mut set.glyphs[glyph];
    glyph.advance -= given;
    set.width -= given;
    if side == Side::Left {
        glyph.dy += given;
    }
}

/// How far a wide mark at the end of a line stands out of the measure: by its empty half,
/// or wholly where stops hang.
pub(super) fn overhang(
    piece: &Piece,
    glyph: usize,
    at_end: bool,
    types: &Types<'_>,
) -> Option<Length> {
    let sign = sign_at(piece, glyph)?;
    let drawn = &piece.glyphs[glyph];
    let style = &piece.voice.style;
    let face = types.face(piece.face);
    let [left, right] = face.bearings(drawn.id)?;
    let natural = style.size * face.advance(drawn.id);
    if piece.upright {
        let half = (style.size * HALF - (style.size - drawn.advance)).max(Length::ZERO);
        let stands =
            matches!((sign, at_end), (Sign::Opens, false) | (Sign::Closes, true));
        return stands.then_some(half);
    }
    let given = natural - drawn.advance;
    match (sign, at_end) {
        (Sign::Opens, false) => Some(style.size * left.clamp(0.0, HALF) - given),
        (Sign::Stops, true) if style.hang_stops => Some(drawn.advance),
        (Sign::Closes | Sign::Stops, true) => {
            Some((style.size * right.clamp(0.0, HALF) - given).max(Length::ZERO))
        }
        _ => None,
    }
}

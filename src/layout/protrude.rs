//! Margin protrusion: how far a glyph at the end of a line stands out of the measure, so
//! that the edge looks straight (H. Zapf's hz program; R. Schlicht's microtype).
//!
//! What is hung is read from the face: the less ink a glyph has at its side, between the
//! baseline and the height of a small letter, the further it stands out.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::shape::{Glyph, Piece, Types, is_wide};
use crate::font::{BANDS, Face};
use crate::geom::Length;
use crate::page::FaceId;

/// How a kind of character is hung.
struct Manner {
    /// White at its side that counts, at most, in ems.
    most: f64,
    /// How much of the white at its side is hung.
    share: f64,
}

/// Points, hyphens, dashes and quotation marks.
const SIGN: Manner = Manner { most: 0.3, share: 0.75 };
/// Letters and figures: their thin strokes and round sides.
const LETTER: Manner = Manner { most: 0.15, share: 0.35 };

/// The overhang of a glyph at the left and right, in ems. Looked up only, never iterated.
#[derive(Debug, Default)]
pub(super) struct Overhangs(HashMap<(FaceId, u16, bool), [f64; 2], RandomState>);

impl Overhangs {
    /// The overhang of a glyph at the left and right, in ems.
    fn of(&mut self, id: FaceId, face: &Face, glyph: u16, letter: bool) -> [f64; 2] {
        let known = self.0.entry((id, glyph, letter));
        *known.or_insert_with(|| overhang(face, glyph, letter))
    }
}

/// Measures the overhang of a glyph.
fn overhang(face: &Face, glyph: u16, letter: bool) -> [f64; 2] {
    let Some(edges) = face.edges(glyph) else { return [0.0; 2] };
    let manner = if letter { LETTER } else { SIGN };
    [edges.left, edges.right].map(|side| {
        let white: f64 =
            side.iter().map(|gap| gap.clamp(-manner.most, manner.most)).sum();
        white / BANDS as f64 * manner.share
    })
}

/// Which side of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// Where it begins.
    Left,
    /// Where it ends.
    Right,
}

/// How far a glyph of a piece stands out of the measure.
pub(super) fn protrusion(
    piece: &Piece,
    glyph: &Glyph,
    edge: Edge,
    types: &mut Types<'_>,
) -> Length {
    let style = &piece.voice.style;
    if style.protrude == 0.0 || style.cell.is_some() || piece.is_space {
        return Length::ZERO;
    }
    let said = piece.text[glyph.text()].chars().next();
    let Some(said) = said.filter(|said| !is_wide(*said)) else { return Length::ZERO };
    let face = &types.faces[usize::from(piece.face.0)];
    let is_letter = said.is_alphanumeric();
    let [left, right] = types.overhangs.of(piece.face, face, glyph.id, is_letter);
    style.size * (style.protrude * if edge == Edge::Left { left } else { right })
}

//! Characters as a seal cutter leaves them in stone: strokes of one width, as thick as their
//! character has room for, each character as large as its cell.

use std::sync::Arc;

use super::relief::{Field, bounds, fill_cell, glyph};
use crate::font::Face;

/// The widest stroke, as a share of a cell.
const WIDEST: f64 = 0.115;

/// How much of its cell a character fills at the most.
const FULLEST: f64 = 0.41;

/// Characters in rows and columns in the middle of a square of pixels, 1 where they are: from
/// the top right corner downward, over a share of its side.
pub(super) fn cut(
    text: &str,
    side: usize,
    room: f64,
    face: &dyn Fn(char) -> Option<Arc<Face>>,
) -> Option<Field> {
    let glyphs: Vec<_> =
        text.chars().filter_map(|c| glyph(c, face).map(|(path, _)| path)).collect();
    if glyphs.is_empty() {
        return None;
    }
    let rows = (1..=glyphs.len()).find(|n| n * n >= glyphs.len()).unwrap_or(1);
    let columns = glyphs.len().div_ceil(rows);
    let mut out = Field::new(side, side, |_, _| 0.0);
    let inner = side as f64 * room;
    let cell = [inner / columns as f64, inner / rows as f64];
    let edge = (side as f64 - inner) * 0.5;
    for (index, path) in glyphs.iter().enumerate() {
        let (column, row) = (columns - 1 - index / rows, index % rows);
        let [left, top, right, bottom] = bounds(path);
        if right <= left || bottom <= top {
            continue;
        }
        let [width, height] = cell.map(|side| side as usize);
        let lines = middles(&fill_cell(path, [width, height], MARGIN));
        let at = [edge + column as f64 * cell[0], edge + row as f64 * cell[1]];
        stroke(&lines, [width, height], at, &mut out);
    }
    Some(out.soft(1))
}

/// The room around a character in its cell, as a share of it: half a stroke and a gap.
const MARGIN: f64 = 0.075;

/// Draws the middles of strokes as wide as there is room for, the corner of their cell at a
/// place.
fn stroke(lines: &[[usize; 2]], cell: [usize; 2], [x, y]: [f64; 2], out: &mut Field) {
    let (least, area) = (cell[0].min(cell[1]) as f64, (cell[0] * cell[1]) as f64);
    let wide = (area * FULLEST / lines.len().max(1) as f64).min(least * WIDEST);
    for [column, row] in lines {
        out.disc([x + *column as f64 + 0.5, y + *row as f64 + 0.5], wide * 0.5);
    }
}

/// The pixels in the middle of strokes: what is left when these are thinned from all sides as
/// long as they stay whole (T. Y. Zhang and C. Y. Suen, "A fast parallel algorithm for
/// thinning digital patterns", CACM 27, 1984).
fn middles(letter: &Field) -> Vec<[usize; 2]> {
    let (width, height) = (letter.width, letter.height);
    let mut set: Vec<bool> = letter.values.iter().map(|value| *value > 0.5).collect();
    let inside = |i: usize| {
        let (x, y) = (i % width, i / width);
        x > 0 && y > 0 && x + 1 < width && y + 1 < height
    };
    let mut left: Vec<usize> = (0..set.len()).filter(|&i| set[i] && inside(i)).collect();
    loop {
        let before = left.len();
        for second in [false, true] {
            let goes = |&i: &usize| may_go(around(&set, i, width), second);
            let gone: Vec<usize> = left.iter().copied().filter(goes).collect();
            gone.iter().for_each(|&i| set[i] = false);
            left.retain(|&i| set[i]);
        }
        if left.len() == before {
            break;
        }
    }
    left.into_iter().map(|i| [i % width, i / width]).collect()
}

/// The eight neighbours of a pixel, from the one above it clockwise.
fn around(set: &[bool], i: usize, width: usize) -> [bool; 8] {
    [
        i - width,
        i - width + 1,
        i + 1,
        i + width + 1,
        i + width,
        i + width - 1,
        i - 1,
        i - width - 1,
    ]
    .map(|at| set[at])
}

/// Whether a pixel with these neighbours may go: it is no end, its stroke stays whole, and it
/// lies at the south or east of it, or, in the second pass, at the north or west.
fn may_go(near: [bool; 8], second: bool) -> bool {
    let count = near.iter().filter(|set| **set).count();
    let changes = (0..8).filter(|&i| !near[i] && near[(i + 1) % 8]).count();
    let [north, _, east, _, south, _, west, _] = near;
    let open = if second {
        !(north && west && (east || south))
    } else {
        !(east && south && (north || west))
    };
    (2..=6).contains(&count) && changes == 1 && open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thick_stroke_becomes_a_line_in_its_middle() {
        let bar = Field::new(40, 21, |x, y| {
            f32::from(u8::from((5..35).contains(&x) && (5..16).contains(&y)))
        });
        let lines = middles(&bar);
        assert!(!lines.is_empty() && lines.len() < 40, "{}", lines.len());
        assert!(lines.iter().all(|[_, y]| (9..=11).contains(y)), "{lines:?}");
    }

    #[test]
    fn more_characters_than_there_is_room_for_do_no_harm() {
        let bytes =
            include_bytes!("../../../fonts/eb-garamond/EBGaramond_400Regular.ttf");
        let face = Face::new("garamond", crate::font::FontBytes::Static(bytes)).unwrap();
        let face = Arc::new(face);
        let drawn = cut(&"A".repeat(2000), 24, 0.84, &|_| Some(Arc::clone(&face)));
        assert_eq!(drawn.map(|field| field.values.len()), Some(24 * 24));
    }

    #[test]
    fn a_ring_stays_a_ring() {
        let ring = Field::new(60, 60, |x, y| {
            let far = libm::hypot(x as f64 - 30.0, y as f64 - 30.0);
            f32::from(u8::from((15.0..24.0).contains(&far)))
        });
        let lines = middles(&ring);
        // Each pixel has one before and one after it.
        for [x, y] in &lines {
            let near = |[a, b]: &&[usize; 2]| a.abs_diff(*x).max(b.abs_diff(*y)) == 1;
            assert!(lines.iter().filter(near).count() >= 2, "{x} {y}");
        }
    }
}

//! Writing a display list as a file: one folder a format, the same file names in each.

mod png;

use crate::geom::{Lab, Rgb};

/// The colour to lay on a sheet with Multiply so that the result looks as asked: red,
/// green and blue, 0 to 1. Without a sheet, the colour itself.
pub(crate) fn ink_on(paper: Option<Rgb>, colour: Lab) -> [f32; 3] {
    let Rgb { r, g, b } = colour.to_rgb();
    let Rgb { r: pr, g: pg, b: pb } = paper.unwrap_or(Rgb { r: 255, g: 255, b: 255 });
    [(r, pr), (g, pg), (b, pb)]
        .map(|(ink, under)| (f32::from(ink) / f32::from(under.max(1))).min(1.0))
}

//! Export: pages become files. Each format is a folder with the same file names.

mod pdf;
mod png;

use crate::geom::{Lab, Resolution, Rgb};
use crate::page::{Leaf, Page};
use crate::paper::Sheet;
use crate::picture::Picture;

pub use pdf::{PdfOptions, Sheets};

/// The colour to paint, each channel 0 to 1, so that it looks like `colour`.
///
/// Over paper, ink is painted in Multiply: what is painted is the quotient of the colour
/// that is wanted and that of the paper. Without paper it is the colour itself.
pub(crate) fn ink_on(paper: Option<Rgb>, colour: Lab) -> [f32; 3] {
    let want = colour.to_rgb();
    let Some(paper) = paper else {
        return [want.r, want.g, want.b].map(|v| f32::from(v) / 255.0);
    };
    let share = |v: u8, p: u8| (f32::from(v) / f32::from(p.max(1))).min(1.0);
    [share(want.r, paper.r), share(want.g, paper.g), share(want.b, paper.b)]
}

/// The sheet under a page, as it is drawn: before it is laid.
pub(crate) fn draw_sheet(page: &Page, leaf: &Leaf, resolution: Resolution) -> Picture {
    let &Leaf { ref paper, age, ream, seed, side, ref wear, .. } = leaf;
    Sheet { paper, size: page.size, age, ream, seed, side, resolution, wear }.draw()
}

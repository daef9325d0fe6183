//! Export: pages become files. Each format is a folder with the same file names.

mod facsimile;
mod ghost;
mod pdf;
mod png;

use crate::geom::{Lab, Resolution, Rgb, Size};
use crate::page::{Leaf, Lie, Page, Pages};
use crate::paper::{Bed, Sheet};
use crate::picture::Ycc;
use crate::raster::Path;

pub use pdf::{Common, Part, PdfOptions, Volume, attached};

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

/// The usual resolution of sheets.
const SHEET: Resolution = Resolution(150.0);
/// The usual resolution of scanned pages.
const SCAN: Resolution = Resolution(300.0);

impl Pages {
    /// The usual resolution of a page as a picture: 150 pixels to the inch, of a scan 300.
    pub fn usual_resolution(&self, page: usize) -> Resolution {
        let scanned = self.pages.get(page).is_some_and(|page| page.scan.is_some());
        if scanned { SCAN } else { SHEET }
    }
}

/// A sheet under a page, as it is before it is laid.
pub(crate) struct Drawn {
    /// The picture.
    pub picture: Ycc,
    /// The mean colour of the paper.
    pub tone: Rgb,
    /// The outline of the paper; none where it fills its page.
    pub outline: Option<Path>,
}

/// Draws the sheet under a page.
pub(crate) fn draw_sheet(page: &Page, leaf: &Leaf, resolution: Resolution) -> Drawn {
    let sheet = sheet_of(page, leaf, resolution);
    let (picture, outline) = sheet.draw_outlined();
    // A bed around the sheet is not what ink is laid on.
    let tone = match leaf.rim.bed {
        Bed::White => picture.mean_colour(),
        Bed::Grey | Bed::Dark => picture.picture().inner().mean_colour(),
    };
    Drawn { picture, tone, outline }
}

/// The sheet under a page.
fn sheet_of<'a>(page: &Page, leaf: &'a Leaf, resolution: Resolution) -> Sheet<'a> {
    let &Leaf { ref paper, age, ream, seed, side, ref wear, rim, .. } = leaf;
    let size = page.size;
    Sheet { paper, size, age, ream, seed, side, resolution, wear, rim }
}

/// The outline of a sheet as it lies under its page.
pub(crate) fn laid(mut outline: Path, lie: Lie, size: Size) -> Path {
    if lie.mirrored != lie.turned {
        outline.mirror(size.width);
    }
    if lie.turned {
        outline.upend(size.height);
    }
    outline
}

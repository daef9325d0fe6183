//! The sheet under a page.

use crate::export::ghost::Ghost;
use crate::export::{Drawn, draw_sheet, laid};
use crate::geom::{Resolution, Rgb};
use crate::page::Pages;
use crate::picture::Picture;
use crate::raster::{Canvas, Path};

/// What lies around a sheet that does not fill its page.
pub(in crate::export) struct Around {
    /// The outline of the sheet.
    outline: Path,
    /// The page before anything was drawn on it.
    bare: Picture,
}

/// The canvas of a page with its sheet, the mean colour of the sheet if it has one, and
/// what lies around it.
pub(in crate::export) fn draw(
    pages: &Pages,
    index: usize,
    resolution: Resolution,
) -> (Canvas, Option<Rgb>, Option<Around>) {
    let page = &pages.pages[index];
    let Some(leaf) = &page.sheet else {
        return (Canvas::white(page.size, resolution), None, None);
    };
    let Drawn { picture, tone, outline } = draw_sheet(page, leaf, resolution);
    let mut picture = picture.picture();
    picture.turn(leaf.lie.mirrored != leaf.lie.turned, leaf.lie.turned);
    Ghost::of(pages, index, leaf).show(&mut picture);
    let around = outline.filter(|_| !page.items.is_empty()).map(|outline| Around {
        outline: laid(outline, leaf.lie, page.size),
        bare: picture.clone(),
    });
    (Canvas::over(picture, resolution), Some(tone), around)
}

impl Around {
    /// Takes away what was drawn where nothing is left of the sheet.
    pub(in crate::export) fn clear(&self, canvas: &mut Canvas) {
        canvas.restore_outside(&self.outline, &self.bare);
    }
}

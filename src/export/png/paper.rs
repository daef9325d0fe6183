//! The sheet under a page.

use crate::geom::{Resolution, Rgb};
use crate::page::Page;
use crate::paper::Sheet;
use crate::raster::Canvas;

/// The canvas of a page with its sheet, and the mean colour of the sheet if it has one.
pub(super) fn draw(page: &Page, resolution: Resolution) -> (Canvas, Option<Rgb>) {
    let Some(leaf) = &page.sheet else {
        return (Canvas::white(page.size, resolution), None);
    };
    let sheet = Sheet {
        paper: &leaf.paper,
        size: page.size,
        age: leaf.age,
        seed: leaf.seed,
        side: leaf.side,
        resolution,
    };
    let picture = sheet.draw();
    let under = picture.mean_colour();
    (Canvas::over(picture, resolution), Some(under))
}

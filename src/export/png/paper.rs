//! The sheet under a page.

use crate::export::draw_sheet;
use crate::geom::{Resolution, Rgb};
use crate::page::Page;
use crate::raster::Canvas;

/// The canvas of a page with its sheet, and the mean colour of the sheet if it has one.
pub(super) fn draw(page: &Page, resolution: Resolution) -> (Canvas, Option<Rgb>) {
    let Some(leaf) = &page.sheet else {
        return (Canvas::white(page.size, resolution), None);
    };
    let mut picture = draw_sheet(page, leaf, resolution);
    picture.turn(leaf.lie.mirrored != leaf.lie.turned, leaf.lie.turned);
    let under = picture.mean_colour();
    (Canvas::over(picture, resolution), Some(under))
}

//! Pages as pictures, from the same display list as the PDF.

pub(super) mod image;
pub(super) mod paper;
pub(super) mod shape;
mod text;

use crate::diag::{Diagnostic, Result};
use crate::geom::{Lab, Resolution, Rgb};
use crate::page::{Blend, Item, Page, Pages};
use crate::picture::Picture;
use crate::raster::{Canvas, Mode, Paint};
pub(super) use text::{Outlines, Source, each_glyph};

use super::{facsimile, ink_on};

/// The most pixels a page is drawn with: Letter at 1400 to the inch, 540 MB.
const MOST_PIXELS: f64 = 180e6;

impl Pages {
    /// A page as a picture; `page` counts from 0.
    ///
    /// # Errors
    /// No such page, or a resolution at which it would have no or too many pixels.
    pub fn picture(
        &self,
        page: usize,
        resolution: impl Into<Resolution>,
    ) -> Result<Picture> {
        let resolution = resolution.into();
        let Some(shown) = self.pages.get(page) else {
            let count = self.pages.len();
            let message = format!("there is no page {page} (counted from 0) of {count}");
            return Err(Diagnostic::usage("no-page", message)
                .hint(format!("ask for a page below {count}"))
                .into());
        };
        check_resolution(shown, resolution)?;
        if let Some(scan) = facsimile::picture(self, page, resolution) {
            return Ok(scan);
        }
        let (mut canvas, under, around) = paper::draw(self, page, resolution);
        draw_items(self, page, &mut canvas, under);
        if let Some(around) = around {
            around.clear(&mut canvas);
        }
        Ok(canvas.into_picture())
    }

    /// A page as a PNG file; `page` counts from 0.
    ///
    /// # Errors
    /// As [`Pages::picture`].
    pub fn png(&self, page: usize, resolution: impl Into<Resolution>) -> Result<Vec<u8>> {
        let resolution = resolution.into();
        Ok(self.picture(page, resolution)?.to_png(Some(resolution)))
    }
}

/// Draws what is on a page, over paper of this mean colour or on white.
pub(super) fn draw_items(
    pages: &Pages,
    page: usize,
    canvas: &mut Canvas,
    under: Option<Rgb>,
) {
    let mut outlines = Outlines::default();
    for placed in &pages.pages[page].items {
        match &placed.item {
            Item::Run(run) => {
                let face = pages.faces.get(usize::from(run.face.0));
                let face = face.expect("a run names a face of its pages");
                text::draw(canvas, run, outlines.of(run.face, face), under);
            }
            Item::Shape(shape) => shape::draw(canvas, shape, under),
            Item::Image(image) => image::draw(canvas, image),
        }
    }
}

/// Whether a page can be drawn with so many pixels.
fn check_resolution(page: &Page, resolution: Resolution) -> Result<()> {
    let [width, height] =
        [page.size.width, page.size.height].map(|side| side.to_px(resolution));
    let sound = width >= 1.0 && height >= 1.0 && width * height <= MOST_PIXELS;
    if sound && width.max(height) <= 65_535.0 {
        return Ok(());
    }
    let Resolution(ppi) = resolution;
    let message = format!("a page of {width:.0} × {height:.0} pixels cannot be drawn");
    let hint = format!("use a resolution between 10 and 600 to the inch, not {ppi}");
    Err(Diagnostic::usage("resolution", message).hint(hint).into())
}

/// The paint that makes a colour look as asked on this page.
fn paint(colour: Lab, blend: Blend, under: Option<Rgb>) -> Paint {
    match blend {
        Blend::Ink => {
            Paint { colour: ink_on(under, colour), opacity: 1.0, mode: Mode::Multiply }
        }
        Blend::Cover => {
            Paint { colour: ink_on(None, colour), opacity: 1.0, mode: Mode::Normal }
        }
    }
}

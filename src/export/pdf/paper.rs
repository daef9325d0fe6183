//! Sheets: a JPEG the size of the page, under everything else.

use super::image::Images;
use super::{Content, PdfOptions, name, number};
use crate::export::draw_sheet;
use crate::geom::{Length, Rgb};
use crate::page::Page;

/// A drawn sheet.
pub(super) struct Drawn {
    /// The file.
    pub jpeg: Vec<u8>,
    /// Its width and height in pixels.
    pub pixels: (u32, u32),
    /// Its mean colour.
    pub tone: Rgb,
}

/// Draws the sheets of all pages that have one, in order.
pub(super) fn draw_all(pages: &[Page], options: &PdfOptions) -> Vec<Option<Drawn>> {
    let draw = |page: &Page| {
        let leaf = page.sheet.as_ref()?;
        let picture = draw_sheet(page, leaf, options.resolution);
        Some(Drawn {
            jpeg: picture.to_jpeg(options.quality),
            pixels: (picture.width, picture.height),
            tone: picture.mean_colour(),
        })
    };
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        pages.par_iter().map(draw).collect()
    }
    #[cfg(not(feature = "parallel"))]
    pages.iter().map(draw).collect()
}

/// Puts a sheet under the page.
pub(super) fn place(sheet: &Drawn, content: &mut Content, images: &mut Images) {
    let resource = images.add_jpeg(&sheet.jpeg, sheet.pixels);
    let size = content.size;
    content.op("BMC", [name("Artifact")]);
    content.op("q", []);
    let zero = || number(0.0);
    let (w, h) = (number(size.width.to_pt()), number(size.height.to_pt()));
    debug_assert!(size.width > Length::ZERO);
    content.op("cm", [w, zero(), zero(), h, zero(), zero()]);
    content.op("Do", [name(&resource)]);
    content.op("Q", []);
    content.op("EMC", []);
}

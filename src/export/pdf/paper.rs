//! Sheets: a JPEG the size of the page, under everything else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::PdfOptions;
use super::common::Shared;
use super::content::{Content, name};
use super::image::{Images, shared};
use crate::export::ghost::Ghost;
use crate::export::{self, draw_sheet, facsimile};
use crate::geom::{Length, Rgb};
use crate::page::{Leaf, Lie, Page, Pages};
use crate::paper::Paper;
use crate::picture::{Picture, Ycc};
use crate::raster::{Path, Step};

/// The most bytes of a scanned page of Letter size; others in proportion.
const MOST_BYTES: f64 = 880_000.0;
/// The quality of scanned pages, where they do not take too many bytes.
const SCAN_QUALITY: u8 = 82;

/// How many sheets are kept: more than a pool usually has.
const MOST_SHEETS: usize = 256;

/// Sheets that were drawn for other documents, to be used again.
#[derive(Debug, Default)]
pub(super) struct Sheets(Mutex<HashMap<String, Known>>);

/// A sheet that may have been drawn, and its paper: sheets are found by where that lies, so
/// it must lie there as long as they are known.
type Known = (Arc<OnceLock<Drawn>>, Arc<Paper>);

impl Sheets {
    /// The sheet of a leaf, drawn now if it was not before.
    fn get(
        &self,
        page: &Page,
        leaf: &Leaf,
        options: &PdfOptions,
    ) -> Arc<OnceLock<Drawn>> {
        let Leaf { paper, age, ream, seed, side, wear, rim, .. } = leaf;
        let of = Arc::as_ptr(paper);
        let kind = format!("{of:p} {age:?} {ream:?} {seed:?} {side:?} {wear:?} {rim:?}");
        let key = format!("{kind} {:?} {options:?}", page.size);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_SHEETS {
            known.clear();
        }
        let new = || (Arc::default(), Arc::clone(paper));
        let sheet = Arc::clone(&known.entry(key).or_insert_with(new).0);
        drop(known);
        sheet.get_or_init(|| Drawn::new(page, leaf, options));
        sheet
    }
}

/// A drawn sheet.
#[derive(Debug)]
pub(super) struct Drawn {
    /// The picture.
    pub jpeg: Arc<Shared>,
    /// Its mean colour.
    pub tone: Rgb,
    /// The outline of the paper; none where it fills its page.
    pub outline: Option<Path>,
    /// Whether it lies as the page shows it, not as the leaf was drawn.
    pub laid: bool,
}

impl Drawn {
    /// Draws the sheet of a leaf.
    fn new(page: &Page, leaf: &Leaf, options: &PdfOptions) -> Self {
        let export::Drawn { picture, tone, outline } =
            draw_sheet(page, leaf, options.resolution);
        let jpeg = jpeg(&picture, options);
        Self { outline, ..Self::of([picture.width, picture.height], jpeg, tone, false) }
    }

    /// Draws the sheet of a page with what shows through from the other side.
    fn with_ghost(page: &Page, leaf: &Leaf, ghost: &Ghost, options: &PdfOptions) -> Self {
        let export::Drawn { picture, tone, outline } =
            draw_sheet(page, leaf, options.resolution);
        let mut picture = picture.picture();
        picture.turn(leaf.lie.mirrored != leaf.lie.turned, leaf.lie.turned);
        let outline = outline.map(|outline| export::laid(outline, leaf.lie, page.size));
        ghost.show(&mut picture);
        let jpeg = jpeg(&Ycc::of(&picture), options);
        Self { outline, ..Self::of([picture.width, picture.height], jpeg, tone, true) }
    }

    /// A scanned page, with as much detail as goes into [`MOST_BYTES`] for Letter.
    fn scanned(picture: &Picture, page: &Page) -> Self {
        let area = page.size.width.to_pt() * page.size.height.to_pt() / (612.0 * 792.0);
        let jpeg = picture.to_jpeg_within(SCAN_QUALITY, (MOST_BYTES * area) as usize);
        Self::of([picture.width, picture.height], jpeg, picture.mean_colour(), true)
    }

    /// The file of a picture of so many pixels; `laid` when it lies as the page shows it.
    fn of([width, height]: [u32; 2], jpeg: Vec<u8>, tone: Rgb, laid: bool) -> Self {
        let jpeg = shared(jpeg, (width, height));
        Self { jpeg, tone, outline: None, laid }
    }
}

/// The file of a sheet.
fn jpeg(picture: &Ycc, options: &PdfOptions) -> Vec<u8> {
    match options.sheet_bytes {
        Some(most) => picture.to_jpeg_within(options.quality, most),
        None => picture.to_jpeg(options.quality),
    }
}

/// The sheets of all pages that have one, in order.
pub(super) fn draw_all(
    pages: &Pages,
    options: &PdfOptions,
    sheets: &Sheets,
) -> Vec<Option<Arc<OnceLock<Drawn>>>> {
    let draw = |index: usize| {
        let page = &pages.pages[index];
        let leaf = page.sheet.as_ref()?;
        if let Some(picture) = facsimile::picture(pages, index, options.scan) {
            return Some(Arc::new(Drawn::scanned(&picture, page).into()));
        }
        let ghost = Ghost::of(pages, index, leaf);
        if ghost.is_empty() && leaf.is_shared {
            return Some(sheets.get(page, leaf, options));
        }
        if ghost.is_empty() {
            return Some(Arc::new(Drawn::new(page, leaf, options).into()));
        }
        Some(Arc::new(Drawn::with_ghost(page, leaf, &ghost, options).into()))
    };
    let all = 0..pages.pages.len();
    #[cfg(feature = "parallel")]
    {
        use rayon::prelude::*;
        all.into_par_iter().map(draw).collect()
    }
    #[cfg(not(feature = "parallel"))]
    all.map(draw).collect()
}

/// Puts a sheet under the page; where the page has a bleed, the sheet goes on there as in
/// a mirror.
pub(super) fn place(
    sheet: &Drawn,
    lie: Lie,
    bleed: Length,
    content: &mut Content,
    images: &mut Images,
) {
    let resource = images.add_shared(&sheet.jpeg);
    let size = content.size;
    let (w, h) = (size.width.to_pt(), size.height.to_pt());
    let (a, e) = if lie.mirrored == lie.turned { (w, 0.0) } else { (-w, w) };
    let (d, f) = if lie.turned { (-h, h) } else { (h, 0.0) };
    content.op("BMC", [name("Artifact")]);
    content.op("q", []);
    let out = bleed.to_pt();
    let own = [(1.0, 0.0)];
    let across = [(1.0, 0.0), (-1.0, 0.0), (-1.0, 2.0 * w)];
    let down = [(1.0, 0.0), (-1.0, 0.0), (-1.0, 2.0 * h)];
    let bleeds = bleed > Length::ZERO;
    let (across, down) =
        if bleeds { (&across[..], &down[..]) } else { (&own[..], &own[..]) };
    if bleeds {
        content.numbers("re", [-out, -out, w + 2.0 * out, h + 2.0 * out]);
        content.op("W", []);
        content.op("n", []);
    }
    for (sx, x) in across {
        for (sy, y) in down {
            content.op("q", []);
            content.numbers("cm", [a * sx, 0.0, 0.0, d * sy, e * sx + x, f * sy + y]);
            content.op("Do", [name(&resource)]);
            content.op("Q", []);
        }
    }
    content.op("Q", []);
    content.op("EMC", []);
}

/// Keeps what is written next on what is left of the sheet; says whether it did, and that
/// an end is needed.
pub(super) fn clip(sheet: &Drawn, lie: Lie, content: &mut Content) -> bool {
    let Some(outline) = &sheet.outline else { return false };
    let outline = export::laid(outline.clone(), lie, content.size);
    content.op("q", []);
    content.op("BMC", [name("Artifact")]);
    for step in &outline.steps {
        match *step {
            Step::Move(p) => {
                content.numbers("m", [p.x.to_pt(), content.flip(p.y)]);
            }
            Step::Line(p) | Step::Quad(_, p) | Step::Cubic(_, _, p) => {
                content.numbers("l", [p.x.to_pt(), content.flip(p.y)]);
            }
            Step::Close => content.op("h", []),
        }
    }
    content.op("W", []);
    content.op("n", []);
    content.op("EMC", []);
    true
}

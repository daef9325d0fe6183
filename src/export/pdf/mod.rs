//! PDF: printpdf lays out the pages, the finishing pass on lopdf adds their content, fonts,
//! pictures, structure and metadata. Text is always live; the same pages give the same
//! bytes.

mod attach;
mod attributes;
mod common;
mod content;
mod file;
mod finish;
mod font;
mod image;
mod links;
mod metadata;
mod outline;
mod pack;
mod paper;
mod scan;
mod shape;
mod tags;
mod text;
mod told;
mod trim;
mod volume;

use std::sync::{Arc, OnceLock};

use lopdf::Document;
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};
use sha2::{Digest as _, Sha256};

use super::{SCAN, SHEET};
use crate::diag::{Diagnostic, Result};
use crate::geom::{Length, Resolution, Size};
use crate::page::{Blend, Item, Lie, Mark, Page, Pages, Placed};

use common::Objects;
use content::{Content, Palette};
use file::Begun;

pub use attach::attached;
pub use common::Common;
pub use volume::{Part, Volume};

/// How many bytes a sheet of Letter takes in it, about.
const SHEET_BYTES: usize = 64_000;

/// How many bytes the sheet, the fonts and the pictures of a letter of one page of Letter size
/// may take together: with its structure it stays under 130 KB. Larger pages take more.
const LETTER_BYTES: usize = 114_000;

/// How many bytes the sheet of any other page of Letter size may take: with what stands on it
/// an aged page adds less than 150 KB.
const PAGE_BYTES: usize = 128_000;

/// How a PDF is made.
#[derive(Clone, Debug, PartialEq)]
pub struct PdfOptions {
    /// The resolution of the sheets; 150 pixels to the inch by default.
    pub resolution: Resolution,
    /// The resolution of pages in the finish `facsimile`; 300 pixels to the inch by default.
    pub scan: Resolution,
    /// The quality of the sheets as JPEG, 1 to 100; 75 by default.
    pub quality: u8,
    /// How many bytes a sheet of Letter takes, about: half of it to half as much again, so
    /// that a letter of one page stays under 130 KB, and up to twice of it in other documents;
    /// one that would take more is compressed harder, down to a quality of 16. 64,000 at 150
    /// pixels to the inch by default; none for no bound.
    pub sheet_bytes: Option<usize>,
    /// How far the sheet goes on beyond the page, for printers who trim it; with marks
    /// where to cut. Nothing by default.
    pub bleed: Length,
}

/// How many times [`SHEET_BYTES`] the largest sheets take.
const MOST_SHARE: f64 = 2.25;

/// The kind of document that goes by mail, and is small.
const LETTER: &str = "letter";

impl Default for PdfOptions {
    fn default() -> Self {
        Self {
            resolution: SHEET,
            scan: SCAN,
            quality: 75,
            sheet_bytes: Some(SHEET_BYTES),
            bleed: Length::ZERO,
        }
    }
}

impl PdfOptions {
    /// With sheets and scanned pages in a resolution, and as many bytes for their pixels;
    /// as usual for none.
    pub fn with_resolution(self, resolution: Option<Resolution>) -> Self {
        let Some(resolution) = resolution else { return self };
        let finer = resolution.0 / SHEET.0;
        let bytes = (SHEET_BYTES as f64 * finer * finer) as usize;
        Self { resolution, scan: resolution, sheet_bytes: Some(bytes), ..self }
    }

    /// The resolution of a page as a picture.
    #[cfg(feature = "fs")]
    pub(crate) fn of_picture(&self, pages: &Pages, page: usize) -> Resolution {
        let scanned = pages.pages.get(page).is_some_and(|page| page.scan.is_some());
        if scanned { self.scan } else { self.resolution }
    }

    /// The options for a document: the sheet of a letter of one page has what room its fonts, as
    /// of a machine with worn letters, and its pictures leave. Large sheets have more.
    fn beside(&self, fonts: &font::Fonts, Pages { info, pages, .. }: &Pages) -> Self {
        let letter = 612.0 * 792.0;
        let area =
            |page: &Page| page.size.width.to_pt() * page.size.height.to_pt() / letter;
        let larger = pages.iter().map(area).fold(1.0, f64::max).min(1.5);
        let room = match &pages[..] {
            [page] if info.kind == LETTER => {
                let all = (LETTER_BYTES as f64 * larger) as usize;
                // In steps, so that documents have sheets in common.
                let room =
                    (all.saturating_sub(taken(fonts, page)) as f64 / larger) as usize;
                room.min(SHEET_BYTES / 2 * 3)
            }
            _ => PAGE_BYTES,
        };
        let quarters = (room / (SHEET_BYTES / 4)).max(2) as f64;
        let share = (quarters / 4.0 * larger).min(MOST_SHARE);
        let bytes = self.sheet_bytes.map(|bytes| (bytes as f64 * share) as usize);
        Self { sheet_bytes: bytes, ..self.clone() }
    }
}

/// How many bytes the fonts and pictures of a page take, about.
fn taken(fonts: &font::Fonts, page: &Page) -> usize {
    let pixels = |item: &Placed| match &item.item {
        Item::Image(image) => image.picture.width * image.picture.height,
        Item::Run(_) | Item::Shape(_) => 0,
    };
    let pixels: u32 = page.items.iter().map(pixels).sum();
    // What is left of pictures when they are packed.
    fonts.bytes() + pixels as usize / 6
}

impl Pages {
    /// Writes the pages as a PDF 1.7 file.
    ///
    /// # Errors
    /// No pages; a font that cannot be subset.
    pub fn pdf(&self, options: &PdfOptions) -> Result<Vec<u8>> {
        self.pdf_with(options, &Common::default())
    }

    /// As [`Pages::pdf`], with sheets and fonts that other documents may share.
    ///
    /// # Errors
    /// As [`Pages::pdf`].
    pub fn pdf_with(&self, options: &PdfOptions, common: &Common) -> Result<Vec<u8>> {
        let mut out = Vec::new();
        self.pdf_into(options, common, &mut out)?;
        Ok(out)
    }

    /// As [`Pages::pdf_with`], into bytes that are used again: what was in them goes. Gives
    /// their hash (SHA-256).
    ///
    /// # Errors
    /// As [`Pages::pdf`].
    pub fn pdf_into(
        &self,
        options: &PdfOptions,
        common: &Common,
        out: &mut Vec<u8>,
    ) -> Result<[u8; 32]> {
        let (begun, hash) = self.pdf_rest(options, common, out)?;
        out.splice(0..0, begun.bytes().iter().copied());
        Ok(hash)
    }

    /// As [`Pages::pdf_into`], but without the bytes with which the files of all documents begin
    /// that share the same: most of it. Gives these and the hash of the whole file.
    ///
    /// # Errors
    /// As [`Pages::pdf`].
    pub(crate) fn pdf_rest(
        &self,
        options: &PdfOptions,
        common: &Common,
        out: &mut Vec<u8>,
    ) -> Result<(Beginning, [u8; 32])> {
        let mut objects = self.objects(options, common)?;
        finish::describe(self, &mut objects)?;
        let beginning = Beginning(common.begun(&objects));
        finish::file(&objects, beginning.begun(), out)?;
        let hash = match beginning.begun() {
            Some(begun) => begun.hash(out),
            None => Sha256::digest(out).into(),
        };
        Ok((beginning, hash))
    }

    /// As [`Pages::pdf_with`], but as a part of a [`Volume`].
    ///
    /// # Errors
    /// As [`Pages::pdf`].
    pub fn pdf_part(&self, options: &PdfOptions, common: &Common) -> Result<Part> {
        Ok(Part::new(self.objects(options, common)?, self.info.clone()))
    }

    /// The pages as objects of PDF, without what a file says of itself.
    fn objects(&self, options: &PdfOptions, common: &Common) -> Result<Objects> {
        if self.pages.is_empty() {
            return Err(Diagnostic::invalid("empty", "the document has no pages")
                .hint("give the template some text")
                .into());
        }
        let fonts = font::Fonts::new(self, common)?;
        let options = &options.beside(&fonts, self);
        let sheets = paper::draw_all(self, options, &common.sheets);
        let mut images = image::Images::default();
        let mut states = shape::States::default();
        let mut marks = tags::Marks::new(self.pages.len());
        let mut contents = Vec::with_capacity(self.pages.len());
        let mut palette = Palette::default();
        for (index, page) in self.pages.iter().enumerate() {
            let sheet = sheets[index].as_ref().and_then(|sheet| sheet.get());
            let scan = page.scan.filter(|_| sheet.is_some());
            let tone = sheet.map(|sheet| sheet.tone).filter(|_| scan.is_none());
            let mut content = Content::new(page.size, tone, palette);
            if let (Some(sheet), Some(leaf)) = (sheet, &page.sheet) {
                let lie = if sheet.laid { Lie::default() } else { leaf.lie };
                paper::place(sheet, lie, options.bleed, &mut content, &mut images);
            }
            trim::write_marks(options.bleed, &mut content);
            let clipped = match (sheet, &page.sheet) {
                (Some(sheet), Some(leaf)) if !page.items.is_empty() => {
                    paper::clip(sheet, leaf.lie, &mut content)
                }
                _ => false,
            };
            let target = Target {
                fonts: &fonts,
                images: &mut images,
                states: &mut states,
                marks: &mut marks,
            };
            if let Some(scan) = scan {
                scan::begin(scan, &mut content);
            }
            write_items(page, index, target, &mut content);
            if scan.is_some() {
                scan::end(&mut content);
            }
            if clipped {
                content.op("Q", []);
            }
            contents.push(content.bytes);
            palette = content.palette;
        }
        let sizes: Vec<Size> = self.pages.iter().map(|page| page.size).collect();
        let document = common.laid_out(&sizes);
        let parts = finish::Parts {
            contents,
            fonts,
            images,
            states,
            palette,
            marks,
            bleed: options.bleed,
        };
        finish::finish(self, document, &parts)
    }
}

/// A document of pages of these sizes with nothing on them.
fn lay_out(sizes: &[Size]) -> Document {
    let mut pdf = PdfDocument::new("");
    pdf.pages.extend(sizes.iter().map(|size| {
        let [width, height] =
            [size.width, size.height].map(|side| Mm(side.to_mm() as f32));
        PdfPage::new(width, height, Vec::new())
    }));
    let save = PdfSaveOptions { secure: false, optimize: false, ..Default::default() };
    pdf.to_lopdf_document(&save, &mut Vec::new())
}

/// The bytes with which a file begins as others do; none where there were no others.
pub(crate) struct Beginning(Option<Arc<OnceLock<Option<Begun>>>>);

impl Beginning {
    /// The bytes.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.begun().map_or(&[], Begun::bytes)
    }

    /// What is known of them.
    fn begun(&self) -> Option<&Begun> {
        self.0.as_deref().and_then(OnceLock::get).and_then(Option::as_ref)
    }
}

/// What the items of a page are written with.
struct Target<'a> {
    /// The fonts.
    fonts: &'a font::Fonts,
    /// The pictures met so far.
    images: &'a mut image::Images,
    /// The graphics states met so far.
    states: &'a mut shape::States,
    /// The marked content met so far.
    marks: &'a mut tags::Marks,
}

/// Writes the items of a page in order, each as part of its tag.
fn write_items(page: &Page, index: usize, target: Target<'_>, content: &mut Content) {
    let Target { fonts, images, states, marks } = target;
    let mut open: Option<Mark> = None;
    // Where the line ends that has said its words.
    let mut told = 0;
    for (at, placed) in page.items.iter().enumerate() {
        // A piece of its own after told words too: poppler hears but the first such stretch
        // of a piece, and nothing after it.
        let fresh = open != Some(placed.mark) || (at == told && at > 0);
        if fresh {
            if open.is_some() {
                content.op("EMC", []);
            }
            marks.begin(placed.mark, index, content);
            open = Some(placed.mark);
        }
        let blend = match &placed.item {
            Item::Run(_) => Blend::Ink,
            Item::Shape(shape) => shape.blend,
            Item::Image(image) => image.blend,
        };
        content.blend(blend);
        if at >= told
            && let Some((count, words)) = told::told(&page.items[at..], fonts)
        {
            if !fresh {
                content.op("EMC", []);
                marks.begin(placed.mark, index, content);
            }
            content.tell(&words);
            told = at + count;
        }
        content.told = at < told;
        match &placed.item {
            Item::Run(run) => text::write_run(run, fonts, content),
            Item::Shape(_) | Item::Image(_) if content.unseen => {}
            Item::Shape(shape) => shape::write_shape(shape, states, content),
            Item::Image(image) => image::write_image(image, images, content),
        }
        if at + 1 == told {
            content.op("EMC", []);
        }
    }
    if open.is_some() {
        content.op("EMC", []);
    }
}

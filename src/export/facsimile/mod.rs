//! The finish `facsimile`: a page as a scan of itself, in which ink and fibre have met.
//!
//! The sheet is drawn, then each item leaves a film of ink on it (`film`, by the touch of
//! its kind of ink), what stands on the other side shows through, and the whole goes over
//! the scanner (`scan`).

mod blur;
mod film;
mod light;
mod scan;
mod tile;
mod touch;

use super::png::{self, Outlines, each_glyph};
use super::sheet_of;
use crate::geom::{Lab, Resolution, Rgb, Transform};
use crate::page::{Blend, Item, Page, Pages, Run, Shape};
use crate::picture::Picture;
use crate::raster::Canvas;
use crate::style::InkKind;

use film::{Fibres, Ground, Part};
use touch::Touch;

/// A page as a scan; none for a page that is not shown so.
pub(super) fn picture(
    pages: &Pages,
    index: usize,
    resolution: Resolution,
) -> Option<Picture> {
    let page = pages.pages.get(index)?;
    let (leaf, scan) = (page.sheet.as_ref()?, page.scan?);
    let (canvas, tone, around) = png::paper::draw(pages, index, resolution);
    let traces = sheet_of(page, leaf, resolution).traces();
    let seed = leaf.seed.derive("fibres").nth(scan.seed.0);
    let fibres = Fibres::new(seed, resolution, Ground::new(traces, leaf.lie, page.size));
    let tone = tone?;
    let paper = [tone.r, tone.g, tone.b].map(light::linear);
    let mut desk = Desk { page, canvas, paper, tone, fibres };
    desk.draw(pages);
    if let Some(around) = around {
        around.clear(&mut desk.canvas);
    }
    Some(scan::scan(&desk.canvas.into_picture(), scan, resolution))
}

/// Where a page is inked.
struct Desk<'a> {
    /// The page.
    page: &'a Page,
    /// What is drawn so far.
    canvas: Canvas,
    /// The light that the paper gives back for red, green and blue.
    paper: [f32; 3],
    /// The mean colour of the sheet.
    tone: Rgb,
    /// Its fibres.
    fibres: Fibres,
}

impl Desk<'_> {
    /// Draws all items in order.
    fn draw(&mut self, pages: &Pages) {
        let mut outlines = Outlines::default();
        for placed in &self.page.items {
            match &placed.item {
                Item::Run(run) => {
                    let face = self.face(pages, run);
                    self.run(run, outlines.of(run.face, face));
                }
                Item::Shape(shape) if shape.blend == Blend::Ink => self.shape(shape),
                Item::Shape(shape) => {
                    png::shape::draw(&mut self.canvas, shape, Some(self.tone));
                }
                Item::Image(image) => png::image::draw(&mut self.canvas, image),
            }
        }
    }

    /// The face of a run.
    fn face<'p>(&self, pages: &'p Pages, run: &Run) -> &'p crate::font::Face {
        pages.faces.get(usize::from(run.face.0)).expect("a run names a face of its pages")
    }

    /// Lays a run.
    fn run(&mut self, run: &Run, from: png::Source<'_>) {
        let mut parts = Vec::new();
        each_glyph(run, from, |path, map, ink| {
            if let Some(coverage) = self.canvas.coverage(path, map) {
                parts.push(Part { coverage, share: 1.0, density: self.density(ink) });
            }
        });
        let kind = self.page.inks.get(&run.role).copied().unwrap_or_default();
        self.fibres.lay(self.canvas.picture_mut(), &parts, &Touch::of(kind));
    }

    /// Lays a shape: first inside, then the line.
    fn shape(&mut self, shape: &Shape) {
        let path = png::shape::outline(shape);
        let opacity = shape.opacity.clamp(0.0, 1.0);
        let mut parts = Vec::new();
        let inside = shape.fill.zip(self.canvas.coverage(&path, Transform::IDENTITY));
        if let Some((ink, coverage)) = inside {
            parts.push(Part { coverage, share: opacity, density: self.density(ink) });
        }
        if let Some((width, ink)) = shape.stroke
            && let Some((coverage, share)) = self.canvas.coverage_of_line(&path, width)
        {
            let share = opacity * share;
            parts.push(Part { coverage, share, density: self.density(ink) });
        }
        let kind = shape.role.as_ref().and_then(|role| self.page.inks.get(role));
        let kind = kind.copied().unwrap_or(InkKind::Press);
        self.fibres.lay(self.canvas.picture_mut(), &parts, &Touch::of(kind));
    }

    /// The density of an ink that looks like a colour on this paper.
    fn density(&self, ink: Lab) -> [f32; 3] {
        let ink = ink.to_rgb();
        let mut channels = [ink.r, ink.g, ink.b].into_iter().zip(self.paper);
        core::array::from_fn(|_| {
            let (ink, paper) = channels.next().unwrap_or((255, 1.0));
            libm::logf(paper / light::linear(ink).max(1e-3)).max(0.0)
        })
    }
}

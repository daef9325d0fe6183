//! Outlines of glyphs for pictures, through rusttype.
//!
//! rusttype is unmaintained and panics on broken fonts, so it is named here only, and
//! asked only for glyphs that our own reader has drawn before.

use super::Face;
use crate::geom::{Length, Point};
use crate::raster::{Path, Step};

/// A place in type of 1 pt.
fn at(x: f32, y: f32) -> Point {
    Point::new(Length::pt(f64::from(x)), Length::pt(f64::from(y)))
}

/// A source of outlines by glyph number: the seam behind which rusttype sits.
trait Outlines {
    /// The outline of a glyph; empty where it draws nothing.
    fn outline(&self, glyph: u16) -> Path;
}

/// rusttype's view of a face.
struct Rusttype<'a>(rusttype::Font<'a>);

impl Outlines for Rusttype<'_> {
    fn outline(&self, glyph: u16) -> Path {
        /// Collects the steps; rusttype's y grows downward, as ours.
        #[derive(Default)]
        struct Pen(Path);
        impl rusttype::OutlineBuilder for Pen {
            fn move_to(&mut self, x: f32, y: f32) {
                self.0.steps.push(Step::Move(at(x, y)));
            }
            fn line_to(&mut self, x: f32, y: f32) {
                self.0.steps.push(Step::Line(at(x, y)));
            }
            fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
                self.0.steps.push(Step::Quad(at(cx, cy), at(x, y)));
            }
            fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
                self.0.steps.push(Step::Cubic(at(ax, ay), at(bx, by), at(x, y)));
            }
            fn close(&mut self) {
                self.0.steps.push(Step::Close);
            }
        }
        let mut pen = Pen::default();
        // rusttype scales by the height of the line box; this makes one em of 1.
        let line = self.0.v_metrics_unscaled();
        let em = f32::from(self.0.units_per_em());
        let scale = rusttype::Scale::uniform((line.ascent - line.descent) / em);
        self.0.glyph(rusttype::GlyphId(glyph)).scaled(scale).build_outline(&mut pen);
        pen.0
    }
}

impl Face {
    /// The outlines of glyphs in type of 1 pt, y downward from the baseline; empty where
    /// the face draws nothing.
    ///
    /// `None` when the file cannot be read a second time, which loading rules out.
    pub fn outlines(&self, glyphs: impl IntoIterator<Item = u16>) -> Option<Vec<Path>> {
        let source = Rusttype(rusttype::Font::try_from_bytes(self.bytes())?);
        let draw = |glyph| {
            let sound = self.has_contour(glyph);
            if sound { source.outline(glyph) } else { Path::default() }
        };
        Some(glyphs.into_iter().map(draw).collect())
    }
}

//! Outlines of glyphs for pictures, through rusttype.
//!
//! rusttype is unmaintained and panics on broken fonts, so it is named here only, and
//! asked only for glyphs that our own reader has drawn before.

use super::Face;

/// The outline of a glyph, in ems; y grows upward, as in the font.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The steps, contour after contour.
    pub steps: Vec<PathStep>,
}

/// A step of an outline, in ems.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PathStep {
    /// Begins a contour.
    Move([f32; 2]),
    /// A straight line.
    Line([f32; 2]),
    /// A quadratic curve: control point and end.
    Quad([f32; 2], [f32; 2]),
    /// A cubic curve: two control points and the end.
    Cubic([f32; 2], [f32; 2], [f32; 2]),
    /// Back to the beginning of the contour.
    Close,
}

/// A source of outlines by glyph number: the seam behind which rusttype sits.
trait Outlines {
    /// The outline of a glyph; empty where it draws nothing.
    fn outline(&self, glyph: u16) -> Outline;
}

/// rusttype's view of a face.
struct Rusttype<'a>(rusttype::Font<'a>);

impl Outlines for Rusttype<'_> {
    fn outline(&self, glyph: u16) -> Outline {
        /// Collects the steps; rusttype's y grows downward.
        #[derive(Default)]
        struct Pen(Outline);
        impl rusttype::OutlineBuilder for Pen {
            fn move_to(&mut self, x: f32, y: f32) {
                self.0.steps.push(PathStep::Move([x, -y]));
            }
            fn line_to(&mut self, x: f32, y: f32) {
                self.0.steps.push(PathStep::Line([x, -y]));
            }
            fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
                self.0.steps.push(PathStep::Quad([cx, -cy], [x, -y]));
            }
            fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
                self.0.steps.push(PathStep::Cubic([ax, -ay], [bx, -by], [x, -y]));
            }
            fn close(&mut self) {
                self.0.steps.push(PathStep::Close);
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
    /// The outline of a glyph; empty where the face draws nothing.
    ///
    /// `None` when the file cannot be read a second time, which loading rules out.
    pub fn outlines(
        &self,
        glyphs: impl IntoIterator<Item = u16>,
    ) -> Option<Vec<Outline>> {
        let source = Rusttype(rusttype::Font::try_from_bytes(self.bytes())?);
        let draw = |glyph| {
            let sound = self.has_contour(glyph);
            if sound { source.outline(glyph) } else { Outline::default() }
        };
        Some(glyphs.into_iter().map(draw).collect())
    }
}

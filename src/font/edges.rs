//! The sides of glyphs: how far their ink stands from the edges of their advance.

use harfrust::GlyphId;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};

use super::Face;

/// How many bands the height of a small letter is divided into.
pub const BANDS: usize = 12;

/// How far the ink of a glyph stands from the sides of its advance, in ems, in equal
/// bands from the baseline to the height of a small letter. A band without ink has the
/// whole advance; ink beyond the advance counts less than nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edges {
    /// From the origin to the first ink.
    pub left: [f64; BANDS],
    /// From the last ink to the advance.
    pub right: [f64; BANDS],
}

impl Face {
    /// How far the ink of a glyph, at any height, stands from the left and the right of
    /// its advance, in ems; none where it draws nothing.
    pub fn bearings(&self, glyph: u16) -> Option<[f64; 2]> {
        let mut extent = Extent(f32::INFINITY, f32::NEG_INFINITY);
        let outline = self.font.outline_glyphs().get(GlyphId::from(glyph))?;
        outline.draw(&DrawOptions::new(), DrawMemory::Scratch, &mut extent).ok()?;
        let em = f64::from(self.units_per_em());
        let [left, right] = [extent.0, extent.1].map(|x| f64::from(x) / em);
        left.is_finite().then(|| [left, self.advance(glyph) - right])
    }

    /// The sides of a glyph; none where it draws nothing.
    pub fn edges(&self, glyph: u16) -> Option<Edges> {
        self.edges.get(glyph, |&glyph| self.measure_edges(glyph))
    }

    /// Measures the sides of a glyph.
    fn measure_edges(&self, glyph: u16) -> Option<Edges> {
        let em = f64::from(self.units_per_em());
        let band = self.metrics().x_height * em / BANDS as f64;
        let mut walk = Walk::new(band as f32);
        let outline = self.font.outline_glyphs().get(GlyphId::from(glyph))?;
        outline.draw(&DrawOptions::new(), DrawMemory::Scratch, &mut walk).ok()?;
        if !walk.any {
            return None;
        }
        let advance = self.advance(glyph);
        let or_all = |gap: f64| if gap.is_finite() { gap.min(advance) } else { advance };
        Some(Edges {
            left: walk.bands.map(|(least, _)| or_all(f64::from(least) / em)),
            right: walk.bands.map(|(_, most)| or_all(advance - f64::from(most) / em)),
        })
    }
}

/// The least and the most x of an outline.
struct Extent(f32, f32);

impl Extent {
    /// Notes points.
    fn note(&mut self, points: &[f32]) {
        for &x in points {
            *self = Self(self.0.min(x), self.1.max(x));
        }
    }
}

impl PathSink for Extent {
    fn move_to(&mut self, x: f32, _: f32) {
        self.note(&[x]);
    }
    fn line_to(&mut self, x: f32, _: f32) {
        self.note(&[x]);
    }
    fn quad_to(&mut self, a: f32, _: f32, x: f32, _: f32) {
        self.note(&[a, x]);
    }
    fn curve_to(&mut self, a: f32, _: f32, b: f32, _: f32, x: f32, _: f32) {
        self.note(&[a, b, x]);
    }
    fn close(&mut self) {}
}

/// Follows an outline and notes the extent of each band.
struct Walk {
    /// The height of a band, in units of the font.
    height: f32,
    /// The least and the most x met in each band.
    bands: [(f32, f32); BANDS],
    /// Where the pen is.
    at: [f32; 2],
    /// Where the contour began.
    start: [f32; 2],
    /// Whether anything was drawn.
    any: bool,
}

/// How many straight lines stand for a curve.
const STEPS: u8 = 6;

impl Walk {
    /// Nothing met yet.
    fn new(height: f32) -> Self {
        Self {
            height,
            bands: [(f32::INFINITY, f32::NEG_INFINITY); BANDS],
            at: [0.0; 2],
            start: [0.0; 2],
            any: false,
        }
    }

    /// Notes a straight line in every band that it crosses.
    fn line(&mut self, to: [f32; 2]) {
        self.any = true;
        let (low, high) = if self.at[1] <= to[1] { (self.at, to) } else { (to, self.at) };
        self.at = to;
        let rise = high[1] - low[1];
        let x_at = |y: f32| {
            let share = if rise > 0.0 { (y - low[1]) / rise } else { 0.0 };
            low[0] + (high[0] - low[0]) * share.clamp(0.0, 1.0)
        };
        for (index, (least, most)) in self.bands.iter_mut().enumerate() {
            let bottom = index as f32 * self.height;
            let top = bottom + self.height;
            if high[1] < bottom || low[1] >= top {
                continue;
            }
            let ends = if rise > 0.0 {
                [x_at(low[1].max(bottom)), x_at(high[1].min(top))]
            } else {
                [low[0], high[0]]
            };
            for x in ends {
                *least = least.min(x);
                *most = most.max(x);
            }
        }
    }

    /// Notes a cubic curve.
    fn curve(&mut self, [a, b, c]: [[f32; 2]; 3]) {
        let from = self.at;
        for step in 1..=STEPS {
            let t = f32::from(step) / f32::from(STEPS);
            let u = 1.0 - t;
            let at = |i: usize| {
                u * u * u * from[i]
                    + 3.0 * u * u * t * a[i]
                    + 3.0 * u * t * t * b[i]
                    + t * t * t * c[i]
            };
            self.line([at(0), at(1)]);
        }
    }
}

impl PathSink for Walk {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = [x, y];
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.line([x, y]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let near = |p: [f32; 2]| [p[0] + (cx - p[0]) / 1.5, p[1] + (cy - p[1]) / 1.5];
        self.curve([near(self.at), near([x, y]), [x, y]]);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.curve([[ax, ay], [bx, by], [x, y]]);
    }

    fn close(&mut self) {
        self.line(self.start);
    }
}

//! Faces cut for one document: outlines are taken from a face, changed by whoever knows how
//! a hand or a worn type changes them, and made a font file again.

use std::sync::Arc;

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{Font, GlyphId};
use write_fonts::FontBuilder;
use write_fonts::read::tables::glyf::CurvePoint;
use write_fonts::tables::glyf::{Bbox, Contour, GlyfLocaBuilder, Glyph, SimpleGlyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::hmtx::{Hmtx, LongMetric};
use write_fonts::tables::maxp::Maxp;
use write_fonts::types::{FWord, UfWord};

use super::{Face, FontBytes};
use crate::diag::Diagnostic;

/// Outlines of a cut face stand on a grid of so many steps to the em: 7 µm in type of
/// 12 pt, and a third less to store than the grid of most faces.
const GRID: f64 = 600.0;

/// A point of a contour, in ems, y upward.
///
/// Between two points off the curve lies one on it, in the middle of them (OpenType 1.9,
/// glyf): curves are quadratic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knot {
    /// To the right of the origin.
    pub x: f64,
    /// Above the baseline.
    pub y: f64,
    /// Whether it lies on the curve.
    pub on: bool,
}

/// A glyph of a face to be cut.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The glyph whose advance it has.
    pub glyph: u16,
    /// Its contours; none draws nothing.
    pub contours: Vec<Vec<Knot>>,
}

impl Face {
    /// The contours of a glyph; none where it draws nothing.
    pub fn contours(&self, glyph: u16) -> Vec<Vec<Knot>> {
        let em = f64::from(self.units_per_em());
        let mut tracer = Tracer { em, contours: Vec::new() };
        if let Some(outline) = self.font.outline_glyphs().get(GlyphId::from(glyph))
            && outline
                .draw(&DrawOptions::new(), DrawMemory::Scratch, &mut tracer)
                .is_err()
        {
            return Vec::new();
        }
        let contours = tracer.contours.into_iter().map(without_implied);
        contours.filter(|contour| contour.len() > 2).collect()
    }

    /// A face with the measures and the name of this one that draws these forms: the first
    /// is glyph 1, for 0 is the missing glyph. It has no characters: it serves to show
    /// what was shaped with this face.
    ///
    /// # Errors
    /// More forms or larger ones than a font file can hold.
    pub fn cut(&self, forms: &[Form]) -> Result<Self, Diagnostic> {
        let bytes = self.write_cut(forms).and_then(|bytes| {
            let bytes = FontBytes::Shared(bytes.into());
            let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(bytes.clone());
            Some((Font::new(shared, 0)?, bytes))
        });
        let Some((font, bytes)) = bytes else {
            let message = format!("font `{}` cannot be cut anew", self.name());
            return Err(Diagnostic::usage("font", message)
                .hint("shorten the document, or name another font"));
        };
        Ok(self.with_file(font, bytes))
    }

    /// The file of a cut face.
    fn write_cut(&self, forms: &[Form]) -> Option<Vec<u8>> {
        let em = self.units_per_em();
        let units = |ems: f64| libm::round(ems * f64::from(em)) as i16;
        let metric = |glyph: u16, side_bearing: i16| LongMetric {
            advance: units(self.advance(glyph)).max(0).cast_unsigned(),
            side_bearing,
        };
        let mut glyphs = GlyfLocaBuilder::new();
        let mut metrics = vec![metric(0, 0)];
        let (mut most_points, mut most_contours) = (0, 0);
        let mut all = Bbox::default();
        glyphs.add_glyph(&Glyph::Empty).ok()?;
        for form in forms {
            let mut glyph = SimpleGlyph::default();
            let contours = form.contours.iter().map(|contour| on_grid(contour, em));
            glyph.contours = contours.collect();
            glyph.recompute_bounding_box();
            most_points = most_points.max(glyph.contours.iter().map(Contour::len).sum());
            most_contours = most_contours.max(glyph.contours.len());
            metrics.push(metric(form.glyph, glyph.bbox.x_min));
            if glyph.contours.is_empty() {
                glyphs.add_glyph(&Glyph::Empty).ok()?;
            } else {
                all = all.union(glyph.bbox);
                glyphs.add_glyph(&glyph).ok()?;
            }
        }
        let (glyf, loca, format) = glyphs.build();
        let count = u16::try_from(metrics.len()).ok()?;
        let mut head = Head { units_per_em: em, lowest_rec_ppem: 6, ..Head::default() };
        head.index_to_loc_format = format as i16;
        (head.x_min, head.y_min) = (all.x_min, all.y_min);
        (head.x_max, head.y_max) = (all.x_max, all.y_max);
        let widest = metrics.iter().map(|metric| metric.advance).max().unwrap_or(0);
        let hhea = Hhea {
            ascender: FWord::new(units(self.metrics().ascent)),
            descender: FWord::new(units(-self.metrics().descent)),
            advance_width_max: UfWord::new(widest),
            caret_slope_rise: 1,
            number_of_h_metrics: count,
            ..Hhea::default()
        };
        let maxp = Maxp {
            max_points: Some(u16::try_from(most_points).ok()?),
            max_contours: Some(u16::try_from(most_contours).ok()?),
            max_zones: Some(2),
            max_composite_points: Some(0),
            max_composite_contours: Some(0),
            max_twilight_points: Some(0),
            max_storage: Some(0),
            max_function_defs: Some(0),
            max_instruction_defs: Some(0),
            max_stack_elements: Some(0),
            max_size_of_instructions: Some(0),
            max_component_elements: Some(0),
            max_component_depth: Some(0),
            ..Maxp::new(count)
        };
        let hmtx = Hmtx { h_metrics: metrics, left_side_bearings: Vec::new() };
        let mut file = FontBuilder::new();
        file.add_table(&head).ok()?.add_table(&hhea).ok()?.add_table(&maxp).ok()?;
        file.add_table(&hmtx).ok()?.add_table(&glyf).ok()?.add_table(&loca).ok()?;
        Some(file.build())
    }
}

/// A contour in units of the font; points that fall together are one.
fn on_grid(contour: &[Knot], em: u16) -> Contour {
    let step = libm::round(f64::from(em) / GRID).max(1.0);
    let unit = |ems: f64| libm::round(ems * f64::from(em) / step) * step;
    let clamp = |v: f64| v.clamp(-16_000.0, 16_000.0) as i16;
    let points = contour.iter();
    let points = points.map(|k| (clamp(unit(k.x)), clamp(unit(k.y)), k.on));
    let mut points: Vec<(i16, i16, bool)> = points.collect();
    points.dedup_by_key(|&mut (x, y, _)| (x, y));
    let points = points.into_iter().map(|(x, y, on)| CurvePoint::new(x, y, on));
    points.collect::<Vec<_>>().into()
}

/// A contour without the points on the curve that lie midway between two off it.
fn without_implied(mut contour: Vec<Knot>) -> Vec<Knot> {
    // The last point is the first again.
    if let [first, .., last] = contour.as_slice()
        && last.on
        && (first.x, first.y) == (last.x, last.y)
    {
        contour.pop();
    }
    let count = contour.len();
    let near = |a: f64, b: f64| (a - b).abs() < 1.5e-3;
    let is_implied = |i: usize| {
        let (before, after) =
            (contour[(i + count - 1) % count], contour[(i + 1) % count]);
        let middle = ((before.x + after.x) * 0.5, (before.y + after.y) * 0.5);
        let at = contour[i];
        at.on && !before.on && !after.on && near(at.x, middle.0) && near(at.y, middle.1)
    };
    (0..count).filter(|&i| !is_implied(i)).map(|i| contour[i]).collect()
}

/// Traces an outline.
struct Tracer {
    /// Units to the em.
    em: f64,
    /// What was traced.
    contours: Vec<Vec<Knot>>,
}

impl Tracer {
    /// Adds a point.
    fn knot(&mut self, x: f64, y: f64, on: bool) {
        if let Some(contour) = self.contours.last_mut() {
            contour.push(Knot { x: x / self.em, y: y / self.em, on });
        }
    }

    /// The last point.
    fn last(&self) -> [f64; 2] {
        let last = self.contours.last().and_then(|contour| contour.last());
        last.map_or([0.0; 2], |knot| [knot.x * self.em, knot.y * self.em])
    }
}

impl PathSink for Tracer {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(Vec::new());
        self.knot(x.into(), y.into(), true);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.knot(x.into(), y.into(), true);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.knot(cx.into(), cy.into(), false);
        self.knot(x.into(), y.into(), true);
    }

    /// A cubic curve as two quadratic ones that meet in its middle.
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let [from, a, b, to] = [
            self.last(),
            [ax, ay].map(f64::from),
            [bx, by].map(f64::from),
            [x, y].map(f64::from),
        ];
        let middle = [0, 1].map(|i| (from[i] + 3.0 * (a[i] + b[i]) + to[i]) / 8.0);
        let control =
            |p: [f64; 2], q: [f64; 2]| [0, 1].map(|i| p[i] + (q[i] - p[i]) * 0.75);
        let [first, second] = [control(from, a), control(to, b)];
        self.knot(first[0], first[1], false);
        self.knot(middle[0], middle[1], true);
        self.knot(second[0], second[1], false);
        self.knot(to[0], to[1], true);
    }

    fn close(&mut self) {}
}

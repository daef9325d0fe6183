//! Faces cut for one document: outlines are taken from a face, changed by whoever knows how
//! a hand or a worn type changes them, and made a font file again.

use std::sync::Arc;

use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{Font, GlyphId};
use write_fonts::FontBuilder;
use write_fonts::read::tables::glyf::CurvePoint;
use write_fonts::tables::glyf::{Bbox, Contour, SimpleGlyph};
use write_fonts::tables::head::Head;
use write_fonts::tables::hhea::Hhea;
use write_fonts::tables::maxp::Maxp;
use write_fonts::types::{FWord, Tag, UfWord};

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

/// A form as a face takes it: its outline is packed already, so that many documents may
/// share it.
#[derive(Clone, Debug)]
pub struct Sort {
    /// The glyph whose advance it has.
    glyph: u16,
    /// The outline as it stands in a font file; empty where it draws nothing.
    outline: Vec<u8>,
    /// Its box.
    bounds: Bbox,
    /// How many contours and points it has.
    extent: [u16; 2],
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

    /// A form of a glyph as faces take it.
    ///
    /// # Errors
    /// A form with more points than a font file can hold.
    pub fn sort(&self, form: &Form) -> Result<Sort, Diagnostic> {
        let em = self.units_per_em();
        let contours = form.contours.iter().map(|c| on_grid(c, em)).collect();
        let mut glyph = SimpleGlyph { contours, ..SimpleGlyph::default() };
        glyph.recompute_bounding_box();
        let points =
            u16::try_from(glyph.contours.iter().map(Contour::len).sum::<usize>());
        let contours = u16::try_from(glyph.contours.len());
        let (Ok(contours), Ok(points)) = (contours, points) else {
            return Err(self.too_large());
        };
        let outline = if contours == 0 {
            Vec::new()
        } else {
            write_fonts::dump_table(&glyph).map_err(|_| self.too_large())?
        };
        let extent = [contours, points];
        Ok(Sort { glyph: form.glyph, outline, bounds: glyph.bbox, extent })
    }

    /// A face with the measures and the name of this one that draws these forms: the first
    /// is glyph 1, for 0 is the missing glyph. It has no characters: it serves to show
    /// what was shaped with this face.
    ///
    /// # Errors
    /// More forms or larger ones than a font file can hold.
    pub fn cut(&self, sorts: &[Arc<Sort>]) -> Result<Self, Diagnostic> {
        let bytes = self.write_cut(sorts).and_then(|bytes| {
            let bytes = FontBytes::Shared(bytes.into());
            let shared: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(bytes.clone());
            Some((Font::new(shared, 0)?, bytes))
        });
        let (font, bytes) = bytes.ok_or_else(|| self.too_large())?;
        let usual = self.usual();
        let says =
            |sort: &Arc<Sort>| usual.get(usize::from(sort.glyph)).copied().flatten();
        let says = core::iter::once(None).chain(sorts.iter().map(says));
        Ok(self.with_file((font, bytes), says.collect()))
    }

    /// What is said when a font file cannot hold what is cut.
    fn too_large(&self) -> Diagnostic {
        let message = format!("font `{}` cannot be cut anew", self.name());
        Diagnostic::usage("font", message)
            .hint("shorten the document, or name another font")
    }

    /// The file of a cut face.
    fn write_cut(&self, sorts: &[Arc<Sort>]) -> Option<Vec<u8>> {
        let em = self.units_per_em();
        let units = |ems: f64| libm::round(ems * f64::from(em)) as i16;
        let advance = |glyph| units(self.advance(glyph)).max(0).cast_unsigned();
        let mut hmtx = [advance(0).to_be_bytes(), [0; 2]].concat();
        let mut widest = advance(0);
        let mut places = vec![0, 0];
        let mut glyf = Vec::new();
        let mut most = [0; 2];
        let mut all = Bbox::default();
        for sort in sorts {
            let wide = advance(sort.glyph);
            widest = widest.max(wide);
            hmtx.extend(wide.to_be_bytes());
            hmtx.extend(sort.bounds.x_min.to_be_bytes());
            most = [0, 1].map(|i| most[i].max(sort.extent[i]));
            if !sort.outline.is_empty() {
                all = all.union(sort.bounds);
                glyf.extend(&sort.outline);
                glyf.resize(glyf.len().next_multiple_of(4), 0);
            }
            places.push(glyf.len());
        }
        let count = u16::try_from(sorts.len() + 1).ok()?;
        // Places are halved where that leaves them in two bytes (OpenType 1.9, loca).
        let short = glyf.len() / 2 <= usize::from(u16::MAX);
        let loca: Vec<u8> = if short {
            places.iter().flat_map(|at| ((at / 2) as u16).to_be_bytes()).collect()
        } else {
            places.iter().flat_map(|at| (*at as u32).to_be_bytes()).collect()
        };
        let mut head = Head { units_per_em: em, lowest_rec_ppem: 6, ..Head::default() };
        head.index_to_loc_format = i16::from(!short);
        (head.x_min, head.y_min) = (all.x_min, all.y_min);
        (head.x_max, head.y_max) = (all.x_max, all.y_max);
        let hhea = Hhea {
            ascender: FWord::new(units(self.metrics().ascent)),
            descender: FWord::new(units(-self.metrics().descent)),
            advance_width_max: UfWord::new(widest),
            caret_slope_rise: 1,
            number_of_h_metrics: count,
            ..Hhea::default()
        };
        let mut file = FontBuilder::new();
        file.add_table(&head)
            .ok()?
            .add_table(&hhea)
            .ok()?
            .add_table(&limits(count, most))
            .ok()?;
        file.add_raw(Tag::new(b"hmtx"), hmtx).add_raw(Tag::new(b"glyf"), glyf);
        file.add_raw(Tag::new(b"loca"), loca);
        Some(file.build())
    }
}

/// How much of each kind a cut face has, with at most so many contours and points in one.
fn limits(count: u16, [contours, points]: [u16; 2]) -> Maxp {
    Maxp {
        max_points: Some(points),
        max_contours: Some(contours),
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

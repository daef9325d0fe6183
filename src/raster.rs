//! Drawing on a grid of pixels: the only place that names `tiny-skia`.
//!
//! Fills are exact: the share of each pixel that a path covers is computed from signed
//! areas, not from samples, so small type stays even. Colours meet in sRGB as stored,
//! which is how viewers show a PDF without a blending space of its own. tiny-skia makes
//! the outlines of strokes.

use crate::geom::{Length, Point, Resolution, Size, Transform};
use crate::picture::{Channels, Picture};

mod coverage;

pub(crate) use coverage::Coverage;

/// An outline: contours of lines and curves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// The steps, contour after contour.
    pub steps: Vec<Step>,
}

impl Path {
    /// Exchanges left and right on a page of this width.
    pub fn mirror(&mut self, width: Length) {
        self.place(|at| Point::new(width - at.x, at.y));
    }

    /// Exchanges top and bottom on a page of this height.
    pub fn upend(&mut self, height: Length) {
        self.place(|at| Point::new(at.x, height - at.y));
    }

    /// Moves every point.
    fn place(&mut self, place: impl Fn(Point) -> Point) {
        for step in &mut self.steps {
            match step {
                Step::Move(p) | Step::Line(p) => *p = place(*p),
                Step::Quad(p, q) => [*p, *q] = [*p, *q].map(&place),
                Step::Cubic(p, q, r) => [*p, *q, *r] = [*p, *q, *r].map(&place),
                Step::Close => {}
            }
        }
    }
}

/// A step of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Begins a contour.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A quadratic curve: control point and end.
    Quad(Point, Point),
    /// A cubic curve: two control points and the end.
    Cubic(Point, Point, Point),
    /// Back to the beginning of the contour.
    Close,
}

/// How a colour meets what is on the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Replaces.
    Normal,
    /// Multiplies, as ink on paper.
    Multiply,
}

/// A colour and how it is laid on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// Red, green and blue, 0 to 1.
    pub colour: [f32; 3],
    /// 0 (nothing) to 1.
    pub opacity: f32,
    /// How it meets what is there.
    pub mode: Mode,
}

/// A grid of pixels that is drawn upon, without transparency.
#[derive(Clone, Debug)]
pub struct Canvas {
    /// The pixels: RGB.
    picture: Picture,
    /// Pixels to the inch.
    resolution: Resolution,
}

impl Canvas {
    /// A white canvas. A side that rounds to no pixel has one.
    pub fn white(size: Size, resolution: Resolution) -> Self {
        let side = |length: Length| (length.to_px(resolution).round() as u32).max(1);
        let (width, height) = (side(size.width), side(size.height));
        let pixels = vec![255; width as usize * height as usize * 3];
        let picture = Picture { width, height, channels: Channels::Rgb, pixels };
        Self { picture, resolution }
    }

    /// A canvas that begins with a picture; its opacity is ignored.
    pub fn over(picture: Picture, resolution: Resolution) -> Self {
        let picture = match picture.channels {
            Channels::Rgb => picture,
            Channels::Gray | Channels::Rgba => {
                let rows = 0..picture.height;
                let places = rows.flat_map(|y| (0..picture.width).map(move |x| (x, y)));
                let rgb = |(x, y)| picture.pixel(x, y).into_iter().take(3);
                let pixels = places.flat_map(rgb).collect();
                Picture { pixels, channels: Channels::Rgb, ..picture }
            }
        };
        Self { picture, resolution }
    }

    /// What was drawn.
    pub fn into_picture(self) -> Picture {
        self.picture
    }

    /// From page coordinates to pixels.
    fn to_pixels(&self) -> Transform {
        let scale = self.resolution.0 / 72.0;
        Transform::scale(scale, scale)
    }

    /// What has been drawn so far.
    pub(crate) fn picture_mut(&mut self) -> &mut Picture {
        &mut self.picture
    }

    /// Which share of each pixel a path covers (non-zero winding) that is first mapped onto
    /// the page; none where it misses the canvas.
    pub(crate) fn coverage(&self, path: &Path, map: Transform) -> Option<Coverage> {
        let map = map.then(self.to_pixels());
        Coverage::of(&path.steps, map, self.picture.width, self.picture.height)
    }

    /// Which share of each pixel a line along a path covers, with round ends and joins,
    /// and how much of its colour it has: a line thinner than a hair is drawn as wide as
    /// one, and lighter.
    pub(crate) fn coverage_of_line(
        &self,
        path: &Path,
        width: Length,
    ) -> Option<(Coverage, f32)> {
        let width = width.to_pt() * self.resolution.0 / 72.0;
        let wide = width.max(0.35);
        let outline = outline_of_stroke(path, self.to_pixels(), wide)?;
        let (w, h) = (self.picture.width, self.picture.height);
        let coverage = Coverage::of(&outline, Transform::IDENTITY, w, h)?;
        Some((coverage, (width / wide) as f32))
    }

    /// Fills a path (non-zero winding) that is first mapped onto the page.
    pub fn fill(&mut self, path: &Path, map: Transform, paint: Paint) {
        if let Some(coverage) = self.coverage(path, map) {
            self.lay(&coverage, paint);
        }
    }

    /// Brings back what the canvas was before (`bare`, of the same size) outside a path.
    pub fn restore_outside(&mut self, path: &Path, bare: &Picture) {
        let (width, height) = (self.picture.width, self.picture.height);
        let coverage = Coverage::of(&path.steps, self.to_pixels(), width, height);
        let mut restored = bare.pixels.clone();
        for (y, row) in coverage.iter().flat_map(Coverage::rows) {
            let left = coverage.as_ref().map_or(0, Coverage::left);
            let start = (y * width as usize + left) * 3;
            let span = start..start + row.len() * 3;
            let drawn = self.picture.pixels[span.clone()].chunks_exact(3);
            let pixels = restored[span].chunks_exact_mut(3).zip(drawn);
            for ((to, from), share) in pixels.zip(row) {
                for (to, &from) in to.iter_mut().zip(from) {
                    let (under, over) = (f32::from(*to), f32::from(from));
                    *to = (under + (over - under) * share.clamp(0.0, 1.0) + 0.5) as u8;
                }
            }
        }
        self.picture.pixels = restored;
    }

    /// Draws a line along a path on the page, with round ends and joins.
    pub fn stroke(&mut self, path: &Path, width: Length, paint: Paint) {
        if let Some((coverage, share)) = self.coverage_of_line(path, width) {
            self.lay(&coverage, Paint { opacity: paint.opacity * share, ..paint });
        }
    }

    /// Lays a colour on where the coverage says.
    fn lay(&mut self, coverage: &Coverage, paint: Paint) {
        let width = self.picture.width as usize;
        for (y, row) in coverage.rows() {
            let start = (y * width + coverage.left()) * 3;
            let pixels =
                self.picture.pixels[start..start + row.len() * 3].chunks_exact_mut(3);
            for (pixel, &share) in pixels.zip(row) {
                if share > 0.0 {
                    blend(pixel, paint.colour, share * paint.opacity, paint.mode);
                }
            }
        }
    }

    /// Draws a picture into the unit square that is mapped onto the page by `map`:
    /// x 0 to 1 pt its width, y 0 to 1 pt its height.
    pub fn draw(&mut self, picture: &Picture, map: Transform, mode: Mode) {
        let map = map.then(self.to_pixels());
        let across = libm::hypot(map.xx, map.yx);
        let down = libm::hypot(map.xy, map.yy);
        let reduced = reduced_for(picture, across, down);
        let picture = reduced.as_ref().unwrap_or(picture);
        let Some(back) = inverse(map) else { return };
        let corners = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
            .map(|(x, y)| map.apply(Point::new(Length::pt(x), Length::pt(y))));
        let span = |values: [f64; 4], end: u32| {
            let low = values.into_iter().fold(f64::MAX, f64::min).floor().max(0.0);
            let high = values.into_iter().fold(f64::MIN, f64::max).ceil();
            low as u32..(high.max(0.0) as u32).min(end)
        };
        let columns = span(corners.map(|c| c.x.to_pt()), self.picture.width);
        let rows = span(corners.map(|c| c.y.to_pt()), self.picture.height);
        for y in rows {
            for x in columns.clone() {
                let at = |v: u32| Length::pt(f64::from(v) + 0.5);
                let place = back.apply(Point::new(at(x), at(y)));
                let inside = edge(place.x.to_pt(), across) * edge(place.y.to_pt(), down);
                if inside <= 0.0 {
                    continue;
                }
                let [colour @ .., opacity] = sample(picture, place);
                if opacity > 0.0 {
                    let start =
                        (y as usize * self.picture.width as usize + x as usize) * 3;
                    let pixel = &mut self.picture.pixels[start..start + 3];
                    blend(pixel, colour, opacity * inside, mode);
                }
            }
        }
    }
}

/// Mixes a colour into a pixel by its share.
fn blend(pixel: &mut [u8], colour: [f32; 3], share: f32, mode: Mode) {
    for (value, c) in pixel.iter_mut().zip(colour) {
        let under = f32::from(*value);
        let full = match mode {
            Mode::Normal => c * 255.0,
            Mode::Multiply => under * c,
        };
        *value = (under + (full - under) * share + 0.5) as u8;
    }
}

/// A smaller copy where a picture has more than two pixels for one of the canvas.
fn reduced_for(picture: &Picture, across: f64, down: f64) -> Option<Picture> {
    let ratio = |pixels: u32, length: f64| {
        if length > 0.0 { (f64::from(pixels) / length + 0.25) as u32 } else { 1 }
    };
    let (columns, rows) = (ratio(picture.width, across), ratio(picture.height, down));
    (columns > 1 || rows > 1).then(|| picture.reduced(columns, rows))
}

/// The share of a pixel at a place from 0 to 1 that lies within a side of this many
/// pixels.
fn edge(place: f64, length: f64) -> f32 {
    (place.min(1.0 - place) * length + 0.5).clamp(0.0, 1.0) as f32
}

/// The map that undoes another; none where it flattens.
fn inverse(map: Transform) -> Option<Transform> {
    let determinant = map.xx * map.yy - map.xy * map.yx;
    if determinant == 0.0 || !determinant.is_finite() {
        return None;
    }
    let (xx, yx) = (map.yy / determinant, -map.yx / determinant);
    let (xy, yy) = (-map.xy / determinant, map.xx / determinant);
    let dx = -(map.dx * xx + map.dy * xy);
    let dy = -(map.dx * yx + map.dy * yy);
    Some(Transform { xx, yx, xy, yy, dx, dy })
}

/// The colour (0 to 1) and opacity of a picture at a place of its unit square, between
/// the four nearest pixels.
fn sample(picture: &Picture, place: Point) -> [f32; 4] {
    let u = place.x.to_pt() * f64::from(picture.width) - 0.5;
    let v = place.y.to_pt() * f64::from(picture.height) - 0.5;
    let (fx, fy) = ((u - u.floor()) as f32, (v - v.floor()) as f32);
    let column = |at: f64| at.clamp(0.0, f64::from(picture.width - 1)) as u32;
    let row = |at: f64| at.clamp(0.0, f64::from(picture.height - 1)) as u32;
    let (left, right) = (column(u.floor()), column(u.floor() + 1.0));
    let (top, bottom) = (row(v.floor()), row(v.floor() + 1.0));
    let mut sum = [0.0_f32; 4];
    for (x, y, weight) in [
        (left, top, (1.0 - fx) * (1.0 - fy)),
        (right, top, fx * (1.0 - fy)),
        (left, bottom, (1.0 - fx) * fy),
        (right, bottom, fx * fy),
    ] {
        let [r, g, b, a] = picture.pixel(x, y).map(f32::from);
        let share = weight * a / 255.0;
        sum =
            [sum[0] + r * share, sum[1] + g * share, sum[2] + b * share, sum[3] + share];
    }
    let [r, g, b, a] = sum;
    if a <= 0.0 { [0.0; 4] } else { [r / a / 255.0, g / a / 255.0, b / a / 255.0, a] }
}

/// The outline of a line along a path, in pixels.
///
/// Curves are made into short lines first: tiny-skia's stroker solves cubics with the
/// platform's cosine, which is not the same on every machine.
fn outline_of_stroke(path: &Path, map: Transform, width: f64) -> Option<Vec<Step>> {
    let mut builder = tiny_skia::PathBuilder::new();
    for contour in coverage::flatten(&path.steps, map) {
        let mut points = contour.points.iter();
        let first = points.next()?;
        builder.move_to(first[0], first[1]);
        points.for_each(|p| builder.line_to(p[0], p[1]));
        if contour.closed {
            builder.close();
        }
    }
    let stroke = tiny_skia::Stroke {
        width: width as f32,
        line_cap: tiny_skia::LineCap::Round,
        line_join: tiny_skia::LineJoin::Round,
        ..tiny_skia::Stroke::default()
    };
    let outline = builder.finish()?.stroke(&stroke, 1.0)?;
    let at = |p: tiny_skia::Point| {
        Point::new(Length::pt(f64::from(p.x)), Length::pt(f64::from(p.y)))
    };
    let steps = outline.segments().map(|segment| match segment {
        tiny_skia::PathSegment::MoveTo(p) => Step::Move(at(p)),
        tiny_skia::PathSegment::LineTo(p) => Step::Line(at(p)),
        tiny_skia::PathSegment::QuadTo(c, p) => Step::Quad(at(c), at(p)),
        tiny_skia::PathSegment::CubicTo(c, d, p) => Step::Cubic(at(c), at(d), at(p)),
        tiny_skia::PathSegment::Close => Step::Close,
    });
    Some(steps.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Angle;

    /// A black paint.
    const BLACK: Paint = Paint { colour: [0.0; 3], opacity: 1.0, mode: Mode::Normal };

    /// A canvas of this many pixels, one to the point.
    fn canvas(width: f64, height: f64) -> Canvas {
        let size = Size::new(Length::pt(width), Length::pt(height));
        Canvas::white(size, Resolution(72.0))
    }

    /// A rectangle as a path, turning right.
    fn rectangle(x0: f64, y0: f64, x1: f64, y1: f64) -> Path {
        let p = |x, y| Point::new(Length::pt(x), Length::pt(y));
        let steps = vec![
            Step::Move(p(x0, y0)),
            Step::Line(p(x1, y0)),
            Step::Line(p(x1, y1)),
            Step::Line(p(x0, y1)),
            Step::Close,
        ];
        Path { steps }
    }

    /// The red channel, row by row.
    fn reds(canvas: &Canvas) -> Vec<u8> {
        canvas.picture.pixels.iter().step_by(3).copied().collect()
    }

    #[test]
    fn fills_cover_exactly_their_share() {
        let mut canvas = canvas(3.0, 2.0);
        canvas.fill(&rectangle(0.5, 0.0, 2.25, 1.5), Transform::IDENTITY, BLACK);
        assert_eq!(reds(&canvas), [128, 0, 191, 191, 128, 223]);
    }

    #[test]
    fn what_lies_outside_neither_shows_nor_panics() {
        let mut canvas = canvas(2.0, 2.0);
        canvas.fill(&rectangle(-9.0, -9.0, 1.0, 90.0), Transform::IDENTITY, BLACK);
        assert_eq!(reds(&canvas), [0, 255, 0, 255]);
        canvas.fill(&rectangle(5.0, 5.0, 9.0, 9.0), Transform::IDENTITY, BLACK);
        canvas.fill(&rectangle(f64::NAN, 0.0, 1e300, 1.0), Transform::IDENTITY, BLACK);
        canvas.stroke(&Path::default(), Length::pt(1.0), BLACK);
        assert_eq!(reds(&canvas), [0, 255, 0, 255]);
    }

    #[test]
    fn overlapping_contours_fill_by_non_zero_winding() {
        let mut canvas = canvas(3.0, 1.0);
        let mut path = rectangle(0.0, 0.0, 2.0, 1.0);
        path.steps.extend(rectangle(1.0, 0.0, 3.0, 1.0).steps);
        canvas.fill(&path, Transform::IDENTITY, BLACK);
        assert_eq!(reds(&canvas), [0, 0, 0]);
    }

    #[test]
    fn multiplying_keeps_what_is_darker_beneath() {
        let mut canvas = canvas(1.0, 1.0);
        let half = Paint { colour: [0.5; 3], opacity: 1.0, mode: Mode::Multiply };
        canvas.fill(&rectangle(0.0, 0.0, 1.0, 1.0), Transform::IDENTITY, half);
        canvas.fill(&rectangle(0.0, 0.0, 1.0, 1.0), Transform::IDENTITY, half);
        assert_eq!(reds(&canvas), [64]);
    }

    #[test]
    fn strokes_have_their_width_and_hairlines_fade() {
        let p = |x, y| Point::new(Length::pt(x), Length::pt(y));
        let line =
            Path { steps: vec![Step::Move(p(-2.0, 1.5)), Step::Line(p(9.0, 1.5))] };
        let mut wide = canvas(1.0, 3.0);
        wide.stroke(&line, Length::pt(1.0), BLACK);
        assert_eq!(reds(&wide), [255, 0, 255]);
        let mut hair = canvas(1.0, 3.0);
        hair.stroke(&line, Length::pt(0.1), BLACK);
        assert_eq!(reds(&hair), [255, 230, 255]);
    }

    #[test]
    fn pictures_are_placed_turned_and_reduced() {
        let pixels = vec![0, 0, 0, 255, 255, 255];
        let picture = Picture { width: 2, height: 1, channels: Channels::Rgb, pixels };
        let mut page = canvas(2.0, 2.0);
        page.draw(&picture, Transform::scale(2.0, 2.0), Mode::Normal);
        assert_eq!(reds(&page)[0], 0);
        assert!(reds(&page)[1] > 250);
        let turned = Transform::translate(Length::pt(-0.5), Length::pt(-0.5))
            .then(Transform::rotate(Angle::degrees(180.0)))
            .then(Transform::translate(Length::pt(0.5), Length::pt(0.5)))
            .then(Transform::scale(2.0, 2.0));
        let mut page = canvas(2.0, 2.0);
        page.draw(&picture, turned, Mode::Normal);
        assert!(reds(&page)[0] > 250 && reds(&page)[1] < 5);
        let mut page = canvas(1.0, 1.0);
        page.draw(&picture, Transform::IDENTITY, Mode::Normal);
        assert_eq!(reds(&page), [128]);
    }
}

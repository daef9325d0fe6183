//! Fields of heights, and letters as masks.

use std::sync::Arc;

use crate::font::Face;
use crate::geom::{Length, Point, Resolution, Size, Transform};
use crate::lang::Lang;
use crate::raster::{Canvas, Mode, Paint, Path, Step};

/// A field of numbers over a square or rectangle of pixels.
#[derive(Clone, Debug)]
pub(super) struct Field {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// The numbers, row after row.
    pub values: Vec<f32>,
}

impl Field {
    /// A field made point by point.
    pub(super) fn new(
        width: usize,
        height: usize,
        of: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let mut values = Vec::with_capacity(width * height);
        for y in 0..height {
            values.extend((0..width).map(|x| of(x, y)));
        }
        Self { width, height, values }
    }

    /// The number at a place; the nearest one outside of the field.
    pub(super) fn at(&self, x: isize, y: isize) -> f32 {
        let x = x.clamp(0, self.width as isize - 1) as usize;
        let y = y.clamp(0, self.height as isize - 1) as usize;
        self.values[y * self.width + x]
    }

    /// A dot of a pixel and a half about a place, given in pixels: as high as this where the
    /// field is lower.
    pub(super) fn dot(&mut self, [x, y]: [f64; 2], high: f64) {
        let (left, top) = (libm::floor(x) as isize, libm::floor(y) as isize);
        for (row, column) in
            (-1..=1).flat_map(|r| (-1..=1).map(move |c| (top + r, left + c)))
        {
            let inside = (0..self.height as isize).contains(&row)
                && (0..self.width as isize).contains(&column);
            if inside {
                let (dx, dy) = (column as f64 + 0.5 - x, row as f64 + 0.5 - y);
                let share = (1.25 - libm::hypot(dx, dy)).clamp(0.0, 1.0);
                let value = &mut self.values[row as usize * self.width + column as usize];
                *value = value.max((high * share) as f32);
            }
        }
    }

    /// A disc about a place, given in pixels: 1 within, and at its edge where the field is
    /// lower.
    pub(super) fn disc(&mut self, [x, y]: [f64; 2], radius: f64) {
        let reach = radius + 1.0;
        let span = |middle: f64, most: usize| {
            let from = (middle - reach).max(0.0) as usize;
            from..((middle + reach) as usize + 1).min(most)
        };
        for row in span(y, self.height) {
            for column in span(x, self.width) {
                let (dx, dy) = (column as f64 + 0.5 - x, row as f64 + 0.5 - y);
                let share = (radius + 0.5 - libm::hypot(dx, dy)).clamp(0.0, 1.0);
                let value = &mut self.values[row * self.width + column];
                *value = value.max(share as f32);
            }
        }
    }

    /// The field softened by means over `2 · radius + 1` pixels, three times along each
    /// axis: near a Gaussian (Wells, IEEE PAMI 8, 1986).
    pub(super) fn soft(mut self, radius: usize) -> Self {
        if radius == 0 {
            return self;
        }
        for _ in 0..3 {
            self = self.mean_of_rows(radius).mean_of_columns(radius);
        }
        self
    }

    /// Means along rows.
    fn mean_of_rows(&self, radius: usize) -> Self {
        let share = 1.0 / (2 * radius + 1) as f32;
        let mut values = Vec::with_capacity(self.values.len());
        for row in self.values.chunks_exact(self.width) {
            let value = |i: usize| row[i.clamp(radius, row.len() - 1 + radius) - radius];
            let mut sum: f32 = (0..=2 * radius).map(value).sum();
            for i in 0..row.len() {
                values.push(sum * share);
                sum += value(i + 2 * radius + 1) - value(i);
            }
        }
        Self { values, ..*self }
    }

    /// Means along columns, all of them at once.
    fn mean_of_columns(&self, radius: usize) -> Self {
        let share = 1.0 / (2 * radius + 1) as f32;
        let row = |i: usize| {
            let at = i.clamp(radius, self.height - 1 + radius) - radius;
            &self.values[at * self.width..][..self.width]
        };
        let mut sums = vec![0.0; self.width];
        for i in 0..=2 * radius {
            sums.iter_mut().zip(row(i)).for_each(|(sum, value)| *sum += value);
        }
        let mut values = Vec::with_capacity(self.values.len());
        for i in 0..self.height {
            values.extend(sums.iter().map(|sum| sum * share));
            let change = row(i + 2 * radius + 1).iter().zip(row(i));
            let steps = sums.iter_mut().zip(change);
            steps.for_each(|(sum, (new, old))| *sum += new - old);
        }
        Self { values, ..*self }
    }
}

/// The letters of a text in the middle of a square, 1 where they are, as large as fits
/// into `room` (a share of the side); one character a line where `upright`.
pub(super) fn letters(
    text: &str,
    side: usize,
    room: f64,
    face: &dyn Fn(char) -> Option<Arc<Face>>,
) -> Option<Field> {
    let glyphs: Vec<(Path, f64)> = text.chars().filter_map(|c| glyph(c, face)).collect();
    if glyphs.is_empty() {
        return None;
    }
    let paths = line_of(&glyphs);
    Some(fill(&paths, side, room))
}

/// A character's outline for type of 1 pt, y downward, and its advance.
pub(super) fn glyph(
    c: char,
    face: &dyn Fn(char) -> Option<Arc<Face>>,
) -> Option<(Path, f64)> {
    let face = face(c)?;
    let id = face.glyph(c)?;
    let path = face.outlines([id])?.pop()?;
    let advance = face.shape(c.encode_utf8(&mut [0; 4]), Lang::EN, &[].into());
    let advance = advance.iter().map(|g| g.advance).sum();
    Some((path, advance))
}

/// Glyphs side by side.
fn line_of(glyphs: &[(Path, f64)]) -> Vec<Path> {
    let mut x = 0.0;
    let mut paths = Vec::new();
    for (path, advance) in glyphs {
        paths.push(mapped(path, Transform::translate(Length::pt(x), Length::ZERO)));
        x += advance * 0.92;
    }
    paths
}

/// A path that was moved.
pub(super) fn mapped(path: &Path, map: Transform) -> Path {
    let steps = path.steps.iter().map(|step| match *step {
        Step::Move(p) => Step::Move(map.apply(p)),
        Step::Line(p) => Step::Line(map.apply(p)),
        Step::Quad(a, p) => Step::Quad(map.apply(a), map.apply(p)),
        Step::Cubic(a, b, p) => Step::Cubic(map.apply(a), map.apply(b), map.apply(p)),
        Step::Close => Step::Close,
    });
    Path { steps: steps.collect() }
}

/// Left, top, right and bottom of a path, in points.
pub(super) fn bounds(path: &Path) -> [f64; 4] {
    let mut out = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    let mut take = |p: Point| {
        out[0] = out[0].min(p.x.to_pt());
        out[1] = out[1].min(p.y.to_pt());
        out[2] = out[2].max(p.x.to_pt());
        out[3] = out[3].max(p.y.to_pt());
    };
    for step in &path.steps {
        match *step {
            Step::Move(p) | Step::Line(p) => take(p),
            Step::Quad(a, p) => [a, p].into_iter().for_each(&mut take),
            Step::Cubic(a, b, p) => [a, b, p].into_iter().for_each(&mut take),
            Step::Close => {}
        }
    }
    out
}

/// Paths filled in the middle of a square of pixels, scaled to a share of its side.
fn fill(paths: &[Path], side: usize, room: f64) -> Field {
    let all =
        Path { steps: paths.iter().flat_map(|p| p.steps.iter().copied()).collect() };
    let [left, top, right, bottom] = bounds(&all);
    let scale = side as f64 * room / (right - left).max(bottom - top).max(1e-6);
    filled(&all, [side, side], [scale, scale])
}

/// A path filled into a cell of pixels, stretched until this share of it is left free on
/// either side.
pub(super) fn fill_cell(path: &Path, cell: [usize; 2], free: f64) -> Field {
    let [left, top, right, bottom] = bounds(path);
    let own = [right - left, bottom - top];
    let scale = |i: usize| cell[i] as f64 * (1.0 - 2.0 * free) / own[i].max(1e-6);
    filled(path, cell, [scale(0), scale(1)])
}

/// A path filled in the middle of a rectangle of pixels, larger in each direction.
fn filled(path: &Path, [width, height]: [usize; 2], scale: [f64; 2]) -> Field {
    let [left, top, right, bottom] = bounds(path);
    let map = Transform::translate(
        Length::pt(-(left + right) * 0.5),
        Length::pt(-(top + bottom) * 0.5),
    )
    .then(Transform::scale(scale[0], scale[1]))
    .then(Transform::translate(
        Length::pt(width as f64 * 0.5),
        Length::pt(height as f64 * 0.5),
    ));
    let size = Size::new(Length::pt(width as f64), Length::pt(height as f64));
    // At 72 pixels to the inch a point is a pixel.
    let mut canvas = Canvas::white(size, Resolution(72.0));
    let black = Paint { colour: [0.0; 3], opacity: 1.0, mode: Mode::Normal };
    canvas.fill(path, map, black);
    let picture = canvas.into_picture();
    Field::new(width, height, |x, y| {
        1.0 - f32::from(picture.pixel(x as u32, y as u32)[0]) / 255.0
    })
}

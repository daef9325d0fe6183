//! Which share of each pixel a path covers, from signed areas (R. Levien, "Inside the
//! fastest font renderer in the world", 2016): each line adds to the pixels it crosses
//! the area to its right, and a running sum along each row makes the winding number.

use super::Step;
use crate::geom::{Point, Transform};

/// How far a line may run beside its curve, in pixels.
const TOLERANCE: f32 = 0.03;

/// The farthest that a path may reach beyond the canvas, in pixels; what is farther is
/// not drawn. It bounds the work for nonsense coordinates.
const FAR: f32 = 1e6;

/// A contour as straight lines, in pixels.
pub(super) struct Contour {
    /// Its corners.
    pub(super) points: Vec<[f32; 2]>,
    /// Whether it was closed by a step of its own.
    pub(super) closed: bool,
}

/// The shares of a rectangle of pixels, 0 to 1.
pub(crate) struct Coverage {
    /// The first column.
    left: usize,
    /// The first row.
    top: usize,
    /// Columns.
    width: usize,
    /// Row after row.
    shares: Vec<f32>,
}

impl Coverage {
    /// The coverage of a path on a canvas; none where they do not meet.
    pub(super) fn of(
        steps: &[Step],
        map: Transform,
        width: u32,
        height: u32,
    ) -> Option<Self> {
        let contours = flatten(steps, map);
        let points = || contours.iter().flat_map(|c| &c.points);
        let sound = |p: &[f32; 2]| p.iter().all(|v| v.abs() < FAR);
        if !points().all(sound) {
            return None;
        }
        let low = |axis: usize| points().map(|p| p[axis]).fold(f32::MAX, f32::min);
        let high = |axis: usize| points().map(|p| p[axis]).fold(f32::MIN, f32::max);
        let left = low(0).floor().max(0.0) as usize;
        let top = low(1).floor().max(0.0) as usize;
        let right = (high(0).ceil().max(0.0) as usize).min(width as usize);
        let bottom = (high(1).ceil().max(0.0) as usize).min(height as usize);
        if left >= right || top >= bottom {
            return None;
        }
        let (width, rows) = (right - left, bottom - top);
        let mut grid = Grid { width, rows, areas: vec![0.0; (width + 2) * rows] };
        let local = |p: [f32; 2]| [p[0] - left as f32, p[1] - top as f32];
        for contour in &contours {
            let next = contour.points.iter().cycle().skip(1);
            for (&from, &to) in contour.points.iter().zip(next) {
                grid.add_line(local(from), local(to));
            }
        }
        Some(Self { left, top, width, shares: grid.sum() })
    }

    /// The first column.
    pub(crate) fn left(&self) -> usize {
        self.left
    }

    /// The pixels it spans: left and right, top and bottom, the ends excluded.
    pub(crate) fn span(&self) -> [[usize; 2]; 2] {
        let rows = self.shares.len() / self.width;
        [[self.left, self.left + self.width], [self.top, self.top + rows]]
    }

    /// The rows: number on the canvas, and shares.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &[f32])> {
        let rows = self.shares.chunks_exact(self.width).enumerate();
        rows.map(|(y, row)| (self.top + y, row))
    }
}

/// Areas to the right of lines, before they are summed along the rows.
struct Grid {
    /// Columns that are drawn.
    width: usize,
    /// Rows.
    rows: usize,
    /// Two more columns than are drawn take what lies to the right.
    areas: Vec<f32>,
}

impl Grid {
    /// Adds the line between two points.
    fn add_line(&mut self, from: [f32; 2], to: [f32; 2]) {
        if from[1] == to[1] {
            return;
        }
        let (sign, [x0, y0], [x1, y1]) =
            if from[1] < to[1] { (1.0, from, to) } else { (-1.0, to, from) };
        let slope = (x1 - x0) / (y1 - y0);
        let first = y0.max(0.0) as usize;
        let last = (y1.ceil().max(0.0) as usize).min(self.rows);
        for row in first..last {
            let enter = y0.max(row as f32);
            let leave = y1.min((row + 1) as f32);
            if leave > enter {
                let ends = [x0 + (enter - y0) * slope, x0 + (leave - y0) * slope];
                self.add_to_row(row, ends, (leave - enter) * sign);
            }
        }
    }

    /// Adds a line that crosses `height` of one row between two places.
    fn add_to_row(&mut self, row: usize, ends: [f32; 2], height: f32) {
        let width = self.width as f32;
        let [a, b] = ends.map(|x| x.clamp(0.0, width));
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        let areas = &mut self.areas[row * (self.width + 2)..][..self.width + 2];
        let (first, last) = (a as usize, (b.ceil() as usize).max(a as usize + 1));
        if last == first + 1 {
            // Within one pixel: it covers what lies right of the line's middle.
            let middle = (a + b) * 0.5 - first as f32;
            areas[first] += height * (1.0 - middle);
            areas[first + 1] += height * middle;
            return;
        }
        // Over several pixels: the covered part grows as a triangle, then evenly.
        let share = height / (b - a);
        let mut before = 0.0;
        for (column, area) in areas.iter_mut().enumerate().take(last).skip(first) {
            let enter = a.max(column as f32);
            let leave = b.min((column + 1) as f32);
            let crossed = (leave - enter) * share;
            let right = (column + 1) as f32 - (enter + leave) * 0.5;
            *area += crossed * right + before;
            before = crossed - crossed * right;
        }
        areas[last] += before;
    }

    /// The winding numbers as shares of 0 to 1.
    fn sum(self) -> Vec<f32> {
        let mut shares = Vec::with_capacity(self.width * self.rows);
        for row in self.areas.chunks_exact(self.width + 2) {
            let mut winding = 0.0_f32;
            shares.extend(row[..self.width].iter().map(|area| {
                winding += area;
                let share = winding.abs().min(1.0);
                // Rounding leaves dust where nothing is.
                if share < 1e-4 { 0.0 } else { share }
            }));
        }
        shares
    }
}

/// The contours of a path as straight lines, in pixels.
pub(super) fn flatten(steps: &[Step], map: Transform) -> Vec<Contour> {
    let pixel = |p: Point| {
        let to = map.apply(p);
        [to.x.to_pt() as f32, to.y.to_pt() as f32]
    };
    let mut contours: Vec<Contour> = Vec::new();
    for step in steps {
        if let Step::Move(p) = *step {
            contours.push(Contour { points: vec![pixel(p)], closed: false });
            continue;
        }
        let Some(contour) = contours.last_mut() else { continue };
        let Some(&from) = contour.points.last() else { continue };
        match *step {
            Step::Move(_) => {}
            Step::Line(p) => contour.points.push(pixel(p)),
            Step::Quad(c, p) => {
                let (c, to) = (pixel(c), pixel(p));
                let third = |end: [f32; 2]| {
                    [0, 1].map(|i| end[i] + (c[i] - end[i]) * (2.0 / 3.0))
                };
                add_curve(&mut contour.points, [from, third(from), third(to), to]);
            }
            Step::Cubic(c, d, p) => {
                add_curve(&mut contour.points, [from, pixel(c), pixel(d), pixel(p)]);
            }
            Step::Close => contour.closed = true,
        }
    }
    contours
}

/// Adds a cubic curve as lines, without its first point. The number of lines follows
/// from the second differences (G. Farin, "Curves and Surfaces for CAGD", 5.6).
fn add_curve(points: &mut Vec<[f32; 2]>, [p, q, r, s]: [[f32; 2]; 4]) {
    let bend = |a: [f32; 2], b: [f32; 2], c: [f32; 2]| {
        let [x, y] = [0, 1].map(|i| a[i] - 2.0 * b[i] + c[i]);
        x * x + y * y
    };
    let most = bend(p, q, r).max(bend(q, r, s)).sqrt();
    let lines = (most * (0.75 / TOLERANCE)).sqrt().ceil().clamp(1.0, 200.0);
    let count = if lines.is_finite() { lines as u16 } else { 1 };
    for k in 1..count {
        let t = f32::from(k) / f32::from(count);
        let u = 1.0 - t;
        let weights = [u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t];
        points.push([0, 1].map(|i| {
            weights[0] * p[i] + weights[1] * q[i] + weights[2] * r[i] + weights[3] * s[i]
        }));
    }
    points.push(s);
}

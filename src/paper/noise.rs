//! Smooth random fields, for effects that need one at a few places.

use crate::seed::Seed;

/// A smooth random field over the plane with one free value to each unit square (value
/// noise; Perlin, "An image synthesizer", SIGGRAPH 1985, in its simplest form).
#[derive(Clone, Copy, Debug)]
pub(super) struct Field(pub(super) Seed);

impl Field {
    /// The field at a place, −1 to 1.
    pub(super) fn at(self, x: f32, y: f32) -> f32 {
        let (column, across) = split(x);
        let (row, down) = split(y);
        let top = mix(self.corner(column, row), self.corner(column + 1, row), across);
        let bottom =
            mix(self.corner(column, row + 1), self.corner(column + 1, row + 1), across);
        mix(top, bottom, down)
    }

    /// Adds the field, so many times, to the places `xs` of a row, where a square is `scale`
    /// wide and `at` says where in the field the origin lies.
    pub(super) fn add_row(
        self,
        [times, scale]: [f32; 2],
        at: [f32; 2],
        (xs, y): (&[f32], f32),
        out: &mut [f32],
    ) {
        let pace = 1.0 / scale;
        let (row, down) = split(y * pace + at[1]);
        // Between the rows of corners above and below.
        let side = |column: i32| {
            times * mix(self.corner(column, row), self.corner(column, row + 1), down)
        };
        let mut known = i32::MIN;
        let (mut left, mut right) = (0.0, 0.0);
        for (out, x) in out.iter_mut().zip(xs) {
            let (column, across) = split(x * pace + at[0]);
            if column != known {
                left = if column == known.wrapping_add(1) { right } else { side(column) };
                right = side(column + 1);
                known = column;
            }
            *out += mix(left, right, across);
        }
    }

    /// The free value at a corner of the squares.
    fn corner(self, column: i32, row: i32) -> f32 {
        let key =
            u64::from(column.cast_unsigned()) << 32 | u64::from(row.cast_unsigned());
        (self.0.hash(key) >> 40) as f32 / (1 << 23) as f32 - 1.0
    }
}

/// The whole part of a number, and its smoothed rest.
fn split(v: f32) -> (i32, f32) {
    let whole = (v + 32_768.0) as i32 - 32_768;
    let rest = v - whole as f32;
    (whole, rest * rest * (3.0 - 2.0 * rest))
}

/// Part of the way from one number to another.
fn mix(from: f32, to: f32, share: f32) -> f32 {
    from + (to - from) * share
}

/// A bell: 1 at 0, a half at about 0.64, near nothing beyond 3.
#[inline(always)]
pub(super) fn bell(v: f32) -> f32 {
    let w = 1.0 / (1.0 + v * v);
    w * w
}

/// A random curve over the length of a line, worked out beforehand.
#[derive(Clone, Debug)]
pub(super) struct Track(Vec<f32>);

/// Millimetres from one point of a track to the next.
const STEP: f32 = 0.25;

/// How far a track reaches beyond both ends of its line.
const BEYOND: f32 = 4.0;

impl Track {
    /// The track over a length in millimetres whose value at each place `value` gives.
    pub(super) fn over(length: f32, value: impl Fn(f32) -> f32) -> Self {
        let count = ((length + 2.0 * BEYOND) / STEP) as usize + 2;
        Self((0..count).map(|point| value(point as f32 * STEP - BEYOND)).collect())
    }

    /// The largest value.
    pub(super) fn most(&self) -> f32 {
        self.0.iter().copied().fold(f32::MIN, f32::max)
    }

    /// The largest value from one place along the line to another.
    pub(super) fn most_between(&self, from: f32, to: f32) -> f32 {
        let last = self.0.len() - 1;
        let point = |along: f32| (((along + BEYOND) / STEP).max(0.0) as usize).min(last);
        let points = &self.0[point(from)..=(point(to) + 1).min(last)];
        points.iter().copied().fold(f32::MIN, f32::max)
    }

    /// The value at a place along the line.
    pub(super) fn at(&self, along: f32) -> f32 {
        let place = ((along + BEYOND) / STEP).max(0.0);
        let point = (place as usize).min(self.0.len() - 2);
        mix(self.0[point], self.0[point + 1], place - point as f32)
    }
}

/// A smooth function over a part of the sheet, worked out beforehand at places a few
/// cells apart.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    /// Where it begins, in millimetres.
    low: [f32; 2],
    /// Places to the millimetre.
    pace: f32,
    /// Places in a row.
    columns: usize,
    /// Rows.
    rows: usize,
    /// The values, row after row.
    values: Vec<f32>,
}

impl Chart {
    /// The chart of a box, with a value every `step` millimetres.
    pub(super) fn over(
        low: [f32; 2],
        high: [f32; 2],
        step: f32,
        value: impl Fn(f32, f32) -> f32,
    ) -> Self {
        let count = |axis: usize| ((high[axis] - low[axis]).max(0.0) / step) as usize + 2;
        let (columns, rows) = (count(0), count(1));
        let place = |i: usize| {
            let [column, row] = [i % columns, i / columns].map(|n| n as f32 * step);
            value(low[0] + column, low[1] + row)
        };
        let values = (0..columns * rows).map(place).collect();
        Self { low, pace: 1.0 / step, columns, rows, values }
    }

    /// The chart of a box, the rows of which `fill` works out: it gets the places from left
    /// to right, and the height.
    pub(super) fn by_rows(
        low: [f32; 2],
        high: [f32; 2],
        step: f32,
        mut fill: impl FnMut((&[f32], f32), &mut [f32]),
    ) -> Self {
        let count = |axis: usize| ((high[axis] - low[axis]).max(0.0) / step) as usize + 2;
        let (columns, rows) = (count(0), count(1));
        let xs: Vec<f32> = (0..columns).map(|n| low[0] + n as f32 * step).collect();
        let mut values = vec![0.0; columns * rows];
        for (row, out) in values.chunks_exact_mut(columns).enumerate() {
            fill((&xs, low[1] + row as f32 * step), out);
        }
        Self { low, pace: 1.0 / step, columns, rows, values }
    }

    /// A chart of the same places as this one and another, of what their values come to.
    pub(super) fn with(&self, other: &Self, value: impl Fn(f32, f32) -> f32) -> Self {
        let pairs = self.values.iter().zip(&other.values);
        let values = pairs.map(|(one, two)| value(*one, *two)).collect();
        Self { values, ..*self }
    }

    /// The values at the places of a row.
    pub(super) fn row(&self, (xs, y): (&[f32], f32), out: &mut Vec<f32>) {
        let axis = |mm: f32, low: f32, count: usize| {
            let at = ((mm - low) * self.pace).clamp(0.0, (count - 1) as f32 - 1e-3);
            (at as usize, at - at as usize as f32)
        };
        let (row, down) = axis(y, self.low[1], self.rows);
        let (upper, lower) = self.values[row * self.columns..].split_at(self.columns);
        let mut known = usize::MAX;
        let (mut left, mut right) = (0.0, 0.0);
        out.clear();
        out.extend(xs.iter().map(|x| {
            let (column, across) = axis(*x, self.low[0], self.columns);
            if column != known {
                left = mix(upper[column], lower[column], down);
                right = mix(upper[column + 1], lower[column + 1], down);
                known = column;
            }
            mix(left, right, across)
        }));
    }

    /// The value at a place; outside the box, that at its rim.
    pub(super) fn at(&self, x: f32, y: f32) -> f32 {
        let axis = |mm: f32, low: f32, count: usize| {
            let at = ((mm - low) * self.pace).clamp(0.0, (count - 1) as f32 - 1e-3);
            (at as usize, at - at as usize as f32)
        };
        let (column, across) = axis(x, self.low[0], self.columns);
        let (row, down) = axis(y, self.low[1], self.rows);
        let corner = row * self.columns + column;
        let line = |at: usize| mix(self.values[at], self.values[at + 1], across);
        mix(line(corner), line(corner + self.columns), down)
    }
}

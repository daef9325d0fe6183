//! From cells to pixels: another resolution, and sRGB.

use super::grid::Grid;
use crate::picture::{Channels, Picture};

/// The picture of a finished sheet, this many pixels wide and high.
pub(super) fn picture(grid: &Grid, [width, height]: [u32; 2]) -> Picture {
    let ([left, top], [across, down]) = (grid.margin(), grid.size());
    let columns = taps(left, across, width, grid.columns);
    let rows = taps(top, down, height, grid.rows);
    let curve = Curve::new();
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    let mut lines = [const { Vec::new() }; 3];
    let mut sum = Vec::new();
    for row in &rows {
        for (line, plane) in lines.iter_mut().zip(&grid.planes) {
            line.clear();
            resample(plane, grid.columns, row, &columns, &mut sum, line);
        }
        curve.encode_row(&lines, &mut pixels);
    }
    Picture { width, height, channels: Channels::Rgb, pixels }
}

/// Which cells a pixel is made of along one axis.
#[derive(Debug, PartialEq)]
struct Taps {
    /// The first.
    start: usize,
    /// The weight of each; together 1.
    weights: Vec<f32>,
}

/// The cells of each of `count` pixels that share `side` cells, the first of which lies
/// `margin` cells from the start of an axis of `cells`. The filter is a triangle as wide
/// as two pixels or two cells, whichever is wider; where pixels are cells it leaves one.
fn taps(margin: f32, side: f32, count: u32, cells: usize) -> Vec<Taps> {
    let pitch = side / count as f32;
    let reach = pitch.max(1.0);
    let tap = |pixel: u32| {
        // In cells, from the middle of the first cell.
        let middle = margin + (pixel as f32 + 0.5) * pitch - 0.5;
        let first = (middle - reach).max(0.0) as usize;
        let last = ((middle + reach) as usize + 1).min(cells - 1);
        let weight = |cell: usize| (1.0 - (cell as f32 - middle).abs() / reach).max(0.0);
        // Rounding leaves specks of weight where there should be none.
        let counts = |&cell: &usize| weight(cell) > 1e-3;
        let start = (first..=last).find(counts).unwrap_or(first);
        let end = (first..=last).rev().find(counts).unwrap_or(first);
        let sum: f32 = (start..=end).map(weight).sum();
        Taps { start, weights: (start..=end).map(|cell| weight(cell) / sum).collect() }
    };
    (0..count).map(tap).collect()
}

/// Appends one row of pixels of one plane. `sum` is scratch.
fn resample(
    plane: &[f32],
    stride: usize,
    row: &Taps,
    columns: &[Taps],
    sum: &mut Vec<f32>,
    out: &mut Vec<f32>,
) {
    let line = |number: usize| &plane[number * stride..(number + 1) * stride];
    let cells = if let [_] = row.weights[..] {
        line(row.start)
    } else {
        sum.clear();
        sum.resize(stride, 0.0);
        for (number, weight) in row.weights.iter().enumerate() {
            for (to, value) in sum.iter_mut().zip(line(row.start + number)) {
                *to += weight * value;
            }
        }
        sum
    };
    if columns.iter().all(|tap| tap.weights.len() == 1) {
        let start = columns[0].start;
        out.extend_from_slice(&cells[start..start + columns.len()]);
        return;
    }
    out.extend(columns.iter().map(|tap| {
        let near = &cells[tap.start..tap.start + tap.weights.len()];
        near.iter().zip(&tap.weights).map(|(value, weight)| value * weight).sum::<f32>()
    }));
}

/// The transfer curve of sRGB (IEC 61966-2-1) as a table over linear light.
struct Curve(Vec<u8>);

/// The last entry of the table.
const LAST: f32 = 4095.0;

/// Added to a number from 0 to 2^22, it leaves the number rounded in the low bits.
const ROUND: f32 = 8_388_608.0;

impl Curve {
    /// Works out the table.
    fn new() -> Self {
        let encode = |i: u16| {
            let light = f32::from(i) / LAST;
            let value = if light <= 0.003_130_8 {
                light * 12.92
            } else {
                1.055 * libm::powf(light, 1.0 / 2.4) - 0.055
            };
            (value * 255.0 + 0.5) as u8
        };
        Self((0..=LAST as u16).map(encode).collect())
    }

    /// Appends a row of CIELAB (D65) as sRGB.
    fn encode_row(&self, [ls, as_, bs]: &[Vec<f32>; 3], out: &mut Vec<u8>) {
        let begin = out.len();
        out.resize(begin + 3 * ls.len(), 0);
        let cells = ls.iter().zip(as_).zip(bs);
        for (pixel, ((l, a), b)) in out[begin..].chunks_exact_mut(3).zip(cells) {
            let [red, green, blue] = light(*l, *a, *b);
            pixel[0] = self.0[red];
            pixel[1] = self.0[green];
            pixel[2] = self.0[blue];
        }
    }
}

/// Linear red, green and blue of a colour, as places in the table (CIE 15:2004, 8.2.1;
/// the straight foot of CIELAB below L* 8 is of no use to paper and is left out).
fn light(l: f32, a: f32, b: f32) -> [usize; 3] {
    let y = (l + 16.0) * (1.0 / 116.0);
    let (x, z) = (y + a * (1.0 / 500.0), y - b * (1.0 / 200.0));
    let (x, y, z) = (0.950_47 * x * x * x, y * y * y, 1.088_83 * z * z * z);
    [
        3.240_454_2 * x - 1.537_138_5 * y - 0.498_531_4 * z,
        -0.969_266 * x + 1.876_010_8 * y + 0.041_556 * z,
        0.055_643_4 * x - 0.204_025_9 * y + 1.057_225_2 * z,
    ]
    .map(|v| ((v * LAST).clamp(0.0, LAST) + ROUND).to_bits() as usize & 4095)
}

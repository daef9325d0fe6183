//! From cells to pixels: another resolution, and sRGB.

use super::grid::{Grid, Row};
use crate::picture::{Channels, Picture};

/// The picture of a finished sheet, this many pixels wide and high. `finish` gets each row
/// of it in CIELAB, with its number.
pub(super) fn picture(
    grid: &Grid,
    [width, height]: [u32; 2],
    mut finish: impl FnMut(usize, Row<'_>),
) -> Picture {
    let ([left, top], [across, down]) = (grid.margin(), grid.size());
    let columns = Axis::new(left, across, width, grid.columns);
    let rows = Axis::new(top, down, height, grid.rows);
    let curve = Curve::new();
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    let mut strips = [const { Strip::new() }; 3];
    let mut light = Light::default();
    for (number, row) in rows.taps.iter().enumerate() {
        for (strip, plane) in strips.iter_mut().zip(&grid.planes) {
            strip.resample(plane, grid.columns, row, &columns);
        }
        let mut cells = strips.each_mut().map(|strip| &mut strip.pixels[..]);
        finish(number, cells.each_mut().map(|row| &mut **row));
        let [l, a, b] = cells;
        light.of(l, a, b);
        curve.encode(&light, &mut pixels);
    }
    Picture { width, height, channels: Channels::Rgb, pixels }
}

/// Which cells a pixel is made of along one axis.
struct Taps {
    /// The first.
    start: usize,
    /// The weight of each; together 1.
    weights: Vec<f32>,
}

/// The pixels along one axis.
struct Axis {
    /// The cells of each pixel.
    taps: Vec<Taps>,
    /// Where pixels are cells, the cell of the first.
    cells_from: Option<usize>,
    /// The same as `taps`, where no pixel has more than [`FEW`].
    few: Option<Vec<Few>>,
}

/// How many cells make up a pixel that is hardly wider than one.
const FEW: usize = 4;

/// The first cell of a pixel, and the weights of [`FEW`]: the loop over them is unrolled.
struct Few {
    /// The first.
    start: usize,
    /// The weights, with zeros for cells that do not count.
    weights: [f32; FEW],
}

impl Few {
    /// The cells of a pixel on an axis of so many; none if they are more.
    fn of(tap: &Taps, cells: usize) -> Option<Self> {
        let start = tap.start.min(cells.checked_sub(FEW)?);
        let mut weights = [0.0; FEW];
        for (number, weight) in tap.weights.iter().enumerate() {
            *weights.get_mut(tap.start - start + number)? = *weight;
        }
        Some(Self { start, weights })
    }
}

impl Axis {
    /// An axis of `count` pixels that share `side` cells, the first of which lies `margin`
    /// cells from the start of an axis of `cells`. The filter is a triangle as wide as two
    /// pixels or two cells, whichever is wider; where pixels are cells it leaves one.
    fn new(margin: f32, side: f32, count: u32, cells: usize) -> Self {
        let pitch = side / count as f32;
        let reach = pitch.max(1.0);
        let tap = |pixel: u32| {
            // In cells, from the middle of the first cell.
            let middle = margin + (pixel as f32 + 0.5) * pitch - 0.5;
            let first = (middle - reach).max(0.0) as usize;
            let last = ((middle + reach) as usize + 1).min(cells - 1);
            let weight =
                |cell: usize| (1.0 - (cell as f32 - middle).abs() / reach).max(0.0);
            // Rounding leaves traces of weight where there should be none.
            let counts = |&cell: &usize| weight(cell) > 1e-3;
            let start = (first..=last).find(counts).unwrap_or(first);
            let end = (first..=last).rev().find(counts).unwrap_or(first);
            let sum: f32 = (start..=end).map(weight).sum();
            Taps {
                start,
                weights: (start..=end).map(|cell| weight(cell) / sum).collect(),
            }
        };
        let taps: Vec<Taps> = (0..count).map(tap).collect();
        let single = taps.iter().all(|tap| tap.weights.len() == 1);
        let row = taps.windows(2).all(|pair| pair[1].start == pair[0].start + 1);
        let cells_from = (single && row).then(|| taps[0].start);
        let few = taps.iter().map(|tap| Few::of(tap, cells)).collect();
        Self { taps, cells_from, few }
    }

    /// Makes pixels of a row of cells.
    fn resample(&self, line: &[f32], out: &mut Vec<f32>) {
        out.clear();
        if let Some(few) = &self.few {
            out.extend(few.iter().map(|few| {
                let near: &[f32] = &line[few.start..few.start + FEW];
                (0..FEW).map(|i| near[i] * few.weights[i]).sum::<f32>()
            }));
            return;
        }
        out.extend(self.taps.iter().map(|tap| {
            let near = &line[tap.start..tap.start + tap.weights.len()];
            near.iter().zip(&tap.weights).map(|(v, weight)| v * weight).sum::<f32>()
        }));
    }
}

/// One row of pixels of one plane, and rows of cells on their way to it.
struct Strip {
    /// The last rows of cells, each with as many columns as there are pixels, and their
    /// numbers; the next one takes the place of the number it leaves the same rest to.
    rows: [(usize, Vec<f32>); FEW],
    /// The pixels.
    pixels: Vec<f32>,
}

impl Strip {
    /// With nothing in it.
    const fn new() -> Self {
        Self { rows: [const { (usize::MAX, Vec::new()) }; FEW], pixels: Vec::new() }
    }

    /// Makes one row of pixels of a plane with `stride` cells in a row.
    fn resample(&mut self, plane: &[f32], stride: usize, row: &Taps, columns: &Axis) {
        self.pixels.clear();
        self.pixels.resize(columns.taps.len(), 0.0);
        for (number, &weight) in (row.start..).zip(&row.weights) {
            let line = &plane[number * stride..(number + 1) * stride];
            if let Some(start) = columns.cells_from {
                let cells = &line[start..start + self.pixels.len()];
                add(&mut self.pixels, cells, weight);
                continue;
            }
            let (known, cells) = &mut self.rows[number % FEW];
            if *known != number {
                columns.resample(line, cells);
                *known = number;
            }
            add(&mut self.pixels, cells, weight);
        }
    }
}

/// Adds a weighted row to another.
fn add(to: &mut [f32], row: &[f32], weight: f32) {
    for (to, value) in to.iter_mut().zip(row) {
        *to += weight * value;
    }
}

/// One row of linear red, green and blue, as places in the table of [`Curve`].
#[derive(Default)]
struct Light([Vec<u32>; 3]);

impl Light {
    /// The row of these colours. Apart from the table so that it runs as vectors.
    fn of(&mut self, ls: &[f32], as_: &[f32], bs: &[f32]) {
        let [reds, greens, blues] = &mut self.0;
        for channel in [&mut *reds, greens, blues] {
            channel.resize(ls.len(), 0);
        }
        let cells = ls.iter().zip(as_).zip(bs);
        let places = reds.iter_mut().zip(greens).zip(blues);
        for (((red, green), blue), ((l, a), b)) in places.zip(cells) {
            [*red, *green, *blue] = light(*l, *a, *b);
        }
    }
}

/// The transfer curve of sRGB (IEC 61966-2-1) as a table over linear light.
struct Curve(Box<[u8; COUNT]>);

/// Entries of the table.
const COUNT: usize = 1 << 12;

/// The last of them.
const LAST: f32 = (COUNT - 1) as f32;

/// Added to a number from 0 to 2^22, it leaves the number rounded in the low bits.
const ROUND: f32 = 8_388_608.0;

impl Curve {
    /// Works out the table.
    fn new() -> Self {
        let encode = |i: usize| {
            let light = i as f32 / LAST;
            let value = if light <= 0.003_130_8 {
                light * 12.92
            } else {
                1.055 * libm::powf(light, 1.0 / 2.4) - 0.055
            };
            (value * 255.0 + 0.5) as u8
        };
        Self(Box::new(core::array::from_fn(encode)))
    }

    /// Appends a row of light as sRGB.
    fn encode(&self, Light([reds, greens, blues]): &Light, out: &mut Vec<u8>) {
        let places = reds.iter().zip(greens).zip(blues);
        out.extend(places.flat_map(|((red, green), blue)| {
            [red, green, blue].map(|place| self.0[*place as usize % COUNT])
        }));
    }
}

/// Linear red, green and blue of a colour, as places in the table (CIE 15:2004, 8.2.1;
/// the straight foot of CIELAB below L* 8 is of no use to paper and is left out).
fn light(l: f32, a: f32, b: f32) -> [u32; 3] {
    let y = (l + 16.0) * (1.0 / 116.0);
    let (x, z) = (y + a * (1.0 / 500.0), y - b * (1.0 / 200.0));
    let (x, y, z) = (0.950_47 * x * x * x, y * y * y, 1.088_83 * z * z * z);
    [
        3.240_454_2 * x - 1.537_138_5 * y - 0.498_531_4 * z,
        -0.969_266 * x + 1.876_010_8 * y + 0.041_556 * z,
        0.055_643_4 * x - 0.204_025_9 * y + 1.057_225_2 * z,
    ]
    .map(|v| ((v * LAST).clamp(0.0, LAST) + ROUND).to_bits() & (COUNT as u32 - 1))
}

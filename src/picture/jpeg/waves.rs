//! From brightness and colour to coefficients: planes cut into blocks of eight by eight, each
//! block as a sum of waves (ITU-T T.81, annex A; JFIF 1.02).

use crate::lanes::widest;
use crate::picture::Ycc;

/// How many blocks are reckoned with side by side.
pub(super) const BLOCKS: usize = 8;

/// The columns of so many blocks.
const WIDE: usize = 8 * BLOCKS;

/// The eight rows of blocks that stand side by side: first pixels, then coefficients, which
/// are transposed within each block.
pub(super) type Rows<T = f32> = [[T; WIDE]; 8];

/// A row of blocks of one channel.
pub(super) struct Line {
    /// Brightness, or the first or second colour.
    pub(super) channel: usize,
    /// The coefficients as [`waves`] leaves them. The last blocks may lie beyond the picture.
    pub(super) rows: Vec<Rows>,
}

/// A picture in bands of units of blocks.
pub(super) struct Bands<'a> {
    /// The picture.
    picture: &'a Ycc,
    /// Pixels on the side of a unit: 16 in colour, 8 in gray.
    unit: usize,
    /// The pixels of a row of blocks.
    pixels: Vec<u8>,
}

impl<'a> Bands<'a> {
    /// The bands of a picture.
    pub(super) fn new(picture: &'a Ycc) -> Self {
        let unit = if picture.colour.is_some() { 16 } else { 8 };
        Self { picture, unit, pixels: Vec::new() }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        (self.picture.height as usize).div_ceil(self.unit)
    }

    /// How many units there are in a band.
    pub(super) fn units(&self) -> usize {
        (self.picture.width as usize).div_ceil(self.unit)
    }

    /// The rows of blocks of a band: of brightness two in colour, one in gray; of colours
    /// one each.
    pub(super) fn lines(&mut self, band: usize) -> Vec<Line> {
        let &Ycc { width, height, ref light, ref colour } = self.picture;
        let whole = [width, height].map(|side| side as usize);
        let high = self.unit / 8;
        let lights = (0..high).map(|row| (0, light, whole, band * high + row));
        let half = self.picture.half();
        let colours = colour.iter().flatten().zip(1..);
        let colours = colours.map(|(plane, channel)| (channel, plane, half, band));
        let blocks = self.units();
        let line = |(channel, plane, size, row): (usize, &Vec<u8>, _, usize)| {
            let blocks = if channel == 0 { blocks * high } else { blocks };
            let chunks = blocks.div_ceil(BLOCKS);
            read(plane, size, row * 8, chunks * WIDE, &mut self.pixels);
            let rows = (0..chunks).map(|chunk| {
                widest(
                    #[inline(always)]
                    || transformed(&self.pixels, chunk, chunks),
                )
            });
            Line { channel, rows: rows.collect() }
        };
        lights.chain(colours).map(line).collect()
    }
}

/// Reads eight rows of a plane, as wide as the stride says; beyond the plane its last row and
/// column go on.
fn read(
    plane: &[u8],
    [width, height]: [usize; 2],
    start: usize,
    stride: usize,
    out: &mut Vec<u8>,
) {
    out.clear();
    for row in start..start + 8 {
        let line = &plane[row.min(height - 1) * width..][..width];
        out.extend_from_slice(line);
        out.resize(out.len() + stride - width, line[width - 1]);
    }
}

/// The coefficients of one of so many chunks of blocks.
#[inline(always)]
fn transformed(pixels: &[u8], chunk: usize, chunks: usize) -> Rows {
    let mut rows = [[0.0; WIDE]; 8];
    for (row, values) in rows.iter_mut().enumerate() {
        let start = (row * chunks + chunk) * WIDE;
        for (value, pixel) in values.iter_mut().zip(&pixels[start..start + WIDE]) {
            *value = f32::from(*pixel) - 128.0;
        }
    }
    waves(&transposed(&waves(&rows)))
}

/// Rows and columns of each block exchanged.
#[inline(always)]
fn transposed(rows: &Rows) -> Rows {
    let mut out = [[0.0; WIDE]; 8];
    for block in 0..BLOCKS {
        for (row, values) in rows.iter().enumerate() {
            for column in 0..8 {
                out[column][8 * block + row] = values[8 * block + column];
            }
        }
    }
    out
}

/// What the coefficients of [`waves`] must be multiplied with, but for a factor of √8.
pub(super) const SCALE: [f64; 8] = [
    1.0,
    1.0 / 1.387_039_845_322_148,
    1.0 / 1.306_562_964_876_377,
    1.0 / 1.175_875_602_419_359,
    1.0,
    1.0 / 0.785_694_958_387_102,
    1.0 / 0.541_196_100_146_197,
    1.0 / 0.275_899_379_282_943,
];

/// The waves of the columns of blocks, scaled (Arai, Agui and Nakajima, "A fast DCT-SQ
/// scheme for images", Trans. IEICE E71, 1988).
#[inline(always)]
fn waves(v: &Rows) -> Rows {
    let mut out = [[0.0; WIDE]; 8];
    for i in 0..WIDE {
        let [s07, d07] = both(v[0][i], v[7][i]);
        let [s16, d16] = both(v[1][i], v[6][i]);
        let [s25, d25] = both(v[2][i], v[5][i]);
        let [s34, d34] = both(v[3][i], v[4][i]);
        let [even, odd] = [both(s07, s34), both(s16, s25)];
        let [first, fourth] = both(even[0], odd[0]);
        let [second, sixth] = both(even[1], (even[1] + odd[1]) * 0.707_106_77);
        let (a, b, c) = (d34 + d25, d25 + d16, d16 + d07);
        let z5 = (a - c) * 0.382_683_43;
        let z2 = a * 0.541_196_1 + z5;
        let z4 = c * 1.306_563 + z5;
        let [z11, z13] = both(d07, b * 0.707_106_77);
        let [fifth, third] = both(z13, z2);
        let [one, seventh] = both(z11, z4);
        out[0][i] = first;
        out[1][i] = one;
        out[2][i] = second;
        out[3][i] = third;
        out[4][i] = fourth;
        out[5][i] = fifth;
        out[6][i] = sixth;
        out[7][i] = seventh;
    }
    out
}

/// Sum and difference.
#[inline(always)]
fn both(a: f32, b: f32) -> [f32; 2] {
    [a + b, a - b]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_are_those_of_the_definition() {
        let pixel = |x: usize, y: usize| ((x * 37 + y * y * 11) % 97) as u8;
        let pixels: Vec<u8> =
            (0..8).flat_map(|y| (0..WIDE).map(move |x| pixel(x, y))).collect();
        let fast = transformed(&pixels, 0, 1);
        for block in [0, 3, BLOCKS - 1] {
            for (v, u) in (0..64).map(|i| (i / 8, i % 8)) {
                let part = |n: usize| if n == 0 { libm::sqrt(0.5) } else { 1.0 };
                let wave = |at: usize, n: usize| {
                    let turn = (2 * at + 1) as f64 * n as f64 / 16.0;
                    libm::cos(turn * core::f64::consts::PI)
                };
                let mut sum = 0.0;
                for (y, x) in (0..64).map(|i| (i / 8, i % 8)) {
                    let value = f64::from(pixel(8 * block + x, y)) - 128.0;
                    sum += value * wave(x, u) * wave(y, v);
                }
                let wanted = sum * part(u) * part(v) / 4.0;
                let found = f64::from(fast[u][8 * block + v]) * SCALE[u] * SCALE[v] / 8.0;
                assert!((wanted - found).abs() < 1e-3, "{u} {v}: {wanted} {found}");
            }
        }
    }
}

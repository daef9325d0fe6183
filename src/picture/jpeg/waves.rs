//! From pixels to coefficients: brightness and colour apart, cut into blocks of eight by
//! eight, each block as a sum of waves (ITU-T T.81, annex A; JFIF 1.02).

use crate::picture::{Channels, Picture};

/// Eight numbers that are reckoned with side by side.
type Row = [f32; 8];

/// A block: rows of pixels, then of coefficients, which are transposed and not yet scaled.
pub(super) type Block = [Row; 8];

/// How many pixels a unit of blocks has on each side.
pub(super) const UNIT: usize = 16;

/// The blocks of a band of units, each with its channel, as the file has them: four of
/// brightness and one each of two colours; in a gray picture one after the other.
pub(super) struct Bands<'a> {
    /// The picture.
    picture: &'a Picture,
    /// Pixels on the side of a unit: 16 in colour, 8 in gray.
    unit: usize,
    /// Brightness and the two colours of a band.
    planes: [Vec<f32>; 3],
}

impl<'a> Bands<'a> {
    /// The bands of a picture.
    pub(super) fn new(picture: &'a Picture) -> Self {
        let unit = if picture.channels == Channels::Gray { 8 } else { UNIT };
        Self { picture, unit, planes: Default::default() }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        (self.picture.height as usize).div_ceil(self.unit)
    }

    /// Whether the picture has colour.
    pub(super) fn has_colour(&self) -> bool {
        self.unit == UNIT
    }

    /// Gives the blocks of a band, as waves.
    pub(super) fn blocks(&mut self, band: usize, mut take: impl FnMut(usize, &Block)) {
        let width = self.picture.width as usize;
        let units = width.div_ceil(self.unit);
        let stride = units * self.unit;
        self.planes[0].resize(stride * self.unit, 0.0);
        for row in 0..self.unit {
            // Below the picture its last row goes on.
            let line = (band * self.unit + row).min(self.picture.height as usize - 1);
            self.read(line, row, stride);
        }
        let [light, ..] = &self.planes;
        for unit in 0..units {
            if !self.has_colour() {
                take(0, &transformed(block(light, stride, [unit * 8, 0])));
                continue;
            }
            for [x, y] in [[0, 0], [8, 0], [0, 8], [8, 8]] {
                take(0, &transformed(block(light, stride, [unit * UNIT + x, y])));
            }
            for channel in [1, 2] {
                let plane = &self.planes[channel];
                take(channel, &transformed(block(plane, stride / 2, [unit * 8, 0])));
            }
        }
    }

    /// Reads a line of the picture as a row of the band.
    fn read(&mut self, line: usize, row: usize, stride: usize) {
        let width = self.picture.width as usize;
        let count = self.picture.channels.count();
        let pixels =
            &self.picture.pixels[line * width * count..(line + 1) * width * count];
        let [light, blue, red] = &mut self.planes;
        let light = &mut light[row * stride..(row + 1) * stride];
        if count == 1 {
            for (to, &value) in light.iter_mut().zip(pixels) {
                *to = f32::from(value) - 128.0;
            }
            let last = light[width - 1];
            light[width..].fill(last);
            return;
        }
        // Two rows of two pixels make one of colour.
        let half = stride / 2;
        let start = row / 2 * half;
        for colour in [&mut *blue, red] {
            colour.resize(half * UNIT / 2, 0.0);
            if row.is_multiple_of(2) {
                colour[start..start + half].fill(0.0);
            }
        }
        let [blue, red] = [blue, red].map(|plane| &mut plane[start..start + half]);
        match count {
            3 => read_pairs::<3>(pixels, light, blue, red),
            _ => read_pairs::<4>(pixels, light, blue, red),
        }
    }
}

/// Reads the colours of pixels of so many bytes, two to a place of colour. Beyond the picture
/// its last column goes on.
fn read_pairs<const N: usize>(
    pixels: &[u8],
    light: &mut [f32],
    blue: &mut [f32],
    red: &mut [f32],
) {
    let mut last = [0.0; 3];
    let mut pixels = pixels.as_chunks::<N>().0.iter();
    let (pairs, _) = light.as_chunks_mut::<2>();
    for (pair, (blue, red)) in pairs.iter_mut().zip(blue.iter_mut().zip(red)) {
        let mut next = || {
            last =
                pixels.next().map_or(last, |pixel| split([pixel[0], pixel[1], pixel[2]]));
            last
        };
        let (first, second) = (next(), next());
        *pair = [first[0], second[0]];
        *blue += first[1] + second[1];
        *red += first[2] + second[2];
    }
}

/// Brightness less 128 and a quarter of both colours of a pixel.
fn split(pixel: [u8; 3]) -> [f32; 3] {
    let [r, g, b] = pixel.map(f32::from);
    let y = 0.299 * r + 0.587 * g + 0.114 * b;
    [y - 128.0, (b - y) * (0.25 / 1.772), (r - y) * (0.25 / 1.402)]
}

/// The block of a plane at a place.
fn block(plane: &[f32], stride: usize, [x, y]: [usize; 2]) -> Block {
    core::array::from_fn(|row| {
        let start = (y + row) * stride + x;
        core::array::from_fn(|column| plane[start + column])
    })
}

/// The coefficients of a block: transposed, each times what [`SCALE`] says of its row and
/// of its column.
fn transformed(block: Block) -> Block {
    waves(transposed(&waves(block)))
}

/// Rows and columns exchanged.
fn transposed(block: &Block) -> Block {
    core::array::from_fn(|row| core::array::from_fn(|column| block[column][row]))
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

/// The waves of the columns of a block, scaled (Arai, Agui and Nakajima, "A fast DCT-SQ
/// scheme for images", Trans. IEICE E71, 1988).
fn waves(v: Block) -> Block {
    let [s07, d07] = both(v[0], v[7]);
    let [s16, d16] = both(v[1], v[6]);
    let [s25, d25] = both(v[2], v[5]);
    let [s34, d34] = both(v[3], v[4]);
    let [even, odd] = [both(s07, s34), both(s16, s25)];
    let [first, fourth] = both(even[0], odd[0]);
    let turned = times(add(even[1], odd[1]), 0.707_106_77);
    let [second, sixth] = both(even[1], turned);
    let (a, b, c) = (add(d34, d25), add(d25, d16), add(d16, d07));
    let z5 = times(sub(a, c), 0.382_683_43);
    let z2 = add(times(a, 0.541_196_1), z5);
    let z4 = add(times(c, 1.306_563), z5);
    let [z11, z13] = both(d07, times(b, 0.707_106_77));
    let [fifth, third] = both(z13, z2);
    let [one, seventh] = both(z11, z4);
    [first, one, second, third, fourth, fifth, sixth, seventh]
}

/// Sums and differences.
fn both(a: Row, b: Row) -> [Row; 2] {
    [add(a, b), sub(a, b)]
}

/// Sums.
fn add(a: Row, b: Row) -> Row {
    core::array::from_fn(|i| a[i] + b[i])
}

/// Differences.
fn sub(a: Row, b: Row) -> Row {
    core::array::from_fn(|i| a[i] - b[i])
}

/// Products.
fn times(a: Row, factor: f32) -> Row {
    a.map(|v| v * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waves_are_those_of_the_definition() {
        let block: Block = core::array::from_fn(|y| {
            core::array::from_fn(|x| ((x * 37 + y * y * 11) % 97) as f32)
        });
        let fast = transformed(block);
        for v in 0..8 {
            for u in 0..8 {
                let part = |n: usize| if n == 0 { libm::sqrt(0.5) } else { 1.0 };
                let wave = |at: usize, n: usize| {
                    let turn = (2 * at + 1) as f64 * n as f64 / 16.0;
                    libm::cos(turn * core::f64::consts::PI)
                };
                let mut sum = 0.0;
                for (y, row) in block.iter().enumerate() {
                    for (x, value) in row.iter().enumerate() {
                        sum += f64::from(*value) * wave(x, u) * wave(y, v);
                    }
                }
                let wanted = sum * part(u) * part(v) / 4.0;
                let found = f64::from(fast[u][v]) * SCALE[u] * SCALE[v] / 8.0;
                assert!((wanted - found).abs() < 1e-3, "{u} {v}: {wanted} {found}");
            }
        }
    }
}

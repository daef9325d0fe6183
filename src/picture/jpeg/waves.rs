//! From brightness and colour to coefficients: planes cut into blocks of eight by eight, each
//! block as a sum of waves (ITU-T T.81, annex A; JFIF 1.02).

use core::array::from_fn;

use crate::lanes::widest;
use crate::picture::Ycc;

/// How many blocks are reckoned with side by side.
pub(super) const BLOCKS: usize = 8;

/// The columns of so many blocks.
const WIDE: usize = 8 * BLOCKS;

/// Blocks that stand side by side: of each place, row after row, the values of all. First
/// they are pixels, then coefficients.
pub(super) type Blocks<T = f32> = [[T; BLOCKS]; 64];

/// A row of blocks of one channel.
#[derive(Default)]
pub(super) struct Line {
    /// Brightness, or the first or second colour.
    pub(super) channel: usize,
    /// The coefficients as [`waves`] leaves them. The last blocks may lie beyond the picture.
    pub(super) blocks: Vec<Blocks>,
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

    /// Puts the rows of blocks of a band in the place of those of another: of brightness two
    /// in colour, one in gray; of colours one each.
    pub(super) fn lines(&mut self, band: usize, lines: &mut Vec<Line>) {
        let &Ycc { width, height, ref light, ref colour } = self.picture;
        let whole = [width, height].map(|side| side as usize);
        let high = self.unit / 8;
        let lights = (0..high).map(|row| (0, light, whole, band * high + row));
        let half = self.picture.half();
        let colours = colour.iter().flatten().zip(1..);
        let colours = colours.map(|(plane, channel)| (channel, plane, half, band));
        let units = self.units();
        lines.resize_with(if high > 1 { high + 2 } else { high }, Line::default);
        for (line, (channel, plane, size, row)) in
            lines.iter_mut().zip(lights.chain(colours))
        {
            line.channel = channel;
            let blocks = if channel == 0 { units * high } else { units };
            let chunks = blocks.div_ceil(BLOCKS);
            read(plane, size, row * 8, chunks * WIDE, &mut self.pixels);
            line.blocks.resize(chunks, [[0.0; BLOCKS]; 64]);
            for (chunk, blocks) in line.blocks.iter_mut().enumerate() {
                widest(
                    #[inline(always)]
                    || transform(&self.pixels, chunk, chunks, blocks),
                );
            }
        }
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

/// Makes the coefficients of one of so many chunks of blocks.
#[inline(always)]
fn transform(pixels: &[u8], chunk: usize, chunks: usize, blocks: &mut Blocks) {
    // First the words of a row are blocks, each of eight places, then the other way round.
    let mut words = [[0; 8]; BLOCKS];
    for row in 0..8 {
        let line = &pixels[(row * chunks + chunk) * WIDE..][..WIDE];
        for (words, bytes) in words.iter_mut().zip(line.as_chunks::<8>().0) {
            words[row] = u64::from_le_bytes(*bytes);
        }
    }
    exchange::<1>(&mut words, 0x00ff_00ff_00ff_00ff);
    exchange::<2>(&mut words, 0x0000_ffff_0000_ffff);
    exchange::<4>(&mut words, 0x0000_0000_ffff_ffff);
    for (row, places) in blocks.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        for (values, words) in places.iter_mut().zip(&words) {
            *values = words[row].to_le_bytes().map(|pixel| f32::from(pixel) - 128.0);
        }
    }
    for column in 0..8 {
        transform_line(blocks, column, 8);
    }
    for row in 0..8 {
        transform_line(blocks, 8 * row, 1);
    }
}

/// One of three steps in which words and their bytes change places: exchanges those that
/// differ in a bit of their number, of words `APART` from each other. The mask has the bytes
/// in whose number that bit is not set (Warren, "Hacker's Delight", 2013, 7-3).
#[expect(clippy::needless_range_loop, reason = "rows are reckoned with side by side")]
#[inline(always)]
fn exchange<const APART: usize>(words: &mut [[u64; 8]; 8], mask: u64) {
    for first in 0..8 {
        if first & APART == 0 {
            for row in 0..8 {
                let (low, high) = (words[first][row], words[first + APART][row]);
                words[first][row] = low & mask | (high & mask) << (8 * APART);
                words[first + APART][row] = low >> (8 * APART) & mask | high & !mask;
            }
        }
    }
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

/// Makes eight places of each block, from the first on every so many, into their waves.
#[inline(always)]
fn transform_line(blocks: &mut Blocks, first: usize, step: usize) {
    let values: [[f32; BLOCKS]; 8] = from_fn(|place| blocks[first + place * step]);
    let mut made = [[0.0; BLOCKS]; 8];
    for block in 0..BLOCKS {
        let waves = waves(from_fn(|place| values[place][block]));
        for (made, wave) in made.iter_mut().zip(waves) {
            made[block] = wave;
        }
    }
    for (place, made) in made.into_iter().enumerate() {
        blocks[first + place * step] = made;
    }
}

/// The waves of a line of eight values, scaled (Arai, Agui and Nakajima, "A fast DCT-SQ
/// scheme for images", Trans. IEICE E71, 1988).
#[inline(always)]
fn waves(v: [f32; 8]) -> [f32; 8] {
    let [s07, d07] = both(v[0], v[7]);
    let [s16, d16] = both(v[1], v[6]);
    let [s25, d25] = both(v[2], v[5]);
    let [s34, d34] = both(v[3], v[4]);
    let [even, odd] = [both(s07, s34), both(s16, s25)];
    let [none, fourth] = both(even[0], odd[0]);
    let [second, sixth] = both(even[1], (even[1] + odd[1]) * 0.707_106_77);
    let (a, b, c) = (d34 + d25, d25 + d16, d16 + d07);
    let z5 = (a - c) * 0.382_683_43;
    let z2 = a * 0.541_196_1 + z5;
    let z4 = c * 1.306_563 + z5;
    let [z11, z13] = both(d07, b * 0.707_106_77);
    let [fifth, third] = both(z13, z2);
    let [one, seventh] = both(z11, z4);
    [none, one, second, third, fourth, fifth, sixth, seventh]
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
        let mut fast = [[0.0; BLOCKS]; 64];
        transform(&pixels, 0, 1, &mut fast);
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
                let found = f64::from(fast[8 * v + u][block]) * SCALE[u] * SCALE[v] / 8.0;
                assert!((wanted - found).abs() < 1e-3, "{u} {v}: {wanted} {found}");
            }
        }
    }
}

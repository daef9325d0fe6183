//! JPEG files: sequential, brightness in full and colour in half resolution (4:2:0), with
//! Huffman tables of their own (ITU-T T.81; JFIF 1.02).
//!
//! The libraries that write such files either do not make tables, which cost a fifth of the
//! bytes, or write a scan for each channel with them, which some readers get wrong; and none
//! can say how large a file will be before it is written. Sheets need all of that, and soon.

mod huffman;
mod waves;

use core::array::from_fn;

use super::Ycc;
use crate::lanes::widest;
use huffman::Scan;
use waves::{BLOCKS, Bands, Blocks, Line, SCALE};

/// The lowest quality that is chosen to save bytes.
const LEAST_QUALITY: u8 = 16;

/// A picture as a file in a quality of 1 to 100.
pub(super) fn file(picture: &Ycc, quality: u8) -> Vec<u8> {
    let mut bands = Bands::new(picture);
    let quantisers = Quantisers::new(quality);
    let (mut lines, mut steps) = (Vec::new(), Vec::new());
    let mut scan = Scan::default();
    for band in 0..bands.count() {
        bands.lines(band, &mut lines);
        quantisers.scan((&lines, bands.units()), &mut steps, &mut scan);
    }
    written(picture, &quantisers, &scan)
}

/// As [`file`], in as many bytes at most: where they do not do, in a lower quality, but in
/// none under 16, in which grain is lost.
pub(super) fn file_within(picture: &Ycc, quality: u8, most: usize) -> Vec<u8> {
    let mut sample = Sample::of(picture);
    let mut high = quality;
    loop {
        high = quality_within(most as f64, high, |quality| sample.size(quality));
        let made = file(picture, high);
        if made.len() <= most || high <= LEAST_QUALITY {
            return made;
        }
        // Now it is known how well the sample tells of the whole.
        sample.share *= made.len() as f64 / sample.size(high);
        high = high.saturating_sub(1).max(LEAST_QUALITY);
    }
}

/// Every eighth band: what tells of the whole how well it can be compressed.
struct Sample {
    /// The bands.
    bands: Vec<Vec<Line>>,
    /// Units in each.
    units: usize,
    /// How many times more bands there are.
    share: f64,
}

impl Sample {
    /// That of a picture.
    fn of(picture: &Ycc) -> Self {
        let mut bands = Bands::new(picture);
        let (count, units) = (bands.count(), bands.units());
        let step = if count < 16 { 1 } else { 8 };
        let lines = |band: usize| {
            let mut lines = Vec::new();
            bands.lines(band, &mut lines);
            lines
        };
        // Not the first, which is that of an edge.
        let some: Vec<_> = (step / 2..count).step_by(step).map(lines).collect();
        Self { share: count as f64 / some.len() as f64, bands: some, units }
    }

    /// About how many bytes the file has in a quality.
    fn size(&self, quality: u8) -> f64 {
        let quantisers = Quantisers::new(quality);
        let (mut steps, mut scan) = (Vec::new(), Scan::default());
        for lines in &self.bands {
            quantisers.scan((lines, self.units), &mut steps, &mut scan);
        }
        (scan.size() as f64 + 100.0) * self.share
    }
}

/// The coefficients of a block in the order of their frequencies (T.81, figure A.6): where
/// each stands, counted by rows.
const ZIGZAG: [usize; 64] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41,
    34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30,
    37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
];

/// Quantisers of brightness and of colour, by rows (T.81, tables K.1 and K.2).
const STANDARD: [[u16; 64]; 2] = [
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24,
        40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77,
        24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95,
        98, 112, 100, 103, 99,
    ],
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99,
        99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99,
    ],
];

/// The largest quantisers of a block's mean and of its longest waves, of lightness and of
/// colour, by how many halves of a wave it has across and down: coarser ones make the tone of
/// paper go in squares, and blocks of colour are twice as large.
const SMOOTH: [[u32; 3]; 2] = [[16, 22, 30], [5, 10, 18]];

/// The quantisers of a quality.
struct Quantisers {
    /// As they stand in the file but for their order, by rows.
    tables: [[u8; 64]; 2],
    /// What coefficients as `waves` gives them are multiplied with, in the order of their
    /// frequencies.
    factors: [[f32; 64]; 2],
}

impl Quantisers {
    /// Those of a quality of 1 to 100, on the scale of libjpeg.
    fn new(quality: u8) -> Self {
        let quality = u32::from(quality.clamp(1, 100));
        let scale = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
        let of = |plane: usize, place: usize| {
            let most = SMOOTH[plane].get(place / 8 + place % 8).copied().unwrap_or(255);
            ((u32::from(STANDARD[plane][place]) * scale + 50) / 100).clamp(1, most) as u8
        };
        let tables = from_fn(|plane| from_fn(|place| of(plane, place)));
        let factors = tables.each_ref().map(|table: &[u8; 64]| {
            ZIGZAG.map(|place| {
                let scale = SCALE[place / 8] * SCALE[place % 8] / 8.0;
                (scale / f64::from(table[place])) as f32
            })
        });
        Self { tables, factors }
    }

    /// Appends a band of so many units to a scan, its blocks in the order of the file. It
    /// leaves their steps in the place of those of another band.
    fn scan(
        &self,
        (lines, units): (&[Line], usize),
        steps: &mut Vec<Vec<Steps>>,
        scan: &mut Scan,
    ) {
        steps.resize_with(lines.len(), Vec::new);
        for (line, steps) in lines.iter().zip(&mut *steps) {
            let factors = &self.factors[line.channel.min(1)];
            steps.resize(line.blocks.len(), Steps::NONE);
            for (steps, blocks) in steps.iter_mut().zip(&line.blocks) {
                widest(
                    #[inline(always)]
                    || steps.set(blocks, factors),
                );
            }
        }
        widest(
            #[inline(always)]
            || scan_steps(lines, steps, units, scan),
        );
    }
}

/// Appends the coefficients of a band to a scan, in whole steps.
#[inline(always)]
fn scan_steps(lines: &[Line], steps: &[Vec<Steps>], units: usize, scan: &mut Scan) {
    // In colour a unit has two by two blocks of brightness.
    let high = lines.iter().filter(|line| line.channel == 0).count();
    for unit in 0..units {
        for (line, steps) in lines.iter().zip(steps) {
            let wide = if line.channel == 0 { high } else { 1 };
            for block in unit * wide..(unit + 1) * wide {
                let (steps, place) = (&steps[block / BLOCKS], block % BLOCKS);
                let at = |n: usize| steps.values[n][place];
                scan.block(line.channel, steps.some(place), at);
            }
        }
    }
}

/// The coefficients of blocks side by side in whole steps.
#[derive(Clone)]
struct Steps {
    /// The coefficients in the order of their frequencies.
    values: Blocks<i16>,
    /// Which of them are not nothing: eight at a time, the first in the lowest bit.
    some: [[u16; BLOCKS]; 8],
}

impl Steps {
    /// Those of empty blocks.
    const NONE: Self = Self { values: [[0; BLOCKS]; 64], some: [[0; BLOCKS]; 8] };

    /// Sets them to products of coefficients and factors, rounded.
    #[inline(always)]
    fn set(&mut self, blocks: &Blocks, factors: &[f32; 64]) {
        /// Added to a number under 2^22, it leaves the number rounded in the low bits.
        const ROUND: f32 = 12_582_912.0;
        let values = self.values.iter_mut().zip(factors).zip(&ZIGZAG);
        for ((steps, factor), place) in values {
            *steps =
                blocks[*place].map(|value| (value * factor + ROUND).to_bits() as i16);
        }
        for (some, values) in self.some.iter_mut().zip(self.values.as_chunks::<8>().0) {
            *some = values.iter().rev().fold([0; BLOCKS], |some, values| {
                from_fn(|block| 2 * some[block] + u16::from(values[block] != 0))
            });
        }
    }

    /// Which coefficients of a block are not nothing, by their places in the order of
    /// frequencies from the lowest bit on.
    #[inline(always)]
    fn some(&self, block: usize) -> u64 {
        u64::from_le_bytes(self.some.map(|some| some[block] as u8))
    }
}

/// The file of a picture with these quantisers and coefficients (T.81, annex B).
fn written(picture: &Ycc, quantisers: &Quantisers, scan: &Scan) -> Vec<u8> {
    let channels: u8 = if picture.colour.is_some() { 3 } else { 1 };
    let kinds = usize::from(channels.min(2));
    let mut out = vec![0xff, 0xd8];
    // Pixels are square, of no size.
    out.extend(b"\xff\xe0\0\x10JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    for (number, table) in (0_u8..).zip(&quantisers.tables[..kinds]) {
        out.extend([0xff, 0xdb, 0, 67, number]);
        out.extend(ZIGZAG.map(|place| table[place]));
    }
    out.extend([0xff, 0xc0, 0, 8 + 3 * channels, 8]);
    out.extend(
        [picture.height, picture.width]
            .map(|side| side as u16)
            .map(u16::to_be_bytes)
            .concat(),
    );
    out.push(channels);
    let factors = if channels == 1 { [0x11; 3] } else { [0x22, 0x11, 0x11] };
    for channel in 0..channels {
        out.extend([channel + 1, factors[usize::from(channel)], channel.min(1)]);
    }
    let tables = scan.tables();
    for (number, table) in tables.iter().enumerate() {
        table.write(number, &mut out);
    }
    out.extend([0xff, 0xda, 0, 6 + 2 * channels, channels]);
    for channel in 0..channels {
        out.extend([channel + 1, channel.min(1) * 0x11]);
    }
    out.extend([0, 63, 0]);
    scan.write(&tables, &mut out);
    out.extend([0xff, 0xd9]);
    out
}

/// What of the bytes that there may be is aimed at: the sample tells of the file to one in a
/// hundred, and to be mistaken takes longer than to look closely.
const AIM: f64 = 0.99;

/// The highest quality up to this at which a file has so many bytes at most, of which `bytes`
/// says how large it is. Quantisers grow as the scale of libjpeg, and bytes fall about as one
/// of its powers.
fn quality_within(most: f64, quality: u8, bytes: impl Fn(u8) -> f64) -> u8 {
    let scale = |quality: u8| match f64::from(quality) {
        low @ ..50.0 => 5000.0 / low,
        high => (200.0 - 2.0 * high).max(1.0),
    };
    let (mut known, mut size, mut power) = (quality, bytes(quality), 0.8);
    // Where it may be mistaken, whether nothing must be given up is tried.
    if size <= 1.05 * most {
        return quality;
    }
    // The best that does, as far as is known, and the least of those that do not.
    let (mut fits, mut exceeds) = (LEAST_QUALITY.min(quality), quality);
    while exceeds - fits > 1 {
        let wanted = scale(known) * libm::pow(size / (AIM * most), 1.0 / power);
        let next = (fits + 1..exceeds).rev().find(|q| scale(*q) >= wanted);
        let next = next.unwrap_or(fits + 1);
        let found = bytes(next);
        let slope = libm::log(size / found) / libm::log(scale(next) / scale(known));
        (known, size, power) = (next, found, slope.clamp(0.3, 2.0));
        let side = if size <= AIM * most { &mut fits } else { &mut exceeds };
        *side = next;
    }
    fits
}

#[cfg(test)]
mod tests {
    use crate::picture::{Channels, Picture};

    /// A picture with some life in it.
    fn sample(channels: Channels, width: u32, height: u32) -> Picture {
        let pixel = |i: usize| {
            let (x, y) = (i % width as usize, i / width as usize);
            let wave =
                libm::sin(x as f64 * 0.11) * 40.0 + libm::cos(y as f64 * 0.07) * 30.0;
            let value = (140.0 + wave) as u8;
            [value, value / 2 + 60, 255 - value, 255]
        };
        let count = (width * height) as usize;
        let pixels =
            (0..count).flat_map(|i| pixel(i)[..channels.count()].to_vec()).collect();
        Picture { width, height, channels, pixels }
    }

    #[test]
    fn files_read_back_nearly_whatever_their_size_and_channels() {
        for (channels, width, height) in [
            (Channels::Rgb, 250, 131),
            (Channels::Rgba, 47, 16),
            (Channels::Gray, 65, 33),
            (Channels::Rgb, 1, 1),
            (Channels::Gray, 3, 2),
        ] {
            let picture = sample(channels, width, height);
            let back = Picture::from_bytes(&picture.to_jpeg(92)).unwrap();
            assert_eq!((back.width, back.height), (width, height));
            let count = back.channels.count();
            let (mut sum, mut worst) = (0, 0);
            for (a, b) in
                back.pixels.chunks(count).zip(picture.pixels.chunks(channels.count()))
            {
                for (a, b) in a.iter().zip(b) {
                    sum += u32::from(a.abs_diff(*b));
                    worst = worst.max(a.abs_diff(*b));
                }
            }
            let mean = f64::from(sum) / back.pixels.len() as f64;
            assert!(mean < 2.5 && worst < 40, "{channels:?} {width}: {mean} {worst}");
        }
    }

    #[test]
    fn extremes_do_not_run_over() {
        for value in [0, 255] {
            let picture = Picture {
                width: 20,
                height: 20,
                channels: Channels::Rgb,
                pixels: vec![value; 1200],
            };
            let back = Picture::from_bytes(&picture.to_jpeg(100)).unwrap();
            assert!(back.pixels.iter().all(|v| v.abs_diff(value) <= 1));
        }
        let checks = (0..1200).map(|i| if i / 3 % 2 == 0 { 0 } else { 255 }).collect();
        let picture =
            Picture { width: 20, height: 20, channels: Channels::Rgb, pixels: checks };
        assert!(Picture::from_bytes(&picture.to_jpeg(100)).is_ok());
    }

    #[test]
    fn a_bound_on_bytes_holds_and_is_used() {
        let picture = sample(Channels::Rgb, 640, 640);
        let free = picture.to_jpeg(90).len();
        for share in [0.9, 0.7, 0.5] {
            let most = (free as f64 * share) as usize;
            let made = picture.to_jpeg_within(90, most).len();
            assert!(made <= most && made as f64 > most as f64 * 0.75, "{made} of {most}");
        }
        assert_eq!(picture.to_jpeg_within(90, free), picture.to_jpeg(90));
    }
}

//! Pictures in memory, and their files: the only place that names `image`.

mod jpeg;
mod palette;
mod plate;
mod ycc;

use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageReader};

use crate::diag::Diagnostic;
use crate::geom::{Resolution, Rgb};

pub use palette::png_text;
pub use ycc::Ycc;

/// The largest number of pixels that is read from a file: 64 megapixels, more than any
/// scanner bed at 600 to the inch, and 256 MB in memory.
const MOST_PIXELS: u64 = 64 << 20;

/// The longest side of a picture: what a JPEG file can say.
const LONGEST_SIDE: u32 = 65_535;

/// What the bytes of a picture mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channels {
    /// One byte a pixel.
    Gray,
    /// Red, green, blue.
    Rgb,
    /// Red, green, blue and opacity, not premultiplied.
    Rgba,
}

impl Channels {
    /// Bytes a pixel.
    pub const fn count(self) -> usize {
        match self {
            Self::Gray => 1,
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }

    /// The same for the `image` crate.
    const fn colour_type(self) -> ExtendedColorType {
        match self {
            Self::Gray => ExtendedColorType::L8,
            Self::Rgb => ExtendedColorType::Rgb8,
            Self::Rgba => ExtendedColorType::Rgba8,
        }
    }
}

/// A picture in sRGB, 8 bits a channel, rows from top to bottom. No side is 0 or longer
/// than 65,535.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// What the bytes mean.
    pub channels: Channels,
    /// `width × height × channels` bytes.
    pub pixels: Vec<u8>,
}

impl Picture {
    /// Exchanges left and right, top and bottom, or both.
    pub fn turn(&mut self, sides: bool, ends: bool) {
        let count = self.channels.count();
        let row = self.width as usize * count;
        if sides {
            for row in self.pixels.chunks_exact_mut(row) {
                let mut left = 0;
                let mut right = row.len() - count;
                while left < right {
                    for channel in 0..count {
                        row.swap(left + channel, right + channel);
                    }
                    left += count;
                    right -= count;
                }
            }
        }
        if ends {
            let rows = self.pixels.chunks_exact(row).rev();
            self.pixels = rows.flatten().copied().collect();
        }
    }

    /// Reads a PNG or JPEG file. A JPEG is turned upright as its Exif data say.
    ///
    /// # Errors
    /// Another format, a damaged file, or more than 64 megapixels. The message speaks of
    /// "the picture": the caller knows its name and gives the place.
    pub fn from_bytes(file: &[u8]) -> Result<Self, Diagnostic> {
        let bad =
            |what: String| Diagnostic::invalid("picture", format!("the picture {what}"));
        let reader = ImageReader::new(Cursor::new(file));
        let reader = reader.with_guessed_format().ok().filter(|r| r.format().is_some());
        let Some(reader) = reader else {
            return Err(
                bad("is neither PNG nor JPEG".into()).hint("save it as PNG or JPEG")
            );
        };
        let damaged = |error: image::ImageError| {
            bad(format!("cannot be read: {error}")).hint("save it again as PNG or JPEG")
        };
        let mut decoder = reader.into_decoder().map_err(damaged)?;
        let (width, height) = decoder.dimensions();
        let pixels = u64::from(width) * u64::from(height);
        if pixels == 0 {
            return Err(bad("has no pixels".into()).hint("use another picture"));
        }
        // Asked before decoding: a small file can claim a picture that fills the memory.
        if pixels > MOST_PIXELS || width.max(height) > LONGEST_SIDE {
            let size = format!("is too large ({width} × {height} pixels)");
            return Err(bad(size).hint("shrink it to at most 8000 × 8000 pixels"));
        }
        let upright = decoder.orientation().map_err(damaged)?;
        let mut decoded = DynamicImage::from_decoder(decoder).map_err(damaged)?;
        decoded.apply_orientation(upright);
        Ok(Self::from_decoded(decoded))
    }

    /// Brings what the decoder gave to one of our three kinds.
    fn from_decoded(decoded: DynamicImage) -> Self {
        let (width, height) = (decoded.width(), decoded.height());
        let colour = decoded.color();
        let (channels, pixels) = match (colour.has_color(), colour.has_alpha()) {
            (false, false) => (Channels::Gray, decoded.into_luma8().into_raw()),
            (true, false) => (Channels::Rgb, decoded.into_rgb8().into_raw()),
            (_, true) => (Channels::Rgba, decoded.into_rgba8().into_raw()),
        };
        Self { width, height, channels, pixels }
    }

    /// The picture as a PNG file in sRGB, which says its resolution if one is given.
    pub fn to_png(&self, resolution: Option<Resolution>) -> Vec<u8> {
        let mut file = Vec::with_capacity(self.pixels.len() / 2);
        // The fastest level: on grainy paper the others win 6 % for five times the time.
        PngEncoder::new_with_quality(
            &mut file,
            CompressionType::Fast,
            FilterType::Adaptive,
        )
        .write_image(&self.pixels, self.width, self.height, self.channels.colour_type())
        .expect("a picture has width × height × channels bytes");
        // Behind the signature (8 bytes) and IHDR (25), before all else (PNG, 5.6).
        let mut extra = chunk(b"sRGB", &[0]);
        if let Some(Resolution(ppi)) = resolution {
            let per_metre = ((ppi / 0.0254 + 0.5) as u32).to_be_bytes();
            let data = [&per_metre[..], &per_metre[..], &[1]].concat();
            extra.extend(chunk(b"pHYs", &data));
        }
        file.splice(33..33, extra);
        file
    }

    /// The colours of the picture as a JPEG file with halved colour resolution (4:2:0), in a
    /// quality of 1 to 100. Opacity has no place in JPEG and is left out (see
    /// [`Picture::opacity`]).
    pub fn to_jpeg(&self, quality: u8) -> Vec<u8> {
        Ycc::of(self).to_jpeg(quality)
    }

    /// As [`Picture::to_jpeg`], in as many bytes at most: where they do not do, in a lower
    /// quality, but in none under 16, in which grain is lost.
    pub fn to_jpeg_within(&self, quality: u8, most: usize) -> Vec<u8> {
        Ycc::of(self).to_jpeg_within(quality, most)
    }

    /// The opacity alone, as a gray picture; none where the picture hides all.
    pub fn opacity(&self) -> Option<Self> {
        if self.channels != Channels::Rgba {
            return None;
        }
        let pixels: Vec<u8> = self.pixels.chunks_exact(4).map(|p| p[3]).collect();
        let partial = pixels.iter().any(|&a| a < 255);
        let (width, height) = (self.width, self.height);
        partial.then_some(Self { width, height, channels: Channels::Gray, pixels })
    }

    /// The pixel at a place inside the picture, as red, green, blue and opacity.
    pub fn pixel(&self, x: u32, y: u32) -> [u8; 4] {
        let count = self.channels.count();
        let at = (y as usize * self.width as usize + x as usize) * count;
        match self.pixels[at..at + count] {
            [r, g, b, a] => [r, g, b, a],
            [r, g, b] => [r, g, b, 255],
            ref gray => [gray[0], gray[0], gray[0], 255],
        }
    }

    /// The picture without a twentieth at each side.
    pub fn inner(&self) -> Self {
        let [left, top] = [self.width / 20, self.height / 20];
        let (width, height) = (self.width - 2 * left, self.height - 2 * top);
        let count = self.channels.count();
        let row = self.width as usize * count;
        let rows = self.pixels.chunks_exact(row).skip(top as usize);
        let inside = left as usize * count..(left + width) as usize * count;
        let pixels = rows
            .take(height as usize)
            .flat_map(|row| &row[inside.clone()])
            .copied()
            .collect();
        Self { width, height, channels: self.channels, pixels }
    }

    /// The mean colour of what is not transparent; white where all is.
    pub fn mean_colour(&self) -> Rgb {
        let sums = match self.channels {
            Channels::Gray => {
                let sum = self.pixels.iter().map(|&v| u64::from(v)).sum();
                [sum, sum, sum, self.pixels.len() as u64]
            }
            Channels::Rgb => {
                let mut sums = [0; 4];
                // Small numbers are added up many at once.
                for part in self.pixels.as_chunks::<3>().0.chunks(1 << 12) {
                    let mut some = [0_u32; 3];
                    for pixel in part {
                        some = [0, 1, 2].map(|i| some[i] + u32::from(pixel[i]));
                    }
                    let [r, g, b] = some.map(u64::from);
                    let count = part.len() as u64;
                    sums = [sums[0] + r, sums[1] + g, sums[2] + b, sums[3] + count];
                }
                sums
            }
            Channels::Rgba => {
                let mut sums = [0; 4];
                for pixel in self.pixels.as_chunks::<4>().0 {
                    let [r, g, b, a] = pixel.map(u64::from);
                    let [red, green, blue, all] = sums;
                    sums = [red + r * a, green + g * a, blue + b * a, all + a];
                }
                sums
            }
        };
        let [r, g, b] = [sums[0], sums[1], sums[2]]
            .map(|sum| (sum + sums[3] / 2).checked_div(sums[3]).map_or(255, |v| v as u8));
        Rgb { r, g, b }
    }

    /// The picture made smaller by whole numbers of pixels, each new pixel the mean of
    /// `columns × rows` old ones, weighted by opacity. An incomplete last column or row
    /// is averaged over what there is.
    pub fn reduced(&self, columns: u32, rows: u32) -> Self {
        let (columns, rows) = (columns.clamp(1, self.width), rows.clamp(1, self.height));
        let (width, height) = (self.width.div_ceil(columns), self.height.div_ceil(rows));
        let count = self.channels.count();
        let mut pixels = Vec::with_capacity(width as usize * height as usize * count);
        for y in 0..height {
            for x in 0..width {
                let block = [x * columns, y * rows, (x + 1) * columns, (y + 1) * rows];
                pixels.extend_from_slice(&self.block_mean(block)[..count]);
            }
        }
        Self { width, height, channels: self.channels, pixels }
    }

    /// The mean of the pixels from `x0, y0` to before `x1, y1`, as stored.
    fn block_mean(&self, [x0, y0, x1, y1]: [u32; 4]) -> [u8; 4] {
        let mut sums = [0_u64; 4];
        let mut total = 0_u64;
        for y in y0..y1.min(self.height) {
            for x in x0..x1.min(self.width) {
                let [r, g, b, a] = self.pixel(x, y);
                for (sum, value) in sums.iter_mut().zip([r, g, b]) {
                    *sum += u64::from(value) * u64::from(a);
                }
                sums[3] += u64::from(a);
                total += 1;
            }
        }
        let mean = |sum: u64, n: u64| (sum + n / 2).checked_div(n).map_or(0, |v| v as u8);
        let [r, g, b] = [sums[0], sums[1], sums[2]].map(|sum| mean(sum, sums[3]));
        [r, g, b, mean(sums[3], total)]
    }
}

/// A chunk of a PNG file: length, name, data and check sum (PNG, 5.3).
fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("our chunks are short");
    let crc = !name.iter().chain(data).fold(u32::MAX, |mut crc, &byte| {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg());
        }
        crc
    });
    [&length.to_be_bytes()[..], name, data, &crc.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small picture with some life in it.
    fn sample(channels: Channels) -> Picture {
        let (width, height) = (37, 23);
        let bytes = width as usize * height as usize * channels.count();
        let pixels = (0..bytes).map(|i| (i * i / 7 % 251) as u8).collect();
        Picture { width, height, channels, pixels }
    }

    #[test]
    fn png_files_read_back_as_they_were() {
        for channels in [Channels::Gray, Channels::Rgb, Channels::Rgba] {
            let picture = sample(channels);
            let file = picture.to_png(Some(Resolution(300.0)));
            assert_eq!(Picture::from_bytes(&file).as_ref(), Ok(&picture));
            // 300 to the inch is 11,811 to the metre.
            let at = file.windows(4).position(|w| w == b"pHYs").unwrap();
            assert_eq!(file[at + 4..at + 8], 11_811_u32.to_be_bytes());
        }
    }

    #[test]
    fn jpeg_files_read_back_nearly() {
        let flat = Picture { pixels: vec![120; 37 * 23 * 3], ..sample(Channels::Rgb) };
        let back = Picture::from_bytes(&flat.to_jpeg(85)).unwrap();
        assert_eq!((back.width, back.height, back.channels), (37, 23, Channels::Rgb));
        assert!(back.pixels.iter().all(|&v| v.abs_diff(120) <= 2));
    }

    #[test]
    fn other_files_and_bombs_are_refused_with_a_repair() {
        for file in [&b"GIF89a"[..], b"", b"\x89PNG\r\n\x1a\n\0\0"] {
            let error = Picture::from_bytes(file).unwrap_err();
            assert!(error.hint.is_some(), "{error}");
        }
        // A file of 70 bytes that claims 60,000 × 60,000 pixels.
        let mut file = sample(Channels::Gray).to_png(None);
        let header = chunk(b"IHDR", &[0, 0, 234, 96, 0, 0, 234, 96, 8, 0, 0, 0, 0]);
        file.splice(8..33, header);
        let error = Picture::from_bytes(&file).unwrap_err();
        assert!(error.message.contains("too large"), "{error}");
    }

    #[test]
    fn means_and_reductions_weigh_by_opacity() {
        let pixels = vec![200, 0, 0, 255, 0, 0, 90, 0];
        let picture = Picture { width: 2, height: 1, channels: Channels::Rgba, pixels };
        assert_eq!(picture.mean_colour(), Rgb { r: 200, g: 0, b: 0 });
        assert_eq!(picture.reduced(2, 2).pixels, [200, 0, 0, 128]);
        assert_eq!(picture.opacity().unwrap().pixels, [255, 0]);
    }
}

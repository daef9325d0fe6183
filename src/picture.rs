//! Pictures in memory, and their files: the only place that names `image` and
//! `jpeg-encoder`.

use std::io::Cursor;

use image::ImageEncoder as _;

use crate::diag::Diagnostic;
use crate::geom::{Resolution, Rgb};

/// The most pixels of a picture that is read.
const MOST_PIXELS: u64 = 64_000_000;

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
}

/// A picture in sRGB, 8 bits a channel, rows from top to bottom.
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
    /// Reads a PNG or JPEG file of at most 64 million pixels.
    ///
    /// # Errors
    /// A file that is neither, is damaged, or is larger.
    pub fn from_bytes(source: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let bad = |what: String| {
            Diagnostic::usage("picture", format!("`{source}` cannot be read: {what}"))
                .hint("use a PNG or JPEG picture of at most 64 megapixels")
        };
        let reader = image::ImageReader::new(Cursor::new(bytes)).with_guessed_format();
        let reader = reader.map_err(|error| bad(error.to_string()))?;
        let (width, height) = image::ImageReader::new(Cursor::new(bytes))
            .with_guessed_format()
            .map_err(|error| bad(error.to_string()))?
            .into_dimensions()
            .map_err(|error| bad(error.to_string()))?;
        if u64::from(width) * u64::from(height) > MOST_PIXELS {
            return Err(bad(format!("{width} × {height} pixels")));
        }
        let picture = reader.decode().map_err(|error| bad(error.to_string()))?.into_rgba8();
        let (width, height) = picture.dimensions();
        Ok(Self { width, height, channels: Channels::Rgba, pixels: picture.into_raw() })
    }

    /// The picture as a PNG file.
    ///
    /// # Errors
    /// A picture whose bytes do not fit its size.
    pub fn to_png(&self, resolution: Resolution) -> Result<Vec<u8>, Diagnostic> {
        let mut out = Vec::new();
        let colour = match self.channels {
            Channels::Gray => image::ExtendedColorType::L8,
            Channels::Rgb => image::ExtendedColorType::Rgb8,
            Channels::Rgba => image::ExtendedColorType::Rgba8,
        };
        let encoder = image::codecs::png::PngEncoder::new(&mut out);
        let written = encoder.write_image(&self.pixels, self.width, self.height, colour);
        written.map_err(|error| {
            Diagnostic::io("png", format!("the picture cannot be written: {error}"))
        })?;
        Ok(with_resolution(&out, resolution))
    }

    /// The picture as a JPEG file (4:2:0), opacity left out; quality 1 to 100.
    ///
    /// An empty picture, or one beyond 65,535 pixels a side, gives no bytes.
    pub fn to_jpeg(&self, quality: u8) -> Vec<u8> {
        let mut out = Vec::new();
        let colour = match self.channels {
            Channels::Gray => jpeg_encoder::ColorType::Luma,
            Channels::Rgb => jpeg_encoder::ColorType::Rgb,
            Channels::Rgba => jpeg_encoder::ColorType::Rgba,
        };
        let side = |pixels: u32| u16::try_from(pixels).ok();
        let (Some(width), Some(height)) = (side(self.width), side(self.height)) else {
            return out;
        };
        let mut encoder = jpeg_encoder::Encoder::new(&mut out, quality.clamp(1, 100));
        encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
        match encoder.encode(&self.pixels, width, height, colour) {
            Ok(()) => out,
            Err(_) => Vec::new(),
        }
    }

    /// The mean colour, opacity left out.
    pub fn mean(&self) -> Rgb {
        let step = self.channels.count();
        let mut sums = [0_u64; 3];
        for pixel in self.pixels.chunks_exact(step) {
            for (channel, sum) in sums.iter_mut().enumerate() {
                *sum += u64::from(pixel[if step == 1 { 0 } else { channel }]);
            }
        }
        let count = (self.pixels.len() / step).max(1) as u64;
        let [r, g, b] = sums.map(|sum| (sum / count) as u8);
        Rgb { r, g, b }
    }
}

/// A PNG file that says its resolution (PNG, "pHYs", in pixels to the metre).
fn with_resolution(png: &[u8], resolution: Resolution) -> Vec<u8> {
    /// Signature and header stand before everything else.
    const HEADER: usize = 8 + 25;
    let metre = (resolution.0 / 0.0254).round() as u32;
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(metre.to_be_bytes());
    chunk.extend(metre.to_be_bytes());
    chunk.push(1);
    let mut out = png[..HEADER].to_vec();
    out.extend(9_u32.to_be_bytes());
    out.extend(&chunk);
    out.extend(crc32(&chunk).to_be_bytes());
    out.extend(&png[HEADER..]);
    out
}

/// The check sum of a PNG chunk (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

//! Small PNG files: few colours, chosen by median cut (Heckbert, Color Image Quantization
//! for Frame Buffer Display, 1982), a byte a pixel; and words that go with them.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use super::{Picture, chunk};

/// The first bytes of a PNG file.
const SIGNATURE: &[u8; 8] = b"\x89PNG\r\n\x1a\n";

/// A colour.
type Colour = [u8; 3];

impl Picture {
    /// The picture as a PNG file of at most so many colours, 2 to 256, with a text under a
    /// keyword (PNG, 11.3.4.3). Opacity is left out.
    pub fn to_small_png(&self, most: usize, (keyword, text): (&str, &str)) -> Vec<u8> {
        let pixels: Vec<Colour> = (0..self.height)
            .flat_map(|y| (0..self.width).map(move |x| (x, y)))
            .map(|(x, y)| self.pixel(x, y))
            .map(|[r, g, b, _]| [r, g, b])
            .collect();
        let palette = palette(&pixels, most.clamp(2, 256));
        let mut rows = Vec::with_capacity(pixels.len() + self.height as usize);
        let mut last = (pixels[0], nearest(&palette, pixels[0]));
        for row in pixels.chunks_exact(self.width as usize) {
            rows.push(0);
            for &pixel in row {
                if pixel != last.0 {
                    last = (pixel, nearest(&palette, pixel));
                }
                rows.push(last.1);
            }
        }
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::best());
        let data = packed.write_all(&rows).and_then(|()| packed.finish());
        let size = [self.width.to_be_bytes(), self.height.to_be_bytes()].concat();
        let chunks = [
            chunk(b"IHDR", &[&size[..], &[8, 3, 0, 0, 0]].concat()),
            chunk(b"sRGB", &[0]),
            chunk(b"PLTE", &palette.concat()),
            chunk(b"tEXt", format!("{keyword}\0{text}").as_bytes()),
            chunk(b"IDAT", &data.expect("memory takes what is written")),
            chunk(b"IEND", &[]),
        ];
        [&SIGNATURE[..], &chunks.concat()].concat()
    }
}

/// The text under a keyword in a PNG file; none in another file.
pub fn png_text(file: &[u8], keyword: &str) -> Option<String> {
    let mut rest = file.strip_prefix(SIGNATURE.as_slice())?;
    loop {
        let length = u32::from_be_bytes(rest.get(..4)?.try_into().ok()?) as usize;
        let data = rest.get(8..)?.get(..length)?;
        if rest.get(4..8)? == b"tEXt"
            && let Some(text) = data.strip_prefix(keyword.as_bytes())
            && let Some(text) = text.strip_prefix(&[0])
        {
            return String::from_utf8(text.to_vec()).ok();
        }
        rest = rest.get(12 + length..)?;
    }
}

/// At most so many colours that stand for those of pixels.
fn palette(pixels: &[Colour], most: usize) -> Vec<Colour> {
    let mut boxes = vec![pixels.to_vec()];
    while boxes.len() < most {
        // The box is halved whose pixels differ most, all together.
        let need = |pixels: &Vec<Colour>| {
            let (_, spread) = widest(pixels);
            u64::from(spread) * u64::from(spread) * (pixels.len() as u64).isqrt()
        };
        let Some(at) = (0..boxes.len()).max_by_key(|&at| need(&boxes[at])) else { break };
        let (axis, spread) = widest(&boxes[at]);
        if spread == 0 {
            break;
        }
        let mut lower = boxes.swap_remove(at);
        lower.sort_unstable_by_key(|pixel| pixel[axis]);
        let middle = lower[lower.len() / 2][axis].max(lower[0][axis] + 1);
        let upper = lower.split_off(lower.partition_point(|pixel| pixel[axis] < middle));
        boxes.extend([lower, upper]);
    }
    let mean = |pixels: Vec<Colour>| {
        let count = pixels.len() as u64;
        [0, 1, 2].map(|axis| {
            let sum: u64 = pixels.iter().map(|pixel| u64::from(pixel[axis])).sum();
            ((sum + count / 2) / count.max(1)) as u8
        })
    };
    boxes.into_iter().map(mean).collect()
}

/// The colour in which pixels differ most, and how much.
fn widest(pixels: &[Colour]) -> (usize, u8) {
    let spread = |axis: usize| {
        let values = pixels.iter().map(|pixel| pixel[axis]);
        values.clone().max().unwrap_or(0) - values.min().unwrap_or(0)
    };
    [0, 1, 2]
        .map(|axis| (axis, spread(axis)))
        .into_iter()
        .max_by_key(|one| one.1)
        .unwrap_or((0, 0))
}

/// The place of the colour that is nearest.
fn nearest(palette: &[Colour], pixel: Colour) -> u8 {
    let distance = |colour: &Colour| {
        let apart = |axis: usize| u32::from(colour[axis].abs_diff(pixel[axis]));
        [0, 1, 2].map(|axis| apart(axis) * apart(axis)).iter().sum::<u32>()
    };
    let all = palette.iter().enumerate();
    all.min_by_key(|(_, colour)| distance(colour)).map_or(0, |(at, _)| at as u8)
}

#[cfg(test)]
mod tests {
    use super::super::Channels;
    use super::*;

    #[test]
    fn few_colours_read_back_and_so_do_words() {
        let colours = [[240, 230, 200], [30, 20, 10], [200, 30, 20]];
        let pixels = (0..60).flat_map(|at| colours[at * at % 3]).collect();
        let picture = Picture { width: 10, height: 6, channels: Channels::Rgb, pixels };
        let file = picture.to_small_png(24, ("made-from", "abc"));
        assert_eq!(Picture::from_bytes(&file).unwrap().pixels, picture.pixels);
        assert_eq!(png_text(&file, "made-from").as_deref(), Some("abc"));
        assert_eq!(png_text(&file, "made"), None);
        assert_eq!(png_text(&picture.to_png(None), "made-from"), None);
        assert_eq!(png_text(&file[..40], "made-from"), None);
    }

    #[test]
    fn many_colours_come_near() {
        let pixels =
            (0..4096).flat_map(|at| [at / 64 * 4, at % 64 * 4, 90].map(|v| v as u8));
        let (width, height) = (64, 64);
        let pixels: Vec<u8> = pixels.collect();
        let picture = Picture { width, height, channels: Channels::Rgb, pixels };
        let file = picture.to_small_png(64, ("a", "b"));
        let back = Picture::from_bytes(&file).unwrap();
        let off =
            back.pixels.iter().zip(&picture.pixels).map(|(a, b)| a.abs_diff(*b)).max();
        assert!(off.unwrap() <= 32, "{off:?}");
    }
}

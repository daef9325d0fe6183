//! Pictures as JPEG keeps them: brightness in full, colour in half resolution (4:2:0).

use super::{Channels, Picture, jpeg};
use crate::geom::Rgb;
use crate::lanes::widest;

/// A picture in brightness and colour (Y, Cb and Cr of JFIF 1.02, 8 bits each), rows from
/// top to bottom. A value of colour stands for two by two pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ycc {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width × height` values.
    pub light: Vec<u8>,
    /// Blue and red less brightness, half as wide and half as high, rounded up; none in a
    /// gray picture.
    pub colour: Option<[Vec<u8>; 2]>,
}

impl Ycc {
    /// The colours of a picture; its opacity is left out.
    pub fn of(picture: &Picture) -> Self {
        let &Picture { width, height, channels, ref pixels } = picture;
        match channels {
            Channels::Gray => Self { width, height, light: pixels.clone(), colour: None },
            Channels::Rgb => split::<3>(picture),
            Channels::Rgba => split::<4>(picture),
        }
    }

    /// The width and height of the planes of colour.
    pub(super) fn half(&self) -> [usize; 2] {
        [self.width, self.height].map(|side| side.div_ceil(2) as usize)
    }

    /// The same in red, green and blue, or in gray. Colour goes over from place to place
    /// as in the readers of JPEG: three quarters of the nearest and one of the next.
    pub fn picture(&self) -> Picture {
        let &Self { width, height, ref light, ref colour } = self;
        let Some(colour) = colour else {
            let pixels = light.clone();
            return Picture { width, height, channels: Channels::Gray, pixels };
        };
        let ([columns, rows], line) = (self.half(), width as usize);
        let mut pixels = vec![0; light.len() * 3];
        let mut finer = [vec![0.0; 2 * columns], vec![0.0; 2 * columns]];
        let lines = pixels.chunks_exact_mut(3 * line).zip(light.chunks_exact(line));
        for (number, (out, light)) in lines.enumerate() {
            let (near, far) = neighbours(number, rows);
            for (plane, finer) in colour.iter().zip(&mut finer) {
                let row = |at: usize| &plane[at * columns..(at + 1) * columns];
                widen(row(near), row(far), finer);
            }
            let colours = finer[0].iter().zip(&finer[1]);
            for ((to, &light), (&blue, &red)) in
                out.as_chunks_mut::<3>().0.iter_mut().zip(light).zip(colours)
            {
                *to = rgb(f32::from(light), blue, red);
            }
        }
        Picture { width, height, channels: Channels::Rgb, pixels }
    }

    /// As a JPEG file in a quality of 1 to 100.
    pub fn to_jpeg(&self, quality: u8) -> Vec<u8> {
        jpeg::file(self, quality)
    }

    /// As [`Ycc::to_jpeg`], in as many bytes at most: where they do not do, in a lower
    /// quality, but in none under 16, in which grain is lost.
    pub fn to_jpeg_within(&self, quality: u8, most: usize) -> Vec<u8> {
        jpeg::file_within(self, quality, most)
    }

    /// Brightness of a colour, 0 to 255, and blue and red less that, about 0.
    pub fn values(Rgb { r, g, b }: Rgb) -> [f32; 3] {
        ycc([r, g, b])
    }

    /// The mean colour.
    pub fn mean_colour(&self) -> Rgb {
        let mean = |plane: &[u8]| {
            let sum: u64 = plane.chunks(1 << 16).map(|part| u64::from(sum(part))).sum();
            (sum as f64 / plane.len().max(1) as f64) as f32
        };
        let [blue, red] = match &self.colour {
            Some(colour) => colour.each_ref().map(|plane| mean(plane) - MIDDLE),
            None => [0.0; 2],
        };
        let [r, g, b] = rgb(mean(&self.light), blue, red);
        Rgb { r, g, b }
    }
}

/// What stands for no colour.
const MIDDLE: f32 = 128.0;

/// The sum of at most 2^16 bytes.
fn sum(bytes: &[u8]) -> u32 {
    widest(
        #[inline(always)]
        || bytes.iter().map(|&byte| u32::from(byte)).sum(),
    )
}

/// Red, green and blue of a brightness and colours less [`MIDDLE`].
fn rgb(light: f32, blue: f32, red: f32) -> [u8; 3] {
    let channel = |value: f32| (value + 0.5).clamp(0.0, 255.0) as u8;
    [
        channel(light + 1.402 * red),
        channel(light - 0.344_136 * blue - 0.714_136 * red),
        channel(light + 1.772 * blue),
    ]
}

/// Brightness and colours of a pixel.
fn ycc(pixel: [u8; 3]) -> [f32; 3] {
    let [r, g, b] = pixel.map(f32::from);
    let y = 0.299 * r + 0.587 * g + 0.114 * b;
    [y, (b - y) * (1.0 / 1.772), (r - y) * (1.0 / 1.402)]
}

/// The row of colour in which a row of pixels lies, and the one on its other side.
fn neighbours(row: usize, rows: usize) -> (usize, usize) {
    let near = row / 2;
    let far = if row.is_multiple_of(2) { near.saturating_sub(1) } else { near + 1 };
    (near, far.min(rows - 1))
}

/// Two rows of colour, less [`MIDDLE`], as one row of twice as many places.
fn widen(near: &[u8], far: &[u8], out: &mut [f32]) {
    let last = near.len() - 1;
    let at = |i: usize| 0.75 * f32::from(near[i]) + 0.25 * f32::from(far[i]) - MIDDLE;
    let mut left = at(0);
    let mut here = left;
    for (column, pair) in out.as_chunks_mut::<2>().0.iter_mut().enumerate() {
        let right = at((column + 1).min(last));
        *pair = [0.75 * here + 0.25 * left, 0.75 * here + 0.25 * right];
        (left, here) = (here, right);
    }
}

/// Brightness and colour of a picture of so many bytes a pixel.
fn split<const N: usize>(picture: &Picture) -> Ycc {
    let &Picture { width, height, ref pixels, .. } = picture;
    let (line, half) = (width as usize, width.div_ceil(2) as usize);
    let mut light = Vec::with_capacity(pixels.len() / N);
    let mut colour =
        [0, 1].map(|_| Vec::with_capacity(half * height.div_ceil(2) as usize));
    let rows = pixels.as_chunks::<N>().0.chunks(line);
    let rows: Vec<&[[u8; N]]> = rows.collect();
    for pair in rows.chunks(2) {
        let mut sums = vec![[0.0_f32; 3]; half];
        for row in pair {
            for (column, pixel) in row.iter().enumerate() {
                let [y, blue, red] = ycc([pixel[0], pixel[1], pixel[2]]);
                light.push((y + 0.5) as u8);
                let [a, b, count] = sums[column / 2];
                sums[column / 2] = [a + blue, b + red, count + 1.0];
            }
        }
        for [blue, red, count] in sums {
            for (plane, sum) in colour.iter_mut().zip([blue, red]) {
                plane.push((sum / count + MIDDLE + 0.5) as u8);
            }
        }
    }
    Ycc { width, height, light, colour: Some(colour) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_back_where_they_do_not_change_from_pixel_to_pixel() {
        for (channels, width, height) in
            [(Channels::Rgb, 31, 17), (Channels::Rgba, 1, 1), (Channels::Gray, 6, 5)]
        {
            let colour = [180, 150, 90, 255];
            let count = (width * height) as usize;
            let pixels = colour[..channels.count()].repeat(count);
            let picture = Picture { width, height, channels, pixels };
            let back = Ycc::of(&picture).picture();
            assert_eq!((back.width, back.height), (width, height));
            for (x, y) in [(0, 0), (width - 1, height - 1), (width / 2, height / 2)] {
                let [one, two] = [&picture, &back].map(|p| p.pixel(x, y));
                let apart = one[..3].iter().zip(&two[..3]).map(|(a, b)| a.abs_diff(*b));
                assert!(apart.max() <= Some(1), "{one:?} {two:?}");
            }
            let (one, two) = (picture.mean_colour(), Ycc::of(&picture).mean_colour());
            assert!(one.r.abs_diff(two.r) <= 1 && one.b.abs_diff(two.b) <= 1);
        }
    }
}

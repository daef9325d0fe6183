//! What shows through of the other side, and what came off from the page that lay upon
//! this one: both mirrored, blurred and faint.

use super::png;
use crate::geom::Resolution;
use crate::page::{Leaf, Pages};
use crate::picture::{Channels, Picture};

/// The resolution at which ghosts are drawn: they have no edges.
const PPI: Resolution = Resolution(80.0);

/// The share of ink that comes off on the page that lies upon it.
const OFFSET: f32 = 0.02;

/// Which share of red, green and blue light a full ghost takes: it is brownish.
const TINT: [f32; 3] = [0.85, 0.95, 1.0];

/// What shows of the other pages on one page.
pub(super) struct Ghost {
    /// How strongly, 0 to 1, by pixel.
    shares: Vec<f32>,
    /// Pixels in a row, and rows.
    pixels: [usize; 2],
}

impl Ghost {
    /// The ghost on a page.
    pub(super) fn of(pages: &Pages, index: usize, leaf: &Leaf) -> Self {
        let through = leaf.paper.translucence(leaf.age);
        let others = [(pages.back_of(index), through), (pages.facing(index), OFFSET)];
        let mut ghost = Self { shares: Vec::new(), pixels: [0; 2] };
        for (other, strength) in others {
            if let Some(other) = other {
                ghost.add(&inked(pages, other), strength);
            }
        }
        ghost
    }

    /// Adds the ink of a page, mirrored.
    fn add(&mut self, page: &Picture, strength: f32) {
        let size = [page.width as usize, page.height as usize];
        if self.shares.is_empty() {
            self.pixels = size;
            self.shares = vec![0.0; size[0] * size[1]];
        }
        if self.pixels != size {
            return;
        }
        let rows = page.pixels.chunks_exact(size[0] * 3);
        for (shares, row) in self.shares.chunks_exact_mut(size[0]).zip(rows) {
            let mirrored = row.chunks_exact(3).rev();
            for (share, pixel) in shares.iter_mut().zip(mirrored) {
                *share += strength * (1.0 - f32::from(pixel[1]) / 255.0);
            }
        }
    }

    /// Whether nothing shows.
    pub(super) fn is_empty(&self) -> bool {
        self.shares.iter().all(|share| *share <= 0.0)
    }

    /// Darkens a sheet where it shows.
    pub(super) fn show(&self, sheet: &mut Picture) {
        if self.is_empty() || sheet.channels != Channels::Rgb {
            return;
        }
        let [width, height] = self.pixels;
        let columns = steps(sheet.width as usize, width);
        let rows = steps(sheet.height as usize, height);
        let lines = sheet.pixels.chunks_exact_mut(sheet.width as usize * 3);
        for (line, &(row, down)) in lines.zip(&rows) {
            let upper = &self.shares[row * width..(row + 1) * width];
            let lower = &self.shares[(row + 1).min(height - 1) * width..][..width];
            for (pixel, &(column, over)) in line.chunks_exact_mut(3).zip(&columns) {
                let next = (column + 1).min(width - 1);
                let top = upper[column] + (upper[next] - upper[column]) * over;
                let low = lower[column] + (lower[next] - lower[column]) * over;
                let share = top + (low - top) * down;
                if share > 0.001 {
                    for (value, tint) in pixel.iter_mut().zip(TINT) {
                        *value = (f32::from(*value) * (1.0 - share * tint) + 0.5) as u8;
                    }
                }
            }
        }
    }
}

/// For each of `fine` pixels the coarse one before its middle, and how far it is beyond.
fn steps(fine: usize, coarse: usize) -> Vec<(usize, f32)> {
    let scale = coarse as f32 / fine as f32;
    let step = |i: usize| {
        let at = ((i as f32 + 0.5) * scale - 0.5).clamp(0.0, coarse as f32 - 1.0);
        (at as usize, at - at as usize as f32)
    };
    (0..fine).map(step).collect()
}

/// The ink of a page on white, blurred as the thickness of paper does.
fn inked(pages: &Pages, index: usize) -> Picture {
    let mut canvas = crate::raster::Canvas::white(pages.pages[index].size, PPI);
    png::draw_items(pages, index, &mut canvas, None);
    let mut picture = canvas.into_picture();
    soften(&mut picture);
    picture
}

/// Blurs by a pixel: three by three, twice.
fn soften(picture: &mut Picture) {
    let stride = picture.width as usize * 3;
    for step in [3, stride, 3, stride] {
        let from = picture.pixels.clone();
        let at = |i: usize| u16::from(from.get(i).copied().unwrap_or(255));
        for (i, value) in picture.pixels.iter_mut().enumerate().skip(step) {
            *value = ((at(i - step) + 2 * at(i) + at(i + step) + 2) / 4) as u8;
        }
    }
}

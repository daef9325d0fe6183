//! Tiles of noise: a texture of fibres or of cloth that repeats without a seam.

use super::blur::blur;
use crate::geom::{Length, Resolution};
use crate::seed::Seed;

/// Pixels on a side.
const SIDE: usize = 512;

/// How far a blur may reach over the seam.
const SEAM: usize = 64;

/// A square of smooth noise with mean 0 and variance 1.
pub(super) struct Tile(Vec<f32>);

impl Tile {
    /// Noise blurred by a standard deviation.
    pub(super) fn new(seed: Seed, deviation: Length, resolution: Resolution) -> Self {
        let mut rng = seed.rng();
        // The sum of four even numbers is as good as a bell here.
        let noise: Vec<f32> = (0..SIDE * SIDE)
            .map(|_| {
                let bits = rng.bits();
                let part = |k: u32| ((bits >> (16 * k)) & 0xffff) as f32;
                (0..4).map(part).sum::<f32>() - 131_070.0
            })
            .collect();
        let wide = SIDE + 2 * SEAM;
        let wrap = |i: usize| (i + SIDE - SEAM) % SIDE;
        let place = |i: usize| wrap(i / wide) * SIDE + wrap(i % wide);
        let mut plane: Vec<f32> = (0..wide * wide).map(|i| noise[place(i)]).collect();
        let reach = (deviation.to_px(resolution) as f32).min(SEAM as f32 / 3.0);
        blur(&mut plane, wide, reach);
        let rows = plane.chunks_exact(wide).skip(SEAM).take(SIDE);
        let mut tile: Vec<f32> =
            rows.flat_map(|row| row[SEAM..SEAM + SIDE].iter().copied()).collect();
        let count = tile.len() as f32;
        let mean = tile.iter().sum::<f32>() / count;
        let variance = tile.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / count;
        let scale = 1.0 / variance.sqrt().max(1e-6);
        tile.iter_mut().for_each(|v| *v = (*v - mean) * scale);
        Self(tile)
    }

    /// The noise at a pixel.
    pub(super) fn at(&self, x: usize, y: usize) -> f32 {
        self.0[(y % SIDE) * SIDE + x % SIDE]
    }
}

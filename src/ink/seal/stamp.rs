//! Red seal paste: a square stone pressed on paper, its characters left white or red.

use std::sync::Arc;

use super::RESOLUTION;
use super::relief::{Field, grid};
use crate::font::Face;
use crate::geom::{Lab, Length};
use crate::picture::{Channels, Picture};
use crate::seed::Seed;

/// The paste as it looks on paper.
const PASTE: Lab = Lab::new(47.0, 52.0, 36.0);

/// Draws a stamp.
pub(super) fn draw(
    text: &str,
    width: Length,
    seed: Seed,
    face: &dyn Fn(char) -> Option<Arc<Face>>,
) -> Picture {
    let side = (width.to_px(RESOLUTION) + 0.5).clamp(24.0, 2000.0) as usize;
    let drawn = grid(text, side, 0.76, face);
    let mut rng = seed.derive("paste").rng();
    let grain = Field::new(side, side, |_, _| 0.0);
    let noise: Vec<f32> = (0..side * side).map(|_| rng.normal() as f32).collect();
    let fine = Field { values: noise.clone(), ..grain.clone() }.soft((side / 160).max(2));
    let coarse = Field { values: noise, ..grain }.soft((side / 26).max(2));
    let colour = PASTE.to_rgb();
    let mut pixels = Vec::with_capacity(side * side * 4);
    for y in 0..side {
        for x in 0..side {
            let i = y * side + x;
            let shape =
                frame(x, y, side).max(drawn.as_ref().map_or(0.0, |d| d.values[i]));
            // Paste lies thick and thin, and leaves the edges ragged.
            let full = 0.9 + fine.values[i] * 1.2 + coarse.values[i] * 3.0;
            let ragged = ((shape + fine.values[i] * 0.6 - 0.45) * 5.0).clamp(0.0, 1.0);
            let cover = (ragged * full.clamp(0.25, 1.0)).clamp(0.0, 1.0);
            pixels.extend([colour.r, colour.g, colour.b, (cover * 255.0 + 0.5) as u8]);
        }
    }
    Picture { width: side as u32, height: side as u32, channels: Channels::Rgba, pixels }
}

/// The border of the stone, with rounded corners: 1 where it prints.
fn frame(x: usize, y: usize, side: usize) -> f32 {
    let unit = side as f64;
    let edge = |c: usize| {
        let from = c as f64 / unit;
        from.min(1.0 - from)
    };
    let (u, v) = (edge(x), edge(y));
    let near = u.min(v);
    let corner = libm::hypot((0.12 - u).max(0.0), (0.12 - v).max(0.0));
    let inside = near > 0.03 && corner < 0.09;
    f32::from(u8::from(inside && near < 0.075))
}

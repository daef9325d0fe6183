//! Red seal paste: a square stone pressed on paper, its characters left white or red.

use std::sync::Arc;

use super::RESOLUTION;
use super::relief::Field;
use super::stone;
use crate::font::Face;
use crate::geom::{Lab, Length};
use crate::picture::{Channels, Picture};
use crate::seed::Seed;

/// The paste by itself: on old paper it is a shade darker and yellower.
const PASTE: Lab = Lab::new(53.0, 56.0, 34.0);

/// How much of its side the characters of a stone take.
const ROOM: f64 = 0.84;

/// Draws a stamp.
pub(super) fn draw(
    text: &str,
    width: Length,
    seed: Seed,
    face: &dyn Fn(char) -> Option<Arc<Face>>,
) -> Picture {
    let side = (width.to_px(RESOLUTION) + 0.5).clamp(24.0, 2000.0) as usize;
    let drawn = stone::cut(text, side, ROOM, face);
    let frame = frame_of(text);
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
                frame.at(x, y, side).max(drawn.as_ref().map_or(0.0, |d| d.values[i]));
            // Paste lies thick and thin, and leaves the edges ragged.
            let full = 0.9 + fine.values[i] * 1.2 + coarse.values[i] * 3.0;
            let ragged = ((shape + fine.values[i] * 0.6 - 0.45) * 5.0).clamp(0.0, 1.0);
            let cover = (ragged * full.clamp(0.25, 1.0)).clamp(0.0, 1.0);
            pixels.extend([colour.r, colour.g, colour.b, (cover * 255.0 + 0.5) as u8]);
        }
    }
    Picture { width: side as u32, height: side as u32, channels: Channels::Rgba, pixels }
}

/// The border of a stone with these characters: many are fine, and so is the line around them.
fn frame_of(text: &str) -> Frame {
    let rows = libm::sqrt(text.chars().count().max(1) as f64);
    Frame { from: 0.03, to: 0.03 + (0.06 / rows).clamp(0.018, 0.045) }
}

/// The border of a stone: from where to where it prints, as shares of its side.
struct Frame {
    /// Its outer edge.
    from: f64,
    /// Its inner edge.
    to: f64,
}

impl Frame {
    /// 1 where it prints; its corners are round.
    fn at(&self, x: usize, y: usize, side: usize) -> f32 {
        let unit = side as f64;
        let edge = |c: usize| {
            let from = (c as f64 + 0.5) / unit;
            from.min(1.0 - from)
        };
        let (u, v) = (edge(x), edge(y));
        // How far inside of the outer edge.
        let round = 0.12 - self.from;
        let corner = libm::hypot((0.12 - u).max(0.0), (0.12 - v).max(0.0));
        let depth =
            if u < 0.12 && v < 0.12 { round - corner } else { u.min(v) - self.from };
        let pixels = depth.min(self.to - self.from - depth) * unit;
        (pixels + 0.5).clamp(0.0, 1.0) as f32
    }
}

//! Thumb marks: where a leaf was held and turned, again and again.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// What hands leave, on both sides: a thumb in front, a finger behind.
const GRIME: Lab = Lab::new(-8.5, 0.9, 3.8);

/// From ridge to ridge of the skin, in millimetres.
const RIDGES: f32 = 0.5;

/// One mark.
struct Mark {
    /// Its middle, in millimetres.
    at: [f32; 2],
    /// Half its width and its length.
    half: [f32; 2],
    /// Its direction, as cosine and sine.
    turn: [f32; 2],
    /// How strong it is.
    strength: f32,
}

impl Mark {
    /// A place as seen from the mark: across and along, 1 at its rim.
    fn coordinates(&self, x: f32, y: f32) -> [f32; 2] {
        let [dx, dy] = [x - self.at[0], y - self.at[1]];
        let [cos, sin] = self.turn;
        [(dx * cos + dy * sin) / self.half[0], (dy * cos - dx * sin) / self.half[1]]
    }

    /// The box around it.
    fn bounds(&self) -> ([f32; 2], [f32; 2]) {
        let reach = 1.7 * self.half[1];
        (self.at.map(|v| v - reach), self.at.map(|v| v + reach))
    }
}

/// The marks of a leaf: at the lower corners where it was turned, and at the sides.
fn marks(leaf: &Leaf, [width, height]: [f32; 2]) -> Vec<Mark> {
    let mut rng = leaf.seed.derive("thumbs").rng();
    let count = 10 + rng.below(5);
    let mark = |number: usize| {
        let right = rng.unit() < 0.72;
        // The first lie where the leaf was turned, the others where it was held.
        let corner = number < 6;
        let inward = rng.between(3.0, if corner { 12.0 } else { 8.0 }) as f32;
        let low = rng.between(0.0, 1.0);
        let up = if corner { 4.0 + 26.0 * low } else { 0.5 * f64::from(height) * low };
        let turn = (if right { -0.6 } else { 0.6 } + rng.normal() * 0.3) as f32;
        let (sin, cos) = libm::sincosf(turn);
        Mark {
            at: [if right { width - inward } else { inward }, height - up as f32],
            half: [rng.between(6.0, 8.5) as f32, rng.between(9.0, 12.5) as f32],
            turn: [cos, sin],
            strength: leaf.traces() * rng.between(0.3, 0.9) as f32,
        }
    };
    (0..count).map(mark).collect()
}

/// Presses the grease in: soft patches that both sides share.
pub(super) fn press(grid: &mut Grid, leaf: &Leaf) {
    let field = Field(leaf.seed.derive("skin"));
    for mark in marks(leaf, grid.frame.mm()) {
        let (low, high) = mark.bounds();
        grid.paint(low, high, |x, y| {
            let [u, v] = mark.coordinates(x, y);
            let off = (u * u + v * v).sqrt();
            let uneven = 1.0 + 0.5 * field.at(x / 4.0, y / 4.0);
            let share = (1.3 * bell(off * 0.72) - 0.22).max(0.0) * uneven;
            Lab::default().mix(GRIME, 0.75 * mark.strength * share)
        });
    }
}

/// Shows the ridges of the skin in the clearest marks.
pub(super) fn ridges(grid: &mut Grid, leaf: &Leaf) {
    let field = Field(leaf.seed.derive("ridges"));
    let clear = |mark: &Mark| mark.strength > 0.4;
    for mark in marks(leaf, grid.frame.mm()).into_iter().filter(clear) {
        let (low, high) = mark.bounds();
        grid.paint(low, high, |x, y| {
            let [u, v] = mark.coordinates(x, y);
            let off = (u * u + v * v).sqrt();
            if off > 1.05 {
                return Lab::default();
            }
            // Ridges run in arches around the core of the pattern.
            let arch = (u * u * 36.0 + (v + 0.45) * (v + 0.45) * 70.0).sqrt();
            let phase = arch / RIDGES + 1.4 * field.at(x / 3.0, y / 3.0);
            let ridge = (2.0 * (phase - libm::floorf(phase)) - 1.0).abs() - 0.4;
            let patch = (0.4 + field.at(x / 2.2 + 40.0, y / 2.2)).clamp(0.0, 1.0);
            let share = ridge.max(0.0) * patch * (1.05 - off).min(0.35) * 2.6;
            Lab::default().mix(GRIME, mark.strength * share)
        });
    }
}

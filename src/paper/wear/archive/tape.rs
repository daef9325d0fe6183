//! Tape: a strip that once was clear, and the yellow it left in the paper.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// What the adhesive does to the paper, on both sides.
const SHADOW: Lab = Lab::new(-6.5, 2.6, 14.0);
/// The carrier that still lies on it.
const FILM: Lab = Lab::new(-3.0, 1.4, 7.0);

/// A strip of tape.
struct Strip {
    /// Its middle, in millimetres.
    at: [f32; 2],
    /// Half its length and half its width.
    half: [f32; 2],
    /// Its direction, as cosine and sine.
    turn: [f32; 2],
    /// How it is uneven.
    field: Field,
}

impl Strip {
    /// The strip of a leaf: over a tear at the upper or right edge, or along a fold.
    fn of(leaf: &Leaf, [width, height]: [f32; 2]) -> Self {
        let seed = leaf.seed.derive("tape");
        let mut rng = seed.rng();
        let mut share = |low: f64, high: f64| rng.between(low, high) as f32;
        let lean = share(-0.05, 0.05);
        let long = share(16.0, 34.0);
        let (at, angle) = match (share(0.0, 3.0) as usize).min(2) {
            0 => (
                [width * share(0.25, 0.75), long - 6.0],
                0.5 * core::f32::consts::PI + lean,
            ),
            1 => ([width - long + 6.0, height * share(0.25, 0.75)], lean),
            _ => ([width * share(0.3, 0.7), height / 3.0], lean),
        };
        let (sin, cos) = libm::sincosf(angle);
        let half = [long, if share(0.0, 1.0) < 0.6 { 6.3 } else { 9.5 }];
        Self { at, half, turn: [cos, sin], field: Field(seed) }
    }

    /// How far inside the strip a place is.
    fn inside(&self, x: f32, y: f32) -> f32 {
        let [dx, dy] = [x - self.at[0], y - self.at[1]];
        let [cos, sin] = self.turn;
        let (u, v) = (dx * cos + dy * sin, dy * cos - dx * sin);
        // The teeth of the dispenser cut its ends.
        let teeth = 0.35 * (2.0 * (v / 1.3 - libm::floorf(v / 1.3)) - 1.0).abs();
        (self.half[0] - u.abs() - teeth).min(self.half[1] - v.abs())
    }

    /// The box around it.
    fn bounds(&self) -> [[f32; 2]; 2] {
        let reach = self.half[0] + self.half[1] + 4.0;
        [self.at.map(|v| v - reach), self.at.map(|v| v + reach)]
    }
}

/// Stains what the adhesive went into.
pub(in crate::paper::wear) fn stain(grid: &mut Grid, leaf: &Leaf) {
    let strip = Strip::of(leaf, grid.frame.mm());
    let [low, high] = strip.bounds();
    let strength = leaf.traces();
    grid.paint(low, high, |x, y| {
        let inside = strip.inside(x, y);
        let crept = 0.8 * strip.field.at(x / 5.0, y / 5.0);
        let share = (0.5 + (inside + crept) / 2.2).clamp(0.0, 1.0);
        let uneven = 0.8 + 0.35 * strip.field.at(x / 9.0, y / 9.0);
        Lab::default().mix(SHADOW, share * uneven * strength)
    });
}

/// Lays the carrier on the front.
pub(super) fn lay(grid: &mut Grid, leaf: &Leaf) {
    let strip = Strip::of(leaf, grid.frame.mm());
    let [low, high] = strip.bounds();
    let strength = leaf.traces();
    grid.paint(low, high, |x, y| {
        let inside = strip.inside(x, y);
        if inside < -0.6 {
            return Lab::default();
        }
        let cover = (0.5 + inside / 0.2).clamp(0.0, 1.0);
        // Dirt sticks to the adhesive that came out at its sides; air lies under it in
        // patches.
        let rim = bell(inside / 0.35);
        let air = (strip.field.at(x / 3.0 + 50.0, y / 3.0) - 0.45).max(0.0);
        Lab {
            l: strength * (cover * (FILM.l + 5.0 * air) - 6.0 * rim),
            a: strength * cover * FILM.a,
            b: strength * (cover * (FILM.b - 6.0 * air) + 1.5 * rim),
        }
    });
}

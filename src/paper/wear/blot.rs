//! Ink that fell from a pen: a blot and the spatter around it.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// Ink that fell from a pen.
const INK: Lab = Lab::new(26.0, 4.0, -7.0);
/// Ink where it stands thin and has browned.
const THIN: Lab = Lab::new(45.0, 5.0, 6.0);
/// What a blot shows on the back.
const BEHIND: Lab = Lab::new(-15.0, 1.5, 1.0);

/// A drop of ink.
#[derive(Clone, Copy)]
struct Drop {
    /// Its middle, in millimetres.
    at: [f32; 2],
    /// Its radius.
    radius: f32,
}

/// The drops of a leaf: one blot, and the fine ones that flew from it.
fn drops(leaf: &Leaf, [width, height]: [f32; 2]) -> Vec<Drop> {
    let mut rng = leaf.seed.derive("drops").rng();
    let middle =
        [width * rng.between(0.15, 0.85) as f32, height * rng.between(0.12, 0.88) as f32];
    let traces = leaf.traces();
    let blot = Drop { at: middle, radius: traces * rng.between(2.2, 4.6) as f32 };
    let (sin, cos) = libm::sincosf(rng.between(0.0, core::f64::consts::TAU) as f32);
    let count = 14 + rng.below(16);
    let spatter = (0..count).map(|_| {
        let far = blot.radius + 26.0 * (rng.unit() * rng.unit()) as f32;
        let off = 0.3 * far * rng.normal() as f32;
        let at = [middle[0] + far * cos - off * sin, middle[1] + far * sin + off * cos];
        let size = libm::expf(0.6 * rng.normal() as f32) / (1.0 + far / 22.0);
        Drop { at, radius: traces * (0.34 * size).clamp(0.08, 1.1) }
    });
    let spatter: Vec<Drop> = spatter.collect();
    [vec![blot], spatter].concat()
}

/// Lets ink fall on the front.
pub(super) fn fall(grid: &mut Grid, leaf: &Leaf) {
    let rough = Field(leaf.seed.derive("blot"));
    for Drop { at: [x0, y0], radius } in drops(leaf, grid.frame.mm()) {
        let reach = radius * 1.7 + 0.7;
        let soft = 0.5 * grid.cell() + 0.05;
        grid.cover([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
            let [dx, dy] = [x - x0, y - y0];
            let outline = 1.0
                + 0.16 * rough.at(x / radius, y / radius)
                + 0.07 * rough.at(x / (0.3 * radius), y / (0.3 * radius));
            // It feathers along the fibres.
            let feather = 0.12 * rough.at(x / 0.3, y / 0.3);
            let inside = radius * outline + feather - (dx * dx + dy * dy).sqrt();
            let cover = (inside / (2.0 * soft) + 0.5).clamp(0.0, 1.0);
            // It dried last at its rim, and pooled there.
            let rim = bell((inside - 0.12 * radius) / (0.16 * radius + 0.1));
            let pool =
                0.55 + 0.4 * rough.at(x / (0.8 * radius) + 9.0, y / (0.8 * radius));
            let deep = (pool + 0.5 * rim).clamp(0.2, 1.0);
            (THIN.mix(INK, deep), cover * (0.82 + 0.12 * deep))
        });
    }
}

/// What of the blot shows behind.
pub(super) fn strike_through(grid: &mut Grid, leaf: &Leaf) {
    let rough = Field(leaf.seed.derive("blot"));
    let drops = drops(leaf, grid.frame.mm());
    for Drop { at: [x0, y0], radius } in drops.into_iter().filter(|d| d.radius > 0.5) {
        let reach = radius * 1.5 + 1.0;
        grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
            let [dx, dy] = [x - x0, y - y0];
            let outline = 0.85 + 0.2 * rough.at(x / radius, y / radius);
            let inside = radius * outline - (dx * dx + dy * dy).sqrt();
            let cover = (0.4 + inside / 0.9).clamp(0.0, 1.0);
            Lab::default().mix(BEHIND, cover * (0.7 + 0.4 * rough.at(x / 0.7, y / 0.7)))
        });
    }
}

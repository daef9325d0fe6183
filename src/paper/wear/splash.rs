//! Mud: splashes that dried on the sheet.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// Dried mud.
const MUD: Lab = Lab::new(-19.0, 3.4, 10.0);

/// What the water in the mud does to the paper, on both sides.
const SOAKED: Lab = Lab::new(-3.4, 0.9, 4.2);

/// One splash.
struct Splash {
    /// Its middle, in millimetres.
    at: [f32; 2],
    /// Its radius.
    radius: f32,
    /// Its length is so many times its height.
    long: f32,
    /// How thick it lies.
    strength: f32,
}

/// The splashes of a leaf, from one side: large ones near it, fine ones far.
fn splashes(leaf: &Leaf, [width, height]: [f32; 2]) -> Vec<Splash> {
    let mut rng = leaf.seed.derive("mud").rng();
    let from = if rng.unit() < 0.5 { 0.0 } else { width };
    let toward = if from == 0.0 { 1.0 } else { -1.0 };
    let level = height * rng.between(0.55, 0.95) as f32;
    let count = 45 + rng.below(30);
    let splash = |_| {
        let far = width * 0.75 * (rng.unit() * rng.unit()) as f32;
        let at = [from + toward * far, level + (12.0 + 0.35 * far) * rng.normal() as f32];
        let size = libm::expf(rng.normal() as f32 * 0.75);
        let radius = (size * 1.5 / (1.0 + far / 40.0)).clamp(0.15, 5.0);
        let strength = leaf.traces() * rng.between(0.35, 1.0) as f32;
        // Splashes are drawn out in the direction they flew.
        Splash { at, radius, long: 1.0 + 0.9 * rng.unit() as f32, strength }
    };
    (0..count).map(splash).collect()
}

/// Wets the paper around the larger splashes.
pub(super) fn soak(grid: &mut Grid, leaf: &Leaf) {
    let rough = Field(leaf.seed.derive("mud").derive("water"));
    for Splash { at: [x0, y0], radius, long, strength } in splashes(leaf, grid.frame.mm())
    {
        let wide = 2.1 * radius;
        let reach = 1.5 * wide * long;
        grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
            let [dx, dy] = [(x - x0) / long, y - y0];
            let outline = 1.0 + 0.35 * rough.at(x / wide, y / wide);
            let inside = wide * outline - (dx * dx + dy * dy).sqrt();
            let share = (0.3 + inside / wide).clamp(0.0, 1.0);
            Lab::default().mix(SOAKED, strength * share)
        });
    }
}

/// Throws the mud.
pub(super) fn mud(grid: &mut Grid, leaf: &Leaf) {
    let rough = Field(leaf.seed.derive("mud").derive("outline"));
    for Splash { at: [x0, y0], radius, long, strength } in splashes(leaf, grid.frame.mm())
    {
        let reach = radius * long * 1.7 + 0.6;
        grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
            let [dx, dy] = [(x - x0) / long, y - y0];
            let outline = 1.0
                + 0.32 * rough.at(x / (0.9 * radius), y / (0.9 * radius))
                + 0.14 * rough.at(x / (0.3 * radius), y / (0.3 * radius));
            let inside = radius * outline - (dx * dx + dy * dy).sqrt();
            let cover = (inside / 0.35 + 0.4).clamp(0.0, 1.0);
            let crust = 0.7
                + 0.3 * bell(inside / (0.35 * radius))
                + 0.18 * rough.at(x / 0.8, y / 0.8);
            Lab::default().mix(MUD, cover * crust * strength)
        });
    }
}

//! Mud: splashes that dried on the sheet.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// Dried mud.
const MUD: Lab = Lab::new(-19.0, 3.4, 10.0);

/// Throws mud from one side: large splashes near it, fine ones far.
pub(super) fn mud(grid: &mut Grid, leaf: &Leaf) {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("mud");
    let mut rng = seed.rng();
    let rough = Field(seed.derive("outline"));
    let from = if rng.unit() < 0.5 { 0.0 } else { width };
    let toward = if from == 0.0 { 1.0 } else { -1.0 };
    let level = height * rng.between(0.55, 0.95) as f32;
    for _ in 0..45 + rng.below(30) {
        let far = width * 0.75 * (rng.unit() * rng.unit()) as f32;
        let x0 = from + toward * far;
        let y0 = level + (12.0 + 0.35 * far) * rng.normal() as f32;
        let size = libm::expf(rng.normal() as f32 * 0.75);
        let radius = (size * 1.5 / (1.0 + far / 40.0)).clamp(0.15, 5.0);
        let strength = leaf.traces() * rng.between(0.35, 1.0) as f32;
        // Splashes are drawn out in the direction they flew.
        let long = 1.0 + 0.9 * rng.unit() as f32;
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

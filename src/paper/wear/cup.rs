//! A desk: the ring of a cup, and drops of ink.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// Coffee where it dried.
const COFFEE: Lab = Lab::new(-11.0, 3.8, 12.0);
/// Ink that fell from a pen.
const INK: Lab = Lab::new(-46.0, 1.0, -9.0);

/// Sets a cup down and lets ink fall.
pub(super) fn stand(grid: &mut Grid, leaf: &Leaf) {
    ring(grid, leaf);
    drops(grid, leaf);
}

/// The ring: a rim that the foot of the cup drew, closed only where it stood wet.
fn ring(grid: &mut Grid, leaf: &Leaf) {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("cup");
    let mut rng = seed.rng();
    let field = Field(seed.derive("wet"));
    let radius = rng.between(33.0, 41.0) as f32;
    let side = if rng.unit() < 0.5 { 0.12 } else { 0.88 };
    let x0 = width * (side + 0.12 * (rng.unit() as f32 - 0.5));
    let y0 = height * rng.between(0.3, 0.85) as f32;
    let strength = leaf.traces() * rng.between(0.55, 1.0) as f32;
    let reach = radius + 6.0;
    grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
        let [dx, dy] = [x - x0, y - y0];
        let off = (dx * dx + dy * dy).sqrt() - radius
            + 0.5 * field.at(x / 9.0, y / 9.0)
            + 0.2 * field.at(x / 2.1, y / 2.1);
        if off.abs() > 5.5 {
            return Lab::default();
        }
        let wet = (0.5 + 0.9 * field.at(x / 31.0 + 7.0, y / 31.0)).clamp(0.0, 1.0);
        // Two thin lines where the drop dried at both sides of the foot.
        let lines = bell((off - 0.9) / 0.3) + 0.8 * bell((off + 0.9) / 0.28);
        let between = 0.22 * bell(off / 1.3);
        Lab::default().mix(COFFEE, strength * wet * (lines * 0.8 + between))
    });
}

/// Drops of ink: a few near one place, the large ones first.
fn drops(grid: &mut Grid, leaf: &Leaf) {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("drops");
    let mut rng = seed.rng();
    let rough = Field(seed.derive("outline"));
    let middle =
        [width * rng.between(0.15, 0.85) as f32, height * rng.between(0.1, 0.9) as f32];
    for number in 0..4 + rng.below(8) {
        let far = 3.0 + 7.0 * number as f32 * rng.unit() as f32;
        let [x0, y0] = middle.map(|v| v + far * rng.normal() as f32 * 0.5);
        let radius = (0.95 * libm::exp(rng.normal() * 0.5)).min(2.4) as f32
            / (1.0 + number as f32 * 0.25);
        let reach = radius * 1.6 + 0.5;
        grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
            let [dx, dy] = [x - x0, y - y0];
            let outline = 1.0 + 0.12 * rough.at(x / radius, y / radius);
            let inside = radius * outline - (dx * dx + dy * dy).sqrt();
            let cover = (inside / 0.18 + 0.5).clamp(0.0, 1.0);
            // It pools at its rim.
            let deep = 0.78 + 0.22 * bell(inside / (0.3 * radius));
            Lab::default().mix(INK, cover * deep * leaf.traces())
        });
    }
}

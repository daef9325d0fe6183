//! Thumb marks: where a leaf was held and turned, again and again.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// What hands leave.
const GRIME: Lab = Lab::new(-5.0, 0.5, 2.6);

/// Presses thumbs on the lower corners and the sides.
pub(super) fn press(grid: &mut Grid, leaf: &Leaf) {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("thumbs");
    let mut rng = seed.rng();
    let field = Field(seed.derive("skin"));
    for number in 0..9 + rng.below(5) {
        let right = rng.unit() < 0.72;
        let inward = rng.between(3.0, 15.0) as f32;
        let x0 = if right { width - inward } else { inward };
        let low = rng.between(0.0, 1.0);
        let y0 = height * (1.0 - (0.03 + 0.32 * low * low) as f32);
        let (wide, long) = (rng.between(6.5, 9.0) as f32, rng.between(9.0, 13.0) as f32);
        let turn = (if right { -0.5 } else { 0.5 } + rng.normal() * 0.25) as f32;
        let (sin, cos) = (libm::sinf(turn), libm::cosf(turn));
        let strength = leaf.traces() * (0.35 + 0.5 * rng.unit() as f32);
        let skin = field.at(number as f32 * 3.7, 0.5);
        let reach = 2.2 * long;
        grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
            let [dx, dy] = [x - x0, y - y0];
            let (u, v) = ((dx * cos + dy * sin) / wide, (dy * cos - dx * sin) / long);
            let off = (u * u + v * v).sqrt();
            let uneven = 1.0
                + 0.5 * field.at(x / 4.0 + skin, y / 4.0)
                + 0.3 * field.at(x / 1.6, y);
            let share = (1.25 * bell(off * 0.8) - 0.25).max(0.0) * uneven;
            Lab::default().mix(GRIME, strength * share)
        });
    }
}

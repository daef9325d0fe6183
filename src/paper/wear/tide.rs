//! Tide lines: water crept in from an edge and left what it carried where it dried.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// What the water leaves at its rim.
const RIM: Lab = Lab::new(-8.5, 2.4, 9.5);
/// How the paper looks where it was wet.
const WET: Lab = Lab::new(-2.2, 0.5, 2.8);

/// A place that was wet.
struct Pool {
    /// Its middle, in millimetres.
    middle: [f32; 2],
    /// Its radius.
    radius: f32,
    /// How it crept.
    field: Field,
    /// How much it left.
    strength: f32,
}

impl Pool {
    /// How far a place lies beyond the rim; negative where it was wet.
    fn beyond(&self, x: f32, y: f32) -> f32 {
        let [dx, dy] = [x - self.middle[0], y - self.middle[1]];
        let field = self.field;
        let crept = 0.26 * self.radius * field.at(x / 37.0, y / 37.0)
            + 3.2 * field.at(x / 11.0, y / 11.0)
            + 0.9 * field.at(x / 3.3, y / 3.3);
        (dx * dx + dy * dy).sqrt() - self.radius + crept
    }

    /// The box around it.
    fn bounds(&self) -> ([f32; 2], [f32; 2]) {
        let reach = self.radius * 1.35 + 8.0;
        (self.middle.map(|v| v - reach), self.middle.map(|v| v + reach))
    }
}

/// The places of a leaf that were wet: a large one at an edge, and sometimes another.
fn pools(grid: &Grid, leaf: &Leaf) -> Vec<Pool> {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("damp");
    let mut rng = seed.rng();
    let count = 1 + rng.below(2);
    (0..count)
        .map(|number| {
            let along = rng.unit() as f32;
            // From below, from the right, from the left: never from above alone.
            let middle = match rng.below(3) {
                0 => [width * along, height + 6.0],
                1 => [width + 6.0, height * (0.35 + 0.65 * along)],
                _ => [-6.0, height * (0.35 + 0.65 * along)],
            };
            let most = if number == 0 { 0.42 } else { 0.24 };
            Pool {
                middle,
                radius: width * rng.between(most * 0.6, most) as f32,
                field: Field(seed.nth(number as u64)),
                strength: leaf.traces() * rng.between(0.6, 1.0) as f32,
            }
        })
        .collect()
}

/// Tints what was wet.
pub(super) fn wet(grid: &mut Grid, leaf: &Leaf) {
    for pool in pools(grid, leaf) {
        let (low, high) = pool.bounds();
        grid.paint(low, high, |x, y| {
            let inside = (-pool.beyond(x, y) / 6.0).clamp(0.0, 1.0);
            Lab::default().mix(WET, inside * pool.strength)
        });
    }
}

/// Draws the rims: sharp on the dry side, soft on the wet one, and a fainter one where the
/// water had stood before.
pub(super) fn rims(grid: &mut Grid, leaf: &Leaf) {
    for pool in pools(grid, leaf) {
        let (low, high) = pool.bounds();
        let field = pool.field;
        grid.paint(low, high, |x, y| {
            let off = pool.beyond(x, y);
            if !(-26.0..3.0).contains(&off) {
                return Lab::default();
            }
            let rim = |off: f32| {
                if off > 0.0 {
                    bell(off / 0.45)
                } else {
                    0.62 * bell(off / 0.7) + 0.38 * bell(off / 3.2)
                }
            };
            let uneven = (0.75 + 0.55 * field.at(x / 19.0, y / 23.0)).max(0.1);
            let older = 0.4 * rim(off + 9.0 + 5.0 * field.at(x / 29.0, y / 29.0));
            let share = pool.strength * uneven * (rim(off) + older);
            Lab::default().mix(RIM, share)
        });
    }
}

//! Tide lines: water crept in from an edge and left what it carried where it dried.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Chart, Field, bell};

/// What the water leaves at its rim.
const RIM: Lab = Lab::new(-16.0, 4.6, 14.0);
/// How the paper looks where it was wet.
const WET: Lab = Lab::new(-3.2, 0.8, 4.2);
/// Spots of mould, grey and violet.
const MOULD: [Lab; 2] = [Lab::new(-21.0, -0.5, -1.0), Lab::new(-15.0, 5.0, -3.0)];

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
    /// How far a place lies beyond the rim, but for its finest turns; negative where it
    /// was wet.
    fn beyond(&self, x: f32, y: f32) -> f32 {
        let [dx, dy] = [x - self.middle[0], y - self.middle[1]];
        let field = self.field;
        let crept = 0.26 * self.radius * field.at(x / 37.0, y / 37.0)
            + 3.2 * field.at(x / 11.0, y / 11.0)
            + 1.1 * field.at(x / 3.9, y / 3.9);
        (dx * dx + dy * dy).sqrt() - self.radius + crept
    }

    /// The box around it, as far as it lies on the sheet.
    fn bounds(&self, [width, height]: [f32; 2]) -> ([f32; 2], [f32; 2]) {
        let reach = self.radius * 1.35 + 8.0;
        let [x, y] = self.middle;
        let low = [x - reach, y - reach].map(|v| v.max(-4.0));
        (low, [(x + reach).min(width + 4.0), (y + reach).min(height + 4.0)])
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
            let most = if number == 0 { 0.46 } else { 0.26 };
            Pool {
                middle,
                radius: width * rng.between(most * 0.6, most) as f32,
                field: Field(seed.nth(number as u64)),
                strength: leaf.traces() * rng.between(0.65, 1.0) as f32,
            }
        })
        .collect()
}

/// Tints what was wet, and shades the cockles that it dried in.
pub(super) fn wet(grid: &mut Grid, leaf: &Leaf) {
    let frame = grid.frame.mm();
    for pool in pools(grid, leaf) {
        let (low, high) = pool.bounds(frame);
        let field = pool.field;
        grid.paint(low, high, |x, y| {
            let beyond = pool.beyond(x, y);
            if beyond > 22.0 {
                return Lab::default();
            }
            let inside = (-beyond / 5.0).clamp(0.0, 1.0);
            // Waves that run toward the edge the water came from.
            let wave = field.at(x / 13.0 + 0.4 * y / 13.0 + 60.0, y / 31.0);
            let cockle = (1.0 - beyond.max(0.0) / 22.0) * wave;
            let tint = Lab::default().mix(WET, inside * pool.strength);
            Lab { l: tint.l + 1.5 * cockle * pool.strength, ..tint }
        });
    }
}

/// The rim of a pool on a sheet.
struct Rim {
    /// The box around it.
    bounds: ([f32; 2], [f32; 2]),
    /// How far places lie beyond it.
    beyond: Chart,
    /// How much the water left.
    left: Chart,
}

impl Rim {
    /// That of a pool.
    fn of(pool: &Pool, frame: [f32; 2]) -> Self {
        let (low, high) = pool.bounds(frame);
        let left = |x: f32, y: f32| {
            (0.7 + 0.75 * pool.field.at(x / 19.0, y / 23.0)).max(0.12) * pool.strength
        };
        Self {
            bounds: (low, high),
            beyond: Chart::over(low, high, 1.3, |x, y| pool.beyond(x, y)),
            left: Chart::over(low, high, 4.0, left),
        }
    }
}

/// What lies on a rim, so far beyond it: sharp on the dry side, soft on the wet one.
fn profile(off: f32) -> f32 {
    if off > 0.0 { bell(off / 0.4) } else { 0.62 * bell(off / 0.75) }
}

/// What crept back from a rim.
fn crept(off: f32) -> f32 {
    0.38 * bell(off.min(0.0) / 3.4) * (1.0 - off / 0.5).clamp(0.0, 1.0)
}

/// Draws what is soft of the rims, and the fainter ones where the water had stood before.
pub(super) fn marks(grid: &mut Grid, leaf: &Leaf) {
    let frame = grid.frame.mm();
    for pool in pools(grid, leaf) {
        let rim = Rim::of(&pool, frame);
        let (low, high) = rim.bounds;
        let field = pool.field;
        let stood =
            Chart::over(low, high, 4.0, |x, y| 9.0 + 5.0 * field.at(x / 29.0, y / 29.0));
        let near = |x: f32, y: f32| (-24.0..5.0).contains(&rim.beyond.at(x, y));
        grid.paint_near(low, high, near, |x, y| {
            let off = rim.beyond.at(x, y);
            let back = stood.at(x, y);
            let old = |off: f32| profile(off) + crept(off);
            let older = 0.42 * old(off + back) + 0.2 * old(off + 0.45 * back);
            Lab::default().mix(RIM, rim.left.at(x, y) * (crept(off) + older))
        });
    }
}

/// Draws what is sharp of the rims.
pub(super) fn rims(grid: &mut Grid, leaf: &Leaf) {
    let frame = grid.frame.mm();
    for pool in pools(grid, leaf) {
        let rim = Rim::of(&pool, frame);
        let (low, high) = rim.bounds;
        let field = pool.field;
        let near = |x: f32, y: f32| (-6.0..4.5).contains(&rim.beyond.at(x, y));
        grid.paint_near(low, high, near, |x, y| {
            let off = rim.beyond.at(x, y);
            if !(-3.6..2.2).contains(&off) {
                return Lab::default();
            }
            // It ran along the fibres: the finest turns are those of the paper.
            let fine =
                0.32 * field.at(x / 0.9, y / 0.9) + 0.14 * field.at(x / 0.3, y / 0.3);
            Lab::default().mix(RIM, rim.left.at(x, y) * profile(off + fine))
        });
    }
}

/// Sows mould in groups where it stayed damp longest.
pub(super) fn mould(grid: &mut Grid, leaf: &Leaf) {
    let [width, height] = grid.frame.mm();
    for pool in pools(grid, leaf) {
        let mut rng = pool.field.0.derive("mould").rng();
        let stain = MOULD[rng.below(2)];
        for _ in 0..2 + rng.below(3) {
            let middle = pool.middle.map(|v| v + 0.6 * pool.radius * rng.normal() as f32);
            let spread = rng.between(3.0, 9.0) as f32;
            for _ in 0..14 + rng.below(40) {
                let [x0, y0] = middle.map(|v| v + spread * rng.normal() as f32);
                let radius = 0.22 * libm::expf(0.6 * rng.normal().min(2.0) as f32);
                let strength =
                    leaf.traces() * leaf.traces() * rng.between(0.2, 1.0) as f32;
                let on_sheet = (0.0..width).contains(&x0) && (0.0..height).contains(&y0);
                if !on_sheet || pool.beyond(x0, y0) > -1.0 {
                    continue;
                }
                let reach = 3.0 * radius;
                grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
                    let [dx, dy] = [(x - x0) / radius, (y - y0) / radius];
                    let share = (bell((dx * dx + dy * dy).sqrt()) - 0.01).max(0.0);
                    Lab::default().mix(stain, strength * share)
                });
            }
        }
    }
}

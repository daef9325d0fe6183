//! Tide lines: water crept in from an edge and left what it carried where it dried.

use crate::geom::Lab;
use crate::lanes::widest;
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

    /// The same for a row of places.
    fn beyond_row(&self, (xs, y): (&[f32], f32), out: &mut [f32]) {
        let [x0, y0] = self.middle;
        for (out, x) in out.iter_mut().zip(xs) {
            let [dx, dy] = [x - x0, y - y0];
            *out = (dx * dx + dy * dy).sqrt() - self.radius;
        }
        for turns in [[0.26 * self.radius, 37.0], [3.2, 11.0], [1.1, 3.9]] {
            self.field.add_row(turns, [0.0; 2], (xs, y), out);
        }
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
        let [mut beyond, mut wave] = [(); 2].map(|()| Vec::new());
        grid.paint_rows(low, high, |run| {
            [&mut beyond, &mut wave].into_iter().for_each(|row| blank(row, run.xs));
            pool.beyond_row(run.places(), &mut beyond);
            // Waves that run toward the edge the water came from.
            let xs: Vec<f32> = run.xs.iter().map(|x| (x + 0.4 * run.y) / 13.0).collect();
            pool.field.add_row([1.0, 1.0], [60.0, 0.0], (&xs, run.y / 31.0), &mut wave);
            let [ls, as_, bs] = run.shift;
            let cells = beyond.iter().zip(&wave);
            for (((l, a), b), (beyond, wave)) in ls.iter_mut().zip(as_).zip(bs).zip(cells)
            {
                let inside = pool.strength * (-beyond / 5.0).clamp(0.0, 1.0);
                let cockle = (1.0 - beyond.max(0.0) / 22.0).max(0.0) * wave;
                *l = inside * WET.l + 1.5 * cockle * pool.strength;
                [*a, *b] = [inside * WET.a, inside * WET.b];
            }
        });
    }
}

/// The rims of the pools of a leaf.
pub(in crate::paper) struct Rims(Vec<Rim>);

impl Rims {
    /// Those of a leaf.
    pub(in crate::paper) fn of(grid: &Grid, leaf: &Leaf) -> Self {
        let frame = grid.frame.mm();
        Self(pools(grid, leaf).iter().map(|pool| Rim::of(pool, frame)).collect())
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
    /// How the water crept.
    field: Field,
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
            beyond: Chart::by_rows(low, high, 1.3, |row, out| pool.beyond_row(row, out)),
            left: Chart::over(low, high, 4.0, left),
            field: pool.field,
        }
    }
}

/// Makes a row of nothing for so many places.
fn blank(row: &mut Vec<f32>, xs: &[f32]) {
    row.clear();
    row.resize(xs.len(), 0.0);
}

/// What lies on a rim, so far beyond it: sharp on the dry side, soft on the wet one.
#[inline(always)]
fn profile(off: f32) -> f32 {
    let (pace, height) = if off > 0.0 { (1.0 / 0.4, 1.0) } else { (1.0 / 0.75, 0.62) };
    height * bell(off * pace)
}

/// What crept back from a rim.
#[inline(always)]
fn crept(off: f32) -> f32 {
    0.38 * bell(off.min(0.0) * (1.0 / 3.4)) * (1.0 - off * (1.0 / 0.5)).clamp(0.0, 1.0)
}

/// Draws what is soft of the rims, and the fainter ones where the water had stood before.
pub(super) fn marks(grid: &mut Grid, rims: &Rims) {
    for rim in &rims.0 {
        let ((low, high), field) = (rim.bounds, rim.field);
        let stood =
            Chart::over(low, high, 4.0, |x, y| 9.0 + 5.0 * field.at(x / 29.0, y / 29.0));
        let near = |x: f32, y: f32| (-24.0..5.0).contains(&rim.beyond.at(x, y));
        let [mut offs, mut backs, mut left] = [(); 3].map(|()| Vec::new());
        grid.paint_rows_near(low, high, near, |run| {
            rim.beyond.row(run.places(), &mut offs);
            stood.row(run.places(), &mut backs);
            rim.left.row(run.places(), &mut left);
            widest(
                #[inline(always)]
                || {
                    let cells = offs.iter().zip(&backs).zip(&left);
                    let shares = cells.map(
                        #[inline(always)]
                        |((off, back), left)| left * stained(*off, *back),
                    );
                    run.stain(RIM, shares);
                },
            );
        });
    }
}

/// What is soft of a rim, so far beyond it, and of those `back` millimetres behind it and
/// between.
#[inline(always)]
fn stained(off: f32, back: f32) -> f32 {
    let [first, second] = [off + back, off + 0.45 * back];
    let first = 0.42 * (profile(first) + crept(first));
    let second = 0.2 * (profile(second) + crept(second));
    crept(off) + first + second
}

/// Draws what is sharp of the rims.
pub(super) fn rims(grid: &mut Grid, rims: &Rims) {
    for rim in &rims.0 {
        let ((low, high), field) = (rim.bounds, rim.field);
        let near = |x: f32, y: f32| (-5.5..4.0).contains(&rim.beyond.at(x, y));
        let [mut offs, mut left] = [(); 2].map(|()| Vec::new());
        grid.paint_rows_near(low, high, near, |run| {
            rim.beyond.row(run.places(), &mut offs);
            rim.left.row(run.places(), &mut left);
            // It ran along the fibres: the finest turns are those of the paper.
            for turns in [[0.32, 0.9], [0.14, 0.3]] {
                field.add_row(turns, [0.0; 2], run.places(), &mut offs);
            }
            widest(
                #[inline(always)]
                || {
                    let cells = offs.iter().zip(&left);
                    let shares = cells.map(
                        #[inline(always)]
                        |(off, left)| left * (profile(*off) - 0.02).max(0.0),
                    );
                    run.stain(RIM, shares);
                },
            );
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

//! The ring of a cup.

use crate::geom::Lab;
use crate::lanes::widest;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// Coffee where it dried.
const COFFEE: Lab = Lab::new(-16.0, 5.2, 15.0);
/// What of it one sees from behind.
const BEHIND: f32 = 0.35;

/// Sets a cup down: a rim that its foot drew, closed only where it stood wet, and a run
/// where a drop had come down. `front` says which side one looks at.
pub(super) fn stand(grid: &mut Grid, leaf: &Leaf, front: bool) {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("cup");
    let mut rng = seed.rng();
    let field = Field(seed.derive("wet"));
    let radius = rng.between(33.0, 41.0) as f32;
    let side = if rng.unit() < 0.5 { 0.12 } else { 0.88 };
    let x0 = width * (side + 0.12 * (rng.unit() as f32 - 0.5));
    let y0 = height * rng.between(0.3, 0.85) as f32;
    let seen = if front { 1.0 } else { BEHIND };
    let strength = seen * leaf.traces() * rng.between(0.6, 1.0) as f32;
    // Where the drop ran, as a cosine and sine from the middle.
    let (sin, cos) = libm::sincosf(rng.between(0.0, core::f64::consts::TAU) as f32);
    let reach = radius + 6.0;
    let near = |x: f32, y: f32| {
        let [dx, dy] = [x - x0, y - y0];
        ((dx * dx + dy * dy).sqrt() - radius).abs() < 6.5
    };
    let (low, high) = ([x0 - reach, y0 - reach], [x0 + reach, y0 + reach]);
    let [mut offs, mut wets] = [(); 2].map(|()| Vec::new());
    grid.paint_rows_near(low, high, near, |run| {
        let (places, y) = (run.places(), run.y);
        offs.clear();
        offs.resize(run.xs.len(), 0.0);
        wets.clear();
        wets.resize(run.xs.len(), 0.5);
        for turns in [[0.5, 9.0], [0.2, 2.1]] {
            field.add_row(turns, [0.0; 2], places, &mut offs);
        }
        field.add_row([0.9, 31.0], [7.0, 0.0], places, &mut wets);
        widest(
            #[inline(always)]
            || {
                let cells = places.0.iter().zip(&offs).zip(&wets);
                let shares = cells.map(
                    #[inline(always)]
                    |((x, turn), wet)| {
                        let [dx, dy] = [x - x0, y - y0];
                        let beyond = (dx * dx + dy * dy).sqrt() - radius;
                        let ran = bell((dx * sin - dy * cos) * (1.0 / 3.2))
                            * (dx * cos + dy * sin).clamp(0.0, 1.0);
                        let off = beyond - 1.8 * ran * beyond.clamp(0.0, 1.0) + turn;
                        strength * dried(off, wet.clamp(0.0, 1.0), ran)
                    },
                );
                run.stain(COFFEE, shares);
            },
        );
    });
}

/// What dried so far beyond the foot of the cup, where it stood so wet and so much ran.
#[inline(always)]
fn dried(off: f32, wet: f32, ran: f32) -> f32 {
    // Two thin lines where the drop dried at both sides of the foot.
    let lines = bell((off - 0.9) * (1.0 / 0.3)) + 0.8 * bell((off + 0.9) * (1.0 / 0.28));
    let between = 0.22 * bell(off * (1.0 / 1.3));
    let pool = 0.5 * ran * bell(off * (1.0 / 1.6));
    // Nothing, where it is too little to be seen.
    ((wet + ran) * (lines * 0.8 + between) + pool - 0.02).max(0.0)
}

//! Tone: the unevenness of a sheet from 1 to 20 cm.

use serde::Deserialize;

use super::Leaf;
use super::grid::{Grid, Row};
use super::range::Checks;
use crate::geom::Lab;

/// The level from which on unevenness is tone and not grain: cells of 11 mm.
const FIRST: i32 = 6;

/// `[tone]`: clouds in the sheet, at age 100.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Tone {
    /// Deviation of L*, a*, b* at 1 to 4 cm, each 0 to 5.
    near: Lab,
    /// Deviation of L*, a*, b* at 4 to 20 cm, each 0 to 5.
    far: Lab,
    /// The share of it in a new sheet, 0 to 1.
    new: f32,
    /// How much sheets differ in it: the deviation of its logarithm, 0 to 1.
    varies: f32,
}

impl Default for Tone {
    fn default() -> Self {
        Self {
            near: Lab::new(0.4, 0.14, 0.33),
            far: Lab::new(1.4, 0.4, 1.3),
            new: 0.2,
            varies: 0.5,
        }
    }
}

impl Tone {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        for (name, lab) in [("near", self.near), ("far", self.far)] {
            for (place, value) in [lab.l, lab.a, lab.b].into_iter().enumerate() {
                checks.number(&format!("tone.{name}[{place}]"), value, [0.0, 5.0]);
            }
        }
        checks.number("tone.new", self.new, [0.0, 1.0]);
        checks.number("tone.varies", self.varies, [0.0, 1.0]);
    }

    /// Refines a plain sheet until its cells are those of the coarsest grain, and puts
    /// the clouds in.
    pub(super) fn cloud(&self, mut grid: Grid, leaf: &Leaf) -> Grid {
        let seed = leaf.seed.derive("tone");
        let draw = seed.derive("varies").rng().normal().clamp(-2.0, 2.0) as f32;
        let share = leaf.age.grown(self.new) * libm::expf(self.varies * draw);
        while grid.level() > FIRST {
            let level = grid.level() - 1;
            let size = if level > FIRST + 1 { self.far } else { self.near };
            let seed = seed.nth(level.cast_unsigned().into());
            grid = grid.refine(|row, cells| {
                let mut rng = seed.nth(row.cast_unsigned().into()).rng();
                add(cells, size, share, || rng.normal() as f32);
            });
        }
        grid
    }
}

/// Adds clouds to a row of cells. What browns a sheet darkens it: most of what differs in
/// yellow and red, and some of what differs in lightness, is one stain.
fn add([ls, as_, bs]: Row<'_>, size: Lab, share: f32, mut draw: impl FnMut() -> f32) {
    for ((l, a), b) in ls.iter_mut().zip(as_).zip(bs) {
        let stain = draw();
        *l += size.l * share * (0.8 * draw() - 0.6 * stain);
        *a += size.a * share * (0.5 * draw() + 0.87 * stain);
        *b += size.b * share * (0.4 * draw() + 0.92 * stain);
    }
}

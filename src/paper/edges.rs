//! Edges: air and light reach them first, and brown them.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::{Field, bell};
use super::range::Checks;
use crate::geom::{Lab, Length};

/// `[edges]`: how the sheet has changed at its edges at age 100.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Edges {
    /// The change of colour at the edge: L* −30 to 0, a* −5 to 15, b* 0 to 30.
    stain: Lab,
    /// How far in it reaches, 1 to 100 mm.
    reach: Length,
}

impl Default for Edges {
    fn default() -> Self {
        Self { stain: Lab::new(-2.4, 0.5, 3.6), reach: Length::mm(30.0) }
    }
}

/// What one edge of a leaf is like.
#[derive(Clone, Copy)]
struct Edge {
    /// How strongly it has browned.
    strength: f32,
    /// How far in, in millimetres.
    reach: f32,
    /// How that differs along it.
    along: Field,
}

impl Edge {
    /// How far a place has browned that lies `inside` of the edge, `at` along it.
    fn browns(&self, inside: f32, at: f32) -> f32 {
        if inside > 1.5 * self.reach {
            return 0.0;
        }
        let uneven = 0.3 * self.along.at(at / 42.0, inside / 60.0)
            + 0.18 * self.along.at(at / 11.0 + 100.0, inside / 15.0);
        let reach = self.reach * (1.0 + uneven);
        let depth = 1.0 - inside.max(0.0) / reach;
        let rim = 0.5 * bell(inside.max(0.0) / (3.0 + 3.0 * uneven));
        self.strength * (depth.max(0.0) * depth.max(0.0) + rim * (1.0 + uneven))
    }
}

impl Edges {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.stain("edges.stain", self.stain);
        checks.length("edges.reach", self.reach, [1.0, 100.0]);
    }

    /// Browns the edges.
    pub(super) fn brown(&self, grid: &mut Grid, leaf: &Leaf) {
        let [width, height] = grid.frame.mm();
        let seed = leaf.seed.derive("edges");
        let mut rng = seed.rng();
        let reach = self.reach.to_mm() as f32;
        let [left, right, top, bottom] = [0, 1, 2, 3].map(|side| Edge {
            strength: rng.between(0.35, 1.25) as f32 * leaf.age.wear(),
            reach: reach * rng.between(0.7, 1.3) as f32,
            along: Field(seed.nth(side)),
        });
        grid.paint_all(|x, y| {
            let share = left.browns(x, y)
                + right.browns(width - x, y)
                + top.browns(y, x)
                + bottom.browns(height - y, x);
            Lab::default().mix(self.stain, share)
        });
    }
}

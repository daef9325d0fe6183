//! Follicles: the pores of a skin, which parchment keeps.

use serde::Deserialize;

use super::grid::Grid;
use super::noise::{Field, bell};
use super::range::Checks;
use super::{Leaf, Side};
use crate::geom::{Lab, Length};

/// `[follicles]`: the pores of a calf's skin, in patches. They do not change with age.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Follicles {
    /// From pore to pore, 0.5 to 5 mm.
    spacing: Length,
    /// How they differ from the skin: L* −10 to 0, a* and b* 0 to 5.
    shift: Lab,
    /// How the hair side, which is the front, differs from the flesh side: L* −10 to 0, a*
    /// and b* 0 to 5.
    hair: Lab,
}

impl Default for Follicles {
    fn default() -> Self {
        Self {
            spacing: Length::mm(1.1),
            shift: Lab::new(-1.6, 0.3, 0.6),
            hair: Lab::new(-1.0, 0.3, 1.8),
        }
    }
}

impl Follicles {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.length("follicles.spacing", self.spacing, [0.5, 5.0]);
        for (name, Lab { l, a, b }) in [("shift", self.shift), ("hair", self.hair)] {
            checks.number(&format!("follicles.{name}[0]"), l, [-10.0, 0.0]);
            checks.number(&format!("follicles.{name}[1]"), a, [0.0, 5.0]);
            checks.number(&format!("follicles.{name}[2]"), b, [0.0, 5.0]);
        }
    }

    /// Tints the hair side.
    pub(super) fn tint(&self, grid: &mut Grid, side: Side) {
        if side == Side::Recto {
            let Lab { l, a, b } = self.hair;
            for (plane, shift) in grid.planes.iter_mut().zip([l, a, b]) {
                plane.iter_mut().for_each(|cell| *cell += shift);
            }
        }
    }

    /// Pricks the pores, in slanting rows like those of a skin, where the hair stood
    /// thick; on the flesh side they hardly show.
    pub(super) fn prick(&self, grid: &mut Grid, leaf: &Leaf, side: Side) {
        let hair = if side == Side::Recto { 1.0 } else { 0.2 };
        let [width, height] = grid.frame.mm();
        let seed = leaf.seed.derive("follicles");
        let patch = Field(seed.derive("patch"));
        let bend = Field(seed.derive("bend"));
        let spacing = self.spacing.to_mm() as f32;
        let rows = (height / (0.8 * spacing)) as u64 + 1;
        let columns = (width / spacing) as u64 + 1;
        for row in 0..rows {
            let [top, bottom] = grid.span();
            let middle = row as f32 * 0.8 * spacing;
            // They lie no farther from the middle of their row than this.
            let reach = 0.3 * spacing + 3.0;
            if middle + reach < top || middle - reach > bottom {
                continue;
            }
            let mut rng = seed.nth(row).rng();
            for column in 0..columns {
                let mut jitter = || spacing * rng.between(-0.3, 0.3) as f32;
                let x = (column as f32 + 0.5 * (row % 2) as f32) * spacing + jitter();
                let y = row as f32 * 0.8 * spacing + jitter();
                let thick = patch.at(x / 38.0, y / 38.0);
                if thick < -0.4 {
                    continue;
                }
                let thick = thick + 0.4 * patch.at(x / 9.0, y / 9.0);
                let strength = hair * (thick * rng.between(0.3, 1.3) as f32).min(1.0);
                if strength > 0.05 {
                    let y = y + 2.5 * bend.at(x / 30.0, y / 30.0);
                    let shift = Lab::default().mix(self.shift, strength);
                    grid.paint([x - 0.45, y - 0.45], [x + 0.45, y + 0.45], |px, py| {
                        let [dx, dy] = [(px - x) / 0.24, (py - y) / 0.17];
                        let inside = (bell((dx * dx + dy * dy).sqrt()) - 0.05).max(0.0);
                        Lab::default().mix(shift, inside)
                    });
                }
            }
        }
    }
}

//! Folds: the creases of a letter that was sent, and the panels between them.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::{Field, Track, bell};
use super::range::Checks;
use crate::geom::Lab;
use crate::seed::Rng;

/// `[fold]`: how the sheet was folded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Fold {
    /// Creases from left to right, 0 to 7: 2 for a letter folded in three.
    across: u8,
    /// Creases from top to bottom, 0 to 3.
    down: u8,
    /// How hard it was pressed, 0 to 3.
    depth: f32,
    /// How the panel that lay outside has changed at age 100: L* −30 to 0, a* −5 to 15,
    /// b* 0 to 30.
    stain: Lab,
}

impl Default for Fold {
    fn default() -> Self {
        Self { across: 2, down: 0, depth: 1.0, stain: Lab::new(-2.0, 0.4, 2.4) }
    }
}

/// One crease, as a nearly straight line.
struct Crease {
    /// Whether it runs from top to bottom.
    upright: bool,
    /// Its distance from the left or the top where it begins, in millimetres.
    at: f32,
    /// How much that grows to the millimetre.
    slope: f32,
    /// 1 for a ridge, −1 for a valley.
    rise: f32,
    /// How far it wavers from there.
    waver: Track,
    /// How it is worn along its length, about 1.
    wear: Track,
}

impl Crease {
    /// Distance from the crease and place along it.
    fn coordinates(&self, x: f32, y: f32) -> [f32; 2] {
        let (over, along) = if self.upright { (x, y) } else { (y, x) };
        [over - self.at - self.slope * along - self.waver.at(along), along]
    }
}

impl Fold {
    /// Of a letter that was carried in a pocket: in three, and across.
    pub(super) fn of_pocket() -> Self {
        Self { across: 2, down: 1, depth: 1.9, stain: Lab::new(-4.5, 0.9, 4.6) }
    }

    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.count("fold.across", self.across, [0, 7]);
        checks.count("fold.down", self.down, [0, 3]);
        checks.number("fold.depth", self.depth, [0.0, 3.0]);
        checks.stain("fold.stain", self.stain);
    }

    /// The creases of a leaf.
    fn creases(&self, grid: &Grid, leaf: &Leaf) -> Vec<Crease> {
        let [width, height] = grid.frame.mm();
        let seed = leaf.seed.derive("fold");
        let mut rng = seed.rng();
        let mut crease = |number: u8, count: u8, upright: bool| {
            let share = f32::from(number + 1) / f32::from(count + 1);
            let (side, length) = if upright { (width, height) } else { (height, width) };
            let field = Field(seed.nth(u64::from(number) + if upright { 8 } else { 0 }));
            Crease {
                upright,
                at: side * share + near(&mut rng, 1.2),
                slope: near(&mut rng, 0.004),
                rise: if number.is_multiple_of(2) { 1.0 } else { -1.0 },
                waver: Track::over(length, |along| 0.12 * field.at(along / 9.0, 50.0)),
                wear: Track::over(length, |along| {
                    1.0 + 0.7 * field.at(along / 3.1, 0.0)
                        + 0.3 * field.at(along / 0.7, 9.0)
                }),
            }
        };
        let across = (0..self.across).map(|n| (n, self.across, false));
        let down = (0..self.down).map(|n| (n, self.down, true));
        across.chain(down).map(|(n, count, upright)| crease(n, count, upright)).collect()
    }

    /// Changes the panels: the one that lay outside, and the others a little.
    pub(super) fn expose(&self, grid: &mut Grid, leaf: &Leaf) {
        let creases = self.creases(grid, leaf);
        let seed = leaf.seed.derive("panels");
        let panels = (usize::from(self.across) + 1) * (usize::from(self.down) + 1);
        let mut rng = seed.rng();
        let outside = rng.below(panels);
        let shares: Vec<f32> = (0..panels)
            .map(|p| if p == outside { 1.0 } else { 0.3 * rng.unit() as f32 })
            .map(|share| share * leaf.age.wear())
            .collect();
        grid.paint_all(|x, y| {
            let beyond = |upright: bool| {
                let creases = creases.iter().filter(move |c| c.upright == upright);
                creases.filter(|c| c.coordinates(x, y)[0] > 0.0).count()
            };
            let panel = beyond(false) * (usize::from(self.down) + 1) + beyond(true);
            Lab::default().mix(self.stain, shares[panel])
        });
    }

    /// Presses the creases in. `front` says which side one looks at.
    pub(super) fn press(&self, grid: &mut Grid, leaf: &Leaf, front: bool) {
        let [width, height] = grid.frame.mm();
        let (depth, dirt) = (self.depth, self.depth * leaf.age.wear());
        for crease in self.creases(grid, leaf) {
            let rise = if front { crease.rise } else { -crease.rise };
            let (most, length) =
                if crease.upright { (width, height) } else { (height, width) };
            let lean = (crease.slope * length).abs();
            let low = (crease.at - 7.0 - lean).max(-1.0);
            let high = (crease.at + 7.0 + lean).min(most + 1.0);
            let (from, to) = if crease.upright {
                ([low, -1.0], [high, length + 1.0])
            } else {
                ([-1.0, low], [length + 1.0, high])
            };
            grid.paint(from, to, |x, y| {
                let [off, along] = crease.coordinates(x, y);
                relief(off * rise, crease.wear.at(along), depth, dirt)
            });
        }
    }
}

/// The colour of a crease `off` millimetres below its ridge: light on the ridge and on
/// the side turned to the window, shade on the other; dirt in the broken fibres.
fn relief(off: f32, worn: f32, depth: f32, dirt: f32) -> Lab {
    let ridge = 2.4 * bell(off / 0.22) * worn;
    let shade = 2.0 * bell((off - 0.7) / 0.5) + 0.8 * bell((off - 2.2) / 2.6);
    let light = 0.6 * bell((off + 1.5) / 1.8);
    let soil = bell(off / 0.9) * worn;
    Lab::new(
        depth * (ridge + light - shade) - 2.0 * dirt * soil,
        0.2 * dirt * soil,
        1.0 * dirt * soil,
    )
}

/// A random number within `most` of 0.
fn near(rng: &mut Rng, most: f64) -> f32 {
    rng.between(-most, most) as f32
}

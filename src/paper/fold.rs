//! Folds: the creases of a letter that was sent, and the panels between them.

use std::borrow::Cow;

use serde::Deserialize;

use super::Leaf;
use super::grid::{Grid, Run};
use super::noise::{Chart, Field, Track, bell};
use super::range::Checks;
use super::shape::Hole;
use crate::geom::Lab;
use crate::lanes::widest;
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
    /// How much it was unfolded and folded again, 0 to 1: grime along the creases, fibres
    /// abraded where they cross, at last a hole there.
    worn: f32,
}

impl Default for Fold {
    fn default() -> Self {
        Self {
            across: 2,
            down: 0,
            depth: 1.0,
            stain: Lab::new(-2.0, 0.4, 2.4),
            worn: 0.0,
        }
    }
}

/// A leaf that was folded.
pub(super) struct Folded<'a> {
    /// How.
    fold: Cow<'a, Fold>,
    /// Its creases.
    pub(super) creases: Vec<Crease>,
}

/// What a pocket leaves along the creases.
const GRIME: Lab = Lab::new(-7.0, 0.8, 3.2);

/// One crease, as a nearly straight line.
#[derive(Debug)]
pub(super) struct Crease {
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
    /// Distance from the crease, and how it is worn there, about 1.
    pub(super) fn rubbed_at(&self, x: f32, y: f32) -> [f32; 2] {
        let [off, along] = self.coordinates(x, y);
        [off, self.wear.at(along)]
    }

    /// 1 for a ridge, −1 for a valley, as one sees it from the front or from the back.
    fn rise(&self, front: bool) -> f32 {
        if front { self.rise } else { -self.rise }
    }

    /// The box of what lies within so many millimetres of it, on a leaf of this size.
    fn band(&self, reach: f32, [width, height]: [f32; 2]) -> ([f32; 2], [f32; 2]) {
        let (most, length) = if self.upright { (width, height) } else { (height, width) };
        let reach = reach + (self.slope * length).abs();
        let low = (self.at - reach).max(-1.0);
        let high = (self.at + reach).min(most + 1.0);
        if self.upright {
            ([low, -1.0], [high, length + 1.0])
        } else {
            ([-1.0, low], [length + 1.0, high])
        }
    }

    /// Where it runs at a place along it.
    fn over(&self, along: f32) -> f32 {
        self.at + self.slope * along + self.waver.at(along)
    }

    /// Distance from the crease and place along it.
    fn coordinates(&self, x: f32, y: f32) -> [f32; 2] {
        let (over, along) = if self.upright { (x, y) } else { (y, x) };
        [over - self.over(along), along]
    }
}

/// A crease beside runs of cells that lie one above the other.
struct Course<'a, F> {
    /// The crease.
    crease: &'a Crease,
    /// What it is like at a place along it.
    like: F,
    /// Where it runs over each cell, if it runs from left to right.
    over: Vec<f32>,
    /// How far from it each cell lies.
    off: Vec<f32>,
    /// What it is like beside each cell.
    here: Vec<f32>,
}

impl<'a, F: Fn(f32) -> f32> Course<'a, F> {
    /// That of a crease.
    fn new(crease: &'a Crease, like: F) -> Self {
        Self { crease, like, over: Vec::new(), off: Vec::new(), here: Vec::new() }
    }

    /// Goes on to the next run.
    fn follow(&mut self, (xs, y): (&[f32], f32)) {
        self.off.clear();
        if self.crease.upright {
            let over = self.crease.over(y);
            self.off.extend(xs.iter().map(|x| x - over));
            self.here.clear();
            self.here.resize(xs.len(), (self.like)(y));
            return;
        }
        if self.over.is_empty() {
            self.over.extend(xs.iter().map(|x| self.crease.over(*x)));
            self.here.extend(xs.iter().map(|x| (self.like)(*x)));
        }
        self.off.extend(self.over.iter().map(|over| y - over));
    }
}

impl Fold {
    /// Of a letter that was sent, and opened a few times.
    pub(super) fn of_letter([across, down]: [u8; 2]) -> Self {
        Self { across, down, worn: 0.15, ..Self::default() }
    }

    /// Of a letter that was carried in a pocket: in three or four, and across.
    pub(super) fn of_pocket(leaf: &Leaf) -> Self {
        let across = if leaf.seed.derive("pocket").rng().chance(0.6) { 2 } else { 3 };
        Self { across, down: 1, depth: 1.9, stain: Lab::new(-4.5, 0.9, 4.6), worn: 1.0 }
    }

    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.count("fold.across", self.across, [0, 7]);
        checks.count("fold.down", self.down, [0, 3]);
        checks.number("fold.depth", self.depth, [0.0, 3.0]);
        checks.stain("fold.stain", self.stain);
        checks.number("fold.worn", self.worn, [0.0, 1.0]);
    }

    /// The creases of a leaf.
    fn creases(&self, [width, height]: [f32; 2], leaf: &Leaf) -> Vec<Crease> {
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
}

impl<'a> Folded<'a> {
    /// A leaf of a size that was folded so.
    pub(super) fn new(fold: Cow<'a, Fold>, size: [f32; 2], leaf: &Leaf) -> Self {
        let creases = fold.creases(size, leaf);
        Self { fold, creases }
    }

    /// How hard it was rubbed: 1 for a letter that was carried in a pocket.
    pub(super) fn rubbed(&self) -> f32 {
        self.fold.depth / 1.9
    }

    /// Where creases cross, in millimetres.
    fn crossings(&self) -> Vec<[f32; 2]> {
        let (upright, level): (Vec<&Crease>, Vec<&Crease>) =
            self.creases.iter().partition(|crease| crease.upright);
        let cross = |u: &Crease, l: &Crease| {
            let y = l.at + l.slope * u.at;
            [u.at + u.slope * y, y]
        };
        level.iter().flat_map(|l| upright.iter().map(|u| cross(u, l))).collect()
    }

    /// The holes that were worn through where creases cross.
    pub(super) fn broken(&self, leaf: &Leaf) -> Vec<Hole> {
        let mut rng = leaf.seed.derive("broken").rng();
        let holes = self.crossings().into_iter().map(|at| {
            let shows = rng.between(0.3, 1.0) as f32;
            let radius = 3.2 * self.fold.worn * (leaf.age.wear() - shows);
            Hole { at, radius, rough: 0.6 * radius }
        });
        holes.filter(|hole| hole.radius > 0.15).collect()
    }

    /// Changes the panels: the one that lay outside, and the others a little.
    pub(super) fn expose(&self, grid: &mut Grid, leaf: &Leaf) {
        if self.fold.worn > 0.0 {
            self.soil(grid, leaf);
        }
        let seed = leaf.seed.derive("panels");
        let [in_a_row, rows] =
            [self.fold.down, self.fold.across].map(|creases| usize::from(creases) + 1);
        let panels = rows * in_a_row;
        let mut rng = seed.rng();
        let outside = rng.below(panels);
        let shares: Vec<f32> = (0..panels)
            .map(|p| if p == outside { 1.0 } else { 0.3 * rng.unit() as f32 })
            .map(|share| share * leaf.age.wear())
            .collect();
        let (upright, level): (Vec<&Crease>, Vec<&Crease>) =
            self.creases.iter().partition(|crease| crease.upright);
        let mut courses: Vec<_> = level.iter().map(|c| Course::new(c, |_| 0.0)).collect();
        grid.paint_all_rows(|run| {
            courses.iter_mut().for_each(|course| course.follow(run.places()));
            let before: Vec<f32> = upright.iter().map(|c| c.over(run.y)).collect();
            let share = |(cell, x): (usize, &f32)| {
                let above = courses.iter().filter(|course| course.off[cell] > 0.0);
                let left = before.iter().filter(|over| x > *over);
                shares[above.count() * in_a_row + left.count()]
            };
            let (xs, stain) = (run.xs, self.fold.stain);
            run.stain(stain, xs.iter().enumerate().map(share));
        });
    }

    /// Soils the paper along the creases, which lay outside.
    fn soil(&self, grid: &mut Grid, leaf: &Leaf) {
        let cloud = Field(leaf.seed.derive("grime"));
        let [width, height] = grid.frame.mm();
        let patches = Chart::over([-4.0; 2], [width + 4.0, height + 4.0], 2.0, |x, y| {
            0.6 + 0.7 * cloud.at(x / 6.0, y / 6.0)
        });
        for crease in &self.creases {
            let (low, high) = crease.band(12.0, [width, height]);
            let length = if crease.upright { height } else { width };
            let wide = Track::over(length, |along| {
                3.2 + 2.2 * cloud.at(along / 17.0, crease.at)
            });
            let mut course = Course::new(crease, |along| 1.0 / wide.at(along));
            let (strength, mut patch) = (self.fold.worn * leaf.traces(), Vec::new());
            grid.paint_rows(low, high, |run| {
                course.follow(run.places());
                patches.row(run.places(), &mut patch);
                let cells = course.off.iter().zip(&course.here).zip(&patch);
                let shares = cells.map(|((off, pace), patch)| {
                    strength * (bell(off * pace) - 0.01).max(0.0) * patch.max(0.0)
                });
                run.stain(GRIME, shares);
            });
        }
    }

    /// Wears the face of the paper off where creases cross: pale fibres in a dirty patch.
    fn abrade(&self, grid: &mut Grid, leaf: &Leaf) {
        let nap = Field(leaf.seed.derive("nap"));
        let worn = self.fold.worn * leaf.traces();
        for [x0, y0] in self.crossings() {
            grid.paint([x0 - 9.0, y0 - 9.0], [x0 + 9.0, y0 + 9.0], |x, y| {
                let [dx, dy] = [(x - x0).abs(), (y - y0).abs()];
                // A star along the creases.
                let off = (dx.sqrt() + dy.sqrt()) * (dx.sqrt() + dy.sqrt());
                let rough =
                    1.0 + 0.6 * nap.at(x / 1.3, y / 1.3) + 0.5 * nap.at(x / 0.4, y / 0.4);
                let bare = (bell(off / (2.3 * rough.max(0.3))) - 0.02).max(0.0);
                let dirt = (bell(off / 5.5) - 0.02).max(0.0) * rough;
                Lab::new(
                    worn * (6.5 * bare - 4.0 * dirt),
                    0.3 * dirt,
                    worn * (1.6 * dirt - 2.2 * bare),
                )
            });
        }
    }

    /// Bends the sheet along the creases: light and shade of a few millimetres. `front`
    /// says which side one looks at.
    pub(super) fn bend(&self, grid: &mut Grid, front: bool) {
        let size = grid.frame.mm();
        for crease in &self.creases {
            let rise = crease.rise(front);
            let (from, to) = crease.band(8.0, size);
            let mut course = Course::new(crease, |_| 0.0);
            let depth = self.fold.depth;
            grid.paint_rows(from, to, |run| {
                course.follow(run.places());
                widest(
                    #[inline(always)]
                    || {
                        let shares = course.off.iter().map(|off| {
                            let off = off * rise;
                            let shade = 0.8 * bell((off - 2.2) * (1.0 / 2.6));
                            let light = 0.6 * bell((off + 1.5) * (1.0 / 1.8));
                            depth * (light - shade)
                        });
                        run.stain(Lab::new(1.0, 0.0, 0.0), shares);
                    },
                );
            });
        }
    }

    /// Presses the creases in: ridges, and dirt in the broken fibres.
    pub(super) fn press(&self, grid: &mut Grid, leaf: &Leaf, front: bool) {
        let size = grid.frame.mm();
        let depth = self.fold.depth;
        let dirt = depth * leaf.age.wear();
        if self.fold.worn > 0.0 {
            self.abrade(grid, leaf);
        }
        for crease in &self.creases {
            let rise = crease.rise(front);
            let (from, to) = crease.band(3.4, size);
            let mut course = Course::new(crease, |along| crease.wear.at(along));
            grid.paint_rows(from, to, |run| {
                course.follow(run.places());
                widest(
                    #[inline(always)]
                    || relief(&course.off, &course.here, [rise, depth, dirt], run),
                );
            });
        }
    }
}

/// The colour of a crease so many millimetres below its ridge: light on the ridge, shade on
/// the side turned from the window.
#[inline(always)]
fn relief(offs: &[f32], worn: &[f32], [rise, depth, dirt]: [f32; 3], run: Run<'_>) {
    let [ls, as_, bs] = run.shift;
    let cells = offs.iter().zip(worn);
    for (((l, a), b), (off, worn)) in ls.iter_mut().zip(as_).zip(bs).zip(cells) {
        let off = off * rise;
        let ridge = 2.4 * bell(off * (1.0 / 0.22)) * worn;
        let shade = 2.0 * bell((off - 0.7) * (1.0 / 0.5));
        let soil = dirt * (bell(off * (1.0 / 0.9)) - 0.005).max(0.0) * worn;
        [*l, *a, *b] = [depth * (ridge - shade) - 2.0 * soil, 0.2 * soil, soil];
    }
}

/// A random number within `most` of 0.
fn near(rng: &mut Rng, most: f64) -> f32 {
    rng.between(-most, most) as f32
}

//! Tone: the unevenness of a sheet from 1 cm to its whole width.

use serde::Deserialize;

use super::Leaf;
use super::grid::{Grid, Row};
use super::mesh::Frame;
use super::range::Checks;
use super::stock::tinted;
use crate::geom::Lab;
use crate::seed::{Rng, Seed};

/// The level from which on unevenness is tone and not grain: cells of 11 mm.
const FIRST: i32 = 6;

/// How many times as uneven as the middling sheet one is at most: beyond that its stains no
/// longer look like those of paper.
const MOST: f32 = 2.2;

/// The same of its clouds: real pages go over from one side to the other, and have hardly any
/// cloud that one sees.
const CLOUDIEST: f32 = 1.2;

/// `[tone]`: clouds in the sheet, and how it goes over from one side to the other, at age
/// 100.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Tone {
    /// Deviation of L*, a*, b* at 1 to 4 cm, each 0 to 5.
    near: Lab,
    /// Deviation of L*, a*, b* at 4 to 20 cm, each 0 to 5.
    far: Lab,
    /// Deviation of the difference in L*, a*, b* of two sides, each 0 to 10: paper browns
    /// from where air and light reached it, and pages have few clouds as large as that.
    slope: Lab,
    /// The share of it in a new sheet, 0 to 1.
    new: f32,
    /// How much sheets differ in it: the deviation of its logarithm, 0 to 1.
    varies: f32,
}

impl Default for Tone {
    fn default() -> Self {
        Self {
            near: Lab::new(0.4, 0.14, 0.33),
            far: Lab::new(0.5, 0.14, 0.45),
            slope: Lab::new(1.8, 0.5, 1.7),
            new: 0.2,
            varies: 0.5,
        }
    }
}

impl Tone {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        let deviations = [
            ("near", self.near, 5.0),
            ("far", self.far, 5.0),
            ("slope", self.slope, 10.0),
        ];
        for (name, lab, most) in deviations {
            for (place, value) in [lab.l, lab.a, lab.b].into_iter().enumerate() {
                checks.number(&format!("tone.{name}[{place}]"), value, [0.0, most]);
            }
        }
        checks.number("tone.new", self.new, [0.0, 1.0]);
        checks.number("tone.varies", self.varies, [0.0, 1.0]);
    }

    /// A sheet of a colour with its clouds, on cells of the coarsest grain.
    pub(super) fn cloud(&self, frame: Frame, colour: Lab, leaf: &Leaf) -> Grid {
        let mut grid = Grid::plain(frame, colour);
        let [near, far] = tinted(colour);
        let seed = leaf.seed.derive("tone");
        let draw = seed.derive("varies").rng().normal().clamp(-2.0, 2.0) as f32;
        let grown = leaf.age.grown(self.new);
        let uneven = libm::expf(self.varies * draw);
        let [clouds, share] = [CLOUDIEST, MOST].map(|most| grown * uneven.min(most));
        while grid.level() > FIRST {
            let level = grid.level() - 1;
            let size = if level > FIRST + 1 { self.far } else { self.near };
            let size = Lab { a: near * size.a, b: near * size.b, ..size };
            let seed = seed.nth(level.cast_unsigned().into());
            grid = grid.refine(|row, cells| {
                let mut rng = seed.nth(row.cast_unsigned().into()).rng();
                add(cells, size, clouds, || rng.normal() as f32);
            });
        }
        let size = Lab { a: far * self.slope.a, b: far * self.slope.b, ..self.slope };
        slant(&mut grid, size, share, seed.derive("slope"));
        grid
    }
}

/// Lets one side go over into the other.
fn slant(grid: &mut Grid, size: Lab, share: f32, seed: Seed) {
    let [width, height] = grid.frame.mm();
    let mut rng = seed.rng();
    let [stain, own] = [(); 2].map(|()| Ramp::draw(&mut rng));
    grid.paint_all(|x, y| {
        let (across, down) = (x / width - 0.5, y / height - 0.5);
        let (stain, own) = (stain.at(across, down), own.at(across, down));
        // What air did not reach is hardly better than the middle of the leaf.
        let stain = if stain < 0.0 { 0.4 * stain } else { stain };
        // Nor does any light make paper much lighter than it is.
        let own = if own > 0.0 { 0.5 * own } else { own };
        Lab::new(
            size.l * share * (0.8 * own - 0.6 * stain),
            size.a * share * stain,
            YELLOWEST * libm::tanhf(size.b * share * stain / YELLOWEST),
        )
    });
}

/// How high a ramp comes near to: leaves that were half in the dark look like metal.
const HIGHEST: f32 = 1.2;

/// How much one rises at the most: steeper ones go over in the middle, as if painted.
const STEEPEST: f32 = 3.5;

/// How far one side is yellower than the other, about, at the most.
const YELLOWEST: f32 = 7.0;

/// A surface that rises over a sheet, of mean 0.
struct Ramp {
    /// How much it rises from left to right and from top to bottom.
    rise: [f32; 2],
    /// How much steeper it is at one end.
    bend: f32,
}

impl Ramp {
    /// One of those that there are: leaves lie with a side to the opening of their binding or
    /// folder more often than with the head.
    fn draw(rng: &mut Rng) -> Self {
        let mut normal = |most: f64| rng.normal().clamp(-most, most) as f32;
        let strong = libm::expf(0.8 * normal(1.8));
        let rise = [strong * normal(2.0), 0.5 * strong * normal(2.0)];
        let rise = rise.map(|rise| rise.clamp(-STEEPEST, STEEPEST));
        Self { rise, bend: 1.5 * normal(1.7) }
    }

    /// Its height at a place, −0.5 to 0.5 each way.
    fn at(&self, across: f32, down: f32) -> f32 {
        let rise = self.rise[0] * across + self.rise[1] * down;
        let bent = self.bend * self.rise[0] * (across * across - 1.0 / 12.0);
        HIGHEST * libm::tanhf((rise + bent) / HIGHEST)
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

//! Grain: the unevenness of pulp and surface from 0.1 to 5 mm.
//!
//! Free values on the cells of each level, smoothed by refinement, give a field whose
//! spectrum is set octave by octave. L*, a* and b* have fields of their own: on scans
//! they hardly correlate in the fine octaves.

use serde::Deserialize;

use super::Leaf;
use super::grid::{Grid, Row};
use super::range::Checks;
use crate::seed::{Rng, Seed};

/// How many octaves are set.
const OCTAVES: usize = 6;

/// `[grain]`: standard deviations in CIELAB of a sheet of age 100, octave by octave
/// (differences of Gaussians of 0, 0.10, 0.20, 0.41, 0.81, 1.6 and 3.3 mm), as measured
/// on scans at 150 pixels to the inch.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Grain {
    /// Of lightness, each 0 to 3.
    l: [f32; OCTAVES],
    /// Of a*, each 0 to 3.
    a: [f32; OCTAVES],
    /// Of b*, each 0 to 3.
    b: [f32; OCTAVES],
    /// The share of it in a new sheet, 0 to 1.
    new: f32,
}

impl Default for Grain {
    fn default() -> Self {
        Self {
            l: [0.31, 0.33, 0.27, 0.22, 0.20, 0.17],
            a: [0.14, 0.14, 0.16, 0.15, 0.11, 0.09],
            b: [0.17, 0.17, 0.22, 0.22, 0.18, 0.15],
            new: 0.5,
        }
    }
}

impl Grain {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        for (name, octaves) in [("l", self.l), ("a", self.a), ("b", self.b)] {
            for (place, value) in octaves.into_iter().enumerate() {
                checks.number(&format!("grain.{name}[{place}]"), value, [0.0, 3.0]);
            }
        }
        checks.number("grain.new", self.new, [0.0, 1.0]);
    }

    /// The grain of a leaf.
    pub(super) fn of(&self, leaf: &Leaf) -> Pulp {
        let size = leaf.age.grown(self.new);
        let [l, a, b] = [self.l, self.a, self.b].map(|octaves| amplitudes(octaves, size));
        let levels = core::array::from_fn(|level| [l[level], a[level], b[level]]);
        let (dark, even) = (Tail::new(1.25, 0.75), Tail::new(1.0, 1.0));
        Pulp { levels, dark, even, front: leaf.seed.derive("grain") }
    }
}

/// The grain of a leaf, ready to be added level by level.
pub(super) struct Pulp {
    /// Standard deviation of the free values of L*, a*, b* on each level.
    levels: [[f32; 3]; OCTAVES],
    /// How the values of lightness are spread: with a tail to the dark.
    dark: Tail,
    /// How those of colour are spread.
    even: Tail,
    /// Where the values of the leaf come from.
    front: Seed,
}

impl Pulp {
    /// The next finer grid, with the grain of its level: the leaf's, or that of one side.
    pub(super) fn refine(&self, grid: &Grid, side: Option<&str>) -> Grid {
        let level = grid.level - 1;
        // What is finer than was measured goes on as the finest octave.
        let Some(&sizes) = self.levels.get(level.max(0) as usize) else {
            return grid.refine(|_, _| {});
        };
        let seed = side.map_or(self.front, |name| self.front.derive(name));
        let seed = seed.nth(level.cast_unsigned().into());
        grid.refine(|row, cells| {
            let mut rng = seed.nth(row.cast_unsigned().into()).rng();
            self.add(&mut rng, sizes, cells);
        })
    }

    /// Adds free values to a row: one draw of 64 bits gives all three coordinates.
    fn add(&self, rng: &mut Rng, [l, a, b]: [f32; 3], [ls, as_, bs]: Row<'_>) {
        for ((to_l, to_a), to_b) in ls.iter_mut().zip(as_).zip(bs) {
            let bits = rng.bits();
            *to_l += l * self.dark.draw(bits);
            *to_a += a * self.even.draw(bits >> 12);
            *to_b += b * self.even.draw(bits >> 24);
        }
    }
}

/// A distribution with mean 0 and deviation 1, as a table of its quantiles.
struct Tail(Box<[f32; COUNT]>);

/// Entries of the table; twelve bits choose one.
const COUNT: usize = 1 << 12;

impl Tail {
    /// An asymmetric Laplace distribution with these scales below and above its mode
    /// (Kotz, Kozubowski and Podgórski, "The Laplace distribution", 2001). Scans of paper
    /// have an excess kurtosis of 2 to 4 in the fine octaves and a skew of −0.6.
    fn new(below: f32, above: f32) -> Self {
        let mode = below / (below + above);
        let mut table = Box::new([0.0_f32; COUNT]);
        for (i, quantile) in table.iter_mut().enumerate() {
            let share = (i as f32 + 0.5) / COUNT as f32;
            *quantile = if share < mode {
                below * libm::logf(share / mode)
            } else {
                -above * libm::logf((1.0 - share) / (1.0 - mode))
            };
        }
        let mean = table.iter().sum::<f32>() / COUNT as f32;
        let squares = table.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>();
        let deviation = (squares / COUNT as f32).sqrt();
        for value in table.iter_mut() {
            *value = (*value - mean) / deviation;
        }
        Self(table)
    }

    /// The quantile that the low bits choose.
    fn draw(&self, bits: u64) -> f32 {
        self.0[bits as usize % COUNT]
    }
}

/// The variance that free values of variance 1 on a level (row) leave in each octave
/// (column), by numerical experiment.
const RESPONSE: [[f32; OCTAVES]; OCTAVES] = [
    [0.3639, 0.1220, 0.0248, 0.0062, 0.0016, 0.0004],
    [0.0174, 0.0425, 0.0467, 0.0202, 0.0059, 0.0016],
    [0.0010, 0.0061, 0.0294, 0.0402, 0.0191, 0.0057],
    [0.0001, 0.0005, 0.0054, 0.0275, 0.0392, 0.0191],
    [0.0, 0.0, 0.0005, 0.0053, 0.0271, 0.0388],
    [0.0, 0.0, 0.0, 0.0005, 0.0049, 0.0262],
];

/// What JPEG takes away of the finest octave at the quality of the product.
const JPEG_LOSS: f32 = 1.3;

/// Deviations of the free values of each level that give these deviations in the octaves,
/// `size` times. Solved for variances, which must stay positive, by the rule of
/// Richardson (1972) and Lucy (1974).
fn amplitudes(mut octaves: [f32; OCTAVES], size: f32) -> [f32; OCTAVES] {
    octaves[0] *= JPEG_LOSS;
    let wanted = octaves.map(|deviation| deviation * deviation);
    let mut variances = [0.5_f32; OCTAVES];
    for _ in 0..60 {
        let mut given = [1e-9_f32; OCTAVES];
        for (variance, response) in variances.iter().zip(&RESPONSE) {
            for (octave, share) in given.iter_mut().zip(response) {
                *octave += variance * share;
            }
        }
        for (variance, response) in variances.iter_mut().zip(&RESPONSE) {
            let ratios = wanted.iter().zip(&given).map(|(w, g)| w / g);
            let wish: f32 =
                ratios.zip(response).map(|(ratio, share)| ratio * share).sum();
            *variance *= wish / response.iter().sum::<f32>();
        }
    }
    variances.map(|variance| variance.sqrt() * size)
}

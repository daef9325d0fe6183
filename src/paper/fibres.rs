//! Fibres that one can see: the long bast of mulberry and sandalwood papers.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::mesh::Frame;
use super::range::Checks;
use crate::geom::{Lab, Length};
use crate::seed::Seed;

/// `[fibres]`: long fibres in the sheet. They do not change with age.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Fibres {
    /// Fibres to a square centimetre, 0 to 50.
    density: f32,
    /// The length of the middling fibre, 1 to 40 mm.
    length: Length,
    /// The width of one strand, 0.02 to 0.5 mm.
    width: Length,
    /// How the middling fibre differs from the pulp: L* −10 to 10, a* and b* −5 to 5. One
    /// in three differs the other way.
    shift: Lab,
}

/// Millimetres over which a fibre is straight.
const SEGMENT: f32 = 0.5;

impl Default for Fibres {
    fn default() -> Self {
        Self {
            density: 5.0,
            length: Length::mm(8.0),
            width: Length::mm(0.06),
            shift: Lab::new(2.0, 0.0, -0.6),
        }
    }
}

/// The longest fibres are so many times as long as the middling one.
const LONGEST: f32 = 4.0;

impl Fibres {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.number("fibres.density", self.density, [0.0, 50.0]);
        checks.length("fibres.length", self.length, [1.0, 40.0]);
        checks.length("fibres.width", self.width, [0.02, 0.5]);
        checks.number("fibres.shift[0]", self.shift.l, [-10.0, 10.0]);
        checks.number("fibres.shift[1]", self.shift.a, [-5.0, 5.0]);
        checks.number("fibres.shift[2]", self.shift.b, [-5.0, 5.0]);
    }

    /// The fibres of one side of a leaf.
    pub(super) fn of(&self, frame: Frame, leaf: &Leaf, side: &str) -> Strands {
        let seed = leaf.seed.derive("fibres").derive(side);
        let count = (self.density * frame.area()) as u64;
        let mut strands = Strands { longest: 0.0, starts: vec![0], bits: Vec::new() };
        for number in 0..count {
            self.add(seed.nth(number), number as f32 / count as f32, frame, &mut strands);
            strands.starts.push(strands.bits.len());
        }
        strands
    }

    /// Adds one fibre that begins so far down: a strand that bends as it goes, fainter towards
    /// its ends and where it dips into the pulp.
    fn add(&self, seed: Seed, down: f32, frame: Frame, strands: &mut Strands) {
        let mut rng = seed.rng();
        let [width, height] = frame.mm();
        let mut at = [width * rng.unit() as f32, height * down];
        let long = libm::expf(0.45 * rng.normal() as f32).min(LONGEST);
        let length = self.length.to_mm() as f32 * long;
        let strength = libm::expf(0.5 * rng.normal() as f32 - 0.3).min(2.5);
        let strength = if rng.chance(0.33) { -0.7 * strength } else { strength };
        let (sin, cos) = libm::sincosf(core::f32::consts::TAU * rng.unit() as f32);
        let mut heading = [cos, sin];
        let (mut bend, mut dip) = (0.08 * rng.normal() as f32, rng.unit() as f32);
        let segments = (length / SEGMENT) as usize + 1;
        for segment in 0..segments {
            bend = 0.85 * bend + rng.between(-0.09, 0.09) as f32;
            dip = (dip + rng.between(-0.3, 0.3) as f32).clamp(0.0, 1.0);
            heading = turned(heading, bend);
            let share = (segment as f32 + 0.5) / segments as f32;
            let taper = (8.0 * share * (1.0 - share)).min(1.0);
            let cover = strength * taper * dip * self.width.to_mm() as f32 * SEGMENT;
            strands.bits.push(Bit { at, heading, cover });
            at = [0, 1].map(|axis| at[axis] + SEGMENT * heading[axis]);
        }
        strands.longest = strands.longest.max(length + SEGMENT);
    }

    /// Lays those of the fibres that touch a grid.
    pub(super) fn lay(&self, grid: &mut Grid, strands: &Strands) {
        let dabs = (SEGMENT / grid.cell()) as usize + 1;
        let step = SEGMENT / dabs as f32;
        for Bit { at: [x, y], heading, cover } in strands.near(grid) {
            let ahead = |far: f32| [x + far * heading[0], y + far * heading[1]];
            let places = (1..=dabs).map(|dab| ahead(dab as f32 * step));
            grid.dab_light(places, cover / dabs as f32 * self.shift.l);
            // The cells of colour are about as wide as a segment.
            let colour = [self.shift.a, self.shift.b].map(|shift| cover * shift);
            grid.dab_colour(ahead(0.5 * SEGMENT), colour);
        }
    }
}

/// Fibres, bit by bit.
pub(super) struct Strands {
    /// The length of the longest in millimetres.
    longest: f32,
    /// Where in the bits each fibre begins, and at last where all end. They begin one below
    /// the other.
    starts: Vec<usize>,
    /// The bits of one fibre after the other.
    bits: Vec<Bit>,
}

impl Strands {
    /// The bits that may touch a grid.
    fn near<'a>(&'a self, grid: &Grid) -> impl Iterator<Item = &'a Bit> + use<'a> {
        let [top, bottom] = grid.span();
        let reach = SEGMENT + grid.cell();
        let touches = move |y: f32, reach: f32| y + reach > top && y - reach < bottom;
        let numbers = grid.numbers(self.starts.len() as u64 - 1, self.longest);
        let fibre = |number: u64| {
            let number = number as usize;
            &self.bits[self.starts[number]..self.starts[number + 1]]
        };
        let near = move |bits: &&[Bit]| {
            touches(bits[0].at[1], bits.len() as f32 * SEGMENT + reach)
        };
        numbers
            .map(fibre)
            .filter(near)
            .flatten()
            .filter(move |bit| touches(bit.at[1], reach))
    }
}

/// A straight bit of a fibre.
struct Bit {
    /// Where it begins, in millimetres.
    at: [f32; 2],
    /// Its direction, as cosine and sine.
    heading: [f32; 2],
    /// How much of the pulp it covers, in square millimetres.
    cover: f32,
}

/// A direction, as cosine and sine, turned by less than half a right angle: by the first terms
/// of the series, and set right to the length of 1.
fn turned([cos, sin]: [f32; 2], angle: f32) -> [f32; 2] {
    let square = angle * angle;
    let (by_cos, by_sin) = (1.0 - 0.5 * square, angle * (1.0 - square / 6.0));
    let [cos, sin] = [cos * by_cos - sin * by_sin, sin * by_cos + cos * by_sin];
    let set = 1.5 - 0.5 * (cos * cos + sin * sin);
    [cos * set, sin * set]
}

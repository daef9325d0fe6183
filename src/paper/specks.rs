//! Specks: bits of bark, shive and dirt in the pulp.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::Field;
use super::range::Checks;
use super::stock::apart;
use crate::geom::Lab;
use crate::seed::Seed;

/// `[specks]`: dark specks (more than 3 L* darker than the paper) at age 100. Their
/// diameters are those measured: the middling one 0.22 mm, one in ten over 0.5 mm.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Specks {
    /// Specks to a square centimetre in the middling ream, 0 to 100; reams differ by a third.
    density: f32,
    /// The mean of how much darker they are than 3 L*, 0 to 20.
    depth: f32,
    /// The share of them that a new sheet has, 0 to 1.
    new: f32,
}

impl Default for Specks {
    fn default() -> Self {
        Self { density: 8.0, depth: 3.0, new: 0.4 }
    }
}

/// One speck.
struct Speck {
    /// Its middle in millimetres.
    at: [f32; 2],
    /// Its radius.
    radius: f32,
    /// Its length is this times its width.
    stretch: f32,
    /// The direction of its length, as cosine and sine.
    turn: [f32; 2],
    /// How it differs from the paper.
    stain: Lab,
}

impl Specks {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.number("specks.density", self.density, [0.0, 100.0]);
        checks.number("specks.depth", self.depth, [0.0, 20.0]);
        checks.number("specks.new", self.new, [0.0, 1.0]);
    }

    /// Strews the specks of one side.
    pub(super) fn strew(&self, grid: &mut Grid, leaf: &Leaf, side: &str) {
        let seed = leaf.seed.derive("specks").derive(side);
        let share = leaf.age.grown(self.new);
        let mut ream = leaf.ream.derive("specks").rng();
        let mut draw = || apart(&mut ream);
        let density = self.density * libm::expf(0.35 * draw());
        let depth = self.depth * libm::expf(0.35 * draw());
        let count = (density * grid.frame.area()) as u64;
        let frame = grid.frame.mm();
        let rough = Field(seed.derive("rough"));
        for number in grid.numbers(count, LARGEST) {
            let seed = seed.nth(number);
            // From top to bottom, so that bands have theirs.
            let down = number as f32 / count as f32;
            if let Some(speck) = speck(seed, share, depth, (frame, down)) {
                speck.draw(grid, rough);
            }
        }
    }
}

/// The speck of a seed, if it is one of the `share` that there are.
/// It lies somewhere from left to right, and so far `down`.
fn speck(
    seed: Seed,
    share: f32,
    depth: f32,
    ([width, height], down): ([f32; 2], f32),
) -> Option<Speck> {
    let mut rng = seed.rng();
    if rng.unit() as f32 >= share {
        return None;
    }
    let at = [width * rng.unit() as f32, height * down];
    let size = rng.normal().min(2.5) as f32;
    let depth = 2.5 - depth * libm::logf(1.0 - rng.unit() as f32);
    let (sin, cos) = libm::sincosf(core::f32::consts::TAU * rng.unit() as f32);
    // Most are brown, a few are threads of another colour.
    let hue = rng.normal() as f32;
    Some(Speck {
        at,
        radius: 0.11 * libm::expf(0.64 * size),
        stretch: 1.0 + 0.8 * rng.normal().abs() as f32,
        turn: [cos, sin],
        stain: Lab::new(-depth, 0.06 * depth * hue.max(-0.5), 0.12 * depth * (hue + 0.5)),
    })
}

/// The change of a* or b* times square millimetres that is too little to be seen.
const FAINT: f32 = 0.03;

/// How far a speck reaches at most, in millimetres.
const LARGEST: f32 = 1.8;

/// The radius up to which the colour of a speck is put in as a dab, in millimetres.
const SMALL: f32 = 0.36;

impl Speck {
    /// Draws it. A speck smaller than a cell is drawn as large as one, and paler.
    fn draw(&self, grid: &mut Grid, rough: Field) {
        let least = 0.55 * grid.cell();
        let [long, short] =
            [self.radius * self.stretch.sqrt(), self.radius / self.stretch.sqrt()];
        let wide = [long, short].map(|r| (r * r + least * least).sqrt());
        let pale = (long * short / (wide[0] * wide[1])).min(1.0);
        // What a reader sees of a small speck is paler than 3 L*; half of that is undone.
        let strength = pale.sqrt();
        let ellipse = Ellipse::new(self.at, wide, self.turn);
        let [low, high] = ellipse.bounds();
        if wide[0] > SMALL {
            // Its outline is that of a chip, not of a drop.
            grid.paint(low, high, |x, y| {
                let inside = ellipse.inside(x, y);
                if inside < 0.05 {
                    return Lab::default();
                }
                let ragged = rough.at(x / 0.17, y / 0.17);
                let cover = ((inside - 0.35 + 0.3 * ragged) * 2.6).clamp(0.0, 1.0);
                Lab::default().mix(self.stain, strength * cover * (0.85 + 0.3 * ragged))
            });
            return;
        }
        let deep = strength * self.stain.l;
        grid.shade(low, high, |x, y| {
            let inside = ellipse.inside(x, y).max(0.0);
            deep * inside * inside
        });
        // Its colour is finer than the cells of that, and most often not to be seen.
        let area = core::f32::consts::TAU / 3.0 * wide[0] * wide[1] * strength;
        let tint = [self.stain.a, self.stain.b].map(|shift| area * shift);
        if tint[0].abs().max(tint[1].abs()) > FAINT {
            grid.dab_colour(self.at, tint);
        }
    }
}

/// An ellipse, as the quadratic form of the places off its middle.
struct Ellipse {
    /// Its middle.
    at: [f32; 2],
    /// How far it reaches from there to the right and down.
    reach: [f32; 2],
    /// The factors of the squares and of the product.
    form: [f32; 3],
}

impl Ellipse {
    /// One whose edge lies √2 times so far from its middle along and across a direction.
    fn new(at: [f32; 2], half: [f32; 2], [cos, sin]: [f32; 2]) -> Self {
        let [long, short] = half.map(|half| 2.0 * half * half);
        let reach = [(cos, sin), (sin, cos)]
            .map(|(along, over)| (long * along * along + short * over * over).sqrt());
        let [long, short] = [1.0 / long, 1.0 / short];
        let form = [
            long * cos * cos + short * sin * sin,
            long * sin * sin + short * cos * cos,
            2.0 * (long - short) * cos * sin,
        ];
        Self { at, reach, form }
    }

    /// The box around it.
    fn bounds(&self) -> [[f32; 2]; 2] {
        let [wide, high] = self.reach;
        let [x, y] = self.at;
        [[x - wide, y - high], [x + wide, y + high]]
    }

    /// How far inside it a place is: 1 in the middle, 0 at the edge.
    fn inside(&self, x: f32, y: f32) -> f32 {
        let [dx, dy] = [x - self.at[0], y - self.at[1]];
        1.0 - (self.form[0] * dx * dx + self.form[1] * dy * dy + self.form[2] * dx * dy)
    }
}

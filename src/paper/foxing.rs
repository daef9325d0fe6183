//! Foxing: brown spots of mould and rust, in loose groups.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::{Field, bell};
use super::range::Checks;
use crate::geom::{Lab, Length};

/// `[foxing]`: brown spots at age 100.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Foxing {
    /// Spots to a square decimetre, 0 to 100.
    density: f32,
    /// The diameter of the middling spot, 0.2 to 10 mm.
    diameter: Length,
    /// The change of colour in its middle: L* −30 to 0, a* −5 to 15, b* 0 to 30.
    stain: Lab,
}

impl Default for Foxing {
    fn default() -> Self {
        Self { density: 5.0, diameter: Length::mm(1.3), stain: Lab::new(-3.2, 1.6, 5.5) }
    }
}

impl Foxing {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.number("foxing.density", self.density, [0.0, 100.0]);
        checks.length("foxing.diameter", self.diameter, [0.2, 10.0]);
        checks.stain("foxing.stain", self.stain);
    }

    /// Puts the spots in.
    pub(super) fn spot(&self, grid: &mut Grid, leaf: &Leaf) {
        let [width, height] = grid.frame.mm();
        let seed = leaf.seed.derive("foxing");
        let damp = Field(seed.derive("damp"));
        let rough = Field(seed.derive("outline"));
        let grown = leaf.age.wear();
        // Twice as many places are tried as spots are wanted; the dry half stays clean.
        let tried = (2.0 * self.density * grid.frame.area() / 100.0) as u64;
        for number in 0..tried {
            let mut rng = seed.nth(number).rng();
            let [x0, y0] = [width, height].map(|side| side * rng.unit() as f32);
            let [size, bent] = [rng.normal(), rng.normal()].map(|v| v as f32);
            // A spot shows from some age on, and then grows: it never fades.
            let shows = 0.15 + 0.75 * rng.unit() as f32;
            let wet = damp.at(x0 / 45.0, y0 / 45.0) + 0.3 * bent > 0.0;
            if !wet || grown <= shows {
                continue;
            }
            let strength =
                (grown - shows) / (1.0 - shows) * (0.45 + 0.8 * rng.unit() as f32);
            let radius =
                0.5 * self.diameter.to_mm() as f32 * libm::expf(0.6 * size.min(2.0));
            // One in three is of the snowflake type: larger, paler, without a clear rim.
            if rng.unit() < 0.33 {
                self.flake(grid, [x0, y0], 2.1 * radius, strength, rough);
                continue;
            }
            let cored = rng.unit() < 0.6;
            let reach = 3.5 * radius;
            grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
                let [dx, dy] = [x - x0, y - y0];
                let outline =
                    1.0 + 0.45 * rough.at(x / (1.3 * radius), y / (1.3 * radius));
                let distance = (dx * dx + dy * dy).sqrt() / (radius * outline);
                // Many have a dark core: the speck of iron, or the seed of the mould.
                let core = if cored { 1.3 * bell(distance / 0.22) } else { 0.0 };
                let share = (bell(distance) - 0.012).max(0.0) + core;
                Lab::default().mix(self.stain, strength * share)
            });
        }
    }

    /// A spot of the snowflake type: scattered patches around a middle, each with a soft
    /// rim (Cain and Miller, "Proposed classification of foxing", 1982).
    fn flake(
        &self,
        grid: &mut Grid,
        [x0, y0]: [f32; 2],
        radius: f32,
        strength: f32,
        rough: Field,
    ) {
        let reach = 2.2 * radius;
        grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
            let [dx, dy] = [x - x0, y - y0];
            let distance = (dx * dx + dy * dy).sqrt() / radius;
            let branch = 0.9 * rough.at(x / (0.5 * radius), y / (0.5 * radius))
                + 0.6 * rough.at(x / (0.2 * radius), y / (0.2 * radius));
            let share = (0.75 + branch - 0.85 * distance).clamp(0.0, 1.0);
            Lab::default().mix(self.stain, 0.6 * strength * share * (2.0 - share))
        });
    }
}

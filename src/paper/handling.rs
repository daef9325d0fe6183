//! Handling: hands darken the corners and the lower edge where a leaf is turned.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::{Field, bell};
use super::range::Checks;
use crate::geom::Lab;

/// `[handling]`: dirt from hands at age 100.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Handling {
    /// The change of colour where it is strongest: L* −30 to 0, a* −5 to 15, b* 0 to 30.
    stain: Lab,
}

impl Default for Handling {
    fn default() -> Self {
        Self { stain: Lab::new(-2.2, 0.3, 1.2) }
    }
}

/// A place that hands have touched.
#[derive(Clone, Copy)]
struct Touch {
    /// Its middle, in millimetres.
    at: [f32; 2],
    /// Its radius.
    radius: f32,
    /// How strong it is.
    strength: f32,
}

impl Handling {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.stain("handling.stain", self.stain);
    }

    /// Darkens what hands have touched.
    pub(super) fn soil(&self, grid: &mut Grid, leaf: &Leaf) {
        let [width, height] = grid.frame.mm();
        let seed = leaf.seed.derive("handling");
        let mut rng = seed.rng();
        let field = Field(seed.derive("cloud"));
        // Corners, the lower outer one most, and one place where a thumb held the leaf.
        let thumb = [width, height * rng.between(0.5, 0.9) as f32];
        let places = [[0.0, 0.0], [width, 0.0], [0.0, height], [width, height], thumb];
        for (at, weight) in places.into_iter().zip([0.5, 0.7, 0.6, 1.0, 0.7]) {
            let strength = (weight * rng.between(0.3, 1.0)) as f32 * leaf.age.wear();
            let touch = Touch { at, radius: rng.between(11.0, 24.0) as f32, strength };
            self.touch(grid, touch, field);
        }
    }

    /// Darkens one place.
    fn touch(&self, grid: &mut Grid, touch: Touch, field: Field) {
        let Touch { at: [x0, y0], radius, strength } = touch;
        let reach = 2.2 * radius;
        grid.paint([x0 - reach, y0 - reach], [x0 + reach, y0 + reach], |x, y| {
            let [dx, dy] = [(x - x0) / radius, (y - y0) / radius];
            let distance = (dx * dx + dy * dy).sqrt();
            let uneven = 1.0
                + 0.5 * field.at(x / 17.0, y / 17.0)
                + 0.3 * field.at(x / 5.0, y / 5.0);
            // The bell less its value at the rim, so that it ends in nothing.
            let share = ((bell(distance) - 0.029) * uneven).max(0.0);
            Lab::default().mix(self.stain, strength * share)
        });
    }
}

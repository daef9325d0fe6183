//! The typewriter: each key has a fault of its own, each stroke its own force.

use crate::geom::{Angle, Length};
use crate::page::{Run, Strike};
use crate::seed::Seed;
use crate::style::Ink;

use super::at_density;

/// How much of a glyph's faults belongs to its key, as a share of the variance; the rest
/// is the stroke's. On one machine the same letter is always a little low.
const OF_KEY: f64 = 0.7;

/// How far keys are turned: standard deviation, in degrees.
const TILT: f64 = 0.55;

/// Strikes the glyphs of a run. `keys` is the machine, `strokes` the line.
pub(super) fn strike(run: &mut Run, ink: &Ink, keys: Seed, strokes: Seed) {
    let jitter = ink.jitter;
    let (of_key, of_stroke) = (libm::sqrt(OF_KEY), libm::sqrt(1.0 - OF_KEY));
    let mut force = strokes.rng();
    for glyph in &mut run.glyphs {
        let mut fault = keys.nth(u64::from(run.face.0)).nth(u64::from(glyph.id)).rng();
        let down = fault.normal() * of_key + force.normal() * of_stroke;
        let across = (fault.normal() * of_key + force.normal() * of_stroke) * 0.6;
        let turn = fault.normal() * TILT;
        let dark = (fault.normal() * 0.7 + force.normal() * 0.7) as f32;
        glyph.strike = Some(Strike {
            dx: step(jitter * across),
            dy: step(jitter * down),
            turn: Angle::degrees(libm::round(turn * 10.0) / 10.0),
            ink: at_density(ink.colour, dark.clamp(-2.5, 2.5) * ink.unevenness, 0.25),
        });
    }
}

/// A length in whole steps of 5 µm, finer than any eye.
fn step(length: Length) -> Length {
    Length::mm(libm::round(length.to_mm() * 200.0) / 200.0)
}

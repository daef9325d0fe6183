//! Print: the type is inked and pressed a little unevenly over the forme, and some types
//! are more worn than others.

use crate::geom::{Point, Size};
use crate::page::Run;
use crate::seed::Seed;
use crate::style::Ink;

use super::at_density;
use super::form::{Forms, Tool};

/// Prints a run: darker or lighter by where it stands on the page. Neighbours are alike.
pub(super) fn print(run: &mut Run, ink: &Ink, page: Size, seed: Seed, forms: &mut Forms) {
    let at = run.origin;
    let more = unevenness(at, page, seed) as f32 * ink.unevenness;
    run.ink = at_density(ink.colour, more.clamp(-0.2, 0.2), 0.1);
    let Some(case) = forms.face(run.face, Tool::new(ink, ink.wear, seed)) else { return };
    // Which sort the compositor's fingers found.
    let places = [at.x.to_pt().to_bits(), at.y.to_pt().to_bits()];
    let mut rng = seed.derive("sorts").nth(places[0]).nth(places[1]).rng();
    for glyph in &mut run.glyphs {
        glyph.id = case.unlike(glyph.id, rng.normal() * 0.5, &mut rng);
    }
    run.face = case.face;
}

/// How the forme was inked at a place: two slow waves over the page, about −2 to 2.
fn unevenness(at: Point, page: Size, seed: Seed) -> f64 {
    let mut rng = seed.derive("forme").rng();
    let (x, y) = (at.x / page.width, at.y / page.height);
    let mut wave = |across: f64, down: f64| {
        let phase = rng.unit() * core::f64::consts::TAU;
        libm::sin((x * across + y * down) * core::f64::consts::TAU + phase)
    };
    wave(0.8, 1.3) + wave(-0.5, 3.1) * 0.7
}

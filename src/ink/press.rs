//! Print: the type is inked and pressed a little unevenly over the forme, and some types
//! are more worn than others. Rubber stamps.

use crate::geom::{Angle, Length, Point, Size};
use crate::page::{Run, Strike};
use crate::seed::Seed;
use crate::style::Ink;

use super::at_density;
use super::form::{Forms, Tool};

/// Prints a run: darker or lighter by where it stands on the page. Neighbours are alike.
/// Seeds are that of the impression and that of the types.
pub(super) fn print(
    run: &mut Run,
    ink: &Ink,
    page: Size,
    (seed, own): (Seed, Seed),
    forms: &mut Forms,
) {
    let at = run.origin;
    let more = unevenness(at, page, seed) as f32 * ink.unevenness;
    run.ink = at_density(ink.colour, more.clamp(-0.2, 0.2), 0.1, 0.0, 1.0);
    let Some(case) = forms.face(run.face, Tool::new(ink, ink.wear, own)) else { return };
    // Which sort the compositor's fingers found.
    let places = [at.x.to_pt().to_bits(), at.y.to_pt().to_bits()];
    let mut rng = seed.derive("sorts").nth(places[0]).nth(places[1]).rng();
    for glyph in &mut run.glyphs {
        glyph.id = case.unlike(glyph.id, rng.normal() * 0.5, &mut rng);
    }
    run.face = case.face;
}

/// Presses a stamp: a little askew, one end of it harder than the other, its letters ragged
/// and full of specks of their own density.
pub(super) fn stamp(run: &mut Run, ink: &Ink, seed: Seed, forms: &mut Forms) {
    let mut rng = seed.rng();
    let length = run.glyphs.last().map_or(Length::pt(1.0), |glyph| glyph.x);
    let harder = rng.normal() * 0.9;
    let askew = (rng.normal() * 0.7).clamp(-1.6, 1.6);
    run.turn = Angle::degrees(run.turn.to_degrees() + libm::round(askew * 20.0) / 20.0);
    let mut pad = forms.face(run.face, Tool::new(ink, ink.wear, seed));
    // Neighbours lie on the same part of the pad: a walk that comes back to its middle.
    let mut pad_ink = rng.normal() * 0.5;
    for glyph in &mut run.glyphs {
        let along = glyph.x / length.max(Length::pt(1.0)) - 0.5;
        pad_ink = pad_ink * 0.8 + rng.normal() * 0.3;
        let more = (harder * along * 2.0 + pad_ink).clamp(-2.4, 2.4);
        glyph.strike = Some(Strike {
            dx: Length::ZERO,
            dy: Length::ZERO,
            turn: Angle::ZERO,
            ink: at_density(ink.colour, more as f32 * ink.unevenness, 0.0, 0.0, 1.0),
        });
        if let Some(pad) = &mut pad {
            glyph.id = pad.unlike(glyph.id, more * 0.5, &mut rng);
        }
    }
    if let Some(pad) = pad {
        run.face = pad.face;
    }
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

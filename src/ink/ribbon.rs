//! The typewriter: each key has a fault of its own, each stroke its own force; the ribbon
//! runs dry, and carbon copies are fainter the deeper they lie.

use crate::geom::{Angle, Lab, Length};
use crate::page::{Run, Strike};
use crate::seed::Seed;
use crate::style::Ink;

use super::form::{Forms, Tool, seed_of};
use super::{PAPER, Shades, is_space};

/// What is left of the contrast in the first to fifth carbon copy.
const COPIES: [f32; 5] = [0.9, 0.8, 0.71, 0.63, 0.56];

/// How far apart the lightnesses of strokes are at the most, which nobody sees in a letter: a
/// stroke that differs less from the one before has its ink, which is not told again.
const STEP: f32 = 3.0;

/// How far apart they are on a machine: less than neighbours differ anyway.
fn step(base: Lab, unevenness: f32) -> f32 {
    ((PAPER - base.l) * unevenness).floor().clamp(1.0, STEP)
}

/// A machine.
#[derive(Clone, Copy, Debug)]
pub(super) struct Machine {
    /// Its seed, where it has no number.
    pub(super) own: Seed,
    /// The seed of the line.
    pub(super) strokes: Seed,
    /// How far the document has come, 0 to 1.
    pub(super) progress: f32,
}

/// Strikes the glyphs of a run. How keys are turned and stand off their places is part of
/// their forms: text whose letters stand in their cells is found by every reader.
pub(super) fn strike(run: &mut Run, ink: &Ink, machine: Machine, forms: &mut Forms) {
    let keys = seed_of(ink, machine.own);
    let base = base_colour(ink, machine.progress);
    let keys = keys.nth(u64::from(run.face.0));
    let mut force = machine.strokes.rng();
    let tool = Tool::new(ink, ink.wear, machine.own).loose(ink.jitter / run.size);
    let mut cut = forms.face(run.face, tool);
    let step = step(base, ink.unevenness);
    let shades = Shades::new(base, 0.12, step);
    let mut hue = 0.0;
    let mut space = true;
    let mut held: Option<Lab> = None;
    for glyph in &mut run.glyphs {
        let blow = force.bell();
        if core::mem::replace(&mut space, is_space(&run.text, glyph)) {
            // Dirt, and the weave of the ribbon: it changes over a line.
            hue = hue * 0.8 + (force.bell() * 0.66).clamp(-1.5, 1.5);
        }
        let key = glyph.id;
        let fault = || keys.nth(u64::from(key)).rng().normal() as f32;
        let fault = match &mut cut {
            Some(cut) => {
                let (number, fault) = cut.struck(key, blow * 0.6, fault);
                glyph.id = number;
                fault
            }
            None => fault(),
        };
        // What is held of the stroke before takes more from the key than from the blow.
        let dark = (fault * 0.85 + blow * 0.53).clamp(-2.5, 2.5);
        let own = shades.at(dark * ink.unevenness, hue);
        let like =
            |held: &Lab| (own.l - held.l).abs() <= step && (own.b - held.b).abs() <= step;
        let ink = *held.get_or_insert(own);
        let ink = if like(&ink) { ink } else { *held.insert(own) };
        glyph.strike =
            Some(Strike { dx: Length::ZERO, dy: Length::ZERO, turn: Angle::ZERO, ink });
    }
    if let Some(cut) = cut {
        run.face = cut.face;
    }
}

/// The colour of the ribbon where the document has come so far, on this copy.
fn base_colour(ink: &Ink, progress: f32) -> Lab {
    let copy = usize::from(ink.copy).checked_sub(1).and_then(|copy| COPIES.get(copy));
    let left = (1.0 - ink.fade * progress.clamp(0.0, 1.0)) * copy.unwrap_or(&1.0);
    let Lab { l, a, b } = ink.colour;
    // Carbon paper is a cooler black than ribbons.
    let cool = if ink.copy > 0 { 2.0 } else { 0.0 };
    Lab { l: PAPER - (PAPER - l) * left, a: a * left, b: b * left - cool }
}

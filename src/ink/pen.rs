//! The pen: it empties along the line and is dipped again; the line wanders a little.

use crate::geom::{Angle, Length};
use crate::page::{Run, Strike};
use crate::seed::{Rng, Seed};
use crate::style::{Ink, InkKind};

use super::at_density;

/// How many letters a pen writes between two dips: least and most.
const LETTERS: [f64; 2] = [34.0, 64.0];

/// How far the line wanders from its baseline: about this, in mm.
const WANDER: f64 = 0.12;

/// A pen in somebody's hand, from the head of a page to its foot.
pub(super) struct Pen {
    /// What is random in the hand.
    rng: Rng,
    /// How many letters it can still write.
    left: f64,
    /// How many it could write after the last dip.
    full: f64,
    /// How hard the word is pressed, about 0.
    pressure: f64,
}

impl Pen {
    /// A pen that was just dipped.
    pub(super) fn new(seed: Seed) -> Self {
        let mut rng = seed.rng();
        let full = rng.between(LETTERS[0], LETTERS[1]);
        Self { rng, left: full, full, pressure: 0.0 }
    }

    /// Writes a run.
    pub(super) fn write(&mut self, run: &mut Run, ink: &Ink) {
        let line = Line::new(&mut self.rng);
        let mut space = true;
        for glyph in &mut run.glyphs {
            let says = &run.text[glyph.text.clone()];
            if says.trim().is_empty() {
                space = true;
                continue;
            }
            if space {
                self.word(ink.kind);
                space = false;
            }
            self.left -= 1.0;
            let full = self.left.max(0.0) / self.full;
            // A dipped pen is wet at first and scratchy at the end.
            let wet = match ink.kind {
                InkKind::Ballpoint => 0.0,
                _ => (full - 0.5) * 2.6,
            };
            let dark = ((wet + self.pressure) as f32).clamp(-2.5, 2.5) * ink.unevenness;
            let brown = if ink.colour.b > 0.0 { 0.55 } else { 0.2 };
            glyph.strike = Some(Strike {
                dx: Length::ZERO,
                dy: line.at(run.origin.x + glyph.x),
                turn: Angle::ZERO,
                ink: at_density(ink.colour, dark, brown),
            });
        }
    }

    /// Begins a word: the pen is lifted, and dipped if it is empty.
    fn word(&mut self, kind: InkKind) {
        self.pressure = self.pressure * 0.5 + self.rng.normal() * 0.55;
        if kind == InkKind::Pen && self.left <= 4.0 {
            self.full = self.rng.between(LETTERS[0], LETTERS[1]);
            self.left = self.full;
        }
    }
}

/// How one line wanders: two slow waves.
struct Line {
    /// Height in mm, length in mm and phase of each wave.
    waves: [[f64; 3]; 2],
}

impl Line {
    /// A line of a hand.
    fn new(rng: &mut Rng) -> Self {
        let mut wave = |height: f64, low: f64, high: f64| {
            let phase = rng.unit() * core::f64::consts::TAU;
            [height * (0.5 + rng.unit()), rng.between(low, high), phase]
        };
        Self { waves: [wave(WANDER, 100.0, 190.0), wave(WANDER * 0.35, 42.0, 70.0)] }
    }

    /// How far below its baseline the line is at a place. Neighbouring letters of a joined
    /// hand stay joined: the waves are much longer than letters.
    fn at(&self, x: Length) -> Length {
        let heights = self.waves.iter().map(|[height, length, phase]| {
            height * libm::sin(x.to_mm() / length * core::f64::consts::TAU + phase)
        });
        Length::mm(libm::round(heights.sum::<f64>() * 100.0) / 100.0)
    }
}

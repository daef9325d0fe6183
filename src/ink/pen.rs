//! A hand: lines wander and climb, words lean and crowd into the end of their line, the
//! pen empties along the words and is dipped again.

use crate::geom::{Angle, Length, Point};
use crate::page::{Glyph, Run, Strike};
use crate::seed::{Rng, Seed};
use crate::style::{Ink, InkKind};

use super::form::{Forms, Tool};
use super::{at_density, is_space};

/// How many letters a pen writes between two dips: least and most, six to twelve words.
const LETTERS: [f64; 2] = [34.0, 64.0];

/// How far the line wanders from its baseline: about this, in mm.
const WANDER: f64 = 0.12;

/// How far before the end of the longest line words begin to crowd.
const CROWD: Length = Length::mm(3.5);
/// How much shorter a word becomes that crowds, at the most.
const SHORTER: Length = Length::mm(2.0);
/// How much of the space behind a word it may grow over, in ems.
const SPACE: f64 = 0.04;

/// How much of the last word's pressure and hue a word keeps.
const KEEPS: f64 = 0.8;

/// How much of a new one it takes, so that they vary no less: √(1 − 0.8²).
const FRESH: f64 = 0.6;

/// A pen in somebody's hand, from the head of a page to its foot.
pub(super) struct Pen {
    /// What is random in the writing of this page.
    rng: Rng,
    /// The seed of a hand that has no number.
    own: Seed,
    /// How many letters it can still write.
    left: f64,
    /// How many it could write after the last dip.
    full: f64,
    /// How hard the word is pressed, about 0.
    pressure: f64,
    /// How much browner the word is, or greyer, in b*.
    hue: f32,
    /// How far the words lean from the slant of the hand, in degrees.
    lean: f64,
    /// How much larger the words are than the hand is, as a share.
    larger: f64,
    /// The line that is being written.
    line: Line,
    /// Where the longest line of the page ends.
    margin: Length,
}

impl Pen {
    /// A pen that was just dipped, for a page whose lines end at `margin` at the latest.
    pub(super) fn new(seed: Seed, own: Seed, margin: Length) -> Self {
        let mut rng = seed.rng();
        let full = rng.between(LETTERS[0], LETTERS[1]);
        let line = Line::default();
        let (pressure, lean, larger) = (0.0, 0.0, 0.0);
        Self {
            rng,
            own,
            left: full,
            full,
            pressure,
            hue: 0.0,
            lean,
            larger,
            line,
            margin,
        }
    }

    /// Notes that a line of the page ends here.
    pub(super) fn reaches(&mut self, end: Length) {
        self.margin = self.margin.max(end);
    }

    /// Writes a run with this tremor, 0 to 1: a run for each word, for each stands in its
    /// own way.
    pub(super) fn write(
        &mut self,
        mut run: Run,
        ink: &Ink,
        tremor: f32,
        forms: &mut Forms,
    ) -> Vec<Run> {
        let loose = 0.45 + f64::from(tremor) * 1.1;
        if self.line.baseline != Some(run.origin.y) {
            self.line = Line::new(run.origin.y, loose, &mut self.rng);
        }
        self.colour(&mut run, ink);
        self.shape(&mut run, Tool::new(ink, tremor, self.own), forms);
        if run.vertical || run.turn != Angle::ZERO {
            return vec![run];
        }
        let words = words(&run);
        let last = words.len().saturating_sub(1);
        let place = |(index, mut word): (usize, Run)| {
            self.place(&mut word, index == last, loose);
            word
        };
        words.into_iter().enumerate().map(place).collect()
    }

    /// Gives each letter the ink that the pen has for it.
    fn colour(&mut self, run: &mut Run, ink: &Ink) {
        let mut space = true;
        for glyph in &mut run.glyphs {
            if is_space(&run.text, glyph) {
                space = true;
                continue;
            }
            if space {
                self.word(ink);
                space = false;
            }
            self.left -= 1.0;
            let more = (self.wet(ink.kind) + self.pressure) as f32 - 0.15;
            let more = more.clamp(-2.4, 2.4) * ink.unevenness;
            let brown = brown(ink);
            glyph.strike = Some(Strike {
                dx: Length::ZERO,
                dy: Length::ZERO,
                turn: Angle::ZERO,
                ink: at_density(ink.colour, more, brown, self.hue, 1.0),
            });
        }
    }

    /// How wet the pen is, about 0: a dipped one blots at first and scratches at the end.
    fn wet(&self, kind: InkKind) -> f64 {
        let full = self.left.max(0.0) / self.full;
        match kind {
            InkKind::Pen if full > 0.95 => 1.4,
            // It gives as much as the slit lets through, and less only when it runs dry.
            InkKind::Pen => 0.75 - 1.9 * (1.0 - full) * (1.0 - full),
            // A point wears off and is turned or sharpened.
            InkKind::Pencil => (0.5 - full) * 1.2,
            _ => (full - 0.5) * 0.5,
        }
    }

    /// Begins a word: the pen is lifted, and dipped if it is empty.
    fn word(&mut self, Ink { kind, colour, .. }: &Ink) {
        let kind = *kind;
        // Both change over a line, not from word to word.
        self.pressure = self.pressure * KEEPS + self.rng.normal() * 0.38;
        let hues = if kind == InkKind::Fountain { 3.2 } else { 1.8 };
        // Grey ink, as of a print from film, has one hue.
        let hues = hues * f64::from(libm::hypotf(colour.a, colour.b) / 8.0).min(1.0);
        let fresh = self.rng.normal().clamp(-2.2, 2.2) * hues;
        self.hue = self.hue * KEEPS as f32 + (fresh * FRESH) as f32;
        // Who writes sees it coming, and does not wait for the last drop.
        let spent = if kind == InkKind::Pen { self.rng.between(0.02, 0.25) } else { 0.0 };
        if self.left <= spent * self.full {
            self.full = self.rng.between(LETTERS[0], LETTERS[1]);
            self.left = self.full;
        }
    }

    /// Gives each letter a form unlike that of its last neighbours, heavy where the pen is
    /// wet.
    fn shape(&mut self, run: &mut Run, tool: Tool, forms: &mut Forms) {
        let Some(cut) = forms.face(run.face, tool) else { return };
        let usual = run.glyphs.iter().filter_map(|glyph| glyph.strike);
        let (sum, count) = usual.fold((0.0, 0.0), |(s, n), k| (s + k.ink.l, n + 1.0));
        let mean: f32 = sum / f32::max(count, 1.0);
        for glyph in &mut run.glyphs {
            let light = glyph.strike.map_or(mean, |strike| strike.ink.l);
            let heavy = f64::from((mean - light) / 6.0).clamp(-1.0, 1.0);
            glyph.id = cut.unlike(glyph.id, heavy, &mut self.rng);
        }
        run.face = cut.face;
    }

    /// Puts a word onto the line of the hand.
    fn place(&mut self, word: &mut Run, is_last: bool, loose: f64) {
        let rng = &mut self.rng;
        self.lean = self.lean * 0.6 + rng.normal() * 1.5 * loose;
        self.larger = self.larger * 0.6 + rng.normal() * 0.013 * loose;
        let mut turn = self.line.slope(word.origin.x) + rng.normal() * 0.25 * loose;
        let length = word.glyphs.last().map_or(Length::ZERO, |glyph| glyph.x);
        // A long word does not grow over the space behind it.
        let room = word.size * SPACE / length.max(word.size);
        let larger = self.larger.clamp(-0.05, 0.05).min(room);
        let size = 1.0 + libm::floor(larger * 200.0 + 0.5) / 200.0;
        let crowds = is_last
            && word.glyphs.len() > 3
            && word.origin.x + length > self.margin - CROWD
            && rng.chance(0.25 + loose * 0.3);
        let mut narrow = 1.0;
        if crowds {
            narrow = rng.between(0.9, 0.96).max(1.0 - SHORTER / length);
            turn += rng.between(0.3, 1.8) * loose;
        }
        let down = self.line.at(word.origin.x) + step(rng.normal() * 0.05 * loose);
        word.origin = Point::new(word.origin.x + self.line.indent, word.origin.y + down);
        word.turn = Angle::degrees(libm::round(turn * 20.0) / 20.0);
        word.slant = Angle::degrees(libm::round(self.lean * 4.0) / 4.0);
        word.size = word.size * size;
        word.stretch *= narrow;
        for glyph in &mut word.glyphs {
            glyph.x = glyph.x * size * narrow;
            glyph.y = glyph.y * size;
        }
    }
}

/// How much browner thin ink is than thick ink, in b* for each step of L*: iron gall browns
/// where it lies thin, the aniline inks of later pens do not.
fn brown(ink: &Ink) -> f32 {
    match ink.kind {
        InkKind::Fountain => 0.03,
        _ if ink.colour.b > 0.0 => 0.55,
        _ => 0.2,
    }
}

/// The words of a run, each with the space behind it.
fn words(run: &Run) -> Vec<Run> {
    // A mark without text of its own belongs to the letter before it.
    let blank = |glyph: &Glyph| !glyph.text.is_empty() && is_space(&run.text, glyph);
    let begins =
        |i: usize| i == 0 || (blank(&run.glyphs[i - 1]) && !blank(&run.glyphs[i]));
    let starts: Vec<usize> = (0..run.glyphs.len()).filter(|&i| begins(i)).collect();
    let mut words = Vec::with_capacity(starts.len());
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(run.glyphs.len());
        let from = if index == 0 { 0 } else { run.glyphs[start].text.start };
        let to = run.glyphs.get(end).map_or(run.text.len(), |glyph| glyph.text.start);
        let x = run.glyphs[start].x;
        let glyphs = run.glyphs[start..end].iter().cloned().map(|mut glyph| {
            glyph.x -= x;
            glyph.text = glyph.text.start - from..glyph.text.end - from;
            glyph
        });
        words.push(Run {
            origin: Point::new(run.origin.x + x, run.origin.y),
            text: run.text[from..to].to_owned(),
            glyphs: glyphs.collect(),
            ..bare(run)
        });
    }
    words
}

/// A run without its text and glyphs.
fn bare(run: &Run) -> Run {
    Run { text: String::new(), glyphs: Vec::new(), role: run.role.clone(), ..*run }
}

/// A length in whole steps of 10 µm.
fn step(mm: f64) -> Length {
    Length::mm(libm::round(mm * 100.0) / 100.0)
}

/// How one line wanders: two slow waves about a slope.
#[derive(Default)]
struct Line {
    /// Its baseline as it was laid out.
    baseline: Option<Length>,
    /// Height in mm, length in mm and phase of each wave.
    waves: [[f64; 3]; 2],
    /// How much it falls: mm to the mm.
    fall: f64,
    /// How far it begins from the margin.
    indent: Length,
}

impl Line {
    /// A line of a hand that is so loose.
    fn new(baseline: Length, loose: f64, rng: &mut Rng) -> Self {
        let mut wave = |height: f64, low: f64, high: f64| {
            let phase = rng.unit() * core::f64::consts::TAU;
            [height * (0.5 + rng.unit()) * loose, rng.between(low, high), phase]
        };
        let waves = [wave(WANDER, 100.0, 190.0), wave(WANDER * 0.35, 42.0, 70.0)];
        let fall = rng.normal() * 0.0016 * loose;
        let indent = step((rng.normal() * 0.5 * loose).clamp(-1.2, 1.2));
        Self { baseline: Some(baseline), waves, fall, indent }
    }

    /// How far below its baseline the line is at a place.
    fn at(&self, x: Length) -> Length {
        let heights = self.waves.iter().map(|[height, length, phase]| {
            height * libm::sin(x.to_mm() / length * core::f64::consts::TAU + phase)
        });
        step(heights.sum::<f64>() + self.fall * (x.to_mm() - 80.0))
    }

    /// How much it falls at a place, in degrees.
    fn slope(&self, x: Length) -> f64 {
        let fall = (self.at(x + Length::mm(8.0)) - self.at(x)).to_mm() / 8.0;
        libm::atan(fall).to_degrees()
    }
}

#[cfg(test)]
mod tests {
    use super::super::form::seed_of;
    use super::*;

    #[test]
    fn hands_of_one_number_are_one_hand() {
        let mut ink = Ink::of(InkKind::Pen);
        let (one, other) = (Seed(1), Seed(2));
        assert_ne!(seed_of(&ink, one), seed_of(&ink, other));
        ink.hand = Some(3);
        assert_eq!(seed_of(&ink, one), seed_of(&ink, other));
    }
}

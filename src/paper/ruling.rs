//! Ruling: lines printed on the paper to write on.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::{Field, Track};
use super::range::Checks;
use crate::geom::{Lab, Length};

/// `[ruling]`: the printed lines of a writing tablet or a ledger.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// From one line to the next, 3 to 30 mm.
    pub spacing: Length,
    /// From the top of the sheet to the first line, 0 to 200 mm.
    pub first: Length,
    /// What is left free below the last line, 0 to 200 mm.
    #[serde(default)]
    pub bottom: Length,
    /// How thick the lines are, 0.05 to 2 mm.
    #[serde(default = "thin")]
    pub width: Length,
    /// Their colour, as it looks on a new sheet. The ink is a dye: the paper shows through.
    pub colour: Lab,
    /// The line that marks the margin.
    pub margin: Option<Margin>,
}

/// The line from top to bottom that marks the margin of a ruled sheet.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Margin {
    /// From the left of the sheet's front, 3 to 200 mm.
    pub left: Length,
    /// Its colour, as it looks on a new sheet.
    pub colour: Lab,
    /// Whether there are two lines side by side.
    #[serde(default)]
    pub double: bool,
}

/// The usual thickness of a ruled line.
fn thin() -> Length {
    Length::mm(0.22)
}

impl Ruling {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.length("ruling.spacing", self.spacing, [3.0, 30.0]);
        checks.length("ruling.first", self.first, [0.0, 200.0]);
        checks.length("ruling.bottom", self.bottom, [0.0, 200.0]);
        checks.length("ruling.width", self.width, [0.05, 2.0]);
        checks.colour("ruling.colour", self.colour);
        if let Some(margin) = &self.margin {
            checks.length("ruling.margin.left", margin.left, [3.0, 200.0]);
            checks.colour("ruling.margin.colour", margin.colour);
        }
    }

    /// The lines of a sheet of this height, from the top down: the places where the
    /// baselines of writing stand.
    pub fn lines(&self, height: Length) -> impl Iterator<Item = Length> + use<> {
        let (first, spacing, end) = (self.first, self.spacing, height - self.bottom);
        (0_u32..)
            .map(move |n| first + spacing * f64::from(n))
            .take_while(move |&y| y < end)
    }

    /// Prints the lines on one side of a sheet of this colour when it was `new`.
    pub(super) fn print(&self, grid: &mut Grid, leaf: &Leaf, new: Lab, side: &str) {
        let [width, height] = grid.frame.mm();
        let seed = leaf.seed.derive("ruling").derive(side);
        // A machine rules all lines with one comb: they lean together.
        let lean = seed.rng().between(-0.0015, 0.0015) as f32;
        // Ruling inks are dyes, and fade.
        let strength = 0.85 - 0.2 * leaf.age.wear();
        let [top, bottom] = grid.span();
        let reach = 1.0 + self.width.to_mm() as f32 + (lean * width).abs();
        let near = |at: f32| (top - reach..bottom + reach).contains(&at);
        let pen = |at: f32, upright: bool| {
            let ink = Field(seed.derive("ink"));
            let flow = |along: f32| {
                let blots = 0.13 * ink.at(along / 0.5, at);
                strength * (0.82 + blots + 0.12 * ink.at(along / 23.0, at + 0.3))
            };
            let (length, lean) = if upright { (height, -lean) } else { (width, lean) };
            let half = 0.5 * self.width.to_mm() as f32;
            Pen { at, length, half, upright, lean, flow: Track::over(length, flow) }
        };
        for line in self.lines(Length::mm(f64::from(height))) {
            let at = line.to_mm() as f32;
            if near(at) {
                pen(at, false).rule(grid, apart(self.colour, new));
            }
        }
        if let Some(margin) = &self.margin {
            let left = margin.left.to_mm() as f32;
            let second = margin.double.then_some(left + 1.6);
            for at in [Some(left), second].into_iter().flatten() {
                pen(at, true).rule(grid, apart(margin.colour, new));
            }
        }
    }
}

/// What must be added to the second colour to make the first.
fn apart(one: Lab, other: Lab) -> Lab {
    Lab::new(one.l - other.l, one.a - other.a, one.b - other.b)
}

/// A line to be ruled.
struct Pen {
    /// Its distance from the left or the top, in millimetres.
    at: f32,
    /// Its length.
    length: f32,
    /// Half its thickness.
    half: f32,
    /// Whether it runs from top to bottom.
    upright: bool,
    /// How much its distance grows to the millimetre.
    lean: f32,
    /// How much ink flows, 0 to 1.
    flow: Track,
}

impl Pen {
    /// Rules the line, which changes the paper by `shift` where ink flows fully.
    fn rule(&self, grid: &mut Grid, shift: Lab) {
        let (cell, length) = (grid.cell(), self.length);
        let reach = self.half + cell + (self.lean * length).abs();
        let (low, high) = (self.at - reach, self.at + reach);
        let (from, to) = if self.upright {
            ([low, -1.0], [high, length + 1.0])
        } else {
            ([-1.0, low], [length + 1.0, high])
        };
        grid.paint(from, to, |x, y| {
            let (over, along) = if self.upright { (x, y) } else { (y, x) };
            let off = over - self.at - self.lean * along;
            // The share of the cell that the line covers.
            let covered =
                (off + self.half).min(0.5 * cell) - (off - self.half).max(-0.5 * cell);
            let share = (covered / cell).clamp(0.0, 1.0);
            Lab::default().mix(shift, share * self.flow.at(along))
        });
    }
}

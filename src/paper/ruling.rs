//! Ruling: lines printed on the paper to write on.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::Field;
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
    /// Their colour, as it looks on the paper.
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
    /// Its colour, as it looks on the paper.
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

    /// Prints the lines on one side.
    pub(super) fn print(&self, grid: &mut Grid, leaf: &Leaf, side: &str) {
        let [width, height] = grid.frame.mm();
        let seed = leaf.seed.derive("ruling").derive(side);
        // A machine rules all lines with one comb: they lean together.
        let lean = seed.rng().between(-0.002, 0.002) as f32;
        let ink = Field(seed.derive("ink"));
        // Ruling inks are dyes, and fade.
        let strength = 0.85 - 0.2 * leaf.age.wear();
        let half = 0.5 * self.width.to_mm() as f32;
        for line in self.lines(Length::mm(f64::from(height))) {
            let pen = Pen { at: line.to_mm() as f32, half, upright: false, lean };
            pen.rule(grid, width, self.colour, |along| {
                strength * ink_at(ink, along, pen.at)
            });
        }
        if let Some(margin) = &self.margin {
            let left = margin.left.to_mm() as f32;
            let second = margin.double.then_some(left + 1.6);
            for at in [Some(left), second].into_iter().flatten() {
                let pen = Pen { at, half, upright: true, lean: -lean };
                pen.rule(grid, height, margin.colour, |along| {
                    strength * ink_at(ink, along, at)
                });
            }
        }
    }
}

/// How much ink a line took at a place along it, about 0.5 to 1.
fn ink_at(ink: Field, along: f32, line: f32) -> f32 {
    0.82 + 0.13 * ink.at(along / 0.5, line) + 0.12 * ink.at(along / 23.0, line + 0.3)
}

/// A line to be ruled.
#[derive(Clone, Copy)]
struct Pen {
    /// Its distance from the left or the top, in millimetres.
    at: f32,
    /// Half its thickness.
    half: f32,
    /// Whether it runs from top to bottom.
    upright: bool,
    /// How much its distance grows to the millimetre.
    lean: f32,
}

impl Pen {
    /// Rules a line of this length; `strength` says how dark it is at a place along it.
    fn rule(
        self,
        grid: &mut Grid,
        length: f32,
        colour: Lab,
        strength: impl Fn(f32) -> f32,
    ) {
        let cell = grid.cell();
        let reach = self.half + cell + (self.lean * length).abs();
        let (low, high) = (self.at - reach, self.at + reach);
        let (from, to) = match self.upright {
            true => ([low, -1.0], [high, length + 1.0]),
            false => ([-1.0, low], [length + 1.0, high]),
        };
        grid.tint(from, to, colour, |x, y| {
            let (over, along) = if self.upright { (x, y) } else { (y, x) };
            let off = over - self.at - self.lean * along;
            // The share of the cell that the line covers.
            let covered =
                (off + self.half).min(0.5 * cell) - (off - self.half).max(-0.5 * cell);
            let share = (covered / cell).clamp(0.0, 1.0);
            if share > 0.0 { share * strength(along) } else { 0.0 }
        });
    }
}

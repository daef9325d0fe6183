//! Watermarks: the wires of a mould or of a dandy roll, which leave the paper thinner.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::{Field, bell};
use super::range::Checks;
use super::strokes::Strokes;
use crate::geom::{Lab, Length};

/// `[watermark]`: a text or a shape of wires. It does not change with age.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Watermark {
    /// A text in capitals: letters from A to Z, numbers, spaces and `. - / ·`.
    text: Option<String>,
    /// A shape: a path of `M`, `L`, `C` and `Z` with absolute places, as in SVG.
    path: Option<String>,
    /// Its height, 3 to 300 mm.
    height: Length,
    /// The middle of it, as shares of the width and the height of the sheet, 0 to 1.
    at: [f32; 2],
    /// The width of the wire, 0.2 to 5 mm.
    wire: Length,
    /// How much darker the thin paper looks on what lies under it, in L*, 0 to 5.
    depth: f32,
}

impl Default for Watermark {
    fn default() -> Self {
        Self {
            text: None,
            path: None,
            height: Length::mm(60.0),
            at: [0.5, 0.5],
            wire: Length::mm(1.0),
            depth: 1.2,
        }
    }
}

impl Watermark {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.length("watermark.height", self.height, [3.0, 300.0]);
        checks.length("watermark.wire", self.wire, [0.2, 5.0]);
        checks.number("watermark.at[0]", self.at[0], [0.0, 1.0]);
        checks.number("watermark.at[1]", self.at[1], [0.0, 1.0]);
        checks.number("watermark.depth", self.depth, [0.0, 5.0]);
        let one = self.text.is_some() != self.path.is_some();
        checks.holds(one, "`[watermark]` needs either `text` or `path`");
        if let Some(text) = &self.text {
            let known = Strokes::can_write(text) && !text.trim().is_empty();
            let letters = "letters from A to Z, numbers, spaces and . - / ·";
            checks
                .holds(known, &format!("`watermark.text` is `{text}`; write {letters}"));
        }
        if let Some(path) = &self.path {
            let drawn = Strokes::path(path).is_some_and(|s| !s.0.is_empty());
            checks.holds(
                drawn,
                "`watermark.path` is no path of M, L, C and Z with absolute places",
            );
        }
    }

    /// Its wires on a sheet of this size.
    fn wires(&self, size: [f32; 2]) -> Strokes {
        let text = self.text.as_deref().map(|text| Strokes::text(text, 6.0));
        let drawn = text.or_else(|| self.path.as_deref().and_then(Strokes::path));
        let drawn = drawn.unwrap_or_default();
        let [low, high] = drawn.bounds();
        let scale = self.height.to_mm() as f32 / (high[1] - low[1]).max(1e-3);
        let middle = [0, 1].map(|axis| size[axis] * self.at[axis]);
        drawn.map(|at| {
            let place = |axis: usize| {
                middle[axis] + scale * (at[axis] - 0.5 * (low[axis] + high[axis]))
            };
            [place(0), place(1)]
        })
    }

    /// Presses it into the sheet: a line a little darker where the paper is thin, between
    /// ridges of the pulp that gave way.
    pub(super) fn press(&self, grid: &mut Grid, leaf: &Leaf) {
        let size = grid.frame.mm();
        let field = Field(leaf.seed.derive("watermark"));
        // No two sheets lay in the same way under the wires.
        let mut rng = leaf.seed.derive("watermark").rng();
        let mut near = || rng.between(-6.0, 6.0) as f32;
        let [right, down] = [near(), near()];
        let bent = |[x, y]: [f32; 2]| {
            let bend = |row: f32| 0.5 * field.at(x / 30.0 + row, y / 30.0);
            [x + right + bend(0.0), y + down + bend(50.0)]
        };
        let wide = 0.5 * self.wire.to_mm() as f32;
        let reach = 2.0 * wide + 0.6;
        self.wires(size).map(bent).draw(grid, reach, |off, x, y| {
            let show = 0.85 + 0.4 * field.at(x / 9.0, y / 9.0);
            let thin = bell(off / (1.3 * wide));
            let ridge = 0.35 * bell((off - 1.7 * wide) / (0.5 * wide + 0.1));
            Lab::new(self.depth * show * (ridge - thin), 0.0, -0.15 * self.depth * thin)
        });
    }
}

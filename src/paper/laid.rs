//! Laid lines: the marks of the wires of the mould.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::{Chart, Field, Track, bell};
use super::range::Checks;
use crate::geom::Length;
use crate::lanes::widest;

/// `[laid]`: the lines of a laid mould. They do not change with age.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Laid {
    /// From one laid line to the next, 0.3 to 3 mm; 0.92 mm in European rag paper.
    lines: Length,
    /// From one chain line to the next, 5 to 60 mm; about 25 mm in European rag paper.
    chains: Length,
    /// How much darker than its surroundings a laid line is in L*, 0 to 3.
    depth: f32,
    /// How much a chain line is, 0 to 3.
    chain_depth: f32,
    /// How much `depth` differs from ream to ream: the standard deviation of its natural
    /// logarithm, 0 to 2.
    varies: f32,
    /// Whether the laid lines run from top to bottom, as in a quarto.
    upright: bool,
}

impl Default for Laid {
    fn default() -> Self {
        Self {
            lines: Length::mm(0.92),
            chains: Length::mm(25.0),
            depth: 0.5,
            chain_depth: 0.5,
            varies: 0.5,
            upright: false,
        }
    }
}

/// One chain line.
struct Chain {
    /// Its distance from the left, or from the top where laid lines are upright.
    at: f32,
    /// How far it wavers from there.
    waver: Track,
    /// How well it shows.
    show: Track,
}

/// Millimetres between places where the waver of the laid lines is worked out.
const STOP: f32 = 8.0;

impl Laid {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.length("laid.lines", self.lines, [0.3, 3.0]);
        checks.length("laid.chains", self.chains, [5.0, 60.0]);
        checks.number("laid.depth", self.depth, [0.0, 3.0]);
        checks.number("laid.chain_depth", self.chain_depth, [0.0, 3.0]);
        checks.number("laid.varies", self.varies, [0.0, 2.0]);
    }

    /// The laid lines and chain lines of a leaf, for cells of a width.
    pub(super) fn lines(&self, leaf: &Leaf, size: [f32; 2], cell: f32) -> Lines {
        let seed = leaf.seed.derive("laid");
        let period = self.lines.to_mm() as f32;
        let draw = leaf.ream.derive("laid").rng().normal() as f32;
        let depth = self.depth * libm::expf(self.varies * draw.clamp(-2.0, 1.5));
        let chart = |name: &str, turns: [f32; 2], middling: f32| {
            let field = Field(seed.derive(name));
            let high = size.map(|side| side + STOP);
            Chart::by_rows([-STOP; 2], high, 0.5 * STOP, |places, out| {
                out.fill(middling);
                field.add_row(turns, [0.0; 2], places, out);
            })
        };
        let [width, height] = size;
        let (most, length) = if self.upright { (height, width) } else { (width, height) };
        Lines {
            period,
            upright: self.upright,
            bend: chart("bend", [0.9, 50.0], 0.0),
            patch: chart("patch", [0.5, 24.0], 0.75),
            depth: depth * kept(cell, period),
            chains: self.chains(leaf, most, length),
            chain_depth: self.chain_depth,
        }
    }

    /// Draws the soft shade along the chain lines, where the pulp lay thicker.
    pub(super) fn shade(&self, grid: &mut Grid, leaf: &Leaf) {
        let [width, height] = grid.frame.mm();
        let (most, length) = if self.upright { (height, width) } else { (width, height) };
        let chains = self.chains(leaf, most, length);
        let profile = |off: f32| 0.4 * (bell(off / 2.6) - 0.024);
        shade(grid, &chains, self.upright, (self.chain_depth, 6.0, profile));
    }

    /// The chain lines of this length over a width.
    fn chains(&self, leaf: &Leaf, most: f32, length: f32) -> Vec<Chain> {
        let seed = leaf.seed.derive("chains");
        let period = self.chains.to_mm() as f32;
        let begin = period * seed.rng().unit() as f32;
        let count = (most / period) as u64 + 1;
        let chain = |number: u64| {
            let seed = seed.nth(number);
            let error = 0.03 * period * seed.rng().between(-1.0, 1.0) as f32;
            let field = Field(seed);
            Chain {
                at: begin + number as f32 * period + error,
                waver: Track::over(length, |along| 0.45 * field.at(along / 70.0, 0.0)),
                show: Track::over(length, |along| {
                    0.8 + 0.6 * field.at(along / 8.0, 20.0)
                }),
            }
        };
        (0..count).map(chain).collect()
    }
}

/// The laid lines and chain lines of a leaf.
pub(super) struct Lines {
    /// From line to line in millimetres.
    period: f32,
    /// Whether they run from top to bottom.
    upright: bool,
    /// How they bend, in millimetres.
    bend: Chart,
    /// How well they show.
    patch: Chart,
    /// How deep the furrows are.
    depth: f32,
    /// The chain lines.
    chains: Vec<Chain>,
    /// How deep those are.
    chain_depth: f32,
}

impl Lines {
    /// Draws the laid lines and the cores of the chain lines.
    pub(super) fn draw(&self, grid: &mut Grid) {
        for row in 0..grid.light.rows {
            self.draw_row(grid, row, self.depth);
        }
        let profile = |off: f32| bell(off * (1.0 / 0.32)) - 0.01;
        shade(grid, &self.chains, self.upright, (self.chain_depth, 0.96, profile));
    }

    /// Draws what of them lies in a row of the grid.
    fn draw_row(&self, grid: &mut Grid, row: usize, depth: f32) {
        let stride = (STOP / grid.cell()) as usize + 1;
        let y = grid.y(row);
        let mut from = 0;
        let [mut phase, mut show] = self.at(grid.x(0), y);
        while from < grid.light.columns {
            let to = (from + stride).min(grid.light.columns);
            let [next_phase, next_show] = self.at(grid.x(to), y);
            let steps = 1.0 / (to - from) as f32;
            // Phase in 2^-32 of a period: it wraps as the lines repeat.
            let step = ((next_phase - phase) * steps * PERIOD) as i64 as u32;
            let at = (phase * PERIOD) as i64 as u32;
            let (fade, deep) = (depth * (next_show - show) * steps, depth * show);
            let cells = &mut grid.light_row(row)[from..to];
            widest(
                #[inline(always)]
                || {
                    for (number, cell) in (0_u32..).zip(cells) {
                        let at = at.wrapping_add(step.wrapping_mul(number));
                        let turn = at.cast_signed() as f32 * (1.0 / PERIOD);
                        *cell += (deep + fade * number as i32 as f32) * furrow(turn);
                    }
                },
            );
            (from, phase, show) = (to, next_phase, next_show);
        }
    }

    /// How many lines there are before a place, and how well they show there.
    fn at(&self, x: f32, y: f32) -> [f32; 2] {
        let over = if self.upright { x } else { y };
        [(over + self.bend.at(x, y)) / self.period, self.patch.at(x, y)]
    }
}

/// Darkens within some millimetres of chain lines as a profile says, so many times. Rows are
/// done one after the other, which are far from each other in memory.
fn shade(
    grid: &mut Grid,
    chains: &[Chain],
    upright: bool,
    (depth, reach, profile): (f32, f32, impl Fn(f32) -> f32),
) {
    for row in 0..grid.light.rows {
        let y = grid.y(row);
        for chain in chains {
            if upright {
                if (y - chain.at).abs() < reach + 0.6 {
                    grid.shade_row(row, [-2.0, f32::MAX], |x| {
                        let off = y - chain.at - chain.waver.at(x);
                        if off.abs() > reach {
                            return 0.0;
                        }
                        -depth * chain.show.at(x) * profile(off).max(0.0)
                    });
                }
            } else {
                let over = chain.at + chain.waver.at(y);
                let show = -depth * chain.show.at(y);
                grid.shade_row(row, [over - reach, over + reach], |x| {
                    show * profile(x - over).max(0.0)
                });
            }
        }
    }
}

/// 2^32, a period of the laid lines in the integers that count their phase.
const PERIOD: f32 = 4_294_967_296.0;

/// Laid lines at so many turns, −0.5 to 0.5, from the middle of one: narrow dark furrows of
/// mean 0, `cos v − 0.22 cos 2v` with the cosine as a polynomial, to 0.002.
#[inline(always)]
fn furrow(turn: f32) -> f32 {
    let square = turn * turn;
    let cos =
        0.998_568 + square * (-19.552_76 + square * (61.107_4 - square * 59.580_32));
    0.5 * (cos - 0.22 * (2.0 * cos * cos - 1.0))
}

/// What a wave of this period keeps of its height when it is averaged over cells: the
/// cardinal sine.
fn kept(cell: f32, period: f32) -> f32 {
    let angle = core::f32::consts::PI * (cell / period).min(1.0);
    libm::sinf(angle) / angle
}

//! Edges: air and light reach them first, and brown them.

use serde::Deserialize;

use super::Leaf;
use super::grid::Grid;
use super::noise::{Chart, Field, bell};
use super::range::Checks;
use super::shape::Edge;
use super::strokes::Strokes;
use crate::geom::{Lab, Length};
use crate::seed::Seed;

/// `[edges]`: how the sheet has changed at its edges at age 100.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Edges {
    /// The change of colour at the edge: L* −30 to 0, a* −5 to 15, b* 0 to 30.
    stain: Lab,
    /// How far in it reaches, 1 to 100 mm.
    reach: Length,
    /// How the sheet ends: cut, deckle, torn or worn.
    pub(super) kind: Edge,
    /// How brittle it grows, 0 (rag) to 1 (groundwood): chips and cracks of old sheets.
    pub(super) brittle: f32,
}

impl Default for Edges {
    fn default() -> Self {
        Self {
            stain: Lab::new(-2.4, 0.5, 3.6),
            reach: Length::mm(30.0),
            kind: Edge::Cut,
            brittle: 0.0,
        }
    }
}

/// What one edge of a leaf is like.
struct Side {
    /// Whether it runs from top to bottom.
    upright: bool,
    /// Where it lies if that is at the right or below, in millimetres from the left or top.
    end: Option<f32>,
    /// How strongly it has browned.
    strength: f32,
    /// How far in, in millimetres.
    reach: f32,
    /// How that differs, along it and inward.
    uneven: Chart,
}

/// How many times as far as its reach an edge browns where it does so farthest.
const FARTHEST: f32 = 1.5;

/// How many times as much and as far the side browns that lay open: half the crops go over by
/// 0.9 L* and more within 22 mm, most of them towards one side, as the slant alone does not.
const OPEN: [f32; 2] = [1.6, 2.2];

impl Side {
    /// The side of a number, of left, right, top and bottom, of a leaf of this size.
    fn new(
        number: usize,
        size: [f32; 2],
        [strength, reach]: [f32; 2],
        seed: Seed,
    ) -> Self {
        let (upright, end) = (number < 2, number % 2 == 1);
        let over = usize::from(!upright);
        let field = Field(seed);
        let mut high = size;
        high[over] = FARTHEST * reach;
        let uneven = Chart::by_rows([0.0; 2], high, 2.5, |(xs, y), out| {
            for (times, at, scale) in
                [(0.3, 0.0, [60.0, 42.0]), (0.18, 99.0, [15.0, 11.0])]
            {
                // Inward it goes on farther than along the edge.
                let [across, down] = [scale[over], scale[1 - over]].map(|mm| 1.0 / mm);
                let xs: Vec<f32> = xs.iter().map(|x| x * across).collect();
                field.add_row([times, 1.0], [at, 0.0], (&xs, y * down), out);
            }
        });
        Self { upright, end: end.then_some(size[over]), strength, reach, uneven }
    }

    /// How far inside of it a place lies, given how far from the left or from the top it is.
    fn inside(&self, at: f32) -> f32 {
        self.end.map_or(at, |end| end - at)
    }

    /// How far a place has browned that lies `inside` of the edge.
    fn browns(&self, inside: f32, uneven: f32) -> f32 {
        let inside = inside.max(0.0);
        let depth = (1.0 - inside / (self.reach * (1.0 + uneven))).max(0.0);
        let rim = 0.5 * bell(inside / (3.0 + 3.0 * uneven));
        self.strength * (depth * depth + rim * (1.0 + uneven))
    }

    /// Adds how far the places of a row have browned.
    fn add_row(&self, (xs, y): (&[f32], f32), shares: &mut [f32]) {
        let mut uneven = Vec::new();
        let reached = |at: f32| self.inside(at) <= FARTHEST * self.reach;
        if !self.upright {
            if reached(y) {
                let inside = self.inside(y);
                self.uneven.row((xs, inside), &mut uneven);
                for (share, uneven) in shares.iter_mut().zip(&uneven) {
                    *share += self.browns(inside, *uneven);
                }
            }
            return;
        }
        let start = xs.iter().position(|x| reached(*x)).unwrap_or(xs.len());
        let near = xs[start..].iter().take_while(|x| reached(**x));
        let insides: Vec<f32> = near.map(|x| self.inside(*x)).collect();
        self.uneven.row((&insides, y), &mut uneven);
        for (share, (inside, uneven)) in
            shares[start..].iter_mut().zip(insides.iter().zip(&uneven))
        {
            *share += self.browns(*inside, *uneven);
        }
    }
}

impl Edges {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.stain("edges.stain", self.stain);
        checks.length("edges.reach", self.reach, [1.0, 100.0]);
        checks.number("edges.brittle", self.brittle, [0.0, 1.0]);
    }

    /// Cracks brittle edges: each crack shows from some age on and grows inward.
    pub(super) fn crack(&self, grid: &mut Grid, leaf: &Leaf) {
        let [width, height] = grid.frame.mm();
        let age = leaf.age.get() / 100.0;
        let mut rng = leaf.seed.derive("cracks").rng();
        for _ in 0..(self.brittle * (width + height) / 32.0) as usize {
            let side = rng.below(4);
            let along = rng.unit() as f32;
            let shows = 0.6 + 0.4 * rng.unit().sqrt() as f32;
            let long = 16.0 * libm::expf(0.5 * rng.normal().min(1.5) as f32);
            let turns: Vec<f32> = (0..24).map(|_| 0.34 * rng.normal() as f32).collect();
            let long = long * ((age - shows) / 0.3).clamp(0.0, 1.0);
            if long <= 0.0 {
                continue;
            }
            let (mut at, heading) = match side {
                0 => ([0.0, along * height], 0.0),
                1 => ([width, along * height], core::f32::consts::PI),
                2 => ([along * width, 0.0], core::f32::consts::FRAC_PI_2),
                _ => ([along * width, height], -core::f32::consts::FRAC_PI_2),
            };
            let mut line = vec![at];
            let mut turn = heading;
            for step in &turns {
                turn = heading + 0.6 * (turn - heading) + step;
                let (sin, cos) = libm::sincosf(turn);
                let pace = long / turns.len() as f32;
                at = [at[0] + pace * cos, at[1] + pace * sin];
                line.push(at);
            }
            let end = at;
            Strokes(vec![line]).draw(grid, 1.2, |off, x, y| {
                let [dx, dy] = [x - end[0], y - end[1]];
                let open = ((dx * dx + dy * dy).sqrt() / long).min(1.0);
                let gap = bell(off / 0.16) * (0.3 + 0.7 * open);
                let dirt = bell(off / 0.5) - 0.02;
                Lab::new(-13.0 * gap - 2.2 * dirt, 0.5 * gap, 2.0 * gap + 1.2 * dirt)
            });
        }
    }

    /// Browns the edges.
    pub(super) fn brown(&self, grid: &mut Grid, leaf: &Leaf) {
        let size = grid.frame.mm();
        let seed = leaf.seed.derive("edges");
        let mut rng = seed.rng();
        let reach = self.reach.to_mm() as f32;
        // Leaves lie with a long side to the opening of their binding or folder.
        let open = rng.below(2);
        let sides = [0, 1, 2, 3].map(|side| {
            // Most are even; some lay where air came in for years.
            let lay = libm::expf(0.6 * rng.normal().clamp(-1.6, 2.0) as f32);
            let [more, far] = if side == open { OPEN } else { [1.0, 1.0] };
            let strength = 0.75 * more * lay * leaf.age.wear();
            let reach = reach * far * rng.between(0.7, 1.3) as f32;
            Side::new(side, size, [strength, reach], seed.nth(side as u64))
        });
        let mut shares = Vec::new();
        grid.paint_all_rows(|run| {
            shares.clear();
            shares.resize(run.xs.len(), 0.0);
            sides.iter().for_each(|side| side.add_row(run.places(), &mut shares));
            run.stain(self.stain, shares.iter().copied());
        });
    }
}

//! What is lost at the four sides of a leaf.

use super::{Bed, Edge};
use crate::paper::noise::{Field, Track};
use crate::paper::wear::Wear;
use crate::paper::{Leaf, Sheet};
use crate::seed::{Rng, Seed};

/// The four sides: left, right, top, bottom.
#[derive(Clone, Debug)]
pub(super) struct Sides {
    /// What kind of edge they are.
    pub(super) kind: Edge,
    /// Width and height of the page.
    size: [f32; 2],
    /// How much is lost along each, in millimetres from the edge of the page.
    lost: [Track; 4],
    /// How much of that was taken from the leaf.
    taken: [Track; 4],
    /// Whether nothing is lost.
    whole: bool,
}

/// More than is ever lost along a side, in millimetres.
const DEEPEST: f32 = 30.0;

/// A bite out of one side.
struct Bite {
    /// Where along it, in millimetres.
    at: f32,
    /// Half its width.
    half: f32,
    /// How deep it is.
    depth: f32,
}

impl Bite {
    /// How deep it is at a place.
    fn depth(&self, along: f32) -> f32 {
        let off = ((along - self.at) / self.half).abs();
        if off < 1.0 { self.depth * (1.0 - off * off.sqrt()) } else { 0.0 }
    }
}

impl Sides {
    /// The sides of a sheet.
    pub(super) fn of(sheet: &Sheet<'_>, leaf: &Leaf, size: [f32; 2]) -> Self {
        let seed = leaf.seed.derive("sides");
        let mut rng = seed.rng();
        let kind = sheet.rim.edge.unwrap_or(sheet.paper.edges.kind);
        let inset = if sheet.rim.bed == Bed::White { 0.0 } else { 3.4 };
        let skew = if inset > 0.0 { rng.between(-0.004, 0.004) as f32 } else { 0.0 };
        let torn = torn_sides(&mut rng);
        let corners = corner_radii(sheet, leaf, kind);
        let brittle = sheet.paper.edges.brittle;
        let taken: [Track; 4] = core::array::from_fn(|side| {
            let length = size[if side < 2 { 1 } else { 0 }];
            let seed = seed.nth(side as u64);
            let kind = match kind {
                Edge::Torn if !torn[side] => Edge::Cut,
                kind => kind,
            };
            let bites = bites(seed, leaf, length, brittle, kind == Edge::Worn);
            let field = Field(seed);
            Track::over(length, |along| {
                let along = along.clamp(0.0, length);
                let jag = 1.0 + 0.3 * field.at(along / 0.9, 70.0);
                let bitten = bites.iter().map(|bite| jag * bite.depth(along));
                let bitten = bitten.fold(0.0, f32::max);
                let [start, end] = ENDS[side].map(|corner| corners[corner]);
                let corner = rounded(start, along).max(rounded(end, length - along));
                // Paper frays as it wears off.
                let corner = corner * (1.0 + 0.35 * field.at(along / 1.1, 80.0));
                edge(kind, field, along).max(bitten).max(corner).max(0.0)
            })
        });
        let lost = core::array::from_fn(|side| {
            let length = size[if side < 2 { 1 } else { 0 }];
            let turn = if side == 0 || side == 3 { skew } else { -skew };
            let lies = |along: f32| inset + turn * (along - 0.5 * length);
            Track::over(length, |along| lies(along) + taken[side].at(along))
        });
        let whole = inset == 0.0 && taken.iter().all(|taken| taken.most() == 0.0);
        Self { kind, size, lost, taken, whole }
    }

    /// Whether nothing is lost.
    pub(super) fn whole(&self) -> bool {
        self.whole
    }

    /// How far inside the four sides a place is; of those far from it only roughly.
    pub(super) fn inside(&self, x: f32, y: f32) -> f32 {
        let ([width, height], [left, right, top, bottom]) = (self.size, &self.lost);
        let side = |inside: f32, lost: &Track, along: f32| {
            if inside < DEEPEST { inside - lost.at(along) } else { inside }
        };
        let across = side(x, left, y).min(side(width - x, right, y));
        across.min(side(y, top, x)).min(side(height - y, bottom, x))
    }

    /// How far inside the four sides each place of a box is at least.
    pub(super) fn least_inside(&self, low: [f32; 2], high: [f32; 2]) -> f32 {
        let ([width, height], [left, right, top, bottom]) = (self.size, &self.lost);
        let side = |inside: f32, lost: &Track, axis: usize| {
            inside - lost.most_between(low[axis], high[axis])
        };
        let across = side(low[0], left, 1).min(side(width - high[0], right, 1));
        across.min(side(low[1], top, 0)).min(side(height - high[1], bottom, 0))
    }

    /// Whether anything was taken from a side within some 15 mm of a place.
    pub(super) fn lossy(&self, x: f32, y: f32) -> bool {
        let [width, height] = self.size;
        let reaches = [(x, y), (width - x, y), (y, x), (height - y, x)];
        let near = |((inside, along), taken): ((f32, f32), &Track)| {
            let taken = |off: f32| taken.at(along + off);
            inside < 15.0
                && [-1.5, -0.5, 0.5, 1.5].into_iter().any(|off| taken(off) > 0.0)
        };
        reaches.into_iter().zip(&self.taken).any(near)
    }
}

/// Which sides are torn: one, and sometimes a second.
fn torn_sides(rng: &mut Rng) -> [bool; 4] {
    let first = [0, 0, 1, 2, 3][rng.below(5)];
    let second = if rng.chance(0.35) { rng.below(4) } else { first };
    core::array::from_fn(|side| side == first || side == second)
}

/// How much an edge of a kind has lost at a place along it.
fn edge(kind: Edge, field: Field, along: f32) -> f32 {
    let at = |scale: f32, row: f32| field.at(along / scale, row);
    match kind {
        Edge::Cut => 0.0,
        Edge::Deckle => {
            (1.3 + 0.7 * at(17.0, 0.5) + 0.45 * at(4.3, 3.5) + 0.25 * at(1.2, 6.5))
                .max(0.2)
        }
        Edge::Torn => {
            let coarse = 4.0 + 2.6 * at(31.0, 0.5) + 1.4 * at(9.0, 3.5);
            (coarse + 0.55 * at(2.6, 6.5) + 0.3 * at(0.7, 9.5)).max(0.3)
        }
        Edge::Worn => {
            (0.35 + 0.5 * at(12.0, 0.5) + 0.35 * at(2.7, 3.5) + 0.15 * at(0.8, 6.5))
                .max(0.0)
        }
    }
}

/// The corners in which each side begins and ends.
const ENDS: [[usize; 2]; 4] = [[0, 2], [1, 3], [0, 1], [2, 3]];

/// The radii of the corners: above, then below, from left to right. No two wear alike.
fn corner_radii(sheet: &Sheet<'_>, leaf: &Leaf, kind: Edge) -> [f32; 4] {
    let carried = sheet.wear.contains(&Wear::Pocket);
    let worn = if kind == Edge::Worn { 3.0 } else { 0.0 };
    let rounded = if carried { 5.5 } else { worn };
    let mut rng = leaf.seed.derive("corners").rng();
    [(); 4].map(|()| rounded * leaf.traces() * rng.between(0.25, 1.1) as f32)
}

/// What a rounded corner takes at a distance from it.
fn rounded(radius: f32, from: f32) -> f32 {
    let inner = (radius - from).clamp(0.0, radius);
    // The other side takes as much again, so each takes the part below the diagonal.
    (radius - (radius * radius - inner * inner).max(0.0).sqrt()).min(0.6 * radius)
}

/// The bites out of one side: nicks where it is worn, chips where it is brittle. Each shows
/// from some age on and grows.
fn bites(seed: Seed, leaf: &Leaf, length: f32, brittle: f32, worn: bool) -> Vec<Bite> {
    let age = leaf.age.get() / 100.0;
    let mut rng = seed.derive("bites").rng();
    let mut bites = Vec::new();
    let chips = (brittle * length / 14.0) as usize;
    for _ in 0..chips {
        let at = length * rng.unit() as f32;
        let shows = 0.62 + 0.38 * rng.unit().sqrt() as f32;
        let size = libm::expf(0.55 * rng.normal().min(1.6) as f32);
        let slim = rng.between(0.35, 0.9) as f32;
        let grown = ((age - shows) / 0.3).clamp(0.0, 1.0);
        if grown > 0.0 {
            let half = 2.6 * size * (0.4 + 0.6 * grown);
            bites.push(Bite { at, half, depth: half * slim });
        }
    }
    let nicks = if worn { (length / 22.0) as usize } else { 0 };
    for _ in 0..nicks {
        let at = length * rng.unit() as f32;
        let half = rng.between(0.7, 2.2) as f32 * leaf.traces();
        bites.push(Bite { at, half, depth: half * rng.between(0.3, 1.3) as f32 });
    }
    bites
}

//! The shape of a leaf: what is left of it, and what lies around it.
//!
//! A leaf fills its page unless its edges say otherwise: those of a mould, torn or worn
//! ones, chips of brittle paper, holes, fire, or a margin left for the bed of a scanner.

mod bed;
mod contour;
mod sides;

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fold::Folded;
use super::grid::Grid;
use super::mesh::Frame;
use super::noise::{Field, bell};
use super::wear::fire::Fire;
use super::wear::{Wear, archive};
use super::{Leaf, Sheet};
use crate::geom::Lab;
use crate::raster::Path;

use sides::Sides;

/// What the edges of a sheet are like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edge {
    /// Cut straight.
    #[default]
    Cut,
    /// As they came from the mould: thin and uneven.
    Deckle,
    /// Torn on one or two sides.
    Torn,
    /// Worn: nicked and rounded.
    Worn,
}

/// What lies around a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bed {
    /// Nothing: white, to be printed. A whole sheet fills its page.
    #[default]
    White,
    /// Grey board. The sheet lies a little askew inside the page, with its shadow.
    Grey,
    /// The dark bed of a scanner.
    Dark,
}

/// How a sheet ends: its edges and what lies around them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rim {
    /// The edges; none for those of the paper.
    pub edge: Option<Edge>,
    /// What lies around.
    pub bed: Bed,
}

impl Edge {
    /// All kinds by name.
    pub const ALL: [(&'static str, Self); 4] = [
        ("cut", Self::Cut),
        ("deckle", Self::Deckle),
        ("torn", Self::Torn),
        ("worn", Self::Worn),
    ];
}

impl Bed {
    /// All kinds by name.
    pub const ALL: [(&'static str, Self); 3] =
        [("white", Self::White), ("grey", Self::Grey), ("dark", Self::Dark)];
}

/// A text that names no edge or no bed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotARim {
    /// The text.
    text: String,
    /// What it could be.
    known: Vec<&'static str>,
}

impl fmt::Display for NotARim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not known; write {}", self.text, self.known.join(", "))
    }
}
impl core::error::Error for NotARim {}

/// The value of a name.
fn named<T: Copy>(text: &str, all: &[(&'static str, T)]) -> Result<T, NotARim> {
    let found = all.iter().find(|(name, _)| *name == text.trim());
    let known = || all.iter().map(|(name, _)| *name).collect();
    found
        .map(|(_, value)| *value)
        .ok_or_else(|| NotARim { text: text.to_owned(), known: known() })
}

impl FromStr for Edge {
    type Err = NotARim;

    fn from_str(text: &str) -> Result<Self, NotARim> {
        named(text, &Self::ALL)
    }
}

impl FromStr for Bed {
    type Err = NotARim;

    fn from_str(text: &str) -> Result<Self, NotARim> {
        named(text, &Self::ALL)
    }
}

/// A hole through the leaf.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hole {
    /// Its middle, in millimetres on the leaf's front.
    pub(super) at: [f32; 2],
    /// Its radius.
    pub(super) radius: f32,
    /// How uneven its rim is, in millimetres.
    pub(super) rough: f32,
}

/// What is left of a leaf.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    /// Width and height of the page.
    size: [f32; 2],
    /// What is lost at the sides.
    sides: Sides,
    /// The holes.
    holes: Vec<Hole>,
    /// What fire took.
    fire: Option<Fire>,
    /// How rims are uneven.
    rough: Field,
    /// What lies around.
    bed: Bed,
}

impl Shape {
    /// The shape of a sheet, seen from the front.
    pub(super) fn of(sheet: &Sheet<'_>, folded: Option<&Folded<'_>>) -> Self {
        let (leaf, size) = (&sheet.leaf(), Frame::of(sheet.size).mm());
        let worn = |wear: Wear| sheet.wear.contains(&wear);
        let mut holes = Vec::new();
        if worn(Wear::Archive) {
            holes.extend(archive::punched(leaf, size));
        }
        if let Some(folded) = folded {
            holes.extend(folded.broken(leaf));
        }
        Self {
            size,
            sides: Sides::of(sheet, leaf, size),
            holes,
            fire: worn(Wear::Fire).then(|| Fire::of(leaf, size)),
            rough: Field(leaf.seed.derive("rims")),
            bed: sheet.rim.bed,
        }
    }

    /// Whether the leaf fills its page.
    pub(super) fn whole(&self) -> bool {
        self.sides.whole() && self.holes.is_empty() && self.fire.is_none()
    }

    /// How far inside the leaf a place is, in millimetres; negative where nothing is left.
    /// Exact at the rims only.
    pub(super) fn inside(&self, x: f32, y: f32) -> f32 {
        let mut inside = self.sides.inside(x, y);
        for hole in &self.holes {
            let [dx, dy] = [x - hole.at[0], y - hole.at[1]];
            if dx.abs().max(dy.abs()) < hole.radius + 6.0 {
                let off = (dx * dx + dy * dy).sqrt() - hole.radius;
                inside = inside.min(off + hole.rough * self.rough.at(x / 0.8, y / 0.8));
            }
        }
        match &self.fire {
            Some(fire) => inside.min(fire.left(x, y)),
            None => inside,
        }
    }

    /// Whether within a few millimetres of a place nothing is lost of the leaf, which goes
    /// to the edge of the page there.
    fn untouched(&self, x: f32, y: f32) -> bool {
        self.bed == Bed::White
            && self.fire.is_none()
            && !self.sides.lossy(x, y)
            && self.unpierced(x, y)
    }

    /// Whether the leaf is whole in the square of which a place is the middle, and which
    /// reaches so far from there.
    fn intact(&self, x: f32, y: f32, reach: f32) -> bool {
        let [low, high] = [-reach, reach].map(|reach| [x + reach, y + reach]);
        self.fire.is_none()
            && self.sides.least_inside(low, high) > 0.5
            && self.unpierced(x, y)
    }

    /// Whether there is no hole within a few millimetres of a place.
    fn unpierced(&self, x: f32, y: f32) -> bool {
        self.holes.iter().all(|hole| {
            let [dx, dy] = [x - hole.at[0], y - hole.at[1]];
            dx.abs().max(dy.abs()) > hole.radius + 8.0
        })
    }

    /// Shows at the rims what the paper is like there: torn fibres, dirt, char.
    pub(super) fn draw(&self, grid: &mut Grid, leaf: &Leaf) {
        if let Some(fire) = &self.fire {
            fire.char(grid);
        }
        let all = ([-2.0; 2], self.size.map(|side| side + 2.0));
        let rim = |x: f32, y: f32| {
            let inside = self.sides.inside(x, y);
            (-4.0..5.0).contains(&inside)
        };
        let kind = self.sides.kind;
        let traces = leaf.traces();
        let near = |x: f32, y: f32| self.sides.lossy(x, y) && rim(x, y);
        grid.paint_near(all.0, all.1, near, |x, y| {
            let inside = self.sides.inside(x, y);
            if !(-0.5..3.0).contains(&inside) {
                return Lab::default();
            }
            let uneven = 1.0 + 0.8 * self.rough.at(x / 1.1, y / 1.1);
            match kind {
                // The layers part: the core shows, paler than the face.
                Edge::Torn => {
                    let core = (1.0 - inside / (0.9 * uneven + 0.1)).clamp(0.0, 1.0);
                    Lab::new(3.4, -0.3, -3.0).mix(Lab::default(), 1.0 - core * traces)
                }
                Edge::Deckle => {
                    let thin = bell(inside / (0.9 * uneven + 0.3));
                    Lab::default().mix(Lab::new(1.6, 0.0, -1.2), thin)
                }
                Edge::Worn | Edge::Cut => {
                    let dirt = bell(inside / (0.4 + 0.4 * uneven)) * traces;
                    Lab::default().mix(Lab::new(-5.0, 0.8, 2.6), dirt)
                }
            }
        });
        for hole in &self.holes {
            let reach = hole.radius + 1.5;
            let low = hole.at.map(|v| v - reach);
            grid.paint(low, hole.at.map(|v| v + reach), |x, y| {
                let [dx, dy] = [x - hole.at[0], y - hole.at[1]];
                let off = (dx * dx + dy * dy).sqrt() - hole.radius;
                // A lip that catches the light above and lies in shade below.
                let shade = if dx + dy > 0.0 { 1.6 } else { -3.0 };
                Lab::new(shade * bell((off - 0.25) / 0.3), 0.0, 0.6 * bell(off / 0.5))
            });
        }
    }

    /// The outline of what is left, as a path on the leaf's front; none where the leaf
    /// fills its page.
    pub(super) fn outline(&self) -> Option<Path> {
        (!self.whole()).then(|| {
            let untouched = |x: f32, y: f32| self.untouched(x, y);
            contour::trace(self.size, untouched, |x, y| self.inside(x, y))
        })
    }
}

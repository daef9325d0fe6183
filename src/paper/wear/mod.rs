//! Wear: what happened to a sheet, each with its traces. One file a kind of trace.

mod cup;
mod splash;
mod sun;
mod thumb;
mod tide;

use core::fmt;
use core::str::FromStr;

use super::Leaf;
use super::fold::Fold;
use super::grid::Grid;

/// What happened to a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wear {
    /// Carried folded in a pocket: sharp creases, crossing ones, with grime in them.
    Pocket,
    /// Stood in water: tide lines with dark rims.
    Damp,
    /// Lay on a desk: the ring of a cup, drops of ink.
    Desk,
    /// Lay in the sun, but for where something lay on it.
    Sun,
    /// Went through many hands: thumb marks at the lower corners.
    Handling,
    /// Was out in the field: splashes of mud.
    Mud,
}

impl Wear {
    /// All kinds by name.
    pub const ALL: [(&'static str, Self); 6] = [
        ("pocket", Self::Pocket),
        ("damp", Self::Damp),
        ("desk", Self::Desk),
        ("sun", Self::Sun),
        ("handling", Self::Handling),
        ("mud", Self::Mud),
    ];

    /// The folds of a sheet that was carried so, if the paper has none of its own.
    pub(super) fn fold(self) -> Option<Fold> {
        (self == Self::Pocket).then(Fold::of_pocket)
    }

    /// Puts in the soft traces that both sides share, on coarse cells.
    pub(super) fn soften(self, grid: &mut Grid, leaf: &Leaf) {
        match self {
            Self::Damp => tide::wet(grid, leaf),
            Self::Sun => sun::fade(grid, leaf),
            Self::Handling => thumb::press(grid, leaf),
            Self::Pocket | Self::Desk | Self::Mud => {}
        }
    }

    /// The level on which its sharp traces are drawn, unless the sheet ends on a coarser
    /// one.
    pub(super) fn level(self) -> i32 {
        if self == Self::Damp { 1 } else { 0 }
    }

    /// Puts in the sharp traces, on fine cells. `front` says which side one looks at: what
    /// fell on the front does not show on the back.
    pub(super) fn sharpen(self, grid: &mut Grid, leaf: &Leaf, front: bool) {
        match self {
            Self::Damp => tide::rims(grid, leaf),
            Self::Desk if front => cup::stand(grid, leaf),
            Self::Mud if front => splash::mud(grid, leaf),
            _ => {}
        }
    }
}

/// A text that names no wear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAWear(String);

impl fmt::Display for NotAWear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = Wear::ALL.iter().map(|(name, _)| *name).collect();
        write!(f, "`{}` is no wear; write {}", self.0, names.join(", "))
    }
}

impl core::error::Error for NotAWear {}

impl FromStr for Wear {
    type Err = NotAWear;

    fn from_str(text: &str) -> Result<Self, NotAWear> {
        let known = Self::ALL.iter().find(|(name, _)| *name == text.trim());
        known.map(|(_, wear)| *wear).ok_or_else(|| NotAWear(text.to_owned()))
    }
}

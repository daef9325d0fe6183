//! Wear: what happened to a sheet, each with its traces. One file a kind of trace.

pub(super) mod archive;
mod blot;
mod cup;
mod dog_ear;
pub(super) mod fire;
mod folder;
mod splash;
mod sun;
#[cfg(test)]
mod tests;
mod thumb;
pub(super) mod tide;

use core::fmt;
use core::str::FromStr;

use super::Leaf;
use super::fold::Fold;
use super::grid::Grid;

use fire::Fire;
use tide::Rims;

/// A leaf, and the rims of water on it.
pub(super) type Worn<'a> = (&'a Leaf, Option<&'a Rims>);

/// What happened to a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wear {
    /// Carried folded in a pocket: creases with grime in them, abraded where they cross,
    /// rounded corners.
    Pocket,
    /// Lay in a folder: edges toned by its opening, the rust of a pin, staple or clip.
    Folder,
    /// Stood in water: tide lines with dark rims, cockles, mould.
    Damp,
    /// Lay in the sun, but for where something lay on it.
    Sun,
    /// Went through many hands: thumb marks at the lower corners, a dog-ear.
    Handling,
    /// Lay on a desk: the ring of a cup, a blot, spatter of ink.
    Desk,
    /// Was out in the field: splashes of mud.
    Mud,
    /// Was saved from a fire: burnt and scorched edges.
    Fire,
    /// Came to an archive: punched holes, a shelfmark in pencil, a stamp, tape.
    Archive,
}

impl Wear {
    /// All kinds by name.
    pub const ALL: [(&'static str, Self); 9] = [
        ("pocket", Self::Pocket),
        ("folder", Self::Folder),
        ("damp", Self::Damp),
        ("sun", Self::Sun),
        ("handling", Self::Handling),
        ("desk", Self::Desk),
        ("mud", Self::Mud),
        ("fire", Self::Fire),
        ("archive", Self::Archive),
    ];

    /// The folds of a leaf that was carried so, if the paper has none of its own.
    pub(super) fn fold(self, leaf: &Leaf) -> Option<Fold> {
        (self == Self::Pocket).then(|| Fold::of_pocket(leaf))
    }

    /// Puts in the soft traces that both sides share, on coarse cells.
    pub(super) fn soften(self, grid: &mut Grid, leaf: &Leaf) {
        match self {
            Self::Folder => folder::tone(grid, leaf),
            Self::Damp => tide::wet(grid, leaf),
            Self::Sun => sun::fade(grid, leaf),
            Self::Handling => thumb::press(grid, leaf),
            Self::Fire => Fire::of(leaf, grid.frame.mm()).scorch(grid),
            Self::Pocket | Self::Desk | Self::Mud | Self::Archive => {}
        }
    }

    /// Puts in the traces of middling sharpness that both sides share.
    pub(super) fn stain(self, grid: &mut Grid, leaf: &Leaf) {
        match self {
            Self::Mud => splash::soak(grid, leaf),
            Self::Archive => archive::stain(grid, leaf),
            _ => {}
        }
    }

    /// Puts in the traces that are a third of a millimetre wide and wider, on cells twice as
    /// wide as the finest.
    pub(super) fn draw(self, grid: &mut Grid, rims: Option<&Rims>) {
        if let (Self::Damp, Some(rims)) = (self, rims) {
            tide::marks(grid, rims);
        }
    }

    /// Puts in the sharp traces, on the finest cells. `front` says which side one looks
    /// at: what fell on the front shows on the back only as far as it went through.
    pub(super) fn sharpen(self, grid: &mut Grid, (leaf, rims): Worn<'_>, front: bool) {
        match self {
            Self::Damp => {
                if let Some(rims) = rims {
                    tide::rims(grid, rims);
                }
                tide::mould(grid, leaf);
            }
            Self::Folder => folder::rust(grid, leaf, front),
            Self::Handling => {
                thumb::ridges(grid, leaf);
                dog_ear::crease(grid, leaf, front);
            }
            Self::Desk => {
                cup::stand(grid, leaf, front);
                let ink = if front { blot::fall } else { blot::strike_through };
                ink(grid, leaf);
            }
            Self::Mud if front => splash::mud(grid, leaf),
            Self::Archive if front => archive::file(grid, leaf),
            Self::Pocket | Self::Sun | Self::Fire | Self::Mud | Self::Archive => {}
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

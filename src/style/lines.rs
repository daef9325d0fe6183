//! How lines are drawn around, between and under blocks, and where blocks stand that are
//! part of every page.

use core::fmt;
use core::str::FromStr;

use serde::Deserialize;

/// How a printed line is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineKind {
    /// One line.
    #[default]
    Single,
    /// Two lines alike, a space of the same thickness apart.
    Double,
    /// A thick line and a thin one under it, or inside it.
    ThickThin,
    /// A thin line and a thick one under it, or inside it.
    ThinThick,
    /// Dots.
    Dotted,
    /// Short strokes.
    Dashed,
}

/// The sides of a box that have a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// Above.
    pub top: bool,
    /// Below.
    pub bottom: bool,
    /// At the left.
    pub left: bool,
    /// At the right.
    pub right: bool,
}

impl Sides {
    /// A whole box.
    pub const ALL: Self = Self { top: true, bottom: true, left: true, right: true };
    /// No line at all.
    const NONE: Self = Self { top: false, bottom: false, left: false, right: false };
}

/// A word that is no side of a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotASide(String);

impl fmt::Display for NotASide {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a side of a box (write top, bottom, left, right)", self.0)
    }
}

impl FromStr for Sides {
    type Err = NotASide;

    fn from_str(text: &str) -> Result<Self, NotASide> {
        let mut sides = Self::NONE;
        for word in text.split_whitespace() {
            match word {
                "top" => sides.top = true,
                "bottom" => sides.bottom = true,
                "left" => sides.left = true,
                "right" => sides.right = true,
                other => return Err(NotASide(other.to_owned())),
            }
        }
        Ok(sides)
    }
}

/// Where a block stands that is part of the margins of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Running {
    /// At the head of every page.
    Head,
    /// At the foot of every page.
    Foot,
    /// At the head of every page but the first.
    LaterHead,
    /// At the foot of the first page.
    FirstFoot,
}

impl Running {
    /// Whether it stands at the head.
    pub fn is_head(self) -> bool {
        matches!(self, Self::Head | Self::LaterHead)
    }

    /// Whether it stands on a page, the first of which has the index 0.
    pub fn is_on(self, page: usize) -> bool {
        match self {
            Self::Head | Self::Foot => true,
            Self::LaterHead => page > 0,
            Self::FirstFoot => page == 0,
        }
    }
}

//! Paper (placeholder until the paper branch is merged).

use crate::geom::{Resolution, Size};
use crate::picture::{Channels, Picture};
use crate::seed::Seed;

/// How old, 0 to 100.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Age(pub f32);
impl Age {
    /// An age.
    pub fn new(v: f32) -> Self {
        Self(v.clamp(0.0, 100.0))
    }
}
impl From<i32> for Age {
    fn from(v: i32) -> Self {
        Self::new(v as f32)
    }
}
/// Which side of a leaf.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// Front.
    #[default]
    Recto,
    /// Back.
    Verso,
}
/// A recipe.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Paper {}
/// A sheet.
pub struct Sheet<'a> {
    /// The recipe.
    pub paper: &'a Paper,
    /// Its size.
    pub size: Size,
    /// Its age.
    pub age: Age,
    /// The leaf's seed.
    pub seed: Seed,
    /// Which side.
    pub side: Side,
    /// Pixels to the inch.
    pub resolution: Resolution,
}
impl Sheet<'_> {
    /// Draws it.
    pub fn draw(&self) -> Picture {
        let w = self.size.width.to_px(self.resolution).round() as u32;
        let h = self.size.height.to_px(self.resolution).round() as u32;
        let pixels = [226u8, 214, 190].repeat((w * h) as usize);
        Picture { width: w, height: h, channels: Channels::Rgb, pixels }
    }
}

//! How old a sheet looks.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// How old a sheet looks: 0 is new and clean, 70 a sheet from an archive, 100 as far as
/// paper goes that was kept dry.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f32", into = "f32")]
pub struct Age(f32);

impl Age {
    /// A new sheet.
    pub const NEW: Self = Self(0.0);

    /// An age from 0 to 100; none for any other number.
    pub fn new(age: f32) -> Option<Self> {
        (0.0..=100.0).contains(&age).then_some(Self(age))
    }

    /// The number, 0 to 100.
    pub const fn get(self) -> f32 {
        self.0
    }

    /// How far the stock has gone from new to old, 0 to 1: fast at first.
    pub(super) fn drift(self) -> f32 {
        let t = self.0 / 100.0;
        t * (1.4 - 0.4 * t)
    }

    /// How far what use and damp do to a sheet has gone, 0 to 1: slow at first.
    pub(super) fn wear(self) -> f32 {
        let t = self.0 / 100.0;
        t * (0.4 + 0.6 * t)
    }

    /// From what a thing is in a new sheet (as a share of what it is in an old one) to 1.
    pub(super) fn grown(self, new: f32) -> f32 {
        new + (1.0 - new) * self.drift()
    }
}

/// A number or text that is not an age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnAge(String);

impl fmt::Display for NotAnAge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not an age (write a number from 0, new, to 100, old)", self.0)
    }
}
impl core::error::Error for NotAnAge {}

impl FromStr for Age {
    type Err = NotAnAge;

    fn from_str(text: &str) -> Result<Self, NotAnAge> {
        let number = text.trim().parse().ok();
        number.and_then(Self::new).ok_or_else(|| NotAnAge(text.to_owned()))
    }
}

impl TryFrom<f32> for Age {
    type Error = NotAnAge;

    fn try_from(age: f32) -> Result<Self, NotAnAge> {
        Self::new(age).ok_or_else(|| NotAnAge(age.to_string()))
    }
}

impl From<i32> for Age {
    /// A number written in a program: below 0 is new, above 100 is as old as it gets.
    fn from(age: i32) -> Self {
        Self(age.clamp(0, 100) as f32)
    }
}

impl From<Age> for f32 {
    fn from(age: Age) -> Self {
        age.0
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

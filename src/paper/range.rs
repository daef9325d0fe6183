//! Ranges: which numbers a recipe may hold.

use core::fmt;

use crate::geom::{Lab, Length};

/// Collects what is wrong with a recipe.
#[derive(Debug, Default)]
pub(super) struct Checks(Vec<String>);

impl Checks {
    /// Notes `complaint` unless `sound`.
    pub(super) fn holds(&mut self, sound: bool, complaint: &str) {
        if !sound {
            self.0.push(complaint.to_owned());
        }
    }

    /// A number from `low` to `high`.
    pub(super) fn number(&mut self, name: &str, value: f32, [low, high]: [f32; 2]) {
        if !(low..=high).contains(&value) {
            let range = format!("write a number from {low} to {high}");
            self.0.push(format!("`{name}` is {value}; {range}"));
        }
    }

    /// A whole number from `low` to `high`.
    pub(super) fn count(&mut self, name: &str, value: u8, [low, high]: [u8; 2]) {
        if !(low..=high).contains(&value) {
            let range = format!("write a whole number from {low} to {high}");
            self.0.push(format!("`{name}` is {value}; {range}"));
        }
    }

    /// A length from `low` to `high` millimetres.
    pub(super) fn length(&mut self, name: &str, value: Length, [low, high]: [f64; 2]) {
        if !(low..=high).contains(&value.to_mm()) {
            let range = format!("write a length from {low}mm to {high}mm");
            self.0.push(format!("`{name}` is {:.2}mm; {range}", value.to_mm()));
        }
    }

    /// A colour that paper or ruling ink can have.
    pub(super) fn colour(&mut self, name: &str, value: Lab) {
        self.number(&format!("{name}[0]"), value.l, [20.0, 100.0]);
        self.number(&format!("{name}[1]"), value.a, [-40.0, 60.0]);
        self.number(&format!("{name}[2]"), value.b, [-50.0, 60.0]);
    }

    /// A change of colour that ageing makes: darker, and not more than stains do.
    pub(super) fn stain(&mut self, name: &str, value: Lab) {
        self.number(&format!("{name}[0]"), value.l, [-30.0, 0.0]);
        self.number(&format!("{name}[1]"), value.a, [-5.0, 15.0]);
        self.number(&format!("{name}[2]"), value.b, [0.0, 30.0]);
    }

    /// The complaints as one error, if there are any.
    pub(super) fn done(self) -> Result<(), Unsound> {
        if self.0.is_empty() { Ok(()) } else { Err(Unsound(self.0)) }
    }
}

/// A recipe that cannot be followed, with all that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unsound(Vec<String>);

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("; "))
    }
}
impl core::error::Error for Unsound {}

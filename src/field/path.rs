//! Where in a record a value stands.

use core::fmt;
use core::str::FromStr;

/// The way to a value: `parties.1.name`. Entries of lists count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(Vec<Step>);

/// One step of a [`FieldPath`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// An entry of a list; the first is 0 here and `1` in writing.
    Entry(usize),
    /// A value of a record.
    Name(String),
}

impl FieldPath {
    /// The path of no steps: the record itself.
    pub const ROOT: Self = Self(Vec::new());

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether it has no steps.
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The path of a value of the record here.
    pub fn name(&self, name: impl Into<String>) -> Self {
        self.then(Step::Name(name.into()))
    }

    /// The path of an entry of the list here; the first is 0.
    pub fn entry(&self, index: usize) -> Self {
        self.then(Step::Entry(index))
    }

    /// The path with one more step.
    pub fn then(&self, step: Step) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        Self(steps)
    }

    /// The path without its last step; none for the root.
    pub fn parent(&self) -> Option<Self> {
        let (_, rest) = self.0.split_last()?;
        Some(Self(rest.to_vec()))
    }

    /// Whether `other` is this path or lies under it.
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

impl From<Vec<Step>> for FieldPath {
    fn from(steps: Vec<Step>) -> Self {
        Self(steps)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Entry(index) => write!(f, "{}", index.saturating_add(1)),
            Self::Name(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            let dot = if i > 0 { "." } else { "" };
            write!(f, "{dot}{step}")?;
        }
        Ok(())
    }
}

/// A text that is not a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAPath(String);

impl fmt::Display for NotAPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.0;
        write!(f, "`{name}` is not the name of a field")
    }
}
impl core::error::Error for NotAPath {}

impl FromStr for FieldPath {
    type Err = NotAPath;

    fn from_str(text: &str) -> Result<Self, NotAPath> {
        let step = |part: &str| -> Option<Step> {
            let part = part.trim();
            if part.is_empty() || part.chars().any(char::is_control) {
                return None;
            }
            if !part.bytes().all(|b| b.is_ascii_digit()) {
                return Some(Step::Name(part.to_owned()));
            }
            let number: usize = part.parse().ok()?;
            Some(Step::Entry(number.checked_sub(1)?))
        };
        let steps = text.split('.').map(step).collect::<Option<Vec<_>>>();
        steps.map(Self).ok_or_else(|| NotAPath(text.to_owned()))
    }
}

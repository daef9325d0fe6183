//! What could not have been: words, things and customs with the years in which there were
//! any. Read from `anachronisms/*.toml`; knows no template and reads no file.
//!
//! An entry says what to look for, since when or until when there was such a thing, what
//! the period had instead, and where that is written.

mod entry;
mod phrase;
mod text;

use crate::geom::Size;
use crate::lang::Lang;
use crate::period::Date;
use crate::style::InkKind;

pub use entry::{Entry, Unsound};
pub use text::Found;

/// A document dated later is of our own day: it may be as old-fashioned as it likes, and
/// nothing in it is gone.
const OWN_DAY: u16 = 1990;

/// When a document was written: on a day, or in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The first day it can have been.
    first: Date,
    /// The last day it can have been.
    last: Date,
}

impl When {
    /// On a day.
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// In a year, 1 to 9999.
    pub fn year(year: i32) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Self { first, last: Date::new(year, 12, 31).ok()? })
    }

    /// Whether what began on a day was not yet.
    pub fn is_before(self, day: Date) -> bool {
        self.last < day
    }

    /// Whether what ended on a day was no longer.
    pub fn is_after(self, day: Date) -> bool {
        self.first > day && self.is_of_the_past()
    }

    /// Whether it was over before another began.
    pub fn ends_before(self, other: Self) -> bool {
        self.last < other.first
    }

    /// The year, or the first of them.
    pub fn first_year(self) -> i32 {
        self.first.year().into()
    }

    /// Whether it is not of our own day.
    pub fn is_of_the_past(self) -> bool {
        self.first.year() <= OWN_DAY
    }
}

impl core::fmt::Display for When {
    /// The day, or the year.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        if self.first == self.last {
            return self.first.fmt(f);
        }
        write!(f, "{}", self.first.year())
    }
}

/// When and where a document was written.
#[derive(Clone, Debug)]
pub struct Origin {
    /// When.
    pub when: When,
    /// Where and by whom, in the words of the template: `US`, `government`.
    pub provenance: Vec<String>,
}

/// All entries.
#[derive(Clone, Debug, Default)]
pub struct Catalogue(Vec<Entry>);

impl Catalogue {
    /// Adds an entry; one of the same name is replaced.
    pub fn add(&mut self, entry: Entry) {
        match self.0.iter_mut().find(|known| known.id == entry.id) {
            Some(known) => *known = entry,
            None => self.0.push(entry),
        }
    }

    /// The entries, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    /// An entry by name.
    pub fn get(&self, id: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.id == id)
    }

    /// The entries about things that were not at that time and place.
    fn amiss(&self, origin: &Origin) -> Vec<&Entry> {
        self.iter().filter(|entry| entry.is_amiss(origin)).collect()
    }

    /// What a text in a language says that could not be said.
    pub fn in_text(&self, text: &str, lang: Lang, origin: &Origin) -> Vec<Found> {
        text::search(&self.amiss(origin), text, lang)
    }

    /// What a text of a document says that could not be said.
    pub fn in_part(&self, part: &crate::document::Part, origin: &Origin) -> Vec<Found> {
        text::search_part(&self.amiss(origin), part)
    }

    /// The entry about an ink that was not yet.
    pub fn of_ink(&self, ink: InkKind, origin: &Origin) -> Option<&Entry> {
        self.iter().find(|entry| entry.is_of_ink(ink) && entry.is_amiss(origin))
    }

    /// The entry about a size of paper that was not there.
    pub fn of_size(&self, size: Size, origin: &Origin) -> Option<&Entry> {
        self.iter().find(|entry| entry.is_of_size(size) && entry.is_amiss(origin))
    }

    /// The entry about a day that never was.
    pub fn of_day(&self, day: Date, origin: &Origin) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.is_of_place(origin) && entry.skips(day))
    }
}

#[cfg(test)]
mod tests;

//! An entry of `anachronisms/*.toml`.

use core::fmt;

use serde::Deserialize;

use super::phrase::Phrases;
use super::{Origin, When};
use crate::field::Value;
use crate::geom::{Length, Size};
use crate::lang::Lang;
use crate::period::{Date, Era};
use crate::style::InkKind;

/// A thing with the years in which there was such a thing.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name, by which it can be allowed.
    pub id: String,
    /// The first day there was such a thing.
    pub from: Option<Date>,
    /// The last day there was such a thing.
    pub until: Option<Date>,
    /// What happened on that day, a sentence without its stop.
    pub why: String,
    /// What the period had instead, an imperative.
    pub instead: String,
    /// Where that is written.
    pub source: String,
    /// The languages whose texts are looked through; none for all.
    pub langs: Vec<Lang>,
    /// What a document's provenance must have for this to be amiss in it.
    pub provenance: Vec<String>,
    /// What to look for.
    pub(super) mark: Mark,
}

/// What an entry is known by.
#[derive(Clone, Debug)]
pub(super) enum Mark {
    /// Words of the text.
    Text(Phrases),
    /// A way of making marks.
    Ink(InkKind),
    /// A size of paper, upright or not.
    Size(Size),
    /// Days that a calendar left out, the first and the last.
    Days([Date; 2]),
}

/// An entry as its file has it.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct EntryFile {
    /// See [`Entry::from`]: a day, or a year for its first day.
    from: Option<Value>,
    /// See [`Entry::until`]: a day, or a year for its last day.
    until: Option<Value>,
    /// An era: `from` and `until` are those of its official use.
    era: Option<String>,
    /// See [`Entry::why`].
    why: String,
    /// See [`Entry::instead`].
    instead: String,
    /// See [`Entry::source`].
    source: String,
    /// See [`Entry::langs`].
    lang: Vec<Lang>,
    /// See [`Entry::provenance`].
    provenance: Vec<String>,
    /// See [`Phrases`].
    words: Vec<String>,
    /// See [`Phrases`].
    pattern: Option<String>,
    /// See [`Phrases`].
    except: Vec<String>,
    /// See [`Mark::Ink`].
    ink: Option<InkKind>,
    /// See [`Mark::Size`]: width and height.
    size: Option<[Length; 2]>,
    /// See [`Mark::Days`].
    skipped: Option<[Value; 2]>,
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsound(pub(super) String);

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl core::error::Error for Unsound {}

impl<'de> Deserialize<'de> for Entry {
    /// Reads an entry; its name stands above it and is set by [`Entry::named`].
    fn deserialize<D: serde::Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let file = EntryFile::deserialize(input)?;
        Self::try_from(file).map_err(serde::de::Error::custom)
    }
}

impl TryFrom<EntryFile> for Entry {
    type Error = Unsound;

    fn try_from(file: EntryFile) -> Result<Self, Unsound> {
        let (mut from, mut until) = (day(file.from, First)?, day(file.until, Last)?);
        if let Some(name) = &file.era {
            let unknown = |_| Unsound(format!("there is no era `{name}`"));
            let era: Era = name.parse().map_err(unknown)?;
            [from, until] = era.official();
        }
        for (key, text) in
            [("why", &file.why), ("instead", &file.instead), ("source", &file.source)]
        {
            if text.trim().is_empty() {
                return Err(Unsound(format!("an entry needs `{key}`")));
            }
        }
        let mark = match (file.ink, file.size, file.skipped) {
            (Some(ink), None, None) => Mark::Ink(ink),
            (None, Some([width, height]), None) => Mark::Size(Size::new(width, height)),
            (None, None, Some([first, last])) => {
                let days = [day(Some(first), First)?, day(Some(last), Last)?];
                let [Some(first), Some(last)] = days else {
                    return Err(Unsound("`skipped` is two days".into()));
                };
                Mark::Days([first, last])
            }
            (None, None, None) => {
                let pattern = file.pattern.as_deref();
                Mark::Text(Phrases::new(&file.words, pattern, &file.except)?)
            }
            _ => return Err(Unsound("an entry looks for one thing".into())),
        };
        let dated = from.is_some() || until.is_some() || matches!(mark, Mark::Days(_));
        if !dated && file.provenance.is_empty() {
            let message = "an entry needs `from`, `until` or `era`, or a `provenance`";
            return Err(Unsound(message.into()));
        }
        Ok(Self {
            id: String::new(),
            from,
            until,
            why: file.why,
            instead: file.instead,
            source: file.source,
            langs: file.lang,
            provenance: file.provenance,
            mark,
        })
    }
}

/// Which day of a year is meant when no day is said.
enum OfYear {
    /// 1 January.
    First,
    /// 31 December.
    Last,
}
use OfYear::{First, Last};

/// A day, or a year.
fn day(value: Option<Value>, of_year: OfYear) -> Result<Option<Date>, Unsound> {
    let Some(value) = value else { return Ok(None) };
    let found = match (&value, of_year) {
        (Value::Date(day), _) => Some(*day),
        (Value::Number(year), First) => Date::new(*year as i32, 1, 1).ok(),
        (Value::Number(year), Last) => Date::new(*year as i32, 12, 31).ok(),
        _ => None,
    };
    let unsound = || Unsound(format!("`{value}` is no day: write 1963-07-01 or 1963"));
    found.map(Some).ok_or_else(unsound)
}

impl Entry {
    /// The same under a name.
    pub fn named(self, id: impl Into<String>) -> Self {
        Self { id: id.into(), ..self }
    }

    /// Whether there was no such thing when and where a document was written.
    pub fn is_amiss(&self, origin: &Origin) -> bool {
        self.is_of_place(origin) && self.is_out_of(origin.when)
    }

    /// Whether there was no such thing at a time. What has neither beginning nor end never
    /// was at its place.
    fn is_out_of(&self, when: When) -> bool {
        match (self.from, self.until) {
            (None, None) => when.is_of_the_past(),
            (from, until) => {
                from.is_some_and(|day| when.is_before(day))
                    || until.is_some_and(|day| when.is_after(day))
            }
        }
    }

    /// Whether it is about documents of such a provenance.
    pub(super) fn is_of_place(&self, origin: &Origin) -> bool {
        self.provenance.iter().all(|of| origin.provenance.contains(of))
    }

    /// Whether it is about texts in a language.
    pub(super) fn is_of_lang(&self, lang: Lang) -> bool {
        let alike = |own: &Lang| own.primary() == lang.primary();
        self.langs.is_empty() || self.langs.iter().any(alike)
    }

    /// Whether it is about an ink.
    pub(super) fn is_of_ink(&self, ink: InkKind) -> bool {
        matches!(self.mark, Mark::Ink(own) if own == ink)
    }

    /// Whether it is about a size of paper, to a millimetre and a half.
    pub(super) fn is_of_size(&self, size: Size) -> bool {
        let near = |a: Length, b: Length| (a.to_mm() - b.to_mm()).abs() < 1.5;
        let alike = |w, h| near(w, size.width) && near(h, size.height);
        matches!(self.mark, Mark::Size(own)
            if alike(own.width, own.height) || alike(own.height, own.width))
    }

    /// Whether a day is among those that it says were left out.
    pub(super) fn skips(&self, day: Date) -> bool {
        matches!(self.mark, Mark::Days([first, last]) if (first..=last).contains(&day))
    }
}

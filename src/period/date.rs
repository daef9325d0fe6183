//! A day of the Gregorian calendar, years 1 to 9999.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::guess::guess_date;

/// Year, month, day: a day as tables have it.
pub(super) type Day = (u16, u8, u8);

/// A day of the (proleptic) Gregorian calendar, in the years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// A date from year, month and day, or what is wrong with them.
    pub fn new(year: i32, month: i32, day: i32) -> Result<Self, DateFault> {
        if !(1..=9999).contains(&year) {
            return Err(DateFault::Year(year));
        }
        if !(1..=12).contains(&month) {
            return Err(DateFault::Month(month));
        }
        // The bounds above make both conversions exact.
        let (short_year, short_month) = (year as i16, month as i8);
        i8::try_from(day)
            .ok()
            .and_then(|day| jiff::civil::Date::new(short_year, short_month, day).ok())
            .map(Self)
            .ok_or(DateFault::Day { year, month, day })
    }

    /// The day that lies so many days after 1 January 1970; none outside the years 1 to
    /// 9999.
    pub fn from_unix_day(days: i64) -> Option<Self> {
        let epoch = jiff::civil::date(1970, 1, 1);
        let span = jiff::Span::new().try_days(days).ok()?;
        let date = epoch.checked_add(span).ok()?;
        (1..=9999).contains(&date.year()).then_some(Self(date))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> u16 {
        self.0.year().unsigned_abs()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        match self.0.weekday() {
            jiff::civil::Weekday::Monday => Weekday::Monday,
            jiff::civil::Weekday::Tuesday => Weekday::Tuesday,
            jiff::civil::Weekday::Wednesday => Weekday::Wednesday,
            jiff::civil::Weekday::Thursday => Weekday::Thursday,
            jiff::civil::Weekday::Friday => Weekday::Friday,
            jiff::civil::Weekday::Saturday => Weekday::Saturday,
            jiff::civil::Weekday::Sunday => Weekday::Sunday,
        }
    }

    /// The day so many days later (earlier, if negative), if it is within the years 1 to
    /// 9999.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let span = jiff::Span::new().try_days(days).ok()?;
        let shifted = self.0.checked_add(span).ok()?;
        (shifted.year() >= 1).then_some(Self(shifted))
    }

    /// Year, month and day, for comparison with a table.
    pub(super) fn ymd(self) -> Day {
        (self.year(), self.month(), self.day())
    }
}

impl fmt::Display for Date {
    /// ISO 8601: `1953-07-27`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Reads ISO 8601's extended form alone: `1953-07-27`.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        read_iso(text).map_err(|fault| {
            let (suggestion, alternative) = guess_date(text);
            NotADate { text: text.to_owned(), fault, suggestion, alternative }
        })
    }
}

/// Reads `1953-07-27` and nothing else (ISO 8601-1:2019, 5.2.2.1 b).
pub(super) fn read_iso(text: &str) -> Result<Date, DateFault> {
    let digits = |range| number(text.get(range)?);
    let fields = || {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        Some((digits(0..4)?, digits(5..7)?, digits(8..10)?))
    };
    let Some((year, month, day)) = fields() else {
        return Err(if text.trim().is_empty() {
            DateFault::Empty
        } else {
            DateFault::Form
        });
    };
    Date::new(year, month, day)
}

/// The number that a few ASCII digits write.
fn number(digits: &str) -> Option<i32> {
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// The first day by ISO 8601.
    Monday,
    /// The second day.
    Tuesday,
    /// The third day.
    Wednesday,
    /// The fourth day.
    Thursday,
    /// The fifth day.
    Friday,
    /// The sixth day.
    Saturday,
    /// The seventh day.
    Sunday,
}

/// What keeps a text or three numbers from being a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// There is no text.
    Empty,
    /// It is not of the form `1953-07-27`.
    Form,
    /// The year is outside 1 to 9999.
    Year(i32),
    /// The month is outside 1 to 12.
    Month(i32),
    /// The month has no such day.
    Day {
        /// The year.
        year: i32,
        /// The month.
        month: i32,
        /// The day it has not.
        day: i32,
    },
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("the date is empty"),
            Self::Form => f.write_str("it is not of the form 1953-07-27"),
            Self::Year(year) => write!(f, "there is no year {year} (1 to 9999)"),
            Self::Month(month) => write!(f, "there is no month {month} (1 to 12)"),
            Self::Day { year, month, day } => {
                write!(f, "month {month} of {year} has no day {day}")
            }
        }
    }
}
impl core::error::Error for DateFault {}

/// A text that is not a date, why not, and what was probably meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotADate {
    /// The text as given.
    pub text: String,
    /// What is wrong with it.
    pub fault: DateFault,
    /// The date it most likely means.
    pub suggestion: Option<Date>,
    /// The other date it could mean, with day and month exchanged.
    pub alternative: Option<Date>,
}

impl NotADate {
    /// What to write instead, as an imperative.
    pub fn hint(&self) -> String {
        match (self.suggestion, self.alternative) {
            // When both readings are dates, the first is the one with the day in front.
            (Some(date), Some(other)) => {
                format!("write {date}, or {other} if the month stands first")
            }
            (Some(date), None) => format!("write {date}"),
            (None, _) => "write year, month and day, such as 1953-07-27".to_owned(),
        }
    }
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a date: {}; {}", self.text, self.fault, self.hint())
    }
}
impl core::error::Error for NotADate {}

//! Date-time groups of military messages: `271000I JUL 53`.

use core::fmt;
use core::str::FromStr;

use super::date::Date;
use super::time::Time;
use super::words::MONTHS;

/// Letters of the zones −12 to +12: Y … N, Z, A … M without J (ACP 121).
const ZONES: &str = "YXWVUTSRQPONZABCDEFGHIKLM";

/// How far a clock is ahead of universal time, −12:00 to +14:00.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcOffset {
    /// Minutes ahead.
    minutes: i16,
}

/// A text that is no offset from universal time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAnOffset(String);

impl fmt::Display for NotAnOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(text) = self;
        write!(
            f,
            "`{text}` is not an offset from UTC: write +09:00, -05:00, Z or a zone letter"
        )
    }
}
impl core::error::Error for NotAnOffset {}

impl UtcOffset {
    /// Universal time.
    pub const ZULU: Self = Self { minutes: 0 };

    /// An offset in minutes, from −12 to +14 hours.
    pub fn from_minutes(minutes: i32) -> Option<Self> {
        let minutes = i16::try_from(minutes).ok()?;
        (-720..=840).contains(&minutes).then_some(Self { minutes })
    }

    /// The zone of a letter, A to Z without J.
    pub fn from_letter(letter: char) -> Option<Self> {
        let place = ZONES.find(letter.to_ascii_uppercase())?;
        Self::from_minutes((i32::try_from(place).ok()? - 12) * 60)
    }

    /// Minutes ahead of universal time.
    pub fn minutes(self) -> i16 {
        self.minutes
    }

    /// The zone's letter; `None` for half hours and for +13 and +14.
    pub fn letter(self) -> Option<char> {
        let hours = self.minutes / 60 + 12;
        let whole = self.minutes % 60 == 0;
        let place = usize::try_from(hours).ok().filter(|_| whole)?;
        ZONES.chars().nth(place)
    }
}

impl fmt::Display for UtcOffset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minutes < 0 { '-' } else { '+' };
        let minutes = self.minutes.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl FromStr for UtcOffset {
    type Err = NotAnOffset;

    /// Reads `+09:00` or a zone letter.
    fn from_str(text: &str) -> Result<Self, NotAnOffset> {
        let bad = || NotAnOffset(text.to_owned());
        let mut letters = text.chars();
        if let (Some(letter), None) = (letters.next(), letters.next()) {
            return Self::from_letter(letter).ok_or_else(bad);
        }
        let (sign, clock) = match text.as_bytes().first() {
            Some(b'+') => (1, &text[1..]),
            Some(b'-') => (-1, &text[1..]),
            _ => return Err(bad()),
        };
        let time: Time = clock.parse().map_err(|_| bad())?;
        let minutes = i32::from(time.hour()) * 60 + i32::from(time.minute());
        Self::from_minutes(sign * minutes).ok_or_else(bad)
    }
}

/// The date-time group of a local date and time: day and time, zone, month, year
/// (`271000I JUL 53`).
///
/// A zone without a letter is given in universal time. `None` only if that falls outside
/// the years 1 to 9999.
pub fn date_time_group(date: Date, time: Time, offset: UtcOffset) -> Option<String> {
    let (date, time, letter) = match offset.letter() {
        Some(letter) => (date, time, letter),
        None => {
            let (date, time) = to_zulu(date, time, offset)?;
            (date, time, 'Z')
        }
    };
    let month = MONTHS.get(usize::from(date.month()) - 1)?.get(..3)?.to_ascii_uppercase();
    Some(format!("{:02}{time}{letter} {month} {:02}", date.day(), date.year() % 100))
}

/// A local time in universal time.
fn to_zulu(date: Date, time: Time, offset: UtcOffset) -> Option<(Date, Time)> {
    let local = i64::from(time.hour()) * 60 + i64::from(time.minute());
    let zulu = local - i64::from(offset.minutes);
    let date = date.plus_days(zulu.div_euclid(1440))?;
    let minutes = zulu.rem_euclid(1440);
    let hour = u8::try_from(minutes / 60).ok()?;
    let minute = u8::try_from(minutes % 60).ok()?;
    Some((date, Time::new(hour, minute)?))
}

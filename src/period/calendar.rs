//! Old Style: the Julian calendar of England and her colonies, with its year from Lady Day.
//!
//! Calendar arithmetic after E. G. Richards, "Calendars", in the Explanatory Supplement to
//! the Astronomical Almanac, 3rd ed. (2013), 15.11.

use core::fmt;

use super::date::{Date, Day};

/// The first day of the new calendar in the British dominions (24 Geo. II c. 23).
const NEW_STYLE: Day = (1752, 9, 14);

/// A day as the English wrote it: by the Julian calendar to 2 September 1752, by the
/// Gregorian from 14 September. The year is counted from 1 January.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JulianDate {
    /// The year from 1 January; 0 is the year before the year 1.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month; 29 February 1700 is one.
    pub day: u8,
}

/// A day of our calendar as the English wrote it.
pub fn old_style(date: Date) -> JulianDate {
    let (year, month, day) = date.ymd();
    if date.ymd() >= NEW_STYLE {
        return JulianDate { year: i32::from(year), month, day };
    }
    julian_from_day(day_number(date))
}

impl JulianDate {
    /// The year as the English wrote it: before 25 March both years, "1731/2".
    pub fn dual_year(self) -> String {
        let Self { year, month, day } = self;
        if !(1..1752).contains(&year) || (month, day) >= (3, 25) {
            return year.to_string();
        }
        let before = year - 1;
        if year % 100 == 0 {
            format!("{before}/{year}")
        } else if year % 10 == 0 {
            format!("{before}/{:02}", year % 100)
        } else {
            format!("{before}/{}", year % 10)
        }
    }

    /// The year that is counted from 25 March, as law and church counted to 1751.
    pub fn legal_year(self) -> i32 {
        let Self { year, month, day } = self;
        year - i32::from((1..1752).contains(&year) && (month, day) < (3, 25))
    }

    /// The day in our calendar; `None` if there is no such day, or it lies outside the
    /// years 1 to 9999.
    pub fn to_gregorian(self) -> Option<Date> {
        let Self { year, month, day } = self;
        let number = if (year, month, day) >= (1752, 9, 14) {
            return Date::new(year, month.into(), day.into()).ok();
        } else if (year, month, day) > (1752, 9, 2) || year < 0 {
            return None;
        } else {
            day_from_julian(i64::from(year), i64::from(month), i64::from(day))
        };
        // A day that does not exist comes back as another one.
        if julian_from_day(number) != self {
            return None;
        }
        let origin = Date::new(1, 1, 1).ok()?;
        origin.plus_days(number - day_number(origin))
    }
}

impl fmt::Display for JulianDate {
    /// ISO's order: `1732-02-11`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// The Julian day number of a Gregorian date.
fn day_number(date: Date) -> i64 {
    let (year, month, day) = date.ymd();
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let shift = (month - 14) / 12;
    (1461 * (year + 4800 + shift)) / 4 + (367 * (month - 2 - 12 * shift)) / 12
        - (3 * ((year + 4900 + shift) / 100)) / 4
        + day
        - 32075
}

/// The Julian day number of a Julian date from the year −4712 on.
fn day_from_julian(year: i64, month: i64, day: i64) -> i64 {
    367 * year - (7 * (year + 5001 + (month - 9) / 7)) / 4
        + (275 * month) / 9
        + day
        + 1_729_777
}

/// The Julian date of a Julian day number.
fn julian_from_day(number: i64) -> JulianDate {
    let f = number + 1401;
    let e = 4 * f + 3;
    let g = e % 1461 / 4;
    let h = 5 * g + 2;
    let day = h % 153 / 5 + 1;
    let month = (h / 153 + 2) % 12 + 1;
    let year = e / 1461 - 4716 + (14 - month) / 12;
    JulianDate { year: year as i32, month: month as u8, day: day as u8 }
}

//! Dates, times and years.

use minijinja::Error;
use minijinja::value::{Kwargs, Value as Seen};

use super::number::{ordinals, years};
use super::{Filtered, named, refuse, tens};
use crate::period::{
    Date, DateStyle, Era, Language, Spelling, Time, TimeStyle, date_time_group,
    format_date, format_old_style, independence_year, month_name, offset_at, regnal_year,
    sexagenary_year, weekday_name,
};

/// Reads a date.
fn read(text: &str) -> Result<Date, Error> {
    text.trim().parse().map_err(|_| refuse(format!("`{text}` is not a date")))
}

/// Reads a time of day.
fn read_time(text: &str) -> Result<Time, Error> {
    named::<Time>(text.trim())
}

/// `{{ day | date("words", tens="open") }}`; without a style the usual one.
/// `calendar="old-style"` has it as the English wrote it before 1752.
pub(super) fn date(
    text: &str,
    style: Option<&str>,
    given: &Kwargs,
    language: Language,
) -> Filtered {
    let date = read(text)?;
    let style = match (style, language) {
        (Some(name), _) => named(name)?,
        (None, Language::English) => DateStyle::DayMonthYear,
        (None, Language::Korean) => DateStyle::Korean,
        (None, Language::Chinese) => DateStyle::Chinese,
    };
    let spelling =
        Spelling { tens: tens(given)?, ordinals: ordinals(given)?, years: years(given)? };
    let calendar = given.get::<Option<&str>>("calendar")?;
    given.assert_all_used()?;
    match calendar {
        None | Some("new-style") => {
            format_date(date, style, spelling).map_err(|error| refuse(error.to_string()))
        }
        Some("old-style") => format_old_style(date, style, spelling).ok_or_else(|| {
            refuse(format!("dates of the old style are English, not {style}"))
        }),
        Some(other) => {
            Err(refuse(format!("a calendar is new-style or old-style, not {other}")))
        }
    }
}

/// `{{ hour | time("military") }}`
pub(super) fn time(text: &str, style: &str) -> Filtered {
    Ok(read_time(text)?.format(named::<TimeStyle>(style)?))
}

/// `{{ day | date_time_group(hour, "Asia/Seoul") }}`: 271000I JUL 53. The zone is a letter,
/// an offset such as +09:00, or a place, whose clocks of that day count.
pub(super) fn group(day: &str, hour: &str, zone: &str) -> Filtered {
    let (day, hour) = (read(day)?, read_time(hour)?);
    let offset = match zone.contains('/') {
        true => offset_at(zone, day, hour)
            .ok_or_else(|| refuse(format!("no clocks are known of {zone}")))?,
        false => named(zone)?,
    };
    date_time_group(day, hour, offset)
        .ok_or_else(|| refuse(format!("{day} has no date-time group")))
}

/// `{{ day | era("dangi") }}`: 4286.
pub(super) fn era(day: &str, name: &str) -> Result<u16, Error> {
    named::<Era>(name)?.year_of(read(day)?).map_err(|error| refuse(error.to_string()))
}

/// `{{ day | sexagenary }}`: 癸巳, in Korean 계사; of a date or a year.
pub(super) fn sexagenary(of: &Seen, language: Language) -> Filtered {
    let year = match of.as_str() {
        Some(text) => read(text)?.year().into(),
        None => i32::try_from(of.clone())?,
    };
    let name = sexagenary_year(year);
    Ok(if language == Language::Korean { name.hangul() } else { name.characters() })
}

/// `{{ day | regnal_year }}`: 23 Geo. III.
pub(super) fn regnal(day: &str) -> Filtered {
    let found = regnal_year(read(day)?);
    let year = found.ok_or_else(|| refuse(format!("{day} has no regnal year")))?;
    Ok(year.to_string())
}

/// `{{ day | independence_year | ordinal }}`: eighty-seventh.
pub(super) fn independence(day: &str) -> Result<u16, Error> {
    independence_year(read(day)?)
        .ok_or_else(|| refuse(format!("{day} lies before 4 July 1776")))
}

/// `{{ day | month }}`: July, 7월, 七月.
pub(super) fn month(day: &str, language: Language) -> Filtered {
    let name = month_name(read(day)?.month(), language);
    Ok(name.unwrap_or_default().to_owned())
}

/// `{{ day | weekday }}`: Monday, 월요일, 星期一.
pub(super) fn weekday(day: &str, language: Language) -> Filtered {
    Ok(weekday_name(read(day)?.weekday(), language).to_owned())
}

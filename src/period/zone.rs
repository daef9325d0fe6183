//! The clocks of a place on a day, summer time included, from the time zone database.

use jiff::tz::TimeZoneDatabase;

use super::date::Date;
use super::dtg::UtcOffset;
use super::time::Time;

/// How far the clocks of a place, `Asia/Seoul`, were ahead of universal time. Local mean
/// time counts to the minute; of an hour that came twice the first is meant. `None` for a
/// place that the database does not know.
pub fn offset_at(place: &str, date: Date, time: Time) -> Option<UtcOffset> {
    let zone = TimeZoneDatabase::bundled().get(place).ok()?;
    let (year, month, day) = date.ymd();
    let clock = jiff::civil::DateTime::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
        i8::try_from(time.hour()).ok()?,
        i8::try_from(time.minute()).ok()?,
        0,
        0,
    );
    let zoned = zone.to_ambiguous_zoned(clock.ok()?).compatible().ok()?;
    UtcOffset::from_minutes((zoned.offset().seconds() + 30).div_euclid(60))
}

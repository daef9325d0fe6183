//! The day of making, taken once: the only place that looks at a clock.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::diag::{Diagnostic, Place, Result};
use crate::period::Date;

/// The variable of reproducible-builds.org/specs/source-date-epoch.
const EPOCH: &str = "SOURCE_DATE_EPOCH";

/// Seconds in a day.
const DAY: i64 = 86_400;

/// The day in UTC: that of SOURCE_DATE_EPOCH, or today.
pub(super) fn day_of_making() -> Result<Date> {
    let seconds = match std::env::var_os(EPOCH) {
        Some(text) => text.to_str().and_then(|text| text.parse::<i64>().ok()),
        None => {
            // Before 1970 only when the clock is wrong; then the first day will do.
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_secs()).ok()
        }
    };
    let day = seconds.and_then(|s| Date::from_unix_day(s.div_euclid(DAY)));
    day.ok_or_else(|| {
        let message = "the day of making is not a number of seconds since 1970";
        Diagnostic::usage("source-date-epoch", message)
            .at(Place::whole(EPOCH))
            .hint("set it as `date +%s` writes it, unset it, or use --made 2026-11-23")
            .into()
    })
}

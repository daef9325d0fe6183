//! How the past wrote its dates, numbers, money and letters: plain functions.
//!
//! Everything here is exact and total: a value that a style cannot express comes back as
//! `None` or as an error that says why, never as a near miss and never as a panic.

mod calendar;
mod capitals;
mod cjk;
mod contract;
mod counter;
mod date;
mod dtg;
mod era;
mod guess;
mod josa;
mod label;
mod language;
mod list;
mod long_s;
mod money;
mod names;
mod numbers;
mod regnal;
mod roman;
mod time;
mod words;
mod zone;

pub use calendar::{JulianDate, old_style};
pub use capitals::{capital_nouns, is_capital_noun};
pub use cjk::{CjkStyle, cjk_number};
pub use contract::{Contracted, Contraction, contract};
pub use counter::Counter;
pub use date::{Date, DateFault, NotADate, Weekday};
pub use dtg::{NotAnOffset, UtcOffset, date_time_group};
pub use era::{Era, NoEraYear, Sexagenary, japanese_era, korean_era, sexagenary_year};
pub use josa::{NotAParticle, Particle, josa, with_josa};
pub use label::{Label, NotALabel};
pub use language::{Language, NotALanguage};
pub use list::{SerialComma, join_list};
pub use long_s::{FragmentEnd, LongS, fold_long_s, long_s};
pub use money::{KoreanCurrency, LsdStyle, Sterling, WonStyle, korean_amount};
pub use names::UnknownName;
pub use numbers::{
    Division, OrdinalStyle, Tens, YearStyle, cardinal, division, group_digits, ordinal,
    ordinal_short, treaty_number, year_words,
};
pub use regnal::{RegnalYear, independence_year, regnal_year};
pub use roman::{RomanStyle, roman};
pub use time::{NotATime, Time, TimeStyle};
pub(crate) use words::MONTHS;
pub use words::{
    DateStyle, Spelling, format_date, format_old_style, month_name, weekday_name,
};
pub use zone::offset_at;

//! Rules of period: dates, numbers and counters as documents of the time wrote them.
//! Plain functions, tested by vectors; the only place that names jiff.

mod cjk;
mod counter;
mod date;
mod josa;
mod list;
mod numbers;

pub use cjk::{hanja, hanja_digits, hangul_number};
pub use counter::Counter;
pub use date::{Date, DateStyle, NotADate};
pub use josa::with_particle;
pub use list::join;
pub use numbers::{cardinal_words, ordinal_short, ordinal_words, roman, treaty_number};

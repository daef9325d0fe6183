//! Filters: the rules of period under names a template can use. Each knows the language
//! of the text.

mod clause;
mod date;
mod number;
mod reference;
mod text;

use core::str::FromStr;

use minijinja::value::{Kwargs, Value as Seen};
use minijinja::{Environment, Error, ErrorKind};

use crate::lang::Lang;
use crate::period::{Language, Tens};

pub(super) use reference::{Piece, Pieces};

/// The result of a filter.
type Filtered = Result<String, Error>;

/// Adds the filters for a language. One whose rules of period are unknown (French, say)
/// has English ones.
pub(super) fn add(environment: &mut Environment<'static>, lang: Lang) {
    let language = Language::from_str(lang.as_str()).unwrap_or(Language::English);
    dates(environment, language);
    numbers(environment, language);
    texts(environment, language);
}

/// Adds the filters of dates and times.
fn dates(environment: &mut Environment<'static>, language: Language) {
    environment.add_filter(
        "date",
        move |text: &str, style: Option<&str>, named: Kwargs| {
            date::date(text, style, &named, language)
        },
    );
    environment.add_filter("time", date::time);
    environment.add_filter("date_time_group", date::group);
    environment.add_filter("era", date::era);
    environment
        .add_filter("sexagenary", move |text: &Seen| date::sexagenary(text, language));
    environment.add_filter("regnal_year", date::regnal);
    environment.add_filter("independence_year", date::independence);
    environment.add_filter("month", move |text: &str| date::month(text, language));
    environment.add_filter("weekday", move |text: &str| date::weekday(text, language));
}

/// Adds the filters of numbers and money.
fn numbers(environment: &mut Environment<'static>, language: Language) {
    use crate::period::{Division, treaty_number};
    environment.add_filter("counter", number::counter);
    environment.add_filter("treaty_number", move |n: u64| treaty_number(n, language));
    environment.add_filter("cardinal", move |n: u64, named: Kwargs| {
        number::cardinal_words(n, &named, language)
    });
    environment.add_filter("ordinal", move |n: u64, named: Kwargs| {
        number::ordinal_words(n, &named, language)
    });
    environment
        .add_filter("ordinal_short", |n: u64, named: Kwargs| number::short(n, &named));
    environment.add_filter("year_words", |n: u64, named: Kwargs| number::year(n, &named));
    environment.add_filter("numeral", number::numeral);
    environment.add_filter("grouped", crate::period::group_digits);
    environment.add_filter("sterling", number::sterling);
    environment.add_filter("won", number::won);
    environment.add_filter("article", move |n: u64, marks: Option<Seen>| {
        clause::article(n, marks.as_ref(), language)
    });
    environment.add_filter("paragraph", move |n: u64| {
        number::numbered(Division::Paragraph, n, language)
    });
    environment.add_filter("label", clause::label);
    environment.add_filter("clauses", move |paragraphs: Vec<Seen>, named: Kwargs| {
        clause::clauses(&paragraphs, &named, language)
    });
}

/// Adds the filters of words.
fn texts(environment: &mut Environment<'static>, language: Language) {
    environment.add_filter("list", move |items: Vec<Seen>, named: Kwargs| {
        text::list(&items, &named, language)
    });
    environment.add_filter("join", |items: Vec<Seen>, between: Option<&str>| {
        text::join(&items, between)
    });
    environment.add_filter("refer", |text: &Seen| reference::refer(text));
    environment.add_filter("contracted", reference::contracted);
    environment.add_filter("alphabetical", |items: Vec<Seen>| text::alphabetical(&items));
    environment.add_filter("lot", |items: Vec<Seen>, seed: u64| text::lot(items, seed));
    environment.add_filter("initials", text::initials);
    environment.add_filter("josa", text::with_particle);
    environment.add_filter("particle", text::particle_alone);
}

/// An error about a value or an argument.
fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into())
}

/// Reads a name, an unknown one with its own message.
fn named<T: FromStr<Err: core::fmt::Display>>(name: &str) -> Result<T, Error> {
    name.parse().map_err(|error: T::Err| refuse(error.to_string()))
}

/// `tens="open"`: whether "twenty-four" has a hyphen.
fn tens(given: &Kwargs) -> Result<Tens, Error> {
    match given.get::<Option<&str>>("tens")? {
        Some("open") => Ok(Tens::Open),
        Some("hyphenated") | None => Ok(Tens::Hyphenated),
        Some(other) => Err(refuse(format!("tens are open or hyphenated, not {other}"))),
    }
}

//! What a date that is not in ISO form was probably meant to say.

use super::date::{Date, read_iso};
use super::words::MONTHS;

/// Longer texts are not read: no way of writing a date needs so much.
const LONGEST: usize = 80;

/// One piece of a date in free form.
#[derive(Clone, Copy, Debug)]
enum Token {
    /// A number and how many digits write it.
    Number(i32, usize),
    /// The name of a month, by its number.
    Month(i32),
}

/// The date a text most likely means, and the other one if day and month are in doubt.
///
/// Two digits are taken for a year of the twentieth century, which most users of this
/// program mean; the suggestion is shown to them, never used in silence.
pub(super) fn guess_date(text: &str) -> (Option<Date>, Option<Date>) {
    let trimmed = text.trim();
    if trimmed.len() > LONGEST {
        return (None, None);
    }
    // A date with a time after it: 1953-07-27T10:00 or 1953-07-27 10:00.
    if let Some(date) = trimmed.get(..10).and_then(|head| read_iso(head).ok()) {
        let rest = trimmed.get(10..).unwrap_or_default();
        if rest.is_empty() || rest.starts_with(['T', 't', ' ']) {
            return (Some(date), None);
        }
    }
    let Some(tokens) = read_tokens(trimmed) else { return (None, None) };
    arrange(&tokens)
}

/// Puts the pieces in their places.
fn arrange(tokens: &[Token]) -> (Option<Date>, Option<Date>) {
    use Token::{Month, Number};
    let only = |year, month, day| (Date::new(year, month, day).ok(), None);
    match *tokens {
        [Number(n, 8)] => only(n / 10_000, n / 100 % 100, n % 100),
        [Number(year, 4), Number(month, 1..=2), Number(day, 1..=2)] => {
            let plain = Date::new(year, month, day);
            (plain.or_else(|_| Date::new(year, day, month)).ok(), None)
        }
        [Number(first, 1..=2), Number(second, 1..=2), Number(year, size)] => {
            let Some(year) = full_year(year, size) else { return (None, None) };
            // Most of the world puts the day first; the reading with the month first is
            // kept beside it.
            let day_first = Date::new(year, second, first).ok();
            let month_first = Date::new(year, first, second).ok();
            match (day_first, month_first) {
                (Some(date), other) => (Some(date), other.filter(|other| *other != date)),
                (None, other) => (other, None),
            }
        }
        [Number(day, 1..=2), Month(month), Number(year, size)]
        | [Month(month), Number(day, 1..=2), Number(year, size)] => {
            full_year(year, size).map_or((None, None), |year| only(year, month, day))
        }
        [Number(year, 4), Month(month), Number(day, 1..=2)] => only(year, month, day),
        _ => (None, None),
    }
}

/// A year of four digits as it stands, one of two in the twentieth century.
fn full_year(year: i32, digits: usize) -> Option<i32> {
    match digits {
        2 => Some(1900 + year),
        4 => Some(year),
        _ => None,
    }
}

/// Takes a text apart into numbers and months; `None` if it holds anything else.
fn read_tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let kind = kind_of(first);
        let end = rest.find(|c| kind_of(c) != kind).unwrap_or(rest.len());
        let (piece, tail) = rest.split_at(end);
        match kind {
            Kind::Digit => tokens.push(Token::Number(piece.parse().ok()?, piece.len())),
            Kind::Letter if is_filler(piece) => {}
            Kind::Letter => tokens.push(Token::Month(month_number(piece)?)),
            Kind::Mark => {}
        }
        rest = tail;
    }
    Some(tokens)
}

/// What a character of a date is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A figure.
    Digit,
    /// Part of a word.
    Letter,
    /// What stands between.
    Mark,
}

/// What this character is.
fn kind_of(c: char) -> Kind {
    if c.is_ascii_digit() {
        Kind::Digit
    } else if c.is_alphabetic() {
        Kind::Letter
    } else {
        Kind::Mark
    }
}

/// Words that say nothing about the date: ordinal endings, articles, days of the week.
fn is_filler(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    matches!(
        word.as_str(),
        "st" | "nd"
            | "rd"
            | "th"
            | "d"
            | "of"
            | "the"
            | "day"
            | "ad"
            | "mon"
            | "monday"
            | "tue"
            | "tues"
            | "tuesday"
            | "wed"
            | "wednesday"
            | "thu"
            | "thur"
            | "thurs"
            | "thursday"
            | "fri"
            | "friday"
            | "sat"
            | "saturday"
            | "sun"
            | "sunday"
            | "년"
            | "월"
            | "일"
            | "年"
            | "月"
            | "日"
    )
}

/// The month an English name or its beginning (three letters at least) stands for.
fn month_number(word: &str) -> Option<i32> {
    let word = word.to_ascii_lowercase();
    if word.len() < 3 {
        return None;
    }
    let starts = |name: &&str| name.to_ascii_lowercase().starts_with(&word);
    let index = MONTHS.iter().position(starts)?;
    i32::try_from(index + 1).ok()
}

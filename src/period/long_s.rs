//! The long s of English print and hands.
//!
//! Rules after A. West, "The Rules for Long S", TUGboat 32:1 (2011), 47–55. Other languages
//! have other rules. Abbreviations that keep the long s before a point (`ſ.` for
//! substantive) need it in the text: a long s that is already there is left alone.

use super::names::named;

/// Which usage of the long s a text follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LongS {
    /// None: print from 1800, hands from about 1860.
    Off,
    /// Print to 1749: round before b and k.
    Early,
    /// Print from 1750 to 1799: long before b and k.
    Late,
    /// Hands of about 1780 to 1860: the first of two (Congreſs), no other.
    FirstOfTwo,
}

/// The usages by name.
const NAMES: &[(&str, LongS)] = &[
    ("off", LongS::Off),
    ("early", LongS::Early),
    ("late", LongS::Late),
    ("first-of-two", LongS::FirstOfTwo),
];
named!(LongS, "usage of long s", NAMES);

impl LongS {
    /// The usage of English print in a year.
    pub fn of_print(year: u16) -> Self {
        match year {
            0..1750 => Self::Early,
            1750..1800 => Self::Late,
            _ => Self::Off,
        }
    }

    /// The usage of English hands in a year.
    pub fn of_hands(year: u16) -> Self {
        match year {
            0..1780 => Self::of_print(year),
            1780..1860 => Self::FirstOfTwo,
            _ => Self::Off,
        }
    }
}

/// What stands after a piece of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FragmentEnd {
    /// The end of a word, or nothing.
    Word,
    /// A hyphen that the line break has put into a word: an s before it is long always.
    LineHyphen,
}

/// A text with its long s.
///
/// A fragment that follows a hyphen of the line break is a text of its own: its first s is
/// long as at the beginning of a word. Every s stays one character, so places in the text
/// counted in characters still hold.
pub fn long_s(text: &str, usage: LongS, end: FragmentEnd) -> String {
    if usage == LongS::Off {
        return text.to_owned();
    }
    // A soft hyphen is no letter of the word.
    let letters: Vec<char> = text.chars().filter(|c| *c != SOFT_HYPHEN).collect();
    let last = letters.iter().rposition(|c| *c != '-');
    let mut written = String::with_capacity(text.len() + 8);
    let mut place = 0;
    for c in text.chars() {
        let at_break = end == FragmentEnd::LineHyphen && Some(place) == last;
        let long = c == 's' && is_long(&letters, place, usage, at_break);
        written.push(if long { 'ſ' } else { c });
        place += usize::from(c != SOFT_HYPHEN);
    }
    written
}

/// The hyphen that shows only at a break.
const SOFT_HYPHEN: char = '\u{ad}';

/// Whether the s at a place is long.
fn is_long(letters: &[char], place: usize, usage: LongS, at_break: bool) -> bool {
    let before = |steps: usize| place.checked_sub(steps).and_then(|at| letters.get(at));
    let next = letters.get(place + 1);
    let after_s = matches!(before(1), Some('s'));
    if usage == LongS::FirstOfTwo {
        return next == Some(&'s') && !after_s;
    }
    if at_break {
        return true;
    }
    let Some(next) = next.filter(|c| c.is_alphabetic()) else { return false };
    // A solid compound such as croſsſtitch keeps the round s of its first part.
    let middle_of_three = after_s && *next == 's';
    let beside_f = *next == 'f' || matches!(before(1), Some('f'));
    let early_round = usage == LongS::Early && matches!(next, 'b' | 'k');
    !(middle_of_three || beside_f || early_round)
}

/// The text as it is searched and copied: every ſ an s.
pub fn fold_long_s(text: &str) -> String {
    text.replace('ſ', "s")
}

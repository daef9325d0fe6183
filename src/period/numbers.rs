//! Numbers in words and ordinals, with British "and".

use super::cjk::{CjkStyle, cjk_number};
use super::language::Language;
use super::names::named;
use super::roman::{RomanStyle, roman};

/// Zero to nineteen.
const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
/// The tens.
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
/// The powers of a thousand, on the short scale.
const SCALES: [&str; 7] =
    ["", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"];
/// Ordinals that are not their cardinal with "th".
const ODD_ORDINALS: [(&str, &str); 8] = [
    ("one", "first"),
    ("two", "second"),
    ("three", "third"),
    ("five", "fifth"),
    ("eight", "eighth"),
    ("nine", "ninth"),
    ("twelve", "twelfth"),
    ("zero", "zeroth"),
];

/// How "twenty-seven" is joined.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tens {
    /// "twenty-seven"
    #[default]
    Hyphenated,
    /// "twenty seven", as in the treaty of Ghent.
    Open,
}

/// How short ordinals end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum OrdinalStyle {
    /// "2nd", "3rd"
    #[default]
    Modern,
    /// "2d", "3d": the eighteenth century, and American law and army to the 1960s.
    Legal,
}

/// How a year is put in words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum YearStyle {
    /// "one thousand seven hundred and eighty-three"
    #[default]
    Full,
    /// "seventeen hundred and eighty-three"
    Hundreds,
}

/// A number in words: "one hundred and five".
pub fn cardinal(n: u64, tens: Tens) -> String {
    if n < 1000 {
        return under_thousand(n as usize, tens);
    }
    let mut words: Vec<String> = Vec::new();
    for (power, scale) in SCALES.iter().enumerate().rev() {
        let group = (n / 1000_u64.pow(power as u32) % 1000) as usize;
        match (group, power) {
            (0, _) => {}
            (1..100, 0) => words.push(format!("and {}", under_thousand(group, tens))),
            (_, 0) => words.push(under_thousand(group, tens)),
            _ => words.push(format!("{} {scale}", under_thousand(group, tens))),
        }
    }
    words.join(" ")
}

/// A number under a thousand in words.
fn under_thousand(n: usize, tens: Tens) -> String {
    let joint = if tens == Tens::Hyphenated { "-" } else { " " };
    match n {
        0..20 => ONES[n].to_owned(),
        20..100 if n.is_multiple_of(10) => TENS[n / 10].to_owned(),
        20..100 => format!("{}{joint}{}", TENS[n / 10], ONES[n % 10]),
        _ if n.is_multiple_of(100) => format!("{} hundred", ONES[n / 100]),
        _ => format!("{} hundred and {}", ONES[n / 100], under_thousand(n % 100, tens)),
    }
}

/// An ordinal in words: "one hundred and first".
pub fn ordinal(n: u64, tens: Tens) -> String {
    let words = cardinal(n, tens);
    let start = words.rfind([' ', '-']).map_or(0, |place| place + 1);
    let (head, last) = words.split_at(start);
    let odd = ODD_ORDINALS.iter().find(|(cardinal, _)| *cardinal == last);
    match (odd, last.strip_suffix('y')) {
        (Some((_, ordinal)), _) => format!("{head}{ordinal}"),
        (None, Some(stem)) => format!("{head}{stem}ieth"),
        (None, None) => format!("{head}{last}th"),
    }
}

/// An ordinal in figures: "27th", and "22nd" or "22d".
pub fn ordinal_short(n: u64, style: OrdinalStyle) -> String {
    let ending = match (n % 100, n % 10, style) {
        (11..=13, _, _) | (_, 0 | 4..=9, _) => "th",
        (_, 1, _) => "st",
        (_, _, OrdinalStyle::Legal) => "d",
        (_, 2, OrdinalStyle::Modern) => "nd",
        (_, _, OrdinalStyle::Modern) => "rd",
    };
    format!("{n}{ending}")
}

/// A year in words; by hundreds only from 100 to 9999, where that way of counting is used.
pub fn year_words(year: u64, style: YearStyle, tens: Tens) -> String {
    if style == YearStyle::Full || !(100..10_000).contains(&year) {
        return cardinal(year, tens);
    }
    let hundreds = cardinal(year / 100, tens);
    match year % 100 {
        0 => format!("{hundreds} hundred"),
        rest => format!("{hundreds} hundred and {}", cardinal(rest, tens)),
    }
}

/// A number as treaties write it: "seventy-two (72)", `72`, 七十二.
pub fn treaty_number(n: u64, language: Language) -> String {
    match language {
        Language::English => format!("{} ({n})", cardinal(n, Tens::Hyphenated)),
        Language::Korean => n.to_string(),
        Language::Chinese => cjk_number(n, CjkStyle::Chinese),
    }
}

/// Figures in groups of three: "320,000".
pub fn group_digits(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A numbered part of a treaty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Division {
    /// "Article IV", 제4조, 第四條.
    Article,
    /// "Paragraph 4", 제4항, 第四款.
    Paragraph,
}

/// The divisions by name.
const DIVISIONS: &[(&str, Division)] =
    &[("article", Division::Article), ("paragraph", Division::Paragraph)];
named!(Division, "division", DIVISIONS);

/// A division with its number as the language writes it; `None` for zero and for an
/// English article past 3999.
pub fn division(kind: Division, n: u64, language: Language) -> Option<String> {
    if n == 0 {
        return None;
    }
    let chinese = || cjk_number(n, CjkStyle::Chinese);
    Some(match (kind, language) {
        (Division::Article, Language::English) => {
            format!("Article {}", roman(n, RomanStyle::Upper)?)
        }
        (Division::Article, Language::Korean) => format!("제{n}조"),
        (Division::Article, Language::Chinese) => format!("第{}條", chinese()),
        (Division::Paragraph, Language::English) => format!("Paragraph {n}"),
        (Division::Paragraph, Language::Korean) => format!("제{n}항"),
        (Division::Paragraph, Language::Chinese) => format!("第{}款", chinese()),
    })
}

//! Numbers in English words and in Roman figures.

use super::cjk::hanja;
use crate::lang::Lang;

/// The words below twenty.
const ONES: [&str; 20] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
];
/// The words of the tens.
const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];
/// The words of the thousands.
const GROUPS: [&str; 7] =
    ["", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"];

/// A number in words, with the British "and": `one hundred and one`.
///
/// `hyphens` joins tens and ones: `twenty-four`, else `twenty four` as in 1814.
pub fn cardinal_words(number: u64, hyphens: bool) -> String {
    if number == 0 {
        return ONES[0].to_owned();
    }
    let mut groups = Vec::new();
    let mut rest = number;
    while rest > 0 {
        groups.push((rest % 1000) as usize);
        rest /= 1000;
    }
    let mut words: Vec<String> = Vec::new();
    for (power, &group) in groups.iter().enumerate().rev() {
        if group == 0 {
            continue;
        }
        if power == 0 && group < 100 && !words.is_empty() {
            words.push("and".to_owned());
        }
        words.push(below_thousand(group, hyphens));
        if power > 0 {
            words.push(GROUPS[power].to_owned());
        }
    }
    words.join(" ")
}

/// A number below a thousand in words.
fn below_thousand(number: usize, hyphens: bool) -> String {
    let (hundreds, rest) = (number / 100, number % 100);
    let small = match rest {
        0..=19 => ONES[rest].to_owned(),
        _ if rest % 10 == 0 => TENS[rest / 10].to_owned(),
        _ => {
            let joint = if hyphens { "-" } else { " " };
            format!("{}{joint}{}", TENS[rest / 10], ONES[rest % 10])
        }
    };
    match (hundreds, rest) {
        (0, _) => small,
        (_, 0) => format!("{} hundred", ONES[hundreds]),
        _ => format!("{} hundred and {small}", ONES[hundreds]),
    }
}

/// An ordinal in words: `twenty-first`, `one hundred and first`.
pub fn ordinal_words(number: u64) -> String {
    let words = cardinal_words(number, true);
    let at = words.rfind([' ', '-']).map_or(0, |i| i + 1);
    let (before, last) = words.split_at(at);
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        word => match word.strip_suffix('y') {
            Some(stem) => format!("{stem}ieth"),
            None => format!("{word}th"),
        },
    };
    format!("{before}{last}")
}

/// An ordinal in figures: `1st 2nd 3rd`, or after the use of the law and the United
/// States Army `1st 2d 3d`.
pub fn ordinal_short(number: u64, legal: bool) -> String {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => if legal { "d" } else { "nd" },
        (3, _) => if legal { "d" } else { "rd" },
        _ => "th",
    };
    format!("{number}{suffix}")
}

/// A number in Roman figures, 1 to 3999.
pub fn roman(number: u64) -> Option<String> {
    /// Values and their signs, greatest first.
    const SIGNS: [(u64, &str); 13] = [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
        (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ];
    if !(1..=3999).contains(&number) {
        return None;
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            out.push_str(sign);
            rest -= value;
        }
    }
    Some(out)
}

/// A number as treaties write it: `seventy-two (72)`, 72, 七十二.
pub fn treaty_number(number: u64, lang: Lang) -> String {
    match lang.primary() {
        "ko" => number.to_string(),
        "zh" => hanja(number),
        _ => format!("{} ({number})", cardinal_words(number, true)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_follow_british_use() {
        assert_eq!(cardinal_words(1953, true), "one thousand nine hundred and fifty-three");
        assert_eq!(cardinal_words(1001, true), "one thousand and one");
        assert_eq!(cardinal_words(24, false), "twenty four");
        assert!(cardinal_words(u64::MAX, true).starts_with("eighteen quintillion"));
        assert_eq!(ordinal_words(101), "one hundred and first");
        assert_eq!(ordinal_words(20), "twentieth");
        assert_eq!(ordinal_short(23, true), "23d");
        assert_eq!(ordinal_short(12, true), "12th");
        assert_eq!(treaty_number(72, Lang::EN), "seventy-two (72)");
        assert_eq!(treaty_number(72, Lang::ZH), "七十二");
    }

    #[test]
    fn roman_figures_are_bounded_and_distinct() {
        let all: std::collections::BTreeSet<_> = (1..=3999).filter_map(roman).collect();
        assert_eq!(all.len(), 3999);
        assert_eq!(roman(1953).as_deref(), Some("MCMLIII"));
        assert_eq!((roman(0), roman(4000)), (None, None));
    }
}

//! Roman numerals as printers and clerks wrote them.

use super::names::named;

/// How Roman numerals are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RomanStyle {
    /// `XIV`
    Upper,
    /// `xiv`
    Lower,
    /// `XIIII`, `DCCCC`: without subtraction, as on title pages.
    Additive,
    /// `xiij`: small, with the last i drawn out, as in hands to about 1800.
    FinalJ,
}

/// The styles by name.
const NAMES: &[(&str, RomanStyle)] = &[
    ("upper", RomanStyle::Upper),
    ("lower", RomanStyle::Lower),
    ("additive", RomanStyle::Additive),
    ("final-j", RomanStyle::FinalJ),
];
named!(RomanStyle, "roman style", NAMES);

/// The signs with subtraction.
const SUBTRACTIVE: &[(u64, &str)] = &[
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
];
/// The signs without subtraction.
const ADDITIVE: &[(u64, &str)] =
    &[(1000, "M"), (500, "D"), (100, "C"), (50, "L"), (10, "X"), (5, "V"), (1, "I")];

/// A number from 1 to 3999 in Roman numerals; `None` beyond.
pub fn roman(n: u64, style: RomanStyle) -> Option<String> {
    if !(1..=3999).contains(&n) {
        return None;
    }
    let signs = if style == RomanStyle::Additive { ADDITIVE } else { SUBTRACTIVE };
    let mut numeral = String::new();
    let mut rest = n;
    for (value, sign) in signs {
        while rest >= *value {
            numeral.push_str(sign);
            rest -= value;
        }
    }
    match style {
        RomanStyle::Upper | RomanStyle::Additive => {}
        RomanStyle::Lower => numeral.make_ascii_lowercase(),
        RomanStyle::FinalJ => {
            numeral.make_ascii_lowercase();
            if numeral.ends_with('i') {
                numeral.pop();
                numeral.push('j');
            }
        }
    }
    Some(numeral)
}

//! Counters of lists and headings.
//!
//! Names follow CSS Counter Styles Level 3 where it has the style.

use super::cjk::{CjkStyle, cjk_number};
use super::names::named;
use super::numbers::{OrdinalStyle, ordinal_short};
use super::roman::{RomanStyle, roman};

/// How the items of a list are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counter {
    /// 1 2 3
    Decimal,
    /// a b c … z aa ab
    LowerAlpha,
    /// A B C … Z AA AB
    UpperAlpha,
    /// i ii iii
    LowerRoman,
    /// I II III
    UpperRoman,
    /// I II III IIII
    AdditiveRoman,
    /// j ij iij iv
    FinalJRoman,
    /// 1st 2nd 3rd
    Ordinal,
    /// 1st 2d 3d
    LegalOrdinal,
    /// ㄱ ㄴ ㄷ, to 14
    Consonants,
    /// 가 나 다 … 하 거 너, to 84
    Hangul,
    /// 甲 乙 丙, to 10
    Stems,
    /// 子 丑 寅, to 12
    Branches,
    /// 一 二 三
    Han,
    /// ① ② ③, to 50
    Circled,
}

/// The counters by name.
const NAMES: &[(&str, Counter)] = &[
    ("decimal", Counter::Decimal),
    ("lower-alpha", Counter::LowerAlpha),
    ("upper-alpha", Counter::UpperAlpha),
    ("lower-roman", Counter::LowerRoman),
    ("upper-roman", Counter::UpperRoman),
    ("additive-roman", Counter::AdditiveRoman),
    ("final-j-roman", Counter::FinalJRoman),
    ("ordinal", Counter::Ordinal),
    ("legal-ordinal", Counter::LegalOrdinal),
    ("hangul-consonant", Counter::Consonants),
    ("hangul", Counter::Hangul),
    ("cjk-heavenly-stem", Counter::Stems),
    ("cjk-earthly-branch", Counter::Branches),
    ("cjk-ideographic", Counter::Han),
    ("circled-decimal", Counter::Circled),
];
named!(Counter, "counter", NAMES);

/// The ten heavenly stems.
pub(super) const STEMS: [char; 10] =
    ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
/// The twelve earthly branches.
pub(super) const BRANCHES: [char; 12] =
    ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];
/// The fourteen simple consonants.
const CONSONANTS: [char; 14] =
    ['ㄱ', 'ㄴ', 'ㄷ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅅ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ'];
/// Places of the simple consonants among the nineteen initials of Unicode's syllables.
const INITIALS: [u32; 14] = [0, 2, 3, 5, 6, 7, 9, 11, 12, 14, 15, 16, 17, 18];
/// Places of ㅏ ㅓ ㅗ ㅜ ㅡ ㅣ among the twenty-one vowels: after 하 come 거 너 더, as
/// Korean offices count.
const VOWELS: [u32; 6] = [0, 4, 8, 13, 18, 20];

impl Counter {
    /// The mark of an item, counted from 1; `None` for zero and past the end of a fixed
    /// series.
    pub fn format(self, n: u64) -> Option<String> {
        let index = usize::try_from(n.checked_sub(1)?).ok()?;
        let letter = |series: &[char]| series.get(index).map(char::to_string);
        match self {
            Self::Decimal => Some(n.to_string()),
            Self::LowerAlpha => Some(alphabetic(n, b'a')),
            Self::UpperAlpha => Some(alphabetic(n, b'A')),
            Self::LowerRoman => roman(n, RomanStyle::Lower),
            Self::UpperRoman => roman(n, RomanStyle::Upper),
            Self::AdditiveRoman => roman(n, RomanStyle::Additive),
            Self::FinalJRoman => roman(n, RomanStyle::FinalJ),
            Self::Ordinal => Some(ordinal_short(n, OrdinalStyle::Modern)),
            Self::LegalOrdinal => Some(ordinal_short(n, OrdinalStyle::Legal)),
            Self::Consonants => letter(&CONSONANTS),
            Self::Hangul => syllable(index),
            Self::Stems => letter(&STEMS),
            Self::Branches => letter(&BRANCHES),
            Self::Han => Some(cjk_number(n, CjkStyle::Chinese)),
            Self::Circled => circled(n).map(String::from),
        }
    }
}

/// a to z, then aa, ab (CSS Counter Styles 3, 3.4).
fn alphabetic(mut n: u64, first: u8) -> String {
    let mut letters = Vec::new();
    while n > 0 {
        n -= 1;
        letters.push(char::from(first + (n % 26) as u8));
        n /= 26;
    }
    letters.iter().rev().collect()
}

/// A number in a circle, 1 to 50.
fn circled(n: u64) -> Option<char> {
    let n = u32::try_from(n).ok()?;
    char::from_u32(match n {
        1..=20 => 0x2460 + n - 1,
        21..=35 => 0x3251 + n - 21,
        36..=50 => 0x32B1 + n - 36,
        _ => return None,
    })
}

/// The open syllable at a place of 가 나 다 … 하 거 너 ….
fn syllable(index: usize) -> Option<String> {
    let vowel = VOWELS.get(index / INITIALS.len())?;
    let initial = INITIALS.get(index % INITIALS.len())?;
    // Unicode 16, 3.12: the syllables stand in order of initial, vowel, final.
    char::from_u32(0xAC00 + (initial * 21 + vowel) * 28).map(String::from)
}

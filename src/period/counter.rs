//! Counters: how the parts of a document are numbered.

use core::str::FromStr;

use super::cjk::hanja;
use super::numbers::{ordinal_short, roman};

/// A manner of counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// 1, 2, 3.
    Arabic,
    /// I, II, III (to 3999, then Arabic).
    Roman,
    /// 1st, 2d, 3d.
    Ordinal,
    /// a, b, c … z, aa.
    Alpha,
    /// ㄱ, ㄴ, ㄷ … (14 consonants, then figures).
    Jamo,
    /// 가, 나, 다 … (14, then figures).
    Syllable,
    /// 一, 二, 三.
    Hanja,
    /// 甲, 乙, 丙 … (10 stems, then Hanja numbers).
    Stem,
    /// 子, 丑, 寅 … (12 branches, then Hanja numbers).
    Branch,
}

impl FromStr for Counter {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Ok(match name {
            "arabic" => Self::Arabic,
            "roman" => Self::Roman,
            "ordinal" => Self::Ordinal,
            "alpha" => Self::Alpha,
            "jamo" => Self::Jamo,
            "syllable" => Self::Syllable,
            "hanja" => Self::Hanja,
            "stem" => Self::Stem,
            "branch" => Self::Branch,
            _ => {
                return Err(format!(
                    "`{name}` is not a manner of counting (arabic, roman, ordinal, alpha, \
                     jamo, syllable, hanja, stem, branch)"
                ));
            }
        })
    }
}

impl Counter {
    /// The sign of a number, from 1.
    pub fn sign(self, number: u64) -> String {
        let of = |signs: &str| {
            let index = usize::try_from(number.checked_sub(1)?).ok()?;
            signs.chars().nth(index).map(String::from)
        };
        match self {
            Self::Arabic => number.to_string(),
            Self::Roman => roman(number).unwrap_or_else(|| number.to_string()),
            Self::Ordinal => ordinal_short(number, true),
            Self::Alpha => alpha(number),
            Self::Jamo => of("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ").unwrap_or_else(|| number.to_string()),
            Self::Syllable => of("가나다라마바사아자차카타파하").unwrap_or_else(|| number.to_string()),
            Self::Hanja => hanja(number),
            Self::Stem => of("甲乙丙丁戊己庚辛壬癸").unwrap_or_else(|| hanja(number)),
            Self::Branch => of("子丑寅卯辰巳午未申酉戌亥").unwrap_or_else(|| hanja(number)),
        }
    }
}

/// Letters: a to z, then aa, ab.
fn alpha(number: u64) -> String {
    let mut rest = number;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tradition_counts_its_own_way() {
        let signs = |name: &str, n| name.parse::<Counter>().unwrap().sign(n);
        assert_eq!(signs("alpha", 28), "ab");
        assert_eq!(signs("jamo", 2), "ㄴ");
        assert_eq!(signs("stem", 1), "甲");
        assert_eq!(signs("stem", 11), "十一");
        assert_eq!(signs("roman", 4), "IV");
        assert_eq!(signs("ordinal", 2), "2d");
        assert!("roman2".parse::<Counter>().is_err());
    }
}

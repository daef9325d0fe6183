//! Pounds, shillings and pence; won and hwan.

use super::cjk::{CjkStyle, cjk_number};
use super::names::named;
use super::numbers::{Tens, cardinal, group_digits};

/// Pence in a pound.
const PENCE_A_POUND: u64 = 240;

/// A sum of sterling, in whole pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sterling {
    /// Pence, 240 to the pound.
    pence: u64,
}

impl Sterling {
    /// A sum in pence.
    pub const fn from_pence(pence: u64) -> Self {
        Self { pence }
    }

    /// A sum from pounds, shillings and pence; `None` if it is too great to hold.
    pub fn new(pounds: u64, shillings: u64, pence: u64) -> Option<Self> {
        let pounds = pounds.checked_mul(PENCE_A_POUND)?;
        let shillings = shillings.checked_mul(12)?;
        Some(Self { pence: pounds.checked_add(shillings)?.checked_add(pence)? })
    }

    /// The sum in pence.
    pub const fn pence(self) -> u64 {
        self.pence
    }

    /// The sum written in a style.
    pub fn format(self, style: LsdStyle) -> String {
        let pounds = self.pence / PENCE_A_POUND;
        let (shillings, pence) = (self.pence / 12 % 20, self.pence % 12);
        match style {
            LsdStyle::Modern => modern(pounds, shillings, pence),
            LsdStyle::Solidus => solidus(pounds, shillings, pence),
            LsdStyle::Dots => format!("£{pounds}..{shillings}..{pence}"),
            LsdStyle::Colon => format!("£{pounds}:{shillings}:{pence}"),
            LsdStyle::Libra => format!("{pounds}l. {shillings}s. {pence}d."),
            LsdStyle::Words => in_words(pounds, shillings, pence),
        }
    }
}

/// How sterling is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LsdStyle {
    /// "£4 16s. 8d.", without what is nothing.
    Modern,
    /// "£4/16/8", "16/8", "10/-"
    Solidus,
    /// "£4..16..8", as eighteenth-century accounts.
    Dots,
    /// "£4:16:8"
    Colon,
    /// "4l. 16s. 8d.", as eighteenth-century print.
    Libra,
    /// "four pounds sixteen shillings and eight pence"
    Words,
}

/// The styles by name.
const NAMES: &[(&str, LsdStyle)] = &[
    ("modern", LsdStyle::Modern),
    ("solidus", LsdStyle::Solidus),
    ("dots", LsdStyle::Dots),
    ("colon", LsdStyle::Colon),
    ("libra", LsdStyle::Libra),
    ("words", LsdStyle::Words),
];
named!(LsdStyle, "sterling style", NAMES);

/// "£4 16s. 8d."
fn modern(pounds: u64, shillings: u64, pence: u64) -> String {
    let mut parts = Vec::new();
    if pounds > 0 || shillings + pence == 0 {
        parts.push(format!("£{}", group_digits(pounds)));
    }
    if shillings > 0 {
        parts.push(format!("{shillings}s."));
    }
    if pence > 0 {
        parts.push(format!("{pence}d."));
    }
    parts.join(" ")
}

/// "£4/16/8", "16/8", "10/-", "8d."
fn solidus(pounds: u64, shillings: u64, pence: u64) -> String {
    match (pounds, shillings, pence) {
        (0, 0, 0) => "£0/0/0".to_owned(),
        (0, 0, _) => format!("{pence}d."),
        (0, _, 0) => format!("{shillings}/-"),
        (0, _, _) => format!("{shillings}/{pence}"),
        _ => format!("£{}/{shillings}/{pence}", group_digits(pounds)),
    }
}

/// "four pounds sixteen shillings and eight pence"
fn in_words(pounds: u64, shillings: u64, pence: u64) -> String {
    let part = |n: u64, one: &str, many: &str| {
        let name = if n == 1 { one } else { many };
        (n > 0).then(|| format!("{} {name}", cardinal(n, Tens::Hyphenated)))
    };
    let mut parts: Vec<String> = [
        part(pounds, "pound", "pounds"),
        part(shillings, "shilling", "shillings"),
        part(pence, "penny", "pence"),
    ]
    .into_iter()
    .flatten()
    .collect();
    match (parts.pop(), parts.is_empty()) {
        (None, _) => "nil".to_owned(),
        (Some(last), true) => last,
        (Some(last), false) => format!("{} and {last}", parts.join(" ")),
    }
}

/// The money of the Republic of Korea.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KoreanCurrency {
    /// 원, to 14 February 1953 and from 10 June 1962.
    #[default]
    Won,
    /// 환, from 15 February 1953 to 9 June 1962.
    Hwan,
}

/// The currencies by name.
const CURRENCIES: &[(&str, KoreanCurrency)] =
    &[("won", KoreanCurrency::Won), ("hwan", KoreanCurrency::Hwan)];
named!(KoreanCurrency, "Korean currency", CURRENCIES);

/// How an amount of Korean money is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WonStyle {
    /// "320,000원"
    Figures,
    /// "일금 삼십이만원정", every 일 said.
    Hangul,
    /// 金參拾貳萬원整
    Financial,
    /// 金參拾貳萬圓整
    FinancialHanja,
}

/// The styles by name.
const WON_STYLES: &[(&str, WonStyle)] = &[
    ("figures", WonStyle::Figures),
    ("hangul", WonStyle::Hangul),
    ("financial", WonStyle::Financial),
    ("financial-hanja", WonStyle::FinancialHanja),
];
named!(WonStyle, "won style", WON_STYLES);

/// An amount of Korean money written in a style.
pub fn korean_amount(n: u64, style: WonStyle, currency: KoreanCurrency) -> String {
    let (hangul, character) = match currency {
        KoreanCurrency::Won => ("원", "圓"),
        KoreanCurrency::Hwan => ("환", "圜"),
    };
    let characters = || cjk_number(n, CjkStyle::KoreanFinancial);
    match style {
        WonStyle::Figures => format!("{}{hangul}", group_digits(n)),
        WonStyle::Hangul => {
            format!("일금 {}{hangul}정", cjk_number(n, CjkStyle::HangulContract))
        }
        WonStyle::Financial => format!("金{}{hangul}整", characters()),
        WonStyle::FinancialHanja => format!("金{}{character}整", characters()),
    }
}

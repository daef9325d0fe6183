//! Numbers and money.

use minijinja::Error;
use minijinja::value::{Kwargs, Value as Seen};

use super::{Filtered, named, refuse, tens};
use crate::period::{
    CjkStyle, Counter, Division, KoreanCurrency, Language, LsdStyle, OrdinalStyle,
    Sterling, WonStyle, YearStyle, cardinal, cjk_number, division, korean_amount,
    ordinal, ordinal_short, year_words,
};

/// `ordinals="legal"`: 2d for 2nd.
pub(super) fn ordinals(given: &Kwargs) -> Result<OrdinalStyle, Error> {
    match given.get::<Option<&str>>("ordinals")? {
        Some("legal") => Ok(OrdinalStyle::Legal),
        Some("modern") | None => Ok(OrdinalStyle::Modern),
        Some(other) => Err(refuse(format!("ordinals are legal or modern, not {other}"))),
    }
}

/// `years="hundreds"`: "nineteen hundred and five".
pub(super) fn years(given: &Kwargs) -> Result<YearStyle, Error> {
    match given.get::<Option<&str>>("years")? {
        Some("hundreds") => Ok(YearStyle::Hundreds),
        Some("full") | None => Ok(YearStyle::Full),
        Some(other) => Err(refuse(format!("years are full or hundreds, not {other}"))),
    }
}

/// `{{ loop.index | counter("upper-roman") }}`
pub(super) fn counter(n: u64, style: &str) -> Filtered {
    let counter: Counter = named(style)?;
    counter.format(n).ok_or_else(|| refuse(format!("{style} has no sign for {n}")))
}

/// `{{ 24 | cardinal(tens="open") }}`: a number in words.
pub(super) fn cardinal_words(n: u64, given: &Kwargs, language: Language) -> Filtered {
    let tens = tens(given)?;
    given.assert_all_used()?;
    Ok(match language {
        Language::English => cardinal(n, tens),
        Language::Korean => cjk_number(n, CjkStyle::Hangul),
        Language::Chinese => cjk_number(n, CjkStyle::Chinese),
    })
}

/// `{{ 24 | ordinal }}`: a number of order in words.
pub(super) fn ordinal_words(n: u64, given: &Kwargs, language: Language) -> Filtered {
    let tens = tens(given)?;
    given.assert_all_used()?;
    Ok(match language {
        Language::English => ordinal(n, tens),
        Language::Korean => format!("제{n}"),
        Language::Chinese => format!("第{}", cjk_number(n, CjkStyle::Chinese)),
    })
}

/// `{{ 2 | ordinal_short(ordinals="legal") }}`: 2d.
pub(super) fn short(n: u64, given: &Kwargs) -> Filtered {
    let style = ordinals(given)?;
    given.assert_all_used()?;
    Ok(ordinal_short(n, style))
}

/// `{{ 1814 | year_words(years="hundreds") }}`: eighteen hundred and fourteen.
pub(super) fn year(n: u64, given: &Kwargs) -> Filtered {
    let (style, tens) = (years(given)?, tens(given)?);
    given.assert_all_used()?;
    Ok(year_words(n, style, tens))
}

/// `{{ 12340 | numeral("korean-financial") }}`: 壹萬貳仟參佰肆拾.
pub(super) fn numeral(n: u64, style: &str) -> Filtered {
    Ok(cjk_number(n, named::<CjkStyle>(style)?))
}

/// `{{ [4, 16, 8] | sterling("dots") }}`: £4..16..8; a number alone is of pence.
pub(super) fn sterling(sum: &Seen, style: Option<&str>) -> Filtered {
    let style = style.map_or(Ok(LsdStyle::Modern), named)?;
    let too_much = || refuse("the sum is too great");
    if sum.is_number() {
        return Ok(Sterling::from_pence(u64::try_from(sum.clone())?).format(style));
    }
    let parts = sum.try_iter()?.map(u64::try_from).collect::<Result<Vec<u64>, _>>()?;
    let [pounds, shillings, pence] = parts[..] else {
        return Err(refuse("a sum is pounds, shillings and pence: [4, 16, 8]"));
    };
    Ok(Sterling::new(pounds, shillings, pence).ok_or_else(too_much)?.format(style))
}

/// `{{ 12340 | won("financial") }}`: 金壹萬貳仟參佰肆拾원整; `won("figures", "hwan")`.
pub(super) fn won(n: u64, style: Option<&str>, currency: Option<&str>) -> Filtered {
    let style = style.map_or(Ok(WonStyle::Figures), named)?;
    let currency = currency.map_or(Ok(KoreanCurrency::Won), named)?;
    Ok(korean_amount(n, style, currency))
}

/// "Article IV", 제4조, 第四條.
pub(super) fn numbered(kind: Division, n: u64, language: Language) -> Filtered {
    division(kind, n, language).ok_or_else(|| refuse(format!("nothing is numbered {n}")))
}

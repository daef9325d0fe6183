//! Filters: the rules of period under names a template can use. Each knows the language
//! of the text.

use core::str::FromStr;

use minijinja::value::{Kwargs, Object, Value as Seen};
use minijinja::{Environment, Error, ErrorKind};

use crate::lang::Lang;
use crate::period::{
    CjkStyle, Counter, Date, DateStyle, Division, Language, OrdinalStyle, Particle,
    SerialComma, Spelling, Tens, Time, TimeStyle, YearStyle, cardinal, cjk_number,
    division, format_date, join_list, josa, ordinal, ordinal_short, treaty_number,
    with_josa,
};
use crate::seed::Seed;

/// The result of a filter.
type Filtered = Result<String, Error>;

/// Adds the filters for a language. One whose rules of period are unknown (French, say)
/// has English ones.
pub(super) fn add(environment: &mut Environment<'static>, lang: Lang) {
    let language = Language::from_str(lang.as_str()).unwrap_or(Language::English);
    environment.add_filter(
        "date",
        move |text: &str, style: Option<&str>, named: Kwargs| {
            date(text, style, &named, language)
        },
    );
    environment.add_filter("time", time);
    environment.add_filter("counter", counter);
    environment.add_filter("treaty_number", move |n: u64| treaty_number(n, language));
    environment.add_filter("cardinal", move |n: u64| number_words(n, language));
    environment.add_filter("ordinal", move |n: u64| ordinal_words(n, language));
    environment
        .add_filter("ordinal_short", |n: u64| ordinal_short(n, OrdinalStyle::Modern));
    environment
        .add_filter("article", move |n: u64| numbered(Division::Article, n, language));
    environment.add_filter("paragraph", move |n: u64| {
        numbered(Division::Paragraph, n, language)
    });
    environment.add_filter("list", move |items: Vec<Seen>| list(&items, language));
    environment.add_filter("join", |items: Vec<Seen>, between: Option<&str>| {
        join(&items, between)
    });
    environment
        .add_filter("refer", |text: &str, places: Vec<Vec<String>>| refer(text, &places));
    environment.add_filter("alphabetical", |items: Vec<Seen>| alphabetical(&items));
    environment.add_filter("lot", |items: Vec<Seen>, seed: u64| lot(items, seed));
    environment.add_filter("josa", with_particle);
    environment.add_filter("particle", particle_alone);
}

/// An error about a value or an argument.
fn refuse(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message.into())
}

/// Reads a name, an unknown one with its own message.
fn named<T: FromStr<Err: core::fmt::Display>>(name: &str) -> Result<T, Error> {
    name.parse().map_err(|error: T::Err| refuse(error.to_string()))
}

/// `{{ day | date("words", spelling="us") }}`; without a style the usual one.
fn date(
    text: &str,
    style: Option<&str>,
    named_args: &Kwargs,
    language: Language,
) -> Filtered {
    let date: Date =
        text.trim().parse().map_err(|_| refuse(format!("`{text}` is not a date")))?;
    let style = match (style, language) {
        (Some(name), _) => named(name)?,
        (None, Language::English) => DateStyle::DayMonthYear,
        (None, Language::Korean) => DateStyle::Korean,
        (None, Language::Chinese) => DateStyle::Chinese,
    };
    let spelling = spelling(named_args)?;
    named_args.assert_all_used()?;
    format_date(date, style, spelling).map_err(|error| refuse(error.to_string()))
}

/// `tens="open"`, `ordinals="legal"`, `years="hundreds"`: how English dates are spelt.
fn spelling(given: &Kwargs) -> Result<Spelling, Error> {
    let mut spelling = Spelling::default();
    match given.get::<Option<&str>>("tens")? {
        Some("open") => spelling.tens = Tens::Open,
        Some("hyphenated") | None => {}
        Some(other) => {
            return Err(refuse(format!("tens are open or hyphenated, not {other}")));
        }
    }
    match given.get::<Option<&str>>("ordinals")? {
        Some("legal") => spelling.ordinals = OrdinalStyle::Legal,
        Some("modern") | None => {}
        Some(other) => {
            return Err(refuse(format!("ordinals are legal or modern, not {other}")));
        }
    }
    match given.get::<Option<&str>>("years")? {
        Some("hundreds") => spelling.years = YearStyle::Hundreds,
        Some("full") | None => {}
        Some(other) => {
            return Err(refuse(format!("years are full or hundreds, not {other}")));
        }
    }
    Ok(spelling)
}

/// `{{ hour | time("military") }}`
fn time(text: &str, style: &str) -> Filtered {
    let time: Time = text
        .trim()
        .parse()
        .map_err(|error: crate::period::NotATime| refuse(error.to_string()))?;
    Ok(time.format(named::<TimeStyle>(style)?))
}

/// `{{ loop.index | counter("upper-roman") }}`
fn counter(n: u64, style: &str) -> Filtered {
    let counter: Counter = named(style)?;
    counter.format(n).ok_or_else(|| refuse(format!("{style} has no sign for {n}")))
}

/// A number in words.
fn number_words(n: u64, language: Language) -> String {
    match language {
        Language::English => cardinal(n, Tens::Hyphenated),
        Language::Korean => cjk_number(n, CjkStyle::Hangul),
        Language::Chinese => cjk_number(n, CjkStyle::Chinese),
    }
}

/// A number of order in words.
fn ordinal_words(n: u64, language: Language) -> String {
    match language {
        Language::English => ordinal(n, Tens::Hyphenated),
        Language::Korean => format!("제{n}"),
        Language::Chinese => format!("第{}", cjk_number(n, CjkStyle::Chinese)),
    }
}

/// "Article IV", 제4조, 第四條.
fn numbered(kind: Division, n: u64, language: Language) -> Filtered {
    division(kind, n, language).ok_or_else(|| refuse("nothing is numbered 0"))
}

/// The texts of a list.
fn texts(items: &[Seen]) -> Result<Vec<String>, Error> {
    let text = |item: &Seen| match item.as_str() {
        Some(text) => Ok(text.to_owned()),
        None if item.is_number() => Ok(item.to_string()),
        None => Err(refuse(format!("a {} cannot stand in a list of texts", item.kind()))),
    };
    items.iter().map(text).collect()
}

/// `{{ names | list }}`: "A, B, and C"; an item that is itself made of values keeps them.
fn list(items: &[Seen], language: Language) -> Result<Seen, Error> {
    let joined = join_list(&texts(items)?, language, SerialComma::Present);
    Ok(kind_of(items, joined))
}

/// `{{ names | join(", ") }}`
fn join(items: &[Seen], between: Option<&str>) -> Result<Seen, Error> {
    let joined = texts(items)?.join(between.unwrap_or(""));
    Ok(kind_of(items, joined))
}

/// A text that is of the template only if all it was made of is.
fn kind_of(items: &[Seen], text: String) -> Seen {
    if !items.is_empty() && items.iter().all(Seen::is_safe) {
        Seen::from_safe_string(text)
    } else {
        Seen::from(text)
    }
}

/// `{{ name | josa("을/를") }}`: the word with the right particle.
fn with_particle(word: &str, particle: &str) -> Filtered {
    Ok(with_josa(word, named::<Particle>(particle)?))
}

/// `{{ name | particle("을/를") }}`: the right particle alone.
fn particle_alone(word: &str, particle: &str) -> Filtered {
    Ok(josa(word, named::<Particle>(particle)?).to_owned())
}

/// A text in which words lead to other places of the document.
#[derive(Debug)]
pub(super) struct Referring(pub(super) Vec<Piece>);

/// A piece of such a text.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// Words as they are.
    Text(String),
    /// Words that lead to the place with this name.
    Link {
        /// The name.
        to: String,
        /// The words.
        words: String,
    },
}

impl Object for Referring {}

/// `{{ paragraph | refer([["truce", "Article II"]]) }}`: in the text of a user, `[#truce]`
/// becomes Article II and leads to it.
fn refer(text: &str, places: &[Vec<String>]) -> Result<Seen, Error> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[#")
        && let Some((name, after)) = after.split_once(']')
    {
        let known = places.iter().find_map(|pair| match pair.as_slice() {
            [id, words] if id == name => Some(words.clone()),
            _ => None,
        });
        let Some(words) = known else { return Err(nowhere(name, places)) };
        if !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
            return Err(refuse(format!(
                "`{name}` is no id: write letters, figures, - and _"
            )));
        }
        pieces.push(Piece::Text(before.to_owned()));
        pieces.push(Piece::Link { to: name.to_owned(), words });
        rest = after;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    match pieces.as_slice() {
        [Piece::Text(whole)] => Ok(Seen::from(whole.as_str())),
        _ => Ok(Seen::from_object(Referring(pieces))),
    }
}

/// A reference to nothing.
fn nowhere(name: &str, places: &[Vec<String>]) -> Error {
    let names: Vec<&str> =
        places.iter().filter_map(|pair| pair.first()).map(String::as_str).collect();
    let known = match names.is_empty() {
        true => "nothing has an id".to_owned(),
        false => format!("there are {}", names.join(", ")),
    };
    refuse(format!("[#{name}] leads nowhere: {known}"))
}

/// `{{ parties | alphabetical }}`: by name, in which an article at the beginning and
/// capitals do not count.
fn alphabetical(items: &[Seen]) -> Result<Vec<Seen>, Error> {
    let key = |item: &Seen| -> Result<String, Error> {
        let name = item.get_attr("name")?;
        let name = name.as_str().unwrap_or_default().to_lowercase();
        Ok(name.strip_prefix("the ").unwrap_or(&name).to_owned())
    };
    let keys = items.iter().map(key).collect::<Result<Vec<String>, Error>>()?;
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by(|&a, &b| keys[a].cmp(&keys[b]));
    Ok(order.into_iter().map(|place| items[place].clone()).collect())
}

/// `{{ parties | lot(3) }}`: in an order that is drawn, the same for the same number.
fn lot(mut items: Vec<Seen>, seed: u64) -> Vec<Seen> {
    let mut rng = Seed(seed).derive("lot").rng();
    for last in (1..items.len()).rev() {
        items.swap(last, (rng.unit() * (last + 1) as f64) as usize);
    }
    items
}

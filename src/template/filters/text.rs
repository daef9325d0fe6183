//! Words: lists, orders, particles.

use minijinja::Error;
use minijinja::value::{Kwargs, Value as Seen};

use super::{Filtered, named, refuse};
use crate::period::{Language, Particle, SerialComma, join_list, josa, with_josa};
use crate::seed::Seed;

/// The words of a value.
pub(super) fn plain(item: &Seen) -> Result<String, Error> {
    match item.as_str() {
        Some(text) => Ok(text.to_owned()),
        None if item.is_number() => Ok(item.to_string()),
        None => Err(refuse(format!("a {} cannot stand in a list of texts", item.kind()))),
    }
}

/// The texts of a list.
fn texts(items: &[Seen]) -> Result<Vec<String>, Error> {
    items.iter().map(plain).collect()
}

/// `{{ names | list }}`: "A, B, and C", or with `comma=false` "A, B and C"; an item that is
/// itself made of values keeps them.
pub(super) fn list(
    items: &[Seen],
    given: &Kwargs,
    language: Language,
) -> Result<Seen, Error> {
    let comma = match given.get::<Option<bool>>("comma")? {
        Some(false) => SerialComma::Absent,
        _ => SerialComma::Present,
    };
    given.assert_all_used()?;
    let joined = join_list(&texts(items)?, language, comma);
    Ok(kind_of(items, joined))
}

/// `{{ names | join(", ") }}`
pub(super) fn join(items: &[Seen], between: Option<&str>) -> Result<Seen, Error> {
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

/// Whether a sign is Hangul or a Chinese character.
fn is_eastern(sign: char) -> bool {
    matches!(sign, '\u{1100}'..='\u{11ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{9fff}' | '가'..='힣')
}

/// `{{ name | initials }}`: E.M.C.; of a name in Hangul or characters the first sign of the
/// family name, which stands first unless the name is a foreign one in several words.
pub(super) fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = |word: &&str| word.chars().next().filter(|c| c.is_alphabetic());
    let own =
        words.last().copied().filter(|_| words.len() > 1).or(words.first().copied());
    match own.as_ref().and_then(first) {
        Some(sign) if is_eastern(sign) => sign.to_string(),
        _ => {
            let great = words.iter().filter_map(first).filter(|c| c.is_uppercase());
            great.flat_map(|sign| [sign, '.']).collect()
        }
    }
}

/// `{{ name | josa("을/를") }}`: the word with the right particle.
pub(super) fn with_particle(word: &str, particle: &str) -> Filtered {
    Ok(with_josa(word, named::<Particle>(particle)?))
}

/// `{{ name | particle("을/를") }}`: the right particle alone.
pub(super) fn particle_alone(word: &str, particle: &str) -> Filtered {
    Ok(josa(word, named::<Particle>(particle)?).to_owned())
}

/// `{{ parties | alphabetical }}`: by name, in which an article at the beginning and
/// capitals do not count.
pub(super) fn alphabetical(items: &[Seen]) -> Result<Vec<Seen>, Error> {
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
pub(super) fn lot(mut items: Vec<Seen>, seed: u64) -> Vec<Seen> {
    let mut rng = Seed(seed).derive("lot").rng();
    for last in (1..items.len()).rev() {
        items.swap(last, (rng.unit() * (last + 1) as f64) as usize);
    }
    items
}

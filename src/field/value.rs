//! What a field can hold.

use core::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use crate::lang::Lang;
use crate::period::Date;

/// Values by name, in the order they were given or declared.
pub type Record = IndexMap<String, Value>;

/// A value: loosely typed as somebody wrote it, or typed by a schema.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text, exactly as given.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(Date),
    /// The bytes of a picture file.
    Image(Arc<[u8]>),
    /// Several values.
    List(Vec<Value>),
    /// Values by name.
    Record(Record),
    /// One text in several languages; made by a schema only.
    Localized(IndexMap<Lang, String>),
}

impl Value {
    /// The value as a phrase for messages: `a text`, `a list`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Bool(_) => "true or false",
            Self::Date(_) => "a date",
            Self::Image(_) => "a picture",
            Self::List(_) => "a list",
            Self::Record(_) => "a record",
            Self::Localized(_) => "a text in several languages",
        }
    }

    /// The text, if it is one; a localized text in the given language, in its primary
    /// language (`zh` for `zh-Hant`), or not at all.
    pub fn text(&self, lang: Lang) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Localized(texts) => in_lang(texts, lang).map(String::as_str),
            _ => None,
        }
    }

    /// The entries of a list; nothing for other values.
    pub fn entries(&self) -> &[Self] {
        match self {
            Self::List(entries) => entries,
            _ => &[],
        }
    }

    /// A value of a record by name; none for other values.
    pub fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Record(record) => record.get(name),
            _ => None,
        }
    }

    /// A text, or several paragraphs of nothing but white space.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Text(text) if text.trim().is_empty())
    }
}

/// What stands under a language, or under its primary language.
pub(super) fn in_lang<T>(by_lang: &IndexMap<Lang, T>, lang: Lang) -> Option<&T> {
    by_lang.get(&lang).or_else(|| {
        let primary: Lang = lang.primary().parse().ok()?;
        by_lang.get(&primary)
    })
}

impl fmt::Display for Value {
    /// Texts as given, whole numbers without a point, dates as 1953-07-27; lists, records
    /// and pictures by kind alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            // Rust writes the shortest digits that read back as the same number, and no
            // point for whole ones. Adding zero turns -0 into 0.
            Self::Number(number) => write!(f, "{}", number + 0.0),
            Self::Bool(yes) => write!(f, "{yes}"),
            Self::Date(date) => write!(f, "{date}"),
            other => f.write_str(other.kind()),
        }
    }
}

/// Whole numbers up to here are kept exactly (IEEE 754 binary64: 53 bits).
pub(crate) const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// A number that was read as a whole number. One too large to be kept exactly stays text,
/// so that no digit is lost.
pub(crate) fn whole_number(digits: &str) -> Value {
    match digits.parse::<f64>() {
        Ok(number) if number.abs() <= MAX_EXACT => Value::Number(number),
        _ => Value::Text(digits.to_owned()),
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<bool> for Value {
    fn from(yes: bool) -> Self {
        Self::Bool(yes)
    }
}

impl From<Date> for Value {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Value {
    fn from(entries: Vec<T>) -> Self {
        Self::List(entries.into_iter().map(Into::into).collect())
    }
}

impl From<Record> for Value {
    fn from(record: Record) -> Self {
        Self::Record(record)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => output.serialize_str(text),
            Self::Number(n) if n.fract() == 0.0 && n.abs() <= MAX_EXACT => {
                // Exact: whole and within 53 bits.
                #[expect(clippy::cast_possible_truncation)]
                output.serialize_i64(*n as i64)
            }
            Self::Number(n) => output.serialize_f64(*n),
            Self::Bool(yes) => output.serialize_bool(*yes),
            Self::Date(date) => output.collect_str(date),
            Self::Image(bytes) => output.serialize_bytes(bytes),
            Self::List(entries) => output.collect_seq(entries),
            Self::Record(record) => output.collect_map(record),
            Self::Localized(texts) => output.collect_map(texts),
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(AnyValue)
    }
}

/// Reads whatever stands there. Refuses a name given twice in one record.
struct AnyValue;

/// TOML's own dates come through serde as a map with this one key.
const NATIVE_DATE: &str = "$__toml_private_datetime";

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, number, true, false, list or record")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_bool<E: Error>(self, yes: bool) -> Result<Value, E> {
        Ok(Value::Bool(yes))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(whole_number(&number.to_string()))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(whole_number(&number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut input: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = input.next_element::<Option<Value>>()? {
            let nothing = || A::Error::custom("`null` cannot stand in a list");
            entries.push(entry.ok_or_else(nothing)?);
        }
        Ok(Value::List(entries))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<Value, A::Error> {
        let mut record = Record::new();
        while let Some(name) = input.next_key::<String>()? {
            if record.contains_key(&name) {
                return Err(A::Error::custom(format!("`{name}` is given twice")));
            }
            if name == NATIVE_DATE {
                return Ok(native_date(&input.next_value::<String>()?));
            }
            // `null` is how JSON says that a value is absent.
            if let Some(value) = input.next_value::<Option<Value>>()? {
                record.insert(name, value);
            }
        }
        Ok(Value::Record(record))
    }
}

/// A date that was not written as text; one with a time of day stays as it was written.
pub(crate) fn native_date(text: &str) -> Value {
    text.parse().map_or_else(|_| Value::Text(text.to_owned()), Value::Date)
}

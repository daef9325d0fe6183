//! What a text sees of the fields: every field by name, in one language.

use std::collections::BTreeMap;

use minijinja::value::Value as Seen;

use crate::field::{FieldType, Record, Schema, Value};
use crate::lang::Lang;

/// The names a text can use. Cloning is cheap.
#[derive(Clone, Debug)]
pub(super) struct Context(Seen);

impl Context {
    /// As minijinja takes it.
    pub(super) fn seen(&self) -> Seen {
        self.0.clone()
    }
}

/// The fields in one language, and `lang`. Optional fields that are absent are none, so
/// that a name no template knows is an error and an absent field is not.
pub(super) fn build(schema: &Schema, record: &Record, lang: Lang) -> Context {
    let mut context = fields(schema, record, lang);
    context.insert("lang".to_owned(), Seen::from(lang.as_str()));
    Context(Seen::from_pairs(context))
}

/// The fields of a record.
fn fields(schema: &Schema, record: &Record, lang: Lang) -> BTreeMap<String, Seen> {
    let seen = schema.iter().map(|(name, field)| {
        let value =
            record.get(name).map_or(Seen::from(()), |v| value(&field.ty, v, lang));
        (name.to_owned(), value)
    });
    seen.collect()
}

/// One value.
fn value(ty: &FieldType, value: &Value, lang: Lang) -> Seen {
    match (ty, value) {
        (FieldType::List(of), Value::List(entries)) => {
            entries.iter().map(|entry| self::value(&of.ty, entry, lang)).collect()
        }
        (FieldType::Record(schema) | FieldType::Party(schema), Value::Record(record)) => {
            Seen::from_pairs(fields(schema, record, lang))
        }
        (_, Value::Number(number)) if number.fract() == 0.0 && number.abs() < 9e15 => {
            Seen::from(*number as i64)
        }
        (_, Value::Number(number)) => Seen::from(*number),
        (_, Value::Bool(yes)) => Seen::from(*yes),
        (_, Value::Date(date)) => Seen::from(date.to_string()),
        (_, Value::Image(bytes)) => Seen::from_bytes(bytes.to_vec()),
        // A localized text was checked to be there in every language of the document.
        (_, text) => text.text(lang).map_or(Seen::from(()), Seen::from),
    }
}

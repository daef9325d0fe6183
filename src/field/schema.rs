//! What a template says of its fields: `[fields.*]` of template.toml.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer};

use super::party;
use super::value::Value;
use crate::lang::Lang;
use crate::period::Date;

/// The fields of a template or of a record, in the order they were declared.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(transparent)]
pub struct Schema(pub(super) IndexMap<String, Field>);

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What it holds.
    pub ty: FieldType,
    /// Whether it must be given; with a condition, whether it must be given when that holds.
    pub required: bool,
    /// What it holds when nothing is given, as the template wrote it.
    pub default: Option<Value>,
    /// The least value of a number or date, or the least length of a text (in characters)
    /// or list (in entries).
    pub min: Option<Limit>,
    /// The greatest value or length.
    pub max: Option<Limit>,
    /// A value for the help, as the template wrote it.
    pub example: Option<Value>,
    /// When it is needed: an expression over all fields, for the template to evaluate.
    pub when: Option<String>,
    /// What it is for.
    pub help: IndexMap<Lang, String>,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldType {
    /// A text.
    Text {
        /// Whether it may differ by language: `{ en = "…", ko = "…" }`.
        localized: bool,
        /// Whether it may run over several lines.
        multiline: bool,
    },
    /// A day.
    Date,
    /// A number.
    Number,
    /// Yes or no.
    Bool,
    /// One of several words.
    Choice(Vec<String>),
    /// The bytes of a PNG or JPEG file.
    Image,
    /// Values by name.
    Record(Schema),
    /// Several values of the same kind.
    List(Box<Field>),
    /// A party to a treaty: a record that every template knows, with the fields a template
    /// adds.
    Party(Schema),
}

/// A least or greatest value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// Of a number or a length.
    Number(f64),
    /// Of a date.
    Date(Date),
}

impl Schema {
    /// No fields.
    pub fn new() -> Self {
        Self::default()
    }

    /// A field by name.
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.0.get(name)
    }

    /// The names and fields, in the order they were declared.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Field)> {
        self.0.iter().map(|(name, field)| (name.as_str(), field))
    }

    /// The names, in the order they were declared.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are no fields.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a field or replaces the one of this name.
    pub fn insert(&mut self, name: impl Into<String>, field: Field) {
        self.0.insert(name.into(), field);
    }
}

impl FieldType {
    /// The name in template.toml.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::Date => "date",
            Self::Number => "number",
            Self::Bool => "bool",
            Self::Choice(_) => "choice",
            Self::Image => "image",
            Self::Record(_) => "record",
            Self::List(_) => "list",
            Self::Party(_) => "party",
        }
    }

    /// The fields of a record or party.
    pub fn fields(&self) -> Option<&Schema> {
        match self {
            Self::Record(fields) | Self::Party(fields) => Some(fields),
            _ => None,
        }
    }
}

impl Field {
    /// An optional field of a type, and nothing else said.
    pub fn new(ty: FieldType) -> Self {
        Self {
            ty,
            required: false,
            default: None,
            min: None,
            max: None,
            example: None,
            when: None,
            help: IndexMap::new(),
        }
    }

    /// What it is for, in a language or in English.
    pub fn help(&self, lang: Lang) -> Option<&str> {
        super::value::in_lang(&self.help, lang)
            .or_else(|| self.help.get(&Lang::EN))
            .map(String::as_str)
    }
}

/// A field as template.toml writes it; what does not belong together is sorted out by
/// [`Field::try_from`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    /// The name of the type.
    #[serde(rename = "type")]
    ty: TypeName,
    /// See [`Field::required`].
    #[serde(default)]
    required: bool,
    /// See [`Field::default`].
    default: Option<Value>,
    /// See [`Field::min`].
    min: Option<Value>,
    /// See [`Field::max`].
    max: Option<Value>,
    /// See [`Field::example`].
    example: Option<Value>,
    /// See [`Field::when`].
    when: Option<String>,
    /// See [`Field::help`].
    #[serde(default)]
    help: IndexMap<Lang, String>,
    /// See [`FieldType::Text`].
    localized: Option<bool>,
    /// See [`FieldType::Text`].
    multiline: Option<bool>,
    /// See [`FieldType::Choice`].
    choices: Option<Vec<String>>,
    /// See [`FieldType::Record`] and [`FieldType::Party`].
    fields: Option<Schema>,
    /// See [`FieldType::List`].
    of: Option<Box<Field>>,
}

/// The names of types.
#[derive(Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum TypeName {
    /// [`FieldType::Text`].
    Text,
    /// [`FieldType::Date`].
    Date,
    /// [`FieldType::Number`].
    Number,
    /// [`FieldType::Bool`].
    Bool,
    /// [`FieldType::Choice`].
    Choice,
    /// [`FieldType::Image`].
    Image,
    /// [`FieldType::Record`].
    Record,
    /// [`FieldType::List`].
    List,
    /// [`FieldType::Party`].
    Party,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let raw = RawField::deserialize(input)?;
        Self::try_from(raw).map_err(serde::de::Error::custom)
    }
}

impl TryFrom<RawField> for Field {
    type Error = String;

    fn try_from(raw: RawField) -> Result<Self, String> {
        raw.refuse_strays()?;
        let min = raw.min.map(|value| limit(raw.ty, "min", &value)).transpose()?;
        let max = raw.max.map(|value| limit(raw.ty, "max", &value)).transpose()?;
        let ty = match raw.ty {
            TypeName::Text => FieldType::Text {
                localized: raw.localized.unwrap_or(false),
                multiline: raw.multiline.unwrap_or(false),
            },
            TypeName::Date => FieldType::Date,
            TypeName::Number => FieldType::Number,
            TypeName::Bool => FieldType::Bool,
            TypeName::Choice => FieldType::Choice(
                raw.choices.ok_or("a choice needs `choices`, the list of its words")?,
            ),
            TypeName::Image => FieldType::Image,
            TypeName::Record => FieldType::Record(
                raw.fields.ok_or("a record needs `fields`, the table of its fields")?,
            ),
            TypeName::List => FieldType::List(raw.of.ok_or(
                "a list needs `of`, the type of its entries: of = { type = \"text\" }",
            )?),
            TypeName::Party => FieldType::Party(party::schema(raw.fields)),
        };
        let (required, default, example) = (raw.required, raw.default, raw.example);
        Ok(Self {
            ty,
            required,
            default,
            min,
            max,
            example,
            when: raw.when,
            help: raw.help,
        })
    }
}

impl RawField {
    /// Refuses a key that says nothing for the type.
    fn refuse_strays(&self) -> Result<(), String> {
        use TypeName::{Choice, Date, List, Number, Party, Record, Text};
        let limited: &[_] = &[Text, Number, Date, List];
        let given: [(&str, bool, &[TypeName]); 7] = [
            ("localized", self.localized.is_some(), &[Text]),
            ("multiline", self.multiline.is_some(), &[Text]),
            ("choices", self.choices.is_some(), &[Choice]),
            ("fields", self.fields.is_some(), &[Record, Party]),
            ("of", self.of.is_some(), &[List]),
            ("min", self.min.is_some(), limited),
            ("max", self.max.is_some(), limited),
        ];
        match given.iter().find(|(_, given, types)| *given && !types.contains(&self.ty)) {
            Some((key, ..)) => {
                Err(format!("`{key}` says nothing for a field of this type"))
            }
            None => Ok(()),
        }
    }
}

/// Reads a limit: a date for dates, a number for the others.
fn limit(ty: TypeName, key: &str, value: &Value) -> Result<Limit, String> {
    match (ty, value) {
        (TypeName::Date, Value::Date(date)) => Ok(Limit::Date(*date)),
        (TypeName::Date, Value::Text(text)) => text
            .parse()
            .map(Limit::Date)
            .map_err(|_| format!("`{key}` is not a date: write {key} = 1953-07-27")),
        (TypeName::Date, _) => Err(format!("`{key}` of a date is a date")),
        (TypeName::Number, Value::Number(n)) if n.is_finite() => Ok(Limit::Number(*n)),
        (_, Value::Number(n)) if n.fract() == 0.0 && *n >= 0.0 => Ok(Limit::Number(*n)),
        (TypeName::Number, _) => Err(format!("`{key}` of a number is a number")),
        _ => Err(format!("`{key}` is a length: a whole number, 0 or more")),
    }
}

//! Names of files made of fields: `{{ row }}-{{ last }}.pdf`.

use std::collections::BTreeSet;

use minijinja::value::Value as Seen;
use minijinja::{Environment, UndefinedBehavior};

use crate::diag::{Diagnostic, Result};
use crate::field::{Fields, Record, Value};
use crate::lang::Lang;

/// A pattern for the names of a batch's files.
#[derive(Debug)]
pub struct NamePattern {
    /// The pattern as it was written.
    text: String,
    /// Holds the parsed pattern.
    environment: Environment<'static>,
    /// The names of the fields that it uses; `row` is one.
    fields: BTreeSet<String>,
}

impl NamePattern {
    /// Parses a pattern: text with `{{ row }}` and fields in it.
    ///
    /// # Errors
    /// A pattern that does not parse.
    pub fn new(text: &str) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
        environment.add_template_owned("name", text.to_owned()).map_err(|error| {
            let message = format!("the name `{text}` does not parse: {error}");
            Diagnostic::usage("name-pattern", message)
                .hint("write text with fields in it: '{{ row }}-{{ last }}.pdf'")
        })?;
        let template = environment.get_template("name");
        let fields = template.map(|template| template.undeclared_variables(false));
        let fields = fields.unwrap_or_default().into_iter().collect();
        Ok(Self { text: text.to_owned(), environment, fields })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The names of the fields that the pattern uses; `row` is one.
    pub fn fields(&self) -> &BTreeSet<String> {
        &self.fields
    }

    /// The name for a row, counted from 1. Fields are seen as they were given.
    ///
    /// # Errors
    /// A field that the row does not have.
    pub fn name(&self, row: usize, fields: &Fields) -> Result<String> {
        let used = fields.record().iter().filter(|(name, _)| self.fields.contains(*name));
        let mut seen: Vec<(String, Seen)> =
            used.map(|(name, value)| (name.clone(), see(value))).collect();
        seen.push(("row".to_owned(), Seen::from(row)));
        let template = self.environment.get_template("name");
        let named = template.and_then(|template| template.render(Seen::from_pairs(seen)));
        named.map_err(|error| {
            let detail =
                error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
            let message = format!("the name `{}` cannot be made: {detail}", self.text);
            let problem = Diagnostic::invalid("name-pattern", message)
                .at(fields.origin().cloned())
                .hint("use columns that every row fills, and `row`");
            problem.into()
        })
    }
}

/// Values as they were given.
fn seen(record: &Record) -> Vec<(String, Seen)> {
    record.iter().map(|(name, value)| (name.clone(), see(value))).collect()
}

/// One value as it was given.
fn see(value: &Value) -> Seen {
    match value {
        Value::Number(n) if n.fract() == 0.0 && n.abs() < 9e15 => Seen::from(*n as i64),
        Value::Number(n) => Seen::from(*n),
        Value::List(entries) => entries.iter().map(see).collect(),
        Value::Record(record) => Seen::from_pairs(seen(record)),
        Value::Localized(_) => value.text(Lang::EN).map_or(Seen::from(()), Seen::from),
        other => Seen::from(other.to_string()),
    }
}

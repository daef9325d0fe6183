//! Least and greatest values and lengths.

use super::{Field, FieldPath, Limit, Value};
use crate::diag::Diagnostic;
use crate::lang::Lang;

/// What is wrong with the size of a value that has the right type.
pub(super) fn check(field: &Field, value: &Value, path: &FieldPath) -> Vec<Diagnostic> {
    match value {
        Value::Number(number) => number_limits(field, *number, path),
        Value::Date(_) => date_limits(field, value, path),
        Value::Text(text) => lengths(field, text.chars().count(), "character", path),
        Value::List(entries) => {
            lengths(field, entries.len(), entry_word(entries.len()), path)
        }
        Value::Localized(texts) => {
            let each = |(lang, text): (&Lang, &String)| {
                let here = path.name(lang.as_str());
                lengths(field, text.chars().count(), "character", &here)
            };
            texts.iter().flat_map(each).collect()
        }
        Value::Bool(_) | Value::Image(_) | Value::Record(_) => Vec::new(),
    }
}

/// `entry` or `entries`; other words take an s.
fn entry_word(count: usize) -> &'static str {
    if count == 1 { "entry" } else { "entrie" }
}

/// A number too small or too large.
fn number_limits(field: &Field, number: f64, path: &FieldPath) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    if let Some(Limit::Number(min)) = field.min
        && number < min
    {
        let message = format!("`{path}` is {}, less than {min}", Value::Number(number));
        problems.push(least(message).hint(format!("write {min} or more")));
    }
    if let Some(Limit::Number(max)) = field.max
        && number > max
    {
        let message = format!("`{path}` is {}, more than {max}", Value::Number(number));
        problems.push(greatest(message).hint(format!("write {max} or less")));
    }
    problems
}

/// A date too early or too late.
fn date_limits(field: &Field, value: &Value, path: &FieldPath) -> Vec<Diagnostic> {
    let Value::Date(date) = value else { return Vec::new() };
    let mut problems = Vec::new();
    if let Some(Limit::Date(min)) = field.min
        && *date < min
    {
        let message = format!("`{path}` is {date}, before {min}");
        problems.push(least(message).hint(format!("write {min} or a later day")));
    }
    if let Some(Limit::Date(max)) = field.max
        && *date > max
    {
        let message = format!("`{path}` is {date}, after {max}");
        problems.push(greatest(message).hint(format!("write {max} or an earlier day")));
    }
    problems
}

/// A text or list too short or too long.
fn lengths(
    field: &Field,
    length: usize,
    unit: &str,
    path: &FieldPath,
) -> Vec<Diagnostic> {
    // Lengths are whole and small.
    #[expect(clippy::cast_precision_loss)]
    let length_as_number = length as f64;
    let s = if length == 1 { "" } else { "s" };
    let mut problems = Vec::new();
    if let Some(Limit::Number(min)) = field.min
        && length_as_number < min
    {
        let message = format!("`{path}` has {length} {unit}{s}, at least {min} needed");
        problems.push(least(message).hint("add to it"));
    }
    if let Some(Limit::Number(max)) = field.max
        && length_as_number > max
    {
        let message = format!("`{path}` has {length} {unit}{s}, at most {max} allowed");
        problems.push(greatest(message).hint("shorten it"));
    }
    problems
}

/// Too small.
fn least(message: String) -> Diagnostic {
    Diagnostic::invalid("field-min", message)
}

/// Too large.
fn greatest(message: String) -> Diagnostic {
    Diagnostic::invalid("field-max", message)
}

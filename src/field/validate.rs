//! Whether a schema makes sense: for the author of a template.

use super::fields::MAX_DEPTH;
use super::{Field, FieldPath, FieldType, Fields, Limit, Record, Schema, Value};
use crate::diag::{Diagnostic, Place};

impl Schema {
    /// All that is wrong with the schema itself. `place` finds where something of it is
    /// written, by its path below `fields`: `date.default`, `parties.of.fields.name.min`.
    pub fn validate(
        &self,
        place: &dyn Fn(&FieldPath) -> Option<Place>,
    ) -> Vec<Diagnostic> {
        let mut problems = Vec::new();
        validate_schema(self, &FieldPath::ROOT, &mut problems);
        let placed = |(path, problem): (FieldPath, Diagnostic)| problem.at(place(&path));
        problems.into_iter().map(placed).collect()
    }
}

/// Problems with the paths of the schema they are about.
type Found = Vec<(FieldPath, Diagnostic)>;

/// Validates the fields of a template or record.
fn validate_schema(schema: &Schema, path: &FieldPath, found: &mut Found) {
    for (name, field) in schema.iter() {
        let here = path.name(name);
        if !is_name(name) {
            let message = format!("`{name}` cannot be the name of a field");
            let hint = "write small letters, figures and _, beginning with a letter";
            let problem = Diagnostic::usage("schema-name", message).hint(hint);
            found.push((here.clone(), problem));
        }
        validate_field(name, field, &here, found);
    }
}

/// Whether expressions of a template can name the field.
fn is_name(name: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.bytes().all(plain)
}

/// Validates one field and what it is made of.
fn validate_field(name: &str, field: &Field, path: &FieldPath, found: &mut Found) {
    // `fields` and `of` lie between the levels of the values.
    if path.steps().len() > 2 * MAX_DEPTH {
        let message =
            format!("`{name}` lies more than {MAX_DEPTH} records and lists deep");
        found.push((path.clone(), Diagnostic::usage("schema-depth", message)));
        return;
    }
    let reverse = match (field.min, field.max) {
        (Some(Limit::Number(min)), Some(Limit::Number(max))) => min > max,
        (Some(Limit::Date(min)), Some(Limit::Date(max))) => min > max,
        _ => false,
    };
    if reverse {
        let message = format!("`min` of `{name}` is more than its `max`");
        let problem = Diagnostic::usage("schema-limit", message).hint("exchange them");
        found.push((path.name("min"), problem));
    }
    if field.required && field.default.is_some() {
        let message = format!("`{name}` is required, so its `default` is never used");
        let problem =
            Diagnostic::usage("schema-default", message).hint("remove one of them");
        found.push((path.name("default"), problem));
    }
    if field.when.is_some() && path.steps().len() > 1 {
        let message = format!("`{name}` lies in a record, where `when` is not allowed");
        let problem = Diagnostic::usage("schema-when", message)
            .hint("put `when` on the field of the template that holds it");
        found.push((path.name("when"), problem));
    }
    for (key, value) in [("default", &field.default), ("example", &field.example)] {
        if let Some(value) = value {
            validate_sample((name, key), field, value, &path.name(key), found);
        }
    }
    validate_parts(name, field, path, found);
}

/// Validates what a field is made of.
fn validate_parts(name: &str, field: &Field, path: &FieldPath, found: &mut Found) {
    match &field.ty {
        FieldType::Record(fields) | FieldType::Party(fields) => {
            if fields.is_empty() {
                let message = format!("the record `{name}` has no fields");
                let problem = Diagnostic::usage("schema-fields", message);
                found.push((path.clone(), problem.hint("declare at least one")));
            }
            validate_schema(fields, &path.name("fields"), found);
        }
        FieldType::List(of) => {
            if of.required || of.default.is_some() || of.when.is_some() {
                let message = format!("the entries of `{name}` are there or not");
                let hint = "remove `required`, `default` and `when` from `of`";
                let problem = Diagnostic::usage("schema-of", message).hint(hint);
                found.push((path.name("of"), problem));
            }
            validate_field(name, of, &path.name("of"), found);
        }
        FieldType::Choice(choices) => validate_choices(name, choices, path, found),
        _ => {}
    }
}

/// Validates the words of a choice.
fn validate_choices(name: &str, choices: &[String], path: &FieldPath, found: &mut Found) {
    let here = path.name("choices");
    if choices.is_empty() {
        let message = format!("the choice `{name}` has no words");
        let problem = Diagnostic::usage("schema-choices", message);
        found.push((here.clone(), problem.hint("list at least one in `choices`")));
    }
    for (i, choice) in choices.iter().enumerate() {
        let fault = if choice.trim() != choice || choice.is_empty() {
            "is empty or has space around it"
        } else if choices[..i].contains(choice) {
            "is listed twice"
        } else {
            continue;
        };
        let message = format!("the word {choice:?} of the choice `{name}` {fault}");
        let problem = Diagnostic::usage("schema-choices", message);
        found.push((here.entry(i), problem.hint("mend `choices`")));
    }
}

/// Validates a default or example by checking it as if it had been given.
fn validate_sample(
    (name, key): (&str, &str),
    field: &Field,
    value: &Value,
    path: &FieldPath,
    found: &mut Found,
) {
    let mut alone = Schema::new();
    alone.insert(name, Field { default: None, when: None, ..field.clone() });
    let given = Record::from_iter([(name.to_owned(), value.clone())]);
    let fields = Fields::from_record(given, std::collections::BTreeMap::new());
    let (_, problems) = alone.check(&fields, &[]);
    for problem in problems {
        let message = format!("the `{key}` does not fit the field: {}", problem.message);
        let hint = problem.hint.unwrap_or_else(|| "mend it".to_owned());
        let problem = Diagnostic::usage("schema-default", message).hint(hint);
        found.push((path.clone(), problem));
    }
}

//! From what somebody wrote to what the template asked for.

use indexmap::IndexMap;

use super::fields::{MAX_DEPTH, too_deep};
use super::value::in_lang;
use super::{Field, FieldPath, FieldType, Fields, Record, Schema, Step, Value};
use super::{limits, scalar, text};
use crate::diag::{Diagnostic, did_you_mean};
use crate::lang::Lang;

impl Schema {
    /// The values in the types of the schema, and all problems.
    ///
    /// Defaults are filled in; an optional list that is not given is empty, an optional
    /// yes-or-no is no, anything else optional is absent from the record. A blank text
    /// counts as absent, and no default takes its place. A localized text must be there in
    /// every one of `langs`. A field with a condition (`when`) is never missing here: see
    /// [`Schema::conditional`].
    pub fn check(&self, fields: &Fields, langs: &[Lang]) -> (Record, Vec<Diagnostic>) {
        let mut checker = Checker { fields, langs, problems: fields.problems().to_vec() };
        let record = checker.record(self, fields.record(), &FieldPath::ROOT);
        (record, checker.problems)
    }

    /// The fields that are needed under a condition, with the condition.
    pub fn conditional(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter_map(|(name, field)| Some((name, field.when.as_deref()?)))
    }

    /// The problem of a field that is needed and absent, for conditions the template has
    /// evaluated.
    pub fn missing(&self, fields: &Fields, name: &str) -> Diagnostic {
        let path = FieldPath::ROOT.name(name);
        let problem = missing(&path, self.get(name), fields.at(&path).is_some());
        problem.at(fields.place(&path))
    }

    /// The pictures that are still names of files, with their paths.
    pub fn image_files(&self, fields: &Fields) -> Vec<(FieldPath, String)> {
        let mut found = Vec::new();
        for (name, field) in self.iter() {
            if let Some(value) = fields.record().get(name) {
                image_files(&field.ty, value, &FieldPath::ROOT.name(name), &mut found);
            }
        }
        found
    }
}

/// Gathers the names of picture files under a value.
fn image_files(
    ty: &FieldType,
    value: &Value,
    path: &FieldPath,
    found: &mut Vec<(FieldPath, String)>,
) {
    match (ty, value) {
        (FieldType::Image, Value::Text(name)) if !value.is_blank() => {
            found.push((path.clone(), name.clone()));
        }
        (FieldType::List(of), Value::List(entries)) => {
            for (i, entry) in entries.iter().enumerate() {
                image_files(&of.ty, entry, &path.entry(i), found);
            }
        }
        (ty, Value::Record(record)) => {
            for (name, field) in ty.fields().into_iter().flat_map(Schema::iter) {
                if let Some(value) = record.get(name) {
                    image_files(&field.ty, value, &path.name(name), found);
                }
            }
        }
        _ => {}
    }
}

/// Walks schema and values together.
struct Checker<'a> {
    /// For the places.
    fields: &'a Fields,
    /// The languages of the document.
    langs: &'a [Lang],
    /// What was met so far.
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    /// Notes a problem with the value at a path.
    fn report(&mut self, problem: Diagnostic, path: &FieldPath) {
        self.problems.push(problem.at(self.fields.place(path)));
    }

    /// Checks all fields of a record, and that there are no others.
    fn record(&mut self, schema: &Schema, given: &Record, path: &FieldPath) -> Record {
        let mut record = Record::new();
        for (name, field) in schema.iter() {
            let here = path.name(name);
            if let Some(value) = self.field(field, given.get(name), &here) {
                record.insert(name.to_owned(), value);
            }
        }
        let unknown_allowed = path.is_root() && self.fields.is_unknown_allowed();
        if !unknown_allowed {
            for name in given.keys().filter(|name| schema.get(name).is_none()) {
                self.report(unknown(schema, name, path), &path.name(name));
            }
        }
        record
    }

    /// Checks one field: what was given, or its default.
    fn field(
        &mut self,
        field: &Field,
        given: Option<&Value>,
        path: &FieldPath,
    ) -> Option<Value> {
        let given_empty = given.is_some_and(is_empty);
        let value = given.or(field.default.as_ref()).filter(|value| !is_empty(value));
        let Some(value) = value else {
            if field.required && field.when.is_none() {
                self.report(missing(path, Some(field), given_empty), path);
            }
            return when_absent(&field.ty);
        };
        let value = self.convert(&field.ty, value, path)?;
        for problem in limits::check(field, &value, path) {
            self.report(problem, path);
        }
        Some(value)
    }

    /// Converts a value to a type; problems are noted.
    fn convert(
        &mut self,
        ty: &FieldType,
        value: &Value,
        path: &FieldPath,
    ) -> Option<Value> {
        if path.steps().len() > MAX_DEPTH + 1 {
            self.report(too_deep(path), path);
            return None;
        }
        let converted = match ty {
            FieldType::Text { localized, multiline } => {
                return self.text(value, *localized, *multiline, path);
            }
            FieldType::Record(schema) | FieldType::Party(schema) => match value {
                Value::Record(given) => {
                    return Some(Value::Record(self.record(schema, given, path)));
                }
                other => Err(not_a_record(schema, other, path)),
            },
            FieldType::List(of) => return self.list(of, value, path),
            FieldType::Date => scalar::date(value, path),
            FieldType::Number => scalar::number(value, path),
            FieldType::Bool => scalar::yes_or_no(value, path),
            FieldType::Choice(choices) => scalar::choice(value, choices, path),
            FieldType::Image => scalar::image(value, path),
        };
        converted.map_err(|problem| self.report(problem, path)).ok()
    }

    /// Checks a list; one text for a list of texts is its paragraphs, for a list of choices
    /// its words.
    fn list(&mut self, of: &Field, value: &Value, path: &FieldPath) -> Option<Value> {
        let split;
        let entries = match value {
            Value::List(entries) => entries,
            Value::Text(text) if matches!(of.ty, FieldType::Text { .. }) => {
                split = text::paragraphs(text).into_iter().map(Value::Text).collect();
                &split
            }
            Value::Text(text) if matches!(of.ty, FieldType::Choice(_)) => {
                split = text::words(text).into_iter().map(Value::Text).collect();
                &split
            }
            other => {
                self.report(not_a_list(of, other, path), path);
                return None;
            }
        };
        let mut checked = Vec::with_capacity(entries.len());
        let before = self.problems.len();
        for (i, entry) in entries.iter().enumerate() {
            let here = path.entry(i);
            if is_empty(entry) {
                self.report(missing(&here, Some(of), true), &here);
            } else {
                checked.extend(self.field(of, Some(entry), &here));
            }
        }
        // A list without its faulty entries would be counted wrongly.
        (self.problems.len() == before).then_some(Value::List(checked))
    }

    /// Checks a text, in one language for all or in each.
    fn text(
        &mut self,
        value: &Value,
        localized: bool,
        multiline: bool,
        path: &FieldPath,
    ) -> Option<Value> {
        match value {
            Value::Text(text) => text::accept(text, multiline, path)
                .map_err(|problem| self.report(problem, path))
                .ok()
                .map(Value::Text),
            Value::Record(by_lang) if localized => {
                self.localized(by_lang, multiline, path)
            }
            Value::Localized(texts) if localized => {
                let text =
                    |(l, t): (&Lang, &String)| (l.to_string(), Value::from(t.clone()));
                let by_lang = texts.iter().map(text).collect();
                self.localized(&by_lang, multiline, path)
            }
            other => {
                self.report(not_a_text(other, path), path);
                None
            }
        }
    }

    /// Checks a text in several languages.
    fn localized(
        &mut self,
        by_lang: &Record,
        multiline: bool,
        path: &FieldPath,
    ) -> Option<Value> {
        let before = self.problems.len();
        let mut texts = IndexMap::new();
        for (tag, value) in by_lang {
            let here = path.name(tag);
            match (tag.parse::<Lang>(), value) {
                (Err(error), _) => {
                    let message = format!("`{path}` is given by language, but {error}");
                    self.report(Diagnostic::invalid("field-language", message), &here);
                }
                (Ok(_), value) if is_empty(value) => {}
                (Ok(lang), Value::Text(text)) => {
                    match text::accept(text, multiline, &here) {
                        Ok(text) => drop(texts.insert(lang, text)),
                        Err(problem) => self.report(problem, &here),
                    }
                }
                (Ok(_), other) => self.report(not_a_text(other, &here), &here),
            }
        }
        // Whatever else is wrong, what is lacking would be a guess.
        if self.problems.len() > before {
            return None;
        }
        for lang in self.langs {
            if in_lang(&texts, *lang).is_none() {
                let message = format!("`{path}` is not given in the language `{lang}`");
                let hint = format!(
                    "add `{}`, or write one text for all",
                    path.name(lang.as_str())
                );
                let problem = Diagnostic::invalid("field-language", message).hint(hint);
                self.report(problem, path);
            }
        }
        Some(Value::Localized(texts))
    }
}

/// Whether a value counts as absent.
fn is_empty(value: &Value) -> bool {
    value.is_blank() || matches!(value, Value::List(entries) if entries.is_empty())
}

/// What the template sees of an optional field that is absent.
fn when_absent(ty: &FieldType) -> Option<Value> {
    match ty {
        FieldType::List(_) => Some(Value::List(Vec::new())),
        FieldType::Bool => Some(Value::Bool(false)),
        _ => None,
    }
}

/// A required field is absent.
fn missing(path: &FieldPath, field: Option<&Field>, empty: bool) -> Diagnostic {
    let state = if empty { "empty" } else { "not given" };
    let message = match path.steps().last() {
        Some(Step::Entry(_)) => format!("`{path}` is {state}"),
        _ => format!("`{path}` is required, but {state}"),
    };
    let problem = Diagnostic::invalid("field-missing", message);
    let shown = |value: &Value| match value {
        Value::List(_) | Value::Record(_) | Value::Image(_) => None,
        value => Some(scalar::excerpt(&value.to_string())),
    };
    let example = field.and_then(|f| f.example.as_ref()).and_then(shown);
    let help = field.and_then(|f| f.help(Lang::EN));
    match (example, help) {
        (Some(example), _) => problem.hint(format!("give it a value such as {example}")),
        (None, Some(help)) => problem.hint(format!("give it a value ({help})")),
        (None, None) => problem.hint("give it a value"),
    }
}

/// A name that is not a field.
fn unknown(schema: &Schema, name: &str, path: &FieldPath) -> Diagnostic {
    let message = if path.is_root() {
        format!("there is no field `{name}`")
    } else {
        format!("`{path}` has no field `{name}`")
    };
    let problem = Diagnostic::invalid("field-unknown", message);
    if let Some(meant) = did_you_mean(name, schema.names()) {
        return problem.hint(format!("write `{meant}`"));
    }
    let names: Vec<_> = schema.names().take(12).map(|name| format!("`{name}`")).collect();
    let more = if schema.len() > 12 { " and more" } else { "" };
    problem.hint(format!("use one of {}{more}", names.join(", ")))
}

/// Something else where a text should be.
fn not_a_text(value: &Value, path: &FieldPath) -> Diagnostic {
    let problem = scalar::mismatch("field-text", path, value, "a text");
    match value {
        Value::Number(_) | Value::Bool(_) | Value::Date(_) => {
            problem.hint(format!("write it in quotation marks: \"{value}\""))
        }
        Value::List(_) => problem.hint("write one text instead of the list"),
        _ => problem.hint("write one text in quotation marks"),
    }
}

/// Something else where a record should be.
fn not_a_record(schema: &Schema, value: &Value, path: &FieldPath) -> Diagnostic {
    let problem = scalar::mismatch("field-record", path, value, "a record");
    match schema.names().next() {
        Some(name) => {
            problem.hint(format!("give its fields, such as `{}`", path.name(name)))
        }
        None => problem.hint("leave it out"),
    }
}

/// Something else where a list should be.
fn not_a_list(of: &Field, value: &Value, path: &FieldPath) -> Diagnostic {
    let problem = scalar::mismatch("field-list", path, value, "a list");
    let first = path.entry(0);
    match (of.ty.fields(), value) {
        (Some(_), Value::Record(_)) => problem.hint(format!(
            "write [[{path}]] in TOML, [{{…}}] in JSON, `{first}.…` in a table"
        )),
        _ => problem.hint(format!(
            "write {path} = […] in TOML, […] in JSON, `{first}` in a table"
        )),
    }
}

//! What can be said of a table before its rows are read: columns and fields that do not
//! meet.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Place, did_you_mean};
use crate::field::{ASSIGNED, FieldPath, FieldType, Fields, Schema, Step};
use crate::lang::Lang;
use crate::template::{NamePattern, Template};

/// What is wrong with the columns of a table: a required field that none gives; an entry
/// of a record that is not there; and, as a warning, a column that no field takes and that
/// is not one of `others`.
///
/// `assigned` are values that stand over each row.
pub fn check_columns(
    schema: &Schema,
    columns: &[&str],
    assigned: &Fields,
    others: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let paths = columns.iter().filter_map(|column| column.parse::<FieldPath>().ok());
    let paths: Vec<FieldPath> = paths.collect();
    let mut problems = Vec::new();
    for path in &paths {
        match unknown(schema, path) {
            Some(Unknown { depth: 0, .. }) if others.contains(root(path)) => {}
            Some(unknown) => problems.push(unknown.problem(path)),
            None => {}
        }
    }
    let given: BTreeSet<&str> = paths.iter().map(root).collect();
    let own = problems.len() == paths.len();
    for (name, field) in schema.iter() {
        let needed = field.required && field.when.is_none() && field.default.is_none();
        if needed && !given.contains(name) && !assigned.record().contains_key(name) {
            let message = format!("no column gives `{name}`, which is required");
            let hint = format!("add a column `{name}`, or -s {name}=… for all rows");
            problems.push(Diagnostic::invalid("column-missing", message).hint(hint));
        }
    }
    if own && problems.len() > paths.len() && !near(schema, &given) {
        return vec![headless()];
    }
    problems
}

/// Whether one of these names nearly is that of a field.
fn near(schema: &Schema, given: &BTreeSet<&str>) -> bool {
    given.iter().any(|name| did_you_mean(name, schema.names()).is_some())
}

/// What is wrong with a table whose first row names no field at all.
fn headless() -> Diagnostic {
    let message = "the first row names no field: is it a header?";
    Diagnostic::invalid("table-header", message)
        .hint("write the names of the fields above it, or name them with --header")
}

/// What is wrong with a pattern of names for a table: a field that no column gives.
pub fn check_names(
    names: &NamePattern,
    columns: &[&str],
    assigned: &Fields,
) -> Vec<Diagnostic> {
    let paths = columns.iter().filter_map(|column| column.parse::<FieldPath>().ok());
    let mut given: BTreeSet<String> = paths.map(|path| root(&path).to_owned()).collect();
    given.extend(assigned.iter().map(|(name, _)| name.to_owned()));
    given.insert("row".to_owned());
    let absent = names.fields().iter().filter(|name| !given.contains(*name)).cloned();
    let problem = |name: String| {
        let message =
            format!("the name `{}` uses `{name}`, which no column gives", names.as_str());
        let hint = match did_you_mean(&name, given.iter().map(String::as_str)) {
            Some(near) => format!("write `{near}`"),
            None => format!("use {}", list(given.iter().map(String::as_str))),
        };
        Diagnostic::usage("name-pattern", message).hint(hint)
    };
    absent.map(problem).collect()
}

/// What is wrong with values that stand over each row, whatever the row holds.
pub fn check_assignments(
    template: &Template,
    assigned: &Fields,
    langs: &[Lang],
) -> Vec<Diagnostic> {
    let own = match langs {
        [] => template.languages(assigned),
        langs => langs.to_vec(),
    };
    let (_, problems) = template.schema().check(assigned, &own);
    // What is absent may be in the row, and so may the entries before one.
    let sure = |problem: &Diagnostic| {
        problem.place.as_ref() == Some(&Place::whole(ASSIGNED))
            && problem.code != "field-gap"
    };
    problems.into_iter().filter(sure).collect()
}

/// A step of a path that the schema does not know.
struct Unknown<'a> {
    /// Which step, from 0.
    depth: usize,
    /// The fields it could have been; none where there is nothing to choose from.
    known: Option<&'a Schema>,
}

impl Unknown<'_> {
    /// The problem with the column of this path.
    fn problem(&self, path: &FieldPath) -> Diagnostic {
        let name = path.steps().get(self.depth).map(Step::to_string).unwrap_or_default();
        let known = self.known.into_iter().flat_map(Schema::names);
        let near = did_you_mean(&name, known).map(|near| {
            let mut steps = path.steps().to_vec();
            steps[self.depth] = Step::Name(near.to_owned());
            format!("write `{}`", FieldPath::from(steps))
        });
        if self.depth > 0 {
            let message = format!("there is no field `{path}` for this column");
            let hint = near.unwrap_or_else(|| "see `engross fields`".to_owned());
            return Diagnostic::usage("column-unknown", message).hint(hint);
        }
        let message = format!("no field takes the column `{path}`");
        let hint = near.unwrap_or_else(|| "see `engross fields`, or drop it".to_owned());
        Diagnostic::usage("column-unknown", message).warning().hint(hint)
    }
}

/// The first step of a path that the schema does not know, if there is one.
fn unknown<'a>(schema: &'a Schema, path: &FieldPath) -> Option<Unknown<'a>> {
    let mut fields = Some(schema);
    let mut ty: Option<&FieldType> = None;
    for (depth, step) in path.steps().iter().enumerate() {
        let next = match (step, fields, ty) {
            (Step::Name(name), Some(schema), _) => schema.get(name),
            (Step::Entry(_), _, Some(FieldType::List(of))) => Some(&**of),
            // A text by language: `place.ko`.
            (Step::Name(lang), _, Some(FieldType::Text { localized: true, .. })) => {
                return match lang.parse::<Lang>() {
                    Ok(_) => None,
                    Err(_) => Some(Unknown { depth, known: None }),
                };
            }
            _ => None,
        };
        let Some(field) = next else {
            return Some(Unknown { depth, known: fields });
        };
        ty = Some(&field.ty);
        fields = field.ty.fields();
    }
    None
}

/// The first step of a path.
fn root(path: &FieldPath) -> &str {
    match path.steps().first() {
        Some(Step::Name(name)) => name,
        _ => "",
    }
}

/// At most a dozen names in a row.
fn list<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match names.get(..12) {
        Some(first) if names.len() > 12 => format!("{} …", first.join(", ")),
        _ => names.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A schema with a record, a list of records and a text in several languages.
    fn schema() -> Schema {
        let text = r#"{
            "place": { "type": "text", "localized": true, "required": true },
            "day": { "type": "date" },
            "guests": { "type": "list", "of": { "type": "record", "fields": {
                "name": { "type": "text" } } } }
        }"#;
        serde_json::from_str(text).unwrap()
    }

    /// The short forms of the problems.
    fn shown(columns: &[&str], assigned: &str) -> Vec<String> {
        let assigned = match assigned {
            "" => Fields::new(),
            text => Fields::new().assign(text).unwrap(),
        };
        let others = BTreeSet::from(["last".to_owned()]);
        let problems = check_columns(&schema(), columns, &assigned, &others);
        let show = |p: Diagnostic| format!("{p} {}", p.hint.clone().unwrap_or_default());
        problems.into_iter().map(show).collect()
    }

    #[test]
    fn columns_that_fields_take_are_fine() {
        let columns = ["place.en", "place.ko", "day", "guests.1.name", "last"];
        assert_eq!(shown(&columns, ""), [""; 0]);
        assert_eq!(shown(&["day"], "place=Kaesong"), [""; 0]);
    }

    #[test]
    fn columns_that_no_field_takes_are_told_once() {
        assert_eq!(
            shown(&["place", "dya"], ""),
            ["warning[column-unknown]: no field takes the column `dya` write `day`"]
        );
        assert_eq!(
            shown(&["place", "guests.1.nmae"], ""),
            ["error[column-unknown]: there is no field `guests.1.nmae` for this column \
              write `guests.1.name`"]
        );
        assert_eq!(shown(&["place.english"], "").len(), 1);
        assert_eq!(shown(&["place", "day.1"], "").len(), 1);
    }

    #[test]
    fn a_required_field_without_a_column_is_told_once() {
        let found = shown(&["day"], "");
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("no column gives `place`"), "{found:?}");
    }

    #[test]
    fn names_use_columns() {
        let names = NamePattern::new("{{ row }}-{{ plaec }}-{{ day }}.pdf").unwrap();
        let found = check_names(&names, &["place.en", "day"], &Fields::new());
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].hint.as_deref(), Some("write `place`"));
    }
}

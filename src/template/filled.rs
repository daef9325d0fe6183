//! What filling a template gives.

use super::{Manifest, Template, find_character};
use crate::diag::Place;
use crate::document::Document;
use crate::field::{FieldPath, Fields};
use crate::period::Date;

/// A filled template: a document, and where its values came from.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The document.
    document: Document,
    /// What was filled.
    template: Template,
    /// When it was written.
    date: Option<Date>,
    /// The fields as they were given.
    fields: Fields,
}

impl Filled {
    /// Puts together what filling gave.
    pub(super) fn new(
        document: Document,
        template: Template,
        date: Option<Date>,
        fields: Fields,
    ) -> Self {
        Self { document, template, date, fields }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What the template says of itself.
    pub fn manifest(&self) -> &Manifest {
        self.template.manifest()
    }

    /// The template.
    pub fn template(&self) -> &Template {
        &self.template
    }

    /// When the document was written, by the field that says so.
    pub fn date(&self) -> Option<Date> {
        self.date
    }

    /// The fields as they were given.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The field whose value holds a character, and where it was written.
    pub fn find_character(&self, c: char) -> Option<(FieldPath, Option<Place>)> {
        find_character(&self.fields, c)
    }
}

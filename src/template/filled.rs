//! What filling a template gives.

use std::sync::Arc;

use super::{Manifest, find_character};
use crate::diag::Place;
use crate::document::Document;
use crate::field::{FieldPath, Fields};

/// A filled template: a document, and where its values came from.
#[derive(Clone, Debug)]
pub struct Filled {
    /// The document.
    document: Document,
    /// What the template says of itself.
    manifest: Arc<Manifest>,
    /// The fields as they were given.
    fields: Fields,
}

impl Filled {
    /// Puts together what filling gave.
    pub(super) fn new(
        document: Document,
        manifest: Arc<Manifest>,
        fields: Fields,
    ) -> Self {
        Self { document, manifest, fields }
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// What the template says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
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

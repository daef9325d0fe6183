//! All faces that a program can use, by name.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::{Face, FontBytes};
use crate::diag::{Diagnostic, Result, did_you_mean};

/// What `fonts/<family>/font.toml` says of a family.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// The family's own name, `EB Garamond`.
    pub family: String,
    /// Its licence (SPDX), `OFL-1.1`.
    pub licence: String,
    /// What it is for, in a few words.
    pub about: String,
    /// The first and last year in which such letters were made, where that is known.
    pub years: Option<[i32; 2]>,
    /// The scripts it has: `latin`, `hangul`, `han`, `ornament`.
    pub scripts: Vec<String>,
    /// Its files: `regular`, `italic` …
    pub faces: BTreeMap<String, String>,
}

/// A face that is opened when it is first needed.
#[derive(Debug)]
struct Entry {
    /// The file's name, for errors.
    source: String,
    /// The file.
    bytes: FontBytes,
    /// The face, once opened.
    face: OnceLock<core::result::Result<Arc<Face>, Diagnostic>>,
}

/// Faces by name: `im-fell-english`, `eb-garamond/italic`.
#[derive(Clone, Debug, Default)]
pub struct Book(BTreeMap<String, Arc<Entry>>);

impl Book {
    /// Adds a file under a name; a face of that name is replaced.
    pub fn add(
        &mut self,
        name: impl Into<String>,
        source: impl Into<String>,
        bytes: FontBytes,
    ) {
        let entry = Entry { source: source.into(), bytes, face: OnceLock::new() };
        self.0.insert(name.into(), Arc::new(entry));
    }

    /// The names, in alphabetical order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The face of this name.
    ///
    /// # Errors
    /// A name that is not in the book; a file that is not a usable font.
    pub fn face(&self, name: &str) -> Result<Arc<Face>> {
        let Some(entry) = self.0.get(name) else {
            let message = format!("there is no font named `{name}`");
            let hint = match did_you_mean(name, self.names()) {
                Some(near) => format!("write `{near}`"),
                None => "list the fonts with `engross list fonts`".to_owned(),
            };
            return Err(Diagnostic::usage("unknown-font", message).hint(hint).into());
        };
        let open = || Face::new(&entry.source, entry.bytes.clone()).map(Arc::new);
        entry.face.get_or_init(open).clone().map_err(Into::into)
    }
}

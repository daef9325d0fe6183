//! Files by name: what is bundled with the program, what a program adds, and, with the
//! feature `fs`, folders and files of the user's.

use std::collections::{BTreeMap, BTreeSet};
#[cfg(feature = "fs")]
use std::path::Path;
use std::sync::Arc;

#[cfg(feature = "fs")]
use super::files::unreadable;
use crate::diag::{Diagnostic, Problems, Result, did_you_mean};
use crate::font::FontBytes;

/// What is bundled, by name.
#[cfg(feature = "bundled")]
static BUNDLED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/bundled.rs"));

/// What is bundled, by name.
#[cfg(not(feature = "bundled"))]
static BUNDLED: &[(&str, &[u8])] = &[];

/// The largest file of a template, style or paper that is read.
#[cfg(feature = "fs")]
const LARGEST: u64 = 4 << 20;

/// Files by name with `/` between folders.
#[derive(Clone, Debug, Default)]
pub(super) struct Store(BTreeMap<String, FontBytes>);

/// What can be asked for by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A folder under `templates`.
    Template,
    /// A file under `styles`.
    Style,
    /// A file under `papers`.
    Paper,
    /// A folder under `fonts`.
    Font,
    /// A file under `anachronisms`.
    Anachronism,
}

impl Kind {
    /// What it is called.
    fn word(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Style => "style",
            Self::Paper => "paper",
            Self::Font => "font",
            Self::Anachronism => "anachronism",
        }
    }

    /// The code of the error when there is none of a name.
    fn unknown(self) -> &'static str {
        match self {
            Self::Template => "unknown-template",
            Self::Style => "unknown-style",
            Self::Paper => "unknown-paper",
            Self::Font => "unknown-font",
            Self::Anachronism => "unknown-anachronism",
        }
    }
}

/// The files of a template by name.
#[derive(Debug, Default)]
pub(super) struct Folder {
    /// Its texts.
    pub texts: BTreeMap<String, Arc<str>>,
    /// The pictures of its sample.
    pub pictures: BTreeMap<String, Arc<[u8]>>,
}

impl Folder {
    /// Whether a file of this name belongs to a template; its specimen does not.
    #[cfg(feature = "fs")]
    fn wants(file: &str) -> bool {
        is_picture(file) || file.ends_with(".dj") || file.ends_with(".toml")
    }

    /// Adds a file; `path` names it in errors.
    fn add(
        &mut self,
        path: &str,
        file: &str,
        bytes: &[u8],
    ) -> core::result::Result<(), Diagnostic> {
        if is_picture(file) {
            self.pictures.insert(file.to_owned(), Arc::from(bytes));
        } else {
            self.texts.insert(file.to_owned(), Arc::from(text(path, bytes)?));
        }
        Ok(())
    }
}

/// Whether a file of a template is a picture of its sample.
fn is_picture(file: &str) -> bool {
    let picture = [".png", ".jpg", ".jpeg"].iter().any(|end| file.ends_with(end));
    picture && file != super::SPECIMEN
}

impl Store {
    /// What is bundled.
    pub(super) fn bundled() -> Self {
        let entry = |(name, bytes): &(&str, &'static [u8])| {
            ((*name).to_owned(), FontBytes::Static(bytes))
        };
        Self(BUNDLED.iter().map(entry).collect())
    }

    /// Adds a file or replaces the one of this name.
    pub(super) fn add(&mut self, name: String, bytes: Vec<u8>) {
        self.0.insert(name, FontBytes::Shared(bytes.into()));
    }

    /// A file.
    pub(super) fn bytes(&self, name: &str) -> Option<FontBytes> {
        self.0.get(name).cloned()
    }

    /// The names of a kind, in alphabetical order.
    pub(super) fn names(&self, kind: Kind) -> impl Iterator<Item = &str> {
        let prefix = format!("{}s/", kind.word());
        let named = self.0.keys().filter_map(move |name| {
            let rest = name.strip_prefix(&prefix)?;
            match kind {
                Kind::Style | Kind::Paper | Kind::Anachronism => {
                    rest.strip_suffix(".toml")
                }
                Kind::Template | Kind::Font => rest.split('/').next(),
            }
        });
        named.collect::<BTreeSet<&str>>().into_iter()
    }

    /// The files of a template, if there is one of this name.
    pub(super) fn template(&self, name: &str) -> Option<Result<Folder>> {
        let prefix = format!("templates/{name}/");
        let mut folder = Folder::default();
        for (path, bytes) in self.0.range(prefix.clone()..) {
            let Some(file) = path.strip_prefix(&prefix) else { break };
            if let Err(problem) = folder.add(path, file, bytes.as_ref()) {
                return Some(Err(problem.into()));
            }
        }
        (!folder.texts.is_empty()).then_some(Ok(folder))
    }

    /// The text of a style or paper by name or file, and what it is called in errors.
    pub(super) fn text(&self, kind: Kind, name: &str) -> Result<(String, String)> {
        let path = format!("{}s/{name}.toml", kind.word());
        if let Some(bytes) = self.0.get(&path) {
            let text = text(&path, bytes.as_ref())?.to_owned();
            return Ok((path, text));
        }
        match read_text(name)? {
            Some(text) => Ok((name.to_owned(), text)),
            None => Err(self.unknown(kind, name)),
        }
    }

    /// There is none of this name.
    pub(super) fn unknown(&self, kind: Kind, name: &str) -> Problems {
        let word = kind.word();
        let message = format!("there is no {word} named `{name}`");
        let hint = match did_you_mean(name, self.names(kind)) {
            Some(near) => format!("write `{near}`"),
            None => format!("list them with `engross list {word}s`, or give a path"),
        };
        Diagnostic::usage(kind.unknown(), message).hint(hint).into()
    }
}

/// Bytes as text.
fn text<'a>(path: &str, bytes: &'a [u8]) -> core::result::Result<&'a str, Diagnostic> {
    core::str::from_utf8(bytes).map_err(|_| {
        let message = format!("`{path}` is not UTF-8 text");
        Diagnostic::usage("not-text", message).hint("save it as UTF-8")
    })
}

/// Whether a name is meant as a path.
#[cfg(feature = "fs")]
fn is_path(name: &str) -> bool {
    name.contains(['/', '\\']) || name.starts_with('.') || Path::new(name).exists()
}

/// The files of a template's folder; none where the name is no path.
#[cfg(feature = "fs")]
pub(super) fn read_folder(name: &str) -> Result<Option<Folder>> {
    if !is_path(name) {
        return Ok(None);
    }
    let entries =
        std::fs::read_dir(name).map_err(|error| unreadable(Path::new(name), &error))?;
    let mut folder = Folder::default();
    let mut problems = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        let file = entry.file_name().to_string_lossy().into_owned();
        if !Folder::wants(&file) {
            continue;
        }
        let path = path.to_string_lossy();
        let read = read_bytes(&path, LARGEST);
        problems.extend(read.and_then(|bytes| folder.add(&path, &file, &bytes)).err());
    }
    Problems::check(Some(folder), problems)
}

/// The files of a template's folder: there is no disk.
#[cfg(not(feature = "fs"))]
pub(super) fn read_folder(_name: &str) -> Result<Option<Folder>> {
    Ok(None)
}

/// The text of a file; none where the name is no path.
#[cfg(feature = "fs")]
fn read_text(name: &str) -> Result<Option<String>> {
    if !is_path(name) {
        return Ok(None);
    }
    Ok(Some(read_file(name)?))
}

/// The text of a file: there is no disk.
#[cfg(not(feature = "fs"))]
fn read_text(_name: &str) -> Result<Option<String>> {
    Ok(None)
}

/// Reads a text file of reasonable size.
#[cfg(feature = "fs")]
fn read_file(path: &str) -> core::result::Result<String, Diagnostic> {
    let bytes = read_bytes(path, LARGEST)?;
    text(path, &bytes).map(str::to_owned)
}

/// Reads a file of at most so many bytes.
#[cfg(feature = "fs")]
pub(super) fn read_bytes(
    path: &str,
    largest: u64,
) -> core::result::Result<Vec<u8>, Diagnostic> {
    let length = std::fs::metadata(path)
        .map_err(|error| unreadable(Path::new(path), &error))?
        .len();
    if length > largest {
        let message = format!("`{path}` is larger than {} MB", largest >> 20);
        return Err(Diagnostic::usage("too-large", message).hint("is it the right file?"));
    }
    std::fs::read(path).map_err(|error| unreadable(Path::new(path), &error))
}

//! Files: read whole, written whole or not at all.

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Result};

/// Reads a file.
///
/// # Errors
/// A file that is not there or cannot be read.
pub fn read_file(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| unreadable(path, &error).into())
}

/// Whether a file can be written: its folder is there, and it is not, unless `force`.
///
/// # Errors
/// A file that is there already; a path that is a folder; a folder that is not there.
pub fn check_target(path: &Path, force: bool) -> Result<()> {
    if path.is_dir() {
        let message = format!("`{}` is a folder", path.display());
        return Err(Diagnostic::usage("is-folder", message)
            .hint("name a file in it")
            .into());
    }
    if path.exists() && !force && !is_stream(path) {
        return Err(exists(path).into());
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        let message = format!("the folder `{}` is not there", folder.display());
        return Err(Diagnostic::io("no-folder", message)
            .hint(format!("make it first: mkdir -p {}", folder.display()))
            .into());
    }
    Ok(())
}

/// Writes a file: under another name first, so that what appears is complete. An existing
/// file is kept unless `force`.
///
/// # Errors
/// As [`check_target`]; a folder that cannot be written, a disk that is full.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    check_target(path, force)?;
    if is_stream(path) {
        return std::fs::write(path, bytes).map_err(|e| unwritable(path, &e).into());
    }
    NewFile::begin(path, &followed(path), force, PREFIX)?.fill(&[bytes])
}

/// As [`write_file`] with bytes in pieces, in a folder that may hold what others put there: a
/// link, device or pipe is a file that is there, and nothing is written where a link leads. The
/// name of the file in the making begins with `prefix`, so that [`sweep`] finds it when the
/// program was killed.
///
/// # Errors
/// As [`write_file`].
pub fn write_file_as(
    path: &Path,
    pieces: &[&[u8]],
    force: bool,
    prefix: &str,
) -> Result<()> {
    // What is not to be replaced is seen when the file is to appear.
    if force && !is_new(path) {
        check_target(path, force)?;
    }
    NewFile::begin(path, path, force, prefix)?.fill(pieces)
}

/// A file that is written bit by bit and appears when it is complete; until then nothing
/// is seen of it, and nothing stays of it when it is dropped.
#[derive(Debug)]
pub struct NewFile {
    /// The file in the making.
    file: tempfile::NamedTempFile,
    /// Where it was asked for.
    path: PathBuf,
    /// Where it goes.
    real: PathBuf,
    /// Whether a file that is there is replaced.
    force: bool,
}

impl NewFile {
    /// Begins a file.
    ///
    /// # Errors
    /// As [`check_target`]; a folder that cannot be written.
    pub fn create(path: &Path, force: bool) -> Result<Self> {
        check_target(path, force)?;
        Self::begin(path, &followed(path), force, PREFIX)
    }

    /// Begins a file that goes to `real` and has a name with this prefix while it is made.
    fn begin(path: &Path, real: &Path, force: bool, prefix: &str) -> Result<Self> {
        let file = new_file(prefix).tempfile_in(folder_of(real));
        let file = file.map_err(|error| match check_target(path, force) {
            Err(problems) => problems,
            Ok(()) => unwritable(path, &error).into(),
        })?;
        Ok(Self { file, path: path.to_owned(), real: real.to_owned(), force })
    }

    /// Writes all of it and lets it appear.
    fn fill(mut self, pieces: &[&[u8]]) -> Result<()> {
        let written = pieces.iter().try_for_each(|bytes| self.file.write_all(bytes));
        written.map_err(|error| unwritable(&self.path, &error))?;
        self.place()
    }

    /// What is written to. Writing goes on at the end of what was written.
    ///
    /// # Errors
    /// A file that cannot be opened twice.
    pub fn writer(&self) -> Result<std::fs::File> {
        let file = self.file.as_file().try_clone();
        file.map_err(|error| unwritable(&self.path, &error).into())
    }

    /// Lets the file appear.
    ///
    /// # Errors
    /// A file of its name that has appeared in the meantime, unless it is to be replaced.
    pub fn place(self) -> Result<()> {
        let Self { file, path, real, force } = self;
        let placed = if force {
            file.persist(&real).map_err(|error| unwritable(&path, &error.error).into())
        } else {
            file.persist_noclobber(&real).map_err(|error| match error.error.kind() {
                ErrorKind::AlreadyExists => match check_target(&path, force) {
                    Err(problems) => problems,
                    Ok(()) => exists(&path).into(),
                },
                _ => unwritable(&path, &error.error).into(),
            })
        };
        placed?;
        Ok(())
    }
}

/// Where a path leads: a link stays one, what it points at is replaced.
fn followed(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// What the names of files in the making begin with.
const PREFIX: &str = ".engross-";

/// Takes away the files in the making that a program left in a folder when it was killed;
/// their names begin with `prefix`. What cannot be taken away stays.
pub fn sweep(folder: &Path, prefix: &str) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(prefix) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// The folder a file lies in.
fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Whether there is nothing of this name.
fn is_new(path: &Path) -> bool {
    std::fs::symlink_metadata(path)
        .is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Whether a path is a device or pipe, such as `/dev/null`: it is written to and stays.
fn is_stream(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir())
}

/// A file in the making, with the rights that new files have; those of temporary ones are
/// narrower.
#[cfg(unix)]
fn new_file(prefix: &str) -> tempfile::Builder<'_, 'static> {
    use std::os::unix::fs::PermissionsExt as _;
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    // What the user's mask forbids is taken away by the system.
    builder.permissions(std::fs::Permissions::from_mode(0o666));
    builder
}

/// A file in the making.
#[cfg(not(unix))]
fn new_file(prefix: &str) -> tempfile::Builder<'_, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    builder
}

/// A file that is there already.
fn exists(path: &Path) -> Diagnostic {
    let message = format!("`{}` is there already", path.display());
    Diagnostic::usage("exists", message).hint("choose another name, or add --force")
}

/// A file or folder that cannot be read.
pub(super) fn unreadable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let hint = match error.kind() {
        ErrorKind::NotFound => "mend the path",
        ErrorKind::PermissionDenied => "ask for leave to read it",
        _ => "look at the path and the disk",
    };
    let message = format!("`{}` cannot be read: {error}", path.display());
    Diagnostic::io("unreadable", message).hint(hint)
}

/// A file that cannot be written.
fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let hint = match error.kind() {
        ErrorKind::PermissionDenied => {
            "ask for leave to write there, or choose another folder"
        }
        ErrorKind::StorageFull => "make room on the disk",
        _ => "look at the folder and the disk",
    };
    let message = format!("`{}` cannot be written: {error}", path.display());
    Diagnostic::io("unwritable", message).hint(hint)
}

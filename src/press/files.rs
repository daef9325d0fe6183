//! Files: read whole, written whole or not at all.

use std::io::{ErrorKind, Write as _};
use std::path::Path;

use crate::diag::{Diagnostic, Result};

/// Reads a file.
///
/// # Errors
/// A file that is not there or cannot be read.
pub fn read_file(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| unreadable(path, &error).into())
}

/// Writes a file: under another name first, so that what appears is complete. An existing
/// file is kept unless `force`.
///
/// # Errors
/// A file that is there already; a folder that is not there or cannot be written.
pub fn write_file(path: &Path, bytes: &[u8], force: bool) -> Result<()> {
    if !force && path.exists() {
        return Err(exists(path).into());
    }
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let message = format!("the folder `{}` is not there", folder.display());
        return Err(Diagnostic::io("no-folder", message)
            .hint(format!("make it first: mkdir -p {}", folder.display()))
            .into());
    }
    let failed = |error: &std::io::Error| unwritable(path, error);
    let mut file = tempfile::Builder::new()
        .prefix(".engross-")
        .tempfile_in(folder)
        .map_err(|error| failed(&error))?;
    file.write_all(bytes).map_err(|error| failed(&error))?;
    open_to_all(file.as_file()).map_err(|error| failed(&error))?;
    let placed = if force {
        file.persist(path).map_err(|error| failed(&error.error))
    } else {
        file.persist_noclobber(path).map_err(|error| match error.error.kind() {
            ErrorKind::AlreadyExists => exists(path),
            _ => failed(&error.error),
        })
    };
    placed?;
    Ok(())
}

/// Gives a new file the rights that new files have; those of temporary ones are narrower.
#[cfg(unix)]
fn open_to_all(file: &std::fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

/// Gives a new file the rights that new files have: it has them already.
#[cfg(not(unix))]
fn open_to_all(_file: &std::fs::File) -> std::io::Result<()> {
    Ok(())
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

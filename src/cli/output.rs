//! Where results go: files by rename, standard output.

use std::io::{ErrorKind, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use super::Ended;
use super::args::FormatName;
use crate::diag::{Diagnostic, Result};
use crate::geom::Resolution;
use crate::page::Pages;
use crate::press::write_file;
use crate::{PdfOptions, diag};

/// Where a document is written, and how.
pub(super) struct Target<'a> {
    /// The file, or `-`.
    pub path: &'a Path,
    /// The format, if it was said.
    pub format: Option<FormatName>,
    /// Pixels to the inch.
    pub ppi: f64,
    /// Whether an existing file is replaced.
    pub force: bool,
}

impl Target<'_> {
    /// Whether it is standard output.
    fn is_stdout(&self) -> bool {
        self.path == Path::new("-")
    }

    /// The format: what was said, or what the name says, or PDF.
    fn format(&self) -> FormatName {
        let png = self.path.extension().is_some_and(|e| e.eq_ignore_ascii_case("png"));
        let named = if png { FormatName::Png } else { FormatName::Pdf };
        self.format.unwrap_or(named)
    }

    /// Whether the target can be written at all, before work is done for it.
    ///
    /// # Errors
    /// A terminal; a folder that is not there; a file that is there already.
    pub(super) fn check(&self) -> Result<()> {
        if self.is_stdout() {
            if std::io::stdout().is_terminal() {
                let message = "a document cannot be shown on a terminal";
                return Err(Diagnostic::usage("terminal", message)
                    .hint("name a file with -o, or send the output into one")
                    .into());
            }
            return Ok(());
        }
        let numbered = self.path.to_string_lossy().contains("{p}");
        if !self.force && !numbered && self.path.exists() {
            let message = format!("`{}` is there already", self.path.display());
            return Err(Diagnostic::usage("exists", message)
                .hint("choose another name, or add --force")
                .into());
        }
        Ok(())
    }

    /// Writes the pages; the files that were written.
    pub(super) fn write(&self, pages: &Pages) -> Result<Vec<PathBuf>> {
        match self.format() {
            FormatName::Pdf => {
                let options = PdfOptions {
                    resolution: Resolution(self.ppi),
                    ..PdfOptions::default()
                };
                let pdf = pages.pdf(&options)?;
                if self.is_stdout() {
                    print_bytes(&pdf)?;
                    return Ok(Vec::new());
                }
                write_file(self.path, &pdf, self.force)?;
                Ok(vec![self.path.to_owned()])
            }
            FormatName::Png => self.pictures(pages),
        }
    }

    /// Writes a picture of each page.
    fn pictures(&self, pages: &Pages) -> Result<Vec<PathBuf>> {
        let count = pages.pages.len();
        if self.is_stdout() {
            if count > 1 {
                let message = format!("{count} pictures cannot go to standard output");
                return Err(Diagnostic::usage("several-pages", message)
                    .hint("name files: -o page-{p}.png")
                    .into());
            }
            print_bytes(&pages.png(0, self.ppi)?)?;
            return Ok(Vec::new());
        }
        let paths: Vec<PathBuf> =
            (0..count).map(|page| self.numbered(page + 1, count)).collect();
        // Looked at before the first is written, so that none is written in vain.
        if let Some(there) = paths.iter().find(|path| !self.force && path.exists()) {
            let message = format!("`{}` is there already", there.display());
            return Err(Diagnostic::usage("exists", message)
                .hint("choose another name, or add --force")
                .into());
        }
        for (page, path) in paths.iter().enumerate() {
            write_file(path, &pages.png(page, self.ppi)?, self.force)?;
        }
        Ok(paths)
    }

    /// The file of a page: its number for `{p}`, or, where there are several, before the
    /// ending.
    fn numbered(&self, page: usize, count: usize) -> PathBuf {
        let name = self.path.to_string_lossy();
        if name.contains("{p}") {
            return PathBuf::from(name.replace("{p}", &page.to_string()));
        }
        if count == 1 {
            return self.path.to_owned();
        }
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        let ending = self.path.extension().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!("{stem}-{page}.{ending}"))
    }
}

/// Writes text to standard output.
pub(super) fn print(text: &str) -> Result<Ended> {
    print_bytes(text.as_bytes())
}

/// Writes bytes to standard output; a reader that has gone is no error.
pub(super) fn print_bytes(bytes: &[u8]) -> diag::Result<Ended> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(Ended::Well),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Ended::Well),
        Err(error) => {
            let message = format!("standard output cannot be written: {error}");
            Err(Diagnostic::io("stdout", message).hint("look at where it goes").into())
        }
    }
}

//! Rows to documents: one file a row. Good rows are written, bad ones are reported; nothing
//! is printed.

mod columns;
mod names;
mod row;

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use crate::data::Row;
use crate::diag::{Diagnostic, Kind, Problems};
use crate::export::PdfOptions;
use crate::lang::Lang;
use crate::press::{Look, Press};
use crate::template::{NamePattern, Template};

pub use columns::{check_assignments, check_columns, check_names};

/// What is done with each row.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// Sets the documents.
    pub press: &'a Press,
    /// What is filled.
    pub template: &'a Template,
    /// How the documents look; each row has a seed of its own, drawn from this one.
    pub look: &'a Look,
    /// The languages; none for those that the fields ask for.
    pub langs: &'a [Lang],
    /// What stands over each row, as `key=value`.
    pub over: &'a [String],
    /// The folder of the rows: names of pictures are relative to it.
    pub folder: &'a Path,
}

/// Where the documents go.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The folder, which must be there unless nothing is written.
    pub folder: &'a Path,
    /// The names of the files.
    pub names: &'a NamePattern,
    /// How a PDF is made.
    pub options: &'a PdfOptions,
    /// Whether existing files are replaced.
    pub force: bool,
    /// Whether rows are set and checked, but nothing is written.
    pub dry_run: bool,
    /// Whether the first row that fails is the last.
    pub fail_fast: bool,
}

/// What became of a row.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The number of the row, from 1.
    pub row: usize,
    /// The file that was written, or would have been; or why there is none.
    pub outcome: Result<&'a Path, &'a Problems>,
}

/// What became of all rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows that became documents, or would have.
    pub done: usize,
    /// Rows that failed; nothing was written for them.
    pub failed: usize,
    /// Whether a row failed because something could not be read or written.
    pub io_failed: bool,
    /// Whether it ended before the last row.
    pub stopped: bool,
}

impl Batch<'_> {
    /// Makes a document of each row, in order. `tell` hears what became of each, and says
    /// whether to go on.
    pub fn run(
        &self,
        rows: impl Iterator<Item = Row>,
        output: &Output<'_>,
        tell: &mut dyn FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Summary {
        let mut summary = Summary::default();
        let mut taken = Taken::default();
        for row in rows {
            let number = row.number;
            let made = self.make(row, output, &mut taken);
            match &made {
                Ok(_) => summary.done += 1,
                Err(problems) => {
                    summary.failed += 1;
                    summary.io_failed |= problems.kind() == Kind::Io;
                }
            }
            let failed = made.is_err();
            let outcome = made.as_ref().map(PathBuf::as_path);
            let answer = tell(Event { row: number, outcome });
            if answer.is_break() || (failed && output.fail_fast) {
                summary.stopped = true;
                break;
            }
        }
        summary
    }
}

/// The names that rows have taken.
#[derive(Debug, Default)]
struct Taken(BTreeSet<String>);

impl Taken {
    /// Takes a name, unless an earlier row has it. Some file systems do not tell capitals
    /// from small letters.
    fn take(&mut self, name: &str) -> Result<(), Diagnostic> {
        if self.0.insert(name.to_lowercase()) {
            return Ok(());
        }
        let message = format!("an earlier row has the name `{name}` already");
        Err(Diagnostic::invalid("name-taken", message)
            .hint("put `{{ row }}` into the pattern of the names"))
    }
}

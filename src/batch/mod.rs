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
use crate::export::{PdfOptions, Sheets};
use crate::lang::Lang;
use crate::press::{Look, Press};
use crate::template::{NamePattern, Template};

use row::Job;

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
    /// How many sheets the documents share, each laid in its own way; none when each
    /// document has sheets of its own.
    pub pool: Option<u32>,
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
        let sheets = Sheets::default();
        let mut rows = rows.fuse();
        // With the first failure the last row is made: no row is in hand beside it.
        let count = if output.fail_fast { 1 } else { TOGETHER };
        loop {
            let jobs: Vec<_> = rows
                .by_ref()
                .take(count)
                .map(|row| (row.number, self.prepare(row, output, &mut taken)))
                .collect();
            if jobs.is_empty() {
                return summary;
            }
            for (row, made) in self.make_all(jobs, output, &sheets) {
                match &made {
                    Ok(_) => summary.done += 1,
                    Err(problems) => {
                        summary.failed += 1;
                        summary.io_failed |= problems.kind() == Kind::Io;
                    }
                }
                let failed = made.is_err();
                let outcome = made.as_ref().map(PathBuf::as_path);
                let answer = tell(Event { row, outcome });
                summary.stopped |= answer.is_break() || (failed && output.fail_fast);
            }
            if summary.stopped {
                return summary;
            }
        }
    }

    /// Makes the documents of rows, on all cores; gives what became of them in order.
    fn make_all(
        &self,
        jobs: Vec<(usize, Result<Job, Problems>)>,
        output: &Output<'_>,
        sheets: &Sheets,
    ) -> Vec<(usize, Result<PathBuf, Problems>)> {
        let make = |(row, job): (usize, Result<Job, Problems>)| {
            (row, job.and_then(|job| self.make(job, output, sheets)))
        };
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            jobs.into_par_iter().map(make).collect()
        }
        #[cfg(not(feature = "parallel"))]
        jobs.into_iter().map(make).collect()
    }
}

/// How many rows are in hand at once.
const TOGETHER: usize = 64;

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

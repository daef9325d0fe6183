//! Rows to documents: one file a row. Good rows are written, bad ones are reported; nothing
//! is printed.

mod bundle;
mod columns;
mod manifest;
mod names;
mod queue;
mod row;
mod shard;
mod verify;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::data::Row;
use crate::diag::{Diagnostic, Kind, Problems, Result};
use crate::export::{Common, PdfOptions};
use crate::lang::Lang;
use crate::press::{Look, Press, sweep};
use crate::template::{NamePattern, Template};

use manifest::{End, Head, Ledger, Record, Status};
use names::Taken;
use queue::{List, in_order};
use row::{Job, Outcome};

pub use bundle::{ArchiveKind, Bundle};
pub use columns::{check_assignments, check_columns, check_names};
pub use manifest::{Begin, made_before};
pub use row::sha256;
pub use shard::{NotAShard, Shard};
pub use verify::{Verdict, verify};

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
    /// document has sheets of its own. Hands and machines they share in any case.
    pub sheets: Option<u32>,
}

/// What a row becomes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// A PDF file.
    #[default]
    Pdf,
    /// A picture of each page: `name.1.png`.
    Png,
}

/// Where the documents go.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The folder, which must be there unless nothing is written.
    pub folder: &'a Path,
    /// The names of the files.
    pub names: &'a NamePattern,
    /// What a row becomes.
    pub form: Form,
    /// How a PDF is made; pictures have its resolution.
    pub options: &'a PdfOptions,
    /// Whether there may be a batch in the folder already, and whether its files and
    /// others of the same names are replaced.
    pub begin: Begin,
    /// Which of the rows.
    pub shard: Shard,
    /// Whether rows are set and checked, but nothing is written.
    pub dry_run: bool,
    /// Whether the first row that fails is the last.
    pub fail_fast: bool,
    /// Becomes true when no more rows are to be begun.
    pub stop: &'a AtomicBool,
}

/// What became of a row.
#[derive(Clone, Copy, Debug)]
pub struct Event<'a> {
    /// The number of the row, from 1.
    pub row: usize,
    /// The file that was written, or would have been; or why there is none.
    pub outcome: core::result::Result<&'a Path, &'a Problems>,
}

/// What became of all rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Rows that became documents, or would have.
    pub done: usize,
    /// Of these, rows that were documents already, made by an earlier run.
    pub kept: usize,
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
    ///
    /// `header` are the names of the columns: a batch that is gone on with must have the
    /// same.
    ///
    /// # Errors
    /// A folder in which another run is at work, or which holds a batch that this is not;
    /// input that is not what it was; a manifest that cannot be written.
    pub fn run(
        &self,
        header: &[String],
        rows: impl Iterator<Item = Row>,
        output: &Output<'_>,
        tell: &mut dyn FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<Summary> {
        let job = self.job(header, (output.names, output.form, output.options));
        let mut ledger = None;
        if !output.dry_run {
            let head = Head::of(self, job.clone(), output.shard);
            ledger = Some(Ledger::open(output.folder, output.shard, head, output.begin)?);
            sweep(output.folder, &output.prefix());
        }
        let mut run = Run {
            batch: self,
            output,
            job,
            ledger,
            taken: Taken::default(),
            summary: Summary::default(),
            count: 0,
            rows: &mut rows.fuse(),
            tell,
        };
        // With the first failure the last row is made: no row is in hand beside it.
        let most = if output.fail_fast { 1 } else { IN_HAND };
        let (common, full) = (Common::default(), AtomicBool::new(false));
        in_order(&mut run, most, &|job| self.make_row(job, output, &common, &full))?;
        run.end()
    }

    /// Makes the documents of a row, unless the run is to end; where one file cannot be
    /// written, the disk is `full`, and the others cannot either.
    fn make_row(
        &self,
        mut job: Job,
        output: &Output<'_>,
        common: &Common,
        full: &AtomicBool,
    ) -> (Job, Option<Outcome>) {
        if output.stop.load(Ordering::Relaxed) || full.load(Ordering::Relaxed) {
            return (job, None);
        }
        let made = self.make(&mut job, output, common);
        if made.is_unwritable() {
            full.store(true, Ordering::Relaxed);
        }
        (job, Some(made))
    }
}

impl Output<'_> {
    /// What names of files in the making begin with: those of other shards differ.
    fn prefix(&self) -> String {
        format!(".engross{}~", self.shard.suffix())
    }
}

/// A run in progress.
struct Run<'a> {
    /// What is done.
    batch: &'a Batch<'a>,
    /// Where it goes.
    output: &'a Output<'a>,
    /// The hash of what all rows have in common.
    job: String,
    /// What became of the rows; none when nothing is written.
    ledger: Option<Ledger>,
    /// The names that rows have.
    taken: Taken,
    /// What became of the rows so far.
    summary: Summary,
    /// How many rows were read.
    count: usize,
    /// The rows that were not.
    rows: &'a mut dyn Iterator<Item = Row>,
    /// Hears what became of each row.
    tell: &'a mut dyn FnMut(Event<'_>) -> ControlFlow<()>,
}

impl List for Run<'_> {
    type Job = Job;
    type Made = (Job, Option<Outcome>);

    fn next(&mut self) -> Result<Option<Job>> {
        while !self.output.stop.load(Ordering::Relaxed) {
            let Some(row) = self.rows.next() else { return Ok(None) };
            self.count = row.number;
            // Every shard names all rows, so that each gets the name it would have in one.
            let job = self.prepare(row)?;
            if self.output.shard.has(self.count) {
                return Ok(Some(job));
            }
        }
        self.summary.stopped = true;
        Ok(None)
    }

    fn take(
        &mut self,
        (job, outcome): (Job, Option<Outcome>),
    ) -> Result<ControlFlow<()>> {
        match outcome {
            Some(outcome) => self.note(job, outcome)?,
            None => self.summary.stopped = true,
        }
        Ok(match self.summary.stopped {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    }
}

impl Run<'_> {
    /// Reads a row, takes its name and looks up what became of it before.
    fn prepare(&mut self, row: Row) -> Result<Job> {
        let names = (self.output.names, self.output.form.ending());
        let mut job = self.batch.prepare(row, names, &self.job, &mut self.taken);
        let known = self.ledger.as_ref().and_then(|ledger| ledger.known(job.number));
        if let Some(known) = known {
            if known.input != job.input {
                let message = format!(
                    "row {} is not what it was when the batch was begun",
                    job.number
                );
                return Err(Diagnostic::usage("batch-changed", message)
                    .at(job.place.clone())
                    .hint("go on with the rows it was begun with, or make it anew with --force")
                    .into());
            }
            if let Status::Done { files } = &known.status {
                job.before.clone_from(files);
            }
        }
        Ok(job)
    }

    /// Notes what became of a row and tells it.
    fn note(&mut self, job: Job, outcome: Outcome) -> Result<()> {
        let row = job.number;
        let path: PathBuf;
        let told = match &outcome {
            Outcome::Kept(files) | Outcome::Made(files) => {
                self.summary.done += 1;
                self.summary.kept += usize::from(matches!(outcome, Outcome::Kept(_)));
                let first = files.first().map_or(job.file.as_str(), |made| &made.file);
                path = self.output.folder.join(first);
                Ok(path.as_path())
            }
            Outcome::Failed(problems) => {
                self.summary.failed += 1;
                self.summary.io_failed |= problems.kind() == Kind::Io;
                self.summary.stopped |= self.output.fail_fast || outcome.is_unwritable();
                Err(problems)
            }
        };
        self.summary.stopped |= (self.tell)(Event { row, outcome: told }).is_break();
        let status = match outcome {
            Outcome::Kept(files) | Outcome::Made(files) => Status::Done { files },
            Outcome::Failed(problems) => Status::failed(&problems),
        };
        match &mut self.ledger {
            Some(ledger) => ledger.note(Record { row, input: job.input, status }),
            None => Ok(()),
        }
    }

    /// Ends the run.
    fn end(self) -> Result<Summary> {
        let Self { ledger: Some(ledger), summary, count, .. } = self else {
            return Ok(self.summary);
        };
        if summary.stopped {
            return Ok(summary);
        }
        if let Some(beyond) = ledger.beyond(count) {
            let message = format!(
                "there are {count} rows, but row {beyond} was made when the batch was begun"
            );
            return Err(Diagnostic::usage("batch-changed", message)
                .hint(
                    "go on with the rows it was begun with, or make it anew with --force",
                )
                .into());
        }
        let Summary { done, failed, .. } = summary;
        ledger.finish(End { rows: count, done, failed })?;
        Ok(summary)
    }
}

/// How many rows are in hand at once.
const IN_HAND: usize = 64;

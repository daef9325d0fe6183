//! `manifest.jsonl`: what became of each row, a line each, in the order of the rows.
//!
//! The first line says of which batch it is; the last, when all rows are done, how many
//! they were. Lines are only ever appended, so that a run that is killed leaves at most a
//! torn last line. A run that goes on after another mends it, and puts the lines in order
//! when all is done: then the file is as if nothing had happened.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Batch, Shard};
use crate::diag::{Diagnostic, Kind, Place, Problems, Result};
use crate::press::write_file;

/// The first line: of which batch the manifest is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The version of the program.
    pub engross: String,
    /// The hash of all that the documents depend on beside their rows: template, header,
    /// look and options.
    pub job: String,
    /// The day of making that the documents tell.
    pub made: Option<String>,
    /// Which share of the rows, `2/8`.
    pub shard: String,
}

impl Head {
    /// The first line about a batch.
    pub(super) fn of(batch: &Batch<'_>, job: String, shard: Shard) -> Self {
        let engross = env!("CARGO_PKG_VERSION").to_owned();
        Self { engross, job, made: batch.look.made_on(), shard: shard.to_string() }
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub(super) enum Status {
    /// It is a document.
    Done {
        /// The files in the folder: one, or one a page.
        files: Vec<Made>,
    },
    /// It is none.
    Failed {
        /// Why, one text a problem.
        errors: Vec<String>,
    },
}

impl Status {
    /// A row that became nothing.
    pub(super) fn failed(problems: &Problems) -> Self {
        Self::Failed { errors: problems.iter().map(ToString::to_string).collect() }
    }
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Made {
    /// Its name in the folder.
    pub file: String,
    /// The hash of its bytes (SHA-256).
    pub sha256: String,
}

/// A line about a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// The number of the row, from 1.
    pub row: usize,
    /// The hash of the job and the row: the same hash, the same document.
    pub input: String,
    /// What became of it.
    #[serde(flatten)]
    pub status: Status,
}

/// The last line: all rows are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    /// How many rows there are, those of other shards included.
    pub rows: usize,
    /// How many of this shard became documents.
    pub done: usize,
    /// How many of this shard did not.
    pub failed: usize,
}

/// A line.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Line {
    /// About a row.
    Record(Record),
    /// The last.
    End(End),
    /// The first.
    Head(Head),
}

/// What a manifest says.
#[derive(Clone, Debug)]
pub(super) struct Account {
    /// Of which batch it is; none in an empty file.
    pub head: Option<Head>,
    /// The lines about rows, by row; a later one stands for an earlier one.
    pub records: BTreeMap<usize, Record>,
    /// How many rows have a second line.
    pub doubled: usize,
    /// The last line, if all rows are done.
    pub end: Option<End>,
    /// How many bytes are whole lines.
    whole: usize,
}

/// How a run begins in a folder that may hold a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// There must be none.
    New,
    /// The one that is there is made anew.
    Anew,
    /// The one that is there is gone on with, if it is the same.
    Resume,
}

/// The manifest of a run, which is the only one to write it as long as it lives.
#[derive(Debug)]
pub(super) struct Ledger {
    /// The file, locked.
    file: File,
    /// Where it is.
    path: PathBuf,
    /// The first line.
    head: Head,
    /// What was said of rows before this run.
    known: BTreeMap<usize, Record>,
    /// Whether lines are to be put in order at the end.
    mixed: bool,
}

/// A manifest that is written where nobody sees it, for a file that takes it whole.
#[derive(Debug)]
pub(super) struct Lines(BufWriter<File>);

impl Lines {
    /// A manifest with its first line.
    pub(super) fn new(head: Head) -> io::Result<Self> {
        let mut lines = Self(BufWriter::new(tempfile::tempfile()?));
        lines.write(&Line::Head(head))?;
        Ok(lines)
    }

    /// Adds what became of a row.
    pub(super) fn add(&mut self, record: Record) -> io::Result<()> {
        self.write(&Line::Record(record))
    }

    /// Adds the last line; gives how many bytes there are, and the bytes.
    pub(super) fn end(mut self, end: End) -> io::Result<(u64, File)> {
        self.write(&Line::End(end))?;
        let mut file = self.0.into_inner()?;
        let size = file.stream_position()?;
        file.seek(SeekFrom::Start(0))?;
        Ok((size, file))
    }

    /// Adds a line.
    fn write(&mut self, line: &Line) -> io::Result<()> {
        self.0.write_all(shown(line).as_bytes())
    }
}

/// The manifest of a shard.
pub(super) fn path(folder: &Path, shard: Shard) -> PathBuf {
    folder.join(format!("manifest{}.jsonl", shard.suffix()))
}

/// The day of making of the batch in a folder, for a run that goes on with it.
///
/// # Errors
/// A manifest that cannot be read.
pub fn made_before(folder: &Path, shard: Shard) -> Result<Option<String>> {
    let path = path(folder, shard);
    if !path.exists() {
        return Ok(None);
    }
    Ok(read(&path)?.head.and_then(|head| head.made))
}

/// Reads a manifest.
pub(super) fn read(path: &Path) -> Result<Account> {
    let bytes = crate::press::read_file(path)?;
    parse(path, &bytes)
}

/// Reads the lines of a manifest; a torn last line is left out.
fn parse(path: &Path, bytes: &[u8]) -> Result<Account> {
    let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
    let mut account =
        Account { head: None, records: BTreeMap::new(), doubled: 0, end: None, whole };
    for (index, line) in bytes[..whole].split_inclusive(|b| *b == b'\n').enumerate() {
        match serde_json::from_slice(line) {
            Ok(Line::Head(head)) if index == 0 => account.head = Some(head),
            Ok(Line::Record(record)) if index > 0 => {
                account.doubled +=
                    usize::from(account.records.insert(record.row, record).is_some());
                account.end = None;
            }
            Ok(Line::End(end)) if index > 0 => account.end = Some(end),
            _ => {
                let message = format!("line {} is not one of a manifest", index + 1);
                return Err(Diagnostic::usage("manifest", message)
                    .at(Place::whole(path.display().to_string()))
                    .hint("begin anew with --force")
                    .into());
            }
        }
    }
    Ok(account)
}

impl Ledger {
    /// Opens or makes the manifest of a shard and locks it.
    ///
    /// # Errors
    /// A folder in which another run is at work; one that holds a batch already, or, to go
    /// on with, another batch; a file that cannot be read or written.
    pub(super) fn open(
        folder: &Path,
        shard: Shard,
        head: Head,
        begin: Begin,
    ) -> Result<Self> {
        let path = path(folder, shard);
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(|error| unwritable(&path, &error))?;
        lock(&file, &path)?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(|error| unwritable(&path, &error))?;
        let account = match begin {
            Begin::Anew => parse(&path, &[])?,
            Begin::New | Begin::Resume => parse(&path, &bytes)?,
        };
        if begin == Begin::New && account.head.is_some() {
            let message = format!("`{}` holds a batch already", folder.display());
            return Err(Diagnostic::usage("batch-exists", message)
                .hint("go on with it: --resume; make it anew: --force; or choose another")
                .into());
        }
        if let Some(known) = &account.head {
            same(known, &head, &path)?;
        }
        let Account { records, end, whole, doubled, head: before } = account;
        file.set_len(whole as u64).map_err(|error| unwritable(&path, &error))?;
        file.seek(SeekFrom::End(0)).map_err(|error| unwritable(&path, &error))?;
        let mixed = end.is_some() || doubled > 0;
        let mut ledger = Self { file, path, head, known: records, mixed };
        if before.is_none() {
            ledger.write(&Line::Head(ledger.head.clone()))?;
        }
        Ok(ledger)
    }

    /// What is known of a row from an earlier run.
    pub(super) fn known(&self, row: usize) -> Option<&Record> {
        self.known.get(&row)
    }

    /// A row beyond the last that an earlier run has made, if there is one.
    pub(super) fn beyond(&self, last: usize) -> Option<usize> {
        self.known.keys().next_back().copied().filter(|&row| row > last)
    }

    /// Notes what became of a row.
    pub(super) fn note(&mut self, record: Record) -> Result<()> {
        if self.known.get(&record.row) == Some(&record) {
            return Ok(());
        }
        let last = self.known.keys().next_back();
        self.mixed |= last.is_some_and(|&last| last >= record.row);
        let line = Line::Record(record);
        self.write(&line)?;
        if let (Line::Record(record), false) = (line, self.known.is_empty()) {
            self.known.insert(record.row, record);
        }
        Ok(())
    }

    /// Notes that all rows are done, and puts the lines in order.
    pub(super) fn finish(mut self, end: End) -> Result<()> {
        if !self.mixed {
            return self.write(&Line::End(end));
        }
        let first = [Line::Head(self.head)];
        let records = self.known.into_values().map(Line::Record);
        let mut text = String::new();
        for line in first.into_iter().chain(records).chain([Line::End(end)]) {
            text.push_str(&shown(&line));
        }
        // The lock stays on the file that is replaced until this run has ended.
        write_file(&self.path, text.as_bytes(), true)
    }

    /// Appends a line.
    fn write(&mut self, line: &Line) -> Result<()> {
        let written = self.file.write_all(shown(line).as_bytes());
        written.map_err(|error| unwritable(&self.path, &error).into())
    }
}

/// A line as it is written.
fn shown(line: &Line) -> String {
    // Texts and numbers always become JSON.
    let text = serde_json::to_string(line).unwrap_or_default();
    text + "\n"
}

/// Whether a batch is the one that the manifest is of.
fn same(known: &Head, head: &Head, path: &Path) -> Result<()> {
    let message = if known.engross != head.engross {
        let (old, new) = (&known.engross, &head.engross);
        format!("the batch was begun with engross {old}; this is {new}")
    } else if known != head {
        "the template, the columns or the settings are not those of the batch that was begun"
            .to_owned()
    } else {
        return Ok(());
    };
    Err(Diagnostic::usage("batch-changed", message)
        .at(Place::whole(path.display().to_string()))
        .hint("go on with what it was begun with, or make it anew with --force")
        .into())
}

/// Locks the manifest; the system takes the lock away when the run ends, however it ends.
fn lock(file: &File, path: &Path) -> Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => {
            let message = format!("another run is at work on `{}`", path.display());
            Err(Diagnostic::new(Kind::Busy, "busy", message)
                .hint("wait for it, or choose another folder")
                .into())
        }
        // Some network file systems have no locks.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
            Ok(())
        }
        Err(TryLockError::Error(error)) => Err(unwritable(path, &error).into()),
    }
}

/// The manifest cannot be written.
fn unwritable(path: &Path, error: &std::io::Error) -> Diagnostic {
    let message = format!("`{}` cannot be written: {error}", path.display());
    let hint = match error.kind() {
        ErrorKind::StorageFull => "make room on the disk, then go on with --resume",
        ErrorKind::PermissionDenied => "ask for leave to write there, or choose another",
        _ => "look at the folder and the disk, then go on with --resume",
    };
    Diagnostic::io("unwritable", message).hint(hint)
}

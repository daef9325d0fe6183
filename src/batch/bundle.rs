//! Rows to one file: a PDF with all documents, or an archive of files. What is in it comes
//! in the order of the rows; of those that fail there is nothing in it.

use std::io::{self, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::manifest::{End, Head, Lines, Made, Record, Status};
use super::names::Taken;
use super::queue::{List, in_order};
use super::row::{Job, hex};
use super::{Batch, Event, Form, Shard, Summary};
use crate::data::Row;
use crate::diag::{Diagnostic, Kind, Problems, Result};
use crate::export::{Common, Part, PdfOptions, Volume};
use crate::page::Pages;
use crate::template::NamePattern;

/// Where documents go that are bound into one file.
#[derive(Clone, Copy, Debug)]
pub struct Bundle<'a> {
    /// The names of the documents in it.
    pub names: &'a NamePattern,
    /// Whether the entries of a volume are the titles of the documents, not their names.
    pub titles: bool,
    /// How a PDF is made.
    pub options: &'a PdfOptions,
    /// Which of the rows.
    pub shard: Shard,
    /// Whether the first row that fails is the last.
    pub fail_fast: bool,
    /// Becomes true when no more rows are to be begun.
    pub stop: &'a AtomicBool,
}

/// Which kind of archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveKind {
    /// A tar file (POSIX.1-1988, ustar; longer numbers as GNU writes them).
    Tar,
    /// A zip file; what is in it is packed already and stored as it is.
    Zip,
}

impl ArchiveKind {
    /// The name of the archive of a shard: `documents.tar`, `documents-2-of-8.tar`.
    pub fn file(self, shard: Shard) -> String {
        let ending = match self {
            Self::Tar => "tar",
            Self::Zip => "zip",
        };
        format!("documents{}.{ending}", shard.suffix())
    }
}

impl Batch<'_> {
    /// Adds a document for each row to a volume, in order; each is an entry of its outline.
    ///
    /// # Errors
    /// What writing the volume runs into; problems of rows are told, not returned.
    pub fn merge<W: Write>(
        &self,
        rows: impl Iterator<Item = Row>,
        bundle: &Bundle<'_>,
        volume: &mut Volume<W>,
        tell: &mut dyn FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<Summary> {
        let common = Common::default();
        let make = |pages: &Pages| pages.pdf_part(bundle.options, &common);
        let mut add = |job: &Job, part: core::result::Result<Part, &Problems>| match part
        {
            Ok(part) if bundle.titles => {
                let title = part.title().to_owned();
                volume.add(part, &title)
            }
            Ok(part) => volume.add(part, job.file.trim_end_matches(".pdf")),
            Err(_) => Ok(()),
        };
        let job = String::new();
        Ok(self.bind(rows, (bundle, &job), &make, (&mut add, tell))?.0)
    }

    /// Writes the documents of all rows into an archive, and `manifest.jsonl` behind them:
    /// unpacked, it is the folder that [`Batch::run`] would have made.
    ///
    /// # Errors
    /// What writing the archive runs into; problems of rows are told, not returned.
    pub fn pack<W: Write + Seek>(
        &self,
        header: &[String],
        rows: impl Iterator<Item = Row>,
        bundle: &Bundle<'_>,
        (kind, out): (ArchiveKind, W),
        tell: &mut dyn FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<Summary> {
        let job = self.job(header, (bundle.names, Form::Pdf, bundle.options));
        let head = Head::of(self, job.clone(), bundle.shard);
        let mut lines = Lines::new(head).map_err(|error| unpacked(&error))?;
        let mut archive = Archive::new(kind, out);
        let common = Common::default();
        let make = |pages: &Pages| {
            let mut bytes = Vec::new();
            let hash = pages.pdf_into(bundle.options, &common, &mut bytes)?;
            Ok((bytes, hash))
        };
        let mut add =
            |job: &Job, made: core::result::Result<(Vec<u8>, [u8; 32]), &Problems>| {
                let status = match made {
                    Ok((bytes, hash)) => {
                        let file = job.file.clone();
                        let size = bytes.len() as u64;
                        archive
                            .add(&file, size, &mut &bytes[..])
                            .map_err(|e| unpacked(&e))?;
                        Status::Done { files: vec![Made { file, sha256: hex(&hash) }] }
                    }
                    Err(problems) => Status::failed(problems),
                };
                let record = Record { row: job.number, input: job.input.clone(), status };
                lines.add(record).map_err(|error| unpacked(&error).into())
            };
        let (summary, rows) = self.bind(rows, (bundle, &job), &make, (&mut add, tell))?;
        if !summary.stopped {
            let Summary { done, failed, .. } = summary;
            let ended =
                lines.end(End { rows, done, failed }).and_then(|(size, mut lines)| {
                    let name = format!("manifest{}.jsonl", bundle.shard.suffix());
                    archive.add(&name, size, &mut lines)?;
                    archive.finish()
                });
            ended.map_err(|error| unpacked(&error))?;
        }
        Ok(summary)
    }
}

/// What is said when an archive cannot be written.
fn unpacked(error: &io::Error) -> Diagnostic {
    Diagnostic::io("unwritable", format!("the archive cannot be written: {error}"))
        .hint("look at the folder and the disk, and begin again")
}

/// Takes what a row became, or why it became nothing.
type Add<'a, T> =
    &'a mut dyn FnMut(&Job, core::result::Result<T, &Problems>) -> Result<()>;

/// Hears what became of a row.
type Tell<'a> = &'a mut dyn FnMut(Event<'_>) -> ControlFlow<()>;

impl Batch<'_> {
    /// Makes something of the pages of all rows, on many threads, and adds it in the order
    /// of the rows; also how many rows there are. `job` is the hash of what all rows have in
    /// common.
    fn bind<T: Send>(
        &self,
        rows: impl Iterator<Item = Row>,
        (bundle, job): (&Bundle<'_>, &str),
        make: &(dyn Fn(&Pages) -> Result<T> + Sync),
        (add, tell): (Add<'_, T>, Tell<'_>),
    ) -> Result<(Summary, usize)> {
        let mut binding = Binding {
            batch: self,
            bundle,
            job,
            rows: &mut rows.fuse(),
            taken: Taken::default(),
            count: 0,
            summary: Summary::default(),
            add,
            tell,
        };
        let most = if bundle.fail_fast { 1 } else { IN_HAND };
        in_order(&mut binding, most, &|mut job: Job| {
            let going = !bundle.stop.load(Ordering::Relaxed);
            let made = going.then(|| self.document(&mut job, |pages, _| make(pages)));
            (job, made)
        })?;
        let Binding { mut summary, count, .. } = binding;
        summary.stopped |= bundle.stop.load(Ordering::Relaxed);
        Ok((summary, count))
    }
}

/// Rows on their way into one file.
struct Binding<'a, T> {
    /// What is done with each row.
    batch: &'a Batch<'a>,
    /// Where it goes.
    bundle: &'a Bundle<'a>,
    /// The hash of what all rows have in common.
    job: &'a str,
    /// The rows that were not read.
    rows: &'a mut dyn Iterator<Item = Row>,
    /// The names that rows have.
    taken: Taken,
    /// How many rows were read.
    count: usize,
    /// What became of the rows so far.
    summary: Summary,
    /// What is done with what was made, in the order of the rows.
    add: Add<'a, T>,
    /// Hears what became of each row.
    tell: Tell<'a>,
}

impl<T: Send> List for Binding<'_, T> {
    type Job = Job;
    type Made = (Job, Option<Result<T>>);

    fn next(&mut self) -> Result<Option<Job>> {
        let names = (self.bundle.names, Form::Pdf.ending());
        while !self.bundle.stop.load(Ordering::Relaxed)
            && let Some(row) = self.rows.next()
        {
            self.count = row.number;
            let job = self.batch.prepare(row, names, self.job, &mut self.taken);
            if self.bundle.shard.has(self.count) {
                return Ok(Some(job));
            }
        }
        Ok(None)
    }

    fn take(&mut self, (job, made): Self::Made) -> Result<ControlFlow<()>> {
        // Those that were not begun before a stop are left out.
        let Some(made) = made else { return Ok(ControlFlow::Break(())) };
        let told = match &made {
            Ok(_) => {
                self.summary.done += 1;
                Ok(Path::new(&job.file))
            }
            Err(problems) => {
                self.summary.failed += 1;
                self.summary.io_failed |= problems.kind() == Kind::Io;
                self.summary.stopped |= self.bundle.fail_fast;
                Err(problems)
            }
        };
        let event = Event { row: job.number, outcome: told };
        self.summary.stopped |= (self.tell)(event).is_break();
        match made {
            Ok(made) => (self.add)(&job, Ok(made))?,
            Err(problems) => (self.add)(&job, Err(&problems))?,
        }
        Ok(match self.summary.stopped {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    }
}

/// An archive in the making.
enum Archive<W: Write + Seek> {
    /// A tar file.
    Tar(tar::Builder<W>),
    /// A zip file.
    Zip(Box<zip::ZipWriter<Mute<W>>>),
}

impl<W: Write + Seek> Archive<W> {
    /// An empty archive.
    fn new(kind: ArchiveKind, out: W) -> Self {
        match kind {
            ArchiveKind::Tar => Self::Tar(tar::Builder::new(out)),
            ArchiveKind::Zip => Self::Zip(Box::new(zip::ZipWriter::new(Mute {
                out,
                failed: false,
                at: 0,
            }))),
        }
    }

    /// Adds a file. Its date is the first that both kinds can tell, for the same rows give
    /// the same bytes.
    fn add(&mut self, name: &str, size: u64, bytes: &mut dyn io::Read) -> io::Result<()> {
        match self {
            Self::Tar(archive) => {
                let mut header = tar::Header::new_gnu();
                header.set_size(size);
                header.set_mode(0o644);
                header.set_mtime(DAY);
                archive.append_data(&mut header, name, bytes)
            }
            Self::Zip(archive) => {
                let options = zip::write::SimpleFileOptions::default()
                    .compression_method(zip::CompressionMethod::Stored)
                    .last_modified_time(zip::DateTime::default())
                    .unix_permissions(0o644)
                    .large_file(size >= u64::from(u32::MAX));
                archive.start_file(name, options).map_err(io::Error::other)?;
                io::copy(bytes, archive).map(|_| ())
            }
        }
    }

    /// Ends the archive.
    fn finish(self) -> io::Result<()> {
        match self {
            Self::Tar(archive) => archive.into_inner()?.flush(),
            Self::Zip(archive) => archive.finish().map_err(io::Error::other)?.flush(),
        }
    }
}

/// Where a zip file goes. A writer of such files that is dropped ends its file, and when it
/// cannot, says so on standard error: so once writing has failed and that was returned, what
/// follows goes nowhere.
struct Mute<W> {
    /// The file.
    out: W,
    /// Whether writing has failed.
    failed: bool,
    /// Where writing goes on.
    at: u64,
}

impl<W: Write> Write for Mute<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = match self.failed {
            true => bytes.len(),
            false => self.out.write(bytes).inspect_err(|_| self.failed = true)?,
        };
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.failed {
            Ok(())
        } else {
            self.out.flush().inspect_err(|_| self.failed = true)
        }
    }
}

impl<W: Seek> Seek for Mute<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if !self.failed {
            self.at = self.out.seek(to).inspect_err(|_| self.failed = true)?;
            return Ok(self.at);
        }
        self.at = match to {
            SeekFrom::Start(at) => at,
            SeekFrom::Current(by) | SeekFrom::End(by) => {
                self.at.saturating_add_signed(by)
            }
        };
        Ok(self.at)
    }
}

/// 1 January 1980 in seconds since 1970, where the time of zip files begins.
const DAY: u64 = 315_532_800;

/// How many documents are in hand at once: they are held whole until those before them are
/// in the file.
const IN_HAND: usize = 16;

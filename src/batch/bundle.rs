//! Rows to one file: a PDF with all documents, or an archive of files. What is in it comes
//! in the order of the rows; of those that fail there is nothing in it.

use std::io::{self, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use super::manifest::{End, Head, Lines, Made, Record, Status};
use super::names::Taken;
use super::row::{Job, sha256};
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
        Binding { batch: self, bundle, job, make: &make, add: &mut add }.run(rows, tell)
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
        let make = |pages: &Pages| pages.pdf_with(bundle.options, &common);
        let mut add = |job: &Job, made: core::result::Result<Vec<u8>, &Problems>| {
            let status = match made {
                Ok(bytes) => {
                    let file = job.file.clone();
                    let size = bytes.len() as u64;
                    archive
                        .add(&file, size, &mut &bytes[..])
                        .map_err(|e| unpacked(&e))?;
                    Status::Done { files: vec![Made { file, sha256: sha256(&bytes) }] }
                }
                Err(problems) => Status::failed(problems),
            };
            let record = Record { row: job.number, input: job.input.clone(), status };
            lines.add(record).map_err(|error| unpacked(&error).into())
        };
        let binding = Binding { batch: self, bundle, job, make: &make, add: &mut add };
        let (summary, rows) = binding.count(rows, tell)?;
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

/// Rows on their way into one file.
struct Binding<'a, T> {
    /// What is done with each row.
    batch: &'a Batch<'a>,
    /// Where it goes.
    bundle: &'a Bundle<'a>,
    /// The hash of what all rows have in common.
    job: String,
    /// What is made of the pages, by many threads.
    make: &'a (dyn Fn(&Pages) -> Result<T> + Sync),
    /// What is done with it, in the order of the rows.
    add: Add<'a, T>,
}

impl<T: Send> Binding<'_, T> {
    /// Makes the documents of all rows.
    fn run(
        self,
        rows: impl Iterator<Item = Row>,
        tell: &mut dyn FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<Summary> {
        Ok(self.count(rows, tell)?.0)
    }

    /// Makes the documents of all rows; also how many rows there are.
    fn count(
        self,
        rows: impl Iterator<Item = Row>,
        tell: &mut dyn FnMut(Event<'_>) -> ControlFlow<()>,
    ) -> Result<(Summary, usize)> {
        let mut summary = Summary::default();
        let names = (self.bundle.names, Form::Pdf.ending());
        let (mut rows, mut taken, mut count) = (rows.fuse(), Taken::default(), 0);
        let stop = || self.bundle.stop.load(Ordering::Relaxed);
        let most = if self.bundle.fail_fast { 1 } else { IN_HAND };
        loop {
            let mut jobs = Vec::with_capacity(most);
            while jobs.len() < most
                && !stop()
                && let Some(row) = rows.next()
            {
                count = row.number;
                let job = self.batch.prepare(row, names, &self.job, &mut taken);
                if self.bundle.shard.has(count) {
                    jobs.push(job);
                }
            }
            let last = jobs.len() < most;
            for (job, made) in self.make_all(jobs) {
                let told = match &made {
                    Ok(_) => {
                        summary.done += 1;
                        Ok(Path::new(&job.file))
                    }
                    Err(problems) => {
                        summary.failed += 1;
                        summary.io_failed |= problems.kind() == Kind::Io;
                        summary.stopped |= self.bundle.fail_fast;
                        Err(problems)
                    }
                };
                summary.stopped |=
                    tell(Event { row: job.number, outcome: told }).is_break();
                match made {
                    Ok(made) => (self.add)(&job, Ok(made))?,
                    Err(problems) => (self.add)(&job, Err(&problems))?,
                }
            }
            summary.stopped |= self.bundle.stop.load(Ordering::Relaxed);
            if last || summary.stopped {
                return Ok((summary, count));
            }
        }
    }

    /// Makes the documents of rows on all cores; those after a stop are left out.
    fn make_all(&self, jobs: Vec<Job>) -> Vec<(Job, Result<T>)> {
        let (batch, make, stop) = (self.batch, self.make, self.bundle.stop);
        let make = |mut job: Job| {
            let going = !stop.load(Ordering::Relaxed);
            going.then(|| {
                let made = batch.document(&mut job, |pages, _| make(pages));
                (job, made)
            })
        };
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            jobs.into_par_iter().filter_map(make).collect()
        }
        #[cfg(not(feature = "parallel"))]
        jobs.into_iter().filter_map(make).collect()
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

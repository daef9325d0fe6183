//! `engross batch`: a document of each row.

use std::fs::File;
use std::io::BufWriter;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::{Batch as BatchArgs, Format};
use super::input::{RowSource, assign, warn};
use super::output::print;
use super::report::Report;
use super::share::shard;
use super::stdio::stdio;
use super::stop::Stop;
use super::{Ending, both};
use crate::batch::{
    ArchiveKind, Batch, Begin, Bundle, Event, Form, Output, Shard, Summary,
    check_assignments, check_columns, check_names, made_before,
};
use crate::data::Rows;
use crate::diag::{Diagnostic, Kind, Place, Result};
use crate::export::{PdfOptions, Volume};
use crate::field::Fields;
use crate::geom::Resolution;
use crate::press::{Look, NewFile, Press, read_pictures};
use crate::template::NamePattern;

/// The names of files when nobody says others.
const NAME: &str = "{{ row }}.pdf";

/// Makes a document of each row.
pub(super) fn batch(args: &BatchArgs, report: &Report) -> Result<Ending> {
    // At once: rows from a pipe may be long in coming.
    let stop = Stop::on_signal();
    let press = Press::new();
    let named = both(
        NamePattern::new(args.name.as_deref().unwrap_or(NAME)),
        args.look.look(&press),
    );
    let (template, (names, look)) = both(press.template(&args.template), named)?;
    let langs = args.look.langs();
    let options = PdfOptions::default().with_resolution(args.ppi.map(Resolution));
    let batch = Batch {
        press: &press,
        template: &template,
        look: &look,
        langs: &langs,
        over: &args.assign.set,
        folder: Path::new(""),
        sheets: args.sheets.0,
    };
    let Some(data) = args.data.as_deref().filter(|_| !args.stdio) else {
        if let Some(folder) = &args.out {
            make_folder(folder)?;
        }
        return stdio(&batch, args, &options, &stop);
    };
    let shard = shard(args.shard, report)?;
    let source = RowSource::open(data, &args.reading)?;
    let mut rows = source.rows;
    rows.fit(template.schema())?;
    report_encoding(&rows, &source.name, report);
    let folder = args.out.as_deref().unwrap_or(Path::new(""));
    let begun = match args.resume {
        true => as_begun(look.clone(), args, folder, shard)?,
        false => look.clone(),
    };
    let batch = Batch { look: &begun, folder: &source.folder, ..batch };
    warn(before(&batch, &rows, &names)?, &source.name, report)?;
    if !args.dry_run && args.merge.is_none() {
        make_folder(folder)?;
    }
    let header: Vec<String> = rows.columns().map(str::to_owned).collect();
    let bar = progress(source.count, shard.count());
    let mut failed = 0;
    let mut tell = |event: Event<'_>| tell(event, &bar, &mut failed, report);
    let goal = Goal::of(args, shard);
    let work = Work { batch: &batch, args, names: &names, options: &options, shard };
    let summary = match &goal {
        Goal::Folder => work.folder(&header, rows, stop.asked(), &mut tell),
        Goal::Volume(path) => work.volume(path, rows, stop.asked(), &mut tell),
        Goal::Archive(path, kind) => {
            work.archive((path, *kind), (&header, rows), stop.asked(), &mut tell)
        }
    };
    bar.finish_and_clear();
    let summary = summary?;
    print(&format!("{}\n", account(&summary, args, &goal)))?;
    Ok(ending(&summary, stop.signal()))
}

/// What becomes of the rows.
enum Goal {
    /// Files in the folder, or nothing when problems are all that is asked for.
    Folder,
    /// One PDF.
    Volume(PathBuf),
    /// One archive.
    Archive(PathBuf, ArchiveKind),
}

impl Goal {
    /// What was asked for.
    fn of(args: &BatchArgs, shard: Shard) -> Self {
        match (args.dry_run, &args.merge, args.pack, &args.out) {
            (false, Some(file), ..) => Self::Volume(file.clone()),
            (false, _, Some(kind), Some(folder)) => {
                Self::Archive(folder.join(kind.file(shard)), kind)
            }
            _ => Self::Folder,
        }
    }
}

/// A batch, and how it is made.
struct Work<'a> {
    /// What is done with each row.
    batch: &'a Batch<'a>,
    /// What was asked for.
    args: &'a BatchArgs,
    /// The names of the documents.
    names: &'a NamePattern,
    /// How a PDF is made.
    options: &'a PdfOptions,
    /// Which of the rows.
    shard: Shard,
}

/// Hears what became of each row.
type Tell<'a> = &'a mut dyn FnMut(Event<'_>) -> ControlFlow<()>;

impl<'a> Work<'a> {
    /// Makes files.
    fn folder(
        &self,
        header: &[String],
        rows: Rows,
        stop: &AtomicBool,
        tell: Tell<'_>,
    ) -> Result<Summary> {
        let Self { args, names, options, shard, .. } = *self;
        let output = Output {
            folder: args.out.as_deref().unwrap_or(Path::new("")),
            names,
            form: match args.format {
                Format::Pdf => Form::Pdf,
                Format::Png => Form::Png,
            },
            options,
            begin: match (args.resume, args.force) {
                (true, _) => Begin::Resume,
                (false, true) => Begin::Anew,
                (false, false) => Begin::New,
            },
            shard,
            dry_run: args.dry_run,
            fail_fast: args.fail_fast,
            stop,
        };
        self.batch.run(header, rows, &output, tell)
    }

    /// Makes one PDF.
    fn volume(
        &self,
        path: &Path,
        rows: Rows,
        stop: &AtomicBool,
        tell: Tell<'_>,
    ) -> Result<Summary> {
        into(path, self.args.force, |file| {
            let mut volume = Volume::new(file)?;
            let summary =
                self.batch.merge(rows, &self.bundle(stop), &mut volume, tell)?;
            if is_complete(&summary) {
                let title = path.file_stem().unwrap_or_default().to_string_lossy();
                volume.finish(&title)?;
            }
            Ok(summary)
        })
    }

    /// Makes one archive.
    fn archive(
        &self,
        (path, kind): (&Path, ArchiveKind),
        (header, rows): (&[String], Rows),
        stop: &AtomicBool,
        tell: Tell<'_>,
    ) -> Result<Summary> {
        into(path, self.args.force, |file| {
            self.batch.pack(header, rows, &self.bundle(stop), (kind, file), tell)
        })
    }

    /// How documents are bound into one file.
    fn bundle(&self, stop: &'a AtomicBool) -> Bundle<'a> {
        let Self { args, names, options, shard, .. } = *self;
        let titles = args.name.is_none();
        Bundle { names, titles, options, shard, fail_fast: args.fail_fast, stop }
    }
}

/// Whether there is something to be kept of a file that takes all documents.
fn is_complete(summary: &Summary) -> bool {
    summary.done > 0 && !summary.stopped
}

/// Lets a file be written that takes all documents; it appears when they are all done, if
/// there are any.
fn into(
    path: &Path,
    force: bool,
    write: impl FnOnce(BufWriter<File>) -> Result<Summary>,
) -> Result<Summary> {
    let file = NewFile::create(path, force)?;
    let summary = write(BufWriter::with_capacity(1 << 20, file.writer()?))?;
    if is_complete(&summary) {
        file.place()?;
    }
    Ok(summary)
}

/// Tells in which encoding the rows are, if it had to be found out.
fn report_encoding(rows: &Rows, name: &str, report: &Report) {
    if let Some(encoding) = rows.guessed() {
        let message = format!("it is read as {encoding}");
        let problem = Diagnostic::usage("encoding", message)
            .warning()
            .at(Place::whole(name))
            .hint("if letters are wrong, name its encoding with --encoding");
        report.problem(&problem);
    }
}

/// The look of a batch that is gone on with: its documents tell the day on which it was
/// begun, unless another is asked for.
fn as_begun(look: Look, args: &BatchArgs, folder: &Path, shard: Shard) -> Result<Look> {
    if args.look.sheet.made.is_some() {
        return Ok(look);
    }
    let day = made_before(folder, shard)?;
    Ok(match day.and_then(|day| day.parse().ok()) {
        Some(day) => look.made(day),
        None => look,
    })
}

/// What can be said before any row is read.
fn before(
    batch: &Batch<'_>,
    rows: &Rows,
    names: &NamePattern,
) -> Result<Vec<Diagnostic>> {
    let schema = batch.template.schema();
    let over = read_pictures(schema, assign(Fields::new(), batch.over), Path::new(""))?;
    let mut found = check_assignments(batch.template, &over, batch.langs);
    let columns: Vec<&str> = rows.columns().collect();
    // Lines of JSON have no header.
    if !columns.is_empty() {
        found.extend(check_columns(schema, &columns, &over, names.fields()));
        found.extend(check_names(names, &columns, &over));
    }
    Ok(found)
}

/// Makes the folder for the documents, if it is not there.
fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    std::fs::create_dir(folder).or_else(|error| {
        // Another shard may have made it in the meantime.
        if folder.is_dir() {
            return Ok(());
        }
        let message =
            format!("the folder `{}` cannot be made: {error}", folder.display());
        Err(Diagnostic::io("no-folder", message)
            .hint("make the folder it lies in first, or choose another")
            .into())
    })
}

/// A bar on standard error, if a person looks on.
fn progress(rows: Option<u64>, shards: u32) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    let form = match rows {
        Some(rows) => {
            bar.set_length(rows.div_ceil(u64::from(shards)));
            "{bar:30} {pos} of {len}, {per_sec}, {eta} left{msg}"
        }
        None => "{spinner} {pos}, {per_sec}{msg}",
    };
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
    bar
}

/// Tells what became of a row.
fn tell(
    event: Event<'_>,
    bar: &ProgressBar,
    failed: &mut u64,
    report: &Report,
) -> ControlFlow<()> {
    if let Err(problems) = event.outcome {
        *failed += 1;
        bar.suspend(|| report.problems(problems));
        bar.set_message(format!(", {failed} failed"));
    }
    bar.inc(1);
    ControlFlow::Continue(())
}

/// What became of all rows, in a line.
fn account(summary: &Summary, args: &BatchArgs, goal: &Goal) -> String {
    let Summary { done, kept, failed, .. } = *summary;
    let made = match (goal, &args.out) {
        (Goal::Folder, Some(folder)) if !args.dry_run => {
            format!("{} written to {}", done - kept, folder.display())
        }
        (Goal::Folder, _) => format!("{done} sound"),
        (Goal::Volume(path) | Goal::Archive(path, _), _) if is_complete(summary) => {
            format!("{done} written to {}", path.display())
        }
        (Goal::Volume(path) | Goal::Archive(path, _), _) => {
            format!("{} not written", path.display())
        }
    };
    let kept =
        if args.resume { format!(", {kept} there already") } else { String::new() };
    let stopped = if summary.stopped { ", then stopped" } else { "" };
    format!("{made}{kept}, {failed} failed{stopped}")
}

/// How it ended.
fn ending(summary: &Summary, signal: Option<u8>) -> Ending {
    match (signal, summary) {
        (Some(signal), _) => Ending::Interrupted(signal),
        (None, Summary { io_failed: true, .. }) => Ending::Failed(Kind::Io),
        (None, Summary { failed: 0, .. }) => Ending::Done,
        (None, _) => Ending::Failed(Kind::Invalid),
    }
}

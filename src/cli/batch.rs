//! `engross batch`: a document of each row.

use std::ops::ControlFlow;
use std::path::Path;

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
    Batch, Begin, Event, Form, Output, Summary, check_assignments, check_columns,
    check_names, made_before,
};
use crate::data::Rows;
use crate::diag::{Diagnostic, Kind, Place, Result};
use crate::export::PdfOptions;
use crate::field::Fields;
use crate::geom::Resolution;
use crate::press::{Look, Press, read_pictures};
use crate::template::NamePattern;

/// Makes a document of each row.
pub(super) fn batch(args: &BatchArgs, report: &Report) -> Result<Ending> {
    let press = Press::new();
    let named = both(NamePattern::new(&args.name), args.look.look(&press));
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
        pool: args.sheets.0,
    };
    let Some(data) = args.data.as_deref().filter(|_| !args.stdio) else {
        if let Some(folder) = &args.out {
            make_folder(folder)?;
        }
        return stdio(&batch, args, &options);
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
    if !args.dry_run {
        make_folder(folder)?;
    }
    let stop = Stop::on_signal();
    let output = Output {
        folder,
        names: &names,
        form: match args.format {
            Format::Pdf => Form::Pdf,
            Format::Png => Form::Png,
        },
        options: &options,
        begin: match (args.resume, args.force) {
            (true, _) => Begin::Resume,
            (false, true) => Begin::Anew,
            (false, false) => Begin::New,
        },
        shard,
        dry_run: args.dry_run,
        fail_fast: args.fail_fast,
        stop: stop.asked(),
    };
    let header: Vec<String> = rows.columns().map(str::to_owned).collect();
    let bar = progress(source.count, shard.count());
    let mut failed = 0;
    let summary = batch
        .run(&header, rows, &output, &mut |event| tell(event, &bar, &mut failed, report));
    bar.finish_and_clear();
    let summary = summary?;
    print(&format!("{}\n", account(&summary, args)))?;
    Ok(ending(&summary, stop.signal()))
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
fn as_begun(
    look: Look,
    args: &BatchArgs,
    folder: &Path,
    shard: crate::batch::Shard,
) -> Result<Look> {
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
        found.extend(check_columns(schema, &columns, &over, &names.fields()));
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
fn account(summary: &Summary, args: &BatchArgs) -> String {
    let Summary { done, kept, failed, .. } = *summary;
    let made = match &args.out {
        Some(folder) if !args.dry_run => {
            format!("{} written to {}", done - kept, folder.display())
        }
        _ => format!("{done} sound"),
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

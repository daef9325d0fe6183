//! `engross batch`: a document of each row.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::Batch as BatchArgs;
use super::input::{Source, assign, warn};
use super::output::print;
use super::report::Report;
use super::{Ending, both};
use crate::batch::{
    Batch, Event, Output, Summary, check_assignments, check_columns, check_names,
};
use crate::data::Rows;
use crate::diag::{Diagnostic, Kind, Result};
use crate::export::PdfOptions;
use crate::field::Fields;
use crate::geom::Resolution;
use crate::press::{Press, read_pictures};
use crate::template::NamePattern;

/// Makes a document of each row.
pub(super) fn batch(args: &BatchArgs, report: &Report) -> Result<Ending> {
    let press = Press::new();
    let named = both(NamePattern::new(&args.name), args.look.look(&press));
    let (template, (names, look)) = both(press.template(&args.template), named)?;
    let source = Source::read(&args.data)?;
    let rows = source.rows()?;
    let langs = args.look.langs();
    let batch = Batch {
        press: &press,
        template: &template,
        look: &look,
        langs: &langs,
        over: &args.assign.set,
        folder: &source.folder,
        pool: args.sheets.0,
    };
    warn(before(&batch, &rows, &names)?, &source.name, report)?;
    let folder = args.out.as_deref().unwrap_or(Path::new(""));
    if !args.dry_run {
        make_folder(folder)?;
    }
    let output = Output {
        folder,
        names: &names,
        options: &PdfOptions::default().with_resolution(Resolution(args.ppi)),
        force: args.force,
        dry_run: args.dry_run,
        fail_fast: args.fail_fast,
    };
    let stop = stop_on_signal();
    let bar = progress(&source);
    let summary = batch.run(rows, &output, &mut |event| tell(event, &bar, &stop, report));
    bar.finish_and_clear();
    print(&format!("{}\n", account(&summary, args)))?;
    Ok(ending(&summary, stop.load(Ordering::Relaxed)))
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
    std::fs::create_dir(folder).map_err(|error| {
        let message =
            format!("the folder `{}` cannot be made: {error}", folder.display());
        Diagnostic::io("no-folder", message)
            .hint("make the folder it lies in first, or choose another")
            .into()
    })
}

/// Becomes true when the user breaks off: the row in hand is finished. The second time the
/// program ends at once.
fn stop_on_signal() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&stop);
    // Where no handler can be had, a signal ends the program, as without one.
    let _ = ctrlc::set_handler(move || {
        if heard.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    });
    stop
}

/// A bar on standard error, if a person looks on.
fn progress(source: &Source) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if bar.is_hidden() {
        return bar;
    }
    // The rows are in memory: counting them costs little.
    bar.set_length(source.rows().map_or(0, |rows| rows.count() as u64));
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len}, {eta} left")
    {
        bar.set_style(style);
    }
    bar
}

/// Tells what became of a row.
fn tell(
    event: Event<'_>,
    bar: &ProgressBar,
    stop: &AtomicBool,
    report: &Report,
) -> ControlFlow<()> {
    if let Err(problems) = event.outcome {
        bar.suspend(|| report.problems(problems));
    }
    bar.inc(1);
    if stop.load(Ordering::Relaxed) {
        ControlFlow::Break(())
    } else {
        ControlFlow::Continue(())
    }
}

/// What became of all rows, in a line.
fn account(summary: &Summary, args: &BatchArgs) -> String {
    let Summary { done, failed, .. } = *summary;
    let made = match &args.out {
        Some(folder) if !args.dry_run => {
            format!("{done} written to {}", folder.display())
        }
        _ => format!("{done} sound"),
    };
    let stopped = if summary.stopped { ", then stopped" } else { "" };
    format!("{made}, {failed} failed{stopped}")
}

/// How it ended.
fn ending(summary: &Summary, interrupted: bool) -> Ending {
    match summary {
        _ if interrupted => Ending::Interrupted,
        Summary { failed: 0, .. } => Ending::Done,
        Summary { io_failed: true, .. } => Ending::Failed(Kind::Io),
        _ => Ending::Failed(Kind::Invalid),
    }
}

//! The command line. Uses the library alone; the only place that reads clock and
//! environment.
//!
//! Results go to standard output, progress and warnings to standard error.

mod args;
mod batch;
mod check;
mod clock;
mod completions;
mod fields;
mod input;
mod list;
mod look;
mod new;
mod output;
mod paper;
mod render;
mod report;
mod share;
mod stdio;
mod stop;
mod verify;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use crate::diag::{Kind, Problems, Result};
use args::{Args, Command};
use report::Report;

/// How a command ended that could do its work.
enum Ending {
    /// All of it.
    Done,
    /// Some of it; what went wrong has been told.
    Failed(Kind),
    /// A signal of this number broke it off.
    Interrupted(u8),
}

/// Runs the program with these arguments, of which the first is its own name.
///
/// The exit code is 0 when all was done, 1 when values do not fit, 2 for wrong usage or
/// input that cannot be understood, 3 when reading or writing failed, 4 when an output
/// folder is in use, 128 + n when the signal n broke it off.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(answer) => {
            // Help and version come this way too. When nobody listens, all is said.
            let _ = answer.print();
            return ExitCode::from(if answer.use_stderr() {
                code(Kind::Usage)
            } else {
                0
            });
        }
    };
    let report = Report::new();
    let ending = match command(&args.command, &report) {
        Ok(ending) => ending,
        Err(problems) => {
            report.problems(&problems);
            Ending::Failed(problems.kind())
        }
    };
    ExitCode::from(match ending {
        Ending::Done => 0,
        Ending::Failed(kind) => code(kind),
        Ending::Interrupted(signal) => signal.saturating_add(128),
    })
}

/// Runs a command.
fn command(command: &Command, report: &Report) -> Result<Ending> {
    let done = |()| Ending::Done;
    match command {
        Command::Render(args) => render::render(args, report).map(done),
        Command::Batch(args) => batch::batch(args, report),
        Command::Verify(args) => verify::verify(args).map(done),
        Command::Paper(args) => paper::paper(args, report).map(done),
        Command::New(args) => new::new(args).map(done),
        Command::Fields(args) => fields::fields(args).map(done),
        Command::Check(args) => check::check(args, report),
        Command::List(args) => list::list(args).map(done),
        Command::Completions(args) => completions::completions(args).map(done),
    }
}

/// The exit code of a kind of problem.
fn code(kind: Kind) -> u8 {
    match kind {
        Kind::Invalid => 1,
        Kind::Usage => 2,
        Kind::Io => 3,
        Kind::Busy => 4,
    }
}

/// Both, or the problems of both in this order.
fn both<A, B>(one: Result<A>, other: Result<B>) -> Result<(A, B)> {
    match (one, other) {
        (Ok(one), Ok(other)) => Ok((one, other)),
        (one, other) => {
            let mut problems: Vec<_> = one.err().into_iter().flatten().collect();
            problems.extend(other.err().into_iter().flatten());
            Err(Problems::check((), problems).expect_err("one of the two failed"))
        }
    }
}

//! The command line: everything that is said in words, read from files and written. Uses the
//! public library alone.

mod args;
mod batch;
mod check;
mod fields;
mod input;
mod list;
mod new;
mod output;
mod paper;
mod render;
mod report;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use crate::diag::{Kind, Result};

use args::{Args, Command};

/// Runs the program with its arguments, its own name first.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no errors and go to standard output.
            let code = if error.use_stderr() { 2 } else { 0 };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match dispatch(args.command) {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::With(kind)) => ExitCode::from(code(kind)),
        Err(problems) => {
            report::problems(&problems);
            ExitCode::from(code(problems.kind()))
        }
    }
}

/// How a command ended that has reported for itself.
enum Ended {
    /// All was done.
    Well,
    /// Some was not, and the reader knows of it.
    With(Kind),
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

/// Runs a command.
fn dispatch(command: Command) -> Result<Ended> {
    match command {
        Command::Render(args) => render::run(&args),
        Command::Batch(args) => batch::run(&args),
        Command::Paper(args) => paper::run(&args),
        Command::New(args) => new::run(&args),
        Command::Fields(args) => fields::run(&args),
        Command::Check(args) => check::run(&args),
        Command::List(args) => list::run(&args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "engross", &mut script);
            output::print_bytes(&script)
        }
    }
}

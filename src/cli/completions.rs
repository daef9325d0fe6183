//! `engross completions`: scripts for shells.

use clap::CommandFactory as _;

use super::args::{Args, Completions};
use super::output::print;
use crate::diag::Result;

/// Prints the script for a shell.
pub(super) fn completions(args: &Completions) -> Result<()> {
    let mut command = Args::command();
    // Into memory first: the generator panics when a pipe is closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "engross", &mut script);
    print(&String::from_utf8_lossy(&script))
}

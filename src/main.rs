//! The program: everything is in [`engross::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    engross::cli::run(std::env::args_os())
}

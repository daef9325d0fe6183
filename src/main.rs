//! The program: everything is in [`engross::cli`].

use std::process::ExitCode;

/// Where memory comes from.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    engross::cli::run(std::env::args_os())
}

//! The program: everything is in [`engross::cli`].

use std::process::ExitCode;

/// Letters are made of thousands of small pieces of memory: a tenth of the time of a batch.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    engross::cli::run(std::env::args_os())
}

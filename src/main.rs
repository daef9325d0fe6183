//! The command line of engross.

fn main() {}

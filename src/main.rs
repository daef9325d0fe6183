//! engross.
fn main() {}

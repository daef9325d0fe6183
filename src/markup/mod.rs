//! From Djot with slots to blocks: the only place that names jotdown.

mod parse;
mod reference;
mod slots;
mod writers;

pub use parse::{LOST_REFERENCE, parse};
pub use slots::{Slots, is_slot};

//! From Djot with slots to blocks: the only place that names jotdown.

mod parse;
mod slots;

pub use parse::parse;
pub use slots::{Slots, is_slot};

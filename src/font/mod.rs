//! Fonts: faces, what they cover, how they shape text, and the subsets that a document
//! carries, and faces cut for it. The only place that names font crates.

mod alphabet;
mod bare;
mod book;
mod cut;
mod edges;
mod face;
mod outline;
mod shape;
mod subset;

pub use alphabet::{FREQUENCIES, Likely};
pub use book::{Book, Family};
pub use cut::{Form, Knot, Sort};
pub use edges::{BANDS, Edges};
pub use face::{Face, FontBytes, Metrics};
pub use shape::{Feature, ShapedGlyph};
pub use subset::Subset;

//! `engross` fills a template of a letter or treaty with somebody's fields, sets it in the
//! type of its period, lays it on a sheet that has aged, and writes a PDF whose text is
//! still text.
//!
//! ```no_run
//! use engross::{Fields, Look, PdfOptions, Press};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let press = Press::new();
//! let treaty = press.template("armistice")?;
//! let fields = Fields::from_toml("place = \"Kaesong\"")?.set("place", "Panmunjom");
//! let pages = press.typeset(&treaty.fill(&fields)?, &Look::period(1953).age(70))?;
//! std::fs::write("armistice.pdf", pages.pdf(&PdfOptions::default())?)?;
//! std::fs::write("page-1.png", pages.png(0, 300.0)?)?;
//! # Ok(())
//! # }
//! ```
//!
//! The way of a document: [`Fields`] are checked against the [`field::Schema`] of a
//! [`Template`] and fill it; the [`Press`] sets the [`template::Filled`] document in a
//! [`style::Style`] on a [`paper::Paper`], as a [`Look`] asks; the [`Pages`] become PDF or
//! PNG. All that can go wrong is a [`diag::Problems`]: every problem with its place and its
//! repair.
//!
//! Everything below the press is a pure function: the same input and seed give the same
//! bytes on every machine. Features: `cli` (the program), `bundled` (templates, styles,
//! papers and fonts inside), `fs` (reading and writing files), `parallel` (threads). All are
//! on by default.

pub mod anachronism;
#[cfg(feature = "fs")]
pub mod batch;
#[cfg(feature = "cli")]
pub mod cli;
pub mod data;
pub mod diag;
pub mod document;
pub mod export;
pub mod field;
pub mod font;
pub mod geom;
pub mod ink;
pub mod lanes;
pub mod lang;
pub mod layout;
pub mod markup;
pub mod memo;
pub mod page;
pub mod paper;
pub mod period;
pub mod picture;
pub mod press;
pub mod raster;
pub mod seed;
pub mod style;
pub mod template;

pub use export::{Common, PdfOptions, Volume};
pub use field::{Fields, Value};
pub use page::Pages;
pub use press::{Finish, Look, Pool, Press};
pub use seed::Seed;
pub use template::Template;

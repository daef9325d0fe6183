//! Fields from files: TOML, JSON, tables and JSON lines, every value with its place; and the
//! forms one fills in.

mod decode;
mod form;
mod header;
mod json;
mod lines;
mod table;
mod toml;

pub use decode::Encoding;
pub use form::{form_csv, form_json_schema, form_table, form_toml};
pub use header::Quoting;
pub use json::read_json;
pub use table::{Format, Reading, Row, Rows, Survey, is_before_text};
pub use toml::read_toml;

use crate::diag::Result;
use crate::field::Fields;

impl Fields {
    /// Reads fields written in TOML.
    ///
    /// # Errors
    /// As [`read_toml`].
    pub fn from_toml(text: &str) -> Result<Self> {
        read_toml("fields.toml", text)
    }

    /// Reads fields written in JSON.
    ///
    /// # Errors
    /// As [`read_json`].
    pub fn from_json(text: &str) -> Result<Self> {
        read_json("fields.json", text)
    }
}

#[cfg(test)]
mod tests;

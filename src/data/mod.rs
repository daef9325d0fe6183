//! Stand-in until the data branch is merged.
use crate::diag::{Diagnostic, Place, Result};
use crate::field::{Fields, Record};
/// Reads TOML.
pub fn read_toml(source: &str, text: &str) -> Result<Fields> {
    let record: Record = toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |s| s.start);
        Diagnostic::usage("broken-toml", e.message().to_owned())
            .at(Place::in_text(source, text, at))
    })?;
    Ok(Fields::from_record(record, std::collections::BTreeMap::new())
        .with_origin(Place::whole(source)))
}

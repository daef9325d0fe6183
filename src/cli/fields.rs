//! `engross fields`: what a template wants to know.

use super::args::{Fields, Form};
use super::output::print;
use crate::data::{form_csv, form_json_schema, form_table, form_toml};
use crate::diag::Result;
use crate::press::Press;

/// Shows the fields of a template.
pub(super) fn fields(args: &Fields) -> Result<()> {
    let template = Press::new().template(&args.template)?;
    let schema = template.schema();
    let mut shown = match args.format {
        Form::Table => form_table(schema, args.lang),
        Form::Toml => form_toml(schema, None, args.lang),
        Form::Csv => form_csv(schema),
        Form::JsonSchema => form_json_schema(schema, &template.manifest().name),
    };
    if !shown.ends_with('\n') {
        shown.push('\n');
    }
    print(&shown)
}

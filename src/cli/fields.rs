//! `engross fields`.

use super::Ended;
use super::args::{FieldsArgs, Form};
use super::output;
use crate::data::{form_csv, form_json_schema, form_table, form_toml};
use crate::diag::Result;
use crate::press::Press;

/// Shows the fields of a template.
pub(super) fn run(args: &FieldsArgs) -> Result<Ended> {
    let template = Press::new().template(&args.template)?;
    let schema = template.schema();
    let text = match args.format {
        Form::Table => form_table(schema, args.lang),
        Form::Toml => form_toml(schema, None, args.lang),
        Form::Csv => form_csv(schema),
        Form::JsonSchema => form_json_schema(schema, &template.manifest().name),
    };
    output::print(&text)
}

//! `engross render`.

use super::Ended;
use super::args::Render;
use super::input;
use super::output::Target;
use crate::diag::{Diagnostic, Result};
use crate::field::Fields;
use crate::press::Press;
use crate::template::Template;

/// Makes one document.
pub(super) fn run(args: &Render) -> Result<Ended> {
    let target = Target {
        path: &args.output,
        format: args.format,
        ppi: args.look.ppi,
        force: args.force,
    };
    target.check()?;
    let look = input::look(&args.look)?;
    let press = Press::new();
    let template = press.template(&args.template)?;
    let fields = fields(args, &template)?;
    let filled = if args.look.lang.is_empty() {
        template.fill(&fields)?
    } else {
        template.fill_in(&fields, &args.look.lang)?
    };
    let pages = press.typeset(&filled, &look)?;
    let written = target.write(&pages)?;
    if let (true, Some(first)) = (args.open, written.first()) {
        opener::open(first).map_err(|error| {
            let message = format!("`{}` cannot be shown: {error}", first.display());
            Diagnostic::io("open", message).hint("open it by hand")
        })?;
    }
    Ok(Ended::Well)
}

/// The fields: what was set over the data, or over the sample where there are none.
fn fields(args: &Render, template: &Template) -> Result<Fields> {
    let (mut fields, folder) = match &args.data {
        Some(path) => {
            let source = input::read(path)?;
            (source.fields(args.row)?, source.folder)
        }
        None => (template.sample()?, std::path::PathBuf::new()),
    };
    for assignment in &args.set {
        fields = fields.assign(assignment)?;
    }
    input::read_pictures(template, fields, &folder)
}

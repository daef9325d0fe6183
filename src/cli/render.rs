//! `engross render`: one document.

use std::path::Path;

use super::args::Render;
use super::both;
use super::input::{STREAM, Source, Wanted};
use super::output::Target;
use super::report::Report;
use crate::diag::Result;
use crate::press::Press;
use crate::template::{Filled, Template};

/// Makes a document. What is wrong with the request and with the fields is told together.
pub(super) fn render(args: &Render, report: &Report) -> Result<()> {
    let press = Press::new();
    let document = press.template(&args.template).and_then(|template| {
        let target = Target::new(&args.target, &stem(args, &template));
        both(target, fill(args, &template, report))
    });
    let (look, (target, filled)) = both(args.look.look(&press), document)?;
    target.write(&press.typeset(&filled, &look)?, report)
}

/// Reads the fields and fills the template.
fn fill(args: &Render, template: &Template, report: &Report) -> Result<Filled> {
    let langs = args.look.langs();
    let wanted =
        Wanted { template, name: &args.template, over: &args.assign.set, langs: &langs };
    let source = args.data.as_deref().map(Source::read).transpose()?;
    let fields = wanted.fields(source.as_ref(), args.row, report)?;
    match langs[..] {
        [] => template.fill(&fields),
        _ => template.fill_in(&fields, &langs),
    }
}

/// The name of the file when nobody named it: that of the data, or else of the template.
fn stem(args: &Render, template: &Template) -> String {
    let data = args.data.as_deref().filter(|path| *path != Path::new(STREAM));
    match data.and_then(Path::file_stem) {
        Some(stem) => stem.to_string_lossy().into_owned(),
        // A template of a stranger may have any name.
        None => template.manifest().name.replace(['/', '\\'], "-"),
    }
}

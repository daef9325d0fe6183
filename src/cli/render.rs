//! `engross render`: one document.

use std::path::Path;

use super::args::Render;
use super::both;
use super::input::{STREAM, Source, Wanted, assign};
use super::output::Target;
use super::report::Report;
use crate::diag::{Diagnostic, Place, Result};
use crate::export::attached;
use crate::geom::Resolution;
use crate::lang::Lang;
use crate::press::{Press, Recipe, read_file, read_pictures};
use crate::template::{Filled, Template};

/// Makes a document. What is wrong with the request and with the fields is told together.
pub(super) fn render(args: &Render, report: &Report) -> Result<()> {
    let press = Press::new();
    let again = is_pdf(&args.template);
    let work =
        if again { again_work(args, &press)? } else { work(args, &press, report)? };
    let Work { recipe, filled, target } = work;
    if args.attach_data {
        target.check_carries()?;
    }
    for warning in press.anachronisms(&filled, &recipe.look)? {
        report.problem(&warning);
    }
    let mut pages = press.typeset(&filled, &recipe.look)?;
    // What is made again carries what it was made from, as it did before.
    if args.attach_data || again {
        pages.attachment = Some(recipe.attachment()?);
    }
    target.with_resolution(recipe.resolution).write(&pages, report)
}

/// What there is to do.
struct Work {
    /// What the document is made from.
    recipe: Recipe,
    /// The template, filled.
    filled: Filled,
    /// Where it goes.
    target: Target,
}

/// What the arguments ask for.
fn work(args: &Render, press: &Press, report: &Report) -> Result<Work> {
    let langs = args.look.langs();
    let document = press.template(&args.template).and_then(|template| {
        let target = Target::new(&args.target, &stem(args, &template));
        let filled = fields(args, &template, report)
            .and_then(|fields| Ok((fill(&template, &fields, &langs)?, fields)));
        both(target, filled)
    });
    let (look, (target, (filled, fields))) = both(args.look.look(press), document)?;
    let template = args.template.clone();
    let resolution = args.target.ppi.map(Resolution);
    let recipe = Recipe { template, fields, langs, look, resolution };
    Ok(Work { recipe, filled, target })
}

/// Fills a template in these languages, or else in those that the fields ask for.
fn fill(template: &Template, fields: &crate::Fields, langs: &[Lang]) -> Result<Filled> {
    match langs {
        [] => template.fill(fields),
        _ => template.fill_in(fields, langs),
    }
}

/// Reads the fields.
fn fields(args: &Render, template: &Template, report: &Report) -> Result<crate::Fields> {
    let langs = args.look.langs();
    let wanted =
        Wanted { template, name: &args.template, over: &args.assign.set, langs: &langs };
    let source = args.data.as_deref().map(Source::read).transpose()?;
    wanted.fields(source.as_ref(), args.row, report)
}

/// Whether what stands for a template is a PDF.
fn is_pdf(name: &str) -> bool {
    let ending = Path::new(name).extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// What a PDF was made from, with the values given here over its own.
fn again_work(args: &Render, press: &Press) -> Result<Work> {
    let name = &args.template;
    if let Some(data) = &args.data {
        let message = format!("`{name}` has its own fields beside `{}`", data.display());
        return Err(Diagnostic::usage("two-fields", message)
            .hint("name the template for other fields, or change single ones with -s")
            .into());
    }
    let place = Place::whole(name);
    let pdf = read_file(Path::new(name))?;
    let file = attached(&pdf, Recipe::FILE).map_err(|found| found.at(&place))?;
    let Some(file) = file else {
        let message = format!("`{name}` does not carry what it was made from");
        return Err(Diagnostic::usage("no-recipe", message)
            .hint("make it with --attach-data, or name its template and fields")
            .into());
    };
    let mut recipe = Recipe::from_toml(name, &String::from_utf8_lossy(&file))?;
    let template = press.template(&recipe.template)?;
    recipe.fields = assign(recipe.fields, &args.assign.set);
    recipe.fields = read_pictures(template.schema(), recipe.fields, Path::new(""))?;
    recipe.look = args.look.over(recipe.look, press)?;
    if !args.look.lang.is_empty() {
        recipe.langs = args.look.langs();
    }
    let target = Target::new(&args.target, &stem(args, &template));
    let filled = fill(&template, &recipe.fields, &recipe.langs);
    let (target, filled) = both(target, filled)?;
    Ok(Work { recipe, filled, target })
}

/// The name of the file when nobody named it: that of the data, or else of the template.
fn stem(args: &Render, template: &Template) -> String {
    let pdf = is_pdf(&args.template).then(|| Path::new(&args.template));
    let data = args.data.as_deref().filter(|path| *path != Path::new(STREAM));
    match pdf.or(data).and_then(Path::file_stem) {
        Some(stem) => stem.to_string_lossy().into_owned(),
        // A template of a stranger may have any name.
        None => template.manifest().name.replace(['/', '\\'], "-"),
    }
}

//! `engross render`: one document, or each party's copy of it.

use std::path::Path;

use super::args::Render;
use super::both;
use super::input::{STREAM, Source, Wanted, assign};
use super::output::Target;
use super::report::Report;
use crate::diag::{Diagnostic, Place, Problems, Result};
use crate::export::attached;
use crate::field::Fields;
use crate::geom::Resolution;
use crate::lang::Lang;
use crate::press::{Press, Recipe, read_file, read_pictures};
use crate::template::{Filled, Template};

/// Makes a document, or each party's copy of it. What is wrong with the request and with
/// the fields is told together.
pub(super) fn render(args: &Render, report: &Report) -> Result<()> {
    let press = Press::new();
    let again = is_pdf(&args.template);
    let works =
        if again { again_works(args, &press)? } else { works(args, &press, report)? };
    // All are set before the first is written.
    let mut documents = Vec::new();
    for Work { recipe, filled, target } in works {
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
        documents.push((target.with_resolution(recipe.resolution), pages));
    }
    documents.iter().try_for_each(|(target, pages)| target.write(pages, report))
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
fn works(args: &Render, press: &Press, report: &Report) -> Result<Vec<Work>> {
    let look = args.look.look(press);
    let works = press.template(&args.template).and_then(|template| {
        let recipe = Recipe {
            template: args.template.clone(),
            fields: fields(args, &template, report)?,
            langs: args.look.langs(),
            look: look.clone().unwrap_or_default(),
            resolution: args.target.ppi.map(Resolution),
        };
        copies(args, &template, &recipe)
    });
    both(look, works).map(|(_, works)| works)
}

/// The document of a recipe, or the copies of it that are asked for.
fn copies(args: &Render, template: &Template, recipe: &Recipe) -> Result<Vec<Work>> {
    let stem = stem(args, template);
    let Some(whose) = &args.copy_for else {
        return Ok(vec![work(args, template, recipe.clone(), &stem, None)?]);
    };
    let copies = template.copies(&recipe.fields, whose)?;
    let mut works = Vec::new();
    let mut problems = Vec::new();
    for copy in &copies {
        let langs = match &recipe.langs[..] {
            [] => template.languages(&recipe.fields),
            langs => langs.to_vec(),
        };
        let (fields, langs) = (copy.fields.clone(), copy.langs(&langs));
        let recipe = Recipe { fields, langs, ..recipe.clone() };
        let party = (copies.len() > 1).then_some(copy.party.as_str());
        match work(args, template, recipe, &stem, party) {
            Ok(work) => works.push(work),
            Err(found) => problems.extend(found),
        }
    }
    Problems::check(works, problems)
}

/// What there is to do for one document; of several copies each names its party.
fn work(
    args: &Render,
    template: &Template,
    recipe: Recipe,
    stem: &str,
    party: Option<&str>,
) -> Result<Work> {
    let target = Target::new(&args.target, stem, party);
    let (target, filled) = both(target, fill(template, &recipe.fields, &recipe.langs))?;
    Ok(Work { recipe, filled, target })
}

/// Fills a template in these languages, or else in those that the fields ask for.
fn fill(template: &Template, fields: &Fields, langs: &[Lang]) -> Result<Filled> {
    match langs {
        [] => template.fill(fields),
        _ => template.fill_in(fields, langs),
    }
}

/// Reads the fields.
fn fields(args: &Render, template: &Template, report: &Report) -> Result<Fields> {
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
fn again_works(args: &Render, press: &Press) -> Result<Vec<Work>> {
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
    copies(args, &template, &recipe)
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

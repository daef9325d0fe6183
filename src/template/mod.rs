//! Templates: a folder of texts and what its manifest says of them, filled with somebody's
//! fields. The only place that names minijinja.
//!
//! A value is never printed into the text: the formatter writes a slot
//! ([`crate::markup::Slots`]) and keeps the value aside, so that no value can be taken for
//! markup.

mod alternat;
mod context;
mod engine;
mod filled;
mod filters;
mod lines;
mod lint;
mod manifest;
mod pattern;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Diagnostic, Place, Problems, Result};
use crate::document::{Arrangement, Document};
use crate::field::{FieldPath, Fields, Record, Schema, Step, Value};
use crate::lang::Lang;
use crate::markup::{Slots, is_slot};

use alternat::Glossary;
use context::Context;
use engine::Engine;

pub use alternat::{Alternat, PartyCopy};
pub use filled::Filled;
pub use manifest::{Manifest, StyleChoice};
pub use pattern::NamePattern;

/// The field that says which texts are printed, in a template that has it.
const LANGUAGES: &str = "languages";
/// The field that says how the texts stand to one another.
const LAYOUT: &str = "layout";

/// A template, ready to be filled. Cloning is cheap.
#[derive(Clone, Debug)]
pub struct Template(Arc<Inner>);

/// What a template is made of.
#[derive(Debug)]
struct Inner {
    /// Where its files come from, for errors: `templates/letter`.
    source: String,
    /// What template.toml says.
    manifest: Arc<Manifest>,
    /// sample.toml.
    sample: Option<Arc<str>>,
    /// The words that are a side's own.
    glossary: Glossary,
    /// An engine for each language.
    engines: BTreeMap<Lang, Engine>,
    /// The texts of its files by name.
    files: BTreeMap<String, Arc<str>>,
    /// The pictures of its sample by the names of their files.
    pictures: BTreeMap<String, Arc<[u8]>>,
}

impl Template {
    /// Reads a template from the texts of its files by name (`template.toml`,
    /// `body.en.dj`, `sample.toml`); `source` names the folder in errors.
    ///
    /// # Errors
    /// A manifest or body that is missing or does not parse, a body that holds private
    /// characters of plane 15 or 16, an expression of a rule that does not parse: all of
    /// them together, each with file, line and column.
    pub fn new(source: &str, files: &BTreeMap<String, Arc<str>>) -> Result<Self> {
        Self::with_pictures(source, files, BTreeMap::new())
    }

    /// Reads a template as [`Template::new`], with the pictures that its sample names.
    ///
    /// # Errors
    /// As [`Template::new`].
    pub fn with_pictures(
        source: &str,
        files: &BTreeMap<String, Arc<str>>,
        pictures: BTreeMap<String, Arc<[u8]>>,
    ) -> Result<Self> {
        let Some(text) = files.get("template.toml") else {
            let message = format!("`{source}` has no template.toml");
            let hint = "write one, or begin with `engross new --template`";
            return Err(Diagnostic::usage("template-manifest", message)
                .hint(hint)
                .into());
        };
        let manifest =
            Arc::new(Manifest::parse(&format!("{source}/template.toml"), text)?);
        let mut problems = Vec::new();
        for (name, text) in files {
            problems.extend(private_characters(&format!("{source}/{name}"), text));
        }
        let mut engines = BTreeMap::new();
        for lang in &manifest.langs {
            match Engine::new(source, *lang, files, &manifest) {
                Ok(engine) => drop(engines.insert(*lang, engine)),
                Err(found) => problems.extend(found),
            }
        }
        dedup(&mut problems);
        let glossary = match files.get("glossary.toml") {
            Some(text) => Glossary::parse(&format!("{source}/glossary.toml"), text),
            None => Ok(Glossary::default()),
        };
        let glossary = glossary.unwrap_or_else(|found| {
            problems.extend(found);
            Glossary::default()
        });
        let sample = files.get("sample.toml").cloned();
        let source = source.to_owned();
        Problems::check(
            Self(Arc::new(Inner {
                source,
                manifest,
                sample,
                glossary,
                engines,
                files: files.clone(),
                pictures,
            })),
            problems,
        )
    }

    /// What template.toml says.
    pub fn manifest(&self) -> &Manifest {
        &self.0.manifest
    }

    /// The texts of its files by name, in alphabetical order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.files.iter().map(|(name, text)| (name.as_str(), &**text))
    }

    /// The pictures of its sample by the names of their files.
    pub fn pictures(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.pictures.iter().map(|(name, file)| (name.as_str(), &**file))
    }

    /// Its fields.
    pub fn schema(&self) -> &Schema {
        &self.0.manifest.fields
    }

    /// The fields it is shown with when nobody gives others.
    ///
    /// # Errors
    /// A sample that does not parse, or none.
    pub fn sample(&self) -> Result<Fields> {
        let source = format!("{}/sample.toml", self.0.source);
        match &self.0.sample {
            Some(text) => {
                let mut fields = crate::data::read_toml(&source, text)?;
                for (path, name) in self.schema().image_files(&fields) {
                    if let Some(file) = self.0.pictures.get(&name) {
                        let place = fields.place(&path);
                        fields.insert(&path, Value::Image(Arc::clone(file)), place);
                    }
                }
                Ok(fields)
            }
            None => {
                let message =
                    format!("the template `{}` has no sample", self.0.manifest.name);
                let hint =
                    "give a file of fields; `engross new` writes one to begin with";
                Err(Diagnostic::usage("no-sample", message).hint(hint).into())
            }
        }
    }

    /// Fills the template in the languages its fields ask for, or in its first.
    ///
    /// # Errors
    /// As [`Template::fill_in`].
    pub fn fill(&self, fields: &Fields) -> Result<Filled> {
        self.fill_in(fields, &self.languages(fields))
    }

    /// Fills the template in these languages, in this order.
    ///
    /// # Errors
    /// Everything that is wrong with the fields, the rules across fields that are broken,
    /// a language that the template has no text for; then what the texts themselves run
    /// into.
    pub fn fill_in(&self, fields: &Fields, langs: &[Lang]) -> Result<Filled> {
        let (record, first, problems) = self.checked(fields, langs);
        let first = Problems::check(first, problems)?;
        let Some(first) = first else {
            let message = "the template is filled in no language";
            return Err(Diagnostic::usage("template-language", message)
                .hint("name one that it has")
                .into());
        };
        let mut parts = Vec::new();
        let mut problems = Vec::new();
        for (index, lang) in langs.iter().enumerate() {
            let engine = &self.0.engines[lang];
            let context = match index {
                0 => first.clone(),
                _ => context::build(self.schema(), &record, *lang),
            };
            match self.part(engine, &context) {
                Ok(mut part) => {
                    if let Some(alternat) = &self.0.manifest.alternat {
                        let (glossary, blocks) = (&self.0.glossary, &mut part.blocks);
                        glossary.switch(alternat, &record, *lang, blocks);
                    }
                    parts.push(part);
                }
                Err(found) => {
                    problems.extend(found.into_iter().map(|p| at_value(fields, p)));
                }
            }
        }
        Problems::check((), problems)?;
        let title = self.0.engines[&langs[0]].title(&first)?;
        let manifest = Arc::clone(&self.0.manifest);
        let template = format!("{} {}", manifest.name, manifest.version);
        let kind = manifest.kind.clone();
        let arrangement = self.arrangement(&record);
        let document = Document { title, template, kind, parts, arrangement };
        let date = manifest.date.as_ref().and_then(|name| match record.get(name) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        });
        Ok(Filled::new(document, self.clone(), date, fields.clone()))
    }

    /// The copies that the parties keep (the alternat): that of one party by its id,
    /// number or name, or for `all` one for each.
    ///
    /// # Errors
    /// A template whose parties have no copies of their own; a party that is not there.
    pub fn copies(&self, fields: &Fields, whose: &str) -> Result<Vec<PartyCopy>> {
        let manifest = &self.0.manifest;
        let Some(alternat) = &manifest.alternat else {
            let message = format!("`{}` has no copies for its parties", manifest.name);
            return Err(Diagnostic::usage("copy-for", message)
                .hint("leave --copy-for out, or choose a treaty such as armistice")
                .into());
        };
        self.0.glossary.copies(alternat, self.schema(), fields, whose)
    }

    /// Everything that is wrong with fields, without filling.
    pub fn check(&self, fields: &Fields) -> Vec<Diagnostic> {
        let langs = self.languages(fields);
        match self.fill_in(fields, &langs) {
            Ok(_) => Vec::new(),
            Err(problems) => problems.into_vec(),
        }
    }

    /// The languages that fields ask for. What is wrong with them is found by the check.
    pub fn languages(&self, fields: &Fields) -> Vec<Lang> {
        let manifest = &self.0.manifest;
        let known = |text: &str| {
            let lang: Lang = text.trim().parse().ok()?;
            manifest.langs.contains(&lang).then_some(lang)
        };
        let mut langs: Vec<Lang> = Vec::new();
        if manifest.fields.get(LANGUAGES).is_some() {
            let default = manifest.fields.get(LANGUAGES).and_then(|f| f.default.as_ref());
            let given = fields.record().get(LANGUAGES).or(default);
            let texts: Vec<&str> = match given {
                Some(Value::Text(text)) => text.split([',', ' ', '\n']).collect(),
                Some(Value::List(list)) => {
                    list.iter().filter_map(|v| v.text(Lang::EN)).collect()
                }
                _ => Vec::new(),
            };
            for lang in texts.into_iter().filter_map(known) {
                if !langs.contains(&lang) {
                    langs.push(lang);
                }
            }
        }
        if langs.is_empty() {
            langs.push(manifest.langs[0]);
        }
        langs
    }

    /// The line that has these words, in the text of a language or in what it includes;
    /// the whole text where no line has them.
    pub fn find_text(&self, lang: Lang, words: &str) -> Place {
        let source = |name: &str| format!("{}/{name}", self.0.source);
        let Some(engine) = self.0.engines.get(&lang) else {
            return Place::whole(source("template.toml"));
        };
        match engine.find_text(words) {
            Some((name, text, at)) => Place::in_text(source(&name), &text, at),
            None => Place::whole(source(engine.body_name())),
        }
    }

    /// How the texts stand to one another: as the field says, or else the manifest.
    fn arrangement(&self, record: &Record) -> Arrangement {
        match record.get(LAYOUT).and_then(|said| said.text(Lang::EN)) {
            Some("parallel") => Arrangement::Parallel,
            Some("consecutive") => Arrangement::Consecutive,
            _ => self.0.manifest.arrangement,
        }
    }

    /// The fields in their types, what the text in the first language sees of them, and all
    /// problems with them.
    fn checked(
        &self,
        fields: &Fields,
        langs: &[Lang],
    ) -> (Record, Option<Context>, Vec<Diagnostic>) {
        let manifest = &self.0.manifest;
        let unknown: Vec<Diagnostic> = langs
            .iter()
            .filter(|l| !manifest.langs.contains(l))
            .map(|l| self.no_text(*l))
            .collect();
        if !unknown.is_empty() || langs.is_empty() {
            return (Record::new(), None, unknown);
        }
        let (record, mut problems) = self.schema().check(fields, langs);
        let engine = &self.0.engines[&langs[0]];
        let context = context::build(self.schema(), &record, langs[0]);
        let sound =
            |name: &str| record.contains_key(name) || fields.record().get(name).is_none();
        problems.extend(engine.missing(self.schema(), fields, &record, &context));
        problems.extend(engine.broken_rules(fields, &context, &sound));
        (record, Some(context), problems)
    }

    /// There is no text in a language.
    fn no_text(&self, lang: Lang) -> Diagnostic {
        let manifest = &self.0.manifest;
        let known: Vec<String> = manifest.langs.iter().map(Lang::to_string).collect();
        let message = format!("the template `{}` has no text in `{lang}`", manifest.name);
        Diagnostic::usage("template-language", message)
            .hint(format!("use one of {}", known.join(", ")))
    }

    /// Fills the text in one language.
    fn part(&self, engine: &Engine, context: &Context) -> Result<crate::document::Part> {
        let (text, slots) = engine.body(context)?;
        let source = format!("{}/{} (filled)", self.0.source, engine.body_name());
        crate::markup::parse(&source, &text, engine.lang(), &slots)
    }
}

/// The characters of a file that only slots may use.
fn private_characters(source: &str, text: &str) -> Option<Diagnostic> {
    let (at, c) = text.char_indices().find(|(_, c)| is_slot(*c))?;
    let message =
        format!("the private character U+{:X} cannot stand in a template", c as u32);
    Some(
        Diagnostic::usage("template-character", message)
            .at(Place::in_text(source, text, at))
            .hint("take it out; ornaments live at U+E000 to U+F8FF"),
    )
}

/// Drops what several languages report alike.
fn dedup(problems: &mut Vec<Diagnostic>) {
    let mut seen: Vec<Diagnostic> = Vec::new();
    for problem in problems.drain(..) {
        if !seen.contains(&problem) {
            seen.push(problem);
        }
    }
    *problems = seen;
}

/// A problem with a reference in a value, at the place of the value.
fn at_value(fields: &Fields, problem: Diagnostic) -> Diagnostic {
    let reference = problem.message.split_inclusive(']').next().unwrap_or_default();
    if problem.code != crate::markup::LOST_REFERENCE {
        return problem;
    }
    let reference = reference.to_owned();
    match find_words(fields, &reference).and_then(|(_, place)| place) {
        Some(place) => problem.at(place.at_words(&reference)),
        None => problem,
    }
}

/// The path and place of the first value that holds a character.
fn find_character(fields: &Fields, c: char) -> Option<(FieldPath, Option<Place>)> {
    find_words(fields, c.encode_utf8(&mut [0; 4]))
}

/// The path and place of the first value that holds words.
fn find_words(fields: &Fields, words: &str) -> Option<(FieldPath, Option<Place>)> {
    /// Looks under a value.
    fn under(value: &Value, path: &FieldPath, words: &str) -> Option<FieldPath> {
        match value {
            Value::Text(text) => text.contains(words).then(|| path.clone()),
            Value::List(entries) => {
                let mut entries = entries.iter().enumerate();
                entries.find_map(|(i, v)| under(v, &path.entry(i), words))
            }
            Value::Record(record) => {
                record.iter().find_map(|(n, v)| under(v, &path.name(n), words))
            }
            _ => None,
        }
    }
    let found = fields
        .iter()
        .find_map(|(name, v)| under(v, &FieldPath::ROOT.name(name), words))?;
    let place = fields.place(&found);
    debug_assert!(matches!(found.steps().first(), Some(Step::Name(_))));
    Some((found, place))
}

/// A filled text and the values of its slots.
type Text = (String, Slots);

#[cfg(test)]
mod tests;

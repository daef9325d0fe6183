//! template.toml.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::diag::{Diagnostic, Place, Problems, Result};
use crate::document::Arrangement;
use crate::field::{Field, FieldPath, FieldType, Schema, Step};
use crate::lang::Lang;

use super::alternat::Alternat;

/// What a template says of itself.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Its name, that of the folder.
    pub name: String,
    /// Its version, `1.0`.
    pub version: String,
    /// What it makes: `letter`, `treaty`, `certificate`.
    pub kind: String,
    /// The languages it has a text in; the first is the default. Never empty.
    pub langs: Vec<Lang>,
    /// The title of the document by language; may use the fields: `Letter to {{ to }}`.
    pub title: IndexMap<Lang, String>,
    /// What it is for, by language.
    pub about: IndexMap<Lang, String>,
    /// The style it is set in when nobody says otherwise.
    pub style: StyleChoice,
    /// Other styles that suit it, found by year.
    pub styles: Vec<String>,
    /// The paper it stands on when nobody says otherwise; else that of the style.
    pub paper: Option<String>,
    /// How it was folded to be sent: the creases from left to right, 0 to 7, and from top
    /// to bottom, 0 to 3. Else as the paper is, which is mostly not.
    pub folds: Option<[u8; 2]>,
    /// The field that says when the document was written: the one that `date` names, else
    /// the date named `date`, else the first date that is required.
    pub date: Option<String>,
    /// Where and by whom such documents were written: `US`, `government`.
    pub provenance: Vec<String>,
    /// What does not count as an anachronism in it.
    pub allow: Vec<String>,
    /// How texts in several languages stand to one another.
    pub arrangement: Arrangement,
    /// How each party has a copy of its own, if it has.
    pub alternat: Option<Alternat>,
    /// Its fields.
    pub fields: Schema,
    /// What must hold across fields.
    pub rules: Vec<Rule>,
}

/// A style for all languages or one for each.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum StyleChoice {
    /// One for all.
    One(String),
    /// One for each language.
    Each(IndexMap<Lang, String>),
}

/// What must hold across fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// An expression over all fields that must be true.
    pub expr: String,
    /// The field that is blamed.
    pub field: String,
    /// What is wrong when it is not.
    pub message: String,
    /// The repair.
    pub hint: String,
}

/// template.toml as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// `[template]`.
    template: Head,
    /// `[alternat]`.
    alternat: Option<Alternat>,
    /// `[fields.*]`.
    #[serde(default)]
    fields: Schema,
    /// `[[rules]]`.
    #[serde(default)]
    rules: Vec<Rule>,
}

/// `[template]`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    /// See [`Manifest::name`].
    name: String,
    /// See [`Manifest::version`].
    version: String,
    /// See [`Manifest::kind`].
    kind: String,
    /// See [`Manifest::langs`].
    langs: Vec<Lang>,
    /// See [`Manifest::title`].
    title: IndexMap<Lang, String>,
    /// See [`Manifest::about`].
    about: IndexMap<Lang, String>,
    /// See [`Manifest::style`].
    style: StyleChoice,
    /// See [`Manifest::styles`].
    #[serde(default)]
    styles: Vec<String>,
    /// See [`Manifest::paper`].
    paper: Option<String>,
    /// See [`Manifest::folds`].
    folds: Option<[u8; 2]>,
    /// See [`Manifest::date`].
    date: Option<String>,
    /// See [`Manifest::provenance`].
    #[serde(default)]
    provenance: Vec<String>,
    /// See [`Manifest::allow`].
    #[serde(default)]
    allow: Vec<String>,
    /// See [`Manifest::arrangement`].
    #[serde(default)]
    layout: Arrangement,
}

impl StyleChoice {
    /// The style for a language; that of the first language where none is named.
    pub fn of(&self, lang: Lang) -> &str {
        match self {
            Self::One(name) => name,
            Self::Each(names) => {
                let named = names.get(&lang).or_else(|| names.values().next());
                named.map_or("", String::as_str)
            }
        }
    }
}

impl Manifest {
    /// Reads template.toml; `source` names it in errors.
    pub(super) fn parse(source: &str, text: &str) -> Result<Self> {
        let file: File =
            toml::from_str(text).map_err(|error| not_sound(source, text, &error))?;
        let File { template: head, alternat, fields, rules } = file;
        let manifest = Self {
            name: head.name,
            version: head.version,
            kind: head.kind,
            langs: head.langs,
            title: head.title,
            about: head.about,
            style: head.style,
            styles: head.styles,
            paper: head.paper,
            folds: head.folds,
            date: head.date.or_else(|| usual_date(&fields)),
            provenance: head.provenance,
            allow: head.allow,
            arrangement: head.layout,
            alternat,
            fields,
            rules,
        };
        let whole = Place::whole(source);
        let faults = manifest.faults().into_iter().map(|fault| fault.at(whole.clone()));
        let mut problems: Vec<Diagnostic> = faults.collect();
        problems.extend(
            manifest.fields.validate(&|path| Some(field_place(source, text, path))),
        );
        Problems::check(manifest, problems)
    }

    /// What is wrong though it parses.
    fn faults(&self) -> Vec<Diagnostic> {
        let fault = |message: String, hint: &str| {
            Diagnostic::usage("template-manifest", message).hint(hint)
        };
        let mut faults = Vec::new();
        if self.langs.is_empty() {
            faults.push(fault(
                "`langs` names no language".into(),
                "write langs = [\"en\"]",
            ));
        }
        if self.fields.get("lang").is_some() {
            let message =
                "a field cannot be named `lang`: it is the language of the text";
            faults.push(fault(message.into(), "choose another name"));
        }
        if let StyleChoice::Each(names) = &self.style
            && let Some(lang) = self.langs.iter().find(|lang| names.get(*lang).is_none())
        {
            faults.push(fault(format!("`style` names none for `{lang}`"), "add one"));
        }
        if self.folds.is_some_and(|[across, down]| across > 7 || down > 3) {
            faults.push(fault(
                "`folds` names more creases than a letter has".into(),
                "write at most [7, 3]: from left to right, from top to bottom",
            ));
        }
        if let Some(name) = &self.date
            && self.fields.get(name).is_none_or(|field| field.ty != FieldType::Date)
        {
            let message = format!("`date` names `{name}`, which is no date");
            faults.push(fault(message, "name a field of the type date"));
        }
        for name in self.alternat.iter().flat_map(Alternat::fields) {
            if self.fields.get(name).is_none() {
                let message = format!("`alternat` names `{name}`, which is no field");
                faults.push(fault(message, "name a field of the template"));
            }
        }
        for rule in &self.rules {
            if self.fields.get(&rule.field).is_none() {
                let message = format!(
                    "a rule blames the field `{}`, which is not there",
                    rule.field
                );
                faults.push(fault(message, "name a field of the template"));
            }
        }
        faults
    }
}

/// The field that says when a document was written, when the manifest does not.
fn usual_date(fields: &Schema) -> Option<String> {
    let is_date = |field: &Field| field.ty == FieldType::Date;
    if fields.get("date").is_some_and(is_date) {
        return Some("date".to_owned());
    }
    let mut dates = fields.iter().filter(|(_, field)| is_date(field) && field.required);
    dates.next().map(|(name, _)| name.to_owned())
}

/// Where a field is declared.
fn field_place(source: &str, text: &str, path: &FieldPath) -> Place {
    let Some(Step::Name(name)) = path.steps().first() else {
        return Place::whole(source);
    };
    match text.find(&format!("fields.{name}")) {
        Some(offset) => Place::in_text(source, text, offset),
        None => Place::whole(source),
    }
}

/// The manifest does not parse.
fn not_sound(source: &str, text: &str, error: &toml::de::Error) -> Diagnostic {
    let offset = error.span().map_or(0, |span| span.start);
    let message = error.message().trim().replace('\n', " ");
    Diagnostic::usage(
        "template-manifest",
        format!("the manifest cannot be read: {message}"),
    )
    .at(Place::in_text(source, text, offset))
    .hint("mend the line; docs/templates.md tells what a manifest holds")
}

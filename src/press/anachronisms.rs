//! What could not have been in a document: its words, its day, and what it is set in and on.

use std::sync::Arc;

use indexmap::IndexMap;

use super::store::Kind;
use super::{Look, Press};
use crate::anachronism::{Catalogue, Entry, Found, Origin, When};
use crate::diag::{Diagnostic, Place, Result, did_you_mean};
use crate::field::{FieldPath, Fields, Value};
use crate::lang::Lang;
use crate::style::Rules;
use crate::template::Filled;

/// Names under which what styles, papers and fonts say of their own years can be allowed.
pub const OWN_YEARS: [&str; 3] = ["style-years", "paper-years", "face-years"];

impl Press {
    /// What could not have been, from `anachronisms/*.toml`.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn catalogue(&self) -> Result<Arc<Catalogue>> {
        self.0.catalogue.get_or_init(|| self.read_catalogue()).clone()
    }

    /// Reads the entries.
    fn read_catalogue(&self) -> Result<Arc<Catalogue>> {
        let mut catalogue = Catalogue::default();
        for name in self.0.store.names(Kind::Anachronism) {
            let (source, text) = self.0.store.text(Kind::Anachronism, name)?;
            let entries: IndexMap<String, Entry> =
                toml::from_str(&text).map_err(|error| {
                    let offset = error.span().map_or(0, |span| span.start);
                    let message = format!("an entry is not sound: {}", error.message());
                    Diagnostic::usage("anachronism-entry", message)
                        .at(Place::in_text(source, &text, offset))
                        .hint("mend the line; docs/anachronisms.md tells what one holds")
                })?;
            for (id, entry) in entries {
                catalogue.add(entry.named(id));
            }
        }
        Ok(Arc::new(catalogue))
    }

    /// What in a document could not have been on its day and at its place: each a warning
    /// with the field or the line of the template, and with what the period had instead.
    ///
    /// The day is that of the document ([`Filled::date`]), else the year of the look;
    /// without either there is nothing to say. What the look or the template allows is
    /// passed over.
    ///
    /// # Errors
    /// A style, paper or list of entries that cannot be read; a name that is allowed and
    /// that nothing has.
    pub fn anachronisms(&self, filled: &Filled, look: &Look) -> Result<Vec<Diagnostic>> {
        let catalogue = self.catalogue()?;
        let manifest = filled.manifest();
        let allowed: Vec<&String> = look.allowed.iter().chain(&manifest.allow).collect();
        for id in &allowed {
            known(&catalogue, id)?;
        }
        let when = filled.date().map(When::day).or(look.year.and_then(When::year));
        let Some(when) = when else { return Ok(Vec::new()) };
        let origin = Origin { when, provenance: manifest.provenance.clone() };
        let search = Search { press: self, catalogue: &catalogue, filled, origin };
        let mut found: Vec<Told> = search.day().into_iter().collect();
        found.extend(search.texts());
        for part in &filled.document().parts {
            found.extend(search.dress(part.lang, look)?);
        }
        let mut told: Vec<Diagnostic> = Vec::new();
        for (id, problem) in found {
            if !allowed.iter().any(|allowed| **allowed == id) && !told.contains(&problem)
            {
                told.push(problem);
            }
        }
        Ok(told)
    }
}

/// That a name which is allowed is one.
fn known(catalogue: &Catalogue, id: &str) -> Result<()> {
    if OWN_YEARS.contains(&id) || catalogue.get(id).is_some() {
        return Ok(());
    }
    let names = catalogue.iter().map(|entry| entry.id.as_str()).chain(OWN_YEARS);
    let hint = match did_you_mean(id, names) {
        Some(near) => format!("write `{near}`"),
        None => "see `engross list anachronisms`".to_owned(),
    };
    let message = format!("there is no anachronism named `{id}`");
    Err(Diagnostic::usage("unknown-anachronism", message).hint(hint).into())
}

/// The name of an entry, and the warning.
type Told = (String, Diagnostic);

/// The search through one document.
struct Search<'a> {
    /// For styles, papers and fonts.
    press: &'a Press,
    /// What to look for.
    catalogue: &'a Catalogue,
    /// The document.
    filled: &'a Filled,
    /// When and where it was written.
    origin: Origin,
}

impl Search<'_> {
    /// A warning: the thing, why it could not be, and what could.
    fn tell(&self, id: &str, thing: &str, why: &str, instead: &str) -> Told {
        let when = self.origin.when;
        let message = format!("{thing} cannot be of {when}: {why}");
        let hint = format!("{instead}; --allow {id} keeps it");
        (id.to_owned(), Diagnostic::invalid("anachronism", message).warning().hint(hint))
    }

    /// A warning from an entry.
    fn tell_entry(&self, entry: &Entry, thing: &str) -> Told {
        self.tell(&entry.id, thing, &entry.why, &entry.instead)
    }

    /// A day that never was.
    fn day(&self) -> Option<Told> {
        let day = self.filled.date()?;
        let entry = self.catalogue.of_day(day, &self.origin)?;
        let field = self.filled.manifest().date.as_deref()?;
        let place = self.filled.fields().place(&FieldPath::ROOT.name(field));
        let why = &entry.why;
        let message = format!("there was no {day}: {why}");
        let hint = format!("{}; --allow {} keeps it", entry.instead, entry.id);
        let problem = Diagnostic::invalid("anachronism", message).warning();
        Some((entry.id.clone(), problem.at(place).hint(hint)))
    }

    /// What the texts say.
    fn texts(&self) -> Vec<Told> {
        let parts = self.filled.document().parts.iter();
        let in_part = |part| {
            let found = self.catalogue.in_part(part, &self.origin).into_iter();
            found.map(|found| self.tell_found(&found, part.lang))
        };
        parts.flat_map(in_part).collect()
    }

    /// A warning about words.
    fn tell_found(&self, found: &Found, lang: Lang) -> Told {
        let (id, problem) = self.tell_entry(&found.entry, &format!("“{}”", found.text));
        let fields = self.filled.fields();
        let place = match &found.filled {
            Some(value) => find_value(fields, value, &found.text)
                .and_then(|path| fields.place(&path))
                .map_or_else(
                    || self.filled.template().find_text(lang, &found.text),
                    |place| place.at_words(&found.text),
                ),
            None => self.filled.template().find_text(lang, &found.text),
        };
        (id, problem.at(place))
    }

    /// What the text in a language is set in and on.
    fn dress(&self, lang: Lang, look: &Look) -> Result<Vec<Told>> {
        let manifest = self.filled.manifest();
        let (styled, name) = self.press.styled_as(manifest, lang, look)?;
        let style = styled.style;
        let mut found = Vec::new();
        if let Some([first, last]) = style.years
            && self.is_before(first)
        {
            let why = format!("its documents are of {first} to {last}");
            let instead = self.style_instead(lang)?;
            found.push(self.tell(
                OWN_YEARS[0],
                &format!("the style `{name}`"),
                &why,
                &instead,
            ));
        }
        let named =
            look.paper.as_ref().or(manifest.paper.as_ref()).or(style.paper.as_ref());
        let mut size = style.page.width.map(|_| style.page.size());
        if let Some(name) = named {
            let paper = self.press.paper(name)?;
            size = size.or(paper.size);
            if let Some([first, last]) = paper.years
                && self.is_before(first)
            {
                let why = format!("it was made from {first} to {last}");
                let instead = self.paper_instead()?;
                found.push(self.tell(
                    OWN_YEARS[1],
                    &format!("the paper `{name}`"),
                    &why,
                    &instead,
                ));
            }
        }
        if let Some(entry) =
            size.and_then(|size| self.catalogue.of_size(size, &self.origin))
        {
            found.push(self.tell_entry(entry, "the size of the page"));
        }
        for (role, ink) in style.inks.iter().filter(|(role, _)| *role != "marking") {
            if let Some(entry) = self.catalogue.of_ink(ink.kind, &self.origin) {
                found.push(
                    self.tell_entry(entry, &format!("the ink `{role}` of the style")),
                );
            }
        }
        found.extend(self.faces(&style.rules));
        found.extend(
            style.lang.get(&lang).into_iter().flat_map(|rules| self.faces(rules)),
        );
        Ok(found)
    }

    /// The faces, of each role the first, that were not yet.
    fn faces(&self, rules: &Rules) -> Vec<Told> {
        let roles = rules.faces.iter().filter(|(role, _)| *role != "marking");
        let told = roles.filter_map(|(_, names)| {
            let name = names.first()?;
            let family = name.split('/').next().unwrap_or(name);
            let [first, last] = self.press.font_family(family)?.years?;
            let why = format!("such letters were made from {first} to {last}");
            let instead = "choose a style of the time: `engross list styles`";
            let thing = format!("the face `{name}`");
            self.is_before(first).then(|| self.tell(OWN_YEARS[2], &thing, &why, instead))
        });
        told.collect()
    }

    /// Whether the document is older than a year.
    fn is_before(&self, year: i32) -> bool {
        When::year(year).is_some_and(|when| self.origin.when.ends_before(when))
    }

    /// A style of the template's that is of the time.
    fn style_instead(&self, lang: Lang) -> Result<String> {
        let manifest = self.filled.manifest();
        let year = self.origin.when.first_year();
        let own = manifest.style.of(lang);
        let offered = manifest.styles.iter().map(String::as_str);
        for name in core::iter::once(own).chain(offered) {
            if self.press.style(name)?.is_of(year) {
                return Ok(format!("choose --style {name}"));
            }
        }
        Ok("choose a style of the time: `engross list styles`".to_owned())
    }

    /// The papers of the time.
    fn paper_instead(&self) -> Result<String> {
        let year = self.origin.when.first_year();
        let mut names = Vec::new();
        for name in self.press.paper_names() {
            let years = self.press.paper(name)?.years;
            if years.is_some_and(|[first, last]| (first..=last).contains(&year)) {
                names.push(name);
            }
        }
        Ok(match names.join(" or ") {
            names if names.is_empty() => "choose another paper".to_owned(),
            names => format!("choose {names}"),
        })
    }
}

/// The path of the value that words come from: it holds them, and it is what was filled in
/// or a part of it.
fn find_value(fields: &Fields, filled: &str, words: &str) -> Option<FieldPath> {
    let near = |text: &str| filled.contains(text) || text.contains(filled);
    let spaced = |text: &str| text.replace(char::is_whitespace, " ").to_lowercase();
    let words = spaced(words);
    let holds = |text: &str| spaced(text).contains(&words);
    find(fields, &|text| near(text) && holds(text)).or_else(|| find(fields, &holds))
}

/// The path of the first text that is wanted.
fn find(fields: &Fields, wanted: &dyn Fn(&str) -> bool) -> Option<FieldPath> {
    /// Looks under a value.
    fn under(
        value: &Value,
        path: &FieldPath,
        wanted: &dyn Fn(&str) -> bool,
    ) -> Option<FieldPath> {
        match value {
            Value::Text(text) => wanted(text).then(|| path.clone()),
            Value::List(entries) => {
                let mut entries = entries.iter().enumerate();
                entries.find_map(|(i, entry)| under(entry, &path.entry(i), wanted))
            }
            Value::Record(record) => {
                record.iter().find_map(|(name, v)| under(v, &path.name(name), wanted))
            }
            _ => None,
        }
    }
    let mut all = fields.iter();
    all.find_map(|(name, value)| under(value, &FieldPath::ROOT.name(name), wanted))
}

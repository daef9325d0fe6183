//! What a template has that is sound and yet wrong: names that are no fields, fields that
//! nothing uses, places that only one of the texts has.

use std::collections::BTreeSet;

use super::{Filled, LANGUAGES, LAYOUT, Template};
use crate::diag::{Diagnostic, Place};
use crate::document::{Block, Content, plain_text};

impl Template {
    /// What is wrong with the template itself: names in its texts that are no fields, and
    /// fields that neither a text nor a rule uses.
    pub fn lint(&self) -> Vec<Diagnostic> {
        let manifest = self.manifest();
        let mut used: BTreeSet<String> = [LANGUAGES, LAYOUT].map(str::to_owned).into();
        used.extend(manifest.date.clone());
        let alternat = manifest.alternat.iter().flat_map(super::Alternat::fields);
        used.extend(alternat.cloned());
        let mut problems = Vec::new();
        for engine in self.0.engines.values() {
            used.extend(engine.names_used(self.schema()));
            for name in engine.names_of_body() {
                if self.schema().get(&name).is_none() && name != "lang" {
                    problems.push(self.no_field(engine.body_name(), &name));
                }
            }
        }
        let unused = self.schema().iter().filter(|(name, _)| !used.contains(*name));
        problems.extend(unused.map(|(name, _)| self.unused(name)));
        problems
    }

    /// A name in a text that is no field.
    fn no_field(&self, body: &str, name: &str) -> Diagnostic {
        let (source, text) = (format!("{}/{body}", self.0.source), &self.0.files[body]);
        let place = match text.find(name) {
            Some(at) => Place::in_text(source, text, at),
            None => Place::whole(source),
        };
        let message = format!("the text uses `{name}`, which is no field");
        Diagnostic::usage("template-name", message)
            .at(place)
            .hint(format!("declare [fields.{name}], or mend the name"))
    }

    /// A field that nothing uses.
    fn unused(&self, name: &str) -> Diagnostic {
        let source = format!("{}/template.toml", self.0.source);
        let place = self.0.files.get("template.toml").and_then(|text| {
            let at = text.find(&format!("fields.{name}"))?;
            Some(Place::in_text(source.clone(), text, at))
        });
        let message = format!("nothing uses the field `{name}`");
        Diagnostic::usage("template-unused", message)
            .at(place.unwrap_or_else(|| Place::whole(source)))
            .hint("print it in the texts, or take it out")
    }
}

impl Filled {
    /// What is wrong with the texts once they are filled: places that one of them has and
    /// another lacks, and marks that were meant for the template and would be set.
    pub fn lint(&self) -> Vec<Diagnostic> {
        let mut problems = self.lost_places();
        problems.extend(self.stray_backslashes());
        problems
    }

    /// The parts in which a backslash is set that no field holds: it did not stand before a
    /// line's end or a mark.
    fn stray_backslashes(&self) -> Vec<Diagnostic> {
        if self.find_character('\\').is_some() {
            return Vec::new();
        }
        let parts = self.document().parts.iter();
        let found = parts.filter_map(|part| Some((part, stray(&part.blocks)?)));
        found
            .map(|(part, words)| {
                let message = format!("a backslash is set in the text: `{words}`");
                Diagnostic::usage("template-backslash", message)
                    .at(Place::whole(format!("body.{}.dj", part.lang)))
                    .hint("end the line after it, or take it out")
            })
            .collect()
    }

    /// The places that one text has and another lacks, by their ids.
    fn lost_places(&self) -> Vec<Diagnostic> {
        let parts = &self.document().parts;
        let ids: Vec<BTreeSet<String>> = parts.iter().map(|p| ids(&p.blocks)).collect();
        let all: BTreeSet<&String> = ids.iter().flatten().collect();
        let lacks = |id: &&String| {
            parts
                .iter()
                .zip(&ids)
                .find(|(_, own)| !own.contains(*id))
                .map(|(part, _)| part)
        };
        let lost = all.iter().filter_map(|id| Some((*id, lacks(id)?)));
        lost.map(|(id, part)| {
            let message =
                format!("the text in `{}` has no place named `{id}`", part.lang);
            Diagnostic::usage("template-id", message)
                .at(Place::whole(format!("body.{}.dj", part.lang)))
                .hint(format!("give the same part the id {{id={id}}} in every language"))
        })
        .collect()
    }
}

/// The first paragraph or heading in which a backslash stands.
fn stray(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match &block.content {
        Content::Paragraph(inlines) | Content::Heading(_, inlines) => {
            Some(plain_text(inlines)).filter(|words| words.contains('\\'))
        }
        Content::Group(inner) => stray(inner),
        Content::List(entries) => entries.iter().find_map(|entry| stray(&entry.blocks)),
        Content::Rule => None,
    })
}

/// The ids of blocks and what stands in them.
fn ids(blocks: &[Block]) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for block in blocks {
        out.extend(block.attributes.id.clone());
        match &block.content {
            Content::Group(inner) => out.extend(ids(inner)),
            Content::List(entries) => {
                entries.iter().for_each(|entry| out.extend(ids(&entry.blocks)));
            }
            _ => {}
        }
    }
    out
}

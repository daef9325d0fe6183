//! The alternat: each party is named first and signs first in the copy it keeps, has its
//! language first there, and its own words.
//!
//! Source: J. Q. Adams to Rush, 1817, in Wharton, Digest of International Law, §130; the
//! words are those of the two copies of the Korean armistice of 1953.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::diag::{Diagnostic, Place, Result, did_you_mean};
use crate::document::{Attributes, Block, Content, Inline};
use crate::field::{Field, FieldType, Fields, Record, Schema, Value};
use crate::lang::Lang;

/// The class of a word that was switched for the holder of a copy.
const SWITCHED: &str = "switched";
/// The attribute of a switched word that has the word of the text.
const INSTEAD_OF: &str = "instead-of";

/// `[alternat]` of template.toml: which fields a copy turns round.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Alternat {
    /// The field that says whose copy it is: a choice of sides, or the number of a party.
    pub field: String,
    /// The list of the parties, where `field` is a number.
    pub parties: Option<String>,
    /// The fields that list languages, the holder's to come first.
    #[serde(default)]
    pub languages: Vec<String>,
}

impl Alternat {
    /// The fields it names.
    pub(super) fn fields(&self) -> impl Iterator<Item = &String> {
        [&self.field].into_iter().chain(&self.parties).chain(&self.languages)
    }
}

/// One party's own copy of a document.
#[derive(Clone, Debug)]
pub struct PartyCopy {
    /// The party: `A`, or its number.
    pub party: String,
    /// The fields of this copy.
    pub fields: Fields,
    /// The languages of the party, its own first.
    order: Vec<Lang>,
}

impl PartyCopy {
    /// Languages with those of the party in front, in its order.
    pub fn langs(&self, langs: &[Lang]) -> Vec<Lang> {
        let mut sorted = langs.to_vec();
        sorted.sort_by_key(|lang| rank(&self.order, *lang));
        sorted
    }
}

/// glossary.toml of a template: what is a side's own.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Glossary {
    /// The sides that have words or languages of their own.
    #[serde(default)]
    side: Vec<Side>,
}

/// What is one side's own.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Side {
    /// The party, as the field of the copy has it, or its name.
    party: String,
    /// Another name for it.
    name: Option<String>,
    /// Its languages, its own first.
    #[serde(default)]
    languages: Vec<Lang>,
    /// For each language the words of the text, and what this side has for them.
    #[serde(default)]
    words: BTreeMap<Lang, BTreeMap<String, String>>,
}

/// A party by all the names it answers to.
struct Party {
    /// What the field of the copy is set to.
    id: String,
    /// Its names.
    names: Vec<String>,
}

impl Glossary {
    /// Reads glossary.toml; `source` names it in errors.
    pub(super) fn parse(source: &str, text: &str) -> Result<Self> {
        let glossary: Self = toml::from_str(text).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            let message = format!("the glossary cannot be read: {}", error.message());
            Diagnostic::usage("template-glossary", message)
                .at(Place::in_text(source, text, offset))
                .hint("mend the line; docs/templates.md tells what a glossary holds")
        })?;
        let empty = glossary
            .side
            .iter()
            .find(|side| side.words.values().any(|words| words.contains_key("")));
        match empty {
            None => Ok(glossary),
            Some(side) => Err(Diagnostic::usage(
                "template-glossary",
                format!("the glossary of `{}` has an empty word", side.party),
            )
            .at(Place::whole(source))
            .hint("take the entry out")
            .into()),
        }
    }

    /// Puts the words of whoever holds the copy into a text.
    pub(super) fn switch(
        &self,
        alternat: &Alternat,
        record: &Record,
        lang: Lang,
        blocks: &mut [Block],
    ) {
        let Some(holder) = record.get(&alternat.field) else { return };
        let holder = party(alternat, record, holder.to_string());
        let side = self.side.iter().find(|side| side.is(&holder));
        if let Some(words) = side.and_then(|side| side.words.get(&lang)) {
            blocks.iter_mut().for_each(|block| switch_block(block, words));
        }
    }

    /// The copies that are asked for: that of a party by id, number or name, or `all`.
    pub(super) fn copies(
        &self,
        alternat: &Alternat,
        schema: &Schema,
        fields: &Fields,
        whose: &str,
    ) -> Result<Vec<PartyCopy>> {
        let mut parties = parties(alternat, schema, fields);
        for party in &mut parties {
            let sides = self.side.iter().filter(|side| side.is(party));
            let names: Vec<String> = sides.filter_map(|side| side.name.clone()).collect();
            party.names.extend(names);
        }
        if whose == "all" {
            return Ok(parties
                .iter()
                .map(|p| self.copy(alternat, schema, fields, p))
                .collect());
        }
        match find(&parties, whose) {
            Some(party) => Ok(vec![self.copy(alternat, schema, fields, party)]),
            None => Err(no_party(&parties, whose).into()),
        }
    }

    /// The copy of one party.
    fn copy(
        &self,
        alternat: &Alternat,
        schema: &Schema,
        fields: &Fields,
        party: &Party,
    ) -> PartyCopy {
        let side = self.side.iter().find(|side| side.is(party));
        let order = side.map(|side| side.languages.clone()).unwrap_or_default();
        let mut turned = fields.clone().set(&alternat.field, party.id.as_str());
        for name in &alternat.languages {
            let default = schema.get(name).and_then(|field| field.default.as_ref());
            if let Some(given) = fields.record().get(name).or(default) {
                turned = turned.set(name, in_order(given, &order));
            }
        }
        PartyCopy { party: party.id.clone(), fields: turned, order }
    }
}

impl Side {
    /// Whether this is the side of a party.
    fn is(&self, party: &Party) -> bool {
        let same = |name: &String| name.to_lowercase() == self.party.to_lowercase();
        same(&party.id) || party.names.iter().any(same)
    }
}

/// Where a language stands among a party's; others come after them.
fn rank(order: &[Lang], lang: Lang) -> usize {
    order.iter().position(|own| *own == lang).unwrap_or(order.len())
}

/// A list of languages in a party's order, as a list.
fn in_order(given: &Value, order: &[Lang]) -> Value {
    let mut codes: Vec<String> = match given {
        // As a table or the command line has it.
        Value::Text(text) => text
            .split([',', ' ', '\n'])
            .filter(|code| !code.is_empty())
            .map(str::to_owned)
            .collect(),
        list => list.entries().iter().map(Value::to_string).collect(),
    };
    codes.sort_by_key(|code| code.parse().map_or(usize::MAX, |lang| rank(order, lang)));
    Value::List(codes.into_iter().map(Value::Text).collect())
}

/// The parties of a document.
fn parties(alternat: &Alternat, schema: &Schema, fields: &Fields) -> Vec<Party> {
    if let Some(list) = &alternat.parties {
        let count = fields.record().get(list).map_or(0, |list| list.entries().len());
        let numbered = |n: usize| party(alternat, fields.record(), n.to_string());
        return (1..=count).map(numbered).collect();
    }
    match schema.get(&alternat.field) {
        Some(Field { ty: FieldType::Choice(choices), .. }) => {
            choices.iter().map(|id| Party { id: id.clone(), names: Vec::new() }).collect()
        }
        _ => Vec::new(),
    }
}

/// The party of an id, with the names that the fields give it.
fn party(alternat: &Alternat, record: &Record, id: String) -> Party {
    let list = alternat.parties.as_ref().and_then(|list| record.get(list));
    let index = id.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let entry = list.zip(index).and_then(|(list, index)| list.entries().get(index));
    let names = match entry.and_then(|entry| entry.get("name")) {
        Some(Value::Text(name)) => vec![name.clone()],
        Some(Value::Localized(names)) => names.values().cloned().collect(),
        Some(Value::Record(names)) => names.values().map(Value::to_string).collect(),
        _ => Vec::new(),
    };
    Party { id, names }
}

/// A party by id, name, letter or number.
fn find<'a>(parties: &'a [Party], whose: &str) -> Option<&'a Party> {
    let meant = whose.trim().to_lowercase();
    let same = |name: &String| name.to_lowercase() == meant;
    let named = parties.iter().find(|p| same(&p.id) || p.names.iter().any(same));
    let nth = |index: usize, _: &Party| {
        let letter = u8::try_from(index).ok().and_then(|i| b'a'.checked_add(i));
        let letter = letter.filter(u8::is_ascii_lowercase).map(char::from);
        meant == (index + 1).to_string() || letter.is_some_and(|l| meant == l.to_string())
    };
    named.or_else(|| parties.iter().enumerate().find(|(i, p)| nth(*i, p)).map(|(_, p)| p))
}

/// Nobody answers to this name.
fn no_party(parties: &[Party], whose: &str) -> Diagnostic {
    let known: Vec<&str> = parties
        .iter()
        .flat_map(|p| [&p.id].into_iter().chain(&p.names))
        .map(String::as_str)
        .collect();
    let hint = match did_you_mean(whose, known.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write all, or one of {}", known.join(", ")),
    };
    Diagnostic::usage("copy-for", format!("there is no party `{whose}`")).hint(hint)
}

/// Switches the words of a block.
fn switch_block(block: &mut Block, words: &BTreeMap<String, String>) {
    match &mut block.content {
        Content::Paragraph(inlines) | Content::Heading(_, inlines) => {
            switch_inlines(inlines, words);
        }
        Content::Group(blocks) => {
            blocks.iter_mut().for_each(|block| switch_block(block, words));
        }
        Content::List(entries) => {
            let blocks = entries.iter_mut().flat_map(|entry| &mut entry.blocks);
            blocks.for_each(|block| switch_block(block, words));
        }
        Content::Rule => {}
    }
}

/// Switches the words of running text.
fn switch_inlines(inlines: &mut Vec<Inline>, words: &BTreeMap<String, String>) {
    let mut out = Vec::new();
    for inline in inlines.drain(..) {
        match inline {
            Inline::Text(text) => switched(&text, words, &Inline::Text, &mut out),
            Inline::Filled(text) => {
                let filled = |text: String| Inline::Filled(text.into());
                switched(&text, words, &filled, &mut out);
            }
            Inline::Span(attributes, mut content) => {
                switch_inlines(&mut content, words);
                out.push(Inline::Span(attributes, content));
            }
            Inline::Break => out.push(Inline::Break),
        }
    }
    *inlines = out;
}

/// Cuts a text at the words that are switched: at each place the longest that stands there.
fn switched(
    text: &str,
    words: &BTreeMap<String, String>,
    inline: &dyn Fn(String) -> Inline,
    out: &mut Vec<Inline>,
) {
    let mut kept = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let here = words.iter().filter(|(word, _)| stands(text, at, word));
        let Some((word, own)) = here.max_by_key(|(word, _)| word.len()) else {
            at += c.len_utf8();
            continue;
        };
        if kept < at {
            out.push(inline(text[kept..at].to_owned()));
        }
        let mut attributes = Attributes::class(SWITCHED);
        attributes.pairs.insert(INSTEAD_OF.to_owned(), word.clone());
        out.push(Inline::Span(attributes, vec![inline(own.clone())]));
        at += word.len();
        kept = at;
    }
    if kept < text.len() {
        out.push(inline(text[kept..].to_owned()));
    }
}

/// Whether a word stands at a place; in Latin letters a whole word only.
fn stands(text: &str, at: usize, word: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (before, after) = text.split_at(at);
    let Some(rest) = after.strip_prefix(word) else { return false };
    let begins = letter(word.chars().next()) && letter(before.chars().next_back());
    let ends = letter(word.chars().next_back()) && letter(rest.chars().next());
    !begins && !ends
}

//! References: a link without words has those by which its place is called.

use std::collections::BTreeMap;

use crate::document::{Attributes, Block, Content, Inline, plain_text};

/// What places are called, by id; nothing for a place that has no words of its own.
type Places = BTreeMap<String, Option<String>>;

/// A link without words that finds none.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Lost {
    /// The id it leads to.
    pub id: String,
    /// The ids there are; none when the place is there and has no words.
    pub known: Option<Vec<String>>,
}

/// Gives the links without words of a text those of their places: what the attribute
/// `called` of the place says, or else the words of its heading.
pub(super) fn resolve(blocks: &mut [Block]) -> Vec<Lost> {
    let mut places = Places::new();
    each(blocks, &mut |block| {
        if let Some(id) = &block.attributes.id {
            places.insert(id.clone(), called(block));
        }
    });
    let mut lost = Vec::new();
    each(blocks, &mut |block| {
        if let Content::Paragraph(inlines) | Content::Heading(_, inlines) =
            &mut block.content
        {
            give_words(inlines, &places, &mut lost);
        }
    });
    lost
}

/// What a place is called.
fn called(block: &Block) -> Option<String> {
    let said = block.attributes.get("called").map(str::to_owned);
    said.or_else(|| match &block.content {
        Content::Heading(_, words) => {
            Some(plain_text(words).trim().trim_end_matches('.').to_owned())
        }
        _ => None,
    })
}

/// Visits all blocks.
fn each(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        visit(block);
        match &mut block.content {
            Content::Group(inner) => each(inner, visit),
            Content::List(entries) => {
                entries.iter_mut().for_each(|entry| each(&mut entry.blocks, visit));
            }
            Content::Paragraph(_) | Content::Heading(..) | Content::Rule => {}
        }
    }
}

/// The place that a span leads to.
fn target(attributes: &Attributes) -> Option<&str> {
    attributes.get("to")
}

/// Gives the links of running text their words.
fn give_words(inlines: &mut [Inline], places: &Places, lost: &mut Vec<Lost>) {
    for inline in inlines {
        let Inline::Span(attributes, content) = inline else { continue };
        let Some(id) = target(attributes).filter(|_| content.is_empty()) else {
            give_words(content, places, lost);
            continue;
        };
        match places.get(id) {
            Some(Some(words)) => content.push(Inline::Text(words.clone())),
            Some(None) => lost.push(Lost { id: id.to_owned(), known: None }),
            None => {
                let known = Some(places.keys().cloned().collect());
                lost.push(Lost { id: id.to_owned(), known });
            }
        }
    }
}

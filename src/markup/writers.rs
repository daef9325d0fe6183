//! Who writes: each writer of a text has a hand of his own, the same in every copy.

use std::collections::BTreeSet;

use crate::document::{Attributes, Block, Content, Inline};

/// How many hands styles tell apart.
const HANDS: usize = 5;

/// Gives what has the attribute `writer` the class of his hand, `writer-1` to `writer-5`,
/// after the names in alphabetical order: two writers share a hand only where there are
/// more than hands, and the order in which they sign changes nothing.
pub(super) fn give_hands(blocks: &mut [Block]) {
    let mut names = BTreeSet::new();
    each(blocks, &mut |attributes| {
        names.extend(attributes.get("writer").map(str::to_owned));
    });
    each(blocks, &mut |attributes| {
        let place = attributes
            .get("writer")
            .and_then(|writer| names.iter().position(|name| name == writer));
        if let Some(place) = place {
            attributes.classes.push(format!("writer-{}", place % HANDS + 1));
        }
    });
}

/// Visits the attributes of all blocks and spans.
fn each(blocks: &mut [Block], visit: &mut dyn FnMut(&mut Attributes)) {
    for block in blocks {
        visit(&mut block.attributes);
        match &mut block.content {
            Content::Group(inner) => each(inner, visit),
            Content::List(entries) => {
                entries.iter_mut().for_each(|entry| each(&mut entry.blocks, visit));
            }
            Content::Paragraph(inlines) | Content::Heading(_, inlines) => {
                each_span(inlines, visit);
            }
            Content::Rule => {}
        }
    }
}

/// Visits the attributes of the spans of running text.
fn each_span(inlines: &mut [Inline], visit: &mut dyn FnMut(&mut Attributes)) {
    for inline in inlines {
        if let Inline::Span(attributes, content) = inline {
            visit(attributes);
            each_span(content, visit);
        }
    }
}

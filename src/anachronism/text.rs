//! The search through the blocks of a document.

use core::ops::Range;
use std::sync::Arc;

use super::Entry;
use super::entry::Mark;
use crate::document::{Block, Content, Inline, Part};
use crate::lang::Lang;

/// Something a text has that it could not have.
#[derive(Clone, Debug)]
pub struct Found {
    /// The entry that says so.
    pub entry: Entry,
    /// The words that were found.
    pub text: String,
    /// The user's value they stand in; none for words of the template.
    pub filled: Option<Arc<str>>,
}

/// Searches a text.
pub(super) fn search(entries: &[&Entry], text: &str, lang: Lang) -> Vec<Found> {
    let run = Run { text: text.to_owned(), pieces: Vec::new() };
    let mut found = Vec::new();
    search_run(entries, &run, lang, &mut found);
    found
}

/// Searches a text of a document, block by block.
pub(super) fn search_part(entries: &[&Entry], part: &Part) -> Vec<Found> {
    let mut found = Vec::new();
    for block in &part.blocks {
        search_block(entries, block, part.lang, &mut found);
    }
    found
}

/// Searches a block and those in it.
fn search_block(entries: &[&Entry], block: &Block, lang: Lang, found: &mut Vec<Found>) {
    let lang = block.attributes.lang.unwrap_or(lang);
    match &block.content {
        Content::Paragraph(inlines) | Content::Heading(_, inlines) => {
            let mut run = Run::default();
            run.gather(inlines);
            search_run(entries, &run, lang, found);
        }
        Content::Group(blocks) => {
            for block in blocks {
                search_block(entries, block, lang, found);
            }
        }
        Content::List(list) => {
            for block in list.iter().flat_map(|entry| &entry.blocks) {
                search_block(entries, block, lang, found);
            }
        }
        Content::Rule => {}
    }
}

/// Searches running text.
fn search_run(entries: &[&Entry], run: &Run, lang: Lang, found: &mut Vec<Found>) {
    let small = run.text.to_ascii_lowercase();
    for entry in entries.iter().filter(|entry| entry.is_of_lang(lang)) {
        let Mark::Text(phrases) = &entry.mark else { continue };
        for range in phrases.find(&run.text, &small) {
            found.push(Found {
                entry: (*entry).clone(),
                text: run.text[range.clone()].to_owned(),
                filled: run.value_at(&range),
            });
        }
    }
}

/// Running text, and which of it was filled in.
#[derive(Default)]
struct Run {
    /// The words, with one space for each space or line end.
    text: String,
    /// Where the user's values stand.
    pieces: Vec<(Range<usize>, Arc<str>)>,
}

impl Run {
    /// Appends inlines.
    fn gather(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text(text) => self.push(text),
                Inline::Filled(value) => {
                    let start = self.text.len();
                    self.push(value);
                    self.pieces.push((start..self.text.len(), Arc::clone(value)));
                }
                Inline::Span(_, content) => self.gather(content),
                Inline::Break => self.text.push(' '),
            }
        }
    }

    /// Appends words.
    fn push(&mut self, text: &str) {
        self.text.extend(text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }));
    }

    /// The value that a stretch stands in, or begins in.
    fn value_at(&self, range: &Range<usize>) -> Option<Arc<str>> {
        let touched =
            |piece: &Range<usize>| piece.start < range.end && range.start < piece.end;
        let (_, value) = self.pieces.iter().find(|(piece, _)| touched(piece))?;
        Some(Arc::clone(value))
    }
}

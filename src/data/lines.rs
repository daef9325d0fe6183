//! Places in a text, found quickly.

use core::cell::Cell;

use crate::diag::{Excerpt, Place, Position};

/// A text and where its lines begin.
pub(super) struct Lines<'a> {
    /// What the text is called in errors.
    source: &'a str,
    /// The text.
    text: &'a str,
    /// The byte at which each line begins.
    starts: Vec<usize>,
    /// The place that was looked for last: its byte, and the column there.
    last: Cell<(usize, usize)>,
}

impl<'a> Lines<'a> {
    /// Looks for the lines of a text.
    pub(super) fn new(source: &'a str, text: &'a str) -> Self {
        let after = text.match_indices('\n').map(|(at, _)| at + 1);
        let starts = core::iter::once(0).chain(after).collect();
        Self { source, text, starts, last: Cell::new((0, 1)) }
    }

    /// The place of a byte.
    pub(super) fn place(&self, offset: usize) -> Place {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[line - 1];
        let end = self.starts.get(line).copied().unwrap_or(self.text.len());
        // Most come one after the other, and all of a text may be one line.
        let from = match self.last.get() {
            (before, column) if (start..=at).contains(&before) => (before, column),
            _ => (start, 1),
        };
        let column = from.1 + self.text[from.0..at].chars().count();
        self.last.set((at, column));
        let excerpt = Excerpt::of(&self.text[start..end], at - start);
        let position = Position::Text { line, column, excerpt };
        Place { source: self.source.to_owned(), position }
    }
}

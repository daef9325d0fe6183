//! Rows become pages.

use super::block::Row;
use super::shift;
use crate::geom::Length;
use crate::page::Placed;

/// Divides rows into pages of this height. The items of each page stand from the top
/// left corner of its text.
pub(super) fn paginate(rows: Vec<Row>, height: Length) -> Vec<Vec<Placed>> {
    let mut pages = Pages { height, done: Vec::new(), open: Vec::new(), y: Length::ZERO };
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        let mut unit = vec![row];
        while unit.last().is_some_and(|row| row.keep_next) {
            let Some(next) = rows.next_if(|next| !next.new_page) else { break };
            unit.push(next);
        }
        pages.unit(unit);
    }
    pages.turn();
    pages.done
}

/// Pages in the making.
struct Pages {
    /// The room on a page.
    height: Length,
    /// Those that are full.
    done: Vec<Vec<Placed>>,
    /// What stands on the open one.
    open: Vec<Placed>,
    /// How much of it is used.
    y: Length,
}

impl Pages {
    /// Places rows that must stand on one page, if a page can hold them.
    fn unit(&mut self, unit: Vec<Row>) {
        if unit[0].new_page {
            self.turn();
        }
        let room = self.height - self.y;
        let whole = unit[0].whole_page;
        if !self.is_new() && tall(&unit, true) > room {
            self.turn();
        }
        let fits = tall(&unit, !self.is_new()) <= self.height - self.y;
        for row in unit {
            // More than a page of rows that belong together: divided where it must be.
            if !fits && !self.is_new() && self.y + row.before + row.height > self.height {
                self.turn();
            }
            self.place(row);
        }
        if whole {
            self.turn();
        }
    }

    /// Places a row on the open page.
    fn place(&mut self, mut row: Row) {
        if !self.is_new() || row.before < Length::ZERO {
            self.y += row.before;
        }
        if row.whole_page {
            // A little above the middle looks like the middle.
            self.y += ((self.height - row.height) * 0.42).max(Length::ZERO);
        }
        shift(&mut row.items, Length::ZERO, self.y);
        self.open.append(&mut row.items);
        self.y += row.height;
    }

    /// Whether nothing stands on the open page.
    fn is_new(&self) -> bool {
        self.y == Length::ZERO && self.open.is_empty()
    }

    /// Turns the page, unless nothing stands on it.
    fn turn(&mut self) {
        if !self.is_new() {
            self.done.push(core::mem::take(&mut self.open));
            self.y = Length::ZERO;
        }
    }
}

/// The height of rows one below the other, with the space above the first or without.
fn tall(rows: &[Row], with_first: bool) -> Length {
    let total: Length = rows.iter().map(|row| row.before + row.height).sum();
    match rows.first() {
        Some(first) if !with_first => total - first.before,
        _ => total,
    }
}

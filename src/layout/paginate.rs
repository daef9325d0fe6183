//! Rows become pages.

use super::block::{Bond, Row};
use super::enclosure::Open;
use super::shift;
use crate::geom::Length;
use crate::page::{Blend, Item, Mark, Placed, Shape};

/// How pages are filled.
#[derive(Clone, Copy, Debug)]
pub(super) struct Filling {
    /// The room on a page.
    pub height: Length,
    /// The room on the first.
    pub first: Length,
    /// The distance of the lines on which rows stand, if they do.
    pub grid: Option<Length>,
    /// Whether a last page with a few lines takes more from those before.
    pub balance: bool,
}

/// A last page should be filled by this share at least.
const LEAST: f64 = 0.2;
/// The other pages may be as low as this to fill it.
const LOWEST: f64 = 0.8;

/// A page that is full.
#[derive(Debug, Default)]
pub(super) struct Filled {
    /// What stands on it, from the top left corner of its text.
    pub items: Vec<Placed>,
    /// Whether pages are numbered anew from it.
    pub is_first: bool,
}

/// Divides rows into pages.
pub(super) fn paginate(rows: Vec<Row>, filling: Filling) -> Vec<Filled> {
    let Filling { height, balance, .. } = filling;
    if !balance || is_one_page(&rows, filling) {
        return fill(rows, filling).0;
    }
    let tried = |filling: Filling| {
        let (pages, last) = fill(rows.iter().map(hollow).collect(), filling);
        (pages.len(), last)
    };
    let (count, last) = tried(filling);
    if count < 2 || last > height * LEAST {
        return fill(rows, filling).0;
    }
    let steps = (1..=40_u32).map(|step| 1.0 - f64::from(step) * 0.005);
    let lower = steps.take_while(|share| *share >= LOWEST).find_map(|share| {
        let (height, first) = (height * share, filling.first * share);
        let lower = Filling { height, first, ..filling };
        let (others, last) = tried(lower);
        (others == count && last > filling.height * LEAST).then_some(lower)
    });
    fill(rows, lower.unwrap_or(filling)).0
}

/// A row that takes the room of another, to try where it would stand: of what is on that, it
/// has no more than is needed to see that there is something.
fn hollow(row: &Row) -> Row {
    let shape = || Shape {
        path: Vec::new(),
        fill: None,
        stroke: None,
        role: None,
        opacity: 1.0,
        blend: Blend::Ink,
    };
    let item = || Placed { mark: Mark::Artifact, item: Item::Shape(shape()) };
    let columns = row.columns.iter().map(|rows| rows.iter().map(hollow).collect());
    Row {
        items: row.items.first().map(|_| item()).into_iter().collect(),
        columns: columns.collect(),
        within: row.within.clone(),
        ..*row
    }
}

/// Whether it is seen at once that the first page has room for all rows.
fn is_one_page(rows: &[Row], filling: Filling) -> bool {
    let plain = |row: &Row| {
        let begins = row.new_page || row.whole_page || row.foot;
        !begins && row.columns.is_empty() && row.before >= Length::ZERO
    };
    filling.grid.is_none() && rows.iter().all(plain) && tall(rows, true) <= filling.first
}

/// Fills pages one after the other; gives the height of the last too.
fn fill(rows: Vec<Row>, filling: Filling) -> (Vec<Filled>, Length) {
    let (done, open, y) = (Vec::new(), Filled::default(), Length::ZERO);
    let (boxes, foot) = (Open::default(), None);
    let mut pages = Pages { filling, done, open, y, boxes, foot };
    let mut rows = rows.into_iter().peekable();
    while let Some(row) = rows.next() {
        let mut unit = vec![row];
        while unit.last().is_some_and(|row| row.bond > Bond::Free) {
            let Some(next) = rows.next_if(|next| !next.new_page) else { break };
            unit.push(next);
        }
        pages.unit(unit);
    }
    let last = pages.y;
    pages.turn();
    (pages.done, last)
}

/// Pages in the making.
struct Pages {
    /// How they are filled.
    filling: Filling,
    /// Those that are full.
    done: Vec<Filled>,
    /// The open one.
    open: Filled,
    /// How much of it is used.
    y: Length,
    /// The boxes on it.
    boxes: Open,
    /// Where what stands at its foot begins.
    foot: Option<Length>,
}

impl Pages {
    /// Places rows that should stand on one page. Where no page can hold them, those of the
    /// end that are bound firmly stay together, with as much before them as fits.
    fn unit(&mut self, unit: Vec<Row>) {
        if unit[0].new_page {
            self.turn();
            self.open.is_first = unit[0].first_page;
        }
        let whole = unit[0].whole_page;
        let page = self.filling.height;
        if !self.is_new() && needed(&unit, true) > self.height() - self.y {
            if needed(&unit, false) > page
                && let Some(at) = weak_spot(&unit, page)
            {
                let mut head = unit;
                let tail = head.split_off(at);
                self.unit(head);
                return self.unit(tail);
            }
            self.turn();
        }
        let fits = needed(&unit, !self.is_new()) <= self.height() - self.y;
        if let Some(at) = unit.iter().position(|row| row.foot).filter(|_| fits) {
            return self.at_foot(unit, at);
        }
        for row in unit {
            // More than a page of rows that belong together: divided where it must be.
            if !fits && !self.is_new() && self.y + row.before + row.height > self.height()
            {
                self.turn();
            }
            self.place(row);
        }
        if whole {
            self.turn();
        }
    }

    /// Places rows of which those from `at` on stand at the foot of the page.
    fn at_foot(&mut self, mut unit: Vec<Row>, at: usize) {
        let mut feet = unit.split_off(at);
        unit.into_iter().for_each(|row| self.place(row));
        let height = tall(&feet, false);
        feet[0].before = Length::ZERO;
        self.y = self.y.max(self.height() - height);
        self.foot = Some(self.foot.map_or(self.y, |foot| foot.min(self.y)));
        feet.into_iter().for_each(|row| self.place(row));
    }

    /// The room on the open page.
    fn height(&self) -> Length {
        if self.done.is_empty() { self.filling.first } else { self.filling.height }
    }

    /// Places a row on the open page.
    fn place(&mut self, mut row: Row) {
        if !row.columns.is_empty() {
            self.columns(row);
            return;
        }
        if !self.is_new() || row.before < Length::ZERO {
            self.y += row.before;
        }
        if let Some(grid) = self.filling.grid.filter(|grid| *grid > Length::ZERO) {
            // The space above grows to the next line.
            self.y = grid * (self.y / grid - 1e-6).ceil().max(0.0);
        }
        if row.whole_page {
            // A little above the middle looks like the middle.
            self.y += ((self.height() - row.height) * 0.42).max(Length::ZERO);
        }
        self.boxes.note(&row, self.y);
        shift(&mut row.items, Length::ZERO, self.y);
        self.open.items.append(&mut row.items);
        self.y += row.height;
    }

    /// Places columns, each going on at the head of the next page.
    fn columns(&mut self, row: Row) {
        let Row { mut columns, mut before, .. } = row;
        loop {
            if !self.is_new() {
                self.y += before;
            }
            let room = self.height() - self.y;
            let heads: Vec<Vec<Row>> =
                columns.iter_mut().map(|column| take(column, room)).collect();
            let used = heads.iter().map(|head| tall(head, false));
            let used = used.fold(Length::ZERO, Length::max);
            for head in heads {
                stack(head, self.y, &mut self.open.items);
            }
            self.y += used;
            if columns.iter().all(Vec::is_empty) {
                return;
            }
            if used == Length::ZERO && self.is_new() {
                // Not even a line fits on a page of its own.
                for row in columns.iter_mut().map(|column| column.remove(0)) {
                    stack(vec![row], self.y, &mut self.open.items);
                }
                columns.retain(|column| !column.is_empty());
            }
            self.turn();
            before = Length::ZERO;
            if columns.is_empty() {
                return;
            }
        }
    }

    /// Whether nothing stands on the open page.
    fn is_new(&self) -> bool {
        self.y == Length::ZERO && self.open.items.is_empty()
    }

    /// Turns the page, unless nothing stands on it.
    fn turn(&mut self) {
        if !self.is_new() {
            let foot = self.foot.take().unwrap_or(self.height());
            let mut page = core::mem::take(&mut self.open);
            page.items.splice(0..0, self.boxes.draw(foot));
            self.done.push(page);
            self.y = Length::ZERO;
        }
    }
}

/// The first row of a unit after a weak bond from which on the unit fits on a page.
fn weak_spot(unit: &[Row], page: Length) -> Option<usize> {
    (1..unit.len())
        .find(|&at| unit[at - 1].bond == Bond::Weak && needed(&unit[at..], false) <= page)
}

/// The room for rows: columns that end them need not stand on the page whole.
fn needed(unit: &[Row], with_first: bool) -> Length {
    let spare = unit.last().map_or(Length::ZERO, |last| last.height - least(last));
    tall(unit, with_first) - spare
}

/// Takes from the head of a column the rows that fit and may end a page.
pub(super) fn take(column: &mut Vec<Row>, room: Length) -> Vec<Row> {
    let rest = column.split_off(fitting(column, room));
    core::mem::replace(column, rest)
}

/// How many rows at the head of a column fit and may end a page; the first needs no space
/// above.
pub(super) fn fitting(column: &[Row], room: Length) -> usize {
    let mut y = column.first().map_or(Length::ZERO, |first| first.before * -1.0);
    let mut count = 0;
    for (index, row) in column.iter().enumerate() {
        y += row.before + row.height;
        if y > room + Length::pt(1e-6) {
            break;
        }
        if row.bond == Bond::Free || index + 1 == column.len() {
            count = index + 1;
        }
    }
    count
}

/// Places rows one below the other.
fn stack(rows: Vec<Row>, mut y: Length, out: &mut Vec<Placed>) {
    let mut boxes = Open::default();
    for (index, mut row) in rows.into_iter().enumerate() {
        if index > 0 {
            y += row.before;
        }
        boxes.note(&row, y);
        shift(&mut row.items, Length::ZERO, y);
        out.append(&mut row.items);
        y += row.height;
    }
    out.extend(boxes.draw(y));
}

/// The room that a row needs at the foot of a page: of columns, that of the rows that may
/// not be divided.
fn least(row: &Row) -> Length {
    let own = |column: &Vec<Row>| {
        let kept = column.iter().take_while(|row| row.bond > Bond::Free).count();
        tall(&column[..(kept + 1).min(column.len())], true)
    };
    if row.columns.is_empty() {
        return row.height;
    }
    row.columns.iter().map(own).fold(Length::ZERO, Length::max)
}

/// The height of rows one below the other, with the space above the first or without.
pub(super) fn tall(rows: &[Row], with_first: bool) -> Length {
    let total: Length = rows.iter().map(|row| row.before + row.height).sum();
    match rows.first() {
        Some(first) if !with_first => total - first.before,
        _ => total,
    }
}

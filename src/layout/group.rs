//! Groups: blocks below one another, stepped, with one aside, in columns, or flowing
//! through columns of like height; with a brace.

use std::sync::Arc;

use super::block::{Around, Row, Setter, beside, beside_of, kind};
use super::enclosure::inside;
use super::paginate::{fitting, take, tall};
use super::rules;
use crate::diag::Result;
use crate::document::Block;
use crate::geom::{Length, Point};
use crate::page::{Blend, Item, Mark, Placed, Role, Segment, Shape};
use crate::style::{BlockStyle, Edge};

impl Setter<'_, '_> {
    /// Sets blocks that belong together: below one another, stepped, or in columns.
    pub(super) fn group(
        &mut self,
        blocks: &[Block],
        around: &Around,
        style: &BlockStyle,
        rows: &mut Vec<Row>,
    ) -> Result<()> {
        let mut inner = around.clone();
        inner.tag = self.tags.add(Role::Section, Some(around.tag), around.text.lang);
        if style.flow > 1 {
            return self.flow(blocks, &inner, style, rows);
        }
        if style.columns < 2 {
            return self.column(blocks, &inner, style, rows);
        }
        let strips = blocks.len().div_ceil(style.columns).max(1);
        let least = (style.height - style.padding * 2.0) / strips as f64;
        for strip in blocks.chunks(style.columns) {
            let columns = if blocks.len() > style.columns {
                style.columns
            } else {
                strip.len().max(1)
            };
            let places = places(columns, around.measure, style);
            let mut cells = Vec::new();
            for (block, &(left, width)) in strip.iter().zip(&places) {
                let mut cell = inner.clone();
                cell.left = around.left + left;
                cell.measure = width;
                let mut stack = Vec::new();
                self.block(block, &cell, &mut stack)?;
                cells.push(stack);
            }
            let mut row = beside_of(cells, style.align_feet, least.max(Length::ZERO));
            if let Some(thickness) = style.divide {
                let line = (style.line, thickness);
                let [above, below] = beyond(style);
                for (left, _) in places.iter().skip(1) {
                    let at = around.left + *left - style.gutter * 0.5;
                    let place = (at, -above, row.height + above + below);
                    row.items.push(rules::upright(place, line, &style.line_ink));
                }
            }
            rows.push(row);
        }
        Ok(())
    }

    /// Sets the blocks of a group below one another, and beside them the one that stands
    /// aside.
    fn column(
        &mut self,
        blocks: &[Block],
        around: &Around,
        style: &BlockStyle,
        rows: &mut Vec<Row>,
    ) -> Result<()> {
        let mut inner = around.clone();
        let first = rows.len();
        let mut aside = None;
        for block in blocks {
            if let (None, Some((edge, room, own))) = (&aside, self.aside(block, &inner)) {
                let mut cell = inner.clone();
                cell.measure = own;
                inner.measure = (inner.measure - room).max(Length::pt(1.0));
                match edge {
                    Edge::Left => inner.left += room,
                    _ => cell.left += inner.measure + room - own,
                }
                let mut stack = Vec::new();
                self.block(block, &cell, &mut stack)?;
                aside = Some((rows.len(), stack));
                continue;
            }
            self.block(block, &inner, rows)?;
            // Steps end where they would leave less than half of the measure.
            let stepped = inner.measure - style.step;
            if stepped >= around.measure * 0.5 {
                inner.left += style.step;
                inner.measure = stepped;
            }
        }
        if let Some((at, stack)) = aside {
            let others = rows.split_off(at.max(first));
            rows.push(beside(vec![stack, others], style.align_feet));
        }
        if let Some(edge) = style.brace {
            let mut row = beside(vec![rows.split_off(first)], false);
            row.items.push(brace(edge, row.height, around));
            rows.push(row);
        }
        Ok(())
    }

    /// Sets the blocks of a group in columns of like height, as many as a page holds.
    fn flow(
        &mut self,
        blocks: &[Block],
        around: &Around,
        style: &BlockStyle,
        rows: &mut Vec<Row>,
    ) -> Result<()> {
        let count = style.flow;
        let gutters = style.gutter * (count as f64 - 1.0);
        let width = ((around.measure - gutters) / count as f64).max(Length::pt(1.0));
        let inner = Around { measure: width, ..around.clone() };
        let mut text = Vec::new();
        self.column(blocks, &inner, style, &mut text)?;
        let used = tall(rows, true);
        let mut room = if used < self.page { self.page - used } else { self.page };
        while !text.is_empty() {
            let mut columns = level(&mut text, count, room);
            for (index, column) in columns.iter_mut().enumerate() {
                let right = (width + style.gutter) * index as f64;
                column.iter_mut().for_each(|row| row.move_right(right));
            }
            rows.push(beside(columns, false));
            room = self.page;
        }
        Ok(())
    }

    /// Of a block that stands aside: the edge, the room it takes from the others, and its
    /// own width.
    fn aside(&self, block: &Block, around: &Around) -> Option<(Edge, Length, Length)> {
        let kind = kind(&block.content);
        let (_, style) =
            self.cascade.block(kind, &block.attributes, &around.text, around.measure);
        let width = style.width.unwrap_or(Length::mm(30.0)).min(around.measure);
        let edge = style.aside.filter(|edge| matches!(edge, Edge::Left | Edge::Right));
        edge.map(|edge| (edge, width + style.gutter, width))
    }
}

/// How far lines between columns go beyond their row, above and below: to the lines of its box,
/// and where it has none to the edge of it, where the next box has its line.
fn beyond(style: &BlockStyle) -> [Length; 2] {
    let sides = style.border.map(|border| border.sides);
    let reach = |is_drawn: bool| if is_drawn { style.padding } else { inside(style) };
    [sides.is_some_and(|sides| sides.top), sides.is_some_and(|sides| sides.bottom)]
        .map(reach)
}

/// Where columns stand in a measure, and how wide each is.
fn places(columns: usize, measure: Length, style: &BlockStyle) -> Vec<(Length, Length)> {
    let share = |column: usize| match style.shares.get(column) {
        Some(share) if share.is_finite() => share.max(0.01),
        _ => 1.0,
    };
    let all: f64 = (0..columns).map(share).sum();
    let room = measure - style.gutter * (columns as f64 - 1.0);
    let mut left = Length::ZERO;
    let mut places = Vec::new();
    for column in 0..columns {
        let width = (room * (share(column) / all)).max(Length::pt(1.0));
        places.push((left, width));
        left += width + style.gutter;
    }
    places
}

/// Takes rows into so many columns, as low as holds them all and no higher than the room.
fn level(rows: &mut Vec<Row>, count: usize, room: Length) -> Vec<Vec<Row>> {
    let step = rows[0].height.max(Length::pt(1.0)) * 0.25;
    let mut height = tall(rows, true) / count as f64;
    while height < room && !holds(rows, count, height) {
        height += step;
    }
    let height = height.min(room);
    let mut columns = Vec::new();
    for _ in 0..count {
        let mut column = take(rows, height);
        if column.is_empty() && !rows.is_empty() && columns.is_empty() {
            // Higher than the room: it stands there all the same.
            column.push(rows.remove(0));
        }
        if let Some(first) = column.first_mut() {
            first.before = Length::ZERO;
        }
        columns.push(column);
    }
    columns
}

/// Whether so many columns of a height hold rows.
fn holds(rows: &[Row], count: usize, height: Length) -> bool {
    let mut at = 0;
    for _ in 0..count {
        at += fitting(&rows[at..], height);
    }
    at == rows.len()
}

/// A brace of a height at an edge of the measure, its point outward.
fn brace(edge: Edge, height: Length, around: &Around) -> Placed {
    let size = around.text.size;
    let right = matches!(edge, Edge::Right | Edge::OuterRight);
    let out = if right { 1.0 } else { -1.0 };
    let foot =
        if right { around.left + around.measure - size } else { around.left + size };
    let x = |ems: f64| foot + size * (ems * out);
    let half = height * 0.5;
    let bow = (size * 0.9).min(half * 0.5);
    let at = |ems: f64, y: Length| Point::new(x(ems), y);
    let path = vec![
        Segment::Move(at(0.0, Length::ZERO)),
        Segment::Curve(at(0.3, Length::ZERO), at(0.4, bow * 0.3), at(0.4, bow)),
        Segment::Line(at(0.4, half - bow)),
        Segment::Curve(at(0.4, half - bow * 0.3), at(0.5, half), at(0.8, half)),
        Segment::Curve(at(0.5, half), at(0.4, half + bow * 0.3), at(0.4, half + bow)),
        Segment::Line(at(0.4, height - bow)),
        Segment::Curve(at(0.4, height - bow * 0.3), at(0.3, height), at(0.0, height)),
    ];
    let ink = crate::geom::Lab::new(20.0, 0.0, 0.0);
    let shape = Shape {
        path,
        fill: None,
        stroke: Some((size * 0.06, ink)),
        role: Some(Arc::clone(&around.text.ink)),
        opacity: 1.0,
        blend: Blend::Ink,
    };
    Placed { mark: Mark::Artifact, item: Item::Shape(shape) }
}

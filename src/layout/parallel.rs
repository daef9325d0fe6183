//! Texts in several languages beside one another: paragraph by paragraph, each pair
//! beginning on one line, both going on together on the next page.

use super::Desk;
use super::block::{Bond, Row, kind};
use crate::diag::Result;
use crate::document::{Attributes, Block, Content, Part};
use crate::geom::Length;
use crate::page::{Role, TagId};
use crate::style::{Cascade, Style};

/// Between columns, where the style does not say.
const GUTTER: Length = Length::pt(22.0);

/// The rows of texts that stand beside one another.
///
/// # Errors
/// As [`super::layout`].
pub(super) fn rows<'a>(
    parts: &[Part],
    style: &'a Style,
    (measure, page): (Length, Length),
    desk: &mut Desk<'a, '_>,
) -> Result<Vec<Row>> {
    let tags: Vec<TagId> =
        parts.iter().map(|part| desk.tags.add(Role::Section, None, part.lang)).collect();
    let cascades: Vec<Cascade<'a>> =
        parts.iter().map(|part| Cascade::new(style, part.lang)).collect();
    let class = Attributes::class("parallel");
    let (_, block) = cascades[0].block("group", &class, &cascades[0].root(), measure);
    let gutter = if block.gutter > Length::ZERO { block.gutter } else { GUTTER };
    let count = parts.len() as f64;
    let width = (measure - gutter * (count - 1.0)) / count;
    let mut rows = Vec::new();
    for strip in strips(parts) {
        if strip.iter().all(|blocks| is_full(blocks, cascades[0], measure)) {
            for ((blocks, cascade), tag) in strip.iter().zip(&cascades).zip(&tags) {
                let place = (Length::ZERO, measure);
                rows.extend(desk.setter(*cascade, page).part(blocks, *tag, place)?);
            }
            continue;
        }
        let mut columns = Vec::new();
        for (index, blocks) in strip.iter().enumerate() {
            let place = ((width + gutter) * index as f64, width);
            columns.push(desk.setter(cascades[index], page).part(
                blocks,
                tags[index],
                place,
            )?);
        }
        rows.push(beside(columns));
    }
    Ok(rows)
}

/// Whether blocks take the whole measure: groups that have columns of their own, such as
/// rows of signatures.
fn is_full(blocks: &[Block], cascade: Cascade<'_>, measure: Length) -> bool {
    !blocks.is_empty()
        && blocks.iter().all(|block| {
            let kind = kind(&block.content);
            let root = cascade.root();
            let (_, style) = cascade.block(kind, &block.attributes, &root, measure);
            matches!(block.content, Content::Group(_))
                && (style.columns > 1 || style.whole_page)
        })
}

/// What the texts agree on at a block: an id, or the level of a heading.
fn stop(block: &Block) -> Option<String> {
    let level = match block.content {
        Content::Heading(level, _) => Some(format!("heading {level}")),
        _ => None,
    };
    block.attributes.id.clone().or(level)
}

/// The texts cut into strips that belong together: at headings and ids where all texts
/// have the same ones, and there block by block where all have as many.
fn strips(parts: &[Part]) -> Vec<Vec<&[Block]>> {
    let stops: Vec<Vec<(usize, String)>> = parts
        .iter()
        .map(|part| {
            let blocks = part.blocks.iter().enumerate();
            blocks.filter_map(|(at, block)| Some((at, stop(block)?))).collect()
        })
        .collect();
    let names = |of: &[(usize, String)]| -> Vec<String> {
        of.iter().map(|(_, name)| name.clone()).collect()
    };
    let agree = stops.iter().all(|of| names(of) == names(&stops[0]));
    let count = if agree { stops[0].len() } else { 0 };
    let mut strips = Vec::new();
    for section in 0..=count {
        let cut = |part: usize| {
            let blocks = &parts[part].blocks;
            let start = section.checked_sub(1).map_or(0, |before| stops[part][before].0);
            let end = if section < count { stops[part][section].0 } else { blocks.len() };
            &blocks[start..end]
        };
        let sections: Vec<&[Block]> = (0..parts.len()).map(cut).collect();
        let length = sections[0].len();
        if sections.iter().all(|blocks| blocks.len() == length) {
            let pair = |at: usize| sections.iter().map(|of| &of[at..=at]).collect();
            strips.extend((0..length).map(pair));
        } else {
            strips.push(sections);
        }
    }
    strips
}

/// Columns as one row that pages may divide.
fn beside(mut columns: Vec<Vec<Row>>) -> Row {
    let mut row = Row::default();
    for column in &mut columns {
        if let Some(first) = column.first_mut() {
            row.before = row.before.max(first.before);
            row.new_page |= first.new_page;
            row.first_page |= first.first_page;
            first.before = Length::ZERO;
        }
        row.bond = row.bond.max(column.last().map_or(Bond::Free, |last| last.bond));
        row.height = row.height.max(super::paginate::tall(column, true));
    }
    row.columns = columns;
    row
}

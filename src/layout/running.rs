//! Blocks that stand in the margins of pages: heads that go on over every page, feet, what
//! stands at the foot of the first page only. They take the room they need from the text.

use super::block::{Row, Setter, beside, kind};
use super::{Area, Tags, shift};
use crate::diag::Result;
use crate::document::{Block, Content, Inline};
use crate::geom::Length;
use crate::page::{Mark, Placed, TagId};
use crate::style::{Cascade, Running};

/// The class of span whose place the number of the page takes.
const PAGE_NUMBER: &str = "page-number";

/// A block in the margins, and where it stands.
pub(super) struct Margin {
    /// The block.
    block: Block,
    /// Where it stands.
    running: Running,
    /// The room it takes, from the edge of the page to the text.
    room: Length,
    /// What was set for the first page, if it has a place in the structure.
    first: Option<Row>,
}

/// What stands in the margins of the pages of a part.
#[derive(Default)]
pub(super) struct Margins(Vec<Margin>);

/// Takes the blocks that stand in the margins out of a text.
pub(super) fn part(
    blocks: Vec<Block>,
    cascade: &Cascade<'_>,
    measure: Length,
) -> (Margins, Vec<Block>) {
    let mut margins = Margins::default();
    let mut straight = Vec::new();
    for block in blocks {
        let root = cascade.root();
        let style =
            cascade.block(kind(&block.content), &block.attributes, &root, measure);
        match style.1.running.filter(|_| !root.vertical) {
            Some(running) => {
                margins.0.push(Margin {
                    block,
                    running,
                    room: Length::ZERO,
                    first: None,
                });
            }
            None => straight.push(block),
        }
    }
    (margins, straight)
}

impl Margins {
    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Sets those of the first page at its head or its foot, with their place in the
    /// structure.
    pub(super) fn set_first(
        &mut self,
        heads: bool,
        setter: &mut Setter<'_, '_>,
        (tag, measure): (TagId, Length),
    ) -> Result<()> {
        for margin in &mut self.0 {
            if margin.running.is_head() == heads && margin.running.is_on(0) {
                margin.first = Some(margin.set(0, setter, (tag, measure))?);
            }
        }
        Ok(())
    }

    /// Learns how much room each takes, before anything is set.
    pub(super) fn measure(
        &mut self,
        setter: &mut Setter<'_, '_>,
        measure: Length,
    ) -> Result<()> {
        for margin in &mut self.0 {
            let row = margin.set(0, setter, (TagId(0), measure))?;
            margin.room = row.before + row.height;
        }
        Ok(())
    }

    /// The room that those at the head, and those at the foot, take on a page.
    pub(super) fn room(&self, page: usize) -> (Length, Length) {
        let on = |head: bool| {
            let here = self.0.iter().filter(|m| m.running.is_on(page));
            here.filter(|m| m.running.is_head() == head).map(|m| m.room).sum()
        };
        (on(true), on(false))
    }

    /// What stands in the margins of a page: at its head, and at its foot. On the pages
    /// after the first it is no part of the text.
    pub(super) fn items(
        &mut self,
        page: usize,
        setter: &mut Setter<'_, '_>,
        area: &Area,
    ) -> Result<(Vec<Placed>, Vec<Placed>)> {
        let (mut heads, mut feet) = (Vec::new(), Vec::new());
        let mut y = Length::ZERO;
        let mut foot = area.page.height - self.room(page).1;
        for margin in self.0.iter_mut().filter(|m| m.running.is_on(page)) {
            let first = margin.first.take().filter(|_| page == 0);
            let mut row = match first {
                Some(row) => row,
                None => {
                    let mut row =
                        margin.set(page, setter, (TagId(0), area.text.width))?;
                    row.items.iter_mut().for_each(|p| p.mark = Mark::Artifact);
                    row
                }
            };
            let at = if margin.running.is_head() { &mut y } else { &mut foot };
            shift(&mut row.items, Length::ZERO, *at + row.before);
            *at += row.before + row.height;
            if margin.running.is_head() { &mut heads } else { &mut feet }
                .append(&mut row.items);
        }
        Ok((heads, feet))
    }
}

impl Margin {
    /// Sets the block as it stands on a page.
    fn set(
        &self,
        page: usize,
        setter: &mut Setter<'_, '_>,
        (tag, measure): (TagId, Length),
    ) -> Result<Row> {
        // The first page of a head that begins later is the second.
        let page = if self.running.is_on(page) { page } else { page + 1 };
        let block = numbered(&self.block, &(page + 1).to_string());
        let rows =
            setter.part(core::slice::from_ref(&block), tag, (Length::ZERO, measure))?;
        Ok(beside(vec![rows], false))
    }
}

/// A block with the number of its page.
fn numbered(block: &Block, number: &str) -> Block {
    let content = match &block.content {
        Content::Paragraph(inlines) => Content::Paragraph(with_number(inlines, number)),
        Content::Heading(level, inlines) => {
            Content::Heading(*level, with_number(inlines, number))
        }
        Content::Group(blocks) => {
            Content::Group(blocks.iter().map(|block| numbered(block, number)).collect())
        }
        other => other.clone(),
    };
    Block { attributes: block.attributes.clone(), content }
}

/// Running text with the number of its page.
fn with_number(inlines: &[Inline], number: &str) -> Vec<Inline> {
    let inline = |inline: &Inline| match inline {
        Inline::Span(attributes, _) if attributes.has(PAGE_NUMBER) => {
            let digits = Inline::Text(number.to_owned());
            Inline::Span(attributes.clone(), vec![digits])
        }
        Inline::Span(attributes, inner) => {
            Inline::Span(attributes.clone(), with_number(inner, number))
        }
        other => other.clone(),
    };
    inlines.iter().map(inline).collect()
}

/// A structure for what is set only to be measured, or again.
pub(super) fn scratch() -> Tags {
    let mut tags = Tags::default();
    tags.add(crate::page::Role::Section, None, crate::lang::Lang::EN);
    tags
}

//! What stands on every page of a text: the paraphs of those who sign it, at the foot of
//! each page but the one they sign, and what binds the leaves.

use super::furniture::{Foot, margin_text};
use super::linebreak::Line;
use super::shape::{Types, shape_text};
use super::text::{Text, Voice};
use super::{Figures, Tags, shift};
use crate::diag::Result;
use crate::document::{Attributes, Block, Content, plain_text};
use crate::geom::{Length, Size};
use crate::page::{Mark, Placed, TagId};
use crate::style::{Align, Cascade};

/// The group of the paraphs: a paragraph for each who signs.
const PARAPHS: &str = "paraphs";
/// The empty group that says how leaves are bound.
const BINDING: &str = "binding";
/// The class of span of a paraph.
const PARAPH: &str = "paraph";

/// Of the margin below the text, how far up paraphs stand.
const HEIGHT: f64 = 0.4;

/// What stands on every page.
#[derive(Default)]
pub(super) struct Standing {
    /// The words and the attributes of each paraph.
    paraphs: Vec<(String, Attributes)>,
    /// How the leaves are bound.
    binding: Option<Attributes>,
}

impl Standing {
    /// Takes what stands on every page out of a text.
    pub(super) fn take(blocks: &mut Vec<Block>) -> Self {
        let mut standing = Self::default();
        blocks.retain(|block| {
            let Content::Group(inner) = &block.content else { return true };
            if block.attributes.has(BINDING) {
                standing.binding = Some(block.attributes.clone());
                return false;
            }
            if block.attributes.has(PARAPHS) {
                standing.paraphs.extend(inner.iter().filter_map(paraph));
                return false;
            }
            true
        });
        standing
    }

    /// The paraphs at the outer corner of a page's foot.
    ///
    /// # Errors
    /// As [`margin_text`].
    pub(super) fn paraphs(
        &self,
        (foot, bottom): (Foot, Length),
        verso: bool,
        cascade: &Cascade<'_>,
        types: &mut Types<'_>,
    ) -> Result<Vec<Placed>> {
        let mut rows = vec![(Text::default(), Length::ZERO)];
        let mut leading = Length::ZERO;
        for (words, attributes) in &self.paraphs {
            // One class upon the other: the hand's size is a share of that of its script.
            let classes =
                [PARAPH].into_iter().chain(attributes.classes.iter().map(|c| &**c));
            let mut style = classes.fold(cascade.root(), |style, class| {
                let class = Attributes::class(class);
                cascade.span(&Attributes { lang: attributes.lang, ..class }, &style)
            });
            style.vertical = false;
            leading = leading.max(style.leading);
            let voice = Voice::new(style, Mark::Artifact);
            let words = format!("\u{2003}{words}");
            let mut alone = Text::default();
            alone.push(&words, &voice, true);
            let width = Line::alone(shape_text(&alone, cascade, types)?).width();
            // Those of many stand in several rows.
            if rows.last().is_none_or(|(_, taken)| *taken + width > foot.measure) {
                rows.push((Text::default(), Length::ZERO));
            }
            if let Some((text, taken)) = rows.last_mut() {
                let first = text.source.is_empty();
                text.push(if first { words.trim_start() } else { &words }, &voice, true);
                *taken += width;
            }
        }
        let align = if verso { Align::Left } else { Align::Right };
        let mut out = Vec::new();
        for (number, (text, _)) in rows.iter().rev().enumerate() {
            let baseline = foot.height - bottom * HEIGHT - leading * number as f64;
            out.extend(margin_text(text, (baseline, align), foot, (cascade, types))?);
        }
        Ok(out)
    }

    /// Whether there are any.
    pub(super) fn has_paraphs(&self) -> bool {
        !self.paraphs.is_empty()
    }

    /// What binds a page at its fold: at the left of a recto, at the right of a verso.
    pub(super) fn binding(
        &self,
        page: Size,
        verso: bool,
        figures: &dyn Figures,
    ) -> Vec<Placed> {
        let Some(attributes) = &self.binding else { return Vec::new() };
        let mut attributes = attributes.clone();
        let side = if verso { "verso" } else { "recto" };
        attributes.pairs.insert("side".to_owned(), side.to_owned());
        let Some(figure) = figures.draw(&attributes, page) else { return Vec::new() };
        let mark = Mark::Artifact;
        let placed = figure.items.into_iter().map(|item| Placed { mark, item });
        let mut items: Vec<Placed> = placed.collect();
        if verso {
            shift(&mut items, page.width - figure.width, Length::ZERO);
        }
        items
    }
}

/// The words and attributes of a paraph.
fn paraph(block: &Block) -> Option<(String, Attributes)> {
    match &block.content {
        Content::Paragraph(inlines) => {
            Some((plain_text(inlines), block.attributes.clone()))
        }
        _ => None,
    }
}

/// Whether somebody signs on a page: something on it stands in a group of the class
/// `signatory` or `attest`.
pub(super) fn is_signed(items: &[Placed], tags: &Tags) -> bool {
    let signed = |tag: TagId| tags.signed.iter().any(|range| range.contains(&tag.0));
    items.iter().any(|placed| match placed.mark {
        Mark::Content(tag) => signed(tag),
        Mark::Artifact => false,
    })
}

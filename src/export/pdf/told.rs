//! Words of which readers would make something else: of lines that run downward, where each
//! reader guesses at spaces and order in its own way, and of letters set so wide apart that
//! they take each for a word. They say themselves what they are (ActualText, ISO 32000-1,
//! 14.9.4).

use super::font::Fonts;
use crate::geom::Angle;
use crate::page::{Glyph, Item, Mark, Placed, Run};

/// From which share of the em on a gap between letters may be taken for a space.
const WIDE: f64 = 0.1;

/// The words that must be told of what these items begin with, and how many items say them.
pub(super) fn told(items: &[Placed], fonts: &Fonts) -> Option<(usize, String)> {
    line(items).or_else(|| match (&items.first()?.item, items.first()?.mark) {
        (Item::Run(run), Mark::Content(_)) => {
            is_spaced(run, fonts)?.then(|| (1, run.text.clone()))
        }
        _ => None,
    })
}

/// Whether letters of a run stand wide apart.
fn is_spaced(run: &Run, fonts: &Fonts) -> Option<bool> {
    let font = fonts.get(run)?;
    let is_letter = |glyph: &Glyph| !run.text[glyph.text.clone()].trim().is_empty();
    let wide = |pair: &[Glyph]| {
        let advance = run.size * (run.stretch * font.shown(pair[0].id).advance);
        let gap = pair[1].x - pair[0].x - advance;
        is_letter(&pair[0]) && is_letter(&pair[1]) && gap > run.size * WIDE
    };
    // In its cell on a typewriter, every letter is as wide as the cell.
    Some(run.cell.is_none() && run.glyphs.windows(2).any(wide))
}

/// The words of the line with which these items begin, and how many items it has; none
/// where they do not begin with a line that runs downward.
fn line(items: &[Placed]) -> Option<(usize, String)> {
    let (mark, first) = downward(items.first()?)?;
    let near = |run: &Run| {
        let off = run.origin.x - first.origin.x;
        off.max(off * -1.0) < first.size * 0.5
    };
    let line = items.iter().map_while(downward);
    let line = line.take_while(|(own, run)| *own == mark && near(run));
    let runs: Vec<&Run> = line.map(|(_, run)| run).collect();
    let words = runs.iter().map(|run| run.text.as_str()).collect();
    runs.iter().any(|run| run.vertical).then_some((runs.len(), words))
}

/// A run of the text that goes downward, upright or turned, and what it is part of.
fn downward(placed: &Placed) -> Option<(Mark, &Run)> {
    match (&placed.item, placed.mark) {
        (Item::Run(run), Mark::Content(_))
            if run.vertical || run.turn == Angle::degrees(90.0) =>
        {
            Some((placed.mark, run))
        }
        _ => None,
    }
}

//! Ink: how each glyph was struck or written, and seals.
//!
//! Layout says where the perfect glyph stands; this layer says how the impression differs
//! from it: moved, turned, darker, browner. One file a way of making marks. Pure: all that
//! is random comes from the seed.

mod pen;
mod press;
mod ribbon;
pub mod seal;

use crate::geom::Lab;
use crate::page::{Item, Page, Pages};
use crate::seed::Seed;
use crate::style::{Ink, InkKind};

/// The lightness of the paper that contrasts are reckoned from: the median of typed and
/// written documents.
const PAPER: f32 = 87.0;

/// No ink of a document is darker than this.
const DARKEST: f32 = 27.0;

/// Gives every run and shape its impression. `ink` is the recipe of a role on a page.
pub fn impress(pages: &mut Pages, ink: &dyn Fn(&Page, &str) -> Ink, seed: Seed) {
    for index in 0..pages.pages.len() {
        let mut items = core::mem::take(&mut pages.pages[index].items);
        let page = &pages.pages[index];
        let mut pen = pen::Pen::new(seed.derive("pen").nth(index as u64));
        let strokes = seed.derive("ribbon").nth(index as u64);
        for (number, placed) in items.iter_mut().enumerate() {
            match &mut placed.item {
                Item::Run(run) => {
                    let recipe = ink(page, &run.role);
                    run.ink = recipe.colour;
                    match recipe.kind {
                        InkKind::Ribbon => {
                            let keys = seed.derive("keys");
                            ribbon::strike(
                                run,
                                &recipe,
                                keys,
                                strokes.nth(number as u64),
                            );
                        }
                        InkKind::Pen | InkKind::Ballpoint => pen.write(run, &recipe),
                        InkKind::Press => press::print(run, &recipe, page.size, seed),
                        InkKind::Plain => {}
                    }
                }
                Item::Shape(shape) => {
                    if let Some(role) = &shape.role {
                        let colour = ink(page, role).colour;
                        shape.fill = shape.fill.map(|_| colour);
                        shape.stroke = shape.stroke.map(|(width, _)| (width, colour));
                    }
                }
                Item::Image(_) => {}
            }
        }
        pages.pages[index].items = items;
    }
}

/// Gives every run and shape the even colour of its ink.
pub fn even(pages: &mut Pages, ink: &dyn Fn(&Page, &str) -> Ink) {
    let plain = |page: &Page, role: &str| Ink {
        kind: InkKind::Plain,
        // Reading wants contrast: as dark as print, in the hue of the ink.
        colour: Lab { l: ink(page, role).colour.l.min(30.0), ..ink(page, role).colour },
        ..Ink::default()
    };
    impress(pages, &plain, Seed(0));
}

/// The colour of an ink at a density of 1 plus `more`: contrast to the paper grows with
/// it, and thin ink lets the paper through and is browner. Lightness goes in whole steps,
/// so that a page has few colours.
fn at_density(colour: Lab, more: f32, brown: f32) -> Lab {
    let contrast = (PAPER - colour.l) * (1.0 + more);
    let l = (PAPER - contrast).clamp(DARKEST, PAPER - 12.0);
    let l = libm::roundf(l);
    let thinner = l - colour.l;
    let b = colour.b + thinner * brown;
    Lab { l, a: colour.a, b: libm::roundf(b * 2.0) / 2.0 }
}

#[cfg(test)]
mod tests;

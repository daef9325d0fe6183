//! Ink: how each glyph was struck or written, and seals.
//!
//! Layout says where the perfect glyph stands; this layer says how the impression differs
//! from it: moved, turned, darker, browner, and drawn anew. One file a way of making marks,
//! and under `form` one a way of changing letters. Pure: all that is random comes from the
//! seed.

mod askew;
pub mod binding;
mod form;
mod line;
mod pen;
mod press;
mod ribbon;
pub mod seal;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::Result;
use crate::geom::{Lab, Length};
use crate::page::{Blend, Glyph, Item, Page, Pages, Placed, Run};
use crate::seed::Seed;
use crate::style::{Ink, InkKind};

use askew::Askew;
pub use form::Case;
use form::Forms;
use pen::Pen;

/// The lightness of the paper that contrasts are reckoned from: the median of typed and
/// written documents.
const PAPER: f32 = 87.0;

/// No ink of a document is darker than this.
const DARKEST: f32 = 27.0;

/// What a document is written and struck with.
#[derive(Clone, Copy, Debug)]
pub struct Tools<'a> {
    /// The seed of all that happens in the document.
    pub seed: Seed,
    /// The seed of hands, machines and types that have no number; documents of a batch
    /// share it.
    pub own: Seed,
    /// Where the sorts of other documents with the same tools lie.
    pub case: Option<&'a Case>,
}

/// Gives every run and shape its impression. `ink` is the recipe of a role on a page.
///
/// # Errors
/// More forms of letters than a font can hold.
pub fn impress(
    pages: &mut Pages,
    ink: &dyn Fn(&Page, &str) -> Ink,
    tools: Tools<'_>,
) -> Result<()> {
    let Tools { seed, own, case } = tools;
    let mut forms = Forms::new(pages);
    let count = pages.pages.len().max(1) as f32;
    for (index, page) in pages.pages.iter_mut().enumerate() {
        let items = core::mem::take(&mut page.items);
        let mut inks = Inks { page, ink, known: Vec::new() };
        let mut desk = Desk { page, index, count, seed, own, pens: BTreeMap::new() };
        desk.pens(&items, &mut inks);
        let mut out = Vec::with_capacity(items.len());
        let mut askew = Askew::new(seed, index);
        for (number, mut placed) in items.into_iter().enumerate() {
            let register = inks.register(&placed);
            askew.displace(&mut placed, register);
            let Placed { mark, item } = placed;
            match item {
                Item::Run(run) => {
                    let recipe = inks.of(&run.role);
                    let runs = desk.run(run, &recipe, number, &mut forms);
                    out.extend(
                        runs.into_iter().map(|run| Placed { mark, item: Item::Run(run) }),
                    );
                }
                Item::Shape(mut shape) => {
                    if let Some(role) = &shape.role {
                        let recipe = inks.of(role);
                        let colour = recipe.colour;
                        shape.fill = shape.fill.map(|_| colour);
                        shape.stroke = shape.stroke.map(|(width, _)| (width, colour));
                        if recipe.kind.is_drawn() {
                            let seed = seed.derive("lines").nth(index as u64);
                            shape.path = line::draw(&shape, seed.nth(number as u64));
                        }
                    }
                    let is_strip = shape.blend == Blend::Cover && shape.role.is_none();
                    if let Some(shadow) = askew::shadow(&shape).filter(|_| is_strip) {
                        out.push(Placed { mark, item: Item::Shape(shadow) });
                    }
                    out.push(Placed { mark, item: Item::Shape(shape) });
                }
                Item::Image(_) => out.push(Placed { mark, item }),
            }
        }
        page.inks = inks.kinds();
        page.items = out;
    }
    forms.cut(pages, case)
}

/// The inks of the roles on a page, each asked for once.
struct Inks<'a> {
    /// The page.
    page: &'a Page,
    /// Knows the recipes.
    ink: &'a dyn Fn(&Page, &str) -> Ink,
    /// Those that were asked for: a handful.
    known: Vec<(Arc<str>, Ink)>,
}

impl Inks<'_> {
    /// The recipe of a role.
    fn of(&mut self, role: &Arc<str>) -> Ink {
        let is = |(own, _): &&(Arc<str>, Ink)| Arc::ptr_eq(own, role) || own == role;
        if let Some((_, known)) = self.known.iter().find(is) {
            return *known;
        }
        let recipe = (self.ink)(self.page, role);
        self.known.push((Arc::clone(role), recipe));
        recipe
    }

    /// How far the ink of an item misses its place.
    fn register(&mut self, placed: &Placed) -> Length {
        let role = match &placed.item {
            Item::Run(run) => Some(&run.role),
            Item::Shape(shape) => shape.role.as_ref(),
            Item::Image(_) => None,
        };
        role.map_or(Length::ZERO, |role| self.of(role).register)
    }

    /// How the marks of each role are made.
    fn kinds(self) -> BTreeMap<Arc<str>, InkKind> {
        self.known.into_iter().map(|(role, ink)| (role, ink.kind)).collect()
    }
}

/// Where a page is impressed.
struct Desk<'a> {
    /// The page.
    page: &'a Page,
    /// Its place in the document.
    index: usize,
    /// How many pages the document has.
    count: f32,
    /// The seed of all impressions.
    seed: Seed,
    /// The seed of hands, machines and types that have no number.
    own: Seed,
    /// The pens of the page by the role of their ink.
    pens: BTreeMap<Arc<str>, Pen>,
}

impl Desk<'_> {
    /// Lays out the pens that the items need.
    fn pens(&mut self, items: &[Placed], inks: &mut Inks<'_>) {
        for placed in items {
            let Item::Run(run) = &placed.item else { continue };
            let end = run.glyphs.last().map_or(run.origin.x, |g| run.origin.x + g.x);
            if let Some(pen) = self.pens.get_mut(&run.role) {
                pen.reaches(end);
            } else if inks.of(&run.role).kind.is_drawn() {
                let own = self.own.derive("hand").derive(&run.role);
                let seed = self.seed.derive("hand").derive(&run.role).derive("pen");
                let seed = seed.nth(self.index as u64);
                self.pens.insert(Arc::clone(&run.role), Pen::new(seed, own, end));
            }
        }
    }

    /// Impresses a run; what a hand writes becomes a run for each word.
    fn run(
        &mut self,
        mut run: Run,
        recipe: &Ink,
        number: usize,
        forms: &mut Forms,
    ) -> Vec<Run> {
        run.ink = recipe.colour;
        let progress = (self.index as f32
            + (run.origin.y / self.page.size.height) as f32)
            / self.count;
        match recipe.kind {
            kind if kind.is_typed() => {
                let strokes = self.seed.derive("ribbon").nth(self.index as u64);
                let strokes = strokes.nth(number as u64);
                let own = self.own.derive("keys");
                let machine = ribbon::Machine { own, strokes, progress };
                ribbon::strike(&mut run, recipe, machine, forms);
            }
            InkKind::Rubber => {
                let seed = self.seed.derive("rubber").nth(self.index as u64);
                press::stamp(&mut run, recipe, seed.nth(number as u64), forms);
            }
            InkKind::Press | InkKind::Engraved => {
                press::print(
                    &mut run,
                    recipe,
                    self.page.size,
                    (self.seed, self.own),
                    forms,
                );
            }
            _ => {
                if let Some(pen) = self.pens.get_mut(&run.role) {
                    let [from, to] = recipe.tremor;
                    let tremor = from + (to - from) * progress.clamp(0.0, 1.0);
                    return pen.write(run, recipe, tremor, forms);
                }
            }
        }
        vec![run]
    }
}

/// Gives every run and shape the even colour of its ink. A hand stays a hand: only its ink
/// flows evenly.
///
/// # Errors
/// As [`impress`].
pub fn even(
    pages: &mut Pages,
    ink: &dyn Fn(&Page, &str) -> Ink,
    tools: Tools<'_>,
) -> Result<()> {
    let plain = |page: &Page, role: &str| {
        let recipe = ink(page, role);
        let kind = if recipe.kind.is_drawn() { recipe.kind } else { InkKind::Plain };
        // Reading wants contrast: as dark as print, in the hue of the ink.
        let colour = Lab { l: recipe.colour.l.min(30.0), ..recipe.colour };
        Ink { kind, colour, unevenness: 0.0, register: Length::ZERO, ..recipe }
    };
    impress(pages, &plain, tools)
}

/// The colour of an ink at a density of 1 plus `more`: contrast to the paper grows with
/// it, and thin ink lets the paper through and is browner; `hue` is added to b*. Lightness
/// goes in such steps, and b* in halves of them, so that a page has few colours.
fn at_density(colour: Lab, more: f32, brown: f32, hue: f32, step: f32) -> Lab {
    Shades::new(colour, brown, step).at(more, hue)
}

/// The colours of an ink at its densities: see [`at_density`].
#[derive(Clone, Copy, Debug)]
struct Shades {
    /// The colour at a density of 1; a* as it is at all.
    colour: Lab,
    /// How much browner thin ink is.
    brown: f32,
    /// How far lightnesses are apart, and b*.
    steps: [f32; 2],
    /// How many of these are in a unit.
    in_unit: [f32; 2],
}

impl Shades {
    /// Those of an ink.
    fn new(colour: Lab, brown: f32, step: f32) -> Self {
        let steps = [step, step / 2.0];
        let in_unit = steps.map(|step| 1.0 / step);
        let colour = Lab { a: nearest(colour.a * 2.0) / 2.0, ..colour };
        Self { colour, brown, steps, in_unit }
    }

    /// The colour at a density of 1 plus `more`.
    fn at(&self, more: f32, hue: f32) -> Lab {
        let Lab { l, a, b } = self.colour;
        let contrast = (PAPER - l) * (1.0 + more);
        let thin = (PAPER - contrast).clamp(DARKEST, PAPER - 12.0);
        let thin = nearest(thin * self.in_unit[0]) * self.steps[0];
        let b = b + (thin - l) * self.brown + hue;
        Lab { l: thin, a, b: nearest(b * self.in_unit[1]) * self.steps[1] }
    }
}

/// Whether what a glyph says leaves no ink.
fn is_space(text: &str, glyph: &Glyph) -> bool {
    let said = glyph.text.start..glyph.text.end;
    match text.as_bytes().get(said.clone()) {
        // Most are one letter of ASCII, or the space.
        Some([one]) if one.is_ascii_graphic() => false,
        Some(b" ") => true,
        _ => text[said].trim_start().is_empty(),
    }
}

/// What is as large has no room for parts.
const WHOLE: f32 = 12_582_912.0;

/// The nearest whole number, for colours: many times as quick as for numbers of any size.
fn nearest(value: f32) -> f32 {
    value + WHOLE - WHOLE
}

/// The same for numbers from 0 to a few thousand, as a place in a list.
fn place_of(value: f32) -> usize {
    ((value + WHOLE).to_bits() & 0xffff) as usize
}

#[cfg(test)]
mod tests;

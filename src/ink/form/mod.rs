//! Forms of letters: no two strokes of a pen are alike, keys are worn each in its own way,
//! and the sorts of a case come from many hands. Each face that a document uses so is cut
//! anew with as many forms of each glyph as it needs ([`Face::cut`]).

mod case;
mod hand;
mod key;
mod sort;
mod warp;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Diagnostic, Result};
use crate::font::{Face, Form, Sort};
use crate::page::{FaceId, Item, Pages};
use crate::seed::{Rng, Seed};
use crate::style::{Ink, InkKind};

use super::place_of;

pub use case::Case;

/// The steps in which shares (tremor, wear) are told apart.
const STEPS: f32 = 8.0;

/// How many forms of a letter a tool makes at the most.
const MOST: usize = 6;

/// How many of the last forms of a letter the next one differs from.
const MEMORY: usize = 3;

/// What shapes letters: the same tool makes the same forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Tool {
    /// How marks are made.
    kind: InkKind,
    /// Which tool of this kind.
    seed: Seed,
    /// Its tremor or wear, in steps.
    level: u8,
    /// Which carbon copy it strikes.
    copy: u8,
    /// How far its keys stand off their line, in thousandths of an em: standard deviation.
    loose: u16,
}

impl Tool {
    /// The tool of an ink. `share` is its tremor or wear, 0 to 1; `own` the seed of tools
    /// that belong to no named hand or machine.
    pub(super) fn new(ink: &Ink, share: f32, own: Seed) -> Self {
        let level = libm::roundf(share.clamp(0.0, 1.0) * STEPS) as u8;
        Self { kind: ink.kind, seed: seed_of(ink, own), level, copy: ink.copy, loose: 0 }
    }

    /// The tool with keys that stand so far off their line: standard deviation, as a share
    /// of the em.
    pub(super) fn loose(self, share: f64) -> Self {
        Self { loose: libm::round(share.clamp(0.0, 1.0) * 1000.0) as u16, ..self }
    }

    /// Its tremor or wear, 0 to 1.
    fn share(self) -> f64 {
        f64::from(self.level) / f64::from(STEPS)
    }

    /// How many forms of a letter it makes; 1 where all are alike.
    pub(super) fn count(self) -> usize {
        match self.kind {
            InkKind::Pen | InkKind::Fountain | InkKind::Ballpoint | InkKind::Pencil => {
                MOST
            }
            InkKind::Ribbon | InkKind::Teletype | InkKind::Stencil => 4,
            InkKind::Press | InkKind::Rubber if self.level > 0 => 3,
            InkKind::Press | InkKind::Rubber | InkKind::Engraved | InkKind::Plain => 1,
        }
    }

    /// How heavy a form is among those of its letter, −1 to 1.
    fn weight(self, form: usize) -> f64 {
        let last = self.count().saturating_sub(1).max(1);
        form as f64 / last as f64 * 2.0 - 1.0
    }

    /// One form of a glyph.
    fn form(self, face: &Face, id: FaceId, glyph: u16, form: usize) -> Form {
        let contours = face.contours(glyph);
        let seed = self.seed.nth(u64::from(id.0)).nth(u64::from(glyph));
        let (weight, advance) = (self.weight(form), face.advance(glyph));
        let own = seed.nth(form as u64);
        let contours = match self.kind {
            InkKind::Pen | InkKind::Fountain | InkKind::Ballpoint | InkKind::Pencil => {
                let stroke = hand::Stroke { tremor: self.share(), weight, advance };
                hand::draw(contours, stroke, own)
            }
            InkKind::Ribbon | InkKind::Teletype | InkKind::Stencil | InkKind::Rubber => {
                let loose = f64::from(self.loose) / 1000.0;
                let blow = key::Blow {
                    kind: self.kind,
                    wear: self.share(),
                    weight,
                    copy: self.copy,
                    loose,
                };
                key::strike(contours, blow, (seed.derive("key"), own))
            }
            _ => sort::print(contours, self.share(), weight, own),
        };
        Form { glyph, contours }
    }
}

/// The seed of the hand or machine of an ink.
pub(super) fn seed_of(ink: &Ink, own: Seed) -> Seed {
    ink.hand.map_or(own, |number| Seed(0).derive("hand").nth(number))
}

/// The faces that a document needs beside those it was set in.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// The faces to cut, in the order of their numbers.
    faces: Vec<Needed>,
    /// Their places in `faces`.
    by_tool: BTreeMap<(FaceId, Tool), usize>,
    /// How many faces the document has without them.
    own: usize,
}

/// A face to be cut.
#[derive(Debug)]
pub(super) struct Needed {
    /// Its number.
    pub(super) face: FaceId,
    /// The face whose letters it has.
    base: FaceId,
    /// What shapes them.
    tool: Tool,
    /// How many forms of a letter there are.
    count: usize,
    /// How heavy each form is among those of its letter.
    weights: [f64; MOST],
    /// The glyphs and forms in the order of their new numbers.
    forms: Vec<(u16, u8)>,
    /// What is known of the letters, by glyph.
    letters: Vec<Letter>,
}

/// What is known of a letter in a face that is to be cut.
#[derive(Clone, Copy, Debug)]
struct Letter {
    /// The new numbers of its forms; 0 for those that no glyph has.
    numbers: [u16; MOST],
    /// Its last forms, the latest first.
    last: [u8; MEMORY],
    /// How much harder its key strikes than others, once that is known.
    fault: Option<f32>,
}

impl Letter {
    /// One that was not met.
    const NEW: Self = Self { numbers: [0; MOST], last: [NONE; MEMORY], fault: None };
}

/// No form.
const NONE: u8 = u8::MAX;

impl Forms {
    /// None yet, for a document with so many faces.
    pub(super) fn new(pages: &Pages) -> Self {
        Self { own: pages.faces.len(), ..Self::default() }
    }

    /// The face in which a tool writes the letters of another; none where it writes them
    /// as they are, or where there are no numbers left.
    pub(super) fn face(&mut self, base: FaceId, tool: Tool) -> Option<&mut Needed> {
        if tool.count() < 2 || usize::from(base.0) >= self.own {
            return None;
        }
        let next = self.faces.len();
        let at = *self.by_tool.entry((base, tool)).or_insert(next);
        if at == next {
            let face = FaceId(u16::try_from(self.own + next).ok()?);
            self.faces.push(Needed {
                face,
                base,
                tool,
                count: tool.count(),
                weights: core::array::from_fn(|form| tool.weight(form)),
                forms: Vec::new(),
                letters: Vec::new(),
            });
        }
        self.faces.get_mut(at)
    }

    /// Cuts the faces; sorts and whole faces may lie in a case.
    ///
    /// # Errors
    /// As [`Face::cut`].
    pub(super) fn cut(self, pages: &mut Pages, case: Option<&Case>) -> Result<()> {
        for needed in self.faces {
            let base = Arc::clone(&pages.faces[usize::from(needed.base.0)]);
            let maker = Maker { base: &base, id: needed.base, tool: needed.tool };
            let cut = match case {
                Some(case) => {
                    let (face, numbers) = case.cut(maker, &needed.forms)?;
                    renumber(pages, needed.face, &numbers);
                    face
                }
                None => {
                    let sorts = needed.forms.iter();
                    let sorts: core::result::Result<Vec<Arc<Sort>>, Diagnostic> =
                        sorts.map(|&form| maker.cast(form)).collect();
                    Arc::new(base.cut(&sorts?)?)
                }
            };
            pages.faces.push(cut);
        }
        Ok(())
    }
}

/// Gives the glyphs of a face other numbers: the new ones by the old ones, from 1.
fn renumber(pages: &mut Pages, face: FaceId, numbers: &[u16]) {
    for placed in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
        let Item::Run(run) = &mut placed.item else { continue };
        if run.face != face {
            continue;
        }
        for glyph in &mut run.glyphs {
            let place = usize::from(glyph.id).checked_sub(1);
            if let Some(&number) = place.and_then(|place| numbers.get(place)) {
                glyph.id = number;
            }
        }
    }
}

/// What makes the forms of a face.
#[derive(Clone, Copy)]
struct Maker<'a> {
    /// The face.
    base: &'a Face,
    /// Its number in the document.
    id: FaceId,
    /// What shapes its letters.
    tool: Tool,
}

impl Maker<'_> {
    /// One form of a glyph.
    fn cast(
        &self,
        (glyph, form): (u16, u8),
    ) -> core::result::Result<Arc<Sort>, Diagnostic> {
        let form = self.tool.form(self.base, self.id, glyph, form.into());
        self.base.sort(&form).map(Arc::new)
    }
}

impl Needed {
    /// The number of a glyph that is not like the last ones of its letter, and about as
    /// heavy as asked: −1 to 1.
    pub(super) fn unlike(&mut self, glyph: u16, heavy: f64, rng: &mut Rng) -> u16 {
        let (count, weights) = (self.count, self.weights);
        let last = &mut self.letter(glyph).last;
        let mut best = (f64::INFINITY, 0);
        let memory = MEMORY.min(count - 1);
        for (form, weight) in (0..).zip(&weights[..count]) {
            let away = (weight - heavy).abs() + rng.unit() * 1.2;
            let is_recent = last[..memory].contains(&form);
            if !is_recent && away < best.0 {
                best = (away, form);
            }
        }
        last.rotate_right(1);
        last[0] = best.1;
        self.number(glyph, best.1)
    }

    /// The number of the glyph that is about as heavy as asked: −1 to 1; and what `make` says of
    /// its key, which it is asked but once.
    pub(super) fn struck(
        &mut self,
        glyph: u16,
        heavy: f32,
        make: impl FnOnce() -> f32,
    ) -> (u16, f32) {
        let last = (self.count - 1) as f32;
        let form = place_of((heavy.clamp(-1.0, 1.0) + 1.0) * 0.5 * last);
        if let Some(Letter { numbers, fault: Some(fault), .. }) =
            self.letters.get(usize::from(glyph))
            && let Some(&number @ 1..) = numbers.get(form)
        {
            return (number, *fault);
        }
        let number = self.number(glyph, form as u8);
        (number, *self.letter(glyph).fault.get_or_insert_with(make))
    }

    /// The number of a form.
    fn number(&mut self, glyph: u16, form: u8) -> u16 {
        let number = self.letter(glyph).numbers[usize::from(form)];
        if number > 0 {
            return number;
        }
        self.forms.push((glyph, form));
        let number = u16::try_from(self.forms.len()).unwrap_or(u16::MAX);
        self.letter(glyph).numbers[usize::from(form)] = number;
        number
    }

    /// What is known of a letter.
    fn letter(&mut self, glyph: u16) -> &mut Letter {
        let place = usize::from(glyph);
        if self.letters.len() <= place {
            self.letters.resize(place + 1, Letter::NEW);
        }
        &mut self.letters[place]
    }
}

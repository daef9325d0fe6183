//! The recipe of a paper, `papers/<name>.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::age::Age;
use super::edges::Edges;
use super::fibres::Fibres;
use super::fold::Fold;
use super::follicles::Follicles;
use super::foxing::Foxing;
use super::grain::Grain;
use super::handling::Handling;
use super::laid::Laid;
use super::range::{Checks, Unsound};
use super::ruling::Ruling;
use super::specks::Specks;
use super::stock::Stock;
use super::tone::Tone;
use super::watermark::Watermark;
use crate::geom::{Length, Size};
use crate::lang::Lang;

/// A paper: its stock and how it ages. Read from `papers/<name>.toml`; what a file leaves
/// out is as in a plain wove paper.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "PaperFile")]
pub struct Paper {
    /// What it is, by language.
    pub about: BTreeMap<Lang, String>,
    /// The first and last year in which one wrote on it.
    pub years: Option<[i32; 2]>,
    /// The format it was sold in, if it had one.
    pub size: Option<Size>,
    /// The colour, new and old.
    pub(super) stock: Stock,
    /// The small unevenness of pulp and surface.
    pub(super) grain: Grain,
    /// Dark specks.
    pub(super) specks: Specks,
    /// The large unevenness.
    pub(super) tone: Tone,
    /// Browned edges.
    pub(super) edges: Edges,
    /// Corners darkened by hands.
    pub(super) handling: Handling,
    /// Brown spots.
    pub(super) foxing: Option<Foxing>,
    /// The lines of the mould.
    pub(super) laid: Option<Laid>,
    /// The mark in the mould or of the dandy roll.
    pub(super) watermark: Option<Watermark>,
    /// Fibres that one can see.
    pub(super) fibres: Option<Fibres>,
    /// The pores of a skin.
    pub(super) follicles: Option<Follicles>,
    /// Creases.
    pub(super) fold: Option<Fold>,
    /// Printed lines.
    ruling: Option<Ruling>,
}

impl Paper {
    /// The share of the contrast of the other side that shows through, 0 to 1: ink sinks in
    /// as a sheet grows old.
    pub fn translucence(&self, age: Age) -> f32 {
        self.stock.through * (1.0 + 0.8 * age.drift())
    }

    /// The paper of a letter that was folded to be sent: `[across, down]`, the creases from
    /// left to right, 0 to 7, and from top to bottom, 0 to 3.
    #[must_use]
    pub fn folded(&self, creases: [u8; 2]) -> Self {
        Self { fold: Some(Fold::of_letter(creases)), ..self.clone() }
    }

    /// The lines printed on it to write on, if there are any.
    pub fn ruling(&self) -> Option<&Ruling> {
        self.ruling.as_ref()
    }

    /// Whether one can see which end is up: it is ruled or has a watermark.
    pub fn is_upright(&self) -> bool {
        self.ruling.is_some() || self.watermark.is_some()
    }
}

/// A paper as its file has it. Each table is described at the effect of its name.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct PaperFile {
    /// See [`Paper::about`].
    about: BTreeMap<Lang, String>,
    /// See [`Paper::years`].
    years: Option<[i32; 2]>,
    /// See [`Paper::size`].
    size: Option<Format>,
    /// See [`Stock`].
    stock: Stock,
    /// See [`Grain`].
    grain: Grain,
    /// See [`Specks`].
    specks: Specks,
    /// See [`Tone`].
    tone: Tone,
    /// See [`Edges`].
    edges: Edges,
    /// See [`Handling`].
    handling: Handling,
    /// See [`Foxing`].
    foxing: Option<Foxing>,
    /// See [`Laid`].
    laid: Option<Laid>,
    /// See [`Watermark`].
    watermark: Option<Watermark>,
    /// See [`Fibres`].
    fibres: Option<Fibres>,
    /// See [`Follicles`].
    follicles: Option<Follicles>,
    /// See [`Fold`].
    fold: Option<Fold>,
    /// See [`Ruling`].
    ruling: Option<Ruling>,
}

/// The format of a sheet.
#[derive(Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
struct Format {
    /// From left to right, 25 mm to 1 m.
    width: Length,
    /// From top to bottom, 25 mm to 1 m.
    height: Length,
}

impl TryFrom<PaperFile> for Paper {
    type Error = Unsound;

    fn try_from(file: PaperFile) -> Result<Self, Unsound> {
        let mut checks = Checks::default();
        if let Some([first, last]) = file.years {
            checks.holds(first <= last, "the first of `years` is after the last");
        }
        if let Some(size) = file.size {
            checks.length("size.width", size.width, [25.0, 1000.0]);
            checks.length("size.height", size.height, [25.0, 1000.0]);
        }
        file.stock.check(&mut checks);
        file.grain.check(&mut checks);
        file.specks.check(&mut checks);
        file.tone.check(&mut checks);
        file.edges.check(&mut checks);
        file.handling.check(&mut checks);
        file.foxing.iter().for_each(|foxing| foxing.check(&mut checks));
        file.laid.iter().for_each(|laid| laid.check(&mut checks));
        file.watermark.iter().for_each(|watermark| watermark.check(&mut checks));
        file.fibres.iter().for_each(|fibres| fibres.check(&mut checks));
        file.follicles.iter().for_each(|follicles| follicles.check(&mut checks));
        file.fold.iter().for_each(|fold| fold.check(&mut checks));
        file.ruling.iter().for_each(|ruling| ruling.check(&mut checks));
        checks.done()?;
        Ok(Self {
            about: file.about,
            years: file.years,
            size: file.size.map(|size| Size::new(size.width, size.height)),
            stock: file.stock,
            grain: file.grain,
            specks: file.specks,
            tone: file.tone,
            edges: file.edges,
            handling: file.handling,
            foxing: file.foxing,
            laid: file.laid,
            watermark: file.watermark,
            fibres: file.fibres,
            follicles: file.follicles,
            fold: file.fold,
            ruling: file.ruling,
        })
    }
}

//! Runs of glyphs.

use std::collections::BTreeMap;

use crate::font::Face;
use crate::geom::{Lab, Rgb, Transform};
use crate::page::{Blend, FaceId, Glyph, Run};
use crate::raster::{Canvas, Path};

/// The outlines met so far, by face.
#[derive(Default)]
pub(in crate::export) struct Outlines(BTreeMap<FaceId, OfFace>);

/// The outlines met so far of one face.
#[derive(Default)]
pub(in crate::export) struct OfFace(BTreeMap<u16, Path>);

impl Outlines {
    /// Those of a face, to be asked for the glyphs of a run.
    pub(in crate::export) fn of<'a>(
        &'a mut self,
        id: FaceId,
        face: &'a Face,
    ) -> Source<'a> {
        Source { face, known: self.0.entry(id).or_default() }
    }
}

/// The outlines of one face, those met before and those still to be read.
pub(in crate::export) struct Source<'a> {
    /// The face.
    face: &'a Face,
    /// Those met before.
    known: &'a mut OfFace,
}

impl Source<'_> {
    /// Reads what is missing for these glyphs, in one go: opening the font takes longer
    /// than drawing a glyph.
    fn read(&mut self, glyphs: &[Glyph]) -> &BTreeMap<u16, Path> {
        let known = &mut self.known.0;
        let missing = |id: &u16| !known.contains_key(id);
        let mut wanted: Vec<u16> = glyphs.iter().map(|g| g.id).filter(missing).collect();
        if !wanted.is_empty() {
            wanted.sort_unstable();
            wanted.dedup();
            let outlines = self.face.outlines(wanted.iter().copied());
            let outlines = outlines.expect("a face was read when it was loaded");
            known.extend(wanted.into_iter().zip(outlines));
        }
        known
    }
}

/// Draws a run, each glyph as it was struck.
pub(super) fn draw(canvas: &mut Canvas, run: &Run, from: Source<'_>, under: Option<Rgb>) {
    each_glyph(run, from, |path, map, ink| {
        canvas.fill(path, map, super::paint(ink, Blend::Ink, under));
    });
}

/// Gives each glyph of a run as it was struck: its outline, where that lies on the page,
/// and its ink.
pub(in crate::export) fn each_glyph(
    run: &Run,
    mut from: Source<'_>,
    mut take: impl FnMut(&Path, Transform, Lab),
) {
    let paths = from.read(&run.glyphs);
    let size = run.size.to_pt();
    let baseline = Transform::rotate(run.turn)
        .then(Transform::translate(run.origin.x, run.origin.y));
    let lean = Transform::lean(run.slant);
    for glyph in &run.glyphs {
        let Some(path) = paths.get(&glyph.id).filter(|path| !path.steps.is_empty())
        else {
            continue;
        };
        let mut map = Transform::scale(size * run.stretch, size).then(lean);
        let (mut x, mut y, mut ink) = (glyph.x, glyph.y, run.ink);
        if let Some(strike) = &glyph.strike {
            map = map.then(Transform::rotate(strike.turn));
            (x, y, ink) = (x + strike.dx, y + strike.dy, strike.ink);
        }
        let map = map.then(Transform::translate(x, y)).then(baseline);
        take(path, map, ink);
    }
}

//! One line: its spaces grown or shrunk to the measure, its pieces joined to runs.

use std::sync::Arc;

use super::linebreak::Line;
use super::shape::{Atom, Piece};
use crate::geom::{Angle, Lab, Length, Point};
use crate::page::{Blend, Glyph, Item, Mark, Placed, Run, Segment, Shape};
use crate::style::Align;

/// A space may grow to at most so many times its size before a line is left short.
const MOST_STRETCH: f64 = 4.0;
/// What the gap after a character of a script without spaces may grow to, in ems.
const WIDE_STRETCH: f64 = 0.5;

/// Where a line stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// The left edge of the line.
    pub left: Length,
    /// The room for it.
    pub measure: Length,
    /// Its baseline.
    pub baseline: Length,
}

/// The items of a line.
pub(super) fn set_line(line: &Line, align: Align, place: Place, out: &mut Vec<Placed>) {
    let rest = place.measure - line.width();
    let (shift, fill) = match align {
        Align::Left => (Length::ZERO, Fill::default()),
        Align::Right => (rest, Fill::default()),
        Align::Center => (rest * 0.5, Fill::default()),
        Align::Justify if line.is_last && rest >= Length::ZERO => {
            (Length::ZERO, Fill::default())
        }
        Align::Justify => (Length::ZERO, Fill::new(line, rest)),
    };
    let mut pen = Pen { x: place.left + shift, baseline: place.baseline, run: None, out };
    for (index, atom) in line.atoms.iter().enumerate() {
        let last = index + 1 == line.atoms.len();
        for piece in &atom.pieces {
            pen.piece(piece, if piece.is_space { fill.space } else { Length::ZERO });
        }
        if last {
            continue;
        }
        for piece in &atom.spaces {
            pen.piece(piece, if piece.is_space { fill.space } else { Length::ZERO });
        }
        if atom.spreads() {
            pen.skip(fill.wide);
        }
    }
    pen.end();
}

/// What is added to each space and to each gap between wide characters.
#[derive(Clone, Copy, Default)]
struct Fill {
    /// To each space.
    space: Length,
    /// To each gap after a wide character.
    wide: Length,
}

impl Fill {
    /// Shares out what a line lacks (or, negative, has too much).
    fn new(line: &Line, rest: Length) -> Self {
        let inner = &line.atoms[..line.atoms.len().saturating_sub(1)];
        let within = line.atoms.iter().flat_map(|atom| &atom.pieces);
        let between = inner.iter().flat_map(|atom| &atom.spaces);
        let free = |p: &&Piece| p.is_space && p.voice.style.cell.is_none();
        let spaces: Vec<&Piece> = within.chain(between).filter(free).collect();
        let wide = inner.iter().filter(|atom| atom.spreads()).count() as f64;
        let size = first_size(line);
        // A gap between wide characters takes a quarter of what a space takes.
        let weight = spaces.len() as f64 + wide * 0.25;
        if weight == 0.0 {
            return Self::default();
        }
        let share = rest * (1.0 / weight);
        let natural: Length = spaces.iter().map(|p| p.width).sum();
        let most = match spaces.len() {
            0 => size * WIDE_STRETCH * 4.0,
            n => (natural * (1.0 / n as f64)).max(size * 0.2) * MOST_STRETCH,
        };
        if share > most {
            return Self::default();
        }
        Self { space: share, wide: share * 0.25 }
    }
}

/// The size of the type in which a line begins.
fn first_size(line: &Line) -> Length {
    let pieces = line.atoms.iter().flat_map(|atom: &Atom| &atom.pieces);
    pieces.map(|p| p.voice.style.size).next().unwrap_or(Length::pt(10.0))
}

/// Joins pieces to runs, from left to right.
struct Pen<'a> {
    /// Where the next piece stands.
    x: Length,
    /// The baseline.
    baseline: Length,
    /// The run that is still open, and its first piece.
    run: Option<(Run, Piece)>,
    /// Where finished items go.
    out: &'a mut Vec<Placed>,
}

impl Pen<'_> {
    /// Sets a piece, wider by `extra`.
    fn piece(&mut self, piece: &Piece, extra: Length) {
        let joins = self.run.as_ref().is_some_and(|(_, first)| {
            first.face == piece.face && first.voice == piece.voice
        });
        if !joins {
            self.end();
            self.run = Some((self.start(piece), piece.clone()));
        }
        let Some((run, _)) = &mut self.run else { return };
        let base = run.text.len();
        run.text.push_str(&piece.text);
        let mut x = self.x - run.origin.x;
        for glyph in &piece.glyphs {
            run.glyphs.push(Glyph {
                id: glyph.id,
                x: x + glyph.dx,
                y: -glyph.dy,
                text: base + glyph.text.start..base + glyph.text.end,
                strike: None,
            });
            x += glyph.advance;
        }
        self.x += piece.width + extra;
    }

    /// Moves on without a mark.
    fn skip(&mut self, by: Length) {
        self.x += by;
    }

    /// A run that begins with a piece.
    fn start(&self, piece: &Piece) -> Run {
        let style = &piece.voice.style;
        Run {
            face: piece.face,
            size: style.size,
            origin: Point::new(self.x, self.baseline),
            turn: Angle::ZERO,
            stretch: 1.0,
            cell: style.cell,
            ink: Lab::new(20.0, 0.0, 0.0),
            role: Arc::clone(&style.ink),
            text: String::new(),
            glyphs: Vec::new(),
        }
    }

    /// Hands over the open run, with its underline.
    fn end(&mut self) {
        let Some((run, first)) = self.run.take() else { return };
        if first.voice.style.underline {
            let y = self.baseline + run.size * 0.14;
            let line = [
                Segment::Move(Point::new(run.origin.x, y)),
                Segment::Line(Point::new(self.x, y)),
            ];
            let shape = Shape {
                path: line.to_vec(),
                fill: None,
                stroke: Some((run.size * 0.055, run.ink)),
                role: Some(Arc::clone(&run.role)),
                opacity: 1.0,
                blend: Blend::Ink,
            };
            self.out.push(Placed { mark: Mark::Artifact, item: Item::Shape(shape) });
        }
        self.out.push(Placed { mark: first.voice.mark, item: Item::Run(run) });
    }
}

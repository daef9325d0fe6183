//! One line: its spaces grown or shrunk to the measure, its pieces joined to runs.

use std::rc::Rc;
use std::sync::Arc;

use super::glue::{Filling, MOST_STRETCH, Sums, easy, wide_stretch};
use super::linebreak::Line;
use super::shape::{Above, Piece};
use super::text::Voice;
use crate::geom::{Angle, Lab, Length, Point};
use crate::page::{Blend, Glyph, Item, Mark, Placed, Run, Segment, Shape};
use crate::style::{Align, TextStyle};

/// A space gives up at most so many times its shrink: parts of a divided word may be a
/// hair wider than they were as parts of the whole.
const MOST_SHRINK: f64 = 1.2;

/// From the baseline to the top of the square of a wide character, in ems.
const SQUARE_TOP: f64 = 0.88;
/// From the baseline to that of a correction above a struck word, in ems.
const STRUCK_TOP: f64 = 0.58;
/// From the baseline to the middle of that square.
const SQUARE_MIDDLE: f64 = 0.38;
/// From the baseline to the middle of letters that are turned.
const SMALL_MIDDLE: f64 = 0.3;

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
    let rest = place.measure + line.lead + line.hang - line.width();
    let (shift, fill) = match align {
        Align::Left => (Length::ZERO, Fill::default()),
        Align::Right => (rest, Fill::default()),
        Align::Center => (rest * 0.5, Fill::default()),
        Align::Justify if line.is_last && rest >= Length::ZERO => {
            (Length::ZERO, Fill::default())
        }
        Align::Justify => (Length::ZERO, Fill::new(line, rest)),
    };
    let leaders = line.atoms.iter().flat_map(|atom| &atom.pieces);
    let leaders = leaders.filter(|piece| piece.is_leader).count();
    let (shift, fill, leader) = match leaders {
        0 => (shift, fill, Length::ZERO),
        count => {
            let share = (rest - line.hang).max(Length::ZERO) / count as f64;
            (Length::ZERO, Fill::default(), share)
        }
    };
    let x = place.left - line.lead + shift;
    let all = line.atoms.iter().flat_map(|atom| atom.pieces.iter().chain(&atom.spaces));
    let room = all.map(|piece| piece.glyphs.len()).sum();
    let mut pen = Pen { x, baseline: place.baseline, fill, leader, run: None, room, out };
    for (index, atom) in line.atoms.iter().enumerate() {
        atom.pieces.iter().for_each(|piece| pen.piece(piece));
        if index + 1 < line.atoms.len() {
            atom.spaces.iter().for_each(|piece| pen.piece(piece));
            if fill.filling.glue > 0.0 {
                pen.x += wide_stretch(atom) * fill.filling.glue;
            }
        }
    }
    pen.last_spaces(line);
    pen.end();
}

/// How a line is filled.
#[derive(Clone, Copy, Default, PartialEq)]
struct Fill {
    /// How glyphs, letters and spaces share what it lacks.
    filling: Filling,
    /// What is added after each letter.
    letter: Length,
}

impl Fill {
    /// Shares out what a line lacks (or, negative, has too much).
    fn new(line: &Line, rest: Length) -> Self {
        let inner = &line.atoms[..line.atoms.len().saturating_sub(1)];
        let pieces = || line.atoms.iter().flat_map(|atom| &atom.pieces);
        let sums: Sums = pieces().map(Sums::of_piece).sum();
        let sums = sums + inner.iter().map(Sums::of_gap).sum();
        let tolerance = pieces().next().map_or(0.0, |p| p.voice.style.tolerance);
        let mut filling = Filling::new(sums, rest, easy(tolerance));
        if filling.glue > MOST_STRETCH {
            return Self::default();
        }
        filling.glue = filling.glue.max(-MOST_SHRINK);
        // Nothing stands after the last letter.
        let count = pieces().map(letters).sum::<usize>().saturating_sub(1);
        let spaced = sums.expand * filling.letters;
        Self { filling, letter: spaced / count.max(1) as f64 }
    }

    /// By how much the glyphs of a piece are widened.
    fn factor(self, piece: &Piece) -> f64 {
        let style = &piece.voice.style;
        if piece.is_space || piece.upright || style.cell.is_some() {
            return 1.0;
        }
        1.0 + style.expand * self.filling.expand
    }

    /// What is added after each glyph of a piece.
    fn letter(self, piece: &Piece) -> Length {
        if letters(piece) == 0 { Length::ZERO } else { self.letter }
    }

    /// What is added to a space.
    fn extra(self, piece: &Piece) -> Length {
        let sums = Sums::of_piece(piece);
        let glue = self.filling.glue;
        if glue < 0.0 { sums.shrink * glue } else { sums.stretch * glue }
    }
}

/// How many glyphs of a piece may be spaced.
fn letters(piece: &Piece) -> usize {
    let style = &piece.voice.style;
    let rigid = piece.is_space || style.cell.is_some() || style.expand == 0.0;
    if rigid { 0 } else { piece.glyphs.len() }
}

/// Joins pieces to runs, from left to right.
struct Pen<'a> {
    /// Where the next piece stands.
    x: Length,
    /// The baseline.
    baseline: Length,
    /// How the line is filled.
    fill: Fill,
    /// What is added to a leader.
    leader: Length,
    /// The run that is still open, and its voice.
    run: Option<(Run, Rc<Voice>)>,
    /// How many glyphs there may be.
    room: usize,
    /// Where finished items go.
    out: &'a mut Vec<Placed>,
}

impl Pen<'_> {
    /// Sets a piece.
    fn piece(&mut self, piece: &Piece) {
        if piece.is_leader {
            return self.dots(piece);
        }
        // Most lines are set as they are.
        let is_natural = self.fill == Fill::default();
        let factor = if is_natural { 1.0 } else { self.fill.factor(piece) };
        // A space has no ink: it may stand in a run of any stretch.
        let stretch = (!piece.is_space).then_some(factor);
        // So is a space between upright characters upright, as readers of the file expect.
        let after_upright = self.run.as_ref().is_some_and(|(run, _)| run.vertical);
        let upright = piece.upright || (piece.is_space && after_upright);
        let joins = self.run.as_ref().is_some_and(|(run, voice)| {
            run.face == piece.face
                && (run.vertical == piece.upright || piece.is_space)
                && stretch.is_none_or(|stretch| run.stretch == stretch)
                && (Rc::ptr_eq(voice, &piece.voice) || *voice == piece.voice)
        });
        if !joins {
            self.end();
            self.run = Some((self.start(piece, upright), Rc::clone(&piece.voice)));
        }
        let Some((run, _)) = &mut self.run else { return };
        let stretch = run.stretch;
        let letter = if is_natural { Length::ZERO } else { self.fill.letter(piece) };
        let base = run.text.len();
        run.text.push_str(&piece.text);
        let mut x = self.x - run.origin.x;
        let (size, vertical) = (run.size, run.vertical);
        run.glyphs.extend(piece.glyphs.iter().map(|glyph| {
            let (gx, gy) = if vertical {
                let dx = if piece.upright { glyph.dx } else { glyph.advance * -0.5 };
                (dx, x + size * SQUARE_TOP - glyph.dy)
            } else {
                (x + glyph.dx * stretch, -glyph.dy)
            };
            x += glyph.advance * stretch + letter;
            Glyph {
                id: glyph.id,
                x: gx,
                y: gy,
                text: base + glyph.text().start..base + glyph.text().end,
                strike: None,
            }
        }));
        let width = piece.width * factor;
        self.x += match is_natural {
            true => width,
            false => width + letter * letters(piece) as f64 + self.fill.extra(piece),
        };
        if let Some(above) = &piece.above {
            self.above(above, &piece.voice.style);
        }
    }

    /// Keeps the spaces at which the line ends, without room: where text is copied or read
    /// aloud, the words of two lines are two words.
    fn last_spaces(&mut self, line: &Line) {
        let x = self.x;
        let spaces = line.atoms.last().into_iter().flat_map(|atom| &atom.spaces);
        spaces.filter(|piece| !piece.is_leader).for_each(|piece| self.piece(piece));
        self.x = x;
    }

    /// Sets small text above the word that ends here; a correction close above what it
    /// corrects.
    fn above(&mut self, above: &Above, word: &TextStyle) {
        self.end();
        let small = above.pieces.first().map_or(Length::ZERO, |p| p.voice.style.size);
        let rise = if word.strike {
            word.size * STRUCK_TOP
        } else {
            word.size * SQUARE_TOP + small * (1.0 - SQUARE_TOP)
        };
        let baseline = self.baseline - rise;
        let mut pen = Pen {
            x: self.x - above.back,
            baseline,
            fill: Fill::default(),
            leader: Length::ZERO,
            run: None,
            room: 0,
            out: self.out,
        };
        above.pieces.iter().for_each(|piece| pen.piece(piece));
        pen.end();
    }

    /// Sets a leader: dots on places that are the same in every line.
    fn dots(&mut self, piece: &Piece) {
        self.end();
        let Some(dot) = piece.glyphs.first() else { return };
        // A typist strikes every second cell.
        let cells = piece.voice.style.cell.map(|cell| cell * 2.0);
        let pitch = cells.unwrap_or(piece.voice.style.size * 0.6);
        let (from, to) = (self.x, self.x + piece.width + self.leader);
        self.x = to;
        let first = ((from + pitch * 0.4) / pitch).ceil();
        let last = ((to - pitch * 0.9) / pitch).floor();
        let mut run = self.start(piece, piece.upright);
        run.origin.x = Length::ZERO;
        let mut at = first;
        while at <= last {
            let x = pitch * at;
            let glyph =
                Glyph { id: dot.id, x, y: Length::ZERO, text: 0..0, strike: None };
            run.glyphs.push(glyph);
            at += 1.0;
        }
        if !run.glyphs.is_empty() {
            self.out.push(Placed { mark: Mark::Artifact, item: Item::Run(run) });
        }
    }

    /// A run that begins with a piece.
    fn start(&self, piece: &Piece, upright: bool) -> Run {
        let style = &piece.voice.style;
        let turned = style.vertical && !upright;
        // In a line that runs downward all that matters is its middle.
        let middle = self.baseline - style.size * SQUARE_MIDDLE;
        let baseline = match (style.vertical, upright) {
            (true, true) => middle,
            (true, false) => middle + style.size * SMALL_MIDDLE,
            (false, _) => self.baseline,
        };
        Run {
            face: piece.face,
            size: style.size,
            origin: Point::new(self.x, baseline),
            turn: if turned { Angle::degrees(90.0) } else { Angle::ZERO },
            slant: Angle::ZERO,
            vertical: upright,
            stretch: self.fill.factor(piece),
            cell: style.cell,
            ink: Lab::new(20.0, 0.0, 0.0),
            role: Arc::clone(&style.ink),
            text: String::with_capacity(self.room),
            glyphs: Vec::with_capacity(self.room),
        }
    }

    /// Hands over the open run, with its underline.
    fn end(&mut self) {
        let Some((run, voice)) = self.run.take() else { return };
        let style = &voice.style;
        if style.redact {
            return self.bar(&run);
        }
        if style.underline {
            self.rule(&run, run.size * 0.14);
        }
        if style.strike && style.cell.is_none() {
            self.rule(&run, run.size * -0.2);
        }
        self.out.push(Placed { mark: voice.mark, item: Item::Run(run) });
    }

    /// Draws a line under or through a run, so far below the baseline.
    fn rule(&mut self, run: &Run, down: Length) {
        let y = self.baseline + down;
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

    /// Draws a bar in place of a run.
    fn bar(&mut self, run: &Run) {
        let (left, right) = (run.origin.x - run.size * 0.08, self.x + run.size * 0.08);
        let (top, foot) =
            (self.baseline - run.size * 0.78, self.baseline + run.size * 0.26);
        let path = vec![
            Segment::Move(Point::new(left, top)),
            Segment::Line(Point::new(right, top)),
            Segment::Line(Point::new(right, foot)),
            Segment::Line(Point::new(left, foot)),
            Segment::Close,
        ];
        let shape = Shape {
            path,
            fill: Some(Lab::new(20.0, 0.0, 0.0)),
            stroke: None,
            role: Some("redaction".into()),
            opacity: 1.0,
            blend: Blend::Ink,
        };
        self.out.push(Placed { mark: Mark::Artifact, item: Item::Shape(shape) });
    }
}

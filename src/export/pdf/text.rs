//! Glyph runs.

use super::content::Content;
use super::file::{Short, show_decimals};
use super::font::{FontUse, Fonts, Shown};
use crate::geom::{Angle, Lab, Length, Point};
use crate::page::{Glyph, Run};

/// Writes a run: one text object. Upright glyphs follow one another and are raised where
/// they stand off their line; a turned one has a matrix of its own.
pub(super) fn write_run(run: &Run, fonts: &Fonts, content: &mut Content) {
    let Some(font) = fonts.get(run) else { return };
    if run.glyphs.is_empty() {
        return;
    }
    let form = if run.vertical { "V " } else { " " };
    for part in ["BT\n/", &font.resource, form] {
        content.bytes.extend_from_slice(part.as_bytes());
    }
    content.numbers("Tf", [run.size.to_pt()]);
    if run.stretch != 1.0 {
        content.numbers("Tz", [run.stretch * 100.0]);
    }
    let mut writer = Writer { run, font, line: None, rise: Length::ZERO, placed: false };
    writer.glyphs(content);
    writer.rise(Length::ZERO, content);
    if run.stretch != 1.0 {
        content.numbers("Tz", [100.0]);
    }
    content.op("ET", []);
}

/// How a glyph stands and looks.
#[derive(Clone, Copy, PartialEq)]
struct Stance {
    /// Below the baseline.
    y: Length,
    /// Turned.
    turn: Angle,
    /// Its colour.
    ink: Lab,
}

/// The stance of a glyph.
fn stance(run: &Run, glyph: &Glyph) -> Stance {
    match &glyph.strike {
        Some(strike) => {
            Stance { y: glyph.y + strike.dy, turn: strike.turn, ink: strike.ink }
        }
        None => Stance { y: glyph.y, turn: Angle::ZERO, ink: run.ink },
    }
}

/// Whether a glyph is a space, which leaves no ink wherever it stands.
fn is_space(run: &Run, glyph: &Glyph) -> bool {
    let (start, end) = (glyph.text.start, glyph.text.end);
    end == start + 1 && run.text.as_bytes().get(start) == Some(&b' ')
}

/// Whether a glyph goes on with a stroke that stands so.
fn goes_on(stroke: Option<Stance>, run: &Run, glyph: &Glyph) -> bool {
    stroke.is_some_and(|stroke| is_space(run, glyph) || stance(run, glyph) == stroke)
}

/// Writes the strokes of a run.
struct Writer<'a> {
    /// The run.
    run: &'a Run,
    /// Its font.
    font: &'a FontUse,
    /// The line on which glyphs stand, once it has begun.
    line: Option<Line>,
    /// How far glyphs are raised.
    rise: Length,
    /// Whether any were placed.
    placed: bool,
}

impl Writer<'_> {
    /// Writes all glyphs. Those that stand alike follow one another, with the spaces between
    /// them wherever these stand. A turned glyph stands alone, for its neighbours turn about
    /// points of their own; so does an upright one in a line that runs downward.
    fn glyphs(&mut self, content: &mut Content) {
        let run = self.run;
        let mut rest = run.glyphs.as_slice();
        while !rest.is_empty() {
            let stance = self.begin(rest, content);
            let others = rest[1..].iter().take_while(|glyph| goes_on(stance, run, glyph));
            let mut stroke;
            (stroke, rest) = rest.split_at(1 + others.count());
            while !stroke.is_empty() {
                let Some(line) = &mut self.line else { return };
                let said = line.stroke(stroke, (run, self.font), content);
                stroke = &stroke[said..];
                if !stroke.is_empty() {
                    stroke = self.tell(stroke, content);
                }
            }
        }
        self.show(content);
    }

    /// Begins a stroke with glyphs: gives how it stands, unless its first stands alone.
    fn begin(&mut self, glyphs: &[Glyph], content: &mut Content) -> Option<Stance> {
        let run = self.run;
        self.show(content);
        let seen = glyphs.iter().find(|glyph| !is_space(run, glyph));
        let first = stance(run, seen.unwrap_or(&glyphs[0]));
        let is_alone = first.turn != Angle::ZERO || run.vertical;
        let first = if is_alone { stance(run, &glyphs[0]) } else { first };
        if !content.unseen {
            content.ink(first.ink);
        }
        let follows = first.turn == Angle::ZERO && !run.vertical;
        self.rise(if follows { first.y * -1.0 } else { Length::ZERO }, content);
        if !follows || self.line.as_ref().is_none_or(|line| !line.is_level) {
            let start = shown_x(&glyphs[0], run, self.font.shown(glyphs[0].id));
            let origin = vertical_origin(run, &glyphs[0], self.font);
            let y = if follows { Length::ZERO } else { first.y };
            let again = core::mem::replace(&mut self.placed, true);
            set_matrix(run, start, (Stance { y, ..first }, origin), again, content);
            let em = run.size * run.stretch;
            self.line = Some(Line { start, em, is_level: follows, ..Line::default() });
        }
        (!is_alone).then_some(first)
    }

    /// Writes the glyphs of a stroke, from the first on, that stand for another text than the
    /// font says, and tells what it is; gives the others.
    fn tell<'a>(&mut self, glyphs: &'a [Glyph], content: &mut Content) -> &'a [Glyph] {
        let (run, font) = (self.run, self.font);
        let differs =
            |glyph: &&Glyph| font.code(glyph, font.shown(glyph.id), &run.text).is_none();
        let count = 1 + glyphs[1..].iter().take_while(differs).count();
        let (others, after) = glyphs.split_at(count);
        self.show(content);
        content
            .tell(&others.iter().map(|g| &run.text[g.text.clone()]).collect::<String>());
        if let Some(line) = &mut self.line {
            for glyph in others {
                let shown = font.shown(glyph.id);
                line.glyph(glyph, (shown, shown.code), run, &mut content.bytes);
            }
        }
        self.show(content);
        content.op("EMC", []);
        after
    }

    /// Ends the open operator.
    fn show(&mut self, content: &mut Content) {
        if let Some(line) = &mut self.line {
            line.show(content);
        }
    }
    /// Raises what follows (ISO 32000-1, 9.3.7).
    fn rise(&mut self, rise: Length, content: &mut Content) {
        if rise != self.rise {
            show_decimals(rise.to_pt(), 2, &mut content.bytes);
            content.bytes.extend(b" Ts\n");
            self.rise = rise;
        }
    }
}

/// Where the origin of a glyph really stands along the baseline.
fn shown_x(glyph: &Glyph, run: &Run, shown: &Shown) -> Length {
    let moved = run.size * shown.moved;
    glyph.x + glyph.strike.map_or(Length::ZERO, |strike| strike.dx) - moved
}

/// From the origin of a glyph to the one it has in vertical writing, where it hangs from
/// the middle of its top (the default of DW2: ISO 32000-1, 9.7.4.3).
fn vertical_origin(run: &Run, glyph: &Glyph, font: &FontUse) -> Option<Point> {
    let half = run.size * (font.shown(glyph.id).advance / 2.0);
    run.vertical.then(|| Point::new(half, run.size * -0.88))
}

/// Moves to a place on the baseline and turns; `again` where glyphs were placed before.
fn set_matrix(
    run: &Run,
    x: Length,
    (stance, from): (Stance, Option<Point>),
    again: bool,
    content: &mut Content,
) {
    let (sin, cos) = libm::sincos(run.turn.to_radians());
    let mut px = run.origin.x + x * cos - stance.y * sin;
    let mut py = run.origin.y + x * sin + stance.y * cos;
    let turn = Angle::degrees(run.turn.to_degrees() + stance.turn.to_degrees());
    let (sin, cos) = libm::sincos(turn.to_radians());
    if let Some(from) = from {
        px += from.x * cos - from.y * sin;
        py += from.x * sin + from.y * cos;
    }
    let lean = libm::tan(run.slant.to_radians());
    let y = content.flip(py);
    // The matrix of an upright line is that of the page: only its place is told.
    if turn == Angle::ZERO && lean == 0.0 && !again {
        content.numbers("Td", [px.to_pt(), y]);
        return;
    }
    for value in [cos, -sin, lean * cos + sin, cos - lean * sin] {
        show_decimals(value, 4, &mut content.bytes);
        content.bytes.push(b' ');
    }
    content.numbers("Tm", [px.to_pt(), y]);
}

/// Strings and adjustments in the making, as they stand in the file.
#[derive(Default)]
struct Line {
    /// Where it starts, along the baseline.
    start: Length,
    /// Whether upright glyphs follow one another on it.
    is_level: bool,
    /// The em, as wide as glyphs are stretched.
    em: Length,
    /// Where the viewer's pen is, from the start.
    pen: Length,
    /// Where the operator that is open begins in the content.
    open: Option<usize>,
    /// Whether it has an adjustment.
    adjusted: bool,
    /// Whether a string is open.
    in_string: bool,
}

/// How far a glyph may stand off its place, in ems: so little that nobody sees it, and so
/// much that those of a machine, whose forms are centred in whole thousandths, do not all
/// have to be moved.
const OFF: f64 = 0.0025;

impl Line {
    /// Appends glyphs as long as the font says of them what the run does, or their words have
    /// been told; gives how many.
    fn stroke(
        &mut self,
        glyphs: &[Glyph],
        (run, font): (&Run, &FontUse),
        content: &mut Content,
    ) -> usize {
        let (told, bytes) = (content.told, &mut content.bytes);
        bytes.reserve(glyphs.len() * 8 + 8);
        for (count, glyph) in glyphs.iter().enumerate() {
            let shown = font.shown(glyph.id);
            let code = font.code(glyph, shown, &run.text);
            let Some(code) = code.or(told.then_some(shown.code)) else { return count };
            self.glyph(glyph, (shown, code), run, bytes);
        }
        glyphs.len()
    }

    /// Appends a glyph of this number at its place; a space wherever the pen is.
    #[inline(always)]
    fn glyph(
        &mut self,
        glyph: &Glyph,
        (shown, code): (&Shown, Short),
        run: &Run,
        bytes: &mut Vec<u8>,
    ) {
        let em = self.em;
        let off = shown_x(glyph, run, shown) - self.start - self.pen;
        let begin = *self.open.get_or_insert(bytes.len());
        if off.abs() > em * OFF && !is_space(run, glyph) {
            self.adjust(off, begin, bytes);
        }
        if !core::mem::replace(&mut self.in_string, true) {
            bytes.push(b'(');
        }
        code.show(bytes);
        self.pen += em * shown.advance;
    }

    /// Moves the pen by whole thousandths of an em, in an operator that begins there.
    fn adjust(&mut self, off: Length, begin: usize, bytes: &mut Vec<u8>) {
        let adjust = libm::round(off / self.em * -1000.0);
        self.close(bytes);
        if !core::mem::replace(&mut self.adjusted, true) {
            bytes.insert(begin, b'[');
        }
        show_decimals(adjust, 0, bytes);
        self.pen += self.em * (-adjust / 1000.0);
    }

    /// Ends the open string.
    fn close(&mut self, bytes: &mut Vec<u8>) {
        if core::mem::take(&mut self.in_string) {
            bytes.push(b')');
        }
    }

    /// Ends the open operator.
    fn show(&mut self, content: &mut Content) {
        if self.open.take().is_none() {
            return;
        }
        self.close(&mut content.bytes);
        match core::mem::take(&mut self.adjusted) {
            true => content.bytes.extend_from_slice(b"]TJ\n"),
            false => content.bytes.extend_from_slice(b"Tj\n"),
        }
    }
}

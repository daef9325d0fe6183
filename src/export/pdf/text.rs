//! Glyph runs.

use lopdf::Object;

use super::content::{Content, name, number};
use super::file::{show, show_hexadecimal};
use super::font::{FontUse, Fonts};
use crate::geom::{Angle, Lab, Length, Point};
use crate::page::{Blend, Glyph, Run};

/// Writes a run: one text object. Upright glyphs follow one another and are raised where
/// they stand off their line; a turned one has a matrix of its own.
pub(super) fn write_run(run: &Run, fonts: &Fonts, content: &mut Content) {
    let Some(font) = fonts.get(run) else { return };
    if run.glyphs.is_empty() {
        return;
    }
    content.op("BT", []);
    let form = if run.vertical { "V" } else { "" };
    let resource = format!("{}{form}", font.resource);
    content.op("Tf", [name(&resource), number(run.size.to_pt())]);
    if run.stretch != 1.0 {
        content.op("Tz", [number(run.stretch * 100.0)]);
    }
    let mut writer = Writer { run, font, line: None, rise: Length::ZERO };
    let mut rest = run.glyphs.as_slice();
    while !rest.is_empty() {
        let (stroke, others) = next_stroke(run, rest);
        writer.stroke(stroke, content);
        rest = others;
    }
    writer.rise(Length::ZERO, content);
    if run.stretch != 1.0 {
        content.op("Tz", [number(100.0)]);
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
    match glyph.strike {
        Some(strike) => {
            Stance { y: glyph.y + strike.dy, turn: strike.turn, ink: strike.ink }
        }
        None => Stance { y: glyph.y, turn: Angle::ZERO, ink: run.ink },
    }
}

/// The glyphs from the first that stand alike, and the others. A turned glyph stands
/// alone, for its neighbours turn about points of their own; so does an upright one.
fn next_stroke<'a>(run: &Run, glyphs: &'a [Glyph]) -> (&'a [Glyph], &'a [Glyph]) {
    let first = stance(run, &glyphs[0]);
    let alike = |glyph: &Glyph| stance(run, glyph) == first;
    let count = if first.turn == Angle::ZERO && !run.vertical {
        glyphs.iter().take_while(|glyph| alike(glyph)).count()
    } else {
        1
    };
    glyphs.split_at(count.max(1))
}

/// Writes the strokes of a run.
struct Writer<'a> {
    /// The run.
    run: &'a Run,
    /// Its font.
    font: &'a FontUse,
    /// The line on which upright glyphs follow one another, once it has begun.
    line: Option<Line>,
    /// How far glyphs are raised.
    rise: Length,
}

impl Writer<'_> {
    /// Writes glyphs that stand alike.
    fn stroke(&mut self, glyphs: &[Glyph], content: &mut Content) {
        let (run, font) = (self.run, self.font);
        let stance = stance(run, &glyphs[0]);
        let colour = content.colour(stance.ink, Blend::Ink);
        content.fill(colour);
        let follows = stance.turn == Angle::ZERO && !run.vertical;
        self.rise(if follows { stance.y * -1.0 } else { Length::ZERO }, content);
        let mut line = self.line.take().filter(|_| follows).unwrap_or_else(|| {
            let start = shown_x(&glyphs[0], run, font);
            let origin = vertical_origin(run, &glyphs[0], font);
            let y = if follows { Length::ZERO } else { stance.y };
            set_matrix(run, start, Stance { y, ..stance }, origin, content);
            Line { start, pen: Length::ZERO, items: Vec::new(), bytes: Vec::new() }
        });
        let mut rest = glyphs;
        while let Some(first) = rest.first() {
            if content.told || font.says(first, &run.text) {
                line.glyph(first, run, font);
                rest = &rest[1..];
                continue;
            }
            // These glyphs stand for another text than the font says: tell what it is.
            let count = rest.iter().take_while(|g| !font.says(g, &run.text)).count();
            let (others, after) = rest.split_at(count);
            line.show(content);
            let text: String = others.iter().map(|g| &run.text[g.text.clone()]).collect();
            content.tell(&text);
            others.iter().for_each(|glyph| line.glyph(glyph, run, font));
            line.show(content);
            content.op("EMC", []);
            rest = after;
        }
        line.show(content);
        self.line = follows.then_some(line);
    }

    /// Raises what follows (ISO 32000-1, 9.3.7).
    fn rise(&mut self, rise: Length, content: &mut Content) {
        if rise != self.rise {
            content.op("Ts", [number(rise.to_pt())]);
            self.rise = rise;
        }
    }
}

/// Where the origin of a glyph really stands along the baseline.
fn shown_x(glyph: &Glyph, run: &Run, font: &FontUse) -> Length {
    let moved = run.size * (font.glyph(glyph.id).moved / 1000.0);
    glyph.x + glyph.strike.map_or(Length::ZERO, |strike| strike.dx) - moved
}

/// From the origin of a glyph to the one it has in vertical writing, where it hangs from
/// the middle of its top (the default of DW2: ISO 32000-1, 9.7.4.3).
fn vertical_origin(run: &Run, glyph: &Glyph, font: &FontUse) -> Option<Point> {
    let half = run.size * (font.glyph(glyph.id).width / 2000.0);
    run.vertical.then(|| Point::new(half, run.size * -0.88))
}

/// Moves to a place on the baseline and turns.
fn set_matrix(
    run: &Run,
    x: Length,
    stance: Stance,
    from: Option<Point>,
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
    let fine = |v: f64| Object::Real(((v * 1e4).round() / 1e4) as f32);
    let lean = libm::tan(run.slant.to_radians());
    let [a, b, c, d] = if turn == Angle::ZERO && lean == 0.0 {
        [1.0, 0.0, 0.0, 1.0].map(number)
    } else {
        [cos, -sin, lean * cos + sin, cos - lean * sin].map(fine)
    };
    let y = content.flip(py);
    content.op("Tm", [a, b, c, d, number(px.to_pt()), number(y)]);
}

/// The operand of a TJ in the making.
struct Line {
    /// Where it starts, along the baseline.
    start: Length,
    /// Where the viewer's pen is, from the start.
    pen: Length,
    /// Strings and adjustments, as they stand in the file.
    items: Vec<u8>,
    /// The string that is still open.
    bytes: Vec<u8>,
}

impl Line {
    /// Appends a glyph at its place.
    fn glyph(&mut self, glyph: &Glyph, run: &Run, font: &FontUse) {
        let em = run.size * run.stretch;
        let off = shown_x(glyph, run, font) - self.start - self.pen;
        // Thousandths of an em, to one decimal.
        let adjust = (off / em * -10_000.0).round() / 10.0;
        if adjust != 0.0 {
            self.close();
            show(&number(adjust), &mut self.items, &mut |id| id.0);
            self.pen += em * (-adjust / 1000.0);
        }
        let known = font.glyph(glyph.id);
        self.bytes.extend(font.number(glyph, &run.text).to_be_bytes());
        self.pen += em * (known.width / 1000.0);
    }

    /// Ends the open string.
    fn close(&mut self) {
        if !self.bytes.is_empty() {
            show_hexadecimal(&self.bytes, &mut self.items);
            self.bytes.clear();
        }
    }

    /// Writes what was gathered.
    fn show(&mut self, content: &mut Content) {
        self.close();
        if !self.items.is_empty() {
            content.bytes.push(b'[');
            content.bytes.append(&mut self.items);
            content.bytes.extend(b"] TJ\n");
        }
    }
}

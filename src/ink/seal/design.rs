//! What stands on a stamp: lines of words, words around a ring, frames, waves.

use std::sync::Arc;

use super::relief::{Field, bounds, glyph, mapped};
use crate::font::Face;
use crate::geom::{Angle, Length, Point, Resolution, Size, Transform};
use crate::raster::{Canvas, Mode, Paint, Path, Step};

/// Finds a face that has a character.
pub(super) type Faces<'a> = &'a dyn Fn(char) -> Option<Arc<Face>>;

/// A design in the making; lengths are shares of its width, y grows downward.
pub(super) struct Design<'a> {
    /// Where letters come from.
    faces: Faces<'a>,
    /// What is drawn.
    paths: Vec<Path>,
}

/// A place in a design.
fn at(x: f64, y: f64) -> Point {
    Point::new(Length::pt(x), Length::pt(y))
}

/// How far control points of a quarter of a circle stand from its ends, in radii.
const QUARTER: f64 = 0.552_284_75;

impl<'a> Design<'a> {
    /// An empty design.
    pub(super) fn new(faces: Faces<'a>) -> Self {
        Self { faces, paths: Vec::new() }
    }

    /// A ring about a middle.
    pub(super) fn ring(&mut self, middle: [f64; 2], [wide, high]: [f64; 2], line: f64) {
        let mut steps = ellipse(middle, [wide + line * 0.5, high + line * 0.5], 1.0);
        steps.extend(ellipse(middle, [wide - line * 0.5, high - line * 0.5], -1.0));
        self.paths.push(Path { steps });
    }

    /// A frame.
    pub(super) fn frame(&mut self, [left, top, right, foot]: [f64; 4], line: f64) {
        let mut steps = box_steps([left, top, right, foot], false);
        let inner = [left + line, top + line, right - line, foot - line];
        steps.extend(box_steps(inner, true));
        self.paths.push(Path { steps });
    }

    /// A straight line as a thin box.
    pub(super) fn bar(&mut self, corners: [f64; 4]) {
        self.paths.push(Path { steps: box_steps(corners, false) });
    }

    /// A wavy line from left to right: so many waves, so high.
    pub(super) fn wave(&mut self, [left, right]: [f64; 2], y: f64, high: f64, line: f64) {
        let count = 48_u32;
        let place = |i: u32, down: f64| {
            let t = f64::from(i) / f64::from(count);
            let swing = libm::sin(t * core::f64::consts::TAU * 3.5);
            at(left + (right - left) * t, y + swing * high + down)
        };
        let above = (0..=count).map(|i| place(i, line * -0.5));
        let below = (0..=count).rev().map(|i| place(i, line * 0.5));
        let mut steps: Vec<Step> = above.chain(below).map(Step::Line).collect();
        steps[0] = Step::Move(place(0, line * -0.5));
        steps.push(Step::Close);
        self.paths.push(Path { steps });
    }

    /// A line of words about a middle, with capitals of this height, narrowed to fit.
    pub(super) fn line(&mut self, words: &str, middle: [f64; 2], high: f64, room: f64) {
        let glyphs = self.glyphs(words);
        let em = high / 0.7;
        let length: f64 = glyphs.iter().map(|(_, advance)| advance * em).sum();
        let narrow = (room / length.max(1e-6)).min(1.0);
        let mut x = middle[0] - length * narrow * 0.5;
        for (path, advance) in glyphs {
            let map = Transform::scale(em * narrow, em).then(Transform::translate(
                Length::pt(x),
                Length::pt(middle[1] + high * 0.5),
            ));
            self.paths.push(mapped(&path, map));
            x += advance * em * narrow;
        }
    }

    /// Words around a circle, over its top or under its foot: on such a share of it at most.
    pub(super) fn arc(
        &mut self,
        words: &str,
        middle: [f64; 2],
        radius: f64,
        high: f64,
        (over, share): (bool, f64),
    ) {
        let glyphs = self.glyphs(words);
        let (em, space) = (high / 0.7, 0.12);
        let length: f64 = glyphs.iter().map(|(_, advance)| (advance + space) * em).sum();
        let most = radius * core::f64::consts::TAU * share;
        // What is too long is cut smaller as well as narrower.
        let fit = libm::sqrt((most / length.max(1e-6)).min(1.0));
        let (em, high, length, narrow) = (em * fit, high * fit, length * fit, fit);
        let side = if over { 1.0 } else { -1.0 };
        let baseline = if over { radius - high * 0.5 } else { radius + high * 0.5 };
        let mut turned = -length * narrow * 0.5 / radius;
        for (path, advance) in glyphs {
            let step = (advance + space) * em * narrow / radius;
            let angle = (turned + step * 0.5) * side;
            let half = Length::pt(advance * em * narrow * -0.5);
            let map = Transform::scale(em * narrow, em)
                .then(Transform::translate(half, Length::pt(-baseline * side)))
                .then(Transform::rotate(Angle::degrees(angle.to_degrees())))
                .then(Transform::translate(Length::pt(middle[0]), Length::pt(middle[1])));
            self.paths.push(mapped(&path, map));
            turned += step;
        }
    }

    /// The outlines of words and their advances.
    fn glyphs(&self, words: &str) -> Vec<(Path, f64)> {
        let blank = || (Path::default(), 0.35);
        let own = |c: char| glyph(c, self.faces).unwrap_or_else(blank);
        words.chars().map(|c| if c.is_whitespace() { blank() } else { own(c) }).collect()
    }

    /// The design over so many pixels: 1 where it prints.
    pub(super) fn fill(&self, width: usize, rows: usize) -> Field {
        let steps = self.paths.iter().flat_map(|path| path.steps.iter().copied());
        let all = Path { steps: steps.collect() };
        let size = Size::new(Length::pt(width as f64), Length::pt(rows as f64));
        // At 72 pixels to the inch a point is a pixel.
        let mut canvas = Canvas::white(size, Resolution(72.0));
        let black = Paint { colour: [0.0; 3], opacity: 1.0, mode: Mode::Normal };
        debug_assert!(bounds(&all)[0].is_finite());
        canvas.fill(&all, Transform::scale(width as f64, width as f64), black);
        let picture = canvas.into_picture();
        Field::new(width, rows, |x, y| {
            1.0 - f32::from(picture.pixel(x as u32, y as u32)[0]) / 255.0
        })
    }
}

/// An ellipse, with or against the clock.
fn ellipse([x, y]: [f64; 2], [wide, high]: [f64; 2], side: f64) -> Vec<Step> {
    let on = |u: f64, v: f64| at(x + u * wide, y + v * high * side);
    let k = QUARTER;
    vec![
        Step::Move(on(1.0, 0.0)),
        Step::Cubic(on(1.0, k), on(k, 1.0), on(0.0, 1.0)),
        Step::Cubic(on(-k, 1.0), on(-1.0, k), on(-1.0, 0.0)),
        Step::Cubic(on(-1.0, -k), on(-k, -1.0), on(0.0, -1.0)),
        Step::Cubic(on(k, -1.0), on(1.0, -k), on(1.0, 0.0)),
        Step::Close,
    ]
}

/// A rectangle, with or against the clock.
fn box_steps([left, top, right, foot]: [f64; 4], back: bool) -> Vec<Step> {
    let mut corners = [at(left, top), at(right, top), at(right, foot), at(left, foot)];
    if back {
        corners.reverse();
    }
    let [a, b, c, d] = corners;
    vec![Step::Move(a), Step::Line(b), Step::Line(c), Step::Line(d), Step::Close]
}

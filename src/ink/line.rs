//! Lines and bars that a hand draws: under words, through them, over them.

use crate::geom::{Length, Point};
use crate::page::{Segment, Shape};
use crate::seed::{Rng, Seed};

/// How far apart a line changes its way.
const REACH: Length = Length::mm(9.0);

/// Bars that are lower than this are rules, and ruled.
const RULE: Length = Length::mm(1.5);

/// The path of a shape as a hand draws it: straight strokes waver, corners of bars go
/// astray. Other shapes stay as they are.
pub(super) fn draw(shape: &Shape, seed: Seed) -> Vec<Segment> {
    let mut rng = seed.rng();
    match *shape.path.as_slice() {
        [Segment::Move(from), Segment::Line(to)] if shape.stroke.is_some() => {
            stroke(from, to, &mut rng)
        }
        [
            Segment::Move(a),
            Segment::Line(b),
            Segment::Line(c),
            Segment::Line(d),
            Segment::Close,
        ] if (c.y - a.y).abs() > RULE => bar([a, b, c, d], &mut rng),
        _ => shape.path.clone(),
    }
}

/// A line that begins and ends beside its places and wavers between them.
fn stroke(from: Point, to: Point, rng: &mut Rng) -> Vec<Segment> {
    let off = |rng: &mut Rng, by: f64| Length::mm(rng.normal().clamp(-2.0, 2.0) * by);
    let at = Point::new(from.x + off(rng, 0.5), from.y + off(rng, 0.2));
    let mut path = vec![Segment::Move(at)];
    let parts = ((to.x - from.x) / REACH).ceil().clamp(1.0, 60.0);
    let step = (to.x - from.x) * (1.0 / parts);
    let mut last = at;
    let mut slope = Length::ZERO;
    for part in 1..=parts as u32 {
        let x = from.x + step * f64::from(part);
        let next = Point::new(x, from.y + off(rng, 0.22));
        let end = (next.y - last.y) * 0.5 + off(rng, 0.1);
        path.push(Segment::Curve(
            Point::new(last.x + step * 0.35, last.y + slope * 0.35),
            Point::new(next.x - step * 0.35, next.y - end * 0.35),
            next,
        ));
        (last, slope) = (next, end);
    }
    path
}

/// A bar whose corners went astray and whose sides bend.
fn bar(corners: [Point; 4], rng: &mut Rng) -> Vec<Segment> {
    let mut off = |by: f64| Length::mm(rng.normal().clamp(-2.0, 2.0) * by);
    let corners = corners.map(|p| Point::new(p.x + off(0.35), p.y + off(0.16)));
    let mut path = vec![Segment::Move(corners[0])];
    for i in 0..4 {
        let (a, b) = (corners[i], corners[(i + 1) % 4]);
        let mut on = |t: f64| {
            let x = a.x + (b.x - a.x) * t + off(0.12);
            Point::new(x, a.y + (b.y - a.y) * t + off(0.12))
        };
        path.push(Segment::Curve(on(0.33), on(0.67), b));
    }
    path.push(Segment::Close);
    path
}

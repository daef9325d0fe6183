//! What can be done to an outline: it is moved by smooth waves, its edge swells or shrinks.

use crate::font::Knot;
use crate::seed::Rng;

/// The contours of a glyph.
pub(super) type Outline = Vec<Vec<Knot>>;

/// A smooth field: a few waves over the em in any direction.
#[derive(Debug)]
pub(super) struct Waves(Vec<Wave>);

/// A wave: turns to the em across and upward, phase in turns, and how far it moves.
#[derive(Debug)]
struct Wave {
    /// Turns to the em.
    turns: [f64; 2],
    /// Where it begins.
    phase: f64,
    /// How far it moves to the right and upward, in ems.
    by: [f64; 2],
}

impl Waves {
    /// Waves of lengths between two, in ems, that move by about `by` ems each way.
    pub(super) fn new(rng: &mut Rng, count: usize, lengths: [f64; 2], by: f64) -> Self {
        let share = by / libm::sqrt(count.max(1) as f64 * 0.5);
        let mut wave = || {
            let length = rng.between(lengths[0], lengths[1]);
            let (sin, cos) = libm::sincos(rng.unit() * core::f64::consts::TAU);
            Wave {
                turns: [cos / length, sin / length],
                phase: rng.unit(),
                by: [rng.normal() * share, rng.normal() * share],
            }
        };
        Self((0..count).map(|_| wave()).collect())
    }

    /// How far a place is moved.
    pub(super) fn at(&self, x: f64, y: f64) -> [f64; 2] {
        let mut sum = [0.0; 2];
        for wave in &self.0 {
            let high = swing(wave.turns[0] * x + wave.turns[1] * y + wave.phase);
            sum[0] += wave.by[0] * high;
            sum[1] += wave.by[1] * high;
        }
        sum
    }
}

/// A wave of length 1 and height 1, of parabolas: within 6 % of the sine, and many times as
/// quick.
fn swing(turns: f64) -> f64 {
    let t = turns - turns.floor();
    if t < 0.5 { 16.0 * t * (0.5 - t) } else { -16.0 * (t - 0.5) * (1.0 - t) }
}

/// From 0 to 1 without a corner.
pub(super) fn smooth(t: f64) -> f64 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Moves every point by what `by` says of its place.
pub(super) fn shift(outline: &mut Outline, by: impl Fn(f64, f64) -> [f64; 2]) {
    for knot in outline.iter_mut().flatten() {
        let [dx, dy] = by(knot.x, knot.y);
        knot.x += dx;
        knot.y += dy;
    }
}

/// Leaves out points that stand nearer than `least` ems to the one before: on paper they
/// cannot be told apart, and in the file they count.
pub(super) fn thin(outline: &mut Outline, least: f64) {
    for contour in outline.iter_mut().filter(|contour| contour.len() > 8) {
        let mut last: Option<Knot> = None;
        contour.retain(|knot| {
            let far = last.is_none_or(|last| {
                let (dx, dy) = (knot.x - last.x, knot.y - last.y);
                dx * dx + dy * dy > least * least
            });
            if far {
                last = Some(*knot);
            }
            far
        });
    }
}

/// Puts points on straight lines longer than `longest` ems, so that they can bend.
pub(super) fn divide(outline: &mut Outline, longest: f64) {
    for contour in outline {
        let mut out = Vec::with_capacity(contour.len() * 2);
        for (index, &from) in contour.iter().enumerate() {
            out.push(from);
            let to = contour[(index + 1) % contour.len()];
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            let parts = (libm::sqrt(dx * dx + dy * dy) / longest).ceil().clamp(1.0, 40.0);
            if from.on && to.on {
                let inner = (1..parts as u32).map(|part| f64::from(part) / parts);
                out.extend(inner.map(|t| Knot {
                    x: from.x + dx * t,
                    y: from.y + dy * t,
                    on: true,
                }));
            }
        }
        *contour = out;
    }
}

/// A place on an edge.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// To the right of the origin, in ems.
    pub(super) x: f64,
    /// Above the baseline.
    pub(super) y: f64,
    /// Whether it is the edge of a counter.
    pub(super) counter: bool,
}

/// Moves the edge outward, away from the ink, by what `by` says of each place in ems.
pub(super) fn swell(outline: &mut Outline, by: impl Fn(Spot) -> f64) {
    let whole: f64 = outline.iter().map(|contour| area(contour)).sum();
    let side = if whole < 0.0 { 1.0 } else { -1.0 };
    for contour in outline {
        let counter = area(contour) * whole < 0.0;
        let before = contour.clone();
        let count = before.len();
        for (index, knot) in contour.iter_mut().enumerate() {
            let last = before[(index + count - 1) % count];
            let next = before[(index + 1) % count];
            let (dx, dy) = (next.x - last.x, next.y - last.y);
            let length = libm::sqrt(dx * dx + dy * dy);
            if length < 1e-6 {
                continue;
            }
            let far = by(Spot { x: knot.x, y: knot.y, counter }) * side / length;
            knot.x -= dy * far;
            knot.y += dx * far;
        }
    }
}

/// Rounds what sticks out: each point goes this share of the way to the middle of its
/// neighbours.
pub(super) fn soften(outline: &mut Outline, share: f64) {
    for contour in outline {
        let before = contour.clone();
        let count = before.len();
        for (index, knot) in contour.iter_mut().enumerate() {
            let last = before[(index + count - 1) % count];
            let next = before[(index + 1) % count];
            knot.x += ((last.x + next.x) * 0.5 - knot.x) * share;
            knot.y += ((last.y + next.y) * 0.5 - knot.y) * share;
        }
    }
}

/// Left, bottom, right and top of an outline; none where there is none.
pub(super) fn bounds(outline: &Outline) -> Option<[f64; 4]> {
    let mut knots = outline.iter().flatten();
    let first = knots.next()?;
    let mut box_ = [first.x, first.y, first.x, first.y];
    for knot in knots {
        box_[0] = box_[0].min(knot.x);
        box_[1] = box_[1].min(knot.y);
        box_[2] = box_[2].max(knot.x);
        box_[3] = box_[3].max(knot.y);
    }
    Some(box_)
}

/// The area inside a contour, positive where it runs against the clock.
fn area(contour: &[Knot]) -> f64 {
    let next = contour.iter().cycle().skip(1);
    contour.iter().zip(next).map(|(a, b)| (a.x * b.y - b.x * a.y) * 0.5).sum()
}

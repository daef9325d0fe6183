//! Silk ribbon: two tails under the wax.

use crate::geom::Lab;
use crate::seed::Seed;

/// A tail of ribbon, in units of the width of the seal; y grows downward.
struct Tail {
    /// Where its middle begins.
    from: [f64; 2],
    /// Where its middle ends.
    to: [f64; 2],
}

/// The ribbon under a seal.
pub(super) struct Silk {
    /// The tails, the lower one first.
    tails: [Tail; 2],
    /// Half of its width.
    half: f64,
    /// Its colour in flat light.
    colour: Lab,
}

impl Silk {
    /// A ribbon that hangs from a point.
    pub(super) fn new(colour: Lab, from: [f64; 2], seed: Seed) -> Self {
        let mut rng = seed.derive("ribbon").rng();
        // Its corners stay in the picture, which is 1.26 high.
        let mut end = |x: f64| {
            let low = (rng.normal() * 0.015).clamp(-0.03, 0.03);
            [from[0] + x + rng.normal() * 0.02, 1.19 + low]
        };
        let tails = [Tail { from, to: end(-0.19) }, Tail { from, to: end(0.17) }];
        Self { tails, half: 0.085, colour }
    }

    /// How much of a place the ribbon covers, 0 to 1, softened over so wide an edge.
    pub(super) fn cover(&self, at: [f64; 2], soft: f64) -> f64 {
        let tails = self.tails.iter().filter_map(|tail| self.place(tail, at, soft));
        tails.fold(0.0, |most, (_, _, cover)| cover.max(most))
    }

    /// The colour at a place and how much of it the ribbon covers; none beside it.
    pub(super) fn at(&self, at: [f64; 2], soft: f64) -> Option<(Lab, f32)> {
        let [below, above] = &self.tails;
        let seen = |tail: &Tail, number| {
            let (t, s, cover) = self.place(tail, at, soft)?;
            Some((shade(self.colour, t, s, number), cover as f32))
        };
        match (seen(below, 0), seen(above, 1)) {
            (Some((under, low)), Some((over, high))) => {
                Some((over.mix(under, 1.0 - high), high + low * (1.0 - high)))
            }
            (below, above) => above.or(below),
        }
    }

    /// Where a place lies along and across a tail, and how much of it that covers.
    fn place(&self, tail: &Tail, at: [f64; 2], soft: f64) -> Option<(f64, f64, f64)> {
        // It hangs down.
        if at[1] < tail.from[1] - self.half {
            return None;
        }
        let along = [tail.to[0] - tail.from[0], tail.to[1] - tail.from[1]];
        let length = libm::hypot(along[0], along[1]);
        let (ux, uy) = (along[0] / length, along[1] / length);
        let (dx, dy) = (at[0] - tail.from[0], at[1] - tail.from[1]);
        let t = dx * ux + dy * uy;
        let s = dy * ux - dx * uy;
        // The end is cut as a swallow's tail.
        let cut = length - (self.half - s.abs()) * 0.9;
        let inside = t.min(cut - t).min(self.half - s.abs());
        let cover = (inside / soft + 0.5).clamp(0.0, 1.0);
        (cover > 0.0).then(|| (t / length, (s / self.half).clamp(-1.0, 1.0), cover))
    }
}

/// Silk in its folds, `t` along the ribbon and `s` across: ribs, a selvage at either side,
/// a soft wave. Number 0 lies under another.
pub(in crate::ink) fn shade(colour: Lab, t: f64, s: f64, number: usize) -> Lab {
    let rib = libm::sin(t * 420.0) * 1.6;
    let wave = libm::sin(t * 7.0 + number as f64 * 2.1 + 0.6) * 5.0;
    let selvage = if s.abs() > 0.9 { -5.0 } else { 0.0 };
    let moire = libm::sin(t * 33.0 + s * 5.0 + libm::sin(t * 19.0) * 2.0) * 1.8;
    let under = if number == 0 { -4.0 } else { 0.0 };
    let light = (rib + wave + selvage + moire + under) as f32;
    let share = 1.0 + light / 90.0;
    Lab { l: colour.l + light, a: colour.a * share, b: colour.b * share }
}

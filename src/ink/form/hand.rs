//! Letters as a hand draws them: leaning, longer or shorter, heavier or lighter, and with a
//! tremor. Where letters join they stay joined.

use super::warp::{Outline, Waves, shift, smooth, swell, thin};
use crate::seed::Seed;

/// How a letter is drawn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    /// From careful, 0, to shaken, 1.
    pub(super) tremor: f64,
    /// From a light stroke, −1, to a heavy one, 1.
    pub(super) weight: f64,
    /// The advance of the letter, in ems.
    pub(super) advance: f64,
}

/// How near its sides a letter does not change, in ems: there it joins its neighbours.
const JOIN: f64 = 0.09;

/// Draws a letter.
pub(super) fn draw(mut outline: Outline, stroke: Stroke, seed: Seed) -> Outline {
    let mut rng = seed.rng();
    thin(&mut outline, 0.007);
    // Even a careful hand is no machine.
    let loose = 0.55 + stroke.tremor * 0.9;
    let lean = rng.normal() * 0.035 * loose;
    let (wide, tall) = (rng.normal() * 0.035 * loose, rng.normal() * 0.04 * loose);
    let (up, middle) = (rng.normal() * 0.010 * loose, stroke.advance * 0.5);
    let waves = Waves::new(&mut rng, 3, [0.3, 0.8], 0.011 * loose);
    let shake = (stroke.tremor - 0.2).max(0.0);
    let shaken = Waves::new(&mut rng, 4, [0.06, 0.16], 0.011 * shake);
    let pressed = Waves::new(&mut rng, 2, [0.25, 0.6], 0.0022 * loose);
    shift(&mut outline, |x, y| {
        let [dx, dy] = waves.at(x, y);
        let [sx, sy] = shaken.at(x, y);
        let free = freedom(x, y, stroke.advance);
        let dx = dx + lean * (y - 0.15) + wide * (x - middle);
        let dy = dy + up + tall * (y - 0.05);
        [dx * free + sx, dy * free + sy]
    });
    let more = stroke.weight * 0.0032;
    swell(&mut outline, |spot| more + pressed.at(spot.x, spot.y)[0]);
    outline
}

/// How far a place may move, 0 to 1: what joins stays where it is.
fn freedom(x: f64, y: f64, advance: f64) -> f64 {
    let side = smooth(x.min(advance - x).max(0.0) / JOIN);
    // Strokes join low; ascenders and descenders are free.
    let outside = smooth((y - 0.42) / 0.1).max(smooth((-0.06 - y) / 0.1));
    side.max(outside)
}

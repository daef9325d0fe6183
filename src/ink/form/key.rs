//! Letters as the keys of a machine strike them: each key is worn and clogged in its own
//! way on the whole of a document, each blow is lighter or harder.

use super::warp::{Outline, Waves, bounds, divide, shift, soften, swell, thin};
use crate::seed::Seed;
use crate::style::InkKind;

/// A blow of a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Blow {
    /// What the key strikes through.
    pub(super) kind: InkKind,
    /// From a new machine, 0, to one of many years, 1.
    pub(super) wear: f64,
    /// From a light blow, −1, to a hard one, 1.
    pub(super) weight: f64,
    /// How many sheets lie above this one, with carbon paper between.
    pub(super) copy: u8,
    /// How far the keys stand above or below their line, in ems: standard deviation.
    pub(super) loose: f64,
}

/// How far keys are turned: standard deviation, in radians.
const TILT: f64 = 0.0095;

/// How much of a letter's place off the line belongs to its key, as a share of the variance;
/// the rest is the blow's. On one machine the same letter is always a little low.
const OF_KEY: f64 = 0.7;

/// How far keys stand aside, as a share of how far they stand off the line.
const ASIDE: f64 = 0.6;

/// How far ink from the threads of a ribbon goes beyond the edge of the type, in ems: strokes
/// on real pages are 0.34 to 0.56 mm wide.
const SPREAD: f64 = 0.006;

/// Strikes a letter. The first seed is that of the key, the second that of the blow.
pub(super) fn strike(
    mut outline: Outline,
    blow: Blow,
    (key, own): (Seed, Seed),
) -> Outline {
    let stencil = blow.kind == InkKind::Stencil;
    let Some([left, bottom, right, top]) = bounds(&outline) else { return outline };
    let (mut key, mut rng) = (key.rng(), own.rng());
    let wear = blow.wear;
    thin(&mut outline, 0.016);
    divide(&mut outline, 0.13);
    // The face of a key is not quite level: one side of its letter is heavier.
    let (across, up) = (key.normal() * 0.016 * wear, key.normal() * 0.013 * wear);
    let (cx, cy) = ((left + right) * 0.5, (bottom + top) * 0.5);
    // Dirt fills counters from below.
    let clog =
        if key.chance(wear * 0.55) { key.between(0.004, 0.03) * wear } else { 0.0 };
    // A corner of the type is worn off.
    let worn = if key.chance(wear * 0.5) { key.between(0.006, 0.016) } else { 0.0 };
    let corner = [
        if key.chance(0.5) { left } else { right },
        if key.chance(0.5) { bottom } else { top },
    ];
    let reach = key.between(0.06, 0.16);
    let type_edge = Waves::new(&mut key, 3, [0.08, 0.25], 0.004 * wear);
    let ragged = match blow.kind {
        InkKind::Stencil => 0.0055,
        InkKind::Rubber => 0.007,
        _ => 0.0032,
    };
    let edge = Waves::new(&mut rng, 4, [0.035, 0.12], ragged);
    let copies = f64::from(blow.copy);
    let spread = match blow.kind {
        InkKind::Stencil => 0.003,
        InkKind::Ribbon => SPREAD,
        _ => 0.0,
    };
    let hard = blow.weight * 0.0055 + copies * 0.0045 + spread;
    swell(&mut outline, |spot| {
        let level = across * (spot.x - cx) + up * (spot.y - cy);
        let rough = edge.at(spot.x, spot.y)[0] + type_edge.at(spot.x, spot.y)[0];
        let low = ((top - spot.y) / (top - bottom).max(1e-6)).clamp(0.0, 1.0);
        let filled = if spot.counter { clog * (0.4 + low) } else { 0.0 };
        let away = [spot.x - corner[0], spot.y - corner[1]];
        let near = 1.0 - (away[0] * away[0] + away[1] * away[1]) / (reach * reach);
        hard + level + rough + filled - worn * near.max(0.0)
    });
    // Each key stands a little askew and beside its place.
    let even = match blow.kind {
        InkKind::Teletype => 0.5,
        InkKind::Rubber => 0.0,
        _ => 1.0,
    };
    let turn = key.normal().clamp(-2.2, 2.2) * TILT * even;
    let loose = blow.loose * even;
    let aside = (key.normal() + rng.normal() * 0.4).clamp(-2.2, 2.2) * loose * ASIDE;
    let up = key.normal() * libm::sqrt(OF_KEY) + rng.normal() * libm::sqrt(1.0 - OF_KEY);
    let up = up.clamp(-2.5, 2.5) * loose;
    shift(&mut outline, |x, y| [aside - turn * (y - cy), up + turn * (x - cx)]);
    if blow.copy > 0 || stencil {
        soften(&mut outline, 0.12 + copies * 0.07);
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::Knot;

    /// How far above its line a key strikes a square, in millimetres in 12 pt type.
    fn height(key: u64, blow: u64) -> f64 {
        let corners = [[0.1, 0.0], [0.1, 0.6], [0.5, 0.6], [0.5, 0.0]];
        let square = corners.map(|[x, y]| Knot { x, y, on: true }).to_vec();
        // 0.12 mm off the line.
        let kind = InkKind::Ribbon;
        let blow_of = Blow { kind, wear: 0.0, weight: 0.0, copy: 0, loose: 0.0283 };
        let seeds = (Seed(7).nth(key), Seed(8).nth(key).nth(blow));
        let struck = strike(vec![square], blow_of, seeds);
        let [_, bottom, _, top] = bounds(&struck).unwrap();
        ((bottom + top) * 0.5 - 0.3) * 12.0 / 72.0 * 25.4
    }

    #[test]
    fn letters_stand_off_their_line_each_key_in_its_own_way() {
        let deviation = |values: &[f64]| {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let squares = values.iter().map(|v| (v - mean) * (v - mean));
            libm::sqrt(squares.sum::<f64>() / values.len() as f64)
        };
        let keys: Vec<Vec<f64>> =
            (0..60).map(|key| (0..12).map(|blow| height(key, blow)).collect()).collect();
        let all = deviation(&keys.concat());
        assert!((0.09..0.15).contains(&all), "{all}");
        let within: f64 = keys.iter().map(|key| deviation(key)).sum::<f64>() / 60.0;
        let means: Vec<f64> =
            keys.iter().map(|key| key.iter().sum::<f64>() / 12.0).collect();
        assert!(within < deviation(&means), "keys differ more than strokes");
    }
}

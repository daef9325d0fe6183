//! Letters as types print them: ink is squeezed out at their edges, and the sorts of one
//! letter in a case are worn more or less.

use super::warp::{Outline, Waves, bounds, divide, swell, thin};
use crate::seed::Seed;

/// Prints a letter of a case that is worn by so much, 0 to 1, with a sort from light, −1, to
/// heavy, 1.
pub(super) fn print(mut outline: Outline, wear: f64, weight: f64, seed: Seed) -> Outline {
    let Some([left, bottom, right, top]) = bounds(&outline) else { return outline };
    let mut rng = seed.rng();
    thin(&mut outline, 0.006);
    divide(&mut outline, 0.18);
    let edge = Waves::new(&mut rng, 3, [0.05, 0.2], 0.0036 * wear);
    let nick = if rng.chance(wear * 0.3) { rng.between(0.006, 0.022) } else { 0.0 };
    let at = [rng.between(left, right), if rng.chance(0.5) { bottom } else { top }];
    let reach = rng.between(0.04, 0.1);
    swell(&mut outline, |spot| {
        let rough = edge.at(spot.x, spot.y)[0];
        let away = [spot.x - at[0], spot.y - at[1]];
        let near = 1.0 - (away[0] * away[0] + away[1] * away[1]) / (reach * reach);
        (0.002 + weight * 0.0045) * wear + rough - nick * near.max(0.0)
    });
    outline
}

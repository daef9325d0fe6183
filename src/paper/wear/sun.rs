//! Sun: what lay open has yellowed, what lay under something has not.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::Field;

/// What light does to paper over years.
const BURNT: Lab = Lab::new(-3.0, 1.0, 5.4);

/// Yellows all but a sharp-edged place.
pub(super) fn fade(grid: &mut Grid, leaf: &Leaf) {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("sun");
    let mut rng = seed.rng();
    let field = Field(seed.derive("cloud"));
    let share = |rng: &mut crate::seed::Rng, from, to| rng.between(from, to) as f32;
    // Another paper lay on it, askew, and left one side or the foot of it open.
    let [left, top] =
        [width * share(&mut rng, -0.3, 0.3), height * share(&mut rng, -0.3, 0.25)];
    let [wide, high] =
        [width * share(&mut rng, 0.55, 0.9), height * share(&mut rng, 0.55, 0.9)];
    let lean = share(&mut rng, -0.06, 0.06);
    let strength = leaf.traces();
    grid.paint_all(|x, y| {
        let u = x - left - lean * (y - top);
        let v = y - top + lean * (x - left);
        let inside = u.min(wide - u).min(v).min(high - v);
        let open = (0.5 - inside / 5.0).clamp(0.0, 1.0);
        let uneven = 0.85 + 0.3 * field.at(x / 60.0, y / 60.0);
        Lab::default().mix(BURNT, open * uneven * strength)
    });
}

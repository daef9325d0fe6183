//! A dog-ear: a corner that was turned down and laid back.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, bell};

/// What dust did to the corner while it was turned down.
const DUST: Lab = Lab::new(-3.2, 0.5, 2.4);

/// Creases the lower right corner, and on some leaves the upper one.
pub(super) fn crease(grid: &mut Grid, leaf: &Leaf, front: bool) {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("dog-ear");
    let mut rng = seed.rng();
    let field = Field(seed);
    let traces = leaf.traces();
    let corners = if rng.chance(0.4) { vec![false, true] } else { vec![true] };
    for lower in corners {
        let [wide, high] =
            [rng.between(12.0, 27.0), rng.between(11.0, 24.0)].map(|v| v as f32);
        let side = if front { 1.0 } else { -1.0 };
        let y0 = if lower { height } else { 0.0 };
        let reach = [wide + 6.0, high + 6.0];
        let low = [width - reach[0], if lower { height - reach[1] } else { 0.0 }];
        let box_high = [width + 1.0, if lower { height + 1.0 } else { reach[1] }];
        let slope = 1.0 / (1.0 / (wide * wide) + 1.0 / (high * high)).sqrt();
        grid.paint(low, box_high, |x, y| {
            let [u, v] = [(width - x) / wide, (y - y0).abs() / high];
            // Beyond the crease toward the corner, in millimetres.
            let off = (1.0 - u - v) * slope + 0.12 * field.at(x / 6.0, y / 6.0);
            let worn = 1.0 + 0.7 * field.at(x / 1.6, y / 1.6);
            let ridge = 4.2 * worn * bell(off / 0.24);
            let shade = 5.0 * bell((off + 0.75 * side) / 0.55)
                + 2.4 * bell((off + 2.4 * side) / 2.4);
            let light = 1.5 * bell((off - 1.4 * side) / 1.2);
            let turned = (0.5 + off / 1.2).clamp(0.0, 1.0);
            let dirt = 1.6 * worn.max(0.0) * bell(off / 0.8);
            let flat = Lab::new(
                traces * (ridge + light - shade - dirt),
                0.0,
                0.5 * dirt * traces,
            );
            let dust = if front { 0.35 } else { 1.0 };
            let stain = Lab::default().mix(DUST, turned * dust * traces);
            Lab { l: flat.l + stain.l, a: stain.a, b: flat.b + stain.b }
        });
    }
}

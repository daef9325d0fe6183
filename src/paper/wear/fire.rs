//! Fire: burnt edges and holes, charred at the rim and scorched around.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Chart, Field, bell};

/// Char.
const CHAR: Lab = Lab::new(15.0, 2.0, 4.4);
/// Paper that is nearly char.
const BROWN: Lab = Lab::new(27.0, 7.0, 13.0);
/// Paper that the heat reached.
const SCORCH: Lab = Lab::new(-15.0, 5.6, 16.0);
/// Paper that the smoke reached.
const SMOKE: Lab = Lab::new(-5.0, 1.3, 5.6);

/// A place where the leaf burned through.
#[derive(Clone, Copy, Debug)]
struct Burn {
    /// Its middle, in millimetres.
    at: [f32; 2],
    /// Its radius.
    radius: f32,
}

/// What fire did to a leaf.
#[derive(Clone, Debug)]
pub(in crate::paper) struct Fire {
    /// How far from the front of the fire each place is, but for its finest turns.
    front: Chart,
    /// Its finest turns.
    field: Field,
    /// How strong its traces are.
    traces: f32,
    /// Width and height of the leaf.
    size: [f32; 2],
}

impl Fire {
    /// The fire of a leaf: it came from one corner, licked at all edges, and fell on the
    /// leaf in one or two places.
    pub(in crate::paper) fn of(leaf: &Leaf, size: [f32; 2]) -> Self {
        let seed = leaf.seed.derive("fire");
        let mut rng = seed.rng();
        let field = Field(seed.derive("front"));
        let traces = leaf.traces();
        let [width, height] = size;
        let mut share = |low: f64, high: f64| rng.between(low, high) as f32;
        let corner = [[0.0, 0.0], [width, 0.0], [0.0, height], [width, height]]
            [(share(0.0, 4.0) as usize).min(3)];
        let mut burns =
            vec![Burn { at: corner, radius: width * share(0.11, 0.19) * traces }];
        // An ember that lay near an edge, and sometimes one within.
        let side = if corner[0] == 0.0 { width } else { 0.0 };
        let along = height * share(0.15, 0.85);
        burns.push(Burn {
            at: [side, along],
            radius: width * share(0.03, 0.075) * traces,
        });
        let ember = [width * share(0.2, 0.8), height * share(0.12, 0.88)];
        if share(0.0, 1.0) < 0.55 {
            burns.push(Burn { at: ember, radius: width * share(0.012, 0.03) * traces });
        }
        let singed = [0, 1, 2, 3].map(|_| share(0.2, 3.2) * traces);
        let front = |x: f32, y: f32| {
            let edges = [x, width - x, y, height - y];
            let licked = edges.into_iter().zip(singed).map(|(inside, s)| inside - s);
            let burnt = burns.iter().map(|burn| {
                let [dx, dy] = [x - burn.at[0], y - burn.at[1]];
                let off = (dx * dx + dy * dy).sqrt() - burn.radius;
                off + 0.3 * burn.radius * field.at(x / 24.0, y / 24.0)
            });
            let off = licked.chain(burnt).fold(f32::MAX, smooth_min);
            off + 1.9 * field.at(x / 21.0 + 40.0, y / 21.0)
                + 1.3 * field.at(x / 6.5, y / 6.5)
        };
        let front = Chart::over([-4.0; 2], size.map(|side| side + 4.0), 1.3, front);
        Self { front, field, traces, size }
    }

    /// How far inside what is left a place is, in millimetres.
    pub(in crate::paper) fn left(&self, x: f32, y: f32) -> f32 {
        let coarse = self.front.at(x, y);
        if coarse.abs() > 3.5 {
            return coarse;
        }
        coarse
            + 0.55 * self.field.at(x / 1.9, y / 1.9)
            + 0.22 * self.field.at(x / 0.5, y / 0.5)
    }

    /// Scorches what lies near the front.
    pub(in crate::paper) fn scorch(&self, grid: &mut Grid) {
        grid.paint_all(|x, y| {
            let off = self.front.at(x, y).max(0.0);
            if off > 60.0 {
                return Lab::default();
            }
            let uneven = 1.0 + 0.55 * self.field.at(x / 13.0 + 9.0, y / 13.0);
            let heat = bell(off / (7.0 * uneven * self.traces));
            let smoke = bell(off / (24.0 * uneven));
            let [h, s] = [heat, smoke].map(|share| share * self.traces);
            Lab {
                l: SCORCH.l * h + SMOKE.l * s,
                a: SCORCH.a * h + SMOKE.a * s,
                b: SCORCH.b * h + SMOKE.b * s,
            }
        });
    }

    /// Chars the rim.
    pub(in crate::paper) fn char(&self, grid: &mut Grid) {
        let near = |x: f32, y: f32| (-3.5..8.0).contains(&self.front.at(x, y));
        let all = ([-2.0; 2], self.size.map(|side| side + 2.0));
        let wide = Chart::over(all.0, all.1, 1.4, |x, y| {
            1.0 + 0.6 * self.field.at(x / 4.3, y / 4.3 + 30.0)
        });
        grid.cover_near(all.0, all.1, near, |x, y| {
            let off = self.left(x, y).max(0.0);
            let wide = wide.at(x, y);
            let black = (1.25 - off / (0.75 * wide + 0.1)).clamp(0.0, 1.0);
            let brown = 0.9 * bell(off / (1.7 * wide + 0.2));
            if black == 0.0 {
                return (BROWN, brown);
            }
            let ash = 5.0 * self.field.at(x / 0.45, y / 0.45);
            let colour = BROWN.mix(CHAR, black);
            (Lab { l: colour.l + ash * black, ..colour }, brown.max(black))
        });
    }
}

/// The smaller of two distances, rounded where they meet (Quilez, "Smooth minimum", 2013).
fn smooth_min(a: f32, b: f32) -> f32 {
    let blend = (4.0 - (a - b).abs()).max(0.0) / 4.0;
    a.min(b) - blend * blend
}

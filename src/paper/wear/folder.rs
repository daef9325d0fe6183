//! A folder: air reached the sheet by its opening, and what held the papers rusted.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::{Field, Track, bell};
use crate::paper::strokes::Strokes;
use crate::seed::Rng;

/// What air and dust do to an edge that stood out.
const TONED: Lab = Lab::new(-8.0, 2.2, 8.5);
/// Rust on the paper.
const RUST: Lab = Lab::new(-33.0, 13.0, 21.0);
/// What rust leaves around it where damp took it along.
const HALO: Lab = Lab::new(-8.0, 5.0, 14.0);

/// Tones the edges that lay at the opening.
pub(super) fn tone(grid: &mut Grid, leaf: &Leaf) {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("folder");
    let mut rng = seed.rng();
    let field = Field(seed.derive("dust"));
    let strength = leaf.traces();
    // The opening is at the right and above; there the sheet stood out from its neighbours,
    // which left a nearly straight border.
    let [out, lean] =
        [rng.between(5.0, 13.0), rng.between(-0.02, 0.02)].map(|v| v as f32);
    let [over, tilt] =
        [rng.between(2.0, 8.0), rng.between(-0.015, 0.015)].map(|v| v as f32);
    let [soft, above] = [rng.between(0.35, 0.6), rng.between(0.4, 0.8)].map(|v| v as f32);
    grid.paint_all(|x, y| {
        let band = |inside: f32, out: f32, along: f32| {
            if inside > out + 30.0 {
                return 0.0;
            }
            let border = (0.5 + (out - inside) / 1.6).clamp(0.0, 1.0);
            let uneven = 0.85 + 0.35 * field.at(along / 27.0, inside / 9.0);
            let deep = 0.55 * border + soft * bell(inside / 9.0);
            uneven * (deep * (1.15 - 0.3 * inside / out).max(0.3))
        };
        let right = band(width - x, out + lean * (y - 0.5 * height), y);
        let top = above * band(y, over + tilt * (x - 0.5 * width), x);
        Lab::default().mix(TONED, strength * right.max(top))
    });
}

/// What held the papers, as it lies on one side of the leaf.
struct Holder {
    /// Its wire.
    wire: Strokes,
    /// How wide the mark of the wire is, in millimetres.
    width: f32,
    /// How strongly it rusted on this side.
    rust: f32,
}

/// Rusts what held the papers.
pub(super) fn rust(grid: &mut Grid, leaf: &Leaf, front: bool) {
    let [width, _] = grid.frame.mm();
    let seed = leaf.seed.derive("holder");
    let mut rng = seed.rng();
    let holder = match rng.below(3) {
        0 => pin(&mut rng, front),
        1 => staple(&mut rng, front),
        _ => clip(&mut rng, front, width),
    };
    let field = Field(seed.derive("rust"));
    let strength = leaf.traces() * holder.rust;
    let wide = Track::over(1.0, |_| holder.width).at(0.0);
    holder.wire.draw(grid, 7.0, |off, x, y| {
        let patchy =
            0.75 + 0.65 * field.at(x / 2.3, y / 2.3) + 0.3 * field.at(x / 0.6, y / 0.6);
        let crept = 1.0 + 0.5 * field.at(x / 4.0 + 20.0, y / 4.0);
        let mark = bell(off / (wide * (0.7 + 0.4 * patchy))) * patchy.max(0.0);
        let halo = (bell(off / (2.1 * crept)) - 0.008).max(0.0) * (0.55 + 0.3 * patchy);
        let share = (strength * mark).clamp(0.0, 1.0);
        Lab::default()
            .mix(HALO, (strength * halo).max(0.0) * (1.0 - share))
            .mix(RUST, share)
    });
}

/// A pin through the upper left corner: it shows where it does not lie behind.
fn pin(rng: &mut Rng, front: bool) -> Holder {
    let at = [rng.between(9.0, 16.0) as f32, rng.between(9.0, 15.0) as f32];
    let turn = rng.between(-0.9, 0.2) as f32;
    let (sin, cos) = libm::sincosf(turn);
    let place = |along: f32| [at[0] + along * cos, at[1] + along * sin];
    let lines = if front {
        // Before it goes in, with its head, and where it comes out again.
        vec![
            vec![place(-8.5), place(0.0)],
            vec![place(6.0), place(13.0)],
            vec![place(-8.7), place(-8.6)],
        ]
    } else {
        vec![vec![place(0.0), place(6.0)]]
    };
    Holder { wire: Strokes(lines), width: 0.42, rust: 0.85 }
}

/// A staple in the upper left corner: its back in front, its legs behind.
fn staple(rng: &mut Rng, front: bool) -> Holder {
    let at = [rng.between(12.0, 20.0) as f32, rng.between(9.0, 14.0) as f32];
    let (sin, cos) = libm::sincosf(rng.between(-0.9, 0.1) as f32);
    let place = |along: f32| [at[0] + along * cos, at[1] + along * sin];
    let lines = if front {
        vec![vec![place(-6.3), place(6.3)]]
    } else {
        vec![vec![place(-6.3), place(-0.8)], vec![place(0.9), place(6.3)]]
    };
    Holder { wire: Strokes(lines), width: 0.36, rust: 0.9 }
}

/// A paper clip on the upper edge: its long loop in front, the short one behind.
fn clip(rng: &mut Rng, front: bool, width: f32) -> Holder {
    let x0 = width
        * if rng.chance(0.7) { rng.between(0.06, 0.2) } else { rng.between(0.3, 0.8) }
            as f32;
    let (sin, cos) = libm::sincosf(rng.between(-0.12, 0.12) as f32);
    let (half, low) = if front { (3.3, 25.0) } else { (2.4, 19.0) };
    let mut line = vec![[-half, -1.0], [-half, low]];
    for step in 0..=10_u8 {
        let (s, c) =
            libm::sincosf(core::f32::consts::PI * (1.0 - f32::from(step) / 10.0));
        line.push([half * c, low + half * s]);
    }
    line.push([half, if front { 4.5 } else { -1.0 }]);
    let place = |[x, y]: [f32; 2]| [x0 + x * cos - y * sin, y * cos + x * sin];
    Holder { wire: Strokes(vec![line]).map(place), width: 0.45, rust: 0.6 }
}

//! An archive: punched holes, a shelfmark in pencil, a stamp, a mended tear. The archive
//! and its numbers are invented.

mod stamp;
mod tape;

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::Field;
use crate::paper::shape::Hole;
use crate::paper::strokes::Strokes;

pub(super) use tape::stain;

/// The lead of a pencil.
const LEAD: Lab = Lab::new(-34.0, -0.5, -6.0);

/// The holes of a leaf that was filed: two at the left, 80 mm apart as ISO 838 has them,
/// or three, 108 mm apart.
pub(in crate::paper) fn punched(leaf: &Leaf, size: [f32; 2]) -> Vec<Hole> {
    let mut rng = leaf.seed.derive("punch").rng();
    let mut near = |most: f64| rng.between(-most, most) as f32;
    let (x, middle) = (11.0 + near(1.5), 0.5 * size[1] + near(6.0));
    let lean = near(0.006);
    let apart: &[f32] = if near(1.0) < 0.3 || size[1] < 240.0 {
        &[-40.0, 40.0]
    } else {
        &[-108.0, 0.0, 108.0]
    };
    let fits = apart.iter().filter(|off| off.abs() < 0.5 * size[1] - 8.0);
    fits.map(|off| Hole { at: [x + lean * off, middle + off], radius: 3.0, rough: 0.07 })
        .collect()
}

/// Writes, stamps and mends on the front.
pub(super) fn file(grid: &mut Grid, leaf: &Leaf) {
    shelfmark(grid, leaf);
    stamp::press(grid, leaf);
    tape::lay(grid, leaf);
}

/// Writes shelfmark and number of the leaf in pencil at the upper right.
fn shelfmark(grid: &mut Grid, leaf: &Leaf) {
    let [width, _] = grid.frame.mm();
    let seed = leaf.seed.derive("shelfmark");
    let mut rng = seed.rng();
    let mut number = |low: usize, count: usize| low + rng.below(count);
    let mark = format!(
        "{} {}/{}",
        ["MS", "FO", "RG"][number(0, 3)],
        number(2, 90),
        number(100, 880)
    );
    let folio = number(2, 240).to_string();
    let field = Field(seed.derive("hand"));
    let mut write = |text: &str, height: f32, at: [f32; 2]| {
        let lean = rng.between(-0.06, 0.06) as f32;
        let slant = rng.between(0.12, 0.3) as f32;
        let strokes = Strokes::text(text, height);
        let [[left, _], [right, _]] = strokes.bounds();
        // A quick hand: slanting, and never quite on its way.
        let waver = |v: f32, w: f32, row: f32| 0.2 * field.at(v / 1.7 + row, w / 1.7);
        let strokes = strokes.map(|[x, y]| {
            let x = 0.82 * (x - left - (right - left)) - slant * y;
            [at[0] + x + waver(x, y, 0.0), at[1] + y + lean * x + waver(x, y, 60.0)]
        });
        strokes.draw(grid, 0.5, |off, x, y| {
            // The tooth of the paper takes the lead in grains.
            let grain = 0.72 + 0.5 * field.at(x / 0.24, y / 0.24);
            let press = 0.75 + 0.4 * field.at(x / 3.0, y / 3.0 + 30.0);
            let line = (1.15 - off / 0.22).clamp(0.0, 1.0);
            Lab::default().mix(LEAD, (0.8 * line * grain * press).max(0.0))
        });
    };
    write(&folio, 4.4, [width - 9.0, 11.5]);
    write(&mark, 3.3, [width - 24.0, 10.0]);
}

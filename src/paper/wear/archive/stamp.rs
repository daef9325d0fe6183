//! The stamp of an archive that never was.

use crate::geom::Lab;
use crate::paper::Leaf;
use crate::paper::grid::Grid;
use crate::paper::noise::Field;
use crate::paper::strokes::Strokes;

/// Stamping inks: violet, blue, red, black.
const INKS: [Lab; 4] = [
    Lab::new(38.0, 26.0, -34.0),
    Lab::new(39.0, 2.0, -30.0),
    Lab::new(46.0, 46.0, 22.0),
    Lab::new(32.0, 0.5, -3.0),
];

/// Half the width and height of the oval, in millimetres.
const HALF: [f32; 2] = [14.5, 10.0];

/// Presses the stamp where a clerk finds room: near the foot, or below the middle.
pub(super) fn press(grid: &mut Grid, leaf: &Leaf) {
    let [width, height] = grid.frame.mm();
    let seed = leaf.seed.derive("stamp");
    let mut rng = seed.rng();
    let mut share = |low: f64, high: f64| rng.between(low, high) as f32;
    let ink = INKS[(share(0.0, 4.0) as usize).min(3)];
    let at = [width * share(0.2, 0.82), height * share(0.84, 0.92)];
    let (sin, cos) = libm::sincosf(share(-0.3, 0.3));
    // It came down on one side first.
    let (up, along) = libm::sincosf(share(0.0, core::f64::consts::TAU));
    let field = Field(seed.derive("pad"));
    let place = |[x, y]: [f32; 2]| [at[0] + x * cos - y * sin, at[1] + x * sin + y * cos];
    let strength = 0.55 + 0.3 * share(0.0, 1.0);
    design().map(place).draw(grid, 0.6, |off, x, y| {
        let [dx, dy] = [x - at[0], y - at[1]];
        let lean = 0.75 + 0.45 * (dx * along + dy * up) / HALF[0];
        let wet =
            0.85 + 0.5 * field.at(x / 3.4, y / 3.4) + 0.35 * field.at(x / 0.4, y / 0.4);
        // Ink gathers at the edge of the rubber.
        let line = (1.3 - off / 0.24).clamp(0.0, 1.0) * (0.8 + 0.6 * off);
        let share = (strength * line * wet * lean.clamp(0.15, 1.0)).clamp(0.0, 0.92);
        let paper = Lab::new(86.0, 0.5, 11.0);
        Lab::new(ink.l - paper.l, ink.a - paper.a, ink.b - paper.b)
            .mix(Lab::default(), 1.0 - share)
    });
}

/// The stamp: two ovals, a name around, and what it is within.
fn design() -> Strokes {
    let mut strokes = Strokes(vec![
        oval(HALF),
        oval(HALF.map(|v| v - 0.7)),
        oval(HALF.map(|v| v - 4.3)),
    ]);
    strokes.0.extend(around("ELDMOOR", -0.5).0);
    strokes.0.extend(around("RECORD OFFICE", 0.5).0);
    let word = Strokes::text("ARCHIVE", 2.0);
    let [[left, _], [right, _]] = word.bounds();
    strokes.0.extend(word.map(|[x, y]| [x - 0.5 * (left + right), y + 1.0]).0);
    strokes
}

/// An oval.
fn oval(half: [f32; 2]) -> Vec<[f32; 2]> {
    let point = |step: u8| {
        let (sin, cos) = libm::sincosf(core::f32::consts::TAU * f32::from(step) / 72.0);
        [half[0] * cos, half[1] * sin]
    };
    (0..=72).map(point).collect()
}

/// A text between the ovals: above (`turn` −0.5) or below (0.5), in half turns.
fn around(text: &str, turn: f32) -> Strokes {
    let high = 1.75;
    let word = Strokes::text(text, high);
    let [[left, _], [right, _]] = word.bounds();
    let middle = 0.5 * (left + right);
    let half = HALF.map(|v| v - 2.5);
    let mean = 0.5 * (half[0] + half[1]);
    word.map(|[x, y]| {
        // Upward from the middle of the letters; below the oval they stand on its foot.
        let up = -y - 0.5 * high;
        let (way, out) = if turn < 0.0 { (1.0, up) } else { (-1.0, -up) };
        let angle = core::f32::consts::PI * turn + way * (x - middle) / mean * 0.92;
        let (sin, cos) = libm::sincosf(angle);
        [(half[0] + out) * cos, (half[1] + out) * sin]
    })
}

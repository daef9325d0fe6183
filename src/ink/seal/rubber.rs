//! Rubber stamps, date stamps and postmarks: ink from a pad, pressed by a hurried hand.

use super::RESOLUTION;
use super::design::{Design, Faces};
use super::relief::Field;
use crate::geom::{Lab, Length};
use crate::picture::{Channels, Picture};
use crate::seed::Seed;

/// What a stamp looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Lines in a frame.
    Box,
    /// Words around a ring, lines in its middle.
    Round,
    /// As round, but wider than high.
    Oval,
    /// A date stamp with a cancellation of waves beside it.
    Postmark,
}

/// The words of a stamp.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// Over the top of the ring.
    pub around: String,
    /// Under its foot.
    pub below: String,
    /// The lines of the middle.
    pub lines: Vec<String>,
}

impl Words {
    /// All of them, as one reads them.
    pub(super) fn read(&self) -> String {
        let ring = [&self.around, &self.below].into_iter();
        let all = ring.chain(&self.lines).filter(|words| !words.is_empty());
        all.map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

impl Shape {
    /// The height for a width.
    fn height(self, lines: usize) -> f64 {
        match self {
            Self::Box => 0.08 + 0.17 * lines.clamp(1, 5) as f64,
            Self::Round => 1.0,
            Self::Oval => 0.66,
            Self::Postmark => 0.37,
        }
    }

    /// Lays out the words.
    fn design<'a>(self, words: &Words, faces: Faces<'a>) -> Design<'a> {
        let mut design = Design::new(faces);
        let high = self.height(words.lines.len());
        let middle = [0.5, high * 0.5];
        match self {
            Self::Box => {
                design.frame([0.015, 0.015, 0.985, high - 0.015], 0.014);
                stack(&mut design, &words.lines, middle, [0.17, 0.9]);
            }
            Self::Round => ringed(&mut design, words, middle, 1.0),
            Self::Oval => {
                design.ring(middle, [0.485, high * 0.5 - 0.015], 0.014);
                design.ring(middle, [0.455, high * 0.5 - 0.045], 0.006);
                let third = high * 0.27;
                design.line(&words.around, [0.5, middle[1] - third], 0.062, 0.56);
                design.line(&words.below, [0.5, middle[1] + third], 0.062, 0.56);
                stack(&mut design, &words.lines, middle, [0.1, 0.8]);
            }
            Self::Postmark => {
                ringed(&mut design, words, [0.185, high * 0.5], 0.37);
                for bar in 0..6_u32 {
                    let y = high * (0.17 + 0.132 * f64::from(bar));
                    design.wave([0.40, 0.985], y, 0.010, 0.007);
                }
            }
        }
        design
    }
}

/// Words around a ring of this width, and lines in its middle. Two lines and no words around
/// them fill the halves of the ring, as in Bishop's marks of 1661 to 1787.
fn ringed(design: &mut Design<'_>, words: &Words, middle: [f64; 2], wide: f64) {
    let unit = wide * 2.0;
    design.ring(middle, [0.242 * unit; 2], 0.011 * unit);
    let is_bare = words.around.is_empty() && words.below.is_empty();
    if is_bare && words.lines.len() == 2 {
        let [x, y] = middle;
        let (end, half) = (0.24 * unit, 0.0045 * unit);
        design.bar([x - end, y - half, x + end, y + half]);
        return stack(design, &words.lines, middle, [0.2 * unit, 0.33 * unit]);
    }
    design.ring(middle, [0.158 * unit; 2], 0.006 * unit);
    let (radius, high) = (0.2 * unit, 0.042 * unit);
    around(design, words, (middle, radius, high));
    // A single device fills the middle.
    let apart = if words.lines.len() < 2 { 0.17 } else { 0.075 };
    stack(design, &words.lines, middle, [apart * unit, 0.27 * unit]);
}

/// Words around a ring; those over its top have nearly all of it where none stand at its foot.
fn around(design: &mut Design<'_>, words: &Words, (middle, radius, high): Ring) {
    let share = if words.below.is_empty() { 0.84 } else { 0.6 };
    design.arc(&words.around, middle, radius, high, (true, share));
    design.arc(&words.below, middle, radius, high, (false, 0.36));
}

/// The middle and radius of words around a ring, and the height of their capitals.
type Ring = ([f64; 2], f64, f64);

/// Lines one below the other about a middle, so far apart, in so much room.
fn stack(
    design: &mut Design<'_>,
    lines: &[String],
    middle: [f64; 2],
    [apart, room]: [f64; 2],
) {
    let first = middle[1] - apart * (lines.len() as f64 - 1.0) * 0.5;
    for (index, line) in lines.iter().enumerate() {
        let y = first + apart * index as f64;
        design.line(line, [middle[0], y], apart * 0.62, room);
    }
}

/// Draws a stamp of this width in the colour of its pad; gives its height.
pub(super) fn draw(
    (shape, words, colour): (Shape, &Words, Lab),
    width: Length,
    seed: Seed,
    faces: Faces<'_>,
) -> (Picture, Length) {
    let side = (width.to_px(RESOLUTION) + 0.5).clamp(24.0, 2000.0) as usize;
    let high = shape.height(words.lines.len());
    let rows = ((side as f64 * high) as usize).max(8);
    let drawn = shape.design(words, faces).fill(side, rows);
    let picture = press(&drawn, colour, seed);
    (picture, width * (rows as f64 / side as f64))
}

/// What a pad leaves of a design: one side is pressed harder, edges hold more ink than
/// what lies between them, and there are specks without any.
fn press(drawn: &Field, colour: Lab, seed: Seed) -> Picture {
    let (side, rows) = (drawn.width, drawn.height);
    let mut rng = seed.derive("pad").rng();
    let (across, down) = (rng.normal() * 0.28, rng.normal() * 0.22);
    let noise: Vec<f32> = (0..side * rows).map(|_| rng.normal() as f32).collect();
    let grain = Field { width: side, height: rows, values: noise };
    let coarse = grain.clone().soft((side / 24).max(2));
    let fine = grain.soft(1);
    let core = drawn.clone().soft(2);
    let rgb = colour.to_rgb();
    let mut pixels = Vec::with_capacity(side * rows * 4);
    for y in 0..rows {
        for x in 0..side {
            let i = y * side + x;
            let (u, v) = (x as f64 / side as f64 - 0.5, y as f64 / rows as f64 - 0.5);
            let pressure = (0.74 + across * u + down * v) as f32 + coarse.values[i] * 4.5;
            let ragged =
                ((drawn.values[i] + fine.values[i] * 0.5 - 0.42) * 4.0).clamp(0.0, 1.0);
            // Ink is pushed to the edges of letters.
            let rim = 1.0 - 0.22 * core.values[i];
            let bare = if fine.values[i] > 0.62 { 0.35 } else { 1.0 };
            let cover =
                (ragged * pressure.clamp(0.12, 0.95) * rim * bare).clamp(0.0, 1.0);
            // Sixteen steps are as good as 256 to the eye, and half as long in a file.
            let alpha = (cover * 15.0 + 0.5) as u8 * 17;
            pixels.extend([rgb.r, rgb.g, rgb.b, alpha]);
        }
    }
    Picture { width: side as u32, height: rows as u32, channels: Channels::Rgba, pixels }
}

/// Draws a dry seal of this width: paper pressed up in the shape of its words, lit from the
/// upper left.
pub(super) fn emboss(
    words: &Words,
    width: Length,
    seed: Seed,
    faces: Faces<'_>,
) -> Picture {
    let side = (width.to_px(RESOLUTION) + 0.5).clamp(24.0, 2000.0) as usize;
    let heights = Shape::Round.design(words, faces).fill(side, side).soft(1);
    let mut rng = seed.derive("dry").rng();
    let strength = rng.between(0.8, 1.1) as f32;
    let mut pixels = Vec::with_capacity(side * side * 4);
    for y in 0..side as isize {
        for x in 0..side as isize {
            let slope = heights.at(x + 1, y + 1) - heights.at(x - 1, y - 1)
                + (heights.at(x + 1, y) - heights.at(x - 1, y)) * 0.5;
            // What rises towards the light is bright, what falls from it is dark.
            let light = slope * strength;
            let (tone, alpha) = if light > 0.0 {
                ([255, 253, 246], light * 0.55)
            } else {
                ([66, 54, 38], -light * 0.5)
            };
            let alpha = (alpha.clamp(0.0, 0.75) * 31.0 + 0.5) as u8 * 8;
            pixels.extend([tone[0], tone[1], tone[2], alpha]);
        }
    }
    Picture { width: side as u32, height: side as u32, channels: Channels::Rgba, pixels }
}

//! What lies around a leaf.

use super::{Bed, Shape};
use crate::geom::Lab;
use crate::paper::grid::tiles;
use crate::paper::noise::Field;
use crate::picture::Picture;
use crate::seed::Seed;

/// How far the shadow of a leaf falls, to the right and down, in millimetres.
const FALL: [f32; 2] = [0.9, 1.3];

/// Over how many millimetres the shadow fades.
const SOFT: f32 = 1.6;

impl Shape {
    /// Takes from the picture of a sheet what is not left of it, and shows the bed there.
    /// `mirrored` says that the picture is that of the back.
    pub(in crate::paper) fn lay(&self, picture: &mut Picture, mirrored: bool) {
        if self.whole() {
            return;
        }
        let (width, height) = (picture.width as usize, picture.height as usize);
        let pixel = self.size[0] / width as f32;
        let bed = Surface::of(self.bed);
        let soft = 0.75 * pixel;
        for [low, high] in tiles([0.0; 2], [width, height].map(|n| n as f32 * pixel)) {
            let middle = [0, 1].map(|axis| 0.5 * (low[axis] + high[axis]));
            let front = |x: f32| if mirrored { self.size[0] - x } else { x };
            let inside = self.inside(front(middle[0]), middle[1]);
            if inside > 5.0 {
                continue;
            }
            let count = |mm: f32, most: usize| ((mm / pixel + 0.5) as usize).min(most);
            for row in count(low[1], height)..count(high[1], height) {
                let y = (row as f32 + 0.5) * pixel;
                for column in count(low[0], width)..count(high[0], width) {
                    let x = (column as f32 + 0.5) * pixel;
                    let left = if inside < -6.0 {
                        0.0
                    } else {
                        (0.5 + self.inside(front(x), y) / soft).clamp(0.0, 1.0)
                    };
                    if left == 1.0 {
                        continue;
                    }
                    let shade = if inside < -9.0 || self.bed == Bed::White {
                        0.0
                    } else {
                        let over = self.inside(front(x - FALL[0]), y - FALL[1]);
                        (0.6 + over / SOFT).clamp(0.0, 1.0)
                    };
                    let at = 3 * (row * width + column);
                    let beneath = bed.at(column, row, pixel, shade);
                    for (to, under) in picture.pixels[at..at + 3].iter_mut().zip(beneath)
                    {
                        let mixed = under + (f32::from(*to) - under) * left;
                        *to = (mixed + 0.5) as u8;
                    }
                }
            }
        }
    }
}

/// The surface on which a leaf lies.
struct Surface {
    /// Its colour, red, green and blue.
    colour: [f32; 3],
    /// How much light is left in the shadow.
    shadow: f32,
    /// How uneven it is.
    grain: f32,
    /// Where that comes from: dust, not part of the leaf.
    field: Field,
}

impl Surface {
    /// The surface of a bed.
    fn of(bed: Bed) -> Self {
        let (colour, shadow, grain) = match bed {
            Bed::White => (Lab::new(100.0, 0.0, 0.0), 1.0, 0.0),
            Bed::Grey => (Lab::new(64.0, -0.5, -0.5), 0.62, 5.0),
            Bed::Dark => (Lab::new(14.0, 0.5, -0.5), 0.55, 2.0),
        };
        let rgb = colour.to_rgb();
        let colour = [rgb.r, rgb.g, rgb.b].map(f32::from);
        Self { colour, shadow, grain, field: Field(Seed(0).derive("bed")) }
    }

    /// Its colour at a pixel, in so much shade.
    fn at(&self, column: usize, row: usize, pixel: f32, shade: f32) -> [f32; 3] {
        if self.grain == 0.0 {
            return self.colour;
        }
        let [x, y] = [column, row].map(|n| n as f32 * pixel);
        let uneven =
            self.field.at(x / 0.35, y / 0.35) + 0.5 * self.field.at(x / 4.0, y / 4.0);
        let light = 1.0 - (1.0 - self.shadow) * shade;
        self.colour.map(|v| (v * light + self.grain * uneven).clamp(0.0, 255.0))
    }
}

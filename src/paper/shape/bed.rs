//! What lies around a leaf.

use super::{Bed, Shape};
use crate::geom::Lab;
use crate::paper::noise::Field;
use crate::picture::Ycc;
use crate::seed::Seed;

/// How far the shadow of a leaf falls, to the right and down, in millimetres.
const FALL: [f32; 2] = [0.9, 1.3];

/// Over how many millimetres the shadow fades.
const SOFT: f32 = 1.6;

/// The side of the parts of a picture that are looked at one after the other, in
/// millimetres.
const PART: f32 = 3.0;

impl Shape {
    /// Takes from the picture of a sheet what is not left of it, and shows the bed there.
    /// `mirrored` says that the picture is that of the back.
    pub(in crate::paper) fn lay(&self, picture: &mut Ycc, mirrored: bool) {
        if self.whole() {
            return;
        }
        let pixel = self.size[0] / picture.width as f32;
        let brink = Brink { shape: self, mirrored, pixel, bed: Surface::of(self.bed) };
        // Whole values of colour.
        let side = 2 * ((PART / (2.0 * pixel)) as u32).max(1);
        let starts = |count: u32| (0..count).step_by(side as usize);
        for top in starts(picture.height) {
            for left in starts(picture.width) {
                let half = 0.5 * side as f32;
                let [x, y] = [left, top].map(|start| (start as f32 + half) * pixel);
                let x = brink.front(x);
                let inside = self.inside(x, y);
                let touched =
                    || !self.untouched(x, y) && !self.intact(x, y, half * pixel);
                if inside < 5.0 && touched() {
                    brink.lay([left, top], side, picture);
                }
            }
        }
    }
}

/// Where a leaf ends and what lies around it begins.
struct Brink<'a> {
    /// The leaf.
    shape: &'a Shape,
    /// Whether one looks at the back.
    mirrored: bool,
    /// The width of a pixel in millimetres.
    pixel: f32,
    /// What lies around.
    bed: Surface,
}

impl Brink<'_> {
    /// The place on the front of the leaf.
    fn front(&self, x: f32) -> f32 {
        if self.mirrored { self.shape.size[0] - x } else { x }
    }

    /// Lays a part of the picture, two by two pixels after the other.
    fn lay(&self, [left, top]: [u32; 2], side: u32, picture: &mut Ycc) {
        let (width, height) = (picture.width, picture.height);
        for row in (top..height.min(top + side)).step_by(2) {
            for column in (left..width.min(left + side)).step_by(2) {
                let [x, y] = [column, row].map(|at| (at + 1) as f32 * self.pixel);
                let inside = self.shape.inside(self.front(x), y);
                // A rim is not so steep that it reaches as far as that.
                if inside < 6.0 * self.pixel {
                    self.lay_four([column, row], inside, picture);
                }
            }
        }
    }

    /// Lays two by two pixels, of which the middle lies `inside` of the leaf.
    fn lay_four(&self, [column, row]: [u32; 2], inside: f32, picture: &mut Ycc) {
        let (width, height) = (picture.width, picture.height);
        let (mut kept, mut around) = ([0.0, 0.0], [0.0; 2]);
        for y in row..height.min(row + 2) {
            for x in column..width.min(column + 2) {
                let (left, [bright, blue, red]) = self.at([x, y], inside);
                let light = &mut picture.light[(y * width + x) as usize];
                let mixed = bright + (f32::from(*light) - bright) * left;
                *light = (mixed + 0.5) as u8;
                kept = [kept[0] + left, kept[1] + 1.0];
                around =
                    [around[0] + (1.0 - left) * blue, around[1] + (1.0 - left) * red];
            }
        }
        let at = row / 2 * width.div_ceil(2) + column / 2;
        for (plane, around) in picture.colour.iter_mut().flatten().zip(around) {
            let value = &mut plane[at as usize];
            let own = (f32::from(*value) - 128.0) * kept[0];
            *value = ((own + around) / kept[1] + 128.5) as u8;
        }
    }

    /// How much of the leaf is left at a pixel, 0 to 1, and what lies beneath. It is one of
    /// two by two, the middle of which lies `inside` of the leaf.
    fn at(&self, pixel: [u32; 2], inside: f32) -> (f32, [f32; 3]) {
        let [x, y] = pixel.map(|at| (at as f32 + 0.5) * self.pixel);
        let left = if inside < -6.0 * self.pixel {
            0.0
        } else {
            let soft = 0.75 * self.pixel;
            (0.5 + self.shape.inside(self.front(x), y) / soft).clamp(0.0, 1.0)
        };
        if left == 1.0 {
            return (1.0, [0.0; 3]);
        }
        let shade = if inside < -9.0 || self.shape.bed == Bed::White {
            0.0
        } else {
            let over = self.shape.inside(self.front(x - FALL[0]), y - FALL[1]);
            (0.6 + over / SOFT).clamp(0.0, 1.0)
        };
        (left, self.bed.at([x, y], shade))
    }
}

/// The surface on which a leaf lies.
struct Surface {
    /// Its brightness, and blue and red less that.
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
        let colour = Ycc::values(colour.to_rgb());
        Self { colour, shadow, grain, field: Field(Seed(0).derive("bed")) }
    }

    /// Its colour at a place, in so much shade.
    fn at(&self, [x, y]: [f32; 2], shade: f32) -> [f32; 3] {
        if self.grain == 0.0 {
            return self.colour;
        }
        let uneven =
            self.field.at(x / 0.35, y / 0.35) + 0.5 * self.field.at(x / 4.0, y / 4.0);
        let light = 1.0 - (1.0 - self.shadow) * shade;
        let [bright, blue, red] = self.colour.map(|value| value * light);
        [(bright + self.grain * uneven).clamp(0.0, 255.0), blue, red]
    }
}

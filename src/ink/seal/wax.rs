//! Sealing wax: a poured cake, pressed with a matrix, lit from the upper left.

use std::sync::Arc;

use super::relief::{Field, letters};
use super::silk::Silk;
use super::{RESOLUTION, Wax};
use crate::font::Face;
use crate::geom::{Lab, Length};
use crate::picture::{Channels, Picture};
use crate::seed::{Rng, Seed};

/// How high the picture is, as a multiple of its width: below the wax hangs the ribbon.
const TALL: f64 = 1.26;
/// The middle of the wax, in units of the width.
const MIDDLE: [f64; 2] = [0.5, 0.49];
/// The mean radius of the cake, in units of the width.
const RADIUS: f64 = 0.405;
/// The radius of the matrix, in units of the mean radius.
const MATRIX: f64 = 0.74;

/// Draws a seal and gives its height.
pub(super) fn draw(
    wax: Wax,
    text: &str,
    width: Length,
    seed: Seed,
    face: &dyn Fn(char) -> Option<Arc<Face>>,
) -> (Picture, Length) {
    let side = (width.to_px(RESOLUTION) + 0.5).clamp(24.0, 2000.0) as usize;
    let rows = (side as f64 * TALL) as usize;
    let cake = Cake::new(seed);
    let device = device(text, side, face);
    let heights = heights(&cake, &device, side, rows);
    let silk = Silk::new(wax.ribbon(), MIDDLE, seed);
    let shadow = shadow(&cake, &silk, side, rows);
    let mut pixels = Vec::with_capacity(side * rows * 4);
    for y in 0..rows {
        for x in 0..side {
            let (u, v) = (x as f64 / side as f64, y as f64 / side as f64);
            let dark = shadow.at(x as isize, y as isize);
            pixels.extend(pixel(
                &Scene { wax, cake: &cake, heights: &heights, silk: &silk },
                [u, v],
                [x, y],
                dark,
            ));
        }
    }
    let picture = Picture {
        width: side as u32,
        height: rows as u32,
        channels: Channels::Rgba,
        pixels,
    };
    (picture, width * (rows as f64 / side as f64))
}

/// What a pixel can show.
struct Scene<'a> {
    /// The colour of the wax.
    wax: Wax,
    /// Its outline.
    cake: &'a Cake,
    /// Its surface.
    heights: &'a Field,
    /// The ribbon.
    silk: &'a Silk,
}

/// Red, green, blue and opacity of a pixel.
fn pixel(scene: &Scene<'_>, [u, v]: [f64; 2], [x, y]: [usize; 2], dark: f32) -> [u8; 4] {
    let inside = scene.cake.inside(u, v);
    let (colour, cover) = if inside > 0.0 {
        (Some(lit(scene, x as isize, y as isize)), inside as f32)
    } else {
        (None, 0.0)
    };
    let below = scene.silk.at(u, v);
    // The wax over the ribbon over the shadow on the paper.
    let shade = (dark * 0.55).clamp(0.0, 0.55);
    let (base, base_cover) = match below {
        Some(silk) => {
            let darker = Lab { l: silk.l * (1.0 - dark * 0.45), ..silk };
            (darker, 1.0)
        }
        None => (Lab::new(16.0, 4.0, 8.0), shade),
    };
    let over = cover + base_cover * (1.0 - cover);
    if over <= 0.003 {
        return [0; 4];
    }
    let top = colour.map_or([0.0; 3], |c| rgb(c).map(f32::from));
    let under = rgb(base).map(f32::from);
    let mixed: [u8; 3] = core::array::from_fn(|i| {
        let sum = top[i] * cover + under[i] * base_cover * (1.0 - cover);
        (sum / over + 0.5) as u8
    });
    [mixed[0], mixed[1], mixed[2], (over * 255.0 + 0.5) as u8]
}

/// A colour in sRGB.
fn rgb(colour: Lab) -> [u8; 3] {
    let rgb = colour.to_rgb();
    [rgb.r, rgb.g, rgb.b]
}

/// The wax at a pixel as light falls on it: diffuse light from the upper left, sky from
/// above, and a gloss.
fn lit(scene: &Scene<'_>, x: isize, y: isize) -> Lab {
    let field = scene.heights;
    let dx = field.at(x + 1, y) - field.at(x - 1, y);
    let dy = field.at(x, y + 1) - field.at(x, y - 1);
    let normal = unit([-dx * 0.5, -dy * 0.5, 1.0]);
    let light = unit([-0.55, -0.62, 0.75]);
    let half = unit([-0.28, -0.32, 0.9]);
    let diffuse = dot(normal, light).max(0.0);
    let gloss = libm::powf(dot(normal, half).max(0.0), 46.0);
    let sheen = libm::powf(dot(normal, half).max(0.0), 9.0);
    let base = scene.wax.colour();
    let flat = dot([0.0, 0.0, 1.0], light);
    // Wax lets light in: shadows keep some colour.
    let shade = 0.42 + 0.58 * diffuse / flat;
    let l = base.l * shade + sheen * 5.0 - 4.0 + gloss * 34.0;
    let pale = 1.0 - gloss * 0.75;
    let deep = 0.55 + 0.45 * shade.min(1.3);
    Lab { l: l.clamp(3.0, 96.0), a: base.a * pale * deep, b: base.b * pale * deep }
}

/// A vector of length 1.
fn unit(v: [f32; 3]) -> [f32; 3] {
    let length = libm::sqrtf(dot(v, v)).max(1e-6);
    v.map(|c| c / length)
}

/// The scalar product.
fn dot(a: [f32; 3], b: [f32; 3]) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// The outline of a poured cake: a circle that ran a little.
struct Cake {
    /// Height and phase of waves around the edge.
    waves: Vec<[f64; 2]>,
    /// Bulges: direction, width and height.
    bulges: Vec<[f64; 3]>,
    /// How far the matrix stands off the middle.
    off: [f64; 2],
}

impl Cake {
    /// Pours a cake.
    fn new(seed: Seed) -> Self {
        let mut rng = seed.derive("cake").rng();
        let tau = core::f64::consts::TAU;
        let wave = |k: usize, rng: &mut Rng| {
            [rng.normal() * 0.05 / (1.0 + k as f64 * 0.8), rng.unit() * tau]
        };
        let waves = (0..7).map(|k| wave(k, &mut rng)).collect();
        let bulges = (0..3)
            .map(|_| [rng.unit() * tau, rng.between(0.18, 0.42), rng.between(0.02, 0.13)])
            .collect();
        let off = [rng.normal() * 0.012, rng.normal() * 0.012];
        Self { waves, bulges, off }
    }

    /// The radius in a direction, in units of the width.
    fn radius(&self, angle: f64) -> f64 {
        let waves = self.waves.iter().enumerate();
        let ran: f64 = waves
            .map(|(k, [height, phase])| {
                height * libm::cos((k + 1) as f64 * angle + phase)
            })
            .sum();
        let bulge = self.bulges.iter().map(|[at, wide, high]| {
            let away = libm::remainder(angle - at, core::f64::consts::TAU) / wide;
            high * libm::exp(-away * away)
        });
        RADIUS * (1.0 + ran * 0.55 + bulge.sum::<f64>()).min(1.17)
    }

    /// From the edge inward, in units of the width; negative outside.
    fn depth(&self, u: f64, v: f64) -> f64 {
        let (x, y) = (u - MIDDLE[0], v - MIDDLE[1]);
        self.radius(libm::atan2(y, x)) - libm::hypot(x, y)
    }

    /// How much of a place the wax covers, 0 to 1: softened over a pixel's width.
    fn inside(&self, u: f64, v: f64) -> f64 {
        (self.depth(u, v) * 260.0 + 0.5).clamp(0.0, 1.0)
    }
}

/// What the matrix leaves standing, 0 to 1 over a square: a ring of dots, a line, and the
/// letters or, without letters, a star.
fn device(text: &str, side: usize, face: &dyn Fn(char) -> Option<Arc<Face>>) -> Field {
    let drawn = letters(text, side, 0.36, face);
    let pixel = 1.0 / side as f64;
    Field::new(side, side, |x, y| {
        let (u, v) = (x as f64 * pixel - 0.5, y as f64 * pixel - 0.5);
        let r = libm::hypot(u, v) / (RADIUS * MATRIX);
        let angle = libm::atan2(v, u);
        let line = bump((r - 0.80) / 0.022);
        let around = libm::cos(angle * 44.0);
        let dots = if around > 0.0 { bump((r - 0.90) / 0.034) * around } else { 0.0 };
        let inner = match &drawn {
            Some(mask) => f64::from(mask.values[y * side + x]),
            None => star(r, angle),
        };
        inner.max(line).max(dots) as f32
    })
}

/// A star of eight rays.
fn star(r: f64, angle: f64) -> f64 {
    let ray = libm::fabs(libm::sin(angle * 4.0));
    let edge = 0.62 - 0.38 * libm::pow(ray, 0.55);
    ((edge - r) * 26.0).clamp(0.0, 1.0)
}

/// 1 at 0, falling to 0 at ±2 or so.
fn bump(x: f64) -> f64 {
    libm::exp(-x * x)
}

/// The surface of the wax, in pixels.
fn heights(cake: &Cake, device: &Field, side: usize, rows: usize) -> Field {
    let unit = side as f64;
    let soft = device.clone().soft((side / 260).max(1));
    let raw = Field::new(side, rows, |x, y| {
        let (u, v) = (x as f64 / unit, y as f64 / unit);
        let depth = cake.depth(u, v);
        if depth <= -0.02 {
            return 0.0;
        }
        let (mx, my) = (u - MIDDLE[0] - cake.off[0], v - MIDDLE[1] - cake.off[1]);
        let r = libm::hypot(mx, my) / (RADIUS * MATRIX);
        // The cake rises from the paper like a drop, and is pressed flat in the middle.
        let t = (depth / (RADIUS * 0.2)).clamp(0.0, 1.0);
        let drop = libm::sqrt(t * (2.0 - t)) * 0.052;
        let pressed = smooth((1.06 - r) / 0.1) * 0.026;
        let rim = bump((r - 1.1) / 0.085) * 0.012;
        let swell = libm::sin(u * 31.0 + v * 17.0) * 0.0008
            + libm::sin(v * 43.0 - u * 23.0) * 0.0006;
        let at = |c: f64| ((c + 0.5) * unit) as isize;
        let raised =
            if r < 1.0 { f64::from(soft.at(at(mx), at(my))) * 0.0145 } else { 0.0 };
        ((drop - pressed + rim + swell + raised) * unit) as f32
    });
    raw.soft((side / 300).max(1))
}

/// From 0 to 1 without a corner.
fn smooth(t: f64) -> f64 {
    let t = t.clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// The shadow of wax and ribbon on what lies below: down and to the right of them.
fn shadow(cake: &Cake, silk: &Silk, side: usize, rows: usize) -> Field {
    let unit = side as f64;
    let cast = Field::new(side, rows, |x, y| {
        let (u, v) = (x as f64 / unit, y as f64 / unit);
        let wax = cake.inside(u - 0.018, v - 0.022);
        let ribbon = if silk.at(u - 0.005, v - 0.006).is_some() { 0.5 } else { 0.0 };
        wax.max(ribbon) as f32
    });
    cast.soft((side / 60).max(1))
}

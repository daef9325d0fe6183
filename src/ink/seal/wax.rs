//! Sealing wax: a poured cake, pressed with a matrix, lit from the upper left.

use std::sync::Arc;

use super::relief::{Field, letters};
use super::silk::Silk;
use super::{RESOLUTION, Wax};
use crate::font::Face;
use crate::geom::{Lab, Length};
use crate::paper::Age;
use crate::picture::{Channels, Picture};
use crate::seed::{Rng, Seed};

/// How high the picture is, as a multiple of its width: below the wax hangs the ribbon.
const TALL: f64 = 1.26;
/// How high it is without one.
const BARE: f64 = 1.0;
/// The middle of the wax, in units of the width.
const MIDDLE: [f64; 2] = [0.5, 0.49];
/// The mean radius of the cake, in units of the width.
const RADIUS: f64 = 0.405;
/// The radius of the matrix, in units of the mean radius.
const MATRIX: f64 = 0.74;

/// Draws a seal, over a ribbon or on the bare paper, and gives its height.
pub(super) fn draw(
    (wax, ribbon, age): (Wax, bool, Age),
    text: &str,
    width: Length,
    seed: Seed,
    face: &dyn Fn(char) -> Option<Arc<Face>>,
) -> (Picture, Length) {
    let side = (width.to_px(RESOLUTION) + 0.5).clamp(24.0, 2000.0) as usize;
    let rows = (side as f64 * if ribbon { TALL } else { BARE }) as usize;
    let cake = Cake::new(seed);
    let device = device(text, side, face);
    let depths = Field::new(side, rows, |x, y| {
        cake.depth(x as f64 / side as f64, y as f64 / side as f64) as f32
    });
    let cracks = cracks(&cake, age, [side, rows], seed);
    let mut heights = heights(&cake, &depths, &device, side);
    for (height, crack) in heights.values.iter_mut().zip(&cracks.values) {
        *height -= crack * 0.012 * side as f32;
    }
    let silk = ribbon.then(|| Silk::new(wax.ribbon(), MIDDLE, seed));
    let silk = silk.as_ref();
    let shadow = shadow(&depths, silk, side);
    let mut pixels = Vec::with_capacity(side * rows * 4);
    for y in 0..rows {
        for x in 0..side {
            let (u, v) = (x as f64 / side as f64, y as f64 / side as f64);
            let dark = shadow.at(x as isize, y as isize);
            pixels.extend(pixel(
                &Scene { wax, depths: &depths, heights: &heights, cracks: &cracks, silk },
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
    /// How far each pixel lies from the edge.
    depths: &'a Field,
    /// Its surface.
    heights: &'a Field,
    /// Where it is cracked, 0 to 1.
    cracks: &'a Field,
    /// The ribbon, if there is one.
    silk: Option<&'a Silk>,
}

/// Red, green, blue and opacity of a pixel.
fn pixel(scene: &Scene<'_>, [u, v]: [f64; 2], [x, y]: [usize; 2], dark: f32) -> [u8; 4] {
    let inside = inside(scene.depths.at(x as isize, y as isize));
    let cover = inside;
    let top = if cover > 0.0 {
        rgb(lit(scene, x as isize, y as isize)).map(f32::from)
    } else {
        [0.0; 3]
    };
    if cover >= 1.0 {
        let [r, g, b] = top.map(|v| v as u8);
        return [r, g, b, 255];
    }
    // The wax over the ribbon over the shadow on the paper.
    let shade = (dark * 0.55).clamp(0.0, 0.55);
    let (mut base, mut base_cover) = (Lab::new(16.0, 4.0, 8.0), shade);
    let soft = 1.0 / scene.depths.width as f64;
    if let Some((silk, share)) = scene.silk.and_then(|silk| silk.at([u, v], soft)) {
        let darker = Lab { l: silk.l * (1.0 - dark * 0.45), ..silk };
        base_cover = share + shade * (1.0 - share);
        base = darker.mix(base, 1.0 - share / base_cover);
    }
    let over = cover + base_cover * (1.0 - cover);
    if over <= 0.003 {
        return [0; 4];
    }
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
    let shine = dot(normal, half).max(0.0);
    let gloss = power(shine, 46);
    let sheen = power(shine, 9);
    let base = scene.wax.colour();
    let flat = dot([0.0, 0.0, 1.0], light);
    // Wax lets light in: shadows keep some colour.
    let shade = 0.42 + 0.58 * diffuse / flat;
    let l = base.l * shade + sheen * 5.0 - 4.0 + gloss * 34.0;
    let pale = 1.0 - gloss * 0.75;
    let deep = 0.55 + 0.45 * shade.min(1.3);
    // No light falls into cracks.
    let l = l * (1.0 - 0.6 * scene.cracks.at(x, y).min(1.0));
    Lab { l: l.clamp(3.0, 96.0), a: base.a * pale * deep, b: base.b * pale * deep }
}

/// Cracks from the edge of the cake inward, more of them the older it is: 1 where the wax
/// is open.
fn cracks(cake: &Cake, age: Age, [side, rows]: [usize; 2], seed: Seed) -> Field {
    let mut field = Field::new(side, rows, |_, _| 0.0);
    let mut rng = seed.derive("cracks").rng();
    let years = f64::from(age.get());
    let count = libm::round((years - 25.0).max(0.0) / 75.0 * rng.between(3.0, 8.0));
    for _ in 0..count as u32 {
        let around = (rng.unit() - 0.5) * core::f64::consts::TAU;
        let (sin, cos) = libm::sincos(around);
        let edge = cake.radius(around);
        let mut at = [MIDDLE[0] + cos * edge, MIDDLE[1] + sin * edge];
        let mut heading = around + core::f64::consts::PI + rng.normal() * 0.4;
        let length = edge * rng.between(0.2, 0.9);
        let step = 0.6 / side as f64;
        for part in 0..(length / step) as u32 {
            let left = 1.0 - f64::from(part) * step / length;
            heading += rng.normal() * 0.06;
            if rng.chance(0.01) {
                heading += rng.normal() * 0.5;
            }
            let (sin, cos) = libm::sincos(heading);
            at = [at[0] + cos * step, at[1] + sin * step];
            // It is as deep as wide, and ends as a hair.
            field.dot(at.map(|c| c * side as f64), libm::sqrt(left));
        }
    }
    field
}

/// A whole power.
fn power(base: f32, exponent: u32) -> f32 {
    let (mut result, mut square, mut left) = (1.0, base, exponent);
    while left > 0 {
        if left & 1 == 1 {
            result *= square;
        }
        square *= square;
        left >>= 1;
    }
    result
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
    /// The radius in directions all around, in units of the width.
    radii: Vec<f64>,
    /// How far the matrix stands off the middle.
    off: [f64; 2],
}

/// How many directions the outline of a cake is kept in.
const DIRECTIONS: usize = 1024;

impl Cake {
    /// Pours a cake.
    fn new(seed: Seed) -> Self {
        let mut rng = seed.derive("cake").rng();
        let tau = core::f64::consts::TAU;
        let wave = |k: usize, rng: &mut Rng| {
            [rng.normal() * 0.05 / (1.0 + k as f64 * 0.8), rng.unit() * tau]
        };
        let waves: Vec<[f64; 2]> = (0..7).map(|k| wave(k, &mut rng)).collect();
        let bulges: Vec<[f64; 3]> = (0..3)
            .map(|_| [rng.unit() * tau, rng.between(0.18, 0.42), rng.between(0.02, 0.13)])
            .collect();
        let off = [rng.normal() * 0.012, rng.normal() * 0.012];
        let radius = |at: usize| {
            let angle = (at as f64 / DIRECTIONS as f64 - 0.5) * tau;
            let waves = waves.iter().enumerate();
            let ran: f64 = waves
                .map(|(k, [high, phase])| {
                    high * libm::cos((k + 1) as f64 * angle + phase)
                })
                .sum();
            let bulge = bulges.iter().map(|[at, wide, high]| {
                let away = libm::remainder(angle - at, tau) / wide;
                high * libm::exp(-away * away)
            });
            RADIUS * (1.0 + ran * 0.55 + bulge.sum::<f64>()).min(1.17)
        };
        // The first direction again at the end, to go from one to the next.
        let radii = (0..=DIRECTIONS).map(|at| radius(at % DIRECTIONS)).collect();
        Self { radii, off }
    }

    /// The radius in a direction, in units of the width.
    fn radius(&self, angle: f64) -> f64 {
        let turn = angle / core::f64::consts::TAU + 0.5;
        let at = turn.clamp(0.0, 1.0) * DIRECTIONS as f64;
        let first = (at as usize).min(DIRECTIONS - 1);
        let share = at - first as f64;
        self.radii[first] * (1.0 - share) + self.radii[first + 1] * share
    }

    /// From the edge inward, in units of the width; negative outside.
    fn depth(&self, u: f64, v: f64) -> f64 {
        let (x, y) = (u - MIDDLE[0], v - MIDDLE[1]);
        self.radius(libm::atan2(y, x)) - libm::sqrt(x * x + y * y)
    }
}

/// How much of a place of this depth the wax covers, 0 to 1: softened over a pixel's width.
fn inside(depth: f32) -> f32 {
    (depth * 260.0 + 0.5).clamp(0.0, 1.0)
}

/// What the matrix leaves standing, 0 to 1 over a square: a ring of dots, a line, and the
/// letters or, without letters, a star.
fn device(text: &str, side: usize, face: &dyn Fn(char) -> Option<Arc<Face>>) -> Field {
    let drawn = letters(text, side, 0.36, face);
    let pixel = 1.0 / side as f64;
    Field::new(side, side, |x, y| {
        let (u, v) = (x as f64 * pixel - 0.5, y as f64 * pixel - 0.5);
        let r = libm::sqrt(u * u + v * v) / (RADIUS * MATRIX);
        let line = bump((r - 0.80) / 0.022);
        let dot = bump((r - 0.90) / 0.034);
        let around = || libm::cos(libm::atan2(v, u) * 44.0).max(0.0);
        let dots = if dot > 0.0 { dot * around() } else { 0.0 };
        let inner = match &drawn {
            Some(mask) => f64::from(mask.values[y * side + x]),
            None => star(r, libm::atan2(v, u)),
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

/// 1 at 0, falling to 0 at ±3 or so.
fn bump(x: f64) -> f64 {
    if x.abs() < 3.2 { libm::exp(-x * x) } else { 0.0 }
}

/// The surface of the wax, in pixels.
fn heights(cake: &Cake, depths: &Field, device: &Field, side: usize) -> Field {
    let unit = side as f64;
    let soft = device.clone().soft((side / 260).max(1));
    let raw = Field::new(side, depths.height, |x, y| {
        let (u, v) = (x as f64 / unit, y as f64 / unit);
        let depth = f64::from(depths.values[y * side + x]);
        if depth <= -0.02 {
            return 0.0;
        }
        let (mx, my) = (u - MIDDLE[0] - cake.off[0], v - MIDDLE[1] - cake.off[1]);
        let r = libm::sqrt(mx * mx + my * my) / (RADIUS * MATRIX);
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
fn shadow(depths: &Field, silk: Option<&Silk>, side: usize) -> Field {
    let unit = side as f64;
    let moved = |share: f64| (share * unit + 0.5) as isize;
    let cast = Field::new(side, depths.height, |x, y| {
        let (u, v) = (x as f64 / unit, y as f64 / unit);
        let wax = inside(depths.at(x as isize - moved(0.018), y as isize - moved(0.022)));
        let under = |silk: &Silk| silk.cover([u - 0.005, v - 0.006], 1.0 / unit);
        wax.max(silk.map_or(0.0, under) as f32 * 0.5)
    });
    cast.soft((side / 60).max(1))
}

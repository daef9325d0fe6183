//! The scanner: the sheet lies a little askew on its bed, the lamp lights it unevenly, the
//! carriage wavers, and the sensor adds its noise.

use super::tile::Tile;
use crate::geom::{Length, Resolution};
use crate::page::Scan;
use crate::picture::{Channels, Picture};
use crate::seed::Rng;

/// The lid behind a sheet that lies askew.
const LID: f32 = 236.0;

/// The standard deviation of the noise of the sensor, in stored values.
const NOISE: f32 = 0.9;

/// A wave that lines of the picture follow.
struct Wave {
    /// Its height.
    height: f32,
    /// Its length, as a share of the side.
    length: f32,
    /// Where it begins, 0 to 1.
    start: f32,
}

impl Wave {
    /// One of at most this height.
    fn new(rng: &mut Rng, most: f32) -> Self {
        Self {
            height: most * rng.between(0.3, 1.0) as f32,
            length: rng.between(0.4, 1.1) as f32,
            start: rng.unit() as f32,
        }
    }

    /// Its height at a share of the side.
    fn at(&self, share: f32) -> f32 {
        let phase = core::f32::consts::TAU * (share / self.length + self.start);
        self.height * libm::sinf(phase)
    }
}

/// The page as the scanner shows it.
pub(super) fn scan(page: &Picture, scan: Scan, resolution: Resolution) -> Picture {
    let (width, height) = (page.width as usize, page.height as usize);
    let mut rng = scan.seed.derive("light").rng();
    let px = |mm: f64| Length::mm(mm).to_px(resolution) as f32;
    let along: Vec<f32> = waves(&mut rng, height, px(0.07));
    let down: Vec<f32> = waves(&mut rng, width, px(0.07));
    let across: Vec<f32> = lamp(&mut rng, width);
    let from_top: Vec<f32> = lamp(&mut rng, height);
    let noise = Tile::new(scan.seed.derive("noise"), Length::mm(0.03), resolution);
    let (sin, cos) = libm::sincos(-scan.skew.to_radians());
    let (sin, cos) = (sin as f32, cos as f32);
    let (cx, cy) = (width as f32 / 2.0, height as f32 / 2.0);
    let mut pixels = vec![0_u8; width * height * 3];
    for (y, row) in pixels.chunks_exact_mut(width * 3).enumerate() {
        let dy = y as f32 + 0.5 - cy;
        for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
            let dx = x as f32 + 0.5 - cx;
            let u = cx + dx * cos - dy * sin + along[y];
            let v = cy + dx * sin + dy * cos + down[x];
            let seen = look(page, u - 0.5, v - 0.5, px(1.6));
            let light = across[x] * from_top[y];
            let grain = NOISE * noise.at(x, y);
            for (out, value) in pixel.iter_mut().zip(seen) {
                *out = (value * light + grain + 0.5) as u8;
            }
        }
    }
    Picture { width: page.width, height: page.height, channels: Channels::Rgb, pixels }
}

/// How far lines are off, one after the other.
fn waves(rng: &mut Rng, count: usize, most: f32) -> Vec<f32> {
    let wave = Wave::new(rng, most);
    (0..count).map(|i| wave.at(i as f32 / count as f32)).collect()
}

/// The light along one side: it falls off towards the ends, to one more than the other.
fn lamp(rng: &mut Rng, count: usize) -> Vec<f32> {
    let (fall, tilt) =
        (rng.between(0.004, 0.016) as f32, rng.between(-0.008, 0.008) as f32);
    let light = |i: usize| {
        let u = 2.0 * i as f32 / count as f32 - 1.0;
        1.0 - fall * u * u + tilt * u
    };
    (0..count).map(light).collect()
}

/// What is seen at a place of the page, between its pixels; beyond it the lid, with the
/// shadow of the sheet.
fn look(page: &Picture, u: f32, v: f32, shadow: f32) -> [f32; 3] {
    let (right, bottom) = (page.width as f32 - 1.0, page.height as f32 - 1.0);
    let beyond = (-u).max(u - right).max(-v).max(v - bottom) - 0.5;
    if beyond > 0.0 {
        let dark = 1.0 / (1.0 + beyond / shadow);
        return [LID * (1.0 - 0.45 * dark); 3];
    }
    let (u, v) = (u.clamp(0.0, right), v.clamp(0.0, bottom));
    let (x, y) = (u as usize, v as usize);
    let (fx, fy) = (u - x as f32, v - y as f32);
    let stride = page.width as usize * 3;
    let next = if x + 1 < page.width as usize { 3 } else { 0 };
    let below = if y + 1 < page.height as usize { stride } else { 0 };
    let at = y * stride + x * 3;
    core::array::from_fn(|c| {
        let value = |offset: usize| f32::from(page.pixels[at + offset + c]);
        let top = value(0) + (value(next) - value(0)) * fx;
        let low = value(below) + (value(below + next) - value(below)) * fx;
        top + (low - top) * fy
    })
}

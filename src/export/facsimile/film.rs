//! The film of ink that an item leaves: coverage, drawn into the fibres and laid on the
//! paper as density (Beer–Lambert: light goes through the film to the paper and back, so
//! the shading of the sheet shows through the ink).

use super::blur::blur;
use super::tile::Tile;
use super::touch::Touch;
use crate::geom::{Length, Resolution, Size};
use crate::page::Lie;
use crate::paper::Traces;
use crate::picture::Picture;
use crate::raster::Coverage;
use crate::seed::Seed;

/// A part of an item in one ink: a glyph, a shape.
pub(super) struct Part {
    /// Where it lies.
    pub(super) coverage: Coverage,
    /// How much of its colour it has, 0 to 1.
    pub(super) share: f32,
    /// The density of its ink for red, green and blue.
    pub(super) density: [f32; 3],
}

/// Rows that are worked on at a time.
const BAND: usize = 256;

/// What happened to the sheet, as it lies under its page.
pub(super) struct Ground {
    /// On the sheet.
    traces: Traces,
    /// The sides in millimetres of what is turned over: from left to right, from top to
    /// bottom.
    over: [Option<f32>; 2],
}

impl Ground {
    /// Of a sheet that lies so under a page of this size.
    pub(super) fn new(traces: Traces, lie: Lie, size: Size) -> Self {
        let [width, height] = [size.width, size.height].map(|side| side.to_mm() as f32);
        let across = (lie.mirrored != lie.turned).then_some(width);
        Self { traces, over: [across, lie.turned.then_some(height)] }
    }

    /// The share of ink that is worn off at a place of the page in millimetres.
    fn worn(&self, [x, y]: [f32; 2], fibre: f32) -> f32 {
        let turn = |at: f32, over: Option<f32>| over.map_or(at, |side| side - at);
        self.traces.worn([turn(x, self.over[0]), turn(y, self.over[1])], fibre)
    }
}

/// The fibres of the page, and what happened to it.
pub(super) struct Fibres {
    /// Pixels to the inch.
    resolution: Resolution,
    /// As fine as fibres are thick.
    fine: Tile,
    /// As coarse as a pen's hesitation.
    coarse: Tile,
    /// What happened to it.
    ground: Ground,
}

impl Fibres {
    /// Those of a page.
    pub(super) fn new(seed: Seed, resolution: Resolution, ground: Ground) -> Self {
        let tile = |name: &str, mm: f64| {
            Tile::new(seed.derive(name), Length::mm(mm), resolution)
        };
        Self {
            resolution,
            fine: tile("fine", 0.06),
            coarse: tile("coarse", 0.45),
            ground,
        }
    }

    /// Lays the parts of an item on the page as one film: where they overlap, the denser
    /// counts.
    pub(super) fn lay(&self, page: &mut Picture, parts: &[Part], touch: &Touch) {
        let margin = (Length::mm(0.9).to_px(self.resolution) as usize).max(2);
        let spans = || parts.iter().map(|part| part.coverage.span());
        let side = |axis: usize, most: u32| {
            let low = spans().map(|span| span[axis][0]).min().unwrap_or(0);
            let high = spans().map(|span| span[axis][1]).max().unwrap_or(0);
            [low.saturating_sub(margin), (high + margin).min(most as usize)]
        };
        let ([left, right], [top, bottom]) = (side(0, page.width), side(1, page.height));
        for start in (top..bottom).step_by(BAND) {
            let end = (start + BAND).min(bottom);
            let rows = [start.saturating_sub(margin), (end + margin).min(bottom)];
            let mut film = Film::of(parts, [left, right], rows);
            film.soak(self, touch);
            film.print(page, self, touch, [start, end]);
        }
    }

    /// The middle of a pixel in millimetres.
    fn place(&self, x: usize, y: usize) -> [f32; 2] {
        let pixel = 25.4 / self.resolution.0 as f32;
        [(x as f32 + 0.5) * pixel, (y as f32 + 0.5) * pixel]
    }
}

/// The ink in a window of the page.
struct Film {
    /// The first column and row.
    origin: [usize; 2],
    /// Columns.
    width: usize,
    /// Coverage, 0 to 1.
    cover: Vec<f32>,
    /// Coverage times density for red, green and blue.
    density: [Vec<f32>; 3],
    /// Coverage as seen from afar: small in thin strokes and at edges.
    broad: Vec<f32>,
}

impl Film {
    /// The parts as they lie in a window.
    fn of(parts: &[Part], [left, right]: [usize; 2], [top, bottom]: [usize; 2]) -> Self {
        let (width, rows) = (right.saturating_sub(left), bottom.saturating_sub(top));
        let plane = || vec![0.0_f32; width * rows];
        let mut cover = plane();
        let mut density = [plane(), plane(), plane()];
        for part in parts {
            let first = part.coverage.left() - left;
            let inside = part.coverage.rows().filter(|(y, _)| (top..bottom).contains(y));
            for (y, row) in inside {
                let start = (y - top) * width + first;
                for (at, share) in (start..).zip(row) {
                    let share = share * part.share;
                    cover[at] = cover[at].max(share);
                    for (plane, value) in density.iter_mut().zip(part.density) {
                        plane[at] = plane[at].max(share * value);
                    }
                }
            }
        }
        Self { origin: [left, top], width, cover, density, broad: Vec::new() }
    }

    /// Lets the ink creep into the fibres.
    fn soak(&mut self, fibres: &Fibres, touch: &Touch) {
        let pixels = |mm: f64| Length::mm(mm).to_px(fibres.resolution) as f32;
        self.broad.clone_from(&self.cover);
        blur(&mut self.broad, self.width, pixels(0.2));
        let soft = pixels(touch.soft);
        blur(&mut self.cover, self.width, soft);
        for plane in &mut self.density {
            blur(plane, self.width, soft);
        }
    }

    /// Lays the film on these rows of the page.
    fn print(
        &self,
        page: &mut Picture,
        fibres: &Fibres,
        touch: &Touch,
        rows: [usize; 2],
    ) {
        let [left, top] = self.origin;
        let stride = page.width as usize * 3;
        for y in rows[0]..rows[1] {
            let line = &mut page.pixels[y * stride..(y + 1) * stride];
            let start = (y - top) * self.width;
            for (x, at) in (left..).zip(start..start + self.width) {
                let cover = self.cover[at];
                if cover < 0.004 {
                    continue;
                }
                let amount = self.amount(at, [x, y], fibres, touch);
                let unit = self.density.each_ref().map(|plane| plane[at] / cover);
                let pixel = &mut line[x * 3..x * 3 + 3];
                for (channel, (value, unit)) in pixel.iter_mut().zip(unit).enumerate() {
                    // A thin film of browning ink keeps out blue longer than red.
                    let lean = [-0.5, 0.0, 0.5][channel] * touch.brown;
                    let amount = amount * (1.0 + lean * (1.0 - amount.min(1.0)));
                    *value = through(*value, unit * amount);
                }
            }
        }
    }

    /// How much ink there is at a cell: 1 is as much as the colour of the ink says.
    fn amount(
        &self,
        at: usize,
        [x, y]: [usize; 2],
        fibres: &Fibres,
        touch: &Touch,
    ) -> f32 {
        let (cover, broad) = (self.cover[at], self.broad[at]);
        let (fine, coarse) = (fibres.fine.at(x, y), fibres.coarse.at(x, y));
        // Fibres carry ink out where it ends, and leave gaps.
        let edge = 4.0 * cover * (1.0 - cover).max(0.0);
        let cover = cover + touch.feather * 0.35 * edge * fine;
        let place = fibres.place(x, y);
        let weave = if touch.weave > 0.0 { touch.weave * threads(place) } else { 0.0 };
        let thin = touch.thin * (0.75 - broad).clamp(-0.25, 0.6);
        let rim = touch.rim * (1.0 - 2.0 * (broad - 0.5).abs()) * (1.0 - edge);
        let texture = touch.grain * fine + touch.cloud * coarse + weave;
        let left = 1.0 - fibres.ground.worn(place, fine);
        (cover * (1.0 + texture - thin + rim) * left).max(0.0)
    }
}

/// The threads of a ribbon at a place in millimetres: −1 to 1. A ribbon has some 5 threads
/// to the millimetre each way.
fn threads([x, y]: [f32; 2]) -> f32 {
    let wave = |v: f32| {
        let phase = v - v.floor();
        1.0 - 8.0 * (phase - 0.5) * (phase - 0.5)
    };
    wave((x + 0.1 * y) * 4.7) * wave((y - 0.1 * x) * 4.7)
}

/// A value of sRGB seen through a film of this density, there and back.
fn through(value: u8, density: f32) -> u8 {
    let light = super::light::linear(value) * libm::expf(-density);
    super::light::encoded(light)
}

//! Grain: the unevenness of pulp and surface from 0.1 to 5 mm.
//!
//! Free values on the cells of each level, smoothed by refinement, give a field whose
//! spectrum is set octave by octave. L*, a* and b* have fields of their own: on scans
//! they hardly correlate in the fine octaves.

use serde::Deserialize;

use super::Leaf;
use super::grid::{Grid, Row};
use super::mesh::{Frame, UNIT};
use super::noise::{Chart, Field};
use super::pixels::Pair;
use super::range::Checks;
use super::stock::{apart, tinted};
use super::white::{Noise, STRETCH};
use crate::geom::{Lab, Resolution};
use crate::lanes::widest;
use crate::seed::{Rng, Seed};

/// How many octaves are set.
const OCTAVES: usize = 6;

/// `[grain]`: standard deviations in CIELAB of a sheet of age 100, octave by octave
/// (differences of Gaussians of 0, 0.10, 0.20, 0.41, 0.81, 1.6 and 3.3 mm), as measured
/// on scans at 150 pixels to the inch. These are of the middling ream.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Grain {
    /// Of lightness, each 0 to 3.
    l: [f32; OCTAVES],
    /// Of a*, each 0 to 3.
    a: [f32; OCTAVES],
    /// Of b*, each 0 to 3.
    b: [f32; OCTAVES],
    /// The share of it in a new sheet, 0 to 1.
    new: f32,
    /// How much reams differ, 0 to 2: 1 as the documents of an archive do.
    varies: f32,
    /// How lightness and yellow go together in the coarse octaves, −1 to 1, and how much
    /// that differs from ream to ream, 0 to 1.
    yellow: [f32; 2],
    /// How the surface runs, −0.9 to 0.9, and how much that differs from ream to ream, 0
    /// to 1: above 0 fibres lie along a machine's run, below 0 the surface is embossed by
    /// the felt and lit from the left.
    run: [f32; 2],
}

impl Default for Grain {
    fn default() -> Self {
        Self {
            l: [0.31, 0.33, 0.27, 0.22, 0.20, 0.17],
            a: [0.14, 0.14, 0.16, 0.15, 0.11, 0.09],
            b: [0.17, 0.17, 0.22, 0.22, 0.18, 0.15],
            new: 0.5,
            varies: 1.0,
            yellow: [0.1, 0.25],
            run: [0.0, 0.25],
        }
    }
}

/// How the reams of a stock differ: the four principal components of the logarithms of the
/// octaves of L*, a*, b* over 50 dated documents of four archives, each from the mean of
/// its archive, times their deviations. They are: all of it, colour more than lightness;
/// lightness against colour; fine lightness against coarse colour; fine against coarse.
const MODES: [[[f32; OCTAVES]; 3]; 4] = [
    [
        [0.19, 0.19, 0.16, 0.17, 0.18, 0.17],
        [0.46, 0.46, 0.42, 0.31, 0.24, 0.23],
        [0.51, 0.52, 0.49, 0.38, 0.34, 0.36],
    ],
    [
        [0.29, 0.22, 0.18, 0.20, 0.25, 0.29],
        [-0.13, -0.13, -0.08, 0.01, 0.07, 0.09],
        [-0.14, -0.14, -0.10, 0.0, 0.06, 0.08],
    ],
    [
        [0.09, 0.02, -0.09, -0.14, -0.15, -0.09],
        [-0.06, -0.04, 0.03, 0.13, 0.18, 0.19],
        [-0.09, -0.09, -0.03, 0.05, 0.08, 0.08],
    ],
    [
        [0.18, 0.12, 0.03, -0.02, -0.06, -0.07],
        [0.06, 0.05, 0.04, 0.03, 0.0, -0.03],
        [0.03, 0.01, -0.01, -0.05, -0.12, -0.19],
    ],
];

/// What the octaves of L*, a*, b* of the liveliest papers come to: a ream that is livelier than
/// its stock comes near to that and not beyond. Two in a hundred of the measured crops exceed
/// the fine ones, and one in ten the coarse ones: where there are no words and no seams around
/// them, the eye takes blotches of more than that for felt, or for metal.
const MOST: [[f32; OCTAVES]; 3] = [
    [0.9, 0.8, 0.55, 0.33, 0.26, 0.23],
    [0.40, 0.44, 0.36, 0.19, 0.145, 0.13],
    [0.70, 0.76, 0.56, 0.30, 0.22, 0.19],
];

/// How much red goes with lightness, from ream to ream, and how far it does so where yellow
/// does: in the crops the one correlation goes with the other by 0.26 to 0.39 from 0.2 mm on.
const RED: f32 = 0.65;

/// The least room for that, in logarithms.
const ROOM: f32 = 0.2;

/// How much quieter than its stock a ream comes near to, in logarithms: of less grain there are
/// crops, but the eye takes them for board or plastic.
const QUIETEST: f32 = 1.5;

impl Grain {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        for (name, octaves) in [("l", self.l), ("a", self.a), ("b", self.b)] {
            for (place, value) in octaves.into_iter().enumerate() {
                checks.number(&format!("grain.{name}[{place}]"), value, [0.0, 3.0]);
            }
        }
        checks.number("grain.new", self.new, [0.0, 1.0]);
        checks.number("grain.varies", self.varies, [0.0, 2.0]);
        checks.number("grain.yellow[0]", self.yellow[0], [-1.0, 1.0]);
        checks.number("grain.yellow[1]", self.yellow[1], [0.0, 1.0]);
        checks.number("grain.run[0]", self.run[0], [-0.9, 0.9]);
        checks.number("grain.run[1]", self.run[1], [0.0, 1.0]);
    }

    /// The grain of a leaf of a colour, whose finest cells are those of a level.
    pub(super) fn of(&self, leaf: &Leaf, colour: Lab, finest: i32, frame: Frame) -> Pulp {
        let mut rng = leaf.ream.derive("grain").rng();
        let mut draw = || apart(&mut rng);
        let parts = MODES.map(|_| self.varies * draw());
        let lean = draw();
        let yellow = self.yellow[0] + self.yellow[1] * lean;
        let run = self.run[0] + self.run[1] * draw();
        let red = RED * (0.5 * lean + 0.87 * draw());
        let size = leaf.age.grown(self.new);
        let octaves: [_; 3] = core::array::from_fn(|plane| {
            let middling = [&self.l, &self.a, &self.b][plane];
            core::array::from_fn(|octave| {
                let share = |(mode, part): (&[[f32; OCTAVES]; 3], &f32)| {
                    mode[plane][octave] * part
                };
                let departs: f32 = MODES.iter().zip(&parts).map(share).sum();
                let middling = middling[octave];
                let most = libm::logf(MOST[plane][octave] / middling).max(ROOM);
                let bound = if departs > 0.0 { most } else { QUIETEST };
                middling * libm::expf(bound * libm::tanhf(departs / bound))
            })
        });
        let [l, a, b] = octaves;
        let [tint, _] = tinted(colour);
        let [l, a, b] = [(l, true), (a, false), (b, false)].map(|(octaves, fine)| {
            let octaves = if fine { sharpened(octaves) } else { halved(octaves) };
            let size = if fine { size } else { tint * size };
            amplitudes(octaves, size, &responses(fine, finest))
        });
        Pulp {
            levels: core::array::from_fn(|level| [l[level], a[level], b[level]]),
            lying: Noise::dark().lying(run.clamp(-0.7, 0.8)),
            yellow: yellow.clamp(-0.9, 0.9),
            red,
            front: leaf.seed.derive("grain"),
            places: Places::new(leaf.seed.derive("life"), frame),
        }
    }
}

/// The grain of a leaf, ready to be added level by level.
pub(super) struct Pulp {
    /// Standard deviation of the free values of L*, a*, b*: of the pixels, and of levels 0
    /// to 5.
    levels: [[f32; 3]; OCTAVES + 1],
    /// The values of lightness where the surface runs: of fibres or of felt.
    lying: Noise,
    /// How lightness and yellow go together on the coarsest level.
    yellow: f32,
    /// How red goes with lightness on the coarsest level.
    red: f32,
    /// Where the values of the leaf come from.
    front: Seed,
    /// How it differs from place to place.
    places: Places,
}

/// How the grain of a leaf differs from place to place: pulp flocks, was pressed and sized
/// unevenly, and browned unevenly.
struct Places {
    /// How many times as strong the grain of lightness is: of pixels and of levels 0 to 5.
    light: [Chart; OCTAVES + 1],
    /// The same of colour.
    colour: [Chart; OCTAVES + 1],
    /// How much more red and yellow go with lightness.
    hue: Chart,
}

/// How much the grain of lightness of pixels and of levels 0 to 5 is stronger where the leaf
/// is livelier, and where it is coarser, in logarithms. Between crops of one page the slope of
/// the spectrum deviates by 0.23 (this gives 0.20), the logarithms of its octaves by 0.07 in
/// the finest and by 0.24 in the coarsest (0.18 and 0.17): there the eye would see flocks.
const LIGHT: [[f32; OCTAVES + 1]; 2] =
    [[0.35, 0.35, 0.4, 0.5, 0.6, 0.65, 0.65], [-0.55, -0.55, -0.4, 0.0, 0.5, 0.6, 0.6]];

/// The same of colour, whose blotches the eye sees sooner. Between crops of one page the
/// logarithms deviate by 0.1 to 0.2 (0.11 to 0.17).
const COLOUR: [[f32; OCTAVES + 1]; 2] =
    [[0.4, 0.4, 0.4, 0.4, 0.4, 0.45, 0.45], [-0.5, -0.5, -0.35, 0.0, 0.15, 0.25, 0.25]];

/// How far the correlation of red and yellow with lightness differs on a page, at most: between
/// crops of one page its deviation is 0.1 at 0.8 mm, which this gives.
const HUE: f32 = 0.7;

impl Places {
    /// Those of a leaf.
    fn new(seed: Seed, frame: Frame) -> Self {
        let field = |name: &str, height: f32| {
            let field = Field(seed.derive(name));
            Chart::by_rows([0.0; 2], frame.mm(), 8.0, |places, out| {
                for turns in [[0.6 * height, 70.0], [0.4 * height, 27.0]] {
                    field.add_row(turns, [0.0; 2], places, out);
                }
            })
        };
        let (lively, coarse) = (field("lively", 1.0), field("coarse", 1.0));
        let gains = |[life, trade]: [[f32; OCTAVES + 1]; 2]| {
            core::array::from_fn(|place| {
                lively.with(&coarse, |lively, coarse| {
                    libm::expf(life[place] * lively + trade[place] * coarse)
                })
            })
        };
        Self { light: gains(LIGHT), colour: gains(COLOUR), hue: field("hue", HUE) }
    }
}

/// For how many rows what was read of the places holds.
const HOLD: i32 = 16;

/// What is read of a chart along rows that lie one above the other.
struct Reading {
    /// The middles of the columns in millimetres.
    xs: Vec<f32>,
    /// What was read.
    values: Vec<f32>,
}

impl Reading {
    /// That of cells or pixels, the first of which lies `start` millimetres from the left.
    fn new(start: f32, cell: f32, count: usize) -> Self {
        let xs = (0..count).map(|column| start + (column as f32 + 0.5) * cell);
        Self { xs: xs.collect(), values: Vec::new() }
    }

    /// The values of a row that lies so far from the top.
    fn row(&mut self, chart: &Chart, number: i32, y: f32) -> &[f32] {
        if self.values.is_empty() || number % HOLD == 0 {
            chart.row((&self.xs, y), &mut self.values);
        }
        &self.values
    }
}

/// What was read of the places for a row.
#[derive(Clone, Copy)]
struct Local<'a> {
    /// How many times as strong lightness is.
    light: &'a [f32],
    /// How many times as strong colour is.
    colour: &'a [f32],
    /// How much more red and yellow go with lightness.
    hue: &'a [f32],
}

impl<'a> Local<'a> {
    /// Those of each stretch.
    #[inline(always)]
    fn stretches(self) -> impl Iterator<Item = Self> {
        let [light, colour, hue] =
            [self.light, self.colour, self.hue].map(|values| values.chunks(STRETCH));
        let local =
            |((light, colour), hue): ((&'a _, &'a _), &'a _)| Self { light, colour, hue };
        light.zip(colour).zip(hue).map(local)
    }
}

/// The finest grain of a side, which is that of the pixels, ready to be added row by row.
pub(super) struct Sand<'a> {
    /// The grain of the leaf.
    pulp: &'a Pulp,
    /// Where the values come from.
    seed: Seed,
    /// How they hang together; none where there is no such grain.
    weave: Option<Weave>,
    /// The width of a pixel in millimetres.
    pixel: f32,
    /// What is read of the places for each row: of lightness, and twice of colour.
    readings: Option<[Reading; 3]>,
}

/// How the free values of a level hang together.
#[derive(Clone, Copy)]
struct Weave {
    /// Their deviations in L*, a*, b*.
    sizes: [f32; 3],
    /// How red goes with lightness.
    red: f32,
    /// The correlation of yellow with lightness.
    yellow: f32,
    /// Whether lightness runs.
    runs: bool,
}

impl Weave {
    /// What of a deviation of yellow does not go with lightness.
    fn alone(self, size: f32) -> f32 {
        size * (1.0 - self.yellow * self.yellow).sqrt()
    }
}

impl Pulp {
    /// The next finer grid, with the grain of its level: the leaf's, or that of one side.
    pub(super) fn refine(&self, grid: &Grid, side: Option<&str>) -> Grid {
        let level = grid.level() - 1;
        let Some(weave) =
            usize::try_from(level).ok().and_then(|level| self.weave(level + 1))
        else {
            return grid.refine(|_, _| {});
        };
        let seed = side.map_or(self.front, |name| self.front.derive(name));
        let seed = seed.nth(level.cast_unsigned().into());
        let (mesh, _) = grid.light.halved(grid.frame);
        let cell = mesh.cell();
        let start = mesh.left as f32 * UNIT;
        let place = level as usize + 1;
        let [mut light, mut colour, mut hue] =
            core::array::from_fn(|_| Reading::new(start, cell, mesh.columns));
        grid.refine(|row, cells| {
            let mut rng = seed.nth(row.cast_unsigned().into()).rng();
            let y = (row as f32 + 0.5) * cell;
            let local = Local {
                light: light.row(&self.places.light[place], row, y),
                colour: colour.row(&self.places.colour[place], row, y),
                hue: hue.row(&self.places.hue, row, y),
            };
            self.add(&mut rng, weave, local, cells);
        })
    }

    /// The finest grain of a side at a resolution.
    pub(super) fn sand(&self, side: &str, resolution: Resolution) -> Sand<'_> {
        let finest = |weave: Weave| {
            let sizes = weave.sizes.map(|size| size * per_pixel(resolution));
            Weave { sizes, ..weave }
        };
        Sand {
            pulp: self,
            seed: self.front.derive(side).derive("pixels"),
            weave: self.weave(0).map(finest),
            pixel: (25.4 / resolution.0) as f32,
            readings: None,
        }
    }

    /// How the free values hang together: those of the pixels first, then of level 0 to 5.
    fn weave(&self, place: usize) -> Option<Weave> {
        let sizes = *self.levels.get(place)?;
        let coarse = place as f32 / OCTAVES as f32;
        // Felt and fibres are finer than 1 mm.
        let runs = (1..=3).contains(&place);
        // Fine grain is redder where it is darker, clouds differ.
        // The coarser it is, the more of it the eye sees: it takes clouds that are brown for
        // paper, and bluish ones for blotches.
        let part = |all: f32| all * (0.75 - 0.3 * coarse.copysign(all));
        let red = part(self.red) - 0.15 * (1.0 - coarse);
        let yellow = part(self.yellow);
        Some(Weave { sizes, red, yellow, runs })
    }

    /// Adds free values to a row.
    fn add(&self, rng: &mut Rng, weave: Weave, local: Local<'_>, row: Row<'_>) {
        if weave.sizes.iter().sum::<f32>() == 0.0 {
            return;
        }
        let light = if weave.runs { &self.lying } else { Noise::dark() };
        widest(
            #[inline(always)]
            || add(rng, weave, (light, local), row),
        );
    }
}

impl Sand<'_> {
    /// Adds it to two rows of pixels, given their number.
    pub(super) fn strew(&mut self, number: usize, pair: Pair<'_>) {
        let Some(weave) = self.weave else { return };
        let (pixel, count) = (self.pixel, pair.colour[0].len());
        let [light, colour, hue] = self.readings.get_or_insert_with(|| {
            [(pixel, 2 * count), (2.0 * pixel, count), (2.0 * pixel, count)]
                .map(|(cell, count)| Reading::new(0.0, cell, count))
        });
        let (row, y) = (number as i32, (2 * number + 1) as f32 * pixel);
        let places = &self.pulp.places;
        let local = Local {
            light: light.row(&places.light[0], row, y),
            colour: colour.row(&places.colour[0], row, y),
            hue: hue.row(&places.hue, row, y),
        };
        let mut rng = self.seed.nth(number as u64).rng();
        widest(
            #[inline(always)]
            || strew(&mut rng, weave, local, pair),
        );
    }
}

/// Adds free values to a row, those of lightness from `light`.
#[inline(always)]
fn add(
    rng: &mut Rng,
    weave: Weave,
    (light, local): (&Noise, Local<'_>),
    [ls, as_, bs]: Row<'_>,
) {
    let (dark, even) = (Noise::dark(), Noise::even());
    let [l, a, b] = weave.sizes;
    let alone = weave.alone(b);
    let stretches = ls.chunks_mut(STRETCH).zip(as_.chunks_mut(STRETCH));
    let stretches = stretches.zip(bs.chunks_mut(STRETCH)).zip(local.stretches());
    for (((ls, as_), bs), local) in stretches {
        let bits = rng.bits();
        let (lights, darks) = (light.stretch(bits), dark.stretch(bits));
        let (reds, yellows) = (even.stretch(bits >> 20), even.stretch(bits >> 40));
        for ((to, light), gain) in ls.iter_mut().zip(lights).zip(local.light) {
            *to += gain * (l * light);
        }
        let own = as_.iter_mut().zip(reds).zip(darks).zip(local.colour).zip(local.hue);
        for ((((to, own), dark), gain), hue) in own {
            *to += gain * (a * (own + (weave.red + hue) * dark));
        }
        let own = bs.iter_mut().zip(yellows).zip(darks).zip(local.colour).zip(local.hue);
        for ((((to, own), dark), gain), hue) in own {
            *to += gain * (alone * own + b * (weave.yellow + hue) * dark);
        }
    }
}

/// Adds free values to two rows of pixels. Colour goes with the sum of the lightness of two
/// by two of them, halved, which has the deviation of one.
#[inline(always)]
fn strew(
    rng: &mut Rng,
    weave: Weave,
    local: Local<'_>,
    Pair { light, colour: [as_, bs] }: Pair<'_>,
) {
    let (dark, even) = (Noise::dark(), Noise::even());
    let [l, a, b] = weave.sizes;
    let alone = weave.alone(b);
    let [upper, lower] = light.map(|row| row.chunks_mut(STRETCH));
    let colours = as_.chunks_mut(STRETCH / 2).zip(bs.chunks_mut(STRETCH / 2));
    let lights = local.light.chunks(STRETCH);
    let hues = local.colour.chunks(STRETCH / 2).zip(local.hue.chunks(STRETCH / 2));
    let stretches = upper.zip(lower).zip(colours).zip(lights.zip(hues));
    for (((upper, lower), (as_, bs)), (lights, (gains, hues))) in stretches {
        let [bits, more] = [rng.bits(), rng.bits()];
        let [above, below] = [dark.stretch(bits), dark.stretch(bits >> 32)];
        for (row, darks) in [(upper, above), (lower, below)] {
            for ((to, dark), gain) in row.iter_mut().zip(darks).zip(lights) {
                *to += gain * (l * dark);
            }
        }
        let fours = above.as_chunks::<2>().0.iter().zip(below.as_chunks::<2>().0);
        let darks = fours.map(|([a, b], [c, d])| 0.5 * ((a + b) + (c + d)));
        let own = even.stretch(more).iter().zip(even.stretch(more >> 32));
        let cells = as_.iter_mut().zip(bs).zip(gains.iter().zip(hues));
        for ((((to_a, to_b), (gain, hue)), dark), (red, yellow)) in
            cells.zip(darks).zip(own)
        {
            *to_a += gain * (a * (red + (weave.red + hue) * dark));
            *to_b += gain * (alone * yellow + b * (weave.yellow + hue) * dark);
        }
    }
}

/// The variance that free values of variance 1 leave in each octave (column): those of the
/// pixels at 150 to the inch, then those of levels 0 to 5 (rows), by numerical experiment.
/// Where pixels take the place of level 0, that has none.
const RESPONSE: [[f32; OCTAVES]; OCTAVES + 1] = [
    [0.3639, 0.1220, 0.0248, 0.0062, 0.0016, 0.0004],
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    [0.0174, 0.0425, 0.0467, 0.0202, 0.0059, 0.0016],
    [0.0010, 0.0061, 0.0294, 0.0402, 0.0191, 0.0057],
    [0.0001, 0.0005, 0.0054, 0.0275, 0.0392, 0.0191],
    [0.0, 0.0, 0.0005, 0.0053, 0.0271, 0.0388],
    [0.0, 0.0, 0.0, 0.0005, 0.0049, 0.0262],
];

/// The same where the cells are finer than level 0.
const RESPONSE_FINE: [[f32; OCTAVES]; OCTAVES + 1] = [
    [0.3639, 0.1220, 0.0248, 0.0062, 0.0016, 0.0004],
    [0.0789, 0.0496, 0.0191, 0.0058, 0.0015, 0.0004],
    [0.0098, 0.0283, 0.0384, 0.0189, 0.0058, 0.0015],
    [0.0008, 0.0053, 0.0266, 0.0383, 0.0190, 0.0059],
    [0.0001, 0.0005, 0.0052, 0.0267, 0.0385, 0.0190],
    [0.0, 0.0, 0.0005, 0.0052, 0.0264, 0.0379],
    [0.0, 0.0, 0.0, 0.0005, 0.0052, 0.0268],
];

/// The variance that free values of colour leave that stand for two by two pixels at 150 to
/// the inch: that of level 1.
const RESPONSE_COLOUR: [f32; OCTAVES] = RESPONSE[2];

/// The variance that free values leave in lightness (`fine`) or in colour, where the finest
/// cells are those of a level.
fn responses(fine: bool, finest: i32) -> [[f32; OCTAVES]; OCTAVES + 1] {
    let mut responses = if finest < 0 { RESPONSE_FINE } else { RESPONSE };
    if !fine {
        responses[0] = RESPONSE_COLOUR;
    }
    responses
}

/// What JPEG takes away of the finest octave at the quality of the product.
const JPEG_LOSS: f32 = 1.3;

/// Octaves of lightness as they must be for what is left by JPEG.
fn sharpened(mut octaves: [f32; OCTAVES]) -> [f32; OCTAVES] {
    octaves[0] *= JPEG_LOSS;
    octaves
}

/// Octaves of colour as half the resolution can have them: its finest cells leave in the
/// finest octave what they must when they are as strong as the next one wants.
fn halved(mut octaves: [f32; OCTAVES]) -> [f32; OCTAVES] {
    let [finest, next, ..] = RESPONSE_COLOUR;
    octaves[0] = octaves[0].min(octaves[1] * (finest / next).sqrt());
    octaves
}

/// How much stronger the free values of pixels are than those of pixels of 1/150 inch, so
/// that the mean over an area stays what it is: in proportion to the pixels on a line, and
/// a little more where pixels do not come out even with those of 1/150 inch.
fn per_pixel(Resolution(ppi): Resolution) -> f32 {
    let share = ppi as f32 / 150.0;
    let whole = (share - libm::roundf(share)).abs() < 0.05;
    if share <= 1.0 || whole { share } else { 1.25 * share }
}

/// Deviations of the free values of each level that give these deviations in the octaves,
/// `size` times. Solved for variances, which must stay positive, by the rule of
/// Richardson (1972) and Lucy (1974).
fn amplitudes(
    octaves: [f32; OCTAVES],
    size: f32,
    responses: &[[f32; OCTAVES]; OCTAVES + 1],
) -> [f32; OCTAVES + 1] {
    let wanted = octaves.map(|deviation| deviation * deviation);
    let mut variances = [0.5_f32; OCTAVES + 1];
    for _ in 0..60 {
        let mut given = [1e-9_f32; OCTAVES];
        for (variance, response) in variances.iter().zip(responses) {
            for (octave, share) in given.iter_mut().zip(response) {
                *octave += variance * share;
            }
        }
        for (variance, response) in variances.iter_mut().zip(responses) {
            let ratios = wanted.iter().zip(&given).map(|(w, g)| w / g);
            let wish: f32 =
                ratios.zip(response).map(|(ratio, share)| ratio * share).sum();
            *variance *= wish / response.iter().sum::<f32>().max(1e-9);
        }
    }
    variances.map(|variance| variance.sqrt() * size)
}

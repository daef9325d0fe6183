//! From cells to pixels: another resolution, and the colours of JPEG.

use super::band::Bands;
use super::mesh::Frame;
use super::mesh::Mesh;
use crate::lanes::widest;
use crate::picture::Ycc;

/// Two rows of pixels in CIELAB: lightness of both, and a* and b* of two by two pixels.
pub(super) struct Pair<'a> {
    /// Lightness of the upper and of the lower row, as many as twice `colour` has.
    pub(super) light: [&'a mut [f32]; 2],
    /// Colour.
    pub(super) colour: [&'a mut [f32]; 2],
}

/// The picture of a finished sheet, this many pixels wide and high. `finish` gets each pair
/// of rows with its number.
pub(super) fn picture(
    bands: Bands<'_>,
    [width, height]: [u32; 2],
    finish: impl FnMut(usize, Pair<'_>),
) -> Ycc {
    let (columns, rows) = (width as usize, height as usize);
    let half = [columns, rows].map(|count| count.div_ceil(2));
    let mut light = vec![0; columns * rows];
    let mut colour = [0, 1].map(|_| vec![0; half[0] * half[1]]);
    let mut tints = Tints::new(half[0]);
    let mut lights = light.chunks_mut(columns);
    let mut colours = colour.each_mut().map(|plane| plane.chunks_mut(half[0]));
    pairs(bands, [width, height], finish, |_, pair| {
        tints.make(&pair, colours.each_mut().map(|rows| rows.next().unwrap_or_default()));
        for (row, out) in pair.light.into_iter().zip(lights.by_ref()) {
            tints.brighten(row, out);
        }
    });
    Ycc { width, height, light, colour: Some(colour) }
}

/// Hands out the rows of a finished sheet as pixels, two by two: first to `finish`, then to
/// `take`.
pub(super) fn pairs(
    mut bands: Bands<'_>,
    pixels: [u32; 2],
    mut finish: impl FnMut(usize, Pair<'_>),
    mut take: impl FnMut(usize, Pair<'_>),
) {
    let count = pixels.map(|side| side.div_ceil(2) as usize);
    let frame = bands.grid().frame;
    let fine = axes(frame, bands.light(), pixels.map(f64::from), count.map(|n| 2 * n));
    let half = pixels.map(|side| f64::from(side) / 2.0);
    let coarse = axes(frame, bands.grid().colour, half, count);
    let rows = |number: usize| &fine[1].taps[2 * number..2 * number + 2];
    // The last row of cells that must be done for a pair of rows of pixels.
    let last = |bands: &Bands<'_>, number: usize| {
        let colour = bands.under(coarse[1].taps[number].end());
        rows(number).iter().map(Taps::end).fold(colour, usize::max)
    };
    let back = |number: usize| last(&bands, number).saturating_sub(rows(number)[0].start);
    let back = (0..count[1]).map(back).max().unwrap_or(0);
    bands.keep(back + 1);
    let mut lights = Strip::<2>::new();
    let mut colours = [const { Strip::<1>::new() }; 2];
    for number in 0..count[1] {
        bands.reach(last(&bands, number));
        lights.resample(|row| bands.row(row), rows(number), &fine[0]);
        let grid = bands.grid();
        let columns = grid.colour.columns;
        for (strip, plane) in colours.iter_mut().zip(&grid.planes[1..]) {
            let line = |row: usize| &plane[row * columns..(row + 1) * columns];
            strip.resample(line, &coarse[1].taps[number..=number], &coarse[0]);
        }
        finish(number, pair(&mut lights, &mut colours));
        take(number, pair(&mut lights, &mut colours));
    }
}

/// The rows that strips have made.
fn pair<'a>(light: &'a mut Strip<2>, colours: &'a mut [Strip<1>; 2]) -> Pair<'a> {
    let light = light.pixels.each_mut().map(|row| &mut row[..]);
    Pair { light, colour: colours.each_mut().map(|strip| &mut strip.pixels[0][..]) }
}

/// The axes from left to right and from top to bottom of so many pixels, of which `share`
/// fill the sheet.
fn axes(frame: Frame, mesh: Mesh, share: [f64; 2], count: [usize; 2]) -> [Axis; 2] {
    let (margin, size) = (mesh.margin(), mesh.size(frame));
    let cells = [mesh.columns, mesh.rows];
    [0, 1].map(|axis| {
        let pitch = size[axis] / share[axis] as f32;
        Axis::new(margin[axis], pitch, count[axis], cells[axis])
    })
}

/// Which cells a pixel is made of along one axis.
struct Taps {
    /// The first.
    start: usize,
    /// The weight of each; together 1.
    weights: Vec<f32>,
}

impl Taps {
    /// The last.
    fn end(&self) -> usize {
        self.start + self.weights.len() - 1
    }

    /// The pixel of a row of cells.
    fn of(&self, line: &[f32]) -> f32 {
        let near = &line[self.start..self.start + self.weights.len()];
        near.iter().zip(&self.weights).map(|(value, weight)| value * weight).sum()
    }
}

/// The pixels along one axis.
struct Axis {
    /// The cells of each pixel.
    taps: Vec<Taps>,
    /// The same, where no pixel has many.
    near: Near,
}

/// How pixels are made that have few cells.
enum Near {
    /// Each is a cell; the first is this one.
    Cells(usize),
    /// They lie on the cells in the same way again after every [`TURN`] of them.
    Turns(Turns),
    /// Each has two at most, as where there are more pixels than cells.
    Two(Vec<Few<2>>),
    /// Each has four at most.
    Four(Vec<Few<4>>),
    /// Some have more.
    Many,
}

/// The first cell of a pixel, and the weights of so many: the loop over them is unrolled.
struct Few<const N: usize> {
    /// The first.
    start: usize,
    /// The weights, with zeros for cells that do not count.
    weights: [f32; N],
}

impl<const N: usize> Few<N> {
    /// The cells of all pixels on an axis of so many; none if they are more.
    fn all(taps: &[Taps], cells: usize) -> Option<Vec<Self>> {
        let one = |tap: &Taps| {
            let start = tap.start.min(cells.checked_sub(N)?);
            let mut weights = [0.0; N];
            for (number, weight) in tap.weights.iter().enumerate() {
                *weights.get_mut(tap.start - start + number)? = *weight;
            }
            Some(Self { start, weights })
        };
        taps.iter().map(one).collect()
    }

    /// Makes pixels of a row of cells.
    fn resample(few: &[Self], line: &[f32], out: &mut Vec<f32>) {
        out.extend(few.iter().map(|few| {
            let near: &[f32] = &line[few.start..few.start + N];
            (0..N).map(|i| near[i] * few.weights[i]).sum::<f32>()
        }));
    }
}

/// After how many pixels they may lie on cells as before: as 200 pixels on 150 cells do.
const TURN: usize = 8;

/// Pixels that lie on cells in the same way turn after turn.
struct Turns {
    /// The first cell of the first turn.
    start: usize,
    /// Cells in a turn.
    step: usize,
    /// What each cell near a turn gives to each of its pixels. So many cells at a time are
    /// a loop that is unrolled.
    weights: Vec<[[f32; TURN]; TURN]>,
}

impl Turns {
    /// Those of an axis, if its pixels lie so.
    fn of(taps: &[Taps], pitch: f32) -> Option<Self> {
        let turn = pitch * TURN as f32;
        let step = libm::roundf(turn);
        let first = taps.get(..TURN)?;
        let start = first[0].start;
        if turn != step || first.iter().any(|tap| tap.start < start) {
            return None;
        }
        let reach =
            first.iter().map(|tap| tap.start - start + tap.weights.len()).max()?;
        let mut weights = vec![[[0.0; TURN]; TURN]; reach.div_ceil(TURN)];
        for (pixel, tap) in first.iter().enumerate() {
            for (cell, weight) in (tap.start - start..).zip(&tap.weights) {
                weights[cell / TURN][cell % TURN][pixel] = *weight;
            }
        }
        Some(Self { start, step: step as usize, weights })
    }

    /// How many cells are looked at for a turn.
    fn reach(&self) -> usize {
        TURN * self.weights.len()
    }

    /// Makes the pixels of a row of cells, but for those at its end that no whole turn
    /// reaches.
    fn resample(&self, line: &[f32], count: usize, out: &mut Vec<f32>) {
        out.resize(count, 0.0);
        let near = line[self.start..].windows(self.reach()).step_by(self.step);
        let turns = out.as_chunks_mut::<TURN>().0.iter_mut().zip(near);
        widest(
            #[inline(always)]
            || {
                for (pixels, near) in turns {
                    // In two sums, so that none waits for the last one.
                    let mut sums = [[0.0; TURN]; 2];
                    let cells = near.as_chunks::<TURN>().0.iter().zip(&self.weights);
                    for (values, weights) in cells {
                        for cell in 0..TURN {
                            for pixel in 0..TURN {
                                sums[cell % 2][pixel] +=
                                    values[cell] * weights[cell][pixel];
                            }
                        }
                    }
                    let [even, odd] = sums;
                    *pixels = core::array::from_fn(|pixel| even[pixel] + odd[pixel]);
                }
            },
        );
    }

    /// How many pixels of a row of cells whole turns reach.
    fn whole(&self, cells: usize, count: usize) -> usize {
        let room = cells.checked_sub(self.start + self.reach());
        let turns = room.map_or(0, |room| room / self.step + 1);
        turns.min(count / TURN) * TURN
    }
}

impl Axis {
    /// An axis of `count` pixels of `pitch` cells each, the first of which lies `margin`
    /// cells from the start of an axis of `cells`. The filter is a triangle as wide as two
    /// pixels or two cells, whichever is wider; where pixels are cells it leaves one.
    fn new(margin: f32, pitch: f32, count: usize, cells: usize) -> Self {
        let pitch = snapped(pitch, count);
        let reach = pitch.max(1.0);
        let tap = |pixel: usize| {
            // In cells, from the middle of the first cell.
            let middle = margin + (pixel as f32 + 0.5) * pitch - 0.5;
            let first = (middle - reach).max(0.0) as usize;
            let last = ((middle + reach) as usize + 1).min(cells - 1);
            let weight =
                |cell: usize| (1.0 - (cell as f32 - middle).abs() / reach).max(0.0);
            // Rounding leaves traces of weight where there should be none.
            let counts = |&cell: &usize| weight(cell) > 1e-3;
            let start = (first..=last).find(counts).unwrap_or(first);
            let end = (first..=last).rev().find(counts).unwrap_or(first);
            let sum: f32 = (start..=end).map(weight).sum();
            Taps {
                start,
                weights: (start..=end).map(|cell| weight(cell) / sum).collect(),
            }
        };
        let taps: Vec<Taps> = (0..count).map(tap).collect();
        let near = Near::of(&taps, pitch, cells);
        Self { taps, near }
    }

    /// Makes pixels of a row of cells.
    fn resample(&self, line: &[f32], out: &mut Vec<f32>) {
        if !matches!(self.near, Near::Turns(_)) {
            out.clear();
        }
        match &self.near {
            Near::Cells(start) => out.extend(&line[*start..*start + self.taps.len()]),
            Near::Turns(turns) => {
                turns.resample(line, self.taps.len(), out);
                let whole = turns.whole(line.len(), self.taps.len());
                for (pixel, tap) in out[whole..].iter_mut().zip(&self.taps[whole..]) {
                    *pixel = tap.of(line);
                }
            }
            Near::Two(few) => Few::resample(few, line, out),
            Near::Four(few) => Few::resample(few, line, out),
            Near::Many => out.extend(self.taps.iter().map(|tap| tap.of(line))),
        }
    }
}

impl Near {
    /// How pixels of these cells are made.
    fn of(taps: &[Taps], pitch: f32, cells: usize) -> Self {
        let single = taps.iter().all(|tap| tap.weights.len() == 1);
        let row = taps.windows(2).all(|pair| pair[1].start == pair[0].start + 1);
        if single && row {
            return Self::Cells(taps[0].start);
        }
        if let Some(turns) = Turns::of(taps, pitch) {
            return Self::Turns(turns);
        }
        let four = || Few::all(taps, cells).map(Self::Four);
        let two = Few::all(taps, cells).map(Self::Two);
        two.or_else(four).unwrap_or(Self::Many)
    }
}

/// The pitch at which pixels lie on cells as before after [`TURN`] of them, if over so many
/// pixels none is moved by more than half a cell for it.
fn snapped(pitch: f32, count: usize) -> f32 {
    let even = libm::roundf(pitch * TURN as f32) / TURN as f32;
    let moved = (pitch - even).abs() * count as f32;
    if even > 0.0 && moved < 0.5 { even } else { pitch }
}

/// How many rows of cells are kept, made pixels from left to right.
const KEPT: usize = 4;

/// So many rows of pixels of one plane, and rows of cells on their way to them.
struct Strip<const N: usize> {
    /// The last rows of cells, each with as many columns as there are pixels, and their
    /// numbers; the next one takes the place of the number it leaves the same rest to.
    rows: [(usize, Vec<f32>); KEPT],
    /// The pixels.
    pixels: [Vec<f32>; N],
}

impl<const N: usize> Strip<N> {
    /// With nothing in it.
    const fn new() -> Self {
        Self {
            rows: [const { (usize::MAX, Vec::new()) }; KEPT],
            pixels: [const { Vec::new() }; N],
        }
    }

    /// Makes the next rows of pixels of the rows of cells that `line` gives by number.
    fn resample<'a>(
        &mut self,
        line: impl Fn(usize) -> &'a [f32],
        taps: &[Taps],
        columns: &Axis,
    ) {
        let (known, count) = (&mut self.rows, columns.taps.len());
        for (pixels, Taps { start, weights }) in self.pixels.iter_mut().zip(taps) {
            pixels.resize(count, 0.0);
            // Few pixels have more than two rows of cells, which are summed up in one go.
            for (part, weights) in (0..).zip(weights.chunks(2)) {
                let numbers = start + 2 * part..start + 2 * part + weights.len();
                for number in numbers.clone() {
                    let (known, cells) = &mut known[number % KEPT];
                    let direct = matches!(columns.near, Near::Cells(_));
                    if *known != number && !direct {
                        columns.resample(line(number), cells);
                        *known = number;
                    }
                }
                let cells = |number: usize| match columns.near {
                    Near::Cells(first) => &line(number)[first..][..count],
                    _ => &known[number % KEPT].1[..],
                };
                let near = cells(numbers.start);
                let sum = match *weights {
                    [one, two] => Sum::Two([(near, one), (cells(numbers.end - 1), two)]),
                    _ => Sum::One((near, weights[0])),
                };
                sum.put(pixels, part > 0);
            }
        }
    }
}

/// Rows of cells with their weights.
enum Sum<'a> {
    /// One.
    One((&'a [f32], f32)),
    /// Two.
    Two([(&'a [f32], f32); 2]),
}

impl Sum<'_> {
    /// Sets a row to the sum, or adds the sum to it.
    fn put(self, to: &mut [f32], add: bool) {
        widest(
            #[inline(always)]
            || match self {
                Self::One((row, weight)) => {
                    for (to, value) in to.iter_mut().zip(row) {
                        let before = if add { *to } else { 0.0 };
                        *to = before + weight * value;
                    }
                }
                Self::Two([(row, weight), (next, share)]) => {
                    for ((to, value), other) in to.iter_mut().zip(row).zip(next) {
                        let before = if add { *to } else { 0.0 };
                        *to = before + (weight * value + share * other);
                    }
                }
            },
        );
    }
}

/// Makes two rows of pixels into the colours of JPEG.
struct Tints {
    /// Of two by two pixels: their middling lightness.
    middle: Vec<f32>,
    /// Of each column of pixels: how bright one would be of no lightness.
    bright: Vec<f32>,
    /// How much brighter a pixel is that is lighter by 1.
    slope: Vec<f32>,
}

/// Added to a number from 0 to 2^22, it leaves the number rounded in the low bits.
const ROUND: f32 = 8_388_608.0;

impl Tints {
    /// For rows of so many values of colour.
    fn new(count: usize) -> Self {
        let [bright, slope] = [0, 1].map(|_| vec![0.0; 2 * count]);
        Self { middle: vec![0.0; count], bright, slope }
    }

    /// Those of two rows. Two by two pixels have one colour, which is that of their middling
    /// lightness; around it brightness goes with lightness in a straight line.
    fn make(&mut self, Pair { light, colour }: &Pair<'_>, out: [&mut [u8]; 2]) {
        widest(
            #[inline(always)]
            || {
                self.average(light);
                self.colour(colour, out);
            },
        );
    }

    /// Finds the middling lightness of two by two pixels.
    #[inline(always)]
    fn average(&mut self, [upper, lower]: &[&mut [f32]; 2]) {
        let fours = upper.as_chunks::<2>().0.iter().zip(lower.as_chunks::<2>().0);
        for (middle, ([a, b], [c, d])) in self.middle.iter_mut().zip(fours) {
            *middle = 0.25 * ((a + b) + (c + d));
        }
    }

    /// Makes the light of two by two pixels into brightness and colour (JFIF 1.02).
    #[inline(always)]
    fn colour(&mut self, [as_, bs]: &[&mut [f32]; 2], [cbs, crs]: [&mut [u8]; 2]) {
        let out = self.bright.as_chunks_mut::<2>().0.iter_mut();
        let out = out.zip(self.slope.as_chunks_mut::<2>().0).zip(cbs).zip(crs);
        let cells = self.middle.iter().zip(&**as_).zip(&**bs);
        for ((((bright, slope), cb), cr), ((&l, &a), &b)) in out.zip(cells) {
            let [red, green, blue] = linear(l, a, b).map(encoded);
            let light = 0.299 * red + 0.587 * green + 0.114 * blue;
            let rise = rise(l);
            *bright = [light - rise * l; 2];
            *slope = [rise; 2];
            *cb = byte((blue - light) * (1.0 / 1.772) + 128.0);
            *cr = byte((red - light) * (1.0 / 1.402) + 128.0);
        }
    }

    /// Gives each pixel of a row its brightness.
    fn brighten(&self, light: &[f32], out: &mut [u8]) {
        widest(
            #[inline(always)]
            || {
                let near = self.bright.iter().zip(&self.slope);
                for ((out, light), (bright, slope)) in out.iter_mut().zip(light).zip(near)
                {
                    *out = byte(bright + slope * light);
                }
            },
        );
    }
}

/// A number rounded to a byte.
#[inline(always)]
fn byte(value: f32) -> u8 {
    (value.clamp(0.0, 255.0) + ROUND).to_bits() as u8
}

/// The value of a polynomial, whose factors begin with the constant.
#[inline(always)]
fn polynomial<const N: usize>(factors: [f32; N], at: f32) -> f32 {
    let mut sum = factors[N - 1];
    for factor in factors[..N - 1].iter().rev() {
        sum = sum * at + factor;
    }
    sum
}

/// How much brighter, 0 to 255, a gray pixel is that is lighter by 1: 2.846 times the fourth
/// root of `(L* + 16) / 116`, to 0.3 %.
#[inline(always)]
fn rise(light: f32) -> f32 {
    let root = (light + 16.0) * (1.0 / 116.0);
    polynomial([1.429_892, 3.028_59, -2.471_399, 0.914_881], root.max(0.0))
}

/// The transfer curve of sRGB (IEC 61966-2-1) over linear light, 0 to 255, as a polynomial
/// of the root of the light: to 0.05 where there is more light than a hundredth.
#[inline(always)]
fn encoded(light: f32) -> f32 {
    /// The factors, fitted at Chebyshev's points.
    const CURVE: [f32; 6] =
        [-9.047_79, 369.627_45, -271.710_7, 333.626_14, -235.961_2, 68.486_56];
    polynomial(CURVE, light.clamp(0.0, 1.0).sqrt()).max(0.0)
}

/// Linear red, green and blue of a colour (CIE 15:2004, 8.2.1; the straight foot of CIELAB
/// below L* 8 is of no use to paper and is left out).
#[inline(always)]
fn linear(l: f32, a: f32, b: f32) -> [f32; 3] {
    let y = (l + 16.0) * (1.0 / 116.0);
    let (x, z) = (y + a * (1.0 / 500.0), y - b * (1.0 / 200.0));
    let (x, y, z) = (0.950_47 * x * x * x, y * y * y, 1.088_83 * z * z * z);
    [
        3.240_454_2 * x - 1.537_138_5 * y - 0.498_531_4 * z,
        -0.969_266 * x + 1.876_010_8 * y + 0.041_556 * z,
        0.055_643_4 * x - 0.204_025_9 * y + 1.057_225_2 * z,
    ]
}

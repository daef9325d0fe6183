//! White noise, drawn once: what every cell of a grain gets of its own.

use std::sync::LazyLock;

use crate::seed::Seed;

/// Values of mean 0 and deviation 1, in no order. A row takes them by stretches from places
/// drawn by its seed, which is many times quicker than drawing each.
#[derive(Clone, Debug)]
pub(super) struct Noise(Box<[f32]>);

/// How many values are taken together.
pub(super) const STRETCH: usize = 256;

/// Places at which a stretch may begin.
const PLACES: usize = 1 << 14;

/// Values of a distribution: each of its quantiles comes up equally often.
const QUANTILES: usize = 1 << 10;

impl Noise {
    /// That of lightness: with a tail to the dark. Scans of paper have an excess kurtosis of
    /// 2 to 4 in the fine octaves and a skew of −0.6.
    pub(super) fn dark() -> &'static Self {
        static DARK: LazyLock<Noise> =
            LazyLock::new(|| Noise::new(&quantiles(1.25, 0.75), Seed(1)));
        &DARK
    }

    /// That of colour.
    pub(super) fn even() -> &'static Self {
        static EVEN: LazyLock<Noise> =
            LazyLock::new(|| Noise::new(&quantiles(1.0, 1.0), Seed(2)));
        &EVEN
    }

    /// The quantiles of a distribution, shuffled (Durstenfeld, "Algorithm 235: Random
    /// permutation", CACM 7, 1964).
    fn new(quantiles: &[f32], seed: Seed) -> Self {
        let mut values: Vec<f32> =
            (0..PLACES).map(|place| quantiles[place % quantiles.len()]).collect();
        let mut rng = seed.derive("noise").rng();
        for place in (1..PLACES).rev() {
            values.swap(place, rng.below(place + 1));
        }
        // The last stretch goes on with the first.
        values.extend_from_within(..STRETCH);
        Self(values.into())
    }

    /// The stretch at a place that the low bits choose.
    #[inline(always)]
    pub(super) fn stretch(&self, bits: u64) -> &[f32; STRETCH] {
        let (stretches, _) = self.0[bits as usize % PLACES..].split_at(STRETCH);
        stretches.try_into().expect("a stretch of its length")
    }

    /// The same values, each going with its neighbour on the left, −1 to 1: fibres go on and
    /// on, as an autoregression; a bump has its shade beside it, as a moving average of two.
    pub(super) fn lying(&self, run: f32) -> Self {
        let lean = if run > 0.0 { run } else { 0.8 * run };
        let own = (1.0 - lean * lean).sqrt();
        let mut left = 0.0;
        let one = |dark: &f32| {
            let light = own * dark + lean * left;
            left = if run > 0.0 { light } else { *dark };
            light
        };
        Self(self.0.iter().map(one).collect())
    }
}

/// The quantiles of an asymmetric Laplace distribution with these scales below and above its
/// mode (Kotz, Kozubowski and Podgórski, "The Laplace distribution", 2001), set to mean 0
/// and deviation 1.
fn quantiles(below: f32, above: f32) -> [f32; QUANTILES] {
    let mode = below / (below + above);
    let quantile = |i: usize| {
        let share = (i as f32 + 0.5) / QUANTILES as f32;
        if share < mode {
            below * libm::logf(share / mode)
        } else {
            -above * libm::logf((1.0 - share) / (1.0 - mode))
        }
    };
    let values: [f32; QUANTILES] = core::array::from_fn(quantile);
    let mean = values.iter().sum::<f32>() / QUANTILES as f32;
    let squares = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>();
    let deviation = (squares / QUANTILES as f32).sqrt();
    values.map(|value| (value - mean) / deviation)
}

//! Randomness as a value: a [`Seed`] is passed down and split by name, never drawn from
//! the machine. The same seed gives the same bytes everywhere.

/// The origin of every random choice in a document. Any `u64`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed(pub u64);

impl Seed {
    /// A seed for a part of the work, independent of the seeds of other parts.
    ///
    /// `label` names the part ("foxing"), so that adding one never shifts another.
    pub fn derive(self, label: &str) -> Self {
        // FNV-1a over the label, then one round of mixing with the parent.
        let hash = label.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| {
            (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self(mix(self.0 ^ mix(hash)))
    }

    /// A seed for the `index`-th of like parts (a page, a glyph, a key).
    pub fn nth(self, index: u64) -> Self {
        Self(mix(self.0 ^ mix(index.wrapping_add(0x9e37_79b9_7f4a_7c15))))
    }

    /// 64 random bits for a place: quicker than [`Seed::nth`], for values that are many and
    /// no seeds.
    pub fn hash(self, place: u64) -> u64 {
        mix(self.0 ^ place.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A generator that starts here.
    pub fn rng(self) -> Rng {
        Rng(self.0)
    }
}

/// A small generator of random numbers (SplitMix64; Steele, Lea and Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014).
#[derive(Clone, Debug)]
pub struct Rng(u64);

impl Rng {
    /// The next 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// Uniform in `0.0..1.0`.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Uniform in `low..high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number in `0..n`; `0` when `n` is 0.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// True with this probability (0 to 1).
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Normal with mean 0 and standard deviation 1, within 8 of them: the heads among 64
    /// coins (de Moivre, 1733), made continuous by a uniform share of one more.
    pub fn normal(&mut self) -> f64 {
        let heads = f64::from(self.bits().count_ones());
        (heads - 32.0 + self.unit() - 0.5) / DEVIATION
    }

    /// As [`Rng::normal`] and within 3.5, from one draw: for what is many. Four uniform numbers
    /// together are all but normal (Irwin, 1927).
    pub fn bell(&mut self) -> f32 {
        let bits = self.bits();
        // Two sums of two beside one another, then both.
        const LOW: u64 = 0x0000_ffff_0000_ffff;
        let pairs = (bits & LOW) + (bits >> 16 & LOW);
        let sum = (pairs >> 32) + (pairs & 0xffff_ffff);
        (sum as i32 - MIDDLE as i32) as f32 * (1.0 / SPREAD)
    }
}

/// The mean of four uniform numbers of 16 bits together.
const MIDDLE: u64 = 4 * 65_535 / 2;

/// Their standard deviation: the root of (65,536² − 1) / 3.
const SPREAD: f32 = 37_837.23;

/// The standard deviation of the heads among 64 coins and a uniform share of one more: the
/// root of 64 / 4 + 1 / 12.
const DEVIATION: f64 = 4.010403138505321;

/// The finaliser of SplitMix64 (Stafford's variant 13).
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_independent_and_repeatable() {
        let seed = Seed(7);
        assert_eq!(seed.derive("a"), seed.derive("a"));
        assert_ne!(seed.derive("a"), seed.derive("b"));
        assert_ne!(seed.nth(0), seed.nth(1));
    }

    #[test]
    fn normal_has_mean_0_and_deviation_1() {
        let mut rng = Seed(1).rng();
        is_normal(&(0..20_000).map(|_| rng.normal()).collect::<Vec<_>>(), 0.01);
    }

    #[test]
    fn a_bell_is_nearly_normal() {
        let mut rng = Seed(2).rng();
        is_normal(&(0..20_000).map(|_| rng.bell().into()).collect::<Vec<_>>(), 0.02);
    }

    /// Whether draws are normal, within this share of them.
    fn is_normal(draws: &[f64], within: f64) {
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        let variance =
            draws.iter().map(|d| (d - mean) * (d - mean)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05);
        // As many as there should be beyond one, two and three deviations.
        for (bound, share) in [(1.0, 0.3173), (2.0, 0.0455), (3.0, 0.0027)] {
            let beyond = draws.iter().filter(|d| d.abs() > bound).count() as f64;
            assert!((beyond / 20_000.0 - share).abs() < within, "{bound}: {beyond}");
        }
    }
}

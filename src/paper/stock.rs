//! The colour of the stock, and how it drifts with age.

use serde::Deserialize;

use super::Leaf;
use super::range::Checks;
use crate::geom::Lab;
use crate::seed::Rng;

/// `[stock]`: the colour of the paper. Lightness falls and yellow rises with age; how much
/// differs from leaf to leaf, for lightness and yellow independently, as in archives
/// (their correlation over 157 documents is −0.27).
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Stock {
    /// A new sheet, as L*, a*, b*.
    pub(super) new: Lab,
    /// A sheet of age 100; at least 2 darker and 2 yellower than a new one.
    old: Lab,
    /// Standard deviation of an old ream from `old`: 0 to 10 in each coordinate.
    varies: Lab,
    /// The share of the contrast of the other side that shows through when new, 0 to 0.6.
    pub(super) through: f32,
}

impl Default for Stock {
    fn default() -> Self {
        Self {
            new: Lab::new(93.5, -0.2, 4.0),
            old: Lab::new(84.5, 0.9, 13.5),
            through: 0.07,
            varies: Lab::new(0.9, 0.2, 1.1),
        }
    }
}

impl Stock {
    /// Looks for what cannot be.
    pub(super) fn check(&self, checks: &mut Checks) {
        checks.colour("stock.new", self.new);
        checks.colour("stock.old", self.old);
        checks.number("stock.through", self.through, [0.0, 0.6]);
        let older = self.old.l <= self.new.l - 2.0 && self.old.b >= self.new.b + 2.0;
        checks.holds(
            older,
            "`stock.old` must be at least 2 darker and 2 yellower than `stock.new`",
        );
        let Lab { l, a, b } = self.varies;
        for (name, value) in ["[0]", "[1]", "[2]"].into_iter().zip([l, a, b]) {
            checks.number(&format!("stock.varies{name}"), value, [0.0, 10.0]);
        }
    }

    /// The colour of a leaf: that of its ream, and a little of its own.
    pub(super) fn colour(&self, leaf: &Leaf) -> Lab {
        let mut of_ream = leaf.ream.derive("stock").rng();
        let mut of_leaf = leaf.seed.derive("stock").rng();
        // Not so far from the mean that a leaf would grow younger with age; some grow much
        // older.
        let mut draw = |deviation: f32, [less, more]: [f32; 2]| {
            let departs = apart(&mut of_ream) + 0.15 * of_leaf.normal() as f32;
            (departs * deviation).clamp(-less, more)
        };
        let (new, old, varies) = (self.new, self.old, self.varies);
        let departs = Lab {
            l: draw(varies.l, [0.8, 0.8].map(|part| part * (new.l - old.l))),
            a: draw(varies.a, [3.2, 3.2]),
            b: draw(varies.b, [0.85, 1.6].map(|part| part * (old.b - new.b))),
        };
        // Reams differ a little when they are made, and more as they age.
        let made = Lab::default().mix(departs, 0.2);
        let middling = new.mix(old, leaf.age.drift());
        let colour = middling + made.mix(departs, leaf.age.drift());
        // What has darkened has browned too, else it looks like slate: of scans whose L* is 80
        // one in ten has a b* below 6.4, and two in a hundred below 4.2.
        let b = colour.b.max((0.6 * (91.0 - colour.l)).min(middling.b));
        let colour = Lab { b, ..colour };
        // Paper that is not yellow is not red or green either: it looks lilac or blue. Of scans
        // with a b* of 2, 4 to 8, 8 to 12 and 12 to 18 four in five have an a* of −0.2 to 0,
        // −0.3 to 1.0, −2.5 to 1.3 and −1.6 to 2.4.
        let own = middling.a * (colour.b / middling.b.max(1.0)).clamp(0.0, 1.0);
        let [least, most] = [-0.022, 0.014].map(|share| share * colour.b * colour.b);
        let a = colour.a.min(most.max(own)).max(least.min(own));
        Lab { a, ..colour }
    }
}

/// How far a paper of a colour differs from place to place in a* and b*, as a share of what
/// middling ones do, by small and by large: white ones hardly do, and the yellow ones have
/// browned from a side. Scans with b* of 1, 4, 8, 10 and 14 have .45, .95, 1, 1 and 1.5 times
/// the grain in b*, and .25, .95, 1.2, 1.2 and 4 times the slant.
pub(super) fn tinted(colour: Lab) -> [f32; 2] {
    [(0.3 + colour.b / 9.0).clamp(0.4, 1.0), (0.1 + colour.b / 8.0).clamp(0.25, 2.0)]
}

/// How far a ream lies from the middling one of its stock, as a multiple of the deviation:
/// anywhere within bounds. Stocks of an archive come from many mills; they do not crowd in
/// the middle, and none lies far off.
pub(super) fn apart(rng: &mut Rng) -> f32 {
    rng.between(-1.732, 1.732) as f32
}

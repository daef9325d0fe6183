//! How good a line is: badness and demerits after Knuth and Plass (1981, "Breaking
//! Paragraphs into Lines") and TeX (D. E. Knuth, "TeX: The Program", §§851–859), with
//! glyphs that widen before spaces do, as in pdfTeX (Hàn Thế Thành, "Micro-typographic
//! extensions to the TeX typesetting system", 2000).

use super::breaks::{Break, Ending};
use super::fit::Manner;
use super::glue::{Filling, MOST_SPACED, MOST_STRETCH, easy};
use super::linebreak::Measure;
use crate::geom::Length;

/// What is disliked, in demerits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Costs {
    /// Each line, before it is squared with its badness.
    pub line: f64,
    /// A divided word.
    pub hyphen: f64,
    /// A line that ends after a hyphen of the writer's.
    pub written: f64,
    /// Two lines in a row that end with hyphens.
    pub two_hyphens: f64,
    /// Each more.
    pub ladder: f64,
    /// A hyphen at the end of the last line but one.
    pub last_hyphen: f64,
    /// A tight line beside a loose one, for each step of looseness beyond the first.
    pub contrast: f64,
    /// A last line that is hardly there.
    pub runt: f64,
    /// Of ragged lines: a line that is short by all of the measure.
    pub rag: f64,
}

impl Default for Costs {
    fn default() -> Self {
        Self {
            line: 10.0,
            hyphen: 6_000.0,
            written: 6_000.0,
            two_hyphens: 150_000.0,
            ladder: 400_000.0,
            last_hyphen: 8_000.0,
            contrast: 5_000.0,
            runt: 400_000.0,
            rag: 1_000_000.0,
        }
    }
}

/// How loose a line is, by steps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Looks {
    /// Its spaces shrink by more than half of what they may.
    Tight,
    /// Its spaces are about as they should be.
    #[default]
    Decent,
    /// Its spaces grow by more than half of what they may.
    Loose,
    /// Its spaces grow beyond that.
    VeryLoose,
}

impl Looks {
    /// How many steps there are.
    pub(super) const COUNT: usize = 4;

    /// Those of spaces that grow (or, negative, shrink) by this share of what they may.
    fn of(ratio: f64) -> Self {
        match ratio {
            r if r < -0.5 => Self::Tight,
            r if r <= 0.5 => Self::Decent,
            r if r <= 1.0 => Self::Loose,
            _ => Self::VeryLoose,
        }
    }

    /// The number of the step.
    pub(super) fn index(self) -> usize {
        self as usize
    }
}

/// What a line is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Verdict {
    /// It does not fit, but one that begins later may.
    Long,
    /// It is too short, as is every one that begins later.
    Short,
    /// It may stand.
    Fits {
        /// Its demerits, without those beside the line before.
        demerits: f64,
        /// How loose it is.
        looks: Looks,
    },
}

/// Judges the lines of a text.
pub(super) struct Judge<'a> {
    /// Where lines may end.
    pub breaks: &'a [Break],
    /// The room.
    measure: Measure,
    /// How lines are filled.
    manner: Manner,
    /// What is disliked.
    costs: Costs,
    /// How far spaces may grow, in units of their stretch.
    tolerance: f64,
    /// How far they grow before letters are spaced.
    easy: f64,
    /// More than the overhang and the hyphen of any line.
    slack: Length,
    /// What a last line must be longer than.
    least_last: Length,
}

/// The badness of letters that are spaced by as much as glyphs may be widened.
const SPACED: f64 = 75.0;
/// A share of the measure that a last line should have.
const LEAST_LAST: f64 = 0.15;
/// A line that is too wide by less than this is not: sums are not exact.
const EXACT: Length = Length::pt(1e-6);
/// The demerits of a line that does not fit though nothing else can be done.
const OVERFULL: f64 = 1e15;

impl<'a> Judge<'a> {
    /// For lines between the first and the last of these breaks.
    pub(super) fn new(
        breaks: &'a [Break],
        measure: Measure,
        manner: Manner,
        costs: Costs,
        tolerance: f64,
    ) -> Self {
        let over = |b: &Break| {
            let hyphen = (b.end.width - b.start.width).max(Length::ZERO);
            hyphen + b.hang.abs() + b.lead.abs()
        };
        let slack = breaks.iter().map(over).fold(Length::ZERO, Length::max) * 2.0;
        let em = match manner {
            Manner::Justified { em, .. } | Manner::Ragged { em, .. } => em,
            Manner::Typed { cell } => cell,
        };
        let indent = (measure.rest - measure.first).max(Length::ZERO);
        let least_last = (indent + em).max(measure.rest * LEAST_LAST);
        let easy = match manner {
            Manner::Justified { tolerance, .. } => easy(tolerance),
            _ => 0.0,
        };
        Self { breaks, measure, manner, costs, tolerance, easy, slack, least_last }
    }

    /// The room of a line that begins at a break.
    fn room(&self, start: usize) -> Length {
        if start == 0 { self.measure.first } else { self.measure.rest }
    }

    /// What a line lacks to fill its measure.
    fn rest(&self, start: usize, end: usize) -> Length {
        let (a, b) = (&self.breaks[start], &self.breaks[end]);
        self.room(start) - (b.end.width - a.start.width) + a.lead + b.hang
    }

    /// Whether every line is accepted that fits at all.
    pub(super) fn takes_all(&self) -> bool {
        self.tolerance == f64::INFINITY
    }

    /// Whether neither this line fits nor any that begins here and ends later.
    pub(super) fn is_past(&self, start: usize, end: usize) -> bool {
        let (a, b) = (&self.breaks[start], &self.breaks[end]);
        let give = match self.manner {
            Manner::Justified { .. } => {
                b.end.shrink - a.start.shrink + b.end.expand - a.start.expand
            }
            _ => Length::ZERO,
        };
        self.rest(start, end) + give < -self.slack - EXACT
    }

    /// Whether lines that begin later need not be looked at: where all are accepted, one
    /// that is so short is never the best, but for the last, which may be.
    pub(super) fn is_enough(&self, start: usize, end: usize) -> bool {
        self.takes_all()
            && end + 1 < self.breaks.len()
            && self.rest(start, end) > self.room(start) * 0.5
    }

    /// Judges a line.
    pub(super) fn line(&self, start: usize, end: usize) -> Verdict {
        let rest = self.rest(start, end);
        let is_last = end + 1 == self.breaks.len();
        let seen = match self.manner {
            Manner::Justified { .. } if is_last && rest >= Length::ZERO => Sight::FINE,
            Manner::Justified { .. } => self.filled(start, end, rest),
            _ if rest < -EXACT => Sight::Long,
            Manner::Ragged { balanced: false, .. } if is_last => Sight::FINE,
            Manner::Ragged { .. } => {
                let short = rest / self.room(start);
                Sight::Seen(short * libm::sqrt(self.costs.rag), Looks::Decent)
            }
            Manner::Typed { .. } => Sight::FINE,
        };
        match seen {
            Sight::Seen(badness, looks) => {
                let line = self.costs.line + badness;
                let demerits = line * line + self.ending(start, end, rest);
                Verdict::Fits { demerits, looks }
            }
            Sight::Long if self.takes_all() && start + 1 == end => {
                // Not even the least there is fits into the line.
                Verdict::Fits { demerits: OVERFULL, looks: Looks::Decent }
            }
            Sight::Long => Verdict::Long,
            Sight::Short => Verdict::Short,
        }
    }

    /// How a line looks that is filled to its measure.
    fn filled(&self, start: usize, end: usize, rest: Length) -> Sight {
        let sums = self.breaks[end].end - self.breaks[start].start;
        let fill = Filling::new(sums, rest, self.easy);
        if fill.glue < -1.0 - 1e-9 {
            return Sight::Long;
        }
        if fill.glue > self.tolerance {
            // How far it is from being good enough: none that begins later is nearer.
            let lacks =
                rest - sums.expand * (1.0 + MOST_SPACED) - sums.stretch * self.tolerance;
            return if start > 0 && lacks > self.slack {
                Sight::Short
            } else {
                Sight::Long
            };
        }
        let spaced = SPACED * fill.letters * fill.letters;
        let badness = spaced + uneven(fill.glue, rest / self.room(start));
        Sight::Seen(badness, Looks::of(fill.glue))
    }

    /// The demerits of how a line ends.
    fn ending(&self, start: usize, end: usize, rest: Length) -> f64 {
        let (a, b) = (&self.breaks[start], &self.breaks[end]);
        let mut demerits = b.penalty * b.penalty;
        demerits += match b.ending {
            Ending::Divided => self.costs.hyphen,
            Ending::Written => self.costs.written,
            Ending::Word | Ending::Anywhere | Ending::Forced => 0.0,
        };
        if end + 1 == self.breaks.len() && start > 0 {
            if a.ending.has_hyphen() {
                demerits += self.costs.last_hyphen;
            }
            let short = self.least_last - (self.room(start) - rest);
            if short > Length::ZERO {
                demerits += self.costs.runt * (1.0 + short / self.least_last);
            }
        }
        demerits
    }

    /// The demerits of a line beside the one before; `hyphens` lines in a row end with
    /// one, this the last.
    pub(super) fn between(&self, before: Looks, looks: Looks, hyphens: u8) -> f64 {
        let steps = before.index().abs_diff(looks.index()).saturating_sub(1);
        let ladder = match hyphens {
            0 | 1 => 0.0,
            2 => self.costs.two_hyphens,
            _ => self.costs.ladder,
        };
        steps as f64 * self.costs.contrast + ladder
    }

    /// More than two states at one break can differ in by what follows.
    pub(super) fn widest_gap(&self) -> f64 {
        let costs = &self.costs;
        costs.contrast * Looks::COUNT as f64 + costs.two_hyphens + costs.ladder
    }
}

/// What is seen of a line.
enum Sight {
    /// It is too wide, or not yet too short to look at those that begin later.
    Long,
    /// It is too short.
    Short,
    /// Its badness and its looks.
    Seen(f64, Looks),
}

impl Sight {
    /// A line of natural width.
    const FINE: Self = Self::Seen(0.0, Looks::Decent);
}

/// The badness of spaces that grow (or, negative, shrink) by this share of what they may.
/// Where they cannot grow, the line stays short by a share of its measure.
///
/// TeX takes the cube; the square weighs many slightly uneven lines against few bad ones
/// so that the spread of all spaces is least.
fn uneven(glue: f64, short: f64) -> f64 {
    let kept = glue.min(MOST_STRETCH);
    let badness = 100.0 * kept * kept;
    if glue > MOST_STRETCH { badness + 100_000.0 * short } else { badness }
}

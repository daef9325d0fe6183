//! Which breaks make the best lines: total fit, after D. E. Knuth and M. F. Plass,
//! "Breaking Paragraphs into Lines" (1981), and first fit for a typewriter.
//!
//! A shortest path through the breaks, kept short by what fits into one line: time is
//! linear in the text. The state of a path is the break, how loose its last line is, and
//! how many lines in a row end with a hyphen, so the optimum is exact.

use super::breaks::{Break, Ending};
use super::demerits::{Costs, Judge, Looks, Verdict};
use super::linebreak::Measure;
use crate::geom::Length;

/// How lines are filled.
#[derive(Clone, Copy, Debug)]
pub(super) enum Manner {
    /// On a fixed grid: each line takes what fits, as a typist would.
    Typed {
        /// The width of a key.
        cell: Length,
    },
    /// Flush on both sides.
    Justified {
        /// The size of the type.
        em: Length,
        /// How far spaces may grow, in units of their stretch, before worse is done.
        tolerance: f64,
    },
    /// With natural spaces and an even rag.
    Ragged {
        /// The size of the type.
        em: Length,
        /// Whether the last line should be as long as the others.
        balanced: bool,
    },
}

/// Chooses the breaks at which lines end, the last of all included.
pub(super) fn choose(breaks: &[Break], measure: Measure, manner: Manner) -> Vec<usize> {
    let mut chosen = Vec::new();
    let mut start = 0;
    for end in 1..breaks.len() {
        if breaks[end].ending != Ending::Forced {
            continue;
        }
        let first = if start == 0 { measure.first } else { measure.rest };
        let own = Measure::new(first, measure.rest);
        let part = &breaks[start..=end];
        let lines = match manner {
            Manner::Typed { cell } => first_fit(part, own, cell),
            _ => total_fit(part, own, manner, Costs::default()),
        };
        chosen.extend(lines.into_iter().map(|at| start + at));
        start = end;
    }
    chosen
}

/// No hyphen is so many keys wide, in whatever face.
const WIDEST_HYPHEN: f64 = 8.0;

/// How many keys a typist leaves empty rather than divide a word.
const BELL: f64 = 6.0;

/// Takes as much as fits into each line.
fn first_fit(breaks: &[Break], measure: Measure, cell: Length) -> Vec<usize> {
    let mut chosen = Vec::new();
    let mut start = 0;
    while start + 1 < breaks.len() {
        let room = if start == 0 { measure.first } else { measure.rest };
        start += fill_line(&breaks[start..], room, cell);
        chosen.push(start);
    }
    chosen
}

/// What is left of the room of a line from one place to another.
fn left(start: &Break, end: &Break, room: Length) -> Length {
    room - (end.end.width - start.start.width)
}

/// Whether a line from one place to another fits, but for errors of rounding.
pub(super) fn has_room(start: &Break, end: &Break, room: Length) -> bool {
    left(start, end, room) >= Length::pt(-1e-6)
}

/// The number of the place at which a typist ends the line that begins at the first.
pub(super) fn fill_line(breaks: &[Break], room: Length, cell: Length) -> usize {
    // A hyphen makes one place wider than the next, so one that fails ends nothing, unless it
    // fails by more than a hyphen; a whole word does.
    let is_whole =
        |end: usize| !matches!(breaks[end].ending, Ending::Divided | Ending::Anywhere);
    let mut word = None;
    let mut any = None;
    for end in 1..breaks.len() {
        if has_room(&breaks[0], &breaks[end], room) {
            any = Some(end);
            word = if is_whole(end) { any } else { word };
        } else if is_whole(end)
            || left(&breaks[0], &breaks[end], room) < cell * -WIDEST_HYPHEN
        {
            break;
        }
    }
    let near = word.filter(|&end| left(&breaks[0], &breaks[end], room) <= cell * BELL);
    near.or(any).unwrap_or(1)
}

/// The best lines: with spaces within bounds if that can be, or else with as little
/// beyond them as can be.
pub(super) fn total_fit(
    breaks: &[Break],
    measure: Measure,
    manner: Manner,
    costs: Costs,
) -> Vec<usize> {
    let tolerances: &[f64] = match manner {
        Manner::Justified { tolerance, .. } => {
            &[tolerance, tolerance * 2.0, f64::INFINITY]
        }
        _ => &[f64::INFINITY],
    };
    let found = tolerances.iter().find_map(|&tolerance| {
        let judge = Judge::new(breaks, measure, manner, costs, tolerance);
        Search::new(judge).run()
    });
    // The last search accepts every line, so it finds a way.
    found.unwrap_or_else(|| vec![breaks.len() - 1])
}

/// The end of a line on a path.
#[derive(Clone, Copy, Debug)]
struct Node {
    /// The break.
    at: usize,
    /// The node of the line before; its own number at the start.
    before: usize,
    /// How the line looks.
    looks: Looks,
    /// How many lines in a row end with a hyphen, up to [`LONGEST`].
    hyphens: u8,
    /// The demerits of the path.
    demerits: f64,
}

/// Longer ladders are not told apart.
const LONGEST: u8 = 3;
/// How many states there are at a break.
const STATES: usize = Looks::COUNT * (LONGEST as usize + 1);

/// A search for the best path.
struct Search<'a> {
    /// Who judges lines.
    judge: Judge<'a>,
    /// The paths, in the order of their breaks.
    nodes: Vec<Node>,
    /// The first node from which a line may still fit.
    head: usize,
}

impl<'a> Search<'a> {
    /// At the start of the text.
    fn new(judge: Judge<'a>) -> Self {
        let start =
            Node { at: 0, before: 0, looks: Looks::default(), hyphens: 0, demerits: 0.0 };
        Self { judge, nodes: vec![start], head: 0 }
    }

    /// The breaks of the best path; none if no path has every line within bounds.
    fn run(mut self) -> Option<Vec<usize>> {
        let last = self.judge.breaks.len() - 1;
        for end in 1..=last {
            let best = self.lines_to(end);
            self.keep(&best);
            if self.head == self.nodes.len() {
                return None;
            }
        }
        let ends = self.nodes.iter().enumerate().rev();
        let ends = ends.take_while(|(_, node)| node.at == last);
        let (mut at, _) =
            ends.min_by(|(_, a), (_, b)| a.demerits.total_cmp(&b.demerits))?;
        let mut chosen = Vec::new();
        while at != 0 {
            chosen.push(self.nodes[at].at);
            at = self.nodes[at].before;
        }
        chosen.reverse();
        Some(chosen)
    }

    /// The best path to a break in each state.
    fn lines_to(&mut self, end: usize) -> [Option<Node>; STATES] {
        let mut best = [None; STATES];
        self.forget(end);
        let mut at = self.head;
        while let Some(&Node { at: start, .. }) = self.nodes.get(at) {
            let alike = self.nodes[at..].iter().take_while(|n| n.at == start).count();
            match self.judge.line(start, end) {
                Verdict::Long => {}
                Verdict::Short => break,
                Verdict::Fits { demerits, looks } => {
                    for before in at..at + alike {
                        self.extend(before, end, demerits, looks, &mut best);
                    }
                }
            }
            at += alike;
            if self.judge.is_enough(start, end) && best.iter().any(Option::is_some) {
                break;
            }
        }
        best
    }

    /// Drops nodes from which no line can reach a break or any after it.
    fn forget(&mut self, end: usize) {
        while let Some(&Node { at: start, .. }) = self.nodes.get(self.head) {
            if !self.judge.is_past(start, end) {
                return;
            }
            let newest = self.nodes.last().is_some_and(|node| node.at == start);
            if newest && self.judge.takes_all() {
                // Nothing fits: the newest start is the least bad.
                return;
            }
            self.head += 1;
        }
    }

    /// Notes a path with one line more, if it is the best in its state.
    fn extend(
        &self,
        before: usize,
        end: usize,
        line: f64,
        looks: Looks,
        best: &mut [Option<Node>; STATES],
    ) {
        let node = &self.nodes[before];
        let has_hyphen = self.judge.breaks[end].ending.has_hyphen();
        let hyphens = if has_hyphen { (node.hyphens + 1).min(LONGEST) } else { 0 };
        let between = self.judge.between(node.looks, looks, hyphens);
        let demerits = node.demerits + line + between;
        let state = looks.index() * (usize::from(LONGEST) + 1) + usize::from(hyphens);
        if best[state].is_none_or(|known| demerits < known.demerits) {
            best[state] = Some(Node { at: end, before, looks, hyphens, demerits });
        }
    }

    /// Keeps the paths that may still become the best.
    fn keep(&mut self, best: &[Option<Node>; STATES]) {
        let least =
            best.iter().flatten().map(|n| n.demerits).fold(f64::INFINITY, f64::min);
        let most = least + self.judge.widest_gap();
        self.nodes.extend(best.iter().flatten().filter(|n| n.demerits <= most));
    }
}

#[cfg(test)]
mod tests;

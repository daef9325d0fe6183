//! From atoms to lines: the breaks are found, the best of them chosen, the atoms cut.

use super::breaks::{Break, Ending, Spot, find_breaks, typed_breaks};
use super::fit::{Manner, choose};
use super::hyphenate::{Cut, hyphen, pieces_between};
use super::shape::{Atom, Types};
use crate::geom::Length;
use crate::period::FragmentEnd;
use crate::style::{Align, Cascade};

/// The atoms of one line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// In order; the spaces of the last are not shown.
    pub atoms: Vec<Atom>,
    /// Whether the text ends here, or the writer ended the line.
    pub is_last: bool,
    /// Whether its last word goes on in the next line.
    pub is_divided: bool,
    /// How far its first glyph stands out of the measure.
    pub lead: Length,
    /// How far its last glyph stands out of the measure.
    pub hang: Length,
}

impl Line {
    /// A line that is not part of a paragraph.
    pub(super) fn alone(atoms: Vec<Atom>) -> Self {
        Self { atoms, is_last: true, ..Self::default() }
    }

    /// The width of the line before it is filled.
    pub(super) fn width(&self) -> Length {
        let pieces: Length = self.atoms.iter().map(Atom::width).sum();
        let inner = self.atoms.len().saturating_sub(1);
        pieces + self.atoms[..inner].iter().map(Atom::space).sum()
    }
}

/// The room for each line of a paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measure {
    /// Of the first line.
    pub first: Length,
    /// Of the others.
    pub rest: Length,
    /// How many lines at the beginning are shorter, and by how much: they stand beside a
    /// large initial.
    pub beside: (usize, Length),
}

impl Measure {
    /// The same room for all lines but the first.
    pub(super) fn new(first: Length, rest: Length) -> Self {
        Self { first, rest, beside: (0, Length::ZERO) }
    }

    /// The room for lines that stand beside an initial.
    fn narrow(self) -> Self {
        let (_, width) = self.beside;
        let least = Length::pt(1.0);
        Self::new((self.first - width).max(least), (self.rest - width).max(least))
    }
}

/// Breaks a paragraph into lines.
pub(super) fn break_lines(
    atoms: Vec<Atom>,
    measure: Measure,
    align: Align,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Vec<Line> {
    let manner = manner_of(&atoms, align);
    let breaks = match (manner, measure.beside.0) {
        (Manner::Typed { cell }, 0) => {
            typed_breaks(&atoms, (measure, cell), cascade, types)
        }
        (_, beside) => {
            let breaks = find_breaks(&atoms, measure.narrow(), cascade, types);
            let chosen = chosen(&breaks, measure, manner, beside);
            let start = core::iter::once(0);
            start.chain(chosen).map(|at| breaks[at]).collect()
        }
    };
    let mut cutter = Cutter { atoms: atoms.into_iter(), whole: 0, open: None };
    let mut lines = Vec::with_capacity(breaks.len());
    let mut lead = breaks[0].lead;
    for end in &breaks[1..] {
        let atoms = cutter.line(end, cascade, types);
        let is_last = end.ending == Ending::Forced;
        let is_divided = end.ending == Ending::Divided;
        lines.push(Line { atoms, is_last, is_divided, lead, hang: end.hang });
        lead = end.lead;
    }
    lines
}

/// The numbers of the breaks that make the best lines, so many of which stand beside a large
/// initial.
fn chosen(
    breaks: &[Break],
    measure: Measure,
    manner: Manner,
    beside: usize,
) -> Vec<usize> {
    if beside == 0 {
        return choose(breaks, measure, manner);
    }
    let mut chosen = choose(breaks, measure.narrow(), manner);
    chosen.truncate(beside);
    let at = chosen[chosen.len() - 1];
    let wide = Measure::new(measure.rest, measure.rest);
    let others = choose(&breaks[at..], wide, manner);
    chosen.extend(others.into_iter().map(|other| at + other));
    chosen
}

/// How the lines of a paragraph are filled.
fn manner_of(atoms: &[Atom], align: Align) -> Manner {
    let mut pieces = atoms.iter().flat_map(|atom| atom.pieces.iter().chain(&atom.spaces));
    let Some(first) = pieces.next() else {
        return Manner::Ragged { em: Length::ZERO, balanced: false };
    };
    let style = &first.voice.style;
    match (style.cell, align) {
        (Some(cell), _) => Manner::Typed { cell },
        (None, Align::Justify) => {
            Manner::Justified { em: style.size, tolerance: style.tolerance }
        }
        (None, _) => Manner::Ragged { em: style.size, balanced: align == Align::Center },
    }
}

/// Cuts the atoms of a paragraph into lines, in order.
struct Cutter {
    /// Those that no line has touched.
    atoms: std::vec::IntoIter<Atom>,
    /// How many atoms were taken whole or to their end.
    whole: usize,
    /// The atom that the line before has cut, and where.
    open: Option<(Atom, Cut)>,
}

impl Cutter {
    /// The atoms up to a break.
    fn line(
        &mut self,
        end: &Break,
        cascade: &Cascade<'_>,
        types: &mut Types<'_>,
    ) -> Vec<Atom> {
        let Spot { atom: whole, cut } = end.spot;
        let mut line = Vec::new();
        if self.whole < whole
            && let Some((atom, from)) = self.open.take()
        {
            let pieces = pieces_between(
                &atom,
                Some(from),
                None,
                FragmentEnd::Word,
                cascade,
                types,
            );
            line.push(Atom { pieces: pieces.into(), ..atom });
            self.whole += 1;
        }
        line.extend(self.atoms.by_ref().take(whole - self.whole));
        self.whole = whole;
        let Some(to) = cut else { return line };
        let (atom, from) = match self.open.take() {
            Some((atom, from)) => (atom, Some(from)),
            None => match self.atoms.next() {
                Some(atom) => (atom, None),
                None => return line,
            },
        };
        let divided = end.ending == Ending::Divided;
        let sign = if divided { FragmentEnd::LineHyphen } else { FragmentEnd::Word };
        let mut pieces = pieces_between(&atom, from, Some(to), sign, cascade, types);
        if divided {
            pieces.extend(hyphen(&atom.pieces[to.piece].voice, cascade, types));
        }
        line.push(Atom { pieces: pieces.into(), ..Atom::default() });
        self.open = Some((atom, to));
        line
    }
}

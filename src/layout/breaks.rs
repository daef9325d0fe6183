//! Where lines may end: after atoms, at syllables, and, where nothing else fits, between
//! any two characters; with what a line that ends or begins there measures.

use std::rc::Rc;

use super::fit::{fill_line, has_room};
use super::glue::Sums;
use super::hyphenate::{Cut, Sides, clusters, hyphen};
use super::linebreak::Measure;
use super::protrude::{Edge, protrusion};
use super::shape::{Atom, Piece, Types, is_wide};
use super::squares;
use super::text::Voice;
use crate::geom::Length;
use crate::style::Cascade;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// After a word.
    Word,
    /// After a hyphen that the writer wrote.
    Written,
    /// Within a word, with a hyphen.
    Divided,
    /// Between two characters of what is wider than a line.
    Anywhere,
    /// The text or the writer ends the line.
    Forced,
}

impl Ending {
    /// Whether the line ends with a hyphen.
    pub(super) fn has_hyphen(self) -> bool {
        matches!(self, Self::Written | Self::Divided)
    }
}

/// Where in a text a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// The number of atoms before it that are whole.
    pub atom: usize,
    /// Where it stands in the atom that follows them; none when between atoms.
    pub cut: Option<Cut>,
}

/// A place where a line may end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Break {
    /// Where it is.
    pub spot: Spot,
    /// How a line ends here.
    pub ending: Ending,
    /// What stands before the end of a line that ends here, its hyphen included.
    pub end: Sums,
    /// What stands before the start of a line that begins here.
    pub start: Sums,
    /// How far a line that ends here stands out of the measure.
    pub hang: Length,
    /// How far a line that begins here stands out of the measure.
    pub lead: Length,
    /// How much a line end here is disliked, beyond how its line looks.
    pub penalty: f64,
}

/// The dislike of a line that begins with a dash.
const BEFORE_DASH: f64 = 150.0;
/// The dislike of a line end between a wide character and the figure after it.
const BEFORE_FIGURE: f64 = 60.0;
/// The dislike of a hyphen between one that is written and the end of its word.
const COMPOUND: f64 = 150.0;

/// The places where the lines of a text may end; the first is its beginning.
pub(super) fn find_breaks(
    atoms: &[Atom],
    measure: Measure,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Vec<Break> {
    let mut finder = Finder::new(atoms, measure, cascade, types);
    for index in 0..atoms.len() {
        finder.atom(index);
    }
    finder.breaks
}

/// The ends of the lines that a typist makes of a text, and before them its beginning: each
/// line takes what fits. Where a word does so whole, it is not asked how it might be divided.
pub(super) fn typed_breaks(
    atoms: &[Atom],
    (measure, cell): (Measure, Length),
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Vec<Break> {
    let mut finder = Finder::new(atoms, measure, cascade, types);
    let (mut start, mut room) = (0, measure.first);
    let mut chosen = vec![finder.breaks[0]];
    for (index, atom) in atoms.iter().enumerate() {
        let begun = finder.sums.width - finder.breaks[start].start.width;
        if begun + atom.width() <= room {
            finder.whole(index);
        } else {
            finder.atom(index);
        }
        let breaks = &finder.breaks;
        let last = breaks.len() - 1;
        let is_last = breaks[last].ending == Ending::Forced;
        while start < last && (is_last || !has_room(&breaks[start], &breaks[last], room))
        {
            start += fill_line(&breaks[start..], room, cell);
            room = measure.rest;
            chosen.push(breaks[start]);
        }
    }
    chosen
}

/// The measures of a hyphen.
struct Hyphen {
    /// In whose voice.
    voice: Rc<Voice>,
    /// Its width.
    sums: Sums,
    /// How far it stands out of the measure.
    hang: Length,
}

/// Goes through a text from left to right.
struct Finder<'a, 'b> {
    /// The atoms of the text.
    atoms: &'a [Atom],
    /// What stands before.
    sums: Sums,
    /// The room of the narrowest line.
    narrowest: Length,
    /// The places found.
    breaks: Vec<Break>,
    /// The hyphen used last.
    hyphen: Option<Hyphen>,
    /// The style.
    cascade: &'a Cascade<'a>,
    /// The faces.
    types: &'a mut Types<'b>,
}

impl<'a, 'b> Finder<'a, 'b> {
    /// At the beginning of a text, which is the first of the places.
    fn new(
        atoms: &'a [Atom],
        measure: Measure,
        cascade: &'a Cascade<'a>,
        types: &'a mut Types<'b>,
    ) -> Self {
        let mut finder = Self {
            atoms,
            sums: Sums::default(),
            narrowest: measure.first.min(measure.rest),
            breaks: Vec::with_capacity(atoms.len() * 2 + 1),
            hyphen: None,
            cascade,
            types,
        };
        let lead = if measure.first < measure.rest {
            // An indent is the edge; what stands after it need not hang.
            Length::ZERO
        } else {
            atoms.first().map_or(Length::ZERO, |atom| finder.lead(atom))
        };
        finder.breaks.push(Break {
            spot: Spot { atom: 0, cut: None },
            ending: Ending::Forced,
            end: Sums::default(),
            start: Sums::default(),
            hang: Length::ZERO,
            lead,
            penalty: 0.0,
        });
        finder
    }

    /// The places in and after an atom.
    fn atom(&mut self, index: usize) {
        let atoms = self.atoms;
        let atom = &atoms[index];
        let before = index.checked_sub(1).map(|i| &atoms[i]);
        let is_part = ends_in_hyphen(atom)
            || before.is_some_and(|a| a.spaces.is_empty() && ends_in_hyphen(a));
        let dislike = if is_part { COMPOUND } else { 0.0 };
        let cuts = self.cuts(atom);
        let mut waiting = cuts.as_slice();
        for (number, piece) in atom.pieces.iter().enumerate() {
            let count = waiting.iter().take_while(|(cut, _)| cut.piece == number).count();
            let (own, others) = waiting.split_at(count);
            if !own.is_empty() {
                self.inside(index, piece, own, dislike);
            }
            waiting = others;
            self.sums += Sums::of_piece(piece);
        }
        self.after(index);
    }

    /// The place after an atom that is not divided.
    fn whole(&mut self, index: usize) {
        for piece in &self.atoms[index].pieces {
            self.sums += Sums::of_piece(piece);
        }
        self.after(index);
    }

    /// The place after an atom whose pieces are summed up.
    fn after(&mut self, index: usize) {
        let atoms = self.atoms;
        let atom = &atoms[index];
        let end = self.sums;
        self.sums += Sums::of_gap(atom);
        let next = atoms.get(index + 1);
        let ending = if atom.must_break || next.is_none() {
            Ending::Forced
        } else if ends_in_hyphen(atom) && atom.spaces.is_empty() {
            Ending::Written
        } else {
            Ending::Word
        };
        let start = self.sums;
        let hang = self.hang(atom);
        let lead = next.map_or(Length::ZERO, |atom| self.lead(atom));
        let penalty = next.map_or(0.0, |next| dislike_between(atom, next));
        let spot = Spot { atom: index + 1, cut: None };
        self.breaks.push(Break { spot, ending, end, start, hang, lead, penalty });
    }

    /// Where an atom may be divided, in order, and how.
    fn cuts(&self, atom: &Atom) -> Vec<(Cut, Ending)> {
        let syllables = atom.syllables.iter().flat_map(|cuts| cuts.iter());
        let cuts: Vec<_> = syllables.map(|cut| (*cut, Ending::Divided)).collect();
        if atom.width() > self.narrowest {
            return with_clusters(atom, &cuts, self.narrowest);
        }
        cuts
    }

    /// The places in a piece.
    fn inside(
        &mut self,
        index: usize,
        piece: &Piece,
        cuts: &[(Cut, Ending)],
        dislike: f64,
    ) {
        let mut ruler = Ruler::new(piece);
        for &(cut, ending) in cuts {
            let width = ruler.width_to(cut.byte);
            let own = Sums { width, ..Sums::default() };
            let share = piece.voice.style.expand;
            let start = self.sums + Sums { expand: width * share, ..own };
            let (mut end, mut hang, mut lead) = (start, Length::ZERO, Length::ZERO);
            if ending == Ending::Divided {
                let hyphen = self.hyphen(&piece.voice);
                end += hyphen.sums;
                hang = hyphen.hang;
                lead = self.edge(piece, ruler.next, Edge::Left);
            }
            let spot = Spot { atom: index, cut: Some(cut) };
            let penalty = dislike;
            self.breaks.push(Break { spot, ending, end, start, hang, lead, penalty });
        }
    }

    /// The hyphen of a voice.
    fn hyphen(&mut self, voice: &Rc<Voice>) -> &Hyphen {
        let known = self.hyphen.take().filter(|h| Rc::ptr_eq(&h.voice, voice));
        let made = known.unwrap_or_else(|| {
            let pieces = hyphen(voice, self.cascade, self.types);
            let sums = pieces.iter().map(Sums::of_piece).sum();
            let hang = pieces.last().map_or(Length::ZERO, |piece| {
                self.edge(piece, piece.glyphs.len().saturating_sub(1), Edge::Right)
            });
            Hyphen { voice: Rc::clone(voice), sums, hang }
        });
        self.hyphen.insert(made)
    }

    /// How far a line that begins with an atom stands out.
    fn lead(&mut self, atom: &Atom) -> Length {
        atom.pieces.first().map_or(Length::ZERO, |piece| self.edge(piece, 0, Edge::Left))
    }

    /// How far a line that ends with an atom stands out.
    fn hang(&mut self, atom: &Atom) -> Length {
        atom.pieces.last().map_or(Length::ZERO, |piece| {
            self.edge(piece, piece.glyphs.len().saturating_sub(1), Edge::Right)
        })
    }

    /// How far a glyph of a piece stands out.
    #[inline]
    fn edge(&mut self, piece: &Piece, glyph: usize, edge: Edge) -> Length {
        // What is typed stands in its cells.
        if piece.voice.style.cell.is_some() {
            return Length::ZERO;
        }
        if glyph < piece.glyphs.len()
            && let Some(wide) =
                squares::overhang(piece, glyph, edge == Edge::Right, self.types)
        {
            return wide;
        }
        let Some(glyph) = piece.glyphs.get(glyph) else { return Length::ZERO };
        protrusion(piece, glyph, edge, self.types)
    }
}

/// Measures a piece from its start to places in it, in order.
struct Ruler<'a> {
    /// The piece.
    piece: &'a Piece,
    /// The first glyph that is not measured yet.
    next: usize,
    /// What is measured.
    width: Length,
}

impl<'a> Ruler<'a> {
    /// At the start of a piece.
    fn new(piece: &'a Piece) -> Self {
        Self { piece, next: 0, width: Length::ZERO }
    }

    /// The width up to a byte of the text, which must not stand before one asked earlier.
    fn width_to(&mut self, byte: usize) -> Length {
        while let Some(glyph) = self.piece.glyphs.get(self.next) {
            if glyph.text().end > byte {
                break;
            }
            self.width += glyph.advance;
            self.next += 1;
        }
        match self.piece.glyphs.get(self.next) {
            // Within a ligature: its share of the width.
            Some(glyph) if glyph.text().start < byte => {
                let said = glyph.text();
                let share = (byte - said.start) as f64 / said.len().max(1) as f64;
                self.width + glyph.advance * share
            }
            _ => self.width,
        }
    }
}

/// The places of a wide atom, with those between any two characters wherever syllables
/// lie further apart than a line is wide.
fn with_clusters(
    atom: &Atom,
    syllables: &[(Cut, Ending)],
    room: Length,
) -> Vec<(Cut, Ending)> {
    let mut cuts = Vec::new();
    let mut run: Vec<Cut> = Vec::new();
    let mut since = Length::ZERO;
    let mut waiting = syllables.iter().peekable();
    let mut sides = Sides::new(atom);
    for cut in clusters(atom) {
        since += sides.width_to(cut);
        if let Some(&syllable) = waiting.next_if(|(at, _)| *at == cut) {
            if since > room {
                cuts.extend(run.drain(..).map(|cut| (cut, Ending::Anywhere)));
            }
            run.clear();
            cuts.push(syllable);
            since = Length::ZERO;
        } else {
            run.push(cut);
        }
    }
    if since + sides.rest() > room {
        cuts.extend(run.drain(..).map(|cut| (cut, Ending::Anywhere)));
    }
    cuts
}

/// The last character of an atom.
fn last_char(atom: &Atom) -> Option<char> {
    atom.pieces.last().and_then(|piece| piece.text.chars().next_back())
}

/// Whether an atom ends in a hyphen that the writer wrote.
fn ends_in_hyphen(atom: &Atom) -> bool {
    let text = atom.pieces.last().map_or("", |piece| &piece.text);
    text.len() > 1 && text.ends_with(['-', '\u{2010}'])
}

/// How much a line end between two atoms is disliked.
fn dislike_between(atom: &Atom, next: &Atom) -> f64 {
    if !atom.spaces.is_empty() {
        return 0.0;
    }
    let first = next.pieces.first().and_then(|piece| piece.text.chars().next());
    match (last_char(atom), first) {
        (_, Some('\u{2014}')) => BEFORE_DASH,
        (Some(before), Some(after)) if is_wide(before) && after.is_numeric() => {
            BEFORE_FIGURE
        }
        _ => 0.0,
    }
}

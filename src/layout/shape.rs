//! From flattened text to atoms: stretches of glyphs between two places where a line may
//! end.

use core::ops::{Deref, DerefMut, Range};
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use smallvec::SmallVec;
use smol_str::SmolStr;

use super::hyphenate::{Cut, syllables};
use super::opportunities::{Opportunity, opportunities};
use super::protrude::Overhangs;
use super::squares;
use super::text::{Stretch, Text, Voice};
use super::word::{Stance, shape_stretch};
use super::words::{Manner, Words};
use crate::diag::{Diagnostic, Result};
use crate::document::Attributes;
use crate::font::{Book, Face, Feature, ShapedGlyph};
use crate::geom::Length;
use crate::lang::Lang;
use crate::page::FaceId;
use crate::period::MONTHS;
use crate::style::{Cascade, TextStyle};

/// Glyphs of one face in one voice, or a space.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The voice.
    pub voice: Rc<Voice>,
    /// What stands there.
    pub set: Arc<Set>,
    /// How many times more than other spaces it may grow, and less shrink.
    pub ease: f64,
    /// What stands above it and the pieces before it.
    pub above: Option<Rc<Above>>,
}

/// What a piece is beside its voice: words of many documents share it.
#[derive(Clone, Debug)]
pub(super) struct Set {
    /// The face.
    pub face: FaceId,
    /// The plain words.
    pub text: SmolStr,
    /// The glyphs.
    pub glyphs: Glyphs,
    /// How wide it is before a line is filled.
    pub width: Length,
    /// Whether it is a space that may grow and shrink.
    pub is_space: bool,
    /// Whether its glyphs stand upright in a line that runs downward: `dx` is then from
    /// the middle of the line, `dy` from where a glyph stands in its square.
    pub upright: bool,
    /// Whether it is a leader: its one glyph is repeated as far as there is room.
    pub is_leader: bool,
}

impl Piece {
    /// What stands in a voice.
    pub(super) fn new(voice: &Rc<Voice>, set: Arc<Set>) -> Self {
        Self { voice: Rc::clone(voice), set, ease: 1.0, above: None }
    }
}

impl Deref for Piece {
    type Target = Set;
    fn deref(&self) -> &Set {
        &self.set
    }
}

impl DerefMut for Piece {
    fn deref_mut(&mut self) -> &mut Set {
        Arc::make_mut(&mut self.set)
    }
}

/// Small text above a word, or at its right in vertical lines (ruby).
#[derive(Clone, Debug)]
pub(super) struct Above {
    /// What stands there.
    pub pieces: Vec<Piece>,
    /// How far it begins before the end of the word.
    pub back: Length,
}

/// A glyph of a piece.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Its number in the face.
    pub id: u16,
    /// The first of the bytes of the piece's text that it stands for, and the one after them.
    text: [u32; 2],
    /// How far the next glyph stands to the right.
    pub advance: Length,
    /// Moved to the right.
    pub dx: Length,
    /// Moved upward.
    pub dy: Length,
}

impl Glyph {
    /// A glyph in its place, which stands for these bytes of the piece's text.
    pub(super) fn new(id: u16, text: Range<usize>, advance: Length) -> Self {
        let (dx, dy) = (Length::ZERO, Length::ZERO);
        let mut glyph = Self { id, text: [0; 2], advance, dx, dy };
        glyph.say(text);
        glyph
    }

    /// The bytes of the piece's text that it stands for.
    pub(super) fn text(&self) -> Range<usize> {
        let [start, end] = self.text;
        start as usize..end as usize
    }

    /// Makes it stand for other bytes. No word has more than four thousand million.
    pub(super) fn say(&mut self, text: Range<usize>) {
        let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        self.text = [byte(text.start), byte(text.end)];
    }
}

/// The glyphs of a piece: as many as words mostly have lie where the rest of it does.
pub(super) type Glyphs = SmallVec<[Glyph; 8]>;

/// The pieces of an atom: mostly one.
pub(super) type Pieces = SmallVec<[Piece; 1]>;

/// What cannot be divided at a line end, and the spaces after it.
#[derive(Clone, Debug, Default)]
pub(super) struct Atom {
    /// The pieces, without the spaces at the end.
    pub pieces: Pieces,
    /// The spaces at the end; they vanish where a line ends.
    pub spaces: Pieces,
    /// Where its words may be divided with a hyphen.
    pub syllables: Syllables,
    /// Whether a line must end here.
    pub must_break: bool,
}

/// Places where the words of an atom may be divided, in order; none for most atoms.
pub(super) type Syllables = Option<Arc<[Cut]>>;

impl Atom {
    /// Whether something is said of it or stands above it.
    fn is_special(&self) -> bool {
        let special =
            |piece: &Piece| piece.voice.says.is_some() || piece.voice.ruby.is_some();
        self.pieces.iter().chain(&self.spaces).any(special)
    }

    /// How wide the pieces are.
    pub(super) fn width(&self) -> Length {
        self.pieces.iter().map(|p| p.width).sum()
    }

    /// How wide the spaces are.
    pub(super) fn space(&self) -> Length {
        self.spaces.iter().map(|p| p.width).sum()
    }

    /// Whether the line may be spread after this atom though it has no space: it ends in
    /// a character of a script written without spaces.
    pub(super) fn spreads(&self) -> bool {
        let last = || self.pieces.last().and_then(|p| p.text.chars().next_back());
        self.spaces.is_empty() && last().is_some_and(is_wide)
    }
}

/// The faces of a document, numbered as they are met, and what is known of them.
pub(super) struct Types<'a> {
    /// All faces there are.
    book: &'a Book,
    /// The faces in use, by number.
    pub faces: Vec<Arc<Face>>,
    /// The numbers of faces by name.
    numbers: BTreeMap<String, FaceId>,
    /// The lists of faces in use.
    lists: Vec<List>,
    /// The same by where the styles name their faces and those of the role `fallback`.
    roles: Vec<([usize; 2], ListId)>,
    /// Characters that no face has, each reported once.
    pub missing: BTreeMap<char, Lang>,
    /// How far glyphs stand out of the measure.
    pub overhangs: Overhangs,
    /// What is known of words from other documents.
    pub words: &'a Words,
    /// Whether a character was missing since this was last set to no.
    pub lacks: bool,
}

/// The face that draws a character, and its glyph.
type Covered = Option<(FaceId, u16)>;

/// The number of a list of faces.
#[derive(Clone, Copy, Debug)]
pub(super) struct ListId(usize);

/// The faces of a role, the first choice first, and which of them has a character.
struct List {
    /// The faces.
    faces: Vec<FaceId>,
    /// What has the characters of ASCII, as far as it was asked.
    ascii: [Option<Covered>; 128],
    /// What has the others. Looked up only, never iterated.
    others: HashMap<char, Covered>,
}

impl<'a> Types<'a> {
    /// With no face in use yet.
    pub(super) fn new(book: &'a Book, words: &'a Words) -> Self {
        Self {
            book,
            faces: Vec::new(),
            numbers: BTreeMap::new(),
            lists: Vec::new(),
            roles: Vec::new(),
            missing: BTreeMap::new(),
            overhangs: Overhangs::default(),
            words,
            lacks: false,
        }
    }

    /// The face of a number.
    pub(super) fn face(&self, id: FaceId) -> &Arc<Face> {
        &self.faces[usize::from(id.0)]
    }

    /// The faces of a role: its own, then those of the role `fallback`.
    pub(super) fn role(&mut self, cascade: &Cascade<'_>, role: &str) -> Result<ListId> {
        let Some(own) = cascade.faces(role) else {
            let message = format!("the style has no faces for the role `{role}`");
            let hint = format!("add `{role} = [\"…\"]` under [faces] of the style");
            return Err(Diagnostic::usage("style-role", message).hint(hint).into());
        };
        let fallback = cascade.faces("fallback").unwrap_or_default();
        let named = [own.as_ptr().addr(), fallback.as_ptr().addr()];
        if let Some((_, known)) = self.roles.iter().find(|(other, _)| *other == named) {
            return Ok(*known);
        }
        let faces = own.iter().chain(fallback).map(|name| self.number(name));
        let faces: Vec<FaceId> = faces.collect::<Result<_>>()?;
        let known = self.lists.iter().position(|list| list.faces == faces);
        let number = known.unwrap_or(self.lists.len());
        if known.is_none() {
            self.lists.push(List { faces, ascii: [None; 128], others: HashMap::new() });
        }
        self.roles.push((named, ListId(number)));
        Ok(ListId(number))
    }

    /// Notes a character that no face has.
    pub(super) fn miss(&mut self, c: char, lang: Lang) {
        self.missing.entry(c).or_insert(lang);
        self.lacks = true;
    }

    /// How a stretch is set.
    fn manner(
        &self,
        stretch: &Stretch,
        list: ListId,
        cascade: &Cascade<'_>,
    ) -> Arc<Manner> {
        let faces = self.lists[list.0].faces.iter().map(|&id| (id, self.face(id)));
        self.words.manner(stretch, &faces, cascade)
    }

    /// The first face of a list.
    pub(super) fn first(&self, list: ListId) -> Option<FaceId> {
        self.lists[list.0].faces.first().copied()
    }

    /// How high the capitals of a role's first face are, in ems.
    ///
    /// # Errors
    /// A role without faces, a font that cannot be opened.
    pub(super) fn cap_height(
        &mut self,
        cascade: &Cascade<'_>,
        role: &str,
    ) -> Result<f64> {
        let first = self.role(cascade, role).map(|list| self.first(list))?;
        let first = first.map(|id| self.face(id).metrics().cap_height);
        Ok(first.unwrap_or(0.7))
    }

    /// The number of a face, opening it when it is new.
    fn number(&mut self, name: &str) -> Result<FaceId> {
        if let Some(&id) = self.numbers.get(name) {
            return Ok(id);
        }
        let face = self.book.face(name)?;
        let id = FaceId(u16::try_from(self.faces.len()).unwrap_or(u16::MAX));
        self.faces.push(face);
        self.numbers.insert(name.to_owned(), id);
        Ok(id)
    }

    /// The first face of a list that draws a character, and its glyph.
    pub(super) fn cover(&mut self, list: ListId, c: char) -> Option<(FaceId, u16)> {
        let of = &self.lists[list.0];
        let place = c as usize;
        let known =
            of.ascii.get(place).map_or_else(|| of.others.get(&c).copied(), |k| *k);
        if let Some(known) = known {
            return known;
        }
        let mut faces = of.faces.iter();
        let found = faces.find_map(|&id| Some((id, self.face(id).glyph(c)?)));
        let of = &mut self.lists[list.0];
        match of.ascii.get_mut(place) {
            Some(known) => *known = Some(found),
            None => drop(of.others.insert(c, found)),
        }
        found
    }

    /// A round s for a long one, unless the face that has the one draws the other.
    pub(super) fn round_s(&mut self, list: ListId, form: char) -> char {
        if form != 'ſ' {
            return form;
        }
        let round = self.cover(list, 's').map(|(face, _)| face);
        let long = self.cover(list, 'ſ').map(|(face, _)| face);
        if long.is_some() && round.is_none_or(|face| Some(face) == long) {
            'ſ'
        } else {
            's'
        }
    }

    /// The shape of a word.
    pub(super) fn shape(
        &self,
        face: FaceId,
        style: &TextStyle,
        text: &str,
        stance: Stance,
    ) -> Arc<[ShapedGlyph]> {
        let features = match stance {
            Stance::Upright => {
                let vert = Feature { tag: *b"vert", value: 1 };
                style.features.iter().copied().chain([vert]).collect()
            }
            _ => Arc::clone(&style.features),
        };
        self.face(face).shape(text, style.lang, &features)
    }
}

/// Shapes a paragraph: its atoms in order, with the faces of each voice.
///
/// # Errors
/// A role without faces, a font that cannot be opened. Characters that no face has are
/// noted in [`Types::missing`] and left out.
pub(super) fn shape_text(
    text: &Text,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Result<Vec<Atom>> {
    let mut atoms = Vec::with_capacity(text.source.len() / 5 + 1);
    let mut start = 0;
    let known = text.stretches.iter().map(|stretch| {
        let role = types.role(cascade, &stretch.voice.style.face)?;
        Ok((role, types.manner(stretch, role, cascade)))
    });
    let known: Vec<(ListId, Arc<Manner>)> = known.collect::<Result<_>>()?;
    let mut stretches = text.stretches.as_slice();
    let mut known = known.as_slice();
    for (end, kind) in opportunities(&text.source) {
        let inside = |s: &Stretch| s.voice.ruby.is_some() && s.range.contains(&end);
        let near = stretches.iter().take_while(|s| s.range.start < end);
        let (words, after) = (&text.source[start..end], &text.source[end..]);
        let kept = are_kept(words, after);
        if end < text.source.len() && (kept || near.clone().any(inside)) {
            continue;
        }
        let past = stretches.iter().take_while(|s| s.range.end <= start).count();
        (stretches, known) = (&stretches[past..], &known[past..]);
        let mut atom = match (stretches, known) {
            ([only, ..], [(role, manner), ..]) if end <= only.range.end => {
                let part = &text.source[start..end];
                manner.atom(part, only, &mut || {
                    types.lacks = false;
                    let mut pieces = Vec::new();
                    shape_stretch(part, only, *role, types, &mut pieces);
                    squares::space_scripts(&mut pieces);
                    (divide(pieces.into(), cascade, types), !types.lacks)
                })
            }
            _ => {
                let begun = stretches.iter().zip(known);
                let mut pieces = Vec::new();
                for (stretch, (role, _)) in begun.take_while(|(s, _)| s.range.start < end)
                {
                    let range =
                        stretch.range.start.max(start)..stretch.range.end.min(end);
                    let part = &text.source[range];
                    shape_stretch(part, stretch, *role, types, &mut pieces);
                }
                squares::space_scripts(&mut pieces);
                divide(pieces.into(), cascade, types)
            }
        };
        if atom.is_special() {
            let Atom { mut pieces, mut spaces, .. } = atom;
            pieces.append(&mut spaces);
            say(&mut pieces);
            crown(&mut pieces, cascade, types)?;
            atom = divide(pieces, cascade, types);
        }
        ease_spaces(&mut atom.spaces, &text.source[start..end], &text.source[end..]);
        atom.must_break = kind == Opportunity::Mandatory && end < text.source.len();
        atoms.push(atom);
        start = end;
    }
    squares::space_atoms(&mut atoms);
    squares::squeeze(&mut atoms, types);
    Ok(atoms)
}

/// Divides pieces into what is seen and the spaces at the end.
fn divide(mut pieces: Pieces, cascade: &Cascade<'_>, types: &Types<'_>) -> Atom {
    let count = pieces.iter().rev().take_while(|piece| piece.is_space).count();
    let spaces = pieces.drain(pieces.len() - count..).collect();
    let syllables = syllables(&pieces, cascade, types);
    Atom { pieces, spaces, syllables, must_break: false }
}

/// Gives pieces that are copied as something else what they say: the first of them all.
fn say(pieces: &mut [Piece]) {
    let mut before: Option<Arc<str>> = None;
    for piece in pieces {
        let says = piece.voice.says.clone();
        if let Some(says) = &says {
            let goes_on = before.as_ref().is_some_and(|b| Arc::ptr_eq(b, says));
            piece.text = if goes_on { SmolStr::default() } else { says.as_ref().into() };
            let end = piece.text.len();
            for (index, glyph) in piece.glyphs.iter_mut().enumerate() {
                glyph.say(if index == 0 { 0..end } else { end..end });
            }
        }
        before = says;
    }
}

/// Sets above pieces what stands above them, and makes room where it is wider.
fn crown(
    pieces: &mut [Piece],
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
) -> Result<()> {
    let mut start = 0;
    while start < pieces.len() {
        let Some(ruby) = pieces[start].voice.ruby.clone() else {
            start += 1;
            continue;
        };
        let same = |piece: &&Piece| {
            piece.voice.ruby.as_ref().is_some_and(|r| Arc::ptr_eq(r, &ruby))
        };
        let count = pieces[start..].iter().take_while(same).count();
        let group = &mut pieces[start..start + count];
        let voice = &group[0].voice;
        // The right word above a struck one is larger than what explains a word.
        let class = if voice.style.strike { "correction" } else { "ruby" };
        let mut style = cascade.span(&Attributes::class(class), &voice.style);
        style.strike = false;
        let mut text = Text::default();
        text.push(&ruby, &Voice::new(style, voice.mark), false);
        let mut above = Vec::new();
        for stretch in &text.stretches {
            let role = types.role(cascade, &stretch.voice.style.face)?;
            shape_stretch(&text.source, stretch, role, types, &mut above);
        }
        let own: Length = above.iter().map(|piece| piece.width).sum();
        let base: Length = group.iter().map(|piece| piece.width).sum();
        let extra = (own - base).max(Length::ZERO);
        widen(group, extra);
        let back = (base + extra + own) * 0.5;
        if let Some(last) = group.last_mut() {
            last.above = Some(Rc::new(Above { pieces: above, back }));
        }
        start += count;
    }
    Ok(())
}

/// Adds room at both sides of pieces.
fn widen(group: &mut [Piece], extra: Length) {
    let half = extra * 0.5;
    if let Some(first) = group.first_mut() {
        first.width += half;
        let upright = first.upright;
        if let Some(glyph) = first.glyphs.first_mut() {
            glyph.advance += half;
            if upright {
                glyph.dy -= half;
            } else {
                glyph.dx += half;
            }
        }
    }
    if let Some(last) = group.last_mut() {
        last.width += half;
        if let Some(glyph) = last.glyphs.last_mut() {
            glyph.advance += half;
        }
    }
}

/// Makes the spaces after words what they should be at the end of a sentence.
fn ease_spaces(spaces: &mut [Piece], words: &str, after: &str) {
    // Most words are seen to end none.
    if words.trim_end_matches(' ').ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return;
    }
    let ease = ease_after(words);
    for space in spaces {
        space.ease = ease;
        let times = space.voice.style.sentence_space;
        if times != 1.0 && ends_sentence(words, after) {
            space.width = space.width * times;
        }
    }
}

/// Whether words are not parted from what follows, though UAX 14 would.
fn are_kept(words: &str, after: &str) -> bool {
    if is_counted(words, after) {
        return true;
    }
    let words = words.trim_end_matches(' ');
    // Most words are seen to be none of these at their end.
    let is_plain = |c: char| c.is_ascii_alphabetic() && c != 's';
    if words.ends_with(is_plain) && !after.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    is_title(words) || is_day(words, after) || is_reference(words, after)
}

/// Titles that stay with the name after them, and what is counted with its figure.
const TITLES: &[&str] = &[
    "Mr.", "Mrs.", "Miss", "Messrs.", "Dr.", "St.", "Gen.", "Col.", "Maj.", "Capt.",
    "Lt.", "Rev.", "Hon.", "No.", "Nos.",
];

/// Whether words end in a title, which stays with the name that follows.
fn is_title(words: &str) -> bool {
    words.ends_with(['.', 's'])
        && words.rsplit([' ', '(', '“']).next().is_some_and(|word| TITLES.contains(&word))
}

/// Whether words end in the day of the month that follows, from which it is not parted.
fn is_day(words: &str, after: &str) -> bool {
    words.ends_with(|c: char| c.is_ascii_digit())
        && words.rsplit(' ').next().is_some_and(|day| day.len() <= 2)
        && MONTHS.iter().any(|month| after.starts_with(month))
}

/// What is referred to by its number.
const PARTS: &[&str] =
    &["Article", "Articles", "Paragraph", "Paragraphs", "Annex", "Map", "Section"];

/// Whether words end in the name of the part whose number follows, from which it is not
/// parted.
fn is_reference(words: &str, after: &str) -> bool {
    after.starts_with(|c: char| c.is_ascii_digit()) && {
        let name = words.rsplit([' ', '(', '“']).next().unwrap_or_default();
        PARTS.contains(&name)
    }
}

/// Words whose point ends no sentence.
const SHORT: &[&str] = &[
    "Mr", "Mrs", "Messrs", "Dr", "St", "Gen", "Col", "Maj", "Capt", "Lt", "Lieut", "Sgt",
    "Rev", "Hon", "Esq", "No", "Nos", "Art", "Par", "viz", "inst", "ult",
];

/// Whether words end a sentence, as far as can be seen: not after an initial or a title,
/// nor before a small letter or a figure.
fn ends_sentence(words: &str, after: &str) -> bool {
    let begins = |c: char| c.is_uppercase() || "“‘\"'(".contains(c);
    if !after.chars().next().is_none_or(begins) {
        return false;
    }
    let words = words.trim_end().trim_end_matches(['”', '’', '"', '\'', ')', ']', '»']);
    let Some(before) = words.strip_suffix('.') else {
        return words.ends_with(['?', '!']);
    };
    let last = before.rsplit([' ', '(', '“', '.']).next().unwrap_or_default();
    let initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    !initial && !SHORT.iter().any(|short| short.eq_ignore_ascii_case(last))
}

/// How many times more the spaces after these words may grow than other spaces: the ends
/// of sentences take more of what a line lacks, as compositors did and TeX does with its
/// space factors (The TeXbook, p. 76).
fn ease_after(words: &str) -> f64 {
    let words = words.trim_end().trim_end_matches(['”', '’', '"', '\'', ')', ']', '»']);
    match words.chars().next_back() {
        Some('.' | '?' | '!') => 3.0,
        Some(':') => 2.0,
        Some(';') => 1.5,
        _ => 1.0,
    }
}

/// Whether words end in a figure and what it counts stands right after it, as in `15일`:
/// Korean does not divide the two.
fn is_counted(words: &str, after: &str) -> bool {
    let before = words.chars().next_back();
    let after = after.chars().next();
    before.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
        && after.is_some_and(|c| is_wide(c) && c.is_alphabetic())
}

/// Whether a character fills a square: Han, Hangul, kana and their punctuation.
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0x33ff | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f
        | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x2_0000..=0x3_fffd)
}

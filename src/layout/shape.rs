//! From flattened text to atoms: stretches of glyphs between two places where a line may
//! end.

use core::ops::Range;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::protrude::Overhangs;
use super::squares;
use super::text::{Shown, Stretch, Text, Voice, typed};
use crate::diag::{Diagnostic, Result};
use crate::document::Attributes;
use crate::font::{Book, Face, Feature, ShapedGlyph};
use crate::geom::Length;
use crate::lang::Lang;
use crate::page::FaceId;
use crate::period::{LongS, capital_nouns, long_s};
use crate::style::{Cascade, TextStyle};

/// Glyphs of one face in one voice, or a space.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// The voice.
    pub voice: Arc<Voice>,
    /// The face.
    pub face: FaceId,
    /// The plain words.
    pub text: String,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
    /// How wide it is before a line is filled.
    pub width: Length,
    /// Whether it is a space that may grow and shrink.
    pub is_space: bool,
    /// How many times more than other spaces it may grow, and less shrink.
    pub ease: f64,
    /// Whether its glyphs stand upright in a line that runs downward: `dx` is then from
    /// the middle of the line, `dy` from where a glyph stands in its square.
    pub upright: bool,
    /// Whether it is a leader: its one glyph is repeated as far as there is room.
    pub is_leader: bool,
    /// What stands above it and the pieces before it.
    pub above: Option<Arc<Above>>,
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
    /// The bytes of the piece's text it stands for.
    pub text: Range<usize>,
    /// How far the next glyph stands to the right.
    pub advance: Length,
    /// Moved to the right.
    pub dx: Length,
    /// Moved upward.
    pub dy: Length,
}

/// What cannot be divided at a line end, and the spaces after it.
#[derive(Clone, Debug, Default)]
pub(super) struct Atom {
    /// The pieces, without the spaces at the end.
    pub pieces: Vec<Piece>,
    /// The spaces at the end; they vanish where a line ends.
    pub spaces: Vec<Piece>,
    /// Whether a line must end here.
    pub must_break: bool,
}

impl Atom {
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
        let last = self.pieces.last().and_then(|p| p.text.chars().next_back());
        self.spaces.is_empty() && last.is_some_and(is_wide)
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
    /// Which face of a list has a character. Looked up only, never iterated.
    coverage: HashMap<Vec<FaceId>, HashMap<char, Covered>>,
    /// Characters that no face has, each reported once.
    pub missing: BTreeMap<char, Lang>,
    /// How far glyphs stand out of the measure.
    pub overhangs: Overhangs,
    /// Where words may be divided. Looked up only, never iterated.
    pub divided: HashMap<String, Arc<[usize]>>,
    /// Words shaped before. Looked up only, never iterated.
    shaped: HashMap<ShapeKey, Arc<[ShapedGlyph]>>,
}

/// The face that draws a character, and its glyph.
type Covered = Option<(FaceId, u16)>;

/// What the shape of a word depends on.
#[derive(Clone, PartialEq, Eq, Hash)]
struct ShapeKey {
    /// The face.
    face: FaceId,
    /// The language.
    lang: Lang,
    /// The features.
    features: Arc<[Feature]>,
    /// The characters.
    text: String,
}

impl<'a> Types<'a> {
    /// With no face in use yet.
    pub(super) fn new(book: &'a Book) -> Self {
        Self {
            book,
            faces: Vec::new(),
            numbers: BTreeMap::new(),
            coverage: HashMap::new(),
            missing: BTreeMap::new(),
            overhangs: Overhangs::default(),
            divided: HashMap::new(),
            shaped: HashMap::new(),
        }
    }

    /// The face of a number.
    pub(super) fn face(&self, id: FaceId) -> &Arc<Face> {
        &self.faces[usize::from(id.0)]
    }

    /// The faces of a role: its own, then those of the role `fallback`.
    pub(super) fn role(
        &mut self,
        cascade: &Cascade<'_>,
        role: &str,
    ) -> Result<Vec<FaceId>> {
        let Some(own) = cascade.faces(role) else {
            let message = format!("the style has no faces for the role `{role}`");
            let hint = format!("add `{role} = [\"…\"]` under [faces] of the style");
            return Err(Diagnostic::usage("style-role", message).hint(hint).into());
        };
        let fallback = cascade.faces("fallback").unwrap_or_default();
        own.iter().chain(fallback).map(|name| self.number(name)).collect()
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
        let faces = self.role(cascade, role)?;
        let first = faces.first().map(|&id| self.face(id).metrics().cap_height);
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
    fn cover(&mut self, faces: &[FaceId], c: char) -> Option<(FaceId, u16)> {
        if let Some(&known) = self.coverage.get(faces).and_then(|of| of.get(&c)) {
            return known;
        }
        let found =
            faces.iter().find_map(|&id| self.face(id).glyph(c).map(|glyph| (id, glyph)));
        self.coverage.entry(faces.to_vec()).or_default().insert(c, found);
        found
    }

    /// A round s for a long one, unless the face that has the one draws the other.
    fn round_s(&mut self, faces: &[FaceId], form: char) -> char {
        if form != 'ſ' {
            return form;
        }
        let round = self.cover(faces, 's').map(|(face, _)| face);
        let long = self.cover(faces, 'ſ').map(|(face, _)| face);
        if long.is_some() && round.is_none_or(|face| Some(face) == long) {
            'ſ'
        } else {
            's'
        }
    }

    /// The shape of a word.
    fn shape(
        &mut self,
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
        let lang = style.lang;
        let key = ShapeKey { face, lang, features, text: text.to_owned() };
        if let Some(known) = self.shaped.get(&key) {
            return Arc::clone(known);
        }
        let shaped = self.face(face).shape(text, style.lang, &key.features);
        let glyphs: Arc<[ShapedGlyph]> = shaped.glyphs.into();
        self.shaped.insert(key, Arc::clone(&glyphs));
        glyphs
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
    let mut atoms = Vec::new();
    let mut start = 0;
    let mut stretches = text.stretches.as_slice();
    for (end, kind) in linebreaks(&text.source) {
        let inside = |s: &Stretch| s.voice.ruby.is_some() && s.range.contains(&end);
        let near = stretches.iter().take_while(|s| s.range.start < end);
        let kept = is_counted(&text.source, end) || is_title(&text.source[start..end]);
        if end < text.source.len() && (kept || near.clone().any(inside)) {
            continue;
        }
        let mut atom = Atom::default();
        let past = stretches.iter().take_while(|s| s.range.end <= start).count();
        stretches = &stretches[past..];
        for stretch in stretches.iter().take_while(|s| s.range.start < end) {
            let range = stretch.range.start.max(start)..stretch.range.end.min(end);
            let part = &text.source[range];
            shape_stretch(part, stretch, cascade, types, &mut atom.pieces)?;
        }
        squares::space_scripts(&mut atom.pieces);
        say(&mut atom.pieces);
        crown(&mut atom.pieces, cascade, types)?;
        while atom.pieces.last().is_some_and(|piece| piece.is_space) {
            atom.spaces.extend(atom.pieces.pop());
        }
        atom.spaces.reverse();
        ease_spaces(&mut atom.spaces, &text.source[start..end], &text.source[end..]);
        atom.must_break = kind == BreakOpportunity::Mandatory && end < text.source.len();
        atoms.push(atom);
        start = end;
    }
    squares::space_atoms(&mut atoms);
    squares::squeeze(&mut atoms, types);
    Ok(atoms)
}

/// Gives pieces that are copied as something else what they say: the first of them all.
fn say(pieces: &mut [Piece]) {
    let mut before: Option<Arc<str>> = None;
    for piece in pieces {
        let says = piece.voice.says.clone();
        if let Some(says) = &says {
            let goes_on = before.as_ref().is_some_and(|b| Arc::ptr_eq(b, says));
            piece.text = if goes_on { String::new() } else { says.to_string() };
            let end = piece.text.len();
            for (index, glyph) in piece.glyphs.iter_mut().enumerate() {
                glyph.text = if index == 0 { 0..end } else { end..end };
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
        let style = cascade.span(&Attributes::class("ruby"), &voice.style);
        let mut text = Text::default();
        text.push(&ruby, &Voice::new(style, voice.mark), false);
        let mut above = Vec::new();
        for stretch in &text.stretches {
            shape_stretch(&text.source, stretch, cascade, types, &mut above)?;
        }
        let own: Length = above.iter().map(|piece| piece.width).sum();
        let base: Length = group.iter().map(|piece| piece.width).sum();
        let extra = (own - base).max(Length::ZERO);
        widen(group, extra);
        let back = (base + extra + own) * 0.5;
        if let Some(last) = group.last_mut() {
            last.above = Some(Arc::new(Above { pieces: above, back }));
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
        if let Some(glyph) = first.glyphs.first_mut() {
            glyph.advance += half;
            if first.upright {
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
    let ease = ease_after(words);
    for space in spaces {
        space.ease = ease;
        let times = space.voice.style.sentence_space;
        if times != 1.0 && ends_sentence(words, after) {
            space.width = space.width * times;
        }
    }
}

/// Titles that stay with the name after them, and what is counted with its figure.
const TITLES: &[&str] = &[
    "Mr.", "Mrs.", "Miss", "Messrs.", "Dr.", "St.", "Gen.", "Col.", "Maj.", "Capt.",
    "Lt.", "Rev.", "Hon.", "No.", "Nos.",
];

/// Whether words end in a title, which stays with the name that follows.
fn is_title(words: &str) -> bool {
    let word = words.trim_end_matches(' ').rsplit([' ', '(', '“']).next();
    word.is_some_and(|word| TITLES.contains(&word))
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

/// Whether a figure stands before a place and what it counts right after it, as in
/// `15일`: Korean does not divide the two, though UAX 14 does.
fn is_counted(source: &str, at: usize) -> bool {
    let before = source[..at].chars().next_back();
    let after = source[at..].chars().next();
    before.is_some_and(|c| c.is_ascii_digit() || ('０'..='９').contains(&c))
        && after.is_some_and(|c| is_wide(c) && c.is_alphabetic())
}

/// Shapes a part of a stretch: runs of one face, and spaces apart.
pub(super) fn shape_stretch(
    source: &str,
    stretch: &Stretch,
    cascade: &Cascade<'_>,
    types: &mut Types<'_>,
    out: &mut Vec<Piece>,
) -> Result<()> {
    let voice = &stretch.voice;
    let faces = types.role(cascade, &voice.style.face)?;
    let before = out.last().and_then(|piece| piece.text.chars().next_back());
    let written = written(source, stretch, before);
    let first = faces.first().copied();
    if stretch.shown == Shown::Leader {
        out.extend(leader(first, voice, types));
        return Ok(());
    }
    let mut feed = Feed { open: None, voice, types, out };
    for ((at, c), form) in source.char_indices().zip(written.chars()) {
        if c == '\u{2028}' || c == '\u{ad}' || c == '\u{200b}' {
            continue;
        }
        if c.is_whitespace() {
            feed.end();
            feed.out.extend(space(c, first, voice, feed.types));
            continue;
        }
        if has_space_before(c) && feed.open.is_some() && !voice.style.vertical {
            feed.end();
            feed.out.extend(gap(voice.style.point_space, first, voice));
        }
        let stance = Stance::of(form, &source[at..], &source[..at], voice);
        if feed.open.as_ref().is_some_and(|(_, word)| word.ends_before(c, stance)) {
            feed.end();
        }
        let form = feed.types.round_s(&faces, form);
        let mut said = &source[at..at + c.len_utf8()];
        for shown in show(form, stretch.shown) {
            let Some((face, _)) = feed.types.cover(&faces, shown) else {
                feed.types.missing.entry(shown).or_insert(voice.style.lang);
                continue;
            };
            feed.word(face, stance).push(shown, said);
            said = "";
        }
    }
    feed.end();
    Ok(())
}

/// Makes pieces of characters as they come.
struct Feed<'a, 'b, 'c> {
    /// The word in the making, and its face.
    open: Option<(FaceId, Word)>,
    /// The voice of all.
    voice: &'a Arc<Voice>,
    /// The faces.
    types: &'b mut Types<'c>,
    /// Where pieces go.
    out: &'b mut Vec<Piece>,
}

impl Feed<'_, '_, '_> {
    /// Ends the word in the making.
    fn end(&mut self) {
        if let Some((face, word)) = self.open.take() {
            self.out.push(word.shape(face, self.voice, self.types));
        }
    }

    /// The word in the making, of this face.
    fn word(&mut self, face: FaceId, stance: Stance) -> &mut Word {
        if self.open.as_ref().is_some_and(|(before, _)| *before != face) {
            self.end();
        }
        let new = || (face, Word { stance, ..Word::default() });
        &mut self.open.get_or_insert_with(new).1
    }
}

/// How characters stand in their line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stance {
    /// Along the line; where it runs downward, turned with it.
    #[default]
    Along,
    /// Upright in a line that runs downward, one below the other.
    Upright,
    /// Upright in such a line, side by side in one square (tate-chu-yoko).
    Together,
}

impl Stance {
    /// That of a character of this form, with what follows from it and what stands before.
    fn of(form: char, from: &str, before: &str, voice: &Voice) -> Self {
        if !voice.style.vertical {
            return Self::Along;
        }
        if is_wide(form) {
            return Self::Upright;
        }
        let is_sign = |c: &char| c.is_ascii_alphanumeric();
        let run = from.chars().take_while(is_sign).count()
            + before.chars().rev().take_while(is_sign).count();
        let joined = form.is_ascii_digit() && run <= 2 || run == 1;
        if joined { Self::Together } else { Self::Along }
    }
}

/// A source, after this character, as it is written: with the long s where the period had it, and with quotation
/// marks that open and close where type is set. As many characters as the source.
fn written<'a>(source: &'a str, stretch: &Stretch, before: Option<char>) -> Cow<'a, str> {
    let style = &stretch.voice.style;
    let mut form = Cow::Borrowed(source);
    if !style.typewriter && source.contains(['"', '\'']) {
        form = Cow::Owned(curled(source, before));
    }
    if style.vertical {
        form = Cow::Owned(upright(&form, before));
    }
    let english = style.lang.primary() == Lang::EN.as_str();
    if style.capital_nouns && english {
        form = Cow::Owned(capital_nouns(&form));
    }
    if style.long_s != LongS::Off && english {
        form = Cow::Owned(long_s(&form, style.long_s, stretch.end));
    }
    form
}

/// Text with the points and brackets that Korean print had in vertical lines.
fn upright(source: &str, mut before: Option<char>) -> String {
    let turn = |c: char| {
        let after_wide = before.is_some_and(is_wide);
        before = Some(c);
        match c {
            '.' if after_wide => '。',
            ',' if after_wide => '、',
            '(' => '（',
            ')' => '）',
            '“' => '「',
            '”' => '」',
            '‘' => '『',
            '’' => '』',
            _ => c,
        }
    };
    source.chars().map(turn).collect()
}

/// Text with quotation marks that open at the start of words and close elsewhere.
fn curled(source: &str, mut before: Option<char>) -> String {
    let curl = |c: char| {
        let opens =
            before.is_none_or(|b: char| b.is_whitespace() || "([{—–“‘".contains(b));
        let curled = match (c, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => c,
        };
        before = Some(curled);
        curled
    };
    source.chars().map(curl).collect()
}

/// Whether printers of the past set a thin space before a sign.
fn has_space_before(c: char) -> bool {
    matches!(c, ';' | ':' | '!' | '?')
}

/// A space that neither grows nor shrinks and says nothing; none where it has no width.
pub(super) fn gap(
    width: Length,
    face: Option<FaceId>,
    voice: &Arc<Voice>,
) -> Option<Piece> {
    let wanted = width > Length::ZERO && voice.style.cell.is_none();
    face.filter(|_| wanted).map(|face| Piece {
        voice: Arc::clone(voice),
        face,
        text: String::new(),
        glyphs: Vec::new(),
        width,
        is_space: false,
        ease: 1.0,
        upright: false,
        is_leader: false,
        above: None,
    })
}

/// A leader: as wide as two dots before its line is filled.
fn leader(face: Option<FaceId>, voice: &Arc<Voice>, types: &Types<'_>) -> Option<Piece> {
    let room = gap(voice.style.size, face, voice)?;
    let id = types.face(room.face).glyph('.')?;
    let (dx, dy) = (Length::ZERO, Length::ZERO);
    let dot = Glyph { id, text: 0..0, advance: room.width, dx, dy };
    Some(Piece { glyphs: vec![dot], is_leader: true, ..room })
}

/// What is shown for a character of the source.
fn show(c: char, shown: Shown) -> Vec<char> {
    let Shown::Changed { upper, typewriter } = shown else { return vec![c] };
    let keys: Vec<char> = if typewriter { typed(c).collect() } else { vec![c] };
    if upper { keys.into_iter().flat_map(char::to_uppercase).collect() } else { keys }
}

/// A word in the making: what it says and what is shown.
#[derive(Default)]
struct Word {
    /// What it says.
    text: String,
    /// What is shown.
    shown: String,
    /// For each byte shown, the byte of the text where its source starts.
    sources: Vec<usize>,
    /// Where the source of the last character shown starts.
    last: usize,
    /// How its characters stand.
    stance: Stance,
}

impl Word {
    /// Appends a character and what it says: nothing where it belongs to the one before.
    fn push(&mut self, shown: char, says: &str) {
        if !says.is_empty() {
            self.last = self.text.len();
            self.text.push_str(says);
        }
        self.shown.push(shown);
        self.sources.extend(core::iter::repeat_n(self.last, shown.len_utf8()));
    }

    /// Whether the word ends before a character: it begins a script that is set apart, or
    /// stands otherwise.
    fn ends_before(&self, c: char, stance: Stance) -> bool {
        let last = self.text.chars().next_back();
        self.stance != stance || last.is_some_and(|last| squares::meet(last, c))
    }

    /// Shapes the word.
    fn shape(self, face: FaceId, voice: &Arc<Voice>, types: &mut Types<'_>) -> Piece {
        let style = &voice.style;
        let shaped = types.shape(face, style, &self.shown, self.stance);
        let starts: Vec<usize> = shaped
            .iter()
            .map(|g| self.sources.get(g.cluster).copied().unwrap_or(0))
            .collect();
        let mut glyphs = Vec::with_capacity(shaped.len());
        for (i, shape) in shaped.iter().enumerate() {
            let start = starts[i];
            let first = i == 0 || starts[i - 1] != start;
            let next = starts[i..].iter().find(|&&s| s != start);
            let end = next.copied().unwrap_or(self.text.len());
            let text = if first { start..end } else { end..end };
            let mut glyph = Glyph {
                id: shape.id,
                text,
                advance: style.size * shape.advance + style.tracking,
                dx: style.size * shape.dx,
                dy: style.size * shape.dy + style.raise,
            };
            if let Some(cell) = style.cell {
                let at = shape.cluster;
                let wide = self.shown[at..].chars().next().is_some_and(is_wide);
                let room = if wide { cell * 2.0 } else { cell };
                glyph.dx += (room - style.size * shape.advance) * 0.5;
                glyph.advance = room;
            }
            glyphs.push(glyph);
        }
        match self.stance {
            Stance::Along => {}
            Stance::Upright => stand(&mut glyphs, style, &self.shown),
            Stance::Together => stand_together(&mut glyphs, style),
        }
        let width = glyphs.iter().map(|g| g.advance).sum();
        Piece {
            voice: Arc::clone(voice),
            face,
            text: self.text,
            glyphs,
            width,
            is_space: false,
            ease: 1.0,
            upright: self.stance != Stance::Along,
            is_leader: false,
            above: None,
        }
    }
}

/// Sets glyphs upright below one another. Korean points stand at the upper right of a
/// square that is not so high.
fn stand(glyphs: &mut [Glyph], style: &TextStyle, shown: &str) {
    let points = ['。', '、'];
    let korean = style.lang.primary() == "ko";
    let mut shown = shown.chars();
    for glyph in glyphs {
        let is_point = shown.next().is_some_and(|c| korean && points.contains(&c));
        glyph.dx -= (glyph.advance - style.tracking) * 0.5;
        glyph.advance = style.size + style.tracking;
        if is_point {
            glyph.dx += style.size * 0.32;
            glyph.dy += style.size * 0.36;
            glyph.advance -= style.size * 0.5;
        }
    }
}

/// Sets glyphs upright side by side in one square.
fn stand_together(glyphs: &mut [Glyph], style: &TextStyle) {
    let width: Length = glyphs.iter().map(|glyph| glyph.advance).sum();
    let mut x = width * -0.5;
    let last = glyphs.len().saturating_sub(1);
    for (index, glyph) in glyphs.iter_mut().enumerate() {
        glyph.dx += x;
        // Figures are lower than wide characters.
        glyph.dy += style.size * 0.05;
        x += glyph.advance;
        let room = if index == last { style.size + style.tracking } else { Length::ZERO };
        glyph.advance = room;
    }
}

/// A white space: its width, and its glyph where the face has one.
fn space(
    c: char,
    face: Option<FaceId>,
    voice: &Arc<Voice>,
    types: &mut Types<'_>,
) -> Option<Piece> {
    let face = face?;
    let style = &voice.style;
    let glyph = types.face(face).glyph(' ');
    let natural = glyph.map_or(0.25, |g| types.face(face).advance(g));
    let ems = match c {
        '\u{2002}' => 0.5,
        '\u{2003}' | '\u{3000}' => 1.0,
        '\u{2004}' => 1.0 / 3.0,
        '\u{2005}' => 0.25,
        '\u{2006}' => 1.0 / 6.0,
        '\u{2009}' | '\u{202f}' => 0.2,
        '\u{200a}' => 0.1,
        _ => natural * style.word_space,
    };
    let width = style.cell.unwrap_or(style.size * ems + style.tracking);
    let says = if c == '\u{3000}' { "\u{3000}" } else { " " };
    let one = |id| Glyph {
        id,
        text: 0..says.len(),
        advance: width,
        dx: Length::ZERO,
        dy: Length::ZERO,
    };
    Some(Piece {
        voice: Arc::clone(voice),
        face,
        text: says.to_owned(),
        glyphs: glyph.map(one).into_iter().collect(),
        width,
        is_space: matches!(c, ' ' | '\u{a0}'),
        ease: 1.0,
        upright: false,
        is_leader: false,
        above: None,
    })
}

/// Whether a character fills a square: Han, Hangul, kana and their punctuation.
pub(super) fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0x33ff | 0x3400..=0x4dbf
        | 0x4e00..=0x9fff | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f
        | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x2_0000..=0x3_fffd)
}

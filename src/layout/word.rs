//! From characters to the pieces of a word: how they are written in their period, in
//! which face, and how they stand in a line.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

use smallvec::{SmallVec, smallvec};
use smol_str::SmolStr;

use super::shape::{Glyph, Glyphs, ListId, Piece, Set, Types, is_wide};
use super::squares;
use super::text::{Shown, Stretch, Voice, typed};
use crate::geom::Length;
use crate::lang::Lang;
use crate::page::FaceId;
use crate::period::{LongS, capital_nouns, long_s};
use crate::style::TextStyle;

/// The space as wide as a character of Chinese: it never grows or shrinks.
pub(super) const SQUARE: char = '\u{3000}';

/// Shapes a part of a stretch: runs of one face, and spaces apart.
pub(super) fn shape_stretch(
    source: &str,
    stretch: &Stretch,
    role: ListId,
    types: &mut Types<'_>,
    out: &mut Vec<Piece>,
) {
    let voice = &stretch.voice;
    let before = out.last().and_then(|piece| piece.text.chars().next_back());
    let written = written(source, stretch, before);
    let first = types.first(role);
    if stretch.shown == Shown::Leader {
        out.extend(leader(first, voice, types));
        return;
    }
    let mut feed = Feed { open: None, voice, types, out };
    for ((at, c), form) in source.char_indices().zip(written.chars()) {
        if c == '\u{2028}' || c == '\u{ad}' || c == '\u{200b}' {
            continue;
        }
        if c.is_whitespace() {
            feed.end();
            feed.out.extend(space(c, role, voice, feed.types));
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
        let form = feed.types.round_s(role, form);
        let mut said = &source[at..at + c.len_utf8()];
        let mut push = |shown: char| {
            let Some((face, _)) = feed.types.cover(role, shown) else {
                feed.types.miss(shown, voice.style.lang);
                return;
            };
            feed.word(face, stance).push(shown, said);
            said = "";
        };
        match stretch.shown {
            Shown::Changed { upper: true, .. } if form.is_ascii() => {
                push(form.to_ascii_uppercase());
            }
            Shown::Changed { upper, typewriter } if !form.is_ascii() => {
                show(form, upper, typewriter).into_iter().for_each(push);
            }
            _ => push(form),
        }
    }
    feed.end();
}

/// Makes pieces of characters as they come.
struct Feed<'a, 'b, 'c> {
    /// The word in the making, and its face.
    open: Option<(FaceId, Word)>,
    /// The voice of all.
    voice: &'a Rc<Voice>,
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
pub(super) enum Stance {
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
    voice: &Rc<Voice>,
) -> Option<Piece> {
    let wanted = width > Length::ZERO && voice.style.cell.is_none();
    face.filter(|_| wanted).map(|face| blank(width, face, voice))
}

/// A piece without glyphs, so wide.
fn blank(width: Length, face: FaceId, voice: &Rc<Voice>) -> Piece {
    let set = Set {
        face,
        text: SmolStr::default(),
        glyphs: SmallVec::new(),
        width,
        is_space: false,
        upright: false,
        is_leader: false,
    };
    Piece::new(voice, Arc::new(set))
}

/// A leader: as wide as two dots before its line is filled.
fn leader(face: Option<FaceId>, voice: &Rc<Voice>, types: &Types<'_>) -> Option<Piece> {
    let size = voice.style.size;
    // A typewriter has the space of two of its cells.
    let width = voice.style.cell.map_or(size, |cell| cell * 2.0);
    let mut room = blank(width, face?, voice);
    let id = types.face(room.face).glyph('.')?;
    room.glyphs = smallvec![Glyph::new(id, 0..0, room.width)];
    room.is_leader = true;
    Some(room)
}

/// What is shown for a character of the source that is changed.
fn show(c: char, upper: bool, typewriter: bool) -> Vec<char> {
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
    fn shape(self, face: FaceId, voice: &Rc<Voice>, types: &mut Types<'_>) -> Piece {
        let style = &voice.style;
        let shaped = types.shape(face, style, &self.shown, self.stance);
        let starts: Vec<usize> = shaped
            .iter()
            .map(|g| self.sources.get(g.cluster).copied().unwrap_or(0))
            .collect();
        let mut glyphs = SmallVec::with_capacity(shaped.len());
        for (i, shape) in shaped.iter().enumerate() {
            let start = starts[i];
            let first = i == 0 || starts[i - 1] != start;
            let next = starts[i..].iter().find(|&&s| s != start);
            let end = next.copied().unwrap_or(self.text.len());
            let text = if first { start..end } else { end..end };
            let advance = style.size * shape.advance + style.tracking;
            let mut glyph = Glyph::new(shape.id, text, advance);
            glyph.dx = style.size * shape.dx;
            glyph.dy = style.size * shape.dy + style.raise;
            if let Some(cell) = style.cell {
                let at = shape.cluster;
                let wide = self.shown[at..].chars().next().is_some_and(is_wide);
                let room = if wide { cell * 2.0 } else { cell };
                glyph.dx += (room - style.size * shape.advance) * 0.5;
                glyph.advance = room;
            }
            glyphs.push(glyph);
        }
        if style.strike && style.cell.is_some() {
            glyphs = typed_over(glyphs, self.text.len(), types.face(face).glyph('x'));
        }
        match self.stance {
            Stance::Along => {}
            Stance::Upright => stand(&mut glyphs, style, &self.shown),
            Stance::Together => stand_together(&mut glyphs, style),
        }
        let width = glyphs.iter().map(|g| g.advance).sum();
        let set = Set {
            face,
            text: self.text.into(),
            glyphs,
            width,
            is_space: false,
            upright: self.stance != Stance::Along,
            is_leader: false,
        };
        Piece::new(voice, Arc::new(set))
    }
}

/// The letters of a typewriter, each with an x struck over it that says nothing.
fn typed_over(glyphs: Glyphs, end: usize, x: Option<u16>) -> Glyphs {
    let Some(id) = x else { return glyphs };
    let over = |glyph: Glyph| {
        let end = end.min(glyph.text().end);
        let mut struck = Glyph::new(id, end..end, Length::ZERO);
        struck.dx = glyph.dx - glyph.advance;
        struck.dy = glyph.dy;
        [glyph, struck]
    };
    glyphs.into_iter().flat_map(over).collect()
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

/// A white space: its width, and the glyph that says it, of the first face that has one.
fn space(
    c: char,
    role: ListId,
    voice: &Rc<Voice>,
    types: &mut Types<'_>,
) -> Option<Piece> {
    let style = &voice.style;
    let Some((face, id)) = types.cover(role, ' ') else {
        types.miss(' ', style.lang);
        return None;
    };
    let ems = match c {
        '\u{2002}' => 0.5,
        '\u{2003}' | '\u{3000}' => 1.0,
        '\u{2004}' => 1.0 / 3.0,
        '\u{2005}' => 0.25,
        '\u{2006}' => 1.0 / 6.0,
        '\u{2009}' | '\u{202f}' => 0.2,
        '\u{200a}' => 0.1,
        _ => types.face(face).advance(id) * style.word_space,
    };
    let width = style.cell.unwrap_or(style.size * ems + style.tracking);
    let says = if c == SQUARE { "\u{3000}" } else { " " };
    let glyph = Glyph::new(id, 0..says.len(), width);
    let set = Set {
        face,
        text: SmolStr::new_static(says),
        glyphs: smallvec![glyph],
        width,
        is_space: matches!(c, ' ' | '\u{a0}' | SQUARE),
        upright: false,
        is_leader: false,
    };
    Some(Piece::new(voice, Arc::new(set)))
}

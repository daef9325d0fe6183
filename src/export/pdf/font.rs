//! Fonts: one subset a face, with exact widths and the text of each glyph
//! (ISO 32000-1, 9.7 and 9.10).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::sync::Arc;

use foldhash::fast::RandomState;
use lopdf::{Dictionary, Object, dictionary};

use super::common::{Common, Shared};
use super::file::{Short, show_in_literal};
use super::finish::{Pace, deflate};
use crate::diag::{Diagnostic, Result};
use crate::font::{Face, Subset};
use crate::page::{FaceId, Glyph, Item, Pages, Run};

/// The fonts of a document.
pub(super) struct Fonts(BTreeMap<Key, FontUse>);

/// A face, and the cell of a typewriter in thousandths of its em if it is typed with.
type Key = (FaceId, Option<u16>);

/// The glyphs of a font with the texts they stand for, each with how often.
type Counts<'a> = HashMap<u16, Vec<(&'a str, usize)>, RandomState>;

/// The font of a run.
fn key(run: &Run) -> Key {
    let cell = run.cell.map(|cell| (cell / run.size * 1000.0).round() as u16);
    (run.face, cell)
}

/// A font of a document.
pub(super) struct FontUse {
    /// Its name in the resources.
    pub resource: String,
    /// The font.
    font: Arc<Font>,
}

/// A font as documents carry it.
#[derive(Debug)]
pub(super) struct Font {
    /// The part of its face that is embedded.
    embedded: Arc<Embedded>,
    /// The text of each glyph, by old number.
    texts: ByGlyph<Box<str>>,
    /// How glyphs are shown, by old number.
    shown: Vec<Shown>,
    /// Glyphs that also stand for other texts, by old number and text: each such pair has
    /// a number of its own behind those of the subset. So a capital that stands for a
    /// small letter is found as that letter by every reader.
    others: BTreeMap<(u16, Box<str>), u16>,
    /// The font as it stands in a file, and its form for vertical writing.
    written: Vec<Arc<Shared>>,
}

/// What the glyphs of a font say in a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Said {
    /// Whether some of it is set below one another.
    vertical: bool,
    /// The texts of glyphs that do not say what they usually say, or say nothing usually.
    own: Vec<(u16, Box<str>)>,
    /// Other texts of glyphs.
    others: Vec<(u16, Box<str>)>,
    /// Whether all other glyphs say what they usually do, met in this document or not.
    usual: bool,
}

/// The part of a face that a document carries.
#[derive(Debug)]
pub(super) struct Embedded {
    /// The face.
    face: Arc<Face>,
    /// What is known of the glyphs, by old number.
    glyphs: ByGlyph<Known>,
    /// How many there are.
    count: u16,
    /// The name of this part.
    name: String,
    /// The font file.
    file: Arc<Shared>,
    /// How hard it was deflated, and what belongs to it is.
    pace: Pace,
}

/// Up to so many glyphs a font that may be shared is that of a name: of one document or two,
/// and not worth much time.
const FEW: usize = 64;

/// From so many glyphs on a font that documents share has all letters.
const MANY: usize = 24;

/// Something of each glyph that is used, by its number.
#[derive(Debug)]
struct ByGlyph<T>(Vec<Option<T>>);

impl<T> ByGlyph<T> {
    /// That of a glyph; none if it is not used.
    fn get(&self, glyph: u16) -> Option<&T> {
        self.0.get(usize::from(glyph)).and_then(Option::as_ref)
    }

    /// All with their numbers, in order.
    fn iter(&self) -> impl Iterator<Item = (u16, &T)> {
        (0..=u16::MAX).zip(&self.0).filter_map(|(glyph, of)| Some((glyph, of.as_ref()?)))
    }
}

impl<T> FromIterator<(u16, T)> for ByGlyph<T> {
    fn from_iter<I: IntoIterator<Item = (u16, T)>>(pairs: I) -> Self {
        let mut all = Vec::new();
        for (glyph, of) in pairs {
            let place = usize::from(glyph);
            if all.len() <= place {
                all.resize_with(place + 1, || None);
            }
            all[place] = Some(of);
        }
        Self(all)
    }
}

/// What is known of a glyph in a font.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Known {
    /// Its number in the subset.
    pub id: u16,
    /// Its width in thousandths of an em.
    pub width: f64,
    /// How far its outline was moved into the middle of its cell, in thousandths of an em.
    pub moved: f64,
}

/// How a glyph is shown: what is known of it, as it is needed for each stroke.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shown {
    /// Its width, in ems.
    pub advance: f64,
    /// How far its outline was moved into the middle of its cell, in ems.
    pub moved: f64,
    /// Its number as it stands in a string.
    pub code: Short,
    /// What it says, if that is one character of ASCII; else 0.
    says: u8,
}

impl Shown {
    /// How a glyph is shown that a font does not have.
    const NOTHING: Self =
        Self { advance: 0.0, moved: 0.0, code: Short::NOTHING, says: 0 };

    /// Whether it says what a glyph stands for in a text.
    fn says(&self, glyph: &Glyph, text: &str) -> bool {
        let (start, end) = (glyph.text.start, glyph.text.end);
        let one = text.as_bytes().get(start);
        one.is_some_and(|&byte| byte == self.says && byte > 0) && end == start + 1
    }
}

/// A number of a glyph as it stands in a string.
fn code(number: u16) -> Short {
    let mut shown = Vec::new();
    show_in_literal(number.to_be_bytes(), &mut shown);
    Short::new(&shown)
}

/// What a document does with a face.
struct Census<'a> {
    /// Whether some of it is set below one another.
    vertical: bool,
    /// What its glyphs usually say; nothing where a document has its fonts to itself.
    usual: &'a [Option<&'static str>],
    /// The same where it is one character of ASCII, as most is; else 0.
    signs: Vec<u8>,
    /// Which glyphs that say what they usually say were met, by number.
    met: Vec<bool>,
    /// The others.
    counts: Counts<'a>,
}

impl<'a> Census<'a> {
    /// Nothing yet.
    fn new(face: &'a Face, shares: bool) -> Self {
        let usual = if shares { face.usual() } else { &[] };
        let met = vec![false; usual.len()];
        let signs = usual.iter().map(|says| says.map_or(0, sign)).collect();
        Self { vertical: false, usual, signs, met, counts: Counts::default() }
    }

    /// Counts the glyphs of a run.
    fn count(&mut self, run: &'a Run) {
        self.vertical |= run.vertical;
        let bytes = run.text.as_bytes();
        for glyph in &run.glyphs {
            let place = usize::from(glyph.id);
            let (start, end) = (glyph.text.start, glyph.text.end);
            if let (Some(&sign @ 1..), Some(met)) =
                (self.signs.get(place), self.met.get_mut(place))
                && end == start + 1
                && bytes.get(start) == Some(&sign)
            {
                *met = true;
            } else {
                self.count_other(glyph, &run.text[start..end]);
            }
        }
    }

    /// Counts a glyph that says a text.
    fn count_other(&mut self, glyph: &Glyph, text: &'a str) {
        let place = usize::from(glyph.id);
        if self.usual.get(place).is_some_and(|usual| *usual == Some(text)) {
            self.met[place] = true;
            return;
        }
        let texts = self.counts.entry(glyph.id).or_default();
        if text.is_empty() {
            return;
        }
        match texts.iter_mut().find(|(known, _)| *known == text) {
            Some((_, count)) => *count += 1,
            None => texts.push((text, 1)),
        }
    }

    /// The glyphs that were met.
    fn used(&self) -> BTreeSet<u16> {
        let met = self.met.iter().enumerate().filter(|(_, met)| **met);
        met.map(|(glyph, _)| glyph as u16).chain(self.counts.keys().copied()).collect()
    }

    /// What they say. Of a glyph without a usual text it is what it says most often.
    fn said(&self) -> Said {
        let mut said = Said {
            vertical: self.vertical,
            own: Vec::new(),
            others: Vec::new(),
            usual: !self.usual.is_empty(),
        };
        let counts: BTreeMap<u16, &Vec<(&str, usize)>> =
            self.counts.iter().map(|(glyph, texts)| (*glyph, texts)).collect();
        for (glyph, texts) in counts {
            let mut texts = texts.clone();
            texts.sort_unstable();
            let usual = self.usual.get(usize::from(glyph)).copied().flatten();
            let best = texts
                .iter()
                .max_by_key(|(text, count)| (*count, core::cmp::Reverse(*text)))
                .map(|(text, _)| *text)
                .filter(|_| usual.is_none());
            if usual.is_none() {
                // One that only follows another one of its cluster says nothing itself.
                said.own.push((glyph, best.unwrap_or("\u{200b}").into()));
            }
            let others = texts.iter().map(|(text, _)| *text);
            let others = others.filter(|text| Some(*text) != best);
            said.others.extend(others.map(|text| (glyph, text.into())));
        }
        said
    }
}

/// What a text says if it is one character of ASCII; else 0.
fn sign(text: &str) -> u8 {
    match *text.as_bytes() {
        [one] => one,
        _ => 0,
    }
}

impl Fonts {
    /// Gathers the glyphs of all runs and makes the subsets.
    pub(super) fn new(pages: &Pages, common: &Common) -> Result<Self> {
        let mut found: BTreeMap<Key, Census<'_>> = BTreeMap::new();
        for placed in pages.pages.iter().flat_map(|page| &page.items) {
            let Item::Run(run) = &placed.item else { continue };
            let face = &pages.faces[usize::from(run.face.0)];
            let census = found.entry(key(run));
            census.or_insert_with(|| Census::new(face, pages.shares)).count(run);
        }
        let mut fonts = BTreeMap::new();
        for (number, (key, census)) in found.into_iter().enumerate() {
            let face = &pages.faces[usize::from(key.0.0)];
            let carried = (!face.is_cut()).then(|| carried(face, &census, pages.shares));
            let said = census.said();
            let font = match pages.shares {
                true => common.said(&common.font(face, key.1, carried)?, said),
                false => {
                    let carried = carried.as_deref();
                    let embedded = Embedded::new(face, key.1, carried, Pace::Usual)?;
                    Arc::new(Font::new(&Arc::new(embedded), said))
                }
            };
            fonts.insert(key, FontUse { resource: format!("F{number}"), font });
        }
        Ok(Self(fonts))
    }

    /// How many bytes the font files have together, packed.
    pub(super) fn bytes(&self) -> usize {
        self.0.values().map(|used| used.font.embedded.file.bytes()).sum()
    }

    /// The font of a run.
    pub(super) fn get(&self, run: &Run) -> Option<&FontUse> {
        self.0.get(&key(run))
    }

    /// All fonts as they stand in a file, by their names in the resources.
    pub(super) fn written(&self) -> impl Iterator<Item = (String, &Arc<Shared>)> {
        self.0.values().flat_map(|used| {
            let names = [used.resource.clone(), format!("{}V", used.resource)];
            names.into_iter().zip(&used.font.written)
        })
    }
}

/// The glyphs that a document carries of a face of which it uses some: the whole alphabet where
/// it shares its fonts and uses many letters.
fn carried(face: &Face, census: &Census<'_>, shares: bool) -> Vec<u16> {
    let used = census.used();
    if shares && used.len() >= MANY {
        let likely = face.likely(used.iter().copied()).map(|likely| likely.glyph);
        return used
            .iter()
            .copied()
            .chain(likely)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
    }
    used.into_iter().collect()
}

impl Embedded {
    /// Packs the part of a face that draws these glyphs, or all of it, in cells of so many
    /// thousandths of the em where it is typed with. At a quick pace a part of many glyphs is
    /// packed as usual: it serves many documents.
    pub(super) fn new(
        face: &Arc<Face>,
        cell: Option<u16>,
        carried: Option<&[u16]>,
        pace: Pace,
    ) -> core::result::Result<Self, Diagnostic> {
        let all: Vec<u16>;
        let carried = match carried {
            Some(carried) => carried,
            None => {
                all = (1..face.glyph_count()).collect();
                &all
            }
        };
        let mut subset = face.subset(carried.iter().copied())?;
        let cells = cell.and_then(|cell| typed(face, &mut subset, cell));
        let milli = |glyph: u16| (face.advance(glyph) * 10_000.0).round() / 10.0;
        let known = |(id, old): (usize, &u16)| {
            let own = Known { id: id as u16, width: milli(*old), moved: 0.0 };
            let typed = cells.as_ref().map(|cells| (cells[id].0, cells[id].1));
            let known = typed.map_or(own, |(width, moved)| Known { width, moved, ..own });
            carried.binary_search(old).is_ok().then_some((*old, known))
        };
        let glyphs = subset.glyphs.iter().enumerate().filter_map(known).collect();
        let count = u16::try_from(subset.glyphs.len()).unwrap_or(u16::MAX);
        let length = i64::try_from(subset.bytes.len()).unwrap_or(i64::MAX);
        let dict = match face.is_cff() {
            true => dictionary! { "Subtype" => "CIDFontType0C" },
            false => dictionary! { "Length1" => length },
        };
        let pace = if carried.len() > FEW { Pace::Usual } else { pace };
        let file = Shared::new(deflate(dict, &subset.bytes, pace).into(), &[]);
        // The tag of a subset: six capitals from its content (ISO 32000-1, 9.6.4).
        let tag = file.hash().iter().take(6).map(|b| char::from(b'A' + b % 26));
        let name = format!("{}+{}", tag.collect::<String>(), face.name());
        Ok(Self { face: Arc::clone(face), glyphs, count, name, file, pace })
    }
}

impl FontUse {
    /// How a glyph is shown.
    pub(super) fn shown(&self, id: u16) -> &Shown {
        self.font.shown.get(usize::from(id)).unwrap_or(&Shown::NOTHING)
    }

    /// How the number of a glyph of a run, that is shown so, stands in a string, if the font
    /// says of it what the run says.
    #[inline]
    pub(super) fn code(&self, glyph: &Glyph, shown: &Shown, text: &str) -> Option<Short> {
        if shown.says(glyph, text) {
            return Some(shown.code);
        }
        self.other_code(glyph, shown, text)
    }

    /// The same where the glyph says more than a character of ASCII, or another.
    fn other_code(&self, glyph: &Glyph, shown: &Shown, text: &str) -> Option<Short> {
        let said = &text[glyph.text.clone()];
        if self.font.texts.get(glyph.id).is_some_and(|own| **own == *said) {
            return Some(shown.code);
        }
        if self.font.others.is_empty() {
            return None;
        }
        self.font.others.get(&(glyph.id, said.into())).copied().map(code)
    }
}

impl Font {
    /// What documents carry of a face, with what its glyphs say.
    pub(super) fn new(embedded: &Arc<Embedded>, said: Said) -> Self {
        let own = |(glyph, text): (u16, Box<str>)| {
            embedded.glyphs.get(glyph).is_some().then_some((glyph, text))
        };
        let usual = if said.usual { embedded.face.usual() } else { &[] };
        let usual = (0..=u16::MAX)
            .zip(usual)
            .filter_map(|(glyph, says)| own((glyph, (*says.as_ref()?).into())));
        let texts: ByGlyph<Box<str>> = usual.chain(said.own).collect();
        let (others, written) = (BTreeMap::new(), Vec::new());
        let embedded = Arc::clone(embedded);
        let shown = (0..=u16::MAX).zip(&embedded.glyphs.0).map(|(glyph, known)| {
            let Known { id, width, moved } = known.unwrap_or_default();
            let says = texts.get(glyph).map_or(0, |text| sign(text));
            let (advance, moved) = (width / 1000.0, moved / 1000.0);
            Shown { advance, moved, code: code(id), says }
        });
        let shown = shown.collect();
        let mut font = Self { embedded, texts, shown, others, written };
        font.number_others(said.others);
        font.written = font.write(said.vertical);
        font
    }

    /// Numbers the texts that glyphs stand for beside their own. Fonts with PostScript
    /// outlines number glyphs in the file and cannot have two numbers for one.
    fn number_others(&mut self, others: Vec<(u16, Box<str>)>) {
        if self.embedded.face.is_cff() {
            return;
        }
        let numbers = self.embedded.count..u16::MAX;
        self.others = others.into_iter().zip(numbers).collect();
    }

    /// What is known of a glyph.
    fn glyph(&self, id: u16) -> Known {
        self.embedded.glyphs.get(id).copied().unwrap_or_default()
    }

    /// The font as it stands in a file, and its form for vertical writing if it is used so.
    fn write(&self, vertical: bool) -> Vec<Arc<Shared>> {
        let Embedded { face, name, file, .. } = &*self.embedded;
        let base = || Object::Name(name.clone().into_bytes());
        let descriptor = descriptor(face, base(), file);
        let cff = face.is_cff();
        let mut parts = vec![descriptor];
        let mut descendant = dictionary! {
            "Type" => "Font",
            "Subtype" => if cff { "CIDFontType0" } else { "CIDFontType2" },
            "BaseFont" => base(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => Shared::part(0),
        };
        self.set_widths(&mut descendant);
        if vertical {
            descendant.set("W2", self.hangings());
        }
        if !cff {
            let map = self.glyph_map().map(|map| {
                parts.push(map);
                Shared::part(1)
            });
            descendant.set("CIDToGIDMap", map.unwrap_or("Identity".into()));
        }
        let descendant = Shared::new(descendant.into(), &parts);
        let pace = self.embedded.pace;
        let map = deflate(Dictionary::new(), self.unicode_map().as_bytes(), pace);
        let parts = [descendant, Shared::new(map.into(), &[])];
        let written = |encoding: &str| {
            let font = dictionary! {
                "Type" => "Font",
                "Subtype" => "Type0",
                "BaseFont" => base(),
                "Encoding" => Object::Name(encoding.as_bytes().to_vec()),
                "DescendantFonts" => vec![Shared::part(0)],
                "ToUnicode" => Shared::part(1),
            };
            Shared::new(font.into(), &parts)
        };
        let encodings = ["Identity-H", "Identity-V"];
        encodings.into_iter().take(1 + usize::from(vertical)).map(written).collect()
    }

    /// Says the widths of all glyphs, in the order of their new numbers: stretches of those
    /// that are as wide, as the forms of a letter are, and lists of others (ISO 32000-1,
    /// 9.7.4.3). Not as the default width, of which poppler reads whole numbers only.
    fn set_widths(&self, font: &mut Dictionary) {
        let by_new = self.widths_by_new();
        let as_wide = |a: &(u16, f64), b: &(u16, f64)| a.1 == b.1 && a.0 + 1 == b.0;
        let width = |glyph: &(u16, f64)| Object::Real(glyph.1 as f32);
        let stretches: Vec<&[(u16, f64)]> = by_new.chunk_by(as_wide).collect();
        let mut widths = Vec::new();
        let mut list: Option<Vec<Object>> = None;
        let mut next = None;
        for stretch in stretches {
            let (first, last) = (stretch[0].0, stretch[stretch.len() - 1].0);
            if stretch.len() > 3 || next != Some(first) {
                widths.extend(list.take().map(Object::Array));
            }
            if stretch.len() > 3 {
                widths.extend([i64::from(first), i64::from(last)].map(Object::Integer));
                widths.push(width(&stretch[0]));
            } else {
                let list = list.get_or_insert_with(|| {
                    widths.push(Object::Integer(first.into()));
                    Vec::new()
                });
                list.extend(stretch.iter().map(width));
            }
            next = last.checked_add(1);
        }
        widths.extend(list.map(Object::Array));
        font.set("DW", 0);
        font.set("W", widths);
    }

    /// How glyphs hang in vertical writing, as they do without being told (ISO 32000-1,
    /// 9.7.4.3); but pdf.js would take half the default width for half of theirs. One by
    /// one, for Ghostscript does not read ranges.
    fn hangings(&self) -> Object {
        let by_new = self.widths_by_new();
        let first = by_new.first().map_or(0, |(id, _)| i64::from(*id));
        let hanging = |(_, width): &(u16, f64)| {
            let middle = Object::Real((width / 2.0) as f32);
            [Object::Integer(-1000), middle, Object::Integer(880)]
        };
        let hangings = by_new.iter().flat_map(hanging).collect();
        Object::Array(vec![first.into(), Object::Array(hangings)])
    }

    /// New numbers and widths of all glyphs, in order.
    fn widths_by_new(&self) -> Vec<(u16, f64)> {
        let mut by_new: Vec<(u16, f64)> = self
            .embedded
            .glyphs
            .iter()
            .map(|(_, known)| (known.id, known.width))
            .collect();
        let other =
            |((old, _), id): (&(u16, Box<str>), &u16)| (*id, self.glyph(*old).width);
        by_new.extend(self.others.iter().map(other));
        by_new.sort_by_key(|(id, _)| *id);
        by_new
    }

    /// From numbers to glyphs of the file (ISO 32000-1, 9.7.4.3): none where they are the
    /// same, as all are but those that stand for other texts.
    fn glyph_map(&self) -> Option<Arc<Shared>> {
        if self.others.is_empty() {
            return None;
        }
        let own = self.embedded.count;
        let mut map: Vec<u8> = (0..own).flat_map(u16::to_be_bytes).collect();
        // The others were numbered in this order.
        let others = self.others.iter().map(|((old, _), _)| self.glyph(*old).id);
        map.extend(others.flat_map(u16::to_be_bytes));
        let map = deflate(Dictionary::new(), &map, self.embedded.pace);
        Some(Shared::new(map.into(), &[]))
    }

    /// The map from glyphs to text (ISO 32000-1, 9.10.3).
    fn unicode_map(&self) -> String {
        let mut out = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let own =
            self.texts.iter().map(|(old, text)| (self.glyph(old).id, text.as_ref()));
        let others = self.others.iter().map(|((_, text), id)| (*id, text.as_ref()));
        let entries: Vec<(u16, &str)> = own.chain(others).collect();
        for chunk in entries.chunks(100) {
            let _ = writeln!(out, "{} beginbfchar", chunk.len());
            for (glyph, text) in chunk {
                let _ = write!(out, "<{glyph:04X}> <");
                for unit in text.encode_utf16() {
                    let _ = write!(out, "{unit:04X}");
                }
                out.push_str(">\n");
            }
            out.push_str("endbfchar\n");
        }
        out.push_str(
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n",
        );
        out
    }
}

/// What is said of a face beside its glyphs (ISO 32000-1, 9.8).
fn descriptor(face: &Face, name: Object, file: &Arc<Shared>) -> Arc<Shared> {
    let metrics = face.metrics();
    let milli = |ems: f64| Object::Integer((ems * 1000.0).round() as i64);
    let flags = 4
        | i64::from(metrics.fixed_pitch)
        | (i64::from(metrics.italic_angle != 0.0) << 6);
    let mut descriptor = dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name,
        "Flags" => flags,
        "FontBBox" => metrics.bounds.iter().map(|v| milli(*v)).collect::<Vec<_>>(),
        "ItalicAngle" => Object::Real(metrics.italic_angle as f32),
        "Ascent" => milli(metrics.ascent),
        "Descent" => milli(-metrics.descent),
        "CapHeight" => milli(metrics.cap_height),
        "StemV" => 80,
    };
    let key = if face.is_cff() { "FontFile3" } else { "FontFile2" };
    descriptor.set(key, Shared::part(0));
    Shared::new(descriptor.into(), &[Arc::clone(file)])
}

/// Puts the glyphs of a subset into cells of so many thousandths of an em, wide ones into
/// two; the width of each and how far it was moved.
fn typed(face: &Face, subset: &mut Subset, cell: u16) -> Option<Vec<(f64, f64)>> {
    let upem = f64::from(face.units_per_em());
    let unit = f64::from(cell) / 1000.0;
    let cells = |glyph: &u16| {
        let count = (face.advance(*glyph) / unit).round().clamp(1.0, 2.0);
        (unit * count * upem).round() as u16
    };
    let advances: Vec<u16> = subset.glyphs.iter().map(cells).collect();
    let moved = subset.centred(&advances)?;
    let milli = |units: f64| (units / upem * 10_000.0).round() / 10.0;
    let both = advances.iter().zip(moved);
    Some(both.map(|(a, m)| (milli(f64::from(*a)), milli(f64::from(m)))).collect())
}

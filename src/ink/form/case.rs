//! The case of type that documents with the same tools share: sorts that were cast before,
//! and whole faces with the letters that any document is likely to need.

use core::ops::Range;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;

use super::{Maker, Tool};
use crate::diag::{Diagnostic, Result};
use crate::font::{FREQUENCIES, Face, Sort};
use crate::memo::Memo;
use crate::page::FaceId;

/// How many sorts a case holds: those of a dozen tools.
const SORTS: usize = 8192;

/// How many fonts.
const FONTS: usize = 256;

/// From how many forms on a document takes all letters: a name that was signed needs but
/// its own.
const MANY: usize = 40;

/// How many forms the letters of a name have: few, so that all who sign it share a font.
const OF_NAME: usize = 2;

/// Sorts and fonts for documents written or struck with the same tools.
#[derive(Debug)]
pub struct Case {
    /// The sorts.
    sorts: Memo<(Place, u16, u8), Arc<Sort>>,
    /// The fonts, by what they have.
    fonts: Memo<(Place, Stock), Arc<Fount>>,
}

/// A drawer of a case: a face by name and number, and the tool.
type Place = (String, FaceId, Tool);

/// What letters a fount has.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Stock {
    /// All that documents are likely to need: these, and how many forms of each.
    Likely(Vec<(u16, usize)>),
    /// Those of a name.
    Name(Vec<u16>),
}

/// The forms of a tool that many documents are likely to need: a fount of type.
#[derive(Debug)]
struct Fount {
    /// Glyphs and forms in the order of their numbers, from 1.
    forms: Vec<(u16, u8)>,
    /// The forms that a glyph has, and the number of the first.
    places: HashMap<u16, (Range<u8>, u16), RandomState>,
    /// The face that has these forms and no others, once it was cut.
    face: OnceLock<Arc<Face>>,
}

impl Default for Case {
    fn default() -> Self {
        Self { sorts: Memo::new(SORTS), fonts: Memo::new(FONTS) }
    }
}

impl Case {
    /// A face with these forms, and the number that each has in it. One with many forms has
    /// those that other documents need too; rare letters then have fewer forms than they
    /// might.
    pub(super) fn cut(
        &self,
        maker: Maker<'_>,
        forms: &[(u16, u8)],
    ) -> Result<(Arc<Face>, Vec<u16>)> {
        let place = (maker.base.name().to_owned(), maker.id, maker.tool);
        let stock = Stock::of(maker, forms);
        let fount = self.fonts.get((place.clone(), stock), |(_, stock)| {
            Arc::new(match stock {
                Stock::Likely(letters) => Fount::new(maker.tool, letters.iter().copied()),
                Stock::Name(letters) => {
                    Fount::new(maker.tool, letters.iter().map(|&glyph| (glyph, OF_NAME)))
                }
            })
        });
        let (numbers, others) = fount.numbers(forms, maker.tool.count());
        if others.is_empty() {
            if let Some(face) = fount.face.get() {
                return Ok((Arc::clone(face), numbers));
            }
            let face = Arc::new(self.face(maker, &place, &fount.forms)?);
            return Ok((Arc::clone(fount.face.get_or_init(|| face)), numbers));
        }
        let all = [&fount.forms[..], &others].concat();
        Ok((Arc::new(self.face(maker, &place, &all)?), numbers))
    }

    /// The face with these forms.
    fn face(
        &self,
        maker: Maker<'_>,
        place: &Place,
        forms: &[(u16, u8)],
    ) -> core::result::Result<Face, Diagnostic> {
        let sort = |&(glyph, form): &(u16, u8)| {
            let place = (place.clone(), glyph, form);
            self.sorts.try_get(place, |_| maker.cast((glyph, form)))
        };
        let sorts: core::result::Result<Vec<Arc<Sort>>, Diagnostic> =
            forms.iter().map(sort).collect();
        maker.base.cut(&sorts?)
    }
}

impl Stock {
    /// What a document with these forms takes.
    fn of(maker: Maker<'_>, forms: &[(u16, u8)]) -> Self {
        let glyphs = forms.iter().map(|(glyph, _)| *glyph);
        if forms.len() < MANY {
            let mut letters: Vec<u16> = glyphs.collect();
            letters.sort_unstable();
            letters.dedup();
            return Self::Name(letters);
        }
        let likely = maker.base.likely(glyphs);
        Self::Likely(likely.map(|like| (like.glyph, COUNTS[like.frequency])).collect())
    }
}

impl Fount {
    /// The fount of a tool with these letters and at most so many forms of each, not cut
    /// yet.
    fn new(tool: Tool, letters: impl Iterator<Item = (u16, usize)>) -> Self {
        let most = tool.count();
        let mut forms = Vec::new();
        let mut places = HashMap::default();
        for (glyph, count) in letters {
            if places.contains_key(&glyph) {
                continue;
            }
            // Those in the middle: neither the lightest nor the heaviest.
            let count = count.min(most);
            let start = (most - count) / 2;
            let own = start as u8..(start + count) as u8;
            let first = u16::try_from(forms.len() + 1).unwrap_or(u16::MAX);
            forms.extend(own.clone().map(|form| (glyph, form)));
            places.insert(glyph, (own, first));
        }
        Self { forms, places, face: OnceLock::new() }
    }

    /// The numbers of forms of a tool that has so many of a letter, and the forms that it
    /// does not have, which follow its own.
    fn numbers(&self, forms: &[(u16, u8)], most: usize) -> (Vec<u16>, Vec<(u16, u8)>) {
        let mut others = Vec::new();
        let number = |&(glyph, form): &(u16, u8)| match self.places.get(&glyph) {
            Some((own, first)) => {
                let nth = usize::from(form) * own.len() / most.max(1);
                first + nth as u16
            }
            None => {
                others.push((glyph, form));
                u16::try_from(self.forms.len() + others.len()).unwrap_or(u16::MAX)
            }
        };
        (forms.iter().map(number).collect(), others)
    }
}

/// How many forms a letter has, by its frequency: few enough that the fount of a fine hand
/// leaves room for a sheet.
const COUNTS: [usize; FREQUENCIES] = [4, 3, 2, 2, 1];

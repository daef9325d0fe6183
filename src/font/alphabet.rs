//! The glyphs that a document in Latin script is likely to need.

use std::sync::Arc;

use super::face::{table, word};
use super::{Face, Feature};
use crate::lang::Lang;

/// Characters by how often letters have them: eight of ten letters are of the first group.
const GROUPS: [&str; 5] = [
    "etaoinshrdlu",
    "cmfwygpb",
    "vkjxqz",
    ".,IATSMWHBCD19",
    " EFGJKLNOPQRUVXYZ02345678-'\":;!?()&/$£‘’“”–—",
];

/// How many groups of characters there are: the first holds the most used.
pub const FREQUENCIES: usize = GROUPS.len();

/// The group of what letters rarely have.
const RARE: usize = FREQUENCIES - 1;

/// The group of the long s, which stands where a hand that has it writes half of all s.
const OF_LONG_S: usize = 1;

/// Features that put other glyphs in the place of those of characters.
const FEATURES: [[u8; 4]; 8] =
    [*b"lnum", *b"onum", *b"pnum", *b"tnum", *b"smcp", *b"c2sc", *b"hist", *b"titl"];

/// Letters that faces join.
const JOINED: [&str; 13] =
    ["fi", "fl", "ff", "ffi", "ffl", "fj", "ft", "tt", "th", "Th", "ct", "st", "Qu"];

/// The long s and what faces join it to, as they are shaped and as they are read: a document
/// that has one is likely to need the others.
const LONG_S: [(&str, &str); 17] = [
    ("ſ", "s"),
    ("ſb", "sb"),
    ("ſh", "sh"),
    ("ſi", "si"),
    ("ſj", "sj"),
    ("ſk", "sk"),
    ("ſl", "sl"),
    ("ſp", "sp"),
    ("ſs", "ss"),
    ("ſt", "st"),
    ("ſſ", "ss"),
    ("ſſb", "ssb"),
    ("ſſh", "ssh"),
    ("ſſi", "ssi"),
    ("ſſk", "ssk"),
    ("ſſl", "ssl"),
    ("ſſt", "sst"),
];

/// Features that join letters.
const JOINING: [[u8; 4]; 3] = [*b"liga", *b"dlig", *b"hlig"];

/// A glyph that a document is likely to need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Likely {
    /// Its number.
    pub glyph: u16,
    /// How much it is used: 0 for the most, up to [`FREQUENCIES`] − 1.
    pub frequency: usize,
    /// What it says.
    pub says: &'static str,
}

/// The alphabet of a face.
#[derive(Debug)]
pub(super) struct Alphabet {
    /// The glyphs of the characters.
    plain: Vec<Likely>,
    /// Which glyphs these are, by number.
    is_plain: Vec<bool>,
    /// Those that a feature puts in their place, feature by feature: where a document has one
    /// figure of the old style, it is likely to need the others.
    series: Vec<Vec<Likely>>,
}

impl Face {
    /// The glyphs that prose in Latin script is likely to need, as far as the face has them,
    /// where it uses these: those of the characters, and each series that one of these
    /// belongs to (figures of the old style, small capitals, ligatures, the long s).
    pub fn likely(
        &self,
        used: impl Iterator<Item = u16>,
    ) -> impl Iterator<Item = Likely> {
        let Alphabet { plain, is_plain, series } = self.alphabet();
        let other = |glyph: &u16| is_plain.get(usize::from(*glyph)) != Some(&true);
        let others: Vec<u16> = used.filter(other).collect();
        let met = move |series: &&Vec<Likely>| {
            series.iter().any(|likely| others.contains(&likely.glyph))
        };
        plain.iter().chain(series.iter().filter(met).flatten()).copied()
    }

    /// What glyphs usually say, by number: what those of the alphabet and its series do; of a
    /// face that was cut, what its letters say in the face it was cut after.
    pub fn usual(&self) -> &[Option<&'static str>] {
        self.usual.get_or_init(|| {
            let Alphabet { plain, series, .. } = self.alphabet();
            let mut usual = Vec::new();
            for likely in plain.iter().chain(series.iter().flatten()) {
                let glyph = usize::from(likely.glyph);
                if usual.len() <= glyph {
                    usual.resize(glyph + 1, None);
                }
                usual[glyph].get_or_insert(likely.says);
            }
            usual
        })
    }

    /// The alphabet, worked out when it is first asked.
    fn alphabet(&self) -> &Alphabet {
        self.alphabet.get_or_init(|| {
            let plain: Vec<Likely> = characters()
                .filter_map(|(says, frequency)| {
                    let glyph = self.glyph(says.chars().next()?)?;
                    Some(Likely { glyph, frequency, says })
                })
                .collect();
            let signs = || characters().map(|(says, frequency)| (says, says, frequency));
            let others = FEATURES.map(|tag| self.series(tag, signs()));
            let joined = JOINED.map(|says| (says, says, RARE));
            let joined = JOINING.map(|tag| self.series(tag, joined.into_iter()));
            let mut is_plain = Vec::new();
            for likely in &plain {
                let glyph = usize::from(likely.glyph);
                is_plain.resize(is_plain.len().max(glyph + 1), false);
                is_plain[glyph] = true;
            }
            let others = others.into_iter().chain(joined);
            let mut series: Vec<_> = others.chain([self.long_s()]).collect();
            let is_other =
                |likely: &Likely| is_plain.get(usize::from(likely.glyph)) != Some(&true);
            series.iter_mut().for_each(|own| own.retain(is_other));
            Alphabet { plain, is_plain, series }
        })
    }

    /// The long s and what it is joined to.
    fn long_s(&self) -> Vec<Likely> {
        let [(_, says), ..] = LONG_S;
        let alone =
            self.glyph('ſ').map(|glyph| Likely { glyph, frequency: OF_LONG_S, says });
        let joined = || LONG_S[1..].iter().map(|&(text, says)| (text, says, RARE));
        let joined = JOINING.into_iter().flat_map(|tag| self.series(tag, joined()));
        alone.into_iter().chain(joined).collect()
    }

    /// The glyphs that a feature makes of texts, of those of which it makes one: the texts,
    /// what they say, and how often letters have them.
    fn series(
        &self,
        tag: [u8; 4],
        texts: impl Iterator<Item = (&'static str, &'static str, usize)>,
    ) -> Vec<Likely> {
        if !self.has_feature(tag) {
            return Vec::new();
        }
        let features: Arc<[Feature]> = [Feature { tag, value: 1 }].into();
        let made =
            |(text, says, frequency): (&'static str, &'static str, usize)| match self
                .shape_once(text, Lang::EN, &features)[..]
            {
                [only] => Some(Likely { glyph: only.id, frequency, says }),
                _ => None,
            };
        texts.filter_map(made).collect()
    }

    /// Whether the face has a feature that puts glyphs in the place of others (OpenType 1.9,
    /// GSUB: the list of features lies at the third offset).
    fn has_feature(&self, tag: [u8; 4]) -> bool {
        let Some(gsub) = table(self.bytes(), b"GSUB") else { return false };
        let list = word(gsub, 6).and_then(|at| gsub.get(usize::from(at)..));
        let Some(list) = list else { return false };
        let records = list.get(2..).unwrap_or_default().chunks_exact(6);
        let count = word(list, 0).map_or(0, usize::from);
        records.take(count).any(|record| record.starts_with(&tag))
    }
}

/// All characters with their groups.
fn characters() -> impl Iterator<Item = (&'static str, usize)> {
    let groups = GROUPS.iter().enumerate();
    groups.flat_map(|(group, all)| {
        let each = all.char_indices();
        each.map(move |(at, c)| (&all[at..at + c.len_utf8()], group))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FontBytes;

    #[test]
    fn a_figure_of_the_old_style_brings_the_others() {
        let bytes = include_bytes!("../../fonts/eb-garamond/EBGaramond_400Regular.ttf");
        let face = Face::new("garamond", FontBytes::Static(bytes)).unwrap();
        let shaped = |text: &str, tag: &[u8; 4]| -> Vec<u16> {
            let features = [Feature { tag: *tag, value: 1 }].into();
            face.shape(text, Lang::EN, &features).iter().map(|glyph| glyph.id).collect()
        };
        let said = |used: &[u16]| -> String {
            let base = face.likely(core::iter::empty()).count();
            let all = face.likely(used.iter().copied());
            all.skip(base).map(|likely| likely.says).collect()
        };
        assert_eq!(said(&[]), "");
        let mut old: Vec<char> = said(&shaped("3", b"onum")).chars().collect();
        old.sort_unstable();
        assert_eq!(old, ('0'..='9').collect::<Vec<_>>());
        let long = face.glyph('ſ').unwrap();
        assert!(said(&[long]).contains("ssi"));
        assert_eq!(face.usual()[usize::from(long)], Some("s"));
        let joined = shaped("fi", b"liga");
        assert_eq!(joined.len(), 1);
        assert!(said(&joined).contains("ffi"));
        assert_eq!(face.usual()[usize::from(joined[0])], Some("fi"));
    }
}

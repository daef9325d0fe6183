//! The characters that a document in Latin script is likely to need.

use super::Face;

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

impl Face {
    /// The glyphs of the characters that prose in Latin script is likely to need, as far as
    /// the face has them, each with its group: 0 for the most used, up to
    /// [`FREQUENCIES`] − 1.
    pub fn alphabet(&self) -> impl Iterator<Item = (u16, usize)> {
        let groups = GROUPS.iter().enumerate();
        let characters =
            groups.flat_map(|(group, all)| all.chars().map(move |c| (c, group)));
        characters.filter_map(|(c, group)| Some((self.glyph(c)?, group)))
    }

    /// What glyphs usually say, by number: the characters of the alphabet; of a face that
    /// was cut, what their letters say in the face they were cut after.
    pub fn usual(&self) -> &[Option<char>] {
        self.usual.get_or_init(|| {
            let mut usual = Vec::new();
            for c in GROUPS.iter().flat_map(|group| group.chars()) {
                let Some(glyph) = self.glyph(c).map(usize::from) else { continue };
                if usual.len() <= glyph {
                    usual.resize(glyph + 1, None);
                }
                usual[glyph].get_or_insert(c);
            }
            usual
        })
    }
}

//! Where a line may end by the rules of Unicode (UAX 14), quickly where text is plain: of
//! words of letters, figures and points with spaces between them that is after the spaces.

use unicode_linebreak::linebreaks;

pub(super) use unicode_linebreak::BreakOpportunity as Opportunity;

/// The places where a line of a text may end and whether it must, in order; the last is the
/// end of the text.
pub(super) fn opportunities(text: &str) -> Opportunities<'_> {
    Opportunities { text, at: 0, asked: None }
}

/// Goes through a text.
pub(super) struct Opportunities<'a> {
    /// The text.
    text: &'a str,
    /// The last place found.
    at: usize,
    /// What the rules say from a place on, where words are not plain.
    asked: Option<(usize, Box<Rules<'a>>)>,
}

/// What the rules say of a text.
type Rules<'a> = dyn Iterator<Item = (usize, Opportunity)> + 'a;

impl Iterator for Opportunities<'_> {
    type Item = (usize, Opportunity);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        if self.at > 0 && self.at == bytes.len() {
            return None;
        }
        let plain = bytes.get(self.at..).filter(|rest| !rest.is_empty()).and_then(plain);
        match (&mut self.asked, plain) {
            // All that the rules remember is over after a space before a letter.
            (None, Some(length)) => self.at += length,
            (Some(_), Some(length)) if is_fresh(bytes, self.at) => {
                self.asked = None;
                self.at += length;
            }
            _ => {
                let at = self.at;
                let ask = || (at, Box::new(linebreaks(&self.text[at..])) as Box<Rules>);
                let (from, rules) = self.asked.get_or_insert_with(ask);
                let (place, kind) = rules.next()?;
                self.at = *from + place;
                return Some((self.at, kind));
            }
        }
        let is_end = self.at == bytes.len();
        let kind = if is_end { Opportunity::Mandatory } else { Opportunity::Allowed };
        Some((self.at, kind))
    }
}

/// Whether a word of letters begins here after a space.
fn is_fresh(bytes: &[u8], at: usize) -> bool {
    let begins = bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    begins && at.checked_sub(1).is_some_and(|before| bytes[before] == b' ')
}

/// The letters, figures and points of plain words.
static PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        plain[byte as usize] =
            byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b':' | b';');
        byte += 1;
    }
    plain
};

/// How long the plain word is with which bytes begin, and the spaces after it; none where it
/// is not plain, or does not end before a letter or a figure.
fn plain(bytes: &[u8]) -> Option<usize> {
    if !bytes.first()?.is_ascii_alphanumeric() {
        return None;
    }
    let is_plain = |byte: &&u8| PLAIN[usize::from(**byte)];
    let word = bytes.iter().take_while(is_plain).count();
    let spaces = bytes[word..].iter().take_while(|byte| **byte == b' ').count();
    let end = word + spaces;
    match bytes.get(end) {
        None => Some(end),
        Some(next) => (spaces > 0 && next.is_ascii_alphanumeric()).then_some(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;

    #[test]
    fn places_are_those_of_the_rules() {
        let mut rng = Seed(1).rng();
        let words = [
            "the",
            "Mr.",
            "a",
            "1,000",
            "12:30",
            "it;",
            "e.g.",
            "J.B.S",
            "x,",
            "3.",
            " ",
            "(so",
            "so)",
            "\"he",
            "him.\"",
            "don't",
            "well-known",
            "-",
            "—",
            "£5",
            "5%",
            "why?",
            "oh!",
            "!",
            "?no",
            "\n",
            "\u{2028}",
            "\u{a0}",
            "…",
            "/",
            "a/b",
            "한글",
            "中文",
            "é",
            "\u{301}",
            "“I",
            "I”",
            "[",
            "]",
            "$",
            ",",
            ".",
            ":a",
            "\u{200b}",
            "\u{ad}",
            "🙂",
            "\t",
            "",
        ];
        for length in (0..4000).map(|round| round % 12) {
            let mut text = String::new();
            for _ in 0..length {
                let most = if rng.chance(0.5) { 11 } else { words.len() };
                text.push_str(words[rng.below(most)]);
                text.push_str([" ", " ", " ", "", "  "][rng.below(5)]);
            }
            let own: Vec<_> = opportunities(&text).collect();
            assert_eq!(own, linebreaks(&text).collect::<Vec<_>>(), "{text:?}");
        }
    }
}

//! Labels by example: the first of a series says how all of it is counted.

use core::fmt;
use core::str::FromStr;

use super::counter::Counter;

/// A way of numbering that is shown by its first member: "Article I", "(a)", 제1조, （子）.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What stands before the number.
    before: String,
    /// How is counted.
    counter: Counter,
    /// What stands behind the number.
    after: String,
}

/// A text that shows no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotALabel(String);

impl fmt::Display for NotALabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "`{}` shows no way of numbering: write the first of the series, as 1., (a), \
             Article I, 제1조 or 甲、",
            self.0
        )
    }
}
impl core::error::Error for NotALabel {}

/// The first signs of the series that a label may show.
const FIRST: [(&str, Counter); 13] = [
    ("1", Counter::Decimal),
    ("1st", Counter::Ordinal),
    ("a", Counter::LowerAlpha),
    ("A", Counter::UpperAlpha),
    ("i", Counter::LowerRoman),
    ("I", Counter::UpperRoman),
    ("j", Counter::FinalJRoman),
    ("①", Counter::Circled),
    ("ㄱ", Counter::Consonants),
    ("가", Counter::Hangul),
    ("甲", Counter::Stems),
    ("子", Counter::Branches),
    ("一", Counter::Han),
];

impl Label {
    /// The label of a member, counted from 1; `None` for zero and past the end of a fixed
    /// series.
    pub fn format(&self, n: u64) -> Option<String> {
        Some(format!("{}{}{}", self.before, self.counter.format(n)?, self.after))
    }
}

impl FromStr for Label {
    type Err = NotALabel;

    /// Reads the first member of a series, or one with the name of its counter in braces,
    /// `Article {legal-ordinal}`. The last sign that begins a series is the number.
    fn from_str(text: &str) -> Result<Self, NotALabel> {
        let label = |before: &str, counter, after: &str| Self {
            before: before.to_owned(),
            counter,
            after: after.to_owned(),
        };
        if let Some((before, rest)) = text.split_once('{')
            && let Some((name, after)) = rest.split_once('}')
            && let Ok(counter) = name.parse()
        {
            return Ok(label(before, counter, after));
        }
        let found = signs(text).filter_map(|(at, sign)| {
            let known = FIRST.iter().find(|(first, _)| *first == sign);
            known.map(|(_, counter)| (at, sign, *counter))
        });
        match found.last() {
            Some((at, sign, counter)) => {
                Ok(label(&text[..at], counter, &text[at + sign.len()..]))
            }
            None => Err(NotALabel(text.to_owned())),
        }
    }
}

/// What may be a number: runs of Latin letters and figures, and every other character.
fn signs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    core::iter::from_fn(move || {
        let at = from;
        let first = text[at..].chars().next()?;
        let run = |c: &char| c.is_ascii_alphanumeric();
        let length = match first.is_ascii_alphanumeric() {
            true => text[at..].chars().take_while(run).count(),
            false => first.len_utf8(),
        };
        from = at + length;
        Some((at, &text[at..from]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_shows_the_others() {
        let cases = [
            ("Article I", 4, "Article IV"),
            ("ARTICLE I.", 9, "ARTICLE IX."),
            ("Article 1st.", 2, "Article 2nd."),
            ("Article {legal-ordinal}.", 2, "Article 2d."),
            ("Chapter j", 23, "Chapter xxiij"),
            ("1.", 13, "13."),
            ("(a)", 28, "(ab)"),
            ("a.", 3, "c."),
            ("(i)", 4, "(iv)"),
            ("A. I", 2, "A. II"),
            ("제1조", 12, "제12조"),
            ("①", 3, "③"),
            ("ㄱ.", 4, "ㄹ."),
            ("가)", 2, "나)"),
            ("第一條", 12, "第十二條"),
            ("甲、", 2, "乙、"),
            ("（一）", 11, "（十一）"),
            ("（子）", 3, "（寅）"),
        ];
        for (first, n, expected) in cases {
            let label: Label = first.parse().unwrap();
            assert_eq!(label.format(n).as_deref(), Some(expected), "{first}");
        }
    }

    #[test]
    fn what_shows_no_number_is_refused() {
        for text in ["", "Article", "(b)", "제조", "{nothing}", "1953", "Ia"] {
            assert!(text.parse::<Label>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_series_ends() {
        assert_eq!("甲、".parse::<Label>().unwrap().format(11), None);
        assert_eq!("(a)".parse::<Label>().unwrap().format(0), None);
    }
}

//! Words and patterns, and where a text has them.

use core::ops::Range;

use regex_lite::Regex;

use super::entry::Unsound;

/// What to look for in a text.
///
/// A word of small letters is found in any case; one with a capital as it is written and
/// in capitals throughout. Latin words are whole words, unless they end with `*`; Hangul
/// words stand where a word begins; Han characters stand anywhere. A pattern is a regular
/// expression, in which `\b` and `\d` know Latin letters and figures only. What lies
/// inside one of the exceptions does not count.
#[derive(Clone, Debug)]
pub(super) struct Phrases {
    /// The words.
    words: Vec<Word>,
    /// The pattern.
    pattern: Option<Regex>,
    /// In small letters.
    except: Vec<String>,
}

/// A word or several.
#[derive(Clone, Debug)]
struct Word {
    /// As it is looked for.
    text: String,
    /// In capitals throughout; none for a word that is found in any case.
    capitals: Option<String>,
    /// Whether the word may go on.
    open: bool,
}

impl Phrases {
    /// Reads words, a pattern and exceptions.
    pub(super) fn new(
        words: &[String],
        pattern: Option<&str>,
        except: &[String],
    ) -> Result<Self, Unsound> {
        if words.is_empty() && pattern.is_none() {
            let message = "an entry needs `words`, `pattern`, `ink`, `size` or `skipped`";
            return Err(Unsound(message.into()));
        }
        if words.iter().any(|word| word.trim_end_matches('*').trim().is_empty()) {
            return Err(Unsound("a word cannot be empty".into()));
        }
        let pattern = pattern.map(Regex::new).transpose();
        let pattern = pattern.map_err(|error| Unsound(format!("`pattern`: {error}")))?;
        let words = words.iter().map(|word| Word::new(word)).collect();
        let except = except.iter().map(|phrase| phrase.to_ascii_lowercase()).collect();
        Ok(Self { words, pattern, except })
    }

    /// Where a text has them, in order; `small` is the text with small letters for ASCII
    /// ones.
    pub(super) fn find(&self, text: &str, small: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        for word in &self.words {
            word.find(text, small, &mut found);
        }
        if let Some(pattern) = &self.pattern {
            // What stands in parentheses is the thing, the rest what is around it.
            let thing = |caps: regex_lite::Captures<'_>| {
                caps.get(1).or_else(|| caps.get(0)).map(|found| found.range())
            };
            found.extend(pattern.captures_iter(text).filter_map(thing));
        }
        found.retain(|range| !self.is_excepted(range, small));
        found.sort_by_key(|range| (range.start, range.end));
        found.dedup_by(|later, earlier| later.start < earlier.end);
        found
    }

    /// Whether what was found lies inside one of the exceptions.
    fn is_excepted(&self, range: &Range<usize>, small: &str) -> bool {
        self.except.iter().any(|phrase| {
            let inside = |at: usize| at <= range.start && range.end <= at + phrase.len();
            small.match_indices(phrase.as_str()).any(|(at, _)| inside(at))
        })
    }
}

impl Word {
    /// Reads a word.
    fn new(word: &str) -> Self {
        let text = word.trim_end_matches('*');
        let capitals = text.contains(char::is_uppercase).then(|| text.to_uppercase());
        Self { text: text.to_owned(), capitals, open: text.len() < word.len() }
    }

    /// Adds where a text has it.
    fn find(&self, text: &str, small: &str, found: &mut Vec<Range<usize>>) {
        let mut look = |needle: &str, hay: &str| {
            let all = hay.match_indices(needle).map(|(at, _)| at..at + needle.len());
            found.extend(all.filter(|range| self.is_whole(text, range)));
        };
        match &self.capitals {
            None => look(&self.text, small),
            Some(capitals) => {
                look(&self.text, text);
                if *capitals != self.text {
                    look(capitals, text);
                }
            }
        }
    }

    /// Whether what was found is a word and not the part of one.
    fn is_whole(&self, text: &str, range: &Range<usize>) -> bool {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        let [first, last] =
            [self.text.chars().next(), self.text.chars().next_back()].map(script);
        let begins = match first {
            Script::Latin => script(before) != Script::Latin,
            Script::Hangul => script(before) != Script::Hangul,
            Script::Other => true,
        };
        let ends = self.open || last != Script::Latin || script(after) != Script::Latin;
        begins && ends
    }
}

/// How words are told apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Letters and figures with spaces around words.
    Latin,
    /// Words with particles behind them.
    Hangul,
    /// No letters, or letters without spaces.
    Other,
}

/// The script of a character.
fn script(c: Option<char>) -> Script {
    match c {
        Some('가'..='힣') => Script::Hangul,
        Some('\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}') => Script::Other,
        Some(c) if c.is_alphanumeric() => Script::Latin,
        _ => Script::Other,
    }
}

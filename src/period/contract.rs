//! Contractions of hands to about 1840: the end of a word raised above the line.

/// A word cut short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contraction {
    /// The word in full, as it is read.
    pub word: String,
    /// What stands on the line.
    pub base: String,
    /// What is raised.
    pub raised: String,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contracted {
    /// As it was.
    Plain(String),
    /// A word cut short.
    Cut(Contraction),
}

/// Words, what is left of them on the line, and what is raised. Words in capitals here are
/// cut only where they have a capital: titles and names.
const WORDS: &[(&str, &str, &str)] = &[
    ("the", "y", "e"),
    ("that", "y", "t"),
    ("them", "y", "m"),
    ("your", "y", "r"),
    ("which", "w", "ch"),
    ("with", "w", "th"),
    ("Majestie", "Maj", "tie"),
    ("Majesty", "Maj", "ty"),
    ("Honourable", "Hon", "ble"),
    ("Honorable", "Hon", "ble"),
    ("Right", "R", "t"),
    ("Excellency", "Exc", "y"),
    ("Esquire", "Esq", "r"),
    ("Mister", "M", "r"),
    ("Mistress", "M", "rs"),
    ("Doctor", "D", "r"),
    ("Reverend", "Rev", "d"),
    ("Governor", "Gov", "r"),
    ("General", "Gen", "l"),
    ("Colonel", "Col", "o"),
    ("Captain", "Cap", "t"),
    ("Lieutenant", "L", "t"),
    ("Serjeant", "Serj", "t"),
    ("Company", "Comp", "y"),
    ("Parliament", "Parl", "t"),
    ("William", "W", "m"),
    ("John", "Jn", "o"),
    ("James", "Ja", "s"),
    ("George", "Geo", "o"),
    ("Charles", "Cha", "s"),
    ("Thomas", "Tho", "s"),
    ("Robert", "Rob", "t"),
    ("Samuel", "Sam", "l"),
    ("Benjamin", "Benj", "n"),
    ("Daniel", "Dan", "l"),
    ("Richard", "Rich", "d"),
    ("Edward", "Edw", "d"),
    ("Alexander", "Alex", "r"),
    ("Nathaniel", "Nath", "l"),
    ("Philadelphia", "Philad", "a"),
    ("Massachusetts", "Mass", "ts"),
    ("Virginia", "Virg", "a"),
    ("Servant", "Serv", "t"),
    ("obedient", "obed", "t"),
    ("humble", "hum", "le"),
    ("servant", "serv", "t"),
    ("received", "rec", "d"),
    ("account", "acc", "t"),
    ("company", "comp", "y"),
    ("Number", "N", "o"),
];

/// A text with its usual words contracted. Small words are cut at the head of a sentence as
/// well (Yᵉ), titles and names only where they have their capital.
pub fn contract(text: &str) -> Vec<Contracted> {
    let mut out = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match first.is_alphabetic() {
            true => rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()),
            false => first.len_utf8(),
        };
        let (word, after) = rest.split_at(length);
        match cut(word).filter(|_| may_be_cut(word, after)) {
            Some(contraction) => {
                if !plain.is_empty() {
                    out.push(Contracted::Plain(core::mem::take(&mut plain)));
                }
                out.push(Contracted::Cut(contraction));
            }
            None => plain.push_str(word),
        }
        rest = after;
    }
    if !plain.is_empty() {
        out.push(Contracted::Plain(plain));
    }
    out
}

/// Whether a word may be cut before this: not one that goes on behind an apostrophe
/// (that's), and Right only where it is part of a title.
fn may_be_cut(word: &str, after: &str) -> bool {
    let title = ["Honourable", "Honorable", "Reverend", "Worshipful"];
    let titled = title.iter().any(|title| after.trim_start().starts_with(title));
    !after.starts_with(['\'', '’']) && (word != "Right" || titled)
}

/// A word cut short, where there is a usual way.
fn cut(word: &str) -> Option<Contraction> {
    let found = |&(full, base, raised): &(&str, &str, &str)| {
        let base = match word {
            _ if word == full => base.to_owned(),
            _ if word == capital(full) => capital(base),
            _ => return None,
        };
        Some(Contraction { word: word.to_owned(), base, raised: raised.to_owned() })
    };
    WORDS.iter().find_map(found)
}

/// A word with a capital.
fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text with raised letters behind a circumflex.
    fn shown(text: &str) -> String {
        let part = |part| match part {
            Contracted::Plain(text) => text,
            Contracted::Cut(cut) => format!("{}^{}", cut.base, cut.raised),
        };
        contract(text).into_iter().map(part).collect()
    }

    #[test]
    fn words_are_cut_as_hands_cut_them() {
        assert_eq!(shown("The letter which William sent"), "Y^e letter w^ch W^m sent");
        assert_eq!(
            shown("your most obedient humble Servant"),
            "y^r most obed^t hum^le Serv^t"
        );
        assert_eq!(shown("To the Right Honourable"), "To y^e R^t Hon^ble");
        assert_eq!(shown("Received the account"), "Rec^d y^e acc^t");
    }

    #[test]
    fn other_words_stay() {
        for text in [
            "right and general",
            "the Right of".split_at(4).1,
            "that’s",
            "other, weather",
            "mister",
            "THE",
            "",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn what_is_read_is_the_text() {
        let text =
            "That the Company, with General Thomas Gage, Esquire, had your letter.";
        let part = |part| match part {
            Contracted::Plain(text) => text,
            Contracted::Cut(cut) => cut.word,
        };
        assert_eq!(contract(text).into_iter().map(part).collect::<String>(), text);
    }
}

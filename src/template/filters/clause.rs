//! Clauses: the paragraphs of an article with the items under them, numbered as their
//! tradition numbers, and what other places call each.

use minijinja::Error;
use minijinja::value::{Kwargs, Value as Seen};

use super::reference::is_id;
use super::{Filtered, named, refuse};
use crate::period::{Division, Label, Language};

/// The classes of a paragraph, of an item under it, of one under that.
const CLASSES: [&str; 3] = ["clause", "subclause", "subsubclause"];
/// The names of the marks of articles and of the levels beneath.
const ARTICLE: &str = "article";
/// See [`ARTICLE`].
const LEVELS: [&str; 3] = ["paragraph", "item", "subitem"];

/// How a language numbers when nobody says otherwise: the manner of 1953.
fn usual(language: Language) -> [&'static str; 3] {
    match language {
        Language::English => ["1.", "a.", "(1)"],
        Language::Korean => ["1.", "ㄱ.", "(1)"],
        Language::Chinese => ["一、", "（子）", "（一）"],
    }
}

/// The labels of an article's levels.
struct Marks([Label; 3]);

impl Marks {
    /// What a record of marks says, and where it is silent what is usual.
    fn new(said: Option<&Seen>, language: Language) -> Result<Self, Error> {
        let [paragraph, item, subitem] = usual(language);
        let label = |name: &str, usual: &str| match mark(said, name)? {
            Some(own) => named::<Label>(&own),
            None => named::<Label>(usual),
        };
        let [first, second, third] = LEVELS;
        let first = label(first, paragraph)?;
        Ok(Self([first, label(second, item)?, label(third, subitem)?]))
    }
}

/// What a record of marks says of a level.
fn mark(said: Option<&Seen>, name: &str) -> Result<Option<String>, Error> {
    let Some(said) = said.filter(|said| !said.is_none()) else { return Ok(None) };
    let own = said.get_attr(name)?;
    Ok(own.as_str().map(str::to_owned))
}

/// `{{ 4 | article }}`, `{{ 4 | article(marks) }}`: "Article IV", or as `marks.article`
/// shows it.
pub(super) fn article(n: u64, marks: Option<&Seen>, language: Language) -> Filtered {
    match mark(marks, ARTICLE)? {
        Some(first) => label(n, &first),
        None => super::number::numbered(Division::Article, n, language),
    }
}

/// `{{ 3 | label("(a)") }}`: (c).
pub(super) fn label(n: u64, first: &str) -> Filtered {
    let label: Label = named(first)?;
    label.format(n).ok_or_else(|| refuse(format!("{first} has no sign for {n}")))
}

/// `{{ paragraphs | clauses(of="Article II") }}`: a list of clauses, each with `class`,
/// `label`, `id`, `called` and `text`. `after=12` numbers on through the treaty, with
/// `plain=true` paragraphs have no numbers.
pub(super) fn clauses(
    paragraphs: &[Seen],
    given: &Kwargs,
    language: Language,
) -> Result<Vec<Seen>, Error> {
    let after = given.get::<Option<u64>>("after")?;
    let of = given.get::<Option<String>>("of")?.unwrap_or_default();
    let plain = given.get::<Option<bool>>("plain")?.unwrap_or(false);
    let marks = Marks::new(given.get::<Option<Seen>>("marks")?.as_ref(), language)?;
    given.assert_all_used()?;
    let mut writer = Writer { language, marks, after, of, out: Vec::new() };
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let text = super::text::plain(paragraph)?;
        let number = index as u64 + 1;
        let bare = plain || (paragraphs.len() == 1 && writer.after.is_none());
        writer.paragraph(&text, paragraph.is_safe(), (!bare).then_some(number))?;
    }
    Ok(writer.out)
}

/// Writes the clauses of an article.
struct Writer {
    /// The language.
    language: Language,
    /// How the levels are numbered.
    marks: Marks,
    /// The number of the last paragraph before, where numbers go on.
    after: Option<u64>,
    /// What the article is called.
    of: String,
    /// The clauses.
    out: Vec<Seen>,
}

/// A stretch of a paragraph: how deep it stands, its name, its text.
struct Stretch {
    /// 0 for the paragraph, 1 for an item, 2 for one under it.
    depth: usize,
    /// Whether it goes on after items.
    goes_on: bool,
    /// The name by which other places refer to it.
    id: Option<String>,
    /// The text.
    text: String,
}

impl Writer {
    /// Writes a paragraph with its items; one that is alone has no number.
    fn paragraph(
        &mut self,
        text: &str,
        is_safe: bool,
        number: Option<u64>,
    ) -> Result<(), Error> {
        // The numbers of the levels; 0 where nothing was numbered yet.
        let mut numbers = [number.map_or(0, |n| n + self.after.unwrap_or(0)), 0, 0];
        for stretch in stretches(text)? {
            let depth = stretch.depth;
            if depth == 2 && numbers[1] == 0 {
                return Err(refuse("a line with -- stands under none with -"));
            }
            if depth > 0 {
                numbers[depth] += 1;
                numbers[depth + 1..].fill(0);
            }
            let counted = numbers[depth] > 0 && !stretch.goes_on;
            let mark = &self.marks.0[depth];
            let label = match counted {
                true => Some(mark.format(numbers[depth]).ok_or_else(|| {
                    let level = LEVELS[depth];
                    refuse(format!("the marks of {level}s have no sign for so many"))
                })?),
                false => None,
            };
            let called = self.called(numbers, depth)?;
            let text = match is_safe {
                true => Seen::from_safe_string(stretch.text),
                false => Seen::from(stretch.text),
            };
            self.out.push(Seen::from_pairs([
                ("class", Seen::from_safe_string(CLASSES[depth].to_owned())),
                ("label", Seen::from(label)),
                ("id", Seen::from(stretch.id)),
                ("called", Seen::from(called)),
                ("text", text),
            ]));
        }
        Ok(())
    }

    /// What other places call the clause at these numbers: "Article II, paragraph 3 (a)",
    /// "Paragraph 13 a", 제2조 제3항 ㄱ목, 第二條第三款（子）項.
    fn called(&self, numbers: [u64; 3], depth: usize) -> Filtered {
        let mut words =
            if self.after.is_some() { "" } else { self.of.as_str() }.to_owned();
        if numbers[0] > 0 {
            let paragraph =
                super::number::numbered(Division::Paragraph, numbers[0], self.language)?;
            match (self.language, words.is_empty()) {
                (_, true) => words = paragraph,
                (Language::English, false) => {
                    words = format!("{words}, {}", paragraph.to_lowercase());
                }
                (Language::Korean, false) => words = format!("{words} {paragraph}"),
                (Language::Chinese, false) => words.push_str(&paragraph),
            }
        }
        let levels = self.marks.0.iter().zip(numbers).enumerate();
        for (level, (mark, number)) in levels.take(depth + 1).skip(1) {
            let sign = mark.format(number).unwrap_or_default();
            let sign = sign.trim_end_matches(['.', '、', '．', ' ']);
            words = match (self.language, level) {
                (Language::English, _) | (Language::Korean, 2) => {
                    format!("{words} {sign}")
                }
                (Language::Korean, _) => format!("{words} {sign}목"),
                (Language::Chinese, 1) => format!("{words}{sign}項"),
                (Language::Chinese, _) => format!("{words}{sign}目"),
            };
        }
        Ok(words.trim().to_owned())
    }
}

/// Cuts a paragraph: lines that begin with `-` are items, those with `--` items of items;
/// a line without goes on where the paragraph was. `[=name]` in front gives a name.
fn stretches(text: &str) -> Result<Vec<Stretch>, Error> {
    let mut out: Vec<Stretch> = Vec::new();
    for line in text.split('\n') {
        let (depth, rest) = depth_of(line)?;
        match out.last_mut() {
            Some(open) if depth == 0 && open.depth == 0 => {
                open.text.push('\n');
                open.text.push_str(line);
            }
            _ => {
                let (id, text) = name_of(rest);
                let goes_on = depth == 0 && !out.is_empty();
                out.push(Stretch { depth, goes_on, id, text: text.to_owned() });
            }
        }
    }
    out.retain(|stretch| !stretch.text.trim().is_empty() || stretch.id.is_some());
    Ok(out)
}

/// How deep a line stands, and the line without the mark.
fn depth_of(line: &str) -> Result<(usize, &str), Error> {
    let bare = line.trim_start();
    let dashes = bare.bytes().take_while(|byte| *byte == b'-').count();
    match (dashes, bare[dashes..].strip_prefix(' ')) {
        (0, _) | (_, None) => Ok((0, line)),
        (1 | 2, Some(rest)) => Ok((dashes, rest.trim_start())),
        _ => Err(refuse(format!("`{bare}`: items stand no deeper than --"))),
    }
}

/// The name in front of a text, and the text without it.
fn name_of(text: &str) -> (Option<String>, &str) {
    let found = text.strip_prefix("[=").and_then(|rest| rest.split_once(']'));
    match found.filter(|(id, _)| is_id(id)) {
        Some((id, rest)) => (Some(id.to_owned()), rest.trim_start()),
        None => (None, text),
    }
}

//! What went wrong, where, and how to mend it.
//!
//! Every layer collects [`Diagnostic`]s and returns them together as [`Problems`]. They
//! stand alone: each carries its excerpt, so it can be shown after the input is gone.

use core::fmt;

/// The result of anything that can meet a problem.
pub type Result<T> = core::result::Result<T, Problems>;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Nothing was made.
    Error,
    /// Something was made, but look at it.
    Warning,
}

/// What kind of thing went wrong; decides the exit code of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The user's values do not fit the template (exit code 1).
    Invalid,
    /// The request or its input cannot be understood (exit code 2).
    Usage,
    /// Reading or writing failed (exit code 3).
    Io,
    /// The output folder is in use by another run (exit code 4).
    Busy,
}

/// A place in the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file or other source: `guests.csv`, `-s`, `the sample of letter`.
    pub source: String,
    /// Where in it.
    pub position: Position,
}

/// Where in a source something stands. All numbers count from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Position {
    /// The whole source.
    #[default]
    Whole,
    /// A place in a text.
    Text {
        /// The line.
        line: usize,
        /// The column, in characters.
        column: usize,
        /// What is shown of the line.
        excerpt: Excerpt,
    },
    /// A cell of a table.
    Cell {
        /// The row of data (the header is not counted).
        row: usize,
        /// The column.
        column: usize,
    },
    /// A row of a table.
    Row(usize),
}

/// What is shown of a line around a place: only a part of a long one, for all of a text may
/// be one line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// At most 76 characters, without those that steer a terminal.
    text: String,
    /// Which of them the place is, from 1.
    caret: usize,
}

impl Excerpt {
    /// Of a line, around a byte where a character begins.
    pub fn of(line: &str, at: usize) -> Self {
        let (before, after) = line.split_at(at);
        let shown = before.chars().rev().take(59).count();
        let start = before.char_indices().rev().nth(shown.saturating_sub(1));
        let start = start.filter(|_| shown > 0).map_or(at, |(start, _)| start);
        let clean = |c: char| if c.is_control() { ' ' } else { c };
        let text =
            line[start..at].chars().chain(after.chars().take(76 - shown)).map(clean);
        let text = text.collect::<String>().trim_end().to_owned();
        Self { text, caret: shown + 1 }
    }
}

impl Place {
    /// A whole source.
    pub fn whole(source: impl Into<String>) -> Self {
        Self { source: source.into(), position: Position::Whole }
    }

    /// The place of a byte offset in a text, with its line as excerpt.
    ///
    /// An offset past the end or inside a character means the nearest one before.
    pub fn in_text(source: impl Into<String>, text: &str, offset: usize) -> Self {
        let mut at = offset.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
        let line = text[..start].matches('\n').count() + 1;
        let column = text[start..at].chars().count() + 1;
        let excerpt = Excerpt::of(&text[start..end], at - start);
        let position = Position::Text { line, column, excerpt };
        Self { source: source.into(), position }
    }

    /// A line of a text, counted from 1.
    pub fn at_line(source: impl Into<String>, text: &str, line: usize) -> Self {
        let whole = text.lines().nth(line.saturating_sub(1)).unwrap_or("");
        let excerpt = Excerpt::of(whole, 0);
        Self {
            source: source.into(),
            position: Position::Text { line, column: 1, excerpt },
        }
    }

    /// The place of words on the line at which this one points, where they stand behind
    /// it; else this place.
    #[must_use]
    pub fn at_words(mut self, words: &str) -> Self {
        if let Position::Text { column, excerpt, .. } = &mut self.position {
            let start = excerpt.text.char_indices().nth(excerpt.caret - 1);
            let after = start.map_or("", |(start, _)| &excerpt.text[start..]);
            if let Some(at) = after.find(words) {
                let further = after[..at].chars().count();
                *column += further;
                excerpt.caret += further;
            }
        }
        self
    }

    /// A cell of a table.
    pub fn cell(source: impl Into<String>, row: usize, column: usize) -> Self {
        Self { source: source.into(), position: Position::Cell { row, column } }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.source)?;
        match &self.position {
            Position::Whole => Ok(()),
            Position::Text { line, column, .. } => write!(f, ":{line}:{column}"),
            Position::Cell { row, column } => write!(f, ", row {row}, column {column}"),
            Position::Row(row) => write!(f, ", row {row}"),
        }
    }
}

/// One problem: what, where, and the repair.
///
/// Plain formatting gives one line; the alternate form (`{:#}`) adds place, excerpt and
/// hint. Messages are lower case without a full stop, hints begin with an imperative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// What kind of thing went wrong.
    pub kind: Kind,
    /// A stable name for programs: `field-date`, `unknown-template`.
    pub code: &'static str,
    /// What went wrong, naming the thing.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
    /// How to mend it.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error.
    pub fn new(kind: Kind, code: &'static str, message: impl Into<String>) -> Self {
        let message = message.into();
        Self { severity: Severity::Error, kind, code, message, place: None, hint: None }
    }

    /// The user's values do not fit.
    pub fn invalid(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Invalid, code, message)
    }

    /// The request or its input cannot be understood.
    pub fn usage(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, code, message)
    }

    /// Reading or writing failed.
    pub fn io(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Kind::Io, code, message)
    }

    /// The same, as a warning.
    pub fn warning(self) -> Self {
        Self { severity: Severity::Warning, ..self }
    }

    /// The same, with its place.
    pub fn at(self, place: impl Into<Option<Place>>) -> Self {
        Self { place: place.into(), ..self }
    }

    /// The same, with its repair.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "{severity}[{}]: {}", self.code, self.message)?;
        if !f.alternate() {
            return match &self.place {
                Some(place) => write!(f, " ({place})"),
                None => Ok(()),
            };
        }
        if let Some(place) = &self.place {
            write!(f, "\n  ┌ {place}")?;
            if let Position::Text { excerpt: Excerpt { text, caret }, .. } =
                &place.position
                && !text.trim().is_empty()
            {
                write!(f, "\n  │ {text}\n  │ {:>caret$}", "^")?;
            }
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  = hint: {hint}")?;
        }
        Ok(())
    }
}

/// One or more problems, in the order they were met.
#[derive(Clone, PartialEq, Eq)]
pub struct Problems(Vec<Diagnostic>);

impl Problems {
    /// The problems, in the order they were met.
    pub fn iter(&self) -> core::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// Takes the problems out.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.0
    }

    /// The gravest kind among them.
    pub fn kind(&self) -> Kind {
        self.0.iter().map(|d| d.kind).max().unwrap_or(Kind::Invalid)
    }

    /// `Ok(value)` when there are no errors; else all of them.
    pub fn check<T>(value: T, problems: Vec<Diagnostic>) -> Result<T> {
        if problems.is_empty() { Ok(value) } else { Err(Self(problems)) }
    }

    /// The same problems, each without a place given this one.
    pub fn at(mut self, place: &Place) -> Self {
        for problem in &mut self.0 {
            problem.place.get_or_insert_with(|| place.clone());
        }
        self
    }
}

impl From<Diagnostic> for Problems {
    fn from(problem: Diagnostic) -> Self {
        Self(vec![problem])
    }
}

impl IntoIterator for Problems {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Diagnostic;
    type IntoIter = core::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, problem) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            fmt::Display::fmt(problem, f)?;
        }
        Ok(())
    }
}

impl fmt::Debug for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:#}")
    }
}

impl core::error::Error for Problems {}

/// Whether a character is invisible and changes how its neighbours are shown.
pub fn is_steering(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}')
}

/// The name among `known` that was probably meant by `name`, if one is near enough
/// (Damerau–Levenshtein distance at most a third of its length, at least 1).
pub fn did_you_mean<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let plain = |s: &str| s.to_lowercase().replace(['-', ' '], "_");
    let meant = plain(name);
    let count = meant.chars().count();
    let near = |k: &str| (k.chars().count() / 3).max(1);
    known
        .into_iter()
        // What is much longer is no name at all, and comparing it would take long.
        .filter(|k| k.chars().count().abs_diff(count) <= near(k))
        .map(|k| (strsim::damerau_levenshtein(&meant, &plain(k)), k))
        .filter(|(distance, k)| *distance <= near(k))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_can_point_at_words_behind_it() {
        let place = Place::in_text("my.toml", "a = \"여기 telegram\"", 4);
        assert_eq!(place.clone().at_words("telegram").to_string(), "my.toml:1:9");
        assert_eq!(place.at_words("radio").to_string(), "my.toml:1:5");
    }

    #[test]
    fn the_long_form_shows_place_excerpt_and_hint() {
        let text = "place = \"Kaesong\"\ndate = \"27/7/53\"\n";
        let place = Place::in_text("my.toml", text, text.find("\"27").unwrap());
        let shown =
            Diagnostic::invalid("field-date", "`date` is not a date: \"27/7/53\"")
                .at(place)
                .hint("write 1953-07-27");
        assert_eq!(
            format!("{shown:#}"),
            "error[field-date]: `date` is not a date: \"27/7/53\"\n  ┌ my.toml:2:8\n  \
             │ date = \"27/7/53\"\n  │        ^\n  = hint: write 1953-07-27"
        );
        assert_eq!(
            format!("{shown}"),
            "error[field-date]: `date` is not a date: \"27/7/53\" (my.toml:2:8)"
        );
    }

    #[test]
    fn offsets_inside_characters_do_not_panic() {
        let place = Place::in_text("x", "한글", 1);
        assert_eq!(place.to_string(), "x:1:1");
    }

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let known = ["place", "parties", "peace-treaty"];
        assert_eq!(did_you_mean("palce", known), Some("place"));
        assert_eq!(did_you_mean("Peace_Treaty", known), Some("peace-treaty"));
        assert_eq!(did_you_mean("zzz", known), None);
    }
}

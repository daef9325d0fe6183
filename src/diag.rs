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
        /// The text of the line, without its end.
        excerpt: String,
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
        let excerpt = text[start..end].trim_end_matches('\r').to_owned();
        let position = Position::Text { line, column, excerpt };
        Self { source: source.into(), position }
    }

    /// A line of a text, counted from 1.
    pub fn at_line(source: impl Into<String>, text: &str, line: usize) -> Self {
        let excerpt = text.lines().nth(line.saturating_sub(1)).unwrap_or("").to_owned();
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
            let before: String = excerpt.chars().take(*column - 1).collect();
            if let Some(at) = excerpt[before.len()..].find(words) {
                *column += excerpt[before.len()..][..at].chars().count();
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
            if let Position::Text { column, excerpt, .. } = &place.position
                && !excerpt.trim().is_empty()
            {
                let (shown, column) = shorten(excerpt, *column);
                write!(f, "\n  │ {shown}\n  │ {:>column$}", "^")?;
            }
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  = hint: {hint}")?;
        }
        Ok(())
    }
}

/// A window of at most 76 characters of a long line around a column, and the column in it.
fn shorten(line: &str, column: usize) -> (String, usize) {
    let start = column.saturating_sub(60);
    let clean = |c: char| if c.is_control() { ' ' } else { c };
    let shown = line.chars().skip(start).take(76).map(clean).collect();
    (shown, column - start)
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

/// The name among `known` that was probably meant by `name`, if one is near enough
/// (Damerau–Levenshtein distance at most a third of its length, at least 1).
pub fn did_you_mean<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let plain = |s: &str| s.to_lowercase().replace(['-', ' '], "_");
    let meant = plain(name);
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&meant, &plain(k)), k))
        .filter(|(distance, k)| *distance <= (k.chars().count() / 3).max(1))
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

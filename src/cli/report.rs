//! Problems on standard error.

use std::io::{IsTerminal as _, Write as _};

use crate::diag::{Diagnostic, Problems, Severity, is_steering};

/// Where problems are told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Report {
    /// Whether in colour.
    colour: bool,
}

/// Bold red, for errors.
const RED: &str = "\u{1b}[1;31m";
/// Bold yellow, for warnings.
const YELLOW: &str = "\u{1b}[1;33m";
/// Blue, for places.
const BLUE: &str = "\u{1b}[34m";
/// Green, for repairs.
const GREEN: &str = "\u{1b}[32m";
/// Back to what it was.
const PLAIN: &str = "\u{1b}[0m";

impl Report {
    /// In colour if a person looks on and has nothing against it (no-color.org).
    pub(super) fn new() -> Self {
        let unwanted =
            std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self { colour: std::io::stderr().is_terminal() && !unwanted && !dumb }
    }

    /// Tells problems, in their order.
    pub(super) fn problems(&self, problems: &Problems) {
        for problem in problems {
            self.problem(problem);
        }
    }

    /// Tells one problem.
    pub(super) fn problem(&self, problem: &Diagnostic) {
        self.line(&self.shown(problem));
    }

    /// Tells something else.
    #[expect(clippy::unused_self, reason = "says where it goes")]
    pub(super) fn line(&self, text: &str) {
        // When nobody listens there is nobody to tell that nobody listens.
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// A problem in its long form.
    pub(super) fn shown(&self, problem: &Diagnostic) -> String {
        // What somebody typed into a field must not steer the terminal.
        let clean = |c: char| match c {
            '\n' => c,
            c if c.is_control() || is_steering(c) => '\u{fffd}',
            c => c,
        };
        let whole = format!("{problem:#}");
        let lines: Vec<String> = whole
            .split('\n')
            .map(|line| cut(line).chars().map(clean).collect())
            .collect();
        let plain = lines.join("\n");
        if self.colour { paint(&plain, problem.severity) } else { plain }
    }
}

/// How much of a line is told: names of columns may be as long as a file.
const LONGEST: usize = 600;

/// The beginning of a long line.
fn cut(line: &str) -> std::borrow::Cow<'_, str> {
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} …", &line[..at]).into(),
        None => line.into(),
    }
}

/// The long form of a problem in colour.
fn paint(plain: &str, severity: Severity) -> String {
    let head = match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
    };
    let line = |(index, line): (usize, &str)| match (index, line.split_once(": ")) {
        (0, Some((code, message))) => format!("{head}{code}{PLAIN}: {message}"),
        (_, Some(("  = hint", hint))) => format!("  {GREEN}= hint{PLAIN}: {hint}"),
        _ if line.starts_with("  ┌") => format!("{BLUE}{line}{PLAIN}"),
        _ => match line.strip_prefix("  │") {
            Some(rest) => format!("{BLUE}  │{PLAIN}{rest}"),
            None => line.to_owned(),
        },
    };
    plain.lines().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Place;

    #[test]
    fn what_somebody_typed_neither_steers_nor_floods() {
        let message = format!("`{}\u{202e}` \u{9b}x", "y".repeat(1_000_000));
        let problem = Diagnostic::invalid("field-text", "a\u{202e}b").hint(message);
        let plain = Report { colour: false }.shown(&problem);
        assert!(plain.starts_with("error[field-text]: a\u{fffd}b\n"), "{plain}");
        assert!(plain.len() < 1_000 && plain.ends_with("y …"), "{plain}");
    }

    #[test]
    fn colour_changes_no_word() {
        let problem =
            Diagnostic::invalid("field-date", "`date` is not a date: \u{1b}[2J")
                .at(Place::in_text("my.toml", "date = 1\n", 7))
                .hint("write: 1953-07-27");
        let plain = Report { colour: false }.shown(&problem);
        assert!(plain.contains('\u{fffd}') && !plain.contains('\u{1b}'));
        let mut bare = Report { colour: true }.shown(&problem);
        for code in [RED, YELLOW, BLUE, GREEN, PLAIN] {
            bare = bare.replace(code, "");
        }
        assert_eq!(bare, plain);
    }
}

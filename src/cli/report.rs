//! Problems and progress on standard error.

use std::io::{IsTerminal as _, Write as _};

use crate::diag::{Diagnostic, Problems, Severity};

/// Shows all problems.
pub(super) fn problems(problems: &Problems) {
    for problem in problems {
        self::problem(problem);
    }
}

/// Shows one problem, in colour where a person reads it and wants colour (no-color.org).
pub(super) fn problem(problem: &Diagnostic) {
    let stderr = std::io::stderr();
    let text = format!("{problem:#}");
    let plain = !stderr.is_terminal()
        || std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
    let mut out = stderr.lock();
    // Nobody can be told that standard error is closed.
    let _ = match (plain, text.split_once(':')) {
        (false, Some((head, rest))) => {
            let colour = match problem.severity {
                Severity::Error => 31,
                Severity::Warning => 33,
            };
            writeln!(out, "\u{1b}[1;{colour}m{head}\u{1b}[0m:{rest}")
        }
        _ => writeln!(out, "{text}"),
    };
}

/// Says a line to the person at the terminal.
pub(super) fn note(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

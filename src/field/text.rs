//! Which texts may stand in a document, and how one text becomes paragraphs.

use core::fmt;
use std::borrow::Cow;

use super::path::FieldPath;
use crate::diag::Diagnostic;

/// A text with the ends of its lines unified and all else exactly as given.
///
/// # Errors
/// When it holds a character no document can show, or several lines where one is wanted.
pub(super) fn accept(
    text: &str,
    multiline: bool,
    path: &FieldPath,
) -> Result<String, Diagnostic> {
    let text = unify_lines(text);
    let plain = text.bytes().all(|b| matches!(b, b' '..=b'~' | b'\n' | b'\t'));
    if !plain
        && let Some((fault, at)) =
            text.char_indices().find_map(|(at, c)| Some((fault(c)?, at)))
    {
        return Err(refuse(&fault, &text, at, path));
    }
    if !multiline && text.contains('\n') {
        let lines = text.lines().count().max(2);
        let message = format!("`{path}` has {lines} lines, but must be one");
        return Err(
            Diagnostic::invalid("field-text", message).hint("write it on one line")
        );
    }
    Ok(text.into_owned())
}

/// What is wrong with a character.
enum Fault {
    /// No letter but an instruction to a terminal (general category Cc).
    Control(char),
    /// Mark of a character that was lost.
    Lost,
    /// In the planes 15 and 16, where the template puts its slots.
    Private(char),
    /// Will never be a character (Unicode 16.0, section 23.7).
    Never(char),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Control(c) => write!(f, "the control character {}", name(*c)),
            Self::Lost => f.write_str("U+FFFD, the mark of a character that was lost"),
            Self::Private(c) => write!(f, "the private-use character {}", name(*c)),
            Self::Never(c) => write!(f, "{}, which is not a character", name(*c)),
        }
    }
}

/// `U+0007`.
fn name(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// What is wrong with a character, if something is.
fn fault(c: char) -> Option<Fault> {
    match c {
        '\n' | '\t' => None,
        c if c.is_control() => Some(Fault::Control(c)),
        '\u{FFFD}' => Some(Fault::Lost),
        '\u{F0000}'.. => Some(Fault::Private(c)),
        '\u{FDD0}'..='\u{FDEF}' => Some(Fault::Never(c)),
        c if u32::from(c) & 0xFFFE == 0xFFFE => Some(Fault::Never(c)),
        _ => None,
    }
}

/// The problem with a character at a byte offset.
fn refuse(fault: &Fault, text: &str, at: usize, path: &FieldPath) -> Diagnostic {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let line = text[..start].matches('\n').count() + 1;
    let number = text[start..at].chars().count() + 1;
    let place = if text.contains('\n') {
        format!("character {number} of line {line}")
    } else {
        format!("character {number}")
    };
    let message = format!("`{path}` contains {fault} ({place})");
    let hint = match fault {
        Fault::Lost => "save the source as UTF-8 and look for the character there",
        Fault::Control(_) | Fault::Private(_) | Fault::Never(_) => "remove it",
    };
    Diagnostic::invalid("field-text", message).hint(hint)
}

/// The text with every end of line, `\r\n` or `\r`, written `\n`.
fn unify_lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The paragraphs of a text: what stands between blank lines.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    let text = unify_lines(text);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.split('\n') {
        if line.trim().is_empty() {
            open = false;
        } else if let Some(last) = paragraphs.last_mut().filter(|_| open) {
            last.push('\n');
            last.push_str(line);
        } else {
            paragraphs.push(line.to_owned());
            open = true;
        }
    }
    paragraphs
}

/// The words of a text, divided by commas, semicolons or white space: `en, ko`.
pub(super) fn words(text: &str) -> Vec<String> {
    let divides = |c: char| c == ',' || c == ';' || c.is_whitespace();
    text.split(divides).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

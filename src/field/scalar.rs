//! Values of one piece: dates, numbers, yes or no, choices, pictures.

use super::path::FieldPath;
use super::value::{MAX_EXACT, Value};
use crate::diag::{Diagnostic, did_you_mean};
use crate::period::NotADate;

/// What became of one value.
pub(super) type Converted = Result<Value, Diagnostic>;

/// Reads a date.
pub(super) fn date(value: &Value, path: &FieldPath) -> Converted {
    let hint = "write year-month-day: 1953-07-27";
    match value {
        Value::Date(date) => Ok(Value::Date(*date)),
        Value::Text(text) => {
            text.trim().parse().map(Value::Date).map_err(|error: NotADate| {
                not_a("field-date", path, "a date", text).hint(error.hint())
            })
        }
        other => Err(mismatch("field-date", path, other, "a date").hint(hint)),
    }
}

/// Reads a number.
pub(super) fn number(value: &Value, path: &FieldPath) -> Converted {
    let (number, written) = match value {
        Value::Number(number) => (*number, number.to_string()),
        Value::Text(text) => match plain_number(text.trim()) {
            Some(number) => (number, text.trim().to_owned()),
            None => {
                let problem = not_a("field-number", path, "a number", text);
                return Err(match plain_number(&without_commas(text.trim())) {
                    Some(meant) => problem.hint(format!("write {meant}")),
                    None => {
                        problem.hint("write figures and at most one point: 1953 or 2.5")
                    }
                });
            }
        },
        other => {
            let problem = mismatch("field-number", path, other, "a number");
            return Err(problem.hint("write figures without quotation marks: 1953"));
        }
    };
    if !number.is_finite() {
        return Err(
            not_a("field-number", path, "a number", &written).hint("write figures")
        );
    }
    if number.abs() > MAX_EXACT {
        let message = format!("`{path}` is too large to be kept exactly: {written}");
        let problem = Diagnostic::invalid("field-number", message);
        return Err(problem.hint("make the field a text"));
    }
    Ok(Value::Number(number))
}

/// The number written as figures with at most one point, and a sign.
fn plain_number(text: &str) -> Option<f64> {
    let figures = text.strip_prefix(['-', '+']).unwrap_or(text);
    let plain = figures.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && figures.bytes().any(|b| b.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

/// The same with commas between thousands dropped, or a decimal comma made a point.
fn without_commas(text: &str) -> String {
    let mut groups = text.split(',').skip(1);
    let thousands =
        groups.all(|group| group.split('.').next().is_some_and(|g| g.len() == 3));
    text.replace(',', if thousands { "" } else { "." })
}

/// Reads yes or no.
pub(super) fn yes_or_no(value: &Value, path: &FieldPath) -> Converted {
    let hint = "write true or false, yes or no, 1 or 0";
    match value {
        Value::Bool(yes) => Ok(Value::Bool(*yes)),
        Value::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
            "yes" | "true" | "1" => Ok(Value::Bool(true)),
            "no" | "false" | "0" => Ok(Value::Bool(false)),
            _ => Err(not_a("field-bool", path, "yes or no", text).hint(hint)),
        },
        other => Err(mismatch("field-bool", path, other, "yes or no").hint(hint)),
    }
}

/// Reads one of several words.
pub(super) fn choice(value: &Value, choices: &[String], path: &FieldPath) -> Converted {
    let hint = || match value {
        Value::Text(text) => {
            did_you_mean(text.trim(), choices.iter().map(String::as_str)).map_or_else(
                || format!("write {}", one_of(choices)),
                |meant| format!("write {meant}"),
            )
        }
        _ => format!("write {}", one_of(choices)),
    };
    match value {
        Value::Text(text) if choices.iter().any(|c| c == text.trim()) => {
            Ok(Value::Text(text.trim().to_owned()))
        }
        Value::Text(text) => {
            let message =
                format!("`{path}` is not {}: {}", one_of(choices), excerpt(text));
            Err(Diagnostic::invalid("field-choice", message).hint(hint()))
        }
        other => Err(mismatch("field-choice", path, other, "a word").hint(hint())),
    }
}

/// `a, b or c`, at most a dozen.
fn one_of(choices: &[String]) -> String {
    match choices {
        [] => "one of no choices".to_owned(),
        [only] => only.clone(),
        [most @ .., last] if most.len() < 12 => format!("{} or {last}", most.join(", ")),
        first => format!("one of {} words, such as {}", first.len(), first[0]),
    }
}

/// Takes the bytes of a picture file.
pub(super) fn image(value: &Value, path: &FieldPath) -> Converted {
    match value {
        // The signatures: PNG (ISO/IEC 15948, 5.2) and JPEG (ISO/IEC 10918-1, SOI).
        Value::Image(bytes)
            if bytes.starts_with(b"\x89PNG\r\n\x1a\n")
                || bytes.starts_with(b"\xff\xd8\xff") =>
        {
            Ok(value.clone())
        }
        Value::Image(_) => {
            let message = format!("`{path}` is neither a PNG nor a JPEG file");
            Err(Diagnostic::invalid("field-image", message)
                .hint("save it as PNG or JPEG"))
        }
        Value::Text(name) => {
            let message = format!("the picture `{path}` was not read: {}", excerpt(name));
            let problem = Diagnostic::invalid("field-image", message);
            Err(problem.hint("give the bytes of the file"))
        }
        other => Err(mismatch("field-image", path, other, "a picture")
            .hint("write the name of a PNG or JPEG file in quotation marks")),
    }
}

/// A text that does not read as the type.
pub(super) fn not_a(
    code: &'static str,
    path: &FieldPath,
    wanted: &str,
    text: &str,
) -> Diagnostic {
    let shown = excerpt(text);
    Diagnostic::invalid(code, format!("`{path}` is not {wanted}: {shown}"))
}

/// A value of another kind.
pub(super) fn mismatch(
    code: &'static str,
    path: &FieldPath,
    value: &Value,
    wanted: &str,
) -> Diagnostic {
    Diagnostic::invalid(code, format!("`{path}` is {}, not {wanted}", value.kind()))
}

/// A text in quotation marks, at most 40 characters of it.
pub(super) fn excerpt(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}

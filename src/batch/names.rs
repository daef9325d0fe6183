//! Names of files that are safe on every system.

use crate::diag::Diagnostic;

/// The longest name, in bytes: what every file system takes, with room for a temporary
/// ending.
const LONGEST: usize = 200;

/// Names that Windows keeps for devices.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// The name without separators, control characters and signs that some system forbids,
/// without dots, dashes and spaces at its ends, with the ending `.pdf`.
pub(super) fn safe(name: &str) -> Result<String, Diagnostic> {
    let (stem, ending) = match name.to_lowercase().ends_with(".pdf") {
        true => name.split_at(name.len() - 4),
        false => (name, ".pdf"),
    };
    let forbidden = |c: char| c.is_control() || "<>:\"/\\|?*".contains(c);
    let plain: String =
        stem.chars().map(|c| if forbidden(c) { '-' } else { c }).collect();
    let ends = |c: char| matches!(c, '.' | '-' | ' ');
    let mut plain = plain.trim_matches(ends).to_owned();
    while plain.len() + ending.len() > LONGEST {
        plain.pop();
    }
    let lower = plain.to_lowercase();
    let numbered = |port: &str| {
        let rest = lower.strip_prefix(port);
        rest.is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    if DEVICES.contains(&lower.as_str()) || numbered("com") || numbered("lpt") {
        plain.push('_');
    }
    if plain.is_empty() {
        let message = format!("`{name}` leaves no name for a file");
        return Err(Diagnostic::invalid("name-empty", message)
            .hint("put `{{ row }}` into the pattern of `--name`"));
    }
    Ok(format!("{plain}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn names_stay_in_their_folder_and_on_every_system() {
        let cases = [
            ("Kim.pdf", "Kim.pdf"),
            ("3-Kim", "3-Kim.pdf"),
            ("../../etc/passwd", "etc-passwd.pdf"),
            ("a/b\\c:d.pdf", "a-b-c-d.pdf"),
            (".hidden.pdf", "hidden.pdf"),
            ("con", "con_.pdf"),
            ("COM1.pdf", "COM1_.pdf"),
            ("a\nb.PDF", "a-b.PDF"),
            ("김철수.pdf", "김철수.pdf"),
        ];
        for (name, expected) in cases {
            assert_eq!(safe(name).unwrap(), expected, "{name}");
        }
        assert!(safe(&"가".repeat(300)).unwrap().len() <= 200);
        for empty in ["", "...", "/", ".pdf"] {
            assert!(safe(empty).is_err(), "{empty}");
        }
    }
}

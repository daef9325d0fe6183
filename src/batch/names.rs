//! Names of files that are good on every system and stay in their folder.

use crate::diag::{Diagnostic, Result};

/// The ending of the files.
const ENDING: &str = ".pdf";

/// The longest name, in bytes: what every file system takes, with room for the ending of a
/// file in the making.
const LONGEST: usize = 200;

/// What separates folders, or is forbidden in names on some system.
const RESERVED: &str = "/\\<>:\"|?*";

/// Names that Windows keeps for devices; com and lpt are followed by a figure.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// The name with the ending `.pdf`, if it can be that of a file.
pub(super) fn check(name: &str) -> Result<String> {
    let stem =
        match name.len().checked_sub(ENDING.len()).map(|at| name.split_at_checked(at)) {
            Some(Some((stem, ending))) if ending.eq_ignore_ascii_case(ENDING) => stem,
            _ => name,
        };
    let fault = |message: String, hint: &str| {
        Err(Diagnostic::invalid("name", message).hint(hint).into())
    };
    if stem.trim().is_empty() {
        let message = format!("`{name}` leaves no name for a file");
        return fault(message, "put `{{ row }}` into the pattern of the names");
    }
    let reserved = |c: char| c.is_control() || RESERVED.contains(c);
    if let Some(bad) = stem.chars().find(|c| reserved(*c)) {
        let message = format!("{bad:?} cannot stand in the name of a file: {name:?}");
        let hint = "take it out with a filter: {{ last | replace(\"/\", \"-\") }}";
        return fault(message, hint);
    }
    if stem.starts_with('.') {
        let message = format!("the name of a file cannot begin with a dot: `{name}`");
        return fault(message, "put `{{ row }}-` before it");
    }
    if is_device(stem) {
        let message = format!("`{stem}` is the name of a device on some systems");
        return fault(message, "put `{{ row }}-` before it");
    }
    if stem.len() + ENDING.len() > LONGEST {
        let message = format!("the name of the file is longer than {LONGEST} bytes");
        return fault(message, "cut it short: {{ last[:40] }}");
    }
    Ok(format!("{stem}{ENDING}"))
}

/// Whether Windows keeps a name for a device, with whatever ending.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or("").trim_end().to_lowercase();
    DEVICES.iter().any(|device| match first.strip_prefix(device) {
        Some(rest) if matches!(*device, "com" | "lpt") => {
            rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit())
        }
        rest => rest == Some(""),
    })
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn good_names_get_their_ending() {
        for (name, expected) in [
            ("Kim.pdf", "Kim.pdf"),
            ("3-Kim", "3-Kim.pdf"),
            ("a.PDF", "a.pdf"),
            ("v1.2", "v1.2.pdf"),
            ("김철수.pdf", "김철수.pdf"),
            ("con-1", "con-1.pdf"),
            ("commander", "commander.pdf"),
        ] {
            assert_eq!(check(name).unwrap(), expected);
        }
    }

    #[test]
    fn names_that_leave_the_folder_or_fail_elsewhere_are_refused() {
        for name in [
            "",
            ".pdf",
            " .pdf",
            "..",
            "../x.pdf",
            "/etc/passwd",
            "a/b.pdf",
            "a\\b",
            "C:x",
            "a\nb.pdf",
            "what?.pdf",
            ".hidden",
            "CON.pdf",
            "aux",
            "Lpt1.pdf",
            "com3.x.pdf",
        ] {
            assert!(check(name).is_err(), "{name}");
        }
        assert!(check(&"가".repeat(70)).is_err());
        assert!(check(&"가".repeat(60)).is_ok());
    }
}

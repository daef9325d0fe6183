//! Names of files that are good on every system, stay in their folder, and differ.

use std::collections::{HashMap, HashSet};

use sha2::{Digest as _, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use crate::diag::is_steering;

/// The longest name, in bytes: what every file system takes, with room for the ending of a
/// file in the making.
const LONGEST: usize = 200;

/// What separates folders, or is forbidden in names on some system.
const RESERVED: &str = "/\\<>:\"|?*";

/// Names that Windows keeps for devices; com and lpt are followed by a figure.
const DEVICES: [&str; 8] =
    ["con", "prn", "aux", "nul", "conin$", "conout$", "com", "lpt"];

/// A name, made so that it can be that of a file, without its ending: in normal form C,
/// with a hyphen for what is forbidden somewhere, and no dot or hyphen at its beginning.
/// What nothing is left of becomes the number of the row.
fn safe(name: &str, row: usize) -> String {
    let allowed = |c: char| {
        let forbidden = c.is_control() || is_steering(c) || RESERVED.contains(c);
        if forbidden { '-' } else { c }
    };
    let clean: String = name.nfc().map(allowed).collect();
    let clean = clean.trim_start_matches(|c: char| "-.".contains(c) || c.is_whitespace());
    let clean = clean.trim_end_matches(|c: char| c == '.' || c.is_whitespace());
    match clean {
        "" => row.to_string(),
        _ if is_device(clean) => format!("_{clean}"),
        _ => clean.to_owned(),
    }
}

/// Whether Windows keeps a name for a device, with whatever ending.
fn is_device(stem: &str) -> bool {
    let first = stem.split('.').next().unwrap_or("").trim_end().to_lowercase();
    DEVICES.iter().any(|device| match first.strip_prefix(device) {
        Some(rest) if matches!(*device, "com" | "lpt") => {
            // Raised figures count as figures.
            rest.chars().count() == 1 && rest.chars().all(char::is_numeric)
        }
        rest => rest == Some(""),
    })
}

/// The name with something behind it, cut so that it is not too long.
fn with_end(stem: &str, end: &str) -> String {
    let mut cut = stem.len().min(LONGEST.saturating_sub(end.len()));
    while !stem.is_char_boundary(cut) {
        cut -= 1;
    }
    format!("{}{end}", stem[..cut].trim_end())
}

/// The names that rows have taken, as hashes: a million of them take some 30 MB.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// All names.
    names: HashSet<u128>,
    /// Of names that came more than once, the number for the next: a million rows of one
    /// name do not try all numbers again.
    next: HashMap<u128, u64>,
}

impl Taken {
    /// The file of a row by the name that its pattern gave: what an earlier row has, in
    /// capitals or small letters, gets a number behind it.
    pub(super) fn take(&mut self, name: &str, ending: &str, row: usize) -> String {
        let end = format!(".{ending}");
        let own =
            name.len().checked_sub(end.len()).and_then(|at| name.split_at_checked(at));
        let stem = match own {
            Some((stem, own)) if own.eq_ignore_ascii_case(&end) => stem,
            _ => name,
        };
        let stem = safe(stem, row);
        let file = with_end(&stem, &end);
        let wanted = folded(&file);
        if self.names.insert(wanted) {
            return file;
        }
        let number = self.next.entry(wanted).or_insert(2);
        loop {
            let file = with_end(&stem, &format!("-{number}{end}"));
            *number += 1;
            if self.names.insert(folded(&file)) {
                return file;
            }
        }
    }
}

/// The hash of a name without regard to capitals: some file systems do not tell them from
/// small letters, nor composed letters from those in pieces.
fn folded(name: &str) -> u128 {
    // Through capitals, for what is one small letter may be two capitals, and back.
    let plain = name.to_lowercase().to_uppercase().to_lowercase();
    let plain: String = plain.nfc().collect();
    let hash = Sha256::digest(plain);
    hash.iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The file of the first row with this name.
    fn file(name: &str) -> String {
        Taken::default().take(name, "pdf", 7)
    }

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
            assert_eq!(file(name), expected);
        }
    }

    #[test]
    fn names_stay_in_their_folder_and_are_good_everywhere() {
        for (name, expected) in [
            ("", "7.pdf"),
            (".pdf", "7.pdf"),
            (" .pdf", "7.pdf"),
            ("..", "7.pdf"),
            ("../x.pdf", "x.pdf"),
            ("/etc/passwd", "etc-passwd.pdf"),
            ("a\\b", "a-b.pdf"),
            ("C:x", "C-x.pdf"),
            ("a\nb\0.pdf", "a-b-.pdf"),
            ("what?.pdf", "what-.pdf"),
            (".hidden", "hidden.pdf"),
            ("-rf", "rf.pdf"),
            ("CON.pdf", "_CON.pdf"),
            ("Lpt1", "_Lpt1.pdf"),
            ("com3.x.pdf", "_com3.x.pdf"),
            ("COM²", "_COM².pdf"),
            ("conin$", "_conin$.pdf"),
            ("a\u{202e}fdp", "a-fdp.pdf"),
            ("e\u{301}t", "ét.pdf"),
            ("x. ", "x.pdf"),
        ] {
            assert_eq!(file(name), expected, "{name:?}");
        }
        let long = file(&"가".repeat(90));
        assert!(long.len() <= LONGEST && long.ends_with("가.pdf"), "{long}");
    }

    #[test]
    fn no_two_rows_have_a_name() {
        let mut taken = Taken::default();
        let mut take = |name: &str| taken.take(name, "pdf", 1);
        assert_eq!(take("Lyle"), "Lyle.pdf");
        assert_eq!(take("lyle.pdf"), "lyle-2.pdf");
        assert_eq!(take("LYLE"), "LYLE-3.pdf");
        assert_eq!(take("Lyle-2"), "Lyle-2-2.pdf");
        assert_eq!(take("straße"), "straße.pdf");
        assert_eq!(take("STRASSE"), "STRASSE-2.pdf");
        assert_eq!(take("STRAẞE"), "STRAẞE-3.pdf");
        let long = "x".repeat(300);
        assert_ne!(take(&long), take(&long));
        // Were every number tried again, this would take minutes.
        let last = (0..200_000).map(|_| take("Kim")).last();
        assert_eq!(last.as_deref(), Some("Kim-200000.pdf"));
    }
}

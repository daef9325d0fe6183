//! Lists of names in running text.

use super::language::Language;

/// Whether English puts a comma before the last "and".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum SerialComma {
    /// "A, B, and C", as in treaties of the United States.
    #[default]
    Present,
    /// "A, B and C"
    Absent,
}

/// Items joined into one phrase: "A, B, and C", "A, B 및 C", "A、B及C".
pub fn join_list<S: AsRef<str>>(
    items: &[S],
    language: Language,
    comma: SerialComma,
) -> String {
    let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    let Some((last, head)) = items.split_last() else { return String::new() };
    if head.is_empty() {
        return (*last).to_owned();
    }
    let serial = comma == SerialComma::Present && head.len() > 1;
    let (between, and) = match language {
        Language::English if serial => (", ", ", and "),
        Language::English => (", ", " and "),
        Language::Korean => (", ", " 및 "),
        Language::Chinese => ("、", "及"),
    };
    format!("{}{and}{last}", head.join(between))
}

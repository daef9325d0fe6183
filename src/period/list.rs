//! Enumerations in running text.

use crate::lang::Lang;

/// `A, B, and C`; `A, B 및 C`; `A、B及C`.
pub fn join(items: &[String], lang: Lang) -> String {
    let (comma, last, pair) = match lang.primary() {
        "ko" => (", ", " 및 ", " 및 "),
        "zh" => ("、", "及", "及"),
        _ => (", ", ", and ", " and "),
    };
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [a, b] => format!("{a}{pair}{b}"),
        [most @ .., end] => format!("{}{last}{end}", most.join(comma)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_joins_its_own_way() {
        let three = ["A", "B", "C"].map(str::to_owned);
        assert_eq!(join(&three, Lang::EN), "A, B, and C");
        assert_eq!(join(&three, Lang::KO), "A, B 및 C");
        assert_eq!(join(&three, Lang::ZH), "A、B及C");
        assert_eq!(join(&three[..2], Lang::EN), "A and B");
        assert_eq!(join(&[], Lang::EN), "");
    }
}

//! Nouns with capitals, as English had them until the end of the eighteenth century.
//!
//! Print and hands raised important nouns to about 1790; the words here are those that the
//! definitive treaty of Paris of 1783 raises within its sentences, and their like.

/// The nouns, in order.
const NOUNS: &[&str] = &[
    "account",
    "advantages",
    "agreement",
    "archives",
    "armies",
    "arms",
    "arrival",
    "article",
    "articles",
    "artillery",
    "banks",
    "bays",
    "charges",
    "citizens",
    "coast",
    "coasts",
    "commissioner",
    "commissioners",
    "compensation",
    "confinement",
    "confiscations",
    "convenience",
    "convention",
    "correspondence",
    "country",
    "course",
    "court",
    "creditors",
    "creeks",
    "crown",
    "damage",
    "debts",
    "deeds",
    "delegate",
    "destruction",
    "differences",
    "difficulty",
    "dominions",
    "effect",
    "end",
    "faith",
    "fishermen",
    "fleets",
    "form",
    "fortifications",
    "foundation",
    "friendship",
    "garrisons",
    "government",
    "grace",
    "harbors",
    "harbour",
    "harmony",
    "hearts",
    "heirs",
    "hostilities",
    "impediment",
    "inhabitants",
    "intercourse",
    "justice",
    "king",
    "land",
    "law",
    "laws",
    "liberty",
    "lord",
    "loss",
    "majesty",
    "member",
    "minister",
    "ministers",
    "misunderstandings",
    "money",
    "months",
    "name",
    "nation",
    "nations",
    "navigation",
    "ocean",
    "officers",
    "order",
    "papers",
    "parliament",
    "part",
    "parties",
    "party",
    "peace",
    "people",
    "person",
    "persons",
    "place",
    "places",
    "plenipotentiaries",
    "plenipotentiary",
    "possessors",
    "post",
    "power",
    "powers",
    "president",
    "property",
    "proprietors",
    "propriety",
    "prosecutions",
    "provisional",
    "ratification",
    "ratifications",
    "reason",
    "reconciliation",
    "records",
    "recovery",
    "right",
    "rights",
    "river",
    "sea",
    "seals",
    "settlement",
    "ship",
    "ships",
    "side",
    "sides",
    "signature",
    "space",
    "state",
    "states",
    "sterling",
    "subject",
    "subjects",
    "successors",
    "tenor",
    "terms",
    "territorial",
    "territory",
    "town",
    "treaty",
    "value",
    "virtue",
    "war",
];

/// Whether a word is a noun that was written with a capital. Its case does not matter.
///
/// ```
/// assert!(engross::period::is_capital_noun("treaty"));
/// assert!(!engross::period::is_capital_noun("between"));
/// ```
pub fn is_capital_noun(word: &str) -> bool {
    let word = word.to_lowercase();
    NOUNS.binary_search(&word.as_str()).is_ok()
}

/// A text with capitals on its nouns; as many characters as the text.
pub fn capital_nouns(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for part in text.split_inclusive(|c: char| !c.is_alphabetic()) {
        let word = part.trim_end_matches(|c: char| !c.is_alphabetic());
        let mut chars = part.chars();
        match chars.next() {
            Some(first) if first.is_ascii_lowercase() && is_capital_noun(word) => {
                out.push(first.to_ascii_uppercase());
                out.push_str(chars.as_str());
            }
            _ => out.push_str(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nouns_are_in_order() {
        assert!(NOUNS.is_sorted());
    }

    #[test]
    fn nouns_are_raised_and_nothing_else() {
        let raised = capital_nouns("the treaty, and the peace-treaty of his subjects");
        assert_eq!(raised, "the Treaty, and the Peace-Treaty of his Subjects");
    }
}

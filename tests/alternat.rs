//! The alternat: the copies that the parties keep say the same, each in its own way.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use engross::Press;
use engross::document::{Block, Content, Inline, plain_text};
use engross::field::Fields;

/// The treaties that have copies, with their first parties.
const TREATIES: [(&str, [&str; 2]); 2] =
    [("armistice", ["A", "B"]), ("peace-treaty", ["1", "2"])];

/// What every copy has in its place: headings of articles and clauses, with switched words
/// turned back; and how many were switched.
fn clauses(blocks: &[Block]) -> (Vec<String>, usize) {
    let mut found = (Vec::new(), 0);
    for block in blocks {
        let clause = ["clause", "subclause", "recital"]
            .iter()
            .any(|class| block.attributes.has(class));
        match &block.content {
            Content::Heading(level, text) if *level > 1 => {
                found.0.push(turned_back(text, &mut found.1));
            }
            Content::Paragraph(text) if clause => {
                let label = block.attributes.get("label").unwrap_or_default();
                found.0.push(format!("{label} {}", turned_back(text, &mut found.1)));
            }
            _ => {}
        }
    }
    found
}

/// The words as they were before any was switched.
fn turned_back(text: &[Inline], count: &mut usize) -> String {
    let word = |inline: &Inline| match inline {
        Inline::Span(attributes, _) if attributes.has("switched") => {
            *count += 1;
            attributes.get("instead-of").unwrap().to_owned()
        }
        other => plain_text(std::slice::from_ref(other)),
    };
    text.iter().map(word).collect()
}

/// The fields of a sample, with one authentic language: where several are named, the copies
/// name them in another order.
fn fields(template: &engross::Template) -> Fields {
    template.sample().unwrap().set("done_in", vec!["en"])
}

#[test]
fn the_copies_of_a_treaty_have_the_same_clauses() {
    let press = Press::new();
    for (name, parties) in TREATIES {
        let template = press.template(name).unwrap();
        let copies = template.copies(&fields(&template), "all").unwrap();
        let named: Vec<&str> = copies.iter().map(|copy| copy.party.as_str()).collect();
        assert_eq!(named, parties);
        for lang in ["en", "ko", "zh"].map(|lang| lang.parse().unwrap()) {
            let of = |n: usize| {
                let filled = template.fill_in(&copies[n].fields, &[lang]).unwrap();
                filled.document().parts[0].blocks.clone()
            };
            let ((first, kept), (second, switched)) = (clauses(&of(0)), clauses(&of(1)));
            let mut sorted = [first, second];
            // The powers name their plenipotentiaries in the order of the copy.
            sorted.iter_mut().for_each(|clauses| clauses.sort());
            assert!(sorted[0].len() > 20, "{name} {lang}");
            assert_eq!(sorted[0], sorted[1], "{name} {lang}");
            assert_eq!(
                kept, 0,
                "{name} {lang}: the text has the words of the first side"
            );
            assert_eq!(
                switched > 0,
                lang.as_str() == "ko" || (name == "armistice" && lang.as_str() == "zh"),
                "{name} {lang}: {switched}"
            );
            assert_ne!(of(0), of(1), "{name} {lang}: another is named first");
        }
    }
}

#[test]
fn a_copy_has_its_own_language_first() {
    let template = Press::new().template("armistice").unwrap();
    let sample = template.sample().unwrap();
    let langs = |whose: &str| {
        let copy = template.copies(&sample, whose).unwrap().remove(0);
        let langs = template.languages(&copy.fields);
        langs.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(langs("A"), ["en", "ko", "zh"]);
    assert_eq!(langs("b"), ["ko", "zh", "en"]);
    assert_eq!(langs("2"), ["ko", "zh", "en"]);
    assert_eq!(langs("Korean People's Army"), ["ko", "zh", "en"]);
    let problems = template.copies(&sample, "C").unwrap_err();
    assert!(problems.to_string().contains("there is no party `C`"), "{problems}");
    let letter = Press::new().template("letter").unwrap();
    assert!(letter.copies(&letter.sample().unwrap(), "A").is_err());
}

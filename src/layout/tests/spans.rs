//! What stands for something else, above it or between it.

use super::east::vertical;
use super::*;

/// A document of one paragraph.
fn paragraph(inlines: Vec<Inline>, lang: Lang) -> Document {
    let content = Content::Paragraph(inlines);
    let block = Block { attributes: Attributes::default(), content };
    Document { parts: vec![Part { lang, blocks: vec![block] }], ..Document::default() }
}

/// A span with one attribute.
fn span(key: &str, value: &str, inner: Vec<Inline>) -> Inline {
    let mut attributes = Attributes::default();
    attributes.pairs.insert(key.to_owned(), value.to_owned());
    Inline::Span(attributes, inner)
}

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

#[test]
fn a_contraction_is_copied_as_the_word_it_stands_for() {
    let raised = Inline::Span(Attributes::class("super"), vec![text("e")]);
    let the = span("says", "the", vec![text("y"), raised]);
    let document = paragraph(vec![text("of "), the, text(" town")], Lang::EN);
    let runs = &pages(&document, style(Length::pt(300.0), Align::Left))[0];
    let said: String = runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(said, "of the town");
    let glyphs: Vec<u16> =
        runs.iter().flat_map(|run| run.glyphs.iter().map(|g| g.id)).collect();
    assert!(glyphs.contains(&garamond('y')) && !glyphs.contains(&garamond('h')));
}

#[test]
fn ruby_stands_above_the_middle_of_its_word() {
    let word = span("ruby", "국서", vec![text("國書")]);
    for own in [style(Length::pt(300.0), Align::Left), vertical()] {
        let mut own = own;
        let half = Properties { size: Some(Space::Em(0.5)), ..Properties::default() };
        own.rules.spans.insert("ruby".to_owned(), half);
        let upright = own.page.vertical.unwrap_or(false);
        let document = paragraph(vec![word.clone(), text("를")], Lang::KO);
        let runs = &pages(&document, own)[0];
        let find = |text: &str| runs.iter().find(|run| run.text.contains(text)).unwrap();
        let (base, small) = (find("國書"), find("국서"));
        assert_eq!(small.size * 2.0, base.size);
        if upright {
            assert!(small.origin.x > base.origin.x + base.size * 0.5);
        } else {
            assert!(small.origin.y < base.origin.y - base.size * 0.5);
        }
    }
}

#[test]
fn a_leader_fills_the_line_and_says_nothing() {
    let leader = Inline::Span(Attributes::class("leader"), Vec::new());
    let line = vec![text("Paper"), leader, text("3s.")];
    let measure = Length::pt(300.0);
    let runs = &pages(&paragraph(line, Lang::EN), style(measure, Align::Left))[0];
    let last = runs.last().unwrap();
    assert!(last.text.contains("3s."));
    let right = last.origin.x + last.glyphs.last().unwrap().x - LEFT;
    assert!((right - measure).abs() < Length::pt(6.0), "{right}");
    let dots: usize =
        runs.iter().filter(|run| run.text.is_empty()).map(|run| run.glyphs.len()).sum();
    assert!(dots > 25, "{dots}");
}

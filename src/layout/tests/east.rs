//! Chinese and Korean: marks, vertical lines, spaces.

use super::*;
use crate::style::Space;

/// CLREQ 3.1.6: marks beside one another give up the empty half between them.
#[test]
fn marks_beside_one_another_are_squeezed() {
    let mut own = style(Length::pt(400.0), Align::Left);
    let plain = places(&set("甲」「乙", own.clone(), Lang::ZH)[0]);
    own.rules.text.squeeze = Some(true);
    let squeezed = places(&set("甲」「乙", own, Lang::ZH)[0]);
    let saved = plain[3].1 - squeezed[3].1;
    let half = Length::pt(5.5);
    assert!((saved - half).abs() < Length::pt(1.2), "{saved}");
}

/// CLREQ 3.1.6: an opening mark at the start of a line gives up its empty half; 3.1.4: no
/// line begins with a mark that closes or ends with one that opens.
#[test]
fn marks_at_the_ends_of_lines() {
    let words = "甲乙「丙丁」，戊己。庚辛（壬癸）、子丑。".repeat(20);
    for measure in (40..150).step_by(3) {
        let mut own = style(Length::pt(f64::from(measure)), Align::Justify);
        own.rules.text.squeeze = Some(true);
        for line in set(&words, own, Lang::ZH) {
            let all = places(&line);
            let (first, last) = (all[0], all[all.len() - 1]);
            assert!(!"」，。）、".contains(first.0), "{}", seen(&line));
            assert!(!"「（".contains(last.0), "{}", seen(&line));
            if "「（".contains(first.0) {
                assert!(first.1 < Length::pt(-2.0), "{}", first.1);
            }
        }
    }
}

#[test]
fn figures_stand_apart_from_wide_characters() {
    let mut own = style(Length::pt(400.0), Align::Left);
    own.rules.text.script_space = Some(Space::Em(0.25));
    for (words, lang) in [("第12條", Lang::ZH), ("제12조", Lang::KO)] {
        let plain = places(&set(words, style(Length::pt(400.0), Align::Left), lang)[0]);
        let lines = set(words, own.clone(), lang);
        let apart = places(&lines[0]);
        assert_eq!(seen(&lines[0]), words);
        let moved = apart[3].1 - plain[3].1;
        assert!((moved - Length::pt(5.5)).abs() < Length::pt(0.01), "{moved}");
    }
}

/// A page of 400 pt with vertical lines.
pub(super) fn vertical() -> Style {
    let mut own = style(Length::pt(400.0), Align::Justify);
    own.page.vertical = Some(true);
    own
}

#[test]
fn vertical_lines_run_downward_and_from_right_to_left() {
    let words = "甲乙丙丁戊己庚辛壬癸".repeat(20);
    let document =
        Document { parts: vec![part(&[&words], Lang::ZH)], ..Document::default() };
    let pages = pages(&document, vertical());
    let runs = &pages[0];
    let said: String = runs.iter().map(|run| run.text.as_str()).collect();
    assert_eq!(said, words);
    assert!(runs.len() > 2 && runs.iter().all(|run| run.vertical));
    for pair in runs.windows(2) {
        assert!(pair[1].origin.x < pair[0].origin.x);
    }
    for run in runs {
        let mut before = Length::pt(-2.0);
        for glyph in &run.glyphs {
            assert!(glyph.y - before > Length::pt(10.9), "{}", glyph.y);
            assert!((glyph.x + Length::pt(5.5)).abs() < Length::pt(0.1), "{}", glyph.x);
            before = glyph.y;
        }
    }
}

#[test]
fn in_vertical_lines_pairs_of_figures_stand_upright_and_words_are_turned() {
    let document = Document {
        parts: vec![part(&["七月27日付English文"], Lang::ZH)],
        ..Document::default()
    };
    let pages = pages(&document, vertical());
    let run_of =
        |text: &str| pages[0].iter().find(|run| run.text.contains(text)).unwrap();
    let word = run_of("English");
    assert!(!word.vertical && word.turn.to_degrees() == 90.0);
    let figures = run_of("27");
    let at = figures.text.find("27").unwrap();
    let glyph =
        |byte: usize| figures.glyphs.iter().find(|g| g.text.start == byte).unwrap();
    assert!(figures.vertical && glyph(at).y == glyph(at + 1).y);
    assert!(glyph(at).x < glyph(at + 1).x);
}

#[test]
fn korean_points_stand_at_the_upper_right_in_vertical_lines() {
    let document = Document {
        parts: vec![part(&["서명하고, 발효한다."], Lang::KO)],
        ..Document::default()
    };
    let pages = pages(&document, vertical());
    let said: String = pages[0].iter().map(|run| run.text.as_str()).collect();
    assert_eq!(said, "서명하고, 발효한다.");
    let point = pages[0].iter().find(|run| run.text.contains('.')).unwrap();
    let x = point.glyphs.last().unwrap().x;
    assert!(point.vertical && x > Length::pt(-3.0), "{x}");
}

/// A style with the face that has no space, then these.
fn without_space(align: Align, others: &[&str]) -> Style {
    let mut own = style(Length::pt(120.0), align);
    let faces = ["without-space"].iter().chain(others).map(|&face| face.to_owned());
    own.rules.faces.insert("body".to_owned(), faces.collect());
    own
}

/// What is copied of runs, only of what a glyph says.
fn copied(runs: &[Run]) -> String {
    let of_run = |run: &Run| -> String {
        run.glyphs.iter().map(|glyph| &run.text[glyph.text.clone()]).collect()
    };
    runs.iter().map(of_run).collect()
}

#[test]
fn a_space_that_its_face_lacks_is_said_by_another_also_where_a_line_ends() {
    let words = "甲乙 丙 丁戊己 甲 ".repeat(12);
    let words = words.trim_end();
    for is_vertical in [false, true] {
        let mut own = without_space(Align::Justify, &["eb-garamond"]);
        own.page.vertical = Some(is_vertical);
        let document =
            Document { parts: vec![part(&[words], Lang::ZH)], ..Document::default() };
        let runs: Vec<Run> = pages(&document, own).into_iter().flatten().collect();
        assert_eq!(copied(&runs), words);
    }
}

#[test]
fn a_space_that_no_face_has_is_an_error() {
    let document =
        Document { parts: vec![part(&["甲 乙"], Lang::ZH)], ..Document::default() };
    let error = try_laid(&document, without_space(Align::Left, &[])).unwrap_err();
    assert!(error.to_string().contains("U+0020"), "{error}");
}

#[test]
fn a_square_space_takes_no_room_where_a_line_ends() {
    let words = "甲乙　丙丁戊　己".repeat(12);
    for measure in (40..150).step_by(7) {
        let measure = Length::pt(f64::from(measure));
        let document =
            Document { parts: vec![part(&[&words], Lang::ZH)], ..Document::default() };
        let runs = pages(&document, style(measure, Align::Justify)).concat();
        assert_eq!(copied(&runs), words);
        for line in set(&words, style(measure, Align::Justify), Lang::ZH) {
            let seen = seen(&line);
            assert!(!seen.starts_with('\u{3000}'), "{seen}");
            let ink = places(&line).into_iter().filter(|(c, _)| *c != '\u{3000}');
            let right = ink.map(|(_, x)| x).fold(Length::ZERO, Length::max);
            assert!(right + Length::pt(10.0) < measure, "{seen}");
        }
    }
}

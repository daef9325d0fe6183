//! What pages are made of: columns, catchwords, grids, feet.

use super::*;

#[test]
fn parallel_texts_begin_on_one_line_in_columns_of_their_own() {
    let english =
        ["one two three four five six seven eight ".repeat(30), "so be it".into()];
    let korean = ["하나 둘 셋 넷 다섯 여섯 일곱 ".repeat(20), "끝났다".into()];
    fn refs(texts: &[String; 2]) -> [&str; 2] {
        [texts[0].trim_end(), &texts[1]]
    }
    let mut own = style(Length::pt(300.0), Align::Justify);
    own.page.height = Some(Length::pt(300.0));
    let document = Document {
        parts: vec![part(&refs(&english), Lang::EN), part(&refs(&korean), Lang::KO)],
        arrangement: Arrangement::Parallel,
        ..Document::default()
    };
    let pages = pages(&document, own);
    assert!(pages.len() > 1, "the text goes on");
    let half = LEFT + Length::pt(150.0);
    let column = |right: bool| {
        let runs =
            pages.iter().flatten().filter(move |run| (run.origin.x > half) == right);
        runs.map(|run| run.text.trim()).collect::<Vec<_>>()
    };
    let words = |text: &str| text.replace(['\u{ad}', ' '], "");
    assert_eq!(words(&column(false).concat()), words(&english.concat()));
    assert_eq!(words(&column(true).concat()), words(&korean.concat()));
    let height = |text: &str| {
        let all = pages.iter().enumerate();
        let mut all = all.flat_map(|(n, page)| page.iter().map(move |run| (n, run)));
        all.find(|(_, run)| run.text.contains(text)).map(|(n, run)| (n, run.origin.y))
    };
    assert_eq!(height("so be it"), height("끝났다"));
}

#[test]
fn a_catchword_is_the_first_word_of_the_next_page() {
    let mut own = style(Length::pt(300.0), Align::Justify);
    own.page.height = Some(Length::pt(300.0));
    own.page.catchword = Some(true);
    let words = random_words(9, 500);
    let document =
        Document { parts: vec![part(&[&words], Lang::EN)], ..Document::default() };
    let pages = pages(&document, own);
    assert!(pages.len() > 2);
    for pair in pages.windows(2) {
        let catchword = &pair[0].last().unwrap().text;
        let next: String = pair[1].iter().map(|run| run.text.as_str()).collect();
        assert!(next.starts_with(catchword.trim_end_matches('-')), "{catchword}");
    }
}

#[test]
fn pages_are_numbered_anew_from_a_first_page() {
    let mut own = style(Length::pt(300.0), Align::Justify);
    own.page.height = Some(Length::pt(300.0));
    own.page.catchword = Some(true);
    own.folio = Some(Folio {
        format: "-{n}-".into(),
        numerals: None,
        span: None,
        first: 2,
        rise: Length::pt(20.0),
    });
    let note = Properties { first_page: Some(true), ..Properties::default() };
    own.rules.blocks.insert("note".to_owned(), note);
    let words = random_words(9, 200);
    let group = || Block {
        attributes: Attributes::class("note"),
        content: Content::Group(part(&[&words], Lang::EN).blocks),
    };
    let notes = Part { lang: Lang::EN, blocks: vec![group(), group()] };
    let document = Document { parts: vec![notes], ..Document::default() };
    let laid = laid(&document, own.clone()).pages;
    let half = laid.len() / 2;
    let labels: Vec<String> = laid.into_iter().map(|page| page.label).collect();
    let counted: Vec<String> = (1..=half).map(|number| number.to_string()).collect();
    assert!(half > 1, "each note has several pages");
    assert_eq!(labels, [counted.clone(), counted].concat());
    for (index, page) in pages(&document, own).iter().enumerate() {
        let number = index % half + 1;
        let shown = page.iter().any(|run| run.text == format!("-{number}-"));
        assert_eq!(shown, number > 1, "page {index}");
        let catchword = number < half;
        assert_eq!(page.last().unwrap().text.starts_with('-'), !catchword && number > 1);
    }
}

#[test]
fn text_flows_through_columns_of_like_height() {
    let mut own = style(Length::pt(400.0), Align::Justify);
    let flow = Properties {
        flow: Some(3),
        gutter: Some(Space::Fixed(Length::pt(10.0))),
        ..Properties::default()
    };
    own.rules.blocks.insert("flowing".to_owned(), flow);
    let words: Vec<String> = (0..6).map(|seed| random_words(seed, 60)).collect();
    let inner: Vec<&str> = words.iter().map(String::as_str).collect();
    let group = Block {
        attributes: Attributes::class("flowing"),
        content: Content::Group(part(&inner, Lang::EN).blocks),
    };
    let part = Part { lang: Lang::EN, blocks: vec![group] };
    let document = Document { parts: vec![part], ..Document::default() };
    let runs = &pages(&document, own)[0];
    let mut feet = [Length::ZERO; 3];
    for run in runs {
        let column = ((run.origin.x - LEFT) / Length::pt(136.0)).floor().max(0.0);
        let foot = &mut feet[column as usize];
        *foot = foot.max(run.origin.y);
    }
    let spread = feet.iter().fold(Length::ZERO, |a, b| a.max((*b - feet[0]).abs()));
    assert!(spread < Length::pt(13.6 * 2.5), "{feet:?}");
    let said: String = runs.iter().map(|run| run.text.as_str()).collect();
    let plain = |text: &str| text.replace(['\u{ad}', ' '], "");
    assert_eq!(plain(&said), plain(&words.concat()));
}

#[test]
fn rows_stand_on_the_lines_of_the_grid() {
    let mut own = style(Length::pt(300.0), Align::Justify);
    own.page.grid = Some(Length::pt(13.6));
    let loose = Properties {
        before: Some(Space::Fixed(Length::pt(5.0))),
        ..Properties::default()
    };
    own.rules.blocks.insert("paragraph".to_owned(), loose);
    let words: Vec<String> = (0..12).map(|seed| random_words(seed, 60)).collect();
    let all: Vec<&str> = words.iter().map(String::as_str).collect();
    let document = Document { parts: vec![part(&all, Lang::EN)], ..Document::default() };
    for page in pages(&document, own) {
        let first = page[0].origin.y;
        for run in &page {
            let lines = (run.origin.y - first) / Length::pt(13.6);
            assert!((lines - lines.round()).abs() < 1e-6, "{lines}");
        }
    }
}

#[test]
fn a_last_page_is_not_left_with_a_few_lines() {
    let used = |page: &[Run]| page[page.len() - 1].origin.y - page[0].origin.y;
    let mut short = 0;
    for count in 40..70 {
        let words = vec!["so it was said and done"; count];
        let document =
            Document { parts: vec![part(&words, Lang::EN)], ..Document::default() };
        let mut own = style(Length::pt(300.0), Align::Left);
        own.page.height = Some(Length::pt(144.0 + 13.6 * 20.0));
        let plain = pages(&document, own.clone());
        own.page.balance = Some(true);
        let balanced = pages(&document, own);
        assert_eq!(plain.len(), balanced.len());
        let last = balanced.last().unwrap();
        if used(plain.last().unwrap()) < Length::pt(13.6 * 3.0) {
            short += 1;
            assert!(used(last) >= Length::pt(13.6 * 3.0), "{}", used(last));
        }
    }
    assert!(short > 0);
}

#[test]
fn pages_are_counted_as_the_style_and_the_lines_have_it() {
    let words = "甲乙丙丁戊己".repeat(60);
    let document =
        Document { parts: vec![part(&[&words], Lang::ZH)], ..Document::default() };
    let numbers = |is_vertical: bool, numerals: &str| -> Vec<String> {
        let head = format!(
            "[page]\nwidth = '3in'\nheight = '3in'\nvertical = {is_vertical}\n[faces]\n\
             body = ['eb-garamond', 'cactus-classical-serif']\n[folio]\nformat = '-{{n}}-'\n\
             rise = '0.5in'\n{numerals}"
        );
        let folio = |page: &Vec<Run>| -> String {
            let line = page.iter().find(|run| run.text.contains('-')).unwrap().origin.y;
            let line = page.iter().filter(|run| run.origin.y == line);
            line.map(|run| run.text.as_str()).collect()
        };
        pages(&document, Style::from_text(&head)).iter().take(2).map(folio).collect()
    };
    assert_eq!(numbers(false, ""), ["-1-", "-2-"]);
    assert_eq!(numbers(true, ""), ["-一-", "-二-"]);
    assert_eq!(numbers(true, "numerals = 'lower-roman'"), ["-i-", "-ii-"]);
}

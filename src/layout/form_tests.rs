//! What forms are made of: boxes, columns of unlike widths, blocks at the foot of a page
//! and in the margins, strips.

use super::tests::laid;
use super::*;
use crate::document::{Content, Inline};
use crate::page::{Blend, Mark, Shape};

/// A page of 6 × 5 in with margins of an inch, and these rules.
fn style(rules: &str) -> Style {
    let head = "[page]\nwidth = '6in'\nheight = '5in'\n[faces]\nbody = ['eb-garamond']\n\
                [text]\nsize = '10pt'\nleading = '12pt'\nalign = 'left'\n";
    Style::from_text(&format!("{head}{rules}"))
}

/// A paragraph of a class.
fn paragraph(class: &str, words: &str) -> Block {
    let content = Content::Paragraph(vec![Inline::Text(words.to_owned())]);
    Block { attributes: Attributes::class(class), content }
}

/// A group of a class.
fn group(class: &str, blocks: Vec<Block>) -> Block {
    Block { attributes: Attributes::class(class), content: Content::Group(blocks) }
}

/// The pages of a document of these blocks.
fn pages(blocks: Vec<Block>, rules: &str) -> Vec<Page> {
    let parts = vec![Part { lang: Lang::EN, blocks }];
    laid(&Document { parts, ..Document::default() }, style(rules)).pages
}

/// The shapes of a page.
fn shapes(page: &Page) -> Vec<&Shape> {
    let shape = |placed: &'_ Placed| matches!(placed.item, Item::Shape(_));
    let items = page.items.iter().filter(|placed| shape(placed));
    items
        .map(|placed| {
            assert_eq!(placed.mark, Mark::Artifact, "lines are no part of the text");
            match &placed.item {
                Item::Shape(shape) => shape,
                _ => unreachable!("it was filtered"),
            }
        })
        .collect()
}

/// The upper left and the lower right corner of a shape, in points.
fn corners(shape: &Shape) -> [f64; 4] {
    let mut out = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
    for segment in &shape.path {
        if let Segment::Move(p) | Segment::Line(p) | Segment::Curve(_, _, p) = segment {
            let (x, y) = (p.x.to_pt(), p.y.to_pt());
            out = [out[0].min(x), out[1].min(y), out[2].max(x), out[3].max(y)];
        }
    }
    out.map(|v| (v * 100.0).round() / 100.0)
}

/// The words of a page and where they begin, in points.
fn words(page: &Page) -> Vec<(String, f64, f64)> {
    let run = |placed: &Placed| match &placed.item {
        Item::Run(run) => {
            let at = run.origin;
            Some((run.text.clone(), at.x.to_pt().round(), at.y.to_pt().round()))
        }
        _ => None,
    };
    page.items.iter().filter_map(run).collect()
}

#[test]
fn a_box_stands_around_its_block_and_keeps_its_distance() {
    let rules = "[blocks.form]\nborder = '1pt'\npadding = '5pt'\nheight = '50pt'";
    let page = &pages(vec![group("form", vec![paragraph("", "Within")])], rules)[0];
    // 4 in wide, from the margins; the height that was asked for.
    assert_eq!(corners(shapes(page)[0]), [72.0, 72.0, 360.0, 122.0]);
    // The W hangs into the margin by less than a point.
    assert!((76.0..=77.0).contains(&words(page)[0].1), "{:?}", words(page));
}

#[test]
fn a_box_that_is_divided_is_drawn_on_every_page() {
    let rules = "[blocks.form]\nborder = '1pt'\nstretch = true";
    let text = (0..40).map(|_| paragraph("", "A line")).collect();
    let pages = pages(vec![group("form", text)], rules);
    assert_eq!(pages.len(), 3);
    for page in &pages {
        let [left, top, right, bottom] = corners(shapes(page)[0]);
        assert_eq!([left, right], [72.0, 360.0]);
        // Where it goes on, the lines do not touch it.
        assert!(top == if page.label == "1" { 72.0 } else { 68.0 }, "{top}");
        assert_eq!(bottom, 288.0, "it reaches the foot of the page");
    }
}

#[test]
fn what_stands_at_the_foot_ends_a_box_that_stretches() {
    let rules = "[blocks.form]\nborder = '1pt'\nstretch = true\n\
                 [blocks.end]\nfoot = true\nheight = '30pt'";
    let blocks = vec![
        group("form", vec![paragraph("", "Above")]),
        group("end", vec![paragraph("", "Below")]),
    ];
    let page = &pages(blocks, rules)[0];
    assert_eq!(corners(shapes(page)[0])[3], 258.0);
    assert!(words(page)[1].2 > 258.0, "{:?}", words(page));
}

#[test]
fn columns_have_their_shares_and_lines_between_them() {
    let rules = "[blocks.row]\ncolumns = 2\nshares = [1, 3]\ndivide = '1pt'";
    let row = group("row", vec![paragraph("", "Left"), paragraph("", "Right")]);
    let page = &pages(vec![row], rules)[0];
    assert_eq!(words(page)[1].1, 144.0);
    let [left, _, right, _] = corners(shapes(page)[0]);
    assert_eq!([left, right], [143.5, 144.5]);
}

#[test]
fn lines_between_columns_meet_the_box() {
    let rules =
        "[blocks.row]\ncolumns = 2\ndivide = '1pt'\nborder = '2pt'\npadding = '6pt'";
    let row = group("row", vec![paragraph("", "Left"), paragraph("", "Right")]);
    let page = &pages(vec![row], rules)[0];
    let [line, around] = [shapes(page)[0], shapes(page)[1]].map(corners);
    let [line, around] =
        if line[2] - line[0] < 2.0 { [line, around] } else { [around, line] };
    // To the lines of the box, not over them: ink laid twice is darker.
    assert_eq!(
        [line[1], line[3]],
        [around[1] + 2.0, around[3] - 2.0],
        "{line:?} {around:?}"
    );
    let rules = rules.replace("border = '2pt'", "border = '2pt'\nsides = 'bottom'");
    let row = group("row", vec![paragraph("", "Left"), paragraph("", "Right")]);
    let page = &pages(vec![row], &rules)[0];
    let upright =
        shapes(page).into_iter().map(corners).find(|line| line[2] - line[0] < 2.0);
    let [_, top, _, foot] = upright.unwrap();
    assert_eq!(
        [top, foot],
        [72.0, around[3] - 2.0],
        "to where the next box has its line"
    );
}

#[test]
fn an_oval_is_as_wide_and_high_as_its_block() {
    let rules = "[blocks.ring]\nborder = '1pt'\noval = true\nheight = '40pt'";
    let page = &pages(vec![group("ring", vec![paragraph("", "")])], rules)[0];
    assert_eq!(corners(shapes(page)[0]), [72.5, 72.5, 359.5, 111.5]);
    assert!(shapes(page)[0].stroke.is_some());
}

#[test]
fn a_running_head_stands_on_every_page_and_makes_room() {
    let rules = "[blocks.head]\nrunning = 'head'\nbefore = '20pt'\nheight = '80pt'\n\
                 [blocks.later]\nrunning = 'later-head'\nafter = '12pt'\n\
                 [blocks.first]\nrunning = 'first-foot'\nafter = '80pt'";
    let number = Inline::Span(Attributes::class("page-number"), Vec::new());
    let later = Block {
        attributes: Attributes::class("later"),
        content: Content::Paragraph(vec![Inline::Text("Page ".to_owned()), number]),
    };
    let mut blocks = vec![
        group("head", vec![paragraph("", "Secret")]),
        later,
        paragraph("first", "To"),
    ];
    blocks.extend((0..30).map(|_| paragraph("", "A line")));
    let pages = pages(blocks, rules);
    assert!(pages.len() > 1);
    let has = |page: &Page, word: &str| words(page).iter().any(|(w, ..)| w == word);
    for page in &pages {
        assert!(has(page, "Secret"));
        let lines = words(page);
        let first = lines.iter().find(|(w, ..)| w == "A line").map(|(_, _, y)| *y);
        assert!(first.is_some_and(|y| y > 100.0), "{lines:?}");
        assert!(lines.iter().filter(|(w, ..)| w == "A line").all(|(_, _, y)| *y < 288.0));
    }
    assert!(has(&pages[0], "To") && !has(&pages[1], "To"));
    let page_2: String = words(&pages[1]).iter().map(|(w, ..)| w.as_str()).collect();
    assert!(page_2.contains("Page 2"), "{page_2}");
    let page_1: String = words(&pages[0]).iter().map(|(w, ..)| w.as_str()).collect();
    assert!(!page_1.contains("Page"), "{page_1}");
    // On the first page the head is part of the text, on the others it is not.
    let mark = |page: &Page| {
        let secret =
            |p: &&Placed| matches!(&p.item, Item::Run(run) if run.text == "Secret");
        page.items.iter().find(secret).map(|placed| placed.mark)
    };
    assert!(matches!(mark(&pages[0]), Some(Mark::Content(_))));
    assert_eq!(mark(&pages[1]), Some(Mark::Artifact));
}

#[test]
fn margins_that_leave_no_room_are_refused() {
    let rules = "[blocks.head]\nrunning = 'head'\nheight = '300pt'";
    let parts = vec![Part {
        lang: Lang::EN,
        blocks: vec![group("head", vec![paragraph("", "Secret")]), paragraph("", "Text")],
    }];
    let document = Document { parts, ..Document::default() };
    let refused = super::tests::try_laid(&document, style(rules));
    assert!(refused.is_err_and(|problems| problems.to_string().contains("no room")));
}

#[test]
fn each_line_has_its_strip_under_it() {
    let rules = "[blocks.tape]\nstrip = [90, 0, 10]";
    let words = "A line that is long enough to be cut in two and pasted on the blank, \
                 one strip below the other, as the office did it.";
    let page = &pages(vec![paragraph("tape", words)], rules)[0];
    let strips = shapes(page);
    assert_eq!(strips.len(), 2);
    assert!(strips.iter().all(|strip| strip.blend == Blend::Cover));
    // The strip comes before what stands on it.
    assert!(matches!(page.items[0].item, Item::Shape(_)));
    assert!(corners(strips[0])[2] > corners(strips[1])[2]);
}

#[test]
fn a_typewriter_has_leaders_too() {
    let content = Content::Paragraph(vec![
        Inline::Text("FERRY".to_owned()),
        Inline::Span(Attributes::class("leader"), Vec::new()),
        Inline::Text("I".to_owned()),
    ]);
    let line = Block { attributes: Attributes::class("line"), content };
    let page = &pages(vec![line], "[blocks.line]\npitch = 10\ntypewriter = true")[0];
    let dots = page.items.iter().find_map(|placed| match (&placed.item, placed.mark) {
        (Item::Run(run), Mark::Artifact) => Some(run.glyphs.len()),
        _ => None,
    });
    // Four inches hold forty signs; the six that are typed leave room for 16 dots.
    assert!(dots.is_some_and(|dots| (15..=17).contains(&dots)), "{dots:?}");
    let last = words(page).pop().expect("there are words");
    assert!(last.1 > 340.0, "{last:?}");
}

#[test]
fn an_empty_block_with_a_height_is_white() {
    let rules = "[blocks.white]\nheight = '100pt'";
    let blocks = vec![group("white", Vec::new()), paragraph("", "Below")];
    assert!(words(&pages(blocks, rules)[0])[0].2 > 172.0);
}

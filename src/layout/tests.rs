//! Paragraphs set with true faces: what is on the page, and where lines end.

use super::*;
use crate::document::{Block, Content, Inline};
use crate::font::FontBytes;
use crate::page::Run;
use crate::seed::Seed;
use crate::style::{Align, Properties, Space};

/// Draws nothing.
struct NoFigures;

impl Figures for NoFigures {
    fn draw(&self, _: &Attributes, _: Length) -> Option<Figure> {
        None
    }
}

/// How far signs may stand out of the measure, in ems.
const OVERHANG: f64 = 0.3;
/// The left margin of the pages below.
const LEFT: Length = Length::pt(72.0);

/// A style of 11 pt with the faces of the tests.
fn style(measure: Length, align: Align) -> Style {
    let mut style = Style::default();
    style.page.width = Some(measure + LEFT * 2.0);
    style.page.left = Some(LEFT);
    style.page.right = Some(LEFT);
    let faces = ["eb-garamond".to_owned(), "nanum-myeongjo".to_owned()];
    style.rules.faces.insert("body".to_owned(), faces.to_vec());
    style.rules.text = Properties {
        size: Some(Space::Fixed(Length::pt(11.0))),
        leading: Some(Space::Fixed(Length::pt(13.6))),
        align: Some(align),
        ..Properties::default()
    };
    style
}

/// Sets one paragraph; gives the runs of each line.
fn set(words: &str, style: Style, lang: Lang) -> Vec<Vec<Run>> {
    let mut book = Book::default();
    let garamond = include_bytes!("../../fonts/eb-garamond/EBGaramond_400Regular.ttf");
    book.add("eb-garamond", "EB Garamond", FontBytes::Static(garamond));
    let nanum = include_bytes!("../../fonts/nanum-myeongjo/NanumMyeongjo_400Regular.ttf");
    book.add("nanum-myeongjo", "Nanum Myeongjo", FontBytes::Static(nanum));
    let content = Content::Paragraph(vec![Inline::Text(words.to_owned())]);
    let block = Block { attributes: Attributes::default(), content };
    let part = Part { lang, blocks: vec![block] };
    let document = Document { parts: vec![part], ..Document::default() };
    let styles = BTreeMap::from([(lang, Arc::new(style))]);
    let find = |_| None;
    let setting = Setting {
        styles: &styles,
        book: &book,
        figures: &NoFigures,
        marking: None,
        find: &find,
    };
    let pages = layout(&document, &setting).unwrap();
    let mut lines: Vec<Vec<Run>> = Vec::new();
    for placed in pages.pages.into_iter().flat_map(|page| page.items) {
        let Item::Run(run) = placed.item else { continue };
        match lines.last_mut() {
            Some(line) if line[0].origin.y == run.origin.y => line.push(run),
            _ => lines.push(vec![run]),
        }
    }
    lines
}

/// The words of a line as they are seen.
fn seen(line: &[Run]) -> String {
    line.iter().map(|run| run.text.replace('\u{ad}', "-")).collect()
}

/// Words of random letters in random order.
fn random_words(seed: u64, count: usize) -> String {
    let stock = [
        "of",
        "the",
        "plenipotentiaries",
        "shall",
        "be",
        "“exchanged”",
        "ratification,",
        "without",
        "commissioners;",
        "a",
        "territory.",
        "official",
        "first",
        "fifth",
        "government’s",
        "non-belligerent",
        "—",
        "1783",
        "waffle",
        "AVOWAL",
        "(and)",
    ];
    let mut rng = Seed(seed).rng();
    let words: Vec<&str> = (0..count).map(|_| stock[rng.below(stock.len())]).collect();
    words.join(" ")
}

#[test]
fn every_glyph_is_on_the_page_once_and_in_order() {
    for seed in 0..12 {
        for align in [Align::Justify, Align::Left, Align::Center] {
            let words = random_words(seed, 150);
            let lines = set(&words, style(Length::pt(200.0), align), Lang::EN);
            let mut said = String::new();
            for line in &lines {
                let mut x = Length::pt(-1e3);
                for run in line {
                    let mut at = 0;
                    for glyph in &run.glyphs {
                        assert_eq!(glyph.text.start, at, "{}", run.text);
                        at = glyph.text.end;
                        let next = run.origin.x + glyph.x;
                        assert!(next > x, "{}", run.text);
                        x = next;
                    }
                    assert_eq!(at, run.text.len());
                    said.push_str(&run.text);
                }
                if said.ends_with('\u{ad}') {
                    said.pop();
                } else if !said.ends_with('-') {
                    said.push(' ');
                }
            }
            assert_eq!(said.trim_end(), words);
        }
    }
}

/// Asserts that every line stands within its measure; gives how wide each is.
fn widths(lines: &[Vec<Run>], measure: Length) -> Vec<Length> {
    let of_line = |line: &Vec<Run>| {
        let last = line.last().unwrap();
        let end = last.glyphs.last().unwrap();
        let book = include_bytes!("../../fonts/eb-garamond/EBGaramond_400Regular.ttf");
        let face = crate::font::Face::new("f", FontBytes::Static(book)).unwrap();
        let advance = last.size * face.advance(end.id) * last.stretch;
        let right = last.origin.x + end.x + advance - LEFT;
        let out = last.size * OVERHANG;
        assert!(right <= measure + out, "{}: {right}", seen(line));
        assert!(line[0].origin.x - LEFT >= -out, "{}", seen(line));
        right
    };
    lines.iter().map(of_line).collect()
}

#[test]
fn no_line_stands_beyond_its_measure() {
    for seed in 0..8 {
        for measure in [60.0, 120.0, 200.0, 312.0].map(Length::pt) {
            for align in [Align::Justify, Align::Left] {
                let words = random_words(seed, 120);
                widths(&set(&words, style(measure, align), Lang::EN), measure);
            }
        }
    }
}

#[test]
fn justified_lines_are_flush() {
    let measure = Length::pt(312.0);
    let mut plain = style(measure, Align::Justify);
    plain.rules.text.protrude = Some(0.0);
    let lines = set(&random_words(5, 200), plain, Lang::EN);
    let widths = widths(&lines, measure);
    for width in &widths[..widths.len() - 1] {
        assert!((*width - measure).abs() < Length::pt(0.01), "{width}");
    }
}

#[test]
fn words_are_divided_as_the_style_says() {
    let narrow = Length::pt(62.0);
    let mut own = style(narrow, Align::Justify);
    own.rules.exceptions = vec!["plenipo-tentiaries".to_owned(), "official".to_owned()];
    let lines = set("the official plenipotentiaries", own, Lang::EN);
    let seen: Vec<String> = lines.iter().map(|line| seen(line)).collect();
    assert_eq!(seen, ["the official", "plenipo-", "tentiaries"]);
}

#[test]
fn a_text_without_spaces_ends_within_its_measure() {
    let measure = Length::pt(200.0);
    let words = format!("so {} it ends", "xyz".repeat(7_000));
    let lines = set(&words, style(measure, Align::Justify), Lang::EN);
    widths(&lines, measure);
    let said: String = lines.iter().map(|line| seen(line)).collect();
    assert_eq!(said.matches("xyz").count() + said.matches('-').count(), 7_000);
}

#[test]
fn a_figure_stays_with_what_it_counts() {
    let words =
        "협정은 1953년 7월 27일 10시에 서명되고 22시에 효력을 발생한다. ".repeat(12);
    for measure in (90..160).step_by(7) {
        let plain = style(Length::pt(f64::from(measure)), Align::Justify);
        for line in set(words.trim_end(), plain, Lang::KO) {
            let seen = seen(&line);
            assert!(!seen.ends_with(|c: char| c.is_ascii_digit()), "{seen}");
        }
    }
}

/// The ends of lines that a compositor would choose, checked by hand: even spaces, one
/// hyphen for their sake, no lone word at the end.
#[test]
fn a_paragraph_ends_its_lines_where_a_compositor_would() {
    let words = "The commissioners shall keep an accurate journal of their proceedings, \
        subscribed at the close of every session, and shall cause duplicate maps to be \
        prepared and certified. In the event of disagreement they shall make separate \
        reports, stating in detail the points upon which they differ and the grounds upon \
        which their respective opinions have been formed. Such reports shall be referred \
        to the decision of some friendly power, and both governments engage to consider \
        that decision as conclusive.";
    let lines = set(words, style(Length::mm(110.0), Align::Justify), Lang::EN);
    let seen: Vec<String> = lines.iter().map(|line| seen(line)).collect();
    let chosen = [
        "The commissioners shall keep an accurate journal of their proceedings, sub-",
        "scribed at the close of every session, and shall cause duplicate maps to be",
        "prepared and certified. In the event of disagreement they shall make separate",
        "reports, stating in detail the points upon which they differ and the grounds",
        "upon which their respective opinions have been formed. Such reports shall",
        "be referred to the decision of some friendly power, and both governments",
        "engage to consider that decision as conclusive.",
    ];
    assert_eq!(seen, chosen);
}

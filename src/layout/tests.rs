//! Paragraphs set with true faces: what is on the page, and where lines end.

use super::*;
use crate::document::{Block, Content, Inline};
use crate::font::FontBytes;
use crate::page::Run;
use crate::seed::Seed;
use crate::style::{Align, Folio, Properties, Space};

mod east;
mod pages;
mod spans;

/// Draws nothing.
struct NoFigures;

impl Figures for NoFigures {
    fn draw(&self, _: &Attributes, _: Size) -> Option<Figure> {
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
    let faces = ["eb-garamond", "nanum-myeongjo", "cactus-classical-serif"];
    let faces = faces.map(str::to_owned);
    style.rules.faces.insert("body".to_owned(), faces.to_vec());
    style.rules.text = Properties {
        size: Some(Space::Fixed(Length::pt(11.0))),
        leading: Some(Space::Fixed(Length::pt(13.6))),
        align: Some(align),
        ..Properties::default()
    };
    style
}

/// Sets one paragraph; gives the runs of each line, without the spaces at which lines end,
/// which take no room.
fn set(words: &str, style: Style, lang: Lang) -> Vec<Vec<Run>> {
    let document = Document { parts: vec![part(&[words], lang)], ..Document::default() };
    let mut lines: Vec<Vec<Run>> = Vec::new();
    for run in pages(&document, style).into_iter().flatten() {
        match lines.last_mut() {
            Some(line) if line[0].origin.y == run.origin.y => line.push(run),
            _ => lines.push(vec![run]),
        }
    }
    lines.iter_mut().for_each(drop_last_spaces);
    lines
}

/// Takes the spaces at its end from a line.
fn drop_last_spaces(line: &mut Vec<Run>) {
    while let Some(run) = line.last_mut() {
        let end = run.text.trim_end_matches(' ').len();
        run.glyphs.retain(|glyph| glyph.text.start < end);
        run.text.truncate(end);
        if end > 0 {
            return;
        }
        line.pop();
    }
}

/// Paragraphs in a language.
fn part(paragraphs: &[&str], lang: Lang) -> Part {
    let block = |words: &&str| {
        let content = Content::Paragraph(vec![Inline::Text((*words).to_owned())]);
        Block { attributes: Attributes::default(), content }
    };
    Part { lang, blocks: paragraphs.iter().map(block).collect() }
}

/// Sets a document.
pub(super) fn try_laid(document: &Document, style: Style) -> Result<Pages> {
    let mut book = Book::default();
    let garamond = include_bytes!("../../fonts/eb-garamond/EBGaramond_400Regular.ttf");
    book.add("eb-garamond", "EB Garamond", FontBytes::Static(garamond));
    let nanum = include_bytes!("../../fonts/nanum-myeongjo/NanumMyeongjo_400Regular.ttf");
    book.add("nanum-myeongjo", "Nanum Myeongjo", FontBytes::Static(nanum));
    let cactus = include_bytes!(
        "../../fonts/cactus-classical-serif/CactusClassicalSerif-KS-Big5-GB.ttf"
    );
    book.add("cactus-classical-serif", "Cactus", FontBytes::Static(cactus));
    // Squares for 甲 to 己 and nothing else.
    let squares = include_bytes!("tests/without-space.ttf");
    book.add("without-space", "Without Space", FontBytes::Static(squares));
    let style = Arc::new(style);
    let langs = document.parts.iter().map(|part| part.lang);
    let styles = langs.map(|lang| (lang, Arc::clone(&style))).collect();
    let find = |_| None;
    let setting = Setting {
        styles: &styles,
        book: &book,
        words: &Words::default(),
        figures: &NoFigures,
        marking: None,
        find: &find,
    };
    layout(document, &setting)
}

/// Sets a document.
pub(super) fn laid(document: &Document, style: Style) -> Pages {
    try_laid(document, style).expect("it can be set")
}

/// Sets a document; gives the runs of each page.
fn pages(document: &Document, style: Style) -> Vec<Vec<Run>> {
    let runs = |page: Page| {
        let items = page.items.into_iter().map(|placed| placed.item);
        items.filter_map(|item| if let Item::Run(run) = item { Some(run) } else { None })
    };
    let pages = laid(document, style).pages;
    pages.into_iter().map(|page| runs(page).collect()).collect()
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

/// A typist ends a line where the next word has no room, and divides it where more than six
/// keys would stay empty.
#[test]
fn typed_lines_take_what_fits() {
    let mut divided = 0;
    for seed in 0..20 {
        for keys in [17, 24, 31, 40, 65] {
            let mut plain = style(Length::inches(f64::from(keys) / 10.0), Align::Left);
            plain.rules.text.pitch = Some(10.0);
            // Dashes in a row are not parted.
            let words = random_words(seed, 120).replace("— ", "");
            let lines = set(&words, plain, Lang::EN);
            let seen: Vec<String> = lines.iter().map(|line| seen(line)).collect();
            for (line, next) in seen.iter().zip(&seen[1..]) {
                let used = line.chars().count();
                assert!(used <= keys as usize, "{line}");
                let is_divided = lines.iter().flatten().any(|run| {
                    run.text.ends_with('\u{ad}')
                        && line.ends_with(&run.text.replace('\u{ad}', "-"))
                });
                let end = if line.ends_with('-') { 0 } else { 1 };
                let word = next.split_inclusive([' ', '-']).next().unwrap().trim_end();
                let whole = used + end + word.chars().count();
                if is_divided {
                    divided += 1;
                    let before =
                        line.rfind(' ').map_or(0, |at| line[..at].chars().count());
                    assert!(keys as usize - before >= 6, "{line}/{next}");
                } else {
                    assert!(whole > keys as usize, "{line}/{next}");
                }
            }
        }
    }
    assert!(divided > 100, "{divided}");
}

/// Also where one word is a whole cell of a table.
#[test]
fn a_typed_text_without_spaces_fills_its_lines() {
    let mut plain = style(Length::inches(4.0), Align::Left);
    plain.rules.text.pitch = Some(10.0);
    let lines = set(&"x".repeat(100_010), plain, Lang::EN);
    let widths: Vec<usize> = lines.iter().map(|line| seen(line).len()).collect();
    assert_eq!(widths.len(), 2_501);
    assert!(widths[..2_500].iter().all(|width| *width == 40));
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

/// The glyph number of a character in EB Garamond.
fn garamond(c: char) -> u16 {
    let file = include_bytes!("../../fonts/eb-garamond/EBGaramond_400Regular.ttf");
    crate::font::Face::new("f", FontBytes::Static(file)).unwrap().glyph(c).unwrap()
}

/// Where each character of a line begins, from the left edge of the text.
fn places(line: &[Run]) -> Vec<(char, Length)> {
    let of_run = |run: &Run| -> Vec<(char, Length)> {
        let glyphs = run.glyphs.iter().filter(|g| !g.text.is_empty());
        let place = |g: &crate::page::Glyph| {
            (run.text[g.text.clone()].chars().next().unwrap(), run.origin.x + g.x - LEFT)
        };
        glyphs.map(place).collect()
    };
    line.iter().flat_map(of_run).collect()
}

#[test]
fn the_long_s_is_seen_and_the_round_one_copied() {
    let mut own = style(Length::pt(300.0), Align::Left);
    own.rules.text.long_s = Some(crate::period::LongS::Late);
    own.rules.text.features = Some("-liga -dlig".to_owned());
    let lines = set("Congress passes this measure", own, Lang::EN);
    assert_eq!(seen(&lines[0]), "Congress passes this measure");
    let glyphs: Vec<u16> =
        lines[0].iter().flat_map(|run| run.glyphs.iter().map(|g| g.id)).collect();
    let count = |c| glyphs.iter().filter(|&&id| id == garamond(c)).count();
    assert_eq!((count('ſ'), count('s')), (4, 3));
}

#[test]
fn the_long_s_knows_the_hyphen_of_a_line_end() {
    // Long before the hyphen of a line end, though round before b in early print.
    let mut own = style(Length::pt(44.0), Align::Left);
    own.rules.text.long_s = Some(crate::period::LongS::Early);
    own.rules.exceptions = vec!["hus-bandman".to_owned()];
    let narrow = set("husbandman", own.clone(), Lang::EN);
    assert_eq!(narrow[0][0].glyphs[2].id, garamond('ſ'));
    own.page.width = Some(Length::pt(400.0));
    let wide = set("husbandman", own, Lang::EN);
    assert_eq!(wide[0][0].glyphs[2].id, garamond('s'));
}

#[test]
fn a_sentence_is_followed_by_more_space_but_not_a_title() {
    let mut own = style(Length::pt(400.0), Align::Left);
    own.rules.text.sentence_space = Some(2.0);
    own.rules.text.features = Some("-kern".to_owned());
    let lines = set("Is Mr. Hill in. Hill is in.", own, Lang::EN);
    let all = places(&lines[0]);
    let gap = |at: usize| all[at + 1].1 - all[at].1;
    assert!((gap(15) - gap(6) * 2.0).abs() < Length::pt(0.01), "{all:?}");
}

#[test]
fn old_printers_set_points_apart_and_the_text_does_not() {
    let mut own = style(Length::pt(400.0), Align::Left);
    own.rules.text.features = Some("-kern".to_owned());
    let plain = places(&set("so; it is", own.clone(), Lang::EN)[0]);
    own.rules.text.point_space = Some(Space::Em(0.1));
    let lines = set("so; it is", own, Lang::EN);
    assert_eq!(seen(&lines[0]), "so; it is");
    let moved = places(&lines[0])[2].1 - plain[2].1;
    assert!((moved - Length::pt(1.1)).abs() < Length::pt(0.01), "{moved}");
}

#[test]
fn an_initial_is_as_high_as_its_lines_and_they_stand_beside_it() {
    let mut own = style(Length::pt(300.0), Align::Justify);
    let three = Properties { initial: Some(3), ..Properties::default() };
    own.rules.blocks.insert("paragraph".to_owned(), three);
    let words = random_words(3, 120);
    let document = Document {
        parts: vec![part(&[&format!("When {words}")], Lang::EN)],
        ..Document::default()
    };
    let runs = &pages(&document, own)[0];
    let initial = runs.iter().find(|run| run.text == "W").unwrap();
    let starts: Vec<&Run> = runs.iter().filter(|run| run.text != "W").fold(
        Vec::new(),
        |mut lines: Vec<&Run>, run| {
            if lines.last().is_none_or(|last| last.origin.y != run.origin.y) {
                lines.push(run);
            }
            lines
        },
    );
    let out = Length::pt(11.0 * OVERHANG);
    for (index, line) in starts.iter().enumerate() {
        let set_in = line.origin.x - LEFT > out;
        assert_eq!(set_in, index < 3, "line {index} at {}", line.origin.x);
    }
    assert!((initial.origin.y - starts[2].origin.y).abs() < Length::pt(0.01));
    let height = starts[2].origin.y - starts[0].origin.y;
    assert!(initial.size > height, "{}", initial.size);
    let said: String = runs.iter().map(|run| run.text.as_str()).collect();
    assert!(said.starts_with("When "));
}

#[test]
fn ragged_lines_take_what_fits_before_a_short_last_line() {
    let words = "You ask what is thought of the new history. It is a handsome book, and \
        everybody has bought it; I have not yet met with any one who has read it.";
    let lines = set(words, style(Length::pt(300.0), Align::Left), Lang::EN);
    let seen: Vec<String> = lines.iter().map(|line| seen(line)).collect();
    assert!(seen[0].ends_with("book,") || seen[0].ends_with("and"), "{seen:?}");
    assert!(seen[seen.len() - 1].contains(' '), "{seen:?}");
}

#[test]
fn nouns_have_capitals_where_the_style_says_so() {
    let mut own = style(Length::pt(300.0), Align::Left);
    own.rules.text.capital_nouns = Some(true);
    let lines = set("of peace", own, Lang::EN);
    assert_eq!(seen(&lines[0]), "of peace");
    assert!(lines[0].iter().any(|run| run.glyphs.iter().any(|g| g.id == garamond('P'))));
}

#[test]
fn a_day_stays_with_its_month_and_a_number_with_what_it_counts() {
    let words =
        "They met on 17 March, and on 3 May 1919, under Article 9 of it, and no more. "
            .repeat(6);
    for measure in (60..240).step_by(11) {
        let own = style(Length::pt(f64::from(measure)), Align::Left);
        for line in set(words.trim_end(), own, Lang::EN) {
            let seen = seen(&line);
            let last = seen.split_whitespace().next_back().unwrap_or_default();
            assert!(!["17", "3", "Article"].contains(&last), "{seen}");
        }
    }
}

#[test]
fn a_title_stays_with_its_name() {
    let words =
        "It was told to Mr. Hill and to Dr. Lane at No. 9 by Mrs. Orne. ".repeat(6);
    for measure in (60..240).step_by(11) {
        let own = style(Length::pt(f64::from(measure)), Align::Left);
        for line in set(words.trim_end(), own, Lang::EN) {
            let seen = seen(&line);
            let end = seen.trim_end();
            assert!(
                !["Mr.", "Dr.", "No.", "Mrs."].iter().any(|t| end.ends_with(t)),
                "{end}"
            );
        }
    }
}

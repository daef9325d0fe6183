//! From templates to pages through the library: layout holds for short and long texts, the
//! same input gives the same bytes, and what cannot be set is said.

use engross::export::{Common, PdfOptions};
use engross::field::{Fields, Record, Value};
use engross::lang::Lang;
use engross::page::{Item, Mark, Pages};
use engross::paper::Age;
use engross::press::{Finish, Look, Pool, Press};
use engross::seed::Seed;
use sha2::{Digest as _, Sha256};

/// A treaty in little: a title, articles with clauses, signature blocks.
const MANIFEST: &str = r#"
[template]
name = "compact"
version = "1.0"
kind = "treaty"
langs = ["en", "ko", "zh"]
title = { en = "Compact of {{ a }} and {{ b }}" }
about = { en = "A compact" }
style = "engrossed"

[fields.a]
type = "text"
required = true

[fields.b]
type = "text"
required = true

[fields.articles]
type = "list"
of = { type = "text", multiline = true }
"#;

/// Its text; the same in every language, for the values carry the language.
const BODY: &str = r#"
{.title}
# Compact

{.opening}
{{ a }} and {{ b }} have agreed:

{% for article in articles %}
## {{ loop.index | article }}

{.clause}
{{ article }}

{% endfor %}

{.testimonium}
Done.

::::: signatures

:::: signatory

{.signature-line}
* * *

{.name}
{{ a }}

::::

:::: signatory

{.signature-line}
* * *

{.name}
{{ b }}

::::

:::::
"#;

/// A press that knows the compact.
fn press() -> Press {
    let korean =
        BODY.replace("Compact", "규약").replace(" and ", " 및 ").replace("Done", "완료");
    let korean = korean.replace("have agreed", "은 합의한다");
    let chinese =
        BODY.replace("Compact", "盟約").replace(" and ", "及").replace("Done", "完");
    let chinese = chinese.replace("have agreed", "議定");
    let files = [
        ("template.toml", MANIFEST.to_owned()),
        ("body.en.dj", BODY.to_owned()),
        ("body.ko.dj", korean),
        ("body.zh.dj", chinese),
    ];
    let named = files
        .map(|(name, text)| (format!("templates/compact/{name}"), text.into_bytes()));
    Press::with_files(named).expect("the files are sound")
}

/// Fields of a compact.
fn fields(a: &str, b: &str, articles: Vec<String>) -> Fields {
    Fields::new().set("a", a).set("b", b).set("articles", articles)
}

/// Sets the compact.
fn set(fields: &Fields, lang: &str, look: &Look) -> Pages {
    let press = press();
    let template = press.template("compact").expect("it is there");
    let langs: Vec<Lang> = vec![lang.parse().expect("a tag")];
    let filled = template.fill_in(fields, &langs).expect("it fills");
    press.typeset(&filled, look).expect("it can be set")
}

/// All text of a document, in reading order.
fn text(pages: &Pages) -> String {
    words(pages, |mark| mark != Mark::Artifact)
}

/// What stands in the margins.
fn furniture(pages: &Pages) -> String {
    words(pages, |mark| mark == Mark::Artifact)
}

/// The words of some of the runs.
fn words(pages: &Pages, wanted: impl Fn(Mark) -> bool) -> String {
    let mut out = String::new();
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Run(run) = &placed.item
            && wanted(placed.mark)
        {
            out.push_str(&run.text);
            out.push(' ');
        }
    }
    // What a line end has divided is one word.
    out.replace("\u{ad} ", "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Legal prose of so many words.
fn prose(words: usize) -> String {
    let stock = "the said Parties shall within the space of sixty days deliver every fortress \
                 vessel archive and prisoner held upon either side without ransom or delay and \
                 shall cause the present instrument to be observed by all their officers";
    stock.split_whitespace().cycle().take(words).collect::<Vec<_>>().join(" ")
}

/// Nothing on any page stands outside of it, and no line of text on another.
fn assert_sound(pages: &Pages) {
    for (number, page) in pages.pages.iter().enumerate() {
        let mut lines: Vec<(i64, i64, i64)> = Vec::new();
        for placed in &page.items {
            let Item::Run(run) = &placed.item else { continue };
            let face = &pages.faces[usize::from(run.face.0)];
            // A hand writes each word with the space behind it, which has no ink.
            let inked =
                run.glyphs.iter().filter(|g| !run.text[g.text.clone()].trim().is_empty());
            let end = inked.fold(0.0, |end: f64, g| {
                end.max(g.x.to_pt() + face.advance(g.id) * run.size.to_pt())
            });
            let (left, right) = (run.origin.x.to_pt(), run.origin.x.to_pt() + end);
            let width = page.size.width.to_pt();
            assert!(left >= 0.0 && right <= width, "page {number}: {:?}", run.text);
            let base = run.origin.y.to_pt();
            assert!(base > 0.0 && base < page.size.height.to_pt(), "page {number}");
            lines.push((base.round() as i64, left.round() as i64, right.round() as i64));
        }
        for (i, a) in lines.iter().enumerate() {
            for b in &lines[i + 1..] {
                let close = (a.0 - b.0).abs() < 6 && a.0 != b.0;
                let beside = a.2 <= b.1 + 1 || b.2 <= a.1 + 1;
                assert!(!close || beside, "page {number}: lines at {a:?} and {b:?}");
            }
        }
    }
}

#[test]
fn one_article_and_sixty_are_both_sound() {
    let short = set(&fields("A", "B", vec!["Peace.".into()]), "en", &Look::new());
    assert_sound(&short);
    assert_eq!(short.pages.len(), 1);
    let long = fields("A", "B", vec![prose(200); 60]);
    let pages = set(&long, "en", &Look::new());
    assert_sound(&pages);
    assert!(pages.pages.len() > 20);
    let set = text(&pages);
    let clause = "deliver every fortress";
    assert_eq!(set.matches(clause).count(), prose(200).matches(clause).count() * 60);
    for number in ["Article I ", "Article XLIX ", "Article LX "] {
        assert!(set.contains(number), "{number}");
    }
}

#[test]
fn names_of_one_and_of_120_characters_are_both_sound() {
    let long = "The Most Serene Republic of the Islands and Seas of the Eastern Morning "
        .repeat(2);
    let long: String = long.chars().take(120).collect();
    let unbroken = "X".repeat(120);
    // No word has so many letters; the table of syllables must not be asked for it.
    let endless = "incontestable".repeat(10);
    let names = [long.as_str(), unbroken.as_str(), endless.as_str()];
    for (a, b) in names.into_iter().flat_map(|name| [("A", name), (name, "B")]) {
        let pages = set(&fields(a, b, vec![prose(30)]), "en", &Look::new());
        assert_sound(&pages);
        let squeezed = text(&pages).replace(' ', "");
        for name in [a, b] {
            assert!(squeezed.contains(&name.replace(' ', "")), "{name}");
        }
    }
}

#[test]
fn korean_and_chinese_alone_are_sound() {
    let korean =
        "쌍방은 이 협정의 효력이 발생한 날부터 六十日 이내에 모든 포로를 송환한다."
            .repeat(8);
    let pages = set(&fields("대한민국", "조선", vec![korean]), "ko", &Look::new());
    assert_sound(&pages);
    assert!(text(&pages).contains("제1조"));
    let chinese =
        "雙方自本協定生效之日起六十日內,遣返一切戰俘,不得扣留,亦不得強迫。".repeat(8);
    let pages = set(&fields("大韓民國", "朝鮮", vec![chinese]), "zh", &Look::new());
    assert_sound(&pages);
    assert!(text(&pages).contains("第一條"));
    // No line begins with a stop or ends with an opening bracket.
    for placed in pages.pages.iter().flat_map(|page| &page.items) {
        if let Item::Run(run) = &placed.item
            && run.origin.x.to_mm() < 44.0
        {
            assert!(!run.text.starts_with(['。', ',', '、', ')']), "{}", run.text);
        }
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_and_another_seed_another_sheet() {
    let fields = fields("A", "B", vec![prose(60)]);
    let options = Default::default();
    let look = || Look::new().age(Age::from(70));
    let first = set(&fields, "en", &look()).pdf(&options).expect("a PDF");
    let second = set(&fields, "en", &look()).pdf(&options).expect("a PDF");
    assert!(first == second, "twice the same");
    let other = set(&fields, "en", &look().seed(Seed(9)));
    assert_eq!(text(&other), text(&set(&fields, "en", &look())));
    assert!(other.pdf(&options).expect("a PDF") != first, "another sheet");
}

#[test]
fn a_clean_page_has_no_sheet_and_a_marked_one_says_what_it_is() {
    let fields = fields("A", "B", vec![prose(60)]);
    let clean = set(&fields, "en", &Look::new().finish(Finish::Clean));
    assert!(clean.pages.iter().all(|page| page.sheet.is_none()));
    let day = "2026-11-23".parse().expect("a date");
    let marked = set(&fields, "en", &Look::new().made(day));
    assert!(furniture(&marked).contains("Facsimile, made 2026 · engross"));
    let bare = set(&fields, "en", &Look::new().made(day).mark(false));
    assert!(!furniture(&bare).contains("Facsimile"));
    let pdf = bare.pdf(&Default::default()).expect("a PDF");
    assert!(pdf.starts_with(b"%PDF-1.7"));
}

#[test]
fn a_character_that_no_font_has_is_an_error_that_names_its_field() {
    let press = press();
    let template = press.template("compact").expect("it is there");
    let fields = fields("A\u{12345}", "B", vec![]);
    let filled = template.fill(&fields).expect("it fills");
    // The second time its words are known.
    for _ in 0..2 {
        let error = press.typeset(&filled, &Look::new()).expect_err("no font has it");
        let shown = format!("{error:#}");
        assert!(shown.contains("`a`") && shown.contains("U+12345"), "{shown}");
        assert!(shown.contains("hint:"), "{shown}");
    }
}

#[test]
fn what_was_set_before_changes_nothing() {
    let articles =
        || vec![prose(60), "“Quoted,” the \"second\" says: Mr. 2 제1조".to_owned()];
    let alone = set(&fields("A", "B", articles()), "en", &Look::new());
    let press = press();
    let template = press.template("compact").expect("it is there");
    let langs = |tag: &str| vec![tag.parse::<Lang>().expect("a tag")];
    for tag in ["ko", "en"] {
        let before = fields("C", "“D”", vec![prose(90), "\"second\"".to_owned()]);
        let filled = template.fill_in(&before, &langs(tag)).expect("it fills");
        press.typeset(&filled, &Look::new().seed(Seed(3))).expect("it can be set");
    }
    let filled = template.fill_in(&fields("A", "B", articles()), &langs("en"));
    let after = press.typeset(&filled.expect("it fills"), &Look::new());
    let after = after.expect("it can be set");
    assert_eq!(format!("{:?}", after.pages), format!("{:?}", alone.pages));
}

#[test]
fn names_that_nobody_has_are_errors_with_a_suggestion() {
    let press = press();
    let error = press.template("compat").expect_err("no such template");
    assert!(format!("{error:#}").contains("write `compact`"));
    let error = press.style("engrosed").expect_err("no such style");
    assert!(format!("{error:#}").contains("write `engrossed`"));
    let error = press.paper("velum").expect_err("no such paper");
    assert!(format!("{error:#}").contains("write `vellum`"));
}

#[test]
fn an_empty_record_and_an_empty_list_are_no_panic() {
    let press = press();
    let template = press.template("compact").expect("it is there");
    let odd = Fields::new()
        .set("a", Value::Record(Record::new()))
        .set("b", Vec::<Value>::new())
        .set("articles", true);
    let error = template.fill(&odd).expect_err("nothing fits");
    assert_eq!(error.iter().count(), 3, "{error}");
}

/// Documents of a batch begin with what they share, which is kept from the second on.
#[test]
fn a_file_is_the_same_whether_another_began_so_or_not() {
    let press = Press::new();
    let template = press.template("letter").expect("a template");
    let look = Look::new().seed(Seed(5)).style("office-1920");
    let look = look.pool(Pool { seed: Seed(5), count: Some(1), start: 0 });
    let sample = template.sample().expect("a sample");
    let filled = template.fill(&sample).expect("it is filled");
    let pages = press.typeset(&filled, &look).expect("it is set");
    let (options, common) = (PdfOptions::default(), Common::default());
    let alone = pages.pdf(&options).expect("a file");
    let mut bytes = b"of another".to_vec();
    for _ in 0..3 {
        let hash = pages.pdf_into(&options, &common, &mut bytes).expect("a file");
        assert!(bytes == alone);
        assert_eq!(hash[..], Sha256::digest(&alone)[..]);
    }
}

//! Treaties in the manner of their tradition: numbers and references, formulas, signatures,
//! paraphs, bindings, annexes and maps.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use engross::geom::Resolution;
use engross::page::{Item, Mark, Page, Pages, Role};
use engross::picture::{Channels, Picture};
use engross::{Fields, Finish, Look, Press, Template, Value};

/// The beginning of a peace treaty between two powers.
const TREATY: &str = r#"
place = { en = "Oud", ko = "개성", zh = "開城" }
date = 1954-01-01
parties = [
  { name = { en = "Anland", ko = "안국", zh = "安國" }, signatories = [{ name = { en = "Ada Quill", ko = "고아라", zh = "高雅" } }] },
  { name = { en = "the Morrow", ko = "모국", zh = "穆國" }, signatories = [{ name = { en = "Ben Reed", ko = "유벤", zh = "劉本" } }] },
]
"#;

/// Articles with items and references.
const ARTICLES: &str = r#"
[[articles]]
id = "truce"
text = [
  { en = "Each side shall:\n- rest;\n- [=mines] clear:\n-- wire;\n-- [=night] mines by night.", ko = "각 측은\n- 쉬고\n- [=mines] 치운다.\n-- 철조망\n-- [=night] 밤의 지뢰", zh = "雙方應：\n- 休止；\n- [=mines] 清除：\n-- 鐵絲網；\n-- [=night] 夜間地雷。" },
  { en = "Twice.", ko = "두 번.", zh = "兩次。" },
]
[[articles]]
text = [
  { en = "See [#truce], [#mines] and [#night].", ko = "[#truce], [#mines] 및 [#night]을 본다.", zh = "參[#truce]、[#mines]及[#night]。" },
]
"#;

/// A template of the collection.
fn template(press: &Press, name: &str) -> Template {
    press.template(name).unwrap()
}

/// Sets fields in a language.
fn typeset(name: &str, fields: &Fields, lang: &str) -> Pages {
    let press = Press::new();
    let langs = [lang.parse().unwrap()];
    let filled = template(&press, name).fill_in(fields, &langs);
    let filled = filled.expect("the fields are sound");
    let look = Look::new().finish(Finish::Clean);
    press.typeset(&filled, &look).expect("it can be set")
}

/// The words on a page.
fn words(page: &Page) -> String {
    let runs = page.items.iter().filter_map(|placed| match &placed.item {
        Item::Run(run) => Some(run.text.as_str()),
        _ => None,
    });
    runs.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

/// The words of a document.
fn all_words(pages: &Pages) -> String {
    pages.pages.iter().map(words).collect::<Vec<_>>().join(" ")
}

/// A text without its spaces: lines end where they like.
fn dense(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The words of a treaty in a language.
fn text_of(name: &str, fields: &str, lang: &str) -> String {
    let fields = Fields::from_toml(fields).unwrap();
    dense(&all_words(&typeset(name, &fields, lang)))
}

/// Asserts that all of this is said, in any lines.
fn assert_says(text: &str, expected: &[&str]) {
    for words in expected {
        assert!(text.contains(&dense(words)), "{words}: {text}");
    }
}

#[test]
fn references_follow_the_numbers_of_each_tradition() {
    let each = [
        (
            "en",
            "See Article I, Article I, paragraph 1 b and Article I, paragraph 1 b (2).",
        ),
        ("ko", "제1조, 제1조 제1항 ㄴ목 및 제1조 제1항 ㄴ목 (2)을 본다."),
        ("zh", "參第一條、第一條第一款（丑）項及第一條第一款（丑）項（二）目。"),
    ];
    for (lang, expected) in each {
        assert_says(
            &text_of("peace-treaty", &(TREATY.to_owned() + ARTICLES), lang),
            &[expected],
        );
    }
    let through = [
        ("en", "See Article I, Paragraph 1 b and Paragraph 1 b (2)."),
        ("ko", "제1조, 제1항 ㄴ목 및 제1항 ㄴ목 (2)을 본다."),
        ("zh", "參第一條、第一款（丑）項及第一款（丑）項（二）目。"),
    ];
    for (lang, expected) in through {
        let fields = format!("numbering = \"continuous\"\n{TREATY}{ARTICLES}");
        let text = text_of("peace-treaty", &fields, lang);
        let third = if lang == "zh" { "三、" } else { "3." };
        assert_says(&text, &[expected, third]);
    }
}

#[test]
fn marks_are_shown_by_their_first() {
    let marks = "[marks]\narticle = { en = \"Article 1st.\", ko = \"第一條\", zh = \"第一款\" }\n\
                 paragraph = { en = \"(1)\", ko = \"①\", zh = \"甲、\" }\n\
                 item = { en = \"(a)\", ko = \"가.\", zh = \"（一）\" }\n\
                 subitem = { en = \"(i)\", ko = \"1)\", zh = \"（子）\" }\n";
    let fields = format!("{TREATY}{marks}{ARTICLES}");
    let en = text_of("peace-treaty", &fields, "en");
    assert_says(&en, &["Article 2nd.", "(2)", "(b)", "(ii)", "paragraph 1 (b) (ii)."]);
    let ko = text_of("peace-treaty", &fields, "ko");
    assert_says(&ko, &["第二條", "②", "나.", "2)", "第一條 제1항 나목 2)"]);
    let zh = text_of("peace-treaty", &fields, "zh");
    assert_says(
        &zh,
        &["第二款", "乙、", "（二）", "（丑）", "第一款第一款（二）項（丑）目"],
    );
}

#[test]
fn the_armistice_numbers_on_through_what_users_add() {
    let press = Press::new();
    let sample = template(&press, "armistice").sample().unwrap();
    let further = Fields::from_toml(
        "[[further]]\nid = \"wells\"\nheading = { en = \"Wells\", ko = \"우물\", zh = \"水井\" }\n\
         paragraphs = [{ en = \"Both sides shall:\\n- draw;\\n- [=salt] not salt them.\", \
         ko = \"쌍방은\\n- 긷고\\n- [=salt] 소금을 치지 않는다.\", zh = \"雙方：\\n- 汲取；\\n- [=salt] 不得投鹽。\" }, \
         { en = \"See [#wells] and [#salt].\", ko = \"[#wells]와 [#salt]을 본다.\", zh = \"參[#wells]及[#salt]。\" }]\n",
    )
    .unwrap();
    let fields = sample.set("further", further.get("further").unwrap().clone());
    for (lang, expected) in [
        ("en", "See ARTICLE V and Paragraph 18 b."),
        ("ko", "제5조와 제18항 ㄴ목을 본다."),
        ("zh", "參第五條及第十八款（丑）項。"),
    ] {
        let text = dense(&all_words(&typeset("armistice", &fields, lang)));
        assert_says(&text, &[expected]);
    }
}

#[test]
fn the_house_and_the_court_refer_as_well() {
    let press = Press::new();
    let house = template(&press, "house-treaty").sample().unwrap();
    let articles = Fields::from_toml(
        "[[articles]]\nid = \"pie\"\nheading = \"Pie\"\n\
         text = [\"It is:\\n- baked;\\n- [=eaten] eaten.\", \"As [#eaten] says.\"]\n",
    )
    .unwrap();
    let fields = house.set("articles", articles.get("articles").unwrap().clone());
    let text = dense(&all_words(&typeset("house-treaty", &fields, "en")));
    assert_says(&text, &["As Article I, paragraph 1 b says."]);
    let court = template(&press, "korea-royal-treaty").sample().unwrap();
    let articles = Fields::from_toml(
        "[[articles]]\nid = \"lamp\"\ntext = [{ zh = \"燈。\", en = \"A lamp.\" }]\n\
         [[articles]]\ntext = [{ zh = \"照[#lamp]辦理。\", en = \"As in [#lamp].\" }]\n",
    )
    .unwrap();
    let fields = court.set("articles", articles.get("articles").unwrap().clone());
    for (lang, expected) in [("zh", "照第一款辦理。"), ("en", "As in Article I.")]
    {
        let text = dense(&all_words(&typeset("korea-royal-treaty", &fields, lang)));
        assert_says(&text, &[expected]);
    }
}

#[test]
fn formulas_are_those_of_the_century() {
    let of = |year: &str, lang: &str| {
        let fields = format!(
            "exchange = {{ en = \"Oud\", ko = \"개성\", zh = \"開城\" }}\n\
             done_in = [\"en\", \"zh\"]\n{TREATY}{ARTICLES}"
        );
        text_of("peace-treaty", &fields.replace("1954", year), lang)
    };
    let cases = [
        (
            "1783",
            "en",
            ["underwritten Plenipotentiaries", "space of six months", "the same force"],
        ),
        (
            "1871",
            "en",
            ["the seals of their arms", "within six months", "the same force"],
        ),
        (
            "1919",
            "en",
            [
                "above-named Plenipotentiaries",
                "deposit of ratifications",
                "equally authentic",
            ],
        ),
        (
            "1954",
            "en",
            ["respective Plenipotentiaries", "own constitution", "equally authentic"],
        ),
        ("1783", "ko", ["길이 지킬 증거로 삼는다.", "여섯 달 안에", "뜻이 서로 같다."]),
        ("1882", "ko", ["전권대신이", "교환한 날로부터 시행한다.", "뜻이 서로 같다."]),
        ("1919", "ko", ["서명 날인하였다.", "개성에 기탁하며", "동등하게 정본이다."]),
        ("1954", "ko", ["그 인장을 찍었다.", "그 헌법에 따라", "동등하게 정본이다."]),
        (
            "1783",
            "zh",
            ["互執一本，永遠遵守。", "如能更早則從其早", "文義相同，彼此為憑。"],
        ),
        ("1882", "zh", ["蓋用印信，以昭憑信。", "一律施行。", "文義相同，彼此為憑。"]),
        ("1919", "zh", ["簽名蓋章，以昭信守。", "存放於開城", "各文本同等作準。"]),
        ("1954", "zh", ["簽字蓋印，以昭信守。", "依其本國憲法批准", "各文本同等作準。"]),
    ];
    for (year, lang, expected) in cases {
        assert_says(&of(year, lang), &expected);
    }
}

#[test]
fn a_printed_copy_has_letters_for_seals() {
    let fields = format!("seals_as = \"letters\"\n{TREATY}{ARTICLES}");
    let fields = Fields::from_toml(&fields).unwrap();
    let pages = typeset("peace-treaty", &fields, "en");
    assert_eq!(all_words(&pages).matches("(L.S.)").count(), 2);
    assert!(pages.tags.iter().all(|tag| tag.role != Role::Figure));
}

/// The fields of a treaty on many pages that is signed, initialled and bound.
fn solemn() -> Fields {
    let long = ["Peace. "; 900].concat();
    let more = format!("[[articles]]\ntext = [\"{long}\"]\n");
    let fields = format!(
        "inked = true\nparaphs = true\nbinding = \"blue\"\n{TREATY}{ARTICLES}{more}"
    );
    Fields::from_toml(&fields).unwrap()
}

#[test]
fn paraphs_stand_on_every_page_but_the_signed() {
    let pages = typeset("peace-treaty", &solemn(), "en");
    assert!(pages.pages.len() > 2);
    for page in &pages.pages {
        let artifacts = page.items.iter().filter(|placed| placed.mark == Mark::Artifact);
        let runs = artifacts.filter_map(|placed| match &placed.item {
            Item::Run(run) => Some(run),
            _ => None,
        });
        let initials: Vec<_> =
            runs.filter(|run| ["A.Q.", "B.R."].contains(&run.text.trim())).collect();
        let signed = words(page).contains("For the Morrow:");
        assert_eq!(initials.len(), if signed { 0 } else { 2 }, "{}", words(page));
        for run in initials {
            assert!(run.origin.y < page.size.height, "in the margin");
            assert!(run.origin.x > page.size.width * 0.5, "at the outer corner");
        }
        let ribbon = page.items.iter().filter(|placed| {
            placed.mark == Mark::Artifact && matches!(placed.item, Item::Image(_))
        });
        assert_eq!(ribbon.count(), 2, "stitches");
    }
}

#[test]
fn initials_of_hangul_are_as_large_as_those_of_han() {
    let fields = solemn().set("parties.1.signatories.1.signed_as", "박재");
    let fields = fields.set("parties.2.signatories.1.signed_as", "尹世");
    let pages = typeset("peace-treaty", &fields, "en");
    let items =
        pages.pages[1].items.iter().filter(|placed| placed.mark == Mark::Artifact);
    let size = |c: char| {
        let mut runs = items.clone().filter_map(|placed| match &placed.item {
            Item::Run(run) if run.text.contains(c) => Some(run.size),
            _ => None,
        });
        runs.next().unwrap().to_pt()
    };
    // Hangul of the pen is drawn small in its square.
    let times = size('박') / size('尹');
    assert!((1.2..2.2).contains(&times), "{times}");
}

/// The faces in which names are written, in the order of the text.
fn hands(pages: &Pages, names: &[&str]) -> Vec<String> {
    let runs = pages.pages.iter().flat_map(|page| &page.items);
    let runs = runs.filter_map(|placed| match &placed.item {
        Item::Run(run) if run.role.starts_with("hand/") => Some(run),
        _ => None,
    });
    let runs: Vec<_> = runs.collect();
    let face = |name: &&str| {
        let last = name.split(' ').next_back().unwrap();
        let run = runs.iter().find(|run| run.text.contains(last)).unwrap();
        format!("{} {}", run.role, run.size)
    };
    names.iter().map(face).collect()
}

#[test]
fn each_signs_in_a_hand_of_his_own_in_both_copies() {
    let names = ["Ada Quill", "Ben Reed"];
    let one = typeset("peace-treaty", &solemn().set("copy", 1.0), "en");
    let other = typeset("peace-treaty", &solemn().set("copy", 2.0), "en");
    let hands_of = hands(&one, &names);
    assert_eq!(hands_of.iter().collect::<BTreeSet<_>>().len(), 2, "{hands_of:?}");
    assert_eq!(hands_of, hands(&other, &names));
}

#[test]
fn a_map_is_a_plate_with_a_caption_and_words_for_it() {
    let (width, height) = (300, 200);
    let pixels = (0..width * height).map(|at| (at % 251) as u8).collect();
    let picture = Picture { width, height, channels: Channels::Gray, pixels };
    let file = Value::Image(picture.to_png(Some(Resolution(100.0))).into());
    let fields = format!(
        "{TREATY}{ARTICLES}[[articles]]\ntext = [\"As [#zone] shows.\"]\n\
         [[annexes]]\nid = \"tolls\"\nheading = \"Tolls\"\ntext = [\"One.\", \"Two.\"]\n\
         [[maps]]\nid = \"zone\"\npicture = \"zone.png\"\ncaption = \"The zone\"\n\
         about = \"A river between hills\"\n"
    );
    let fields = Fields::from_toml(&fields).unwrap().set("maps.1.picture", file);
    let pages = typeset("peace-treaty", &fields, "en");
    assert_says(&dense(&all_words(&pages)), &["As Map 1 shows.", "Annex", "Tolls"]);
    let plate = pages.pages.last().unwrap();
    // Behind it stand the number of the page and the marking.
    assert!(words(plate).trim().starts_with("Map 1. The zone"), "{}", words(plate));
    let image = plate.items.iter().find_map(|placed| match (&placed.item, placed.mark) {
        (Item::Image(image), Mark::Content(tag)) => Some((image, tag)),
        _ => None,
    });
    let (image, tag) = image.unwrap();
    let tag = &pages.tags[tag.0 as usize];
    assert_eq!(
        (tag.role, tag.alt.as_deref()),
        (Role::Figure, Some("A river between hills"))
    );
    let size = image.rect.size;
    assert!((size.width / size.height - 1.5).abs() < 1e-6);
    assert!(size.width > plate.size.width * 0.5, "as large as fits");
}

#[test]
fn three_powers_stand_in_the_order_of_each_alphabet() {
    let third = "  { name = { en = \"the Zemble\", ko = \"가국\", zh = \"賽國\" }, \
                 signatories = [{ name = { en = \"Cal Poe\", ko = \"포칼\", zh = \"鮑加\" } }] },\n]";
    let powers = TREATY.trim_end().trim_end_matches(']').to_owned() + third;
    let fields = format!("order = \"alphabetical\"\n{powers}\n{ARTICLES}");
    for (lang, expected) in [
        ("en", "Anland, the Morrow, and the Zemble,"),
        ("ko", "안국, 가국 및 모국"),
        ("zh", "安國、穆國及賽國"),
    ] {
        assert_says(&text_of("peace-treaty", &fields, lang), &[expected]);
    }
}

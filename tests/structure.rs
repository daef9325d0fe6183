//! The logical structure of documents: what a program that reads them aloud is told.

use engross::page::{Item, Mark, Pages, Role, TagId};
use engross::{Fields, Look, PdfOptions, Press};

/// A template of clauses, with clauses in one of them.
const BODY: &str = "# Rules\n\n{.clause label=\"1.\"}\nThe first rule of the house.\n\n\
    {.clause label=\"2.\"}\nThe second, which has parts:\n\n{.subclause label=\"a.\"}\n\
    one part;\n\n{.subclause label=\"b.\"}\nanother part.\n\n{.clause label=\"3.\"}\n\
    The third.\n\nDone.\n\n{.clause label=\"1.\"}\nA rule of its own, which is long enough \
    to be divided between two lines and more, as rules of houses are wont to be, for they \
    grow with every guest and every year, and nobody takes one away.\n\n\
    {colour=\"black\" alt=\"Seal of the house\"}\n::: seal\n\n:::\n";

/// The manifest.
const MANIFEST: &str = "[template]\nname = \"rules\"\nversion = \"1.0\"\nkind = \"treaty\"\n\
    langs = [\"en\"]\nstyle = \"plain\"\n[template.title]\nen = \"Rules\"\n\
    [template.about]\nen = \"Rules of a house\"\n";

/// The rules, set.
fn rules() -> Pages {
    let files = [("template.toml", MANIFEST), ("body.en.dj", BODY)];
    let named = files.map(|(name, text)| {
        (format!("templates/rules/{name}"), text.as_bytes().to_vec())
    });
    let press = Press::with_files(named).expect("the files are sound");
    let filled = press.template("rules").expect("it is there").fill(&Fields::new());
    press.typeset(&filled.expect("it fills"), &Look::new()).expect("it can be set")
}

/// The words of a node itself.
fn words(pages: &Pages, tag: TagId) -> String {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let own = items.filter(|placed| placed.mark == Mark::Content(tag));
    let text = own.filter_map(|placed| match &placed.item {
        Item::Run(run) => Some(run.text.as_str()),
        _ => None,
    });
    text.collect()
}

/// The tree as text, one node a line.
fn tree(pages: &Pages, under: Option<TagId>, depth: usize, out: &mut Vec<String>) {
    for (index, tag) in pages.tags.iter().enumerate() {
        if tag.parent == under {
            let id = TagId(index as u32);
            let words: String = words(pages, id).chars().take(12).collect();
            out.push(format!("{}{:?} {}", " ".repeat(depth), tag.role, words.trim()));
            tree(pages, Some(id), depth + 1, out);
        }
    }
}

#[test]
fn labelled_paragraphs_are_lists_and_lists_stand_in_entries() {
    let pages = rules();
    let mut lines = Vec::new();
    tree(&pages, None, 0, &mut lines);
    let expected = [
        "Section",
        " Heading(1) Rules",
        " List",
        "  ListItem",
        "   Label 1.",
        "   ListBody",
        "    Paragraph The first ru",
        "  ListItem",
        "   Label 2.",
        "   ListBody",
        "    Paragraph The second,",
        "    List",
        "     ListItem",
        "      Label a.",
        "      ListBody",
        "       Paragraph one part;",
        "     ListItem",
        "      Label b.",
        "      ListBody",
        "       Paragraph another part",
        "  ListItem",
        "   Label 3.",
        "   ListBody",
        "    Paragraph The third.",
        " Paragraph Done.",
        " List",
        "  ListItem",
        "   Label 1.",
        "   ListBody",
        "    Paragraph A rule of it",
        " Figure",
    ];
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    assert_eq!(lines, expected);
    let figure = pages.tags.iter().find(|tag| tag.role == Role::Figure);
    let alt = figure.and_then(|figure| figure.alt.as_deref());
    assert_eq!(alt, Some("Seal of the house"));
}

#[test]
fn words_of_two_lines_stay_apart() {
    let pages = rules();
    let long = pages.tags.iter().rposition(|tag| tag.role == Role::Paragraph);
    let text = words(&pages, TagId(long.expect("there is one") as u32));
    let text = text.replace('\u{ad}', "");
    let said = BODY.split("A rule of its own").nth(1).expect("it is there");
    let said = said.split("\n\n").next().expect("it ends");
    assert_eq!(text, format!("A rule of its own{said}"));
}

#[test]
fn a_letter_of_one_page_is_small() {
    let press = Press::new();
    let letter = press.template("letter").expect("it is there");
    let filled = letter.fill(&letter.sample().expect("it has one")).expect("it fills");
    let aged = Look::new();
    let printed = Look::new().style("print-1953").finish(engross::Finish::Clean);
    for (look, most) in [(aged, 130_000), (printed, 25_000)] {
        let pages = press.typeset(&filled, &look).expect("it is set");
        assert_eq!(pages.pages.len(), 1);
        let size = pages.pdf(&PdfOptions::default()).expect("it is written").len();
        assert!(size <= most, "{look:?}: {size}");
    }
}

/// A template of one text, set.
fn set(body: &str) -> Result<Pages, engross::diag::Problems> {
    let files = [("template.toml", MANIFEST), ("body.en.dj", body)];
    let named = files.map(|(name, text)| {
        (format!("templates/rules/{name}"), text.as_bytes().to_vec())
    });
    let press = Press::with_files(named)?;
    let filled = press.template("rules")?.fill(&Fields::new())?;
    press.typeset(&filled, &Look::new().finish(engross::Finish::Clean))
}

#[test]
fn links_lead_to_what_has_their_name() {
    let pages =
        set("# One\n\n{id=first}\nOne.\n\nSee [it](#first).\n").expect("it is set");
    let link = pages.tags.iter().find(|tag| tag.role == Role::Link).expect("it is there");
    assert_eq!(link.target.as_deref(), Some("first"));
    let pdf = pages.pdf(&PdfOptions::default()).expect("it is written");
    let pdf = lopdf::Document::load_mem(&pdf).expect("it can be read");
    let page = *pdf.get_pages().get(&1).expect("there is one");
    let links = pdf.get_page_annotations(page).expect("they can be read");
    assert_eq!(links.len(), 1);
    let kind = links[0].get(b"Subtype").and_then(lopdf::Object::as_name);
    assert_eq!(kind.ok(), Some(&b"Link"[..]));
    let to = links[0].get(b"Dest").and_then(lopdf::Object::as_array).expect("it leads");
    assert_eq!(to[0].as_reference().ok(), Some(page));
}

#[test]
fn a_link_that_leads_nowhere_is_an_error() {
    let problems = set("# One\n\nSee [the second](#second).\n").expect_err("it is lost");
    assert!(problems.to_string().contains("`#second`"), "{problems}");
}

//! Impressions, seen from outside: a hand is no font, keys keep their faults, types are
//! worn, copies are fainter; and whatever happens to letters, the text stays the text.

use std::collections::BTreeMap;

use engross::font::Knot;
use engross::page::{Item, Pages, Run};
use engross::press::{Finish, Look, Press};
use engross::seed::Seed;

/// A document of a template in one of its styles or one that is given as a file.
fn typeset(template: &str, style: &str, look: &Look) -> Pages {
    let files = [("styles/tried.toml".to_owned(), style.as_bytes().to_vec())];
    let press = Press::with_files(files).expect("the style is a style");
    let template = press.template(template).expect("it is bundled");
    let sample = template.sample().expect("a template has a sample");
    let filled = template.fill(&sample).expect("the sample fills it");
    let look = if style.is_empty() { look.clone() } else { look.clone().style("tried") };
    press.typeset(&filled, &look).expect("it is set")
}

/// The runs of a role.
fn runs<'a>(pages: &'a Pages, role: &str) -> Vec<&'a Run> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let runs = items.filter_map(|placed| match &placed.item {
        Item::Run(run) if &*run.role == role => Some(run),
        _ => None,
    });
    runs.collect()
}

/// The letters of a role in order, each with its outline.
fn letters(pages: &Pages, role: &str) -> Vec<(String, Vec<Vec<Knot>>)> {
    let mut out = Vec::new();
    for run in runs(pages, role) {
        let face = &pages.faces[usize::from(run.face.0)];
        for glyph in &run.glyphs {
            let says = run.text[glyph.text.clone()].to_owned();
            if !says.trim().is_empty() {
                out.push((says, face.contours(glyph.id)));
            }
        }
    }
    out
}

/// How many forms each letter has in each face, and how often it stands there.
fn forms(pages: &Pages, role: &str) -> BTreeMap<(u16, String), (usize, usize)> {
    let mut known: BTreeMap<(u16, String), Vec<u16>> = BTreeMap::new();
    for run in runs(pages, role) {
        for glyph in &run.glyphs {
            let says = run.text[glyph.text.clone()].to_owned();
            known.entry((run.face.0, says)).or_default().push(glyph.id);
        }
    }
    let count = |(letter, mut ids): ((u16, String), Vec<u16>)| {
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        (letter, (ids.len(), all))
    };
    known.into_iter().map(count).collect()
}

/// The mean lightness of the letters of a role.
fn lightness(pages: &Pages, role: &str) -> f32 {
    let runs = runs(pages, role);
    let struck = runs.iter().flat_map(|run| &run.glyphs).filter_map(|g| g.strike);
    let all: Vec<f32> = struck.map(|strike| strike.ink.l).collect();
    all.iter().sum::<f32>() / all.len() as f32
}

/// The area of the letters of a role, in square ems.
fn blackness(pages: &Pages, role: &str) -> f64 {
    let area = |contour: &Vec<Knot>| -> f64 {
        let next = contour.iter().cycle().skip(1);
        contour.iter().zip(next).map(|(a, b)| (a.x * b.y - b.x * a.y) * 0.5).sum()
    };
    letters(pages, role).iter().map(|(_, o)| o.iter().map(area).sum::<f64>().abs()).sum()
}

#[test]
fn a_hand_draws_no_letter_twice_among_its_neighbours() {
    let pages = typeset("soldier-letter", "", &Look::default());
    let letters = letters(&pages, "body");
    assert!(letters.len() > 500, "{}", letters.len());
    let mut last: BTreeMap<&str, Vec<&Vec<Vec<Knot>>>> = BTreeMap::new();
    for (says, outline) in &letters {
        let before = last.entry(says).or_default();
        let near = before.iter().rev().take(3);
        assert!(!near.into_iter().any(|o| *o == outline), "`{says}` is drawn as before");
        before.push(outline);
    }
}

#[test]
fn words_wander_lean_and_are_larger_or_smaller() {
    let pages = typeset("soldier-letter", "", &Look::default());
    let words = runs(&pages, "body");
    let differ = |of: &dyn Fn(&Run) -> i64| {
        words
            .iter()
            .map(|word| of(word))
            .collect::<std::collections::BTreeSet<i64>>()
            .len()
    };
    assert!(differ(&|word| (word.slant.to_degrees() * 100.0) as i64) > 5);
    assert!(differ(&|word| (word.size.to_pt() * 1000.0) as i64) > 5);
    assert!(differ(&|word| (word.turn.to_degrees() * 100.0) as i64) > 5);
}

#[test]
fn what_a_hand_writes_is_what_was_laid_out() {
    let said = |finish| {
        let look = Look::new().finish(finish);
        let pages = typeset("army-letter", "", &look);
        let items = pages.pages.iter().flat_map(|page| &page.items);
        let text = items.filter_map(|placed| match &placed.item {
            Item::Run(run) => Some(run.text.clone()),
            _ => None,
        });
        text.collect::<String>()
    };
    assert_eq!(said(Finish::Aged), said(Finish::Clean));
}

#[test]
fn keys_have_a_few_forms_and_stand_in_their_cells() {
    let pages = typeset("army-letter", "", &Look::default());
    let forms = forms(&pages, "body");
    // Four of the small letter, and four of the capital that may stand for it.
    assert!(forms.values().all(|(forms, _)| *forms <= 8), "a key is one key: {forms:?}");
    assert!(forms.iter().any(|((_, says), (forms, _))| says == "e" && *forms > 1));
    for run in runs(&pages, "body") {
        let straight = run.glyphs.iter().filter_map(|glyph| glyph.strike);
        assert!(
            straight.into_iter().all(|s| s.dx.to_pt() == 0.0),
            "gaps look like spaces"
        );
    }
}

#[test]
fn carbon_copies_are_fainter_and_heavier_the_deeper_they_lie() {
    let copy = |number: u8| {
        let style = format!(
            "extends = \"army-letter-1944\"\n[inks.body]\nkind = \"ribbon\"\ncopy = {number}\n"
        );
        typeset("army-letter", &style, &Look::default())
    };
    let copies = [0, 1, 3, 5].map(copy);
    let light = copies.each_ref().map(|pages| lightness(pages, "body"));
    assert!(light.is_sorted_by(|a, b| a + 2.0 < *b), "{light:?}");
    let black = copies.each_ref().map(|pages| blackness(pages, "body"));
    assert!(black.is_sorted_by(|a, b| *a < *b), "{black:?}");
}

#[test]
fn a_tremor_can_rise_through_a_document() {
    let shaken = |tremor: &str| {
        let style = format!(
            "extends = \"hand-1951\"\n[inks.body]\nkind = \"pen\"\ntremor = {tremor}\n"
        );
        let pages = typeset("soldier-letter", &style, &Look::default());
        let faces: std::collections::BTreeSet<u16> =
            runs(&pages, "body").iter().map(|run| run.face.0).collect();
        faces.len()
    };
    assert_eq!(shaken("0.3"), 1, "one hand");
    assert!(shaken("[0.0, 1.0]") > 4, "a hand that changes");
}

#[test]
fn a_numbered_hand_is_the_same_in_every_document() {
    let style = "extends = \"hand-1951\"\n[inks.body]\nkind = \"pen\"\nhand = 7\n";
    let drawn = |style: &str, seed| {
        let look = Look::new().seed(Seed(seed));
        let pages = typeset("soldier-letter", style, &look);
        letters(&pages, "body")
            .into_iter()
            .map(|(_, outline)| outline)
            .collect::<Vec<_>>()
    };
    let (one, other) = (drawn(style, 1), drawn(style, 2));
    assert!(one.iter().filter(|o| other.contains(o)).count() * 10 > one.len() * 9);
    let own = style.replace("hand = 7\n", "");
    let (one, other) = (drawn(&own, 1), drawn(&own, 2));
    assert!(one.iter().filter(|o| other.contains(o)).count() * 10 < one.len());
}

#[test]
fn worn_types_differ_and_engraving_does_not() {
    let kind = |ink: &str| {
        let style = format!("extends = \"broadside-1863\"\n[inks.body]\n{ink}\n");
        let pages = typeset("proclamation", &style, &Look::default());
        let forms = forms(&pages, "body").into_iter();
        forms.filter(|((_, says), _)| says == "e").map(|(_, (forms, _))| forms).max()
    };
    // Of the small letter, and of the capital that may stand for it.
    assert_eq!(kind("kind = \"press\"\nwear = 0.8"), Some(2 * 3));
    assert_eq!(kind("kind = \"engraved\""), Some(2));
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_other_forms() {
    let pdf = |seed| {
        let look = Look::new().seed(Seed(seed));
        let pages = typeset("victorian-letter", "", &look);
        pages.pdf(&engross::PdfOptions::default()).expect("it is written")
    };
    assert_eq!(pdf(1), pdf(1));
    assert_ne!(pdf(1), pdf(2));
}

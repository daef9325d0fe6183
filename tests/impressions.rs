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

/// A page with this text in this style.
fn page(base: &str, text: &str) -> Pages {
    let manifest = format!(
        "[template]\nname = \"tried\"\nversion = \"1\"\nkind = \"letter\"\nlangs = [\"en\"]\n\
         title = {{ en = \"Tried\" }}\nabout = {{ en = \"Tried\" }}\nstyle = \"{base}\"\n\
         paper = \"wove\"\n"
    );
    let files = [
        ("templates/tried/template.toml", manifest.as_str()),
        ("templates/tried/body.en.dj", text),
        ("templates/tried/sample.toml", ""),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let press = Press::with_files(files).expect("the template is sound");
    let template = press.template("tried").expect("it is there");
    let filled = template.fill(&template.sample().expect("none")).expect("it is filled");
    press.typeset(&filled, &Look::new().mark(false)).expect("it is set")
}

/// The shapes of a page.
fn shapes(pages: &Pages) -> Vec<&engross::page::Shape> {
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let shapes = items.filter_map(|placed| match &placed.item {
        Item::Shape(shape) => Some(shape),
        _ => None,
    });
    shapes.collect()
}

#[test]
fn a_hand_strikes_a_word_and_writes_the_right_one_above() {
    let pages = page("hand-1951", "It came {-yesteday-}{ruby=\"yesterday\"} at noon.");
    let runs = runs(&pages, "body");
    let of =
        |word: &str| runs.iter().find(|run| run.text.trim() == word).expect("it is set");
    let (wrong, right) = (of("yesteday"), of("yesterday"));
    assert!(right.origin.y < wrong.origin.y && right.size < wrong.size);
    let lines = shapes(&pages);
    let line = lines.iter().find(|shape| shape.stroke.is_some()).expect("it is struck");
    assert!(line.path.len() > 2, "by hand: {:?}", line.path);
}

#[test]
fn a_typist_strikes_x_over_what_is_wrong() {
    let pages = page("typescript-1953", "that {-teh-} the key");
    let runs = runs(&pages, "body");
    let run = runs.iter().find(|run| run.text.contains("teh")).expect("it can be copied");
    let silent = run.glyphs.iter().filter(|glyph| glyph.text.is_empty()).count();
    assert_eq!(silent, 3, "an x for each letter, which says nothing");
    assert!(!run.text.contains('x'));
}

#[test]
fn what_is_redacted_is_not_in_the_file() {
    let pages = page("typescript-1953", "The boat [Halcyon]{.redacted} has left.");
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let said = items.filter_map(|placed| match &placed.item {
        Item::Run(run) => Some(run.text.as_str()),
        _ => None,
    });
    let said: String = said.collect();
    assert!(said.contains("boat") && !said.contains("Halcyon"), "{said}");
    assert_eq!(shapes(&pages).iter().filter(|shape| shape.fill.is_some()).count(), 1);
}

#[test]
fn stamps_say_what_they_say_and_press_unevenly() {
    let stamp = |attributes: &str| {
        let pages =
            page("typescript-1953", &format!("{{{attributes} .seal}}\n:::\n:::\n"));
        let alt =
            pages.tags.iter().find_map(|tag| tag.alt.clone()).expect("it is described");
        let items = pages.pages.into_iter().flat_map(|page| page.items);
        let images = items.filter_map(|placed| match placed.item {
            Item::Image(image) => Some(image.picture),
            _ => None,
        });
        (alt, images.into_iter().next().expect("it is a picture"))
    };
    for (attributes, words) in [
        (
            "kind=rubber colour=violet text=\"RECEIVED|14 JUN 1943\"",
            "RECEIVED, 14 JUN 1943",
        ),
        ("kind=rubber shape=round around=\"PORT\" text=\"14\"", "PORT, 14"),
        ("kind=rubber shape=oval around=\"PORT\" text=\"14\"", "PORT, 14"),
        ("kind=postmark around=\"PORT\" text=\"JUN 9\"", "PORT, JUN 9"),
        ("kind=dry around=\"SENATE\" text=\"K\"", "SENATE, K"),
    ] {
        let (alt, picture) = stamp(attributes);
        assert!(alt.contains(words), "{alt}");
        let opacities: std::collections::BTreeSet<u8> =
            picture.pixels.chunks_exact(4).map(|pixel| pixel[3]).collect();
        assert!(
            opacities.contains(&0) && opacities.len() > 8,
            "{attributes}: {opacities:?}"
        );
    }
}

#[test]
fn wax_cracks_with_age() {
    use engross::document::Attributes;
    use engross::geom::Length;
    use engross::ink::seal::Seal;
    let draw = |age: i32| {
        let seal =
            Seal { age: age.into(), ..Seal::from_attributes(&Attributes::class("seal")) };
        let drawn = seal.draw(Length::mm(25.0), Seed(4), &|_| None);
        match drawn.items.into_iter().next() {
            Some(Item::Image(image)) => image.picture,
            _ => unreachable!("wax is a picture"),
        }
    };
    assert_eq!(draw(0), draw(20), "young wax is whole");
    assert_ne!(draw(0), draw(100));
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

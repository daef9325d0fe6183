//! What could not have been is found, with its place and what the period had instead; and
//! none of it is in what we ship.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;

use engross::diag::{Diagnostic, Severity};
use engross::lang::Lang;
use engross::{Fields, Look, Press};

/// The name of the entry that a warning is from.
fn id(problem: &Diagnostic) -> &str {
    assert_eq!((problem.code, problem.severity), ("anachronism", Severity::Warning));
    let hint = problem.hint.as_deref().unwrap();
    hint.rsplit("--allow ").next().unwrap().split(' ').next().unwrap()
}

/// What is found in fields of a template with a look.
fn found(template: &str, fields: &str, lang: Lang, look: &Look) -> Vec<Diagnostic> {
    let press = Press::new();
    let template = press.template(template).unwrap();
    let fields = engross::data::read_toml("my.toml", fields).unwrap();
    let filled = template.fill_in(&fields, &[lang]).unwrap();
    press.anachronisms(&filled, look).unwrap()
}

/// A look in which nothing but words can be wrong.
fn words_only() -> Look {
    Look::new().allow(["style-years", "paper-years", "face-years"].map(str::to_owned))
}

#[test]
fn planted_ones_are_found() {
    let planted = include_str!("planted.toml");
    let planted = Fields::from_toml(planted).unwrap();
    let letters = planted.get("letters").unwrap().entries();
    let mut ids = BTreeSet::new();
    for letter in letters {
        let parts: Vec<&str> =
            letter.entries().iter().filter_map(|part| part.text(Lang::EN)).collect();
        let [day, lang, text, entry] = parts[..] else { panic!("{parts:?}") };
        let fields =
            format!("date = {day}\nparagraphs = [\"{text}\"]\nsignature = \"H\"\n");
        let found = found("letter", &fields, lang.parse().unwrap(), &words_only());
        let names: BTreeSet<&str> = found.iter().map(id).collect();
        assert!(names.contains(entry), "{text}: {found:#?}");
        assert_eq!(names.len(), 1, "{text}: {found:#?}");
        let place = found[0].place.as_ref().unwrap();
        let thing = found[0].message.split(['“', '”']).nth(1).unwrap();
        let column =
            "paragraphs = [\"".len() + text[..text.find(thing).unwrap()].chars().count();
        assert_eq!(place.to_string(), format!("my.toml:2:{}", column + 1), "{text}");
        let hint = found[0].hint.as_deref().unwrap();
        assert!(hint.split(';').next().unwrap().len() > 8, "{text}: {hint}");
        ids.insert(entry.to_owned());
    }
    assert!(ids.len() >= 40, "{}", ids.len());
}

#[test]
fn texts_of_their_time_have_none() {
    let plausible = Fields::from_toml(include_str!("plausible.toml")).unwrap();
    let letters = plausible.get("letters").unwrap().entries();
    assert!(letters.len() >= 50);
    for letter in letters {
        let parts: Vec<&str> =
            letter.entries().iter().filter_map(|part| part.text(Lang::EN)).collect();
        let [day, lang, text] = parts[..] else { panic!("{parts:?}") };
        let fields =
            format!("date = {day}\nparagraphs = [\"{text}\"]\nsignature = \"H\"\n");
        let found = found("letter", &fields, lang.parse().unwrap(), &words_only());
        assert!(found.is_empty(), "{day}: {text}: {found:#?}");
    }
}

#[test]
fn entries_are_many_and_each_names_its_source() {
    let catalogue = Press::new().catalogue().unwrap();
    assert!(catalogue.iter().count() >= 100);
    for entry in catalogue.iter() {
        assert!(entry.source.chars().count() > 5, "{}", entry.id);
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(entry.id.chars().all(plain), "{}", entry.id);
    }
}

#[test]
fn styles_papers_faces_inks_sizes_and_days_are_looked_at() {
    let letter =
        "date = 1783-09-03\nparagraphs = [\"All is well.\"]\nsignature = \"H\"\n";
    let look = Look::new().style("typescript-1953").paper("bond");
    let found = found("letter", letter, Lang::EN, &look);
    let names: Vec<&str> = found.iter().map(id).collect();
    for name in ["style-years", "paper-years", "face-years", "typewriting"] {
        assert!(names.contains(&name), "{found:#?}");
    }
    let hint = found[0].hint.as_deref().unwrap();
    assert!(hint.starts_with("choose --style roundhand-1783"), "{hint}");
    let none = self::found("letter", letter, Lang::EN, &Look::period(1783));
    assert!(none.is_empty(), "{none:#?}");
}

#[test]
fn a_day_that_never_was_is_told() {
    let press = Press::new();
    let template = press.template("eighteenth-century-letter").unwrap();
    let fields = template.sample().unwrap().set("date", "1752-09-05");
    let filled = template.fill(&fields).unwrap();
    let found = press.anachronisms(&filled, &Look::new()).unwrap();
    assert_eq!(found.iter().map(id).collect::<Vec<_>>(), ["lost-days-1752"]);
}

#[test]
fn words_of_the_template_have_the_line_of_the_template() {
    let fields = "date = 1850-01-01\nplace = \"Rye\"\nto = \"Ann\"\n\
                  text = [\"All well\"]\nsender = \"Tom\"\ncompany = \"The Line\"\n";
    let press = Press::new();
    let template = press.template("telegram").unwrap();
    let fields = engross::data::read_toml("my.toml", fields).unwrap();
    let filled = template.fill(&fields).unwrap();
    let found = press.anachronisms(&filled, &words_only()).unwrap();
    assert!(!found.is_empty());
    for problem in found {
        let place = problem.place.map(|place| place.to_string());
        assert!(
            place.as_ref().is_none_or(|p| p.starts_with("templates/telegram/body.en.dj")),
            "{place:?}"
        );
    }
}

#[test]
fn our_samples_have_none() {
    let press = Press::new();
    for name in press.template_names() {
        let template = press.template(name).unwrap();
        let sample = template.sample().unwrap();
        let langs = template.manifest().langs.clone();
        let filled = template.fill_in(&sample, &langs).unwrap();
        assert!(filled.date().is_some(), "{name} has no date");
        let found = press.anachronisms(&filled, &Look::new()).unwrap();
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn what_is_allowed_is_not_told() {
    let fields = "date = 1850-07-01\nparagraphs = [\"A telegram.\"]\nsignature = \"H\"\n";
    let allow = |id: &str| Look::new().allow([id.to_owned()]);
    assert_eq!(found("letter", fields, Lang::EN, &Look::new()).len(), 1);
    assert!(found("letter", fields, Lang::EN, &allow("telegram")).is_empty());
    let press = Press::new();
    let template = press.template("letter").unwrap();
    let filled = template.fill(&template.sample().unwrap()).unwrap();
    let refused = press.anachronisms(&filled, &allow("telegrm")).unwrap_err();
    assert!(format!("{refused:#}").contains("write `telegram`"), "{refused:#}");
}

//! The search, on entries of its own.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;

/// An entry from TOML.
fn entry(id: &str, text: &str) -> Entry {
    let common = "why = \"w\"\ninstead = \"i\"\nsource = \"s\"\n";
    toml::from_str::<Entry>(&format!("{common}{text}")).unwrap().named(id)
}

/// The words found in a text of a day.
fn found(text: &str, entries: &str, day: &str) -> Vec<String> {
    let mut catalogue = Catalogue::default();
    catalogue.add(entry("it", entries));
    let when = When::day(day.parse().unwrap());
    let origin = Origin { when, provenance: vec!["US".to_owned()] };
    let found = catalogue.in_text(text, Lang::EN, &origin);
    found.into_iter().map(|found| found.text).collect()
}

#[test]
fn words_are_whole_and_keep_their_capitals() {
    let radio = "from = 1900\nwords = [\"radio*\", \"Foreign Legion\"]\n";
    let text = "RADIOS and radiomen, not a prioradio; the foreign legion, the FOREIGN \
                LEGION.";
    assert_eq!(found(text, radio, "1850-01-01"), ["RADIO", "radio", "FOREIGN LEGION"]);
    assert_eq!(found(text, radio, "1900-01-01"), [""; 0]);
}

#[test]
fn particles_may_follow_hangul_and_han_stands_anywhere() {
    let words = "from = 1948-08-15\nwords = [\"대한민국\", \"民國\"]\n";
    let text = "대한민국은 구대한민국이 아니다. 中華民國四十二年";
    assert_eq!(found(text, words, "1947-01-01"), ["대한민국", "民國"]);
}

#[test]
fn what_lies_in_an_exception_does_not_count() {
    let words = "from = 1800\nwords = [\"india\"]\nexcept = [\"East India\"]\n";
    assert_eq!(found("East India and India", words, "1750-01-01"), ["India"]);
}

#[test]
fn the_group_of_a_pattern_is_the_thing() {
    let zip = "from = 1963-07-01\npattern = '[A-Z]{2} (\\d{5})\\b'\n";
    assert_eq!(found("Bangor, ME 04401", zip, "1963-06-30"), ["04401"]);
    assert_eq!(found("Bangor, ME 04401", zip, "1963-07-01"), [""; 0]);
}

#[test]
fn what_has_ended_may_be_kept_up_in_our_own_day() {
    let dangi = "era = \"dangi\"\nwords = [\"Dangi\"]\n";
    for (day, count) in
        [("1948-09-24", 1), ("1948-09-25", 0), ("1961-12-31", 0), ("1962-01-01", 1)]
    {
        assert_eq!(found("Dangi", dangi, day).len(), count, "{day}");
    }
    assert_eq!(found("Dangi", dangi, "2020-01-01"), [""; 0]);
}

#[test]
fn entries_that_say_nothing_are_refused() {
    for text in [
        "why = \"w\"\ninstead = \"i\"\nsource = \"s\"\nfrom = 1900\n",
        "why = \"w\"\ninstead = \"i\"\nsource = \"s\"\nwords = [\"x\"]\n",
        "why = \"w\"\ninstead = \"i\"\nfrom = 1900\nwords = [\"x\"]\n",
        "why = \"w\"\ninstead = \"i\"\nsource = \"s\"\nfrom = \"x\"\nwords = [\"x\"]\n",
        "why = \"w\"\ninstead = \"i\"\nsource = \"s\"\nfrom = 1\npattern = \"(\"\n",
        "why = \"w\"\ninstead = \"i\"\nsource = \"s\"\nera = \"x\"\nwords = [\"x\"]\n",
        "why = \"w\"\ninstead = \"i\"\nsource = \"s\"\nfrom = 1\nwords = [\"*\"]\n",
    ] {
        assert!(toml::from_str::<Entry>(text).is_err(), "{text}");
    }
}

#[test]
fn sizes_lie_either_way() {
    let mut catalogue = Catalogue::default();
    catalogue.add(entry("a4", "provenance = [\"US\"]\nsize = [\"210mm\", \"297mm\"]\n"));
    let when = When::year(1953).unwrap();
    let [there, elsewhere] =
        ["US", "KR"].map(|place| Origin { when, provenance: vec![place.to_owned()] });
    let size = Size::new(crate::geom::Length::mm(297.0), crate::geom::Length::mm(210.0));
    assert!(catalogue.of_size(size, &there).is_some());
    assert!(catalogue.of_size(size, &elsewhere).is_none());
    let now = Origin { when: When::year(2020).unwrap(), ..there };
    assert!(catalogue.of_size(size, &now).is_none());
}

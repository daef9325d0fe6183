//! What users get wrong: each case has one clear message with place and repair, its exit
//! code, and leaves no file behind.

use std::fs;
use std::path::PathBuf;

use crate::{Desk, LETTER};

/// A template with a list, a date and a rule across fields.
const PACT: &str = r#"
[template]
name = "pact"
version = "1.0"
kind = "treaty"
langs = ["en"]
title = { en = "A pact" }
about = { en = "A pact" }
style = "typescript-1953"

[fields.signed]
type = "date"
required = true

[fields.effective]
type = "date"
required = true

[fields.witnesses]
type = "list"
of = { type = "text" }
min = 2

[[rules]]
expr = "signed <= effective"
field = "effective"
message = "the pact takes effect before it is signed"
hint = "give `effective` a day on or after `signed`"
"#;

/// The files of the tests.
const FILES: [(&str, &str); 10] = [
    ("good.toml", LETTER),
    ("missing.toml", "place = \"Seoul\"\nparagraphs = [\"All is well.\"]\n"),
    ("date.toml", "date = \"27/7/53\"\nparagraphs = [\"a\"]\nsignature = \"b\"\n"),
    ("unknown.toml", "plaec = \"Seoul\"\nparagraphs = [\"a\"]\nsignature = \"b\"\n"),
    ("broken.toml", "place = \"Seoul\"\nparagraphs = [\"a\"\nsignature = \"b\"\n"),
    ("broken.json", "{ \"place\": \"Seoul\", }"),
    ("sign.toml", "paragraphs = [\"Amharic: \u{1200}\"]\nsignature = \"b\"\n"),
    ("pact/template.toml", PACT),
    ("pact/body.en.dj", "Signed {{ signed | date(\"iso\") }}.\n"),
    ("bad-pact/body.en.dj", "Signed.\n\n{% if signed %}\nNever ended.\n"),
];

/// Runs `render` with arguments; how it must end and what it must say.
#[track_caller]
fn check(args: &[&str], code: i32, words: &[&str]) {
    let desk = Desk::with(&FILES);
    fs::write(desk.path().join("bad-pact/template.toml"), PACT).unwrap();
    let before = desk.files();
    let mut all = vec!["render"];
    all.extend(args);
    if !args.contains(&"-o") {
        all.extend(["-o", "out.pdf"]);
    }
    let ended = desk.run(&all);
    ended.says(code, words);
    assert_eq!(ended.err.matches("error[").count(), 1, "{}", ended.err);
    assert!(ended.err.contains("  = hint: "), "{}", ended.err);
    assert!(ended.out.is_empty());
    assert_eq!(desk.files(), before, "nothing is left behind");
}

#[test]
fn a_required_field_is_missing() {
    check(
        &["letter", "missing.toml"],
        1,
        &["error[field-missing]: `signature` is required", "┌ missing.toml\n"],
    );
}

#[test]
fn a_date_is_wrong() {
    check(
        &["letter", "date.toml"],
        1,
        &[
            "error[field-date]: `date` is not a date: \"27/7/53\"",
            "┌ date.toml:1:8\n  │ date = \"27/7/53\"\n  │        ^\n",
            "= hint: write 1953-07-27\n",
        ],
    );
}

#[test]
fn a_field_is_unknown() {
    check(
        &["letter", "unknown.toml"],
        1,
        &["there is no field `plaec`", "┌ unknown.toml:1:", "`place`"],
    );
    check(&["letter", "-s", "plaec=Seoul"], 1, &["`plaec`", "┌ -s\n", "`place`"]);
}

#[test]
fn a_template_is_unknown() {
    check(
        &["peace-traety"],
        2,
        &["there is no template named `peace-traety`", "hint: write `peace-treaty`"],
    );
}

#[test]
fn toml_and_json_are_broken() {
    check(&["letter", "broken.toml"], 2, &["error[broken-toml]", "┌ broken.toml:3:"]);
    check(&["letter", "broken.json"], 2, &["error[broken-json]", "┌ broken.json:1:"]);
}

#[test]
fn no_font_has_a_character() {
    check(
        &["letter", "sign.toml"],
        1,
        &["`paragraphs", "`\u{1200}` (U+1200)", "┌ sign.toml:1:"],
    );
}

#[test]
fn a_file_cannot_be_read() {
    check(&["letter", "absent.toml"], 3, &["error[unreadable]: `absent.toml`"]);
    // A folder with the name of a file.
    let desk = Desk::with(&[("folder.toml/x", "")]);
    desk.run(&["render", "letter", "folder.toml"])
        .says(3, &["error[unreadable]: `folder.toml`"]);
}

#[test]
fn the_output_folder_is_not_there() {
    check(
        &["letter", "good.toml", "-o", "absent/out.pdf"],
        3,
        &["error[no-folder]: the folder `absent` is not there", "mkdir -p absent"],
    );
}

#[cfg(unix)]
#[test]
fn there_is_no_permission() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::with(&[("good.toml", LETTER)]);
    let mut folder = desk.path().join("locked");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).unwrap();
    // Root may write everywhere but here.
    if fs::write(folder.join("probe"), "").is_ok() {
        folder = PathBuf::from("/proc");
    }
    let target = folder.join("out.pdf");
    desk.run(&["render", "letter", "good.toml", "-o", target.to_str().unwrap()])
        .says(3, &["error[unwritable]: ", "out.pdf` cannot be written", "hint: "]);
}

#[test]
fn a_list_is_too_short() {
    check(
        &[
            "./pact",
            "-",
            "-s",
            "signed=1953-07-27",
            "-s",
            "effective=1953-07-28",
            "-s",
            "witnesses.1=Ann",
        ],
        1,
        &["`witnesses`", "2"],
    );
}

#[test]
fn a_rule_across_fields_is_broken() {
    check(
        &["./pact", "-", "-s", "signed=1953-07-27", "-s", "effective=1950-06-25"],
        1,
        &["the pact takes effect before it is signed", "┌ -s\n", "on or after `signed`"],
    );
}

#[test]
fn a_template_does_not_parse() {
    check(&["./bad-pact"], 2, &["error[template", "┌ ./bad-pact/body.en.dj:"]);
    let desk = Desk::with(&[("t/template.toml", "[template]\nname = 3\n")]);
    desk.run(&["render", "./t"]).says(2, &["┌ ./t/template.toml:2:8\n", "hint: "]);
}

#[test]
fn other_things_are_not_there() {
    check(&["letter", "--style", "roundhand"], 2, &["error[unknown-style]"]);
    check(&["letter", "--paper", "laid"], 2, &["error[unknown-paper]"]);
    check(&["letter", "good.toml", "--lang", "de"], 2, &["`de`", "en, ko, zh"]);
    check(&["letter", "good.toml", "--row", "2"], 2, &["has no rows"]);
    check(&["letter", "good.toml", "-s", "place"], 2, &["`place` sets nothing"]);
    check(&["letter", "good.toml", "-o", "out"], 2, &["PDF or PNG"]);
    check(&["letter", "good.toml", "-o", "x.pdf", "-f", "png"], 2, &["not named .png"]);
    check(&["letter", "good.toml", "-o", "pact"], 2, &["error["]);
}

#[test]
fn a_picture_cannot_be_read() {
    let manifest = format!("{PACT}\n[fields.photo]\ntype = \"image\"\n");
    let values = "signed = 1953-07-27\neffective = 1953-07-27\n\
                  witnesses = [\"Ann\", \"Ben\"]\nphoto = \"photo.png\"\n";
    let desk = Desk::with(&[
        ("pact/template.toml", &manifest),
        ("pact/body.en.dj", "Signed.\n"),
        ("data/my.toml", values),
    ]);
    desk.run(&["render", "./pact", "data/my.toml"]).says(
        3,
        &["photo.png` cannot be read", "┌ data/my.toml:4:9\n", "hint: mend the path"],
    );
}

#[test]
fn all_problems_are_told_together() {
    let desk = Desk::with(&FILES);
    let ended = desk.run(&[
        "render",
        "letter",
        "date.toml",
        "-s",
        "plaec=x",
        "-s",
        "y",
        "--style",
        "none",
        "-o",
        "absent/out.pdf",
    ]);
    ended.says(
        3,
        &["unknown-style", "no-folder", "field-date", "field-unknown", "field-path"],
    );
    assert_eq!(ended.err.matches("error[").count(), 5);
}

#[test]
fn wrong_usage_is_told_by_the_arguments() {
    let desk = Desk::new();
    for args in [
        &[][..],
        &["rendre"],
        &["render"],
        &["render", "letter", "--age", "101"],
        &["render", "letter", "--ppi", "5"],
        &["render", "letter", "--made", "yesterday"],
        &["render", "letter", "--row", "1"],
        &["batch", "letter", "x.csv"],
        &["paper", "wove", "--size", "b9"],
    ] {
        let ended = desk.run(args);
        assert_eq!(ended.code, Some(2), "{args:?}: {}", ended.err);
    }
    assert_eq!(desk.files(), [""; 0]);
}

#[test]
fn the_day_of_making_must_be_sound() {
    let desk = Desk::new();
    let mut command = desk.command(&["render", "letter"]);
    let ended = crate::Ended::of(command.env("SOURCE_DATE_EPOCH", "yesterday"));
    ended.says(2, &["error[source-date-epoch]", "┌ SOURCE_DATE_EPOCH", "--made"]);
    assert_eq!(desk.files(), [""; 0]);
}

#[test]
fn what_is_typed_does_not_steer_the_terminal() {
    let desk = Desk::new();
    let ended = desk.run(&["render", "letter", "-s", "date=\u{1b}[2J"]);
    ended.says(1, &["error[field-date]"]);
    assert!(!ended.err.contains('\u{1b}'));
}

//! The commands that write no document.

use crate::{Desk, LETTER};

#[test]
fn a_new_file_of_fields_can_be_rendered_at_once() {
    let desk = Desk::new();
    for template in ["letter", "soldier-letter", "peace-treaty", "armistice"] {
        let file = format!("{template}.toml");
        desk.run(&["new", template, &file]).done();
        let args = ["render", template, &file, "--finish", "clean", "-o", "-"];
        let ended = desk.run(&args);
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{template}");
    }
    desk.run(&["new", "letter", "letter.toml"]).says(2, &["error[exists]"]);
    assert!(desk.run(&["new", "letter"]).done().starts_with("# The fields of"));
}

#[test]
fn a_new_template_can_be_rendered_at_once() {
    let desk = Desk::new();
    desk.run(&["new", "--template", "mine"]).done();
    assert_eq!(
        desk.files(),
        ["mine/body.en.dj", "mine/sample.toml", "mine/template.toml"]
    );
    assert_eq!(desk.run(&["check", "mine"]).done(), "mine: no problems\n");
    assert_eq!(desk.run(&["render", "./mine"]).done(), "mine.pdf\n");
    desk.run(&["new", "--template", "mine"]).says(2, &["`mine` is there already"]);
}

/// Each example of fields names the command that uses it.
#[test]
fn the_commands_that_examples_name_render_them_without_a_warning() {
    let root = env!("CARGO_MANIFEST_DIR");
    let files = std::fs::read_dir(format!("{root}/examples")).unwrap();
    let paths = files.map(|entry| entry.unwrap().path());
    let mut commands = 0;
    for path in paths.filter(|path| path.extension().is_some_and(|end| end == "toml")) {
        let text = std::fs::read_to_string(&path).unwrap();
        let desk = Desk::with(&[(
            &format!("examples/{}", path.file_name().unwrap().to_str().unwrap()),
            &text,
        )]);
        for line in text.lines().filter_map(|line| line.strip_prefix("#   engross ")) {
            let args: Vec<&str> = line.split_whitespace().collect();
            let ended = desk.run(&args);
            assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{line}");
            commands += 1;
        }
    }
    assert!(commands > 0);
}

#[test]
fn fields_are_shown_in_each_form() {
    let desk = Desk::new();
    let show = |form| desk.run(&["fields", "letter", "--format", form]).done();
    assert!(show("table").contains("signature"));
    assert!(show("toml").contains("signature = "));
    let header = show("csv");
    assert!(header.lines().count() == 1 && header.contains(",signature"), "{header}");
    let schema: serde_json::Value = serde_json::from_str(&show("json-schema")).unwrap();
    assert!(schema["properties"]["signature"].is_object());
}

#[test]
fn check_finds_what_render_would() {
    let bad =
        "date,paragraphs,signature\n14/3/65,Hello,Henry\n1865-03-14,\u{1200},Henry\n";
    let desk = Desk::with(&[("good.toml", LETTER), ("bad.csv", bad)]);
    let ended = desk.run(&["check", "good.toml", "bad.csv", "letter", "-t", "letter"]);
    ended.says(1, &["┌ bad.csv, row 1, column 1\n", "┌ bad.csv, row 2, column 2\n"]);
    assert_eq!(ended.out, b"good.toml: no problems\nletter: no problems\n");
    desk.run(&["check", "good.toml"]).says(2, &["of which template", "--template"]);
    desk.run(&["check", "absent.toml", "-t", "letter"]).says(3, &["unreadable"]);
    desk.run(&["check", "lettre"]).says(2, &["hint: write `letter`"]);
    assert_eq!(desk.files(), ["bad.csv", "good.toml"]);
}

#[test]
fn check_looks_at_the_template_itself() {
    let desk = Desk::new();
    desk.run(&["new", "--template", "mine"]).done();
    let body = std::fs::read_to_string(desk.path().join("mine/body.en.dj")).unwrap();
    let wrong = body.replace("{{ from }}", "{% if date %}{{ sender }}{% endif %}");
    std::fs::write(desk.path().join("mine/body.en.dj"), wrong).unwrap();
    let told = ["the text uses `sender`", "┌ mine/body.en.dj:", "uses the field `from`"];
    desk.run(&["check", "mine"]).says(2, &told);
    std::fs::write(desk.path().join("mine/body.en.dj"), body).unwrap();
    std::fs::write(desk.path().join("mine/sample.png"), b"old").unwrap();
    let ended = desk.run(&["check", "mine"]);
    assert_eq!(ended.out, b"mine: sound, 1 warning\n");
    assert!(ended.err.contains("warning[specimen]"), "{}", ended.err);
}

#[test]
fn lists_name_what_there_is() {
    let desk = Desk::new();
    let all = desk.run(&["list"]).done();
    for word in ["Templates:\n", "peace-treaty", "Styles:\n", "Papers:\n", "Fonts:\n"] {
        assert!(all.contains(word), "{all}");
    }
    for stock in ["templates", "styles", "papers", "fonts"] {
        let json = desk.run(&["list", stock, "--json"]).done();
        let entries: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
        let said = |entry: &serde_json::Value| entry["about"]["en"].is_string();
        assert!(!entries.is_empty() && entries.iter().all(said), "{json}");
        let name = entries[0]["name"].as_str().unwrap();
        assert!(desk.run(&["list", stock, name]).done().contains(name));
        desk.run(&["list", stock, "nothing-like-it"]).says(2, &["error[unknown-"]);
    }
}

#[test]
fn help_and_completions_are_results() {
    let desk = Desk::new();
    assert!(desk.run(&["--help"]).done().contains("engross render peace-treaty"));
    assert!(desk.run(&["--version"]).done().starts_with("engross 0."));
    for command in ["render", "batch", "paper", "new", "fields", "check", "list"] {
        assert!(desk.run(&[command, "--help"]).done().contains("Usage: engross"));
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(desk.run(&["completions", shell]).done().contains("engross"));
    }
}

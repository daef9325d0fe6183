//! A PDF that carries what it was made from makes itself again.

use std::fs;

use crate::{Desk, Ended};

/// A template with a picture, so that recipes have one.
const TEMPLATE: &str = "[template]\nname = \"card\"\nversion = \"1.0\"\nkind = \"letter\"\n\
    langs = [\"en\"]\nstyle = \"plain\"\n[template.title]\nen = \"Card\"\n[template.about]\n\
    en = \"A card\"\n[fields.words]\ntype = \"text\"\nrequired = true\n\
    help = { en = \"What it says\" }\n";

/// Runs a command that must do its work.
fn done(desk: &Desk, args: &[&str]) -> Ended {
    let ended = Ended::of(&mut desk.command(args));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{args:?}");
    ended
}

#[test]
fn a_file_with_its_data_inside_makes_itself_again() {
    let files = [
        ("card/template.toml", TEMPLATE),
        ("card/body.en.dj", "{{ words }}\n"),
        ("mine.toml", "words = \"\"\"Come \\\"early\\\".\n\nBring 7 % of it.\"\"\"\n"),
    ];
    let desk = Desk::with(&files);
    let look = ["--age", "33.3", "--wear", "damp", "--seed", "7", "--ppi", "40"];
    let made = ["render", "card", "mine.toml", "-s", "words=Come late", "--attach-data"];
    done(&desk, &[&made[..], &look, &["-o", "one.pdf"]].concat());
    // Another day, and no file of fields.
    fs::remove_file(desk.path().join("mine.toml")).unwrap();
    let args = ["render", "one.pdf", "-o", "two.pdf"];
    let mut command = desk.command(&args);
    let ended = Ended::of(command.env("SOURCE_DATE_EPOCH", "0"));
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    let read = |name: &str| fs::read(desk.path().join(name)).unwrap();
    assert!(read("one.pdf") == read("two.pdf"));
    // With a value changed it is another document, which carries that value.
    done(&desk, &["render", "two.pdf", "-s", "words=Stay", "-o", "three.pdf"]);
    assert!(read("three.pdf") != read("two.pdf"));
    done(&desk, &["render", "three.pdf", "-s", "words=Come late", "-o", "four.pdf"]);
    assert!(read("four.pdf") == read("two.pdf"));
}

#[test]
fn what_cannot_be_made_again_says_why() {
    let desk = Desk::with(&[("junk.pdf", "%PDF-1.7 junk"), ("mine.toml", "")]);
    done(&desk, &["render", "letter", "--ppi", "20", "-o", "plain.pdf"]);
    for (args, words) in [
        (&["render", "plain.pdf", "-o", "x.pdf"][..], "--attach-data"),
        (&["render", "junk.pdf", "-o", "x.pdf"], "cannot be read"),
        (&["render", "gone.pdf", "-o", "x.pdf"], "gone.pdf"),
        (&["render", "plain.pdf", "mine.toml", "-o", "x.pdf"], "its own fields"),
        (&["render", "letter", "--attach-data", "-o", "x.png"], "cannot carry"),
        (&["render", "letter", "--bleed", "3mm", "-o", "x.png"], "no bleed"),
        (&["render", "letter", "--bleed", "3", "-o", "x.pdf"], "3mm"),
    ] {
        let ended = Ended::of(&mut desk.command(args));
        assert!(matches!(ended.code, Some(2 | 3)), "{args:?}: {ended:?}");
        assert!(ended.err.contains(words), "{args:?}: {}", ended.err);
        assert!(!desk.path().join("x.pdf").exists(), "{args:?}");
    }
}

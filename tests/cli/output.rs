//! Where documents go.

use std::io::Read as _;
use std::process::Stdio;

use crate::{Desk, Ended, LETTER};

#[test]
fn a_document_is_named_after_its_data_or_template() {
    let desk = Desk::with(&[("mine.toml", LETTER)]);
    assert_eq!(desk.run(&["render", "letter", "mine.toml"]).done(), "mine.pdf\n");
    assert_eq!(desk.run(&["render", "letter"]).done(), "letter.pdf\n");
    assert_eq!(desk.files(), ["letter.pdf", "mine.pdf", "mine.toml"]);
    assert!(desk.read("mine.pdf").starts_with(b"%PDF-1.7"));
}

#[test]
fn a_file_that_is_there_is_kept() {
    let desk = Desk::with(&[("mine.toml", LETTER), ("mine.pdf", "mine")]);
    let args = ["render", "letter", "mine.toml", "-o", "mine.pdf"];
    desk.run(&args)
        .says(2, &["error[exists]: `mine.pdf` is there already", "add --force"]);
    assert_eq!(desk.read("mine.pdf"), b"mine");
    let forced: Vec<&str> = args.into_iter().chain(["--force"]).collect();
    desk.run(&forced).done();
    assert!(desk.read("mine.pdf").starts_with(b"%PDF"));
    assert_eq!(desk.files(), ["mine.pdf", "mine.toml"]);
}

#[test]
fn standard_output_takes_the_same_bytes() {
    let desk = Desk::new();
    desk.run(&["render", "letter", "-o", "letter.pdf"]).done();
    let ended = desk.run(&["render", "letter", "-o", "-"]);
    assert_eq!(ended.code, Some(0));
    assert_eq!(ended.out, desk.read("letter.pdf"));
    assert_eq!(desk.files(), ["letter.pdf"]);
}

#[test]
fn a_closed_pipe_is_success() {
    let desk = Desk::new();
    for args in [&["render", "letter", "-o", "-"][..], &["completions", "bash"]] {
        let mut command = desk.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
    }
}

#[test]
fn pictures_of_several_pages_are_numbered() {
    let desk = Desk::new();
    let png = ["render", "peace-treaty", "--ppi", "20"];
    let run = |rest: &[&str]| desk.run(&[&png, rest].concat());
    let said = run(&["-o", "treaty.png"]).done();
    let count = said.lines().count();
    assert!(count > 1 && said.starts_with("treaty-1.png\ntreaty-2.png\n"), "{said}");
    assert_eq!(run(&["-o", "p{p}.png"]).done().lines().count(), count);
    assert!(desk.read("p1.png").starts_with(b"\x89PNG"));
    assert_eq!(desk.files().len(), 2 * count);
    // The second is in the way: not even the first is written.
    std::fs::rename(desk.path().join("p2.png"), desk.path().join("q2.png")).unwrap();
    run(&["-o", "q{p}.png"]).says(2, &["`q2.png` is there already"]);
    assert_eq!(desk.files().len(), 2 * count);
    run(&["-f", "png", "-o", "-"])
        .says(2, &["do not go into one stream", "page-{p}.png"]);
}

#[test]
fn one_picture_keeps_its_name() {
    let desk = Desk::new();
    let args = ["paper", "wove", "-o", "sheet.png", "--ppi", "20", "--size", "a5"];
    assert_eq!(desk.run(&args).done(), "sheet.png\n");
    assert!(desk.read("sheet.png").starts_with(b"\x89PNG"));
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_stays() {
    use std::os::unix::fs::FileTypeExt as _;
    let desk = Desk::new();
    let args =
        ["paper", "wove", "-o", "/dev/null", "-f", "pdf", "--ppi", "20", "--force"];
    desk.run(&args).done();
    let null = std::fs::metadata("/dev/null").unwrap();
    assert!(null.file_type().is_char_device());
}

#[cfg(unix)]
#[test]
fn new_files_have_the_rights_that_the_mask_leaves() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let program = env!("CARGO_BIN_EXE_engross");
    let script = format!("umask 027; exec '{program}' paper wove -o a.png --ppi 20");
    let mut shell = std::process::Command::new("sh");
    Ended::of(shell.args(["-c", &script]).current_dir(desk.path())).done();
    let mode = std::fs::metadata(desk.path().join("a.png")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn fields_come_from_standard_input() {
    let desk = Desk::with(&[("mine.toml", LETTER)]);
    desk.run(&["render", "letter", "mine.toml"]).done();
    let json = r#"{ "place": "Seoul", "date": "1953-07-27",
        "paragraphs": ["All is well."], "signature": "Henry" }"#;
    let table = "place,date,paragraphs,signature\nSeoul,1953-07-27,All is well.,Henry\n";
    for text in [LETTER, json, table] {
        let input = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(input.path(), text).unwrap();
        let mut command = desk.command(&["render", "letter", "-", "-o", "-"]);
        let ended = Ended::of(command.stdin(input.reopen().unwrap()));
        assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""), "{text}");
        assert_eq!(ended.out, desk.read("mine.pdf"), "{text}");
    }
}

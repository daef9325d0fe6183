//! A document of each row.

use crate::{Desk, Ended};

/// Three good rows, one with a wrong date, one without a signature.
const GUESTS: &str = "\
last,date,paragraphs,signature
Ames,1865-03-14,\"The atlas, as promised.\",Henry
Boone,14/3/65,The chart.,Henry
Lyle,1865-03-15,The map.,Henry
Quill,1865-03-16,The novel.,
김,1865-03-17,책이 왔습니다.,Henry
";

/// `batch letter guests.csv --out out` with names after the last name.
const BATCH: [&str; 8] =
    ["batch", "letter", "guests.csv", "--out", "out", "--ppi", "20", "--name"];

/// Runs a batch over rows, with more arguments.
fn run(desk: &Desk, name: &str, rest: &[&str]) -> Ended {
    desk.run(&[&BATCH[..], &[name], rest].concat())
}

#[test]
fn good_rows_are_written_and_bad_ones_told() {
    let desk = Desk::with(&[("guests.csv", GUESTS)]);
    let ended = run(&desk, "{{ row }}-{{ last }}.pdf", &[]);
    ended.says(
        1,
        &[
            "error[field-date]: `date` is not a date: \"14/3/65\"\n  ┌ guests.csv, row 2, \
             column 2\n",
            "error[field-missing]: `signature` is required",
            "┌ guests.csv, row 4\n",
        ],
    );
    assert_eq!(ended.err.matches("error[").count(), 2, "{}", ended.err);
    assert_eq!(ended.out, b"3 written to out, 2 failed\n");
    assert_eq!(
        desk.files(),
        ["guests.csv", "out/1-Ames.pdf", "out/3-Lyle.pdf", "out/5-김.pdf"]
    );
    // Each row has a sheet of its own.
    assert!(desk.read("out/1-Ames.pdf") != desk.read("out/3-Lyle.pdf"));
}

#[test]
fn files_that_are_there_are_kept() {
    let desk = Desk::with(&[("guests.csv", GUESTS), ("out/Ames.pdf", "mine")]);
    let ended = run(&desk, "{{ last }}", &[]);
    ended.says(1, &["`out/Ames.pdf` is there already", "row 1\n"]);
    assert_eq!(desk.read("out/Ames.pdf"), b"mine");
    assert_eq!(ended.out, b"2 written to out, 3 failed\n");
    let ended = run(&desk, "{{ last }}", &["--force"]);
    assert_eq!(ended.out, b"3 written to out, 2 failed\n");
    assert!(desk.read("out/Ames.pdf").starts_with(b"%PDF"));
}

#[test]
fn a_dry_run_finds_all_and_writes_nothing() {
    let desk = Desk::with(&[("guests.csv", GUESTS)]);
    let ended = run(&desk, "{{ row }}", &["--dry-run"]);
    ended.says(1, &["row 2, column 2", "row 4"]);
    assert_eq!(ended.out, b"3 sound, 2 failed\n");
    assert_eq!(desk.files(), ["guests.csv"]);
}

#[test]
fn fail_fast_stops_at_the_first() {
    let desk = Desk::with(&[("guests.csv", GUESTS)]);
    let ended = run(&desk, "{{ row }}", &["--fail-fast"]);
    assert_eq!(ended.code, Some(1));
    assert_eq!(ended.out, b"1 written to out, 1 failed, then stopped\n");
    assert_eq!(desk.files(), ["guests.csv", "out/1.pdf"]);
}

#[test]
fn names_are_checked_before_anything_is_written() {
    let desk = Desk::with(&[("guests.csv", GUESTS)]);
    run(&desk, "{{ lats }}.pdf", &[])
        .says(2, &["uses `lats`, which no column gives", "hint: write `last`"]);
    run(&desk, "{{ row", &[]).says(2, &["error[name-pattern]", "hint: "]);
    assert_eq!(desk.files(), ["guests.csv"]);
}

#[test]
fn names_are_made_safe_and_never_collide() {
    let names = ["../Ames", "/tmp/Boone", "Lyle", "lyle", "a:b", "nul"];
    let rows: String = names.map(|name| format!("{name},Hello,Henry\n")).concat();
    let table = format!("last,paragraphs,signature\n{rows}");
    let desk = Desk::with(&[("guests.csv", &table)]);
    let ended = run(&desk, "{{ last }}.pdf", &[]);
    assert_eq!(ended.out, b"6 written to out, 0 failed\n", "{}", ended.err);
    assert_eq!(
        desk.files(),
        [
            "guests.csv",
            "out/Ames.pdf",
            "out/Lyle.pdf",
            "out/_nul.pdf",
            "out/a-b.pdf",
            "out/lyle-2.pdf",
            "out/tmp-Boone.pdf"
        ]
    );
}

#[test]
fn columns_are_told_once() {
    let table = GUESTS.replace("last,date", "last,dtae");
    let desk = Desk::with(&[("guests.csv", &table)]);
    let ended = run(&desk, "{{ last }}.pdf", &[]);
    ended.says(
        1,
        &["warning[column-unknown]: no field takes the column `dtae`", "`date`"],
    );
    assert_eq!(ended.err.matches("warning[").count(), 1, "{}", ended.err);

    let table = GUESTS.replace("signature", "singature");
    let desk = Desk::with(&[("guests.csv", &table)]);
    let ended = run(&desk, "{{ last }}.pdf", &[]);
    ended.says(1, &["no column gives `signature`", "hint: write `signature`"]);
    assert_eq!(ended.err.matches("error[").count(), 1, "{}", ended.err);
    assert_eq!(desk.files(), ["guests.csv"]);
}

#[test]
fn a_value_for_all_rows_is_checked_once() {
    let desk = Desk::with(&[("guests.csv", GUESTS)]);
    for (value, code) in [("date=3/14", "field-date"), ("plaec=x", "field-unknown")] {
        let ended = run(&desk, "{{ row }}", &["-s", value]);
        ended.says(1, &[code, "┌ -s\n"]);
        assert_eq!(ended.err.matches("error[").count(), 1, "{}", ended.err);
    }
    assert_eq!(desk.files(), ["guests.csv"]);
    let ended =
        run(&desk, "{{ row }}", &["-s", "signature=Ann", "-s", "date=1865-03-14"]);
    assert_eq!(ended.out, b"5 written to out, 0 failed\n");
}

#[test]
fn lines_of_json_come_from_standard_input() {
    let desk = Desk::new();
    let lines = "{\"last\": \"Ames\", \"paragraphs\": [\"One.\", \"Two.\"], \
                 \"signature\": \"Henry\"}\n{\"last\": 3}\nnot json\n";
    let input = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(input.path(), lines).unwrap();
    let args = ["batch", "letter", "-", "--out", "out", "--name", "{{ last }}"];
    let mut command = desk.command(&args);
    let ended = Ended::of(command.stdin(input.reopen().unwrap()));
    ended.says(1, &["standard input, row 2\n", "standard input, row 3\n"]);
    assert_eq!(desk.files(), ["out/Ames.pdf"]);
}

#[test]
fn the_output_folder_is_made_but_not_those_above() {
    let desk = Desk::with(&[("guests.csv", GUESTS)]);
    desk.run(&["batch", "letter", "guests.csv", "--out", "a/b"])
        .says(3, &["error[no-folder]: the folder `a/b` cannot be made", "hint: "]);
    assert_eq!(desk.files(), ["guests.csv"]);
}

#[test]
fn one_document_is_no_table() {
    let desk = Desk::with(&[("mine.toml", crate::LETTER)]);
    desk.run(&["batch", "letter", "mine.toml", "--out", "out"])
        .says(2, &["one document, not a table", "engross render"]);
}

/// The sheet of a document of one page: its JPEG file.
fn sheet(pdf: &[u8]) -> &[u8] {
    let find = |what: &[u8], from: usize| {
        let at = pdf[from..].windows(what.len()).position(|part| part == what);
        from + at.expect("the document has a sheet")
    };
    let start = find(&[0xff, 0xd8, 0xff], 0);
    &pdf[start..find(b"endstream", start)]
}

/// What documents share comes first in their files: also where one has a long s, and joins it
/// to letters, that another has not.
#[test]
fn letters_share_their_fonts_whatever_letters_they_have() {
    let rows = "last,date,paragraphs,signature\n\
        Ames,1783-03-14,The passage of six quick foxes and a lazy dog vexed both judges.,Henry\n\
        Lyle,1783-03-15,\"Jackdaws assess my big sphinx of quartz; possessions, blessings.\",Henry\n";
    for style in ["roundhand-1783", "pass-1783"] {
        let desk = Desk::with(&[("guests.csv", rows)]);
        run(&desk, "{{ row }}.pdf", &["--sheets", "1", "--style", style]);
        let [one, other] = ["out/1.pdf", "out/2.pdf"].map(|file| desk.read(file));
        let alike = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
        assert!(alike * 10 > one.len() * 8, "{style}: {alike} of {}", one.len());
    }
}

#[test]
fn documents_share_a_pool_of_sheets_or_have_their_own() {
    let rows = "last,date,paragraphs,signature\n".to_owned()
        + &"Ames,1865-03-14,The atlas.,Henry\n".repeat(3);
    let desk = Desk::with(&[("guests.csv", &rows)]);
    let made = |sheets: &str| -> Vec<Vec<u8>> {
        let ended = run(&desk, "{{ row }}.pdf", &["--sheets", sheets, "--force"]);
        assert_eq!(ended.out, b"3 written to out, 0 failed\n", "{}", ended.err);
        (1..=3).map(|row| desk.read(&format!("out/{row}.pdf"))).collect()
    };
    let pool = made("2");
    // Seven on from the first of two is the other.
    assert!(sheet(&pool[0]) == sheet(&pool[2]) && sheet(&pool[0]) != sheet(&pool[1]));
    assert!(pool[0] != pool[2], "the ink of each is its own");
    assert!(pool == made("2"), "the same rows give the same bytes");
    let own = made("unique");
    assert!(sheet(&own[0]) != sheet(&own[1]) && sheet(&own[0]) != sheet(&own[2]));
    let ended = run(&desk, "{{ row }}.pdf", &["--sheets", "none"]);
    ended.says(2, &["`none` is no number of sheets; write 1 to 4096, or unique"]);
}

#[test]
fn the_command_of_the_readme_works() {
    let readme = include_str!("../../README.md");
    let line = readme.lines().find(|line| line.starts_with("engross batch"));
    let line = line.expect("the README shows a batch");
    // Words, and what stands between single quotation marks.
    let parts = line.split('\'').enumerate();
    let args: Vec<&str> = parts
        .flat_map(|(number, part)| match number % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        })
        .skip(1)
        .collect();
    let guests = include_str!("../../examples/guests.csv");
    let desk = Desk::with(&[("examples/guests.csv", guests)]);
    let ended = desk.run(&[&args[..], &["--ppi", "20"]].concat());
    assert_eq!(ended.out, b"8 written to letters, 0 failed\n", "{}", ended.err);
}

#[test]
fn lines_are_answered_with_lines() {
    use std::io::Write as _;
    let desk = Desk::new();
    let ask = |args: &[&str]| -> (Vec<serde_json::Value>, Option<i32>) {
        let args = [&["batch", "letter", "--stdio", "--finish", "clean"], args].concat();
        let mut command = desk.command(&args);
        command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped());
        let mut run = command.spawn().unwrap();
        let lines = "{\"paragraphs\": \"Good.\", \"signature\": \"Bo\", \"row\": 7}\n\
                     {\"paragraphs\": \"Hello.\"}\nnot json\n\
                     {\"paragraphs\": \"a\", \"signature\": \"b\", \"row\": 1.5}\n";
        run.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        let ended = run.wait_with_output().unwrap();
        let out = String::from_utf8(ended.stdout).unwrap();
        let answers = out.lines().map(|line| serde_json::from_str(line).unwrap());
        (answers.collect(), ended.status.code())
    };
    let (answers, code) = ask(&[]);
    assert_eq!((answers.len(), code), (4, Some(1)));
    assert_eq!(answers[0]["row"], 7);
    assert!(answers[0]["pdf"].as_str().unwrap().starts_with("JVBERi0xLj"), "%PDF-1.");
    assert!(answers[1]["error"][0].as_str().unwrap().contains("signature"));
    assert!(answers[2]["error"][0].as_str().unwrap().contains("JSON"));
    assert!(answers[3]["error"][0].as_str().unwrap().contains("row-number"));
    let (written, _) = ask(&["--out", "out"]);
    assert_eq!(written[0]["path"].as_str().unwrap().replace('\\', "/"), "out/7.pdf");
    assert_eq!(written[0]["sha256"], answers[0]["sha256"]);
    assert_eq!(desk.files(), ["out/7.pdf"]);
}

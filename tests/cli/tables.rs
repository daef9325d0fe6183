//! Odd tables, and what becomes of each.

use crate::Desk;

/// What becomes of a table.
enum Outcome<'a> {
    /// So many rows are sound.
    Sound(usize),
    /// So many rows are sound, others are not; the errors say this.
    Some(usize, &'a [&'a str]),
    /// None is made: the exit code is 2 or 1, and this is said.
    Refused(i32, &'a [&'a str]),
}

use Outcome::{Refused, Some, Sound};

/// Checks a table of letters without writing anything.
fn check(name: &str, table: &[u8], rest: &[&str], outcome: &Outcome<'_>) {
    let desk = Desk::new();
    std::fs::write(desk.path().join("t.csv"), table).unwrap();
    let args = ["batch", "letter", "t.csv", "--dry-run", "--finish", "clean"];
    let ended = desk.run(&[&args[..], rest].concat());
    let said = |texts: &[&str]| {
        for text in texts {
            assert!(ended.err.contains(text), "{name}: {text} not in {}", ended.err);
        }
    };
    let out = String::from_utf8_lossy(&ended.out);
    match outcome {
        Sound(count) => {
            assert_eq!(ended.code, Option::Some(0), "{name}: {}", ended.err);
            assert_eq!(out, format!("{count} sound, 0 failed\n"), "{name}");
        }
        Some(count, texts) => {
            assert_eq!(ended.code, Option::Some(1), "{name}: {}", ended.err);
            assert!(out.starts_with(&format!("{count} sound, ")), "{name}: {out}");
            said(texts);
        }
        Refused(code, texts) => {
            assert_eq!(ended.code, Option::Some(*code), "{name}: {}", ended.err);
            said(texts);
        }
    }
}

/// A text in another encoding.
fn encoded(text: &str, encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy);
    bytes.into_owned()
}

/// A text in UTF-16 with or without its mark.
fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    let units = format!("{mark}{text}").encode_utf16().collect::<Vec<_>>();
    let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    units.into_iter().flat_map(bytes).collect()
}

/// A plain header and a row.
const ROW: &str = "paragraphs,signature\nHello.,Ann\n";

#[test]
fn encodings_are_found_out() {
    let french = "paragraphs,signature\nLe café du garçon était fermé à Noël.,André\n";
    let korean = "paragraphs,signature\n안녕하세요 오늘은 날씨가 좋습니다,김철수\n";
    let chinese = "paragraphs,signature\n承詢新史如何書頗精美人皆購之,安定謹上\n";
    let mark = [b"\xef\xbb\xbf", ROW.as_bytes()].concat();
    let in_korean: &[&str] = &["--lang", "ko"];
    let in_chinese: &[&str] = &["--lang", "zh"];
    for (name, table, rest) in [
        ("UTF-8", french.as_bytes().to_vec(), &[][..]),
        ("UTF-8 with its mark", mark, &[]),
        ("UTF-16, little end first", utf16(french, false, true), &[]),
        ("UTF-16, big end first", utf16(french, true, true), &[]),
        ("UTF-16 without its mark", utf16(french, false, false), &[]),
        ("UTF-16 turned, without its mark", utf16(french, true, false), &[]),
        ("Windows-1252", encoded(french, encoding_rs::WINDOWS_1252), &[]),
        ("EUC-KR", encoded(korean, encoding_rs::EUC_KR), in_korean),
        ("Big5", encoded(chinese, encoding_rs::BIG5), in_chinese),
    ] {
        check(name, &table, rest, &Sound(1));
    }
    let bytes = encoded(korean, encoding_rs::EUC_KR);
    for label in ["cp949", "euc-kr", "CP949"] {
        check(label, &bytes, &["--lang", "ko", "--encoding", label], &Sound(1));
    }
    let gb = encoded(chinese, encoding_rs::GB18030);
    check("GB18030", &gb, &["--lang", "zh", "--encoding", "gb18030"], &Sound(1));
    let wrong = &["--encoding", "klingon"];
    check("no encoding", ROW.as_bytes(), wrong, &Refused(2, &["windows-1252"]));
}

/// A row in an encoding, what the encoding is called when it is found out, the signature,
/// and the language.
type Found<'a> = (&'a str, &'static encoding_rs::Encoding, &'a str, &'a str, &'a str);

#[test]
fn what_is_read_in_an_encoding_is_what_was_written() {
    use encoding_rs::{BIG5, EUC_KR, GB18030, SHIFT_JIS, WINDOWS_1252};
    let cases: [Found<'_>; 5] = [
        (
            "Le café du garçon était fermé à Noël",
            WINDOWS_1252,
            "windows-1252",
            "André",
            "en",
        ),
        // Syllables that CP949 has and EUC-KR has not.
        ("펲시콜라를 마시는 똠방각하입니다", EUC_KR, "EUC-KR", "쌰하", "ko"),
        ("東京、大阪、京都、横浜、名古屋", SHIFT_JIS, "Shift_JIS", "田中", "zh"),
        ("你好、今天天气很好。我们明天去北京看长城", GB18030, "gb18030", "王小明", "zh"),
        ("承詢新史如何書頗精美人皆購之", BIG5, "Big5", "安定", "zh"),
    ];
    for (text, encoding, called, signature, lang) in cases {
        let table = format!("paragraphs,signature\n{text},{signature}\n");
        let desk = Desk::new();
        std::fs::write(desk.path().join("t.csv"), encoded(&table, encoding)).unwrap();
        let args = ["batch", "letter", "t.csv", "--out", "out", "--finish", "clean"];
        let rest = ["--style", "print-1953", "--lang", lang, "--name", "{{ signature }}"];
        let ended = desk.run(&[&args[..], &rest].concat());
        ended.says(0, &[&format!("it is read as {called}")]);
        assert_eq!(desk.files(), [format!("out/{signature}.pdf"), "t.csv".to_owned()]);
    }
}

#[test]
fn a_table_that_is_damaged_is_not_taken_for_another_encoding() {
    let good = "paragraphs,signature\nLe café était fermé à Noël.,André\n";
    let table = [good.as_bytes(), b"Le caf\xe9.,Bo\n"].concat();
    check("one bad byte", &table, &[], &Some(1, &["read as UTF-8", "row 2", "U+FFFD"]));
    let cut = &good.as_bytes()[..good.len() - 2];
    check("cut within a character", cut, &[], &Some(0, &["read as UTF-8", "U+FFFD"]));
    let wrong = ["--encoding", "utf-8"];
    let french = encoded(good, encoding_rs::WINDOWS_1252);
    check("named wrongly", &french, &wrong, &Some(0, &["row 1, column 1", "U+FFFD"]));
}

#[test]
fn what_is_no_table_is_told() {
    let sheet = [b"PK\x03\x04\x14\0\x06\0".as_slice(), &[7; 400]].concat();
    check("a file of a spreadsheet", &sheet, &[], &Refused(2, &["no text", "as CSV"]));
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    check("a picture", picture, &[], &Refused(1, &["names no field"]));
    let page = b"<html><table><tr><td>paragraphs</td></tr></table></html>";
    check("a page of the web", page, &[], &Refused(1, &["names no field"]));
    check("white space", b"  \n \n", &[], &Refused(2, &["has no header row"]));
    check("a mark alone", b"\xef\xbb\xbf", &[], &Refused(2, &["has no header row"]));
}

#[test]
fn a_header_can_be_given() {
    let rows = b"Hello.,Ann\nGood.,Bo\n";
    check("no header", rows, &[], &Refused(1, &["names no field", "--header"]));
    let given = ["--header", "Paragraphs,signature"];
    check("a header that is given", rows, &given, &Sound(2));
    let twice = ["--header", "signature,signature"];
    check("a name given twice", rows, &twice, &Refused(2, &["--header", "twice"]));
    let more = ["--header", "paragraphs,signature,"];
    check("a column without a name", b"Hello.,Ann,9\n", &more, &Sound(1));
}

#[test]
fn quotation_marks_are_found_out_or_given() {
    let table = b"'paragraphs','signature'\n'It''s late, so good night.','Ann'\n";
    check("apostrophes", table, &[], &Sound(1));
    let open = b"'paragraphs','signature'\n'Hello.','Ann\n";
    check("an open apostrophe", open, &[], &Refused(2, &["t.csv:2:10", "never closed"]));
    let table = b"paragraphs;signature\n\"Hello;Ann\nGood;Bo\n";
    check("marks that are text", table, &["--quote", "none"], &Sound(2));
    check("the same with marks", table, &[], &Refused(2, &["t.csv:2:1", "never closed"]));
    let table = b"paragraphs,signature\n~Hello, you.~,Ann\n";
    check("another sign", table, &["--quote", "~"], &Sound(1));
    let wrong = ["--quote", "ab"];
    check("no sign", table, &wrong, &Refused(2, &["write one sign"]));
}

#[test]
fn a_guessed_encoding_is_told() {
    let table =
        encoded("paragraphs,signature\nLe café.,André\n", encoding_rs::WINDOWS_1252);
    let desk = Desk::new();
    std::fs::write(desk.path().join("t.csv"), &table).unwrap();
    let args = ["batch", "letter", "t.csv", "--dry-run"];
    desk.run(&args)
        .says(0, &["warning[encoding]: it is read as windows-1252", "--encoding"]);
}

#[test]
fn delimiters_and_quotation_marks() {
    for (name, table) in [
        ("comma", "paragraphs,signature\nHello.,Ann\n"),
        ("semicolon", "paragraphs;signature\nHello, you.;Ann\n"),
        ("tab", "paragraphs\tsignature\nHello.\tAnn\n"),
        ("bar", "paragraphs|signature\nHello.|Ann\n"),
        ("sep=", "sep=;\nparagraphs;signature\nHello.;Ann\n"),
        (
            "sep= with line ends of Windows",
            "sep=,\r\nparagraphs,signature\r\nHello.,Ann\r\n",
        ),
        ("quoted", "\"paragraphs\",\"signature\"\n\"Hello.\",\"Ann\"\n"),
        ("quoted delimiter", "paragraphs,signature\n\"Hello, you.\",Ann\n"),
        ("quoted line end", "paragraphs,signature\n\"Hello.\n\nYou.\",Ann\n"),
        ("doubled marks", "paragraphs,signature\n\"She said \"\"no\"\".\",Ann\n"),
        ("a mark within a cell", "paragraphs,signature\nA 6\" rule.,Ann\n"),
        ("line ends of Windows", "paragraphs,signature\r\nHello.,Ann\r\n"),
        ("no last line end", "paragraphs,signature\nHello.,Ann"),
        ("sep= a tab", "sep=\t\nparagraphs\tsignature\nHello, you; both.\tAnn\n"),
        (
            "line ends of old Macs",
            "paragraphs;signature\rHello, you, and you, and you.;Ann\r",
        ),
        ("empty lines", "\n\nparagraphs,signature\n\n\nHello.,Ann\n\n"),
        ("rows of nothing", "paragraphs,signature\n,\nHello.,Ann\n ,\t\n"),
        ("spaces around names", " paragraphs , signature \nHello.,Ann\n"),
        ("trailing empty columns", "paragraphs,signature,,\nHello.,Ann,,\n"),
        ("empty cells beyond the header", "paragraphs,signature\nHello.,Ann,,,\n"),
        ("fewer cells", "paragraphs,signature,name\nHello.,Ann\n"),
        ("a quotation mark at the end", "paragraphs,signature\nHello.,\"Ann\""),
    ] {
        check(name, table.as_bytes(), &[], &Sound(1));
    }
    let hash = "paragraphs#signature\nHello.#Ann\n";
    check("a delimiter that is named", hash.as_bytes(), &["--delimiter", "#"], &Sound(1));
    check(
        "tab by name",
        b"paragraphs\tsignature\na;b\tAnn\n",
        &["--delimiter", "tab"],
        &Sound(1),
    );
}

#[test]
fn headers_find_their_fields() {
    for (name, table) in [
        ("capitals", "PARAGRAPHS,Signature\nHello.,Ann\n"),
        (
            "spaces for underscores",
            "paragraphs,signature,Date Style\nHello.,Ann,day-month-year\n",
        ),
        (
            "hyphens for underscores",
            "paragraphs,signature,date-style\nHello.,Ann,day-month-year\n",
        ),
        ("numbered", "paragraphs.1,paragraphs.2,signature\nOne.,Two.,Ann\n"),
        ("numbered, in capitals", "Paragraphs.1,signature\nOne.,Ann\n"),
        ("by language", "paragraphs,signature,place.en\nOne.,Ann,York\n"),
        ("columns of one's own", "paragraphs,signature,Shoe Size\nOne.,Ann,44\n"),
        ("a column with signs", "paragraphs,signature,100%?\nOne.,Ann,44\n"),
    ] {
        check(name, table.as_bytes(), &[], &Sound(1));
    }
    let own = b"paragraphs,signature,Last Name\nOne.,Ann,Lyle\n";
    check("one's own in names", own, &["--name", "{{ Last_Name }}"], &Sound(1));
    for (name, table, says) in [
        (
            "twice",
            "signature,paragraphs,signature\na,b,c\n",
            "names the column `signature` twice",
        ),
        ("twice, nearly", "paragraphs,signature,Signature\na,b,c\n", "as another does"),
        ("nothing at all", "", "has no header row"),
        ("line ends alone", "\n\n\n", "has no header row"),
        ("no names", ",,\na,b,c\n", "has no header row"),
        ("nearly", "paragraphs,singature\na,b\n", "write `signature`"),
        (
            "an entry that is not there",
            "paragraphs,signature,place.english\na,b,c\n",
            "place.english",
        ),
        (
            "a field and a part of it",
            "paragraphs,signature,paragraphs.1\na,b,c\n",
            "`paragraphs.1` fills a part of `paragraphs`",
        ),
    ] {
        let code = if ["nearly"].contains(&name) { 1 } else { 2 };
        check(name, table.as_bytes(), &[], &Refused(code, &[says]));
    }
    check("a header alone", b"paragraphs,signature\n", &[], &Sound(0));
}

#[test]
fn rows_that_do_not_fit_are_told_with_their_place() {
    for (name, table, says) in [
        (
            "too many cells",
            "paragraphs,signature\nHello,you,Ann\nGood.,Bo\n",
            "the row has 3 cells, the header 2",
        ),
        (
            "a date of a spreadsheet",
            "paragraphs,signature,date\na,b,7/27/1953\nc,d,1953-07-27\n",
            "row 1, column 3",
        ),
        (
            "a date that may be two",
            "paragraphs,signature,date\na,b,3/4/1953\nc,d,1953-07-27\n",
            "write 1953-04-03, or 1953-03-04 if the month stands first",
        ),
        (
            "an entry that is skipped",
            "paragraphs.1,paragraphs.3,signature\na,b,Ann\nc,,Bo\n",
            "entry 2 of its list is not",
        ),
        (
            "a text that runs from right to left",
            "paragraphs,signature\nשלום.,Ann\nGood.,Bo\n",
            "U+05E9",
        ),
        (
            "a sign that turns the line",
            "paragraphs,signature\na\u{202e}b,Ann\nGood.,Bo\n",
            "U+202E",
        ),
        (
            "a character that is none yet",
            "paragraphs,signature\na\u{378}b,Ann\nGood.,Bo\n",
            "U+0378",
        ),
        (
            "a date that is none",
            "paragraphs,signature,date\na,b,1953-02-30\nc,d,1953-02-28\n",
            "row 1, column 3",
        ),
        (
            "a required cell that is empty",
            "paragraphs,signature\nHello.,\nGood.,Bo\n",
            "row 1",
        ),
        (
            "a sign that no font has",
            "paragraphs,signature\nHello \u{1f600}.,Ann\nGood.,Bo\n",
            "U+1F600",
        ),
    ] {
        check(name, table.as_bytes(), &[], &Some(1, &[says]));
    }
    let open = b"paragraphs,signature\nGood.,Bo\nHello,\"Ann\nMore.,Cy\n";
    let old = b"paragraphs,signature\rGood.,Bo\rHello,\"Ann\rMore.,Cy\r";
    let said = ["t.csv:3:7", "never closed"];
    check("an open mark, with line ends of old Macs", old, &[], &Refused(2, &said));
    check(
        "a mark that stays open",
        open,
        &[],
        &Refused(2, &["t.csv:3:7", "never closed"]),
    );
}

#[test]
fn an_open_quotation_mark_in_a_stream_loses_no_row_before_it() {
    use std::io::Write as _;
    let desk = Desk::new();
    let mut command = desk.command(&["batch", "letter", "-", "--out", "out"]);
    let mut run = command
        .stdin(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let table = b"paragraphs,signature\nGood.,Bo\nHello,\"Ann\nMore.,Cy\n";
    run.stdin.take().unwrap().write_all(table).unwrap();
    let ended = run.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(said.contains(":3:7") && said.contains("never closed"), "{said}");
    assert_eq!(desk.files(), ["out/1.pdf"]);
}

#[test]
fn bombs_do_no_harm() {
    let long = format!("paragraphs,signature,note\nHello.,Ann,{}\n", "x".repeat(1 << 20));
    check("a cell of 1 MB", long.as_bytes(), &[], &Sound(1));
    let names: String = (0..100_000).map(|n| format!(",c{n}")).collect();
    let wide = format!("paragraphs,signature{names}\nHello.,Ann\n");
    check("100,000 columns", wide.as_bytes(), &[], &Sound(1));
    let cells = ",x".repeat(100_000);
    let wide = format!("paragraphs,signature{names}\nHello.,Ann{cells}\n");
    check("100,000 cells", wide.as_bytes(), &[], &Sound(1));
    let marks = format!("paragraphs,signature\nHello.,{}\n", "\"".repeat(1 << 20));
    check("a million marks", marks.as_bytes(), &[], &Sound(1));
    let title = format!("{},signature\nHello.,Ann\n", "x".repeat(1 << 20));
    check("a name of 1 MB", title.as_bytes(), &[], &Refused(1, &["xxx …"]));
    let text = format!("paragraphs,signature\n{},Ann\n", "word ".repeat(200_000));
    check("a text of 1 MB", text.as_bytes(), &[], &Sound(1));
    check("zeros", b"paragraphs,signature\nHel\0lo.,Ann\n", &[], &Some(0, &["row 1"]));
    let deep = format!("paragraphs{}.x,signature\na,b\n", ".1".repeat(10_000));
    check("a deep name", deep.as_bytes(), &[], &Refused(2, &["error["]));
}

#[test]
fn lines_of_json_may_be_odd() {
    let sound = r#"{"paragraphs": "Hello.", "signature": "Ann"}"#;
    let piped = |bytes: &[u8], lines: &str, texts: &[&str]| {
        let desk = Desk::new();
        std::fs::write(desk.path().join("in"), bytes).unwrap();
        let args = ["batch", "letter", "-", "--dry-run", "--finish", "clean"];
        let mut command = desk.command(&args);
        command.stdin(std::fs::File::open(desk.path().join("in")).unwrap());
        let ended = crate::Ended::of(&mut command);
        assert_eq!(String::from_utf8_lossy(&ended.out), lines, "{}", ended.err);
        for text in texts {
            assert!(ended.err.contains(text), "{text} not in {}", ended.err);
        }
    };
    piped(sound.as_bytes(), "1 sound, 0 failed\n", &[]);
    piped(&[b"\xef\xbb\xbf", sound.as_bytes()].concat(), "1 sound, 0 failed\n", &[]);
    piped(&utf16(sound, false, true), "1 sound, 0 failed\n", &[]);
    piped(format!("\n \n{sound}\n\n{sound}").as_bytes(), "2 sound, 0 failed\n", &[]);
    let deep = "[".repeat(100_000);
    let odd = format!(
        "{sound} more\n[1]\nnull\n{{\"signature\": \"a\", \"signature\": \"b\"}}\n\
         {deep}\n{{\"paragraphs\": \"a\\u0000\", \"signature\": \"b\"}}\n{sound}\n"
    );
    let told = ["row 1\n", "row 2", "row 3", "row 4", "given twice", "row 5", "row 6"];
    piped(odd.as_bytes(), "1 sound, 6 failed\n", &told);
    let long =
        format!("{sound}\n{{\"paragraphs\": \"{}\"}}\n{sound}\n", "x".repeat(65 << 20));
    piped(long.as_bytes(), "1 sound, 1 failed\n", &["longer than 64 MB", "row 2"]);
}

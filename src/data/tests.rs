use super::*;
use crate::diag::Place;
use crate::field::{FieldPath, Schema, Value};
use crate::lang::Lang;

/// A schema of all types.
fn schema() -> Schema {
    let text = r#"
        [title]
        type = "text"
        required = true
        help = { en = "The title" }
        [note]
        type = "text"
        multiline = true
        [day]
        type = "date"
        [count]
        type = "number"
        min = 1
        [tags]
        type = "list"
        of = { type = "text" }
        [guest]
        type = "record"
        fields = { name = { type = "text", required = true }, seat = { type = "number" } }
        [articles]
        type = "list"
        min = 1
        of = { type = "record", fields = { heading = { type = "text", localized = true }, text = { type = "list", of = { type = "text" } } } }
    "#;
    toml_crate(text)
}

/// Reads a schema.
fn toml_crate(text: &str) -> Schema {
    ::toml::from_str(text).unwrap()
}

/// Fields of that schema.
const FILLED: &str = "title = \"A \\\"quoted\\\" title\"\nnote = \"one\\ntwo\"\nday = 1953-07-27\n\
    count = 3\ntags = [\"a\", \"b\"]\n\n[guest]\nname = \"Kim\"\n\n[[articles]]\n\
    heading = { en = \"Peace\", ko = \"평화\" }\ntext = [\"First.\", \"Second.\"]\n";

/// The place of a value, as errors show it.
fn place(fields: &Fields, path: &str) -> String {
    fields.place(&path.parse::<FieldPath>().unwrap()).unwrap().to_string()
}

#[test]
fn toml_is_read_with_the_place_of_each_value() {
    let fields = read_toml("my.toml", FILLED).unwrap();
    assert_eq!(fields.get("guest.name"), Some(&Value::from("Kim")));
    assert_eq!(fields.get("day").unwrap().kind(), "a date");
    assert_eq!(fields.get("articles.1.heading.ko"), Some(&Value::from("평화")));
    assert_eq!(place(&fields, "title"), "my.toml:1:9");
    assert_eq!(place(&fields, "articles.1.text.2"), "my.toml:12:19");
    let (_, problems) = schema().check(&fields, &[Lang::EN, Lang::KO]);
    assert_eq!(problems, []);
}

#[test]
fn broken_toml_is_reported_with_all_its_places() {
    let error = read_toml("my.toml", "a = \nb = \"x\"\nc = [1,\n").unwrap_err();
    assert!(error.iter().count() >= 2, "{error:#}");
    let first = error.iter().next().unwrap();
    assert!(
        first.place.as_ref().unwrap().to_string().starts_with("my.toml:1:"),
        "{error:#}"
    );
    assert!(error.iter().all(|d| d.hint.is_some()));
}

#[test]
fn json_is_read_with_the_place_of_each_value() {
    let text = "{\n  \"title\": \"x\",\n  \"guest\": { \"name\": \"K\\\"im\", \"seat\": 4 },\n  \
                \"tags\": [\"a\", \"b\"]\n}";
    let fields = read_json("my.json", text).unwrap();
    assert_eq!(fields.get("guest.name"), Some(&Value::from("K\"im")));
    assert_eq!(place(&fields, "title"), "my.json:2:12");
    assert_eq!(place(&fields, "guest.seat"), "my.json:3:39");
    assert_eq!(place(&fields, "tags.2"), "my.json:4:17");
    for broken in ["", "[]", "{\"a\": 1, \"a\": 2}", "{\"a\": }"] {
        assert!(read_json("my.json", broken).is_err(), "{broken}");
    }
}

#[test]
fn a_form_reads_back_as_the_sample_it_was_made_of() {
    let sample = read_toml("sample", FILLED).unwrap();
    let form = form_toml(&schema(), Some(&sample), Lang::EN);
    let back = read_toml("form", &form).unwrap();
    assert_eq!(back.record().len(), sample.record().len(), "{form}");
    for (name, value) in sample.iter() {
        assert_eq!(back.get(name), Some(value), "{form}");
    }
    assert!(form.contains("# The title\n# (text; required)"), "{form}");
    // An empty form is TOML too, and its comments name every field.
    let empty = form_toml(&schema(), None, Lang::EN);
    read_toml("form", &empty).unwrap();
    for name in schema().names() {
        assert!(empty.contains(name), "{empty}");
    }
}

#[test]
fn other_forms_name_every_field() {
    assert_eq!(
        form_csv(&schema()),
        "title,note,day,count,tags,guest.name,guest.seat,articles.1.heading,articles.1.text\n"
    );
    let table = form_table(&schema(), Lang::EN);
    assert!(
        table.contains("articles.N.heading") && table.contains("The title"),
        "{table}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&form_json_schema(&schema(), "x")).unwrap();
    assert_eq!(json["properties"]["articles"]["minItems"], 1);
    assert_eq!(json["required"][0], "title");
}

/// Reads all rows of a table.
fn rows(bytes: &[u8]) -> Vec<Row> {
    Rows::new("guests.csv", bytes, Format::Table).unwrap().collect()
}

#[test]
fn tables_are_read_in_any_delimiter_and_encoding() {
    let korean =
        encoding_rs::EUC_KR.encode("last,place\n김철수와 이영희,서울특별시 종로구\n").0;
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("last,place\nKim,Seoul\n".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let cases: [(&[u8], &str); 6] = [
        (b"last,place\nKim,Seoul\n", "Seoul"),
        (b"\xef\xbb\xbflast;place\r\nKim;Seoul\r\n", "Seoul"),
        (b"last\tplace\nKim\t\"Seoul\"", "Seoul"),
        (b"last,place\nKim,\"Seoul, \"\"old\"\"\"\n", "Seoul, \"old\""),
        (&utf16, "Seoul"),
        (&korean, "서울특별시 종로구"),
    ];
    for (bytes, place) in cases {
        let rows = rows(bytes);
        assert_eq!(rows.len(), 1);
        let fields = rows[0].fields.as_ref().unwrap();
        assert_eq!(fields.get("place"), Some(&Value::from(place)));
        assert_eq!(self::place(fields, "place"), "guests.csv, row 1, column 2");
    }
}

#[test]
fn headers_are_paths_and_empty_cells_are_absent() {
    let rows = rows(b"parties.1.name,parties.1.short,x\nA,,1\n\nB,b,\n");
    assert_eq!(rows.len(), 2);
    let first = rows[0].fields.as_ref().unwrap();
    assert_eq!(first.get("parties.1.name"), Some(&Value::from("A")));
    assert_eq!(first.get("parties.1.short"), None);
    assert_eq!(rows[1].number, 2);
}

#[test]
fn odd_tables_are_explained() {
    let fails = |bytes: &[u8]| {
        let error = Rows::new("guests.csv", bytes, Format::Table).unwrap_err();
        format!("{error:#}")
    };
    assert!(fails(b"").contains("no header row"));
    assert!(fails(b"a,a\n1,2\n").contains("`a` twice"));
    let unclosed = fails(b"a,b\n1,\"two\n3,4\n");
    assert!(unclosed.contains("guests.csv:2:3"), "{unclosed}");
    let rows = rows(b"a,b\n1,2,3\n4,5\n");
    assert!(format!("{:#}", rows[0].fields.as_ref().unwrap_err()).contains("row 1"));
    assert!(rows[1].fields.is_ok());
}

#[test]
fn json_lines_are_rows() {
    let text = b"{\"last\": \"Kim\", \"tags\": [\"a\"]}\n\n{oops}\n{\"last\": \"Yi\"}";
    assert_eq!(Format::of("x", text), Format::JsonLines);
    let rows: Vec<Row> = Rows::new("x.jsonl", text, Format::JsonLines).unwrap().collect();
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0].fields.as_ref().unwrap().get("tags.1"), Some(&Value::from("a")));
    assert!(rows[1].fields.is_err() && rows[2].fields.is_ok());
}

#[test]
fn a_document_on_one_line_is_read_as_quickly() {
    let entries: String = (0..40_000).map(|n| format!("\"number {n}\", ")).collect();
    let text = format!("{{\"tags\": [{entries}\"é\"], \"title\": 3}}");
    // Were the line kept, or counted from its beginning, for each, this would take minutes.
    let fields = read_json("x.json", &text).unwrap();
    let at = text.find(": 3").unwrap() + 2;
    assert_eq!(
        fields.place(&"title".parse().unwrap()),
        Some(Place::in_text("x.json", &text, at))
    );
}

#[test]
fn no_bytes_panic() {
    let mut rng = crate::seed::Seed(4).rng();
    let stock = b"{}[]\",:;\t\n\\a1=#.'\xc3\xa9\xff";
    for _ in 0..3000 {
        let length = rng.below(40);
        let bytes: Vec<u8> = (0..length).map(|_| stock[rng.below(stock.len())]).collect();
        let text = String::from_utf8_lossy(&bytes);
        let _ = read_toml("x", &text);
        let _ = read_json("x", &text);
        for format in [Format::Table, Format::JsonLines] {
            if let Ok(rows) = Rows::new("x", &bytes, format) {
                assert!(rows.count() <= 40);
            }
        }
    }
}

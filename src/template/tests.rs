use std::collections::BTreeMap;
use std::sync::Arc;

use super::*;
use crate::document::{Block, Content, Inline, plain_text};

/// A template with one field of each kind of need.
const MANIFEST: &str = r#"
[template]
name = "note"
version = "1.0"
kind = "letter"
langs = ["en", "ko"]
title = { en = "Note to {{ to }}" }
about = { en = "A note" }
style = "plain"

[fields.to]
type = "text"
localized = true
required = true

[fields.day]
type = "date"

[fields.until]
type = "date"

[fields.items]
type = "list"
of = { type = "text" }

[fields.languages]
type = "list"
of = { type = "choice", choices = ["en", "ko"] }

[[rules]]
expr = "not day or not until or day <= until"
field = "until"
message = "`until` lies before `day`"
hint = "give a later day"
"#;

/// A template with this English body.
fn template(body: &str) -> Result<Template> {
    let files = [
        ("template.toml", MANIFEST),
        ("body.en.dj", body),
        ("body.ko.dj", "{{ to | josa(\"을/를\") }} 위하여"),
    ];
    let files: BTreeMap<String, Arc<str>> =
        files.map(|(name, text)| (name.to_owned(), Arc::from(text))).into();
    Template::new("note", &files)
}

/// The blocks that a body gives for these fields.
fn blocks(body: &str, fields: &Fields) -> Vec<Block> {
    let filled = template(body).unwrap().fill(fields).unwrap();
    filled.document().parts[0].blocks.clone()
}

/// The running text of a paragraph or heading.
fn inlines(block: &Block) -> &[Inline] {
    match &block.content {
        Content::Paragraph(inlines) | Content::Heading(_, inlines) => inlines,
        other => panic!("{other:?}"),
    }
}

#[test]
fn values_are_never_markup() {
    let hostile = [
        "*bold* _emph_ `code` [link](http://x) ![x](y) $`m`$",
        "# head",
        "{{ day }} {% if x %} {# c #}",
        "::: signatures",
        "{.title}",
        "- item",
        "* * *",
        "| a | b |",
        "\\",
        "<b>&amp;",
        "[^1]: note",
        "\"quoted\" -- --- ...",
    ];
    for value in hostile {
        let fields = Fields::new().set("to", value);
        for body in ["{{ to }}", "Dear {{ to }},", "{% set x = to %}{{ x }}"] {
            let blocks = blocks(body, &fields);
            assert_eq!(blocks.len(), 1, "{value}");
            let text = plain_text(inlines(&blocks[0]));
            assert!(text.contains(value), "{value:?} became {text:?}");
            let filled = |i: &Inline| matches!(i, Inline::Filled(t) if &**t == value);
            assert!(inlines(&blocks[0]).iter().any(filled), "{value}");
        }
    }
}

#[test]
fn values_pass_through_macros_captures_and_filters() {
    let fields = Fields::new().set("to", "*A*").set("items", vec!["_b_", "{c}", "# d"]);
    let bodies = [
        "{% macro m(x) %}[{{ x }}]{.small-caps}{% endmacro %}{{ m(to) }}",
        "{% set x %}{{ to }}!{% endset %}{{ x }}",
        "{{ to ~ \" and more\" }}",
        "{% set x %}{{ to }}{% endset %}{{ x ~ to }}",
        "{{ to | upper }}",
    ];
    for body in bodies {
        let blocks = blocks(body, &fields);
        assert!(plain_text(inlines(&blocks[0])).contains("*A*"), "{body}");
    }
    let blocks = blocks("{{ items | list }}.", &fields);
    assert_eq!(plain_text(inlines(&blocks[0])), "_b_, {c}, and # d.");
}

#[test]
fn lines_of_a_value_are_lines_on_the_page() {
    let blocks = blocks("{{ to }}", &Fields::new().set("to", "one two"));
    assert_eq!(inlines(&blocks[0]).len(), 1);
    let list = Fields::new().set("to", "x").set("items", vec!["a", "b"]);
    let blocks = self::blocks("{% for i in items %}\n{{ i }}\\\n{% endfor %}\n", &list);
    let breaks =
        inlines(&blocks[0]).iter().filter(|i| matches!(i, Inline::Break)).count();
    assert_eq!(breaks, 1, "{blocks:?}");
}

#[test]
fn absent_fields_are_none_and_unknown_names_are_errors() {
    let fields = Fields::new().set("to", "x");
    assert_eq!(blocks("{% if day %}{{ day }}{% endif %}ok", &fields).len(), 1);
    let error = template("one\n\n{{ nobody }}").unwrap().fill(&fields).unwrap_err();
    let shown = format!("{error:#}");
    assert!(shown.contains("note/body.en.dj:3:1"), "{shown}");
    assert!(shown.contains("hint:"), "{shown}");
}

#[test]
fn a_body_that_does_not_parse_is_refused_with_its_place() {
    let error = template("one\n{% if %}\n").unwrap_err();
    let shown = format!("{error:#}");
    assert!(
        shown.contains("template-syntax") && shown.contains("body.en.dj:2:"),
        "{shown}"
    );
    let error = template("a \u{f0001} b").unwrap_err();
    assert!(format!("{error}").contains("U+F0001"));
    let error = template("{{ to | safe }}").unwrap().fill(&Fields::new().set("to", "x"));
    assert!(error.is_err(), "there is no filter that lets values be markup");
}

#[test]
fn languages_come_from_the_fields() {
    let template = template("Dear {{ to }}").unwrap();
    let fields = Fields::new().set("to", "한국").set("languages", "ko, en");
    let filled = template.fill(&fields).unwrap();
    let langs: Vec<String> =
        filled.document().parts.iter().map(|part| part.lang.to_string()).collect();
    assert_eq!(langs, ["ko", "en"]);
    let korean = &filled.document().parts[0].blocks[0];
    assert_eq!(plain_text(inlines(korean)), "한국을 위하여");
    let none = template.fill_in(&fields, &["fr".parse().unwrap()]).unwrap_err();
    assert!(format!("{none:#}").contains("no text in `fr`"));
}

#[test]
fn rules_are_checked_and_blame_their_field() {
    let fields =
        Fields::new().set("to", "x").set("day", "1953-07-28").set("until", "1953-07-27");
    let error = template("x").unwrap().fill(&fields).unwrap_err();
    assert!(format!("{error}").contains("lies before"), "{error}");
    // A rule about a field that is itself wrong is passed over.
    let fields = Fields::new().set("to", "x").set("day", "whenever");
    let error = template("x").unwrap().fill(&fields).unwrap_err();
    assert_eq!(error.iter().count(), 1, "{error}");
    // All problems together.
    let fields = Fields::new().set("day", "whenever").set("tp", "x");
    let error = template("x").unwrap().fill(&fields).unwrap_err();
    assert_eq!(error.iter().count(), 3, "{error}");
}

#[test]
fn names_of_files_are_made_of_fields() {
    let pattern = NamePattern::new("{{ row }}-{{ last }}.pdf").unwrap();
    let fields = Fields::new().set("last", "Kim");
    assert_eq!(pattern.name(3, &fields).unwrap(), "3-Kim.pdf");
    assert!(pattern.name(3, &Fields::new()).is_err());
    assert!(NamePattern::new("{{ row").is_err());
}

#[test]
fn references_in_values_become_links() {
    let body = "{id=\"{{ items[0] }}\"}\n## Article I\n\n\
                {{ to | refer([[items[0], \"Article I\"]]) }}";
    let fields = |to: &str| {
        let items = Value::List(vec![Value::Text("truce".to_owned())]);
        Fields::new().set("to", to).set("items", items)
    };
    let made = blocks(body, &fields("As *in* [#truce], so here [#truce]"));
    assert_eq!(made[0].attributes.id.as_deref(), Some("truce"));
    let text = plain_text(inlines(&made[1]));
    assert_eq!(text, "As *in* Article I, so here Article I");
    let links = inlines(&made[1]).iter().filter(
        |inline| matches!(inline, Inline::Span(at, _) if at.get("to") == Some("truce")),
    );
    assert_eq!(links.count(), 2);
    let lost = template(body).unwrap().fill(&fields("As in [#war]")).unwrap_err();
    assert!(lost.to_string().contains("[#war] leads nowhere: there are truce"), "{lost}");
    // What only looks like one is left alone.
    for text in ["a [#", "a [# b", "#truce]", "[truce]"] {
        let made = blocks(body, &fields(text));
        assert_eq!(plain_text(inlines(&made[1])), text);
    }
}

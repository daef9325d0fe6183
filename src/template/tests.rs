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
of = { type = "text", multiline = true }

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
fn a_manifest_with_more_creases_than_a_letter_has_is_refused() {
    let read = |folds: &str| {
        let more = format!("style = \"plain\"\nfolds = {folds}");
        Manifest::parse("template.toml", &MANIFEST.replace("style = \"plain\"", &more))
    };
    assert_eq!(read("[2, 1]").unwrap().folds, Some([2, 1]));
    let shown = format!("{:#}", read("[8, 0]").unwrap_err());
    assert!(shown.contains("`folds`") && shown.contains("at most [7, 3]"), "{shown}");
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
    let body = "{{ to | refer }}\n\n{id=\"{{ items[0] }}\"}\n## Article I.\n";
    let fields = |to: &str| {
        let items = Value::List(vec![Value::Text("truce".to_owned())]);
        Fields::new().set("to", to).set("items", items)
    };
    let made = blocks(body, &fields("As *in* [#truce], so here [#truce]"));
    assert_eq!(made[1].attributes.id.as_deref(), Some("truce"));
    let text = plain_text(inlines(&made[0]));
    assert_eq!(text, "As *in* Article I, so here Article I");
    let links = inlines(&made[0]).iter().filter(
        |inline| matches!(inline, Inline::Span(at, _) if at.get("to") == Some("truce")),
    );
    assert_eq!(links.count(), 2);
    let lost = template(body).unwrap().fill(&fields("As in [#war]")).unwrap_err();
    assert!(lost.to_string().contains("[#war] leads nowhere: there are truce"), "{lost}");
    // What only looks like one is left alone.
    for text in ["a [#", "a [# b", "#truce]", "[truce]", "[#a b] and *c*"] {
        let made = blocks(body, &fields(text));
        assert_eq!(plain_text(inlines(&made[0])), text);
    }
}

/// The clauses that a body gives, each with its label.
fn clauses(body: &str, fields: &Fields) -> Vec<String> {
    let shown = |block: &Block| {
        let label = block.attributes.get("label").unwrap_or("-");
        let class = block.attributes.classes.join(" ");
        format!("{class}|{label}|{}", plain_text(inlines(block)))
    };
    blocks(body, fields).iter().map(shown).collect()
}

/// A body that prints `items` as clauses.
fn numbered(arguments: &str) -> String {
    format!(
        "{{% for clause in items | clauses({arguments}) %}}\n\
         {{.{{{{ clause.class }}}}{{% if clause.label %}} label=\"{{{{ clause.label }}}}\"\
         {{% endif %}}{{% if clause.id %}} id=\"{{{{ clause.id }}}}\" \
         called=\"{{{{ clause.called }}}}\"{{% endif %}}}}\n\
         {{{{ clause.text | refer }}}}\n\n{{% endfor %}}\n"
    )
}

#[test]
fn paragraphs_have_items_and_items_of_items() {
    let text = "Each side shall:\n- withdraw;\n- [=mines] clear\n-- by day;\n-- [=night] by \
                night;\nas said in [#night].";
    let fields =
        Fields::new().set("to", "x").set("items", vec![text, "See [#mines], a - b."]);
    let made = clauses(&numbered("of=\"Article II\""), &fields);
    let expected = [
        "clause|1.|Each side shall:",
        "subclause|a.|withdraw;",
        "subclause|b.|clear",
        "subsubclause|(1)|by day;",
        "subsubclause|(2)|by night;",
        "clause|-|as said in Article II, paragraph 1 b (2).",
        "clause|2.|See Article II, paragraph 1 b, a - b.",
    ];
    assert_eq!(made, expected);
    let made = clauses(&numbered("after=12, of=\"Article II\""), &fields);
    assert_eq!(made[0], "clause|13.|Each side shall:");
    assert_eq!(made[6], "clause|14.|See Paragraph 13 b, a - b.");
    let marks = "after=0, marks={\"item\": \"(i)\", \"paragraph\": \"(1)\", \
                 \"subitem\": none}";
    let made = clauses(&numbered(marks), &fields);
    assert_eq!(made[2], "subclause|(ii)|clear");
    assert_eq!(made[6], "clause|(2)|See Paragraph 1 (ii), a - b.");
}

#[test]
fn a_paragraph_alone_has_no_number() {
    let text = "All:\n- one;\n- [=two] two;\nsee [#two]";
    let fields = Fields::new().set("to", "x").set("items", vec![text]);
    let made = clauses(&numbered("of=\"Article II\""), &fields);
    let expected = [
        "clause|-|All:",
        "subclause|a.|one;",
        "subclause|b.|two;",
        "clause|-|see Article II b",
    ];
    assert_eq!(made, expected);
}

#[test]
fn items_that_cannot_be_numbered_are_refused() {
    for (text, problem) in [
        ("a\n-- b", "under none"),
        ("a\n- b\n--- c", "no deeper"),
        ("a\n- [=x] b\n- [#y]", "leads nowhere: there are x"),
    ] {
        let fields = Fields::new().set("to", "x").set("items", vec![text]);
        let template = template(&numbered("of=\"Article II\"")).unwrap();
        let error = template.fill(&fields).unwrap_err();
        assert!(format!("{error:#}").contains(problem), "{text:?}: {error:#}");
    }
    let many: Vec<String> = (0..11).map(|n| format!("{n}")).collect();
    let fields = Fields::new().set("to", "x").set("items", many);
    let marks =
        "of=\"\", marks={\"item\": none, \"paragraph\": \"甲、\", \"subitem\": none}";
    let error = template(&numbered(marks)).unwrap().fill(&fields).unwrap_err();
    assert!(format!("{error:#}").contains("no sign for so many"), "{error:#}");
}

#[test]
fn the_rules_of_period_are_filters() {
    let fields =
        Fields::new().set("to", "x").set("day", "1732-02-22").set("until", "1953-07-27");
    let cases = [
        ("day | date(\"month-day-year\", calendar=\"old-style\")", "February 11, 1731/2"),
        (
            "day | date(\"words\", calendar=\"old-style\", tens=\"open\")",
            "eleventh day of February, one thousand seven hundred and thirty one",
        ),
        ("day | regnal_year", "5 Geo. II"),
        (
            "until | independence_year | ordinal(tens=\"open\")",
            "one hundred and seventy eighth",
        ),
        ("until | era(\"dangi\")", "4286"),
        ("until | sexagenary", "癸巳"),
        ("1953 | sexagenary", "癸巳"),
        ("until | month", "July"),
        ("until | weekday", "Monday"),
        ("until | date_time_group(\"10:00\", \"Asia/Seoul\")", "271000I JUL 53"),
        ("\"1950-06-25\" | date_time_group(\"0400\", \"Asia/Seoul\")", "250400K JUN 50"),
        ("until | date_time_group(\"1000\", \"Z\")", "271000Z JUL 53"),
        ("22 | ordinal_short(ordinals=\"legal\")", "22d"),
        ("1814 | year_words(years=\"hundreds\")", "eighteen hundred and fourteen"),
        ("12340 | numeral(\"korean-financial\")", "壹萬貳仟參佰肆拾"),
        ("320000 | grouped", "320,000"),
        ("[4, 16, 8] | sterling(\"dots\")", "£4..16..8"),
        ("240 | sterling", "£1"),
        ("12340 | won(\"financial\")", "金壹萬貳仟參佰肆拾원整"),
        ("12340 | won(\"financial-hanja\", \"hwan\")", "金壹萬貳仟參佰肆拾圜整"),
        ("23 | counter(\"final-j-roman\")", "xxiij"),
        ("3 | label(\"（子）\")", "（寅）"),
        ("[\"A\", \"B\", \"C\"] | list(comma=false)", "A, B and C"),
        ("\"the letter of William\" | contracted", "ye letter of Wm"),
    ];
    for (filter, expected) in cases {
        let made = blocks(&format!("{{{{ {filter} }}}}"), &fields);
        assert_eq!(plain_text(inlines(&made[0])), expected, "{filter}");
    }
}

#[test]
fn names_and_fields_that_nobody_uses_are_told() {
    let body =
        "{% if day %}{{ nobody }}{% endif %}{{ to }} {{ until }}{{ items | list }}";
    let told = template(body).unwrap().lint();
    let told: Vec<String> = told.iter().map(|problem| format!("{problem:#}")).collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains("`nobody`") && told[0].contains("note/body.en.dj:1:"));
    let told = template("{{ to }}{{ items | list }}").unwrap().lint();
    assert!(told.is_empty(), "a rule uses the days: {told:?}");
    let told = template("{{ to }}").unwrap().lint();
    let told: Vec<String> = told.iter().map(|problem| format!("{problem:#}")).collect();
    assert!(told[0].contains("nothing uses the field `items`"), "{told:#?}");
    assert!(told[0].contains("note/template.toml:"), "{told:#?}");
}

#[test]
fn places_that_one_language_lacks_are_told() {
    let template = template("{id=here}\n{{ to }}").unwrap();
    let langs = ["en", "ko"].map(|lang| lang.parse().unwrap());
    let fields = Fields::new().set("to", "x");
    let told = template.fill_in(&fields, &langs).unwrap().lint();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].message.contains("`ko` has no place named `here`"), "{told:?}");
    assert!(template.fill_in(&fields, &langs[..1]).unwrap().lint().is_empty());
}

#[test]
fn a_backslash_that_would_be_set_is_told() {
    let fields = Fields::new().set("to", "x");
    let told = |body: &str| template(body).unwrap().fill(&fields).unwrap().lint();
    let stray = told("{{ to }}\\{% if to %}\n\nmore{% endif %}");
    assert!(told("{{ to }}\\\nmore").is_empty());
    let [stray] = &stray[..] else { panic!("{stray:?}") };
    assert!(stray.message.contains("`x\\`"), "{stray:?}");
}

#[test]
fn a_lost_reference_has_the_place_of_its_value() {
    let source = "to = \"As in [#war].\"\n";
    let fields = crate::data::read_toml("my.toml", source).unwrap();
    let lost = template("{{ to | refer }}").unwrap().fill(&fields).unwrap_err();
    let shown = format!("{lost:#}");
    assert!(shown.contains("my.toml:1:13"), "{shown}");
    assert!(shown.contains("nothing has a name"), "{shown}");
}

#[test]
fn a_paragraph_ends_whatever_tag_it_ends_in() {
    let fields = Fields::new().set("to", "x").set("day", "1953-07-27");
    let made =
        blocks("{% if day %}One.{% endif %}\n\nTwo {% if day %}a{% endif %}\nb", &fields);
    let texts: Vec<String> =
        made.iter().map(|block| plain_text(inlines(block))).collect();
    assert_eq!(texts, ["One.", "Two ab"]);
}

#[test]
fn writers_have_hands_in_the_order_of_their_names() {
    let body = "[a]{writer=\"Zoe\"} [b]{writer=\"Abel\"} [c]{writer=\"Zoe\"}";
    let made = blocks(body, &Fields::new().set("to", "x"));
    let classes = inlines(&made[0]).iter().filter_map(|inline| match inline {
        Inline::Span(attributes, _) => Some(attributes.classes.join(" ")),
        _ => None,
    });
    assert_eq!(classes.collect::<Vec<_>>(), ["writer-2", "writer-1", "writer-2"]);
}

//! Forms: what a template wants to know, ready to be filled in.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use crate::field::{Field, FieldType, Fields, Limit, Record, Schema, Value};
use crate::lang::Lang;

/// A commented file of fields in TOML, with the values of a sample; optional fields that
/// the sample leaves out are commented out. Help is in a language, or in English.
pub fn form_toml(schema: &Schema, sample: Option<&Fields>, lang: Lang) -> String {
    let empty = Record::new();
    let record = sample.map_or(&empty, Fields::record);
    let mut form = Form { out: String::new(), lang };
    // In TOML a table swallows what follows it: plain values come first.
    for (name, field) in schema.iter() {
        let value = record.get(name).or(field.default.as_ref());
        if !is_table(field, value) {
            form.plain(name, field, value);
        }
    }
    for (name, field) in schema.iter() {
        let value = record.get(name).or(field.default.as_ref());
        if is_table(field, value) {
            form.tables(name, field, value);
        }
    }
    form.out
}

/// Whether a field is written under a header of its own.
fn is_table(field: &Field, value: Option<&Value>) -> bool {
    match (&field.ty, value) {
        (FieldType::Record(_) | FieldType::Party(_), _) => true,
        (FieldType::List(of), value) => {
            of.ty.fields().is_some()
                && value
                    .is_none_or(|v| matches!(v.entries().first(), Some(Value::Record(_))))
        }
        _ => false,
    }
}

/// A file of fields in the making.
struct Form {
    /// What is written.
    out: String,
    /// The language of the help.
    lang: Lang,
}

impl Form {
    /// Writes the comment over a field.
    fn comment(&mut self, field: &Field) {
        if let Some(help) = field.help(self.lang) {
            for line in help.lines() {
                let _ = writeln!(self.out, "# {line}");
            }
        }
        let _ = writeln!(self.out, "# ({})", describe(field));
    }

    /// Writes a field on a line of its own.
    fn plain(&mut self, name: &str, field: &Field, value: Option<&Value>) {
        self.comment(field);
        let shown = match (value, field.example.as_ref()) {
            (Some(value), _) | (None, Some(value)) => toml(value),
            (None, None) => blank(&field.ty),
        };
        let off = if value.is_none() && !field.required { "# " } else { "" };
        for (i, line) in format!("{name} = {shown}").lines().enumerate() {
            // Only the first line of a commented value begins it, but all are comments.
            let _ = writeln!(
                self.out,
                "{}{line}",
                if i == 0 || !off.is_empty() { off } else { "" }
            );
        }
        self.out.push('\n');
    }

    /// Writes a record, or a list of records, under headers.
    fn tables(&mut self, name: &str, field: &Field, value: Option<&Value>) {
        self.comment(field);
        match (&field.ty, value) {
            (FieldType::List(of), Some(Value::List(entries))) => {
                for entry in entries {
                    let _ = writeln!(self.out, "[[{name}]]");
                    self.entry(of.ty.fields(), entry);
                }
            }
            (FieldType::List(of), _) => {
                let _ = writeln!(self.out, "# [[{name}]]");
                self.outline(of.ty.fields());
            }
            (ty, Some(entry)) => {
                let _ = writeln!(self.out, "[{name}]");
                self.entry(ty.fields(), entry);
            }
            (ty, None) => {
                let off = if field.required { "" } else { "# " };
                let _ = writeln!(self.out, "{off}[{name}]");
                self.outline(ty.fields());
            }
        }
    }

    /// Writes the values of a record, in the order of its schema.
    fn entry(&mut self, schema: Option<&Schema>, entry: &Value) {
        let Value::Record(record) = entry else { return };
        let names = schema.into_iter().flat_map(Schema::names);
        for name in names {
            match record.get(name) {
                Some(value) => {
                    let _ = writeln!(self.out, "{name} = {}", toml(value));
                }
                None => {
                    let _ = writeln!(self.out, "# {name} =");
                }
            }
        }
        self.out.push('\n');
    }

    /// Writes the names of a record's fields as comments.
    fn outline(&mut self, schema: Option<&Schema>) {
        for (name, field) in schema.into_iter().flat_map(Schema::iter) {
            let shown = field.example.as_ref().map_or_else(|| blank(&field.ty), toml);
            let shown = shown.replace('\n', " ");
            let _ = writeln!(self.out, "# {name} = {shown}");
        }
        self.out.push('\n');
    }
}

/// The type of a field and what is asked of it, in a few words.
fn describe(field: &Field) -> String {
    let mut words = match &field.ty {
        FieldType::Text { localized: true, .. } => {
            "text, or one for each language: { en = \"…\", ko = \"…\" }".to_owned()
        }
        FieldType::Date => "date: 1953-07-27".to_owned(),
        FieldType::Bool => "true or false".to_owned(),
        FieldType::Choice(choices) => format!("one of: {}", choices.join(", ")),
        FieldType::Image => "picture file, PNG or JPEG".to_owned(),
        FieldType::List(of) => match &of.ty {
            FieldType::Choice(choices) => format!("list of: {}", choices.join(", ")),
            ty => format!("list of {}", ty.name()),
        },
        ty => ty.name().to_owned(),
    };
    words.push_str(match (field.required, &field.when) {
        (true, None) => "; required",
        (true, Some(_)) => "; sometimes required",
        (false, _) => "; optional",
    });
    words
}

/// What stands for a value that nobody has given yet.
fn blank(ty: &FieldType) -> String {
    match ty {
        FieldType::Number => "0".to_owned(),
        FieldType::Bool => "false".to_owned(),
        FieldType::Date => "1953-07-27".to_owned(),
        FieldType::List(_) => "[]".to_owned(),
        FieldType::Choice(choices) => quoted(choices.first().map_or("", String::as_str)),
        FieldType::Record(_) | FieldType::Party(_) => "{}".to_owned(),
        FieldType::Text { .. } | FieldType::Image => "\"\"".to_owned(),
    }
}

/// A value in TOML, on one line but for long texts and lists of texts.
fn toml(value: &Value) -> String {
    match value {
        Value::Text(text) if text.contains('\n') => block(text),
        Value::Text(text) => quoted(text),
        Value::Number(_) | Value::Bool(_) | Value::Date(_) => value.to_string(),
        Value::List(entries) => {
            let shown: Vec<String> = entries.iter().map(toml).collect();
            let long = shown.iter().map(String::len).sum::<usize>() > 70;
            if long {
                format!("[\n    {},\n]", shown.join(",\n    "))
            } else {
                format!("[{}]", shown.join(", "))
            }
        }
        Value::Record(record) => {
            let pairs: Vec<String> = record
                .iter()
                .map(|(name, v)| format!("{} = {}", key(name), toml(v)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Localized(texts) => {
            let pairs: Vec<String> = texts
                .iter()
                .map(|(lang, text)| format!("{lang} = {}", quoted(text)))
                .collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Image(_) => "\"\"".to_owned(),
    }
}

/// A name, in quotation marks where TOML wants them.
fn key(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !name.is_empty() && name.chars().all(plain) {
        name.to_owned()
    } else {
        quoted(name)
    }
}

/// A text in quotation marks (TOML 1.0, Basic strings).
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A text of several lines, as such where nothing in it would have to be escaped.
fn block(text: &str) -> String {
    let plain = |c: char| c == '\n' || (!c.is_control() && c != '\\');
    if text.chars().all(plain) && !text.contains("\"\"\"") && !text.ends_with('"') {
        format!("\"\"\"\n{text}\"\"\"")
    } else {
        quoted(text)
    }
}

/// The header row of a table for a batch: the fields that fit into a cell, the first
/// entries of lists of records.
pub fn form_csv(schema: &Schema) -> String {
    let mut names = Vec::new();
    for (name, field) in schema.iter() {
        header(name, field, &mut names);
    }
    let mut out = names.join(",");
    out.push('\n');
    out
}

/// The columns of a field.
fn header(path: &str, field: &Field, names: &mut Vec<String>) {
    match &field.ty {
        FieldType::Record(fields) | FieldType::Party(fields) => {
            for (name, field) in fields.iter() {
                header(&format!("{path}.{name}"), field, names);
            }
        }
        FieldType::List(of) if of.ty.fields().is_some() => {
            header(&format!("{path}.1"), of, names);
        }
        _ => names.push(path.to_owned()),
    }
}

/// A table of the fields for people to read.
pub fn form_table(schema: &Schema, lang: Lang) -> String {
    let mut rows = vec![[
        "field".to_owned(),
        "type".to_owned(),
        String::new(),
        "what it is for".to_owned(),
    ]];
    table_rows("", schema, lang, &mut rows);
    let width = |column: usize| {
        rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0)
    };
    let widths = [width(0), width(1), width(2)];
    let mut out = String::new();
    for [name, ty, need, help] in &rows {
        let pad = |text: &str, width: usize| {
            format!("{text}{}", " ".repeat(width - text.chars().count()))
        };
        let line = format!(
            "{}  {}  {}  {help}",
            pad(name, widths[0]),
            pad(ty, widths[1]),
            pad(need, widths[2])
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// The rows of a schema and of the records in it.
fn table_rows(prefix: &str, schema: &Schema, lang: Lang, rows: &mut Vec<[String; 4]>) {
    for (name, field) in schema.iter() {
        let path = format!("{prefix}{name}");
        let ty = match &field.ty {
            FieldType::List(of) => format!("list of {}", of.ty.name()),
            ty => ty.name().to_owned(),
        };
        let need = if field.required { "required" } else { "" };
        let help = field.help(lang).unwrap_or("").replace('\n', " ");
        rows.push([path.clone(), ty, need.to_owned(), help]);
        match &field.ty {
            FieldType::Record(fields) | FieldType::Party(fields) => {
                table_rows(&format!("{path}."), fields, lang, rows);
            }
            FieldType::List(of) => {
                if let Some(fields) = of.ty.fields() {
                    table_rows(&format!("{path}.N."), fields, lang, rows);
                }
            }
            _ => {}
        }
    }
}

/// The schema in JSON Schema (draft 2020-12).
pub fn form_json_schema(schema: &Schema, title: &str) -> String {
    let mut root = object(schema);
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!(title));
    let mut text = serde_json::to_string_pretty(&Json::Object(root)).unwrap_or_default();
    text.push('\n');
    text
}

/// A record in JSON Schema.
fn object(schema: &Schema) -> Map<String, Json> {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, field) in schema.iter() {
        properties.insert(name.to_owned(), property(field));
        if field.required && field.when.is_none() {
            required.push(json!(name));
        }
    }
    let mut object = Map::new();
    object.insert("type".into(), json!("object"));
    object.insert("properties".into(), Json::Object(properties));
    object.insert("required".into(), Json::Array(required));
    object.insert("additionalProperties".into(), json!(false));
    object
}

/// A field in JSON Schema.
fn property(field: &Field) -> Json {
    let mut out = match &field.ty {
        FieldType::Text { localized, multiline } => {
            let text = text(field, *multiline);
            if *localized {
                let by_lang = json!({ "type": "object", "additionalProperties": &text });
                Map::from_iter([("anyOf".into(), json!([&text, by_lang]))])
            } else {
                text
            }
        }
        FieldType::Image => typed("string"),
        FieldType::Date => {
            let mut map = typed("string");
            map.insert("format".into(), json!("date"));
            map
        }
        FieldType::Number => {
            let mut map = typed("number");
            between(field, ["minimum", "maximum"], &mut map);
            map
        }
        FieldType::Bool => typed("boolean"),
        FieldType::Choice(choices) => {
            let mut map = typed("string");
            map.insert("enum".into(), json!(choices));
            map
        }
        FieldType::Record(fields) | FieldType::Party(fields) => object(fields),
        FieldType::List(of) => {
            let mut map = typed("array");
            map.insert("items".into(), property(of));
            between(field, ["minItems", "maxItems"], &mut map);
            map
        }
    };
    if let Some(help) = field.help(Lang::EN) {
        out.insert("description".into(), json!(help));
    }
    Json::Object(out)
}

/// A text in JSON Schema, in one language.
fn text(field: &Field, multiline: bool) -> Map<String, Json> {
    let mut map = typed("string");
    if !multiline {
        map.insert("pattern".into(), json!(r"^[^\r\n]*$"));
    }
    between(field, ["minLength", "maxLength"], &mut map);
    map
}

/// A type in JSON Schema.
fn typed(name: &str) -> Map<String, Json> {
    let mut map = Map::new();
    map.insert("type".into(), json!(name));
    map
}

/// The limits of a field in JSON Schema, under the names they have for its type.
fn between(field: &Field, [least, most]: [&str; 2], out: &mut Map<String, Json>) {
    for (name, limit) in [(least, field.min), (most, field.max)] {
        if let Some(Limit::Number(number)) = limit {
            let whole = number.fract() == 0.0 && number.abs() < 9e15;
            let value = if whole { json!(number as i64) } else { json!(number) };
            out.insert(name.into(), value);
        }
    }
}

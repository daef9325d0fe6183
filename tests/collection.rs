//! Every template of the collection bears what users do to it: optional parts left out,
//! lists with their least and with twelve entries, texts ten times as long, every age.

use std::sync::Arc;

use engross::field::{Field, FieldType, Limit, Schema};
use engross::geom::Length;
use engross::page::{Item, Pages, Run};
use engross::{Fields, Finish, Look, Press, Template, Value};

/// A way of changing a sample.
struct Case {
    /// What was changed, for the report.
    what: String,
    /// The fields.
    fields: Fields,
}

/// Sets a document without sheets.
fn typeset(press: &Press, template: &Template, fields: &Fields) -> Result<Pages, String> {
    let filled = template.fill(fields).map_err(|problems| problems.to_string())?;
    let look = Look::default().finish(Finish::Clean);
    press.typeset(&filled, &look).map_err(|problems| problems.to_string())
}

/// Checks cases of all templates that `cases` makes of schema and sample.
fn check(cases: impl Fn(&Schema, &Fields) -> Vec<Case>) {
    let press = Press::new();
    let mut faults = Vec::new();
    for name in press.template_names() {
        let template = press.template(name).expect("it is bundled");
        let sample = template.sample().expect("it is sound");
        for Case { what, fields } in cases(template.schema(), &sample) {
            match typeset(&press, &template, &fields) {
                Ok(pages) => {
                    faults.extend(astray(&pages).map(|f| format!("{name}, {what}: {f}")));
                }
                // A template may say what does not go together.
                Err(problem) if problem.contains("[field-rule]") => {}
                Err(problem) => faults.push(format!("{name}, {what}: {problem}")),
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Words that stand off their page.
fn astray(pages: &Pages) -> Option<String> {
    let near = Length::pt(-2.0);
    pages.pages.iter().enumerate().find_map(|(number, page)| {
        let off = |run: &&Run| {
            let end = run.glyphs.last().map_or(Length::ZERO, |glyph| glyph.x);
            let upright = !run.vertical && run.turn == engross::geom::Angle::ZERO;
            let right = if upright { run.origin.x + end } else { run.origin.x };
            run.origin.x < near
                || run.origin.y < near
                || right > page.size.width - near
                || run.origin.y > page.size.height - near
        };
        let mut runs = page.items.iter().filter_map(|placed| match &placed.item {
            Item::Run(run) => Some(run),
            _ => None,
        });
        runs.find(off).map(|run| format!("`{}` stands off page {}", run.text, number + 1))
    })
}

/// The same fields without one.
fn without(fields: &Fields, path: &str) -> Fields {
    let (parent, name) = path.rsplit_once('.').unwrap_or(("", path));
    if parent.is_empty() {
        let mut record = fields.record().clone();
        record.shift_remove(name);
        return record
            .into_iter()
            .fold(Fields::new(), |out, (key, value)| out.set(&key, value));
    }
    let mut value = fields.get(parent).expect("it is there").clone();
    if let Value::Record(record) = &mut value {
        record.shift_remove(name);
    }
    fields.clone().set(parent, value)
}

/// Calls `visit` with the path of every field that a sample has, records and the first
/// entries of lists included.
fn walk(
    schema: &Schema,
    fields: &Fields,
    above: &str,
    visit: &mut dyn FnMut(&str, &Field, &Value),
) {
    for (name, field) in schema.iter() {
        let path =
            if above.is_empty() { name.to_owned() } else { format!("{above}.{name}") };
        let Some(value) = fields.get(&path) else { continue };
        visit(&path, field, value);
        let (inner, path) = match &field.ty {
            FieldType::List(of) => (&of.ty, format!("{path}.1")),
            own => (own, path),
        };
        if let (FieldType::Record(inner) | FieldType::Party(inner), Some(_)) =
            (inner, fields.get(&path))
        {
            walk(inner, fields, &path, visit);
        }
    }
}

/// A limit as a count.
fn count(limit: Option<Limit>, none: usize) -> usize {
    match limit {
        Some(Limit::Number(number)) => number as usize,
        _ => none,
    }
}

#[test]
fn every_optional_part_can_be_left_out() {
    check(|schema, sample| {
        let mut cases = Vec::new();
        walk(schema, sample, "", &mut |path, field, _| {
            if !field.required && field.when.is_none() {
                let fields = without(sample, path);
                cases.push(Case { what: format!("without {path}"), fields });
            }
        });
        cases
    });
}

#[test]
fn lists_work_with_their_least_and_with_twelve_entries() {
    check(|schema, sample| {
        let mut cases = Vec::new();
        walk(schema, sample, "", &mut |path, field, value| {
            let (FieldType::List(_), Value::List(entries)) = (&field.ty, value) else {
                return;
            };
            let most = count(field.max, 12).min(12);
            // A list of choices, such as the languages, takes each once.
            for count in [count(field.min, 1).max(1), most] {
                if count > entries.len()
                    && matches!(&entries[0], Value::Text(t) if t.len() < 4)
                {
                    continue;
                }
                let many = entries.iter().cycle().take(count).cloned().collect();
                let fields = sample.clone().set(path, Value::List(many));
                cases.push(Case { what: format!("{path} with {count}"), fields });
            }
        });
        cases
    });
}

#[test]
fn texts_may_be_ten_times_as_long() {
    check(|schema, sample| {
        let mut fields = sample.clone();
        walk(schema, sample, "", &mut |path, field, value| {
            let longer = match (&field.ty, value) {
                (FieldType::Text { multiline: true, .. }, value) => ten_times(value),
                (FieldType::List(of), Value::List(entries))
                    if matches!(of.ty, FieldType::Text { .. }) =>
                {
                    Value::List(entries.iter().map(ten_times).collect())
                }
                _ => return,
            };
            if field.max.is_none() && path.matches('.').count() < 2 {
                let before = fields.clone();
                fields = before.set(path, longer);
            }
        });
        vec![Case { what: "ten times".to_owned(), fields }]
    });
}

/// A text ten times over.
fn ten_times(value: &Value) -> Value {
    match value {
        Value::Text(text) => Value::Text([text.as_str(); 10].join(" ")),
        Value::Record(texts) => Value::Record(
            texts.iter().map(|(lang, text)| (lang.clone(), ten_times(text))).collect(),
        ),
        other => other.clone(),
    }
}

#[test]
fn samples_render_at_every_age_in_every_style_and_language_without_a_warning() {
    let press = Press::new();
    let mut faults = Vec::new();
    for name in press.template_names() {
        let template = press.template(name).expect("it is bundled");
        let sample = template.sample().expect("it is sound");
        let manifest = template.manifest();
        let langs = manifest.langs.iter().map(|&lang| vec![lang]);
        let looks = [0, 50, 100].map(|age| Look::default().age(age));
        let styles = manifest.styles.iter().map(|style| Look::default().style(style));
        let fills: Vec<_> =
            langs.map(|langs| template.fill_in(&sample, &langs)).collect();
        for look in looks.into_iter().chain(styles) {
            for filled in &fills {
                let set = filled.as_ref().map_err(ToString::to_string);
                let set = set.and_then(|filled| {
                    press.typeset(filled, &look).map_err(|problems| problems.to_string())
                });
                match set {
                    Ok(pages) => {
                        faults.extend(astray(&pages).map(|f| format!("{name}: {f}")));
                    }
                    Err(problem) => faults.push(format!("{name}: {problem}")),
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_treaty_of_three_refers_to_its_articles_and_orders_its_parties() {
    let press = Press::new();
    let template = press.template("peace-treaty").expect("it is bundled");
    let party = |name: &str| {
        format!(
            "[[parties]]\nname = \"{name}\"\n[[parties.signatories]]\nname = \"N. of {name}\"\n"
        )
    };
    let parties: String = ["the Zemble", "Anland", "the Morrow"].map(party).concat();
    let text = |order: &str, lot: u32| {
        let fields = format!(
            "place = \"Oud\"\ndate = 1954-01-01\norder = \"{order}\"\nlot = {lot}\n\
             numbering = \"continuous\"\n\
             [[articles]]\nid = \"truce\"\ntext = [\"One.\", \"Two.\"]\n\
             [[articles]]\ntext = [\"See [#truce].\"]\n{parties}"
        );
        let fields = Fields::from_toml(&fields).expect("it is sound");
        let pages = typeset(&press, &template, &fields).expect("it can be set");
        let runs = pages.pages.iter().flat_map(|page| &page.items);
        let words = runs.filter_map(|placed| match &placed.item {
            Item::Run(run) => Some(run.text.as_str()),
            _ => None,
        });
        let words = words.flat_map(str::split_whitespace);
        words.collect::<Vec<_>>().join(" ")
    };
    let given = text("given", 1);
    assert!(given.contains("the Zemble, Anland, and the Morrow"), "{given}");
    assert!(given.contains("See Article I"), "{given}");
    assert!(given.contains("3."), "{given}");
    // The holder of the copy comes first, whatever the order of the others.
    assert!(text("alphabetical", 1).contains("the Zemble, Anland, and the Morrow"));
    let drawn: Vec<String> = (0..8).map(|lot| text("lot", lot)).collect();
    assert_eq!(drawn[3], text("lot", 3));
    assert!(
        drawn.iter().any(|drawn| drawn.contains("the Zemble, the Morrow, and Anland"))
    );
}

#[test]
fn the_template_of_the_guide_works() {
    let guide = include_str!("../docs/writing-a-template.md");
    let blocks: Vec<&str> = guide.split("```").skip(1).step_by(2).collect();
    let text = |begin: &str, words: &str| {
        let block =
            blocks.iter().find(|block| block.starts_with(begin) && block.contains(words));
        block.expect("the guide has it").split_once('\n').expect("it has lines").1
    };
    let files = [
        ("template.toml", text("toml", "[template]")),
        ("body.en.dj", text("text", "# Bill of Sale")),
        ("sample.toml", text("toml", "seller = ")),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), Arc::from(text)));
    let template = Template::new("bill-of-sale", &files.into()).expect("it is sound");
    let press = Press::new();
    let sample = template.sample().expect("it is sound");
    assert!(template.check(&sample).is_empty(), "{:?}", template.check(&sample));
    typeset(&press, &template, &sample).expect("it can be set");
    typeset(&press, &template, &without(&sample, "witness")).expect("nobody saw it");
}

//! The built-in record `party`: a power that makes a treaty, and those who sign for it.

use super::schema::{Field, FieldType, Schema};
use super::value::Value;
use crate::lang::Lang;

/// The fields of a party, with those a template adds or declares anew.
pub(super) fn schema(own: Option<Schema>) -> Schema {
    let mut fields = party();
    for (name, field) in own.unwrap_or_default().0 {
        fields.insert(name, field);
    }
    fields
}

/// The fields every party has.
///
/// The order is that of a preamble: the power, on whose behalf, its full style, and the
/// plenipotentiaries with all their titles (Satow, *A Guide to Diplomatic Practice*, on
/// full powers and the alternat).
fn party() -> Schema {
    let mut fields = Schema::new();
    let mut name = localized(
        "The name in full: the United States of America",
        "정식 이름: 대한민국",
    );
    name.required = true;
    fields.insert("name", name);
    fields.insert(
        "short",
        localized(
            "The name used after the first time: the United States",
            "줄인 이름: 한국",
        ),
    );
    fields.insert(
        "head",
        localized(
            "On whose behalf it acts: the President of the United States",
            "누구를 대표하는가: 대한민국 대통령",
        ),
    );
    fields.insert(
        "style",
        localized(
            "The full style of the head: by the Grace of God, King of …",
            "원수의 정식 칭호",
        ),
    );
    fields.insert("capital", localized("The seat of its government", "수도"));
    let mut signatories = Field::new(FieldType::List(Box::new(signatory())));
    help(
        &mut signatories,
        "Those who sign for it, in the order they sign",
        "서명자, 서명 순서대로",
    );
    fields.insert("signatories", signatories);
    fields
}

/// One who signs.
fn signatory() -> Field {
    let mut fields = Schema::new();
    let mut name = localized("The name as it is signed", "서명하는 이름");
    name.required = true;
    fields.insert("name", name);
    fields.insert(
        "rank",
        localized("Before the name: General, Sir", "이름에 붙는 계급 또는 경칭"),
    );
    let mut office = Field::new(FieldType::Text { localized: true, multiline: true });
    help(&mut office, "Offices and titles, one a line", "직위와 칭호, 한 줄에 하나씩");
    fields.insert("office", office);
    let mut powers = Field::new(FieldType::Date);
    help(&mut powers, "The day of the full powers", "전권 위임장의 날짜");
    fields.insert("powers", powers);
    let mut seal = Field::new(FieldType::Record(seal()));
    help(&mut seal, "The seal beside the signature", "서명 옆의 인장");
    fields.insert("seal", seal);
    Field::new(FieldType::Record(fields))
}

/// A seal in wax.
fn seal() -> Schema {
    let colours = ["red", "black", "green", "blue", "brown"].map(str::to_owned).to_vec();
    let mut fields = Schema::new();
    let mut colour = Field::new(FieldType::Choice(colours));
    colour.default = Some(Value::from("red"));
    help(&mut colour, "The colour of the wax", "밀랍의 색");
    fields.insert("colour", colour);
    let mut monogram = Field::new(FieldType::Text { localized: false, multiline: false });
    monogram.max = Some(super::schema::Limit::Number(4.0));
    help(&mut monogram, "One to four letters in the wax", "밀랍에 새길 글자, 네 자까지");
    fields.insert("monogram", monogram);
    fields
}

/// An optional text that may differ by language.
fn localized(en: &str, ko: &str) -> Field {
    let mut field = Field::new(FieldType::Text { localized: true, multiline: false });
    help(&mut field, en, ko);
    field
}

/// Says what a field is for.
fn help(field: &mut Field, en: &str, ko: &str) {
    field.help.insert(Lang::EN, en.to_owned());
    field.help.insert(Lang::KO, ko.to_owned());
}

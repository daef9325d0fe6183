//! Every group of `tests/period-vectors.json`.

use engross::period::{
    CjkStyle, Date, Era, FragmentEnd, KoreanCurrency, Language, LongS, LsdStyle,
    OrdinalStyle, RomanStyle, Spelling, Sterling, Tens, Time, UtcOffset, WonStyle,
    YearStyle, cjk_number, date_time_group, independence_year, japanese_era,
    korean_amount, long_s, month_name, old_style, ordinal, ordinal_short, regnal_year,
    roman, sexagenary_year, year_words,
};
use serde_json::Value;

/// The examples of one group.
fn group(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../period-vectors.json"))
        .expect("the vectors are JSON");
    let group = all[name].as_array().expect("a group is a list").clone();
    assert!(!group.is_empty(), "{name} is empty");
    group
}

/// A number of an example.
fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

/// A small number of an example.
fn small(value: &Value) -> i32 {
    i32::try_from(value.as_i64().expect("a number")).expect("a small number")
}

/// A text of an example.
fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A date written as a list of three numbers.
fn date(value: &Value) -> Date {
    Date::new(small(&value[0]), small(&value[1]), small(&value[2])).expect("a date")
}

#[test]
fn no_group_is_left_out() {
    let all: Value =
        serde_json::from_str(include_str!("../period-vectors.json")).unwrap();
    let mut names: Vec<&String> = all.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(
        names,
        [
            "cjk",
            "done",
            "dtg",
            "eras",
            "independence",
            "japanese",
            "long_s",
            "lsd",
            "old_style",
            "ordinal_short",
            "ordinal_words",
            "regnal",
            "roman",
            "won",
            "year_words"
        ]
    );
}

#[test]
fn ordinals_in_words() {
    for case in group("ordinal_words") {
        assert_eq!(ordinal(number(&case[0]), Tens::Hyphenated), text(&case[1]));
    }
}

#[test]
fn ordinals_in_figures() {
    for case in group("ordinal_short") {
        let legal = case[1].as_bool().unwrap();
        let style = if legal { OrdinalStyle::Legal } else { OrdinalStyle::Modern };
        assert_eq!(ordinal_short(number(&case[0]), style), text(&case[2]));
    }
}

#[test]
fn years_in_words() {
    for case in group("year_words") {
        let style = match text(&case[1]) {
            "full" => YearStyle::Full,
            "hundred" => YearStyle::Hundreds,
            other => panic!("unknown style {other}"),
        };
        let words = year_words(number(&case[0]), style, Tens::Hyphenated);
        assert_eq!(words, text(&case[2]));
    }
}

#[test]
fn the_close_of_the_treaty_of_ghent() {
    let date: Date = "1814-12-24".parse().unwrap();
    let close = format!(
        "DONE in triplicate at Ghent, this {} day of {}, in the year {}.",
        ordinal(date.day().into(), Tens::Open),
        month_name(date.month(), Language::English).unwrap(),
        year_words(date.year().into(), YearStyle::Full, Tens::Open),
    );
    assert_eq!(group("done"), [Value::String(close)]);
    let spelling = Spelling { tens: Tens::Open, ..Spelling::default() };
    let words =
        engross::period::format_date(date, engross::period::DateStyle::Words, spelling);
    assert_eq!(
        words.unwrap(),
        "twenty fourth day of December, one thousand eight hundred and fourteen"
    );
}

#[test]
fn regnal_years() {
    for case in group("regnal") {
        let found = regnal_year(date(&case[0])).unwrap();
        assert_eq!(
            (u64::from(found.year), found.sovereign),
            (number(&case[1][0]), text(&case[1][1]))
        );
    }
}

#[test]
fn years_of_independence() {
    for case in group("independence") {
        let found = independence_year(date(&case[0])).map(u64::from);
        assert_eq!(found, Some(number(&case[1])));
    }
}

#[test]
fn eras_of_a_year() {
    for case in group("eras") {
        let year = small(&case[0]);
        let day = Date::new(year, 7, 1).unwrap();
        let expected = &case[1];
        let eras = [
            ("dangi", Era::Dangi),
            ("minguo", Era::Minguo),
            ("gaeguk", Era::Gaeguk),
            ("juche", Era::Juche),
        ];
        for (name, era) in eras {
            let found = era.year_of(day).ok().map(u64::from);
            assert_eq!(found, expected[name].as_u64(), "{name} {year}");
        }
        assert_eq!(sexagenary_year(year).characters(), text(&expected["sexagenary"]));
        assert_eq!(expected.as_object().unwrap().len(), 5);
    }
}

#[test]
fn japanese_eras() {
    for case in group("japanese") {
        let (era, year) = japanese_era(date(&case[0])).unwrap();
        assert_eq!(era.name(Language::Chinese), text(&case[1][0]));
        assert_eq!(era.name(Language::English), text(&case[1][1]));
        assert_eq!(u64::from(year), number(&case[1][2]));
    }
}

#[test]
fn old_style_and_dual_years() {
    for case in group("old_style") {
        let (new, old) = (date(&case[0]), &case[1]);
        let found = old_style(new);
        let parts = (found.year, i32::from(found.month), i32::from(found.day));
        assert_eq!(parts, (small(&old[0]), small(&old[1]), small(&old[2])));
        assert_eq!(found.dual_year(), text(&old[3]));
        assert_eq!(found.to_gregorian(), Some(new));
    }
}

#[test]
fn roman_numerals() {
    for case in group("roman") {
        let styles = [RomanStyle::Upper, RomanStyle::Additive, RomanStyle::FinalJ];
        for (place, style) in styles.into_iter().enumerate() {
            let found = roman(number(&case[0]), style).unwrap();
            assert_eq!(found, text(&case[place + 1]));
        }
    }
}

#[test]
fn numbers_of_east_asia() {
    for case in group("cjk") {
        let n = number(&case[0]);
        let expected = case[1].as_object().unwrap();
        for (name, expected) in expected {
            let style = match name.as_str() {
                "hanja" => CjkStyle::Hanja,
                "hangul" => CjkStyle::Hangul,
                "kr_min" => CjkStyle::KoreanLight,
                "kr_fin" => CjkStyle::KoreanFinancial,
                "zh_t_fin" => CjkStyle::ChineseFinancial,
                "zh_s_fin" => CjkStyle::ChineseSimplifiedFinancial,
                other => panic!("unknown style {other}"),
            };
            assert_eq!(cjk_number(n, style), text(expected), "{name} {n}");
        }
        assert_eq!(cjk_number(n, CjkStyle::Digits), text(&case[2]));
    }
}

#[test]
fn amounts_of_won() {
    for case in group("won") {
        let found =
            korean_amount(number(&case[0]), WonStyle::Financial, KoreanCurrency::Won);
        assert_eq!(found, text(&case[1]));
    }
}

#[test]
fn date_time_groups() {
    for case in group("dtg") {
        let at = &case[0];
        let part = |place: usize| u8::try_from(small(&at[place])).unwrap();
        let time = Time::new(part(3), part(4)).unwrap();
        let offset = UtcOffset::from_minutes(small(&at[5]) * 60).unwrap();
        let found = date_time_group(date(at), time, offset).unwrap();
        assert_eq!(found, text(&case[1]));
    }
}

#[test]
fn pounds_shillings_and_pence() {
    for case in group("lsd") {
        let sum = Sterling::from_pence(number(&case[0]));
        let expected = case[1].as_object().unwrap();
        assert_eq!(expected.len(), 5);
        for (name, expected) in expected {
            let style = match name.as_str() {
                "lib" => LsdStyle::Libra,
                other => other.parse().unwrap(),
            };
            assert_eq!(sum.format(style), text(expected), "{name}");
        }
    }
}

#[test]
fn the_long_s_of_print() {
    for case in group("long_s") {
        let usage = LongS::of_print(u16::try_from(number(&case[1])).unwrap());
        let found = long_s(text(&case[0]), usage, FragmentEnd::Word);
        assert_eq!(found, text(&case[2]), "{}", case[1]);
    }
}

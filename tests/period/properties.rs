//! Nothing panics, and what can be read back reads back the same.

use std::collections::BTreeSet;

use engross::period::{
    CjkStyle, Counter, Date, DateStyle, Division, Era, FragmentEnd, JulianDate,
    KoreanCurrency, Language, LongS, LsdStyle, OrdinalStyle, Particle, RomanStyle,
    Spelling, Sterling, Tens, Time, UtcOffset, WonStyle, YearStyle, cardinal, cjk_number,
    date_time_group, division, fold_long_s, format_date, independence_year, japanese_era,
    josa, korean_amount, korean_era, long_s, month_name, old_style, ordinal,
    ordinal_short, regnal_year, roman, sexagenary_year, treaty_number, year_words,
};

/// Numbers at every edge there is: around powers of two and of ten.
fn edges() -> Vec<u64> {
    let mut edges: BTreeSet<u64> = (0..130).collect();
    for power in 0..64 {
        edges.extend([(1_u64 << power).wrapping_sub(1), 1 << power, (1 << power) + 1]);
    }
    for power in 0..20 {
        let ten = 10_u64.pow(power);
        edges.extend([
            ten - 1,
            ten,
            ten + 1,
            ten.saturating_mul(3),
            ten.saturating_mul(11),
        ]);
    }
    edges.extend([u64::MAX, u64::MAX - 1]);
    edges.into_iter().collect()
}

/// Texts of all kinds, most of them nonsense.
const TEXTS: &[&str] = &[
    "",
    " ",
    "-",
    "--",
    "s",
    "ss",
    "sss",
    "ssss-",
    "\u{ad}",
    "s\u{ad}s",
    "0",
    "00/00/00",
    "1/2/3/4",
    "99/99/9999",
    "1953-7-2",
    "é",
    "ééé-é-é",
    "1953–07–27",
    "30 Feb 1953",
    "999999999999999999999",
    "１９５３",
    "\u{1F600}",
    "(",
    ")",
    "()",
    "a(b",
    "(((",
    "٣",
    "-1-1-1",
    "+",
    "+é",
    "1é53-07-27",
    "0000000000",
    "September",
    "ſ",
    "가(",
    ")가",
    "\u{1161}",
    "\u{11A8}",
    "ㄹ",
    "A",
    "ab",
    "-12:00",
    "12",
    "é1",
    ":",
    "1:",
    "ab:cd",
];

#[test]
fn no_number_panics_in_any_style() {
    for n in edges() {
        for tens in [Tens::Hyphenated, Tens::Open] {
            assert!(!cardinal(n, tens).is_empty());
            assert!(!ordinal(n, tens).is_empty());
            assert!(!year_words(n, YearStyle::Hundreds, tens).is_empty());
        }
        for (_, style) in CjkStyle::ALL {
            assert!(!cjk_number(n, *style).is_empty());
        }
        for (_, counter) in Counter::ALL {
            assert!(n != 0 || counter.format(n).is_none());
            assert_ne!(counter.format(n), Some(String::new()));
        }
        for (_, style) in RomanStyle::ALL {
            assert_eq!(roman(n, *style).is_some(), (1..=3999).contains(&n));
        }
        for (_, style) in LsdStyle::ALL {
            assert!(!Sterling::from_pence(n).format(*style).is_empty());
        }
        for (_, style) in WonStyle::ALL {
            korean_amount(n, *style, KoreanCurrency::Won);
        }
        for language in [Language::English, Language::Korean, Language::Chinese] {
            assert!(!treaty_number(n, language).is_empty());
            division(Division::Article, n, language);
            division(Division::Paragraph, n, language);
        }
        ordinal_short(n, OrdinalStyle::Legal);
        ordinal_short(n, OrdinalStyle::Modern);
        Sterling::new(n, n, n);
    }
}

/// What a Roman numeral is worth.
fn worth(numeral: &str) -> u64 {
    let values: Vec<u64> = numeral
        .chars()
        .map(|sign| match sign.to_ascii_uppercase() {
            'M' => 1000,
            'D' => 500,
            'C' => 100,
            'L' => 50,
            'X' => 10,
            'V' => 5,
            _ => 1,
        })
        .collect();
    let mut sum = 0;
    for (place, value) in values.iter().enumerate() {
        let subtracted = values.get(place + 1).is_some_and(|next| next > value);
        sum = if subtracted { sum - *value as i64 } else { sum + *value as i64 };
    }
    u64::try_from(sum).expect("a numeral is positive")
}

#[test]
fn roman_numerals_read_back() {
    for n in 1..=3999 {
        for (name, style) in RomanStyle::ALL {
            let numeral = roman(n, *style).unwrap();
            assert_eq!(worth(&numeral), n, "{name} {numeral}");
        }
    }
}

/// What a number in characters or Hangul is worth, by its digits and units.
fn worth_in_characters(text: &str) -> u64 {
    let (mut sum, mut group, mut digit) = (0, 0, None);
    for c in text.chars() {
        if let Some(value) = "零一二三四五六七八九".chars().position(|d| d == c)
        {
            digit = Some(value as u64);
        } else if let Some(power) = "十百千".chars().position(|u| u == c) {
            group += digit.take().unwrap_or(1) * 10_u64.pow(power as u32 + 1);
        } else {
            let power = "萬億兆京".chars().position(|u| u == c).expect("a unit");
            group += digit.take().unwrap_or(0);
            sum += group.max(1) * 10_000_u64.pow(power as u32 + 1);
            group = 0;
        }
    }
    sum + group + digit.unwrap_or(0)
}

#[test]
fn numbers_in_characters_read_back() {
    for n in (0..20_000).chain(edges()) {
        for style in [CjkStyle::Hanja, CjkStyle::Chinese] {
            let text = cjk_number(n, style);
            assert_eq!(worth_in_characters(&text), n, "{text}");
        }
    }
}

#[test]
fn different_numbers_have_different_words() {
    let words: BTreeSet<String> = (0..12_000).map(|n| cardinal(n, Tens::Open)).collect();
    assert_eq!(words.len(), 12_000);
    let ordinals: BTreeSet<String> =
        (0..12_000).map(|n| ordinal(n, Tens::Open)).collect();
    assert_eq!(ordinals.len(), 12_000);
}

#[test]
fn no_three_numbers_panic_as_a_date() {
    let extremes = [
        i32::MIN,
        -32_769,
        -9999,
        -257,
        -129,
        -1,
        0,
        1,
        2,
        12,
        13,
        28,
        29,
        30,
        31,
        32,
        127,
        128,
        255,
        256,
        257,
        1752,
        1900,
        9999,
        10_000,
        32_768,
        65_537,
        i32::MAX,
    ];
    for year in extremes {
        sexagenary_year(year);
        for month in extremes {
            for day in extremes {
                let sound = Date::new(year, month, day);
                let within = (1..=9999).contains(&year)
                    && (1..=12).contains(&month)
                    && (1..=31).contains(&day);
                assert!(within || sound.is_err(), "{year} {month} {day}");
            }
        }
        for (month, day) in [(0, 0), (2, 29), (9, 5), (12, 31), (255, 255)] {
            let old = JulianDate { year, month, day };
            old.to_gregorian();
            old.dual_year();
        }
    }
}

#[test]
fn every_day_passes_through_every_function() {
    let mut day = Date::new(1, 1, 1).unwrap();
    let time = Time::new(0, 0).unwrap();
    let east = UtcOffset::from_minutes(840).unwrap();
    // Steps of 17 days meet every month and day of the month.
    loop {
        assert_eq!(day.to_string().parse(), Ok(day));
        assert_eq!(old_style(day).to_gregorian(), Some(day));
        for (_, style) in DateStyle::ALL {
            assert_ne!(format_date(day, *style, Spelling::default()), Ok(String::new()));
        }
        for (_, era) in Era::ALL {
            match era.year_of(day) {
                Ok(year) => assert!(year >= 1),
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
        regnal_year(day);
        independence_year(day);
        japanese_era(day);
        korean_era(day);
        let group = date_time_group(day, time, east);
        assert_eq!(group.is_some(), day > Date::new(1, 1, 1).unwrap());
        match day.plus_days(17) {
            Some(next) => day = next,
            None => break,
        }
    }
    assert!(month_name(0, Language::English).is_none());
    assert!(month_name(13, Language::English).is_none());
}

#[test]
fn days_may_be_added_to_the_end_of_time() {
    let day = Date::new(1953, 7, 27).unwrap();
    for days in [i64::MIN, i64::MAX, i64::from(i32::MAX), -9_999_999, 9_999_999] {
        assert_eq!(day.plus_days(days), None);
    }
}

#[test]
fn no_text_panics() {
    for text in TEXTS {
        if let Err(error) = text.parse::<Date>() {
            assert!(!error.to_string().is_empty());
        }
        let _ = (text.parse::<Time>(), text.parse::<UtcOffset>());
        let _ = (text.parse::<Language>(), text.parse::<Counter>());
        for particle in Particle::ALL {
            assert!(!josa(text, particle).is_empty());
        }
        for (_, usage) in LongS::ALL {
            for end in [FragmentEnd::Word, FragmentEnd::LineHyphen] {
                let long = long_s(text, *usage, end);
                assert_eq!(long.chars().count(), text.chars().count());
                assert_eq!(fold_long_s(&long), fold_long_s(text));
            }
        }
    }
}

#[test]
fn every_name_reads_back() {
    for (name, style) in DateStyle::ALL {
        assert_eq!(name.parse(), Ok(*style));
        assert_eq!(style.to_string(), *name);
    }
    for (name, counter) in Counter::ALL {
        assert_eq!(name.parse(), Ok(*counter));
        assert_eq!(counter.to_string(), *name);
    }
    for (name, era) in Era::ALL {
        assert_eq!(name.parse(), Ok(*era));
        assert_eq!(era.to_string(), *name);
    }
}

//! Single examples of what the vectors do not hold.

use engross::period::{
    CjkStyle, Counter, Date, DateFault, DateStyle, Division, Era, FragmentEnd,
    JulianDate, KoreanCurrency, Language, LongS, LsdStyle, Particle, SerialComma,
    Spelling, Sterling, Tens, Time, TimeStyle, UtcOffset, Weekday, WonStyle, cardinal,
    cjk_number, date_time_group, division, fold_long_s, format_date, join_list, josa,
    korean_amount, korean_era, long_s, old_style, regnal_year, sexagenary_year,
    treaty_number, weekday_name, with_josa,
};

/// A date that is one.
fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn dates_read_and_write_iso() {
    let signed = date("1953-07-27");
    assert_eq!(signed.to_string(), "1953-07-27");
    assert_eq!((signed.year(), signed.month(), signed.day()), (1953, 7, 27));
    assert_eq!(signed.weekday(), Weekday::Monday);
    assert_eq!(weekday_name(signed.weekday(), Language::Korean), "월요일");
    assert_eq!(signed.plus_days(1), Some(date("1953-07-28")));
    assert_eq!(date("9999-12-31").plus_days(1), None);
    assert_eq!(date("0001-01-01").plus_days(-1), None);
    assert!(date("1953-07-26") < signed);
}

#[test]
fn a_bad_date_says_what_was_probably_meant() {
    let meant = Some(date("1953-07-27"));
    for text in [
        "27/7/53",
        "7/27/1953",
        "27 July 1953",
        "July 27, 1953",
        "1953.7.27",
        "27.7.1953",
        "1953/07/27",
        "19530727",
        "27JUL53",
        "27th of July, 1953",
        "Monday, 27 July 1953",
        "1953년 7월 27일",
        " 1953-07-27 ",
        "1953-07-27T10:00",
        "1953-27-07",
        "1953 Jul 27",
    ] {
        let error = text.parse::<Date>().unwrap_err();
        assert_eq!(error.suggestion, meant, "{text}");
        assert_eq!(error.alternative, None, "{text}");
        assert_eq!(error.hint(), "write 1953-07-27");
    }
}

#[test]
fn an_ambiguous_date_gives_both_readings() {
    let error = "5/7/1953".parse::<Date>().unwrap_err();
    assert_eq!(error.suggestion, Some(date("1953-07-05")));
    assert_eq!(error.alternative, Some(date("1953-05-07")));
    assert_eq!(
        error.to_string(),
        "`5/7/1953` is not a date: it is not of the form 1953-07-27; \
         write 1953-07-05, or 1953-05-07 if the month stands first"
    );
}

#[test]
fn a_date_that_cannot_be_says_why() {
    let fault = |text: &str| text.parse::<Date>().unwrap_err().fault;
    assert_eq!(fault(""), DateFault::Empty);
    assert_eq!(fault("soon"), DateFault::Form);
    assert_eq!(fault("1953-13-01"), DateFault::Month(13));
    assert_eq!(fault("0000-01-01"), DateFault::Year(0));
    let leap = fault("1900-02-29");
    assert_eq!(leap, DateFault::Day { year: 1900, month: 2, day: 29 });
    assert_eq!(leap.to_string(), "month 2 of 1900 has no day 29");
    assert_eq!("+953-07-27".parse::<Date>().unwrap_err().fault, DateFault::Form);
}

#[test]
fn dates_in_every_style() {
    let spelled = |text: &str, style: &str| {
        let style: DateStyle = style.parse().unwrap();
        format_date(date(text), style, Spelling::default())
    };
    for (style, expected) in [
        ("iso", "1953-07-27"),
        ("day-month-year", "27 July 1953"),
        ("capitals", "27 JULY 1953"),
        ("month-day-year", "July 27, 1953"),
        ("month-ordinal-year", "July 27th, 1953"),
        ("day-of-month", "27th day of July, 1953"),
        (
            "words",
            "twenty-seventh day of July, one thousand nine hundred and fifty-three",
        ),
        (
            "year-of-our-lord",
            "the twenty-seventh day of July, in the year of our Lord one thousand nine \
             hundred and fifty-three",
        ),
        ("korean", "1953년 7월 27일"),
        ("korean-dangi", "단기 4286년 7월 27일"),
        ("hanja-dangi", "檀紀四千二百八十六年七月二十七日"),
        ("chinese", "一九五三年七月二十七日"),
        ("minguo", "中華民國四十二年七月二十七日"),
        ("japanese-era", "昭和二十八年七月二十七日"),
    ] {
        assert_eq!(spelled("1953-07-27", style).as_deref(), Ok(expected));
    }
    assert_eq!(spelled("1905-11-17", "korean-era").as_deref(), Ok("광무 9년 11월 17일"));
    assert_eq!(spelled("1897-10-12", "korean-era").as_deref(), Ok("광무 원년 10월 12일"));
    assert_eq!(
        spelled("1912-07-30", "japanese-era").as_deref(),
        Ok("大正元年七月三十日")
    );
    assert_eq!(
        spelled("1910-01-01", "minguo").unwrap_err().to_string(),
        "1910-01-01 has no date in Minguo (中華民國), whose solar dates run from 1912-01-01"
    );
    assert!(
        spelled("1870-01-15", "japanese-era")
            .unwrap_err()
            .to_string()
            .contains("lunisolar")
    );
    assert!(spelled("1953-07-27", "korean-era").is_err());
    assert!(spelled("1895-12-31", "korean-dangi").is_err());
}

#[test]
fn eras_out_of_their_years_are_anachronisms() {
    let signed = date("1953-07-27");
    assert!(Era::Dangi.in_use(signed));
    assert!(!Era::Dangi.in_use(date("1962-01-01")));
    assert!(!Era::Juche.in_use(signed));
    assert_eq!(korean_era(date("1907-08-02")), Some((Era::Gwangmu, 11)));
    assert_eq!(korean_era(date("1907-08-03")), Some((Era::Yunghui, 1)));
    assert_eq!(sexagenary_year(1953).hangul(), "계사");
}

#[test]
fn hours_by_language() {
    let time: Time = "2200".parse().unwrap();
    let forms = ["2200", "2200 hours", "2200시", "22시", "二十二時", "二十二时"];
    for ((name, style), expected) in TimeStyle::ALL.iter().zip(forms) {
        assert_eq!(time.format(*style), expected, "{name}");
    }
    let half: Time = "22:30".parse().unwrap();
    assert_eq!(half.format(TimeStyle::Korean), "22시 30분");
    assert_eq!(half.format(TimeStyle::Chinese), "二十二時三十分");
    for bad in ["2400", "2260", "22", "+100", "2:2:", "22:3", "１２００", ""] {
        assert!(bad.parse::<Time>().is_err(), "{bad}");
    }
}

#[test]
fn zones_by_letter_and_offset() {
    let letters: String =
        (-12..=12).filter_map(|h| UtcOffset::from_minutes(h * 60)?.letter()).collect();
    assert_eq!(letters, "YXWVUTSRQPONZABCDEFGHIKLM");
    assert_eq!(UtcOffset::from_letter('j'), None);
    let seoul: UtcOffset = "+08:30".parse().unwrap();
    let group = date_time_group(date("1954-03-22"), "0400".parse().unwrap(), seoul);
    assert_eq!(group.as_deref(), Some("211930Z MAR 54"));
    assert_eq!("I".parse(), "+09:00".parse::<UtcOffset>());
    assert!("+14:01".parse::<UtcOffset>().is_err());
    assert!("九".parse::<UtcOffset>().is_err());
}

#[test]
fn the_throne_is_vacant_and_the_calendar_moves() {
    assert_eq!(regnal_year(date("1688-12-25")), None);
    assert_eq!(regnal_year(date("1066-10-14")), None);
    let geo_ii = |text: &str| regnal_year(date(text)).unwrap().to_string();
    assert_eq!(geo_ii("1753-06-21"), "26 Geo. II");
    assert_eq!(geo_ii("1753-06-22"), "27 Geo. II");
    assert_eq!(geo_ii("1760-10-24"), "34 Geo. II");
    assert_eq!(geo_ii("1660-05-29"), "12 Car. II");
    let day = |year, month, day| JulianDate { year, month, day };
    assert_eq!(day(1752, 9, 5).to_gregorian(), None);
    assert_eq!(day(1701, 2, 29).to_gregorian(), None);
    assert_eq!(day(1752, 9, 2).to_gregorian(), Some(date("1752-09-13")));
    assert_eq!(old_style(date("1730-02-01")).dual_year(), "1729/30");
}

#[test]
fn numbers_in_words() {
    let words = |n| cardinal(n, Tens::Hyphenated);
    assert_eq!(words(0), "zero");
    assert_eq!(words(1_000_001), "one million and one");
    assert_eq!(words(1_000_100), "one million one hundred");
    assert_eq!(
        words(u64::MAX),
        "eighteen quintillion four hundred and forty-six quadrillion seven hundred and \
         forty-four trillion seventy-three billion seven hundred and nine million five \
         hundred and fifty-one thousand six hundred and fifteen"
    );
    assert_eq!(treaty_number(72, Language::English), "seventy-two (72)");
    assert_eq!(treaty_number(72, Language::Korean), "72");
    assert_eq!(treaty_number(72, Language::Chinese), "七十二");
}

#[test]
fn numbers_in_characters() {
    let write = |n, style: &str| cjk_number(n, style.parse().unwrap());
    assert_eq!(write(112, "hanja"), "一百十二");
    assert_eq!(write(112, "chinese"), "一百一十二");
    assert_eq!(write(12, "chinese"), "十二");
    assert_eq!(write(120_000, "chinese-simplified"), "十二万");
    assert_eq!(write(100_010_001, "chinese"), "一億零一萬零一");
    assert_eq!(write(103_000, "chinese"), "十萬三千");
    assert_eq!(write(12_340, "hangul-contract"), "일만이천삼백사십");
    assert_eq!(write(113_560, "hangul-contract"), "일십일만삼천오백육십");
    assert_eq!(write(100_010_000, "hangul"), "일억일만");
    assert_eq!(write(1_234, "japanese-financial"), "壱千弐百参拾四");
    assert_eq!(write(0, "digits"), "〇");
    assert_eq!(write(u64::MAX, "hangul").chars().next(), Some('천'));
    assert_eq!(CjkStyle::KoreanLight.to_string(), "korean-light");
}

#[test]
fn articles_and_paragraphs() {
    let article = |n, language| division(Division::Article, n, language);
    assert_eq!(article(4, Language::English).as_deref(), Some("Article IV"));
    assert_eq!(article(4, Language::Korean).as_deref(), Some("제4조"));
    assert_eq!(article(14, Language::Chinese).as_deref(), Some("第十四條"));
    let paragraph = division(Division::Paragraph, 12, Language::Chinese);
    assert_eq!(paragraph.as_deref(), Some("第十二款"));
    assert_eq!(article(0, Language::Korean), None);
    assert_eq!(article(4000, Language::English), None);
}

#[test]
fn counters() {
    let first = |name: &str, count: u64| -> Vec<String> {
        let counter: Counter = name.parse().unwrap();
        (1..=count).map(|n| counter.format(n).unwrap()).collect()
    };
    assert_eq!(first("hangul-consonant", 3), ["ㄱ", "ㄴ", "ㄷ"]);
    assert_eq!(first("hangul", 14).concat(), "가나다라마바사아자차카타파하");
    assert_eq!(first("hangul", 16)[14..], ["거", "너"]);
    assert_eq!(first("cjk-heavenly-stem", 3), ["甲", "乙", "丙"]);
    assert_eq!(first("cjk-earthly-branch", 3), ["子", "丑", "寅"]);
    assert_eq!(first("cjk-ideographic", 11)[10], "十一");
    assert_eq!(first("lower-alpha", 28)[25..], ["z", "aa", "ab"]);
    assert_eq!(first("final-j-roman", 4), ["j", "ij", "iij", "iv"]);
    assert_eq!(first("legal-ordinal", 3), ["1st", "2d", "3d"]);
    assert_eq!(Counter::Stems.format(11), None);
    assert_eq!(Counter::Hangul.format(85), None);
    let error = "roman".parse::<Counter>().unwrap_err();
    assert!(error.to_string().starts_with("there is no counter `roman` (decimal, "));
}

#[test]
fn money() {
    let sum = |pounds, shillings, pence| Sterling::new(pounds, shillings, pence).unwrap();
    assert_eq!(sum(4, 16, 8).format(LsdStyle::Modern), "£4 16s. 8d.");
    assert_eq!(sum(4, 16, 8).format(LsdStyle::Solidus), "£4/16/8");
    assert_eq!(sum(0, 10, 0).format(LsdStyle::Solidus), "10/-");
    assert_eq!(sum(1234, 0, 0).format(LsdStyle::Modern), "£1,234");
    assert_eq!(
        sum(4, 1, 8).format(LsdStyle::Words),
        "four pounds one shilling and eight pence"
    );
    assert_eq!(sum(0, 0, 1).format(LsdStyle::Words), "one penny");
    assert_eq!(Sterling::default().format(LsdStyle::Modern), "£0");
    assert_eq!(Sterling::new(u64::MAX, 0, 0), None);
    let amount = |style| korean_amount(12_340, style, KoreanCurrency::Hwan);
    assert_eq!(amount(WonStyle::Figures), "12,340환");
    assert_eq!(amount(WonStyle::Hangul), "일금 일만이천삼백사십환정");
    assert_eq!(amount(WonStyle::FinancialHanja), "金壹萬貳仟參佰肆拾圜整");
}

#[test]
fn the_long_s_at_line_ends_and_in_hands() {
    let broken =
        |text, year| long_s(text, LongS::of_print(year), FragmentEnd::LineHyphen);
    assert_eq!(broken("pleas-", 1760), "pleaſ-");
    assert_eq!(broken("pleas", 1760), "pleaſ");
    assert_eq!(broken("Salis", 1700), "Saliſ");
    let whole = |text, usage| long_s(text, usage, FragmentEnd::Word);
    assert_eq!(whole("set", LongS::Early), "ſet");
    assert_eq!(whole("Congress assembles", LongS::FirstOfTwo), "Congreſs aſsembles");
    assert_eq!(whole("possess", LongS::Late), "poſſeſs");
    assert_eq!(whole("clos’d Senates", LongS::Late), "clos’d Senates");
    assert_eq!(
        whole("pos\u{ad}ses\u{ad}sion his\u{ad}", LongS::Late),
        "poſ\u{ad}ſeſ\u{ad}ſion his\u{ad}"
    );
    assert_eq!(whole("ſ. = substantive", LongS::Late), "ſ. = ſubſtantive");
    assert_eq!(long_s("must", LongS::of_print(1800), FragmentEnd::Word), "must");
    assert_eq!(LongS::of_hands(1820), LongS::FirstOfTwo);
    assert_eq!(fold_long_s("Congreſs"), "Congress");
}

#[test]
fn lists_of_names() {
    let join =
        |items: &[&str], language| join_list(items, language, SerialComma::Present);
    assert_eq!(join(&[], Language::English), "");
    assert_eq!(join(&["A"], Language::Korean), "A");
    assert_eq!(join(&["A", "B"], Language::English), "A and B");
    assert_eq!(join(&["A", "B", "C"], Language::English), "A, B, and C");
    assert_eq!(
        join(&["영문", "한국문", "중국문"], Language::Korean),
        "영문, 한국문 및 중국문"
    );
    assert_eq!(
        join(&["英文", "韓國文", "中國文"], Language::Chinese),
        "英文、韓國文及中國文"
    );
    let plain = join_list(&["A", "B", "C"], Language::English, SerialComma::Absent);
    assert_eq!(plain, "A, B and C");
}

#[test]
fn particles_hear_the_word_before() {
    assert_eq!(with_josa("협정", Particle::Object), "협정을");
    assert_eq!(
        with_josa("국제연합군 총사령관", Particle::Object),
        "국제연합군 총사령관을"
    );
    for (word, closed) in [
        ("조약", true),
        ("한국", true),
        ("부산", true),
        ("대구", false),
        ("판문점", true),
        ("팽덕회(彭德懷)", false),
        ("“서울”", true),
        ("3", true),
        ("1953", true),
        ("2", false),
        ("72", false),
        ("10", true),
        ("1,000,000,000,000", false),
        ("0", true),
        ("UN", true),
        ("USA", false),
        ("NATO", false),
        ("Clark", false),
        ("Harrison", true),
        ("Panmunjom", true),
        ("Philip", true),
        ("UNC", false),
        ("제1조", false),
        ("ㄱ", true),
        ("가", false),
        ("(가)", false),
        ("Seoul", true),
    ] {
        let expected = if closed { "을" } else { "를" };
        assert_eq!(josa(word, Particle::Object), expected, "{word}");
    }
    for (word, form) in [
        ("서울", "로"),
        ("부산", "으로"),
        ("대구", "로"),
        ("1", "로"),
        ("3", "으로"),
        ("Seoul", "로"),
        ("중국문", "으로"),
        ("판문점)", "으로"),
    ] {
        assert_eq!(josa(word, Particle::Toward), form, "{word}");
    }
    assert_eq!(josa("總司令官", Particle::Object), "을(를)");
    assert_eq!(josa("", Particle::Topic), "은(는)");
    for text in ["을/를", "를/을", "를", "을(를)"] {
        assert_eq!(text.parse(), Ok(Particle::Object));
    }
    assert!("".parse::<Particle>().is_err());
}

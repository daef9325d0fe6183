//! Dates as each language and period writes them.

use super::calendar::old_style;
use super::cjk::{CjkStyle, cjk_number};
use super::date::{Date, Weekday};
use super::era::{Era, NoEraYear, japanese_era, korean_era};
use super::language::Language;
use super::names::named;
use super::numbers::{OrdinalStyle, Tens, YearStyle, ordinal, ordinal_short, year_words};

/// The months in English, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// The months in Korean.
const KOREAN_MONTHS: [&str; 12] = [
    "1월", "2월", "3월", "4월", "5월", "6월", "7월", "8월", "9월", "10월", "11월", "12월",
];
/// The months in Chinese.
const CHINESE_MONTHS: [&str; 12] = [
    "一月",
    "二月",
    "三月",
    "四月",
    "五月",
    "六月",
    "七月",
    "八月",
    "九月",
    "十月",
    "十一月",
    "十二月",
];

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// `1953-07-27`
    Iso,
    /// "27 July 1953"
    DayMonthYear,
    /// "27 JULY 1953"
    Capitals,
    /// "July 27, 1953"
    MonthDayYear,
    /// "July 27th, 1953"
    MonthOrdinalYear,
    /// "27th day of July, 1953"
    DayOfMonth,
    /// "twenty-seventh day of July, one thousand nine hundred and fifty-three"
    Words,
    /// "the twenty-seventh day of July, in the year of our Lord one thousand nine hundred
    /// and fifty-three"
    YearOfOurLord,
    /// "1953년 7월 27일"
    Korean,
    /// "단기 4286년 7월 27일", from 1896.
    KoreanDangi,
    /// "광무 9년 11월 17일", from 1896 to 1910.
    KoreanEra,
    /// 檀紀四千二百八十六年七月二十七日, from 1896.
    HanjaDangi,
    /// 一九五三年七月二十七日
    Chinese,
    /// 中華民國四十二年七月二十七日, from 1912.
    Minguo,
    /// 昭和二十八年七月二十七日, from 1873.
    JapaneseEra,
}

/// The styles by name.
const NAMES: &[(&str, DateStyle)] = &[
    ("iso", DateStyle::Iso),
    ("day-month-year", DateStyle::DayMonthYear),
    ("capitals", DateStyle::Capitals),
    ("month-day-year", DateStyle::MonthDayYear),
    ("month-ordinal-year", DateStyle::MonthOrdinalYear),
    ("day-of-month", DateStyle::DayOfMonth),
    ("words", DateStyle::Words),
    ("year-of-our-lord", DateStyle::YearOfOurLord),
    ("korean", DateStyle::Korean),
    ("korean-dangi", DateStyle::KoreanDangi),
    ("korean-era", DateStyle::KoreanEra),
    ("hanja-dangi", DateStyle::HanjaDangi),
    ("chinese", DateStyle::Chinese),
    ("minguo", DateStyle::Minguo),
    ("japanese-era", DateStyle::JapaneseEra),
];
named!(DateStyle, "date style", NAMES);

/// The spelling of English dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Spelling {
    /// "twenty-seventh" or "twenty seventh".
    pub tens: Tens,
    /// "22nd" or "22d".
    pub ordinals: OrdinalStyle,
    /// "one thousand nine hundred" or "nineteen hundred".
    pub years: YearStyle,
}

/// A date written in a style; an error if the style's era has no such day.
pub fn format_date(
    date: Date,
    style: DateStyle,
    spelling: Spelling,
) -> Result<String, NoEraYear> {
    let year = date.year();
    let day = EnglishDay {
        day: date.day(),
        month: MONTHS[month_index(date)],
        year: year.to_string(),
        counted: year.into(),
    };
    if let Some(english) = day.format(style, spelling) {
        return Ok(english);
    }
    Ok(match style {
        DateStyle::Korean => format!("{year}년 {}", korean_day(date)),
        DateStyle::KoreanDangi => {
            let year = Era::Dangi.dated_year(date)?;
            format!("단기 {year}년 {}", korean_day(date))
        }
        DateStyle::KoreanEra => {
            let (era, year) = korean_era(date).ok_or(no_korean_era(date))?;
            let name = era.name(Language::Korean);
            let year = if year == 1 { "원".to_owned() } else { year.to_string() };
            format!("{name} {year}년 {}", korean_day(date))
        }
        DateStyle::HanjaDangi => character_date(date, Era::Dangi)?,
        DateStyle::Chinese => {
            let year = cjk_number(u64::from(year), CjkStyle::Digits);
            format!("{year}年{}", character_day(date))
        }
        DateStyle::Minguo => character_date(date, Era::Minguo)?,
        DateStyle::JapaneseEra => {
            let era = japanese_era(date).map_or(Era::Meiji, |(era, _)| era);
            character_date(date, era)?
        }
        // All others are English; ISO's order is that of the date itself.
        _ => date.to_string(),
    })
}

/// A day of our calendar as the English wrote it before 1752: by the Julian calendar, from
/// January to 24 March with both years, "11 February 1731/2"; in words the year that began
/// on 25 March. `None` for a style that is not English.
pub fn format_old_style(
    date: Date,
    style: DateStyle,
    spelling: Spelling,
) -> Option<String> {
    let julian = old_style(date);
    let day = EnglishDay {
        day: julian.day,
        month: MONTHS.get(usize::from(julian.month).checked_sub(1)?)?,
        year: julian.dual_year(),
        counted: u64::try_from(julian.legal_year()).ok()?,
    };
    day.format(style, spelling)
}

/// A day to be written in English.
struct EnglishDay {
    /// The day of the month.
    day: u8,
    /// The name of the month.
    month: &'static str,
    /// The year in figures: "1732", "1731/2".
    year: String,
    /// The year in words.
    counted: u64,
}

impl EnglishDay {
    /// The day in a style; `None` for one that is not English.
    fn format(&self, style: DateStyle, spelling: Spelling) -> Option<String> {
        let Self { day, month, year, .. } = self;
        let short = || ordinal_short(u64::from(*day), spelling.ordinals);
        let words = || ordinal(u64::from(*day), spelling.tens);
        let counted = || year_words(self.counted, spelling.years, spelling.tens);
        Some(match style {
            DateStyle::DayMonthYear => format!("{day} {month} {year}"),
            DateStyle::Capitals => format!("{day} {} {year}", month.to_ascii_uppercase()),
            DateStyle::MonthDayYear => format!("{month} {day}, {year}"),
            DateStyle::MonthOrdinalYear => format!("{month} {}, {year}", short()),
            DateStyle::DayOfMonth => format!("{} day of {month}, {year}", short()),
            DateStyle::Words => format!("{} day of {month}, {}", words(), counted()),
            DateStyle::YearOfOurLord => format!(
                "the {} day of {month}, in the year of our Lord {}",
                words(),
                counted()
            ),
            _ => return None,
        })
    }
}

/// The error of a day outside 1896 to 1910, naming the nearest era.
fn no_korean_era(date: Date) -> NoEraYear {
    let era = if date.year() < 1896 { Era::Geonyang } else { Era::Yunghui };
    NoEraYear { era, date }
}

/// The place of a date's month.
fn month_index(date: Date) -> usize {
    usize::from(date.month()) - 1
}

/// 7월 27일.
fn korean_day(date: Date) -> String {
    format!("{} {}일", KOREAN_MONTHS[month_index(date)], date.day())
}

/// 七月二十七日.
fn character_day(date: Date) -> String {
    let day = cjk_number(u64::from(date.day()), CjkStyle::Hanja);
    format!("{}{day}日", CHINESE_MONTHS[month_index(date)])
}

/// Name of the era and the whole date in characters; the first year is 元年.
fn character_date(date: Date, era: Era) -> Result<String, NoEraYear> {
    let year = era.dated_year(date)?;
    let style = if era == Era::Minguo { CjkStyle::Chinese } else { CjkStyle::Hanja };
    let year = if year == 1 { "元".to_owned() } else { cjk_number(year.into(), style) };
    Ok(format!("{}{year}年{}", era.name(Language::Chinese), character_day(date)))
}

/// The name of a month, 1 to 12: "July", 7월, 七月.
pub fn month_name(month: u8, language: Language) -> Option<&'static str> {
    let months = match language {
        Language::English => &MONTHS,
        Language::Korean => &KOREAN_MONTHS,
        Language::Chinese => &CHINESE_MONTHS,
    };
    months.get(usize::from(month.checked_sub(1)?)).copied()
}

/// The name of a day of the week: "Monday", 월요일, 星期一.
pub fn weekday_name(day: Weekday, language: Language) -> &'static str {
    let [english, korean, chinese] = match day {
        Weekday::Monday => ["Monday", "월요일", "星期一"],
        Weekday::Tuesday => ["Tuesday", "화요일", "星期二"],
        Weekday::Wednesday => ["Wednesday", "수요일", "星期三"],
        Weekday::Thursday => ["Thursday", "목요일", "星期四"],
        Weekday::Friday => ["Friday", "금요일", "星期五"],
        Weekday::Saturday => ["Saturday", "토요일", "星期六"],
        Weekday::Sunday => ["Sunday", "일요일", "星期日"],
    };
    match language {
        Language::English => english,
        Language::Korean => korean,
        Language::Chinese => chinese,
    }
}

//! Days of the Gregorian calendar, and how documents write them.

use core::fmt;
use core::str::FromStr;

use super::cjk::{hanja, hanja_digits};
use super::numbers::{cardinal_words, ordinal_short, ordinal_words};
use crate::lang::Lang;

/// A day of the Gregorian calendar, years 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(jiff::civil::Date);

/// A text that is not a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotADate {
    /// What is wrong with it.
    pub reason: String,
    /// The day that was probably meant.
    pub suggestion: Option<Date>,
}

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}
impl core::error::Error for NotADate {}

impl Date {
    /// The day of a year (1 to 9999), month and day of the month.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        let date = jiff::civil::Date::new(year, month, day).ok()?;
        (year >= 1).then_some(Self(date))
    }

    /// The year.
    pub fn year(self) -> i32 {
        i32::from(self.0.year())
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The English name of the month.
    pub fn month_name(self) -> &'static str {
        MONTHS[usize::from(self.month()) - 1]
    }

    /// The day in the words or figures of a style and language.
    ///
    /// Korean and Chinese write year, month, day (국어 공문; 一九五三年七月二十七日).
    pub fn write(self, style: DateStyle, lang: Lang) -> String {
        let (year, month, day) = (self.year(), self.month(), self.day());
        match (lang.primary(), style) {
            ("ko", DateStyle::Dangi) => {
                format!("단기 {}년 {month}월 {day}일", year + 2333)
            }
            ("ko", _) => format!("{year}년 {month}월 {day}일"),
            ("zh", DateStyle::Figures) => format!("{year}年{month}月{day}日"),
            ("zh", DateStyle::Minguo) if year > 1911 => {
                let since = hanja(u64::from((year - 1911).unsigned_abs()));
                format!("中華民國{since}年{}", month_and_day(month, day))
            }
            ("zh", _) => {
                let year = hanja_digits(u64::from(year.unsigned_abs()));
                format!("{year}年{}", month_and_day(month, day))
            }
            (_, style) => self.write_english(style),
        }
    }

    /// The day in English.
    fn write_english(self, style: DateStyle) -> String {
        let (year, name, day) = (self.year(), self.month_name(), self.day());
        match style {
            DateStyle::American => format!("{name} {day}, {year}"),
            DateStyle::Ordinal => {
                format!("{name} {}, {year}", ordinal_short(u64::from(day), true))
            }
            DateStyle::Military => format!("{day} {} {year}", name.to_uppercase()),
            DateStyle::Words => format!(
                "the {} day of {name}, in the year of our Lord one thousand {}",
                ordinal_words(u64::from(day)),
                cardinal_words(u64::from(year.unsigned_abs()), true)
                    .trim_start_matches("one thousand ")
                    .trim_start_matches("and ")
            ),
            DateStyle::Plain | DateStyle::Figures | DateStyle::Dangi | DateStyle::Minguo => {
                format!("{day} {name} {year}")
            }
        }
    }
}

/// A manner of writing a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateStyle {
    /// `27 July 1953`; 1953년 7월 27일; 一九五三年七月二十七日.
    #[default]
    Plain,
    /// `July 27, 1953`.
    American,
    /// `July 27th, 1953`, with the ordinals of the law: 2d, 3d.
    Ordinal,
    /// `27 JULY 1953`.
    Military,
    /// `the twenty-seventh day of July, in the year of our Lord one thousand …`.
    Words,
    /// Arabic figures in every language.
    Figures,
    /// Years of Dangun, Korea 1948–1961 (Law No. 4 of 25 September 1948).
    Dangi,
    /// Years of the Republic of China, from 1912.
    Minguo,
}

impl FromStr for DateStyle {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Ok(match name {
            "plain" => Self::Plain,
            "american" => Self::American,
            "ordinal" => Self::Ordinal,
            "military" => Self::Military,
            "words" => Self::Words,
            "figures" => Self::Figures,
            "dangi" => Self::Dangi,
            "minguo" => Self::Minguo,
            _ => {
                return Err(format!(
                    "`{name}` is not a manner of writing dates (plain, american, ordinal, \
                     military, words, figures, dangi, minguo)"
                ));
            }
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Reads `1953-07-27` and nothing else; other usual forms become a suggestion.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        if let Some(date) = iso(text) {
            return Ok(date);
        }
        let suggestion = guess(text);
        let reason = "a date is written year-month-day".to_owned();
        Err(NotADate { reason, suggestion })
    }
}

/// Reads `1953-07-27`.
fn iso(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(i, b)| match i {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        });
    if !shape {
        return None;
    }
    Date::new(text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?)
}

/// The day that was probably meant by `27/7/53`, `7/27/1953`, `27 July 1953`,
/// `July 27th, 1953` or `1953.7.27`.
fn guess(text: &str) -> Option<Date> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    let named = words.iter().find_map(|w| month_by_name(w));
    let numbers: Vec<i16> = words
        .iter()
        .filter_map(|w| w.trim_end_matches(|c: char| c.is_alphabetic()).parse().ok())
        .collect();
    let (year, month, day) = match (named, numbers.as_slice()) {
        (Some(month), [a, b]) if *a > 31 => (*a, month, *b),
        (Some(month), [a, b]) => (*b, month, *a),
        (None, [a, b, c]) if *a > 31 => (*a, *b, *c),
        (None, [a, b, c]) if *b > 12 => (*c, *a, *b),
        (None, [a, b, c]) => (*c, *b, *a),
        _ => return None,
    };
    let year = if (0..100).contains(&year) { year + 1900 } else { year };
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// The number of a month named in full or by three letters.
fn month_by_name(word: &str) -> Option<i16> {
    let index = MONTHS.iter().position(|name| {
        let name = name.to_lowercase();
        word.len() >= 3 && name.starts_with(word)
    })?;
    i16::try_from(index + 1).ok()
}

/// Month and day in Hanja.
fn month_and_day(month: u8, day: u8) -> String {
    format!("{}月{}日", hanja(u64::from(month)), hanja(u64::from(day)))
}

/// The English months.
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn only_iso_is_a_date_and_other_forms_are_understood() {
        assert!("27/7/53".parse::<Date>().is_err());
        for text in ["27/7/53", "7/27/1953", "27 July 1953", "July 27th, 1953", "1953.7.27"] {
            let meant = text.parse::<Date>().unwrap_err().suggestion;
            assert_eq!(meant, Some(day("1953-07-27")), "{text}");
        }
        for text in ["1953-02-29", "", "0000-01-01", "１９５３-07-27", "99/99/99"] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn each_language_writes_its_own_date() {
        let date = day("1953-07-27");
        let write = |style, lang| date.write(style, lang);
        assert_eq!(write(DateStyle::Plain, Lang::EN), "27 July 1953");
        assert_eq!(write(DateStyle::Plain, Lang::KO), "1953년 7월 27일");
        assert_eq!(write(DateStyle::Dangi, Lang::KO), "단기 4286년 7월 27일");
        assert_eq!(write(DateStyle::Plain, Lang::ZH), "一九五三年七月二十七日");
        assert_eq!(write(DateStyle::Minguo, Lang::ZH), "中華民國四十二年七月二十七日");
        assert_eq!(
            write(DateStyle::Words, Lang::EN),
            "the twenty-seventh day of July, in the year of our Lord one thousand nine \
             hundred and fifty-three"
        );
    }
}

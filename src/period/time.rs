//! A time of day, and how each language writes it.

use core::fmt;
use core::str::FromStr;

use super::cjk::{CjkStyle, cjk_number};
use super::names::named;

/// A time of day to the minute, 00:00 to 23:59.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// 0 to 23.
    hour: u8,
    /// 0 to 59.
    minute: u8,
}

/// A text that is not a time of day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotATime(String);

impl fmt::Display for NotATime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a time of day: write 2200 or 22:00 (to 2359)", self.0)
    }
}
impl core::error::Error for NotATime {}

impl Time {
    /// A time from hour (to 23) and minute (to 59).
    pub fn new(hour: u8, minute: u8) -> Option<Self> {
        (hour < 24 && minute < 60).then_some(Self { hour, minute })
    }

    /// The hour, 0 to 23.
    pub fn hour(self) -> u8 {
        self.hour
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> u8 {
        self.minute
    }

    /// The time written in a style.
    pub fn format(self, style: TimeStyle) -> String {
        let (hour, minute) = (self.hour, self.minute);
        match style {
            TimeStyle::Military => self.to_string(),
            TimeStyle::Hours => format!("{self} hours"),
            TimeStyle::KoreanMilitary => format!("{self}시"),
            TimeStyle::Korean if minute == 0 => format!("{hour}시"),
            TimeStyle::Korean => format!("{hour}시 {minute}분"),
            TimeStyle::Chinese => self.in_chinese("時"),
            TimeStyle::ChineseSimplified => self.in_chinese("时"),
        }
    }

    /// 二十二時, 二十二時三十分.
    fn in_chinese(self, hour_word: &str) -> String {
        let number = |n: u8| cjk_number(u64::from(n), CjkStyle::Chinese);
        let hour = format!("{}{hour_word}", number(self.hour));
        if self.minute == 0 { hour } else { format!("{hour}{}分", number(self.minute)) }
    }
}

impl fmt::Display for Time {
    /// Four digits: `2200`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}{:02}", self.hour, self.minute)
    }
}

impl FromStr for Time {
    type Err = NotATime;

    /// Reads `2200` or `22:00`.
    fn from_str(text: &str) -> Result<Self, NotATime> {
        let digits = match text.split_once(':') {
            Some((hour, minute)) if hour.len() == 2 && minute.len() == 2 => {
                format!("{hour}{minute}")
            }
            Some(_) => String::new(),
            None => text.to_owned(),
        };
        let plain = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
        let number = plain.then(|| digits.parse::<u16>().ok()).flatten();
        number
            .and_then(|n| Self::new(u8::try_from(n / 100).ok()?, (n % 100) as u8))
            .ok_or_else(|| NotATime(text.to_owned()))
    }
}

/// How a time is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeStyle {
    /// `2200`
    Military,
    /// `2200 hours`
    Hours,
    /// `2200시`, as the armistice of 1953 has it.
    KoreanMilitary,
    /// `22시`, `22시 30분`
    Korean,
    /// 二十二時
    Chinese,
    /// 二十二时
    ChineseSimplified,
}

/// The styles by name.
const NAMES: &[(&str, TimeStyle)] = &[
    ("military", TimeStyle::Military),
    ("hours", TimeStyle::Hours),
    ("korean-military", TimeStyle::KoreanMilitary),
    ("korean", TimeStyle::Korean),
    ("chinese", TimeStyle::Chinese),
    ("chinese-simplified", TimeStyle::ChineseSimplified),
];
named!(TimeStyle, "time style", NAMES);

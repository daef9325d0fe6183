//! Eras of Korea, China and Japan, and the cycle of sixty years.

use core::fmt;

use super::counter::{BRANCHES, STEMS};
use super::date::{Date, Day};
use super::language::Language;
use super::names::named;

/// A way of counting years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Era {
    /// 단기 檀紀, from 2333 BC.
    Dangi,
    /// 民國, from 1912.
    Minguo,
    /// 개국 開國, from 1392.
    Gaeguk,
    /// 건양 建陽, 1896 to 1897.
    Geonyang,
    /// 광무 光武, 1897 to 1907.
    Gwangmu,
    /// 융희 隆熙, 1907 to 1910.
    Yunghui,
    /// 明治, 1868 to 1912.
    Meiji,
    /// 大正, 1912 to 1926.
    Taisho,
    /// 昭和, 1926 to 1989.
    Showa,
    /// 平成, 1989 to 2019.
    Heisei,
    /// 令和, from 2019.
    Reiwa,
    /// 주체 主體, from 1912; adopted in 1997.
    Juche,
}

/// The eras by name.
const NAMES: &[(&str, Era)] = &[
    ("dangi", Era::Dangi),
    ("minguo", Era::Minguo),
    ("gaeguk", Era::Gaeguk),
    ("geonyang", Era::Geonyang),
    ("gwangmu", Era::Gwangmu),
    ("yunghui", Era::Yunghui),
    ("meiji", Era::Meiji),
    ("taisho", Era::Taisho),
    ("showa", Era::Showa),
    ("heisei", Era::Heisei),
    ("reiwa", Era::Reiwa),
    ("juche", Era::Juche),
];
named!(Era, "era", NAMES);

/// What is known of an era.
struct Facts {
    /// Its name in English, Hangul and characters.
    names: [&'static str; 3],
    /// What is added to a year AD to give the year of the era.
    shift: i32,
    /// The first day that has a year in it.
    counted: Day,
    /// The first day whose month and day are those of the solar calendar as well.
    solar: Day,
    /// The first day of official use.
    official: Day,
    /// The last day of official use.
    ended: Day,
}

/// A day after all others: the era has not ended.
const OPEN: Day = (9999, 12, 31);
/// The first day of the solar calendar in Korea.
const KOREA_SOLAR: Day = (1896, 1, 1);

impl Era {
    /// What is known of this era.
    ///
    /// Dangi: Law No. 4 of 25 September 1948 to Law No. 775, end of 1961. Korea went over to
    /// the solar calendar on 1 January 1896, Japan on 1 January 1873.
    const fn facts(self) -> Facts {
        let (names, shift, counted, official, ended) = match self {
            Self::Dangi => (
                ["Dangi", "단기", "檀紀"],
                2333,
                (1, 1, 1),
                (1948, 9, 25),
                (1961, 12, 31),
            ),
            Self::Minguo => {
                (["Minguo", "민국", "中華民國"], -1911, (1912, 1, 1), (1912, 1, 1), OPEN)
            }
            // Decreed in the summer of 1894 for lunisolar dates, and counted in name only
            // once the solar calendar came.
            Self::Gaeguk => (
                ["Gaeguk", "개국", "開國"],
                -1391,
                (1392, 1, 1),
                (1894, 7, 30),
                (1895, 12, 31),
            ),
            Self::Geonyang => (
                ["Geonyang", "건양", "建陽"],
                -1895,
                (1896, 1, 1),
                (1896, 1, 1),
                (1897, 8, 16),
            ),
            Self::Gwangmu => (
                ["Gwangmu", "광무", "光武"],
                -1896,
                (1897, 8, 17),
                (1897, 8, 17),
                (1907, 8, 2),
            ),
            Self::Yunghui => (
                ["Yunghui", "융희", "隆熙"],
                -1906,
                (1907, 8, 3),
                (1907, 8, 3),
                (1910, 8, 29),
            ),
            Self::Meiji => (
                ["Meiji", "메이지", "明治"],
                -1867,
                (1873, 1, 1),
                (1873, 1, 1),
                (1912, 7, 29),
            ),
            Self::Taisho => (
                ["Taishō", "다이쇼", "大正"],
                -1911,
                (1912, 7, 30),
                (1912, 7, 30),
                (1926, 12, 24),
            ),
            Self::Showa => (
                ["Shōwa", "쇼와", "昭和"],
                -1925,
                (1926, 12, 25),
                (1926, 12, 25),
                (1989, 1, 7),
            ),
            Self::Heisei => (
                ["Heisei", "헤이세이", "平成"],
                -1988,
                (1989, 1, 8),
                (1989, 1, 8),
                (2019, 4, 30),
            ),
            Self::Reiwa => {
                (["Reiwa", "레이와", "令和"], -2018, (2019, 5, 1), (2019, 5, 1), OPEN)
            }
            Self::Juche => {
                (["Juche", "주체", "主體"], -1911, (1912, 1, 1), (1997, 9, 9), OPEN)
            }
        };
        let solar = match self {
            Self::Dangi | Self::Gaeguk => KOREA_SOLAR,
            _ => counted,
        };
        Facts { names, shift, counted, solar, official, ended }
    }

    /// The era's name: "Taishō", 다이쇼, 大正.
    pub fn name(self, language: Language) -> &'static str {
        let [english, hangul, characters] = self.facts().names;
        match language {
            Language::English => english,
            Language::Korean => hangul,
            Language::Chinese => characters,
        }
    }

    /// Whether the era was in official use on a day; a date in it outside that time is an
    /// anachronism.
    pub fn in_use(self, date: Date) -> bool {
        let facts = self.facts();
        (facts.official..=facts.ended).contains(&date.ymd())
    }

    /// The first and the last day of official use; no last one for an era still in use.
    pub fn official(self) -> [Option<Date>; 2] {
        let facts = self.facts();
        let date = |(y, m, d): Day| Date::new(y.into(), m.into(), d.into()).ok();
        let ended = Some(facts.ended).filter(|day| *day != OPEN);
        [date(facts.official), ended.and_then(date)]
    }

    /// The year of the era that a day falls in, by the solar calendar.
    ///
    /// The eras of a ruler end with him; Dangi, Minguo, Gaeguk and Juche are counted on, in
    /// official use or not.
    pub fn year_of(self, date: Date) -> Result<u16, NoEraYear> {
        let facts = self.facts();
        let day = date.ymd();
        let within = facts.counted <= day && (self.is_endless() || day <= facts.ended);
        u16::try_from(i32::from(day.0) + facts.shift)
            .ok()
            .filter(|_| within)
            .ok_or(NoEraYear { era: self, date })
    }

    /// The year of the era for a full date in it, which needs the solar calendar too.
    pub(super) fn dated_year(self, date: Date) -> Result<u16, NoEraYear> {
        if date.ymd() < self.facts().solar {
            return Err(NoEraYear { era: self, date });
        }
        self.year_of(date)
    }

    /// Whether the era is counted on without end.
    fn is_endless(self) -> bool {
        matches!(self, Self::Dangi | Self::Minguo | Self::Gaeguk | Self::Juche)
    }
}

/// A day that has no year, or no solar date, in an era.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoEraYear {
    /// The era.
    pub era: Era,
    /// The day.
    pub date: Date,
}

impl fmt::Display for NoEraYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let facts = self.era.facts();
        let [name, _, characters] = facts.names;
        let (from, to) = (facts.solar, facts.ended);
        write!(f, "{} has no date in {name} ({characters}), ", self.date)?;
        write!(
            f,
            "whose solar dates run from {:04}-{:02}-{:02}",
            from.0, from.1, from.2
        )?;
        if to != OPEN && !self.era.is_endless() {
            write!(f, " to {:04}-{:02}-{:02}", to.0, to.1, to.2)?;
        }
        let lunisolar =
            matches!(self.era, Era::Dangi | Era::Gaeguk | Era::Geonyang | Era::Meiji);
        if lunisolar && self.date.ymd() < from {
            f.write_str("; earlier dates are lunisolar: give them as text")?;
        }
        Ok(())
    }
}
impl core::error::Error for NoEraYear {}

/// The Japanese era and year of a day from 1 January 1873 on; before, dates were lunisolar.
pub fn japanese_era(date: Date) -> Option<(Era, u16)> {
    [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa]
        .into_iter()
        .find_map(|era| Some((era, era.year_of(date).ok()?)))
}

/// The Korean royal era and year of a day from 1 January 1896 to 29 August 1910.
pub fn korean_era(date: Date) -> Option<(Era, u16)> {
    [Era::Geonyang, Era::Gwangmu, Era::Yunghui]
        .into_iter()
        .find_map(|era| Some((era, era.year_of(date).ok()?)))
}

/// The stems read in Korean.
const STEM_READINGS: [char; 10] =
    ['갑', '을', '병', '정', '무', '기', '경', '신', '임', '계'];
/// The branches read in Korean.
const BRANCH_READINGS: [char; 12] =
    ['자', '축', '인', '묘', '진', '사', '오', '미', '신', '유', '술', '해'];

/// A year of the sexagenary cycle: 癸巳.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sexagenary(u8);

impl Sexagenary {
    /// In characters: 癸巳.
    pub fn characters(self) -> String {
        self.pair(&STEMS, &BRANCHES)
    }

    /// In Hangul: 계사.
    pub fn hangul(self) -> String {
        self.pair(&STEM_READINGS, &BRANCH_READINGS)
    }

    /// One sign of each series.
    fn pair(self, stems: &[char; 10], branches: &[char; 12]) -> String {
        let place = usize::from(self.0);
        [stems[place % 10], branches[place % 12]].iter().collect()
    }
}

impl fmt::Display for Sexagenary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.characters())
    }
}

/// The name in the cycle of sixty of the year that begins in a year AD.
///
/// It begins with the lunar new year, between 21 January and 20 February; days before
/// belong to the name of the year before.
pub fn sexagenary_year(year: i32) -> Sexagenary {
    // AD 4 was 甲子, the first of a cycle.
    Sexagenary((i64::from(year) - 4).rem_euclid(60) as u8)
}

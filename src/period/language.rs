//! The languages whose conventions are known here.

use core::fmt;
use core::str::FromStr;

/// A language whose dates, numbers and lists can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English, with British "and".
    English,
    /// Korean, in Hangul.
    Korean,
    /// Chinese, in traditional characters.
    Chinese,
}

/// A language tag whose conventions are not known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotALanguage(String);

impl fmt::Display for NotALanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no conventions are known for language `{}` (en, ko or zh)", self.0)
    }
}
impl core::error::Error for NotALanguage {}

impl FromStr for Language {
    type Err = NotALanguage;

    /// Reads a BCP 47 tag by its primary subtag: `en`, `en-GB`, `ko`, `zh-Hant`.
    fn from_str(tag: &str) -> Result<Self, NotALanguage> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag);
        match primary.to_ascii_lowercase().as_str() {
            "en" => Ok(Self::English),
            "ko" => Ok(Self::Korean),
            "zh" => Ok(Self::Chinese),
            _ => Err(NotALanguage(tag.to_owned())),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::English => "en",
            Self::Korean => "ko",
            Self::Chinese => "zh",
        })
    }
}

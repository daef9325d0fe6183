//! Language tags.

use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A language tag after BCP 47: `en`, `ko`, `zh`, `zh-Hant`. At most eleven letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 11]);

impl Lang {
    /// English.
    pub const EN: Self = Self(*b"en\0\0\0\0\0\0\0\0\0");
    /// Korean.
    pub const KO: Self = Self(*b"ko\0\0\0\0\0\0\0\0\0");
    /// Chinese.
    pub const ZH: Self = Self(*b"zh\0\0\0\0\0\0\0\0\0");

    /// The tag.
    pub fn as_str(&self) -> &str {
        let end = self.0.iter().position(|&b| b == 0).unwrap_or(self.0.len());
        core::str::from_utf8(&self.0[..end]).unwrap_or("")
    }

    /// The first part of the tag: `zh` of `zh-Hant`.
    pub fn primary(&self) -> &str {
        self.as_str().split('-').next().unwrap_or("")
    }
}

impl Default for Lang {
    fn default() -> Self {
        Self::EN
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lang({self})")
    }
}

/// A text that is not a language tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotALang(String);

impl fmt::Display for NotALang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a language tag (write en, ko, zh or zh-Hant)", self.0)
    }
}
impl core::error::Error for NotALang {}

impl FromStr for Lang {
    type Err = NotALang;

    fn from_str(tag: &str) -> Result<Self, NotALang> {
        let first = tag.split('-').next().unwrap_or("");
        let sound = (2..=3).contains(&first.len())
            && tag.len() <= 11
            && !tag.ends_with('-')
            && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if !sound {
            return Err(NotALang(tag.to_owned()));
        }
        let mut bytes = [0; 11];
        bytes[..tag.len()].copy_from_slice(tag.as_bytes());
        Ok(Self(bytes))
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        let text = String::deserialize(input)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.collect_str(self)
    }
}

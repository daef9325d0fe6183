//! Shards: a share of the rows for each of several runs.

use core::fmt;
use core::str::FromStr;

/// One of so many shares of the rows: of three, the first has the rows 1, 4, 7 and so on.
/// All read all rows, so that each row gets the name it has in one run over all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shard {
    /// Which one, from 1.
    index: u32,
    /// How many there are.
    count: u32,
}

/// A text or number that names no shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAShard;

impl fmt::Display for NotAShard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("write I/N, from 1/N to N/N, such as 2/8")
    }
}

impl core::error::Error for NotAShard {}

impl Shard {
    /// All rows.
    pub const ALL: Self = Self { index: 1, count: 1 };

    /// The share number `index`, from 1, of `count`.
    ///
    /// # Errors
    /// A number that is not from 1 to `count`.
    pub const fn new(index: u32, count: u32) -> Result<Self, NotAShard> {
        if index >= 1 && index <= count {
            Ok(Self { index, count })
        } else {
            Err(NotAShard)
        }
    }

    /// Which one, from 1.
    pub const fn index(self) -> u32 {
        self.index
    }

    /// How many there are.
    pub const fn count(self) -> u32 {
        self.count
    }

    /// Whether a row, counted from 1, is in this share.
    pub fn has(self, row: usize) -> bool {
        row.wrapping_sub(1) % self.count as usize == self.index as usize - 1
    }

    /// What is put before the ending of a name so that each share has its own.
    pub(super) fn suffix(self) -> String {
        match self {
            Self::ALL => String::new(),
            Self { index, count } => format!("-{index}-of-{count}"),
        }
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.index, self.count)
    }
}

impl FromStr for Shard {
    type Err = NotAShard;

    fn from_str(text: &str) -> Result<Self, NotAShard> {
        let (index, count) = text.split_once('/').ok_or(NotAShard)?;
        let number = |text: &str| text.trim().parse::<u32>().map_err(|_| NotAShard);
        Self::new(number(index)?, number(count)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_in_one_shard() {
        let shards: Vec<Shard> = (1..=3).map(|i| Shard::new(i, 3).unwrap()).collect();
        for row in 1..20 {
            assert_eq!(shards.iter().filter(|shard| shard.has(row)).count(), 1, "{row}");
        }
        assert!((1..20).all(|row| Shard::ALL.has(row)));
    }

    #[test]
    fn shards_are_read() {
        assert_eq!("2/8".parse(), Shard::new(2, 8));
        for wrong in ["0/8", "9/8", "1/0", "1", "/", "-1/3", "a/b"] {
            assert_eq!(wrong.parse::<Shard>(), Err(NotAShard), "{wrong}");
        }
    }
}

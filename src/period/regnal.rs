//! Years of a reign and of the independence of the United States.

use core::fmt;

use super::date::{Date, Day};

/// The year of a reign, as acts and proclamations count: `23 Geo. III`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct RegnalYear {
    /// The year of the reign, from 1.
    pub year: u16,
    /// The sovereign as statutes cite: `Geo. III`.
    pub sovereign: &'static str,
}

impl fmt::Display for RegnalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.year, self.sovereign)
    }
}

/// From when a sovereign is named, from when his years count, and his name.
///
/// Charles II counted from his father's death; William alone kept the count of William
/// and Mary; the years of George II moved eleven days with the calendar (C. R. Cheney, A
/// Handbook of Dates for Students of British History, 2000).
const REIGNS: &[(Day, Day, &str)] = &[
    ((1558, 11, 17), (1558, 11, 17), "Eliz. I"),
    ((1603, 3, 24), (1603, 3, 24), "Jac. I"),
    ((1625, 3, 27), (1625, 3, 27), "Car. I"),
    ((1649, 1, 30), (1649, 1, 30), "Car. II"),
    ((1685, 2, 6), (1685, 2, 6), "Jac. II"),
    ((1689, 2, 13), (1689, 2, 13), "W. & M."),
    ((1694, 12, 28), (1689, 2, 13), "Will. III"),
    ((1702, 3, 8), (1702, 3, 8), "Anne"),
    ((1714, 8, 1), (1714, 8, 1), "Geo. I"),
    ((1727, 6, 11), (1727, 6, 11), "Geo. II"),
    ((1753, 6, 11), (1727, 6, 22), "Geo. II"),
    ((1760, 10, 25), (1760, 10, 25), "Geo. III"),
    ((1820, 1, 29), (1820, 1, 29), "Geo. IV"),
    ((1830, 6, 26), (1830, 6, 26), "Will. IV"),
    ((1837, 6, 20), (1837, 6, 20), "Vict."),
    ((1901, 1, 22), (1901, 1, 22), "Edw. VII"),
    ((1910, 5, 6), (1910, 5, 6), "Geo. V"),
    ((1936, 1, 20), (1936, 1, 20), "Edw. VIII"),
    ((1936, 12, 11), (1936, 12, 11), "Geo. VI"),
    ((1952, 2, 6), (1952, 2, 6), "Eliz. II"),
    ((2022, 9, 8), (2022, 9, 8), "Cha. III"),
];
/// James II's throne was vacant from 11 December 1688 to 12 February 1689.
const VACANT: (Day, Day) = ((1688, 12, 12), (1689, 2, 12));

/// The British regnal year of a day from 17 November 1558 on.
///
/// To 2 September 1752 the date is read as the English wrote it, Old Style with the year
/// from 1 January. `None` before Elizabeth I and in the interregnum of 1688.
pub fn regnal_year(date: Date) -> Option<RegnalYear> {
    let day = date.ymd();
    if (VACANT.0..=VACANT.1).contains(&day) {
        return None;
    }
    let (_, start, sovereign) = REIGNS.iter().rev().find(|(from, _, _)| *from <= day)?;
    Some(RegnalYear { year: count_years(*start, day), sovereign })
}

/// The year of the Independence of the United States: 4 July 1776 begins the first.
pub fn independence_year(date: Date) -> Option<u16> {
    let start = (1776, 7, 4);
    (date.ymd() >= start).then(|| count_years(start, date.ymd()))
}

/// Which year, from 1, a day falls in when years begin on the anniversary of a start that
/// is not later.
fn count_years(start: Day, day: Day) -> u16 {
    let anniversary_past = (day.1, day.2) >= (start.1, start.2);
    day.0.saturating_sub(start.0) + u16::from(anniversary_past)
}

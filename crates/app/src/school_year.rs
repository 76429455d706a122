//! The school year, 1 September – 31 August: the period a programme, a road map and its indicators belong to.

use std::fmt;

use chrono::{Datelike, Month, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::words;

/// A school year, known by the calendar year in which it begins.
///
/// The bounds leave room for every record of a school and keep all of its days representable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "i32", try_from = "i32")]
pub struct SchoolYear(i32);

/// Says that a number is not the first year of a school year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("Учебный год может начинаться с {first} по {last} год, а не в {year}", first = SchoolYear::FIRST.0, last = SchoolYear::LAST.0)]
pub struct NotASchoolYear {
    pub year: i32,
}

impl SchoolYear {
    pub const FIRST: Self = Self(1900);
    pub const LAST: Self = Self(2198);

    /// Takes the calendar year of 1 September.
    pub const fn starting_in(year: i32) -> Option<Self> {
        if year < Self::FIRST.0 || year > Self::LAST.0 { None } else { Some(Self(year)) }
    }

    /// Finds the school year of a day; days beyond the bounds belong to the nearest one.
    pub fn containing(date: NaiveDate) -> Self {
        let start = if date.month() >= 9 { date.year() } else { date.year() - 1 };
        Self(start.clamp(Self::FIRST.0, Self::LAST.0))
    }

    /// Reads «2026/27», «2026-2027», «2026–2027 учебный год» or the first year alone.
    pub fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
        let first = numbers.next().filter(|digits| digits.len() == 4)?;
        let start = Self::starting_in(first.parse().ok()?)?;
        let ends_as_it_should = match numbers.next() {
            None => true,
            Some(second) if second.len() == 2 => second == &start.end_year().to_string()[2..],
            Some(second) => second == start.end_year().to_string(),
        };
        (ends_as_it_should && numbers.next().is_none()).then_some(start)
    }

    /// The calendar year of its 1 September.
    pub const fn start_year(self) -> i32 {
        self.0
    }

    /// The calendar year of its 31 August.
    pub const fn end_year(self) -> i32 {
        self.0 + 1
    }

    pub fn first_day(self) -> NaiveDate {
        day(self.0, 9, 1)
    }

    pub fn last_day(self) -> NaiveDate {
        day(self.0 + 1, 8, 31)
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        self.first_day() <= date && date <= self.last_day()
    }

    /// The year after; the last representable year follows itself.
    #[must_use]
    pub fn next(self) -> Self {
        Self((self.0 + 1).min(Self::LAST.0))
    }

    /// The year before; the first representable year precedes itself.
    #[must_use]
    pub fn previous(self) -> Self {
        Self((self.0 - 1).max(Self::FIRST.0))
    }

    /// Places a month inside this school year: October of 2026/27 is October 2026, May is May 2027.
    pub const fn month(self, month: Month) -> YearMonth {
        let year = if month.number_from_month() >= 9 { self.0 } else { self.0 + 1 };
        YearMonth { year, month }
    }

    /// Its twelve months in order, from September to August.
    pub fn months(self) -> impl Iterator<Item = YearMonth> {
        std::iter::successors(Some(self.month(Month::September)), |month| Some(month.next())).take(12)
    }

    /// The short name, for tables and lists: «2026/27».
    pub fn label(self) -> String {
        format!("{}/{:02}", self.0, self.end_year() % 100)
    }

    /// The long name, for documents: «2026–2027».
    pub fn long_label(self) -> String {
        format!("{}–{}", self.0, self.end_year())
    }
}

impl fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}

impl From<SchoolYear> for i32 {
    fn from(year: SchoolYear) -> Self {
        year.0
    }
}

impl TryFrom<i32> for SchoolYear {
    type Error = NotASchoolYear;

    fn try_from(year: i32) -> Result<Self, NotASchoolYear> {
        Self::starting_in(year).ok_or(NotASchoolYear { year })
    }
}

/// A month of a calendar year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct YearMonth {
    pub year: i32,
    pub month: Month,
}

impl YearMonth {
    pub fn containing(date: NaiveDate) -> Self {
        Self { year: date.year(), month: words::month_of(date) }
    }

    pub fn first_day(self) -> NaiveDate {
        day(self.year, self.month.number_from_month(), 1)
    }

    pub fn last_day(self) -> NaiveDate {
        self.next().first_day().pred_opt().unwrap_or(NaiveDate::MAX)
    }

    #[must_use]
    pub fn next(self) -> Self {
        let year = if self.month == Month::December { self.year + 1 } else { self.year };
        Self { year, month: self.month.succ() }
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", words::month_nominative(self.month), self.year)
    }
}

/// Builds a day that exists whenever the year is within the bounds of `SchoolYear`.
fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn year(start: i32) -> SchoolYear {
        SchoolYear::starting_in(start).unwrap()
    }

    #[test]
    fn a_school_year_runs_from_the_first_of_september_to_the_end_of_august() {
        assert_eq!(year(2026).first_day(), day(2026, 9, 1));
        assert_eq!(year(2026).last_day(), day(2027, 8, 31));
        assert!(!year(2026).contains(day(2026, 8, 31)));
        assert!(!year(2026).contains(day(2027, 9, 1)));
    }

    #[test]
    fn autumn_months_lie_in_the_first_calendar_year_and_the_others_in_the_second() {
        let months: Vec<String> = year(2023).months().map(|month| month.to_string()).collect();
        assert_eq!(months.first().unwrap(), "сентябрь 2023");
        assert_eq!(months[4], "январь 2024");
        assert_eq!(months.last().unwrap(), "август 2024");
        assert_eq!(months.len(), 12);
    }

    #[test]
    fn a_year_is_read_in_every_usual_spelling() {
        for text in ["2026/27", "2026/2027", "2026-2027", "2026 – 2027 учебный год", "2026", "на 2026-2027 уч. г."]
        {
            assert_eq!(SchoolYear::parse(text), Some(year(2026)), "{text}");
        }
    }

    #[test]
    fn a_span_that_is_not_one_school_year_is_not_read() {
        for text in ["", "26/27", "2026-2028", "2026/28", "2027-2026", "2026-2027-2028", "20260", "999999999999"] {
            assert_eq!(SchoolYear::parse(text), None, "{text}");
        }
    }

    #[test]
    fn labels_name_both_calendar_years() {
        assert_eq!(year(2026).to_string(), "2026/27");
        assert_eq!(year(1999).label(), "1999/00");
        assert_eq!(year(2026).long_label(), "2026–2027");
    }

    #[test]
    fn a_year_is_stored_as_a_number_and_refused_beyond_its_bounds() {
        assert_eq!(serde_json::to_string(&year(2026)).unwrap(), "2026");
        assert_eq!(serde_json::from_str::<SchoolYear>("2026").unwrap(), year(2026));
        let refusal = serde_json::from_str::<SchoolYear>("20260").unwrap_err().to_string();
        assert!(refusal.contains("Учебный год может начинаться с 1900 по 2198 год, а не в 20260"), "{refusal}");
    }

    #[test]
    fn the_end_of_february_follows_leap_years() {
        assert_eq!(year(2023).month(Month::February).last_day(), day(2024, 2, 29));
        assert_eq!(year(2024).month(Month::February).last_day(), day(2025, 2, 28));
    }

    #[test]
    fn the_bounds_hold() {
        assert_eq!(SchoolYear::LAST.next(), SchoolYear::LAST);
        assert_eq!(SchoolYear::FIRST.previous(), SchoolYear::FIRST);
        assert_eq!(SchoolYear::containing(NaiveDate::MAX), SchoolYear::LAST);
        assert_eq!(SchoolYear::containing(NaiveDate::MIN), SchoolYear::FIRST);
    }

    proptest! {
        #[test]
        fn every_day_belongs_to_exactly_one_school_year(days in 0..109_000_i64) {
            let date = SchoolYear::FIRST.first_day() + chrono::Duration::days(days);
            let year = SchoolYear::containing(date);
            prop_assert!(year.contains(date));
            prop_assert!(!year.next().contains(date) || year == SchoolYear::LAST);
            prop_assert_eq!(year.month(words::month_of(date)), YearMonth::containing(date));
        }

        #[test]
        fn a_label_is_read_back(start in 1900..2199_i32) {
            let year = year(start);
            prop_assert_eq!(SchoolYear::parse(&year.label()), Some(year));
            prop_assert_eq!(SchoolYear::parse(&year.long_label()), Some(year));
        }
    }
}

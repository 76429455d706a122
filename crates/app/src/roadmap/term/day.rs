//! Days and months of a term, whose year may be left to the school year.

use chrono::{Datelike, Month, NaiveDate};
use serde::{Deserialize, Serialize};

use super::Window;
use crate::school_year::{SchoolYear, YearMonth};
use crate::words;

/// Calendar years a term may state: those of every [`SchoolYear`].
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// A month, of a stated calendar year or of the school year it is asked in; stored as `2023-10` or `10`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TermMonth {
    pub year: Option<i32>,
    pub month: Month,
}

/// A day, of a stated calendar year or of the school year it is asked in; stored as `2023-10-05` or `10-05`.
///
/// A stated day exists; of an unstated year 29 February is accepted and means the last day of February.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct TermDay {
    year: Option<i32>,
    month: Month,
    day: u32,
}

impl TermMonth {
    /// Places the month inside a school year unless it states its own.
    pub fn resolve(self, year: SchoolYear) -> YearMonth {
        self.year.map_or_else(|| year.month(self.month), |year| YearMonth { year, month: self.month })
    }

    pub(super) fn window(self, year: SchoolYear) -> Window {
        let month = self.resolve(year);
        Window { from: month.first_day(), to: month.last_day() }
    }

    pub(super) fn shifted(self, years: i32) -> Self {
        Self { year: shifted(self.year, years), ..self }
    }

    /// States the year, if it is left out.
    pub(super) fn dated(self, year: SchoolYear) -> Self {
        let YearMonth { year, month } = self.resolve(year);
        Self { year: Some(year), month }
    }

    pub(super) fn first_day(self) -> TermDay {
        TermDay { year: self.year, month: self.month, day: 1 }
    }

    pub(super) fn last_day(self) -> TermDay {
        TermDay { year: self.year, month: self.month, day: days_in(self.year, self.month) }
    }

    pub(super) fn next(self) -> Self {
        let year = if self.month == Month::December { shifted(self.year, 1) } else { self.year };
        Self { year, month: self.month.succ() }
    }
}

impl TermDay {
    /// Takes a day that exists; nothing for 31 September or a year nobody plans in.
    pub fn new(year: Option<i32>, month: Month, day: u32) -> Option<Self> {
        let exists = day >= 1 && day <= days_in(year, month) && year.is_none_or(|year| YEARS.contains(&year));
        exists.then_some(Self { year, month, day })
    }

    /// Takes a date with its year.
    pub fn on(date: NaiveDate) -> Option<Self> {
        Self::new(Some(date.year()), words::month_of(date), date.day())
    }

    pub const fn stated_year(self) -> Option<i32> {
        self.year
    }

    pub const fn month(self) -> Month {
        self.month
    }

    pub const fn day(self) -> u32 {
        self.day
    }

    /// Places the day inside a school year unless it states its own.
    pub fn date(self, year: SchoolYear) -> NaiveDate {
        let month = TermMonth { year: self.year, month: self.month }.resolve(year);
        month.first_day().with_day(self.day).unwrap_or_else(|| month.last_day())
    }

    /// Moves the stated year; 29 February becomes the last day of February.
    /// States the year, if it is left out.
    pub(super) fn dated(self, year: SchoolYear) -> Self {
        Self::on(self.date(year)).unwrap_or(self)
    }

    pub(super) fn shifted(self, years: i32) -> Self {
        let year = shifted(self.year, years);
        Self { year, month: self.month, day: self.day.min(days_in(year, self.month)) }
    }
}

fn shifted(year: Option<i32>, years: i32) -> Option<i32> {
    year.map(|year| year.saturating_add(years).clamp(*YEARS.start(), *YEARS.end()))
}

fn days_in(year: Option<i32>, month: Month) -> u32 {
    const LEAP_YEAR: i32 = 2000;
    month.num_days(year.unwrap_or(LEAP_YEAR)).map_or(31, u32::from)
}

impl From<TermMonth> for String {
    fn from(TermMonth { year, month }: TermMonth) -> Self {
        let month = month.number_from_month();
        year.map_or_else(|| format!("{month:02}"), |year| format!("{year}-{month:02}"))
    }
}

impl From<TermDay> for String {
    fn from(TermDay { year, month, day }: TermDay) -> Self {
        format!("{}-{day:02}", Self::from(TermMonth { year, month }))
    }
}

/// Says that a stored term holds a day or month that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("В сроке записана несуществующая дата «{0}»")]
pub struct NoSuchDay(String);

impl TryFrom<String> for TermMonth {
    type Error = NoSuchDay;

    fn try_from(text: String) -> Result<Self, NoSuchDay> {
        let read = || {
            let (year, month) = text.split_once('-').map_or((None, text.as_str()), |(year, month)| (Some(year), month));
            let year = year.map(str::parse).transpose().ok()?;
            let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
            year.is_none_or(|year| YEARS.contains(&year)).then_some(Self { year, month })
        };
        read().ok_or_else(|| NoSuchDay(text.clone()))
    }
}

impl TryFrom<String> for TermDay {
    type Error = NoSuchDay;

    fn try_from(text: String) -> Result<Self, NoSuchDay> {
        let read = || {
            let (month, day) = text.rsplit_once('-')?;
            let TermMonth { year, month } = TermMonth::try_from(month.to_owned()).ok()?;
            Self::new(year, month, day.parse().ok()?)
        };
        read().ok_or_else(|| NoSuchDay(text.clone()))
    }
}

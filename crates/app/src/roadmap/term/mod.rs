//! When a row of the road map is to be done.
//!
//! A term is what the road map prints («Октябрь–Ноябрь 2023», «в течение года», «по мере необходимости»), understood.
//! It is a value without a clock: [`Term::window`] says which days it means in a given school year. Months and days may
//! leave their year unstated; then they lie inside whichever school year is asked about, which is how a template works.
//! Spellings: `read.rs`; the canonical wording, which is itself one of the spellings: `text.rs`.

mod atoms;
mod day;
mod doubt;
mod interpret;
mod lexicon;
mod read;
mod segment;
mod text;
mod tokens;
mod view;
mod window;

#[cfg(test)]
mod tests;

use chrono::Month;
use serde::{Deserialize, Serialize};

pub use day::{TermDay, TermMonth};
pub use doubt::{Doubt, DoubtKind};
pub use read::ReadTerm;
pub use window::Window;

use crate::school_year::SchoolYear;

/// What a road map says about the time of a row.
///
/// Both ends of a range either state their years or leave them out; reading never produces a mixture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Term {
    /// «27.08.2026», «5 октября».
    Day { on: TermDay },
    /// «с 18.08.2026 по 18.10.2026».
    DayRange { from: TermDay, to: TermDay },
    /// «Октябрь 2023», «октябрь».
    Month { month: TermMonth },
    /// «Декабрь 2023-Апрель 2024».
    MonthRange { from: TermMonth, to: TermMonth },
    /// «Август 2022 года, август 2023 года».
    Months { months: Vec<TermMonth> },
    /// «до 27.08.2026», «в срок до 31 марта 2022 года».
    Deadline { by: TermDay },
    /// «В течение 2023-2024», «2021-2024г.г.».
    SchoolYears { first: SchoolYear, last: SchoolYear },
    /// «в течение года», «постоянно».
    WholeYear,
    /// «Ежегодно», «Май, ежегодно с 2023».
    Yearly { months: Option<MonthSpan>, since: Option<i32> },
    /// «не позднее 5 раб. дней», «в течение 10 рабочих дней со дня приказа»: days after something that is not a date.
    Within { days: u32, working: bool, limit: Limit, after: String },
    /// «еженедельно», «2 раза в год».
    Recurring { times: u32, every: Period },
    /// «по мере необходимости».
    AsNeeded,
    /// What could not be understood, word for word.
    Free { text: String },
}

/// Months that return every year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthSpan {
    pub from: Month,
    pub to: Month,
}

/// How a number of days limits a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// «не позднее 5 дней».
    NoLater,
    /// «в течение 5 дней».
    During,
}

/// How often a recurring row comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    Day,
    Week,
    Month,
    Quarter,
    /// «четверть», a quarter of the school year.
    SchoolQuarter,
    HalfYear,
    Year,
}

impl Term {
    /// Says whether the term was understood, that is anything but free text.
    pub fn is_understood(&self) -> bool {
        !matches!(self, Self::Free { .. })
    }

    /// Gives the days the term means in a school year, both ends included.
    ///
    /// Nothing for free text, for «по мере необходимости», for a count of days after an event, for a range whose end
    /// precedes its beginning, and for a yearly term before its first year. Several months give the days from the first
    /// to the last of them.
    pub fn window(&self, year: SchoolYear) -> Option<Window> {
        match self {
            Self::Day { on } => Window::between(on.date(year), on.date(year)),
            Self::DayRange { from, to } => {
                let year_of_from = year_of_beginning(from.stated_year(), from.month(), to.month(), year);
                Window::between(from.date(year_of_from), to.date(year))
            }
            Self::Month { month } => Some(month.window(year)),
            Self::MonthRange { from, to } => {
                let year_of_from = year_of_beginning(from.year, from.month, to.month, year);
                Window::between(from.window(year_of_from).from, to.window(year).to)
            }
            Self::Months { months } => months.iter().map(|month| month.window(year)).reduce(Window::hull),
            Self::Deadline { by } => {
                let to = by.date(year);
                Window::between(year.first_day().min(to), to)
            }
            Self::SchoolYears { first, last } => Window::between(first.first_day(), last.last_day()),
            Self::WholeYear | Self::Recurring { .. } => Window::between(year.first_day(), year.last_day()),
            Self::Yearly { months, since } => yearly_window(*months, year).filter(|window| window.reaches(*since)),
            Self::Within { .. } | Self::AsNeeded | Self::Free { .. } => None,
        }
    }

    /// Gives the same months and days of another school year.
    ///
    /// A term that spans several years keeps its length and begins in the given one.
    #[must_use]
    pub fn moved_to(&self, year: SchoolYear) -> Self {
        let begins = match self {
            Self::Deadline { by } => Some(by.date(year)),
            _ => self.window(year).map(|window| window.from),
        };
        begins.map_or_else(
            || self.clone(),
            |begins| self.shifted(year.start_year() - SchoolYear::containing(begins).start_year()),
        )
    }

    /// Moves every stated year; what states none stays as it is.
    ///
    /// The way to carry a whole road map into another year: preparation in the August before stays before.
    #[must_use]
    pub fn shifted(&self, years: i32) -> Self {
        match self {
            Self::Day { on } => Self::Day { on: on.shifted(years) },
            Self::DayRange { from, to } => Self::DayRange { from: from.shifted(years), to: to.shifted(years) },
            Self::Month { month } => Self::Month { month: month.shifted(years) },
            Self::MonthRange { from, to } => Self::MonthRange { from: from.shifted(years), to: to.shifted(years) },
            Self::Months { months } => {
                Self::Months { months: months.iter().map(|month| month.shifted(years)).collect() }
            }
            Self::Deadline { by } => Self::Deadline { by: by.shifted(years) },
            Self::SchoolYears { first, last } => {
                Self::SchoolYears { first: shifted_year(*first, years), last: shifted_year(*last, years) }
            }
            Self::WholeYear
            | Self::Yearly { .. }
            | Self::Within { .. }
            | Self::Recurring { .. }
            | Self::AsNeeded
            | Self::Free { .. } => self.clone(),
        }
    }
}

impl Term {
    /// States the years that a term leaves out, as the documents of one school year do: «октябрь» becomes «октябрь 2026».
    #[must_use]
    pub fn dated(&self, year: SchoolYear) -> Self {
        let month = |month: &TermMonth, year: SchoolYear| month.dated(year);
        match self {
            Self::Day { on } => Self::Day { on: on.dated(year) },
            Self::DayRange { from, to } => {
                let begins = year_of_beginning(from.stated_year(), from.month(), to.month(), year);
                Self::DayRange { from: from.dated(begins), to: to.dated(year) }
            }
            Self::Month { month: one } => Self::Month { month: month(one, year) },
            Self::MonthRange { from, to } => {
                let begins = year_of_beginning(from.year, from.month, to.month, year);
                Self::MonthRange { from: month(from, begins), to: month(to, year) }
            }
            Self::Months { months } => Self::Months { months: months.iter().map(|one| month(one, year)).collect() },
            Self::Deadline { by } => Self::Deadline { by: by.dated(year) },
            Self::SchoolYears { .. }
            | Self::WholeYear
            | Self::Yearly { .. }
            | Self::Within { .. }
            | Self::Recurring { .. }
            | Self::AsNeeded
            | Self::Free { .. } => self.clone(),
        }
    }
}

/// Places the beginning of a range that states no year.
///
/// «август–сентябрь» prepares the year: a range that starts in summer and ends in an earlier month of the school year
/// starts before 1 September.
fn year_of_beginning(stated: Option<i32>, from: Month, to: Month, year: SchoolYear) -> SchoolYear {
    let wraps = month_of_school_year(from) > month_of_school_year(to);
    let in_summer = matches!(from, Month::June | Month::July | Month::August);
    if stated.is_none() && wraps && in_summer { year.previous() } else { year }
}

/// Counts the months of a school year from September, 0, to August, 11.
fn month_of_school_year(month: Month) -> u32 {
    (month.number_from_month() + 3) % 12
}

fn yearly_window(months: Option<MonthSpan>, year: SchoolYear) -> Option<Window> {
    match months {
        None => Term::WholeYear.window(year),
        Some(MonthSpan { from, to }) => {
            let [from, to] = [from, to].map(|month| TermMonth { year: None, month });
            Term::MonthRange { from, to }.window(year)
        }
    }
}

fn shifted_year(year: SchoolYear, years: i32) -> SchoolYear {
    let [first, last] = [SchoolYear::FIRST, SchoolYear::LAST].map(SchoolYear::start_year);
    SchoolYear::starting_in(year.start_year().saturating_add(years).clamp(first, last)).unwrap_or(year)
}

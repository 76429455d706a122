//! Days on which the invented school works.

use super::random::Random;
use crate::school_year::SchoolYear;
use chrono::{Datelike as _, Days, NaiveDate, Weekday};

/// The days of a school year.
#[derive(Debug, Clone, Copy)]
pub struct Calendar(pub SchoolYear);

impl Calendar {
    /// Returns a day of the school year by month and day of the month; a weekend gives the working day before it.
    pub fn on(self, month: u32, day: u32) -> NaiveDate {
        let year = if month >= 9 { self.0.start_year() } else { self.0.end_year() };
        self.working(NaiveDate::from_ymd_opt(year, month, day).unwrap_or(self.0.last_day()))
    }

    /// Returns a day of August before the school year, when it is prepared.
    pub fn in_august_before(self, day: u32) -> NaiveDate {
        self.working(NaiveDate::from_ymd_opt(self.0.start_year(), 8, day).unwrap_or(self.0.first_day()))
    }

    /// Returns a random working day between two days, both included.
    pub fn between(self, random: &mut Random, from: NaiveDate, to: NaiveDate) -> NaiveDate {
        let days = u32::try_from((to - from).num_days()).unwrap_or(0);
        self.after(from, random.between(0, days)).max(from)
    }

    /// Returns the day itself, or the Friday before a weekend.
    pub fn before(self, day: NaiveDate) -> NaiveDate {
        self.working(day)
    }

    /// Returns the working day a number of days after another.
    pub fn after(self, day: NaiveDate, days: u32) -> NaiveDate {
        self.working(day + Days::new(u64::from(days)))
    }

    /// Returns the day itself, or the last working day before it; the year begins with a working day.
    fn working(self, day: NaiveDate) -> NaiveDate {
        let friday = day - Days::new(weekend_days(day));
        if friday < self.0.first_day() && day >= self.0.first_day() {
            day + Days::new(3 - weekend_days(day))
        } else {
            friday
        }
    }
}

/// Counts the days since Friday on a weekend; zero on a working day.
fn weekend_days(day: NaiveDate) -> u64 {
    match day.weekday() {
        Weekday::Sat => 1,
        Weekday::Sun => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn calendar(start: i32) -> Calendar {
        Calendar(SchoolYear::starting_in(start).unwrap())
    }

    #[test]
    fn a_weekend_gives_the_friday_before_it() {
        assert_eq!(calendar(2026).on(11, 22).to_string(), "2026-11-20"); // Sunday
        assert_eq!(calendar(2026).on(11, 20).to_string(), "2026-11-20");
        assert_eq!(calendar(2026).on(2, 6).to_string(), "2027-02-05"); // Saturday
    }

    #[test]
    fn a_year_that_begins_at_a_weekend_begins_on_monday() {
        assert_eq!(calendar(2029).on(9, 1).to_string(), "2029-09-03"); // Saturday
        assert_eq!(calendar(2024).on(9, 1).to_string(), "2024-09-02"); // Sunday
    }

    #[test]
    fn random_days_are_working_days_within_the_bounds() {
        let (calendar, mut random) = (calendar(2026), Random::about("days"));
        let (from, to) = (calendar.on(9, 14), calendar.on(10, 2));
        for _ in 0..200 {
            let day = calendar.between(&mut random, from, to);
            assert!(from <= day && day <= to && weekend_days(day) == 0, "{day}");
        }
    }
}

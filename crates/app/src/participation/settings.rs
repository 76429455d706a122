//! What a school decides about its programme of a year, and which people that counts. Pure.

use crate::people::model::full_years;
use chrono::{Datelike as _, NaiveDate};

/// The ages a target group may be set to.
pub const AGES: std::ops::RangeInclusive<i64> = 3..=25;

/// The largest length of service of a young specialist that can be set, in full years.
pub const YOUNG_YEARS_MAX: i64 = 10;

database::record! {
    /// The settings of a year.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Settings {
        /// Full years of the youngest pupils who count.
        pub age_from: i64,
        /// Full years of the oldest pupils who count.
        pub age_to: i64,
        /// Mentors count as covered too; Р-145 counts mentees only.
        pub counts_mentors: bool,
        /// Full years of service up to which somebody is a young specialist.
        pub young_years: i64,
        /// From 14 on the minor signs beside the representative; otherwise alone.
        pub both_sign_from_14: bool,
        /// An adult from outside without a clearance may not take part.
        pub clearance_blocks: bool,
        pub special_categories: bool,
        /// Nought as long as nobody saved them.
        pub version: i64,
    }
}

impl Default for Settings {
    /// Pupils of 10 to 18 years as the road map says, young specialists of 0 to 3 years as Р-145 does.
    fn default() -> Self {
        Self {
            age_from: 10,
            age_to: 18,
            counts_mentors: true,
            young_years: 3,
            both_sign_from_14: true,
            clearance_blocks: true,
            special_categories: false,
            version: 0,
        }
    }
}

/// Days of birth between which a pupil counts, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BirthDays {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

impl Settings {
    /// Returns the days of birth of the pupils whose full years on a day lie within the bounds.
    pub fn birth_days(&self, on: NaiveDate) -> BirthDays {
        let too_old = years_before(on, self.age_to + 1);
        BirthDays { first: too_old.succ_opt().unwrap_or(too_old), last: years_before(on, self.age_from) }
    }

    /// Returns the first day from which somebody who began to teach is a young specialist on a day.
    pub fn young_since(&self, on: NaiveDate) -> NaiveDate {
        let too_long = years_before(on, self.young_years + 1);
        too_long.succ_opt().unwrap_or(too_long)
    }

    /// Tells whether a pupil counts on a day.
    pub fn counts_age(&self, born_on: NaiveDate, on: NaiveDate) -> bool {
        full_years(born_on, on).is_some_and(|years| (self.age_from..=self.age_to).contains(&i64::from(years)))
    }

    /// Names the target group of pupils.
    pub fn pupils_label(&self) -> String {
        format!("Обучающиеся {}–{} лет", self.age_from, self.age_to)
    }

    /// Names the group of young specialists.
    pub fn young_label(&self) -> String {
        format!("Молодые специалисты (стаж 0–{} года)", self.young_years)
    }
}

/// Returns the last birthday with at least so many full years on a day; 29 February becomes 28 in common years.
fn years_before(on: NaiveDate, years: i64) -> NaiveDate {
    let year = on.year() - i32::try_from(years).unwrap_or(0);
    NaiveDate::from_ymd_opt(year, on.month(), on.day())
        .or_else(|| NaiveDate::from_ymd_opt(year, on.month(), on.day() - 1))
        .unwrap_or(on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_pupil_counts_from_the_tenth_birthday_to_the_day_before_the_nineteenth() {
        let settings = Settings::default();
        let on = day(2026, 11, 22);
        assert_eq!(settings.birth_days(on), BirthDays { first: day(2007, 11, 23), last: day(2016, 11, 22) });
        assert!(settings.counts_age(day(2016, 11, 22), on) && !settings.counts_age(day(2016, 11, 23), on));
        assert!(settings.counts_age(day(2007, 11, 23), on) && !settings.counts_age(day(2007, 11, 22), on));
    }

    #[test]
    fn a_young_specialist_has_at_most_three_full_years() {
        let since = Settings::default().young_since(day(2026, 11, 22));
        assert_eq!(since, day(2022, 11, 23));
        assert_eq!(full_years(since, day(2026, 11, 22)), Some(3));
    }

    proptest! {
        #[test]
        fn days_of_birth_and_full_years_say_the_same(born in 0..20_000_i64, on in 0..20_000_i64) {
            let first = day(1990, 1, 1);
            let (born, on) = (first + chrono::Duration::days(born), first + chrono::Duration::days(on));
            let settings = Settings::default();
            let days = settings.birth_days(on);
            prop_assert_eq!(days.first <= born && born <= days.last, settings.counts_age(born, on));
            let is_young = full_years(born, on).is_some_and(|years| years <= 3);
            prop_assert_eq!(settings.young_since(on) <= born && born <= on, is_young);
        }
    }
}

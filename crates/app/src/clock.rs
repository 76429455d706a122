//! Where the time comes from: the system's clock, or a fixed one in tests and demos.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, TimeDelta, TimeZone as _, Utc};
use chrono_tz::Tz;
use std::sync::{Arc, PoisonError, RwLock};

/// A source of the current time; clones show the same time.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<RwLock<DateTime<Utc>>>>);

impl Clock {
    /// Returns the clock of the machine.
    pub fn system() -> Self {
        Self(None)
    }

    /// Returns a clock that stands still until [`Clock::pass`].
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self(Some(Arc::new(RwLock::new(at))))
    }

    /// Returns the current time.
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine")]
            None => Utc::now(),
            Some(fixed) => *fixed.read().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Returns the current day where the school is.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        day_in(self.now(), zone)
    }

    /// Moves a fixed clock on; the machine's clock moves by itself.
    pub fn pass(&self, time: TimeDelta) {
        if let Some(fixed) = &self.0 {
            *fixed.write().unwrap_or_else(PoisonError::into_inner) += time;
        }
    }
}

/// Returns the day of a moment where the school is.
pub fn day_in(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// Years a day may be asked of: beyond them the databases disagree about the order of days.
const YEARS: std::ops::Range<i32> = 1970..9999;

/// Reads a day out of the question of an address; one that nobody can mean is none.
pub fn day_asked(text: &str) -> Option<NaiveDate> {
    text.parse::<NaiveDate>().ok().filter(|day| YEARS.contains(&day.year()))
}

/// Returns the moment at which a day begins where the school is.
pub fn day_begins(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    // A zone that skips midnight in spring begins the day with what comes after; Russia's zones do not.
    zone.from_local_datetime(&midnight).earliest().map_or_else(|| midnight.and_utc(), |moment| moment.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_nobody_can_mean_is_not_asked_for() {
        assert_eq!(day_asked("2026-11-22"), NaiveDate::from_ymd_opt(2026, 11, 22));
        for odd in ["", "22.11.2026", "1969-12-31", "9999-01-01", "-1000-01-01"] {
            assert_eq!(day_asked(odd), None, "{odd}");
        }
    }

    #[test]
    fn the_day_of_a_school_beyond_the_urals_begins_before_moscow() {
        let clock = Clock::fixed(DateTime::from_timestamp(1_700_000_000, 0).unwrap()); // 2023-11-14 22:13 UTC
        assert_eq!(clock.today(Tz::Europe__Moscow).to_string(), "2023-11-15");
        assert_eq!(clock.today(Tz::UTC).to_string(), "2023-11-14");
        clock.pass(TimeDelta::hours(2));
        assert_eq!(clock.today(Tz::UTC).to_string(), "2023-11-15");
    }

    #[test]
    fn a_day_begins_at_the_midnight_of_its_zone() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        assert_eq!(day_begins(day, Tz::Europe__Moscow).to_rfc3339(), "2026-11-21T21:00:00+00:00");
        assert_eq!(day_in(day_begins(day, Tz::Asia__Kamchatka), Tz::Asia__Kamchatka), day);
    }
}

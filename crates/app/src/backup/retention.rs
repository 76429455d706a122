//! Which of the daily copies stay: the last of seven days, of four weeks, of twelve months. Pure.

use chrono::{DateTime, Datelike as _, Utc};
use std::collections::BTreeSet;

const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;

/// Returns the moments of the copies that stay. The newest always does.
pub fn kept(made: &[DateTime<Utc>]) -> BTreeSet<DateTime<Utc>> {
    let mut newest_first = made.to_vec();
    newest_first.sort_unstable_by(|a, b| b.cmp(a));
    let day = last_of(&newest_first, DAYS, |at| (at.year(), at.ordinal()));
    let week = last_of(&newest_first, WEEKS, |at| (at.iso_week().year(), at.iso_week().week()));
    let month = last_of(&newest_first, MONTHS, |at| (at.year(), at.month()));
    day.into_iter().chain(week).chain(month).collect()
}

/// Returns the newest copy of each of the newest `most` periods that have any.
fn last_of(
    newest_first: &[DateTime<Utc>],
    most: usize,
    period: impl Fn(&DateTime<Utc>) -> (i32, u32),
) -> Vec<DateTime<Utc>> {
    let mut chosen: Vec<DateTime<Utc>> = vec![];
    for at in newest_first {
        if chosen.len() < most && chosen.last().is_none_or(|last| period(last) != period(at)) {
            chosen.push(*at);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    fn day(n: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000, 0).unwrap() + TimeDelta::days(n)
    }

    #[test]
    fn two_years_of_daily_copies_leave_seven_four_and_twelve() {
        let made: Vec<_> = (0..730).map(day).collect();
        let kept = kept(&made);
        assert!((0..7).all(|n| kept.contains(&day(729 - n))), "the last seven days");
        // The newest of days, weeks and months are the same copy, and weeks fall into days and months.
        assert!((12 + 7..=12 + 7 + 4).contains(&(kept.len() + 1)), "{}", kept.len());
        assert!(*kept.first().unwrap() > day(729 - 366) && *kept.first().unwrap() < day(729 - 300));
    }

    #[test]
    fn nothing_is_dropped_while_there_are_few() {
        let made = [day(0), day(1), day(30)];
        assert_eq!(kept(&made).len(), 3);
        assert_eq!(kept(&[]).len(), 0);
        let thrice_a_day = [day(0), day(0) + TimeDelta::hours(1), day(0) + TimeDelta::seconds(5)];
        assert_eq!(kept(&thrice_a_day).into_iter().collect::<Vec<_>>(), [day(0) + TimeDelta::hours(1)]);
    }
}

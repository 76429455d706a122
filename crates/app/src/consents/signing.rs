//! Who must sign a consent. Pure.
//!
//! 152-FZ gives no age; art. 9 p. 6 only says that a representative signs for who cannot. The program follows the custom
//! of schools: under 14 the representative, from 14 to 17 both, from 18 the person. A school may let pupils from 14 sign
//! alone; nothing a school sets takes the representative of a younger child away.

use super::model::Signers;
use crate::people::{Kind, model::full_years};
use chrono::NaiveDate;

/// The age from which a person signs beside the representative (Civil Code art. 26).
const SIGNS_TOO: u32 = 14;

/// The age from which a person signs alone (Civil Code art. 21).
const OF_AGE: u32 = 18;

/// What a school has decided about consents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Whether the representative signs beside a pupil of 14 to 17 years.
    pub both_sign_from_14: bool,
    /// Whether an adult from outside without a clearance is suspended.
    pub clearance_blocks: bool,
    /// Whether the school keeps special categories at all.
    pub special_categories: bool,
}

impl Default for Policy {
    /// The strictest about signatures; special categories are off until somebody needs them.
    fn default() -> Self {
        Self { both_sign_from_14: true, clearance_blocks: true, special_categories: false }
    }
}

/// Who must sign, and whether somebody should look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Required {
    pub signers: Signers,
    /// The age is unknown: the strictest is asked for, and the date of birth should be entered.
    pub is_doubtful: bool,
}

/// Tells who must sign on a day. Without a date of birth it is the strictest, and a doubt.
pub fn required_signers(born_on: Option<NaiveDate>, day: NaiveDate, policy: Policy) -> Required {
    let Some(age) = born_on.and_then(|born| full_years(born, day)) else {
        return Required { signers: Signers::Both, is_doubtful: true };
    };
    let signers = if age >= OF_AGE {
        Signers::Person
    } else if age < SIGNS_TOO {
        Signers::Representative
    } else if policy.both_sign_from_14 {
        Signers::Both
    } else {
        Signers::Person
    };
    Required { signers, is_doubtful: false }
}

/// Tells who must sign for somebody whose kinds are known: staff and parents are of age, whatever is not written down.
pub fn signers_of(kinds: &[Kind], born_on: Option<NaiveDate>, day: NaiveDate, policy: Policy) -> Required {
    let grown = kinds.iter().any(|kind| matches!(kind, Kind::Teacher | Kind::Staff | Kind::Parent | Kind::Employer));
    if born_on.is_none() && grown && !kinds.contains(&Kind::Pupil) {
        return Required { signers: Signers::Person, is_doubtful: false };
    }
    required_signers(born_on, day, policy)
}

/// An age that changes who signs, reached after a day and not later than another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CameOfAge {
    Fourteen,
    Eighteen,
}

/// Tells which age somebody has reached since a day; the higher one when it was both.
pub fn came_of_age(born_on: NaiveDate, since: NaiveDate, day: NaiveDate) -> Option<CameOfAge> {
    let reached = |age| {
        let before = full_years(born_on, since).is_none_or(|years| years < age);
        before && full_years(born_on, day).is_some_and(|years| years >= age)
    };
    if reached(OF_AGE) {
        Some(CameOfAge::Eighteen)
    } else if reached(SIGNS_TOO) {
        Some(CameOfAge::Fourteen)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn signers(born: &str, on: &str) -> Signers {
        required_signers(Some(day(born)), day(on), Policy::default()).signers
    }

    #[rstest]
    #[case("2012-11-22", "2026-11-21", Signers::Representative)]
    #[case("2012-11-22", "2026-11-22", Signers::Both)]
    #[case("2012-11-22", "2026-11-23", Signers::Both)]
    #[case("2008-11-22", "2026-11-21", Signers::Both)]
    #[case("2008-11-22", "2026-11-22", Signers::Person)]
    #[case("2008-11-22", "2026-11-23", Signers::Person)]
    fn who_signs_changes_on_the_fourteenth_and_on_the_eighteenth_birthday(
        #[case] born: &str,
        #[case] on: &str,
        #[case] expected: Signers,
    ) {
        assert_eq!(signers(born, on), expected);
    }

    #[rstest]
    #[case("2012-02-29", "2026-02-28", Signers::Representative)]
    #[case("2012-02-29", "2026-03-01", Signers::Both)]
    #[case("2012-02-29", "2030-02-28", Signers::Both)]
    #[case("2012-02-29", "2030-03-01", Signers::Person)]
    #[case("2004-02-29", "2018-03-01", Signers::Both)]
    fn who_was_born_on_29_february_is_older_on_1_march_of_a_common_year(
        #[case] born: &str,
        #[case] on: &str,
        #[case] expected: Signers,
    ) {
        assert_eq!(signers(born, on), expected);
    }

    #[test]
    fn an_unknown_age_asks_for_both_and_is_doubtful() {
        let unknown = required_signers(None, day("2026-11-22"), Policy::default());
        assert_eq!(unknown, Required { signers: Signers::Both, is_doubtful: true });
        let not_born = required_signers(Some(day("2027-01-01")), day("2026-11-22"), Policy::default());
        assert!(not_born.is_doubtful);
    }

    #[test]
    fn a_school_may_let_pupils_from_fourteen_sign_alone_and_nobody_younger() {
        let alone = Policy { both_sign_from_14: false, ..Policy::default() };
        let of = |born| required_signers(Some(day(born)), day("2026-11-22"), alone).signers;
        assert_eq!(of("2012-11-22"), Signers::Person);
        assert_eq!(of("2012-11-23"), Signers::Representative);
    }

    #[rstest]
    #[case(&[Kind::Teacher], Signers::Person, false)]
    #[case(&[Kind::Parent, Kind::Employer], Signers::Person, false)]
    #[case(&[Kind::Pupil, Kind::Parent], Signers::Both, true)]
    #[case(&[Kind::Graduate], Signers::Both, true)]
    #[case(&[], Signers::Both, true)]
    fn staff_and_parents_are_of_age_without_a_date_of_birth(
        #[case] kinds: &[Kind],
        #[case] expected: Signers,
        #[case] is_doubtful: bool,
    ) {
        let required = signers_of(kinds, None, day("2026-11-22"), Policy::default());
        assert_eq!(required, Required { signers: expected, is_doubtful });
    }

    #[test]
    fn a_date_of_birth_outweighs_the_kind() {
        let required = signers_of(&[Kind::Parent], Some(day("2010-01-01")), day("2026-11-22"), Policy::default());
        assert_eq!(required.signers, Signers::Both);
    }

    #[test]
    fn coming_of_age_is_noticed_once() {
        let born = day("2012-11-22");
        let since = |since, on| came_of_age(born, day(since), day(on));
        assert_eq!(since("2026-11-21", "2026-11-21"), None);
        assert_eq!(since("2026-11-21", "2026-11-22"), Some(CameOfAge::Fourteen));
        assert_eq!(since("2026-11-22", "2030-11-21"), None);
        assert_eq!(since("2026-11-22", "2030-11-22"), Some(CameOfAge::Eighteen));
        assert_eq!(since("2026-11-21", "2030-11-22"), Some(CameOfAge::Eighteen));
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0..20_000_u64).prop_map(|days| day("1990-01-01") + chrono::Days::new(days))
    }

    proptest! {
        #[test]
        fn a_stricter_policy_never_takes_a_signature_away(born in any_day(), on in any_day()) {
            let alone = Policy { both_sign_from_14: false, ..Policy::default() };
            let lax = required_signers(Some(born), on, alone).signers;
            let strict = required_signers(Some(born), on, Policy::default()).signers;
            prop_assert!(strict == lax || strict == Signers::Both);
        }
    }
}

//! What follows from the days of an agreement, and what a taxpayer's number looks like. Pure.

use super::model::Agreement;
use chrono::{Days, NaiveDate};

/// Days before the end of an agreement from which it «истекает»: time enough for both sides to sign the next one.
pub const EXPIRING_DAYS: u64 = 30;

/// Where an agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgreementState {
    Preparing,
    /// Signed, its first day has not come.
    Signed,
    Valid,
    /// Valid, its last day is near.
    Expiring,
    Expired,
    Terminated,
}

impl AgreementState {
    pub const ALL: [Self; 6] =
        [Self::Preparing, Self::Signed, Self::Valid, Self::Expiring, Self::Expired, Self::Terminated];

    /// Returns the word that stands in addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Signed => "signed",
            Self::Valid => "valid",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Terminated => "terminated",
        }
    }

    /// Returns the word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Preparing => "готовится",
            Self::Signed => "подписано",
            Self::Valid => "действует",
            Self::Expiring => "истекает",
            Self::Expired => "истекло",
            Self::Terminated => "расторгнуто",
        }
    }

    /// Tells whether it is signed and not over: such agreements prove row 1.4.
    pub const fn binds(self) -> bool {
        matches!(self, Self::Signed | Self::Valid | Self::Expiring)
    }
}

impl Agreement {
    /// Returns where the agreement stands on a day.
    pub fn state_on(&self, day: NaiveDate) -> AgreementState {
        let soon = day + Days::new(EXPIRING_DAYS);
        if self.terminated_on.is_some_and(|terminated| terminated <= day) {
            AgreementState::Terminated
        } else if self.signed_on.is_none_or(|signed| signed > day) {
            AgreementState::Preparing
        } else if self.valid_until.is_some_and(|last| last < day) {
            AgreementState::Expired
        } else if self.valid_from.is_some_and(|first| first > day) {
            AgreementState::Signed
        } else if self.valid_until.is_some_and(|last| last <= soon) {
            AgreementState::Expiring
        } else {
            AgreementState::Valid
        }
    }
}

/// Returns the agreement that says most about a partner: one that binds, the one with the latest end; else the newest.
pub fn leading(agreements: &[Agreement], day: NaiveDate) -> Option<&Agreement> {
    let rank = |one: &&Agreement| {
        let binds = one.state_on(day).binds();
        (binds, binds && one.valid_until.is_none(), one.valid_until.filter(|_| binds), one.prepared_on)
    };
    agreements.iter().max_by_key(rank)
}

/// A text that is no taxpayer's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("В ИНН ошибка: у организации в нём 10 цифр, у предпринимателя 12, последние — контрольные.")]
pub struct BadInn;

/// Weights of the digits before a check digit (order of the Tax Service of 29.06.2012 № ММВ-7-6/435@).
const INN_WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];

/// Checks a taxpayer's number by its length and check digits.
pub fn check_inn(text: &str) -> Result<(), BadInn> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(10)).collect();
    let digits = digits.ok_or(BadInn)?;
    let agrees = |count: usize| {
        let weights = &INN_WEIGHTS[INN_WEIGHTS.len() - count..];
        let sum: u32 = weights.iter().zip(&digits).map(|(weight, digit)| weight * digit).sum();
        digits.get(count) == Some(&(sum % 11 % 10))
    };
    let is_good = match digits.len() {
        10 => agrees(9),
        12 => agrees(10) && agrees(11),
        _ => false,
    };
    if is_good { Ok(()) } else { Err(BadInn) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::partners::model::{AgreementId, PartnerId};
    use database::Json;
    use proptest::prelude::*;
    use rstest::rstest;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// An agreement of the school year 2026/27, signed on 12 October.
    fn signed() -> Agreement {
        Agreement {
            id: AgreementId::fresh(),
            partner_id: PartnerId::fresh(),
            partner_name: "Колледж".into(),
            number: "7".into(),
            subject: String::new(),
            forms: Json(vec![]),
            prepared_on: day("2026-09-24"),
            signed_on: Some(day("2026-10-12")),
            valid_from: Some(day("2026-10-15")),
            valid_until: Some(day("2027-08-31")),
            terminated_on: None,
            termination: String::new(),
            note: String::new(),
            file_name: None,
            version: 1,
        }
    }

    #[rstest]
    #[case("2026-10-11", AgreementState::Preparing)]
    #[case("2026-10-12", AgreementState::Signed)]
    #[case("2026-10-14", AgreementState::Signed)]
    #[case("2026-10-15", AgreementState::Valid)]
    #[case("2027-07-31", AgreementState::Valid)]
    #[case("2027-08-01", AgreementState::Expiring)]
    #[case("2027-08-31", AgreementState::Expiring)]
    #[case("2027-09-01", AgreementState::Expired)]
    fn the_state_follows_from_the_days(#[case] on: &str, #[case] state: AgreementState) {
        assert_eq!(signed().state_on(day(on)), state);
    }

    #[test]
    fn a_terminated_agreement_binds_until_the_day_before() {
        let agreement = Agreement { terminated_on: Some(day("2027-03-01")), ..signed() };
        assert_eq!(agreement.state_on(day("2027-02-28")), AgreementState::Valid);
        assert_eq!(agreement.state_on(day("2027-03-01")), AgreementState::Terminated);
    }

    #[test]
    fn an_agreement_without_an_end_stays_valid() {
        let agreement = Agreement { valid_from: None, valid_until: None, ..signed() };
        assert_eq!(agreement.state_on(day("2026-10-12")), AgreementState::Valid);
        assert_eq!(agreement.state_on(day("2066-10-12")), AgreementState::Valid);
    }

    #[test]
    fn the_agreement_that_binds_speaks_for_the_partner() {
        let old = Agreement { valid_until: Some(day("2026-12-31")), ..signed() };
        let draft = Agreement { signed_on: None, prepared_on: day("2026-11-01"), ..signed() };
        let both = [draft.clone(), old.clone()];
        assert_eq!(leading(&both, day("2026-11-20")), Some(&old));
        assert_eq!(leading(&both, day("2027-02-01")), Some(&draft), "an expired one and a draft: the newer");
        assert_eq!(leading(&[], day("2027-02-01")), None);
    }

    proptest! {
        #[test]
        fn every_agreement_passes_its_states_in_one_direction(from in 0_u64..60, lasts in 1_u64..400) {
            let start = day("2026-10-12");
            let agreement = Agreement {
                valid_from: Some(start + Days::new(from)),
                valid_until: Some(start + Days::new(from + lasts)),
                ..signed()
            };
            let states = day("2026-10-01").iter_days().take(600).map(|on| agreement.state_on(on));
            prop_assert!(states.collect::<Vec<_>>().is_sorted());
        }

        #[test]
        fn one_wrong_digit_makes_it_no_taxpayers_number(place in 0_usize..10, other in 1_u32..10) {
            let mut digits: Vec<u32> = "1234567894".chars().filter_map(|c| c.to_digit(10)).collect();
            digits[place] = (digits[place] + other) % 10;
            let text: String = digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect();
            prop_assert!(check_inn(&text).is_err(), "{text}");
        }
    }

    #[rstest]
    #[case("1234567894", true)]
    #[case("123456789047", true)]
    #[case("1234567893", false)]
    #[case("123456789048", false)]
    #[case("12345678", false)]
    #[case("77070838д3", false)]
    fn a_taxpayers_number_is_known_by_its_check_digits(#[case] text: &str, #[case] is_good: bool) {
        assert_eq!(check_inn(text).is_ok(), is_good);
    }
}

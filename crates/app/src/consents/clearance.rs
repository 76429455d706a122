//! Whether an adult from outside may work with children. Pure.
//!
//! Staff are covered by their employment (Labour Code art. 331, 351.1); for mentors from outside the duty is the
//! school's own decision, so what a lacking clearance does is a setting.

use super::model::{Clearance, ClearanceKind};
use crate::people::{Kind, model::full_years};
use chrono::{NaiveDate, TimeDelta};

/// How long before its last day a clearance begins to ask for a new one.
const WARNS: TimeDelta = TimeDelta::days(30);

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing was shown.
    Missing,
    Expired,
    Expiring,
    Cleared,
    /// A pupil, or a member of staff.
    NotNeeded,
}

impl Standing {
    pub const ALL: [Self; 5] = [Self::Missing, Self::Expired, Self::Expiring, Self::Cleared, Self::NotNeeded];

    /// Names it on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Missing => "нет",
            Self::Expired => "истёк",
            Self::Expiring => "скоро истекает",
            Self::Cleared => "есть",
            Self::NotNeeded => "не нужен",
        }
    }

    /// Names it in addresses.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Expired => "expired",
            Self::Expiring => "expiring",
            Self::Cleared => "cleared",
            Self::NotNeeded => "not_needed",
        }
    }

    /// Tells whether the person may work with children.
    pub const fn is_cleared(self) -> bool {
        matches!(self, Self::Cleared | Self::Expiring | Self::NotNeeded)
    }
}

/// Tells whether somebody needs a clearance: an adult, or somebody of unknown age, who is neither staff nor a pupil.
pub fn is_needed(kinds: &[Kind], born_on: Option<NaiveDate>, day: NaiveDate) -> bool {
    let inside = kinds.iter().any(|kind| matches!(kind, Kind::Teacher | Kind::Staff | Kind::Pupil));
    !inside && born_on.and_then(|born| full_years(born, day)).is_none_or(|age| age >= 18)
}

/// Tells whether one clearance is good on a day; its last day still is.
pub fn is_good(clearance: &Clearance, day: NaiveDate) -> bool {
    clearance.issued_on <= day
        && clearance.valid_until.is_none_or(|last| day <= last)
        && clearance.revoked_on.is_none_or(|on| day < on)
}

/// Tells whether a clearance is the certificate that decides, and was not revoked.
pub fn counts(clearance: &Clearance, day: NaiveDate) -> bool {
    clearance.kind == ClearanceKind::NoCriminalRecord && clearance.revoked_on.is_none_or(|on| day < on)
}

/// Returns where somebody who needs a clearance stands on a day: the certificate decides, other papers are noted only.
pub fn standing(clearances: &[Clearance], day: NaiveDate) -> Standing {
    let certificates: Vec<&Clearance> = clearances.iter().filter(|one| counts(one, day)).collect();
    let good = certificates.iter().filter(|one| is_good(one, day));
    let lasts = good.map(|one| one.valid_until.unwrap_or(NaiveDate::MAX)).max();
    match lasts {
        Some(last) if last - day <= WARNS => Standing::Expiring,
        Some(_) => Standing::Cleared,
        None if certificates.is_empty() => Standing::Missing,
        None => Standing::Expired,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{consents::model::ClearanceId, people::PersonId};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn certificate(valid_until: Option<&str>) -> Clearance {
        Clearance {
            id: ClearanceId::fresh(),
            person_id: PersonId::fresh(),
            kind: ClearanceKind::NoCriminalRecord,
            issued_on: day("2026-09-01"),
            valid_until: valid_until.map(day),
            seen_on: day("2026-09-02"),
            revoked_on: None,
        }
    }

    #[test]
    fn the_certificate_decides_and_its_last_day_is_still_good() {
        let of = |all: &[Clearance]| standing(all, day("2026-11-22"));
        assert_eq!(of(&[]), Standing::Missing);
        assert_eq!(of(&[certificate(None)]), Standing::Cleared);
        assert_eq!(of(&[certificate(Some("2026-11-22"))]), Standing::Expiring);
        assert_eq!(of(&[certificate(Some("2026-11-21"))]), Standing::Expired);
        assert_eq!(of(&[certificate(Some("2026-11-21")), certificate(Some("2027-09-01"))]), Standing::Cleared);
        let medical = Clearance { kind: ClearanceKind::Medical, ..certificate(None) };
        assert_eq!(of(&[medical]), Standing::Missing);
    }

    #[test]
    fn a_revoked_certificate_counts_until_the_day_before() {
        let revoked = Clearance { revoked_on: Some(day("2026-11-22")), ..certificate(None) };
        assert_eq!(standing(std::slice::from_ref(&revoked), day("2026-11-21")), Standing::Cleared);
        assert_eq!(standing(&[revoked], day("2026-11-22")), Standing::Missing);
    }

    #[test]
    fn adults_from_outside_need_one_and_staff_and_pupils_do_not() {
        let on = |kinds: &[Kind], born: Option<&str>| is_needed(kinds, born.map(day), day("2026-11-22"));
        assert!(on(&[Kind::Employer], None));
        assert!(on(&[Kind::Student], Some("2005-01-01")));
        assert!(!on(&[Kind::Student], Some("2009-01-01")));
        assert!(!on(&[Kind::Teacher], None));
        assert!(!on(&[Kind::Parent, Kind::Staff], None));
        assert!(!on(&[Kind::Pupil], None));
    }
}

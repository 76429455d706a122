//! Which signed consents are to be made anew, and why. Pure.

use super::{
    model::{Consent, SignedAs},
    signing::{CameOfAge, came_of_age},
    state::State,
};
use crate::people::PersonId;
use chrono::NaiveDate;

/// Why a consent is to be made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    TurnedFourteen,
    TurnedEighteen,
    /// Who has signed as the representative represents the minor no more.
    RepresentativeChanged,
    Expiring,
    Expired,
}

impl Reason {
    /// Returns the reason for a list.
    pub const fn label(self) -> &'static str {
        match self {
            Self::TurnedFourteen => "исполнилось 14 лет: теперь подписывает и обучающийся",
            Self::TurnedEighteen => "исполнилось 18 лет: теперь подписывает лично",
            Self::RepresentativeChanged => "сменился законный представитель",
            Self::Expiring => "скоро истекает",
            Self::Expired => "истекло",
        }
    }
}

/// Tells why a signed consent is to be made anew on a day; nothing when it may stay as it is.
///
/// `guardians` are those who represent the person now.
pub fn reason(consent: &Consent, born_on: Option<NaiveDate>, guardians: &[PersonId], day: NaiveDate) -> Option<Reason> {
    let state = consent.state_on(day);
    let signed_on = consent.signed_on.filter(|_| state.is_valid() || state == State::Expired)?;
    let age = born_on.and_then(|born| came_of_age(born, signed_on, day));
    let is_of_age = born_on.is_some_and(|born| came_of_age(born, born, day) == Some(CameOfAge::Eighteen));
    let lost = consent
        .signed_by
        .0
        .iter()
        .any(|signature| signature.signed_as == SignedAs::Representative && !guardians.contains(&signature.person));
    match (age, state) {
        (Some(CameOfAge::Eighteen), _) => Some(Reason::TurnedEighteen),
        (Some(CameOfAge::Fourteen), _) => Some(Reason::TurnedFourteen),
        (None, State::Expired) => Some(Reason::Expired),
        (None, _) if lost && !is_of_age => Some(Reason::RepresentativeChanged),
        (None, State::Expiring) => Some(Reason::Expiring),
        (None, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consents::model::{ConsentId, Purpose, Signature, Signers};
    use database::Json;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn signed(signature: Signature) -> Consent {
        Consent {
            id: ConsentId::fresh(),
            number: 1,
            person_id: PersonId::fresh(),
            purpose: Purpose::Participation,
            signers: Signers::Representative,
            template: "participation/1".into(),
            template_sha256: String::new(),
            asked_on: day("2026-09-01"),
            printed_on: None,
            signed_on: Some(day("2026-09-10")),
            signed_by: Json(vec![signature]),
            valid_until: None,
            file_id: None,
            withdrawn_on: None,
            withdrawn_by: String::new(),
            withdrawal_note: String::new(),
            version: 1,
        }
    }

    fn by_mother() -> (Consent, PersonId) {
        let mother = PersonId::fresh();
        (signed(Signature { person: mother, signed_as: SignedAs::Representative }), mother)
    }

    #[test]
    fn a_birthday_after_the_signature_asks_for_a_new_one() {
        let (consent, mother) = by_mother();
        let on = |born: &str, today: &str| reason(&consent, Some(day(born)), &[mother], day(today));
        assert_eq!(on("2012-11-22", "2026-11-21"), None);
        assert_eq!(on("2012-11-22", "2026-11-22"), Some(Reason::TurnedFourteen));
        assert_eq!(on("2008-11-22", "2026-11-22"), Some(Reason::TurnedEighteen));
        assert_eq!(on("2012-09-10", "2026-11-22"), None, "was fourteen when it was signed");
    }

    #[test]
    fn another_representative_asks_for_a_new_one() {
        let (consent, _) = by_mother();
        let father = PersonId::fresh();
        assert_eq!(
            reason(&consent, Some(day("2014-01-01")), &[father], day("2026-11-22")),
            Some(Reason::RepresentativeChanged)
        );
        let person = Signature { person: father, signed_as: SignedAs::Person };
        assert_eq!(reason(&signed(person), Some(day("1980-01-01")), &[], day("2026-11-22")), None);
    }

    #[test]
    fn the_end_of_a_term_asks_for_a_new_one_and_a_withdrawal_does_not() {
        let (consent, mother) = by_mother();
        let until = |last: &str| Consent { valid_until: Some(day(last)), ..consent.clone() };
        let of = |consent: &Consent| reason(consent, Some(day("2014-01-01")), &[mother], day("2026-11-22"));
        assert_eq!(of(&until("2027-08-31")), None);
        assert_eq!(of(&until("2026-12-01")), Some(Reason::Expiring));
        assert_eq!(of(&until("2026-11-01")), Some(Reason::Expired));
        let withdrawn = Consent { withdrawn_on: Some(day("2026-11-01")), ..until("2026-12-01") };
        assert_eq!(of(&withdrawn), None);
    }
}

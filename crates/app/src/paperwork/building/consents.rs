//! The blank of a consent: whose data, who signs, for which purpose.

use super::{Built, Draft, school_of};
use crate::{
    access::School,
    consents::{
        model::{Category, Consent, Purpose, Signers},
        queries::{Guardian, Subject},
    },
    paperwork::kinds::of_purpose,
    school_year::SchoolYear,
};
use documents::kinds::inputs;

/// A consent that somebody was asked for, with what its blank says.
pub struct Asked<'a> {
    pub school: &'a School,
    pub year: SchoolYear,
    pub consent: &'a Consent,
    pub subject: &'a Subject,
    pub guardians: &'a [Guardian],
    /// By the age on the day it is printed.
    pub signers: Signers,
    /// Short names of the partners data may be handed over to.
    pub partners: &'a [String],
}

/// A place where somebody writes a name by hand.
const BY_HAND: &str = "____________________________";

/// Fills the blank of a consent.
pub fn consent(asked: &Asked<'_>) -> Built {
    let purpose = asked.consent.purpose;
    let Some(birth_date) = asked.subject.born_on else {
        return Err("Внесите в карточку дату рождения: от неё зависит, кто подписывает согласие.".into());
    };
    let signer = match asked.signers {
        Signers::Representative => inputs::Signer::Representative,
        Signers::Both => inputs::Signer::Both,
        Signers::Person => inputs::Signer::Oneself,
    };
    let guardian = asked.guardians.first();
    let representative = (asked.signers != Signers::Person).then(|| inputs::Representative {
        name: guardian.map_or_else(|| BY_HAND.to_owned(), |guardian| guardian.name().to_string()),
        address: None,
        document: None,
        authority: guardian.map(|guardian| guardian.grounds.label().to_owned()),
    });
    let class = asked.subject.class_text();
    let input = inputs::Consent {
        school: school_of(asked.school)?,
        year: asked.year.to_string(),
        number: Some(asked.consent.number),
        law: law(purpose).to_owned(),
        signer,
        subject: inputs::Subject {
            name: asked.subject.name().to_string(),
            birth_date,
            place: (!class.is_empty()).then_some(class),
            address: None,
            document: None,
        },
        representative,
        processor: None,
        categories: only(purpose == Purpose::SpecialCategories, categories),
        receivers: only(purpose == Purpose::Transfer, || receivers(asked.partners)),
        channels: only(purpose == Purpose::Distribution, channels),
        limits: None,
        term: format!("до окончания участия в программе, но не позднее {}", asked.year.last_day().format("%d.%m.%Y")),
        signed_on: None,
        code: None,
    };
    let draft = Draft::of(asked.year, of_purpose(purpose), &input)?;
    Ok(Draft {
        person: Some(asked.subject.id),
        people: asked.guardians.iter().take(1).map(|guardian| guardian.id).collect(),
        consent: Some(asked.consent.id),
        ..draft
    })
}

fn only(holds: bool, list: impl FnOnce() -> Vec<String>) -> Vec<String> {
    if holds { list() } else { vec![] }
}

const fn law(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Participation | Purpose::Transfer => {
            "Федеральный закон от 27.07.2006 № 152-ФЗ «О персональных данных», статья 9"
        }
        Purpose::SpecialCategories => "Федеральный закон от 27.07.2006 № 152-ФЗ «О персональных данных», статьи 9 и 10",
        Purpose::Distribution => "Федеральный закон от 27.07.2006 № 152-ФЗ «О персональных данных», статьи 9 и 10.1",
    }
}

/// What the blank asks for is the same for everybody: it must not tell what is known about one child.
fn categories() -> Vec<String> {
    Category::ALL.iter().map(|category| category.label().to_owned()).collect()
}

fn receivers(partners: &[String]) -> Vec<String> {
    std::iter::once("региональный наставнический центр".to_owned()).chain(partners.iter().cloned()).collect()
}

fn channels() -> Vec<String> {
    ["сайт школы", "страница школы в социальных сетях", "сборник лучших практик наставничества"]
        .map(str::to_owned)
        .into()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::school, *};
    use crate::{
        consents::ConsentId,
        people::{Grounds, PersonId},
    };
    use database::Json;
    use rstest::rstest;

    fn asked_of(person: PersonId, purpose: Purpose) -> Consent {
        Consent {
            id: ConsentId::fresh(),
            number: 17,
            person_id: person,
            purpose,
            signers: Signers::Representative,
            template: "participation/1".into(),
            template_sha256: String::new(),
            asked_on: "2026-10-01".parse().unwrap(),
            printed_on: None,
            signed_on: None,
            signed_by: Json(vec![]),
            valid_until: None,
            file_id: None,
            withdrawn_on: None,
            withdrawn_by: String::new(),
            withdrawal_note: String::new(),
            version: 1,
        }
    }

    fn pupil(born_on: Option<&str>) -> Subject {
        Subject {
            id: PersonId::fresh(),
            surname: "Ивушкина".into(),
            given_name: "Анна".into(),
            patronymic: "Петровна".into(),
            born_on: born_on.map(|day| day.parse().unwrap()),
            kind_words: "pupil".into(),
            class_id: None,
            grade: Some(6),
            letter: Some("В".into()),
            takes_part: true,
        }
    }

    fn mother(of: PersonId) -> Guardian {
        Guardian {
            minor_id: of,
            id: PersonId::fresh(),
            grounds: Grounds::Mother,
            surname: "Ивушкина".into(),
            given_name: "Ольга".into(),
            patronymic: "Львовна".into(),
        }
    }

    #[rstest]
    fn every_purpose_and_every_signer_gives_a_blank_that_can_be_printed(
        #[values(0, 1, 2, 3)] purpose: usize,
        #[values(Signers::Representative, Signers::Both, Signers::Person)] signers: Signers,
        #[values(true, false)] has_mother: bool,
    ) {
        let purpose = Purpose::ALL[purpose];
        let subject = pupil(Some("2013-01-01"));
        let guardians = if has_mother { vec![mother(subject.id)] } else { vec![] };
        let (school, consent_asked) = (school(), asked_of(subject.id, purpose));
        let draft = consent(&Asked {
            school: &school,
            year: SchoolYear::starting_in(2026).unwrap(),
            consent: &consent_asked,
            subject: &subject,
            guardians: &guardians,
            signers,
            partners: &["АО «Завод»".into()],
        })
        .unwrap();
        let document = draft.kind.make(&draft.input.to_string()).unwrap();
        let words = serde_json::to_string(&document).unwrap();
        assert!(words.contains("Ивушкина Анна Петровна"), "{words}");
        assert_eq!(words.contains("Ольга Львовна"), has_mother && signers != Signers::Person);
        assert_eq!(draft.person, Some(subject.id));
        assert!(!draft.title.contains("Ивушкина"), "a title names nobody");
    }

    #[test]
    fn without_a_day_of_birth_nobody_knows_who_signs() {
        let subject = pupil(None);
        let (school, consent_asked) = (school(), asked_of(subject.id, Purpose::Participation));
        let refused = consent(&Asked {
            school: &school,
            year: SchoolYear::starting_in(2026).unwrap(),
            consent: &consent_asked,
            subject: &subject,
            guardians: &[],
            signers: Signers::Both,
            partners: &[],
        });
        assert!(refused.is_err_and(|said| said.contains("дату рождения")));
    }
}

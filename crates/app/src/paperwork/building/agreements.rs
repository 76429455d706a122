//! The agreement with a partner.

use super::{Built, Draft, school_of};
use crate::{
    access::School,
    partners::{
        model::{Agreement, Contact, Partner},
        queries::Mentor,
    },
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use documents::kinds::inputs::{self, Official, Unit};

/// An agreement with what its paper says.
pub struct Agreed<'a> {
    pub school: &'a School,
    pub year: SchoolYear,
    pub partner: &'a Partner,
    pub contacts: &'a [Contact],
    pub agreement: &'a Agreement,
    /// The people of this partner.
    pub mentors: &'a [Mentor],
    pub today: NaiveDate,
}

/// How people from outside are admitted, in the words of the built-in text (ТК РФ, ст. 351.1).
const CLEARANCE: &str = "Наставники от партнёра допускаются к встречам, когда передали школе справки об отсутствии судимости; справки хранит школа.";

/// Makes the paper of an agreement.
pub fn agreement(agreed: &Agreed<'_>) -> Built {
    let partner = agreed.partner;
    let Some(signer) = agreed.contacts.iter().find(|contact| contact.signs) else {
        return Err(
            "Внесите контактное лицо партнёра, которое подписывает соглашения: без него текст не составить.".into()
        );
    };
    if partner.address.is_empty() {
        return Err("Внесите адрес партнёра: его печатают в соглашении.".into());
    }
    if agreed.mentors.is_empty() {
        return Err("Внесите людей, которых направляет партнёр: соглашение называет их по имени.".into());
    }
    let blank = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let details = [("ИНН ", partner.inn.as_str()), ("тел. ", &signer.phone), ("", &signer.email)];
    let details: Vec<String> =
        details.iter().filter(|(_, text)| !text.is_empty()).map(|(what, text)| format!("{what}{text}")).collect();
    let input = inputs::PartnerAgreement {
        school: school_of(agreed.school)?,
        number: blank(&agreed.agreement.number),
        date: agreed.agreement.signed_on,
        partner: inputs::Partner {
            name: partner.name.clone(),
            head: Official {
                post: if signer.post.is_empty() { "руководитель" } else { &signer.post }.to_owned(),
                name: signer.full_name.clone(),
            },
            acts_on: lower_first(if signer.authority.is_empty() { "устава" } else { &signer.authority }),
            address: partner.address.clone(),
            details: blank(&details.join(", ")),
        },
        forms: agreed.agreement.forms.0.clone(),
        duties: inputs::Duties::default(),
        mentors: agreed
            .mentors
            .iter()
            .map(|mentor| Unit { name: mentor.name().to_string(), place: partner.short_name.clone() })
            .collect(),
        until: agreed.agreement.valid_until.unwrap_or_else(|| SchoolYear::containing(agreed.today).last_day()),
        clearance: CLEARANCE.to_owned(),
    };
    if input.forms.is_empty() {
        return Err("Отметьте в соглашении формы наставничества: они стоят в предмете соглашения.".into());
    }
    let draft = Draft::of(agreed.year, "partner-agreement", &input)?;
    Ok(Draft {
        title: format!("Соглашение: {}", partner.short_name),
        partner: Some(partner.id),
        agreement: Some(agreed.agreement.id),
        ..draft.naming(agreed.mentors.iter().map(|mentor| mentor.id))
    })
}

/// «Устава» stands inside a sentence.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect()
}

//! Certificates and letters of thanks.

use super::{Built, Draft, school_of};
use crate::{
    access::School,
    participation::model::{Participant, Side},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use documents::kinds::{Kind, inputs};

/// What a participant is thanked for.
pub struct Award<'a> {
    pub school: &'a School,
    pub year: SchoolYear,
    /// A certificate or a letter of thanks.
    pub kind: &'static Kind,
    pub participant: &'a Participant,
    /// Empty for the words of the side.
    pub reason: &'a str,
    pub date: NaiveDate,
}

/// Makes the sheet of one participant.
pub fn award(award: &Award<'_>) -> Built {
    let one = award.participant;
    let usual = match one.side {
        Side::Mentor => "за наставническую работу",
        Side::Mentee => "за успешное прохождение программы наставничества",
    };
    let place = one.place();
    let input = inputs::Award {
        school: school_of(award.school)?,
        year: award.year.to_string(),
        name: one.name().to_string(),
        place: (!place.is_empty()).then(|| place.to_owned()),
        reason: if award.reason.is_empty() { usual } else { award.reason }.to_owned(),
        date: award.date,
        number: None,
    };
    Ok(Draft { person: Some(one.person_id), ..Draft::of(award.year, award.kind.name, &input)? })
}

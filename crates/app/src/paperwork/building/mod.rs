//! From records to papers: what a kind is filled with, out of what the school has entered already. Pure.
//!
//! A builder says in a sentence what is missing; it never invents. What records do not know (who spoke at a council) stays
//! as short as it can be, to be written on the paper's page.

mod agreements;
mod amendment;
mod awards;
mod consents;
mod orders;
mod registers;

pub use agreements::{Agreed, agreement};
pub use amendment::amendment;
pub use awards::{Award, award};
pub use consents::{Asked, consent};
pub use orders::{accessibility_act, introduction_order, minutes};
pub use registers::{Listed, mentee_base, mentor_base, potential_mentors, registry};

use super::model::PaperId;
use crate::{
    access::School,
    consents::ConsentId,
    partners::{AgreementId, PartnerId},
    people::PersonId,
    school_year::SchoolYear,
};
use documents::kinds::{
    self, Kind,
    inputs::{self, Official},
};
use serde::Serialize;

/// A paper to be made.
#[derive(Clone)]
pub struct Draft {
    /// Made with the form: the same form sent twice is one paper.
    pub id: PaperId,
    pub year: SchoolYear,
    pub kind: &'static Kind,
    /// Never names anybody.
    pub title: String,
    pub input: serde_json::Value,
    /// The one person it is about.
    pub person: Option<PersonId>,
    /// Everybody it names.
    pub people: Vec<PersonId>,
    pub consent: Option<ConsentId>,
    pub partner: Option<PartnerId>,
    pub agreement: Option<AgreementId>,
    pub amends: Option<PaperId>,
}

/// Why records do not make a paper: a whole sentence.
pub type Built = Result<Draft, String>;

impl Draft {
    /// Begins a paper about nobody in particular.
    pub fn new(year: SchoolYear, kind: &'static Kind, input: serde_json::Value) -> Self {
        Self {
            id: PaperId::fresh(),
            year,
            kind,
            title: kind.title.to_owned(),
            input,
            person: None,
            people: vec![],
            consent: None,
            partner: None,
            agreement: None,
            amends: None,
        }
    }

    fn of(year: SchoolYear, kind: &str, input: &impl Serialize) -> Built {
        let kind = kinds::find(kind).ok_or("Такого документа нет.")?;
        let input = serde_json::to_value(input).map_err(|error| error.to_string())?;
        Ok(Self::new(year, kind, input))
    }

    fn naming(self, people: impl IntoIterator<Item = PersonId>) -> Self {
        Self { people: people.into_iter().collect(), ..self }
    }
}

/// Returns the school as it writes itself on papers, or what to enter about it.
pub fn school_of(school: &School) -> Result<inputs::School, String> {
    let missing: Vec<&str> = [
        ("адрес", &school.address),
        ("фамилия, имя и отчество руководителя", &school.head_name),
        ("должность руководителя", &school.head_post),
    ]
    .into_iter()
    .filter(|(_, value)| value.trim().is_empty())
    .map(|(what, _)| what)
    .collect();
    if !missing.is_empty() {
        return Err(format!("Внесите в сведения о школе: {}. Это печатают в каждом документе.", missing.join(", ")));
    }
    Ok(inputs::School {
        name: school.name.clone(),
        short_name: school.short_name.clone(),
        authority: None,
        place: place_of(&school.address, &school.municipality),
        address: school.address.clone(),
        head: Official { post: school.head_post.clone(), name: school.head_name.clone() },
        details: None,
    })
}

/// Returns the settlement of an address: «618500, г. Берёзовск, ул. Школьная, д. 5» is in «г. Берёзовск».
fn place_of(address: &str, municipality: &str) -> String {
    const SETTLEMENTS: [&str; 9] = ["г.", "город ", "пос.", "п.", "посёлок ", "с.", "село ", "дер.", "д. "];
    let parts = || address.split(',').map(str::trim);
    let begins = |part: &&str| SETTLEMENTS.iter().any(|word| part.to_lowercase().starts_with(word));
    let found = parts().find(begins).filter(|part| !part.chars().any(|c| c.is_ascii_digit()));
    found.map_or_else(|| if municipality.is_empty() { address } else { municipality }.to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{SchoolId, SchoolKind};

    pub fn school() -> School {
        School {
            id: SchoolId::fresh(),
            name: "Муниципальное бюджетное общеобразовательное учреждение «Школа № 7»".into(),
            short_name: "МБОУ «Школа № 7»".into(),
            kind: SchoolKind::School,
            is_small: false,
            address: "618500, г. Образцов, ул. Школьная, д. 1".into(),
            municipality: "Образцовский район".into(),
            head_name: "Липина Вера Павловна".into(),
            head_post: "директор".into(),
            time_zone: "Europe/Moscow".into(),
            version: 1,
        }
    }

    #[test]
    fn the_place_of_a_paper_is_the_settlement_of_the_address() {
        assert_eq!(school_of(&school()).unwrap().place, "г. Образцов");
        assert_eq!(place_of("ул. Лесная, 5, пос. Берёзовка", "район"), "пос. Берёзовка");
        assert_eq!(place_of("ул. Лесная, д. 5", "Образцовский район"), "Образцовский район");
        assert_eq!(place_of("Лесная, 5", ""), "Лесная, 5");
    }

    #[test]
    fn a_school_without_a_head_is_asked_for_one() {
        let nobody = School { head_name: String::new(), address: " ".into(), ..school() };
        let said = school_of(&nobody).unwrap_err();
        assert!(said.contains("адрес, фамилия, имя и отчество руководителя"), "{said}");
    }
}

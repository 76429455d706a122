//! Consents, signatures, clearances, special categories. Pure.

use super::state::{Facts, State, state};
use crate::{files::FileId, people::PersonId};
use chrono::NaiveDate;
use database::Json;
use serde::{Deserialize, Serialize};

database::id_type! {
    /// The id of a consent.
    pub ConsentId;
    /// The id of a personal link of a representative.
    pub ConsentLinkId;
    /// The id of a clearance.
    pub ClearanceId;
    /// The id of a record of a special category.
    pub CategoryId;
}

database::stored_as_text! {
    /// What a consent is for; each purpose is a document of its own.
    pub enum Purpose {
        Participation = "participation" => "участие в программе и обработка персональных данных",
        SpecialCategories = "special_categories" => "обработка специальных категорий персональных данных",
        Transfer = "transfer" => "передача данных региональному центру и партнёрам",
        Distribution = "distribution" => "распространение имени, фото и видео",
    }

    /// Who must sign a consent (152-FZ art. 9 p. 6 knows representatives and no ages; see `signing`).
    pub enum Signers {
        Representative = "representative" => "законный представитель",
        Both = "both" => "обучающийся и законный представитель",
        Person = "person" => "лично",
    }

    /// As whom somebody has signed.
    pub enum SignedAs {
        Person = "person" => "лично",
        Representative = "representative" => "законный представитель",
    }

    /// How a withdrawal reached the school.
    pub enum Channel {
        Paper = "paper" => "письменное заявление",
        Link = "link" => "по личной ссылке",
    }

    /// What an adult from outside shows before working with children; only the fact and its days are kept.
    pub enum ClearanceKind {
        NoCriminalRecord = "no_criminal_record" => "справка об отсутствии судимости",
        Medical = "medical" => "медицинское заключение",
        Agreement = "agreement" => "договор или волонтёрское соглашение",
    }

    /// A special category (row 2.2 of the road map; wording of Р-145).
    pub enum Category {
        Disability = "disability" => "ОВЗ",
        Gifted = "gifted" => "одарённые",
        HardSituation = "hard_situation" => "трудная жизненная ситуация",
        LowIncome = "low_income" => "малоимущие",
        Rural = "rural" => "сельская или труднодоступная местность",
        Orphan = "orphan" => "сироты и оставшиеся без попечения",
    }
}

/// A special category of a person, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCategory {
    pub id: CategoryId,
    pub category: Category,
    pub basis: String,
    pub since_on: NaiveDate,
    pub until_on: Option<NaiveDate>,
}

impl KeptCategory {
    /// Writes what is sealed of a record: the word of the category, then what it rests on.
    pub fn written(category: Category, basis: &str) -> String {
        format!("{} {basis}", category.word())
    }

    /// Reads what was sealed of a record.
    pub fn read(text: &str) -> Option<(Category, String)> {
        let (word, basis) = text.split_once(' ')?;
        Some((word.parse().ok()?, basis.to_owned()))
    }
}

impl Purpose {
    /// Names the purpose in a table, where the whole label has no room.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Participation => "участие",
            Self::SpecialCategories => "особые категории",
            Self::Transfer => "передача данных",
            Self::Distribution => "фото и имя",
        }
    }

    /// Tells whether nobody takes part without it.
    pub const fn is_mandatory(self) -> bool {
        matches!(self, Self::Participation)
    }

    /// Returns the purposes a school may ask for; special categories only where the school has switched them on.
    pub fn offered(special_categories: bool) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |purpose| special_categories || *purpose != Self::SpecialCategories)
    }
}

/// One signature under a consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    pub person: PersonId,
    pub signed_as: SignedAs,
}

database::record! {
    /// A consent: one person, one purpose, one document.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Consent {
        pub id: ConsentId,
        /// The place in the journal of consents of the school year.
        pub number: i64,
        pub person_id: PersonId,
        pub purpose: Purpose,
        /// Who had to sign by the age on the day it was signed, or was asked for.
        pub signers: Signers,
        /// The id and version of the wording: «participation/1».
        pub template: String,
        pub template_sha256: String,
        pub asked_on: NaiveDate,
        pub printed_on: Option<NaiveDate>,
        pub signed_on: Option<NaiveDate>,
        pub signed_by: Json<Vec<Signature>>,
        pub valid_until: Option<NaiveDate>,
        pub file_id: Option<FileId>,
        pub withdrawn_on: Option<NaiveDate>,
        pub withdrawn_by: String,
        pub withdrawal_note: String,
        pub version: i64,
    }

    /// A clearance of an adult from outside.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Clearance {
        pub id: ClearanceId,
        pub person_id: PersonId,
        pub kind: ClearanceKind,
        pub issued_on: NaiveDate,
        pub valid_until: Option<NaiveDate>,
        pub seen_on: NaiveDate,
        pub revoked_on: Option<NaiveDate>,
    }
}

impl Consent {
    /// Returns what the state follows from.
    pub fn facts(&self) -> Facts {
        Facts {
            printed_on: self.printed_on,
            signed_on: self.signed_on,
            valid_until: self.valid_until,
            withdrawn_on: self.withdrawn_on,
        }
    }

    /// Returns where the consent stands on a day.
    pub fn state_on(&self, day: NaiveDate) -> State {
        state(&self.facts(), day)
    }
}

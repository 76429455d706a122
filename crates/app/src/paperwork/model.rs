//! Papers: the documents of a school, with their journals and wordings. Pure.

use super::state::{Facts, State, state};
use crate::{
    access::UserId,
    consents::{ConsentId, model::Consent},
    files::FileId,
    people::PersonId,
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use database::Json;
use documents::kinds::{self, Kind, NameForms};
use sha2::{Digest as _, Sha256};

database::id_type! {
    /// The id of a paper.
    pub PaperId;
    /// The id of a row of the road map, as papers know it: they come before the road map.
    pub ProvenRowId;
    /// The id of somebody's line in a list of acquaintance.
    pub AcquaintanceId;
    /// The id of a note about numbers that were passed over.
    pub GapId;
}

database::stored_as_text! {
    /// Whose text a version of a wording is.
    pub enum Origin {
        School = "school" => "текст школы",
        BuiltIn = "built_in" => "исходный текст программы",
        File = "file" => "файл школы (.docx)",
    }

    /// Since when the numbers of a journal begin with 1 again.
    pub enum Period {
        SchoolYear = "school_year" => "каждый учебный год",
        CalendarYear = "calendar_year" => "каждый календарный год",
    }
}

database::record! {
    /// A paper without what it was filled with.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Paper {
        pub id: PaperId,
        pub school_year: i64,
        pub kind: String,
        /// What people call it; never names anybody.
        pub title: String,
        /// What its QR code says.
        pub code: String,
        /// 0 is the wording the program comes with.
        pub wording_version: i64,
        pub wording_sha256: String,
        pub wording_file_id: Option<FileId>,
        /// The one person it is about.
        pub person_id: Option<PersonId>,
        pub surname: Option<String>,
        pub given_name: Option<String>,
        pub patronymic: Option<String>,
        pub consent_id: Option<ConsentId>,
        pub partner_id: Option<crate::partners::PartnerId>,
        pub agreement_id: Option<crate::partners::AgreementId>,
        /// The paper it changes.
        pub amends_id: Option<PaperId>,
        /// The day on which a paper that changes it was registered.
        pub amended_on: Option<NaiveDate>,
        pub printed_on: Option<NaiveDate>,
        /// Of a consent: the day its signatures were recorded for.
        pub signed_on: Option<NaiveDate>,
        pub scan_id: Option<FileId>,
        pub registered_on: Option<NaiveDate>,
        pub journal: Option<String>,
        pub number_text: String,
        pub docx_id: Option<FileId>,
        /// What a registered paper is: a PDF, or the .docx of the school it was filled into.
        pub final_id: Option<FileId>,
        pub cancelled_on: Option<NaiveDate>,
        pub cancel_reason: String,
        pub created_at: DateTime<Utc>,
        /// Somebody it names has withdrawn the consent: it is shown and handed out to nobody.
        pub is_closed: bool,
        pub version: i64,
    }

    /// What a paper was filled with.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Filling {
        pub input: Json<serde_json::Value>,
        pub name_forms: Json<NameForms>,
        /// The text it is made with; nothing when it is the one the program comes with.
        pub text: Option<String>,
    }

    /// A line of the list of acquaintance.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Acquaintance {
        pub id: AcquaintanceId,
        pub name: String,
        pub post: String,
        pub acquainted_on: Option<NaiveDate>,
    }

    /// A version of the wording of a kind.
    #[derive(Debug, Clone, PartialEq)]
    pub struct WordingVersion {
        pub kind: String,
        pub version: i64,
        pub origin: Origin,
        pub sha256: String,
        pub file_id: Option<FileId>,
        pub saved_at: DateTime<Utc>,
        pub saved_by: Option<UserId>,
        pub saved_by_name: Option<String>,
    }

    /// Numbers that were passed over.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Gap {
        pub journal: String,
        pub journal_year: i64,
        pub first_number: i64,
        pub last_number: i64,
        pub reason: String,
        pub noted_at: DateTime<Utc>,
        pub noted_by_name: Option<String>,
    }

    /// A row of the road map that a paper may prove.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ProvenRow {
        pub id: ProvenRowId,
        pub number: String,
        pub title: String,
        /// «Приказ об утверждении индивидуальных планов»: the document the row expects.
        pub document_kind: String,
        pub programme_state: String,
    }
}

impl PaperId {
    /// Returns the id of a paper that has a name of its own: made again, it is the same paper.
    pub fn named(name: &str) -> Self {
        let digest = Sha256::digest(name.as_bytes());
        let mut bytes = [0_u8; 16];
        bytes.copy_from_slice(&digest[..16]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid().into()
    }

    /// Returns the id of a blank of a consent, which has had so many before.
    ///
    /// It begins with the day the consent was asked for, so that it stands among the ids of its time.
    pub fn of_consent(consent: &Consent, before: usize) -> Self {
        let mut bytes = Self::named(&format!("blank {before} of consent {}", consent.id)).uuid().into_bytes();
        let moment = consent.asked_on.and_time(NaiveTime::MIN).and_utc().timestamp_millis();
        bytes[..6].copy_from_slice(&moment.to_be_bytes()[2..]);
        uuid::Builder::from_custom_bytes(bytes).into_uuid().into()
    }
}

impl Paper {
    /// Returns what the state follows from.
    pub fn facts(&self) -> Facts {
        Facts {
            printed_on: self.printed_on,
            signed_on: self.signed_on,
            registered_on: self.registered_on,
            amended_on: self.amended_on,
            cancelled_on: self.cancelled_on,
        }
    }

    /// Returns where the paper stands.
    pub fn state(&self) -> State {
        state(&self.facts())
    }

    /// Returns the kind; nothing for one that a later program knew.
    pub fn kind(&self) -> Option<&'static Kind> {
        kinds::find(&self.kind)
    }

    /// Tells whether it is filled into a .docx of the school.
    pub fn is_in_own_file(&self) -> bool {
        self.wording_file_id.is_some()
    }

    /// Returns the name of the one person it is about.
    pub fn person_name(&self) -> Option<String> {
        let (surname, given) = (self.surname.as_deref()?, self.given_name.as_deref()?);
        let patronymic = self.patronymic.as_deref().unwrap_or_default();
        Some(format!("{surname} {given} {patronymic}").trim_end().to_owned())
    }

    /// Returns «№ 45-ОД от 14.09.2026», or nothing before it is registered.
    pub fn registration(&self) -> Option<String> {
        registration(&self.number_text, self.registered_on)
    }

    /// Returns the title with number and day.
    pub fn caption(&self) -> String {
        match self.registration() {
            Some(registration) => format!("{} {registration}", self.title),
            None => self.title.clone(),
        }
    }
}

/// Returns «№ 45-ОД от 14.09.2026», or nothing before it is registered.
pub fn registration(number_text: &str, registered_on: Option<NaiveDate>) -> Option<String> {
    Some(format!("№ {number_text} от {}", crate::words::short_date(registered_on?)))
}

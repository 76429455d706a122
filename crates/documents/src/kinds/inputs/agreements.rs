//! Agreements: with a partner, between mentor and mentee.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BadInput, Checked, Official, School, Unit, bad};

/// An agreement with an organisation that sends mentors (road map 1.4).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerAgreement {
    pub school: School,
    #[serde(default)]
    pub number: Option<String>,
    #[serde(default)]
    pub date: Option<NaiveDate>,
    pub partner: Partner,
    pub forms: Vec<String>,
    /// What each side adds to the duties of the text.
    #[serde(default)]
    pub duties: Duties,
    pub mentors: Vec<Unit>,
    pub until: NaiveDate,
    /// How people from outside are admitted to children.
    pub clearance: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    pub name: String,
    pub head: Official,
    /// What its head acts upon: «устава», «доверенности от …».
    pub acts_on: String,
    pub address: String,
    #[serde(default)]
    pub details: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Duties {
    pub school: Vec<String>,
    pub partner: Vec<String>,
}

/// An agreement between mentor and mentee; a representative signs for a minor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MentoringAgreement {
    pub school: School,
    #[serde(default)]
    pub date: Option<NaiveDate>,
    pub mentor: Party,
    pub mentee: Party,
    pub form: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub curator: Official,
    /// The act that assigned the pair.
    pub basis: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    pub name: String,
    pub place: String,
    #[serde(default)]
    pub minor: bool,
    #[serde(default)]
    pub representative: Option<String>,
}

impl Checked for PartnerAgreement {}

impl Checked for MentoringAgreement {
    fn check(&self) -> Result<(), BadInput> {
        for (field, party) in [("mentor", &self.mentor), ("mentee", &self.mentee)] {
            if party.minor && party.representative.is_none() {
                return bad(&format!("{field}.representative"), "за несовершеннолетнего подписывает и представитель.");
            }
        }
        Ok(())
    }
}

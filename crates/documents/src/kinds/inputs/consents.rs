//! Consents: 152-ФЗ, ст. 9 ч. 4 lists what a written one has; each purpose is a document of its own (156-ФЗ, 2025).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{BadInput, Checked, School, bad};

/// A consent; which purpose it has is a matter of its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Consent {
    pub school: School,
    pub year: String,
    /// The place in the journal of consents of the year.
    #[serde(default)]
    pub number: Option<i64>,
    /// The law it rests on, in the words of the school.
    pub law: String,
    pub signer: Signer,
    pub subject: Subject,
    #[serde(default)]
    pub representative: Option<Representative>,
    /// Who processes the data on behalf of the school; nobody when empty.
    #[serde(default)]
    pub processor: Option<String>,
    /// Special categories that are asked for: for that purpose only.
    #[serde(default)]
    pub categories: Vec<String>,
    /// To whom data are handed over: for that purpose only.
    #[serde(default)]
    pub receivers: Vec<String>,
    /// Where data are shown to everybody: for that purpose only.
    #[serde(default)]
    pub channels: Vec<String>,
    /// What the person forbids or limits when data are shown to everybody (152-ФЗ, ст. 10.1 ч. 9).
    #[serde(default)]
    pub limits: Option<String>,
    /// Until when the consent holds, in words.
    pub term: String,
    /// The day it was signed; usually written by hand.
    #[serde(default)]
    pub signed_on: Option<NaiveDate>,
    /// What the QR code says; names the document and nobody's data.
    #[serde(default)]
    pub code: Option<String>,
}

/// Who signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signer {
    /// The legal representative alone: the child is under 14.
    Representative,
    /// The pupil and the representative: from 14 to 17.
    Both,
    /// The person alone: from 18 on.
    #[serde(rename = "self")]
    Oneself,
}

/// Whose data they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    pub name: String,
    pub birth_date: NaiveDate,
    /// Class, group or post.
    #[serde(default)]
    pub place: Option<String>,
    #[serde(default)]
    pub address: Option<String>,
    /// Kind, number, day and office of the document of identity.
    #[serde(default)]
    pub document: Option<String>,
}

/// The parent or another legal representative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Representative {
    pub name: String,
    #[serde(default)]
    pub address: Option<String>,
    #[serde(default)]
    pub document: Option<String>,
    /// What gives the right to sign: certificate of birth, decision on guardianship.
    #[serde(default)]
    pub authority: Option<String>,
}

impl Checked for Consent {
    fn check(&self) -> Result<(), BadInput> {
        match (self.signer, &self.representative) {
            (Signer::Representative | Signer::Both, None) => {
                bad("representative", "подписывает законный представитель, а он не назван.")
            }
            (Signer::Oneself, Some(_)) => bad("representative", "человек подписывает сам, представитель лишний."),
            _ => Ok(()),
        }
    }
}

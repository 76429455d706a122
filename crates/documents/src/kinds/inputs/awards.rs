//! Certificates and letters of thanks.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Checked, School};

/// A certificate or a letter of thanks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    pub school: School,
    pub year: String,
    /// The full name as it is to be read on the sheet.
    pub name: String,
    /// Class, post or place of work.
    #[serde(default)]
    pub place: Option<String>,
    /// What for, going on from the name.
    pub reason: String,
    pub date: NaiveDate,
    #[serde(default)]
    pub number: Option<String>,
}

impl Checked for Award {}

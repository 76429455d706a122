//! Addresses of the record about a person and of acts about its destruction.

use super::model::ErasureActId;
use crate::people::{self, PersonId};

pub const RECORD: &str = "/people/{person}/record";
pub const RECORD_DOCX: &str = "/people/{person}/record.docx";
pub const RECORD_JSON: &str = "/people/{person}/record.json";
pub const ERASURE: &str = "/people/{person}/erasure";
pub const ERASURE_DRAFT: &str = "/people/{person}/erasure/act.docx";
pub const ERASURES: &str = people::paths::ERASURES;
pub const ERASURE_ACT: &str = "/people/erasures/{erasure}";
pub const ERASURE_ACT_DOCX: &str = "/people/erasures/{erasure}/act.docx";
pub const ERASURE_EXTRACT_DOCX: &str = "/people/erasures/{erasure}/extract.docx";

/// Returns the path of the page that asks before a person is erased.
pub fn erasure_path(id: PersonId) -> String {
    ERASURE.replace("{person}", &id.to_string())
}

/// Returns the path of the act that is printed before a person is erased.
pub fn erasure_draft_path(id: PersonId) -> String {
    ERASURE_DRAFT.replace("{person}", &id.to_string())
}

impl ErasureActId {
    /// Returns the path of the act's page.
    pub fn show_path(self) -> String {
        format!("{ERASURES}/{self}")
    }

    /// Returns the path of a file of the act: «act.docx», «extract.docx».
    pub fn part_path(self, part: &str) -> String {
        format!("{ERASURES}/{self}/{part}")
    }
}

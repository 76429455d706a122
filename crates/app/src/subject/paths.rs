//! Addresses of the record about a person.

use crate::people::PersonId;

pub const RECORD: &str = "/people/{person}/record";
pub const RECORD_DOCX: &str = "/people/{person}/record.docx";
pub const RECORD_JSON: &str = "/people/{person}/record.json";

/// Returns the path of the page about the record of a person.
pub fn record_path(id: PersonId) -> String {
    RECORD.replace("{person}", &id.to_string())
}

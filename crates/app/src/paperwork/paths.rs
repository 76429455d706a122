//! Addresses of the pages about papers.

use super::model::{AcquaintanceId, PaperId};
use crate::people::PersonId;

pub const PAPERS: &str = "/papers";
pub const PRINTING: &str = "/papers/printing";
pub const NEW: &str = "/papers/new";
pub const NEW_OF_KIND: &str = "/papers/new/{kind}";
pub const EXAMPLE: &str = "/papers/kinds/{kind}";
pub const PAPER: &str = "/papers/{paper}";
pub const FILE: &str = "/papers/{paper}/files/{format}";
pub const SCAN: &str = "/papers/{paper}/scan";
pub const SIGNATURE: &str = "/papers/{paper}/signature";
pub const REGISTRATION: &str = "/papers/{paper}/registration";
pub const CANCELLATION: &str = "/papers/{paper}/cancellation";
pub const AMENDMENT: &str = "/papers/{paper}/amendment";
pub const RENEWAL: &str = "/papers/{paper}/renewal";
pub const EDIT: &str = "/papers/{paper}/edit";
pub const ACQUAINTANCE_PRINT: &str = "/papers/{paper}/acquaintances/print";
pub const ROWS: &str = "/papers/{paper}/rows";
pub const ACQUAINTANCES: &str = "/papers/{paper}/acquaintances";
pub const ACQUAINTANCE: &str = "/papers/{paper}/acquaintances/{acquaintance}";
pub const WORDINGS: &str = "/papers/wordings";
pub const WORDING: &str = "/papers/wordings/{kind}";
pub const WORDING_RESTORATION: &str = "/papers/wordings/{kind}/restoration";
pub const WORDING_FILE: &str = "/papers/wordings/{kind}/file";
pub const WORDING_BEGINNING: &str = "/papers/wordings/{kind}/beginning";
pub const WORDING_SAMPLE: &str = "/papers/wordings/{kind}/sample";
pub const WORDING_EDITION: &str = "/papers/wordings/{kind}/editions/{edition}";
pub const JOURNALS: &str = "/papers/journals";
pub const JOURNAL: &str = "/papers/journals/{journal}";
pub const NAME_FORMS: &str = "/people/{person}/name-forms";

impl PaperId {
    /// Returns the path of the paper's page.
    pub fn show_path(self) -> String {
        format!("{PAPERS}/{self}")
    }

    /// Returns the path of a part of the paper: scan, registration, cancellation.
    pub fn part_path(self, part: &str) -> String {
        format!("{PAPERS}/{self}/{part}")
    }

    /// Returns the path of the paper as a file.
    pub fn file_path(self, format: super::Format) -> String {
        format!("{PAPERS}/{self}/files/{}", format.extension())
    }

    /// Returns the path of somebody's line in the list of acquaintance.
    pub fn acquaintance_path(self, line: AcquaintanceId) -> String {
        format!("{PAPERS}/{self}/acquaintances/{line}")
    }
}

/// Returns the path of the page on which a paper of a kind is made.
pub fn new_path(kind: &str) -> String {
    format!("{NEW}/{kind}")
}

/// Returns the path of the example of a kind.
pub fn example_path(kind: &str) -> String {
    format!("{PAPERS}/kinds/{kind}")
}

/// Returns the path of the wording of a kind.
pub fn wording_path(kind: &str) -> String {
    format!("{WORDINGS}/{kind}")
}

/// Returns the path of a part of the wording of a kind: restoration, file, beginning, sample.
pub fn wording_part(kind: &str, part: &str) -> String {
    format!("{}/{part}", wording_path(kind))
}

/// Returns the path of the file of a version of a wording.
pub fn edition_path(kind: &str, version: i64) -> String {
    wording_part(kind, &format!("editions/{version}"))
}

/// Returns the path of a journal.
pub fn journal_path(journal: &str) -> String {
    format!("{JOURNALS}/{journal}")
}

/// Returns the path of the forms of somebody's name.
pub fn name_forms_path(person: PersonId) -> String {
    format!("/people/{person}/name-forms")
}

//! Addresses of the pages about consents.

use super::model::{CategoryId, ClearanceId, ConsentId, ConsentLinkId};
use crate::people::{ClassId, PersonId};

pub const CONSENTS: &str = "/consents";
pub const CONSENTS_XLSX: &str = "/consents.xlsx";
pub const PRINT: &str = "/consents/print";
pub const ASKING: &str = "/consents/asking";
pub const RENEWALS: &str = "/consents/renewals";
pub const CLASS: &str = "/consents/classes/{class}";
pub const PRINTING: &str = "/consents/printing";
pub const CONSENT: &str = "/consents/{consent}";
pub const SIGNATURE: &str = "/consents/{consent}/signature";
/// Printed by a later slice: the blank of a consent, the blanks of a class, all blanks.
pub const PAPER: &str = "/consents/{consent}/paper";
pub const CLASS_PAPERS: &str = "/consents/classes/{class}/papers";
pub const PAPERS: &str = "/consents/papers";
pub const SCAN: &str = "/consents/{consent}/scan";
pub const PERSON: &str = "/consents/people/{person}";
pub const WITHDRAWAL: &str = "/consents/{consent}/withdrawal";
pub const WITHDRAWN: &str = "/consents/withdrawn";
pub const WITHDRAWN_PERSON: &str = "/consents/withdrawn/{withdrawn}";
pub const LINKS: &str = "/consents/people/{person}/links";
pub const LINK_REVOCATION: &str = "/consents/people/{person}/links/{consent_link}/revocation";
/// What a personal link opens; who has the secret needs no account.
pub const LINK: &str = "/consent/{secret}";
pub const LINK_WITHDRAWAL: &str = "/consent/{secret}/withdrawal";
pub const CLEARANCES: &str = "/clearances";
pub const CLEARANCES_OF: &str = "/clearances/people/{person}";
pub const CLEARANCE_REVOCATION: &str = "/clearances/{clearance}/revocation";
pub const CATEGORIES: &str = "/consents/categories";
pub const CATEGORIES_XLSX: &str = "/consents/categories/export";
pub const CATEGORIES_OF: &str = "/consents/categories/people/{person}";
pub const CATEGORIES_DESTRUCTION: &str = "/consents/categories/people/{person}/destruction";
pub const CATEGORY_END: &str = "/consents/categories/{category}/end";

impl ConsentId {
    /// Returns the path of the consent's page.
    pub fn show_path(self) -> String {
        format!("{CONSENTS}/{self}")
    }

    /// Returns the path of a part of the consent: signature, scan, withdrawal.
    pub fn part_path(self, part: &str) -> String {
        format!("{CONSENTS}/{self}/{part}")
    }
}

/// Returns the path of the consents of a person.
pub fn person_path(person: PersonId) -> String {
    format!("{CONSENTS}/people/{person}")
}

/// Returns the path of the consents of a class.
pub fn class_path(class: ClassId) -> String {
    format!("{CONSENTS}/classes/{class}")
}

/// Returns the path that prints the blanks of a class.
pub fn class_papers_path(class: ClassId) -> String {
    format!("{}/papers", class_path(class))
}

/// Returns the path of the card of a withdrawal.
pub fn withdrawn_path(person: PersonId) -> String {
    format!("{WITHDRAWN}/{person}")
}

/// Returns the path of the links of a person.
pub fn links_path(person: PersonId) -> String {
    format!("{}/links", person_path(person))
}

/// Returns the path that closes a link.
pub fn revocation_path(person: PersonId, link: ConsentLinkId) -> String {
    format!("{}/{link}/revocation", links_path(person))
}

/// Returns the path a secret opens.
pub fn link_path(secret: &str) -> String {
    format!("/consent/{secret}")
}

/// Returns the path of the clearances of a person.
pub fn clearance_path(person: PersonId) -> String {
    format!("{CLEARANCES}/people/{person}")
}

/// Returns the path that revokes a clearance.
pub fn clearance_revocation_path(id: ClearanceId) -> String {
    format!("{CLEARANCES}/{id}/revocation")
}

/// Returns the path of the special categories of a person.
pub fn categories_path(person: PersonId) -> String {
    format!("{CATEGORIES}/people/{person}")
}

/// Returns the path that destroys the special categories of a person.
pub fn destruction_path(person: PersonId) -> String {
    format!("{}/destruction", categories_path(person))
}

/// Returns the path that ends a special category.
pub fn category_end_path(id: CategoryId) -> String {
    format!("{CATEGORIES}/{id}/end")
}

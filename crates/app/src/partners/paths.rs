//! Addresses of the pages about partners.

use super::model::{Agreement, AgreementId, Contact, ContactId, Partner, PartnerId};

pub const PARTNERS: &str = "/partners";
pub const PARTNERS_XLSX: &str = "/partners.xlsx";
pub const PARTNERS_PRINT: &str = "/partners/print";
pub const AGREEMENTS: &str = "/partners/agreements";
pub const AGREEMENTS_XLSX: &str = "/partners/agreements.xlsx";
pub const AGREEMENTS_PRINT: &str = "/partners/agreements/print";
pub const ORGANISATIONS: &str = "/partners/organisations";
pub const NEW_PARTNER: &str = "/partners/new";
pub const PARTNER: &str = "/partners/{partner}";
pub const EDIT: &str = "/partners/{partner}/edit";
pub const ENDING: &str = "/partners/{partner}/ending";
pub const RETURN: &str = "/partners/{partner}/return";
pub const NEW_CONTACT: &str = "/partners/{partner}/contacts/new";
pub const CONTACT: &str = "/partners/{partner}/contacts/{contact}";
pub const CONTACT_REMOVAL: &str = "/partners/{partner}/contacts/{contact}/removal";
pub const NEW_AGREEMENT: &str = "/partners/{partner}/agreements/new";
pub const AGREEMENT: &str = "/partners/{partner}/agreements/{agreement}";
pub const AGREEMENT_EDIT: &str = "/partners/{partner}/agreements/{agreement}/edit";
pub const AGREEMENT_FILE: &str = "/partners/{partner}/agreements/{agreement}/file";
/// Made by a later slice: the paper of an agreement.
pub const AGREEMENT_PAPER: &str = "/partners/{partner}/agreements/{agreement}/paper";
pub const TERMINATION: &str = "/partners/{partner}/agreements/{agreement}/termination";
pub const RESTORATION: &str = "/partners/{partner}/agreements/{agreement}/restoration";

/// Returns the path of a partner.
pub fn partner_path(id: PartnerId) -> String {
    format!("{PARTNERS}/{id}")
}

/// Returns the path of a part of a partner: «edit», «ending», «contacts/new» …
pub fn part_path(id: PartnerId, part: &str) -> String {
    format!("{}/{part}", partner_path(id))
}

/// Returns the path of an agreement.
pub fn agreement_path(partner: PartnerId, id: AgreementId) -> String {
    part_path(partner, &format!("agreements/{id}"))
}

/// Returns the path of somebody to talk to.
pub fn contact_path(partner: PartnerId, id: ContactId) -> String {
    part_path(partner, &format!("contacts/{id}"))
}

impl Partner {
    /// Returns the path of the partner's page.
    pub fn show_path(&self) -> String {
        partner_path(self.id)
    }

    /// Returns the path of a part of the partner.
    pub fn part_path(&self, part: &str) -> String {
        part_path(self.id, part)
    }
}

impl Contact {
    /// Returns the path of the form with what is known.
    pub fn edit_path(&self) -> String {
        contact_path(self.partner_id, self.id)
    }

    /// Returns the path of the question before the removal.
    pub fn removal_path(&self) -> String {
        format!("{}/removal", self.edit_path())
    }
}

impl Agreement {
    /// Returns the path of the agreement's page.
    pub fn show_path(&self) -> String {
        agreement_path(self.partner_id, self.id)
    }

    /// Returns the path of a part of the agreement: «edit», «file», «termination» …
    pub fn part_path(&self, part: &str) -> String {
        format!("{}/{part}", self.show_path())
    }
}

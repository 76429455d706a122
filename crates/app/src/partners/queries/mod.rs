//! The tables `partners`, `partner_contacts`, `agreements`, `organisation_totals`.

mod agreements;
mod contacts;
mod partners;
mod totals;

pub use agreements::{
    NewAgreement, agreement, agreement_file, agreement_files, agreements, insert_agreement, keep_file,
    number_agreement, terminate, update_agreement,
};
pub use contacts::{contact, contacts, insert_contact, remove_contact, update_contact};
pub use partners::{Mentor, end, givers, insert_partner, mentors, partner, partners, search, update_partner};
pub use totals::{NewTotal, insert_total, newest_total, totals};

/// Every statement about partners.
pub(crate) const ALL: &[&[(&str, &str)]] = &[partners::ALL, contacts::ALL, agreements::ALL, totals::ALL];

//! The tables of consents: every statement of the slice and the functions that ask it.
//!
//! People are read through the view `people` and by who may see them; the few statements of a withdrawal that must reach
//! somebody hidden are named with their reasons in a test.

mod categories;
mod clearances;
mod ledger;
mod links;
mod standing;
mod withdrawal;

pub use categories::{
    NewCategory, SealedCategory, categories, categories_lasting, end_category, insert_category, open_categories,
    person_of_category, seal_category,
};
pub use clearances::{NewClearance, clearance, clearances, insert_clearance, revoke_clearance};
pub use ledger::{
    Guardian, JOURNAL, NewConsent, Subject, consent, consents, guardians, insert, policy, subject, subjects, update,
};
pub use links::{
    Link, LinkedPerson, NewLink, OpenLink, insert_link, link_of_token, links, person_of_link, revoke_link,
};
pub use standing::tally;
pub use withdrawal::{
    Withdrawn, all_withdrawn, consents_of_withdrawn, guardians_of_withdrawn, hide, person_of_withdrawn, unhide,
    withdraw, withdrawn,
};

/// Every statement of the slice.
pub(crate) const ALL: &[&[(&str, &str)]] =
    &[categories::ALL, clearances::ALL, ledger::ALL, links::ALL, standing::ALL, withdrawal::ALL];

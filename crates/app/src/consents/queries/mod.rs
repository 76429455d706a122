//! The tables of consents: every statement of the slice and the functions that ask it.
//!
//! People are read through the view `people` and by who may see them; the few statements of a withdrawal that must reach
//! somebody hidden are named with their reasons in a test.

mod ledger;
mod standing;

pub use ledger::{
    Guardian, NewConsent, Subject, consent, consents, guardians, insert, open_or_valid, policy, subject, subjects,
    update,
};
pub use standing::{clearances, tally};

/// Every statement of the slice.
pub(crate) const ALL: &[&[(&str, &str)]] = &[ledger::ALL, standing::ALL];

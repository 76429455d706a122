//! What can be done with consents: read, rule, write, trace, in one transaction each.
//!
//! Who may: the coordinator everything; the class teacher prints and records signatures for the own class, which
//! `Sight` decides. The trace names a person by the id and never repeats a name, a day or a signature.

mod asking;
mod categories;
mod clearing;
mod linking;
mod signing;
mod withdrawing;

pub use asking::{AskKey, Whom, ask, mark_printed, mark_printed_in};
pub use categories::{
    add_category, category_counts, destroy_categories, destructible, end_category, export_categories, keeps_categories,
    read_categories, seal_earlier_categories,
};
pub use clearing::{add_clearance, revoke_clearance};
pub use linking::{Opened, make_link, open_link, revoke_link, withdraw_through_link};
pub use signing::{Signing, scan_bytes, sign, sign_in};
pub use withdrawing::{restore, withdraw};

use withdrawing::withdraw_by_link;

use super::model::Consent;
use crate::audit::Change;
pub use crate::people::actions::subject;

fn purpose_of(consent: &Consent) -> Change {
    Change::fact("Цель", consent.purpose.label())
}

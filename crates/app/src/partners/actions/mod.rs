//! What can be done with partners: read, rule, write, trace, in one transaction each.
//!
//! Who may: the coordinator. Roles stand at the routes.

mod agreements;
mod contacts;
mod exports;
mod partners;
mod totals;

pub use agreements::{add_agreement, add_agreement_in, change_agreement, file_bytes, keep_file, restore, terminate};
pub use contacts::{add_contact, add_contact_in, change_contact, remove_contact};
pub use exports::note_export;
pub use partners::{add_partner, add_partner_in, change_partner, end, take_back};
pub use totals::{enter_total, enter_total_in};

use super::model::Partner;
use crate::{
    audit::{Change, Subject, SubjectKind},
    words::short_date,
};
use chrono::NaiveDate;

fn subject(partner: &Partner) -> Subject {
    Subject { kind: SubjectKind::Partner, id: Some(partner.id.uuid()), name: partner.short_name.clone() }
}

/// Facts of a record in words, for the history and for two people who save at the same time.
type Facts = Vec<(String, String)>;

fn facts<const N: usize>(pairs: [(&str, String); N]) -> Facts {
    pairs.map(|(what, value)| (what.to_owned(), value)).into()
}

/// Returns what differs, with values.
fn differences(before: Facts, after: Facts) -> impl Iterator<Item = Change> {
    before.into_iter().zip(after).filter_map(|((what, from), (_, to))| Change::between(&what, &from, &to))
}

fn written(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, short_date)
}

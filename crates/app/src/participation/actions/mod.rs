//! What can be done about who takes part: read, rule, write, trace, in one transaction each.

mod answers;
mod applications;
mod departure;
mod exports;
mod funnel;
mod settings;
mod words;

pub use answers::change_answers;
pub use applications::{NewPerson, apply, close_link, find_link, open_link, settle_as, settle_as_new, settle_rejected};
pub use departure::{depart, take_back};
pub use exports::{note_export, note_reading};
pub use funnel::{Invited, Whom, add_candidates, invite, record_decisions, record_interviews};
pub use settings::{change_settings, facts as settings_facts};
pub use words::{add_form, add_topic, remove_form, remove_topic};

use super::{funnel::Refusal, model::Participant};
use crate::{
    access::School,
    audit::{Subject, SubjectKind},
    error::Failure,
};

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

fn school(school: &School) -> Subject {
    Subject { kind: SubjectKind::School, id: Some(school.id.uuid()), name: school.short_name.clone() }
}

/// Says who is meant by a refusal that concerns one of many.
fn about(participant: &Participant, refusal: Refusal) -> Failure {
    Failure::Refused(format!("{}: {refusal}", participant.name().short()))
}

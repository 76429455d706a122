//! The way of an upload: read, compared, decided upon, loaded or dropped.

mod compare;
mod load;
mod match_rows;
mod read;
mod settle;

pub use compare::compare;
pub use load::load;
pub use read::{begin, run, start};
pub use settle::{choose, correct_columns, drop_lists, take_leftovers};

use super::queries::Lists;
use crate::{
    access::SchoolId,
    audit::{Subject, SubjectKind},
    error::{Answer, Failure},
};

/// Rows that are read, compared and written together.
pub const AT_ONCE: i64 = 1_000;

/// Days after which rows that were not taken, and uploads nobody decided upon, are forgotten.
const DAYS_KEPT: i64 = 7;

/// What the acts of an upload are done to: the school; a list names nobody in the journal.
fn subject(school: SchoolId) -> Subject {
    Subject { kind: SubjectKind::School, id: Some(school.uuid()), name: String::new() }
}

fn year_of(lists: &Lists) -> Answer<crate::school_year::SchoolYear> {
    lists.year().ok_or(Failure::NotFound)
}

//! Who did what, when: one line per act, in the transaction of the act.
//!
//! Rules kept: security rule 16 (append-only; values of personal data are not repeated). Other slices write through
//! [`record`] and read their own history through [`history_of`].

mod model;
pub mod pages;
pub mod paths;
mod queries;

pub use model::{Act, Author, Change, Entry, Event, Subject, SubjectId, SubjectKind};
pub use pages::{drawn_histories, drawn_history};
pub(crate) use queries::{ALL as QUERIES, heads, history_of, readings_and_changes, record, record_once, since};

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

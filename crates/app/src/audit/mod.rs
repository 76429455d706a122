//! Who did what, when: one line per act, in the transaction of the act.
//!
//! Rules kept: security rule 16 (append-only, chained by hashes; values of personal data are not repeated). Other slices write through
//! [`record`] and read their own history through [`history_of`].

mod chain;
mod model;
pub mod pages;
pub mod paths;
mod queries;
mod verification;

pub use chain::{Broken, Head, Link};
pub use model::{Act, Author, Change, Entry, Event, Subject, SubjectId, SubjectKind};
pub use pages::{drawn_histories, drawn_history};
pub(crate) use queries::{
    QUERIES,
    chains::{heads, links_about},
    history_of, readings_and_changes, record_once, since, who_saw,
};
pub use queries::{Seeing, chains::head, record};
pub use verification::{chain_old_acts, verify};

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

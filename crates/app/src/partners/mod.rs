//! Partner organisations, people to talk to, agreements, the mentors partners give.
//!
//! Rules kept: whether an agreement is valid follows from its days; the number of organisations there are to be partners
//! is entered by a person with its source; people of partners are read through [`crate::people::Sight`]. The coordinator
//! edits; the head and an inspector read; nobody else sees partners.

pub mod actions;
mod book;
mod forms;
pub mod model;
pub mod pages;
pub mod paths;
pub mod queries;
mod readings;
mod rules;

pub use book::{Book, Entry};
pub use model::{AgreementId, PartnerId};
pub(crate) use queries::{ALL as QUERIES, search};
pub use readings::{AGREEMENTS_SIGNED, GIVING_MENTORS, readings};

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

//! What the school holds about one person, handed out on request (152-FZ art. 14).
//!
//! Rules kept: security rules 2, 12 and 16. Everything that `access/personal.rs` declares is in the record; a test compares
//! the two. Only who sees everybody and keeps the records hands it out; each time leaves a trace.

mod document;
pub mod pages;
pub mod paths;
pub mod queries;
mod record;
mod shown;

pub(crate) use queries::ALL as QUERIES;
pub use record::{Line, Record, SECTIONS, Section};

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

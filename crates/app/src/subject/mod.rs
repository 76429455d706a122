//! What the school holds about one person: handed out on request (152-FZ art. 14), erased when it may not be held any
//! longer (art. 21).
//!
//! Rules kept: security rules 2, 12, 13 and 16. Everything that `access/personal.rs` declares is in the record, and is
//! erased as it says; tests compare the three. Only who sees everybody and keeps the records hands it out or erases; each
//! time leaves a trace. What was erased stays erased when an older backup is restored.

mod act;
pub mod actions;
mod document;
mod forms;
pub mod model;
pub mod pages;
pub mod paths;
pub mod queries;
mod record;
mod shown;
mod wiping;

pub(crate) use queries::QUERIES;
pub use record::{Line, Record, SECTIONS, Section};
pub(crate) use wiping::{NotErased, erase_again};

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

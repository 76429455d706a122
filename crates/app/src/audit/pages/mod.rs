//! The pages about acts.

mod history;
mod journal;

pub use history::{drawn_histories, drawn_history};

use super::paths;
use crate::{
    access::{Access, Role},
    web::Routes,
};

const ADMINISTRATOR: Access = Access::Only(&[Role::Administrator]);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::JOURNAL, ADMINISTRATOR, journal::show)
        .get(paths::JOURNAL_XLSX, ADMINISTRATOR, journal::xlsx)
        .get(paths::JOURNAL_CSV, ADMINISTRATOR, journal::csv)
}

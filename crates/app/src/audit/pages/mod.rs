//! The pages about acts.

mod history;
mod journal;

pub use history::{drawn_histories, drawn_history};

use super::paths;
use crate::{
    access::{Access, Right},
    web::Routes,
};

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::JOURNAL, Access::May(Right::ReadJournal), journal::show)
        .get(paths::JOURNAL_XLSX, Access::May(Right::TakeJournal), journal::xlsx)
        .get(paths::JOURNAL_CSV, Access::May(Right::TakeJournal), journal::csv)
}

//! Taking over a road map the school already has: the file, what was understood of it, the draft.

mod columns;
mod preview;
mod rows;
mod upload;

use super::COORDINATOR;
use crate::{roadmap::paths, school_year::SchoolYear, web::Routes};
use chrono::NaiveDate;

/// The routes of these pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::IMPORT, COORDINATOR, upload::show)
        .post_files(paths::IMPORT, COORDINATOR, upload::submit)
        .get(paths::IMPORTED, COORDINATOR, preview::show)
        .post(paths::IMPORTED, COORDINATOR, preview::correct)
        .post(paths::ADOPTION, COORDINATOR, preview::adopt)
}

/// The school years a road map may be taken over for: the current one, the next and the one before.
fn years_around(today: NaiveDate) -> [SchoolYear; 3] {
    let current = SchoolYear::containing(today);
    [current, current.next(), current.previous()]
}

//! Taking over a road map the school already has: the file, what was understood of it, the draft.

mod columns;
mod preview;
mod rows;
mod upload;

use super::KEEPERS;
use crate::{roadmap::paths, school_year::SchoolYear, web::Routes};
use chrono::NaiveDate;

/// The routes of these pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::IMPORT, KEEPERS, upload::show)
        .post_files(paths::IMPORT, KEEPERS, upload::submit)
        .get(paths::IMPORTED, KEEPERS, preview::show)
        .post(paths::IMPORTED, KEEPERS, preview::correct)
        .post(paths::ADOPTION, KEEPERS, preview::adopt)
}

/// The school years a road map may be taken over for: the current one, the next and the one before.
fn years_around(today: NaiveDate) -> [SchoolYear; 3] {
    let current = SchoolYear::containing(today);
    [current, current.next(), current.previous()]
}

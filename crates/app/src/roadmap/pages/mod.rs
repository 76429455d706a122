//! The pages of the road map, one file each.

mod calendar;
mod common;
mod control;
mod draft;
mod export;
mod import;
mod list;
mod new_row;
mod new_year;
mod posts;
mod print;
mod row;
mod row_form;
mod sealing;
mod timeline;
mod years;

pub use common::{Shown, board_of, no_year, ui_state};
pub use list::{lead, week_of};

use super::paths;
use crate::{
    access::{Access, Right},
    web::Routes,
};

/// Who works on rows: the relation to the row decides the rest.
pub const WORKERS: Access = Access::May(Right::WorkOnRows);

/// Who prepares and runs the year.
pub const KEEPERS: Access = Access::May(Right::KeepRoadmap);

/// Who accepts what others confirmed.
const ACCEPTS: Access = Access::May(Right::AcceptRows);

/// Who looks at it.
pub const READERS: Access = Access::May(Right::ReadRoadmap);

/// Who takes it out.
pub const TAKERS: Access = Access::May(Right::TakeRoadmap);

/// The routes of these pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::ROADMAP, READERS, list::show)
        .get(paths::TIMELINE, READERS, timeline::show)
        .get(paths::CALENDAR, READERS, calendar::show)
        .get(paths::PRINT, READERS, print::show)
        .get(paths::ROW, READERS, row::show)
        .get(paths::EDIT, KEEPERS, row::edit::show)
        .post(paths::EDIT, KEEPERS, row::edit::submit)
        .get(paths::ROW_REMOVAL, KEEPERS, row::removal::show)
        .post(paths::ROW_REMOVAL, KEEPERS, row::removal::remove)
        .get(paths::CONFIRMATION, WORKERS, row::state::confirmation)
        .post(paths::CONFIRMATION, WORKERS, row::state::submit_confirmation)
        .post(paths::WITHDRAWAL, WORKERS, row::state::withdraw)
        .post(paths::ACCEPTANCE, ACCEPTS, row::state::accept)
        .get(paths::RETURN, ACCEPTS, row::state::sending_back)
        .post(paths::RETURN, ACCEPTS, row::state::send_back)
        .get(paths::CANCELLATION, KEEPERS, row::state::cancellation)
        .post(paths::CANCELLATION, KEEPERS, row::state::cancel)
        .post(paths::RESTORATION, KEEPERS, row::state::restore)
        .post(paths::TERM_CORRECTION, KEEPERS, row::state::correct_term)
        .post(paths::TERM_CHECK, KEEPERS, row::state::settle_term)
        .get(paths::READING, WORKERS, row::reading::show)
        .post(paths::READING, WORKERS, row::reading::submit)
        .post(paths::TASKS, WORKERS, row::tasks::add)
        .post(paths::TASK_COMPLETION, WORKERS, row::tasks::finish)
        .post(paths::TASK_REOPENING, WORKERS, row::tasks::reopen)
        .post(paths::NOTES, WORKERS, row::notes::add)
        .post_files(paths::DOCUMENTS, WORKERS, row::documents::add)
        .post_files(paths::DOCUMENT_VERSIONS, WORKERS, row::documents::replace)
        .get(paths::DOCUMENT_VERSION, TAKERS, row::documents::download)
        .get(paths::DOCUMENT_REMOVAL, WORKERS, row::documents::removal)
        .post(paths::DOCUMENT_REMOVAL, WORKERS, row::documents::remove)
        .get(paths::YEARS, READERS, years::show)
        .get(paths::NEW_YEAR, KEEPERS, new_year::show)
        .post(paths::NEW_YEAR, KEEPERS, new_year::submit)
        .get(paths::DRAFT, KEEPERS, draft::show)
        .get(paths::POSTS, KEEPERS, posts::show)
        .post(paths::POSTS, KEEPERS, posts::submit)
        .get(paths::START, KEEPERS, draft::start_page)
        .post(paths::START, KEEPERS, draft::start)
        .get(paths::REMOVAL, KEEPERS, draft::removal)
        .post(paths::REMOVAL, KEEPERS, draft::remove)
        .get(paths::SEALING, KEEPERS, sealing::show)
        .post(paths::SEALING, KEEPERS, sealing::seal)
        .get(paths::NEW_ROW, KEEPERS, new_row::show)
        .post(paths::NEW_ROW, KEEPERS, new_row::submit)
        .and(control::routes())
        .and(export::routes())
        .and(import::routes())
}

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
    access::{Access, Role},
    web::Routes,
};

/// Who works on rows: the relation to the row decides the rest.
pub const WORKERS: Access = Access::Only(&[
    Role::Coordinator,
    Role::Head,
    Role::ClassTeacher,
    Role::GroupCurator,
    Role::Psychologist,
    Role::Contributor,
]);

/// Who prepares and runs the year.
pub const COORDINATOR: Access = Access::Only(&[Role::Coordinator]);

/// Who accepts what others confirmed.
const HEAD: Access = Access::Only(&[Role::Head]);

/// The routes of these pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::ROADMAP, Access::SignedIn, list::show)
        .get(paths::TIMELINE, Access::SignedIn, timeline::show)
        .get(paths::CALENDAR, Access::SignedIn, calendar::show)
        .get(paths::PRINT, Access::SignedIn, print::show)
        .get(paths::ROW, Access::SignedIn, row::show)
        .get(paths::EDIT, COORDINATOR, row::edit::show)
        .post(paths::EDIT, COORDINATOR, row::edit::submit)
        .get(paths::ROW_REMOVAL, COORDINATOR, row::removal::show)
        .post(paths::ROW_REMOVAL, COORDINATOR, row::removal::remove)
        .get(paths::CONFIRMATION, WORKERS, row::state::confirmation)
        .post(paths::CONFIRMATION, WORKERS, row::state::submit_confirmation)
        .post(paths::WITHDRAWAL, WORKERS, row::state::withdraw)
        .post(paths::ACCEPTANCE, HEAD, row::state::accept)
        .get(paths::RETURN, HEAD, row::state::sending_back)
        .post(paths::RETURN, HEAD, row::state::send_back)
        .get(paths::CANCELLATION, COORDINATOR, row::state::cancellation)
        .post(paths::CANCELLATION, COORDINATOR, row::state::cancel)
        .post(paths::RESTORATION, COORDINATOR, row::state::restore)
        .post(paths::TERM_CORRECTION, COORDINATOR, row::state::correct_term)
        .post(paths::TERM_CHECK, COORDINATOR, row::state::settle_term)
        .get(paths::READING, WORKERS, row::reading::show)
        .post(paths::READING, WORKERS, row::reading::submit)
        .post(paths::TASKS, WORKERS, row::tasks::add)
        .post(paths::TASK_COMPLETION, WORKERS, row::tasks::finish)
        .post(paths::TASK_REOPENING, WORKERS, row::tasks::reopen)
        .post(paths::NOTES, WORKERS, row::notes::add)
        .post_files(paths::DOCUMENTS, WORKERS, row::documents::add)
        .post_files(paths::DOCUMENT_VERSIONS, WORKERS, row::documents::replace)
        .get(paths::DOCUMENT_VERSION, Access::SignedIn, row::documents::download)
        .get(paths::DOCUMENT_REMOVAL, WORKERS, row::documents::removal)
        .post(paths::DOCUMENT_REMOVAL, WORKERS, row::documents::remove)
        .get(paths::YEARS, Access::SignedIn, years::show)
        .get(paths::NEW_YEAR, COORDINATOR, new_year::show)
        .post(paths::NEW_YEAR, COORDINATOR, new_year::submit)
        .get(paths::DRAFT, COORDINATOR, draft::show)
        .get(paths::POSTS, COORDINATOR, posts::show)
        .post(paths::POSTS, COORDINATOR, posts::submit)
        .get(paths::START, COORDINATOR, draft::start_page)
        .post(paths::START, COORDINATOR, draft::start)
        .get(paths::REMOVAL, COORDINATOR, draft::removal)
        .post(paths::REMOVAL, COORDINATOR, draft::remove)
        .get(paths::SEALING, COORDINATOR, sealing::show)
        .post(paths::SEALING, COORDINATOR, sealing::seal)
        .get(paths::NEW_ROW, COORDINATOR, new_row::show)
        .post(paths::NEW_ROW, COORDINATOR, new_row::submit)
        .and(control::routes())
        .and(export::routes())
        .and(import::routes())
}

//! The pages of uploads: files, what was found in them, columns.

mod columns;
mod preview;
mod progress;
mod rows;
mod summary;
mod upload;

use super::paths;
use crate::{
    access::{Access, Role},
    web::Routes,
};

/// Lists are loaded by who keeps the records.
const COORDINATOR: Access = Access::Only(&[Role::Coordinator]);

/// The pages of uploads.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::UPLOAD, COORDINATOR, upload::show)
        .post_files(paths::UPLOAD, COORDINATOR, upload::submit)
        .get(paths::LISTS, COORDINATOR, preview::show)
        .post(paths::CHOICES, COORDINATOR, preview::choose)
        .post(paths::LOADING, COORDINATOR, preview::load)
        .post(paths::REMOVAL, COORDINATOR, preview::remove)
        .post(paths::LEFTOVERS, COORDINATOR, preview::leftovers)
        .get(paths::COLUMNS, COORDINATOR, columns::show)
        .post(paths::COLUMNS, COORDINATOR, columns::submit)
}

//! The pages of uploads: files, what was found in them, columns.

mod columns;
mod preview;
mod progress;
mod rows;
mod summary;
mod upload;

use super::paths;
use crate::{
    access::{Access, Right},
    web::Routes,
};

/// Lists are loaded by who keeps the records.
const LOADERS: Access = Access::May(Right::ImportPeople);

/// The pages of uploads.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::UPLOAD, LOADERS, upload::show)
        .post_files(paths::UPLOAD, LOADERS, upload::submit)
        .get(paths::LISTS, LOADERS, preview::show)
        .post(paths::CHOICES, LOADERS, preview::choose)
        .post(paths::LOADING, LOADERS, preview::load)
        .post(paths::REMOVAL, LOADERS, preview::remove)
        .post(paths::LEFTOVERS, Access::May(Right::TakeLeftovers), preview::leftovers)
        .get(paths::COLUMNS, LOADERS, columns::show)
        .post(paths::COLUMNS, LOADERS, columns::submit)
}

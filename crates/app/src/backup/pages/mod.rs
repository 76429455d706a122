//! The pages about backups.

mod list;

use super::paths;
use crate::{
    access::{Access, Right},
    web::Routes,
};

const ADMINISTRATOR: Access = Access::May(Right::KeepBackups);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new().get(paths::BACKUPS, ADMINISTRATOR, list::show).post(paths::BACKUPS, ADMINISTRATOR, list::make).post(
        paths::TRIAL,
        ADMINISTRATOR,
        list::try_restoring,
    )
}

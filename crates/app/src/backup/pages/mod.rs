//! The pages about backups.

mod list;

use super::paths;
use crate::{
    access::{Access, Role},
    web::Routes,
};

const ADMINISTRATOR: Access = Access::Only(&[Role::Administrator]);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new().get(paths::BACKUPS, ADMINISTRATOR, list::show).post(paths::BACKUPS, ADMINISTRATOR, list::make).post(
        paths::TRIAL,
        ADMINISTRATOR,
        list::try_restoring,
    )
}

//! The pages about access; one file is one page.

mod fields;
mod first_run;
mod new_user;
mod password;
mod school;
mod sign_in;
mod sign_out;
mod user;
mod user_password;
mod users;

use super::{
    model::{Access, Role},
    paths,
};
use crate::web::Routes;

const ADMINISTRATOR: Access = Access::Only(&[Role::Administrator]);

/// Who may read what is known about the school; only an administrator changes it.
const READS_SCHOOL: Access = Access::Only(&[Role::Administrator, Role::Coordinator, Role::Head]);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::SIGN_IN, Access::Public, sign_in::show)
        .post(paths::SIGN_IN, Access::Public, sign_in::submit)
        .post(paths::SIGN_OUT, Access::SignedIn, sign_out::submit)
        .get(paths::FIRST_RUN, Access::Public, first_run::show)
        .post(paths::FIRST_RUN, Access::Public, first_run::submit)
        .get(paths::PASSWORD, Access::SignedIn, password::show)
        .post(paths::PASSWORD, Access::SignedIn, password::submit)
        .get(paths::SCHOOL, READS_SCHOOL, school::show)
        .post(paths::SCHOOL, ADMINISTRATOR, school::submit)
        .get(paths::USERS, ADMINISTRATOR, users::show)
        .get(paths::USERS_XLSX, ADMINISTRATOR, users::xlsx)
        .get(paths::USERS_CSV, ADMINISTRATOR, users::csv)
        .get(paths::NEW_USER, ADMINISTRATOR, new_user::show)
        .post(paths::NEW_USER, ADMINISTRATOR, new_user::submit)
        .get(paths::USER, ADMINISTRATOR, user::show)
        .post(paths::USER, ADMINISTRATOR, user::submit)
        .get(paths::USER_PASSWORD, ADMINISTRATOR, user_password::show)
        .post(paths::USER_PASSWORD, ADMINISTRATOR, user_password::submit)
}

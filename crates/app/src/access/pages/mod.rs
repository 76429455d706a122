//! The pages about access; one file is one page.

mod code;
mod entry;
mod factor_settings;
mod fields;
mod first_run;
mod new_user;
mod password;
mod provider;
mod provider_links;
mod school;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_out;
mod user;
mod user_link;
mod user_password;
mod users;

use super::{model::Access, paths, policy::Right};
use crate::web::Routes;

const USERS: Access = Access::May(Right::KeepUsers);
const TAKES: Access = Access::May(Right::TakeUsers);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::SIGN_IN, Access::Public, sign_in::show)
        .post(paths::SIGN_IN, Access::Public, sign_in::submit)
        .post(paths::SIGN_OUT, Access::SignedIn, sign_out::submit)
        .get(paths::CODE, Access::Public, code::show)
        .post(paths::CODE, Access::Public, code::submit)
        .get(paths::PROVIDER, Access::Public, provider::leave)
        .get(paths::PROVIDER_RETURN, Access::Public, provider::come_back)
        .get(paths::PROVIDER_LINKS, Access::SignedIn, provider_links::show)
        .post(paths::PROVIDER_LINKS, Access::SignedIn, provider_links::submit)
        .post(paths::PROVIDER_UNLINKING, Access::SignedIn, provider_links::unlink)
        .get(paths::ENTRY, Access::Public, entry::show)
        .post(paths::ENTRY, Access::Public, entry::submit)
        .get(paths::SESSIONS, Access::SignedIn, sessions::show)
        .post(paths::SESSIONS, Access::SignedIn, sessions::end_others)
        .get(paths::SECOND_FACTOR, Access::SignedIn, second_factor::show)
        .post(paths::SECOND_FACTOR, Access::SignedIn, second_factor::confirm)
        .post(paths::RECOVERY_CODES, Access::SignedIn, second_factor::renew_codes)
        .post(paths::FACTOR_REMOVAL, Access::SignedIn, second_factor::give_up)
        .get(paths::FIRST_RUN, Access::Public, first_run::show)
        .post(paths::FIRST_RUN, Access::Public, first_run::submit)
        .get(paths::PASSWORD, Access::SignedIn, password::show)
        .post(paths::PASSWORD, Access::SignedIn, password::submit)
        .get(paths::SCHOOL, Access::May(Right::ReadSchool), school::show)
        .post(paths::SCHOOL, Access::May(Right::KeepSchool), school::submit)
        .get(paths::USERS, USERS, users::show)
        .get(paths::USERS_XLSX, TAKES, users::xlsx)
        .get(paths::USERS_CSV, TAKES, users::csv)
        .get(paths::NEW_USER, USERS, new_user::show)
        .post(paths::NEW_USER, USERS, new_user::submit)
        .get(paths::USER, USERS, user::show)
        .post(paths::USER, USERS, user::submit)
        .get(paths::USER_PASSWORD, USERS, user_password::show)
        .post(paths::USER_PASSWORD, USERS, user_password::submit)
        .get(paths::USER_LINK, USERS, user_link::show)
        .post(paths::USER_LINK, USERS, user_link::submit)
        .get(paths::FACTOR_SETTINGS, USERS, factor_settings::show)
        .post(paths::FACTOR_SETTINGS, USERS, factor_settings::submit)
        .get(paths::USER_FACTOR, USERS, factor_settings::ask)
        .post(paths::USER_FACTOR, USERS, factor_settings::take_away)
}

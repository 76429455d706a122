//! Addresses of the pages about access.

use super::model::{User, UserId};

pub const SIGN_IN: &str = "/sign-in";
pub const SIGN_OUT: &str = "/sign-out";
pub const CODE: &str = "/sign-in/code";
pub const PROVIDER: &str = "/sign-in/provider";
pub const PROVIDER_RETURN: &str = "/sign-in/provider/return";
pub const ENTRY: &str = "/entry/{invitation}";
pub const FIRST_RUN: &str = "/first-run";
pub const PASSWORD: &str = "/account/password";
pub const SESSIONS: &str = "/account/sessions";
pub const SECOND_FACTOR: &str = "/account/second-factor";
pub const PROVIDER_LINKS: &str = "/account/provider";
pub const PROVIDER_UNLINKING: &str = "/account/provider/removal";
pub const RECOVERY_CODES: &str = "/account/second-factor/codes";
pub const FACTOR_REMOVAL: &str = "/account/second-factor/removal";
pub const SCHOOL: &str = "/school";
pub const USERS: &str = "/users";
pub const USERS_XLSX: &str = "/users.xlsx";
pub const USERS_CSV: &str = "/users.csv";
pub const NEW_USER: &str = "/users/new";
pub const USER: &str = "/users/{user}";
pub const USER_PASSWORD: &str = "/users/{user}/password";
pub const USER_LINK: &str = "/users/{user}/link";
pub const USER_FACTOR: &str = "/users/{user}/second-factor";
pub const FACTOR_SETTINGS: &str = "/users/second-factor";

impl User {
    /// Returns the path of the page where the user is edited.
    pub fn edit_path(&self) -> String {
        user_path(self.id)
    }

    /// Returns the path of the page where a new password is made.
    pub fn password_path(&self) -> String {
        format!("{}/password", user_path(self.id))
    }
}

/// Returns the address of a link with which somebody sets the own password.
pub fn entry_path(secret: &str) -> String {
    ENTRY.replace("{invitation}", secret)
}

/// Returns the path of the page where a link for a user is made.
pub fn user_link_path(id: UserId) -> String {
    format!("{USERS}/{id}/link")
}

/// Returns the path of the page where the second factor of a user is taken away.
pub fn user_factor_path(id: UserId) -> String {
    format!("{USERS}/{id}/second-factor")
}

/// Returns the path of a user's page.
pub fn user_path(id: UserId) -> String {
    format!("{USERS}/{id}")
}

//! Addresses of the pages about access.

use super::model::{User, UserId};

pub const SIGN_IN: &str = "/sign-in";
pub const SIGN_OUT: &str = "/sign-out";
pub const FIRST_RUN: &str = "/first-run";
pub const PASSWORD: &str = "/account/password";
pub const SCHOOL: &str = "/school";
pub const USERS: &str = "/users";
pub const USERS_XLSX: &str = "/users.xlsx";
pub const USERS_CSV: &str = "/users.csv";
pub const NEW_USER: &str = "/users/new";
pub const USER: &str = "/users/{user}";
pub const USER_PASSWORD: &str = "/users/{user}/password";

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

/// Returns the path of a user's page.
pub fn user_path(id: UserId) -> String {
    format!("{USERS}/{id}")
}

//! Who may do what: schools, people who sign in, roles, sessions.
//!
//! Rules kept: security rules 1, 3, 7–9 and 30. A request becomes a [`Visitor`]; its [`SchoolId`] is the capability
//! every query of school data takes. Routes name the roles they serve ([`Access`]); relations (own row, own class) are
//! decided by the slice that knows them.

pub mod actions;
mod forms;
mod hasher;
mod login;
mod model;
pub mod pages;
pub mod paths;
mod queries;
mod rules;
mod temporary;
mod throttle;
mod zones;

pub use hasher::{Cost, Hasher};
pub use login::{BadLogin, check_login};
pub use model::{Access, Role, School, SchoolId, SchoolKind, User, UserId, Visitor};
pub(crate) use queries::{
    ALL as QUERIES, LiveSession, anybody, found_installation, founded_at, school, schools, session_visitor,
    touch_session, user, users_of, visitor_of,
};
pub use rules::{BadPassword, check_password};
pub use throttle::Throttle;

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

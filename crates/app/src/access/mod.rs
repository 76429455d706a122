//! Who may do what: schools, people who sign in, roles, sessions.
//!
//! Rules kept: security rules 1, 3, 7–9 and 30. A request becomes a [`Visitor`]; its [`SchoolId`] is the capability
//! every query of school data takes. Routes name the right they need ([`Access`]); the table
//! of rights (`policy`) says which roles have it and how far it reaches.

pub mod actions;
mod forms;
mod hasher;
mod impersonal;
mod login;
mod model;
pub mod pages;
pub mod paths;
mod personal;
mod policy;
mod provider;
mod queries;
mod rules;
mod second_factor;
mod temporary;
mod throttle;
mod zones;

pub use hasher::{Cost, Hasher};
pub use impersonal::IMPERSONAL;
pub use login::{BadLogin, check_login};
pub use model::{Access, Role, School, SchoolId, SchoolKind, User, UserId, Visitor};
pub use personal::{Erasure, PERSONAL, Personal};
pub use policy::{COLUMNS, Field, Kind, Reach, Relation, Right, SECTIONS, may};
pub use provider::{BadTerms, Provider, Terms};
pub use queries::factors::set_demand;
pub(crate) use queries::{
    LiveSession, QUERIES, anybody, found_installation, founded_at, school, schools, session_visitor, touch_session,
    user, users_of, visitor_of,
};
pub use rules::{BadPassword, check_password};
pub use second_factor::{Demand, Standing};
pub use throttle::Throttle;

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

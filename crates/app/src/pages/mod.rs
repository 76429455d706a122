//! Pages that belong to no slice because they look into all of them.

mod about;
mod beginning;
pub mod overview;
mod person;
mod readers;
mod readiness;
mod search;

use crate::{
    access::{Access, Right},
    participation, people,
    web::Routes,
};

/// The page about the program.
pub const ABOUT: &str = "/about";

/// The page that draws every element of the interface.
pub const COMPONENTS: &str = "/about/components";

/// The page of the search.
pub const SEARCH: &str = "/search";

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get("/", Access::SignedIn, overview::show)
        .get(people::paths::PERSON, Access::May(Right::ReadPeople), person::show)
        .get(people::paths::READERS, Access::May(Right::ReadReaders), readers::show)
        .get(SEARCH, Access::SignedIn, search::show)
        .get(participation::paths::READINESS, Access::May(Right::ReadPeople), readiness::show)
        .get(ABOUT, Access::Public, about::show)
        .get(COMPONENTS, Access::SignedIn, about::components)
}

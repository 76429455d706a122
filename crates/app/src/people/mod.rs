//! People: pupils with their classes and representatives, staff, and everybody from outside.
//!
//! Rules kept: one record per person; a role in mentoring belongs to a participation, never to the person; everything
//! that leaves the program reads through the view `people`, so that who withdrew a consent is seen nowhere, and through
//! [`Sight`], so that a class teacher sees the own class only. Reading a card leaves a trace; the trace names the person
//! by the id and never repeats values.

pub mod actions;
mod duplicates;
mod forms;
pub mod import;
pub mod model;
mod name;
pub mod pages;
pub mod paths;
mod promotion;
pub mod queries;
pub mod reading;
mod sight;
mod withdrawn;

pub use model::{ClassId, ClassName, Grounds, Kind, PeopleImportId, PersonFacts, PersonId, Sex, Staff};
pub use name::FullName;
pub use sight::Sight;
pub use withdrawn::WithdrawnNames;

use crate::web::Routes;

pub(crate) use queries::ALL as QUERIES;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes().and(import::routes())
}

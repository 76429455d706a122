//! The reading of lists of people.

#[path = "../../crates/app/src/people/model.rs"]
pub mod model;
#[path = "../../crates/app/src/people/name.rs"]
mod name;
#[path = "../../crates/app/src/people/reading/mod.rs"]
pub mod reading;

pub use model::{ClassName, Grounds, Sex};
pub use name::FullName;

//! People, rules and wishes as the engine takes them.

pub mod model;
pub mod prepared;
pub mod settings;
pub mod validate;

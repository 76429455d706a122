//! Class and staff lists become records: files are read, compared with what is known, shown, and loaded at a word.
//!
//! Rules kept: nothing is written before «Загрузить»; one transaction and one trace for a whole upload; the second
//! loading of the same files changes nothing; records that changed meanwhile are compared anew and never overwritten;
//! nobody leaves the school by being absent from a list; who withdrew a consent is neither shown nor changed.

pub mod actions;
mod changes;
mod judge;
pub mod model;
mod pages;
pub mod paths;
pub(crate) mod queries;

pub use model::{Counts, ImportState, Outcome};
pub use pages::routes;

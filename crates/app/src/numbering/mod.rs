//! Numbers given one after the other: of papers in their journals, of consents in theirs. None is given twice.

mod queries;

pub(crate) use queries::ALL as QUERIES;
pub use queries::{hold_counter, set_counter};

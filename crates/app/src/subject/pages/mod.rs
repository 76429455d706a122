//! The page about the record of a person with its two files; erasing a person; acts about it.

mod acts;
mod erasure;
mod record;

use super::paths;
use crate::{
    access::{Access, Right},
    web::Routes,
};

const TAKERS: Access = Access::May(Right::TakeRecord);
const ERASERS: Access = Access::May(Right::ErasePeople);
const READERS: Access = Access::May(Right::ReadWithdrawn);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new()
        .get(paths::RECORD, TAKERS, record::show)
        .get(paths::RECORD_DOCX, TAKERS, record::docx)
        .get(paths::RECORD_JSON, TAKERS, record::json)
        .get(paths::ERASURE, ERASERS, erasure::show)
        .post(paths::ERASURE, ERASERS, erasure::submit)
        .post(paths::ERASURE_DRAFT, TAKERS, erasure::draft)
        .get(paths::ERASURES, READERS, acts::list)
        .get(paths::ERASURE_ACT, READERS, acts::show)
        .get(paths::ERASURE_ACT_DOCX, TAKERS, acts::docx)
        .get(paths::ERASURE_EXTRACT_DOCX, TAKERS, acts::extract)
}

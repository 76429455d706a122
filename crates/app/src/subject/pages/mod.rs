//! The page about the record of a person, and its two files.

mod record;

use super::paths;
use crate::{
    access::{Access, Right},
    web::Routes,
};

const TAKERS: Access = Access::May(Right::TakeRecord);

/// Returns the routes of the pages.
pub fn routes() -> Routes {
    Routes::new().get(paths::RECORD, TAKERS, record::show).get(paths::RECORD_DOCX, TAKERS, record::docx).get(
        paths::RECORD_JSON,
        TAKERS,
        record::json,
    )
}

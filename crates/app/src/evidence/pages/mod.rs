//! Where a folder is asked for.

mod order;

use crate::{
    access::{Access, Right},
    roadmap::paths,
    web::Routes,
};

/// The pages of this slice.
pub fn routes() -> Routes {
    let readers = Access::May(Right::TakeEvidence);
    Routes::new().get(paths::EVIDENCE, readers, order::show).post(paths::EVIDENCE, readers, order::submit)
}

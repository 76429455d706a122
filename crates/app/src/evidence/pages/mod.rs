//! Where a folder is asked for.

mod order;

use crate::{access::Access, roadmap::paths, web::Routes};

/// The pages of this slice.
pub fn routes() -> Routes {
    let readers = Access::Only(paths::EVIDENCE_ROLES);
    Routes::new().get(paths::EVIDENCE, readers, order::show).post(paths::EVIDENCE, readers, order::submit)
}

//! The folder of evidence: what proves the road map of a year, or one row of it, as one archive.
//!
//! Rules kept: everything is read when the folder is made, as who asked for it: documents of rows for everybody who works
//! with the road map, agreements and lists for who may open the page behind the number, people through `Sight` and the
//! view `people`, so that nobody who withdrew stands in any part. Special categories never stand here. The same records
//! of a day give the same bytes.
//!
//! Pure: `model`, `names`, `index`, `lists::sheet`. `contents` reads the records, `archive` writes the files.

mod archive;
mod contents;
mod index;
mod job;
mod lists;
pub mod model;
mod names;
pub mod pages;

pub use archive::write;
pub use contents::collect;
pub use job::{JOB, note};

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

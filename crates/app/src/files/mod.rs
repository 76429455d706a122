//! Files people upload: bytes in the data directory under random names, facts in the table `files`.
//!
//! Rules kept: at most 20 MB; only kinds of documents a school exchanges; handed out only as attachments with `nosniff`
//! (security rule 17). Who may see a file is decided by the slice that owns it.

mod draft;
mod model;
mod outgoing;
mod queries;
mod store;

pub use draft::Draft;
pub use model::{BadFile, FileId, MAX_BYTES, StoredFile, Upload, tidy_name};
pub use outgoing::{Format, Outgoing};
pub(crate) use queries::{ALL as QUERIES, file, insert, remove, replace, some};
pub use store::{FileStore, NotStored, attachment, download, hex, percent_encoded, streamed};

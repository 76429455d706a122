//! The format of copies.

#[path = "../../crates/app/src/backup/archive.rs"]
pub mod archive;
#[path = "../../crates/app/src/backup/error.rs"]
pub mod error;
#[path = "../../crates/app/src/backup/key.rs"]
pub mod key;
#[path = "../../crates/app/src/backup/manifest.rs"]
pub mod manifest;
#[path = "../../crates/app/src/backup/seal.rs"]
pub mod seal;

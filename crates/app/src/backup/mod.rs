//! Backups: made while people work, encrypted, read back at once, restored into a new place only.
//!
//! Rules kept: security rules 13 and 24. One format serves both databases, so it also moves a school from SQLite to
//! PostgreSQL and back ([0060](../../../../docs/decisions/0060-backups.md)).
//!
//! * `key`, `seal`, `archive`, `manifest` — the format: a key in a file, an encrypted stream, parts in it, what they are;
//! * `make`, `check`, `restore` — the three things done with it;
//! * `shelf`, `retention`, `keeper` — the folder of copies, which of them stay, the daily copy and the monthly trial.

mod archive;
mod check;
mod error;
mod keeper;
mod key;
mod make;
mod manifest;
pub mod pages;
pub mod paths;
mod restore;
mod retention;
mod seal;
mod shelf;

pub use check::check;
pub use error::Trouble;
pub use keeper::{Keeper, Standing, keep_backups, tend};
pub use key::Key;
pub use make::make;
pub use manifest::{AuditHead, Manifest};
pub use restore::{Restored, Wanted, restore};
pub use shelf::{Copy, Label, Occasion, Shelf, Trial, erasures_at, erasures_beside, write_label};

use crate::web::Routes;

/// The pages of this slice.
pub fn routes() -> Routes {
    pages::routes()
}

//! Addresses of this slice.

pub const BACKUPS: &str = "/backups";
pub const TRIAL: &str = "/backups/trial";

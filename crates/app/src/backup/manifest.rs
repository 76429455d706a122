//! What a backup says about itself: the last of its parts. Pure.

use crate::{access::SchoolId, audit::Head};
use chrono::{DateTime, Utc};
use database::Table;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

/// The name of the part that holds it.
pub const PART: &str = "manifest";

/// Everything that must be found again when a backup is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the program that made it.
    pub program: String,
    pub made_at: DateTime<Utc>,
    /// The numbers of the migrations the tables had.
    pub migrations: Vec<i64>,
    pub tables: Vec<TablePart>,
    pub files: Vec<FilePart>,
    /// Files that the database knows and the disk does not have, or has otherwise than they were kept.
    pub missing: Vec<String>,
    /// Empty in copies of versions that did not chain the journal yet.
    pub audit: Vec<AuditHead>,
}

/// A table: its rows as lines of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TablePart {
    pub table: Table,
    pub rows: u64,
    /// The digest of the rows in whatever order: equal records of SQLite and PostgreSQL have equal ones.
    pub content: String,
    pub bytes: u64,
    pub sha256: String,
}

/// A file people uploaded, under the name it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilePart {
    pub stored_as: String,
    pub bytes: u64,
    pub sha256: String,
}

/// The last link of a school's journal; what is restored must run through it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditHead {
    pub school: SchoolId,
    pub place: i64,
    pub hash: String,
}

impl AuditHead {
    /// Returns the link as the journal knows it.
    pub fn head(&self) -> Head {
        Head { place: self.place, hash: self.hash.clone() }
    }
}

impl Manifest {
    /// Counts all records.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|part| part.rows).sum()
    }

    /// Returns one digest of all records, to be compared after a move.
    pub fn content(&self) -> String {
        let mut whole = Content::default();
        for part in &self.tables {
            whole.add(&format!("{} {}", part.table.name, part.content));
        }
        whole.to_string()
    }
}

/// A digest of lines that does not depend on their order: the sum of their SHA-256.
///
/// It compares records that nobody forges; that a backup is genuine follows from its encryption.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Content([u64; 4]);

impl Content {
    /// Adds a line.
    pub fn add(&mut self, line: &str) {
        let digest = Sha256::digest(line.as_bytes());
        for (sum, word) in self.0.iter_mut().zip(digest.chunks(8)) {
            let word = word.iter().fold(0_u64, |word, byte| word << 8 | u64::from(*byte));
            *sum = sum.wrapping_add(word);
        }
    }
}

impl std::fmt::Display for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|word| write!(f, "{word:016x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(lines: &[&str]) -> Content {
        let mut content = Content::default();
        for line in lines {
            content.add(line);
        }
        content
    }

    #[test]
    fn content_is_the_same_in_any_order_and_counts_repetitions() {
        assert_eq!(of(&["a", "b", "c"]), of(&["c", "a", "b"]));
        assert_ne!(of(&["a"]), of(&["a", "a"]));
        assert_ne!(of(&["a", "b"]), of(&["a", "c"]));
        assert_eq!(of(&["a"]).to_string().len(), 64);
    }
}

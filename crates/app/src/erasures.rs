//! Who was erased: a list that only grows, so that a backup from before an erasure brings nobody back (security rule 13).
//!
//! Whoever erases a person calls [`note`] in the transaction of the erasure. The list holds no personal data: the school,
//! the id of the record, the moment. A copy of it lies beside the backups (`backup/shelf.rs`); a restore erases everybody
//! again who stands in either (`subject/wiping.rs`).

use crate::{access::SchoolId, audit::SubjectId};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

database::queries! {
    /// Notes that a person was erased; a second note of the same person changes nothing. A list may know schools that a
    /// restored backup does not have yet.
    NOTE = "
        INSERT INTO erasures (id, school_id, person_id, erased_at)
        SELECT $1, s.id, $3, $4
        FROM schools s
        WHERE s.id = $2 AND NOT EXISTS (SELECT 1 FROM erasures e WHERE e.school_id = $2 AND e.person_id = $3)";
    /// Everybody who was erased, in all schools: the copy that lies beside the backups.
    EVERYBODY = "
        SELECT school_id, person_id, erased_at
        FROM erasures
        ORDER BY erased_at, person_id";
}

pub(crate) use ALL as QUERIES;

database::record! {
    /// A person who was erased.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Erased {
        pub school_id: SchoolId,
        pub person_id: SubjectId,
        pub erased_at: DateTime<Utc>,
    }
}

/// Notes that a person was erased, in the transaction of the erasure.
pub async fn note(tx: &mut Tx, school: SchoolId, person: Uuid, now: DateTime<Utc>) -> Result<()> {
    tx.run(NOTE, args![Uuid::now_v7(), school, person, now]).await.map(|_| ())
}

/// Returns everybody who was erased.
pub async fn everybody(tx: &mut Tx) -> Result<Vec<Erased>> {
    tx.all(EVERYBODY, args![]).await
}

/// Writes the list as lines.
pub fn to_lines(list: &[Erased]) -> String {
    list.iter().filter_map(|erased| serde_json::to_string(erased).ok()).map(|line| line + "\n").collect()
}

/// Reads the list from lines.
///
/// # Errors
/// When a line cannot be read: a list that is not understood must not be taken for an empty one.
pub fn of_lines(text: &str) -> serde_json::Result<Vec<Erased>> {
    text.lines().filter(|line| !line.trim().is_empty()).map(serde_json::from_str).collect()
}

//! Clearances: the fact and its days, never the certificate.

use crate::{
    access::{SchoolId, UserId},
    consents::model::{Clearance, ClearanceId, ClearanceKind},
    people::{PersonId, Sight},
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// The clearances of everybody, or of one person, the oldest first.
    CLEARANCES = "
        SELECT c.id, c.person_id, c.kind, c.issued_on, c.valid_until, c.seen_on, c.revoked_on
        FROM clearances c
        JOIN people p ON p.school_id = c.school_id AND p.id = c.person_id
        WHERE c.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND (c.person_id = $3 OR $3 IS NULL)
        ORDER BY c.seen_on, c.created_at, c.id";
    /// One clearance of somebody the visitor sees.
    CLEARANCE = "
        SELECT c.id, c.person_id, c.kind, c.issued_on, c.valid_until, c.seen_on, c.revoked_on
        FROM clearances c
        JOIN people p ON p.school_id = c.school_id AND p.id = c.person_id
        WHERE c.school_id = $1
          AND (p.id IN (SELECT s.person_id FROM sight s WHERE s.school_id = $1 AND s.user_id = $2) OR $2 IS NULL)
          AND c.id = $3";
    /// Notes that a paper was seen; the same form sent twice is one clearance.
    INSERT_CLEARANCE = "
        INSERT INTO clearances (id, school_id, person_id, kind, issued_on, valid_until, seen_on, seen_by, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (id) DO NOTHING";
    /// Ends a clearance before its day.
    REVOKE_CLEARANCE = "
        UPDATE clearances
        SET revoked_on = $3
        WHERE id = $1 AND school_id = $2 AND revoked_on IS NULL";
}

/// A paper that was seen.
#[derive(Debug, Clone, Copy)]
pub struct NewClearance {
    /// Made with the form: the same form sent twice is one clearance.
    pub id: ClearanceId,
    pub person: PersonId,
    pub kind: ClearanceKind,
    pub issued_on: NaiveDate,
    pub valid_until: Option<NaiveDate>,
    pub seen_on: NaiveDate,
}

/// Returns the clearances of everybody, or of one person, the oldest first.
pub async fn clearances(tx: &mut Tx, sight: Sight, person: Option<PersonId>) -> Result<Vec<Clearance>> {
    tx.all(CLEARANCES, args![sight.school(), sight.viewer(), person]).await
}

/// Returns one clearance.
pub async fn clearance(tx: &mut Tx, sight: Sight, id: ClearanceId) -> Result<Clearance> {
    tx.one(CLEARANCE, args![sight.school(), sight.viewer(), id]).await
}

/// Notes that a paper was seen; `false` when the same form was sent before.
pub async fn insert_clearance(
    tx: &mut Tx,
    school: SchoolId,
    new: &NewClearance,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<bool> {
    let facts = args![new.id, school, new.person, new.kind, new.issued_on, new.valid_until, new.seen_on, by, now];
    Ok(tx.run(INSERT_CLEARANCE, facts).await? == 1)
}

/// Ends a clearance; `false` when it had ended.
pub async fn revoke_clearance(tx: &mut Tx, school: SchoolId, id: ClearanceId, on: NaiveDate) -> Result<bool> {
    Ok(tx.run(REVOKE_CLEARANCE, args![id, school, on]).await? == 1)
}

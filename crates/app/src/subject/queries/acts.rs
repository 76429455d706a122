//! The table `erasure_acts`.

use crate::{
    access::{SchoolId, UserId},
    subject::model::{Destroyed, ErasureAct, ErasureActId, NewErasure},
};
use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use database::{Result, Tx, args};
use uuid::Uuid;

database::queries! {
    /// The number of the next act of a year.
    NEXT_NUMBER = "SELECT COALESCE(MAX(number), 0) + 1 FROM erasure_acts WHERE school_id = $1 AND act_year = $2";
    /// Keeps an act.
    INSERT = "
        INSERT INTO erasure_acts (id, school_id, act_year, number, erased_on, basis, reason, records, destroyed, erased_at,
                                  erased_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Acts of the school, the newest first: all of them, or one.
    ACTS = "
        SELECT a.id, a.number, a.erased_on, a.basis, a.reason, a.records, a.destroyed, a.erased_at,
               u.full_name AS actor_name, u.post AS actor_post
        FROM erasure_acts a
        JOIN users u ON u.school_id = a.school_id AND u.id = a.erased_by
        WHERE a.school_id = $1 AND (a.id = $2 OR $2 IS NULL)
        ORDER BY a.erased_at DESC, a.id DESC";
}

/// Returns the number of the next act of the year of a day.
pub async fn next_number(tx: &mut Tx, school: SchoolId, on: NaiveDate) -> Result<i64> {
    tx.one::<(i64,)>(NEXT_NUMBER, args![school, i64::from(on.year())]).await.map(|(number,)| number)
}

/// Keeps an act about records that were erased.
pub async fn insert(
    tx: &mut Tx,
    (school, id): (SchoolId, ErasureActId),
    new: &NewErasure,
    (records, destroyed): (&[Uuid], &[Destroyed]),
    (by, on, now): (UserId, NaiveDate, DateTime<Utc>),
) -> Result<()> {
    let facts = args![
        id,
        school,
        i64::from(on.year()),
        new.number,
        on,
        new.basis,
        &new.reason,
        serde_json::json!(records),
        serde_json::json!(destroyed),
        now,
        by
    ];
    tx.run(INSERT, facts).await.map(|_| ())
}

/// Returns the acts of the school, the newest first.
pub async fn acts(tx: &mut Tx, school: SchoolId) -> Result<Vec<ErasureAct>> {
    tx.all(ACTS, args![school, None::<ErasureActId>]).await
}

/// Returns one act.
pub async fn act(tx: &mut Tx, school: SchoolId, id: ErasureActId) -> Result<ErasureAct> {
    tx.one(ACTS, args![school, id]).await
}

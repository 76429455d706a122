//! The table `organisation_totals`: written and read, never changed.

use crate::{
    access::{SchoolId, UserId},
    partners::model::{Total, TotalId},
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// The numbers of organisations that were entered, of all years, the newest first.
    TOTALS = "
        SELECT t.total, t.source, t.as_of, t.school_year, t.entered_at, COALESCE(u.full_name, 'Система') AS entered_by_name
        FROM organisation_totals t
        LEFT JOIN users u ON u.id = t.entered_by AND u.school_id = t.school_id
        WHERE t.school_id = $1
        ORDER BY t.school_year DESC, t.as_of DESC, t.entered_at DESC, t.id DESC";
    /// The number of organisations that counts in a school year on a day.
    NEWEST_TOTAL = "
        SELECT total
        FROM organisation_totals
        WHERE school_id = $1 AND school_year = $2 AND as_of <= $3
        ORDER BY as_of DESC, entered_at DESC, id DESC
        LIMIT 1";
    /// Adds a number.
    INSERT_TOTAL = "
        INSERT INTO organisation_totals (id, school_id, school_year, total, source, as_of, entered_at, entered_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

/// A number to be entered.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTotal {
    pub id: TotalId,
    pub total: i64,
    pub source: String,
    pub as_of: NaiveDate,
}

/// Returns the numbers that were entered, the newest first.
pub async fn totals(tx: &mut Tx, school: SchoolId) -> Result<Vec<Total>> {
    tx.all(TOTALS, args![school]).await
}

/// Returns the number that counts in a year on a day.
pub async fn newest_total(tx: &mut Tx, school: SchoolId, year: SchoolYear, on: NaiveDate) -> Result<Option<i64>> {
    let found: Option<(i64,)> = tx.maybe(NEWEST_TOTAL, args![school, year.start_year(), on]).await?;
    Ok(found.map(|(total,)| total))
}

/// Adds a number; [`database::Error::Taken`] when it was added before.
pub async fn insert_total(
    tx: &mut Tx,
    (school, year): (SchoolId, SchoolYear),
    new: &NewTotal,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let facts = args![new.id, school, year.start_year(), new.total, &new.source, new.as_of, now, by];
    tx.run(INSERT_TOTAL, facts).await.map(|_| ())
}

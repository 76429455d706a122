//! Values entered by hand and the history of indicators.

use super::json;
use crate::{
    access::{SchoolId, UserId},
    roadmap::model::{HandReading, Part, ProgrammeId, ReadingId, RowId, Snapshot},
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// The newest value entered by hand of every measure of a programme: rows that share a measure share its value.
    NEWEST_READINGS = "
        WITH ranked AS (
            SELECT h.row_id, h.measure, h.as_of, h.numerator, h.denominator, h.parts, h.source, h.entered_at,
                   u.full_name AS entered_by_name,
                   ROW_NUMBER() OVER (PARTITION BY h.measure
                                      ORDER BY h.as_of DESC, h.entered_at DESC, h.id DESC) AS place
            FROM hand_readings h
            JOIN roadmap_rows w ON w.id = h.row_id
            JOIN users u ON u.id = h.entered_by
            WHERE w.programme_id = $1 AND h.school_id = $2)
        SELECT row_id, measure, as_of, numerator, denominator, parts, source, entered_at, entered_by_name
        FROM ranked
        WHERE place = 1";
    /// The values of a measure entered by hand in a programme, the newest first.
    READINGS_OF_MEASURE = "
        SELECT h.row_id, h.measure, h.as_of, h.numerator, h.denominator, h.parts, h.source, h.entered_at,
               u.full_name AS entered_by_name
        FROM hand_readings h
        JOIN roadmap_rows w ON w.id = h.row_id
        JOIN users u ON u.id = h.entered_by
        WHERE w.programme_id = $1 AND h.school_id = $2 AND h.measure = $3
        ORDER BY h.as_of DESC, h.entered_at DESC, h.id DESC
        LIMIT 50";
    /// The history of a row's indicators since a day, the oldest first.
    SNAPSHOTS_OF_ROW = "
        SELECT row_id, measure, taken_on, numerator, denominator, is_met
        FROM indicator_snapshots
        WHERE row_id = $1 AND school_id = $2
        ORDER BY taken_on, measure";
    /// The last snapshots of a programme's rows taken before a day.
    SNAPSHOTS_BEFORE = "
        WITH ranked AS (
            SELECT s.row_id, s.measure, s.taken_on, s.numerator, s.denominator, s.is_met,
                   ROW_NUMBER() OVER (PARTITION BY s.row_id, s.measure ORDER BY s.taken_on DESC) AS place
            FROM indicator_snapshots s
            JOIN roadmap_rows w ON w.id = s.row_id
            WHERE w.programme_id = $1 AND s.school_id = $2 AND s.taken_on < $3)
        SELECT row_id, measure, taken_on, numerator, denominator, is_met
        FROM ranked
        WHERE place = 1";
    /// Adds a value entered by hand.
    INSERT_READING = "
        INSERT INTO hand_readings (id, school_id, row_id, measure, as_of, numerator, denominator, parts, source, entered_at,
                                   entered_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    /// Keeps the value of an indicator on a day; the last one of the day stays.
    UPSERT_SNAPSHOT = "
        INSERT INTO indicator_snapshots (school_id, row_id, measure, taken_on, numerator, denominator, is_met)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (row_id, measure, taken_on) DO UPDATE
        SET numerator = excluded.numerator, denominator = excluded.denominator, is_met = excluded.is_met";
}

/// Returns the newest value entered by hand of every measure of a programme.
pub async fn newest_readings(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<HandReading>> {
    tx.all(NEWEST_READINGS, args![programme, school]).await
}

/// Returns the last fifty values of a measure entered by hand in a programme, the newest first.
pub async fn readings_of_measure(
    tx: &mut Tx,
    school: SchoolId,
    programme: ProgrammeId,
    measure: &str,
) -> Result<Vec<HandReading>> {
    tx.all(READINGS_OF_MEASURE, args![programme, school, measure]).await
}

/// Returns the history of a row's indicators, the oldest first.
pub async fn snapshots_of_row(tx: &mut Tx, school: SchoolId, row: RowId) -> Result<Vec<Snapshot>> {
    tx.all(SNAPSHOTS_OF_ROW, args![row, school]).await
}

/// Returns the last snapshot of every indicator taken before a day.
pub async fn snapshots_before(
    tx: &mut Tx,
    school: SchoolId,
    programme: ProgrammeId,
    day: NaiveDate,
) -> Result<Vec<Snapshot>> {
    tx.all(SNAPSHOTS_BEFORE, args![programme, school, day]).await
}

/// A value to be entered by hand.
#[derive(Debug, Clone)]
pub struct NewReading {
    /// Made with the form: the same form sent twice is one value.
    pub id: ReadingId,
    pub measure: String,
    pub as_of: NaiveDate,
    pub numerator: i64,
    pub denominator: Option<i64>,
    pub parts: Vec<Part>,
    pub source: String,
}

/// Adds a value entered by hand.
pub async fn insert_reading(
    tx: &mut Tx,
    (school, row): (SchoolId, RowId),
    new: &NewReading,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<()> {
    let facts = args![
        new.id,
        school,
        row,
        &new.measure,
        new.as_of,
        new.numerator,
        new.denominator,
        json(&new.parts),
        &new.source,
        now,
        by,
    ];
    tx.run(INSERT_READING, facts).await.map(|_| ())
}

/// Keeps the value of an indicator on a day.
pub async fn upsert_snapshot(tx: &mut Tx, school: SchoolId, shot: &Snapshot) -> Result<()> {
    let facts = args![school, shot.row_id, &shot.measure, shot.taken_on, shot.numerator, shot.denominator, shot.is_met];
    tx.run(UPSERT_SNAPSHOT, facts).await.map(|_| ())
}

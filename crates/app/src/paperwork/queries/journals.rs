//! Journals, the numbers they have given and those they have passed over.

use crate::{
    access::{SchoolId, UserId},
    paperwork::{
        journals::Journal,
        model::{Gap, GapId},
    },
};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// The journals a school has changed or added.
    JOURNALS = "
        SELECT journal, title, prefix, suffix, period, version
        FROM paper_journals
        WHERE school_id = $1
        ORDER BY title COLLATE russian, journal";
    /// Adds a journal, or changes a built-in one for the first time.
    INSERT_JOURNAL = "
        INSERT INTO paper_journals (school_id, journal, title, prefix, suffix, period, version)
        VALUES ($1, $2, $3, $4, $5, $6, 1)";
    /// Saves a journal if nobody saved it since `version`.
    UPDATE_JOURNAL = "
        UPDATE paper_journals
        SET title = $4, prefix = $5, suffix = $6, period = $7, version = version + 1
        WHERE school_id = $1 AND journal = $2 AND version = $3";
    /// The last numbers given in all journals and years.
    LAST_NUMBERS = "
        SELECT journal, journal_year, last_number
        FROM paper_counters
        WHERE school_id = $1
        ORDER BY journal, journal_year";
    /// Numbers that were passed over, the newest first.
    GAPS = "
        SELECT g.journal, g.journal_year, g.first_number, g.last_number, g.reason, g.noted_at,
               u.full_name AS noted_by_name
        FROM paper_gaps g
        LEFT JOIN users u ON u.school_id = g.school_id AND u.id = g.noted_by
        WHERE g.school_id = $1
        ORDER BY g.noted_at DESC, g.id DESC";
    /// Notes numbers that are passed over.
    INSERT_GAP = "
        INSERT INTO paper_gaps (id, school_id, journal, journal_year, first_number, last_number, reason, noted_at, noted_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
}

/// Returns the journals of a school, the built-in ones first.
pub async fn journals(tx: &mut Tx, school: SchoolId) -> Result<Vec<Journal>> {
    tx.all(JOURNALS, args![school]).await.map(Journal::all)
}

/// Adds a journal; [`database::Error::Taken`] when somebody was quicker.
pub async fn insert_journal(tx: &mut Tx, school: SchoolId, new: &Journal) -> Result<()> {
    let facts = args![school, &new.journal, &new.title, &new.prefix, &new.suffix, new.period];
    tx.run(INSERT_JOURNAL, facts).await.map(|_| ())
}

/// Saves a journal; `false` when somebody saved it since `version`.
pub async fn update_journal(tx: &mut Tx, school: SchoolId, changed: &Journal) -> Result<bool> {
    let facts = args![
        school,
        &changed.journal,
        changed.version,
        &changed.title,
        &changed.prefix,
        &changed.suffix,
        changed.period,
    ];
    Ok(tx.run(UPDATE_JOURNAL, facts).await? == 1)
}

/// Returns the last numbers given: journal, year, number.
pub async fn last_numbers(tx: &mut Tx, school: SchoolId) -> Result<Vec<(String, i64, i64)>> {
    tx.all(LAST_NUMBERS, args![school]).await
}

/// Returns the numbers that were passed over, the newest first.
pub async fn gaps(tx: &mut Tx, school: SchoolId) -> Result<Vec<Gap>> {
    tx.all(GAPS, args![school]).await
}

/// Numbers that are passed over.
#[derive(Debug, Clone, Copy)]
pub struct NewGap<'a> {
    pub journal: &'a str,
    pub year: i64,
    pub numbers: (i64, i64),
    pub reason: &'a str,
}

/// Notes numbers that are passed over.
pub async fn insert_gap(
    tx: &mut Tx,
    school: SchoolId,
    gap: NewGap<'_>,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let facts = args![GapId::fresh(), school, gap.journal, gap.year, gap.numbers.0, gap.numbers.1, gap.reason, now, by];
    tx.run(INSERT_GAP, facts).await.map(|_| ())
}

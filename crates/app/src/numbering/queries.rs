//! The last number given in every journal and year.

use crate::access::SchoolId;
use database::{Result, Tx, args};

database::queries! {
    /// Holds the numbers of a journal until the end of the transaction and returns the last one given.
    HOLD_COUNTER = "
        INSERT INTO paper_counters (school_id, journal, journal_year, last_number)
        VALUES ($1, $2, $3, 0)
        ON CONFLICT (school_id, journal, journal_year) DO UPDATE SET last_number = paper_counters.last_number
        RETURNING last_number";
    /// Notes the last number given.
    SET_COUNTER = "
        UPDATE paper_counters
        SET last_number = $4
        WHERE school_id = $1 AND journal = $2 AND journal_year = $3";
}

/// Makes others who want a number wait until the end of the transaction; returns the last number given.
pub async fn hold_counter(tx: &mut Tx, school: SchoolId, (journal, year): (&str, i64)) -> Result<i64> {
    tx.one::<(i64,)>(HOLD_COUNTER, args![school, journal, year]).await.map(|(last,)| last)
}

/// Notes the last number given.
pub async fn set_counter(tx: &mut Tx, school: SchoolId, (journal, year): (&str, i64), last: i64) -> Result<()> {
    tx.run(SET_COUNTER, args![school, journal, year, last]).await.map(|_| ())
}

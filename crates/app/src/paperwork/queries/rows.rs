//! The rows of the road map that papers prove.

use crate::{
    access::SchoolId,
    files::FileId,
    paperwork::model::{PaperId, ProvenRow, ProvenRowId, registration},
    school_year::SchoolYear,
};
use chrono::NaiveDate;
use database::{Result, Tx, args};

database::queries! {
    /// The papers a row of the road map is proven by; they are about nobody in particular.
    OF_ROW = "
        SELECT p.id, p.title, p.number_text, p.registered_on, p.signed_on
        FROM papers p
        JOIN paper_rows r ON r.school_id = p.school_id AND r.paper_id = p.id
        WHERE p.school_id = $1 AND r.row_id = $2 AND p.person_id IS NULL AND p.cancelled_on IS NULL
        ORDER BY p.created_at, p.id";
    /// The papers that prove rows of the road map of a year: signed or registered, about nobody in particular, without
    /// anybody who has withdrawn.
    PROVING = "
        SELECT r.row_id, p.title, p.number_text, p.registered_on, p.signed_on, p.scan_id, p.final_id
        FROM paper_rows r
        JOIN papers p ON p.school_id = r.school_id AND p.id = r.paper_id
        JOIN roadmap_rows w ON w.school_id = r.school_id AND w.id = r.row_id
        JOIN programmes g ON g.school_id = w.school_id AND g.id = w.programme_id
        WHERE r.school_id = $1 AND g.school_year = $2 AND p.person_id IS NULL AND p.cancelled_on IS NULL
          AND (p.signed_on IS NOT NULL OR p.registered_on IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM paper_people m
                          JOIN persons h ON h.school_id = m.school_id AND h.id = m.person_id
                          WHERE m.school_id = p.school_id AND m.paper_id = p.id AND h.hidden_on IS NOT NULL)
        ORDER BY p.created_at, p.id";
    /// The rows of the road map of a year with the documents they expect.
    ROWS_OF_YEAR = "
        SELECT w.id, w.number, w.title, w.document_kind, p.state AS programme_state
        FROM roadmap_rows w
        JOIN programmes p ON p.school_id = w.school_id AND p.id = w.programme_id
        WHERE w.school_id = $1 AND p.school_year = $2
        ORDER BY w.position";
    /// The rows a paper proves.
    PROVEN_ROWS = "
        SELECT w.id, w.number, w.title, w.document_kind, p.state AS programme_state
        FROM paper_rows r
        JOIN roadmap_rows w ON w.school_id = r.school_id AND w.id = r.row_id
        JOIN programmes p ON p.school_id = w.school_id AND p.id = w.programme_id
        WHERE r.school_id = $1 AND r.paper_id = $2
        ORDER BY w.position";
    /// Says that a paper proves no row, before those it proves are named.
    CLEAR_ROWS = "DELETE FROM paper_rows WHERE school_id = $1 AND paper_id = $2";
    /// Says that a paper proves a row.
    INSERT_ROW = "INSERT INTO paper_rows (school_id, paper_id, row_id) VALUES ($1, $2, $3)";
}

database::record! {
    /// A paper of a row, without anybody's name.
    #[derive(Debug, Clone, PartialEq)]
    pub struct RowPaper {
        pub id: PaperId,
        pub title: String,
        pub number_text: String,
        pub registered_on: Option<NaiveDate>,
        pub signed_on: Option<NaiveDate>,
    }
}

database::record! {
    /// A paper that proves a row, with what is kept of it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ProvingPaper {
        pub row_id: ProvenRowId,
        pub title: String,
        pub number_text: String,
        pub registered_on: Option<NaiveDate>,
        pub signed_on: Option<NaiveDate>,
        pub scan_id: Option<FileId>,
        pub final_id: Option<FileId>,
    }
}

impl ProvingPaper {
    /// Returns «№ 45-ОД от 14.09.2026», or nothing before it is registered.
    pub fn registration(&self) -> Option<String> {
        registration(&self.number_text, self.registered_on)
    }
}

/// Returns the papers that prove rows of the road map of a year.
pub async fn proving(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Vec<ProvingPaper>> {
    tx.all(PROVING, args![school, year.start_year()]).await
}

/// Returns the papers a row is proven by.
pub async fn of_row(tx: &mut Tx, school: SchoolId, row: ProvenRowId) -> Result<Vec<RowPaper>> {
    tx.all(OF_ROW, args![school, row]).await
}

/// Returns the rows of the road map of a year.
pub async fn rows_of_year(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Vec<ProvenRow>> {
    tx.all(ROWS_OF_YEAR, args![school, year.start_year()]).await
}

/// Returns the rows a paper proves.
pub async fn proven_rows(tx: &mut Tx, school: SchoolId, paper: PaperId) -> Result<Vec<ProvenRow>> {
    tx.all(PROVEN_ROWS, args![school, paper]).await
}

/// Says which rows a paper proves.
pub async fn set_rows(tx: &mut Tx, school: SchoolId, paper: PaperId, rows: &[ProvenRowId]) -> Result<()> {
    tx.run(CLEAR_ROWS, args![school, paper]).await?;
    let rows = rows.iter().map(|row| args![school, paper, *row]).collect();
    tx.run_many(INSERT_ROW, rows).await.map(|_| ())
}

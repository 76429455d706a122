//! Uploads of lists and their rows.

use crate::{
    access::{SchoolId, UserId},
    people::{
        WithdrawnNames,
        import::model::{Counts, ImportState, ListFile, Outcome, RowPlan},
        model::{PeopleImportId, PersonId},
        reading::{Column, Section},
    },
    school_year::SchoolYear,
};
use chrono::{DateTime, Utc};
use database::{Json, Result, Tx, args};

database::queries! {
    /// Keeps an upload that is about to be read.
    INSERT_LISTS = "
        INSERT INTO people_imports (id, school_id, school_year, state, files, sections, summary, stamp, created_at, created_by, touched_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8, $9, $8)";
    /// One upload.
    LISTS = "
        SELECT id, school_year, state, files, sections, summary, stamp, created_at, touched_at, applied_at
        FROM people_imports
        WHERE id = $1 AND school_id = $2";
    /// Uploads of a school, the newest first.
    ALL_LISTS = "
        SELECT id, school_year, state, files, sections, summary, stamp, created_at, touched_at, applied_at
        FROM people_imports
        WHERE school_id = $1
        ORDER BY created_at DESC, id DESC
        LIMIT 10";
    /// Notes how far an upload is.
    SAVE_LISTS = "
        UPDATE people_imports SET state = $3, files = $4, sections = $5, summary = $6, stamp = $7, touched_at = $8
        WHERE id = $1 AND school_id = $2 AND applied_at IS NULL";
    /// Marks an upload as loaded, once.
    APPLY_LISTS = "
        UPDATE people_imports SET state = 'applied', summary = $3, applied_at = $4, touched_at = $4
        WHERE id = $1 AND school_id = $2 AND applied_at IS NULL";
    /// Notes what was done by loading an upload.
    SAVE_SUMMARY = "UPDATE people_imports SET summary = $3 WHERE id = $1 AND school_id = $2";
    /// Forgets an upload.
    DELETE_LISTS = "DELETE FROM people_imports WHERE id = $1 AND school_id = $2";
    /// Forgets uploads that nobody touched since a moment.
    DELETE_OLD_LISTS = "
        DELETE FROM people_imports
        WHERE school_id = $1 AND touched_at < $2
          AND NOT EXISTS (SELECT 1 FROM people_import_rows r WHERE r.import_id = people_imports.id AND r.school_id = $1)";
    /// Forgets the rows of uploads that nobody touched since a moment.
    DELETE_OLD_ROWS = "
        DELETE FROM people_import_rows
        WHERE school_id = $1
          AND import_id IN (SELECT i.id FROM people_imports i WHERE i.school_id = $1 AND i.touched_at < $2)";
    /// Keeps rows, or what was found about them.
    PUT_ROWS = "
        INSERT INTO people_import_rows (school_id, import_id, position, file, section, line, cells, outcome, reason, person_id, plan, choice)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (import_id, position) DO UPDATE
        SET outcome = excluded.outcome, reason = excluded.reason, person_id = excluded.person_id, plan = excluded.plan,
            choice = excluded.choice";
    /// Rows after a place, in their order.
    ROWS = "
        SELECT position, file, section, line, cells, outcome, reason, person_id, plan, choice
        FROM people_import_rows
        WHERE school_id = $1 AND import_id = $2 AND position > $3
        ORDER BY position
        LIMIT $4";
    /// A page of the rows of one outcome.
    ROWS_OF = "
        SELECT position, file, section, line, cells, outcome, reason, person_id, plan, choice
        FROM people_import_rows
        WHERE school_id = $1 AND import_id = $2 AND outcome = $3
        ORDER BY position
        LIMIT $4 OFFSET $5";
    /// Keeps what a person decided about a row.
    SET_CHOICE = "
        UPDATE people_import_rows SET choice = $4
        WHERE school_id = $1 AND import_id = $2 AND position = $3 AND outcome = 'unclear'";
    /// Forgets the rows of an upload; those that were not taken stay until they are downloaded.
    DELETE_TAKEN_ROWS = "
        DELETE FROM people_import_rows
        WHERE school_id = $1 AND import_id = $2 AND NOT (outcome = 'failed' OR (outcome = 'unclear' AND choice = ''))";
    /// Forgets all rows of an upload.
    DELETE_ROWS = "DELETE FROM people_import_rows WHERE school_id = $1 AND import_id = $2";
    /// What columns were taken for by a person.
    COLUMNS = "SELECT header_key, meaning FROM people_import_columns WHERE school_id = $1";
    /// Remembers what a column was taken for.
    REMEMBER_COLUMN = "
        INSERT INTO people_import_columns (school_id, header_key, meaning)
        VALUES ($1, $2, $3)
        ON CONFLICT (school_id, header_key) DO UPDATE SET meaning = excluded.meaning";
}

database::record! {
    /// An upload.
    #[derive(Debug, Clone)]
    pub struct Lists {
        pub id: PeopleImportId,
        pub school_year: i64,
        pub state: ImportState,
        pub files: Json<Vec<ListFile>>,
        pub sections: Json<Vec<Section>>,
        pub summary: Json<Counts>,
        pub stamp: String,
        pub created_at: DateTime<Utc>,
        pub touched_at: DateTime<Utc>,
        pub applied_at: Option<DateTime<Utc>>,
    }

    /// A row of an upload.
    #[derive(Debug, Clone)]
    pub struct ListRow {
        pub position: i64,
        pub file: i64,
        pub section: i64,
        pub line: i64,
        pub cells: Json<Vec<String>>,
        pub outcome: Outcome,
        pub reason: String,
        pub person_id: Option<PersonId>,
        pub plan: Json<RowPlan>,
        pub choice: String,
    }
}

impl ListRow {
    /// Tells whether the row names somebody of whom nothing is shown.
    pub fn names_any(&self, withdrawn: &WithdrawnNames) -> bool {
        self.outcome != Outcome::Withdrawn
            && (self.cells.0.iter().any(|cell| withdrawn.are_in(cell)) || withdrawn.are_in(&self.cells.0.join(" ")))
    }
}

impl Lists {
    /// Returns the school year the lists are for.
    pub fn year(&self) -> Option<SchoolYear> {
        i32::try_from(self.school_year).ok().and_then(SchoolYear::starting_in)
    }
}

fn json<T: serde::Serialize>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Keeps an upload that is about to be read.
pub async fn insert_lists(
    tx: &mut Tx,
    (school, id): (SchoolId, PeopleImportId),
    (year, files): (SchoolYear, &[ListFile]),
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let nothing: [Section; 0] = [];
    let state = ImportState::Reading;
    let facts =
        args![id, school, year.start_year(), state, json(&files), json(&nothing), json(&Counts::default()), now, by];
    tx.run(INSERT_LISTS, facts).await.map(|_| ())
}

/// Returns an upload.
pub async fn lists(tx: &mut Tx, school: SchoolId, id: PeopleImportId) -> Result<Lists> {
    tx.one(LISTS, args![id, school]).await
}

/// Returns the newest uploads, at most ten.
pub async fn all_lists(tx: &mut Tx, school: SchoolId) -> Result<Vec<Lists>> {
    tx.all(ALL_LISTS, args![school]).await
}

/// Notes how far an upload is; `false` when it was loaded already or is gone.
pub async fn save_lists(tx: &mut Tx, school: SchoolId, lists: &Lists, now: DateTime<Utc>) -> Result<bool> {
    let Lists { id, state, files, sections, summary, stamp, .. } = lists;
    let facts = args![*id, school, *state, json(&files.0), json(&sections.0), json(&summary.0), stamp, now];
    Ok(tx.run(SAVE_LISTS, facts).await? == 1)
}

/// Marks an upload as loaded; `false` when it was already.
pub async fn apply_lists(tx: &mut Tx, school: SchoolId, lists: &Lists, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(APPLY_LISTS, args![lists.id, school, json(&lists.summary.0), now]).await? == 1)
}

/// Notes what was done by loading an upload.
pub async fn apply_summary(tx: &mut Tx, school: SchoolId, lists: &Lists) -> Result<()> {
    tx.run(SAVE_SUMMARY, args![lists.id, school, json(&lists.summary.0)]).await.map(|_| ())
}

/// Forgets an upload with its rows.
pub async fn delete_lists(tx: &mut Tx, school: SchoolId, id: PeopleImportId) -> Result<()> {
    tx.run(DELETE_ROWS, args![school, id]).await?;
    tx.run(DELETE_LISTS, args![id, school]).await.map(|_| ())
}

/// Forgets what was left of uploads that nobody touched since a moment.
pub async fn forget_lists_before(tx: &mut Tx, school: SchoolId, moment: DateTime<Utc>) -> Result<()> {
    tx.run(DELETE_OLD_ROWS, args![school, moment]).await?;
    tx.run(DELETE_OLD_LISTS, args![school, moment]).await.map(|_| ())
}

/// Keeps rows, or what was found about them.
pub async fn put_rows(tx: &mut Tx, (school, id): (SchoolId, PeopleImportId), rows: &[ListRow]) -> Result<()> {
    let facts = |row: &ListRow| {
        args![
            school,
            id,
            row.position,
            row.file,
            row.section,
            row.line,
            json(&row.cells.0),
            row.outcome,
            &row.reason,
            row.person_id,
            json(&row.plan.0),
            &row.choice,
        ]
    };
    tx.run_many(PUT_ROWS, rows.iter().map(facts).collect()).await.map(|_| ())
}

/// Returns rows after a place.
pub async fn rows(
    tx: &mut Tx,
    (school, id): (SchoolId, PeopleImportId),
    after: i64,
    most: i64,
) -> Result<Vec<ListRow>> {
    tx.all(ROWS, args![school, id, after, most]).await
}

/// Returns a page of the rows of an outcome.
pub async fn rows_of(
    tx: &mut Tx,
    (school, id): (SchoolId, PeopleImportId),
    outcome: Outcome,
    (most, skip): (i64, i64),
) -> Result<Vec<ListRow>> {
    tx.all(ROWS_OF, args![school, id, outcome, most, skip]).await
}

/// Keeps what a person decided about an unclear row; `false` when there is none.
pub async fn set_choice(
    tx: &mut Tx,
    (school, id): (SchoolId, PeopleImportId),
    position: i64,
    choice: &str,
) -> Result<bool> {
    Ok(tx.run(SET_CHOICE, args![school, id, position, choice]).await? == 1)
}

/// Forgets rows that were taken, or all of them.
pub async fn delete_rows(tx: &mut Tx, (school, id): (SchoolId, PeopleImportId), all: bool) -> Result<()> {
    tx.run(if all { DELETE_ROWS } else { DELETE_TAKEN_ROWS }, args![school, id]).await.map(|_| ())
}

/// Returns what columns were taken for before.
pub async fn columns(tx: &mut Tx, school: SchoolId) -> Result<Vec<(String, Column)>> {
    tx.all(COLUMNS, args![school]).await
}

/// Remembers what a column was taken for.
pub async fn remember_column(tx: &mut Tx, school: SchoolId, key: &str, column: Column) -> Result<()> {
    tx.run(REMEMBER_COLUMN, args![school, key, column]).await.map(|_| ())
}

//! The tables of programmes and road maps, written. What reads stands in `queries.rs`.

use super::model::{
    DocumentId, ImportId, NoteId, Origin, Part, ProgrammeId, ReadingId, Row, RowId, SectionId, Snapshot, StoredDoubt,
    TaskId,
};
use super::{indicator::Rule, term::Term};
use crate::{
    access::{SchoolId, UserId},
    files::FileId,
    school_year::SchoolYear,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args, fold};
use serde::Serialize;

database::queries! {
    /// Adds a programme as a draft.
    INSERT_PROGRAMME = "
        INSERT INTO programmes (id, school_id, school_year, title, state, origin, created_at, version)
        VALUES ($1, $2, $3, $4, 'draft', $5, $6, 1)";
    /// Starts a draft.
    START_PROGRAMME = "
        UPDATE programmes
        SET state = 'running', started_at = $3, version = version + 1
        WHERE id = $1 AND school_id = $2 AND state = 'draft'";
    /// Adds a section.
    INSERT_SECTION = "
        INSERT INTO roadmap_sections (id, school_id, programme_id, position, number, title)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Adds a row.
    INSERT_ROW = "
        INSERT INTO roadmap_rows (id, school_id, programme_id, section_id, position, number, title, search_text, term_text,
                                  term, starts_on, due_on, term_settled, expected_result, document_kind, indicator_text,
                                  rules, doubts, remark, version)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, FALSE, $13, $14, $15, $16, $17, $18, 1)";
    /// Saves everything about a row that people edit, if nobody saved it since `version`.
    UPDATE_ROW = "
        UPDATE roadmap_rows
        SET number = $4, title = $5, search_text = $6, term_text = $7, term = $8, starts_on = $9, due_on = $10,
            term_settled = $11, expected_result = $12, document_kind = $13, indicator_text = $14, rules = $15,
            done_on = $16, confirmed_at = $17, confirmed_by = $18, unproven_reason = $19, accepted_at = $20,
            accepted_by = $21, cancelled_on = $22, cancel_reason = $23, doubts = $24, version = version + 1
        WHERE id = $1 AND school_id = $2 AND version = $3";
    /// Takes all responsibles of a row away, before the new ones are named.
    CLEAR_RESPONSIBLES = "DELETE FROM row_responsibles WHERE row_id = $1 AND school_id = $2";
    /// Names a responsible.
    INSERT_RESPONSIBLE = "
        INSERT INTO row_responsibles (school_id, row_id, position, label, post, user_id)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Gives a post of a programme to a person.
    SET_POST = "
        INSERT INTO programme_posts (programme_id, school_id, post, user_id)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (programme_id, post) DO UPDATE SET user_id = excluded.user_id";
    /// Leaves a post of a programme vacant.
    CLEAR_POST = "DELETE FROM programme_posts WHERE programme_id = $1 AND school_id = $2 AND post = $3";
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
    /// Adds a task.
    INSERT_TASK = "
        INSERT INTO row_tasks (id, school_id, row_id, text, due_on, user_id, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Marks an open task as done.
    FINISH_TASK = "
        UPDATE row_tasks
        SET done_at = $4, done_by = $5
        WHERE id = $1 AND row_id = $2 AND school_id = $3 AND done_at IS NULL
        RETURNING text";
    /// Opens a task again.
    REOPEN_TASK = "
        UPDATE row_tasks
        SET done_at = NULL, done_by = NULL
        WHERE id = $1 AND row_id = $2 AND school_id = $3 AND done_at IS NOT NULL
        RETURNING text";
    /// Adds a note.
    INSERT_NOTE = "
        INSERT INTO row_notes (id, school_id, row_id, text, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Adds a document without versions.
    INSERT_DOCUMENT = "
        INSERT INTO row_documents (id, school_id, row_id, title, created_at)
        VALUES ($1, $2, $3, $4, $5)";
    /// The title of a document of a row and the number of its newest version.
    DOCUMENT_TITLE = "
        SELECT d.title, COALESCE((SELECT MAX(v.version) FROM row_document_versions v WHERE v.document_id = d.id), 0)
        FROM row_documents d
        WHERE d.id = $1 AND d.row_id = $2 AND d.school_id = $3 AND d.removed_at IS NULL";
    /// Adds a version of a document.
    INSERT_VERSION = "
        INSERT INTO row_document_versions (school_id, document_id, version, file_id, added_at, added_by)
        VALUES ($1, $2, $3, $4, $5, $6)";
    /// Takes a document off a row; its versions stay.
    REMOVE_DOCUMENT = "
        UPDATE row_documents
        SET removed_at = $4
        WHERE id = $1 AND row_id = $2 AND school_id = $3 AND removed_at IS NULL
        RETURNING title";
    /// Keeps a road map that was read, until somebody decides.
    INSERT_IMPORT = "
        INSERT INTO roadmap_imports (id, school_id, school_year, source_name, tables, mapping, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    /// Keeps the corrected mapping of a road map that waits.
    SET_MAPPING = "
        UPDATE roadmap_imports SET mapping = $3, school_year = $4
        WHERE id = $1 AND school_id = $2 AND applied_at IS NULL";
    /// Marks a road map as taken over into a programme, once.
    APPLY_IMPORT = "
        UPDATE roadmap_imports
        SET applied_at = $3, programme_id = $4
        WHERE id = $1 AND school_id = $2 AND applied_at IS NULL";
    /// Forgets road maps that were read before a moment and never taken over.
    FORGET_IMPORTS_BEFORE = "DELETE FROM roadmap_imports WHERE school_id = $1 AND applied_at IS NULL AND created_at < $2";
    /// The parts of a draft, in the order in which they can be deleted.
    DROP_RESPONSIBLES = "
        DELETE FROM row_responsibles
        WHERE school_id = $2 AND row_id IN (SELECT id FROM roadmap_rows WHERE programme_id = $1)";
    DROP_ROWS = "DELETE FROM roadmap_rows WHERE programme_id = $1 AND school_id = $2";
    DROP_SECTIONS = "DELETE FROM roadmap_sections WHERE programme_id = $1 AND school_id = $2";
    DROP_POSTS = "DELETE FROM programme_posts WHERE programme_id = $1 AND school_id = $2";
    FORGET_IMPORTS = "
        UPDATE roadmap_imports SET programme_id = NULL, applied_at = NULL WHERE programme_id = $1 AND school_id = $2";
    DROP_PROGRAMME = "DELETE FROM programmes WHERE id = $1 AND school_id = $2 AND state = 'draft'";
}

fn json<T: Serialize + ?Sized>(value: &T) -> serde_json::Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// Adds a programme as a draft; [`database::Error::Taken`] when the school year has one.
pub async fn insert_programme(
    tx: &mut Tx,
    school: SchoolId,
    (year, title, origin): (SchoolYear, &str, Origin),
    now: DateTime<Utc>,
) -> Result<ProgrammeId> {
    let id = ProgrammeId::fresh();
    tx.run(INSERT_PROGRAMME, args![id, school, year.start_year(), title, origin, now]).await?;
    Ok(id)
}

/// Starts a draft; `false` when it is none.
pub async fn start_programme(tx: &mut Tx, school: SchoolId, id: ProgrammeId, now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(START_PROGRAMME, args![id, school, now]).await? == 1)
}

/// Deletes a draft with everything in it; `false` when it is none.
pub async fn drop_draft(tx: &mut Tx, school: SchoolId, id: ProgrammeId) -> Result<bool> {
    for sql in [FORGET_IMPORTS, DROP_RESPONSIBLES, DROP_ROWS, DROP_SECTIONS, DROP_POSTS] {
        tx.run(sql, args![id, school]).await?;
    }
    Ok(tx.run(DROP_PROGRAMME, args![id, school]).await? == 1)
}

/// Adds a section.
pub async fn insert_section(
    tx: &mut Tx,
    (school, programme): (SchoolId, ProgrammeId),
    position: i64,
    number: &str,
    title: &str,
) -> Result<SectionId> {
    let id = SectionId::fresh();
    tx.run(INSERT_SECTION, args![id, school, programme, position, number, title]).await?;
    Ok(id)
}

/// A row to be added.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    pub section: SectionId,
    pub position: i64,
    pub number: &'a str,
    pub title: &'a str,
    pub term_text: &'a str,
    pub term: &'a Term,
    pub expected_result: &'a str,
    pub document_kind: &'a str,
    pub indicator_text: &'a str,
    pub rules: &'a [Rule],
    pub doubts: &'a [StoredDoubt],
    pub remark: &'a str,
}

/// Returns everything of a row that the search looks through, folded.
fn search_text(parts: &[&str]) -> String {
    fold(&parts.join(" "))
}

/// Adds a row; its days follow from the term and the year.
pub async fn insert_row(
    tx: &mut Tx,
    (school, programme): (SchoolId, ProgrammeId),
    year: SchoolYear,
    new: &NewRow<'_>,
) -> Result<RowId> {
    let id = RowId::fresh();
    let window = new.term.window(year);
    let facts = args![
        id,
        school,
        programme,
        new.section,
        new.position,
        new.number,
        new.title,
        search_text(&[new.number, new.title, new.expected_result, new.document_kind, new.indicator_text]),
        new.term_text,
        json(new.term),
        window.map(|window| window.from),
        window.map(|window| window.to),
        new.expected_result,
        new.document_kind,
        new.indicator_text,
        json(new.rules),
        json(new.doubts),
        new.remark,
    ];
    tx.run(INSERT_ROW, facts).await?;
    Ok(id)
}

/// Saves a row; `false` when somebody saved it since `row.version`.
pub async fn update_row(tx: &mut Tx, school: SchoolId, row: &Row) -> Result<bool> {
    let facts = args![
        row.id,
        school,
        row.version,
        &row.number,
        &row.title,
        search_text(&[&row.number, &row.title, &row.expected_result, &row.document_kind, &row.indicator_text]),
        &row.term_text,
        json(&row.term.0),
        row.starts_on,
        row.due_on,
        row.term_settled,
        &row.expected_result,
        &row.document_kind,
        &row.indicator_text,
        json(&row.rules.0),
        row.done_on,
        row.confirmed_at,
        row.confirmed_by,
        row.unproven_reason.as_deref(),
        row.accepted_at,
        row.accepted_by,
        row.cancelled_on,
        row.cancel_reason.as_deref(),
        json(&row.doubts.0),
    ];
    Ok(tx.run(UPDATE_ROW, facts).await? == 1)
}

/// A responsible to be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewResponsible {
    pub label: String,
    pub post: Option<String>,
    pub user: Option<UserId>,
}

/// Names who answers for a row, in place of whoever did.
pub async fn set_responsibles(tx: &mut Tx, school: SchoolId, row: RowId, list: &[NewResponsible]) -> Result<()> {
    tx.run(CLEAR_RESPONSIBLES, args![row, school]).await?;
    for (position, new) in (0_i64..).zip(list) {
        tx.run(INSERT_RESPONSIBLE, args![school, row, position, &new.label, new.post.as_deref(), new.user]).await?;
    }
    Ok(())
}

/// Gives a post of a programme to a person, or leaves it vacant.
pub async fn set_post(
    tx: &mut Tx,
    (school, programme): (SchoolId, ProgrammeId),
    post: &str,
    holder: Option<UserId>,
) -> Result<()> {
    match holder {
        Some(user) => tx.run(SET_POST, args![programme, school, post, user]).await?,
        None => tx.run(CLEAR_POST, args![programme, school, post]).await?,
    };
    Ok(())
}

/// A value to be entered by hand.
#[derive(Debug, Clone)]
pub struct NewReading {
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
        ReadingId::fresh(),
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

/// A task to be added.
#[derive(Debug, Clone)]
pub struct NewTask {
    pub text: String,
    pub due_on: Option<NaiveDate>,
    pub user: Option<UserId>,
}

/// Adds a task.
pub async fn insert_task(
    tx: &mut Tx,
    (school, row): (SchoolId, RowId),
    new: &NewTask,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<TaskId> {
    let id = TaskId::fresh();
    tx.run(INSERT_TASK, args![id, school, row, &new.text, new.due_on, new.user, now, by]).await?;
    Ok(id)
}

/// Marks a task as done and returns its text; nothing when it was done already.
pub async fn finish_task(
    tx: &mut Tx,
    (school, row): (SchoolId, RowId),
    task: TaskId,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    Ok(tx.maybe::<(String,)>(FINISH_TASK, args![task, row, school, now, by]).await?.map(|(text,)| text))
}

/// Opens a task again and returns its text; nothing when it was open.
pub async fn reopen_task(tx: &mut Tx, (school, row): (SchoolId, RowId), task: TaskId) -> Result<Option<String>> {
    Ok(tx.maybe::<(String,)>(REOPEN_TASK, args![task, row, school]).await?.map(|(text,)| text))
}

/// Adds a note.
pub async fn insert_note(
    tx: &mut Tx,
    (school, row): (SchoolId, RowId),
    text: &str,
    by: UserId,
    now: DateTime<Utc>,
) -> Result<()> {
    tx.run(INSERT_NOTE, args![NoteId::fresh(), school, row, text, now, by]).await.map(|_| ())
}

/// Adds a document that has no version yet.
pub async fn insert_document(
    tx: &mut Tx,
    (school, row): (SchoolId, RowId),
    title: &str,
    now: DateTime<Utc>,
) -> Result<DocumentId> {
    let id = DocumentId::fresh();
    tx.run(INSERT_DOCUMENT, args![id, school, row, title, now]).await?;
    Ok(id)
}

/// Adds the next version of a document and returns its title and number.
pub async fn add_version(
    tx: &mut Tx,
    (school, row): (SchoolId, RowId),
    (document, file): (DocumentId, FileId),
    by: UserId,
    now: DateTime<Utc>,
) -> Result<(String, i64)> {
    let (title, newest): (String, i64) = tx.one(DOCUMENT_TITLE, args![document, row, school]).await?;
    let version = newest + 1;
    tx.run(INSERT_VERSION, args![school, document, version, file, now, by]).await?;
    Ok((title, version))
}

/// Takes a document off a row and returns its title.
pub async fn remove_document(
    tx: &mut Tx,
    (school, row): (SchoolId, RowId),
    document: DocumentId,
    now: DateTime<Utc>,
) -> Result<String> {
    tx.one::<(String,)>(REMOVE_DOCUMENT, args![document, row, school, now]).await.map(|(title,)| title)
}

/// A road map that was read and waits for a decision.
pub struct NewImport<'a> {
    pub year: SchoolYear,
    pub source_name: &'a str,
    pub tables: &'a [documents::tables::Table],
    pub mapping: serde_json::Value,
}

/// Keeps a road map that was read.
pub async fn insert_import(
    tx: &mut Tx,
    school: SchoolId,
    new: &NewImport<'_>,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<ImportId> {
    let id = ImportId::fresh();
    let facts =
        args![id, school, new.year.start_year(), new.source_name, json(new.tables), new.mapping.clone(), now, by,];
    tx.run(INSERT_IMPORT, facts).await?;
    Ok(id)
}

/// Forgets road maps that were read before a moment and never taken over.
pub async fn forget_imports_before(tx: &mut Tx, school: SchoolId, moment: DateTime<Utc>) -> Result<()> {
    tx.run(FORGET_IMPORTS_BEFORE, args![school, moment]).await.map(|_| ())
}

/// Keeps the corrected mapping and year of a road map that waits; `false` when it was taken over already.
pub async fn set_mapping(
    tx: &mut Tx,
    school: SchoolId,
    id: ImportId,
    mapping: serde_json::Value,
    year: SchoolYear,
) -> Result<bool> {
    Ok(tx.run(SET_MAPPING, args![id, school, mapping, year.start_year()]).await? == 1)
}

/// Marks a road map as taken over; `false` when it was already.
pub async fn apply_import(
    tx: &mut Tx,
    school: SchoolId,
    id: ImportId,
    programme: ProgrammeId,
    now: DateTime<Utc>,
) -> Result<bool> {
    Ok(tx.run(APPLY_IMPORT, args![id, school, now, programme]).await? == 1)
}

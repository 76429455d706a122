//! The tables of programmes and road maps, read.
//!
//! What writes stands in `writes.rs`. Every statement names the school: a row of another school is a row that does not
//! exist (security rule 1).

use super::model::{
    DocumentId, DocumentVersion, HandReading, ImportId, Note, PostHolder, Programme, ProgrammeId, RecordCounts,
    Responsible, Row, RowId, Section, Snapshot, Task,
};
use crate::{access::SchoolId, files::FileId, school_year::SchoolYear};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Json, Result, Tx, args, fold};

database::queries! {
    /// The programmes of a school, the newest year first.
    PROGRAMMES = "
        SELECT id, school_year, title, state, origin, created_at, started_at, version
        FROM programmes
        WHERE school_id = $1
        ORDER BY school_year DESC";
    /// One programme.
    PROGRAMME = "
        SELECT id, school_year, title, state, origin, created_at, started_at, version
        FROM programmes
        WHERE id = $1 AND school_id = $2";
    /// The programme of a school year.
    PROGRAMME_OF_YEAR = "
        SELECT id, school_year, title, state, origin, created_at, started_at, version
        FROM programmes
        WHERE school_id = $1 AND school_year = $2";
    /// Running programmes of all schools, for the daily snapshots.
    RUNNING = "SELECT school_id, id FROM programmes WHERE state = 'running' ORDER BY id";
    /// The sections of a programme.
    SECTIONS = "
        SELECT id, position, number, title
        FROM roadmap_sections
        WHERE programme_id = $1 AND school_id = $2
        ORDER BY position";
    /// The rows of a programme.
    ROWS = "
        SELECT id, programme_id, section_id, position, number, title, term_text, term, starts_on, due_on, term_settled,
               expected_result, document_kind, indicator_text, rules, doubts, remark, done_on, confirmed_at, confirmed_by,
               unproven_reason, accepted_at, accepted_by, cancelled_on, cancel_reason, version
        FROM roadmap_rows
        WHERE programme_id = $1 AND school_id = $2
        ORDER BY position";
    /// One row.
    ROW = "
        SELECT id, programme_id, section_id, position, number, title, term_text, term, starts_on, due_on, term_settled,
               expected_result, document_kind, indicator_text, rules, doubts, remark, done_on, confirmed_at, confirmed_by,
               unproven_reason, accepted_at, accepted_by, cancelled_on, cancel_reason, version
        FROM roadmap_rows
        WHERE id = $1 AND school_id = $2";
    /// Who answers for the rows of a programme: the person named for the row, else the holder of the post.
    RESPONSIBLES = "
        SELECT r.row_id, r.position, r.label, r.post, COALESCE(r.user_id, p.user_id) AS user_id,
               u.full_name AS user_name, (r.user_id IS NOT NULL) AS is_personal
        FROM row_responsibles r
        JOIN roadmap_rows w ON w.id = r.row_id
        LEFT JOIN programme_posts p ON p.programme_id = w.programme_id AND p.post = r.post
        LEFT JOIN users u ON u.id = COALESCE(r.user_id, p.user_id)
        WHERE w.programme_id = $1 AND r.school_id = $2
        ORDER BY r.row_id, r.position";
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
    /// How many records each row of a programme has.
    COUNTS = "
        SELECT w.id AS row_id,
               (SELECT COUNT(*) FROM row_documents d WHERE d.row_id = w.id AND d.removed_at IS NULL) AS documents,
               (SELECT COUNT(*) FROM row_tasks t WHERE t.row_id = w.id) AS tasks,
               (SELECT COUNT(*) FROM row_tasks t WHERE t.row_id = w.id AND t.done_at IS NULL) AS tasks_open,
               (SELECT COUNT(*) FROM row_notes n WHERE n.row_id = w.id) AS notes
        FROM roadmap_rows w
        WHERE w.programme_id = $1 AND w.school_id = $2";
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
    /// The tasks of a row, open ones first.
    TASKS = "
        SELECT t.id, t.row_id, t.text, t.due_on, u.full_name AS user_name, t.done_at, d.full_name AS done_by_name
        FROM row_tasks t
        LEFT JOIN users u ON u.id = t.user_id
        LEFT JOIN users d ON d.id = t.done_by
        WHERE t.row_id = $1 AND t.school_id = $2
        ORDER BY t.done_at NULLS FIRST, t.due_on NULLS LAST, t.id";
    /// The notes of a row, the newest first.
    NOTES = "
        SELECT n.id, n.text, n.created_at, u.full_name AS author
        FROM row_notes n
        JOIN users u ON u.id = n.created_by
        WHERE n.row_id = $1 AND n.school_id = $2
        ORDER BY n.created_at DESC, n.id DESC";
    /// The documents of a row with all their versions, the newest version first.
    DOCUMENTS = "
        SELECT d.id AS document_id, d.title, v.version, v.file_id, f.name AS file_name, f.size, f.sha256, v.added_at,
               u.full_name AS added_by_name
        FROM row_documents d
        JOIN row_document_versions v ON v.document_id = d.id
        JOIN files f ON f.id = v.file_id
        JOIN users u ON u.id = v.added_by
        WHERE d.row_id = $1 AND d.school_id = $2 AND d.removed_at IS NULL
        ORDER BY d.created_at, d.id, v.version DESC";
    /// The file of one version of a document of a row.
    DOCUMENT_FILE = "
        SELECT v.file_id
        FROM row_documents d
        JOIN row_document_versions v ON v.document_id = d.id
        WHERE d.id = $1 AND d.row_id = $2 AND d.school_id = $3 AND v.version = $4";
    /// Who holds the posts of a programme.
    POSTS = "
        SELECT post, user_id
        FROM programme_posts
        WHERE programme_id = $1 AND school_id = $2
        ORDER BY post";
    /// Rows whose text, notes, tasks or documents hold a folded piece of text.
    SEARCH = "
        SELECT w.id, w.number, w.title, p.school_year
        FROM roadmap_rows w
        JOIN programmes p ON p.id = w.programme_id
        WHERE w.school_id = $1 AND w.search_text LIKE '%' || $2 || '%'
        ORDER BY p.school_year DESC, w.position
        LIMIT $3";
    /// Road maps that wait for a decision, the newest first.
    WAITING_IMPORTS = "
        SELECT id, school_year, source_name, created_at
        FROM roadmap_imports
        WHERE school_id = $1 AND applied_at IS NULL
        ORDER BY created_at DESC, id DESC
        LIMIT 10";
    /// A road map that waits for a decision.
    IMPORT = "
        SELECT id, school_year, source_name, tables, mapping, programme_id
        FROM roadmap_imports
        WHERE id = $1 AND school_id = $2";
}

database::record! {
    /// A row found by the search.
    #[derive(Debug, Clone)]
    pub struct FoundRow {
        pub id: RowId,
        pub number: String,
        pub title: String,
        pub school_year: i64,
    }

    /// A road map that waits for a decision, in a list.
    #[derive(Debug, Clone)]
    pub struct WaitingImport {
        pub id: ImportId,
        pub school_year: i64,
        pub source_name: String,
        pub created_at: DateTime<Utc>,
    }

    /// A road map read from a file, not yet decided upon.
    #[derive(Debug, Clone)]
    pub struct ImportRecord {
        pub id: ImportId,
        pub school_year: i64,
        pub source_name: String,
        pub tables: Json<Vec<documents::tables::Table>>,
        pub mapping: Json<serde_json::Value>,
        pub programme_id: Option<ProgrammeId>,
    }
}

/// Returns the programmes of a school, the newest year first.
pub async fn programmes(tx: &mut Tx, school: SchoolId) -> Result<Vec<Programme>> {
    tx.all(PROGRAMMES, args![school]).await
}

/// Returns a programme of the school.
pub async fn programme(tx: &mut Tx, school: SchoolId, id: ProgrammeId) -> Result<Programme> {
    tx.one(PROGRAMME, args![id, school]).await
}

/// Returns the programme of a school year, if there is one.
pub async fn programme_of_year(tx: &mut Tx, school: SchoolId, year: SchoolYear) -> Result<Option<Programme>> {
    tx.maybe(PROGRAMME_OF_YEAR, args![school, year.start_year()]).await
}

/// Returns the running programmes of all schools.
pub async fn running(tx: &mut Tx) -> Result<Vec<(SchoolId, ProgrammeId)>> {
    tx.all(RUNNING, args![]).await
}

/// Returns the sections of a programme in order.
pub async fn sections(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<Section>> {
    tx.all(SECTIONS, args![programme, school]).await
}

/// Returns the rows of a programme in order.
pub async fn rows(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<Row>> {
    tx.all(ROWS, args![programme, school]).await
}

/// Returns a row of the school.
pub async fn row(tx: &mut Tx, school: SchoolId, id: RowId) -> Result<Row> {
    tx.one(ROW, args![id, school]).await
}

/// Returns who answers for the rows of a programme.
pub async fn responsibles(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<Responsible>> {
    tx.all(RESPONSIBLES, args![programme, school]).await
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

/// Returns how many records each row of a programme has.
pub async fn counts(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<RecordCounts>> {
    tx.all(COUNTS, args![programme, school]).await
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

/// Returns the tasks of a row, open ones first.
pub async fn tasks(tx: &mut Tx, school: SchoolId, row: RowId) -> Result<Vec<Task>> {
    tx.all(TASKS, args![row, school]).await
}

/// Returns the notes of a row, the newest first.
pub async fn notes(tx: &mut Tx, school: SchoolId, row: RowId) -> Result<Vec<Note>> {
    tx.all(NOTES, args![row, school]).await
}

/// Returns the documents of a row, every version, the newest version first.
pub async fn documents(tx: &mut Tx, school: SchoolId, row: RowId) -> Result<Vec<DocumentVersion>> {
    tx.all(DOCUMENTS, args![row, school]).await
}

/// Returns the file of a version of a document of a row.
pub async fn document_file(
    tx: &mut Tx,
    school: SchoolId,
    row: RowId,
    (document, version): (DocumentId, i64),
) -> Result<FileId> {
    tx.one::<(FileId,)>(DOCUMENT_FILE, args![document, row, school, version]).await.map(|(file,)| file)
}

/// Returns who holds the posts of a programme.
pub async fn posts(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<PostHolder>> {
    tx.all(POSTS, args![programme, school]).await
}

/// Returns rows whose text holds `needle`, at most `most`.
pub async fn search(tx: &mut Tx, school: SchoolId, needle: &str, most: i64) -> Result<Vec<FoundRow>> {
    // `%` and `_` are ordinary characters for people.
    let needle = fold(needle).replace(['%', '_'], " ");
    tx.all(SEARCH, args![school, needle, most]).await
}

/// Returns the road maps that wait for a decision, the newest first, at most ten.
pub async fn waiting_imports(tx: &mut Tx, school: SchoolId) -> Result<Vec<WaitingImport>> {
    tx.all(WAITING_IMPORTS, args![school]).await
}

/// Returns a road map that was read and waits for a decision.
pub async fn import(tx: &mut Tx, school: SchoolId, id: ImportId) -> Result<ImportRecord> {
    tx.one(IMPORT, args![id, school]).await
}

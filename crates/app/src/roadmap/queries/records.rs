//! Tasks, notes and documents of a row.

use crate::{
    access::{SchoolId, UserId},
    files::FileId,
    roadmap::model::{DocumentId, DocumentVersion, Note, NoteId, ProgrammeId, RowDocument, RowId, Task, TaskId},
};
use chrono::{DateTime, NaiveDate, Utc};
use database::{Result, Tx, args, fold};

database::queries! {
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
    /// The newest version of every document of a programme's rows, in the order of the rows' documents.
    NEWEST_DOCUMENTS = "
        SELECT d.row_id, d.title, v.version, v.file_id, v.added_at
        FROM row_documents d
        JOIN roadmap_rows r ON r.id = d.row_id
        JOIN row_document_versions v ON v.document_id = d.id
        WHERE d.school_id = $1 AND r.programme_id = $2 AND d.removed_at IS NULL
          AND v.version = (SELECT MAX(n.version) FROM row_document_versions n WHERE n.document_id = d.id)
        ORDER BY d.created_at, d.id";
    /// The file of one version of a document of a row.
    DOCUMENT_FILE = "
        SELECT v.file_id
        FROM row_documents d
        JOIN row_document_versions v ON v.document_id = d.id
        WHERE d.id = $1 AND d.row_id = $2 AND d.school_id = $3 AND d.removed_at IS NULL AND v.version = $4";
    /// Adds a task.
    INSERT_TASK = "
        INSERT INTO row_tasks (id, school_id, row_id, text, search_text, due_on, user_id, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
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
        INSERT INTO row_notes (id, school_id, row_id, text, search_text, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    /// Adds a document without versions.
    INSERT_DOCUMENT = "
        INSERT INTO row_documents (id, school_id, row_id, title, search_text, created_at)
        VALUES ($1, $2, $3, $4, $5, $6)";
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

/// Returns the newest version of every document of a programme's rows.
pub async fn newest_documents(tx: &mut Tx, school: SchoolId, programme: ProgrammeId) -> Result<Vec<RowDocument>> {
    tx.all(NEWEST_DOCUMENTS, args![school, programme]).await
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

/// A task to be added.
#[derive(Debug, Clone)]
pub struct NewTask {
    /// Made with the form: the same form sent twice is one task.
    pub id: TaskId,
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
) -> Result<()> {
    let facts = args![new.id, school, row, &new.text, fold(&new.text), new.due_on, new.user, now, by];
    tx.run(INSERT_TASK, facts).await.map(|_| ())
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
    (id, text): (NoteId, &str),
    by: UserId,
    now: DateTime<Utc>,
) -> Result<()> {
    tx.run(INSERT_NOTE, args![id, school, row, text, fold(text), now, by]).await.map(|_| ())
}

/// Adds a document that has no version yet.
pub async fn insert_document(
    tx: &mut Tx,
    (school, row): (SchoolId, RowId),
    (id, title): (DocumentId, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    tx.run(INSERT_DOCUMENT, args![id, school, row, title, fold(title), now]).await.map(|_| ())
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

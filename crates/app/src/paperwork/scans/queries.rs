//! Stacks of scans, their files and pages, and the papers their codes name.

use super::model::{ScanFile, ScanPage, ScanPageId, Stack, StackId};
use crate::{
    access::{SchoolId, UserId},
    files::FileId,
    jobs::JobId,
    paperwork::{
        model::{Paper, PaperId},
        queries as papers,
    },
    people::Sight,
};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// One stack, or all that wait, the newest first.
    STACKS = "
        SELECT s.id, s.created_at, s.created_by, u.full_name AS created_by_name, s.job_id, s.read_at, s.finished_at, s.filed,
               (SELECT COUNT(*) FROM scan_pages p
                WHERE p.school_id = s.school_id AND p.stack_id = s.id AND p.is_dropped = FALSE) AS left_count,
               s.version
        FROM scan_stacks s
        LEFT JOIN users u ON u.school_id = s.school_id AND u.id = s.created_by
        WHERE s.school_id = $1 AND (s.id = $2 OR ($2 IS NULL AND s.finished_at IS NULL))
        ORDER BY s.created_at DESC, s.id DESC
        LIMIT 100";
    /// The stack of the same files that waits already.
    WAITING = "SELECT id FROM scan_stacks WHERE school_id = $1 AND fingerprint = $2 AND finished_at IS NULL";
    /// Adds a stack.
    INSERT_STACK = "
        INSERT INTO scan_stacks (id, school_id, fingerprint, created_at, created_by, filed, version)
        VALUES ($1, $2, $3, $4, $5, 0, 1)";
    /// Notes which job reads a stack.
    SET_JOB = "UPDATE scan_stacks SET job_id = $3 WHERE id = $1 AND school_id = $2";
    /// Notes that a stack was read.
    SET_READ = "UPDATE scan_stacks SET read_at = $3 WHERE id = $1 AND school_id = $2 AND read_at IS NULL";
    /// Notes that somebody has decided something about a stack, unless another one did in the meantime.
    TOUCH = "
        UPDATE scan_stacks SET version = version + 1, filed = filed + $4
        WHERE id = $1 AND school_id = $2 AND version = $3 AND finished_at IS NULL";
    /// Notes that nothing is left of a stack.
    FINISH = "
        UPDATE scan_stacks SET finished_at = $3
        WHERE id = $1 AND school_id = $2
          AND NOT EXISTS (SELECT 1 FROM scan_pages p WHERE p.school_id = $2 AND p.stack_id = $1)";
    /// Forgets a stack without pages and files.
    DELETE_STACK = "DELETE FROM scan_stacks WHERE id = $1 AND school_id = $2";
    /// The files of a stack in their order.
    FILES = "SELECT place, name, file_id, trouble FROM scan_files WHERE school_id = $1 AND stack_id = $2 ORDER BY place";
    /// Adds a file.
    INSERT_FILE = "
        INSERT INTO scan_files (school_id, stack_id, place, name, file_id, trouble) VALUES ($1, $2, $3, $4, $5, '')";
    /// Notes what was wrong with a file.
    SET_TROUBLE = "UPDATE scan_files SET trouble = $4 WHERE school_id = $1 AND stack_id = $2 AND place = $3";
    /// Lets go of the bytes of all files of a stack.
    RELEASE_FILES = "UPDATE scan_files SET file_id = NULL WHERE school_id = $1 AND stack_id = $2";
    /// Forgets the files of a stack.
    DELETE_FILES = "DELETE FROM scan_files WHERE school_id = $1 AND stack_id = $2";
    /// The pages of a stack in their order.
    PAGES = "
        SELECT id, place, file_name, number, code, expected, picture_id, trouble, paper_id, is_dropped
        FROM scan_pages
        WHERE school_id = $1 AND stack_id = $2
        ORDER BY place";
    /// Adds a page.
    INSERT_PAGE = "
        INSERT INTO scan_pages (id, school_id, stack_id, place, file_name, number, code, expected, picture_id, trouble,
                                is_dropped)
        VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8, $9, FALSE)";
    /// Notes how many pages the paper of a code has.
    SET_EXPECTED = "UPDATE scan_pages SET expected = $4 WHERE school_id = $1 AND stack_id = $2 AND code = $3";
    /// Notes what somebody has decided about a page.
    DECIDE = "UPDATE scan_pages SET paper_id = $4, is_dropped = $5 WHERE school_id = $1 AND stack_id = $2 AND id = $3";
    /// Forgets a page.
    DELETE_PAGE = "DELETE FROM scan_pages WHERE school_id = $1 AND stack_id = $2 AND id = $3";
    /// Codes of a stack that are of this school, and papers chosen for its pages, whoever sees them.
    OWN = "
        SELECT p.id, p.code
        FROM papers p
        WHERE p.school_id = $1
          AND (p.code IN (SELECT c.code FROM scan_pages c WHERE c.school_id = $1 AND c.stack_id = $2)
               OR p.id IN (SELECT c.paper_id FROM scan_pages c WHERE c.school_id = $1 AND c.stack_id = $2))";
}

/// Returns a stack.
pub async fn stack(tx: &mut Tx, school: SchoolId, id: StackId) -> Result<Stack> {
    tx.one(STACKS, args![school, id]).await
}

/// Returns the stacks that wait, the newest first.
pub async fn waiting(tx: &mut Tx, school: SchoolId) -> Result<Vec<Stack>> {
    tx.all(STACKS, args![school, None::<StackId>]).await
}

/// Returns the stack of the same files that waits already.
pub async fn waiting_same(tx: &mut Tx, school: SchoolId, fingerprint: &str) -> Result<Option<StackId>> {
    Ok(tx.maybe::<(StackId,)>(WAITING, args![school, fingerprint]).await?.map(|(id,)| id))
}

/// Adds a stack; [`database::Error::Taken`] when one of the same files waits.
pub async fn insert_stack(
    tx: &mut Tx,
    (school, user): (SchoolId, UserId),
    (id, fingerprint): (StackId, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    tx.run(INSERT_STACK, args![id, school, fingerprint, now, user]).await.map(|_| ())
}

/// Notes which job reads a stack.
pub async fn set_job(tx: &mut Tx, (school, id): (SchoolId, StackId), job: JobId) -> Result<()> {
    tx.run(SET_JOB, args![id, school, job]).await.map(|_| ())
}

/// Notes that a stack was read; `false` when it was before.
pub async fn set_read(tx: &mut Tx, (school, id): (SchoolId, StackId), now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(SET_READ, args![id, school, now]).await? == 1)
}

/// Notes a decision about a stack; `false` when another one came before.
pub async fn touch(tx: &mut Tx, (school, id): (SchoolId, StackId), (seen, filed): (i64, i64)) -> Result<bool> {
    Ok(tx.run(TOUCH, args![id, school, seen, filed]).await? == 1)
}

/// Notes that nothing is left of a stack, if that is so.
pub async fn finish(tx: &mut Tx, (school, id): (SchoolId, StackId), now: DateTime<Utc>) -> Result<bool> {
    Ok(tx.run(FINISH, args![id, school, now]).await? == 1)
}

/// Forgets a stack whose pages and files are forgotten.
pub async fn delete_stack(tx: &mut Tx, (school, id): (SchoolId, StackId)) -> Result<()> {
    tx.run(DELETE_FILES, args![school, id]).await?;
    tx.run(DELETE_STACK, args![id, school]).await.map(|_| ())
}

/// Returns the files of a stack.
pub async fn files_of(tx: &mut Tx, (school, id): (SchoolId, StackId)) -> Result<Vec<ScanFile>> {
    tx.all(FILES, args![school, id]).await
}

/// Adds a file.
pub async fn insert_file(
    tx: &mut Tx,
    (school, id): (SchoolId, StackId),
    (place, name, file): (i64, &str, FileId),
) -> Result<()> {
    tx.run(INSERT_FILE, args![school, id, place, name, file]).await.map(|_| ())
}

/// Notes what was wrong with a file.
pub async fn set_trouble(tx: &mut Tx, (school, id): (SchoolId, StackId), (place, trouble): (i64, &str)) -> Result<()> {
    tx.run(SET_TROUBLE, args![school, id, place, trouble]).await.map(|_| ())
}

/// Lets go of the bytes of all files of a stack, which the caller forgets.
pub async fn release_files(tx: &mut Tx, (school, id): (SchoolId, StackId)) -> Result<()> {
    tx.run(RELEASE_FILES, args![school, id]).await.map(|_| ())
}

/// Returns the pages of a stack.
pub async fn pages_of(tx: &mut Tx, (school, id): (SchoolId, StackId)) -> Result<Vec<ScanPage>> {
    tx.all(PAGES, args![school, id]).await
}

/// Adds a page.
pub async fn insert_page(tx: &mut Tx, (school, id): (SchoolId, StackId), page: &ScanPage) -> Result<()> {
    let facts = args![
        page.id,
        school,
        id,
        page.place,
        &page.file_name,
        page.number,
        &page.code,
        page.picture_id,
        &page.trouble
    ];
    tx.run(INSERT_PAGE, facts).await.map(|_| ())
}

/// Notes how many pages the paper of a code has.
pub async fn set_expected(tx: &mut Tx, (school, id): (SchoolId, StackId), (code, expected): (&str, i64)) -> Result<()> {
    tx.run(SET_EXPECTED, args![school, id, code, expected]).await.map(|_| ())
}

/// Notes what somebody has decided about a page.
pub async fn decide(
    tx: &mut Tx,
    (school, id): (SchoolId, StackId),
    page: ScanPageId,
    (paper, is_dropped): (Option<PaperId>, bool),
) -> Result<()> {
    tx.run(DECIDE, args![school, id, page, paper, is_dropped]).await.map(|_| ())
}

/// Forgets a page; its picture is the caller's.
pub async fn delete_page(tx: &mut Tx, (school, id): (SchoolId, StackId), page: ScanPageId) -> Result<()> {
    tx.run(DELETE_PAGE, args![school, id, page]).await.map(|_| ())
}

/// Returns those papers of [`own`] that a visitor sees.
pub async fn named(tx: &mut Tx, sight: Sight, own: &[(PaperId, String)]) -> Result<Vec<Paper>> {
    papers::papers(tx, sight, own.iter().map(|(paper, _)| *paper)).await
}

/// Returns the papers of this school that a stack names, whoever sees them: ids with codes.
pub async fn own(tx: &mut Tx, school: SchoolId, id: StackId) -> Result<Vec<(PaperId, String)>> {
    tx.all(OWN, args![school, id]).await
}

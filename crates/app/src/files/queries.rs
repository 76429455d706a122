//! The table `files`.

use super::model::{FileId, StoredFile};
use crate::access::{SchoolId, UserId};
use database::{Result, Tx, args};
use std::collections::HashMap;

database::queries! {
    /// Adds a file whose bytes are on the disk.
    INSERT = "
        INSERT INTO files (id, school_id, name, media_type, size, sha256, stored_as, created_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// One file of a school.
    ONE = "
        SELECT id, name, media_type, size, sha256, stored_as, created_at
        FROM files
        WHERE id = $1 AND school_id = $2";
    /// Some files of a school.
    SOME = "
        SELECT id, name, media_type, size, sha256, stored_as, created_at
        FROM files
        WHERE school_id = $1 AND id IN ($2)";
    /// Puts another file in the place of one that records refer to.
    REPLACE = "
        UPDATE files
        SET name = $3, media_type = $4, size = $5, sha256 = $6, stored_as = $7
        WHERE id = $1 AND school_id = $2";
    /// Forgets a file that nothing refers to any more.
    DELETE = "DELETE FROM files WHERE id = $1 AND school_id = $2";
}

/// Adds the row of a kept file.
pub async fn insert(tx: &mut Tx, school: SchoolId, file: &StoredFile, by: Option<UserId>) -> Result<()> {
    let facts = args![
        file.id,
        school,
        &file.name,
        &file.media_type,
        file.size,
        &file.sha256,
        &file.stored_as,
        file.created_at,
        by
    ];
    tx.run(INSERT, facts).await.map(|_| ())
}

/// Returns a file of the school.
pub async fn file(tx: &mut Tx, school: SchoolId, id: FileId) -> Result<StoredFile> {
    tx.one(ONE, args![id, school]).await
}

/// Returns some files of the school.
pub async fn some(tx: &mut Tx, school: SchoolId, ids: &[FileId]) -> Result<HashMap<FileId, StoredFile>> {
    let among = ids.iter().map(|id| (*id).into()).collect();
    let found: Vec<StoredFile> = tx.all_among(SOME, args![school], among).await?;
    Ok(found.into_iter().map(|file| (file.id, file)).collect())
}

/// Forgets a file and returns what it was: the caller forgets its bytes after the commit.
pub async fn remove(tx: &mut Tx, school: SchoolId, id: FileId) -> Result<StoredFile> {
    let file = file(tx, school, id).await?;
    tx.run(DELETE, args![id, school]).await?;
    Ok(file)
}

/// Puts another file in the place of one and returns what was there: the caller forgets its bytes after the commit.
pub async fn replace(tx: &mut Tx, school: SchoolId, id: FileId, by: &StoredFile) -> Result<StoredFile> {
    let file = file(tx, school, id).await?;
    tx.run(REPLACE, args![id, school, &by.name, &by.media_type, by.size, &by.sha256, &by.stored_as]).await?;
    Ok(file)
}

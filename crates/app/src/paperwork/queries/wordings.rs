//! Wordings of kinds and their texts.

use crate::{
    access::{SchoolId, UserId},
    files::FileId,
    paperwork::model::{Origin, WordingVersion},
};
use chrono::{DateTime, Utc};
use database::{Result, Tx, args};

database::queries! {
    /// The versions of the wording of a kind, the newest first.
    WORDINGS = "
        SELECT w.kind, w.version, w.origin, w.sha256, w.file_id, w.saved_at, w.saved_by, u.full_name AS saved_by_name
        FROM paper_wordings w
        LEFT JOIN users u ON u.school_id = w.school_id AND u.id = w.saved_by
        WHERE w.school_id = $1 AND w.kind = $2
        ORDER BY w.version DESC";
    /// The newest version of the wording of every kind a school has changed.
    NEWEST = "
        SELECT w.kind, w.version, w.origin, w.sha256, w.file_id, w.saved_at, w.saved_by, u.full_name AS saved_by_name
        FROM paper_wordings w
        LEFT JOIN users u ON u.school_id = w.school_id AND u.id = w.saved_by
        WHERE w.school_id = $1
          AND w.version = (SELECT MAX(o.version) FROM paper_wordings o WHERE o.school_id = w.school_id AND o.kind = w.kind)";
    /// A text by its digest.
    TEXT = "SELECT text FROM paper_texts WHERE school_id = $1 AND sha256 = $2";
    /// Keeps a text; one that is kept already stays.
    INSERT_TEXT = "
        INSERT INTO paper_texts (school_id, sha256, text)
        VALUES ($1, $2, $3)
        ON CONFLICT (school_id, sha256) DO NOTHING";
    /// Adds a version of a wording.
    INSERT_WORDING = "
        INSERT INTO paper_wordings (school_id, kind, version, origin, sha256, file_id, saved_at, saved_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
}

/// Returns the versions of the wording of a kind, the newest first.
pub async fn wordings(tx: &mut Tx, school: SchoolId, kind: &str) -> Result<Vec<WordingVersion>> {
    tx.all(WORDINGS, args![school, kind]).await
}

/// Returns the newest version of every wording a school has changed.
pub async fn newest_wordings(tx: &mut Tx, school: SchoolId) -> Result<Vec<WordingVersion>> {
    tx.all(NEWEST, args![school]).await
}

/// Returns a text by its digest.
pub async fn wording_text(tx: &mut Tx, school: SchoolId, sha256: &str) -> Result<Option<String>> {
    Ok(tx.maybe::<(String,)>(TEXT, args![school, sha256]).await?.map(|(text,)| text))
}

/// Keeps a text.
pub async fn insert_text(tx: &mut Tx, school: SchoolId, (sha256, text): (&str, &str)) -> Result<()> {
    tx.run(INSERT_TEXT, args![school, sha256, text]).await.map(|_| ())
}

/// A version of a wording to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewWording<'a> {
    pub kind: &'a str,
    pub version: i64,
    pub origin: Origin,
    pub sha256: &'a str,
    pub file: Option<FileId>,
}

/// Adds a version; [`database::Error::Taken`] when somebody was quicker.
pub async fn insert_wording(
    tx: &mut Tx,
    school: SchoolId,
    new: NewWording<'_>,
    by: Option<UserId>,
    now: DateTime<Utc>,
) -> Result<()> {
    let facts = args![school, new.kind, new.version, new.origin, new.sha256, new.file, now, by];
    tx.run(INSERT_WORDING, facts).await.map(|_| ())
}

//! Erasing records, in the transaction of whoever asks: for the first time, or again after a restore (security rule 13).

use super::queries::erasing as queries;
use crate::{
    access::SchoolId,
    audit::{self, Act, Event},
    erasures::{self, Erased},
    files::{self, FileId, FileStore, StoredFile},
    people::{PersonId, WithdrawnNames, actions::subject},
    vault,
};
use chrono::{DateTime, NaiveDate, Utc};
use database::Tx;

/// Why somebody was not erased; nothing is written then.
#[derive(Debug, thiserror::Error)]
pub enum NotErased {
    #[error(transparent)]
    Database(#[from] database::Error),
    #[error(transparent)]
    Disk(#[from] std::io::Error),
}

/// What was erased about one record.
pub struct Wiped {
    /// Rows that were deleted or emptied, by tables.
    pub touched: Vec<(&'static str, u64)>,
    /// Files about the record, which are still to be emptied.
    pub files: Vec<FileId>,
}

/// Erases what the tables say about one record.
pub async fn wipe(tx: &mut Tx, (school, id): (SchoolId, PersonId), today: NaiveDate) -> database::Result<Wiped> {
    let files = queries::files(tx, school, id).await?;
    let mut touched = vec![];
    // A representative stands in rows of pupils, which are not about the representative.
    if queries::is_known_otherwise(tx, school, id).await?
        && let Some(key) = queries::name_key(tx, school, id).await?
    {
        touched.extend(queries::loose(tx, school, &WithdrawnNames::of([key])).await?);
    }
    touched.extend(queries::rows(tx, school, id, today).await?);
    Ok(Wiped { touched, files })
}

/// Puts empty files in the place of files and returns what was there: the caller forgets the bytes after the commit.
///
/// A row of `files` stays, because papers refer to it: a registered paper always has its files.
pub async fn empty_files(
    tx: &mut Tx,
    store: &FileStore,
    (school, all): (SchoolId, &[FileId]),
    now: DateTime<Utc>,
) -> Result<Vec<StoredFile>, NotErased> {
    let mut emptied = vec![];
    for id in all {
        let blank = store.draft()?.seal("Сведения уничтожены.txt", now)?;
        emptied.push(files::replace(tx, school, *id, &blank).await?);
    }
    Ok(emptied)
}

/// Erases again whom a restored backup has brought back; returns how many there were and the bytes to be forgotten.
pub async fn erase_again(
    tx: &mut Tx,
    store: &FileStore,
    list: &[Erased],
    now: DateTime<Utc>,
) -> Result<(u64, Vec<StoredFile>), NotErased> {
    let (mut found, mut forgotten) = (0, vec![]);
    for erased in list {
        let (school, id) = (erased.school_id, PersonId::from(erased.person_id.uuid()));
        erasures::note(tx, school, id.uuid(), erased.erased_at).await?;
        if queries::name_key(tx, school, id).await?.is_none() {
            continue;
        }
        let wiped = wipe(tx, (school, id), erased.erased_at.date_naive()).await?;
        forgotten.extend(empty_files(tx, store, (school, &wiped.files), now).await?);
        vault::wipe_keys(tx, school, id.uuid(), now).await?;
        audit::record(tx, Act::of_system(school, Event::PersonErasedAgain, subject(id)), now).await?;
        found += 1;
    }
    Ok((found, forgotten))
}

//! Restores a backup: checks all of it first, then builds a new data directory beside the wanted one and renames it.
//!
//! The schema is brought to what it was when the backup was made, the records are put in and compared with the
//! manifest, and only then the schema goes on to that of this program; so every older backup can be restored. Nothing
//! that exists is changed: the directory must be new or empty, the database must have no tables.

use super::{
    check::{self, Stream, check},
    error::{Result, Trouble},
    key::Key,
    make::{content_of, sync_folder_of},
    manifest::{AuditHead, Manifest},
};
use crate::{
    access,
    audit::{self, Broken},
    clock::Clock,
    erasures::{self, Erased},
    files::FileStore,
    subject::{NotErased, erase_again},
};
use database::{Db, Dialect, Migration, Place, Tx, migrations_of};
use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};
use tokio::sync::mpsc;

/// What is restored, and where.
pub struct Wanted<'a> {
    pub from: &'a Path,
    pub key: &'a Key,
    /// The new data directory.
    pub data: &'a Path,
    /// The address of an empty PostgreSQL; without it SQLite lies in the directory.
    pub server: Option<&'a str>,
    /// Who was erased since, from the list beside the copies.
    pub erased: &'a [Erased],
    pub migrations: &'static [Migration],
}

/// What was restored.
#[derive(Debug)]
pub struct Restored {
    pub manifest: Manifest,
    /// How many people the backup had brought back and were erased again.
    pub erased_again: u64,
    /// What is wrong with the journals it brought. The copy is what the school had, so it is restored all the same.
    pub broken_journals: Vec<Broken>,
}

/// Restores a backup.
pub async fn restore(wanted: &Wanted<'_>) -> Result<Restored> {
    let (path, key) = (wanted.from.to_owned(), wanted.key.clone());
    let checked = tokio::task::spawn_blocking(move || check(&path, &key)).await;
    let manifest = checked.map_err(|error| Trouble::Damaged(error.to_string()))??;
    refuse_newer(&manifest, wanted)?;
    refuse_occupied(wanted.data)?;
    let new = beside(wanted.data);
    fs::create_dir_all(new.join("files")).map_err(Trouble::with(&new))?;
    let built = build(wanted, &manifest, &new).await;
    let moved = match built {
        Ok(found) => put_in_place(&new, wanted.data).map(|()| found),
        Err(trouble) => Err(trouble),
    };
    if moved.is_err() {
        let _ = fs::remove_dir_all(&new);
    }
    moved.map(|(erased_again, broken_journals)| Restored { manifest, erased_again, broken_journals })
}

fn refuse_newer(manifest: &Manifest, wanted: &Wanted<'_>) -> Result<()> {
    let known = migrations_of(Dialect::Sqlite, wanted.migrations);
    let is_known = |number: &i64| known.iter().any(|(one, ..)| one == number);
    if manifest.migrations.iter().all(is_known) { Ok(()) } else { Err(Trouble::Newer) }
}

fn refuse_occupied(dir: &Path) -> Result<()> {
    match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            Some(_) => Err(Trouble::Occupied(dir.to_owned())),
            None => Ok(()),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Trouble::with(dir)(error)),
    }
}

/// Returns a place on the same disk, from which a whole directory is renamed at once.
fn beside(dir: &Path) -> PathBuf {
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    dir.with_file_name(format!(".{name}-{}", uuid::Uuid::new_v4().simple()))
}

fn put_in_place(new: &Path, dir: &Path) -> Result<()> {
    if dir.exists() {
        fs::remove_dir(dir).map_err(|_| Trouble::Occupied(dir.to_owned()))?;
    }
    fs::rename(new, dir).map_err(Trouble::with(dir))?;
    sync_folder_of(dir).map_err(Trouble::with(dir))
}

async fn build(wanted: &Wanted<'_>, manifest: &Manifest, new: &Path) -> Result<(u64, Vec<Broken>)> {
    let place = match wanted.server {
        Some(url) => Place::Server(url.to_owned()),
        None => Place::File(new.join("nastavnik.db")),
    };
    let db = Db::open(&place).await?.of_every_school();
    let built = fill(&db, wanted, manifest, new).await;
    db.close().await;
    built
}

async fn fill(db: &Db, wanted: &Wanted<'_>, manifest: &Manifest, new: &Path) -> Result<(u64, Vec<Broken>)> {
    if !db.read().await?.tables().await?.is_empty() {
        return Err(Trouble::DatabaseOccupied);
    }
    db.migrate_as(wanted.migrations, &manifest.migrations).await?;
    let (pieces, receiver) = mpsc::channel(4);
    let (path, key, files) = (wanted.from.to_owned(), wanted.key.clone(), new.join("files"));
    let feeding = tokio::task::spawn_blocking(move || feed(&path, &key, &files, &pieces));
    let loaded = load(db, manifest, receiver).await;
    let fed = feeding.await.map_err(|error| Trouble::Damaged(error.to_string()))?;
    loaded.and(fed)?;
    db.migrate(wanted.migrations).await?;
    audit::chain_old_acts(db).await?;
    let broken_journals = broken_journals(&mut db.read().await?, manifest).await?;
    let erased_again = erased_again(db, wanted, new).await?;
    is_whole(&mut db.read().await?).await?;
    Ok((erased_again, broken_journals))
}

/// Erases whom the copy has brought back, out of the records and the files; returns how many there were.
///
/// The list in the copy itself counts too: it may lie in another place than its list.
async fn erased_again(db: &Db, wanted: &Wanted<'_>, new: &Path) -> Result<u64> {
    let place = new.join("files");
    let store = FileStore::open(&place).map_err(Trouble::with(&place))?;
    let mut tx = db.begin_alone().await?;
    let mut list = erasures::everybody(&mut tx).await?;
    list.extend(wanted.erased.iter().cloned());
    let (found, forgotten) =
        erase_again(&mut tx, &store, &list, Clock::system().now()).await.map_err(|error| match error {
            NotErased::Database(error) => error.into(),
            NotErased::Disk(error) => Trouble::with(&place)(error),
        })?;
    tx.commit().await?;
    for file in &forgotten {
        store.forget(file).await;
    }
    Ok(found)
}

/// Follows the journal of every school from its first act through the link the manifest names.
async fn broken_journals(tx: &mut Tx, manifest: &Manifest) -> Result<Vec<Broken>> {
    let mut all = vec![];
    for school in access::schools(tx).await? {
        let printed = manifest.audit.iter().find(|head| head.school == school.id).map(AuditHead::head);
        all.extend(audit::verify(tx, school.id, printed.as_ref()).await?.err());
    }
    Ok(all)
}

/// A piece of a backup on its way into the database.
enum Piece {
    Table(String),
    Lines(Vec<u8>),
}

/// Reads a backup once more: tables go to the loader, files to the disk.
fn feed(path: &Path, key: &Key, files: &Path, to: &mpsc::Sender<Piece>) -> Result<()> {
    let mut stream = check::open(path, key)?;
    while let Some(name) = stream.next_part().map_err(Trouble::with(path))? {
        if let Some(table) = name.strip_prefix("table/") {
            let mut piece = Piece::Table(table.to_owned());
            loop {
                if to.blocking_send(piece).is_err() {
                    // The loader has given up and says why itself.
                    return Ok(());
                }
                let Some(block) = stream.next_block().map_err(Trouble::with(path))? else { break };
                piece = Piece::Lines(block);
            }
        } else if let Some(stored_as) = name.strip_prefix("file/") {
            put_file(files, stored_as, &mut stream).map_err(Trouble::with(files))?;
        } else {
            while stream.next_block().map_err(Trouble::with(path))?.is_some() {}
        }
    }
    Ok(())
}

fn put_file(files: &Path, stored_as: &str, stream: &mut Stream) -> io::Result<()> {
    // The name comes from a backup that is authenticated; still it must not lead out of the folder.
    if !stored_as.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Err(super::error::unsound("имя файла не читается"));
    }
    let mut file = fs::File::create_new(files.join(stored_as))?;
    while let Some(block) = stream.next_block()? {
        file.write_all(&block)?;
    }
    file.sync_all()
}

async fn load(db: &Db, manifest: &Manifest, mut pieces: mpsc::Receiver<Piece>) -> Result<()> {
    let mut tx = db.begin_alone().await?;
    if tx.tables().await? != manifest.tables.iter().map(|part| part.table.clone()).collect::<Vec<_>>() {
        return Err(Trouble::Differs("таблицы не те, что были".into()));
    }
    tx.put_off_references().await?;
    for part in &manifest.tables {
        tx.empty(&part.table).await?;
    }
    let mut table = None;
    while let Some(piece) = pieces.recv().await {
        match piece {
            Piece::Table(name) => table = manifest.tables.iter().find(|part| part.table.name == name),
            Piece::Lines(block) => {
                let part = table.ok_or_else(|| Trouble::Damaged("записи стоят вне таблиц".into()))?;
                let lines = check::lines(&block).map_err(Trouble::with(""))?;
                tx.add_lines(&part.table, &lines).await?;
            }
        }
    }
    for part in &manifest.tables {
        if content_of(&mut tx, &part.table).await? != (part.rows, part.content.clone()) {
            return Err(Trouble::Differs(format!("таблица {}", part.table.name)));
        }
    }
    tx.check_references().await?;
    Ok(tx.commit().await?)
}

/// Asks SQLite to look through its file; PostgreSQL looks after its own.
async fn is_whole(tx: &mut Tx) -> Result<()> {
    if tx.dialect() == Dialect::Postgres {
        return Ok(());
    }
    let (said,): (String,) = tx.one("PRAGMA integrity_check(1)", vec![]).await?;
    if said == "ok" {
        Ok(())
    } else {
        Err(Trouble::Differs("файл базы данных не прошёл проверку".into()))
    }
}

//! Makes a backup: one moment of the database, the files it knows, all of it encrypted, read back at once.

use super::{
    archive::Archive,
    check::check,
    error::{Result, Trouble},
    key::Key,
    manifest::{self, AuditHead, Content, FilePart, Manifest, TablePart},
    seal::Sealer,
};
use crate::{
    access::SchoolId,
    audit::{self, Head},
    files::FileStore,
};
use chrono::{DateTime, Utc};
use database::{Db, Kind, Table, Tx};
use flate2::{Compression, write::DeflateEncoder};
use std::{
    fs::File,
    io::{self, BufWriter, Read as _, Write},
    path::Path,
};

/// Bytes of rows that travel as one block.
const BLOCK: usize = 256 * 1024;

type Out = Archive<DeflateEncoder<Sealer<BufWriter<File>>>>;

/// Makes a backup at `to`, reads it back and returns what it says about itself.
///
/// People go on working: SQLite's and PostgreSQL's readers see one moment and hold nobody up. Files are written before
/// their rows are committed, so every file of that moment is there.
pub async fn make(db: &Db, files: &FileStore, key: &Key, to: &Path, now: DateTime<Utc>) -> Result<Manifest> {
    let part = to.with_extension("part");
    let made = write(db, files, key, &part, now).await;
    let read_back = match made {
        Ok(manifest) => {
            let (path, key) = (part.clone(), key.clone());
            let read = tokio::task::spawn_blocking(move || check(&path, &key)).await;
            read.map_err(|error| Trouble::Damaged(error.to_string()))?.and_then(|found| {
                if found == manifest {
                    Ok(manifest)
                } else {
                    Err(Trouble::Damaged("читается не то, что записано".into()))
                }
            })
        }
        Err(trouble) => Err(trouble),
    };
    let kept = read_back.and_then(|manifest| {
        std::fs::rename(&part, to).map_err(Trouble::with(to))?;
        sync_folder_of(to).map_err(Trouble::with(to))?;
        Ok(manifest)
    });
    if kept.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    kept
}

/// Makes the name of a new file survive a power cut.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    match path.parent() {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}

async fn write(db: &Db, files: &FileStore, key: &Key, to: &Path, now: DateTime<Utc>) -> Result<Manifest> {
    let disk = || Trouble::with(to);
    let file = File::create(to).map_err(disk())?;
    let sealer = Sealer::new(BufWriter::new(file), key).map_err(disk())?;
    let mut archive = Archive::new(DeflateEncoder::new(sealer, Compression::fast()));

    let mut tx = db.read().await?;
    let mut manifest = Manifest {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: now,
        migrations: tx.migrations().await?,
        tables: vec![],
        files: vec![],
        missing: vec![],
        audit: vec![],
    };
    let mut known = vec![];
    for table in tx.tables().await? {
        let written = write_table(&mut tx, &table, &mut archive, &mut known).await.map_err(|error| error.at(to))?;
        // A copy before an update is made of the schema as it was: perhaps without a chain.
        if table.name == "audit_heads" {
            manifest.audit = heads(&mut tx).await?;
        }
        manifest.tables.push(written);
    }
    drop(tx);
    let (files, path) = (files.clone(), to.to_owned());
    let rest = move || write_files(&files, known, archive, manifest).map_err(Trouble::with(path));
    tokio::task::spawn_blocking(rest).await.map_err(|error| Trouble::Damaged(error.to_string()))?
}

/// Writes the files and the manifest, and ends the stream.
fn write_files(
    files: &FileStore,
    known: Vec<(String, String)>,
    mut archive: Out,
    mut manifest: Manifest,
) -> io::Result<Manifest> {
    for (stored_as, sha256) in known {
        let part = write_file(files, &stored_as, &mut archive)?;
        if part.as_ref().is_none_or(|part| part.sha256 != sha256) {
            manifest.missing.push(stored_as);
        }
        manifest.files.extend(part);
    }
    archive.begin(manifest::PART)?;
    archive.block(&serde_json::to_vec(&manifest)?)?;
    archive.end()?;
    let mut file = archive.finish()?.finish()?.finish()?;
    file.flush()?;
    file.get_ref().sync_all()?;
    Ok(manifest)
}

async fn heads(tx: &mut Tx) -> Result<Vec<AuditHead>> {
    let heads = audit::heads(tx).await?;
    let head = |(school, head): (SchoolId, Head)| AuditHead { school, place: head.place, hash: head.hash };
    Ok(heads.into_iter().map(head).collect())
}

/// What stops the writing of a table.
enum Stopped {
    Database(database::Error),
    Disk(io::Error),
}

impl Stopped {
    fn at(self, path: &Path) -> Trouble {
        match self {
            Self::Database(error) => error.into(),
            Self::Disk(error) => Trouble::with(path)(error),
        }
    }
}

impl From<database::Error> for Stopped {
    fn from(error: database::Error) -> Self {
        Self::Database(error)
    }
}

/// Writes the rows of a table; notes under which names its files are kept, if it is the table of files.
async fn write_table(
    tx: &mut Tx,
    table: &Table,
    archive: &mut Out,
    known: &mut Vec<(String, String)>,
) -> Result<TablePart, Stopped> {
    archive.begin(&format!("table/{}", table.name)).map_err(Stopped::Disk)?;
    let place = |name: &str| table.columns.iter().position(|column| *column == (name.to_owned(), Kind::Text));
    let file = (table.name == "files").then(|| place("stored_as").zip(place("sha256"))).flatten();
    let (mut content, mut block) = (Content::default(), String::with_capacity(BLOCK));
    let rows = tx
        .each_line(table, |line| {
            content.add(line);
            block.push_str(line);
            block.push('\n');
            if let Some(file) = file {
                known.extend(named(line, file));
            }
            if block.len() >= BLOCK {
                archive.block(block.as_bytes()).map_err(Stopped::Disk)?;
                block.clear();
            }
            Ok::<_, Stopped>(())
        })
        .await?;
    archive.block(block.as_bytes()).map_err(Stopped::Disk)?;
    let written = archive.end().map_err(Stopped::Disk)?;
    Ok(TablePart {
        table: table.clone(),
        rows,
        content: content.to_string(),
        bytes: written.bytes,
        sha256: written.sha256,
    })
}

fn named(line: &str, (stored_as, sha256): (usize, usize)) -> Option<(String, String)> {
    let values: Vec<serde_json::Value> = serde_json::from_str(line).ok()?;
    Some((values.get(stored_as)?.as_str()?.to_owned(), values.get(sha256)?.as_str()?.to_owned()))
}

/// Writes a file in pieces; nothing when it is not there: an erasure may have taken it a moment ago.
fn write_file(files: &FileStore, stored_as: &str, archive: &mut Out) -> io::Result<Option<FilePart>> {
    let mut file = match File::open(files.path_of(stored_as)) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    archive.begin(&format!("file/{stored_as}"))?;
    let mut piece = vec![0; BLOCK];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            break;
        }
        archive.block(piece.get(..read).unwrap_or_default())?;
    }
    let written = archive.end()?;
    Ok(Some(FilePart { stored_as: stored_as.to_owned(), bytes: written.bytes, sha256: written.sha256 }))
}

/// Digests the rows of a table as they stand in a database.
pub async fn content_of(tx: &mut Tx, table: &Table) -> database::Result<(u64, String)> {
    let mut content = Content::default();
    let rows = tx
        .each_line(table, |line| {
            content.add(line);
            Ok::<_, database::Error>(())
        })
        .await?;
    Ok((rows, content.to_string()))
}

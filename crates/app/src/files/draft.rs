//! A large file while the program writes it: straight to the disk, never whole in memory.

use super::{
    model::{FileId, StoredFile, media_type_of, tidy_name},
    store::{FileStore, hex},
};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{self, Read as _, Seek, SeekFrom, Write},
    path::PathBuf,
};

/// How names of files begin that are still written.
const PREFIX: &str = "draft-";

/// Hours after which a file still written is one whose server was killed.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(24);

/// A file that is written; dropped before it is [sealed](Draft::seal), it leaves nothing behind.
#[derive(Debug)]
pub struct Draft {
    file: File,
    at: PathBuf,
    stored_as: String,
    is_sealed: bool,
}

impl FileStore {
    /// Begins a file.
    pub fn draft(&self) -> io::Result<Draft> {
        let stored_as = uuid::Uuid::new_v4().simple().to_string();
        let at = self.path_of(&format!("{PREFIX}{stored_as}"));
        let file = File::options().read(true).write(true).create_new(true).open(&at)?;
        Ok(Draft { file, at, stored_as, is_sealed: false })
    }

    /// Forgets files whose server was killed while it wrote them.
    pub fn forget_drafts(&self, now: DateTime<Utc>) -> io::Result<()> {
        for entry in std::fs::read_dir(self.path_of(""))? {
            let entry = entry?;
            let is_draft = entry.file_name().to_string_lossy().starts_with(PREFIX);
            if is_draft && DateTime::<Utc>::from(entry.metadata()?.modified()?) < now - FORGOTTEN_AFTER {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

impl Draft {
    /// Writes the file through to the disk and keeps it under a name for people; its row is the caller's.
    pub fn seal(mut self, name: &str, now: DateTime<Utc>) -> io::Result<StoredFile> {
        self.file.flush()?;
        self.file.sync_all()?;
        self.file.seek(SeekFrom::Start(0))?;
        let (mut digest, mut size, mut buffer) = (Sha256::new(), 0_i64, vec![0; 64 * 1024]);
        loop {
            let read = self.file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            digest.update(&buffer[..read]);
            size += i64::try_from(read).unwrap_or(0);
        }
        std::fs::rename(&self.at, self.at.with_file_name(&self.stored_as))?;
        self.is_sealed = true;
        Ok(StoredFile {
            id: FileId::fresh(),
            name: tidy_name(name),
            media_type: media_type_of(name).unwrap_or("application/octet-stream").to_owned(),
            size,
            sha256: hex(&digest.finalize()),
            stored_as: self.stored_as.clone(),
            created_at: now,
        })
    }
}

impl Draft {
    /// Returns what was written, from its beginning; its place on the disk is free as soon as nobody reads it.
    pub fn spent(mut self) -> io::Result<File> {
        self.file.flush()?;
        self.file.seek(SeekFrom::Start(0))?;
        self.file.try_clone()
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Draft {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if !self.is_sealed
            && let Err(error) = std::fs::remove_file(&self.at)
        {
            tracing::warn!(%error, "the bytes of a dropped draft stay until they are a day old");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_sealed_file_is_kept_with_the_digest_of_its_bytes() {
        let dir = tempfile::tempdir().unwrap();
        let store = FileStore::open(dir.path()).unwrap();
        let mut draft = store.draft().unwrap();
        draft.write_all(b"%PDF-1.7").unwrap();
        let kept = draft.seal("Папка: 1.4.pdf", DateTime::UNIX_EPOCH).unwrap();
        assert_eq!((kept.name.as_str(), kept.size), ("Папка 1.4.pdf", 8));
        assert_eq!(kept.sha256, "86edbaa24831badfa0a8b04bb410141e2ee4182b6d0014493fe262a7a331c20b");
        assert_eq!(store.bytes(&kept).await.unwrap(), b"%PDF-1.7");
    }

    #[test]
    fn a_file_nobody_finished_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let store = FileStore::open(dir.path()).unwrap();
        drop(store.draft().unwrap());
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_spent_file_is_read_to_its_end_and_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let mut draft = FileStore::open(dir.path()).unwrap().draft().unwrap();
        draft.write_all(b"%PDF-1.7").unwrap();
        let mut spent = draft.spent().unwrap();
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
        let mut bytes = vec![];
        spent.read_to_end(&mut bytes).unwrap();
        assert_eq!(bytes, b"%PDF-1.7");
    }

    #[test]
    fn what_a_killed_server_was_writing_is_forgotten_after_a_day_and_nothing_else_is() {
        let dir = tempfile::tempdir().unwrap();
        let store = FileStore::open(dir.path()).unwrap();
        let lost = dir.path().join(format!("{PREFIX}1"));
        std::fs::write(&lost, b"half").unwrap();
        std::fs::write(dir.path().join("kept"), b"whole").unwrap();
        let written = DateTime::<Utc>::from(std::fs::metadata(&lost).unwrap().modified().unwrap());
        store.forget_drafts(written + TimeDelta::hours(23)).unwrap();
        assert!(lost.exists());
        store.forget_drafts(written + TimeDelta::hours(25)).unwrap();
        assert!(!lost.exists() && dir.path().join("kept").exists());
    }
}

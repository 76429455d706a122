//! The bytes of files on the disk.

use super::model::{BadFile, FileId, StoredFile, Upload, media_type_of, tidy_name};
use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use axum_extra::body::AsyncReadBody;
use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use std::path::{Path, PathBuf};
use tokio::io::AsyncWriteExt as _;

/// The directory with the bytes.
#[derive(Debug, Clone)]
pub struct FileStore(PathBuf);

/// Why an upload was not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotStored {
    #[error(transparent)]
    Bad(#[from] BadFile),
    #[error(transparent)]
    Disk(#[from] std::io::Error),
}

impl FileStore {
    /// Returns the store in `dir`, which is made when absent.
    pub fn open(dir: &Path) -> std::io::Result<Self> {
        std::fs::create_dir_all(dir)?;
        Ok(Self(dir.to_owned()))
    }

    /// Writes the bytes through to the disk; the row of `files` is the caller's, so that it commits after the bytes.
    pub async fn keep(&self, upload: &Upload, now: DateTime<Utc>) -> Result<StoredFile, NotStored> {
        let media_type = upload.check()?;
        let stored_as = uuid::Uuid::new_v4().simple().to_string();
        let mut file = tokio::fs::File::create_new(self.0.join(&stored_as)).await?;
        file.write_all(&upload.bytes).await?;
        file.sync_all().await?;
        Ok(StoredFile {
            id: FileId::fresh(),
            name: tidy_name(&upload.name),
            media_type: media_type.to_owned(),
            size: i64::try_from(upload.bytes.len()).unwrap_or(i64::MAX),
            sha256: hex(&Sha256::digest(&upload.bytes)),
            stored_as,
            created_at: now,
        })
    }

    /// Returns where the bytes of a file lie.
    pub fn path_of(&self, stored_as: &str) -> PathBuf {
        self.0.join(stored_as)
    }

    /// Opens the bytes of a kept file, to be read piece by piece.
    pub async fn opened(&self, file: &StoredFile) -> std::io::Result<tokio::fs::File> {
        tokio::fs::File::open(self.path_of(&file.stored_as)).await
    }

    /// Opens the bytes of a kept file for work that does not wait for anybody.
    pub fn opened_now(&self, file: &StoredFile) -> std::io::Result<std::fs::File> {
        std::fs::File::open(self.path_of(&file.stored_as))
    }

    /// Removes the bytes of a file that got no row; bytes that stay behind harm nobody.
    pub async fn forget(&self, file: &StoredFile) {
        if let Err(error) = tokio::fs::remove_file(self.0.join(&file.stored_as)).await {
            tracing::warn!(%error, "the bytes of a dropped upload stay");
        }
    }

    /// Returns the bytes of a kept file.
    pub async fn bytes(&self, file: &StoredFile) -> std::io::Result<Vec<u8>> {
        tokio::fs::read(self.0.join(&file.stored_as)).await
    }
}

/// Returns lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Answers with a file to be saved, never to be opened in the page.
pub fn attachment(name: &str, media_type: &str, bytes: Vec<u8>) -> Response {
    to_be_saved(name, media_type, Body::from(bytes))
}

/// Answers with a kept file piece by piece, however large it is.
pub fn streamed(file: &StoredFile, bytes: tokio::fs::File) -> Response {
    to_be_saved(&file.name, &file.media_type, pieces(bytes))
}

fn to_be_saved(name: &str, media_type: &str, body: Body) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    let fallback: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c } else { '_' }).collect();
    // RFC 6266: a plain name for old programs, the real one in UTF-8.
    let disposition = format!("attachment; filename=\"{fallback}\"; filename*=UTF-8''{}", percent_encoded(name));
    for (header, value) in [(header::CONTENT_DISPOSITION, disposition.as_str()), (header::CONTENT_TYPE, media_type)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(header, value);
        }
    }
    response
}

/// Answers with a file the program has made; its media type is that of its name.
pub fn download(name: &str, bytes: Vec<u8>) -> Response {
    attachment(name, media_type_of_made(name), bytes)
}

/// Answers with a file the program has made on the disk, piece by piece.
pub(super) fn handed_out(name: &str, file: std::fs::File) -> Response {
    to_be_saved(name, media_type_of_made(name), pieces(tokio::fs::File::from_std(file)))
}

fn media_type_of_made(name: &str) -> &'static str {
    media_type_of(name).unwrap_or("application/octet-stream")
}

fn pieces(file: tokio::fs::File) -> Body {
    Body::new(AsyncReadBody::new(file))
}

/// Percent-encodes everything but unreserved characters (RFC 3986 §2.3).
pub fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn bytes_come_back_under_a_name_nobody_chose() {
        let dir = tempfile::tempdir().unwrap();
        let store = FileStore::open(&dir.path().join("files")).unwrap();
        let upload = Upload { name: "../Приказ.pdf".into(), bytes: b"%PDF-1.7".to_vec() };
        let kept = store.keep(&upload, DateTime::UNIX_EPOCH).await.unwrap();
        assert_eq!(kept.name, "Приказ.pdf");
        assert!(!kept.stored_as.contains("риказ"));
        assert_eq!(kept.sha256, "86edbaa24831badfa0a8b04bb410141e2ee4182b6d0014493fe262a7a331c20b");
        assert_eq!(store.bytes(&kept).await.unwrap(), upload.bytes);
    }

    #[test]
    fn a_download_is_an_attachment_with_its_russian_name() {
        let response = attachment("Приказ 1.pdf", "application/pdf", vec![1]);
        let disposition = response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(disposition.starts_with("attachment; filename=\"______"));
        assert!(disposition.ends_with("filename*=UTF-8''%D0%9F%D1%80%D0%B8%D0%BA%D0%B0%D0%B7%201.pdf"));
    }
}

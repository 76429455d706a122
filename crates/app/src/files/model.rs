//! A file and what is accepted as one. Pure.

use chrono::{DateTime, Utc};

/// The largest upload, in bytes.
pub const MAX_BYTES: usize = 20 * 1024 * 1024;

/// Kinds of files a school exchanges: extension and media type.
const KINDS: &[(&str, &str)] = &[
    ("pdf", "application/pdf"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("rtf", "application/rtf"),
    ("txt", "text/plain; charset=utf-8"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("csv", "text/csv; charset=utf-8"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("png", "image/png"),
    ("webp", "image/webp"),
    ("heic", "image/heic"),
    ("zip", "application/zip"),
    ("mp4", "video/mp4"),
];

/// How files of a kind begin: extension, place of the mark, the mark. Kinds that are not here have no mark of their own.
///
/// PDF: ISO 32000 lets a header stand later, but every program writes it first. OOXML and ODF are ZIP packages.
const MARKS: &[(&str, usize, &[u8])] = &[
    ("pdf", 0, b"%PDF"),
    ("docx", 0, b"PK\x03\x04"),
    ("xlsx", 0, b"PK\x03\x04"),
    ("pptx", 0, b"PK\x03\x04"),
    ("odt", 0, b"PK\x03\x04"),
    ("ods", 0, b"PK\x03\x04"),
    ("odp", 0, b"PK\x03\x04"),
    ("zip", 0, b"PK"),
    ("rtf", 0, b"{\\rtf"),
    ("jpg", 0, b"\xFF\xD8\xFF"),
    ("jpeg", 0, b"\xFF\xD8\xFF"),
    ("png", 0, b"\x89PNG"),
    ("webp", 8, b"WEBP"),
    ("heic", 4, b"ftyp"),
    ("mp4", 4, b"ftyp"),
];

/// How office files with a password begin: an OLE container, whatever the extension.
const LOCKED: &[u8] = b"\xD0\xCF\x11\xE0";

database::id_type! {
    /// The id of a file.
    pub FileId;
}

database::record! {
    /// A file that is kept.
    #[derive(Debug, Clone)]
    pub struct StoredFile {
        pub id: FileId,
        pub name: String,
        pub media_type: String,
        /// Bytes.
        pub size: i64,
        /// Lower-case hexadecimal digest of the bytes.
        pub sha256: String,
        pub stored_as: String,
        pub created_at: DateTime<Utc>,
    }
}

/// What a browser sent: the name of the file and its bytes.
#[derive(Debug, Clone, Default)]
pub struct Upload {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Why a file is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    #[error("Выберите файл.")]
    Absent,
    #[error("Файл пустой. Проверьте, тот ли это файл.")]
    Empty,
    #[error("Файл больше 20 МБ. Сожмите его или разделите на части.")]
    TooLarge,
    #[error("Файлы вида «.{0}» не принимаются. Подойдут документы, таблицы, презентации, фото, PDF и ZIP.")]
    Kind(String),
    #[error(
        "Внутри файла не то, что обещает его имя («.{0}»). Откройте его в программе, где он сделан, и сохраните заново."
    )]
    Content(String),
}

impl Upload {
    /// Returns the media type if the file is acceptable.
    pub fn check(&self) -> Result<&'static str, BadFile> {
        if self.name.is_empty() {
            return Err(BadFile::Absent);
        }
        if self.bytes.is_empty() {
            return Err(BadFile::Empty);
        }
        if self.bytes.len() > MAX_BYTES {
            return Err(BadFile::TooLarge);
        }
        let media_type = media_type_of(&self.name).map_err(BadFile::Kind)?;
        if self.begins_as_named() { Ok(media_type) } else { Err(BadFile::Content(extension_of(&self.name))) }
    }

    /// Tells whether the bytes begin as the kind of the name does.
    fn begins_as_named(&self) -> bool {
        let extension = extension_of(&self.name);
        let begins = |place: usize, mark: &[u8]| self.bytes.get(place..).is_some_and(|rest| rest.starts_with(mark));
        let is_locked_office_file = ["docx", "xlsx", "pptx"].contains(&extension.as_str()) && begins(0, LOCKED);
        let mark = MARKS.iter().find(|(known, ..)| *known == extension);
        mark.is_none_or(|(_, place, mark)| begins(*place, mark)) || is_locked_office_file
    }
}

/// Returns the media type of a file by its name, or the extension nobody exchanges.
pub fn media_type_of(name: &str) -> Result<&'static str, String> {
    let extension = extension_of(name);
    let kind = KINDS.iter().find(|(known, _)| *known == extension);
    kind.map(|(_, media_type)| *media_type).ok_or(extension)
}

fn extension_of(name: &str) -> String {
    name.rsplit_once('.').map_or("", |(_, extension)| extension).to_lowercase()
}

/// Returns the last part of a path, without characters that a file system or a header could misread, ≤ 120 characters.
pub fn tidy_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control() && !"<>:\"|?*".contains(*c)).collect();
    let clean = clean.trim().trim_start_matches('.');
    match clean.rsplit_once('.') {
        Some((stem, extension)) if clean.chars().count() > 120 => {
            format!("{}.{extension}", stem.chars().take(100).collect::<String>())
        }
        _ => clean.chars().take(120).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn upload(name: &str, bytes: &[u8]) -> Upload {
        Upload { name: name.into(), bytes: bytes.into() }
    }

    #[test]
    fn documents_are_accepted_and_programs_are_not() {
        assert_eq!(upload("Приказ.PDF", b"%PDF-1.7").check(), Ok("application/pdf"));
        assert_eq!(upload("setup.exe", b"MZ").check(), Err(BadFile::Kind("exe".into())));
        assert_eq!(upload("page.html", b"<p>").check(), Err(BadFile::Kind("html".into())));
        assert_eq!(upload("приказ", b"?").check(), Err(BadFile::Kind(String::new())));
        assert_eq!(upload("пусто.pdf", b"").check(), Err(BadFile::Empty));
        assert_eq!(upload("", b"").check(), Err(BadFile::Absent));
        assert_eq!(upload("фильм.mp4", &vec![0; MAX_BYTES + 1]).check(), Err(BadFile::TooLarge));
    }

    #[test]
    fn a_file_is_what_its_name_says() {
        let wrong = |extension: &str| Err(BadFile::Content(extension.into()));
        assert_eq!(upload("Скан.pdf", b"MZ\x90").check(), wrong("pdf"));
        assert_eq!(upload("Приказ.docx", b"<html>").check(), wrong("docx"));
        assert_eq!(upload("Фото.JPG", b"\x89PNG\r\n").check(), wrong("jpg"));
        assert_eq!(upload("Фото.webp", b"RIFF").check(), wrong("webp"));
        assert_eq!(upload("Фото.webp", b"RIFF\x24\0\0\0WEBPVP8 ").check(), Ok("image/webp"));
        assert_eq!(upload("Список.csv", b"1;2").check(), Ok("text/csv; charset=utf-8"));
        assert!(upload("С паролем.docx", LOCKED).check().is_ok());
    }

    #[test]
    fn a_name_keeps_no_path_and_no_line_breaks() {
        assert_eq!(tidy_name("C:\\Школа\\при\r\nказ.docx"), "приказ.docx");
        assert_eq!(tidy_name("../../etc/passwd"), "passwd");
        assert_eq!(tidy_name(".скрытый.pdf"), "скрытый.pdf");
        assert!(tidy_name(&format!("{}.docx", "я".repeat(300))).ends_with("я.docx"));
    }
}

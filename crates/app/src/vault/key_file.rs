//! The file with the key of the installation, and beside it the list of keys that were destroyed.

use super::cipher::Secret;
use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write as _},
    path::{Path, PathBuf},
};
use uuid::Uuid;

/// What stands before the key in its file.
const MARK: &str = "nastavnik-key-1";

/// What the file says to whoever finds it.
const NOTE: &str = "\
Ключ «Наставника» к закрытым сведениям (особые категории, вторые факторы входа). Без него их не прочитает никто, и программа тоже.
Копию храните отдельно от папки данных и её резервных копий. Не пересылайте.";

/// Where the key lies; outside the data directory, so that no copy of the data carries it.
#[derive(Debug, Clone)]
pub struct KeyFile(PathBuf);

/// Why there is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoKeyFile {
    #[error("the key file is missing")]
    Missing,
    #[error("the key file cannot be read")]
    Unreadable,
    #[error("the key file holds no key")]
    Damaged,
    #[error("the key file cannot be written")]
    NotMade,
}

impl KeyFile {
    /// Returns the file at a path; nothing is read or made.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Returns where the key of a data directory lies if nobody says otherwise: beside the directory, under its name.
    pub fn beside(data: &Path) -> io::Result<Self> {
        let whole = std::path::absolute(data)?;
        let mut name = whole.file_name().map_or_else(|| "nastavnik".into(), std::ffi::OsStr::to_owned);
        name.push(".key");
        Ok(Self(whole.with_file_name(name)))
    }

    /// Tells whether the file lies in a directory.
    pub fn is_inside(&self, dir: &Path) -> bool {
        let whole = |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path));
        let folder = self.0.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match (whole(folder), whole(dir)) {
            (Ok(folder), Ok(dir)) => folder.starts_with(dir),
            _ => false,
        }
    }

    /// Reads the key.
    pub fn read(&self) -> Result<Secret, NoKeyFile> {
        let text = match fs::read_to_string(&self.0) {
            Ok(text) => zeroize::Zeroizing::new(text),
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(NoKeyFile::Missing),
            Err(error) if error.kind() == ErrorKind::InvalidData => return Err(NoKeyFile::Damaged),
            Err(_) => return Err(NoKeyFile::Unreadable),
        };
        let key = text.lines().find_map(|line| line.trim().strip_prefix(MARK)).map(str::trim);
        key.and_then(Secret::read).ok_or(NoKeyFile::Damaged)
    }

    /// Makes the file with a new key, or reads the one another program has made in the meantime.
    pub fn make(&self) -> Result<Secret, NoKeyFile> {
        let secret = Secret::fresh().ok_or(NoKeyFile::NotMade)?;
        let text = zeroize::Zeroizing::new(format!("{NOTE}\n{MARK} {}\n", *secret.written()));
        match self.write_new(&text) {
            Ok(()) => Ok(secret),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => self.read(),
            Err(_) => Err(NoKeyFile::NotMade),
        }
    }

    /// Writes a file that was not there, whole or not at all.
    fn write_new(&self, text: &str) -> io::Result<()> {
        let draft = self.beside_itself(&Uuid::new_v4().simple().to_string());
        let written = private(OpenOptions::new().write(true).create_new(true)).open(&draft).and_then(|mut file| {
            file.write_all(text.as_bytes())?;
            file.sync_all()?;
            // A link refuses to take the place of a file; a renaming would replace it.
            fs::hard_link(&draft, &self.0)
        });
        let _ = fs::remove_file(&draft);
        written?;
        self.0.parent().map_or(Ok(()), sync_folder)
    }

    /// Returns the ids of the keys that were destroyed.
    pub fn destroyed(&self) -> Result<BTreeSet<Uuid>, NoKeyFile> {
        match fs::read_to_string(self.list()) {
            Ok(text) => Ok(text.lines().filter_map(|line| Uuid::try_parse(line.trim()).ok()).collect()),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(_) => Err(NoKeyFile::Unreadable),
        }
    }

    /// Writes down that keys are destroyed, through to the disk.
    pub fn note_destroyed(&self, ids: &[Uuid]) -> Result<(), NoKeyFile> {
        let lines = ids.iter().fold(String::new(), |lines, id| lines + &id.to_string() + "\n");
        let written = private(OpenOptions::new().append(true).create(true)).open(self.list()).and_then(|mut file| {
            file.write_all(lines.as_bytes())?;
            file.sync_all()
        });
        written.map_err(|_| NoKeyFile::NotMade)
    }

    fn list(&self) -> PathBuf {
        self.beside_itself("destroyed")
    }

    fn beside_itself(&self, end: &str) -> PathBuf {
        let mut path = self.0.clone().into_os_string();
        path.push(".");
        path.push(end);
        path.into()
    }
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(one: &Secret, other: &Secret) -> bool {
        one.written() == other.written()
    }

    #[test]
    fn a_key_is_made_once_and_read_ever_after() {
        let dir = tempfile::tempdir().unwrap();
        let file = KeyFile::at(dir.path().join("school.key"));
        assert_eq!(file.read().err(), Some(NoKeyFile::Missing));
        let made = file.make().unwrap();
        assert!(same(&made, &file.read().unwrap()));
        assert!(same(&made, &file.make().unwrap()), "a second making takes the key that is there");
        let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(names, ["school.key"]);
        assert!(fs::read_to_string(dir.path().join("school.key")).unwrap().contains("отдельно от папки данных"));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_reads_the_file() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        KeyFile::at(dir.path().join("school.key")).make().unwrap();
        assert_eq!(fs::metadata(dir.path().join("school.key")).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_no_key_is_told_apart_from_what_is_missing() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("school.key");
        let file = KeyFile::at(&path);
        for text in ["", "nastavnik-key-1", "nastavnik-key-1 00", "nastavnik-key-2 0", "приказ"] {
            fs::write(&path, text).unwrap();
            assert_eq!(file.read().err(), Some(NoKeyFile::Damaged), "{text}");
        }
        fs::write(&path, [0xFF, 0xFE, 0x00]).unwrap();
        assert_eq!(file.read().err(), Some(NoKeyFile::Damaged));
        fs::remove_file(&path).unwrap();
        fs::create_dir(&path).unwrap();
        assert_eq!(file.read().err(), Some(NoKeyFile::Unreadable));
        assert_eq!(KeyFile::at(dir.path().join("нет/school.key")).make().err(), Some(NoKeyFile::NotMade));
    }

    #[test]
    fn the_file_lies_beside_the_data_and_never_inside() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("school");
        fs::create_dir(&data).unwrap();
        let usual = KeyFile::beside(&data).unwrap();
        assert_eq!(usual.0, dir.path().join("school.key"));
        assert!(!usual.is_inside(&data));
        assert!(KeyFile::at(data.join("school.key")).is_inside(&data));
        assert!(KeyFile::at(data.join("files/../school.key")).is_inside(&data));
        assert!(!KeyFile::at(dir.path().join("school-2/school.key")).is_inside(&data));
    }

    #[test]
    fn destroyed_keys_are_remembered() {
        let dir = tempfile::tempdir().unwrap();
        let file = KeyFile::at(dir.path().join("school.key"));
        assert_eq!(file.destroyed(), Ok(BTreeSet::new()));
        let ids = [Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7()];
        file.note_destroyed(&ids[..1]).unwrap();
        file.note_destroyed(&ids[1..]).unwrap();
        assert_eq!(file.destroyed(), Ok(ids.into()));
    }
}

//! The key of backups: 256 random bits in a small file that is kept apart from them.

use super::error::{Result, Trouble};
use crate::files::hex;
use sha2::{Digest as _, Sha256};
use std::{
    fs::OpenOptions,
    io::{self, Write as _},
    path::Path,
};

/// How the file of a key begins.
const TITLE: &str = "Ключ резервных копий «Наставника». Храните отдельно от копий: без него их не открыть.";

/// How the line with the bits begins.
const MARK: &str = "nastavnik-backup-key-1 ";

/// A key.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// Makes a key.
    ///
    /// # Errors
    /// When the machine has no randomness to offer.
    pub fn fresh() -> io::Result<Self> {
        let mut bits = [0; 32];
        getrandom::fill(&mut bits).map_err(|error| io::Error::other(error.to_string()))?;
        Ok(Self(bits))
    }

    /// Makes a key and keeps it in a new file that only its owner may read.
    pub fn make(path: &Path) -> Result<Self> {
        let key = Self::fresh().map_err(Trouble::with(path))?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => Trouble::KeyExists(path.to_owned()),
            _ => Trouble::Disk(path.to_owned(), error),
        })?;
        let text = format!("{TITLE}\nОтпечаток: {}\n{MARK}{}\n", key.fingerprint(), hex(&key.0));
        file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(Trouble::with(path))?;
        Ok(key)
    }

    /// Reads a key from its file.
    pub fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Trouble::NoKey(path.to_owned()),
            io::ErrorKind::InvalidData => Trouble::NotAKey(path.to_owned()),
            _ => Trouble::Disk(path.to_owned(), error),
        })?;
        Self::parse(&text).ok_or_else(|| Trouble::NotAKey(path.to_owned()))
    }

    /// Reads a key out of the text of its file.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.lines().find_map(|line| line.trim().strip_prefix(MARK));
        digits.and_then(bits_of).map(Self)
    }

    /// Reads a key, or makes it where there is none.
    pub fn read_or_make(path: &Path) -> Result<Self> {
        if path.exists() { Self::read(path) } else { Self::make(path) }
    }

    /// Returns eight characters by which people tell keys apart; they give nothing of the key away.
    pub fn fingerprint(&self) -> String {
        hex(&self.mark())
    }

    /// Returns the four bytes that stand in every backup made with this key.
    pub(super) fn mark(&self) -> [u8; 4] {
        let digest = Sha256::new().chain_update(MARK).chain_update(self.0).finalize();
        let mut mark = [0; 4];
        mark.copy_from_slice(&digest[..4]);
        mark
    }

    pub(super) fn bits(&self) -> &[u8; 32] {
        &self.0
    }
}

fn bits_of(digits: &str) -> Option<[u8; 32]> {
    let digits = digits.trim().as_bytes();
    let mut bits = [0; 32];
    if digits.len() != 64 {
        return None;
    }
    for (bit, pair) in bits.iter_mut().zip(digits.chunks(2)) {
        *bit = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_from_its_file_and_is_never_written_over() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("backup.key");
        assert!(matches!(Key::read(&path), Err(Trouble::NoKey(_))));
        let made = Key::make(&path).unwrap();
        assert_eq!(Key::read(&path).unwrap().bits(), made.bits());
        assert!(matches!(Key::make(&path), Err(Trouble::KeyExists(_))));
        std::fs::write(&path, "nastavnik-backup-key-1 слишком коротко").unwrap();
        assert!(matches!(Key::read(&path), Err(Trouble::NotAKey(_))));
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_a_key() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("backup.key");
        Key::make(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

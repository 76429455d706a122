//! The parts inside a backup: each has a name and blocks of bytes; a part is known by the digest of its bytes.
//!
//! What is written: name (two bytes of length), blocks (four bytes of length each), an empty block; an empty name ends
//! the archive. Lengths are big-endian.

use super::error::unsound;
use crate::files::hex;
use sha2::{Digest as _, Sha256};
use std::io::{self, Read, Write};

/// The longest block; a row with a whole list inside fits well.
const BLOCK_MAX: usize = 256 * 1024 * 1024;

/// What is known of a finished part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub bytes: u64,
    pub sha256: String,
}

/// Counts and digests the bytes of a part.
#[derive(Default)]
pub struct Tally {
    bytes: u64,
    digest: Sha256,
}

impl Tally {
    pub fn add(&mut self, block: &[u8]) {
        self.bytes += block.len() as u64;
        self.digest.update(block);
    }

    pub fn end(self) -> Written {
        Written { bytes: self.bytes, sha256: hex(&self.digest.finalize()) }
    }
}

/// Writes parts one after another.
pub struct Archive<W: Write> {
    to: W,
    tally: Tally,
}

impl<W: Write> Archive<W> {
    pub fn new(to: W) -> Self {
        Self { to, tally: Tally::default() }
    }

    /// Begins a part.
    pub fn begin(&mut self, name: &str) -> io::Result<()> {
        let length = u16::try_from(name.len()).map_err(|_| unsound("слишком длинное имя части"))?;
        self.to.write_all(&length.to_be_bytes())?;
        self.to.write_all(name.as_bytes())
    }

    /// Adds bytes to the part; the reader gets them as one block.
    pub fn block(&mut self, bytes: &[u8]) -> io::Result<()> {
        if bytes.is_empty() {
            return Ok(());
        }
        let length = u32::try_from(bytes.len()).map_err(|_| unsound("слишком длинная запись"))?;
        self.tally.add(bytes);
        self.to.write_all(&length.to_be_bytes())?;
        self.to.write_all(bytes)
    }

    /// Ends the part.
    pub fn end(&mut self) -> io::Result<Written> {
        self.to.write_all(&0_u32.to_be_bytes())?;
        Ok(std::mem::take(&mut self.tally).end())
    }

    /// Ends the archive and returns what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        self.to.write_all(&0_u16.to_be_bytes())?;
        Ok(self.to)
    }
}

/// Reads parts one after another.
pub struct Parts<R: Read>(R);

impl<R: Read> Parts<R> {
    pub fn new(from: R) -> Self {
        Self(from)
    }

    /// Returns the name of the next part; nothing at the end of the archive.
    pub fn next_part(&mut self) -> io::Result<Option<String>> {
        let mut length = [0; 2];
        self.0.read_exact(&mut length)?;
        let mut name = vec![0; usize::from(u16::from_be_bytes(length))];
        self.0.read_exact(&mut name)?;
        let name = String::from_utf8(name).map_err(|_| unsound("имя части не читается"))?;
        Ok((!name.is_empty()).then_some(name))
    }

    /// Returns the next block of the part; nothing at its end.
    pub fn next_block(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut length = [0; 4];
        self.0.read_exact(&mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length > BLOCK_MAX {
            return Err(unsound("слишком длинная запись"));
        }
        let mut block = vec![0; length];
        self.0.read_exact(&mut block)?;
        Ok((length > 0).then_some(block))
    }

    /// Checks that nothing follows the archive.
    pub fn finish(mut self) -> io::Result<R> {
        let after = self.0.read(&mut [0])?;
        if after == 0 { Ok(self.0) } else { Err(unsound("после конца копии есть лишнее")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back_with_their_blocks_and_digests() {
        let mut archive = Archive::new(vec![]);
        archive.begin("table/users").unwrap();
        archive.block(b"one\n").unwrap();
        archive.block(b"two\n").unwrap();
        let written = archive.end().unwrap();
        assert_eq!(written, Written { bytes: 8, sha256: hex(&Sha256::digest(b"one\ntwo\n")) });
        archive.begin("empty").unwrap();
        archive.end().unwrap();
        let bytes = archive.finish().unwrap();
        let mut parts = Parts::new(bytes.as_slice());
        assert_eq!(parts.next_part().unwrap().as_deref(), Some("table/users"));
        assert_eq!(parts.next_block().unwrap().as_deref(), Some(b"one\n".as_slice()));
        assert_eq!(parts.next_block().unwrap().as_deref(), Some(b"two\n".as_slice()));
        assert_eq!(parts.next_block().unwrap(), None);
        assert_eq!(parts.next_part().unwrap().as_deref(), Some("empty"));
        assert_eq!(parts.next_block().unwrap(), None);
        assert_eq!(parts.next_part().unwrap(), None);
        assert!(parts.finish().is_ok());
        assert!(Parts::new(&bytes[..bytes.len() - 1]).next_part().is_ok());
        assert!(Parts::new([0, 0, 1].as_slice()).finish().is_err());
    }
}

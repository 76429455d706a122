//! An encrypted stream: chunks of 64 KiB, each authenticated together with its number, the header and whether it is the
//! last one (STREAM over XChaCha20-Poly1305, <https://eprint.iacr.org/2015/189.pdf>). A flipped bit, a missing or a
//! moved chunk and a cut-off end all fail before their bytes are used.

use super::{
    error::{Result, Trouble, unsound},
    key::Key,
};
use crate::files::hex;
use aead_stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{XChaCha20Poly1305, aead::Payload};
use std::io::{self, Read, Write};

/// How every backup begins; the last byte is the version of this format.
const MAGIC: &[u8; 16] = b"nastavnik-copy\x0a\x01";

/// Random bytes of a stream; with its counter and last mark they make the nonce of a chunk.
const NONCE: usize = 19;

/// The beginning, the mark of the key, the random bytes.
const HEADER: usize = MAGIC.len() + 4 + NONCE;

/// Plain bytes of a chunk.
const CHUNK: usize = 64 * 1024;

/// What authenticates a chunk.
const TAG: usize = 16;

/// Writes a stream.
pub struct Sealer<W: Write> {
    to: W,
    cipher: EncryptorBE32<XChaCha20Poly1305>,
    header: [u8; HEADER],
    chunk: Vec<u8>,
}

impl<W: Write> Sealer<W> {
    /// Begins a stream.
    pub fn new(mut to: W, key: &Key) -> io::Result<Self> {
        let mut header = [0; HEADER];
        header[..MAGIC.len()].copy_from_slice(MAGIC);
        header[MAGIC.len()..MAGIC.len() + 4].copy_from_slice(&key.mark());
        getrandom::fill(&mut header[HEADER - NONCE..]).map_err(|error| io::Error::other(error.to_string()))?;
        to.write_all(&header)?;
        let cipher = EncryptorBE32::new(key.bits().into(), &nonce_of(&header).into());
        Ok(Self { to, cipher, header, chunk: Vec::with_capacity(CHUNK) })
    }

    /// Writes the last chunk and returns what was written to.
    pub fn finish(mut self) -> io::Result<W> {
        let last = Payload { msg: &self.chunk, aad: &self.header };
        let sealed = self.cipher.encrypt_last(last).map_err(|_| io::Error::other("the stream is too long"))?;
        self.to.write_all(&sealed)?;
        Ok(self.to)
    }
}

impl<W: Write> Write for Sealer<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.chunk.len() == CHUNK && !bytes.is_empty() {
            let next = Payload { msg: &self.chunk, aad: &self.header };
            let sealed = self.cipher.encrypt_next(next).map_err(|_| io::Error::other("the stream is too long"))?;
            self.to.write_all(&sealed)?;
            self.chunk.clear();
        }
        let some = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..some]);
        Ok(some)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Reads a stream; hands out only bytes that were authenticated.
pub struct Opener<R: Read> {
    from: R,
    /// Absent after the last chunk.
    cipher: Option<DecryptorBE32<XChaCha20Poly1305>>,
    header: [u8; HEADER],
    /// The chunk after the one that is handed out: only an empty one tells that this was the last.
    ahead: Vec<u8>,
    plain: Vec<u8>,
    at: usize,
}

impl<R: Read> Opener<R> {
    /// Begins to read a stream.
    ///
    /// # Errors
    /// When it is no backup, or one of another key.
    pub fn new(mut from: R, key: &Key) -> Result<Self> {
        let mut header = [0; HEADER];
        from.read_exact(&mut header).map_err(|_| Trouble::NotABackup)?;
        if &header[..MAGIC.len()] != MAGIC {
            return Err(Trouble::NotABackup);
        }
        let mark = &header[MAGIC.len()..MAGIC.len() + 4];
        if mark != key.mark() {
            return Err(Trouble::OtherKey { wanted: hex(mark), given: key.fingerprint() });
        }
        let cipher = DecryptorBE32::new(key.bits().into(), &nonce_of(&header).into());
        let ahead = sealed_chunk(&mut from).map_err(Trouble::with(""))?;
        Ok(Self { from, cipher: Some(cipher), header, ahead, plain: vec![], at: 0 })
    }

    fn open_chunk(&mut self) -> io::Result<()> {
        let Some(mut cipher) = self.cipher.take() else { return Ok(()) };
        let sealed = std::mem::replace(&mut self.ahead, sealed_chunk(&mut self.from)?);
        let chunk = Payload { msg: &sealed, aad: &self.header };
        let opened = if self.ahead.is_empty() {
            cipher.decrypt_last(chunk)
        } else {
            let opened = cipher.decrypt_next(chunk);
            self.cipher = Some(cipher);
            opened
        };
        self.plain = opened.map_err(|_| unsound("её содержимое изменено или обрезано"))?;
        self.at = 0;
        Ok(())
    }
}

impl<R: Read> Read for Opener<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        while self.at == self.plain.len() && self.cipher.is_some() {
            self.open_chunk()?;
        }
        let some = to.len().min(self.plain.len() - self.at);
        to[..some].copy_from_slice(&self.plain[self.at..self.at + some]);
        self.at += some;
        Ok(some)
    }
}

fn nonce_of(header: &[u8; HEADER]) -> [u8; NONCE] {
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&header[HEADER - NONCE..]);
    nonce
}

fn sealed_chunk(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut chunk = Vec::with_capacity(CHUNK + TAG);
    from.take((CHUNK + TAG) as u64).read_to_end(&mut chunk)?;
    Ok(chunk)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(plain: &[u8], key: &Key) -> Vec<u8> {
        let mut sealer = Sealer::new(vec![], key).unwrap();
        sealer.write_all(plain).unwrap();
        sealer.finish().unwrap()
    }

    fn opened(sealed: &[u8], key: &Key) -> Result<Vec<u8>> {
        let mut plain = vec![];
        Opener::new(sealed, key)?.read_to_end(&mut plain).map_err(Trouble::with(""))?;
        Ok(plain)
    }

    #[test]
    fn what_was_sealed_is_opened_at_every_border_of_chunks() {
        let key = Key::fresh().unwrap();
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7] {
            let plain: Vec<u8> = (0..length).map(|n| u8::try_from(n % 251).unwrap()).collect();
            assert!(opened(&sealed(&plain, &key), &key).unwrap() == plain, "{length}");
        }
    }

    #[test]
    fn chunks_cannot_be_cut_off_swapped_or_opened_with_another_key() {
        let key = Key::fresh().unwrap();
        let whole = sealed(&vec![7; 3 * CHUNK], &key);
        let (sealed_chunk, first) = (CHUNK + TAG, HEADER);
        for end in [first, first + sealed_chunk, first + 2 * sealed_chunk, whole.len() - 1] {
            assert!(matches!(opened(&whole[..end], &key), Err(Trouble::Damaged(_))), "{end}");
        }
        let mut swapped = whole[..first].to_vec();
        swapped.extend(&whole[first + sealed_chunk..first + 2 * sealed_chunk]);
        swapped.extend(&whole[first..first + sealed_chunk]);
        swapped.extend(&whole[first + 2 * sealed_chunk..]);
        assert!(matches!(opened(&swapped, &key), Err(Trouble::Damaged(_))));
        assert!(matches!(opened(&whole, &Key::fresh().unwrap()), Err(Trouble::OtherKey { .. })));
        assert!(matches!(opened(b"PK\x03\x04", &key), Err(Trouble::NotABackup)));
    }
}

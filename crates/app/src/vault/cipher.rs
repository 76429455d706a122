//! Sealing and opening of a text with a key: XChaCha20-Poly1305 with a random nonce. Pure but for the randomness.

use crate::files::hex;
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use zeroize::Zeroizing;

/// The length of a key, in bytes.
const KEY: usize = 32;

/// The length of a nonce, in bytes: long enough to be drawn at random.
const NONCE: usize = 24;

/// Texts are filled up to a multiple of this, in bytes: the length of a record would tell the categories apart.
const BLOCK: usize = 256;

/// What ends a text before its filling (ISO/IEC 7816-4).
const END: u8 = 0x80;

/// A key; wiped from memory when dropped, never printed.
pub struct Secret(Zeroizing<[u8; KEY]>);

impl Secret {
    /// Returns a random key; nothing when the machine has no randomness to offer.
    pub fn fresh() -> Option<Self> {
        let mut bytes = Zeroizing::new([0_u8; KEY]);
        getrandom::fill(bytes.as_mut_slice()).ok()?;
        Some(Self(bytes))
    }

    /// Reads a key as it is written: 64 hexadecimal digits.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(unhex(text)?);
        let key: [u8; KEY] = bytes.as_slice().try_into().ok()?;
        Some(Self(Zeroizing::new(key)))
    }

    /// Writes the key.
    pub fn written(&self) -> Zeroizing<String> {
        Zeroizing::new(hex(self.0.as_slice()))
    }

    /// Seals a text for the one place it belongs to.
    pub fn seal(&self, place: &str, text: &str) -> Option<String> {
        let mut nonce = [0_u8; NONCE];
        getrandom::fill(&mut nonce).ok()?;
        let mut filled = Zeroizing::new(text.as_bytes().to_vec());
        filled.push(END);
        let length = filled.len().div_ceil(BLOCK) * BLOCK;
        filled.resize(length, 0);
        let payload = Payload { msg: &filled, aad: place.as_bytes() };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).ok()?;
        Some(hex(&nonce) + &hex(&sealed))
    }

    /// Opens a text sealed for a place; nothing when the key, the place or the text is another one.
    pub fn open(&self, place: &str, sealed: &str) -> Option<String> {
        let bytes = unhex(sealed)?;
        let (nonce, rest) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: rest, aad: place.as_bytes() };
        let mut text = self.cipher().decrypt(&XNonce::from(*nonce), payload).ok()?;
        let end = text.iter().rposition(|byte| *byte != 0).filter(|end| text.get(*end) == Some(&END))?;
        text.truncate(end);
        String::from_utf8(text).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLACE: &str = "special_categories/1";

    #[test]
    fn another_key_another_place_and_a_changed_text_open_nothing() {
        let (key, other) = (Secret::fresh().unwrap(), Secret::fresh().unwrap());
        let sealed = key.seal(PLACE, "одарённые").unwrap();
        assert_eq!(key.open(PLACE, &sealed).as_deref(), Some("одарённые"));
        assert_eq!(other.open(PLACE, &sealed), None);
        assert_eq!(key.open("special_categories/2", &sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone().into_bytes();
            changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
            assert_eq!(key.open(PLACE, &String::from_utf8(changed).unwrap()), None, "digit {at}");
        }
        for broken in ["", "0", "не шестнадцатеричное", &sealed[..NONCE * 2], &sealed[..sealed.len() - 2]]
        {
            assert_eq!(key.open(PLACE, broken), None, "{broken}");
        }
    }

    #[test]
    fn the_length_does_not_tell_texts_apart_nor_is_one_sealed_alike_twice() {
        let key = Secret::fresh().unwrap();
        let sealed = |text: &str| key.seal(PLACE, text).unwrap();
        assert_eq!(sealed("").len(), sealed("дети-сироты и дети, оставшиеся без попечения родителей").len());
        assert_ne!(sealed("ОВЗ"), sealed("ОВЗ"));
        assert!(!sealed("ОВЗ").contains(&hex("ОВЗ".as_bytes())));
    }

    #[test]
    fn a_key_is_read_as_it_is_written_and_nothing_else_is_one() {
        let key = Secret::fresh().unwrap();
        let again = Secret::read(&key.written()).unwrap();
        assert_eq!(again.open(PLACE, &key.seal(PLACE, "текст").unwrap()).as_deref(), Some("текст"));
        for text in ["", "00", &"0".repeat(63), &"0".repeat(66), &"ы".repeat(64)] {
            assert!(Secret::read(text).is_none(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_is_opened(text in ".{0,600}") {
            let key = Secret::fresh().unwrap();
            prop_assert_eq!(key.open(PLACE, &key.seal(PLACE, &text).unwrap()), Some(text));
        }
    }
}

//! Secrets that a browser or a link carries; the database keeps their digests only (security rule 7).

use crate::{
    error::{Answer, Failure},
    files::hex,
};
use sha2::{Digest as _, Sha256};

/// A random secret as text.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// Makes a secret of 256 random bits.
    ///
    /// # Errors
    /// When the machine has no randomness to offer.
    pub fn fresh() -> Answer<Self> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|error| Failure::unforeseen(&error))?;
        Ok(Self(hex(&bytes)))
    }

    /// Reads a secret that came with a request; nothing that cannot be one.
    pub fn read(text: &str) -> Option<Self> {
        let is_token = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_token.then(|| Self(text.to_owned()))
    }

    /// Returns what is stored instead of the secret.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }

    /// Returns the secret itself, to be shown or sent once.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_back_and_nothing_else_is_one() {
        let token = Token::fresh().unwrap();
        assert_eq!(Token::read(token.secret()).map(|token| token.hash()), Some(token.hash()));
        assert_ne!(token.hash(), token.secret());
        for text in ["", "0", "../../etc/passwd", &"g".repeat(64), &"ы".repeat(32)] {
            assert!(Token::read(text).is_none(), "{text}");
        }
    }
}

//! What the QR code of a paper says: «NS-» and 26 letters and digits that name the paper and nobody.
//!
//! 128 random bits in the alphabet of Crockford's Base32, which has no letters a person takes for digits. Capital letters
//! and digits make the smallest QR code (ISO/IEC 18004, alphanumeric mode). Whoever reads it learns nothing: the code
//! opens no page without an account.

use crate::error::{Answer, Failure};

/// 32 letters and digits without I, L, O and U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

const PREFIX: &str = "NS-";

/// 128 bits in fives.
const LENGTH: usize = 26;

/// Makes a code.
///
/// # Errors
/// When the machine has no randomness to offer.
pub fn fresh() -> Answer<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| Failure::unforeseen(&error))?;
    Ok(of_bits(u128::from_be_bytes(bytes)))
}

/// Writes the bits, the last letter first.
fn of_bits(bits: u128) -> String {
    let letter = |place: usize| {
        let five = (bits >> (5 * place)) & 31;
        char::from(ALPHABET[usize::try_from(five).unwrap_or(0)])
    };
    PREFIX.chars().chain((0..LENGTH).rev().map(letter)).collect()
}

/// Reads what a scanner, or a person, has read off a paper; nothing when it is no code of ours.
pub fn read(text: &str) -> Option<String> {
    let upper = text.trim().to_ascii_uppercase();
    let digits = upper.strip_prefix(PREFIX)?;
    let plain: String = digits
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let is_code = plain.len() == LENGTH && plain.bytes().all(|byte| ALPHABET.contains(&byte));
    is_code.then(|| format!("{PREFIX}{plain}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_is_read_back_and_differs_for_other_bits(bits: u128, other: u128) {
            let code = of_bits(bits);
            prop_assert_eq!(read(&code), Some(code.clone()));
            prop_assert_eq!(read(&code.to_lowercase()), Some(code.clone()));
            prop_assert_eq!(code == of_bits(other), bits == other);
        }
    }

    #[test]
    fn letters_taken_for_digits_are_understood() {
        let code = of_bits(0);
        assert_eq!(code, "NS-00000000000000000000000000");
        assert_eq!(read("NS-OOOOOOOOOOOOOOOOOOOOOOOOOO"), Some(code));
    }

    #[test]
    fn what_is_no_code_names_nothing() {
        for text in ["", "NS-", "https://example.org", "NS-0000000000000000000000000", "NS-U0000000000000000000000000"]
        {
            assert_eq!(read(text), None, "{text}");
        }
        assert_ne!(fresh().unwrap(), fresh().unwrap());
    }
}

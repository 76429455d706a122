//! Codes of a second factor (RFC 6238) and for the day the telephone is lost. Pure but for the randomness.

use super::model::Role;
use crate::{
    error::{Answer, Failure},
    files::hex,
};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest as _, Sha256};
use totp_rs::{Builder, Secret, Totp};

database::stored_as_text! {
    /// Of whom a school demands a second factor.
    pub enum Demand {
        Roles = "roles" => "от администратора, директора, куратора программы и педагога-психолога",
        Everybody = "everybody" => "от всех",
        Nobody = "nobody" => "ни от кого",
    }
}

/// Roles that open the most: without a second factor their password alone would open it (security rule 8).
pub const DEMANDED_OF: [Role; 4] = [Role::Coordinator, Role::Head, Role::Psychologist, Role::Administrator];

/// Days a new account works before the factor must be there: telephones are not always at hand on the first day.
pub const GRACE: TimeDelta = TimeDelta::days(7);

/// Bytes of a secret: RFC 4226 asks for 160 bits.
const SECRET_BYTES: usize = 20;

/// Codes for a lost telephone.
const CODES: usize = 10;

/// How an account stands to the second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is there, or nobody demands it.
    Good,
    /// It will be demanded from this moment on.
    DueAt(DateTime<Utc>),
    /// It is demanded: until it is there, nothing else can be done.
    Due,
}

impl Standing {
    /// Tells how an account stands that was made at a moment.
    pub fn of(
        roles: &[Role],
        has_factor: bool,
        demand: Demand,
        (made_at, now): (DateTime<Utc>, DateTime<Utc>),
    ) -> Self {
        let demanded = match demand {
            Demand::Nobody => false,
            Demand::Everybody => true,
            Demand::Roles => roles.iter().any(|role| DEMANDED_OF.contains(role)),
        };
        match made_at + GRACE {
            _ if !demanded || has_factor => Self::Good,
            moment if moment <= now => Self::Due,
            moment => Self::DueAt(moment),
        }
    }
}

/// Makes a secret, as the text that applications show.
///
/// # Errors
/// When the machine has no randomness to offer.
pub fn fresh_secret() -> Answer<String> {
    let mut bytes = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut bytes).map_err(|error| Failure::unforeseen(&error))?;
    Ok(Secret::from(bytes.as_slice()).to_base32())
}

/// Returns what counts the codes of a secret; the names stand in the application of the telephone.
fn counter(secret: &str, login: &str) -> Answer<Totp> {
    let secret = Secret::try_from_base32(secret).map_err(|error| Failure::unforeseen(&error))?;
    Builder::new()
        .with_secret(secret)
        // A colon separates the names in the address that the drawing carries.
        .with_account_name(login.replace(':', " "))
        // The name of the school would make the drawing twice as dense: every letter takes six signs, twice.
        .with_issuer(Some("Наставник".to_owned()))
        .build()
        .map_err(|error| Failure::unforeseen(&error))
}

/// Returns the address that an application reads from the screen.
pub fn address(secret: &str, login: &str) -> Answer<String> {
    counter(secret, login)?.to_url().map_err(|error| Failure::unforeseen(&error))
}

/// Returns the step of a code that is right now or was half a minute ago, unless it or a later one was taken.
pub fn step(secret: &str, code: &str, last_step: i64, now: DateTime<Utc>) -> Answer<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let time = u64::try_from(now.timestamp()).unwrap_or_default();
    let found = counter(secret, "")?.check(&digits, time);
    Ok(found.and_then(|step| i64::try_from(step).ok()).filter(|step| *step > last_step))
}

/// Makes codes for a lost telephone: «7K3F-9Q2M», 40 bits each, never told again.
///
/// # Errors
/// When the machine has no randomness to offer.
pub fn fresh_codes() -> Answer<Vec<String>> {
    // 32 letters that are not taken for each other.
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut bytes = [0_u8; CODES * 8];
    getrandom::fill(&mut bytes).map_err(|error| Failure::unforeseen(&error))?;
    let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).map_or('2', |letter| char::from(*letter));
    let code = |bytes: &[u8]| {
        let letters: String = bytes.iter().map(letter).collect();
        let (first, second) = letters.split_at(4);
        format!("{first}-{second}")
    };
    Ok(bytes.chunks(8).map(code).collect())
}

/// Returns what is stored instead of a code, however it is spelled.
pub fn code_hash(code: &str) -> String {
    let plain: String = code.to_uppercase().chars().filter(char::is_ascii_alphanumeric).collect();
    hex(&Sha256::digest(plain.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The secret of RFC 6238, appendix B, and one of its codes, cut to six digits.
    const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    #[test]
    fn a_code_of_the_standard_is_right_for_a_minute_and_only_once() {
        let now = at(1_111_111_111);
        assert_eq!(step(SECRET, "050471", 0, now).unwrap(), Some(37_037_037));
        assert_eq!(step(SECRET, " 050 471 ", 0, now).unwrap(), Some(37_037_037));
        assert_eq!(step(SECRET, "050471", 0, now + TimeDelta::seconds(30)).unwrap(), Some(37_037_037));
        assert_eq!(step(SECRET, "050471", 0, now + TimeDelta::seconds(90)).unwrap(), None);
        assert_eq!(step(SECRET, "050471", 37_037_037, now).unwrap(), None);
        for wrong in ["050472", "", "50471", "абвгде"] {
            assert_eq!(step(SECRET, wrong, 0, now).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn an_application_reads_the_secret_and_whose_it_is() {
        let address = address(SECRET, "petrova").unwrap();
        assert!(address.starts_with("otpauth://totp/") && address.contains(SECRET), "{address}");
        assert_ne!(fresh_secret().unwrap(), fresh_secret().unwrap());
        assert_eq!(fresh_secret().unwrap().len(), 32);
    }

    #[test]
    fn codes_for_a_lost_telephone_differ_and_are_known_however_they_are_typed() {
        let codes: BTreeSet<String> = fresh_codes().unwrap().into_iter().collect();
        assert_eq!(codes.len(), CODES);
        for code in codes {
            assert_eq!(code.len(), 9);
            assert_eq!(code_hash(&code), code_hash(&format!(" {} ", code.to_lowercase().replace('-', " "))));
        }
        assert_ne!(code_hash("2222-2222"), code_hash("2222-2223"));
    }

    #[test]
    fn a_factor_is_demanded_of_who_opens_the_most_after_a_week() {
        let made = at(0);
        let standing = |roles: &[Role], has, demand| Standing::of(roles, has, demand, (made, made));
        assert_eq!(standing(&[Role::ClassTeacher], false, Demand::Roles), Standing::Good);
        assert_eq!(standing(&[Role::ClassTeacher], false, Demand::Everybody), Standing::DueAt(made + GRACE));
        assert_eq!(standing(&[Role::Head], true, Demand::Roles), Standing::Good);
        assert_eq!(standing(&[Role::Head], false, Demand::Nobody), Standing::Good);
        let roles = [Role::ClassTeacher, Role::Head];
        let later =
            |seconds| Standing::of(&roles, false, Demand::Roles, (made, made + GRACE + TimeDelta::seconds(seconds)));
        assert_eq!((later(-1), later(0)), (Standing::DueAt(made + GRACE), Standing::Due));
    }
}

//! Password hashes: argon2id, m = 19 456 KiB, t = 2, p = 1 (OWASP Password Storage Cheat Sheet), ≈ 55–75 ms each.

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash},
};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Hashes and checks passwords, never more at a time than there are cores.
#[derive(Clone)]
pub struct Hasher {
    places: Arc<Semaphore>,
    cost: Cost,
}

/// How much work a hash is.
#[derive(Debug, Clone, Copy)]
pub enum Cost {
    /// For people.
    Full,
    /// For tests that sign in a thousand times.
    Testing,
}

/// A hash of a password nobody has: checking against it takes as long as against a real one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LWhhcy10aGlz$5u0eS8mAQVbxTlMIcYcZ0Fk1gOB5JQHwLQVRuGrTGfo";

impl Hasher {
    /// Returns a hasher for people.
    pub fn new(cost: Cost) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { places: Arc::new(Semaphore::new(cores)), cost }
    }

    /// Returns the hash of a new password, ready for the database.
    ///
    /// # Errors
    /// When the machine has no randomness to offer or the task is cancelled.
    pub async fn hash(&self, password: String) -> std::io::Result<String> {
        let cost = self.cost;
        self.apart(move || argon(cost)?.hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(failed))
            .await?
    }

    /// Tells whether the password is the one behind the hash; without a hash it takes as long and says no.
    pub async fn matches(&self, password: String, hash: Option<String>) -> bool {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
        let checked = self
            .apart(move || {
                PasswordHash::new(&hash)
                    .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await;
        known && checked.unwrap_or(false)
    }

    async fn apart<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> std::io::Result<T> {
        let _place = self.places.acquire().await.map_err(failed)?;
        tokio::task::spawn_blocking(work).await.map_err(failed)
    }
}

fn argon(cost: Cost) -> std::io::Result<Argon2<'static>> {
    let params = match cost {
        Cost::Full => Params::new(19_456, 2, 1, None),
        Cost::Testing => Params::new(Params::MIN_M_COST, 1, 1, None),
    };
    params.map(|params| Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)).map_err(failed)
}

fn failed(error: impl std::fmt::Display) -> std::io::Error {
    std::io::Error::other(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_right_password_matches_and_hashes_differ() {
        let hasher = Hasher::new(Cost::Full);
        let hash = hasher.hash("зелёный чайник".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, hasher.hash("зелёный чайник".into()).await.unwrap());
        assert!(hasher.matches("зелёный чайник".into(), Some(hash.clone())).await);
        assert!(!hasher.matches("зеленый чайник".into(), Some(hash)).await);
        assert!(!hasher.matches("зелёный чайник".into(), None).await);
        assert!(!hasher.matches("зелёный чайник".into(), Some("мусор".into())).await);
    }

    #[test]
    fn the_hash_of_nobody_costs_as_much_as_a_real_one() {
        assert!(PasswordHash::new(NOBODY).is_ok());
        assert!(NOBODY.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    }
}

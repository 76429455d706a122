//! Who has left for the provider and is expected back. In memory: a restart asks people to begin again.

use crate::{
    access::model::{SchoolId, UserId},
    web::Token,
};
use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// Minutes somebody may take at the provider.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// How many may be away at the same time: a flood of strangers must not eat the memory.
const MOST: usize = 10_000;

/// What somebody has left for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// To come in, and then to this page.
    SignIn { next: String },
    /// To have the account at the provider open this one.
    Link(SchoolId, UserId),
}

/// One way to the provider and back.
pub struct Attempt {
    /// The browser that left, as the digest of its cookie.
    pub browser: String,
    pub nonce: Token,
    pub verifier: Token,
    pub purpose: Purpose,
    pub left_at: DateTime<Utc>,
}

/// Everybody who is away, by the digest of the secret that comes back.
#[derive(Default)]
pub struct Attempts(Mutex<HashMap<String, Attempt>>);

impl Attempts {
    /// Remembers an attempt; `false` when too many are away.
    pub fn keep(&self, state: &Token, attempt: Attempt) -> bool {
        let mut away = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left_at = attempt.left_at;
        away.retain(|_, one| left_at - one.left_at < PATIENCE);
        if away.len() >= MOST {
            return false;
        }
        away.insert(state.hash(), attempt);
        true
    }

    /// Takes an attempt, once and only for the browser that left; in other hands it stays for that browser.
    pub fn take(&self, state: &Token, browser: &Token, at: DateTime<Utc>) -> Option<Attempt> {
        let mut away = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let state = state.hash();
        if away.get(&state)?.browser != browser.hash() {
            return None;
        }
        away.remove(&state).filter(|attempt| at - attempt.left_at < PATIENCE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(browser: &Token, left_at: DateTime<Utc>) -> Attempt {
        Attempt {
            browser: browser.hash(),
            nonce: Token::fresh().unwrap(),
            verifier: Token::fresh().unwrap(),
            purpose: Purpose::SignIn { next: "/".into() },
            left_at,
        }
    }

    fn tokens() -> [Token; 3] {
        [(); 3].map(|()| Token::fresh().unwrap())
    }

    #[test]
    fn who_left_comes_back_once_and_in_the_same_browser() {
        let (attempts, at, [state, browser, other]) = (Attempts::default(), DateTime::UNIX_EPOCH, tokens());
        assert!(attempts.keep(&state, attempt(&browser, at)));
        assert!(attempts.take(&other, &browser, at).is_none());
        assert!(attempts.take(&state, &other, at).is_none());
        assert!(attempts.take(&state, &browser, at).is_some(), "a stranger's try spoils nothing");
        assert!(attempts.take(&state, &browser, at).is_none());
    }

    #[test]
    fn who_took_too_long_begins_again() {
        let (attempts, at, [state, browser, _]) = (Attempts::default(), DateTime::UNIX_EPOCH, tokens());
        assert!(attempts.keep(&state, attempt(&browser, at)));
        assert!(attempts.take(&state, &browser, at + PATIENCE).is_none());
    }

    #[test]
    fn a_flood_is_turned_away_until_its_time_is_over() {
        let (attempts, at, [_, browser, _]) = (Attempts::default(), DateTime::UNIX_EPOCH, tokens());
        for _ in 0..MOST {
            assert!(attempts.keep(&Token::fresh().unwrap(), attempt(&browser, at)));
        }
        let [state, ..] = tokens();
        assert!(!attempts.keep(&state, attempt(&browser, at)));
        assert!(attempts.keep(&state, attempt(&browser, at + PATIENCE)));
    }
}

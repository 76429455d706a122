//! Slows down guessing of passwords.
//!
//! Counted per login and per address, in memory: a restart forgives. A school sits behind one address, so the limit per
//! address is sized for a whole school; nobody is locked out for good, the wait grows and ends.

use chrono::{DateTime, TimeDelta, Utc};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Failures that cost nothing: of one login, of one address.
const FREE: (u32, u32) = (5, 100);

/// The longest wait, in seconds.
const LONGEST: i64 = 300;

/// How long a failure is remembered.
const MEMORY: TimeDelta = TimeDelta::minutes(15);

/// How many names are remembered at most: a flood of invented logins must not eat the memory.
const NAMES: usize = 10_000;

/// Remembers recent failures to sign in.
#[derive(Clone, Default)]
pub struct Throttle(Arc<Mutex<HashMap<String, Failures>>>);

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: DateTime<Utc>,
}

impl Throttle {
    /// Counts an attempt before it is checked, so that attempts at the same time see each other.
    ///
    /// # Errors
    /// The seconds to wait; an attempt that has to wait is not counted.
    pub fn attempt(&self, login: &str, address: &str, now: DateTime<Utc>) -> Result<(), u64> {
        self.count(&[(login_name(login), FREE.0), (address_name(address), FREE.1)], now)
    }

    /// Counts something that anybody may send without an account, such as an application, by its address.
    ///
    /// # Errors
    /// The seconds to wait, once more than `free` came within the time that is remembered.
    pub fn sent(&self, what: &str, address: &str, free: u32, now: DateTime<Utc>) -> Result<(), u64> {
        self.count(&[(format!("{what} {address}"), free)], now)
    }

    fn count(&self, names: &[(String, u32)], now: DateTime<Utc>) -> Result<(), u64> {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        memory.retain(|_, failures| now - failures.last < MEMORY);
        let wait = names.iter().filter_map(|(name, free)| memory.get(name)?.wait(*free, now)).max();
        if let Some(seconds) = wait {
            return Err(seconds);
        }
        for (name, _) in names {
            if memory.len() < NAMES || memory.contains_key(name) {
                let failures = memory.entry(name.clone()).or_insert(Failures { count: 0, last: now });
                failures.count += 1;
                failures.last = now;
            }
        }
        Ok(())
    }

    /// Takes back the attempt that was right and forgets what the login failed before.
    pub fn succeeded(&self, login: &str, address: &str) {
        self.forgive(login);
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(failures) = memory.get_mut(&address_name(address)) {
            failures.count = failures.count.saturating_sub(1);
        }
    }

    /// Forgets the failures of a login.
    pub fn forgive(&self, login: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&login_name(login));
    }
}

impl Failures {
    /// Returns the seconds that are left to wait, if any.
    fn wait(self, free: u32, now: DateTime<Utc>) -> Option<u64> {
        let beyond = self.count.checked_sub(free)?;
        let pause = LONGEST.min(5_i64 << beyond.min(10));
        let left = (self.last + TimeDelta::seconds(pause) - now).num_seconds();
        u64::try_from(left).ok().filter(|left| *left > 0)
    }
}

fn login_name(login: &str) -> String {
    format!("login {login}")
}

fn address_name(address: &str) -> String {
    format!("address {address}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "10.0.0.1";

    #[test]
    fn the_sixth_attempt_waits_and_a_success_or_time_forgives() {
        let (throttle, now) = (Throttle::default(), DateTime::UNIX_EPOCH);
        for _ in 0..5 {
            assert_eq!(throttle.attempt("petrova", HERE, now), Ok(()));
        }
        assert_eq!(throttle.attempt("petrova", HERE, now), Err(5));
        assert_eq!(throttle.attempt("sidorova", HERE, now), Ok(()), "one address is a whole school");
        let later = now + TimeDelta::seconds(5);
        assert_eq!(throttle.attempt("petrova", HERE, later), Ok(()));
        assert_eq!(throttle.attempt("petrova", HERE, later), Err(10));
        throttle.succeeded("petrova", HERE);
        assert_eq!(throttle.attempt("petrova", HERE, later), Ok(()));
        assert_eq!(throttle.attempt("petrova", HERE, later + MEMORY), Ok(()));
    }

    #[test]
    fn the_wait_never_grows_beyond_five_minutes() {
        let (throttle, mut now) = (Throttle::default(), DateTime::UNIX_EPOCH);
        let mut longest = 0;
        for _ in 0..40 {
            if let Err(seconds) = throttle.attempt("petrova", HERE, now) {
                longest = longest.max(seconds);
                now += TimeDelta::seconds(i64::try_from(seconds).unwrap());
            }
        }
        assert_eq!(longest, 300);
    }

    #[test]
    fn a_school_that_signs_in_rightly_is_never_slowed_down() {
        let (throttle, now) = (Throttle::default(), DateTime::UNIX_EPOCH);
        for person in 0..500 {
            let login = format!("person {person}");
            assert_eq!(throttle.attempt(&login, HERE, now), Ok(()));
            throttle.succeeded(&login, HERE);
        }
    }

    #[test]
    fn what_is_sent_without_an_account_is_counted_apart_from_signing_in() {
        let (throttle, now) = (Throttle::default(), DateTime::UNIX_EPOCH);
        for _ in 0..3 {
            assert_eq!(throttle.sent("application", HERE, 3, now), Ok(()));
        }
        assert_eq!(throttle.sent("application", HERE, 3, now), Err(5));
        assert_eq!(throttle.sent("application", "10.0.0.2", 3, now), Ok(()));
        assert_eq!(throttle.attempt("petrova", HERE, now), Ok(()));
    }

    #[test]
    fn trying_many_logins_from_one_address_waits_after_a_hundred() {
        let (throttle, now) = (Throttle::default(), DateTime::UNIX_EPOCH);
        for person in 0..100 {
            assert_eq!(throttle.attempt(&format!("person {person}"), HERE, now), Ok(()));
        }
        assert_eq!(throttle.attempt("one more", HERE, now), Err(5));
        assert_eq!(throttle.attempt("one more", "10.0.0.2", now), Ok(()));
    }
}

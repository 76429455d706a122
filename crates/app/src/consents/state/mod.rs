//! Where a consent stands: it follows from facts and today and is never stored.
//!
//! [`TRANSITIONS`] lists all changes; `docs/states.md` draws them and a test compares the two.

mod transitions;

#[cfg(test)]
mod tests;

pub use transitions::{Cause, TRANSITIONS, Transition, mermaid};

use chrono::{NaiveDate, TimeDelta};

/// How long before its last day a consent begins to ask for a new one.
const WARNS: TimeDelta = TimeDelta::days(30);

/// Where a consent stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Needed,
    Printed,
    Signed,
    Expiring,
    Expired,
    Withdrawn,
}

/// What the state of a consent follows from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    pub printed_on: Option<NaiveDate>,
    pub signed_on: Option<NaiveDate>,
    /// The last day it is valid on; nothing for as long as the purpose lasts.
    pub valid_until: Option<NaiveDate>,
    pub withdrawn_on: Option<NaiveDate>,
}

impl State {
    pub const ALL: [Self; 6] =
        [Self::Needed, Self::Printed, Self::Signed, Self::Expiring, Self::Expired, Self::Withdrawn];

    /// Names the state on the screen and in documents.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Needed => "нужно",
            Self::Printed => "напечатано",
            Self::Signed => "подписано",
            Self::Expiring => "скоро истекает",
            Self::Expired => "истекло",
            Self::Withdrawn => "отозвано",
        }
    }

    /// Names the state in addresses and diagrams.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::Printed => "printed",
            Self::Signed => "signed",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word that stands in addresses.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == word)
    }

    /// Tells whether data may be processed in this state.
    pub const fn is_valid(self) -> bool {
        matches!(self, Self::Signed | Self::Expiring)
    }

    /// Tells whether the document still waits for its signatures.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Needed | Self::Printed)
    }
}

/// Returns where a consent stands on a day; its last day is still valid.
pub fn state(facts: &Facts, day: NaiveDate) -> State {
    let happened = |on: Option<NaiveDate>| on.is_some_and(|on| on <= day);
    if happened(facts.withdrawn_on) {
        State::Withdrawn
    } else if happened(facts.signed_on) {
        match facts.valid_until {
            Some(last) if last < day => State::Expired,
            Some(last) if last - day <= WARNS => State::Expiring,
            _ => State::Signed,
        }
    } else if happened(facts.printed_on) {
        State::Printed
    } else {
        State::Needed
    }
}

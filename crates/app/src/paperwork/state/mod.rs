//! Where a paper stands: it follows from facts and is never stored.
//!
//! [`TRANSITIONS`] lists all changes; `docs/states.md` draws them and a test compares the two.

mod transitions;

#[cfg(test)]
mod tests;

pub use transitions::{Cause, TRANSITIONS, Transition, mermaid, next};

use chrono::NaiveDate;

/// Where a paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Draft,
    Printed,
    Signed,
    Registered,
    Amended,
    Cancelled,
}

/// What the state of a paper follows from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Facts {
    pub printed_on: Option<NaiveDate>,
    pub signed_on: Option<NaiveDate>,
    pub registered_on: Option<NaiveDate>,
    /// A paper that changes it was registered.
    pub amended_on: Option<NaiveDate>,
    pub cancelled_on: Option<NaiveDate>,
}

impl State {
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::Printed, Self::Signed, Self::Registered, Self::Amended, Self::Cancelled];

    /// Names the state on the screen.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "черновик",
            Self::Printed => "напечатан",
            Self::Signed => "подписан",
            Self::Registered => "зарегистрирован",
            Self::Amended => "изменён другим документом",
            Self::Cancelled => "отменён",
        }
    }

    /// Names the state in addresses and diagrams.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Printed => "printed",
            Self::Signed => "signed",
            Self::Registered => "registered",
            Self::Amended => "amended",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads the word that stands in addresses.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == word)
    }

    /// Tells whether what it is filled with may still change.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Printed)
    }

    /// Tells whether it proves something: signed or registered, and not cancelled.
    pub const fn proves(self) -> bool {
        matches!(self, Self::Signed | Self::Registered | Self::Amended)
    }
}

/// Returns where a paper stands.
pub fn state(facts: &Facts) -> State {
    if facts.cancelled_on.is_some() {
        State::Cancelled
    } else if facts.registered_on.is_some() {
        if facts.amended_on.is_some() { State::Amended } else { State::Registered }
    } else if facts.signed_on.is_some() {
        State::Signed
    } else if facts.printed_on.is_some() {
        State::Printed
    } else {
        State::Draft
    }
}

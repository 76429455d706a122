//! The state of a row and the acts that change it.
//!
//! A state is never stored: it follows from facts (the days of the term, what was confirmed, what was cancelled, whether
//! any record exists) and from today. People act; every act either gives what is to be stored or refuses with a sentence.
//! The diagram of the states is drawn from [`TRANSITIONS`], which a test compares with what the code does.

mod acts;
mod transitions;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use acts::{Confirmation, Refusal, accept, cancel, confirm, reopen, restore, withdraw};
pub use transitions::{Cause, TRANSITIONS, Transition, mermaid};

use super::term::Window;

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowState {
    NotStarted,
    InWork,
    Done,
    DoneLate,
    Overdue,
    Cancelled,
}

/// What the state of a row follows from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RowFacts {
    /// The days of the term; nothing when the term has none, and then the row is never late.
    pub window: Option<Window>,
    pub cancelled_on: Option<NaiveDate>,
    /// The day the work was done, as confirmed.
    pub done_on: Option<NaiveDate>,
    /// The head has accepted the confirmation.
    pub is_accepted: bool,
    /// Something was recorded for the row: a document, a task, a note, a number.
    pub has_records: bool,
}

impl RowState {
    pub const ALL: [Self; 6] =
        [Self::NotStarted, Self::InWork, Self::Done, Self::DoneLate, Self::Overdue, Self::Cancelled];

    /// Names the state on the screen and in documents.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotStarted => "не начато",
            Self::InWork => "в работе",
            Self::Done => "выполнено",
            Self::DoneLate => "выполнено с опозданием",
            Self::Overdue => "просрочено",
            Self::Cancelled => "отменено",
        }
    }

    /// Names the state in addresses and in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::InWork => "in_work",
            Self::Done => "done",
            Self::DoneLate => "done_late",
            Self::Overdue => "overdue",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }

    /// Says whether the row is done, in time or late.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::DoneLate)
    }

    /// Says whether somebody still has to do something.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::NotStarted | Self::InWork | Self::Overdue)
    }
}

/// Gives the state of a row on a day.
pub fn state(facts: &RowFacts, today: NaiveDate) -> RowState {
    let due = facts.due_on();
    match (facts.cancelled_on, facts.done_on) {
        (Some(_), _) => RowState::Cancelled,
        (None, Some(done)) if due.is_some_and(|due| done > due) => RowState::DoneLate,
        (None, Some(_)) => RowState::Done,
        (None, None) if due.is_some_and(|due| today > due) => RowState::Overdue,
        (None, None) if facts.has_records => RowState::InWork,
        (None, None) => RowState::NotStarted,
    }
}

impl RowFacts {
    /// The last day on which the row is in time.
    pub fn due_on(&self) -> Option<NaiveDate> {
        self.window.map(|window| window.to)
    }

    /// Says whether the row counts among those that had to be done: its term has passed, or it is done already.
    ///
    /// The last day of a term still belongs to it. Cancelled rows and rows without days never count.
    pub fn was_due(&self, today: NaiveDate) -> bool {
        self.cancelled_on.is_none() && self.due_on().is_some_and(|due| due < today || self.done_on.is_some())
    }

    /// Says whether the row was done by the last day of its term; a row without days is in time whenever it is done.
    pub fn was_done_in_time(&self) -> bool {
        let in_time = |done: NaiveDate| self.due_on().is_none_or(|due| done <= due);
        self.cancelled_on.is_none() && self.done_on.is_some_and(in_time)
    }
}

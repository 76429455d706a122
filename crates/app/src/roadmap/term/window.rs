//! The days a term means.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// Days from `from` to `to`, both included; `from` is never after `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Window {
    pub from: NaiveDate,
    pub to: NaiveDate,
}

impl Window {
    /// Takes two days in order; nothing when the second precedes the first.
    pub fn between(from: NaiveDate, to: NaiveDate) -> Option<Self> {
        (from <= to).then_some(Self { from, to })
    }

    pub fn contains(self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }

    /// Counts its days, both ends included.
    pub fn days(self) -> i64 {
        (self.to - self.from).num_days() + 1
    }

    /// The shortest window that holds both.
    pub(super) fn hull(self, other: Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.max(other.to) }
    }

    /// Says whether a rule that counts from a calendar year already applies.
    pub(super) fn reaches(self, since: Option<i32>) -> bool {
        since.is_none_or(|since| self.to.year() >= since)
    }
}

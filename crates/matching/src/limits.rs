//! What bounds the counts, as covers and as parts.

use crate::certificate::Cover;
use crate::graph::CandidateGraph;
use crate::kernel::coverage::{Coverage, Reached};
use crate::kernel::parts::Parts;
use crate::numbers::NONE;

/// What bounds the counts: all that unplaced mentees reach, and unplaced mentees with priority.
pub(crate) struct Limits {
    pub(crate) everybody: Reached,
    pub(crate) priority: Reached,
}

impl Limits {
    pub(crate) fn new(graph: &CandidateGraph, coverage: &Coverage, priority: &[bool]) -> Self {
        Self {
            everybody: coverage.reached(graph, |_| true),
            priority: coverage.reached(graph, |mentee| priority[mentee]),
        }
    }

    pub(crate) fn parts(&self) -> Parts {
        Parts::cut(&self.everybody, &self.priority)
    }
}

impl Reached {
    /// Returns the cover by Kőnig's theorem for the candidates of the group from which this was reached.
    pub(crate) fn cover(&self, coverage: &Coverage, group: impl Fn(usize) -> bool) -> Cover {
        let outside = |(mentee, &reached): (usize, &bool)| !reached && group(mentee) && coverage.mate[mentee] != NONE;
        Cover { mentees: self.mentees.iter().enumerate().map(outside).collect(), mentors: self.mentors.clone() }
    }
}

//! Two proposals side by side: who changes, and what it costs.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::explain::fairness::Covered;
use crate::proposal::{Proposal, ProposedPair};

/// Somebody whose mentor differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    pub mentee: String,
    pub from: String,
    pub to: String,
    pub score_before: i32,
    pub score_after: i32,
}

/// The values of the second proposal minus those of the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    pub placed: i64,
    pub priority_placed: i64,
    /// `None` when one of the two has no pair that is not locked.
    pub worst: Option<i64>,
    pub total: i64,
}

/// What becomes different from one proposal to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    pub same: u64,
    pub moved: Vec<Moved>,
    /// Mentees who have a mentor only in the second proposal.
    pub gained: Vec<String>,
    /// Mentees who have a mentor only in the first.
    pub lost: Vec<String>,
    pub difference: Difference,
    /// Coverage by category in the first and in the second.
    pub categories: BTreeMap<String, (Covered, Covered)>,
}

/// Compares two proposals; people who are in one only count as gained or lost.
pub fn compare(first: &Proposal, second: &Proposal) -> Comparison {
    let by_mentee = |proposal: &Proposal| -> BTreeMap<String, ProposedPair> {
        proposal.pairs.iter().map(|pair| (pair.mentee.clone(), pair.clone())).collect()
    };
    let (before, after) = (by_mentee(first), by_mentee(second));
    let mut comparison = Comparison { difference: difference(first, second), ..Comparison::default() };
    for mentee in before.keys().chain(after.keys()).collect::<BTreeSet<_>>() {
        match (before.get(mentee), after.get(mentee)) {
            (Some(a), Some(b)) if a.mentor == b.mentor => comparison.same += 1,
            (Some(a), Some(b)) => comparison.moved.push(Moved {
                mentee: mentee.clone(),
                from: a.mentor.clone(),
                to: b.mentor.clone(),
                score_before: a.score,
                score_after: b.score,
            }),
            (None, _) => comparison.gained.push(mentee.clone()),
            (_, None) => comparison.lost.push(mentee.clone()),
        }
    }
    let (a, b) = (&first.fairness.categories, &second.fairness.categories);
    for category in a.keys().chain(b.keys()).collect::<BTreeSet<_>>() {
        let of = |facts: &BTreeMap<String, Covered>| facts.get(category).copied().unwrap_or_default();
        comparison.categories.insert(category.clone(), (of(a), of(b)));
    }
    comparison
}

fn difference(first: &Proposal, second: &Proposal) -> Difference {
    let (a, b) = (&first.objectives, &second.objectives);
    let count = |before: u64, after: u64| i64::try_from(after).unwrap_or(0) - i64::try_from(before).unwrap_or(0);
    Difference {
        placed: count(a.placed, b.placed),
        priority_placed: count(a.priority_placed, b.priority_placed),
        worst: a.worst.zip(b.worst).map(|(before, after)| i64::from(after) - i64::from(before)),
        total: b.total.saturating_sub(a.total),
    }
}

//! The best few candidates of one mentee while they are looked for.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// By score, then by identifier; the worst one on top.
pub(super) struct Best {
    found: BinaryHeap<(Reverse<i32>, u32)>,
    limit: Option<usize>,
}

impl Best {
    pub(super) fn new(limit: Option<usize>) -> Self {
        Self { found: BinaryHeap::new(), limit }
    }

    /// Returns the least score with which a mentor from `first` on would still get among the best.
    pub(super) fn floor(&self, first: u32) -> i32 {
        match (self.limit, self.found.peek()) {
            (Some(0), _) => i32::MAX,
            (Some(limit), Some(&(Reverse(score), worst))) if self.found.len() >= limit => {
                // Equal scores go by identifier: whoever comes later has to be better.
                if worst < first { score.saturating_add(1) } else { score }
            }
            _ => i32::MIN,
        }
    }

    pub(super) fn offer(&mut self, score: i32, mentor: u32) {
        match self.limit {
            Some(limit) if self.found.len() >= limit => {
                if let Some(mut worst) = self.found.peek_mut()
                    && (Reverse(score), mentor) < *worst
                {
                    *worst = (Reverse(score), mentor);
                }
            }
            _ => self.found.push((Reverse(score), mentor)),
        }
    }

    /// Takes everything found, by identifier.
    pub(super) fn take(&mut self, kept: &[(i32, u32)]) -> Vec<(u32, i32)> {
        let mut all: Vec<(u32, i32)> = self.found.drain().map(|(Reverse(score), mentor)| (mentor, score)).collect();
        all.extend(kept.iter().map(|&(score, mentor)| (mentor, score)));
        all.sort_unstable();
        all.dedup();
        all
    }
}

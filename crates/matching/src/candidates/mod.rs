//! From people to the candidate graph, without looking at every pair.
//!
//! Every word (a time slot, a topic, a place) has a row of bits, one per mentor. The mentors that keep the hard rules
//! for a mentee are found by and/or over whole words, and among those only pairs that can still reach the best few
//! are scored, most common topics first.

mod index;
mod judge;

use std::num::NonZeroUsize;

use crate::control::{Control, Progress, Stage};
use crate::graph::{CandidateGraph, GraphError};
use crate::numbers::at;
use crate::people::prepared::People;
use index::{Index, Work};
use judge::Judge;

/// Why there is no graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BuildError {
    Graph(GraphError),
    Cancelled,
}

/// Mentors who stay candidates of a mentee even when others score better: those of locks and of the previous draft.
pub(crate) type Protected = Vec<Vec<u32>>;

/// Builds the candidate graph.
pub(crate) fn build(
    people: &People,
    protected: &Protected,
    limit: Option<u32>,
    threads: usize,
    control: Control,
) -> Result<CandidateGraph, BuildError> {
    let index = Index::new(people);
    let judge = Judge::new(people);
    let builder = Builder { people, index, judge, protected, limit: limit.map(at), control };
    let count = people.mentees.len();
    let threads = NonZeroUsize::new(threads.min(64)).map_or(1, NonZeroUsize::get);
    let chunk = count.div_ceil(threads).max(1);
    let chunks: Vec<_> = (0..count).step_by(chunk).map(|start| start..(start + chunk).min(count)).collect();
    let rows: Vec<Option<Rows>> = if chunks.len() <= 1 {
        chunks.into_iter().map(|range| builder.rows(range)).collect()
    } else {
        std::thread::scope(|scope| {
            let builder = &builder;
            let workers: Vec<_> = chunks.into_iter().map(|range| scope.spawn(move || builder.rows(range))).collect();
            workers.into_iter().map(|worker| worker.join().ok().flatten()).collect()
        })
    };
    let mut all = Rows { lengths: Vec::new(), mentors: Vec::new(), scores: Vec::new() };
    for rows in rows {
        let rows = rows.ok_or(BuildError::Cancelled)?;
        all.lengths.extend(rows.lengths);
        all.mentors.extend(rows.mentors);
        all.scores.extend(rows.scores);
    }
    let mut offsets = Vec::with_capacity(count + 1);
    offsets.push(0);
    let mut end = 0;
    for length in all.lengths {
        end += length;
        offsets.push(end);
    }
    let capacities = people.mentors.iter().map(|mentor| mentor.places).collect();
    CandidateGraph::new(capacities, offsets, all.mentors, all.scores).map_err(BuildError::Graph)
}

struct Rows {
    lengths: Vec<usize>,
    mentors: Vec<u32>,
    scores: Vec<i32>,
}

struct Builder<'a> {
    people: &'a People,
    index: Index,
    judge: Judge<'a>,
    protected: &'a Protected,
    limit: Option<usize>,
    control: Control<'a>,
}

impl Builder<'_> {
    /// Returns the rows of some mentees, or `None` when the caller asked to stop.
    fn rows(&self, range: std::ops::Range<usize>) -> Option<Rows> {
        let mut rows = Rows { lengths: Vec::with_capacity(range.len()), mentors: Vec::new(), scores: Vec::new() };
        let mut work = Work::default();
        let mut best = Best::default();
        for mentee in range {
            if mentee % 256 == 0 && !self.control.goes_on(Progress { stage: Stage::Candidates }) {
                return None;
            }
            self.row(mentee, &mut work, &mut best);
            best.found.sort_unstable_by_key(|&(_, mentor)| mentor);
            best.found.dedup();
            rows.lengths.push(best.found.len());
            for &(score, mentor) in &best.found {
                rows.mentors.push(mentor);
                rows.scores.push(score);
            }
        }
        Some(rows)
    }

    fn row(&self, number: usize, work: &mut Work, best: &mut Best) {
        best.start(self.limit);
        let mentee = &self.people.mentees[number];
        if !self.index.admit(self.people, number, work) {
            return;
        }
        let view = self.judge.mentee(number);
        let wished = mentee.own.wishes.iter().chain(&mentee.wished_by).map(|&(mentor, _)| mentor);
        let mut kept = Vec::new();
        for mentor in wished.chain(self.protected[number].iter().copied()) {
            if !work.take(mentor) {
                continue;
            }
            let Some(score) = view.score_with_wishes(mentor) else { continue };
            best.offer(score, mentor);
            if self.protected[number].contains(&mentor) {
                kept.push((score, mentor));
            }
        }
        let levels = if self.limit.is_some() { self.index.levels(mentee, work) } else { 0 };
        for level in (0..=levels).rev() {
            if best.is_full() && best.threshold >= view.bound(level, levels) {
                break;
            }
            // The highest level holds everything above it too; without a limit there are no levels.
            let exact = levels == at(mentee.own.topic_count) && self.limit.is_some();
            let topics = (level < levels || exact).then_some(level);
            work.each(level, levels, |mentor| {
                if let Some(score) = view.score(mentor, topics, best.threshold) {
                    best.offer(score, mentor);
                }
            });
        }
        best.cut();
        best.found.extend(kept);
    }
}

/// The best candidates so far.
#[derive(Default)]
struct Best {
    found: Vec<(i32, u32)>,
    limit: Option<usize>,
    /// Scores below this cannot be among the best any more.
    threshold: i32,
}

impl Best {
    fn start(&mut self, limit: Option<usize>) {
        self.found.clear();
        self.limit = limit;
        self.threshold = i32::MIN;
    }

    fn is_full(&self) -> bool {
        self.limit.is_some_and(|limit| self.found.len() >= limit)
    }

    fn offer(&mut self, score: i32, mentor: u32) {
        if score < self.threshold {
            return;
        }
        self.found.push((score, mentor));
        if self.limit.is_some_and(|limit| self.found.len() >= 2 * limit.max(16)) {
            self.cut();
        }
    }

    /// Keeps the best: by score, then by identifier.
    fn cut(&mut self) {
        let Some(limit) = self.limit else { return };
        if limit == 0 {
            self.found.clear();
        }
        if limit == 0 || self.found.len() < limit {
            return;
        }
        let order = |&(score, mentor): &(i32, u32)| (std::cmp::Reverse(score), mentor);
        let (_, last, _) = self.found.select_nth_unstable_by_key(limit - 1, order);
        self.threshold = last.0;
        self.found.truncate(limit);
    }
}

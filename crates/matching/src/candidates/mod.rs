//! From people to the candidate graph, without looking at every pair.
//!
//! Every word (a time slot, a topic, an interest, a place) has a row of bits, one per mentor. Mentors who keep the hard
//! rules for a mentee, and who share enough words to get among the best few at all, are found by and/or over whole
//! blocks; only those are scored one by one.

mod best;
mod index;
mod judge;

use std::num::NonZeroUsize;

use crate::control::{Control, Progress, Stage};
use crate::graph::{CandidateGraph, GraphError};
use crate::numbers::{at, id};
use crate::people::prepared::People;
use best::Best;
use index::{Index, Need, WIDTH, Wanted};
use judge::{Judge, View};

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

/// Mentees who are looked for together, and blocks of mentors they go through before the next: rows of bits are then in
/// the cache when the next mentee asks for the same words.
const TOGETHER: usize = 64;
const SPAN: usize = 32;

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
        for start in range.clone().step_by(TOGETHER) {
            if !self.control.goes_on(Progress { stage: Stage::Candidates }) {
                return None;
            }
            let group = start..range.end.min(start + TOGETHER);
            let mut searches: Vec<Option<Search>> = group.map(|mentee| self.begin(mentee)).collect();
            let blocks = self.index.blocks();
            for span in (0..blocks).step_by(SPAN).map(|start| start..blocks.min(start + SPAN)) {
                searches.iter_mut().flatten().for_each(|search| search.look_through(span.clone()));
            }
            for search in searches {
                let row = search.map_or_else(Vec::new, |mut search| search.best.take(&search.kept));
                rows.lengths.push(row.len());
                for (mentor, score) in row {
                    rows.mentors.push(mentor);
                    rows.scores.push(score);
                }
            }
        }
        Some(rows)
    }

    fn begin(&self, number: usize) -> Option<Search<'_>> {
        let mentee = &self.people.mentees[number];
        if !mentee.own.consent || mentee.has_mentor {
            return None;
        }
        let view = self.judge.mentee(number);
        let mut wanted = self.index.wanted(self.people, number);
        let mut best = Best::new(self.limit);
        let kept = self.wished_and_protected(number, &view, &mut wanted.except, &mut best);
        let needs = Needs::new(i32::MIN, &view);
        Some(Search { view, wanted, best, kept, needs })
    }

    /// Scores those whom a wish or a decision brings in, whatever their bits say, and takes them out of the search.
    fn wished_and_protected(
        &self,
        number: usize,
        view: &View,
        except: &mut Vec<u32>,
        best: &mut Best,
    ) -> Vec<(i32, u32)> {
        let mentee = &self.people.mentees[number];
        let wished = mentee.own.wishes.iter().chain(&mentee.wished_by).map(|&(mentor, _)| mentor);
        let mut special: Vec<u32> = wished.chain(self.protected[number].iter().copied()).collect();
        special.sort_unstable();
        special.dedup();
        let mut kept = Vec::new();
        for &mentor in &special {
            let Some(score) = view.score_with_wishes(mentor) else { continue };
            best.offer(score, mentor);
            if self.protected[number].contains(&mentor) {
                kept.push((score, mentor));
            }
        }
        except.extend(special);
        except.sort_unstable();
        kept
    }
}

/// The search for the best few candidates of one mentee.
struct Search<'a> {
    view: View<'a>,
    wanted: Wanted<'a>,
    best: Best,
    kept: Vec<(i32, u32)>,
    needs: Needs,
}

impl Search<'_> {
    fn look_through(&mut self, blocks: std::ops::Range<usize>) {
        let Self { view, wanted, best, needs, .. } = self;
        for block in blocks {
            let first = id(block * WIDTH);
            let floor = best.floor(first);
            if floor != needs.floor {
                *needs = Needs::new(floor, view);
            }
            if needs.ways.is_empty() {
                return;
            }
            let Some(found) = wanted.block(block, &needs.ways) else { continue };
            found.each(|mentor, shared| {
                if let Some(score) = view.score(first + mentor, shared, best.floor(first + mentor)) {
                    best.offer(score, first + mentor);
                }
            });
        }
    }
}

/// The ways to reach a score by common words, none of which asks for more than another.
struct Needs {
    floor: i32,
    ways: Vec<Need>,
}

impl Needs {
    fn new(floor: i32, view: &View) -> Self {
        let (topics, slots, interests) = view.planes();
        let mut ways: Vec<Need> = Vec::new();
        for topics in 0..=topics {
            for slots in 0..=slots {
                let enough = (0..=interests).find(|&interests| view.bound(topics, slots, interests) >= floor);
                let Some(interests) = enough else { continue };
                let covers = |way: &Need| way.topics <= topics && way.slots <= slots && way.interests <= interests;
                if !ways.iter().any(covers) {
                    ways.push(Need { topics, slots, interests });
                }
            }
        }
        Self { floor, ways }
    }
}

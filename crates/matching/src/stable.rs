//! Stable pairs for ties and incomplete lists: nobody would rather have each other.
//!
//! A largest stable matching is NP-hard to find once lists are incomplete and have ties (Manlove, Irving, Iwama,
//! Miyazaki, Morita 2002). This is the linear-time algorithm of Király 2013 ("Linear time local approximation
//! algorithm for maximum stable marriage") for mentors with several places: the result is stable and has at least two
//! thirds of the pairs of the largest stable matching. Mentees propose.

use crate::control::{Control, Stage};
use crate::graph::CandidateGraph;
use crate::kernel::{Failure, Stop};
use crate::numbers::{NONE, at, id};

/// Mentees who have their turn between two questions whether to go on.
const TURNS: usize = 256;

/// Places by which the two sides of a pair value each other; smaller is dearer, equal is a tie.
///
/// Both lists run parallel to the candidates of the graph, mentee by mentee.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ranks {
    pub of_mentor: Vec<i64>,
    pub of_mentee: Vec<i64>,
}

/// Returns a stable choice of mentors, or `None` when the ranks are not as many as the candidate pairs.
pub fn stable(graph: &CandidateGraph, ranks: &Ranks) -> Option<Vec<Option<u32>>> {
    if ranks.of_mentor.len() != graph.pairs() || ranks.of_mentee.len() != graph.pairs() {
        return None;
    }
    stable_or_stopped(graph, ranks, Control::none()).ok()
}

/// The same for ranks that are as many as the candidate pairs, until the caller asks to stop.
pub(crate) fn stable_or_stopped(
    graph: &CandidateGraph,
    ranks: &Ranks,
    control: Control,
) -> Result<Vec<Option<u32>>, Failure> {
    let stop = Stop { control, stage: Stage::Mutual };
    let mut proposals = Proposals::new(graph, ranks);
    let mut turns = 0;
    while let Some(mentee) = proposals.waiting.pop() {
        if turns % TURNS == 0 {
            stop.check()?;
        }
        turns += 1;
        while proposals.mate[at(mentee)] == NONE && proposals.propose(mentee) {}
    }
    Ok(proposals.mate.iter().map(|&pair| (pair != NONE).then(|| proposals.mentor(pair))).collect())
}

/// Returns the pairs (mentee, mentor) who would both rather have each other than what they got.
pub fn blocking_pairs(graph: &CandidateGraph, ranks: &Ranks, mentor_of: &[Option<u32>]) -> Vec<(u32, u32)> {
    let mut taken = vec![0_u32; graph.mentors_len()];
    let mut least = vec![i64::MIN; graph.mentors_len()];
    let mut own = vec![i64::MAX; graph.mentees()];
    let each = |visit: &mut dyn FnMut(usize, u32, usize)| {
        let mut pair = 0;
        for mentee in 0..graph.mentees() {
            for &mentor in graph.mentors_of(mentee) {
                visit(mentee, mentor, pair);
                pair += 1;
            }
        }
    };
    each(&mut |mentee, mentor, pair| {
        if mentor_of[mentee] == Some(mentor) {
            own[mentee] = ranks.of_mentor[pair];
            taken[at(mentor)] += 1;
            least[at(mentor)] = least[at(mentor)].max(ranks.of_mentee[pair]);
        }
    });
    let mut blocking = Vec::new();
    each(&mut |mentee, mentor, pair| {
        let room = taken[at(mentor)] < graph.capacities()[at(mentor)];
        let wanted = room || (graph.capacities()[at(mentor)] > 0 && ranks.of_mentee[pair] < least[at(mentor)]);
        if mentor_of[mentee] != Some(mentor) && ranks.of_mentor[pair] < own[mentee] && wanted {
            blocking.push((id(mentee), mentor));
        }
    });
    blocking
}

/// Candidate pairs are called by their number in the graph.
struct Proposals<'a> {
    graph: &'a CandidateGraph,
    ranks: &'a Ranks,
    pair_mentor: Vec<u32>,
    /// The pairs of each mentee, dearest first.
    lists: Vec<Vec<u32>>,
    next: Vec<usize>,
    /// The pairs of equal rank that are still open to the mentee.
    tie: Vec<Vec<u32>>,
    /// Whether a mentee goes through the list for the second time.
    promoted: Vec<bool>,
    /// The pair by which a mentee is held.
    mate: Vec<u32>,
    held: Vec<Vec<u32>>,
    waiting: Vec<u32>,
}

impl<'a> Proposals<'a> {
    fn new(graph: &'a CandidateGraph, ranks: &'a Ranks) -> Self {
        let mut pair_mentor = Vec::with_capacity(graph.pairs());
        let mut lists = Vec::with_capacity(graph.mentees());
        for mentee in 0..graph.mentees() {
            let start = pair_mentor.len();
            pair_mentor.extend_from_slice(graph.mentors_of(mentee));
            let mut list: Vec<u32> = (id(start)..id(pair_mentor.len())).collect();
            list.sort_by_key(|&pair| ranks.of_mentor[at(pair)]);
            lists.push(list);
        }
        let mentees = graph.mentees();
        Self {
            graph,
            ranks,
            pair_mentor,
            lists,
            next: vec![0; mentees],
            tie: vec![Vec::new(); mentees],
            promoted: vec![false; mentees],
            mate: vec![NONE; mentees],
            held: vec![Vec::new(); graph.mentors_len()],
            waiting: (0..id(mentees)).rev().collect(),
        }
    }

    fn mentor(&self, pair: u32) -> u32 {
        self.pair_mentor[at(pair)]
    }

    fn has_room(&self, pair: u32) -> bool {
        let mentor = at(self.mentor(pair));
        self.held[mentor].len() < at(self.graph.capacities()[mentor])
    }

    /// Makes one proposal; returns whether the mentee has more to try.
    fn propose(&mut self, mentee: u32) -> bool {
        if self.tie[at(mentee)].is_empty() && !self.next_tie(at(mentee)) {
            return false;
        }
        // Among equals a mentor with room comes first.
        let tie = &self.tie[at(mentee)];
        let place = tie.iter().position(|&pair| self.has_room(pair)).unwrap_or(tie.len() - 1);
        let pair = self.tie[at(mentee)].swap_remove(place);
        let mentor = at(self.mentor(pair));
        if self.graph.capacities()[mentor] == 0 {
            return true;
        }
        if self.has_room(pair) {
            self.accept(mentee, pair);
        } else if let Some(loser) = self.loser(mentee, pair) {
            let lost = std::mem::replace(&mut self.mate[at(loser)], NONE);
            self.held[mentor].retain(|&held| held != loser);
            if self.is_light(loser) {
                // He left for an equal mentor with room, so this one stays on his list.
                self.tie[at(loser)].push(lost);
            }
            self.waiting.push(loser);
            self.accept(mentee, pair);
        }
        true
    }

    fn accept(&mut self, mentee: u32, pair: u32) {
        self.mate[at(mentee)] = pair;
        let mentor = at(self.mentor(pair));
        self.held[mentor].push(mentee);
    }

    /// Takes the next mentors of equal rank; at the end of the list the mentee is promoted and starts again, once.
    fn next_tie(&mut self, mentee: usize) -> bool {
        if self.next[mentee] == self.lists[mentee].len() {
            if std::mem::replace(&mut self.promoted[mentee], true) {
                return false;
            }
            self.next[mentee] = 0;
        }
        let list = &self.lists[mentee][self.next[mentee]..];
        let Some(&first) = list.first() else { return false };
        let rank = self.ranks.of_mentor[at(first)];
        let equal = list.iter().take_while(|&&pair| self.ranks.of_mentor[at(pair)] == rank);
        self.tie[mentee] = equal.copied().collect();
        self.next[mentee] += self.tie[mentee].len();
        true
    }

    /// Says whether a mentee who is held could go to an equal mentor with room.
    fn is_light(&self, mentee: u32) -> bool {
        self.tie[at(mentee)].iter().any(|&pair| self.has_room(pair))
    }

    /// Returns who has to go for a proposal: somebody light, or the least dear if the new one is dearer.
    fn loser(&self, mentee: u32, pair: u32) -> Option<u32> {
        let held = &self.held[at(self.mentor(pair))];
        if let Some(&light) = held.iter().find(|&&other| self.is_light(other)) {
            return Some(light);
        }
        let worth = |mentee: u32, pair: u32| (self.ranks.of_mentee[at(pair)], !self.promoted[at(mentee)]);
        let worst = held.iter().copied().max_by_key(|&other| worth(other, self.mate[at(other)]))?;
        (worth(mentee, pair) < worth(worst, self.mate[at(worst)])).then_some(worst)
    }
}

//! One more place for a mentor, asked of the few pairs that can matter then.
//!
//! The prices of the answer bound what any placement with the new place is worth: each pair loses its slack, what its
//! prices exceed its worth. The cheapest path from somebody who is left to the new place is such a placement, so a pair
//! with more slack than that path is in none that is as good (fixing by reduced costs: Dantzig, Fulkerson, Johnson 1954).
//! All best placements are among the other pairs, which are few, and they are solved as ever.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::graph::CandidateGraph;
use crate::matching::Matching;
use crate::numbers::{at, id};
use crate::task::Answer;

/// Slack of every pair, and the slack of the cheapest path to every mentor.
pub(crate) struct Residual {
    slacks: Vec<i64>,
    scale: i64,
    /// From those with priority who are left, and from all who are left.
    paths: [Vec<i64>; 2],
}

/// Farther than any path.
const UNREACHED: i64 = i64::MAX;

impl Residual {
    /// Reads the prices of an optimal answer; `None` where objectives other than counts and sums decide, or
    /// where more places make other candidates.
    pub(crate) fn new(matching: &Matching, answer: &Answer) -> Option<Self> {
        let task = matching.task();
        let limited = matching.settings.candidates_per_mentee.is_some();
        if limited || task.worst_pair || task.minimums.iter().any(|&minimum| minimum > 1) {
            return None;
        }
        let (graph, proof) = (&matching.graph, &answer.certificate);
        let mut slacks = Vec::with_capacity(graph.pairs());
        for mentee in 0..graph.mentees() {
            let priority = if matching.priority[mentee] { proof.priority_price } else { 0 };
            let fixed = proof.placement_price + priority + proof.mentee_prices[mentee];
            let previous = matching.previous.as_ref().and_then(|previous| previous[mentee]);
            let slack = |(mentor, score): (u32, i32)| {
                let worth = proof.scale * i64::from(score) + i64::from(previous == Some(mentor));
                fixed + proof.mentor_prices[at(mentor)] - worth
            };
            slacks.extend(graph.row(mentee).map(slack));
        }
        let mut residual = Self { slacks, scale: proof.scale, paths: [Vec::new(), Vec::new()] };
        residual.paths = [true, false].map(|only_priority| {
            let left = |&mentee: &u32| {
                let mentee = at(mentee);
                answer.mentor_of[mentee].is_none() && (matching.priority[mentee] || !only_priority)
            };
            residual.cheapest_paths(matching, &answer.mentor_of, (0..id(graph.mentees())).filter(left))
        });
        Some(residual)
    }

    /// Dijkstra from mentees to mentors; whoever sits with a mentor goes on from there.
    fn cheapest_paths(
        &self,
        matching: &Matching,
        mentor_of: &[Option<u32>],
        left: impl Iterator<Item = u32>,
    ) -> Vec<i64> {
        let graph = &matching.graph;
        let mut mentees_of = vec![Vec::new(); graph.mentors_len()];
        for (mentee, mentor) in (0..).zip(mentor_of).filter(|&(mentee, _)| !matching.is_locked(at(mentee))) {
            if let Some(mentor) = mentor {
                mentees_of[at(*mentor)].push(mentee);
            }
        }
        let mut paths = vec![UNREACHED; graph.mentors_len()];
        let mut queue = BinaryHeap::new();
        let go_on = |mentee: u32, length: i64, paths: &mut [i64], queue: &mut BinaryHeap<_>| {
            let slacks = &self.slacks[graph.range(at(mentee))];
            for (&mentor, slack) in graph.mentors_of(at(mentee)).iter().zip(slacks) {
                let length = length.saturating_add(*slack);
                if length < paths[at(mentor)] {
                    paths[at(mentor)] = length;
                    queue.push(Reverse((length, mentor)));
                }
            }
        };
        left.for_each(|mentee| go_on(mentee, 0, &mut paths, &mut queue));
        while let Some(Reverse((length, mentor))) = queue.pop() {
            if length == paths[at(mentor)] {
                for mentee in std::mem::take(&mut mentees_of[at(mentor)]) {
                    go_on(mentee, length, &mut paths, &mut queue);
                }
            }
        }
        paths
    }

    /// Returns the pairs of all best placements with one more place at a mentor and, for his candidates, new scores.
    ///
    /// `None` if nobody who is left reaches him.
    pub(crate) fn with_place(
        &self,
        matching: &Matching,
        mentor: u32,
        new_score: impl Fn(usize) -> Option<i32>,
    ) -> Option<CandidateGraph> {
        let graph = &matching.graph;
        let path = self.paths.iter().map(|paths| paths[at(mentor)]).find(|&path| path != UNREACHED)?;
        let gains: Vec<Option<i64>> = (0..graph.mentees())
            .map(|mentee| Some(i64::from(new_score(mentee)?) - i64::from(graph.score(mentee, mentor)?)))
            .collect();
        let (least, most) =
            gains.iter().flatten().fold((i64::MAX, i64::MIN), |(least, most), &gain| (least.min(gain), most.max(gain)));
        let mut capacities = graph.capacities().to_vec();
        capacities[at(mentor)] += 1;
        // His price grows with the largest gain, so pairs that gain less get slack, also those of the path.
        let uneven = (most - least).saturating_mul(self.scale).saturating_mul(i64::from(capacities[at(mentor)]));
        let bound = path.saturating_add(uneven);
        let mut place = 0;
        Some(graph.selected(capacities, |mentee, other, score| {
            let mut slack = self.slacks[place];
            place += 1;
            let gain = gains[mentee].filter(|_| other == mentor);
            slack = slack.saturating_add(gain.map_or(0, |gain| (most - gain).saturating_mul(self.scale)));
            let kept = matching.locked_to[mentee].map_or(slack <= bound, |locked| locked == other);
            kept.then(|| gain.and_then(|_| new_score(mentee)).unwrap_or(score))
        }))
    }
}

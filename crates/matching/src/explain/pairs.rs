//! What the next best choice for each side of a pair would have cost, read from the prices.
//!
//! By duality a forced pair lowers the value of the whole by at least its slack: what its prices exceed its worth.

use crate::matching::Matching;
use crate::numbers::at;
use crate::proposal::{Alternative, AlternativeCost};
use crate::task::Answer;

/// The cheapest other choice of every mentee, and of every place taken.
pub(crate) struct Alternatives<'a> {
    matching: &'a Matching,
    mentees: Vec<Option<Choice>>,
    mentors: Vec<Option<Choice>>,
    mentor_of: &'a [Option<u32>],
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Choice {
    place: bool,
    points: i64,
    dislike: i64,
    with: u32,
}

impl<'a> Alternatives<'a> {
    /// Looks once at every candidate pair.
    pub(crate) fn new(matching: &'a Matching, answer: &'a Answer) -> Self {
        let graph = &matching.graph;
        let mut mentees = vec![None; graph.mentees()];
        let mut mentors = vec![None; graph.mentors_len()];
        let better = |old: &mut Option<Choice>, new: Choice| {
            if old.is_none_or(|old| new < old) {
                *old = Some(new);
            }
        };
        for mentee in 0..graph.mentees() {
            for (mentor, score) in graph.row(mentee) {
                if answer.mentor_of[mentee] == Some(mentor) || graph.capacities()[at(mentor)] == 0 {
                    continue;
                }
                let (place, points) = cost(matching, answer, mentee, mentor, score);
                let choice = Choice { place, points, dislike: -i64::from(score), with: mentor };
                better(&mut mentees[mentee], choice);
                better(&mut mentors[at(mentor)], Choice { with: crate::numbers::id(mentee), ..choice });
            }
        }
        Self { matching, mentees, mentors, mentor_of: &answer.mentor_of }
    }

    pub(crate) fn for_mentee(&self, mentee: u32) -> Option<Alternative> {
        let choice = self.mentees[at(mentee)]?;
        Some(alternative(&choice, self.matching.people.mentors[at(choice.with)].id.clone()))
    }

    pub(crate) fn for_mentor(&self, mentee: u32) -> Option<Alternative> {
        let choice = self.mentors[at(self.mentor_of[at(mentee)]?)]?;
        Some(alternative(&choice, self.matching.people.mentees[at(choice.with)].id.clone()))
    }
}

fn alternative(choice: &Choice, with: String) -> Alternative {
    let cost = if choice.place { AlternativeCost::Place } else { AlternativeCost::Points(choice.points) };
    Alternative { with, score: i32::try_from(-choice.dislike).unwrap_or(0), cost }
}

/// Returns whether forcing a pair costs a placement, and the points it costs at least.
fn cost(matching: &Matching, answer: &Answer, mentee: usize, mentor: u32, score: i32) -> (bool, i64) {
    let proof = &answer.certificate;
    // A mentee who is placed anyway would take a contested place: the cover counts both, so one pair is lost.
    let place = proof.placed.mentees[mentee] && proof.placed.mentors[at(mentor)];
    let kept = matching.previous.as_ref().is_some_and(|previous| previous[mentee] == Some(mentor));
    let worth = proof.scale * i64::from(score) + i64::from(kept);
    let priority = if matching.priority[mentee] { proof.priority_price } else { 0 };
    let prices = proof.placement_price + priority + proof.mentee_prices[mentee] + proof.mentor_prices[at(mentor)];
    (place, ((prices - worth) / proof.scale.max(1)).max(0))
}

//! What the next best choice for each side of a pair would have cost, read from covers and prices.
//!
//! A cover (Kőnig 1931) bounds a count by its mentees and places. A forced pair between a mentee and a mentor of a cover
//! uses two of these for one pair; one of somebody outside the group that is counted takes a place from it: the count
//! falls by one. By duality a forced pair lowers the total by at least its slack, what its prices exceed its worth, unless
//! a higher objective gives way. Where groups were closed or made to start all this holds for this choice of groups only,
//! and a forced pair may come with another one: then the cost is not known.

use crate::certificate::Cover;
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
    cost: AlternativeCost,
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
        let frame = Frame::new(matching, answer);
        let judge = Judge {
            matching,
            answer,
            everybody: frame.cover(|_| true),
            first: frame.cover(|mentee| matching.priority[mentee]),
        };
        for mentee in (0..graph.mentees()).filter(|&mentee| !matching.is_locked(mentee)) {
            for (mentor, score) in graph.row(mentee) {
                if answer.mentor_of[mentee] == Some(mentor) || frame.places[at(mentor)] == 0 {
                    continue;
                }
                let cost = judge.cost(mentee, mentor, score);
                let choice = Choice { cost, dislike: -i64::from(score), with: mentor };
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
    Alternative { with, score: i32::try_from(-choice.dislike).unwrap_or(0), cost: choice.cost }
}

/// What is not decided by locks and closed groups.
struct Frame<'a> {
    matching: &'a Matching,
    mentor_of: &'a [Option<u32>],
    places: Vec<u32>,
}

impl<'a> Frame<'a> {
    fn new(matching: &'a Matching, answer: &'a Answer) -> Self {
        let mut places = matching.unlocked_places(&matching.graph);
        answer.closed.iter().for_each(|&mentor| places[at(mentor)] = 0);
        Self { matching, mentor_of: &answer.mentor_of, places }
    }

    /// Returns the mentees of a group who are placed, with their mentors.
    fn placed(&self, group: impl Fn(usize) -> bool) -> impl Iterator<Item = (usize, u32)> {
        let pairs = self.mentor_of.iter().enumerate();
        let ours = move |&(mentee, _): &(usize, &Option<u32>)| !self.matching.is_locked(mentee) && group(mentee);
        pairs.filter(ours).filter_map(|(mentee, mentor)| mentor.map(|mentor| (mentee, mentor)))
    }

    /// Returns the smallest cover of a group's candidates with the most mentors: those who cannot free a place, however
    /// the group moves, and the mentees of the others. The proof has the one with the fewest.
    fn cover(&self, group: impl Fn(usize) -> bool + Copy) -> Cover {
        let mut room = self.places.clone();
        self.placed(group).for_each(|(_, mentor)| room[at(mentor)] -= 1);
        // Mentors who would have a place as soon as another mentor has one: somebody there is his candidate too.
        let mut follows = vec![Vec::new(); room.len()];
        for (mentee, mentor) in self.placed(group) {
            for &other in self.matching.graph.mentors_of(mentee).iter().filter(|&&other| other != mentor) {
                follows[at(other)].push(mentor);
            }
        }
        let mut stuck: Vec<bool> = room.iter().map(|&room| room == 0).collect();
        let mut free: Vec<usize> = (0..room.len()).filter(|&mentor| room[mentor] > 0).collect();
        while let Some(mentor) = free.pop() {
            for &next in &follows[mentor] {
                if std::mem::replace(&mut stuck[at(next)], false) {
                    free.push(at(next));
                }
            }
        }
        let mut mentees = vec![false; self.mentor_of.len()];
        self.placed(group).for_each(|(mentee, mentor)| mentees[mentee] = !stuck[at(mentor)]);
        Cover { mentees, mentors: stuck }
    }
}

struct Judge<'a> {
    matching: &'a Matching,
    answer: &'a Answer,
    everybody: Cover,
    first: Cover,
}

impl Judge<'_> {
    /// Returns the highest objective that is known to suffer when a pair is forced.
    fn cost(&self, mentee: usize, mentor: u32, score: i32) -> AlternativeCost {
        if !self.answer.closed.is_empty() || !self.answer.started.is_empty() {
            return AlternativeCost::Unknown;
        }
        let proof = &self.answer.certificate;
        let prior = self.matching.priority[mentee];
        let both = |cover: &Cover| cover.mentees[mentee] && cover.mentors[at(mentor)];
        if both(&proof.placed) || both(&self.everybody) {
            return AlternativeCost::Place;
        }
        let loses = |cover: &Cover| both(cover) || !prior && cover.mentors[at(mentor)];
        if loses(&proof.priority) || loses(&self.first) {
            return AlternativeCost::Priority;
        }
        if self.answer.objectives.worst.is_some_and(|worst| score < worst) {
            return AlternativeCost::Worst;
        }
        let kept = self.matching.previous.as_ref().is_some_and(|previous| previous[mentee] == Some(mentor));
        let worth = proof.scale * i64::from(score) + i64::from(kept);
        let priority = if prior { proof.priority_price } else { 0 };
        let prices = proof.placement_price + priority + proof.mentee_prices[mentee] + proof.mentor_prices[at(mentor)];
        AlternativeCost::Points(((prices - worth) / proof.scale.max(1)).max(0))
    }
}

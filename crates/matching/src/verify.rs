//! Checks an answer against its task without trusting the solver.
//!
//! It reads only the task, the answer and the certificate, uses nothing of the solver, and takes time proportional to
//! the number of candidate pairs. What it proves is written at [`Certificate`](crate::certificate::Certificate).
//!
//! Where groups have minimums, the answer is proved to be the best one with these groups closed and these started; that
//! no other choice of groups is better is the search's word (`groups`), which nobody could check in so short a time.

use crate::certificate::{Certificate, Cover};
use crate::graph::CandidateGraph;
use crate::task::{Answer, Objectives, Task};

/// What an answer claims wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Something has the wrong length or leaves the range of numbers.
    Shape,
    /// A pair is not a candidate pair.
    NotCandidate { mentee: usize },
    /// A mentor has more mentees than places.
    OverCapacity { mentor: usize },
    /// A lock is not kept.
    LockBroken { mentee: u32 },
    /// A value of an objective is not what the pairs give.
    Value,
    /// A group that starts has too few mentees.
    Minimum { mentor: usize },
    /// A mentor without a minimum, or with a lock, is called a group that does not start or is made to start.
    Group { mentor: u32 },
    /// The number placed is not proved to be the largest.
    Placed,
    /// The number placed with priority is not proved to be the largest.
    Priority,
    /// The worst pair is not proved to be the best possible.
    Worst,
    /// The prices do not cover a pair.
    Price { mentee: usize },
    /// Somebody without a pair, or a mentor with room, has a price.
    Slackness,
    /// The prices sum up to another worth than the pairs.
    Duality,
}

/// Checks everything and returns the objectives as counted from the pairs.
pub fn verify(task: &Task, answer: &Answer) -> Result<Objectives, Flaw> {
    let check = Check::new(task, answer)?;
    check.pairs()?;
    let objectives = check.count()?;
    if objectives != answer.objectives {
        return Err(Flaw::Value);
    }
    check.groups()?;
    check.covers(&objectives)?;
    check.prices()?;
    Ok(objectives)
}

struct Check<'a> {
    task: &'a Task<'a>,
    graph: &'a CandidateGraph,
    answer: &'a Answer,
    proof: &'a Certificate,
    locked: Vec<bool>,
    /// Whether anybody is locked to a mentor.
    holds_lock: Vec<bool>,
    started: Vec<bool>,
    /// Places that are left after the locks and the closed groups.
    places: Vec<i128>,
    taken: Vec<i128>,
}

impl<'a> Check<'a> {
    fn new(task: &'a Task<'a>, answer: &'a Answer) -> Result<Self, Flaw> {
        let graph = task.graph;
        let (mentees, mentors) = (graph.mentees(), graph.mentors_len());
        let proof = &answer.certificate;
        let lengths = [task.priority.len(), answer.mentor_of.len(), proof.mentee_prices.len()];
        let covers = [Some(&proof.placed), Some(&proof.priority), proof.worst.as_ref().map(|worst| &worst.cover)];
        let fits = |cover: &Cover| cover.mentees.len() == mentees && cover.mentors.len() == mentors;
        let shape = lengths.iter().all(|&length| length == mentees)
            && proof.mentor_prices.len() == mentors
            && covers.into_iter().flatten().all(fits)
            && task.previous.is_none_or(|previous| previous.len() == mentees);
        if !shape {
            return Err(Flaw::Shape);
        }
        let mut check = Self {
            task,
            graph,
            answer,
            proof,
            locked: vec![false; mentees],
            holds_lock: vec![false; mentors],
            started: vec![false; mentors],
            places: graph.capacities().iter().map(|&capacity| i128::from(capacity)).collect(),
            taken: vec![0; mentors],
        };
        for &mentor in &answer.closed {
            *check.places.get_mut(mentor as usize).ok_or(Flaw::Shape)? = 0;
        }
        for &mentor in &answer.started {
            *check.started.get_mut(mentor as usize).ok_or(Flaw::Shape)? = true;
        }
        for &(mentee, mentor) in task.locks {
            *check.locked.get_mut(mentee as usize).ok_or(Flaw::Shape)? = true;
            *check.holds_lock.get_mut(mentor as usize).ok_or(Flaw::Shape)? = true;
            check.places[mentor as usize] -= 1;
            if answer.mentor_of[mentee as usize] != Some(mentor) {
                return Err(Flaw::LockBroken { mentee });
            }
        }
        for mentor in answer.mentor_of.iter().enumerate().filter(|&(mentee, _)| !check.locked[mentee]) {
            if let Some(mentor) = mentor.1 {
                *check.taken.get_mut(*mentor as usize).ok_or(Flaw::Shape)? += 1;
            }
        }
        Ok(check)
    }

    /// Returns mentee, mentor and score of every pair.
    fn all_pairs(&self) -> impl Iterator<Item = (usize, u32, Option<i32>)> {
        let pairs = self.answer.mentor_of.iter().enumerate();
        let pairs = pairs.filter_map(|(mentee, mentor)| mentor.map(|mentor| (mentee, mentor)));
        pairs.map(|(mentee, mentor)| (mentee, mentor, self.graph.score(mentee, mentor)))
    }

    fn pairs(&self) -> Result<(), Flaw> {
        if let Some((mentee, ..)) = self.all_pairs().find(|(_, _, score)| score.is_none()) {
            return Err(Flaw::NotCandidate { mentee });
        }
        let over = (0..self.places.len()).find(|&mentor| self.taken[mentor] > self.places[mentor]);
        over.map_or(Ok(()), |mentor| Err(Flaw::OverCapacity { mentor }))
    }

    fn count(&self) -> Result<Objectives, Flaw> {
        let mut objectives = Objectives { locked: 0, placed: 0, priority_placed: 0, worst: None, total: 0, kept: 0 };
        for (mentee, mentor, score) in self.all_pairs() {
            let score = score.ok_or(Flaw::NotCandidate { mentee })?;
            objectives.placed += 1;
            objectives.priority_placed += u64::from(self.task.priority[mentee]);
            objectives.total = objectives.total.checked_add(i64::from(score)).ok_or(Flaw::Shape)?;
            objectives.kept += u64::from(self.was_paired(mentee, mentor));
            if self.locked[mentee] {
                objectives.locked += 1;
            } else if self.task.worst_pair {
                objectives.worst = Some(objectives.worst.map_or(score, |worst| worst.min(score)));
            }
        }
        Ok(objectives)
    }

    fn was_paired(&self, mentee: usize, mentor: u32) -> bool {
        self.task.previous.is_some_and(|previous| previous[mentee] == Some(mentor))
    }

    fn groups(&self) -> Result<(), Flaw> {
        let is_group = |mentor: u32| self.minimum(mentor as usize) > 1 && !self.holds_lock[mentor as usize];
        let mut decided = self.answer.closed.iter().chain(&self.answer.started);
        if let Some(&mentor) = decided.find(|&&mentor| !is_group(mentor)) {
            return Err(Flaw::Group { mentor });
        }
        let mut sizes = vec![0_u32; self.places.len()];
        self.answer.mentor_of.iter().flatten().for_each(|&mentor| sizes[mentor as usize] += 1);
        let too_small = |&mentor: &usize| {
            let size = sizes[mentor];
            (size > 0 || self.started[mentor]) && size < self.minimum(mentor) && !self.holds_lock[mentor]
        };
        (0..sizes.len()).find(too_small).map_or(Ok(()), |mentor| Err(Flaw::Minimum { mentor }))
    }

    /// Returns the least number of mentees with whom a group starts; one and nothing mean the same.
    fn minimum(&self, mentor: usize) -> u32 {
        self.task.minimums.get(mentor).copied().unwrap_or(0)
    }

    /// Returns with how many mentees a group was made to start, if it was.
    fn required(&self, mentor: usize) -> Option<i128> {
        self.started[mentor].then(|| i128::from(self.minimum(mentor)))
    }

    fn covers(&self, objectives: &Objectives) -> Result<(), Flaw> {
        let locked_priority =
            (0..self.locked.len()).filter(|&mentee| self.locked[mentee] && self.task.priority[mentee]);
        let placed = i128::from(objectives.placed - objectives.locked);
        let first = i128::from(objectives.priority_placed) - i128::try_from(locked_priority.count()).unwrap_or(0);
        let everybody = |_: usize| true;
        let with_priority = |mentee: usize| self.task.priority[mentee];
        if self.bound(&self.proof.placed, everybody, None) != Some(placed) {
            return Err(Flaw::Placed);
        }
        if self.bound(&self.proof.priority, with_priority, None) != Some(first) {
            return Err(Flaw::Priority);
        }
        let Some(worst) = objectives.worst else {
            return if self.proof.worst.is_some() { Err(Flaw::Worst) } else { Ok(()) };
        };
        let Some(proof) = self.proof.worst.as_ref() else {
            // Where groups were made to start, their minimums may be what forbids a better worst pair.
            return if self.answer.started.is_empty() { Err(Flaw::Worst) } else { Ok(()) };
        };
        let (bound, needed) = if proof.priority {
            (self.bound(&proof.cover, with_priority, Some(worst)), first)
        } else {
            (self.bound(&proof.cover, everybody, Some(worst)), placed)
        };
        if bound.is_some_and(|bound| bound < needed) { Ok(()) } else { Err(Flaw::Worst) }
    }

    /// Returns the size of a cover if it touches every pair of the group whose score is above `above`.
    fn bound(&self, cover: &Cover, group: impl Fn(usize) -> bool, above: Option<i32>) -> Option<i128> {
        let mut size: i128 = 0;
        for (mentor, _) in cover.mentors.iter().enumerate().filter(|&(_, &inside)| inside) {
            size += self.places[mentor];
        }
        for mentee in 0..self.locked.len() {
            size += i128::from(cover.mentees[mentee]);
            if cover.mentees[mentee] || self.locked[mentee] || !group(mentee) {
                continue;
            }
            let touched = |mentor: u32| cover.mentors[mentor as usize] || self.places[mentor as usize] <= 0;
            let counts = |score: i32| above.is_none_or(|above| score > above);
            if self.graph.row(mentee).any(|(mentor, score)| counts(score) && !touched(mentor)) {
                return None;
            }
        }
        Some(size)
    }

    fn prices(&self) -> Result<(), Flaw> {
        let scale = self.proof.scale;
        let exact = match self.task.previous {
            // One more pair kept must never outweigh a point of score.
            Some(_) => i128::from(scale) > i128::from(self.answer.objectives.placed - self.answer.objectives.locked),
            None => scale == 1,
        };
        if !exact {
            return Err(Flaw::Shape);
        }
        let negative = |prices: &[i64]| prices.iter().any(|&price| price < 0);
        if negative(&self.proof.mentee_prices) {
            return Err(Flaw::Slackness);
        }
        let floor = self.answer.objectives.worst;
        let (mut worth, mut bound) = (0_i128, 0_i128);
        for mentee in (0..self.locked.len()).filter(|&mentee| !self.locked[mentee]) {
            worth += self.check_mentee(mentee, floor, &mut bound)?;
        }
        for (mentor, &places) in self.places.iter().enumerate() {
            if self.taken[mentor] < places && self.proof.mentor_prices[mentor] > 0 {
                return Err(Flaw::Slackness);
            }
            let price = i128::from(self.proof.mentor_prices[mentor]);
            if price < 0 {
                // A mentor may be paid for taking mentees only as far as the group's minimum forces him to.
                let required = self.required(mentor).filter(|&required| required == self.taken[mentor]);
                bound += price * required.ok_or(Flaw::Slackness)?;
            } else {
                bound += price * places.max(0);
            }
        }
        if worth == bound { Ok(()) } else { Err(Flaw::Duality) }
    }

    /// Checks that prices cover the candidates of a mentee; returns what his or her pair is worth.
    fn check_mentee(&self, mentee: usize, floor: Option<i32>, bound: &mut i128) -> Result<i128, Flaw> {
        let proof = self.proof;
        let priority = if self.task.priority[mentee] { proof.priority_price } else { 0 };
        let granted = i128::from(proof.placement_price) + i128::from(priority);
        let own = i128::from(proof.mentee_prices[mentee]);
        let mut worth = None;
        for (mentor, score) in self.graph.row(mentee) {
            if floor.is_some_and(|floor| score < floor) || self.places[mentor as usize] <= 0 {
                continue;
            }
            let value = i128::from(proof.scale) * i128::from(score) + i128::from(self.was_paired(mentee, mentor));
            if value > granted + own + i128::from(proof.mentor_prices[mentor as usize]) {
                return Err(Flaw::Price { mentee });
            }
            if self.answer.mentor_of[mentee] == Some(mentor) {
                worth = Some(value);
            }
        }
        if self.answer.mentor_of[mentee].is_some() {
            *bound += granted + own;
            return worth.ok_or(Flaw::NotCandidate { mentee });
        }
        if own != 0 { Err(Flaw::Slackness) } else { Ok(0) }
    }
}

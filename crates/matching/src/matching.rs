//! People and their candidate graph, ready for questions.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use crate::candidates;
use crate::control::Control;
use crate::criteria::{self, Constraint, Shares};
use crate::graph::CandidateGraph;
use crate::numbers::{NONE, at, id};
use crate::people::model::Input;
use crate::people::prepared::People;
use crate::people::settings::Settings;
use crate::people::validate::{Field, InputError, Problem, Subject, validate};
use crate::proposal::{Proof, ProposeError};
use crate::task::{Answer, SolveError, Task};
use crate::ties;

/// People and their candidate graph, ready for questions.
pub struct Matching {
    pub(crate) people: People,
    pub(crate) graph: CandidateGraph,
    pub(crate) priority: Vec<bool>,
    pub(crate) locks: Vec<(u32, u32)>,
    /// The mentor to whom a mentee is locked.
    pub(crate) locked_to: Vec<Option<u32>>,
    pub(crate) previous: Option<Vec<Option<u32>>>,
    pub(crate) minimums: Vec<u32>,
    pub(crate) settings: Settings,
}

impl Matching {
    /// Checks the input and builds the candidate graph.
    pub fn new(input: &Input, settings: &Settings, control: Control) -> Result<Self, ProposeError> {
        validate(input, settings)?;
        let people = People::new(input, settings);
        let locks = locks(&people, input)?;
        let mut previous = vec![None; people.mentees.len()];
        for (mentee, mentor) in input.previous.iter().filter_map(|pair| people.pair(pair)) {
            previous[at(mentee)] = Some(mentor);
        }
        let mut protected = vec![Vec::new(); people.mentees.len()];
        for (mentee, mentor) in previous.iter().enumerate() {
            protected[mentee].extend(*mentor);
        }
        let mut locked_to = vec![None; people.mentees.len()];
        for &(mentee, mentor) in &locks {
            protected[at(mentee)].push(mentor);
            locked_to[at(mentee)] = Some(mentor);
        }
        let graph = candidates::build(&people, &protected, settings.candidates_per_mentee, settings.threads, control)?;
        let priority = people.mentees.iter().map(|mentee| mentee.priority).collect();
        let minimums = people.mentors.iter().map(|mentor| mentor.minimum).collect();
        let previous = (!input.previous.is_empty()).then_some(previous);
        Ok(Self { people, graph, priority, locks, locked_to, previous, minimums, settings: settings.clone() })
    }

    /// Returns the question as the solver and the verifier take it.
    pub fn task(&self) -> Task<'_> {
        Task {
            graph: &self.graph,
            priority: &self.priority,
            locks: &self.locks,
            previous: self.previous.as_deref(),
            worst_pair: self.settings.worst_pair,
            minimums: &self.minimums,
        }
    }

    pub(crate) fn is_locked(&self, mentee: usize) -> bool {
        self.locked_to[mentee].is_some()
    }

    /// Returns the places of mentors that no lock takes.
    pub(crate) fn unlocked_places(&self, graph: &CandidateGraph) -> Vec<u32> {
        let mut places = graph.capacities().to_vec();
        for &(_, mentor) in &self.locks {
            places[at(mentor)] -= 1;
        }
        places
    }

    /// Returns the least number of mentees with whom a mentor's group starts; a lock is a decision to start it.
    pub(crate) fn minimum(&self, mentor: u32) -> u32 {
        let locked = self.locks.iter().any(|&(_, locked)| locked == mentor);
        if locked { 0 } else { self.minimums[at(mentor)] }
    }

    /// Returns how many mentees of a group have a mentor among their candidates.
    pub(crate) fn candidates_among(&self, mentor: u32, group: impl Fn(usize) -> bool) -> u32 {
        let has = |&mentee: &usize| group(mentee) && self.graph.score(mentee, mentor).is_some();
        id((0..self.graph.mentees()).filter(has).count())
    }

    /// Says whether a mentor would be among the best candidates of a mentee, as many as there may be.
    pub(crate) fn gets_into(&self, mentee: usize, mentor: u32, score: i32) -> bool {
        let Some(limit) = self.settings.candidates_per_mentee.map(at) else { return true };
        let better = |&(other, points): &(u32, i32)| (Reverse(points), other) < (Reverse(score), mentor);
        self.graph.row(mentee).filter(better).count() < limit
    }

    /// Leaves a mentee the best candidates, as many as there may be, and those whom a decision protects.
    pub(crate) fn keep_the_best(&self, mentee: usize, pairs: &mut Vec<(u32, i32)>) {
        let Some(limit) = self.settings.candidates_per_mentee.map(at).filter(|&limit| limit < pairs.len()) else {
            return;
        };
        let previous = self.previous.as_ref().and_then(|previous| previous[mentee]);
        let protected = [previous, self.locked_to[mentee]];
        pairs.sort_unstable_by_key(|&(mentor, score)| (Reverse(score), mentor));
        let mut place = 0;
        pairs.retain(|&(mentor, _)| {
            place += 1;
            place <= limit || protected.contains(&Some(mentor))
        });
        pairs.sort_unstable();
    }

    /// Returns the candidate graph.
    pub fn graph(&self) -> &CandidateGraph {
        &self.graph
    }

    /// Returns the candidates of a mentee with their shares, best first: advice for choosing by hand.
    pub fn candidates_of(&self, mentee: &str) -> Option<Vec<Candidate>> {
        let number = self.people.mentee(mentee)?;
        let row = self.graph.row(at(number));
        let mut candidates: Vec<Candidate> =
            row.map(|(mentor, score)| self.candidate(number, mentor, mentor, score)).collect();
        candidates.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.with.cmp(&b.with)));
        Some(candidates)
    }

    /// Returns the mentees for whom a mentor is a candidate, best first.
    pub fn candidates_of_mentor(&self, mentor: &str) -> Option<Vec<Candidate>> {
        let number = self.people.mentor(mentor)?;
        let scores =
            (0..id(self.graph.mentees())).filter_map(|mentee| Some((mentee, self.graph.score(at(mentee), number)?)));
        let mut candidates: Vec<Candidate> = scores
            .map(|(mentee, score)| Candidate {
                with: self.people.mentees[at(mentee)].id.clone(),
                ..self.candidate(mentee, number, number, score)
            })
            .collect();
        candidates.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.with.cmp(&b.with)));
        Some(candidates)
    }

    fn candidate(&self, mentee: u32, mentor: u32, with: u32, score: i32) -> Candidate {
        let shares = self.shares(mentee, mentor);
        Candidate { with: self.people.mentors[at(with)].id.clone(), score, shares }
    }

    /// Returns the rules that a pair breaks, or `None` when one of the two is unknown.
    pub fn obstacles(&self, mentee: &str, mentor: &str) -> Option<Vec<Constraint>> {
        Some(broken(&self.people, self.people.mentee(mentee)?, self.people.mentor(mentor)?))
    }

    /// Solves the question in numbers, optimally, and settles ties.
    pub fn solve(&self, earlier: Option<&Proof>, control: Control) -> Result<Answer, SolveError> {
        let warm = earlier.map(|earlier| self.carry_over(earlier));
        let task = self.task();
        let mut answer = crate::groups::solve(&task, warm.as_ref(), control)?;
        let loads = self.people.mentors.iter().map(|mentor| mentor.capacity - mentor.places);
        ties::settle(&task, &loads.collect::<Vec<_>>(), &mut answer, control)?;
        Ok(answer)
    }

    pub(crate) fn shares(&self, mentee: u32, mentor: u32) -> Shares {
        let (a, b) = (&self.people.mentees[at(mentee)], &self.people.mentors[at(mentor)]);
        criteria::shares(&self.people, a, b, mentor)
    }

    /// Brings an earlier answer onto the numbers of these people; newcomers have no price and no mentor.
    pub(crate) fn carry_over(&self, earlier: &Proof) -> Answer {
        let old = &earlier.answer;
        let place = |names: &[String], name: &str| names.binary_search_by(|other| other.as_str().cmp(name)).ok();
        let price = |names: &[String], prices: &[i64], name: &str| {
            place(names, name).and_then(|place| prices.get(place)).copied().unwrap_or(0)
        };
        let mut answer = old.clone();
        let certificate = &mut answer.certificate;
        let mentees = self.people.mentees.iter();
        certificate.mentee_prices =
            mentees.clone().map(|mentee| price(&earlier.mentees, &old.certificate.mentee_prices, &mentee.id)).collect();
        let mentors = self.people.mentors.iter();
        certificate.mentor_prices =
            mentors.map(|mentor| price(&earlier.mentors, &old.certificate.mentor_prices, &mentor.id)).collect();
        let mentor = |mentee: &str| {
            let mentor = (*old.mentor_of.get(place(&earlier.mentees, mentee)?)?)?;
            self.people.mentor(earlier.mentors.get(at(mentor))?)
        };
        answer.mentor_of = mentees.map(|mentee| mentor(&mentee.id)).collect();
        answer
    }
}

/// One candidate for somebody, with the reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    pub with: String,
    pub score: i32,
    pub shares: Shares,
}

/// Returns all rules that a pair breaks.
pub(crate) fn broken(people: &People, mentee: u32, mentor: u32) -> Vec<Constraint> {
    let (a, b) = (&people.mentees[at(mentee)], &people.mentors[at(mentor)]);
    Constraint::ALL.into_iter().filter(|rule| rule.is_broken(people, a, mentee, b, mentor)).collect()
}

fn locks(people: &People, input: &Input) -> Result<Vec<(u32, u32)>, InputError> {
    let mut locks = Vec::new();
    for pair in &input.locks {
        let (mentee, mentor) = people.pair(pair).unwrap_or((NONE, NONE));
        let rules = broken(people, mentee, mentor);
        if !rules.is_empty() {
            return Err(InputError::new(Subject::Pair(pair.clone()), Field::Lock, Problem::Inadmissible(rules)));
        }
        locks.push((mentee, mentor));
    }
    locks.sort_unstable();
    Ok(locks)
}

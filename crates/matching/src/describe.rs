//! From the solver's numbers to a proposal with reasons.

use std::cmp::Reverse;

use crate::control::Control;
use crate::explain::change::{Found, Trials};
use crate::explain::{self, Change, pairs::Alternatives};
use crate::graph::CandidateGraph;
use crate::matching::Matching;
use crate::numbers::{at, id};
use crate::people::settings::Mode;
use crate::proposal::{Proof, Proposal, ProposeError, ProposedPair};
use crate::stable::{self, Ranks};
use crate::task::{Answer, Objectives, SolveError};
use crate::verify::verify;

impl Matching {
    /// Proposes in the mode of the settings.
    pub fn propose(&self, earlier: Option<&Proof>, control: Control) -> Result<Proposal, ProposeError> {
        match self.settings.mode {
            Mode::Optimal => {
                let answer = self.solve(earlier, control)?;
                Ok(self.describe(&answer, control)?)
            }
            Mode::Mutual => Ok(self.mutual(control)?),
        }
    }

    /// Returns the smallest change that places a mentee whom an earlier answer left out.
    pub fn change_for(&self, mentee: &str, proof: &Proof, control: Control) -> Result<Option<Change>, SolveError> {
        let Some(mentee) = self.people.mentee(mentee) else { return Ok(None) };
        let mut answer = self.carry_over(proof);
        if verify(&self.task(), &answer).is_err() {
            // The people have changed since.
            answer = self.solve(Some(proof), control)?;
        }
        if answer.mentor_of[at(mentee)].is_some() {
            return Ok(None);
        }
        let found = Found::from(&answer);
        explain::change::smallest_change(self, found, mentee, &mut Trials::new(self, found), control)
    }

    fn describe(&self, answer: &Answer, control: Control) -> Result<Proposal, SolveError> {
        let alternatives = Alternatives::new(self, answer);
        let pairs = self.pairs(&answer.mentor_of, Some(&alternatives));
        let unmatched = explain::unmatched::all(self, Found::from(answer), control)?;
        Ok(Proposal {
            mode: Mode::Optimal,
            pairs,
            unmatched,
            closed: self.names_of(&answer.closed),
            objectives: answer.objectives.clone(),
            fairness: explain::fairness::fairness(self, &answer.mentor_of, &answer.closed),
            proof: Some(Proof {
                mentees: self.people.mentees.iter().map(|mentee| mentee.id.clone()).collect(),
                mentors: self.people.mentors.iter().map(|mentor| mentor.id.clone()).collect(),
                answer: answer.clone(),
            }),
        })
    }

    fn names_of(&self, mentors: &[u32]) -> Vec<String> {
        mentors.iter().map(|&mentor| self.people.mentors[at(mentor)].id.clone()).collect()
    }

    fn mutual(&self, control: Control) -> Result<Proposal, SolveError> {
        let (mentor_of, closed) = self.stable_groups(&self.graph, &self.minimums, control)?;
        let found = Found { mentor_of: &mentor_of, answer: None };
        Ok(Proposal {
            mode: Mode::Mutual,
            pairs: self.pairs(&mentor_of, None),
            unmatched: explain::unmatched::all(self, found, control)?,
            closed: self.names_of(&closed),
            objectives: self.objectives(&mentor_of),
            fairness: explain::fairness::fairness(self, &mentor_of, &closed),
            proof: None,
        })
    }

    /// Returns a stable choice of mentors and those whose groups do not start.
    ///
    /// With minimums a stable answer need not exist, and to find one is NP-hard (Biró, Fleiner, Irving, Manlove 2010).
    /// So the group that lacks most of its minimum is closed and everybody chooses anew, until no group is too small:
    /// the answer is stable among the mentors who take part.
    pub(crate) fn stable_groups(
        &self,
        graph: &CandidateGraph,
        minimums: &[u32],
        control: Control,
    ) -> Result<(Vec<Option<u32>>, Vec<u32>), SolveError> {
        let mut places = self.unlocked_places(graph);
        let locked: Vec<bool> = (0..graph.mentees()).map(|mentee| self.is_locked(mentee)).collect();
        let mut minimums = minimums.to_vec();
        // A lock is a decision to start the group.
        self.locks.iter().for_each(|&(_, mentor)| minimums[at(mentor)] = 0);
        let mut closed = Vec::new();
        loop {
            let free = graph.reduced(places.clone(), &locked);
            let mut mentor_of = stable::stable_or_stopped(&free, &self.ranks(&free), control)?;
            let mut sizes = vec![0; places.len()];
            mentor_of.iter().flatten().for_each(|&mentor| sizes[at(mentor)] += 1);
            let lacking = |mentor: u32| minimums[at(mentor)].saturating_sub(sizes[at(mentor)]);
            let too_small = (0..id(sizes.len())).filter(|&mentor| sizes[at(mentor)] > 0 && lacking(mentor) > 0);
            let Some(smallest) = too_small.max_by_key(|&mentor| (lacking(mentor), Reverse(mentor))) else {
                for &(mentee, mentor) in &self.locks {
                    mentor_of[at(mentee)] = Some(mentor);
                }
                closed.sort_unstable();
                return Ok((mentor_of, closed));
            };
            places[at(smallest)] = 0;
            closed.push(smallest);
        }
    }

    /// Returns how dear each candidate pair is to its two sides: wishes first, then what fits without wishes.
    pub(crate) fn ranks(&self, graph: &CandidateGraph) -> Ranks {
        let mut ranks = Ranks::default();
        let rank = |wishes: &[(u32, u32)], other: u32, fit: i64| {
            let place = wishes.binary_search_by_key(&other, |&(person, _)| person);
            place.map_or((1 << 40) - fit, |place| i64::from(wishes[place].1))
        };
        for mentee in 0..graph.mentees() {
            let own = &self.people.mentees[mentee];
            for (mentor, score) in graph.row(mentee) {
                let shares = self.shares(id(mentee), mentor);
                let fit = i64::from(score) - i64::from(shares.mentee_wish) - i64::from(shares.mentor_wish);
                ranks.of_mentor.push(rank(&own.own.wishes, mentor, fit));
                ranks.of_mentee.push(rank(&own.wished_by, mentor, fit));
            }
        }
        ranks
    }

    fn objectives(&self, mentor_of: &[Option<u32>]) -> Objectives {
        let mut objectives = Objectives { locked: 0, placed: 0, priority_placed: 0, worst: None, total: 0, kept: 0 };
        for pair in self.pairs(mentor_of, None) {
            objectives.placed += 1;
            objectives.locked += u64::from(pair.locked);
            objectives.total += i64::from(pair.score);
            objectives.kept += u64::from(pair.kept);
            let priority = self.people.mentee(&pair.mentee).is_some_and(|mentee| self.priority[at(mentee)]);
            objectives.priority_placed += u64::from(priority);
            if self.settings.worst_pair && !pair.locked {
                objectives.worst = Some(objectives.worst.map_or(pair.score, |worst| worst.min(pair.score)));
            }
        }
        objectives
    }

    fn pairs(&self, mentor_of: &[Option<u32>], alternatives: Option<&Alternatives>) -> Vec<ProposedPair> {
        let pairs = (0..).zip(mentor_of).filter_map(|(mentee, mentor)| mentor.map(|mentor| (mentee, mentor)));
        let pair = |(mentee, mentor): (u32, u32)| {
            let own = &self.people.mentees[at(mentee)];
            let shares = self.shares(mentee, mentor);
            ProposedPair {
                mentee: own.id.clone(),
                mentor: self.people.mentors[at(mentor)].id.clone(),
                form: self.people.form(own).code.clone(),
                score: shares.score(),
                shares,
                locked: self.is_locked(at(mentee)),
                kept: self.previous.as_ref().is_some_and(|previous| previous[at(mentee)] == Some(mentor)),
                for_mentee: alternatives.and_then(|alternatives| alternatives.for_mentee(mentee)),
                for_mentor: alternatives.and_then(|alternatives| alternatives.for_mentor(mentee)),
            }
        };
        pairs.map(pair).collect()
    }
}

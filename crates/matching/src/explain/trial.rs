//! A changed question, solved again.

use std::borrow::Cow;

use super::change::Change;
use super::residual::Residual;
use crate::control::Control;
use crate::criteria::{Constraint, shares};
use crate::graph::CandidateGraph;
use crate::matching::Matching;
use crate::numbers::{at, id};
use crate::people::prepared::ReadyMentor;
use crate::people::settings::Mode;
use crate::task::{Answer, SolveError, Task};
use crate::ties::settle_placed;

/// What is asked again, from which answer.
pub(super) struct Trial<'a> {
    pub(super) matching: &'a Matching,
    pub(super) answer: Option<&'a Answer>,
    pub(super) control: Control<'a>,
}

impl Trial<'_> {
    /// Returns who is placed after the change, just as if the people were matched anew; `None` if that is out of reach.
    pub(super) fn placed_after(
        &self,
        mentee: u32,
        change: &Change,
        residual: Option<&Residual>,
    ) -> Result<Option<Vec<bool>>, SolveError> {
        let mut minimums = Cow::Borrowed(&self.matching.minimums);
        if let Change::StartGroup { mentor, minimum } = change
            && let Some(mentor) = self.matching.people.mentor(mentor)
        {
            minimums.to_mut()[at(mentor)] = *minimum;
        }
        let Some(graph) = self.graph_after(mentee, change, residual) else { return Ok(None) };
        match self.solve(&graph, &minimums) {
            Ok(mentor_of) => Ok(Some(mentor_of.iter().map(Option::is_some).collect())),
            Err(SolveError::Cancelled) => Err(SolveError::Cancelled),
            Err(_) => Ok(None),
        }
    }

    fn solve(&self, graph: &CandidateGraph, minimums: &[u32]) -> Result<Vec<Option<u32>>, SolveError> {
        if self.matching.settings.mode == Mode::Mutual {
            return Ok(self.matching.stable_groups(graph, minimums, self.control)?.0);
        }
        let task = Task { graph, minimums, ..self.matching.task() };
        // Which of equal choices of groups is found depends on where the search starts.
        let warm = self.answer.filter(|_| minimums.iter().all(|&minimum| minimum < 2));
        let mut answer = crate::groups::solve(&task, warm, self.control)?;
        settle_placed(&task, &mut answer, self.control)?;
        Ok(answer.mentor_of)
    }

    /// Returns the candidates after a change among the people who are there.
    fn graph_after(
        &self,
        mentee: u32,
        change: &Change,
        residual: Option<&Residual>,
    ) -> Option<Cow<'_, CandidateGraph>> {
        let matching = self.matching;
        match change {
            Change::StartGroup { .. } => Some(Cow::Borrowed(&matching.graph)),
            Change::NewMentor { .. } => None,
            Change::MorePlaces { mentor, places } => {
                let larger = Larger::new(matching, matching.people.mentor(mentor)?, *places);
                let few = residual.filter(|_| *places == 1).and_then(|residual| {
                    residual.with_place(matching, larger.number, |row| larger.pair(row).map(|(_, score)| score))
                });
                few.or_else(|| changed(matching, &larger, *places, None)).map(Cow::Owned)
            }
            Change::Admit { mentor, rules } => {
                let mentor = matching.people.mentor(mentor)?;
                let places = u32::from(rules.contains(&Constraint::NoPlace));
                let score = matching.shares(mentee, mentor).score();
                let own = (!opens_only_to_all(rules)).then_some((at(mentee), (mentor, score)));
                if opens_to_all(rules) {
                    let larger = Larger::new(matching, mentor, places);
                    return changed(matching, &larger, places, own).map(Cow::Owned);
                }
                let capacities = matching.graph.capacities().to_vec();
                let new = |row| own.filter(|&(own, _)| own == row).map(|(_, pair)| pair);
                with_pairs(matching, capacities, new).map(Cow::Owned)
            }
        }
    }
}

/// Returns the candidates when a mentor has become larger, and one pair more.
fn changed(
    matching: &Matching,
    larger: &Larger,
    places: u32,
    own: Option<(usize, (u32, i32))>,
) -> Option<CandidateGraph> {
    let mut capacities = matching.graph.capacities().to_vec();
    capacities[at(larger.number)] += places;
    let own = |row| own.filter(|&(own, _)| own == row).map(|(_, pair)| pair);
    with_pairs(matching, capacities, |row| own(row).or_else(|| larger.pair(row)))
}

/// Returns the candidates with new pairs instead of old ones; a limit of candidates is kept as in building them.
fn with_pairs(
    matching: &Matching,
    capacities: Vec<u32>,
    new: impl Fn(usize) -> Option<(u32, i32)>,
) -> Option<CandidateGraph> {
    let graph = &matching.graph;
    let room = graph.pairs() + graph.mentees();
    let (mut offsets, mut mentors, mut scores) = (vec![0], Vec::with_capacity(room), Vec::with_capacity(room));
    let mut pairs = Vec::new();
    for row in 0..graph.mentees() {
        let new = new(row);
        pairs.clear();
        pairs.extend(graph.row(row).filter(|&(mentor, _)| new.is_none_or(|new| new.0 != mentor)));
        if let Some(new) = new {
            pairs.insert(pairs.partition_point(|&(mentor, _)| mentor < new.0), new);
            matching.keep_the_best(row, &mut pairs);
        }
        for &(mentor, score) in &pairs {
            mentors.push(mentor);
            scores.push(score);
        }
        offsets.push(mentors.len());
    }
    CandidateGraph::new(capacities, offsets, mentors, scores).ok()
}

/// Says whether lifting a rule makes the mentor a candidate of others too.
fn is_the_mentors(rule: Constraint) -> bool {
    matches!(rule, Constraint::NoPlace | Constraint::MentorConsent)
}

pub(super) fn opens_to_all(rules: &[Constraint]) -> bool {
    rules.iter().any(|&rule| is_the_mentors(rule))
}

pub(super) fn opens_only_to_all(rules: &[Constraint]) -> bool {
    !rules.is_empty() && rules.iter().all(|&rule| is_the_mentors(rule))
}

/// A mentor who consents or has more places: the load share of every pair changes, and who was out becomes a candidate at
/// all.
struct Larger<'a> {
    matching: &'a Matching,
    number: u32,
    mentor: ReadyMentor,
    /// Whether he may become a candidate of somebody whose candidate he was not.
    spreads: bool,
}

impl<'a> Larger<'a> {
    fn new(matching: &'a Matching, number: u32, places: u32) -> Self {
        let mut mentor = matching.people.mentors[at(number)].clone();
        let spreads = mentor.places == 0 || !mentor.own.consent || matching.settings.candidates_per_mentee.is_some();
        mentor.capacity += places;
        mentor.places += places;
        mentor.own.consent = true;
        Self { matching, number, mentor, spreads }
    }

    fn pair(&self, row: usize) -> Option<(u32, i32)> {
        let people = &self.matching.people;
        let mentee = &people.mentees[row];
        let admissible = if self.spreads {
            let broken = |rule: &Constraint| rule.is_broken(people, mentee, id(row), &self.mentor, self.number);
            !Constraint::ALL.iter().any(broken)
        } else {
            self.matching.graph.score(row, self.number).is_some()
        };
        admissible.then(|| (self.number, shares(people, mentee, &self.mentor, self.number).score()))
    }
}

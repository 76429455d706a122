//! The smallest change that would place somebody, found in the residual graph and tried out by solving again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::unmatched::Seats;
use crate::control::Control;
use crate::criteria::{Constraint, shares};
use crate::graph::{CandidateGraph, GraphError};
use crate::matching::{Matching, broken};
use crate::numbers::{at, id};
use crate::people::prepared::{Bits, Common, ReadyMentor};
use crate::people::settings::{ClassRule, Mode};
use crate::task::{Answer, SolveError, Task};

/// One change of circumstances.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Change {
    /// A mentor takes so many mentees more.
    MorePlaces { mentor: String, places: u32 },
    /// A pair is admitted although it breaks these rules today: consent is given, a time slot is found, a ban lifted.
    /// Without rules the pair is admissible and was only left out of the best candidates.
    Admit { mentor: String, rules: Vec<Constraint> },
    /// Somebody new joins with one place for this mentee, and these rules give way, which the mentee breaks with anybody:
    /// consent is given, time slots are named.
    NewMentor { rules: Vec<Constraint> },
}

/// Changes of one kind that are tried out before another kind has its turn.
const TRIED_MENTORS: usize = 3;

/// Mentors at whom one more place is tried out, at most, for all whom one answer leaves out.
const TRIED_PLACES: usize = 200;

/// Candidate pairs looked at, at most, while changes are tried out.
pub(crate) const TRIED_WORK: usize = 30_000_000;

/// What was found in either mode; prices only where the mode has them.
#[derive(Clone, Copy)]
pub(crate) struct Found<'a> {
    pub(crate) mentor_of: &'a [Option<u32>],
    pub(crate) answer: Option<&'a Answer>,
}

impl<'a> From<&'a Answer> for Found<'a> {
    fn from(answer: &'a Answer) -> Self {
        Self { mentor_of: &answer.mentor_of, answer: Some(answer) }
    }
}

/// What was tried out already: more places, or the consent of a mentor, are the same change for everybody.
pub(crate) struct Trials {
    mentors_of: BTreeMap<Change, Vec<Option<u32>>>,
    places: usize,
    pub(crate) seats: Seats,
}

impl Trials {
    pub(crate) fn new(matching: &Matching, found: Found) -> Self {
        let affordable = TRIED_WORK / (matching.graph.pairs() + 1);
        let places = affordable.clamp(TRIED_MENTORS, TRIED_PLACES);
        Self { mentors_of: BTreeMap::new(), places, seats: Seats::new(matching, found.mentor_of) }
    }
}

/// Returns a change that places the mentee, fewest interventions first; `None` where only the mentee can change it.
pub(crate) fn smallest_change(
    matching: &Matching,
    found: Found,
    mentee: u32,
    trials: &mut Trials,
    control: Control,
) -> Result<Option<Change>, SolveError> {
    let own = &matching.people.mentees[at(mentee)];
    if own.has_mentor {
        return Ok(None);
    }
    let search = Search { matching, found, mentee, control };
    let full = search.full(&trials.seats);
    let place = |mentor: &u32| Change::MorePlaces { mentor: search.name(*mentor), places: 1 };
    let (known, new): (Vec<Change>, Vec<Change>) =
        full.iter().map(place).partition(|change| trials.mentors_of.contains_key(change));
    let affordable = new.len().min(trials.places.max(TRIED_MENTORS.saturating_sub(known.len())));
    let places = known.into_iter().chain(new.into_iter().take(affordable));
    for change in places.chain(search.other_proposals(full.first())) {
        if search.places_the_mentee(&change, trials)? {
            return Ok(Some(change));
        }
    }
    Ok(None)
}

struct Search<'a> {
    matching: &'a Matching,
    found: Found<'a>,
    mentee: u32,
    control: Control<'a>,
}

impl Search<'_> {
    fn name(&self, mentor: u32) -> String {
        self.matching.people.mentors[at(mentor)].id.clone()
    }

    /// Returns the mentors whose places the mentee competes for: own candidates first, then where a place is worth most.
    fn full(&self, seats: &Seats) -> Vec<u32> {
        let direct = self.matching.graph.mentors_of(at(self.mentee));
        let prices = self.found.answer.map(|answer| &answer.certificate.mentor_prices);
        let price = |mentor: &u32| prices.map_or(0, |prices| prices[at(*mentor)]);
        let mut full = seats.reach(self.matching, self.mentee).mentors;
        full.retain(|&mentor| seats.room(mentor) == 0);
        full.sort_by_key(|mentor| (direct.binary_search(mentor).is_err(), -price(mentor), *mentor));
        full
    }

    /// Returns changes other than one more place that are worth trying: one intervention, then more.
    fn other_proposals(&self, first: Option<&u32>) -> Vec<Change> {
        let mut admitted = self.admissions();
        admitted.sort_by(|a, b| (a.0.len(), &a.0, a.1).cmp(&(b.0.len(), &b.0, b.1)));
        let single = admitted.iter().take_while(|(rules, _)| rules.len() <= 1).count();
        let admit = |&(ref rules, mentor): &(Vec<Constraint>, u32)| Change::Admit {
            mentor: self.name(mentor),
            rules: rules.clone(),
        };
        let mut changes: Vec<Change> = admitted[..single].iter().take(TRIED_MENTORS).map(admit).collect();
        changes.extend(first.map(|&mentor| Change::MorePlaces { mentor: self.name(mentor), places: 2 }));
        changes.extend(admitted[single..].iter().take(TRIED_MENTORS).map(admit));
        changes.push(Change::NewMentor { rules: self.broken_with_anybody() });
        changes
    }

    /// Returns mentors with room who break only rules that can be lifted, with those rules.
    fn admissions(&self) -> Vec<(Vec<Constraint>, u32)> {
        let matching = self.matching;
        let taken = |mentor: u32| self.found.mentor_of.iter().filter(|&&of| of == Some(mentor)).count();
        let mut counts = vec![None; matching.people.mentors.len()];
        let mut admissions = Vec::new();
        for mentor in 0..id(matching.people.mentors.len()) {
            let rules = broken(&matching.people, self.mentee, mentor);
            if !rules.iter().all(|rule| rule.can_be_lifted()) || matching.graph.score(at(self.mentee), mentor).is_some()
            {
                continue;
            }
            let taken = *counts[at(mentor)].get_or_insert_with(|| taken(mentor));
            if taken < at(matching.graph.capacities()[at(mentor)]) || rules.contains(&Constraint::NoPlace) {
                admissions.push((rules, mentor));
            }
        }
        admissions
    }

    /// Returns the rules that the mentee would break even with a mentor who is just as wished.
    fn broken_with_anybody(&self) -> Vec<Constraint> {
        let people = &self.matching.people;
        let mentee = &people.mentees[at(self.mentee)];
        let a = &mentee.own;
        let stranger = ReadyMentor {
            id: String::new(),
            forms: Bits::all(people.forms.len()),
            cleared: true,
            capacity: 1,
            places: 1,
            minimum: 0,
            own: Common {
                class: a.class.filter(|_| people.form(mentee).class == ClassRule::Same),
                consent: true,
                slots: a.slots.clone(),
                languages: a.languages.clone(),
                places: a.places.clone(),
                ..Common::default()
            },
        };
        let number = id(people.mentors.len());
        let broken = |rule: &Constraint| rule.is_broken(people, mentee, self.mentee, &stranger, number);
        Constraint::ALL.into_iter().filter(broken).collect()
    }

    /// Solves again with the change; what is the same change for everybody is tried out once.
    fn places_the_mentee(&self, change: &Change, trials: &mut Trials) -> Result<bool, SolveError> {
        if let Change::NewMentor { .. } = change {
            // One more can be placed then, and only this one: coverage comes before everything else. In mutual mode the
            // two would rather have each other than nobody.
            return Ok(true);
        }
        if let Some(mentor_of) = trials.mentors_of.get(change) {
            return Ok(mentor_of[at(self.mentee)].is_some());
        }
        let Ok(trial) = apply(self.matching, self.mentee, change) else { return Ok(false) };
        let mentor_of = match self.matching.settings.mode {
            Mode::Optimal => {
                let task = Task { graph: &trial, ..self.matching.task() };
                crate::groups::solve(&task, self.found.answer, self.control)?.mentor_of
            }
            Mode::Mutual => self.matching.stable_groups(&trial, self.control)?.0,
        };
        let placed = mentor_of[at(self.mentee)].is_some();
        let for_all = match change {
            Change::MorePlaces { .. } => true,
            Change::Admit { rules, .. } => opens_only_to_all(rules),
            Change::NewMentor { .. } => false,
        };
        if for_all {
            trials.places = trials.places.saturating_sub(1);
            trials.mentors_of.insert(change.clone(), mentor_of);
        }
        Ok(placed)
    }
}

/// Returns the candidate graph after a change among the people who are there.
fn apply(matching: &Matching, mentee: u32, change: &Change) -> Result<CandidateGraph, GraphError> {
    let graph = &matching.graph;
    let mut capacities = graph.capacities().to_vec();
    let number = |name: &str| matching.people.mentor(name).ok_or(GraphError::Shape);
    let (changed, extra) = match change {
        Change::MorePlaces { mentor, places } => (Some((number(mentor)?, *places)), None),
        Change::Admit { mentor, rules } => {
            let mentor = number(mentor)?;
            let places = u32::from(rules.contains(&Constraint::NoPlace));
            let own = (!opens_only_to_all(rules)).then(|| (mentor, matching.shares(mentee, mentor).score()));
            (opens_to_all(rules).then_some((mentor, places)), own)
        }
        Change::NewMentor { .. } => return Err(GraphError::Shape),
    };
    let larger = changed.map(|(mentor, places)| {
        capacities[at(mentor)] += places;
        Larger::new(matching, mentor, places)
    });
    let room = graph.pairs() + graph.mentees();
    let (mut offsets, mut mentors, mut scores) = (vec![0], Vec::with_capacity(room), Vec::with_capacity(room));
    for row in 0..graph.mentees() {
        let mut push = |(mentor, score)| {
            mentors.push(mentor);
            scores.push(score);
        };
        let own = extra.filter(|_| row == at(mentee));
        let mut new = own.or_else(|| larger.as_ref().and_then(|larger| larger.pair(row)));
        let outdated = new.map(|(mentor, _)| mentor);
        for pair in graph.row(row).filter(|&(mentor, _)| outdated != Some(mentor)) {
            new.take_if(|new| new.0 < pair.0).into_iter().for_each(&mut push);
            push(pair);
        }
        new.into_iter().for_each(push);
        offsets.push(mentors.len());
    }
    CandidateGraph::new(capacities, offsets, mentors, scores)
}

/// Says whether lifting a rule makes the mentor a candidate of others too.
fn is_the_mentors(rule: Constraint) -> bool {
    matches!(rule, Constraint::NoPlace | Constraint::MentorConsent)
}

fn opens_to_all(rules: &[Constraint]) -> bool {
    rules.iter().any(|&rule| is_the_mentors(rule))
}

fn opens_only_to_all(rules: &[Constraint]) -> bool {
    !rules.is_empty() && rules.iter().all(|&rule| is_the_mentors(rule))
}

/// A mentor who consents or has more places: the load share of every pair changes, and who was out becomes a candidate at all.
struct Larger<'a> {
    matching: &'a Matching,
    number: u32,
    mentor: ReadyMentor,
    closed: bool,
}

impl<'a> Larger<'a> {
    fn new(matching: &'a Matching, number: u32, places: u32) -> Self {
        let mut mentor = matching.people.mentors[at(number)].clone();
        let closed = mentor.places == 0 || !mentor.own.consent;
        mentor.capacity += places;
        mentor.places += places;
        mentor.own.consent = true;
        Self { matching, number, mentor, closed }
    }

    fn pair(&self, row: usize) -> Option<(u32, i32)> {
        let people = &self.matching.people;
        let mentee = &people.mentees[row];
        let admissible = if self.closed {
            let broken = |rule: &Constraint| rule.is_broken(people, mentee, id(row), &self.mentor, self.number);
            !Constraint::ALL.iter().any(broken)
        } else {
            self.matching.graph.score(row, self.number).is_some()
        };
        admissible.then(|| (self.number, shares(people, mentee, &self.mentor, self.number).score()))
    }
}

//! The smallest change that would place somebody, found in the residual graph and tried out by solving again.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::residual::Residual;
use super::trial::{Trial, opens_only_to_all, opens_to_all};
use super::witness::{Seats, Witnesses};
use crate::control::Control;
use crate::criteria::Constraint;
use crate::matching::{Matching, broken};
use crate::numbers::{at, id};
use crate::people::prepared::{Bits, Common, ReadyMentor};
use crate::people::settings::{ClassRule, Mode};
use crate::task::{Answer, SolveError};

/// One change of circumstances.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Change {
    /// A mentor takes so many mentees more.
    MorePlaces { mentor: String, places: u32 },
    /// A pair is admitted although it breaks these rules today: consent is given, a time slot is found, a ban lifted.
    /// Without rules the pair is admissible and was only left out of the best candidates.
    Admit { mentor: String, rules: Vec<Constraint> },
    /// A group that does not start for want of mentees starts with so few.
    StartGroup { mentor: String, minimum: u32 },
    /// Somebody new joins with one place for this mentee, and these rules give way, which the mentee breaks with anybody:
    /// consent is given, time slots are named.
    NewMentor { rules: Vec<Constraint> },
}

/// Changes of one kind that are tried out before another kind has its turn.
const TRIED_MENTORS: usize = 3;

/// Candidate pairs looked at, at most, while changes are tried out for all whom one answer leaves out.
pub(crate) const TRIED_WORK: usize = 40_000_000;

/// How often solving the whole question again looks at a pair.
const WHOLE: usize = 8;

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

/// What was tried out already: more places, the consent of a mentor or a smaller group are the same for everybody.
pub(crate) struct Trials {
    placed: BTreeMap<Change, Vec<bool>>,
    /// Candidate pairs that may still be looked at.
    work: usize,
    pub(crate) seats: Seats,
    pub(crate) witnesses: Witnesses,
    residual: Option<Residual>,
}

impl Trials {
    pub(crate) fn new(matching: &Matching, found: Found) -> Self {
        let seats = Seats::new(matching, found.mentor_of);
        Self {
            placed: BTreeMap::new(),
            work: TRIED_WORK,
            witnesses: Witnesses::new(matching, &seats, found.mentor_of),
            seats,
            residual: found.answer.and_then(|answer| Residual::new(matching, answer)),
        }
    }

    /// Returns how many candidate pairs are looked at when one more place is tried out.
    pub(crate) fn cost_of_a_place(&self, matching: &Matching) -> usize {
        (matching.graph.pairs() + 1) * if self.residual.is_some() { 1 } else { WHOLE }
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
    if let Some(change) = search.cut_off(&trials.seats) {
        return Ok(Some(change));
    }
    let full = search.full(trials);
    let place = |mentor: &u32| Change::MorePlaces { mentor: search.name(*mentor), places: 1 };
    let (known, new): (Vec<Change>, Vec<Change>) =
        full.iter().map(place).partition(|change| trials.placed.contains_key(change));
    // Some are tried out for everybody, whatever was for others.
    let granted = TRIED_MENTORS.saturating_sub(known.len()).min(new.len());
    let (first, more) = new.split_at(granted);
    for change in known.iter().chain(first) {
        if search.places_the_mentee(change, trials)? {
            return Ok(Some(change.clone()));
        }
    }
    for change in more.iter().cloned().chain(search.other_proposals(full.first(), &trials.seats)) {
        if search.is_affordable(&change, trials) && search.places_the_mentee(&change, trials)? {
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
    fn is_optimal(&self) -> bool {
        self.matching.settings.mode == Mode::Optimal
    }

    fn name(&self, mentor: u32) -> String {
        self.matching.people.mentors[at(mentor)].id.clone()
    }

    /// Returns the mentors whose places the mentee competes for: own candidates first, then where a place is worth most.
    fn full(&self, trials: &Trials) -> Vec<u32> {
        let direct = self.matching.graph.mentors_of(at(self.mentee));
        let prices = self.found.answer.map(|answer| &answer.certificate.mentor_prices);
        let price = |mentor: &u32| prices.map_or(0, |prices| prices[at(*mentor)]);
        let reached = trials.witnesses.of(self.mentee).into_iter().flat_map(|witness| &witness.mentors);
        let mut full: Vec<u32> = reached.copied().filter(|&mentor| trials.seats.room(mentor) == 0).collect();
        full.sort_by_key(|mentor| (direct.binary_search(mentor).is_err(), Reverse(price(mentor)), *mentor));
        full
    }

    /// Returns a pair that breaks no rule, with a mentor who has room: only the limit of candidates cut it off.
    fn cut_off(&self, seats: &Seats) -> Option<Change> {
        self.matching.settings.candidates_per_mentee.filter(|_| self.is_optimal())?;
        let change = |mentor| Change::Admit { mentor: self.name(mentor), rules: Vec::new() };
        let admitted = self.admissions(seats).into_iter().filter(|(rules, _)| rules.is_empty());
        admitted.map(|(_, mentor)| change(mentor)).find(|change| self.is_certain(change, seats))
    }

    /// Returns changes other than one more place that are worth trying: one intervention, then more.
    fn other_proposals(&self, first: Option<&u32>, seats: &Seats) -> Vec<Change> {
        let mut admitted = self.admissions(seats);
        admitted.sort_by(|a, b| (a.0.len(), &a.0, a.1).cmp(&(b.0.len(), &b.0, b.1)));
        let single = admitted.iter().take_while(|(rules, _)| rules.len() <= 1).count();
        let admit = |&(ref rules, mentor): &(Vec<Constraint>, u32)| Change::Admit {
            mentor: self.name(mentor),
            rules: rules.clone(),
        };
        let mut changes = self.smaller_groups(seats);
        changes.extend(admitted[..single].iter().take(TRIED_MENTORS).map(admit));
        changes.extend(first.map(|&mentor| Change::MorePlaces { mentor: self.name(mentor), places: 2 }));
        changes.extend(admitted[single..].iter().take(TRIED_MENTORS).map(admit));
        changes.push(Change::NewMentor { rules: self.broken_with_anybody() });
        changes
    }

    /// Returns groups of the mentee's candidates that nobody is in, to be started with those who are left.
    fn smaller_groups(&self, seats: &Seats) -> Vec<Change> {
        let matching = self.matching;
        let waits = |mentee: usize| self.found.mentor_of[mentee].is_none();
        let empty = |mentor: &&u32| matching.minimum(**mentor) > 1 && seats.mentees_of[at(**mentor)].is_empty();
        let groups = matching.graph.mentors_of(at(self.mentee)).iter().filter(empty).take(TRIED_MENTORS);
        let start = |&mentor: &u32| {
            let willing = matching.candidates_among(mentor, waits).min(matching.graph.capacities()[at(mentor)]);
            let smaller = willing < matching.minimum(mentor);
            smaller.then(|| Change::StartGroup { mentor: self.name(mentor), minimum: willing })
        };
        groups.filter_map(start).collect()
    }

    /// Returns mentors with room who break only rules that can be lifted, with those rules.
    fn admissions(&self, seats: &Seats) -> Vec<(Vec<Constraint>, u32)> {
        let matching = self.matching;
        let row = at(self.mentee);
        let mut admissions = Vec::new();
        for mentor in 0..id(matching.people.mentors.len()) {
            let rules = broken(&matching.people, self.mentee, mentor);
            let opens = rules.contains(&Constraint::NoPlace);
            let lifted = rules.iter().all(|rule| rule.can_be_lifted()) && (opens || seats.room(mentor) > 0);
            if !lifted || matching.graph.score(row, mentor).is_some() {
                continue;
            }
            // Behind a limit of candidates lifting a rule is not enough; to pair the two by hand is.
            let score = matching.shares(self.mentee, mentor).score();
            if rules.is_empty() || matching.gets_into(row, mentor, score) {
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

    /// Solves again with the change, where it is not certain without; what is the same for everybody is tried out once.
    fn places_the_mentee(&self, change: &Change, trials: &mut Trials) -> Result<bool, SolveError> {
        if self.is_certain(change, &trials.seats) {
            return Ok(true);
        }
        if let Some(placed) = trials.placed.get(change) {
            return Ok(placed[at(self.mentee)]);
        }
        let trial = Trial { matching: self.matching, answer: self.found.answer, control: self.control };
        let Some(placed) = trial.placed_after(self.mentee, change, trials.residual.as_ref())? else {
            return Ok(false);
        };
        let helps = placed[at(self.mentee)];
        trials.work = trials.work.saturating_sub(self.cost(change, trials));
        if is_for_all(change) {
            trials.placed.insert(change.clone(), placed);
        }
        Ok(helps)
    }

    /// Says whether there is enough work left to try a change out, if it has to be.
    fn is_affordable(&self, change: &Change, trials: &Trials) -> bool {
        trials.placed.contains_key(change)
            || self.is_certain(change, &trials.seats)
            || self.cost(change, trials) <= trials.work
    }

    fn cost(&self, change: &Change, trials: &Trials) -> usize {
        match change {
            Change::MorePlaces { places: 1, .. } => trials.cost_of_a_place(self.matching),
            _ => (self.matching.graph.pairs() + 1) * WHOLE,
        }
    }

    /// Says whether one more can be placed with the change, and only this one: coverage comes before everything else. In
    /// mutual mode a stranger and the mentee would rather have each other than nobody; somebody whom others may choose
    /// too proves nothing there.
    fn is_certain(&self, change: &Change, seats: &Seats) -> bool {
        match change {
            Change::NewMentor { .. } => true,
            Change::Admit { mentor, rules } if self.is_optimal() && !opens_to_all(rules) => {
                let starts = |mentor: u32| {
                    let minimum = self.matching.minimum(mentor);
                    minimum < 2 || seats.mentees_of[at(mentor)].len() >= at(minimum)
                };
                self.matching.people.mentor(mentor).is_some_and(starts)
            }
            _ => false,
        }
    }
}

/// Says whether a change is the same whoever asks for it.
fn is_for_all(change: &Change) -> bool {
    match change {
        Change::MorePlaces { .. } | Change::StartGroup { .. } => true,
        Change::Admit { rules, .. } => opens_only_to_all(rules),
        Change::NewMentor { .. } => false,
    }
}

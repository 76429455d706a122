//! Why somebody is without a mentor, and the smallest change that would help.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::change::{Change, Found, TRIED_WORK, Trials, smallest_change};
use super::witness::{Seats, Witness};
use crate::control::{Control, Stage};
use crate::criteria::Constraint;
use crate::kernel::Stop;
use crate::matching::{Matching, broken};
use crate::numbers::{at, id};
use crate::proposal::TRIED_CHANGES;
use crate::task::SolveError;

/// How many mentors a rule removes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Mentors with whom the pair would break the rule.
    pub mentors: u64,
    /// Those among them with whom it would break no other rule.
    pub only: u64,
}

/// A mentor and his places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Places {
    pub mentor: String,
    pub places: u32,
}

/// Why nobody was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Every mentor is ruled out; rules with the number of mentors they remove.
    NobodyAdmissible(BTreeMap<Constraint, Removed>),
    /// More mentees compete than there are places; shared by all who are left with the same mentors in reach.
    Competition(Arc<Competition>),
    /// There is room with groups that do not start for want of mentees, or that others must fill so that they start.
    Groups(Vec<Group>),
    /// There is room, but the preferences of others leave it out of reach: in mutual mode only.
    Preferences,
}

/// All candidates of these mentees are these mentors, who have fewer places (Hall 1935). Places given away by locks are not
/// counted, so a mentor may stand here with none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Competition {
    pub mentees: Vec<String>,
    pub mentors: Vec<Places>,
}

/// A group with a minimum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    pub mentor: String,
    /// The least number of mentees with whom it starts.
    pub minimum: u32,
    /// Those who are in it.
    pub members: u32,
    /// Those who are left and have this mentor among their candidates.
    pub waiting: u32,
}

/// Somebody without a mentor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmatched {
    pub mentee: String,
    pub reason: Reason,
    /// A change after which the engine places this mentee; tried out before it is proposed.
    pub change: Option<Change>,
}

/// Explains everybody who is left, with tried-out changes for the first [`TRIED_CHANGES`].
pub(crate) fn all(matching: &Matching, found: Found, control: Control) -> Result<Vec<Unmatched>, SolveError> {
    if found.mentor_of.iter().all(Option::is_some) {
        return Ok(Vec::new());
    }
    let mut trials = Trials::new(matching, found);
    let mut unmatched = reasons(matching, &trials, found.mentor_of);
    // A region asks for one mentee at a time.
    let affordable = TRIED_WORK / trials.cost_of_a_place(matching);
    let seeks = |mentee: u32| !matching.people.mentees[at(mentee)].has_mentor;
    let seeking = unmatched.iter_mut().filter_map(|person| Some((matching.people.mentee(&person.mentee)?, person)));
    for (mentee, person) in seeking.filter(|&(mentee, _)| seeks(mentee)).take(TRIED_CHANGES.min(affordable)) {
        Stop { control, stage: Stage::Explanations }.check()?;
        person.change = smallest_change(matching, found, mentee, &mut trials, control)?;
    }
    Ok(unmatched)
}

/// Explains everybody who is left, without looking for changes.
fn reasons(matching: &Matching, trials: &Trials, mentor_of: &[Option<u32>]) -> Vec<Unmatched> {
    let mut competitions = BTreeMap::new();
    let mut reason = |mentee: u32| {
        let Some((number, witness)) = trials.witnesses.number(mentee).zip(trials.witnesses.of(mentee)) else {
            return Reason::NobodyAdmissible(removed(matching, mentee));
        };
        let places: u64 = witness.mentors.iter().map(|&mentor| u64::from(trials.seats.places[at(mentor)])).sum();
        if witness.has_room || witness.mentees.len() as u64 <= places {
            let groups = groups(matching, &trials.seats, witness, mentor_of);
            return if groups.is_empty() { Reason::Preferences } else { Reason::Groups(groups) };
        }
        let shared = competitions.entry(number).or_insert_with(|| competition(matching, &trials.seats, witness));
        Reason::Competition(Arc::clone(shared))
    };
    let left = (0..id(mentor_of.len())).filter(|&mentee| mentor_of[at(mentee)].is_none());
    left.map(|mentee| Unmatched {
        mentee: matching.people.mentees[at(mentee)].id.clone(),
        reason: reason(mentee),
        change: None,
    })
    .collect()
}

fn competition(matching: &Matching, seats: &Seats, witness: &Witness) -> Arc<Competition> {
    let people = &matching.people;
    let places =
        |&mentor: &u32| Places { mentor: people.mentors[at(mentor)].id.clone(), places: seats.places[at(mentor)] };
    Arc::new(Competition {
        mentees: witness.mentees.iter().map(|&mentee| people.mentees[at(mentee)].id.clone()).collect(),
        mentors: witness.mentors.iter().map(places).collect(),
    })
}

/// Returns the groups among those whom a mentee reaches that do not start or just start: first those of the former.
fn groups(matching: &Matching, seats: &Seats, witness: &Witness, mentor_of: &[Option<u32>]) -> Vec<Group> {
    let size = |mentor: u32| seats.mentees_of[at(mentor)].len();
    let is_short = |mentor: &u32| matching.minimum(*mentor) > 1 && size(*mentor) <= at(matching.minimum(*mentor));
    let mut groups: Vec<Group> = (witness.mentors.iter().copied().filter(is_short))
        .map(|mentor| Group {
            mentor: matching.people.mentors[at(mentor)].id.clone(),
            minimum: matching.minimum(mentor),
            members: id(size(mentor)),
            waiting: matching.candidates_among(mentor, |mentee| mentor_of[mentee].is_none()),
        })
        .collect();
    if groups.iter().any(|group| group.members == 0) {
        groups.retain(|group| group.members == 0);
    }
    groups
}

fn removed(matching: &Matching, mentee: u32) -> BTreeMap<Constraint, Removed> {
    let mut counts: BTreeMap<Constraint, Removed> = BTreeMap::new();
    for mentor in 0..id(matching.people.mentors.len()) {
        let rules = broken(&matching.people, mentee, mentor);
        for &rule in &rules {
            let count = counts.entry(rule).or_default();
            count.mentors += 1;
            count.only += u64::from(rules.len() == 1);
        }
    }
    counts
}

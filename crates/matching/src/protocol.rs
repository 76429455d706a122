//! What a commission signs: under which rules, of which people, with which values.
//!
//! The crate hashes nothing itself. The caller serialises [`normalised`] people, the settings and the proposal and
//! hashes those bytes: equal people give equal bytes in whatever order they were typed in.

use serde::{Deserialize, Serialize};

use crate::people::model::Input;
use crate::people::settings::{Mode, Settings};
use crate::proposal::Proposal;

/// The method behind a result, by its name in the literature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Method {
    /// Successive shortest augmenting paths, with optimality proved by prices and covers.
    ExactWithCertificate,
    /// The same for a fixed choice of groups; which groups start was searched through completely.
    ExactSearchOverGroups,
    /// Király's algorithm: stable, at least two thirds of the largest stable matching.
    KiralyTwoThirds,
}

/// One objective with its value; the order in a protocol is the order of importance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Objective {
    LocksKept(u64),
    Placed(u64),
    PriorityPlaced(u64),
    WorstPair(Option<i32>),
    Total(i64),
    PairsKept(u64),
}

/// The protocol as data; the caller adds date, names, hashes and places for signatures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protocol {
    pub engine: String,
    pub mode: Mode,
    pub method: Method,
    pub mentees: u64,
    pub mentors: u64,
    pub locks: u64,
    pub bans: u64,
    /// In the order in which they were optimised.
    pub objectives: Vec<Objective>,
    pub unmatched: u64,
    /// Without the number of threads, which changes nothing.
    pub settings: Settings,
}

/// Returns the protocol of a proposal.
pub fn protocol(input: &Input, settings: &Settings, proposal: &Proposal) -> Protocol {
    let values = &proposal.objectives;
    let mut objectives = vec![
        Objective::LocksKept(values.locked),
        Objective::Placed(values.placed),
        Objective::PriorityPlaced(values.priority_placed),
    ];
    if settings.worst_pair {
        objectives.push(Objective::WorstPair(values.worst));
    }
    objectives.push(Objective::Total(values.total));
    if !input.previous.is_empty() {
        objectives.push(Objective::PairsKept(values.kept));
    }
    let searched = proposal
        .proof
        .as_ref()
        .is_some_and(|proof| !proof.answer.started.is_empty() || !proof.answer.closed.is_empty());
    Protocol {
        engine: concat!("matching ", env!("CARGO_PKG_VERSION")).to_owned(),
        mode: proposal.mode,
        method: match proposal.mode {
            Mode::Mutual => Method::KiralyTwoThirds,
            Mode::Optimal if searched => Method::ExactSearchOverGroups,
            Mode::Optimal => Method::ExactWithCertificate,
        },
        mentees: input.mentees.len() as u64,
        mentors: input.mentors.len() as u64,
        locks: input.locks.len() as u64,
        bans: input.bans.len() as u64,
        objectives,
        unmatched: proposal.unmatched.len() as u64,
        settings: Settings { threads: 0, ..settings.clone() },
    }
}

/// Returns the same people in the engine's order: by identifier, lists without an order of their own sorted.
pub fn normalised(input: &Input) -> Input {
    let mut input = input.clone();
    input.mentees.sort_by(|a, b| a.id.cmp(&b.id));
    input.mentors.sort_by(|a, b| a.id.cmp(&b.id));
    for pairs in [&mut input.locks, &mut input.bans, &mut input.previous] {
        pairs.sort();
    }
    for mentee in &mut input.mentees {
        let lists = [
            &mut mentee.categories,
            &mut mentee.requests,
            &mut mentee.interests,
            &mut mentee.slots,
            &mut mentee.languages,
            &mut mentee.places,
            &mut mentee.vetoes,
            &mut mentee.relatives,
        ];
        for list in lists {
            list.sort();
        }
    }
    for mentor in &mut input.mentors {
        let lists = [
            &mut mentor.forms,
            &mut mentor.competences,
            &mut mentor.interests,
            &mut mentor.slots,
            &mut mentor.languages,
            &mut mentor.places,
            &mut mentor.vetoes,
            &mut mentor.relatives,
        ];
        for list in lists {
            list.sort();
        }
    }
    input
}

//! Who competes for which places: what a mentee reaches by alternating paths (Hall 1935; Dulmage & Mendelsohn 1958).
//!
//! In a region thousands are left for the same reason, so a reason is found and kept once: mentors of one strongly
//! connected component (Tarjan 1972) reach each other, and whoever asks the same components reaches the same mentors.

use std::collections::HashMap;

use crate::matching::Matching;
use crate::numbers::{NONE, at, id};

/// Who sits with whom, without the locked pairs.
pub(crate) struct Seats {
    pub(crate) mentees_of: Vec<Vec<u32>>,
    /// Places that are not locked.
    pub(crate) places: Vec<u32>,
}

impl Seats {
    pub(crate) fn new(matching: &Matching, mentor_of: &[Option<u32>]) -> Self {
        let places = matching.unlocked_places(&matching.graph);
        let mut mentees_of = vec![Vec::new(); places.len()];
        for (mentee, mentor) in (0..).zip(mentor_of).filter(|&(mentee, _)| !matching.is_locked(at(mentee))) {
            if let Some(mentor) = mentor {
                mentees_of[at(*mentor)].push(mentee);
            }
        }
        Self { mentees_of, places }
    }

    /// Returns the places of a mentor that nobody sits on.
    pub(crate) fn room(&self, mentor: u32) -> usize {
        at(self.places[at(mentor)]).saturating_sub(self.mentees_of[at(mentor)].len())
    }
}

/// All that some mentees who are left reach.
#[derive(Default)]
pub(crate) struct Witness {
    pub(crate) mentors: Vec<u32>,
    /// Who sits with these mentors, and all who are left and reach just these.
    pub(crate) mentees: Vec<u32>,
    pub(crate) has_room: bool,
}

/// The witnesses for all who are left and have candidates.
pub(crate) struct Witnesses {
    all: Vec<Witness>,
    /// The witness of each mentee.
    of: Vec<u32>,
}

impl Witnesses {
    pub(crate) fn new(matching: &Matching, seats: &Seats, mentor_of: &[Option<u32>]) -> Self {
        let components = Components::new(matching, seats).component;
        let mut witnesses = Self { all: Vec::new(), of: vec![NONE; mentor_of.len()] };
        let (mut by_components, mut by_mentors) = (HashMap::new(), HashMap::new());
        for mentee in (0..id(mentor_of.len())).filter(|&mentee| mentor_of[at(mentee)].is_none()) {
            let asked = asked(matching, mentee);
            let mut key: Vec<u32> = asked.clone().map(|mentor| components[at(mentor)]).collect();
            key.sort_unstable();
            key.dedup();
            if key.is_empty() {
                continue;
            }
            let number = *by_components.entry(key).or_insert_with(|| {
                let mentors = reach(matching, seats, asked);
                *by_mentors.entry(mentors).or_insert_with_key(|mentors| {
                    witnesses.all.push(Witness {
                        has_room: mentors.iter().any(|&mentor| seats.room(mentor) > 0),
                        mentees: mentors.iter().flat_map(|&mentor| &seats.mentees_of[at(mentor)]).copied().collect(),
                        mentors: mentors.clone(),
                    });
                    id(witnesses.all.len() - 1)
                })
            });
            witnesses.all[at(number)].mentees.push(mentee);
            witnesses.of[at(mentee)] = number;
        }
        for witness in &mut witnesses.all {
            witness.mentees.sort_unstable();
        }
        witnesses
    }

    /// Returns the number of the witness for somebody who is left; nobody without candidates has one.
    pub(crate) fn number(&self, mentee: u32) -> Option<usize> {
        Some(self.of[at(mentee)]).filter(|&number| number != NONE).map(at)
    }

    pub(crate) fn of(&self, mentee: u32) -> Option<&Witness> {
        self.number(mentee).map(|number| &self.all[number])
    }
}

/// Returns the mentors who could take a mentee if they had room.
fn asked(matching: &Matching, mentee: u32) -> impl Iterator<Item = u32> + Clone {
    let capacities = matching.graph.capacities();
    matching.graph.mentors_of(at(mentee)).iter().copied().filter(|&mentor| capacities[at(mentor)] > 0)
}

/// Follows "wants the mentor of" from some mentors; returns all who are reached, in order.
fn reach(matching: &Matching, seats: &Seats, from: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut reached: Vec<u32> = from.collect();
    let mut seen = vec![false; seats.places.len()];
    for &mentor in &reached {
        seen[at(mentor)] = true;
    }
    let mut head = 0;
    while let Some(&mentor) = reached.get(head) {
        head += 1;
        for &mentee in &seats.mentees_of[at(mentor)] {
            for next in asked(matching, mentee) {
                if !std::mem::replace(&mut seen[at(next)], true) {
                    reached.push(next);
                }
            }
        }
    }
    reached.sort_unstable();
    reached
}

/// Strongly connected components of mentors, by Tarjan's search with a stack of its own.
struct Components<'a> {
    matching: &'a Matching,
    seats: &'a Seats,
    component: Vec<u32>,
    order: Vec<u32>,
    lowest: Vec<u32>,
    open: Vec<u32>,
    calls: Vec<Call>,
    count: u32,
    visited: u32,
}

/// A mentor who is being looked at: the mentee and the candidate that come next.
struct Call {
    mentor: u32,
    mentee: usize,
    candidate: usize,
}

impl<'a> Components<'a> {
    fn new(matching: &'a Matching, seats: &'a Seats) -> Self {
        let mentors = seats.places.len();
        let mut components = Self {
            matching,
            seats,
            component: vec![NONE; mentors],
            order: vec![NONE; mentors],
            lowest: vec![NONE; mentors],
            open: Vec::new(),
            calls: Vec::new(),
            count: 0,
            visited: 0,
        };
        for mentor in 0..id(mentors) {
            if components.order[at(mentor)] == NONE {
                components.enter(mentor);
                components.run();
            }
        }
        components
    }

    fn enter(&mut self, mentor: u32) {
        self.order[at(mentor)] = self.visited;
        self.lowest[at(mentor)] = self.visited;
        self.visited += 1;
        self.open.push(mentor);
        self.calls.push(Call { mentor, mentee: 0, candidate: 0 });
    }

    fn run(&mut self) {
        while let Some(call) = self.calls.last_mut() {
            let mentor = call.mentor;
            let Some(&mentee) = self.seats.mentees_of[at(mentor)].get(call.mentee) else {
                self.leave(mentor);
                continue;
            };
            let Some(&next) = self.matching.graph.mentors_of(at(mentee)).get(call.candidate) else {
                (call.mentee, call.candidate) = (call.mentee + 1, 0);
                continue;
            };
            call.candidate += 1;
            if self.order[at(next)] == NONE {
                self.enter(next);
            } else if self.component[at(next)] == NONE {
                self.lowest[at(mentor)] = self.lowest[at(mentor)].min(self.order[at(next)]);
            }
        }
    }

    /// Closes a component when its first mentor is left, and tells the mentor before.
    fn leave(&mut self, mentor: u32) {
        self.calls.pop();
        let lowest = self.lowest[at(mentor)];
        if let Some(before) = self.calls.last().map(|call| at(call.mentor)) {
            self.lowest[before] = self.lowest[before].min(lowest);
        }
        if lowest == self.order[at(mentor)] {
            while let Some(member) = self.open.pop() {
                self.component[at(member)] = self.count;
                if member == mentor {
                    break;
                }
            }
            self.count += 1;
        }
    }
}

//! Mentors share the mentees evenly.
//!
//! One mentee fewer at a busy mentor and one more at another costs nothing when a path of equal choices leads from one to
//! the other and neither has a price. A sum of squares over such flows is least when no single path lowers it (Ahuja,
//! Magnanti, Orlin, Network Flows, 1993, chapter 14). Whoever is placed stays placed.

use std::collections::VecDeque;

use super::Seating;
use crate::control::{Control, Stage};
use crate::kernel::Stop;
use crate::numbers::{NONE, at, id};
use crate::task::SolveError;

/// Moves mentees until nobody has two more than somebody who could have one of them instead.
pub(super) fn share_evenly(seating: &mut Seating, earlier: &[u32], control: Control) -> Result<(), SolveError> {
    let stop = Stop { control, stage: Stage::Changes };
    let mut loads = Loads::new(seating, earlier);
    let busiest = loads.all.iter().copied().max().unwrap_or(0);
    for level in (2..=busiest).rev() {
        let busy: Vec<u32> = (0..id(loads.all.len())).filter(|&mentor| loads.all[at(mentor)] == level).collect();
        if busy.is_empty() {
            continue;
        }
        stop.check()?;
        // From these mentors nobody is reached who has two mentees less; moves elsewhere never change that.
        let mut stuck = vec![false; loads.all.len()];
        for mentor in busy {
            if !stuck[at(mentor)] && loads.may_give(mentor) {
                loads.relieve(mentor, &mut stuck);
            }
        }
    }
    Ok(())
}

/// How many mentees a mentor has altogether.
struct Loads<'a, 'b> {
    seating: &'a mut Seating<'b>,
    /// Mentees who are not locked, by mentor.
    mentees_of: Vec<Vec<u32>>,
    all: Vec<u32>,
    /// The size that a group must keep; nothing where a lock has started it.
    minimums: Vec<u32>,
    /// How a mentor was reached in the search: from whom, and who would move here.
    reached: Vec<(u32, u32)>,
}

impl<'a, 'b> Loads<'a, 'b> {
    fn new(seating: &'a mut Seating<'b>, earlier: &[u32]) -> Self {
        let mentors = earlier.len();
        let mut minimums = seating.task.minimums.to_vec();
        minimums.resize(mentors, 0);
        seating.task.locks.iter().for_each(|&(_, mentor)| minimums[at(mentor)] = 0);
        let (mut all, mut mentees_of) = (earlier.to_vec(), vec![Vec::new(); mentors]);
        for (mentee, &mentor) in (0..).zip(&seating.mentor_of).filter(|&(_, &mentor)| mentor != NONE) {
            all[at(mentor)] = all[at(mentor)].saturating_add(1);
            if !seating.locked[at(mentee)] {
                mentees_of[at(mentor)].push(mentee);
            }
        }
        Self { seating, mentees_of, all, minimums, reached: vec![(NONE, NONE); mentors] }
    }

    fn has_no_price(&self, mentor: u32) -> bool {
        self.seating.mentor_prices[at(mentor)] == 0
    }

    fn may_give(&self, mentor: u32) -> bool {
        let (least, size) = (at(self.minimums[at(mentor)]), self.mentees_of[at(mentor)].len());
        self.has_no_price(mentor) && size > 0 && (least < 2 || size > least)
    }

    fn may_take(&self, mentor: u32) -> bool {
        let (least, size) = (at(self.minimums[at(mentor)]), self.mentees_of[at(mentor)].len());
        self.has_no_price(mentor) && size < at(self.seating.places[at(mentor)]) && (least < 2 || size >= least)
    }

    /// Moves one mentee away from a mentor, others along the path, to a mentor with two mentees less; or marks everybody
    /// who is reached as stuck.
    fn relieve(&mut self, mentor: u32, stuck: &mut [bool]) {
        let level = self.all[at(mentor)];
        let mut seen = vec![mentor];
        let mut queue = VecDeque::from([mentor]);
        self.reached[at(mentor)] = (mentor, NONE);
        let mut found = None;
        'search: while let Some(from) = queue.pop_front() {
            for &mentee in &self.mentees_of[at(from)] {
                for &to in self.seating.equal.of(mentee) {
                    if stuck[at(to)] || self.reached[at(to)].0 != NONE {
                        continue;
                    }
                    self.reached[at(to)] = (from, mentee);
                    seen.push(to);
                    if self.all[at(to)] + 2 <= level && self.may_take(to) {
                        found = Some(to);
                        break 'search;
                    }
                    queue.push_back(to);
                }
            }
        }
        match found {
            Some(last) => self.move_along(mentor, last),
            None => seen.iter().for_each(|&mentor| stuck[at(mentor)] = true),
        }
        for mentor in seen {
            self.reached[at(mentor)] = (NONE, NONE);
        }
    }

    fn move_along(&mut self, first: u32, last: u32) {
        let mut to = last;
        while to != first {
            let (from, mentee) = self.reached[at(to)];
            self.mentees_of[at(from)].retain(|&other| other != mentee);
            self.mentees_of[at(to)].push(mentee);
            self.seating.mentor_of[at(mentee)] = to;
            to = from;
        }
        self.all[at(first)] -= 1;
        self.all[at(last)] += 1;
    }
}

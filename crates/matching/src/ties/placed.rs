//! Places go to those who come first by number.
//!
//! The sets of mentees whom equal answers place are the bases of a matroid (a transversal matroid with weights: Murota,
//! Discrete Convex Analysis, 2003), so one rule picks exactly one of them, wherever the search for it starts: from the
//! last number on, whoever can give way to somebody before gives way. Priority is an objective of its own, so only
//! mentees who both have it, or both have it not, stand in each other's way.

use super::Seating;
use crate::control::{Control, Stage};
use crate::kernel::Stop;
use crate::numbers::{NONE, at, id};
use crate::task::SolveError;

/// Mentees who are looked at between two questions whether to go on.
const TURNS: usize = 1024;

/// Exchanges mentees until nobody who is left could take the place of somebody behind at no cost.
pub(super) fn prefer_the_first(seating: &mut Seating, control: Control) -> Result<(), SolveError> {
    let mut reverse = None;
    for priority in [true, false] {
        let out = |&mentee: &u32| {
            seating.mentor_of[at(mentee)] == NONE
                && seating.task.priority[at(mentee)] == priority
                && !seating.equal.of(mentee).is_empty()
        };
        let waiting: Vec<u32> = seating.free().filter(out).collect();
        if waiting.is_empty() {
            continue;
        }
        let mentors = seating.task.graph.mentors_len();
        let mut exchange = Exchange {
            out: vec![false; seating.mentor_of.len()],
            next: vec![(NONE, NONE); mentors],
            dead: vec![false; mentors],
            seen: Vec::new(),
        };
        for &mentee in &waiting {
            exchange.out[at(mentee)] = true;
        }
        let choosers = reverse.get_or_insert_with(|| seating.equal.turned(mentors));
        exchange.run((priority, waiting.len()), seating, choosers, control)?;
    }
    Ok(())
}

/// A search backwards from the mentor of somebody who might give way.
struct Exchange {
    /// Who is left and comes before the mentee in question.
    out: Vec<bool>,
    /// Who would leave a mentor in this search, and where to.
    next: Vec<(u32, u32)>,
    /// Mentors whom nobody who is left can reach any more.
    dead: Vec<bool>,
    seen: Vec<u32>,
}

impl Exchange {
    fn run(
        &mut self,
        (priority, mut waiting): (bool, usize),
        seating: &mut Seating,
        choosers: &super::Lists,
        control: Control,
    ) -> Result<(), SolveError> {
        let stop = Stop { control, stage: Stage::Changes };
        for mentee in (0..seating.mentor_of.len()).rev() {
            if mentee % TURNS == 0 {
                stop.check()?;
            }
            if waiting == 0 {
                break;
            }
            if std::mem::replace(&mut self.out[mentee], false) {
                waiting -= 1;
                continue;
            }
            let mentor = seating.mentor_of[mentee];
            let may_go = mentor != NONE
                && !seating.locked[mentee]
                && seating.task.priority[mentee] == priority
                && seating.mentee_prices[mentee] == 0;
            if may_go && !self.dead[at(mentor)] && self.replace(id(mentee), mentor, seating, choosers) {
                waiting -= 1;
            }
        }
        Ok(())
    }

    /// Lets somebody in for the mentee if anybody is left who reaches this mentor.
    fn replace(&mut self, leaving: u32, last: u32, seating: &mut Seating, choosers: &super::Lists) -> bool {
        self.seen.clear();
        self.seen.push(last);
        self.next[at(last)] = (leaving, last);
        let (mut head, mut found) = (0, None);
        while let Some(&to) = self.seen.get(head).filter(|_| found.is_none()) {
            head += 1;
            for &mentee in choosers.of(to) {
                let from = seating.mentor_of[at(mentee)];
                if from == NONE {
                    if self.out[at(mentee)] {
                        found = Some((mentee, to));
                        break;
                    }
                } else if !self.dead[at(from)] && self.next[at(from)].0 == NONE {
                    self.next[at(from)] = (mentee, to);
                    self.seen.push(from);
                }
            }
        }
        if let Some((mentee, mut mentor)) = found {
            self.out[at(mentee)] = false;
            seating.mentor_of[at(mentee)] = mentor;
            while mentor != last {
                let (moving, to) = self.next[at(mentor)];
                seating.mentor_of[at(moving)] = to;
                mentor = to;
            }
            seating.mentor_of[at(leaving)] = NONE;
        }
        for &mentor in &self.seen {
            self.next[at(mentor)] = (NONE, NONE);
            self.dead[at(mentor)] |= found.is_none();
        }
        found.is_some()
    }
}

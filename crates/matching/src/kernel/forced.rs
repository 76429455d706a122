//! A first placement for graphs with short rows: whoever has one way left takes it before anybody else chooses.
//!
//! Karp & Sipser 1981 ("Maximum matching in sparse random graphs"), carried over to places: a mentee with one open
//! mentor left takes him, and a mentor with room for all who are left takes them all; neither ever costs anybody a
//! place. Long chains, in which everybody waits for the end of the chain, are so placed in one go.

use super::seats::Seats;
use crate::graph::CandidateGraph;
use crate::numbers::{NONE, at, id};

/// Rows are short up to so many candidates on average: reading the graph by mentors too is then cheap.
const SHORT: usize = 4;

enum Turn {
    Mentee(u32),
    Mentor(u32),
}

struct Chooser<'a> {
    graph: &'a CandidateGraph,
    seats: &'a mut Seats,
    /// The mentees of every mentor, and where they begin.
    mentees: Vec<u32>,
    first: Vec<usize>,
    /// Open mentors of every mentee who waits, zero for all others.
    left: Vec<u32>,
    /// Waiting mentees of every mentor.
    interested: Vec<u32>,
    forced: Vec<Turn>,
}

/// Seats a group of mentees and returns who finds no room; `None` where rows are too long for this.
pub(super) fn seat(graph: &CandidateGraph, group: &[u32], seats: &mut Seats) -> Option<Vec<u32>> {
    if graph.pairs() > SHORT * graph.mentees() {
        return None;
    }
    let mut chooser = Chooser::new(graph, group, seats);
    for mentor in 0..id(graph.mentors_len()) {
        chooser.look_at_mentor(mentor);
    }
    for &mentee in group {
        chooser.follow();
        if chooser.left[at(mentee)] > 0 {
            let open = graph.mentors_of(at(mentee)).iter().filter(|&&mentor| chooser.seats.has_room(at(mentor)));
            if let Some(&mentor) = open.min_by_key(|&&mentor| chooser.interested[at(mentor)]) {
                chooser.sit(mentee, mentor);
            }
        }
    }
    chooser.follow();
    let sinks = chooser.seats.sink_of_unit(graph.mentees());
    Some(group.iter().copied().filter(|&mentee| sinks[at(mentee)] == NONE).collect())
}

impl<'a> Chooser<'a> {
    fn new(graph: &'a CandidateGraph, group: &[u32], seats: &'a mut Seats) -> Self {
        let mut first = vec![0; graph.mentors_len() + 1];
        let mut left = vec![0; graph.mentees()];
        for &mentee in group {
            for &mentor in graph.mentors_of(at(mentee)) {
                first[at(mentor) + 1] += 1;
                left[at(mentee)] += u32::from(seats.has_room(at(mentor)));
            }
        }
        let interested = first[1..].iter().map(|&count| id(count)).collect();
        for mentor in 1..first.len() {
            first[mentor] += first[mentor - 1];
        }
        let (mut end, mut mentees) = (first.clone(), vec![0; first[graph.mentors_len()]]);
        for &mentee in group {
            for &mentor in graph.mentors_of(at(mentee)) {
                mentees[end[at(mentor)]] = mentee;
                end[at(mentor)] += 1;
            }
        }
        let forced =
            group.iter().filter(|&&mentee| left[at(mentee)] == 1).map(|&mentee| Turn::Mentee(mentee)).collect();
        Self { graph, seats, mentees, first, left, interested, forced }
    }

    fn look_at_mentor(&mut self, mentor: u32) {
        let interested = self.interested[at(mentor)];
        if interested > 0 && interested <= self.seats.room(at(mentor)) {
            self.forced.push(Turn::Mentor(mentor));
        }
    }

    /// Seats everybody who has no choice, and whoever has none after that.
    fn follow(&mut self) {
        while let Some(turn) = self.forced.pop() {
            match turn {
                Turn::Mentee(mentee) if self.left[at(mentee)] > 0 => {
                    let row = self.graph.mentors_of(at(mentee));
                    if let Some(&mentor) = row.iter().find(|&&mentor| self.seats.has_room(at(mentor))) {
                        self.sit(mentee, mentor);
                    }
                }
                Turn::Mentee(_) => {}
                Turn::Mentor(mentor) => {
                    for place in self.first[at(mentor)]..self.first[at(mentor) + 1] {
                        let mentee = self.mentees[place];
                        if self.left[at(mentee)] > 0 && self.seats.has_room(at(mentor)) {
                            self.sit(mentee, mentor);
                        }
                    }
                }
            }
        }
    }

    fn sit(&mut self, mentee: u32, mentor: u32) {
        self.seats.sit(at(mentor), mentee);
        self.left[at(mentee)] = 0;
        for &other in self.graph.mentors_of(at(mentee)) {
            self.interested[at(other)] -= 1;
            self.look_at_mentor(other);
        }
        if self.seats.has_room(at(mentor)) {
            return;
        }
        for place in self.first[at(mentor)]..self.first[at(mentor) + 1] {
            let mentee = self.mentees[place];
            let left = &mut self.left[at(mentee)];
            *left = left.saturating_sub(1);
            if *left == 1 {
                self.forced.push(Turn::Mentee(mentee));
            }
        }
    }
}

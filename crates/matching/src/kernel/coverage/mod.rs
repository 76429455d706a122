//! How many mentees can be placed at all, and which part of the graph decides it.
//!
//! Who is left by a greedy placement is searched a way for: in the neighbourhood first, then wherever it leads, one
//! breadth-first search each, where a tree that failed is never entered again. If that turns out to read the graph over
//! and over, rounds of shortest disjoint augmenting paths take over (Hopcroft & Karp 1973, with capacities), and the few
//! whom they leave are searched for once more. Mentees with priority are placed
//! first; an augmenting path never sends a placed mentee away, so by the exchange property of matchings (a transversal
//! matroid: Edmonds & Fulkerson 1965) the result places as many of them as any placement can.
//!
//! What an unplaced mentee reaches by alternating paths is the over-determined part of Dulmage & Mendelsohn 1958: its
//! mentors are full in every largest placement, and more mentees compete for them than there are places (Hall 1935).

mod trees;

use super::seats::Seats;
use super::{Failure, Stop, forced};
use crate::graph::CandidateGraph;
use crate::numbers::{NONE, at, id};

/// Rows that a search in the neighbourhood reads, at most: a mentee's own and those of whoever sits with its mentors.
const NEAR: usize = 32;

/// Rounds of Hopcroft and Karp, at most, before the search goes mentee by mentee; a round that places less than a tenth
/// of those who wait is the last.
const ROUNDS: usize = 8;

/// Mentors with room that a mentee compares in the first go; more hardly helps and costs a pass over long rows.
const ASKED: usize = 64;

/// A largest placement.
pub(crate) struct Coverage {
    pub(crate) seats: Seats,
    pub(crate) mate: Vec<u32>,
    /// The number of mentors whom anybody can be given to.
    wanted: usize,
}

impl Coverage {
    pub(crate) fn placed(&self) -> usize {
        self.mate.iter().filter(|&&mate| mate != NONE).count()
    }

    pub(crate) fn placed_among(&self, group: &[bool]) -> usize {
        self.mate.iter().zip(group).filter(|&(&mate, &inside)| inside && mate != NONE).count()
    }

    /// Returns the mentees and mentors that the unplaced mentees of a group reach by alternating paths.
    pub(crate) fn reached(&self, graph: &CandidateGraph, group: impl Fn(usize) -> bool) -> Reached {
        let mut reached = Reached { mentees: vec![false; graph.mentees()], mentors: vec![false; graph.mentors_len()] };
        let mut stack: Vec<u32> =
            (0..id(graph.mentees())).filter(|&mentee| self.mate[at(mentee)] == NONE && group(at(mentee))).collect();
        for &mentee in &stack {
            reached.mentees[at(mentee)] = true;
        }
        // Once all mentors are reached nobody else can be: in a dense graph after a few rows.
        let mut left = self.wanted;
        while let Some(mentee) = stack.pop().filter(|_| left > 0) {
            for &mentor in graph.mentors_of(at(mentee)) {
                if std::mem::replace(&mut reached.mentors[at(mentor)], true) {
                    continue;
                }
                left -= 1;
                for seat in self.seats.taken(at(mentor)) {
                    let other = self.seats.owner(seat);
                    if !std::mem::replace(&mut reached.mentees[at(other)], true) {
                        stack.push(other);
                    }
                }
            }
        }
        reached
    }
}

/// A set of mentees and mentors.
pub(crate) struct Reached {
    pub(crate) mentees: Vec<bool>,
    pub(crate) mentors: Vec<bool>,
}

/// Returns a largest placement that also places as many mentees of `first` as possible.
pub(crate) fn largest(graph: &CandidateGraph, first: &[bool], stop: &Stop) -> Result<Coverage, Failure> {
    if let Some(coverage) = at_once(graph) {
        return Ok(coverage);
    }
    let mut search = Search::new(graph);
    for wanted in [true, false] {
        let mut group: Vec<u32> = (0..id(graph.mentees()))
            .filter(|&mentee| first[at(mentee)] == wanted && !graph.mentors_of(at(mentee)).is_empty())
            .collect();
        group.sort_by_key(|&mentee| graph.mentors_of(at(mentee)).len());
        let free = forced::seat(graph, &group, &mut search.seats).unwrap_or_else(|| search.greedy(&group));
        // A round reads every pair about once, so these may too.
        let mut free = search.one_by_one(free, NEAR, graph.pairs() / 2, stop)?;
        free = search.one_by_one(free, usize::MAX, graph.pairs(), stop)?;
        if !free.is_empty() {
            free = search.rounds(free, stop)?;
            search.one_by_one(free, usize::MAX, usize::MAX, stop)?;
        }
    }
    let mate = search.seats.sink_of_unit(graph.mentees());
    Ok(Coverage { seats: search.seats, mate, wanted: search.wanted })
}

/// Places everybody with the first mentor who has room, where the graph is so dense that this may do.
fn at_once(graph: &CandidateGraph) -> Option<Coverage> {
    if graph.pairs() / 4 < graph.mentees() * graph.mentors_len() / 16 {
        return None;
    }
    let mut seats = Seats::new(graph.capacities());
    let mut mate = vec![NONE; graph.mentees()];
    for (mentee, mate) in mate.iter_mut().enumerate() {
        let row = graph.mentors_of(mentee);
        // Each mentee starts elsewhere in the row, or all would ask the same first mentors.
        let (before, after) = row.split_at(row.len() * mentee / graph.mentees());
        *mate = *after.iter().chain(before).find(|&&mentor| seats.has_room(at(mentor)))?;
        seats.sit(at(*mate), id(mentee));
    }
    Some(Coverage { seats, mate, wanted: graph.mentors_len() })
}

struct Search<'g> {
    graph: &'g CandidateGraph,
    seats: Seats,
    seat_sink: Vec<u32>,
    degree: Vec<u32>,
    level: Vec<u32>,
    next: Vec<u32>,
    sink_level: Vec<u32>,
    sink_next: Vec<u32>,
    order: Vec<u32>,
    path: Vec<(u32, u32)>,
    /// The mentors that a search for one mentee has seen.
    sinks: Vec<u32>,
    /// The number of the last search that saw a mentor, the largest one where that search failed.
    seen: Vec<u32>,
    /// Whose row showed the mentor to that search.
    from: Vec<u32>,
    /// The seat from which a mentee was reached.
    via: Vec<u32>,
    searches: u32,
    /// The number of mentors with candidates.
    wanted: usize,
    /// Those that no failed search has seen; when a search has seen as many, there is nobody left to be found.
    alive: usize,
}

impl<'g> Search<'g> {
    fn new(graph: &'g CandidateGraph) -> Self {
        let mut degree = vec![0; graph.mentors_len()];
        for mentee in 0..graph.mentees() {
            for &mentor in graph.mentors_of(mentee) {
                degree[at(mentor)] += 1;
            }
        }
        let wanted = degree.iter().filter(|&&degree| degree > 0).count();
        let seats = Seats::new(graph.capacities());
        let seat_sink = seats.sink_of_seat();
        let (mentees, mentors) = (graph.mentees(), graph.mentors_len());
        Self {
            graph,
            seats,
            seat_sink,
            degree,
            level: vec![NONE; mentees],
            next: vec![0; mentees],
            sink_level: vec![NONE; mentors],
            sink_next: vec![0; mentors],
            order: Vec::new(),
            path: Vec::new(),
            sinks: Vec::new(),
            seen: vec![0; mentors],
            from: vec![NONE; mentors],
            via: vec![NONE; mentees],
            searches: 0,
            wanted,
            alive: wanted,
        }
    }

    /// Gives every mentee the mentor with room that the fewest others could take; returns who is left.
    fn greedy(&mut self, group: &[u32]) -> Vec<u32> {
        let mut free = Vec::new();
        for &mentee in group {
            let row = self.graph.mentors_of(at(mentee));
            // Each mentee starts elsewhere in the row, or all would ask the same first mentors.
            let (before, after) = row.split_at(row.len() * at(mentee) / self.graph.mentees());
            let open = after.iter().chain(before).filter(|&&mentor| self.seats.has_room(at(mentor)));
            match open.take(ASKED).min_by_key(|&&mentor| self.degree[at(mentor)]) {
                Some(&mentor) => self.seats.sit(at(mentor), mentee),
                None => free.push(mentee),
            }
        }
        free
    }

    fn rounds(&mut self, mut free: Vec<u32>, stop: &Stop) -> Result<Vec<u32>, Failure> {
        for _ in 0..ROUNDS {
            stop.check()?;
            let Some(depth) = self.layers(&free) else { break };
            let before = free.len();
            free.retain(|&mentee| !self.descend(mentee, depth));
            if (before - free.len()) * 10 < before {
                break;
            }
        }
        Ok(free)
    }

    /// Numbers mentees and mentors by their distance from the free mentees; returns the depth of the nearest room.
    fn layers(&mut self, free: &[u32]) -> Option<u32> {
        self.level.fill(NONE);
        self.sink_level.fill(NONE);
        self.order.clear();
        self.order.extend_from_slice(free);
        for &mentee in free {
            self.level[at(mentee)] = 0;
            self.next[at(mentee)] = 0;
        }
        let (mut head, mut depth, mut left) = (0, None, self.wanted);
        while let Some(&mentee) = self.order.get(head).filter(|_| left > 0) {
            head += 1;
            let level = self.level[at(mentee)];
            if depth.is_some_and(|depth| level >= depth) {
                break;
            }
            for &mentor in self.graph.mentors_of(at(mentee)) {
                if self.sink_level[at(mentor)] != NONE {
                    continue;
                }
                left -= 1;
                self.sink_level[at(mentor)] = level;
                self.sink_next[at(mentor)] = 0;
                if self.seats.has_room(at(mentor)) {
                    depth = Some(level + 1);
                    continue;
                }
                for seat in self.seats.taken(at(mentor)) {
                    let other = self.seats.owner(seat);
                    if self.level[at(other)] == NONE {
                        self.level[at(other)] = level + 1;
                        self.next[at(other)] = 0;
                        self.order.push(other);
                    }
                }
            }
        }
        depth
    }

    /// Looks for a path of rising levels to a mentor with room and takes it.
    fn descend(&mut self, root: u32, depth: u32) -> bool {
        self.path.clear();
        let mut mentee = root;
        loop {
            if let Some(seat) = self.step(mentee, depth) {
                let open = seat & OPEN != 0;
                self.path.push((mentee, seat & !OPEN));
                if open {
                    for &(mentee, seat) in &self.path {
                        self.seats.put(seat, mentee);
                    }
                    return true;
                }
                mentee = self.seats.owner(seat);
            } else {
                let Some((back, _)) = self.path.pop() else { return false };
                mentee = back;
            }
        }
    }

    /// Returns the next seat to try, marked [`OPEN`] if nobody sits there.
    fn step(&mut self, mentee: u32, depth: u32) -> Option<u32> {
        let row = self.graph.mentors_of(at(mentee));
        let level = self.level[at(mentee)];
        if level >= depth {
            return None;
        }
        while let Some(&mentor) = row.get(at(self.next[at(mentee)])) {
            let sink = at(mentor);
            if self.sink_level[sink] == level {
                if self.seats.has_room(sink) {
                    return Some(self.seats.open(sink) | OPEN);
                }
                while self.sink_next[sink] < self.seats.capacity(sink) {
                    let seat = self.seats.first(sink) + self.sink_next[sink];
                    self.sink_next[sink] += 1;
                    if self.level[at(self.seats.owner(seat))] == level + 1 {
                        return Some(seat);
                    }
                }
            }
            self.next[at(mentee)] += 1;
        }
        None
    }
}

/// Marks a seat that was free.
const OPEN: u32 = 1 << 31;

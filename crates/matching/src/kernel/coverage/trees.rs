//! A way for one mentee at a time: breadth-first trees of alternating paths.

use super::Search;
use crate::kernel::{Failure, Stop};
use crate::numbers::{NONE, at};

/// How a search for one mentee ends.
enum Tree {
    /// At a mentor with room.
    Room(usize),
    /// Nowhere: all that can be reached was seen.
    Failed,
    /// Before its end.
    Unfinished,
}

/// Marks mentors of a failed search.
const DEAD: u32 = NONE;

impl Search<'_> {
    /// Searches from each free mentee alone; what a failed search has seen leads nowhere for the others too. A search
    /// reads at most `rows` rows, all together hardly more than `pairs` pairs; returns for whom there may be a way yet.
    pub(super) fn one_by_one(
        &mut self,
        free: Vec<u32>,
        rows: usize,
        mut pairs: usize,
        stop: &Stop,
    ) -> Result<Vec<u32>, Failure> {
        let mut rest = Vec::new();
        for (place, root) in free.into_iter().enumerate() {
            if place % 256 == 0 {
                stop.check()?;
            }
            let tree = if pairs > 0 { self.tree(root, rows, &mut pairs) } else { Tree::Unfinished };
            match tree {
                Tree::Room(goal) => self.augment(goal),
                Tree::Unfinished => rest.push(root),
                Tree::Failed => {
                    self.sinks.iter().for_each(|&sink| self.seen[at(sink)] = DEAD);
                    self.alive -= self.sinks.len();
                }
            }
        }
        Ok(rest)
    }

    fn tree(&mut self, root: u32, rows: usize, pairs: &mut usize) -> Tree {
        self.searches += 1;
        let stamp = self.searches;
        self.via[at(root)] = NONE;
        self.order.clear();
        self.order.push(root);
        self.sinks.clear();
        let mut head = 0;
        while let Some(&mentee) = self.order.get(head).filter(|_| self.sinks.len() < self.alive) {
            if head == rows {
                return Tree::Unfinished;
            }
            head += 1;
            let row = self.graph.mentors_of(at(mentee));
            *pairs = pairs.saturating_sub(row.len());
            for &mentor in row {
                let sink = at(mentor);
                if self.seen[sink] >= stamp {
                    continue;
                }
                self.seen[sink] = stamp;
                self.sinks.push(mentor);
                self.from[sink] = mentee;
                if self.seats.has_room(sink) {
                    return Tree::Room(sink);
                }
                for seat in self.seats.taken(sink) {
                    let other = self.seats.owner(seat);
                    self.via[at(other)] = seat;
                    self.order.push(other);
                }
            }
        }
        Tree::Failed
    }

    fn augment(&mut self, goal: usize) {
        let (mut sink, mut seat) = (goal, self.seats.open(goal));
        loop {
            let mentee = self.from[sink];
            self.seats.put(seat, mentee);
            seat = self.via[at(mentee)];
            if seat == NONE {
                return;
            }
            sink = at(self.seat_sink[at(seat)]);
        }
    }
}

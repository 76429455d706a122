//! The parts into which coverage cuts the graph, and the rows that the solver sees of each.
//!
//! * **Open**: every mentee is placed in every largest placement; mentors may keep room. Mentees choose.
//! * **Contested**: every place is taken in every largest placement; some mentees stay out. Mentors choose, so the
//!   part is transposed: the places are the units, the mentees are sinks with one seat. Mentees with priority who must
//!   be placed are told apart by a cost that no sum of scores reaches.
//! * **Priority contested**: the same among mentees with priority only.
//!
//! No pair of a largest placement joins two parts (Dulmage & Mendelsohn 1958), so each is solved alone.

use prefetch_index::prefetch_index;

use super::chunks::{chunks_within, marks, places};
use super::coverage::Reached;
use super::edge::{Cost, Edge};
use super::rows::{Flat, Supply};
use super::table::{MISSING, Table};
use crate::graph::{CHUNK, CandidateGraph};
use crate::numbers::{at, id};

/// How scores become costs: `scale * (best - score)`, plus one for a pair that is not in the previous draft.
#[derive(Clone, Copy)]
pub(crate) struct Costs<'a> {
    pub(crate) best: i64,
    pub(crate) worst: i64,
    pub(crate) scale: i64,
    pub(crate) previous: Option<&'a [u32]>,
}

impl Costs<'_> {
    #[inline]
    pub(crate) fn of(&self, mentee: usize, mentor: u32, score: i32) -> i64 {
        let change = self.previous.is_some_and(|previous| previous[mentee] != mentor);
        (self.best - i64::from(score)) * self.scale + i64::from(change)
    }

    /// Returns the score of a pair that costs so much.
    pub(crate) fn score(&self, cost: i64) -> i32 {
        // What a change costs is less than one step of the scale.
        i32::try_from(self.best - cost.div_euclid(self.scale.max(1))).unwrap_or(i32::MIN)
    }

    /// Returns the largest cost that can occur.
    pub(crate) fn top(&self) -> i64 {
        (self.best - self.worst) * self.scale + i64::from(self.previous.is_some())
    }
}

/// Which part a mentee or mentor belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Open,
    Contested,
    PriorityContested,
}

pub(crate) struct Parts {
    pub(crate) mentees: Vec<Part>,
    pub(crate) mentors: Vec<Part>,
}

impl Parts {
    /// Cuts the graph along what unplaced mentees reach: all of them, and those with priority.
    pub(crate) fn cut(all: &Reached, first: &Reached) -> Self {
        let part = |reached: bool, by_priority: bool| match (reached, by_priority) {
            (_, true) => Part::PriorityContested,
            (true, false) => Part::Contested,
            (false, false) => Part::Open,
        };
        let join = |all: &[bool], first: &[bool]| all.iter().zip(first).map(|(&a, &f)| part(a, f)).collect();
        Self { mentees: join(&all.mentees, &first.mentees), mentors: join(&all.mentors, &first.mentors) }
    }

    /// Returns the mentees of a part that have candidates.
    pub(crate) fn mentees_of(&self, graph: &CandidateGraph, part: Part) -> Vec<u32> {
        let inside = |&mentee: &u32| self.mentees[at(mentee)] == part && !graph.mentors_of(at(mentee)).is_empty();
        (0..id(self.mentees.len())).filter(inside).collect()
    }

    pub(crate) fn mentors_of(&self, part: Part) -> Vec<u32> {
        (0..id(self.mentors.len())).filter(|&mentor| self.mentors[at(mentor)] == part).collect()
    }
}

/// The rows of mentees of the open part, read from the graph when they are needed.
pub(crate) struct OpenRows<'a> {
    pub(crate) graph: &'a CandidateGraph,
    pub(crate) mentees: &'a [u32],
    /// Mentors outside the part, if there are any.
    pub(crate) parts: Option<&'a [Part]>,
    pub(crate) costs: Costs<'a>,
}

impl<E: Edge> Supply<E> for OpenRows<'_> {
    fn rows(&self) -> usize {
        self.mentees.len()
    }

    fn size(&self, row: usize) -> usize {
        self.graph.mentors_of(at(self.mentees[row])).len()
    }

    fn whole(&self, row: usize, out: &mut Vec<E>) {
        out.extend(self.inside(row).map(|(mentor, cost)| E::new(cost, mentor)));
    }

    fn floors(&self, row: usize, out: &mut Vec<E::Cost>) {
        let floor = |most: i32| E::Cost::of((self.costs.best - i64::from(most)) * self.costs.scale);
        out.extend(self.graph.best_of_chunks(at(self.mentees[row])).iter().map(|&most| floor(most)));
    }

    fn band(&self, row: usize, floors: &[E::Cost], after: i64, upto: i64, out: &mut Vec<E>) {
        if self.costs.previous.is_some() || self.costs.scale != 1 {
            let wanted = self.inside(row).filter(|&(_, cost)| after < cost && cost <= upto);
            out.extend(wanted.map(|(mentor, cost)| E::new(cost, mentor)));
            return;
        }
        let mentee = at(self.mentees[row]);
        let mentors = self.graph.mentors_of(mentee);
        let start = out.len();
        let complete = mentors.len() == self.graph.mentors_len();
        self.band_of_places(mentee, floors, after, upto, out);
        if complete && self.parts.is_none() {
            return;
        }
        // In a loop of their own, so that the memory is asked for several mentors at once.
        let mut end = start;
        for place in start..out.len() {
            let mentor = mentors[out[place].sink()];
            out[end] = E::new(out[place].cost().wide(), mentor);
            end += usize::from(self.is_inside(mentor));
        }
        out.truncate(end);
    }
}

impl OpenRows<'_> {
    /// Appends the costs of a band with their places in the row instead of mentors.
    fn band_of_places<E: Edge>(&self, mentee: usize, floors: &[E::Cost], after: i64, upto: i64, out: &mut Vec<E>) {
        let (mentors, scores) = (self.graph.mentors_of(mentee), self.graph.scores_of(mentee));
        let complete = mentors.len() == self.graph.mentors_len();
        let score = |cost: i64| i32::try_from(self.costs.best - cost);
        // The scores wanted are `from..=most`; one comparison of unsigned differences tells.
        let most = if after < 0 { i32::MAX } else { score(after).map_or(i32::MAX, |score| score - 1) };
        let from = score(upto).unwrap_or(i32::MIN);
        let width = most.wrapping_sub(from).cast_unsigned();
        for start in chunks_within(scores, floors, E::Cost::of(upto)) {
            let chunk = &scores[start..scores.len().min(start + CHUNK)];
            let wanted = marks(chunk, |score| score.wrapping_sub(from).cast_unsigned() <= width);
            out.extend(places(wanted).map(|place| {
                let cost = self.costs.best - i64::from(chunk[at(place)]);
                let place = id(start) + place;
                if !complete {
                    prefetch_index(mentors, at(place));
                }
                E::new(cost, place)
            }));
        }
    }

    #[inline]
    fn is_inside(&self, mentor: u32) -> bool {
        self.parts.is_none_or(|parts| parts[at(mentor)] == Part::Open)
    }

    fn inside(&self, row: usize) -> impl Iterator<Item = (u32, i64)> {
        let mentee = at(self.mentees[row]);
        let candidates = self.graph.row(mentee).filter(|&(mentor, _)| self.is_inside(mentor));
        candidates.map(move |(mentor, score)| (mentor, self.costs.of(mentee, mentor, score)))
    }
}

/// Mentees and mentors of a dense part that are transposed at a time.
const TILE: usize = 64;

/// Marks a mentor of another part.
const OUTSIDE: usize = usize::MAX;

/// A contested part with its rows by mentor.
pub(crate) struct Contested {
    pub(crate) mentees: Vec<u32>,
    pub(crate) mentors: Vec<u32>,
    /// Added to the cost of mentees who may stay out, where others may not.
    pub(crate) penalty: i64,
    pub(crate) top: i64,
}

impl Contested {
    /// Lays out a part; `must` says which of its mentees have to be placed.
    pub(crate) fn new(graph: &CandidateGraph, parts: &Parts, part: Part, priority: &[bool], costs: &Costs) -> Self {
        let mentees = parts.mentees_of(graph, part);
        let mentors = parts.mentors_of(part);
        let mixed = part == Part::Contested && mentees.iter().any(|&mentee| priority[at(mentee)]);
        // More than any two placements of the part can differ by; a power of two, so that prices of a similar part fit.
        let size = crate::numbers::signed((mentees.len() + 1).next_power_of_two());
        let penalty = if mixed { (costs.top() + 1) * size } else { 0 };
        Self { mentees, mentors, penalty, top: costs.top() + penalty }
    }

    /// Transposes the part: one row per mentor, one sink per mentee.
    pub(crate) fn rows<E: Edge>(&self, graph: &CandidateGraph, priority: &[bool], costs: &Costs) -> Flat<E> {
        // One small array is looked into for every candidate; mentors outside the part count into the void.
        let mut end = vec![0; graph.mentors_len()];
        for &mentee in &self.mentees {
            graph.mentors_of(at(mentee)).iter().for_each(|&mentor| end[at(mentor)] += 1_usize);
        }
        let mut offsets = Vec::with_capacity(self.mentors.len() + 1);
        offsets.push(0);
        let mut total = 0;
        let mut inside = self.mentors.iter().peekable();
        for (mentor, end) in (0..).zip(&mut end) {
            if inside.next_if(|&&next| next == mentor).is_some() {
                total += std::mem::replace(end, total);
                offsets.push(total);
            } else {
                *end = OUTSIDE;
            }
        }
        let mut edges = vec![E::new(0, 0); total];
        for (sink, &mentee) in self.mentees.iter().enumerate() {
            let extra = if priority[at(mentee)] { 0 } else { self.penalty };
            for (mentor, score) in graph.row(at(mentee)) {
                let place = &mut end[at(mentor)];
                if *place != OUTSIDE {
                    edges[*place] = E::new(costs.of(at(mentee), mentor, score) + extra, id(sink));
                    *place += 1;
                }
            }
        }
        Flat { offsets, edges }
    }

    /// Transposes a dense part with small costs into a table of bytes; `None` for any other part.
    pub(crate) fn table(&self, graph: &CandidateGraph, priority: &[bool], costs: &Costs) -> Option<Table> {
        let (width, cells) = (self.mentees.len(), self.mentees.len() * self.mentors.len());
        if self.top >= i64::from(MISSING) || graph.pairs() < cells / 4 {
            return None;
        }
        let mut rows = vec![OUTSIDE; graph.mentors_len()];
        self.mentors.iter().enumerate().for_each(|(row, &mentor)| rows[at(mentor)] = row * width);
        let mut table = vec![MISSING; cells];
        // Tile by tile, so that few pages and lines of memory are written to at a time.
        for (block, first) in self.mentees.chunks(TILE).zip((0..).step_by(TILE)) {
            let mut candidates: Vec<_> = block.iter().map(|&mentee| graph.row(at(mentee)).peekable()).collect();
            for end in (TILE..graph.mentors_len() + TILE).step_by(TILE).map(id) {
                for ((&mentee, row), sink) in block.iter().zip(&mut candidates).zip(first..) {
                    let extra = if priority[at(mentee)] { 0 } else { self.penalty };
                    while let Some((mentor, score)) = row.next_if(|&(mentor, _)| mentor < end) {
                        let cost = costs.of(at(mentee), mentor, score) + extra;
                        if let Some(cell) = table.get_mut(rows[at(mentor)].saturating_add(sink)) {
                            *cell = u8::try_from(cost).unwrap_or(MISSING);
                        }
                    }
                }
            }
        }
        Some(Table { width, costs: table })
    }
}

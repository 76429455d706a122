//! The parts into which coverage cuts the graph, and the rows that the solver sees of each.
//!
//! * **Open**: every mentee is placed in every largest placement; mentors may keep room. Mentees choose.
//! * **Contested**: every place is taken in every largest placement; some mentees stay out. Mentors choose, so the
//!   part is transposed: the places are the units, the mentees are sinks with one seat. Mentees with priority who must
//!   be placed are told apart by a cost that no sum of scores reaches.
//! * **Priority contested**: the same among mentees with priority only.
//!
//! No pair of a largest placement joins two parts (Dulmage & Mendelsohn 1958), so each is solved alone.

use super::coverage::Reached;
use super::edge::Edge;
use super::rows::{Flat, Supply};
use crate::graph::CandidateGraph;
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

/// Candidates that are tested together for a band of costs.
const CHUNK: usize = 32;

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

    fn cheapest(&self, row: usize) -> Option<i64> {
        if self.parts.is_none() && self.costs.previous.is_none() {
            let scores = self.graph.scores_of(at(self.mentees[row]));
            // A fold over numbers is vectorised, `max` over references is not.
            let best = scores.iter().fold(i32::MIN, |best, &score| best.max(score));
            return (!scores.is_empty()).then(|| self.costs.best - i64::from(best));
        }
        self.inside(row).map(|(_, cost)| cost).min()
    }

    fn band(&self, row: usize, after: i64, upto: i64, out: &mut Vec<E>) {
        if self.costs.previous.is_some() || self.costs.scale != 1 {
            let wanted = self.inside(row).filter(|&(_, cost)| after < cost && cost <= upto);
            out.extend(wanted.map(|(mentor, cost)| E::new(cost, mentor)));
            return;
        }
        let mentee = at(self.mentees[row]);
        let score = |cost: i64| i32::try_from(self.costs.best - cost);
        // The scores wanted are `from..=most`; one comparison of unsigned differences tells.
        let most = if after < 0 { i32::MAX } else { score(after).map_or(i32::MAX, |score| score - 1) };
        let from = score(upto).unwrap_or(i32::MIN);
        let width = most.wrapping_sub(from).cast_unsigned();
        let wanted = |score: i32| score.wrapping_sub(from).cast_unsigned() <= width;
        let (mentors, scores) = (self.graph.mentors_of(mentee), self.graph.scores_of(mentee));
        let complete = mentors.len() == self.graph.mentors_len();
        let mut found = [0_u8; CHUNK];
        for (number, chunk) in scores.chunks(CHUNK).enumerate() {
            // Without branches, so that it is vectorised; most chunks of a long row hold nothing of a band.
            if !chunk.iter().fold(false, |any, &score| any | wanted(score)) {
                continue;
            }
            // Without branches too: which candidates are wanted cannot be foreseen.
            let mut count = 0;
            for (place, &score) in (0..).zip(chunk) {
                found[count] = place;
                count += usize::from(wanted(score));
            }
            let start = number * CHUNK;
            for &place in &found[..count] {
                let place = start + usize::from(place);
                let mentor = if complete { id(place) } else { mentors[place] };
                if self.is_inside(mentor) {
                    out.push(E::new(self.costs.best - i64::from(scores[place]), mentor));
                }
            }
        }
    }
}

impl OpenRows<'_> {
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
}

//! The open part when some groups have to start.
//!
//! The first seats of such a mentor, as many as the minimum, are a sink of their own, cheaper than every other seat by
//! more than all scores together. So they are filled first, if they can be filled at all.

use super::Failure;
use super::blocks::{Blocks, Placement};
use super::edge::{Edge, Huge};
use super::parts::Part;
use super::rows::Flat;
use super::transport::{self, Problem, one_each};
use crate::numbers::{at, id, signed};

/// Where the seats of mentors are: required ones at the mentor's number, the others of the same mentor behind all.
struct Layout {
    capacities: Vec<u32>,
    /// The sink of the seats beyond the minimum, by mentor.
    further: Vec<Option<u32>>,
    bonus: i64,
}

impl Blocks<'_> {
    pub(super) fn open_with_groups(
        &self,
        mentees: &[u32],
        required: &[(u32, u32)],
        placement: &mut Placement,
    ) -> Result<(), Failure> {
        let mentors = self.graph.mentors_len();
        let bonus = (self.costs.top() + 1) * (signed(mentees.len()) + 1);
        let mut layout = Layout { capacities: self.graph.capacities().to_vec(), further: vec![None; mentors], bonus };
        let mut is_required = vec![false; mentors];
        for &(mentor, minimum) in required {
            let rest = layout.capacities[at(mentor)].checked_sub(minimum).ok_or(Failure::Infeasible)?;
            layout.capacities[at(mentor)] = minimum;
            layout.further[at(mentor)] = Some(id(layout.capacities.len()));
            layout.capacities.push(rest);
            is_required[at(mentor)] = true;
        }
        let rows = self.group_rows(mentees, &is_required, &layout, placement);
        let units = one_each(mentees.len());
        let problem = Problem { row_of: &units, capacities: &layout.capacities, top: self.costs.top() + layout.bonus };
        let solved = transport::solve(&problem, rows, None, &self.stop)?;
        if required.iter().any(|&(mentor, _)| solved.seats.has_room(at(mentor))) {
            return Err(Failure::Infeasible);
        }
        let open: Vec<usize> = (0..mentors).filter(|&mentor| self.is_open(mentor, placement)).collect();
        for mentor in open {
            let further = layout.further[mentor].map(at);
            let own = solved.sink_prices[mentor] + if is_required[mentor] { bonus } else { 0 };
            let price = match further.filter(|&sink| layout.capacities[sink] > 0) {
                Some(sink) => own.max(solved.sink_prices[sink]),
                None => own,
            };
            placement.mentor_prices[mentor] = price;
            for sink in [Some(mentor), further].into_iter().flatten() {
                for seat in solved.seats.taken(sink) {
                    let mentee = at(mentees[at(solved.seats.owner(seat))]);
                    placement.mate[mentee] = id(mentor);
                    placement.costs[mentee] = self.cost(mentee, mentor)?;
                    placement.mentee_prices[mentee] = placement.costs[mentee] - price;
                }
            }
        }
        Ok(())
    }

    fn is_open(&self, mentor: usize, placement: &Placement) -> bool {
        placement.parts.mentors[mentor] == Part::Open && self.graph.capacities()[mentor] > 0
    }

    fn group_rows(&self, mentees: &[u32], is_required: &[bool], layout: &Layout, placement: &Placement) -> Flat<Huge> {
        let mut rows = Flat { offsets: vec![0], edges: Vec::new() };
        for &mentee in mentees {
            for (mentor, score) in self.graph.row(at(mentee)).filter(|&(mentor, _)| self.is_open(at(mentor), placement))
            {
                let cost = self.costs.of(at(mentee), mentor, score);
                let own = if is_required[at(mentor)] { 0 } else { layout.bonus };
                rows.edges.push(Huge::new(cost + own, mentor));
                let further = layout.further[at(mentor)].filter(|&sink| layout.capacities[at(sink)] > 0);
                rows.edges.extend(further.map(|sink| Huge::new(cost + layout.bonus, sink)));
            }
            rows.offsets.push(rows.edges.len());
        }
        rows
    }
}

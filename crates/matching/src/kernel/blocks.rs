//! Solves the parts of a graph one by one and brings their prices onto one scale.

use super::edge::{Huge, Narrow, Wide};
use super::parts::{Contested, Costs, OpenRows, Part, Parts};
use super::transport::{self, Hint, Problem, Solved, Width, one_each};
use super::{Failure, Stop};
use crate::graph::CandidateGraph;
use crate::numbers::{NONE, at, id};

/// Everybody's mentor and the prices that prove the total best, as costs: `cost >= mentee + mentor` within a part.
pub(crate) struct Placement {
    pub(crate) mate: Vec<u32>,
    /// What the pairs cost: the prices of a pair sum up to it, so nobody has to look for it in a long row.
    pub(crate) costs: Vec<i64>,
    pub(crate) mentee_prices: Vec<i64>,
    pub(crate) mentor_prices: Vec<i64>,
    pub(crate) parts: Parts,
}

/// What the parts are solved with.
pub(crate) struct Blocks<'a> {
    pub(crate) graph: &'a CandidateGraph,
    pub(crate) priority: &'a [bool],
    pub(crate) costs: Costs<'a>,
    /// Prices and mentors of an earlier answer, as costs.
    pub(crate) hint: Option<&'a Earlier>,
    /// Mentors who take at least so many.
    pub(crate) required: &'a [(u32, u32)],
    pub(crate) stop: Stop<'a>,
}

/// An earlier answer in the terms of [`Placement`].
pub(crate) struct Earlier {
    pub(crate) mate: Vec<u32>,
    pub(crate) mentee_prices: Vec<i64>,
    pub(crate) mentor_prices: Vec<i64>,
    /// What priority was worth: it stands in the prices of mentees with priority of the contested part.
    pub(crate) priority_price: i64,
}

impl Blocks<'_> {
    /// Returns a placement of least cost among those of the largest counts, part by part.
    pub(crate) fn solve(&self, parts: Parts) -> Result<Placement, Failure> {
        let (mentees, mentors) = (self.graph.mentees(), self.graph.mentors_len());
        let mut placement = Placement {
            mate: vec![NONE; mentees],
            costs: vec![0; mentees],
            mentee_prices: vec![0; mentees],
            mentor_prices: vec![0; mentors],
            parts,
        };
        self.open(&mut placement)?;
        for part in [Part::Contested, Part::PriorityContested] {
            self.contested(part, &mut placement)?;
        }
        Ok(placement)
    }

    fn open(&self, placement: &mut Placement) -> Result<(), Failure> {
        let mentees = placement.parts.mentees_of(self.graph, Part::Open);
        let required = self.required.iter().filter(|&&(mentor, _)| placement.parts.mentors[at(mentor)] == Part::Open);
        let required: Vec<(u32, u32)> = required.copied().collect();
        if !required.is_empty() {
            return self.open_with_groups(&mentees, &required, placement);
        }
        if mentees.is_empty() {
            return Ok(());
        }
        let mixed = placement.parts.mentors.iter().any(|&part| part != Part::Open);
        let parts = mixed.then_some(&placement.parts.mentors[..]);
        let rows = || OpenRows { graph: self.graph, mentees: &mentees, parts, costs: self.costs };
        let units = one_each(mentees.len());
        let problem = Problem { row_of: &units, capacities: self.graph.capacities(), top: self.costs.top() };
        let hint = self.hint.map(|hint| Hint {
            sink_prices: hint.mentor_prices.clone(),
            sink_of_unit: mentees.iter().map(|&mentee| hint.mate[at(mentee)]).collect(),
        });
        let solved = run(
            &problem,
            hint.as_ref(),
            |hint| transport::solve::<Narrow, _>(&problem, rows(), hint, &self.stop),
            |hint| transport::solve::<Wide, _>(&problem, rows(), hint, &self.stop),
            |hint| transport::solve::<Huge, _>(&problem, rows(), hint, &self.stop),
        )?;
        for mentor in 0..self.graph.mentors_len() {
            if placement.parts.mentors[mentor] != Part::Open {
                continue;
            }
            placement.mentor_prices[mentor] = solved.sink_prices[mentor];
            for seat in solved.seats.taken(mentor) {
                let unit = at(solved.seats.owner(seat));
                let mentee = at(mentees[unit]);
                placement.mate[mentee] = id(mentor);
                placement.mentee_prices[mentee] = solved.unit_prices[unit];
                placement.costs[mentee] = solved.unit_prices[unit] + solved.sink_prices[mentor];
            }
        }
        Ok(())
    }

    fn contested(&self, part: Part, placement: &mut Placement) -> Result<(), Failure> {
        let block = Contested::new(self.graph, &placement.parts, part, self.priority, &self.costs);
        if block.mentees.is_empty() || block.mentors.is_empty() {
            return Ok(());
        }
        let capacities = self.graph.capacities();
        let repeat = |(row, &mentor): (usize, &u32)| std::iter::repeat_n(id(row), at(capacities[at(mentor)]));
        let row_of: Vec<u32> = block.mentors.iter().enumerate().flat_map(repeat).collect();
        let single = vec![1; block.mentees.len()];
        let problem = Problem { row_of: &row_of, capacities: &single, top: block.top };
        let hint = self.hint.map(|earlier| self.contested_hint(&block, &row_of, earlier));
        let solved = run(
            &problem,
            hint.as_ref(),
            |hint| {
                if let Some(table) = block.table(self.graph, self.priority, &self.costs) {
                    return transport::solve::<Narrow, _>(&problem, table, hint, &self.stop);
                }
                let rows = block.rows::<Narrow>(self.graph, self.priority, &self.costs);
                transport::solve(&problem, rows, hint, &self.stop)
            },
            |hint| {
                let rows = block.rows::<Wide>(self.graph, self.priority, &self.costs);
                transport::solve(&problem, rows, hint, &self.stop)
            },
            |hint| {
                let rows = block.rows::<Huge>(self.graph, self.priority, &self.costs);
                transport::solve(&problem, rows, hint, &self.stop)
            },
        )?;
        for (sink, &mentee) in block.mentees.iter().enumerate() {
            let mentee = at(mentee);
            let extra = if self.priority[mentee] { 0 } else { block.penalty };
            let price = solved.sink_prices[sink];
            placement.mentee_prices[mentee] = price + block.penalty - extra;
            for seat in solved.seats.taken(sink) {
                let unit = at(solved.seats.owner(seat));
                let mentor = block.mentors[at(row_of[unit])];
                placement.mate[mentee] = mentor;
                placement.costs[mentee] = price + solved.unit_prices[unit] - extra;
                placement.mentor_prices[at(mentor)] = solved.unit_prices[unit] - block.penalty;
            }
        }
        Ok(())
    }

    fn contested_hint(&self, block: &Contested, row_of: &[u32], earlier: &Earlier) -> Hint {
        let mixed = |mentee: u32| block.penalty > 0 && self.priority[at(mentee)];
        let lift = |mentee: u32| if mixed(mentee) { earlier.priority_price - block.penalty } else { 0 };
        let sink_prices =
            block.mentees.iter().map(|&mentee| earlier.mentee_prices[at(mentee)] + lift(mentee)).collect();
        let mut first_unit = vec![NONE; self.graph.mentors_len()];
        for (unit, &row) in row_of.iter().enumerate().rev() {
            first_unit[at(block.mentors[at(row)])] = id(unit);
        }
        let mut sink_of_unit = vec![NONE; row_of.len()];
        for (sink, &mentee) in block.mentees.iter().enumerate() {
            let mentor = earlier.mate[at(mentee)];
            let Some(&unit) = first_unit.get(at(mentor)) else { continue };
            let row = row_of.get(at(unit)).copied();
            if row.is_some_and(|row| block.mentors[at(row)] == mentor) {
                sink_of_unit[at(unit)] = id(sink);
                first_unit[at(mentor)] += 1;
            }
        }
        Hint { sink_prices, sink_of_unit }
    }

    pub(super) fn cost(&self, mentee: usize, mentor: usize) -> Result<i64, Failure> {
        let score = self.graph.score(mentee, id(mentor)).ok_or(Failure::Infeasible)?;
        Ok(self.costs.of(mentee, id(mentor), score))
    }
}

/// Runs on the narrowest edges that hold the costs, and on the widest when a price outgrows them.
fn run(
    problem: &Problem,
    hint: Option<&Hint>,
    narrow: impl Fn(Option<&Hint>) -> Result<Solved, Failure>,
    wide: impl Fn(Option<&Hint>) -> Result<Solved, Failure>,
    huge: impl Fn(Option<&Hint>) -> Result<Solved, Failure>,
) -> Result<Solved, Failure> {
    let first = match Width::needed(problem.top, problem.capacities.len()) {
        Width::Narrow => narrow(hint),
        Width::Wide => wide(hint),
        Width::Huge => return huge(hint),
    };
    if matches!(first, Err(Failure::Overflow)) { huge(hint) } else { first }
}

//! The search over a full table of costs, for questions in which nearly every edge is looked at anyway.
//!
//! Sorted rows and a queue pay when a search ends early. Where costs have many digits and no structure (Machol & Wien
//! 1976) it never does; then a plain pass over a row of numbers, as Jonker and Volgenant make it, is several times
//! quicker per edge.

use super::Paths;
use crate::graph::CHUNK;
use crate::kernel::Failure;
use crate::kernel::edge::{Cost, Edge};
use crate::kernel::rows::{Rows, Supply};
use crate::numbers::{NONE, at, id};

/// An edge costs about so many times less in a table than in a sorted row with a queue.
const CHEAPER: usize = 16;

/// Costs by row and sink, and the state of one search.
pub(super) struct Table<C> {
    width: usize,
    costs: Vec<C>,
    prices: Vec<C>,
    distances: Vec<C>,
    /// The distance of a sink that is not settled yet, else the largest number.
    open: Vec<C>,
    from: Vec<u32>,
    /// The least of `open`.
    nearest: C,
}

/// What the searches so far have cost and how many are left.
#[derive(Clone, Copy, Default)]
pub(super) struct Work {
    pub(super) units: usize,
    pub(super) edges: usize,
    pub(super) searches: usize,
    pub(super) left: usize,
}

impl<C: Cost> Table<C> {
    /// Lays the table out where the searches left would be quicker with it.
    pub(super) fn if_worth<E: Edge<Cost = C>, S: Supply<E>>(
        rows: &Rows<E, S>,
        sinks: usize,
        work: Work,
    ) -> Option<Self> {
        let cells = rows.len() * sinks;
        let now = work.edges / work.searches.max(1) * work.left;
        let then = (work.units * sinks / CHEAPER) / work.searches.max(1) * work.left + cells;
        if rows.pairs() < cells / 2 || now < 2 * then {
            return None;
        }
        // The sum of a missing cost, a distance and two prices still fits.
        let missing = C::LIMIT + C::LIMIT;
        let mut costs = vec![missing; cells];
        let mut edges = Vec::new();
        for (row, costs) in costs.chunks_exact_mut(sinks).enumerate() {
            edges.clear();
            rows.whole(row, &mut edges);
            for edge in &edges {
                costs[edge.sink()] = edge.cost();
            }
        }
        let [prices, distances, open] = std::array::from_fn(|_| vec![C::MAX; sinks]);
        Some(Self { width: sinks, costs, prices, distances, open, from: vec![NONE; sinks], nearest: C::MAX })
    }

    /// Looks at all sinks from a unit; `shift` is its distance minus its price.
    fn relax(&mut self, row: usize, unit: u32, shift: C) {
        let costs = &self.costs[row * self.width..][..self.width];
        self.nearest = relax(costs, &self.prices, &mut self.distances, &mut self.open, &mut self.from, (unit, shift));
    }

    /// Settles the nearest sink and returns it with its distance.
    fn settle(&mut self) -> Option<(usize, C)> {
        let nearest = self.nearest;
        if nearest >= C::LIMIT {
            return None;
        }
        // By chunks without branches, which are vectorised, and then one by one.
        let is_nearest = |open: C| open == nearest;
        let hit = |chunk: &[C]| chunk.iter().fold(false, |any, &open| any | is_nearest(open));
        let chunk = self.open.chunks(CHUNK).position(hit)? * CHUNK;
        let sink = chunk + self.open[chunk..].iter().position(|&open| is_nearest(open))?;
        self.open[sink] = C::MAX;
        Some((sink, nearest))
    }
}

/// The loop of [`Table::relax`]; returns the least open distance. As a function of its own, without branches, it is compiled for several sinks at once:
/// no two of its arrays can overlap.
#[inline(never)]
fn relax<C: Cost>(
    costs: &[C],
    prices: &[C],
    distances: &mut [C],
    open: &mut [C],
    from: &mut [u32],
    (unit, shift): (u32, C),
) -> C {
    let mut nearest = C::MAX;
    let state = distances.iter_mut().zip(open).zip(from);
    for ((&cost, &price), ((distance, open), from)) in costs.iter().zip(prices).zip(state) {
        let found = shift + cost - price;
        // What is settled is never nearer than now, so it stays settled.
        let nearer = found < *distance;
        *distance = C::choose(nearer, found, *distance);
        *open = C::choose(nearer, found, *open);
        let mask = u32::from(nearer).wrapping_neg();
        *from = unit & mask | *from & !mask;
        nearest = nearest.min(*open);
    }
    nearest
}

impl<E: Edge, S: Supply<E>> Paths<'_, E, S> {
    /// Finds the nearest sink with room, as `search` does.
    pub(super) fn search_table(&mut self, table: &mut Table<E::Cost>, root: u32) -> Result<(usize, E::Cost), Failure> {
        self.reached_units.clear();
        self.reached_sinks.clear();
        table.distances.fill(E::Cost::MAX);
        table.open.fill(E::Cost::MAX);
        table.prices.iter_mut().zip(&self.sinks).for_each(|(price, sink)| *price = sink.price);
        self.reach_in_table(table, root, E::Cost::default(), NONE);
        loop {
            let (sink, distance) = table.settle().ok_or(Failure::Overflow)?;
            self.sinks[sink].from = table.from[sink];
            if self.seats.has_room(sink) {
                return Ok((sink, distance));
            }
            self.sinks[sink].distance = distance;
            self.reached_sinks.push(id(sink));
            for seat in self.seats.taken(sink) {
                self.reach_in_table(table, self.seats.owner(seat), distance, seat);
            }
        }
    }

    fn reach_in_table(&mut self, table: &mut Table<E::Cost>, unit: u32, distance: E::Cost, seat: u32) {
        let state = &mut self.units[at(unit)];
        (state.distance, state.seat) = (distance, seat);
        let shift = distance - state.price;
        self.reached_units.push(unit);
        table.relax(at(self.row_of[at(unit)]), unit, shift);
    }
}

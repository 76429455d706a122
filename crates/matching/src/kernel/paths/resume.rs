//! Starting from prices and seats of another answer.

use super::Paths;
use crate::kernel::edge::{Cost, Edge};
use crate::kernel::rows::Supply;
use crate::numbers::{NONE, at, id};

/// Rounds in which prices at sinks with room are put back to zero; after that the start is from nothing.
const REPAIRS: usize = 12;

impl<E: Edge, S: Supply<E>> Paths<'_, E, S> {
    /// Starts from prices and seats of another answer; returns who has to be seated anew.
    ///
    /// Whatever the numbers are, the state is made consistent: prices above zero are cut, units that do not sit at a
    /// cheapest sink stand up, and a sink that so gets room loses its price, which may make others stand up.
    pub(crate) fn resume(&mut self, sink_prices: &[i64], sink_of_unit: &[u32]) -> Vec<u32> {
        let low = E::Cost::of(E::Cost::LIMIT.wide() / -2);
        for (sink, &price) in self.sinks.iter_mut().zip(sink_prices) {
            sink.price = E::Cost::of(price.min(0).max(low.wide()));
        }
        let mut sitting = vec![NONE; self.units.len()];
        for (unit, &sink) in sink_of_unit.iter().enumerate() {
            if sink != NONE && self.seats.has_room(at(sink)) {
                self.seats.sit(at(sink), id(unit));
                sitting[unit] = sink;
            }
        }
        // When there is no seat to spare every sink ends full, so no price has to be zero.
        let spare = self.seats.total() > self.units.len();
        for _ in 0..REPAIRS {
            self.stand_up(&mut sitting);
            if !spare || !self.forget_prices_of_room() {
                return (0..id(self.units.len())).filter(|&unit| sitting[at(unit)] == NONE).collect();
            }
        }
        self.reset();
        self.start()
    }

    /// Sets every unit's price to its cheapest reduced cost and lifts those who sit elsewhere.
    fn stand_up(&mut self, sitting: &mut [u32]) {
        let mut leaving = vec![false; self.units.len()];
        let mut sinks = Vec::new();
        let count = id(self.units.len());
        for unit in 0..self.units.len() {
            let ahead = |by: u32| Some(id(unit) + by).filter(|&unit| unit < count);
            self.foresee(ahead(8).as_ref(), ahead(4).as_ref());
            let row = at(self.row_of[unit]);
            let (best, ..) = self.two_best(row);
            self.units[unit].price = best;
            let sink = sitting[unit];
            if sink != NONE && !self.is_tight(row, at(sink), best) {
                leaving[unit] = true;
                sitting[unit] = NONE;
                sinks.push(at(sink));
            }
        }
        for sink in sinks {
            self.seats.remove(sink, |unit| leaving[at(unit)]);
        }
    }

    fn is_tight(&self, row: usize, sink: usize, best: E::Cost) -> bool {
        let price = self.sinks[sink].price;
        let cost = best + price;
        let edges = self.rows.edges(row);
        let from = edges.partition_point(|edge| edge.cost() < cost);
        edges[from..].iter().take_while(|edge| edge.cost() == cost).any(|edge| edge.sink() == sink)
    }

    fn forget_prices_of_room(&mut self) -> bool {
        let mut changed = false;
        for (index, sink) in self.sinks.iter_mut().enumerate() {
            if sink.price < E::Cost::default() && self.seats.has_room(index) {
                sink.price = E::Cost::default();
                changed = true;
            }
        }
        changed
    }

    /// Sends everybody out and forgets all prices.
    pub(crate) fn reset(&mut self) {
        for sink in 0..self.sinks.len() {
            self.sinks[sink].price = E::Cost::default();
            self.seats.remove(sink, |_| true);
        }
        for unit in 0..self.units.len() {
            let row = at(self.row_of[unit]);
            self.units[unit].price = self.rows.edges(row)[0].cost();
        }
    }
}

//! Successive shortest augmenting paths over capacitated sinks.
//!
//! Jonker & Volgenant 1987 ("A shortest augmenting path algorithm for dense and sparse linear assignment problems"),
//! carried over to transportation: a sink has seats. Prices keep `cost >= u + v` on every edge, with equality where a
//! unit sits, `v <= 0`, and `v = 0` at a sink with room (Edmonds & Karp 1972; Tomizawa 1971). Every unit must be
//! seated; that this is possible is the business of `coverage`.

mod dense;
mod resume;

use dense::{Table, Work};
use prefetch_index::prefetch_index;

use super::edge::{Cost, Edge};
use super::queue::Queue;
use super::rows::{Rows, Supply};
use super::seats::Seats;
use super::{Failure, Stop};
use crate::numbers::{NONE, at, id};

/// Set on queue entries that stand for a unit.
const UNIT: u32 = 1 << 31;

/// Rounds of row reduction before searching: more gave nothing on questionnaires.
const REDUCTIONS: usize = 4;

#[derive(Clone, Copy, Default)]
struct Sink<C> {
    price: C,
    distance: C,
    stamp: u32,
    from: u32,
}

#[derive(Clone, Copy)]
struct Unit<C> {
    price: C,
    distance: C,
    /// The next edge of the row to look at in this search.
    next: u32,
    /// The seat that the search came from, [`NONE`] at the root.
    seat: u32,
}

/// The state of a transportation problem between searches.
pub(crate) struct Paths<'a, E: Edge, S> {
    pub(crate) rows: Rows<E, S>,
    pub(crate) seats: Seats,
    row_of: &'a [u32],
    sinks: Vec<Sink<E::Cost>>,
    units: Vec<Unit<E::Cost>>,
    seat_sink: Vec<u32>,
    queue: Queue<E::Cost>,
    reached_units: Vec<u32>,
    reached_sinks: Vec<u32>,
    stamp: u32,
}

impl<'a, E: Edge, S: Supply<E>> Paths<'a, E, S> {
    /// Starts with nobody seated and all prices of sinks at zero. Unit `k` has the edges of row `row_of[k]`.
    pub(crate) fn new(rows: Rows<E, S>, row_of: &'a [u32], capacities: &[u32]) -> Result<Self, Failure> {
        let seats = Seats::new(capacities);
        let mut units = Vec::with_capacity(row_of.len());
        for &row in row_of {
            let price = rows.edges(at(row)).first().ok_or(Failure::Infeasible)?.cost();
            units.push(Unit { price, distance: price, next: 0, seat: NONE });
        }
        let queue = Queue::new(rows.top());
        let seat_sink = seats.sink_of_seat();
        let sinks = vec![Sink::default(); capacities.len()];
        let (reached_units, reached_sinks) = (Vec::new(), Vec::new());
        Ok(Self { rows, seats, row_of, sinks, units, seat_sink, queue, reached_units, reached_sinks, stamp: 0 })
    }

    /// Returns the rows and forgets seats and prices.
    pub(crate) fn into_rows(self) -> Rows<E, S> {
        self.rows
    }

    /// Seats units at a cheapest sink while there is room, then trades seats; returns who is left.
    pub(crate) fn start(&mut self) -> Vec<u32> {
        let mut waiting = self.seat_cheaply();
        self.reduce(&mut waiting);
        waiting
    }

    /// Seats units at a cheapest sink while there is room; returns who is left.
    pub(crate) fn seat_cheaply(&mut self) -> Vec<u32> {
        (0..id(self.units.len())).filter(|&unit| !self.seat_at_once(unit)).collect()
    }

    /// Trades seats for those who wait by the row reduction of Jonker and Volgenant.
    pub(crate) fn reduce(&mut self, waiting: &mut Vec<u32>) {
        for _ in 0..REDUCTIONS {
            self.reduce_rows(waiting);
        }
    }

    fn seat_at_once(&mut self, unit: u32) -> bool {
        let price = self.units[at(unit)].price;
        let row = self.rows.edges(at(self.row_of[at(unit)]));
        let cheapest = row.iter().take_while(|edge| edge.cost() <= price);
        let found = cheapest.map(|edge| edge.sink()).find(|&sink| self.seats.has_room(sink));
        found.inspect(|&sink| self.seats.sit(sink, unit)).is_some()
    }

    fn reduce_rows(&mut self, waiting: &mut Vec<u32>) {
        let list = std::mem::take(waiting);
        // Bounds the chain of evictions: without a bound two units could trade one sink for a long time.
        let mut budget = list.len() * 8 + 100;
        for (place, &unit) in list.iter().enumerate() {
            self.foresee(list.get(place + 8), list.get(place + 4));
            let mut next = Some(unit);
            while let Some(unit) = next {
                next = self.reduce_row(unit, &mut budget, waiting);
            }
        }
    }

    /// Asks the memory for what two units will look at that come later.
    #[inline]
    fn foresee(&self, later: Option<&u32>, sooner: Option<&u32>) {
        if let Some(&unit) = later {
            self.rows.foresee_edges(at(self.row_of[at(unit)]));
        }
        if let Some(&unit) = sooner {
            for edge in self.rows.edges(at(self.row_of[at(unit)])).iter().take(8) {
                prefetch_index(&self.sinks, edge.sink());
            }
        }
    }

    /// Seats one unit at its best sink and lowers that sink's price to the second best; returns whom it evicted.
    fn reduce_row(&mut self, unit: u32, budget: &mut usize, waiting: &mut Vec<u32>) -> Option<u32> {
        let (best, second, sink, other) = self.two_best(at(self.row_of[at(unit)]));
        self.units[at(unit)].price = best;
        if self.seats.has_room(sink) {
            self.seats.sit(sink, unit);
            return None;
        }
        if best == second && other != usize::MAX && self.seats.has_room(other) {
            self.seats.sit(other, unit);
            return None;
        }
        if self.seats.capacity(sink) != 1 || other == usize::MAX || *budget == 0 {
            waiting.push(unit);
            return None;
        }
        *budget -= 1;
        let seat = self.seats.first(sink);
        let evicted = self.seats.owner(seat);
        self.seats.put(seat, unit);
        if best == second {
            waiting.push(evicted);
            return None;
        }
        self.units[at(unit)].price = second;
        self.sinks[sink].price -= second - best;
        Some(evicted)
    }

    /// Returns the two smallest reduced costs of a row and their sinks.
    fn two_best(&mut self, row: usize) -> (E::Cost, E::Cost, usize, usize) {
        let (mut best, mut second) = (E::Cost::MAX, E::Cost::MAX);
        let (mut sink, mut other) = (usize::MAX, usize::MAX);
        let mut seen = 0;
        loop {
            for edge in &self.rows.edges(row)[seen..] {
                if edge.cost() >= second {
                    break;
                }
                let reduced = edge.cost() - self.sinks[edge.sink()].price;
                if reduced < best {
                    (second, other, best, sink) = (best, sink, reduced, edge.sink());
                } else if reduced < second {
                    (second, other) = (reduced, edge.sink());
                }
            }
            if self.rows.covers(row, second) {
                return (best, second, sink, other);
            }
            seen = self.rows.edges(row).len();
            self.rows.extend(row);
        }
    }

    /// Seats everybody who waits, one shortest path each. Where `patience` is given, gives up with `false` as soon as
    /// the searches so far foretell that they will visit more than that many nodes together.
    pub(crate) fn finish(&mut self, waiting: &[u32], patience: Option<usize>, stop: &Stop) -> Result<bool, Failure> {
        // Neighbours on the list resemble each other, so a forecast takes a thirty-second part of all.
        let size = (waiting.len() / 32).max(if patience.is_some() { 64 } else { 4 });
        let mut table: Option<Table<E::Cost>> = None;
        for (window, units) in waiting.chunks(size).enumerate() {
            stop.check()?;
            let (mut visited, mut work) = (0, Work { searches: units.len(), ..Work::default() });
            for &unit in units {
                let (sink, distance) = match &mut table {
                    Some(table) => self.search_table(table, unit)?,
                    None => self.search(unit)?,
                };
                visited += self.reached_units.len() + self.reached_sinks.len();
                work.units += self.reached_units.len();
                work.edges += self.reached_units.iter().map(|&unit| at(self.units[at(unit)].next)).sum::<usize>();
                self.raise_prices(distance)?;
                self.augment(sink);
            }
            work.left = waiting.len() - (window * size + units.len());
            if patience.is_some_and(|patience| visited / units.len() * work.left > patience) {
                return Ok(false);
            }
            if table.is_none() {
                table = Table::if_worth(&self.rows, self.sinks.len(), work);
            }
        }
        Ok(true)
    }

    /// Finds the nearest sink with room; returns it with its distance.
    fn search(&mut self, root: u32) -> Result<(usize, E::Cost), Failure> {
        self.stamp += 1;
        self.reached_units.clear();
        self.reached_sinks.clear();
        self.queue.clear();
        self.reach_unit(root, E::Cost::default(), NONE);
        let (mut limit, mut goal) = (E::Cost::MAX, usize::MAX);
        while let Some((distance, node)) = self.queue.pop(limit) {
            if node & UNIT != 0 {
                self.scan(at(node & !UNIT), distance, &mut limit, &mut goal);
            } else if self.sinks[at(node)].distance == distance {
                for seat in self.seats.taken(at(node)) {
                    self.reach_unit(self.seats.owner(seat), distance, seat);
                }
            }
        }
        if goal == usize::MAX { Err(Failure::Infeasible) } else { Ok((goal, limit)) }
    }

    fn reach_unit(&mut self, unit: u32, distance: E::Cost, seat: u32) {
        let state = &mut self.units[at(unit)];
        (state.distance, state.next, state.seat) = (distance, 0, seat);
        self.reached_units.push(unit);
        self.queue.push(distance, unit | UNIT);
    }

    /// Looks at the edges of a unit as far as `now` allows and puts it back into the queue for the rest.
    fn scan(&mut self, unit: usize, now: E::Cost, limit: &mut E::Cost, goal: &mut usize) {
        let row = at(self.row_of[unit]);
        let shift = self.units[unit].distance - self.units[unit].price;
        let mut next = at(self.units[unit].next);
        loop {
            // Prices of sinks are never positive, so cost plus shift is a lower bound of the distance.
            let edges = self.rows.edges(row);
            while let Some(&edge) = edges.get(next) {
                let bound = shift + edge.cost();
                if bound > now {
                    self.units[unit].next = id(next);
                    if bound < *limit {
                        self.queue.push(bound, id(unit) | UNIT);
                    }
                    return;
                }
                next += 1;
                let index = edge.sink();
                let sink = &mut self.sinks[index];
                let distance = bound - sink.price;
                if distance < *limit && (sink.stamp != self.stamp || distance < sink.distance) {
                    if sink.stamp != self.stamp {
                        sink.stamp = self.stamp;
                        self.reached_sinks.push(id(index));
                    }
                    (sink.distance, sink.from) = (distance, id(unit));
                    if self.seats.has_room(index) {
                        (*limit, *goal) = (distance, index);
                        if distance <= now {
                            return;
                        }
                    } else {
                        self.queue.push(distance, id(index));
                    }
                }
            }
            let Some(horizon) = self.rows.horizon(row) else { return };
            let bound = shift + horizon;
            if bound > now {
                self.units[unit].next = id(next);
                if bound < *limit {
                    self.queue.push(bound, id(unit) | UNIT);
                }
                return;
            }
            self.rows.extend(row);
        }
    }

    fn raise_prices(&mut self, distance: E::Cost) -> Result<(), Failure> {
        let mut widest = distance;
        for &unit in &self.reached_units {
            let unit = &mut self.units[at(unit)];
            if unit.distance < distance {
                unit.price += distance - unit.distance;
                widest = widest.max(unit.price);
            }
        }
        for &sink in &self.reached_sinks {
            let sink = &mut self.sinks[at(sink)];
            if sink.distance < distance {
                sink.price -= distance - sink.distance;
                widest = widest.max(E::Cost::default() - sink.price);
            }
        }
        if widest >= E::Cost::LIMIT { Err(Failure::Overflow) } else { Ok(()) }
    }

    fn augment(&mut self, goal: usize) {
        let mut sink = goal;
        let mut seat = self.seats.open(goal);
        loop {
            let unit = self.sinks[sink].from;
            self.seats.put(seat, unit);
            seat = self.units[at(unit)].seat;
            if seat == NONE {
                return;
            }
            sink = at(self.seat_sink[at(seat)]);
        }
    }

    /// Returns the prices of the units: what the edge costs on which a unit sits, without the price of the sink.
    pub(crate) fn unit_prices(&self) -> Vec<i64> {
        self.units.iter().map(|unit| unit.price.wide()).collect()
    }

    /// Returns the prices of the sinks.
    pub(crate) fn sink_prices(&self) -> Vec<i64> {
        self.sinks.iter().map(|sink| sink.price.wide()).collect()
    }
}

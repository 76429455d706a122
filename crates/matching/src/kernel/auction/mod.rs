//! Prices by auction, for large parts where single searches would walk through half of the region each.
//!
//! Bertsekas 1988 ("The auction algorithm: a distributed relaxation method"), with scaling of the bidding step and a
//! common floor price that stands for the seats nobody needs (Bertsekas & Castañón 1992, asymmetric problems). The
//! auction only proposes prices and seats: `paths` makes them exact, so nothing here can spoil a result.

mod shortlist;
mod surplus;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use prefetch_index::prefetch_index;

use self::shortlist::Shortlist;
use super::edge::{Cost, Edge};
use super::rows::{Rows, Supply};
use super::seats::Seats;
use super::transport::{Hint, Problem};
use super::{Failure, Stop};
use crate::numbers::{NONE, at, id, signed};

/// The owner of a seat that belongs to the surplus.
const SURPLUS: u32 = NONE - 1;
/// Prices beyond this are given up: the plain start takes over.
const LIMIT: i32 = 1 << 30;
/// The bidding step shrinks by this factor from phase to phase.
const SHRINK: i32 = 7;

/// Parts of a cost unit that prices tell apart where every seat will be taken.
const ROUGH: i64 = 256;

#[derive(Clone, Copy)]
struct Lot {
    price: i32,
    owner: u32,
}

struct Auction<'a, 'p, E: Edge, S> {
    rows: &'a mut Rows<E, S>,
    problem: &'a Problem<'p>,
    scale: i32,
    /// One per row: the candidates that were best when it was last read whole.
    shortlists: Vec<Shortlist<E>>,
    /// One per sink: the price of its cheapest seat. Apart from the owners, so that twice as many stay in the cache.
    prices: Vec<i32>,
    /// One per sink: the owner, where it has a single seat.
    owners: Vec<u32>,
    /// One per seat; used for sinks with several seats.
    seats: Vec<Lot>,
    layout: Seats,
    /// Whether every sink has one seat, the number of which is then that of the sink.
    all_single: bool,
    seat_sink: Vec<u32>,
    floor: i32,
    step: i32,
    waiting: Vec<u32>,
    outbid: Vec<u32>,
    /// Surplus seats that lost their place to a bid.
    displaced: usize,
    /// Seats by what they cost when they were put here; they may cost more by now.
    cheapest: BinaryHeap<Reverse<(i32, u32)>>,
    tracking: bool,
}

/// Runs the phases; returns prices and seats, or `None` when the numbers are too large for 32 bits.
pub(crate) fn prices<E: Edge, S: Supply<E>>(
    rows: &mut Rows<E, S>,
    problem: &Problem,
    stop: &Stop,
) -> Result<Option<Hint>, Failure> {
    let layout = Seats::new(problem.capacities);
    let top = problem.top.max(1);
    // Full precision leaves nothing to repair. Without seats to spare a few repairs are cheaper than the last phases.
    let spare = layout.total() > problem.row_of.len();
    let precise = if spare { signed(layout.total()) + 3 } else { ROUGH };
    let scale = precise.min(i64::from(LIMIT / 16) / top);
    if scale < 2 {
        return Ok(None);
    }
    let mut auction = Auction::new(rows, problem, layout, i32::of(scale));
    auction.step = first_step(i32::of(top * scale), auction.rows.pairs() / auction.rows.len().max(1), spare);
    loop {
        stop.check()?;
        if !auction.phase() {
            return Ok(None);
        }
        if auction.step == 1 {
            return Ok(Some(auction.into_hint()));
        }
        auction.step = (auction.step / SHRINK).max(1);
    }
}

/// Returns the bidding step of the first phase.
///
/// Prices end up the nearer to each other the more candidates a row has, and nearer still where seats are spare; a step
/// beyond that bids prices up that the next phase has to forget. Measured: 30 000 mentees with 50 candidates and some to
/// spare 0.69 s from a seventh of the costs, 0.41 s from a two-hundredth; 10 000 without, with 100 candidates, 0.060 s
/// and 0.041 s; with 20 candidates a seventh is best.
fn first_step(top: i32, candidates: usize, spare: bool) -> i32 {
    let parts = if spare { candidates * 4 } else { candidates / 2 };
    (top / i32::of(signed(parts)).max(SHRINK)).max(1)
}

impl<'a, 'p, E: Edge, S: Supply<E>> Auction<'a, 'p, E, S> {
    fn new(rows: &'a mut Rows<E, S>, problem: &'a Problem<'p>, layout: Seats, scale: i32) -> Self {
        let free = Lot { price: 0, owner: NONE };
        let all_single = (0..layout.sinks()).all(|sink| layout.capacity(sink) == 1);
        let count = rows.len();
        Self {
            rows,
            problem,
            scale,
            shortlists: vec![Shortlist::unread(); count],
            prices: vec![0; layout.sinks()],
            owners: vec![NONE; layout.sinks()],
            seats: if all_single { Vec::new() } else { vec![free; layout.total()] },
            seat_sink: layout.sink_of_seat(),
            layout,
            all_single,
            floor: 0,
            step: 1,
            waiting: Vec::new(),
            outbid: Vec::new(),
            displaced: 0,
            cheapest: BinaryHeap::new(),
            tracking: false,
        }
    }

    #[inline]
    fn is_single(&self, sink: usize) -> bool {
        self.all_single || self.layout.capacity(sink) == 1
    }

    /// Auctions all seats anew at the present step, from the prices of the phase before.
    fn phase(&mut self) -> bool {
        self.clear_seats();
        self.waiting = (0..id(self.problem.row_of.len())).collect();
        self.displaced = 0;
        self.tracking = false;
        self.cheapest.clear();
        loop {
            while !self.waiting.is_empty() {
                let round = std::mem::take(&mut self.waiting);
                for (place, &unit) in round.iter().enumerate() {
                    self.foresee(&round[place..]);
                    if !self.bid(unit) {
                        return false;
                    }
                }
                self.waiting = std::mem::replace(&mut self.outbid, round);
                self.outbid.clear();
            }
            if self.displaced == 0 {
                return true;
            }
            self.raise_floor();
        }
    }

    /// Asks the memory for what those who bid soon will look at: a bid waits for memory far longer than it computes.
    #[inline]
    fn foresee(&self, round: &[u32]) {
        let row = |ahead: usize| round.get(ahead).map(|&unit| at(self.problem.row_of[at(unit)]));
        if let Some(row) = row(10) {
            prefetch_index(&self.shortlists, row);
            self.rows.foresee(row);
        }
        if let Some(row) = row(5) {
            for edge in self.shortlists[row].edges() {
                prefetch_index(&self.prices, edge.sink());
            }
            self.rows.foresee_edges(row);
        }
    }

    /// Lets a unit bid for its best sink; returns whether prices still fit.
    fn bid(&mut self, unit: u32) -> bool {
        let (best, second, sink) = self.two_best(at(self.problem.row_of[at(unit)]));
        let raise = if second == i32::MAX { i32::of(self.problem.top) * self.scale } else { second - best };
        let price = self.prices[sink].max(self.floor) + raise + self.step;
        let (seat, loser) = self.take(sink, unit, price);
        match loser {
            NONE => {}
            SURPLUS => {
                self.displaced += 1;
                if self.tracking {
                    self.cheapest.push(Reverse((price, seat)));
                }
            }
            _ => self.outbid.push(loser),
        }
        price < LIMIT
    }

    /// Seats a unit; returns the seat and who sat there.
    fn take(&mut self, sink: usize, unit: u32, price: i32) -> (u32, u32) {
        if self.is_single(sink) {
            let first = if self.all_single { id(sink) } else { self.layout.first(sink) };
            self.prices[sink] = price;
            return (first, std::mem::replace(&mut self.owners[sink], unit));
        }
        let first = self.layout.first(sink);
        let range = at(first)..at(first + self.layout.capacity(sink));
        let rank = |lot: &Lot| match lot.owner {
            NONE => (0, 0),
            SURPLUS => (1, 0),
            _ => (2, lot.price),
        };
        let seat = range.clone().min_by_key(|&seat| rank(&self.seats[seat])).unwrap_or(at(first));
        let loser = std::mem::replace(&mut self.seats[seat], Lot { price, owner: unit }).owner;
        self.refresh(sink, range);
        (id(seat), loser)
    }

    /// Recomputes the price of a sink with several seats: a seat without a unit costs what it did.
    fn refresh(&mut self, sink: usize, range: std::ops::Range<usize>) {
        let now = self.prices[sink].max(self.floor);
        let price = |lot: &Lot| if lot.owner >= SURPLUS { now } else { lot.price };
        self.prices[sink] = self.seats[range].iter().map(price).min().unwrap_or(now);
    }

    fn seat(&self, seat: u32) -> Lot {
        let sink = at(self.seat_sink[at(seat)]);
        if self.is_single(sink) {
            return Lot { price: self.prices[sink], owner: self.owners[sink] };
        }
        let lot = self.seats[at(seat)];
        if lot.owner == NONE { Lot { price: self.prices[sink], ..lot } } else { lot }
    }

    /// Rounds prices to whole costs.
    ///
    /// All prices are rounded with the same offset, at which no price stands, so that neighbours keep their order.
    fn into_hint(self) -> Hint {
        let surplus = self.layout.total() > self.problem.row_of.len();
        let base = if surplus { self.floor } else { self.level(0) };
        let mut taken = vec![false; usize::try_from(self.scale).unwrap_or(1)];
        let height = |&price: &i32| price.max(self.floor) - base;
        let place = |value: i32| usize::try_from(value.rem_euclid(self.scale)).unwrap_or(0);
        taken[0] = true;
        self.prices.iter().for_each(|price| taken[place(height(price))] = true);
        let offset = taken.iter().position(|&taken| !taken).map_or(self.scale / 2, |place| i32::of(signed(place)));
        let round = |value: i32| i64::from((value - offset - 1).div_euclid(self.scale)) + 1;
        let bottom = round(0);
        let sink_prices = self.prices.iter().map(|price| bottom - round(height(price))).collect();
        let mut sink_of_unit = vec![NONE; self.problem.row_of.len()];
        for seat in 0..id(self.layout.total()) {
            let owner = self.seat(seat).owner;
            if owner < SURPLUS {
                sink_of_unit[at(owner)] = self.seat_sink[at(seat)];
            }
        }
        Hint { sink_prices, sink_of_unit }
    }
}

#[inline]
fn scaled<C: Cost>(cost: C, scale: i32) -> i32 {
    i32::of(cost.wide()) * scale
}

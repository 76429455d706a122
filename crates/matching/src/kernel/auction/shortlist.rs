//! The few candidates among which a unit bids, until prices have risen so far that it must look at all of them.
//!
//! Within a phase prices only rise, so what a row's other candidates cost when it was last read whole is a bound below
//! which none of them is now (the third-best value of Bertsekas, Castañón and Tsaknakis 1993, for a few more than two).
//! Reading six prices instead of the whole row is most of what an auction of sparse rows saves.

use super::{Auction, scaled};
use crate::kernel::edge::Edge;
use crate::kernel::rows::Supply;
use crate::numbers::{at, id};

/// How many candidates are kept: with the bound they fill half a cache line where edges have four bytes.
const KEPT: usize = 6;

/// The best candidates of a row.
#[derive(Clone, Copy)]
pub(super) struct Shortlist<E> {
    edges: [E; KEPT],
    length: u32,
    /// No other candidate of the row costs less than this, prices included.
    bound: i32,
}

impl<E: Edge> Shortlist<E> {
    /// Returns the list of a row that was never read.
    pub(super) fn unread() -> Self {
        Self { edges: [E::new(0, 0); KEPT], length: 0, bound: i32::MIN }
    }

    #[inline]
    pub(super) fn edges(&self) -> &[E] {
        &self.edges[..at(self.length)]
    }

    /// Counts from another floor: prices fell by as much, or by less.
    pub(super) fn lower(&mut self, by: i32) {
        self.bound = self.bound.saturating_sub(by);
    }
}

impl<E: Edge, S: Supply<E>> Auction<'_, '_, E, S> {
    /// Returns what the best and the second best sink of a row cost, and the best.
    pub(super) fn two_best(&mut self, row: usize) -> (i32, i32, usize) {
        let (mut best, mut second, mut sink) = (i32::MAX, i32::MAX, 0);
        let kept = &self.shortlists[row];
        for edge in kept.edges() {
            let value = scaled(edge.cost(), self.scale) + self.prices[edge.sink()].max(self.floor);
            if value < second {
                if value < best {
                    (second, best, sink) = (best, value, edge.sink());
                } else {
                    second = value;
                }
            }
        }
        if second <= kept.bound { (best, second, sink) } else { self.read_whole(row) }
    }

    /// Looks at every candidate that may be among the best and keeps those.
    #[inline(never)]
    fn read_whole(&mut self, row: usize) -> (i32, i32, usize) {
        // What a candidate costs in the upper half, its place in the row in the lower.
        let mut best = [u64::MAX; KEPT + 1];
        let (mut seen, floor) = (0, self.floor);
        let horizon = loop {
            let edges = self.rows.edges(row);
            let mut limit = price_of(best[KEPT]);
            for (place, edge) in edges.iter().enumerate().skip(seen) {
                let cost = scaled(edge.cost(), self.scale);
                if cost + floor >= limit {
                    break;
                }
                let value = cost + self.prices[edge.sink()].max(floor);
                if value < limit {
                    insert(&mut best, keyed(value, place));
                    limit = price_of(best[KEPT]);
                }
            }
            match self.rows.horizon(row).map(|upto| scaled(upto, self.scale) + floor) {
                Some(beyond) if beyond < price_of(best[1]) => {
                    seen = edges.len();
                    self.rows.extend(row);
                }
                beyond => break beyond.unwrap_or(i32::MAX),
            }
        };
        let row_edges = self.rows.edges(row);
        let known = best.iter().take(KEPT).filter(|&&key| key < u64::MAX).count();
        let list = &mut self.shortlists[row];
        for (edge, &key) in list.edges.iter_mut().zip(&best[..known]) {
            *edge = row_edges[place_of(key)];
        }
        (list.length, list.bound) = (id(known), price_of(best[KEPT]).min(horizon));
        (price_of(best[0]), price_of(best[1]), list.edges[0].sink())
    }
}

#[inline]
fn keyed(value: i32, place: usize) -> u64 {
    u64::from(value.unsigned_abs()) << 32 | u64::from(id(place))
}

#[inline]
fn price_of(key: u64) -> i32 {
    i32::try_from(key >> 32).unwrap_or(i32::MAX)
}

#[inline]
fn place_of(key: u64) -> usize {
    usize::try_from(key & u64::from(u32::MAX)).unwrap_or(0)
}

/// Puts a number among sorted ones and drops the largest, without a branch.
#[inline]
fn insert(sorted: &mut [u64; KEPT + 1], mut number: u64) {
    for slot in sorted {
        (*slot, number) = ((*slot).min(number), (*slot).max(number));
    }
}

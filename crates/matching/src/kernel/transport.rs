//! Solves one transportation problem with the engine that suits it.

use super::auction;
use super::edge::{Edge, Huge, Narrow, Wide};
use super::paths::Paths;
use super::rows::{Rows, Supply};
use super::seats::Seats;
use super::{Failure, Stop};
use crate::numbers::id;

/// Units to be seated: unit `k` has the edges of row `row_of[k]`.
pub(crate) struct Problem<'a> {
    pub(crate) row_of: &'a [u32],
    pub(crate) capacities: &'a [u32],
    /// The largest cost that occurs.
    pub(crate) top: i64,
}

/// Prices and seats of an earlier answer to a similar problem. Any numbers are safe; good ones save work.
pub(crate) struct Hint {
    pub(crate) sink_prices: Vec<i64>,
    pub(crate) sink_of_unit: Vec<u32>,
}

/// Everybody seated at least total cost.
pub(crate) struct Solved {
    pub(crate) seats: Seats,
    pub(crate) sink_prices: Vec<i64>,
}

/// Rounds of row reduction before searching: more gave nothing on questionnaires.
const REDUCTIONS: usize = 4;

/// From this many units on prices are found by auction first: alternating trees of single searches grow too large.
const AUCTION_FROM: usize = 20_000;

/// Which width of edges a problem needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Width {
    Narrow,
    Wide,
    Huge,
}

impl Width {
    pub(crate) fn needed(top: i64, sinks: usize) -> Self {
        if top <= Narrow::TOP && sinks <= Narrow::SINKS {
            Self::Narrow
        } else if top <= Wide::TOP && sinks <= Wide::SINKS {
            Self::Wide
        } else {
            Self::Huge
        }
    }
}

/// Seats all units on edges of a given width.
pub(crate) fn solve<E: Edge, S: Supply<E>>(
    problem: &Problem,
    supply: S,
    hint: Option<&Hint>,
    stop: &Stop,
) -> Result<Solved, Failure> {
    let rows = Rows::<E, S>::new(supply, problem.top);
    let mut paths = Paths::new(rows, problem.row_of, problem.capacities)?;
    let waiting = if let Some(hint) = hint {
        paths.resume(&hint.sink_prices, &hint.sink_of_unit)
    } else if problem.row_of.len() >= AUCTION_FROM && E::TOP < Huge::TOP {
        match auction::prices(&mut paths.rows, problem, stop)? {
            Some(hint) => paths.resume(&hint.sink_prices, &hint.sink_of_unit),
            None => paths.start(REDUCTIONS),
        }
    } else {
        paths.start(REDUCTIONS)
    };
    paths.finish(&waiting, stop)?;
    let sink_prices = paths.sink_prices();
    Ok(Solved { seats: paths.seats, sink_prices })
}

/// Returns the numbers `0..count`: one unit per row.
pub(crate) fn one_each(count: usize) -> Vec<u32> {
    (0..id(count)).collect()
}

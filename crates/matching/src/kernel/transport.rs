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
    pub(crate) unit_prices: Vec<i64>,
}

/// From this many units on an auction may be worth its fixed cost.
const AUCTION_FROM: usize = 2_000;

/// Nodes per unit that single searches may visit; an auction costs about as much as a hundred visits per unit.
const PATIENCE: usize = 20;

/// With fewer than one spare seat for so many units the last searches walk through the whole part, which the first do
/// not foretell.
const TIGHT: usize = 16;

/// Such a part is auctioned without a search if more than one unit of so many has no seat at a cheapest sink.
const MANY: usize = 8;

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
    let units = problem.row_of.len();
    let large = units >= AUCTION_FROM && E::TOP < Huge::TOP && hint.is_none();
    let mut waiting = match hint {
        Some(hint) => paths.resume(&hint.sink_prices, &hint.sink_of_unit),
        None => paths.seat_cheaply(),
    };
    let tight = paths.seats.total().checked_sub(units).is_some_and(|spare| spare * TIGHT <= units);
    let searched = if large && tight && waiting.len() * MANY > units {
        false
    } else {
        if hint.is_none() {
            paths.reduce(&mut waiting);
        }
        paths.finish(&waiting, large.then_some(units * PATIENCE), stop)?
    };
    if !searched {
        // The auction has seats and prices of its own: these would double the memory.
        let mut rows = paths.into_rows();
        let hint = auction::prices(&mut rows, problem, stop)?;
        paths = Paths::new(rows, problem.row_of, problem.capacities)?;
        let waiting = match hint {
            Some(hint) => paths.resume(&hint.sink_prices, &hint.sink_of_unit),
            None => paths.start(),
        };
        paths.finish(&waiting, None, stop)?;
    }
    let (sink_prices, unit_prices) = (paths.sink_prices(), paths.unit_prices());
    Ok(Solved { seats: paths.seats, sink_prices, unit_prices })
}

/// Returns the numbers `0..count`: one unit per row.
pub(crate) fn one_each(count: usize) -> Vec<u32> {
    (0..id(count)).collect()
}

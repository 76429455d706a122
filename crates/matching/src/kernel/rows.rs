//! Rows of candidates, cheapest first, sorted only as far as somebody looks.
//!
//! Most mentees are placed with one of their best few candidates, so a long row is cut into bands of cost and a band
//! is collected and sorted when a search first needs it. A short row is sorted at once.

use super::edge::{Cost, Edge};

/// Rows up to this length are sorted at once: a second pass over them costs more than the sorting.
const SHORT: usize = 96;

/// Where rows come from: a candidate graph or a transposed part of one.
pub(crate) trait Supply<E: Edge> {
    fn rows(&self) -> usize;
    /// Returns the number of candidates, at most; a filter may leave fewer.
    fn size(&self, row: usize) -> usize;
    /// Returns the smallest cost of the row, or `None` for an empty row.
    fn cheapest(&self, row: usize) -> Option<i64>;
    /// Appends, unsorted, the edges with `after < cost <= upto`.
    fn band(&self, row: usize, after: i64, upto: i64, out: &mut Vec<E>);
}

struct Buffer<E> {
    edges: Vec<E>,
    upto: i64,
    width: i64,
    done: bool,
}

/// Rows of a supply, sorted lazily.
pub(crate) struct Rows<E, S> {
    supply: S,
    buffers: Vec<Buffer<E>>,
    top: i64,
}

impl<E: Edge, S: Supply<E>> Rows<E, S> {
    /// Sorts the first band of every row; `top` is the largest cost that occurs.
    pub(crate) fn new(supply: S, top: i64) -> Self {
        let buffers = (0..supply.rows()).map(|row| first_band(&supply, row, top)).collect();
        Self { supply, buffers, top }
    }

    pub(crate) fn top(&self) -> i64 {
        self.top
    }

    pub(crate) fn len(&self) -> usize {
        self.buffers.len()
    }

    /// Returns the number of edges, at most.
    pub(crate) fn pairs(&self) -> usize {
        (0..self.len()).map(|row| self.supply.size(row)).sum()
    }

    /// Appends all edges of a row, unsorted.
    pub(crate) fn whole(&self, row: usize, out: &mut Vec<E>) {
        self.supply.band(row, -1, self.top, out);
    }

    /// Returns what is sorted so far.
    #[inline]
    pub(crate) fn edges(&self, row: usize) -> &[E] {
        &self.buffers[row].edges
    }

    /// Says whether all edges up to `cost` are sorted already.
    #[inline]
    pub(crate) fn covers(&self, row: usize, cost: E::Cost) -> bool {
        let buffer = &self.buffers[row];
        buffer.done || buffer.upto >= cost.wide()
    }

    /// Returns the cost above which edges are still to be sorted, or `None` when the row is complete.
    #[inline]
    pub(crate) fn horizon(&self, row: usize) -> Option<E::Cost> {
        let buffer = &self.buffers[row];
        (!buffer.done).then(|| E::Cost::of(buffer.upto))
    }

    /// Sorts on until at least one more edge is known or the row is complete.
    #[inline(never)]
    pub(crate) fn extend(&mut self, row: usize) {
        let buffer = &mut self.buffers[row];
        let known = buffer.edges.len();
        while !buffer.done && buffer.edges.len() == known {
            let upto = buffer.upto.saturating_add(buffer.width).min(self.top);
            self.supply.band(row, buffer.upto, upto, &mut buffer.edges);
            buffer.upto = upto;
            buffer.width = buffer.width.saturating_mul(2);
            buffer.done = upto >= self.top;
        }
        buffer.edges[known..].sort_unstable();
    }
}

fn first_band<E: Edge, S: Supply<E>>(supply: &S, row: usize, top: i64) -> Buffer<E> {
    let size = supply.size(row);
    let mut edges = Vec::new();
    if size <= SHORT {
        edges.reserve_exact(size);
        supply.band(row, -1, top, &mut edges);
        edges.sort_unstable();
        return Buffer { edges, upto: top, width: 1, done: true };
    }
    let Some(cheapest) = supply.cheapest(row) else {
        return Buffer { edges, upto: top, width: 1, done: true };
    };
    // About eight edges if costs were spread evenly; the width doubles with every further band.
    let width = (top - cheapest + 1) * 8 / crate::numbers::signed(size);
    let upto = (cheapest + width).min(top);
    supply.band(row, cheapest - 1, upto, &mut edges);
    edges.sort_unstable();
    Buffer { edges, upto, width: width.max(1), done: upto >= top }
}

/// Rows that stand ready in one array: transposed parts and composite costs.
pub(crate) struct Flat<E> {
    pub(crate) offsets: Vec<usize>,
    pub(crate) edges: Vec<E>,
}

impl<E: Edge> Supply<E> for Flat<E> {
    fn rows(&self) -> usize {
        self.offsets.len() - 1
    }

    fn size(&self, row: usize) -> usize {
        self.offsets[row + 1] - self.offsets[row]
    }

    fn cheapest(&self, row: usize) -> Option<i64> {
        self.row(row).iter().min().map(|edge| edge.cost().wide())
    }

    fn band(&self, row: usize, after: i64, upto: i64, out: &mut Vec<E>) {
        let row = self.row(row);
        if after < 0 && row.len() <= SHORT {
            out.extend(row.iter().filter(|edge| edge.cost().wide() <= upto));
            return;
        }
        let (after, upto) = (E::Cost::of(after), E::Cost::of(upto));
        let wanted = |edge: &E| edge.cost() > after && edge.cost() <= upto;
        for chunk in row.chunks(32) {
            // The first test has no branches and is vectorised; most chunks of a long row hold nothing of a band.
            if chunk.iter().fold(false, |any, edge| any | wanted(edge)) {
                out.extend(chunk.iter().copied().filter(wanted));
            }
        }
    }
}

impl<E> Flat<E> {
    pub(crate) fn row(&self, row: usize) -> &[E] {
        &self.edges[self.offsets[row]..self.offsets[row + 1]]
    }
}

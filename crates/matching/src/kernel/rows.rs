//! Rows of candidates, cheapest first, sorted only as far as somebody looks.
//!
//! Most mentees are placed with one of their best few candidates, so a long row is cut into bands of cost and a band
//! is collected and sorted when a search first needs it. A short row is sorted at once.

use prefetch_index::prefetch_index;

use super::edge::{Cost, Edge};
use crate::numbers::{at, id};

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

/// Where the sorted edges of a row stand.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    length: u32,
    done: bool,
}

/// How far a row is sorted.
#[derive(Clone, Copy)]
struct Band {
    upto: i64,
    width: i64,
}

/// Rows of a supply, sorted lazily, one behind the other in one array.
pub(crate) struct Rows<E, S> {
    supply: S,
    edges: Vec<E>,
    places: Vec<Place>,
    bands: Vec<Band>,
    top: i64,
}

impl<E: Edge, S: Supply<E>> Rows<E, S> {
    /// Sorts the first band of every row; `top` is the largest cost that occurs.
    pub(crate) fn new(supply: S, top: i64) -> Self {
        let count = supply.rows();
        let at_once = (0..count).map(|row| supply.size(row)).filter(|&size| size <= SHORT).sum();
        let (places, bands) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut rows = Self { supply, edges: Vec::with_capacity(at_once), places, bands, top };
        (0..count).for_each(|row| rows.first_band(row));
        rows
    }

    fn first_band(&mut self, row: usize) {
        let (size, start) = (self.supply.size(row), self.edges.len());
        let mut band = Band { upto: self.top, width: 1 };
        if size <= SHORT {
            self.supply.band(row, -1, self.top, &mut self.edges);
        } else if let Some(cheapest) = self.supply.cheapest(row) {
            // About eight edges if costs were spread evenly; the width doubles with every further band.
            let width = (self.top - cheapest + 1) * 8 / crate::numbers::signed(size);
            band = Band { upto: (cheapest + width).min(self.top), width: width.max(1) };
            self.supply.band(row, cheapest - 1, band.upto, &mut self.edges);
        }
        self.edges[start..].sort_unstable();
        let length = id(self.edges.len() - start);
        self.places.push(Place { start, length, done: band.upto >= self.top });
        self.bands.push(band);
    }

    pub(crate) fn top(&self) -> i64 {
        self.top
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
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
        let place = self.places[row];
        &self.edges[place.start..][..at(place.length)]
    }

    /// Asks the memory for the place of a row; [`Self::foresee_edges`] follows some time later.
    #[inline]
    pub(crate) fn foresee(&self, row: usize) {
        prefetch_index(&self.places, row);
    }

    /// Asks the memory for the first edges of a row.
    #[inline]
    pub(crate) fn foresee_edges(&self, row: usize) {
        let start = self.places[row].start;
        prefetch_index(&self.edges, start);
        prefetch_index(&self.edges, start + 64 / size_of::<E>());
    }

    /// Says whether all edges up to `cost` are sorted already.
    #[inline]
    pub(crate) fn covers(&self, row: usize, cost: E::Cost) -> bool {
        self.places[row].done || self.bands[row].upto >= cost.wide()
    }

    /// Returns the cost above which edges are still to be sorted, or `None` when the row is complete.
    #[inline]
    pub(crate) fn horizon(&self, row: usize) -> Option<E::Cost> {
        (!self.places[row].done).then(|| E::Cost::of(self.bands[row].upto))
    }

    /// Sorts on until at least one more edge is known or the row is complete.
    #[inline(never)]
    pub(crate) fn extend(&mut self, row: usize) {
        let (place, band) = (&mut self.places[row], &mut self.bands[row]);
        let known = place.start..place.start + at(place.length);
        if known.end < self.edges.len() {
            // The row moves behind all others; widths double, so little is moved more than once.
            place.start = self.edges.len();
            self.edges.extend_from_within(known);
        }
        let end = self.edges.len();
        while !place.done && self.edges.len() == end {
            let upto = band.upto.saturating_add(band.width).min(self.top);
            self.supply.band(row, band.upto, upto, &mut self.edges);
            band.upto = upto;
            band.width = band.width.saturating_mul(2);
            place.done = upto >= self.top;
        }
        self.edges[end..].sort_unstable();
        place.length = id(self.edges.len() - place.start);
    }
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

//! Rows of candidates, cheapest first, sorted only as far as somebody looks.
//!
//! Most mentees are placed with one of their best few candidates, so a long row is cut into bands of cost and a band
//! is collected and sorted when a search first needs it. A short row is sorted at once.

use prefetch_index::prefetch_index;

use super::chunks::{chunks_within, marks, places};
use super::edge::{Cost, Edge};
use crate::graph::CHUNK;
use crate::numbers::{NONE, at, id};

/// Rows up to this length are sorted at once: a second pass over them costs more than the sorting.
const SHORT: usize = 96;

/// A first band has at least so many edges: most units never need more, and coming back to a row means to wait for
/// memory again.
const ENOUGH: usize = 6;

/// Where rows come from: a candidate graph or a transposed part of one.
pub(crate) trait Supply<E: Edge> {
    fn rows(&self) -> usize;
    /// Returns the number of candidates, at most; a filter may leave fewer.
    fn size(&self, row: usize) -> usize;
    /// Appends all edges of a row, unsorted.
    fn whole(&self, row: usize, out: &mut Vec<E>);
    /// Appends, for every [`CHUNK`] candidates of a row, a cost below which none of them is.
    fn floors(&self, row: usize, out: &mut Vec<E::Cost>);
    /// Appends, unsorted, the edges with `after < cost <= upto`; `floors` are those of this row.
    fn band(&self, row: usize, floors: &[E::Cost], after: i64, upto: i64, out: &mut Vec<E>);
}

/// Where the sorted edges of a row stand.
#[derive(Clone, Copy)]
struct Place {
    start: usize,
    length: u32,
    /// How far a long row is sorted, [`NONE`] when it is complete.
    band: u32,
}

/// How far a long row is sorted.
#[derive(Clone, Copy)]
struct Band {
    upto: i64,
    width: i64,
    /// Where the floors of the row stand.
    floors: usize,
}

/// Rows of a supply, sorted lazily, one behind the other in one array.
pub(crate) struct Rows<E: Edge, S> {
    supply: S,
    edges: Vec<E>,
    places: Vec<Place>,
    bands: Vec<Band>,
    floors: Vec<E::Cost>,
    top: i64,
}

impl<E: Edge, S: Supply<E>> Rows<E, S> {
    /// Sorts the first band of every row; `top` is the largest cost that occurs.
    pub(crate) fn new(supply: S, top: i64) -> Self {
        let count = supply.rows();
        let long = |row: usize| supply.size(row) > SHORT;
        let at_once: usize = (0..count).filter(|&row| !long(row)).map(|row| supply.size(row)).sum();
        let chunks: usize = (0..count).filter(|&row| long(row)).map(|row| supply.size(row).div_ceil(CHUNK)).sum();
        let (places, bands) = (Vec::with_capacity(count), Vec::new());
        let (edges, floors) = (Vec::with_capacity(at_once + count * 2 * ENOUGH), Vec::with_capacity(chunks));
        let mut rows = Self { supply, edges, places, bands, floors, top };
        (0..count).for_each(|row| rows.first_band(row));
        rows
    }

    fn first_band(&mut self, row: usize) {
        let (size, start, floors) = (self.supply.size(row), self.edges.len(), self.floors.len());
        let mut known = NONE;
        if size <= SHORT {
            self.supply.whole(row, &mut self.edges);
        } else {
            self.supply.floors(row, &mut self.floors);
            let kept = &self.floors[floors..];
            // Some eight edges would be in such a step if costs were spread evenly.
            let step = (self.top * 8 / crate::numbers::signed(size)).max(1);
            let (cheapest, upto) = reach(kept, step, self.top);
            let mut band = Band { upto: cheapest - 1, width: upto - cheapest + 1, floors };
            while band.upto < self.top && self.edges.len() == start {
                band.next(&self.supply, row, kept, self.top, &mut self.edges);
            }
            if band.upto < self.top {
                band.width = (upto - cheapest).max(1);
                known = id(self.bands.len());
                self.bands.push(band);
            }
        }
        self.edges[start..].sort_unstable();
        self.places.push(Place { start, length: id(self.edges.len() - start), band: known });
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
        self.supply.whole(row, out);
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
        self.band(row).is_none_or(|band| band.upto >= cost.wide())
    }

    /// Returns the cost above which edges are still to be sorted, or `None` when the row is complete.
    #[inline]
    pub(crate) fn horizon(&self, row: usize) -> Option<E::Cost> {
        self.band(row).map(|band| E::Cost::of(band.upto))
    }

    #[inline]
    fn band(&self, row: usize) -> Option<&Band> {
        let band = self.places[row].band;
        (band != NONE).then(|| &self.bands[at(band)])
    }

    /// Sorts on until at least one more edge is known or the row is complete.
    #[inline(never)]
    pub(crate) fn extend(&mut self, row: usize) {
        let place = &mut self.places[row];
        let Some(band) = self.bands.get_mut(at(place.band)) else { return };
        let known = place.start..place.start + at(place.length);
        if known.end < self.edges.len() {
            // The row moves behind all others; widths double, so little is moved more than once.
            place.start = self.edges.len();
            self.edges.extend_from_within(known);
        }
        let end = self.edges.len();
        let floors = &self.floors[band.floors..][..self.supply.size(row).div_ceil(CHUNK)];
        while band.upto < self.top && self.edges.len() == end {
            band.next(&self.supply, row, floors, self.top, &mut self.edges);
        }
        if band.upto >= self.top {
            place.band = NONE;
        }
        self.edges[end..].sort_unstable();
        place.length = id(self.edges.len() - place.start);
    }
}

/// Returns the least floor and a cost up to which a row has [`ENOUGH`] edges, or as many as it has chunks; `step` is
/// the smallest step in which that is looked for.
fn reach<C: Cost>(floors: &[C], step: i64, top: i64) -> (i64, i64) {
    let cheapest = floors.iter().fold(C::MAX, |least, &floor| least.min(floor)).wide();
    let wanted = ENOUGH.min(floors.len());
    let mut width = 0;
    loop {
        let upto = C::of(cheapest.saturating_add(width).min(top));
        // Counted in the width of the numbers compared, which is vectorised.
        let count =
            floors.iter().fold(C::default(), |count, &floor| count + C::choose(floor <= upto, C::ONE, C::default()));
        if count.wide() >= crate::numbers::signed(wanted) || upto.wide() >= top {
            return (cheapest, upto.wide());
        }
        width = width.saturating_add((width / 2).max(step));
    }
}

impl Band {
    /// Collects the next band and makes the one after it twice as wide.
    fn next<E: Edge>(&mut self, supply: &impl Supply<E>, row: usize, floors: &[E::Cost], top: i64, out: &mut Vec<E>) {
        let upto = self.upto.saturating_add(self.width).min(top);
        supply.band(row, floors, self.upto, upto, out);
        self.upto = upto;
        self.width = self.width.saturating_mul(2);
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

    fn whole(&self, row: usize, out: &mut Vec<E>) {
        out.extend_from_slice(self.row(row));
    }

    fn floors(&self, row: usize, out: &mut Vec<E::Cost>) {
        // Edges order by cost first. A fold over numbers is vectorised, `min` over references is not.
        let (chunks, rest) = self.row(row).as_chunks::<CHUNK>();
        out.extend(chunks.iter().map(|chunk| chunk.iter().fold(chunk[0], |least, &edge| least.min(edge)).cost()));
        out.extend(rest.iter().min().map(|edge| edge.cost()));
    }

    fn band(&self, row: usize, floors: &[E::Cost], after: i64, upto: i64, out: &mut Vec<E>) {
        let (after, upto) = (E::Cost::of(after), E::Cost::of(upto));
        let row = self.row(row);
        for start in chunks_within(row, floors, upto) {
            let chunk = &row[start..row.len().min(start + CHUNK)];
            let wanted = marks(chunk, |edge| edge.cost() > after && edge.cost() <= upto);
            out.extend(places(wanted).map(|place| chunk[at(place)]));
        }
    }
}

impl<E> Flat<E> {
    pub(crate) fn row(&self, row: usize) -> &[E] {
        &self.edges[self.offsets[row]..self.offsets[row + 1]]
    }
}

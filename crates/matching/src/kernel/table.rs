//! Rows of a dense part with costs of a byte, one for every sink.

use super::chunks::{chunks_within, marks, places};
use super::edge::{Cost, Edge};
use super::rows::Supply;
use crate::graph::CHUNK;
use crate::numbers::{at, id};

/// Stands in a [`Table`] where there is no edge.
pub(crate) const MISSING: u8 = u8::MAX;

/// A quarter of the memory of edges, to write and to read.
pub(crate) struct Table {
    pub(crate) width: usize,
    pub(crate) costs: Vec<u8>,
}

impl Table {
    fn row(&self, row: usize) -> &[u8] {
        &self.costs[row * self.width..][..self.width]
    }
}

impl<E: Edge> Supply<E> for Table {
    fn rows(&self) -> usize {
        self.costs.len() / self.width
    }

    fn size(&self, _row: usize) -> usize {
        self.width
    }

    fn whole(&self, row: usize, out: &mut Vec<E>) {
        let edges = (0..).zip(self.row(row)).filter(|&(_, &cost)| cost != MISSING);
        out.extend(edges.map(|(sink, &cost)| E::new(i64::from(cost), sink)));
    }

    fn floors(&self, row: usize, out: &mut Vec<E::Cost>) {
        let least = |chunk: &[u8]| chunk.iter().fold(MISSING, |least, &cost| least.min(cost));
        out.extend(self.row(row).chunks(CHUNK).map(|chunk| E::Cost::of(i64::from(least(chunk)))));
    }

    fn band(&self, row: usize, floors: &[E::Cost], after: i64, upto: i64, out: &mut Vec<E>) {
        let row = self.row(row);
        let byte = |cost: i64| u8::try_from(cost).unwrap_or(if cost < 0 { 0 } else { MISSING - 1 });
        let from = byte(after + 1);
        let width = byte(upto).saturating_sub(from);
        for start in chunks_within(row, floors, E::Cost::of(upto)) {
            let chunk = &row[start..row.len().min(start + CHUNK)];
            let wanted = marks(chunk, |cost| cost.wrapping_sub(from) <= width);
            out.extend(places(wanted).map(|place| E::new(i64::from(chunk[at(place)]), id(start) + place)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MISSING, Table};
    use crate::kernel::edge::{Edge, Narrow};
    use crate::kernel::rows::{Flat, Rows, Supply};

    /// Returns how a row grows until it is complete.
    fn growth<S: Supply<Narrow>>(supply: S, row: usize) -> Vec<Vec<(i32, usize)>> {
        let mut rows = Rows::new(supply, i64::from(MISSING) - 1);
        let edges = |rows: &Rows<Narrow, S>| rows.edges(row).iter().map(|edge| (edge.cost(), edge.sink())).collect();
        let mut growth: Vec<Vec<(i32, usize)>> = vec![edges(&rows)];
        while rows.horizon(row).is_some() {
            rows.extend(row);
            growth.push(edges(&rows));
        }
        growth
    }

    #[test]
    fn a_row_of_bytes_gives_its_edges_in_bands_of_rising_cost() {
        for (width, step) in [(97, 5), (200, 91), (1500, 7), (40, 3)] {
            let costs: Vec<u8> = (0..2 * width).map(|cell| u8::try_from(cell * step % 256).unwrap()).collect();
            let mut flat = Flat { offsets: vec![0], edges: Vec::new() };
            for row in costs.chunks(width) {
                let edges = (0..).zip(row).filter(|&(_, &cost)| cost != MISSING);
                flat.edges.extend(edges.map(|(sink, &cost)| Narrow::new(i64::from(cost), sink)));
                flat.offsets.push(flat.edges.len());
            }
            let last = growth(flat, 1).pop().unwrap();
            let growth = growth(Table { width, costs }, 1);
            assert!(last.is_sorted() && growth.last() == Some(&last), "{width} sinks");
            assert!(growth.iter().all(|part| last.starts_with(part)), "{width} sinks");
            assert!(width < 1500 || growth.len() > 2, "a long row is not sorted at once");
        }
    }
}

//! A table with the questions the reading asks of it.

use documents::tables::Table;

use super::{Place, PrintedCell};

#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub table: &'a Table,
    pub index: usize,
}

impl<'a> Sheet<'a> {
    pub fn height(self) -> usize {
        self.table.rows.len()
    }

    /// The widest row, whatever the reader of the file promised.
    pub fn width(self) -> usize {
        self.table.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    pub fn place(self, row: usize) -> Place {
        Place { table: self.index, row }
    }

    /// The trimmed text seen at a place, of the covering cell where cells are merged.
    pub fn text(self, row: usize, column: usize) -> &'a str {
        self.table.text(row, column).trim()
    }

    /// Where the cell seen at a place begins.
    pub fn origin(self, row: usize, column: usize) -> (usize, usize) {
        let cell = self.table.rows.get(row).and_then(|cells| cells.get(column));
        cell.and_then(|cell| cell.covered_by).unwrap_or((row, column))
    }

    /// The cells that begin in a row and are not blank.
    pub fn own(self, row: usize) -> Vec<(usize, &'a str)> {
        (0..self.width())
            .filter(|column| self.table.is_origin(row, *column))
            .map(|column| (column, self.text(row, column)))
            .filter(|(_, text)| !text.is_empty())
            .collect()
    }

    /// How many columns of its first row a cell takes.
    pub fn columns_taken(self, row: usize, column: usize) -> usize {
        1 + (column + 1..self.width()).take_while(|other| self.origin(row, *other) == (row, column)).count()
    }

    pub fn printed(self, row: usize, column: usize, text: &str) -> PrintedCell {
        PrintedCell { place: self.place(row), column, text: text.to_owned() }
    }
}

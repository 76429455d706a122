//! Rows of a Word table with their spans become cells of a [`Grid`].

use std::collections::BTreeMap;

use super::super::grid::{Grid, Merge, Spent};
use super::super::{Limits, Table, Unreadable};

/// A table while its rows are read.
pub struct Rows<'a> {
    grid: Grid<'a>,
    title: Option<String>,
    row: usize,
    column: usize,
    /// Cells merged down that may go on in the next row, by their first column.
    open: BTreeMap<usize, Merge>,
    /// What is known of the row being read.
    deleted: bool,
    skipped_after: usize,
    pub cell: WordCell,
}

/// What a cell says of itself before its text.
#[derive(Default)]
pub struct WordCell {
    pub span: usize,
    pub down: Down,
    /// The old way to merge across: this cell belongs to the one on its left.
    pub continues_left: bool,
    pub text: String,
}

/// A cell's part in a merge down.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Down {
    #[default]
    Alone,
    Begins,
    Continues,
}

impl<'a> Rows<'a> {
    pub fn new(limits: &'a Limits, title: Option<String>) -> Self {
        Self {
            grid: Grid::new(limits),
            title,
            row: 0,
            column: 0,
            open: BTreeMap::new(),
            deleted: false,
            skipped_after: 0,
            cell: WordCell::default(),
        }
    }

    pub fn begin_row(&mut self) {
        self.column = 0;
        self.deleted = false;
        self.skipped_after = 0;
    }

    /// Marks the row as struck out by a tracked change: it is not there for who reads the result.
    pub fn delete_row(&mut self) {
        self.deleted = true;
    }

    pub fn row_is_deleted(&self) -> bool {
        self.deleted
    }

    /// Leaves columns of the grid empty before the row's first cell, as one cell without text.
    pub fn skip_before(&mut self, columns: usize) -> Result<(), Unreadable> {
        if columns > 0 && self.column == 0 && !self.deleted {
            self.grid.reach(self.row, columns - 1)?;
            self.grid.merge(Merge { row: self.row, column: 0, rows: 1, columns })?;
            self.column = columns;
        }
        Ok(())
    }

    /// Leaves columns of the grid empty after the row's last cell.
    pub fn skip_after(&mut self, columns: usize) {
        self.skipped_after = columns;
    }

    pub fn begin_cell(&mut self) {
        self.cell = WordCell { span: 1, ..WordCell::default() };
    }

    pub fn end_cell(&mut self) -> Result<(), Unreadable> {
        let cell = std::mem::take(&mut self.cell);
        if self.deleted {
            return Ok(());
        }
        let (row, column, columns) = (self.row, self.column, cell.span.max(1));
        self.grid.reach(row, column.saturating_add(columns - 1))?;
        self.column += columns;
        if cell.down == Down::Continues
            && let Some(above) = self.open.get_mut(&column)
            && above.row + above.rows == row
        {
            above.rows += 1;
            return Ok(());
        }
        let mut merge = Merge { row, column, rows: 1, columns };
        if cell.continues_left && column > 0 {
            merge = Merge { row, column: column - 1, rows: 1, columns: columns + 1 };
            self.grid.merge(merge)?;
            return Ok(());
        }
        self.grid.put(row, column, &cell.text)?;
        let finished = match cell.down {
            Down::Begins => self.open.insert(column, merge),
            Down::Alone | Down::Continues => {
                self.grid.merge(merge)?;
                self.open.remove(&column)
            }
        };
        finished.map_or(Ok(()), |merge| self.grid.merge(merge))
    }

    pub fn end_row(&mut self) -> Result<(), Unreadable> {
        if self.deleted {
            return Ok(());
        }
        if self.skipped_after > 0 {
            self.grid.reach(self.row, self.column.saturating_add(self.skipped_after - 1))?;
            let columns = self.skipped_after;
            self.grid.merge(Merge { row: self.row, column: self.column, rows: 1, columns })?;
        }
        self.row += 1;
        let row = self.row;
        let ended = self.open.extract_if(.., |_, merge| merge.row + merge.rows < row);
        for (_, merge) in ended.collect::<Vec<_>>() {
            self.grid.merge(merge)?;
        }
        Ok(())
    }

    pub fn finish(mut self, spent: &mut Spent) -> Result<Option<Table>, Unreadable> {
        for (_, merge) in std::mem::take(&mut self.open) {
            self.grid.merge(merge)?;
        }
        self.grid.finish(self.title, spent)
    }
}

//! Tables with merged cells, described as in HTML: a covered cell is simply not listed.

use serde::{Deserialize, Serialize};

use super::{Align, Paragraph, Run, Unwritable};

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableBlock {
    /// Widths of the columns as shares of the whole: 1, 4, 2 gives the second column four sevenths.
    pub columns: Vec<u32>,
    /// How many of the first rows are repeated on every page.
    pub header_rows: usize,
    /// Cells in reading order; one that is covered from above or from the left is left out, missing ones are empty.
    pub rows: Vec<Vec<TableCell>>,
}

/// A cell, possibly merged across columns and down rows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableCell {
    pub paragraphs: Vec<Paragraph>,
    pub across: usize,
    pub down: usize,
}

/// What stands at a place of a laid out row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// A cell begins here; `down` is how many rows it really takes.
    Cell { cell: &'a TableCell, across: usize, down: usize },
    /// A cell that began above goes on here.
    Continued { across: usize },
    /// No cell was given.
    Empty,
}

impl TableBlock {
    /// Begins a table with columns of these shares of the width.
    pub fn new(columns: &[u32]) -> Self {
        Self { columns: columns.to_vec(), header_rows: 0, rows: Vec::new() }
    }

    /// Adds a bold, centred row that is repeated on every page; rows of a header come before all others.
    #[must_use]
    pub fn header<T: Into<TableCell>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        let cells = cells.into_iter().map(|cell| cell.into().bold().aligned(Align::Centre)).collect();
        self.rows.insert(self.header_rows, cells);
        self.header_rows += 1;
        self
    }

    /// Adds a row.
    #[must_use]
    pub fn row<T: Into<TableCell>>(mut self, cells: impl IntoIterator<Item = T>) -> Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Lays the cells out: for every row its places from left to right, which together fill the width.
    pub fn layout(&self) -> Result<Vec<Vec<Place<'_>>>, Unwritable> {
        let width = self.columns.len();
        if width == 0 {
            return Err(Unwritable::NoColumns);
        }
        // For every column: across and how many more rows the cell above takes, kept at its first column.
        let mut above = vec![(0, 0); width];
        let mut rows = Vec::with_capacity(self.rows.len());
        for (index, cells) in self.rows.iter().enumerate() {
            rows.push(lay_out_row(cells, &mut above, self.rows.len() - index, index)?);
        }
        Ok(rows)
    }
}

fn lay_out_row<'a>(
    cells: &'a [TableCell],
    above: &mut [(usize, usize)],
    rows_left: usize,
    row: usize,
) -> Result<Vec<Place<'a>>, Unwritable> {
    let mut places = Vec::new();
    let mut cells = cells.iter();
    let mut column = 0;
    while let Some(&(covered, more)) = above.get(column) {
        if more > 0 {
            above[column].1 = more - 1;
            places.push(Place::Continued { across: covered });
            column += covered;
            continue;
        }
        let Some(cell) = cells.next() else {
            places.push(Place::Empty);
            column += 1;
            continue;
        };
        let (across, down) = (cell.across.max(1), cell.down.clamp(1, rows_left));
        let free = above.iter().skip(column).take(across).filter(|(_, more)| *more == 0).count();
        if free < across {
            return Err(Unwritable::RowTooWide { row: row + 1 });
        }
        above[column] = (across, down - 1);
        places.push(Place::Cell { cell, across, down });
        column += across;
    }
    if cells.next().is_some() { Err(Unwritable::RowTooWide { row: row + 1 }) } else { Ok(places) }
}

impl TableCell {
    /// Makes a cell of plain text, a paragraph per line.
    pub fn text(text: impl AsRef<str>) -> Self {
        let paragraphs = text.as_ref().split('\n').map(|line| Paragraph::text(line).aligned(Align::Start)).collect();
        Self { paragraphs, across: 1, down: 1 }
    }

    /// Merges the cell with those on its right, `columns` in all.
    #[must_use]
    pub fn across(self, columns: usize) -> Self {
        Self { across: columns, ..self }
    }

    /// Merges the cell with those below, `rows` in all.
    #[must_use]
    pub fn down(self, rows: usize) -> Self {
        Self { down: rows, ..self }
    }

    #[must_use]
    pub fn aligned(mut self, align: Align) -> Self {
        for paragraph in &mut self.paragraphs {
            paragraph.align = align;
        }
        self
    }

    #[must_use]
    pub fn bold(mut self) -> Self {
        for run in self.paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.runs) {
            run.bold = true;
        }
        self
    }
}

impl From<&str> for TableCell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for TableCell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<Run> for TableCell {
    fn from(run: Run) -> Self {
        Self { paragraphs: vec![Paragraph::new([run]).aligned(Align::Start)], across: 1, down: 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_a_layout_fills_the_width() {
        let table = TableBlock::new(&[1, 1, 1])
            .row([TableCell::text("а").down(2), TableCell::text("б").across(2)])
            .row([TableCell::text("в")])
            .row(["г"]);
        let widths: Vec<usize> = table.layout().unwrap().iter().map(|row| row.iter().map(width).sum()).collect();
        assert_eq!(widths, [3, 3, 3]);
    }

    #[test]
    fn a_cell_merged_past_the_last_row_ends_with_the_table() {
        let table = TableBlock::new(&[1]).row([TableCell::text("а").down(9)]);
        assert!(matches!(table.layout().unwrap()[0][0], Place::Cell { down: 1, .. }));
    }

    #[test]
    fn a_row_wider_than_the_table_is_refused() {
        let too_many = TableBlock::new(&[1, 1]).row(["а", "б", "в"]);
        let too_wide = TableBlock::new(&[1, 1]).row([TableCell::text("а").across(3)]);
        let collides = TableBlock::new(&[1, 1, 1])
            .row([TableCell::text("а"), TableCell::text("б").down(2)])
            .row([TableCell::text("в").across(2)]);
        assert_eq!(too_many.layout(), Err(Unwritable::RowTooWide { row: 1 }));
        assert_eq!(too_wide.layout(), Err(Unwritable::RowTooWide { row: 1 }));
        assert_eq!(collides.layout(), Err(Unwritable::RowTooWide { row: 2 }));
    }

    #[test]
    fn a_header_added_late_still_stands_first() {
        let table = TableBlock::new(&[1]).row(["строка"]).header(["шапка"]);
        assert_eq!(table.rows[0][0].paragraphs[0].runs[0], Run::bold("шапка"));
    }

    fn width(place: &Place<'_>) -> usize {
        match place {
            Place::Cell { across, .. } | Place::Continued { across } => *across,
            Place::Empty => 1,
        }
    }
}

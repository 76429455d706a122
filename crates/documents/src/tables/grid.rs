//! Cells gathered in any order become a rectangular [`Table`].

use std::collections::HashSet;

use super::{Cell, Limits, Table, Unreadable};

/// What all tables of one file have used of its bounds.
#[derive(Default)]
pub struct Spent {
    tables: usize,
    cells: usize,
    text: usize,
}

/// A table while it is being read: sparse, so that a cell in the far corner costs nothing until it is accepted.
pub struct Grid<'a> {
    limits: &'a Limits,
    cells: Vec<(usize, usize, String)>,
    merges: Vec<Merge>,
    height: usize,
    width: usize,
    text: usize,
}

/// A merged cell: its top left corner and how many rows and columns it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merge {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

impl<'a> Grid<'a> {
    /// Begins an empty table.
    pub fn new(limits: &'a Limits) -> Self {
        Self { limits, cells: Vec::new(), merges: Vec::new(), height: 0, width: 0, text: 0 }
    }

    /// Widens the table to hold a place, even an empty one.
    pub fn reach(&mut self, row: usize, column: usize) -> Result<(), Unreadable> {
        if row >= self.limits.rows {
            return Err(Unreadable::TooManyRows { limit: self.limits.rows });
        }
        if column >= self.limits.columns {
            return Err(Unreadable::TooManyColumns { limit: self.limits.columns });
        }
        self.height = self.height.max(row + 1);
        self.width = self.width.max(column + 1);
        if self.height.saturating_mul(self.width) > self.limits.cells {
            return Err(Unreadable::TooManyCells { limit: self.limits.cells });
        }
        Ok(())
    }

    /// Puts a text at a place; an empty one leaves no trace.
    pub fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), Unreadable> {
        let text = tidy(text);
        if text.is_empty() {
            return Ok(());
        }
        self.reach(row, column)?;
        check_length(&text, self.limits)?;
        self.text = self.text.saturating_add(text.len());
        if self.text > self.limits.text {
            return Err(Unreadable::TooMuchText);
        }
        self.cells.push((row, column, text));
        if self.cells.len() > self.limits.cells {
            return Err(Unreadable::TooManyCells { limit: self.limits.cells });
        }
        Ok(())
    }

    /// Notes a merged cell; what of it lies outside the table is cut off at the end.
    pub fn merge(&mut self, merge: Merge) -> Result<(), Unreadable> {
        if merge.rows > 1 || merge.columns > 1 {
            self.merges.push(merge);
        }
        if self.merges.len() > self.limits.cells {
            return Err(Unreadable::TooManyCells { limit: self.limits.cells });
        }
        Ok(())
    }

    /// Makes the table, or `None` when no cell has a text.
    pub fn finish(self, title: Option<String>, spent: &mut Spent) -> Result<Option<Table>, Unreadable> {
        if self.cells.is_empty() {
            return Ok(None);
        }
        spent.tables += 1;
        spent.cells = spent.cells.saturating_add(self.height * self.width);
        spent.text = spent.text.saturating_add(self.text);
        if spent.tables > self.limits.tables {
            return Err(Unreadable::TooManyTables { limit: self.limits.tables });
        }
        if spent.cells > self.limits.cells {
            return Err(Unreadable::TooManyCells { limit: self.limits.cells });
        }
        if spent.text > self.limits.text {
            return Err(Unreadable::TooMuchText);
        }
        let mut rows = vec![vec![Cell::default(); self.width]; self.height];
        for (row, column, text) in self.cells {
            if let Some(cell) = rows.get_mut(row).and_then(|row| row.get_mut(column)) {
                cell.text = text;
            }
        }
        let mut origins = HashSet::new();
        for merge in self.merges {
            cover(&mut rows, merge, &origins);
            origins.insert((merge.row, merge.column));
        }
        drop_seams(&mut rows);
        Ok(Some(Table { title, rows }))
    }
}

/// Refuses a text longer than a cell may hold.
pub fn check_length(text: &str, limits: &Limits) -> Result<(), Unreadable> {
    // A character takes at most four bytes: counting is needed only for texts that may be too long.
    if text.len() > limits.cell_text && text.chars().count() > limits.cell_text {
        return Err(Unreadable::CellTooLong { limit: limits.cell_text });
    }
    Ok(())
}

/// Covers the cells of a merge up to the first one that another merge has: overlapping ones come only from broken files.
///
/// Every cell is covered once, so the work is bounded by the table, and a covering cell is never covered itself.
fn cover(rows: &mut [Vec<Cell>], merge: Merge, origins: &HashSet<(usize, usize)>) {
    let origin = (merge.row, merge.column);
    if rows.get(merge.row).and_then(|row| row.get(merge.column)).is_none_or(|cell| cell.covered_by.is_some()) {
        return;
    }
    for (r, row) in rows.iter_mut().enumerate().skip(merge.row).take(merge.rows) {
        let places = row.iter_mut().enumerate().skip(merge.column).take(merge.columns);
        for (c, cell) in places.filter(|(c, _)| (r, *c) != origin) {
            if cell.covered_by.is_some() || origins.contains(&(r, c)) {
                return;
            }
            *cell = Cell { text: String::new(), covered_by: Some(origin) };
        }
    }
}

/// Drops columns in which no cell begins: seams left by a border that somebody moved by a millimetre in one row.
fn drop_seams(rows: &mut [Vec<Cell>]) {
    let width = rows.first().map_or(0, Vec::len);
    let begins = |rows: &[Vec<Cell>], column: usize| {
        rows.iter().any(|row| row.get(column).is_none_or(|cell| cell.covered_by.is_none_or(|(_, c)| c == column)))
    };
    let seams: HashSet<usize> = (0..width).filter(|&column| !begins(rows, column)).collect();
    if seams.is_empty() {
        return;
    }
    let moved: Vec<usize> =
        (0..width).map(|column| column - seams.iter().filter(|&&seam| seam < column).count()).collect();
    for row in rows {
        let mut column = 0;
        row.retain(|_| {
            column += 1;
            !seams.contains(&(column - 1))
        });
        for cell in row {
            if let Some((_, column)) = &mut cell.covered_by {
                *column = moved.get(*column).copied().unwrap_or(*column);
            }
        }
    }
}

/// Trims a text and its lines, drops empty lines and characters that nobody sees.
pub fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for line in text.lines() {
        let start = tidied.len();
        if start > 0 {
            tidied.push('\n');
        }
        let before = tidied.len();
        tidied.extend(line.trim().chars().filter(|&character| is_seen(character)));
        if tidied[before..].trim().is_empty() {
            tidied.truncate(start);
        }
    }
    tidied
}

/// Tells whether a character is text: not a control, a soft hyphen, a zero-width or a direction mark.
fn is_seen(character: char) -> bool {
    let invisible = matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    character == '\t' || !(character.is_control() || invisible)
}

//! Readers of tables: what a person sees as a table on paper or on the screen becomes a [`Table`].
//!
//! The readers know nothing of road maps or class lists; they give rows, columns, texts and merged cells. Every reader
//! takes [`Limits`] and refuses with one Russian sentence ([`Unreadable`]) that says what to do. Lists of many thousand
//! rows are not kept at all: [`stream_any`] hands them over row by row.

mod docx;
mod formats;
mod grid;
mod limits;
mod package;
mod stream;
mod text;
mod unreadable;
mod xlsx;
mod xml;

use serde::{Deserialize, Serialize};

pub use docx::read_docx;
pub use formats::read_any;
pub use limits::Limits;
pub use stream::{Item, Stopped, stream_any};
pub use text::read_text;
pub use unreadable::Unreadable;
pub use xlsx::read_xlsx;

/// One rectangular table as a person sees it on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Sheet name, or the nearest paragraph above the table.
    pub title: Option<String>,
    /// Rows of equal width.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell of a [`Table`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Paragraphs joined by `\n`, trimmed.
    pub text: String,
    /// Row and column of the merged cell that covers this one; the text is empty then.
    pub covered_by: Option<(usize, usize)>,
}

impl Table {
    /// Returns the text seen at a place: of the covering cell where cells are merged, empty outside the table.
    pub fn text(&self, row: usize, column: usize) -> &str {
        let Some(cell) = self.cell(row, column) else { return "" };
        match cell.covered_by {
            Some((row, column)) => self.cell(row, column).map_or("", |origin| &origin.text),
            None => &cell.text,
        }
    }

    /// Returns the number of columns.
    pub fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// Tells whether a cell begins at this place, alone or as the top left corner of a merged one.
    pub fn is_origin(&self, row: usize, column: usize) -> bool {
        self.cell(row, column).is_some_and(|cell| cell.covered_by.is_none())
    }

    fn cell(&self, row: usize, column: usize) -> Option<&Cell> {
        self.rows.get(row)?.get(column)
    }
}

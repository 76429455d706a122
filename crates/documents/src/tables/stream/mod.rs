//! Lists of many thousand rows, handed over row by row: nothing of a table stays in memory but the current row.
//!
//! What a [`Table`](super::Table) has beyond that, merged cells, is left out: lists of people do not need it. The same
//! bounds hold as for tables, counted over the whole file.

mod archive;
mod text;
mod xls;
mod xlsx;

use super::formats::{self, Format};
use super::package::{Kind, Package};
use super::{Limits, Unreadable};
use std::io;

/// What a file consists of, in the order of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Item<'a> {
    /// A file inside an archive begins.
    File(&'a str),
    /// A sheet begins.
    Sheet(&'a str),
    /// A row with at least one filled cell: its number as the person sees it, from 1, and its cells from column A on.
    Row { line: usize, cells: &'a [String] },
}

/// Takes the items; an error of it stops the reading.
pub type Sink<'a> = dyn FnMut(Item<'_>) -> io::Result<()> + 'a;

/// Why a reading ended early.
#[derive(Debug, thiserror::Error)]
pub enum Stopped {
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Whoever took the rows went away.
    #[error(transparent)]
    Sink(#[from] io::Error),
}

/// Reads a .xlsx, .xls, .csv, a text, or an archive of such files, row by row.
pub fn stream_any(name: &str, bytes: &[u8], limits: &Limits, sink: &mut Sink<'_>) -> Result<(), Stopped> {
    let mut spent = Spent { limits, rows: 0, cells: 0 };
    match formats::recognise(bytes, limits) {
        Ok(Format::Text) => text::stream(name, bytes, &mut spent, sink),
        Ok(Format::Archive) => {
            let mut package = Package::open(bytes, limits)?;
            match package.kind() {
                Ok(Kind::Workbook) => xlsx::stream(&mut package, &mut spent, sink),
                Ok(Kind::Document) => Err(Unreadable::WordList.into()),
                Err(Unreadable::UnknownFormat) => archive::stream(&mut package, limits, sink),
                Err(other) => Err(other.into()),
            }
        }
        Err(Unreadable::OldExcel) => xls::stream(bytes, &mut spent, sink),
        Err(other) => Err(other.into()),
    }
}

/// What a file has used of its bounds.
struct Spent<'a> {
    limits: &'a Limits,
    rows: usize,
    cells: usize,
}

impl Spent<'_> {
    /// Counts a row and hands it over, without the empty cells at its end; an empty row is passed over.
    fn row(&mut self, line: usize, cells: &[String], sink: &mut Sink<'_>) -> Result<(), Stopped> {
        let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
        if filled == 0 {
            return Ok(());
        }
        self.rows += 1;
        self.cells += filled;
        if self.rows > self.limits.rows {
            return Err(Unreadable::TooManyRows { limit: self.limits.rows }.into());
        }
        if self.cells > self.limits.cells {
            return Err(Unreadable::TooManyCells { limit: self.limits.cells }.into());
        }
        sink(Item::Row { line, cells: &cells[..filled] })?;
        Ok(())
    }

    /// Refuses a column beyond the last one that is read.
    fn check_column(&self, column: usize) -> Result<(), Unreadable> {
        let limit = self.limits.columns;
        if column < limit { Ok(()) } else { Err(Unreadable::TooManyColumns { limit }) }
    }
}

/// Puts a text on one line without what nobody sees; most texts are so already.
fn tidy_into(cell: &mut String, text: &str, limits: &Limits) -> Result<(), Unreadable> {
    super::grid::check_length(text, limits)?;
    cell.clear();
    if text.bytes().all(|byte| (b' '..0x7F).contains(&byte)) {
        cell.push_str(text.trim());
    } else {
        cell.push_str(&super::grid::tidy(text));
    }
    Ok(())
}

//! Understanding a road map a school already has, from the tables of its file.
//!
//! Road maps come in several layouts: stages as section rows or as a merged first column, numbers or none, results and
//! indicators apart or in one cell. Nothing is refused here and nothing is dropped: every cell becomes part of a row or a
//! section, or is listed in [`Understood::left_out`] with the reason; what is uncertain is a doubt with its place. The
//! mapping of columns that was found can be corrected by a person and given back to [`understand_with`].

mod body;
mod columns;
mod doubts;
mod headings;
mod numbering;
mod printed_number;
mod reader;
mod responsible;
mod sheet;

#[cfg(test)]
mod tests;

use std::fmt;

use documents::tables::Table;
use serde::{Deserialize, Serialize};

pub use columns::{Column, ColumnMapping, Confidence, Mapping, TableMapping};
pub use doubts::{RowDoubt, RowDoubtKind};
pub use responsible::ReadResponsible;

use super::term::ReadTerm;
use crate::school_year::SchoolYear;
use crate::words;

/// A road map as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// The heading above the road map, where it looks like one.
    pub title: Option<String>,
    pub sections: Vec<ReadSection>,
    /// Doubts about whole tables; those about rows stand in the rows.
    pub doubts: Vec<RowDoubt>,
    pub left_out: Vec<LeftOut>,
    /// What every column was taken for; may be corrected and given back.
    pub mapping: Mapping,
}

/// A section, or a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadSection {
    /// Where it is printed; nothing for rows that stand in no section.
    pub place: Option<Place>,
    pub number: String,
    pub title: String,
    pub rows: Vec<ReadRow>,
    pub cells: Vec<PrintedCell>,
}

/// A row with what its cells were understood as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRow {
    pub place: Place,
    /// Unique in the road map.
    pub number: String,
    /// The number is not printed so in the file.
    pub number_assigned: bool,
    pub title: String,
    pub term: ReadTerm,
    pub responsible: Vec<ReadResponsible>,
    pub result: String,
    pub document_kind: String,
    pub indicator: String,
    /// The row from which the indicator is merged down.
    pub shares_indicator_with: Option<Place>,
    pub content: String,
    /// Every cell of the row as it is printed.
    pub cells: Vec<PrintedCell>,
    pub doubts: Vec<RowDoubt>,
}

/// A cell as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedCell {
    pub place: Place,
    pub column: usize,
    pub text: String,
}

/// A cell that is part of no row, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    pub cell: PrintedCell,
    pub reason: LeftOutReason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeftOutReason {
    NotARoadmap,
    AboveHeader,
    RepeatedHeader,
    ColumnNumbers,
    Note,
    /// A continuation with nothing to continue.
    NothingAbove,
}

/// A row of a table, both counted from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub table: usize,
    pub row: usize,
}

impl LeftOutReason {
    /// Says why a cell was left out.
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotARoadmap => "таблица не похожа на дорожную карту",
            Self::AboveHeader => "текст над шапкой таблицы",
            Self::RepeatedHeader => "шапка таблицы, повторённая на новой странице",
            Self::ColumnNumbers => "номера столбцов",
            Self::Note => "примечание",
            Self::NothingAbove => "продолжение строки, которой нет выше",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "таблица {}, строка {}", self.table + 1, self.row + 1)
    }
}

impl Understood {
    /// All rows in order.
    pub fn rows(&self) -> impl Iterator<Item = &ReadRow> {
        self.sections.iter().flat_map(|section| &section.rows)
    }

    /// All doubts in order: of tables, then of rows.
    pub fn all_doubts(&self) -> impl Iterator<Item = &RowDoubt> {
        self.doubts.iter().chain(self.rows().flat_map(|row| &row.doubts))
    }
}

/// Understands the road map of a school year in the tables of a file.
pub fn understand(tables: &[Table], year: SchoolYear) -> Understood {
    understand_with(tables, year, &Mapping::detect(tables))
}

/// Understands the tables with columns that a person may have corrected.
///
/// A table that the mapping does not mention is left out whole.
pub fn understand_with(tables: &[Table], year: SchoolYear, mapping: &Mapping) -> Understood {
    let mut body = body::Body::new(year);
    for (index, table) in tables.iter().enumerate() {
        body.add(sheet::Sheet { table, index }, mapping.tables.get(index).and_then(Option::as_ref));
    }
    let body::Body { mut sections, left_out, doubts, .. } = body;
    numbering::number(&mut sections);
    Understood { title: title(tables, mapping), sections, doubts, left_out, mapping: mapping.clone() }
}

fn title(tables: &[Table], mapping: &Mapping) -> Option<String> {
    let (table, _) = tables.iter().zip(&mapping.tables).find(|(_, mapping)| mapping.is_some())?;
    table.title.as_deref().filter(|title| headings::names_the_map(title)).map(words::one_line)
}

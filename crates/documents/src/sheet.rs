//! The model of a workbook: registers, road maps and reports as rows of typed values.

use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

use crate::words;

/// A workbook.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Workbook {
    pub sheets: Vec<Sheet>,
    /// When it was made, for the properties of the file; the caller has the clock.
    pub created: Option<NaiveDateTime>,
}

/// A sheet: a title, a header, rows, notes below them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Name on the tab; what Excel does not take is replaced, long ones are cut at 31 characters.
    pub name: String,
    /// Line above the header; none when empty.
    pub title: String,
    pub columns: Vec<Column>,
    /// Values by row; a missing one is empty, one beyond the last column is an error.
    pub rows: Vec<Vec<Value>>,
    /// Lines below the table: sources, what a column means.
    pub notes: Vec<String>,
    /// Merged cells among `rows`. A sheet with such cells has no filter: Excel cannot sort it.
    pub merges: Vec<Merge>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    pub title: String,
    /// Width in characters, as Excel counts it.
    pub width: f64,
    /// What an empty cell of the column expects when somebody types into it.
    pub kind: Kind,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    #[default]
    Text,
    Number,
    Integer,
    Date,
    DateTime,
    Percent,
    Link,
}

/// What a cell holds.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub enum Value {
    #[default]
    Empty,
    /// Stays text whatever it begins with.
    Text(String),
    Number(f64),
    Integer(i64),
    Date(NaiveDate),
    DateTime(NaiveDateTime),
    /// A share of one: 0.55 is shown as 55 %.
    Percent(f64),
    /// An address to open and the words to show for it.
    Link {
        address: String,
        text: String,
    },
}

/// A merged cell: the place of its first cell in `rows` and how many rows and columns it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merge {
    pub row: usize,
    pub column: usize,
    pub rows: usize,
    pub columns: usize,
}

impl Workbook {
    /// Makes a workbook of one sheet.
    pub fn of(sheet: Sheet) -> Self {
        Self { sheets: vec![sheet], created: None }
    }
}

impl Sheet {
    /// Begins a sheet.
    pub fn new(name: impl Into<String>, columns: impl IntoIterator<Item = Column>) -> Self {
        Self { name: name.into(), columns: columns.into_iter().collect(), ..Self::default() }
    }

    #[must_use]
    pub fn titled(self, title: impl Into<String>) -> Self {
        Self { title: title.into(), ..self }
    }

    /// Adds a row.
    #[must_use]
    pub fn row<T: Into<Value>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self.rows.push(values.into_iter().map(Into::into).collect());
        self
    }

    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// Merges cells, counted from the first row below the header.
    #[must_use]
    pub fn merged(mut self, row: usize, column: usize, rows: usize, columns: usize) -> Self {
        self.merges.push(Merge { row, column, rows, columns });
        self
    }
}

impl Column {
    pub fn new(title: impl Into<String>, width: f64, kind: Kind) -> Self {
        Self { title: title.into(), width, kind }
    }

    pub fn text(title: impl Into<String>, width: f64) -> Self {
        Self::new(title, width, Kind::Text)
    }
}

impl Value {
    /// Writes the value as a person in Russia reads it: decimal comma, `ДД.ММ.ГГГГ`.
    pub fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => words::decimal(*number),
            Self::Integer(number) => number.to_string(),
            Self::Date(date) => words::date(*date),
            Self::DateTime(moment) => words::date_time(*moment),
            // Twelve digits are more than a share has and hide what doubling errors leave: 0.55 * 100 is 55.00000000000001.
            Self::Percent(share) => format!("{}%", words::decimal((share * 1e12).round() / 1e10)),
            Self::Link { address, .. } => address.clone(),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

impl From<NaiveDateTime> for Value {
    fn from(moment: NaiveDateTime) -> Self {
        Self::DateTime(moment)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Tells whether a spreadsheet would take a text for a formula (OWASP, CSV Injection).
pub(crate) fn looks_like_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n'])
}

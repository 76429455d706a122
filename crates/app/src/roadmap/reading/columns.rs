//! What the columns of the tables hold: found by headings, carried over a page break, or guessed from the cells.

use documents::tables::Table;
use serde::{Deserialize, Serialize};

use super::headings::recognise;
use super::printed_number;
use super::sheet::Sheet;
use crate::roadmap::template::Post;
use crate::roadmap::term::{DoubtKind, Term};
use crate::school_year::SchoolYear;
use crate::words;

/// What a column of a road map holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    Number,
    Title,
    Stage,
    Term,
    Responsible,
    Result,
    DocumentKind,
    Indicator,
    Content,
}

/// How sure the program is of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Guessed from the cells; a person must look.
    Guess,
    Likely,
    Sure,
}

/// What a column was taken for; `column` is empty for one that no row needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnMapping {
    pub heading: String,
    pub column: Option<Column>,
    pub confidence: Confidence,
}

/// What the columns of one table hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableMapping {
    /// The first row of the heading; a continued table has none.
    pub header: Option<usize>,
    /// The first row below the heading.
    pub body: usize,
    pub columns: Vec<ColumnMapping>,
}

/// What the columns of all tables hold; a table that is no road map has no mapping.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    pub tables: Vec<Option<TableMapping>>,
}

impl Column {
    pub const ALL: [Self; 9] = [
        Self::Number,
        Self::Title,
        Self::Stage,
        Self::Term,
        Self::Responsible,
        Self::Result,
        Self::DocumentKind,
        Self::Indicator,
        Self::Content,
    ];

    /// Names the column where a person chooses it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Number => "номер",
            Self::Title => "мероприятие",
            Self::Stage => "раздел или этап",
            Self::Term => "срок",
            Self::Responsible => "ответственный",
            Self::Result => "ожидаемый результат",
            Self::DocumentKind => "вид документа",
            Self::Indicator => "показатель",
            Self::Content => "содержание",
        }
    }

    /// Names the column in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Title => "title",
            Self::Stage => "stage",
            Self::Term => "term",
            Self::Responsible => "responsible",
            Self::Result => "result",
            Self::DocumentKind => "document_kind",
            Self::Indicator => "indicator",
            Self::Content => "content",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.key() == key)
    }
}

impl TableMapping {
    /// The places of a column, usually one.
    pub fn places(&self, column: Column) -> impl Iterator<Item = usize> {
        self.columns.iter().enumerate().filter(move |(_, mapped)| mapped.column == Some(column)).map(|(place, _)| place)
    }

    pub fn has(&self, column: Column) -> bool {
        self.places(column).next().is_some()
    }

    /// Takes a column for something else, as a person says.
    pub fn set(&mut self, place: usize, column: Option<Column>) {
        if let Some(mapped) = self.columns.get_mut(place) {
            mapped.column = column;
            mapped.confidence = Confidence::Sure;
        }
    }
}

impl Mapping {
    /// Finds the road maps among the tables.
    pub fn detect(tables: &[Table]) -> Self {
        let mut mappings: Vec<Option<TableMapping>> = Vec::new();
        for (index, table) in tables.iter().enumerate() {
            let sheet = Sheet { table, index };
            let above = mappings.iter().rev().find_map(Option::as_ref);
            let mapping = by_header(sheet)
                .or_else(|| above.and_then(|above| continued(sheet, above)))
                .or_else(|| by_cells(sheet));
            mappings.push(mapping);
        }
        Self { tables: mappings }
    }
}

fn by_header(sheet: Sheet<'_>) -> Option<TableMapping> {
    let header = (0..sheet.height()).find(|row| is_header(sheet, *row))?;
    let body = if is_second_header(sheet, header) { header + 2 } else { header + 1 };
    let mut columns: Vec<ColumnMapping> = (0..sheet.width())
        .map(|column| {
            let lowest = (header..body).rev().map(|row| sheet.text(row, column));
            let heading = lowest.into_iter().find(|text| !text.is_empty()).unwrap_or_default();
            let found = recognise(heading);
            ColumnMapping {
                heading: words::one_line(heading),
                column: found.map(|(column, _)| column),
                confidence: found.map_or(Confidence::Likely, |(_, confidence)| confidence),
            }
        })
        .collect();
    name_the_rows(&mut columns);
    Some(TableMapping { header: Some(header), body, columns })
}

/// A heading names what is to be done, and when or by whom; most of its cells are headings and none of them is a value.
fn is_header(sheet: Sheet<'_>, row: usize) -> bool {
    let own = sheet.own(row);
    let columns: Vec<Column> = own.iter().filter_map(|(_, text)| recognise(text)).map(|(column, _)| column).collect();
    let has = |wanted: &[Column]| columns.iter().any(|column| wanted.contains(column));
    has(&[Column::Title, Column::Content, Column::Stage])
        && has(&[Column::Term, Column::Responsible])
        && columns.len() * 2 >= own.len()
        && !own.iter().any(|(_, text)| is_value(text))
}

/// «в течение периода» and «ответственный методист» have words of headings and are none.
fn is_value(text: &str) -> bool {
    text.contains(' ') && (is_term(text) || Post::recognise(text).is_some())
}

/// A heading of two rows has cells that reach down and, between them, only headings.
fn is_second_header(sheet: Sheet<'_>, header: usize) -> bool {
    let row = header + 1;
    let own = sheet.own(row);
    let reaches_down = (0..sheet.width()).any(|column| row < sheet.height() && sheet.origin(row, column).0 == header);
    reaches_down && !own.is_empty() && own.iter().all(|(_, text)| recognise(text).is_some())
}

/// Makes sure that some column names the rows: some maps call it «Содержание», a list of stages may have stages only.
fn name_the_rows(columns: &mut [ColumnMapping]) {
    let first = |columns: &[ColumnMapping], wanted: Column| columns.iter().position(|c| c.column == Some(wanted));
    if first(columns, Column::Title).is_none()
        && let Some(place) = first(columns, Column::Content).or_else(|| first(columns, Column::Stage))
    {
        columns[place].column = Some(Column::Title);
    }
    let Some(title) = first(columns, Column::Title) else { return };
    let heading = columns[title].heading.clone();
    // A second column of the same name tells more about the row; a merged heading covers one column twice.
    for second in &mut columns[title + 1..] {
        if second.column == Some(Column::Title) && second.heading != heading {
            second.column = Some(Column::Content);
        }
    }
}

/// A table without a heading goes on with the columns of the one above when its width and its terms fit.
fn continued(sheet: Sheet<'_>, above: &TableMapping) -> Option<TableMapping> {
    let fits = sheet.width() == above.columns.len()
        && above.places(Column::Term).any(|column| share_of(sheet, column, is_term) * 3 >= 100);
    fits.then(|| TableMapping { header: None, body: 0, columns: above.columns.clone() })
}

/// Guesses the columns of a table without a heading from what most of their cells look like.
fn by_cells(sheet: Sheet<'_>) -> Option<TableMapping> {
    const FEWEST_ROWS: usize = 3;
    if sheet.height() < FEWEST_ROWS || sheet.width() < 2 {
        return None;
    }
    let columns = 0..sheet.width();
    let mostly = |looks: fn(&str) -> bool| columns.clone().find(|column| share_of(sheet, *column, looks) >= 50);
    let term = mostly(is_term)?;
    let responsible = mostly(|text| Post::recognise(text).is_some());
    let number = mostly(|text| printed_number::whole(text).is_some()).filter(|column| *column != term);
    let taken = [Some(term), responsible, number];
    let title = columns.clone().filter(|column| !taken.contains(&Some(*column))).min_by_key(|column| {
        let length: usize = (0..sheet.height()).map(|row| sheet.text(row, *column).chars().count()).sum();
        (*column > term, std::cmp::Reverse(length))
    })?;
    let result = columns.clone().find(|column| *column > term && !taken.contains(&Some(*column)) && *column != title);
    let found = [
        (number, Column::Number),
        (Some(title), Column::Title),
        (Some(term), Column::Term),
        (responsible, Column::Responsible),
        (result, Column::Result),
    ];
    let mapped = columns.map(|place| ColumnMapping {
        heading: String::new(),
        column: found.iter().find(|(found, _)| *found == Some(place)).map(|(_, column)| *column),
        confidence: Confidence::Guess,
    });
    Some(TableMapping { header: None, body: 0, columns: mapped.collect() })
}

/// The percentage of the filled cells of a column that look like something.
fn share_of(sheet: Sheet<'_>, column: usize, looks: fn(&str) -> bool) -> usize {
    let filled: Vec<&str> =
        (0..sheet.height()).map(|row| sheet.text(row, column)).filter(|text| !text.is_empty()).collect();
    let found = filled.iter().filter(|text| looks(text)).count();
    (found * 100).checked_div(filled.len()).unwrap_or(0)
}

fn is_term(text: &str) -> bool {
    let short = text.chars().count() <= 60;
    // A lone number is a row number before it is anything else.
    short && text.chars().any(char::is_alphabetic) && {
        let read = Term::read(text, SchoolYear::FIRST);
        read.term.is_understood() && !read.doubts.iter().any(|doubt| doubt.kind == DoubtKind::PartlyRead)
    }
}

//! Reads one row of a table: what kind of row it is, and what its cells say.

use super::columns::{Column, TableMapping};
use super::sheet::Sheet;
use super::{LeftOutReason, Place, ReadRow, RowDoubt, RowDoubtKind, printed_number, responsible};
use crate::roadmap::term::Term;
use crate::school_year::SchoolYear;
use crate::words;

/// A table and what its columns hold.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub sheet: Sheet<'a>,
    pub mapping: &'a TableMapping,
    /// The number column numbers the stages and not the rows.
    pub numbers_are_of_stages: bool,
}

/// What a row of a table is.
pub(super) enum Kind {
    LeftOut(LeftOutReason),
    Section,
    Continuation,
    Item,
}

impl<'a> Reader<'a> {
    pub fn new(sheet: Sheet<'a>, mapping: &'a TableMapping) -> Self {
        let mut reader = Self { sheet, mapping, numbers_are_of_stages: false };
        let Some(stage) = mapping.places(Column::Stage).next() else { return reader };
        let repeats = |row: usize| row > mapping.body && sheet.text(row, stage) == sheet.text(row - 1, stage);
        let goes_on =
            |row: usize| sheet.origin(row, stage).0 < row || sheet.text(row, stage).is_empty() || repeats(row);
        let numbered = |row: usize| sheet.own(row).iter().any(|(column, _)| reader.holds(*column, Column::Number));
        let rows_are_numbered = (mapping.body..sheet.height()).any(|row| goes_on(row) && numbered(row));
        reader.numbers_are_of_stages = !rows_are_numbered;
        reader
    }

    pub fn holds(self, column: usize, wanted: Column) -> bool {
        self.mapping.columns.get(column).is_some_and(|mapped| mapped.column == Some(wanted))
    }

    pub fn kind(self, row: usize, own: &[(usize, &str)], has_rows: bool) -> Kind {
        if numbers_columns(own) {
            Kind::LeftOut(LeftOutReason::ColumnNumbers)
        } else if self.repeats_header(own) {
            Kind::LeftOut(LeftOutReason::RepeatedHeader)
        } else if is_note(own) {
            Kind::LeftOut(LeftOutReason::Note)
        } else if let Some(title) = self.section_cell(row, own) {
            let goes_on = has_rows && title.starts_with(char::is_lowercase);
            if goes_on { Kind::Continuation } else { Kind::Section }
        } else if self.value(row, Column::Title).is_empty() && !self.begins_stage(own) {
            Kind::Continuation
        } else {
            Kind::Item
        }
    }

    fn begins_stage(self, own: &[(usize, &str)]) -> bool {
        own.iter().any(|(column, _)| self.holds(*column, Column::Stage))
    }

    fn repeats_header(self, own: &[(usize, &str)]) -> bool {
        let same = |(column, text): &(usize, &str)| {
            let heading = self.mapping.columns.get(*column).map(|mapped| words::fold(&mapped.heading));
            heading.is_some_and(|heading| heading == words::fold(text))
        };
        own.len() >= 2 && own.iter().all(same)
    }

    /// The only filled cell of a row, apart from its number, when the row can be the heading of a section.
    fn section_cell(self, row: usize, own: &[(usize, &'a str)]) -> Option<&'a str> {
        let is_number =
            |column: usize, text: &str| self.holds(column, Column::Number) && printed_number::whole(text).is_some();
        let (numbers, filled): (Vec<_>, Vec<_>) = own.iter().partition(|(column, text)| is_number(*column, text));
        let &[(column, text)] = filled.as_slice() else { return None };
        let printed = numbers.first().and_then(|(_, text)| printed_number::whole(text));
        let (glued, _) = printed_number::section(text);
        if printed.or(glued).is_some_and(|number| printed_number::is_nested(&number)) {
            return None;
        }
        let is_elsewhere_empty = (0..self.sheet.width()).all(|other| {
            let is_same_cell = self.sheet.origin(row, other) == (row, column);
            is_same_cell || self.holds(other, Column::Number) || self.sheet.text(row, other).is_empty()
        });
        let covers_title = self.sheet.columns_taken(row, column) > 1;
        let stands_first = column == 0 || self.holds(column, Column::Title) || self.holds(column, Column::Stage);
        let is_named = text.chars().any(char::is_alphabetic);
        (is_elsewhere_empty && is_named && (covers_title || stands_first)).then_some(text)
    }

    pub fn section_heading(self, row: usize, own: &[(usize, &str)]) -> (Option<String>, String) {
        let text = self.section_cell(row, own).unwrap_or_default();
        let (glued, title) = printed_number::section(text);
        let printed = own
            .iter()
            .find(|(column, cell)| self.holds(*column, Column::Number) && *cell != text)
            .and_then(|(_, cell)| printed_number::whole(cell));
        (printed.or(glued), title.to_owned())
    }

    /// The text of a column in a row; a cell merged across belongs to the column in which it begins.
    fn value(self, row: usize, column: Column) -> String {
        let mut texts: Vec<&str> = Vec::new();
        for place in self.mapping.places(column) {
            let (_, begins) = self.sheet.origin(row, place);
            let belongs =
                begins == place || self.mapping.columns.get(begins).is_none_or(|mapped| mapped.column.is_none());
            let text = self.sheet.text(row, place);
            if belongs && !text.is_empty() && !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.join("\n")
    }

    pub fn row(self, row: usize, own: &[(usize, &str)], year: SchoolYear) -> ReadRow {
        let place = self.sheet.place(row);
        let (glued, title) = {
            let title = self.value(row, Column::Title);
            let (number, title) = printed_number::glued(&title);
            (number, words::one_line(title))
        };
        let own_number = own.iter().find(|(column, _)| self.holds(*column, Column::Number)).map(|(_, text)| *text);
        let number = own_number.and_then(printed_number::whole).or(glued).unwrap_or_default();
        let mut read = ReadRow {
            place,
            number,
            number_assigned: false,
            title,
            term: Term::read(&self.value(row, Column::Term), year),
            responsible: responsible::split(&self.value(row, Column::Responsible)),
            result: self.value(row, Column::Result),
            document_kind: self.value(row, Column::DocumentKind),
            indicator: self.value(row, Column::Indicator),
            shares_indicator_with: self.merged_down_from(row, Column::Indicator),
            content: self.value(row, Column::Content),
            cells: own.iter().map(|(column, text)| self.sheet.printed(row, *column, text)).collect(),
            doubts: Vec::new(),
        };
        if read.indicator.is_empty()
            && self.result_covers_indicator(row)
            && read.result.contains(|c: char| c.is_ascii_digit())
        {
            read.indicator.clone_from(&read.result);
            let kind = RowDoubtKind::ResultHoldsIndicator;
            read.doubts.push(RowDoubt { place, column: Some(Column::Indicator), kind });
        }
        read.doubts.extend(self.doubts(row, &read, year));
        read
    }

    /// Where the cell of a column begins when it reaches down from a row above.
    fn merged_down_from(self, row: usize, column: Column) -> Option<Place> {
        let place = self.mapping.places(column).find(|place| !self.sheet.text(row, *place).is_empty())?;
        let (begins, _) = self.sheet.origin(row, place);
        (begins < row).then(|| self.sheet.place(begins))
    }

    fn result_covers_indicator(self, row: usize) -> bool {
        self.mapping.places(Column::Indicator).any(|place| {
            let (_, begins) = self.sheet.origin(row, place);
            begins < place && self.holds(begins, Column::Result)
        })
    }

    fn doubts(self, row: usize, read: &ReadRow, year: SchoolYear) -> Vec<RowDoubt> {
        let doubt = |column, kind| RowDoubt { place: read.place, column: Some(column), kind };
        let mut doubts: Vec<RowDoubt> = term_doubts(read).collect();
        if let Some(with) = read.shares_indicator_with {
            doubts.push(doubt(Column::Indicator, RowDoubtKind::SharedIndicator { with }));
        }
        if let Some(with) = self.merged_down_from(row, Column::Title) {
            doubts.push(doubt(Column::Title, RowDoubtKind::SharedTitle { with }));
        }
        if read.responsible.is_empty() {
            doubts.push(no_responsible(read.place));
        }
        let named = read.responsible.iter().filter(|who| who.name.is_some()).count();
        if named > 0 && named < read.responsible.len() {
            doubts.push(doubt(Column::Responsible, RowDoubtKind::NamesAndPosts));
        }
        for who in read.responsible.iter().filter(|who| !who.is_understood()) {
            let text = who.text.clone();
            doubts.push(doubt(Column::Responsible, RowDoubtKind::UnknownResponsible { text }));
        }
        for (column, text) in
            [(Column::Title, &read.title), (Column::Result, &read.result), (Column::Indicator, &read.indicator)]
        {
            if let Some(years) = stale_years(text, year) {
                doubts.push(doubt(column, RowDoubtKind::StaleYear { years }));
                break;
            }
        }
        doubts
    }
}

pub(super) fn term_doubts(row: &ReadRow) -> impl Iterator<Item = RowDoubt> + use<> {
    let place = row.place;
    let doubts = row.term.doubts.clone().into_iter();
    doubts.map(move |doubt| RowDoubt { place, column: Some(Column::Term), kind: RowDoubtKind::Term { doubt } })
}

pub(super) fn no_responsible(place: Place) -> RowDoubt {
    RowDoubt { place, column: Some(Column::Responsible), kind: RowDoubtKind::NoResponsible }
}

/// A row «1 2 3 4 5».
fn numbers_columns(own: &[(usize, &str)]) -> bool {
    own.len() >= 3 && own.iter().enumerate().all(|(index, (_, text))| *text == (index + 1).to_string())
}

fn is_note(own: &[(usize, &str)]) -> bool {
    let &[(_, text)] = own else { return false };
    text.starts_with('*') || words::fold(text).starts_with("примечани")
}

/// Finds «2020-2021» in a map of other years.
fn stale_years(text: &str, year: SchoolYear) -> Option<String> {
    let parts: Vec<&str> = text.split(|c: char| !(c.is_ascii_digit() || "-–—/".contains(c))).collect();
    parts.into_iter().map(|part| part.trim_matches(['-', '–', '—', '/'])).find_map(|part| {
        let span = SchoolYear::parse(part).filter(|_| part.len() > 4)?;
        (span != year).then(|| span.long_label())
    })
}

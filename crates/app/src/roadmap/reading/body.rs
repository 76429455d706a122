//! Goes through the rows of the tables and builds sections and rows.

use super::columns::{Column, Confidence, TableMapping};
use super::reader::{Kind, Reader, no_responsible, term_doubts};
use super::sheet::Sheet;
use super::{
    LeftOut, LeftOutReason, Place, PrintedCell, ReadSection, RowDoubt, RowDoubtKind, headings, printed_number,
    responsible,
};
use crate::roadmap::term::Term;
use crate::school_year::SchoolYear;
use crate::words;

/// The name of a section nobody named.
const UNNAMED_SECTION: &str = "Мероприятия";

pub(super) struct Body {
    year: SchoolYear,
    pub sections: Vec<ReadSection>,
    pub left_out: Vec<LeftOut>,
    pub doubts: Vec<RowDoubt>,
}

impl Body {
    pub fn new(year: SchoolYear) -> Self {
        Self { year, sections: Vec::new(), left_out: Vec::new(), doubts: Vec::new() }
    }

    /// Adds a table; without a mapping it is left out whole.
    pub fn add(&mut self, sheet: Sheet<'_>, mapping: Option<&TableMapping>) {
        let Some(mapping) = mapping else {
            (0..sheet.height()).for_each(|row| self.leave_out(sheet, row, LeftOutReason::NotARoadmap));
            return;
        };
        (0..mapping.header.unwrap_or(0)).for_each(|row| self.leave_out(sheet, row, LeftOutReason::AboveHeader));
        if mapping.columns.iter().any(|column| column.confidence == Confidence::Guess) {
            self.doubts.push(RowDoubt { place: sheet.place(0), column: None, kind: RowDoubtKind::GuessedColumns });
        }
        let reader = Reader::new(sheet, mapping);
        if mapping.header.is_some() {
            self.open_section_of_table(sheet);
        }
        for row in mapping.body..sheet.height() {
            self.add_row(reader, row);
        }
        self.sections.retain(|section| section.place.is_some() || !section.rows.is_empty());
    }

    fn leave_out(&mut self, sheet: Sheet<'_>, row: usize, reason: LeftOutReason) {
        let cells = sheet.own(row).into_iter();
        self.left_out.extend(cells.map(|(column, text)| LeftOut { cell: sheet.printed(row, column, text), reason }));
    }

    /// A paragraph above a table is its section, unless it names the whole map.
    fn open_section_of_table(&mut self, sheet: Sheet<'_>) {
        let title = sheet.table.title.as_deref().unwrap_or_default();
        if !title.trim().is_empty() && !headings::names_the_map(title) && !headings::is_sheet_name(title) {
            let (number, title) = printed_number::section(title);
            self.open_section(None, number, title, Vec::new());
        }
    }

    fn open_section(&mut self, place: Option<Place>, number: Option<String>, title: &str, cells: Vec<PrintedCell>) {
        let (number, title) = (number.unwrap_or_default(), words::one_line(title));
        self.sections.push(ReadSection { place, number, title, rows: Vec::new(), cells });
    }

    fn add_row(&mut self, reader: Reader<'_>, row: usize) {
        let own = reader.sheet.own(row);
        if own.is_empty() {
            return;
        }
        match reader.kind(row, &own, self.has_rows()) {
            Kind::LeftOut(reason) => self.leave_out(reader.sheet, row, reason),
            Kind::Section => {
                let (number, title) = reader.section_heading(row, &own);
                let cells = own.iter().map(|(column, text)| reader.sheet.printed(row, *column, text)).collect();
                self.open_section(Some(reader.sheet.place(row)), number, &title, cells);
            }
            Kind::Continuation => self.continue_last(reader, row, &own),
            Kind::Item => {
                let own = self.open_stage(reader, row, own);
                let read = reader.row(row, &own, self.year);
                if self.sections.is_empty() {
                    self.open_section(None, None, UNNAMED_SECTION, Vec::new());
                }
                if let Some(section) = self.sections.last_mut() {
                    section.rows.push(read);
                }
            }
        }
    }

    fn has_rows(&self) -> bool {
        self.sections.iter().any(|section| !section.rows.is_empty())
    }

    /// Opens the section of a stage that begins in this row, and gives the cells that are left for the row itself.
    fn open_stage<'a>(&mut self, reader: Reader<'a>, row: usize, own: Vec<(usize, &'a str)>) -> Vec<(usize, &'a str)> {
        let Some(stage) = reader.mapping.places(Column::Stage).next() else { return own };
        let begins = own.iter().any(|(column, _)| *column == stage);
        let (glued, title) = printed_number::section(reader.sheet.text(row, stage));
        let repeats = self.sections.last().is_some_and(|section| section.title == words::one_line(title));
        if !begins || repeats {
            return own;
        }
        let is_of_stage =
            |column: usize| column == stage || (reader.numbers_are_of_stages && reader.holds(column, Column::Number));
        let (of_stage, of_row): (Vec<_>, Vec<_>) = own.into_iter().partition(|(column, _)| is_of_stage(*column));
        let printed = of_stage.iter().find(|(column, _)| *column != stage);
        let number = printed.and_then(|(_, text)| printed_number::whole(text)).or(glued);
        let cells = of_stage.iter().map(|(column, text)| reader.sheet.printed(row, *column, text)).collect();
        self.open_section(Some(reader.sheet.place(row)), number, title, cells);
        of_row
    }

    /// Adds cells without a title to the row above, as a table torn by a page break leaves them.
    fn continue_last(&mut self, reader: Reader<'_>, row: usize, own: &[(usize, &str)]) {
        let year = self.year;
        let Some(last) = self.sections.iter_mut().rev().find_map(|section| section.rows.last_mut()) else {
            return self.leave_out(reader.sheet, row, LeftOutReason::NothingAbove);
        };
        for (column, text) in own {
            let field = reader.mapping.columns.get(*column).and_then(|mapped| mapped.column);
            match field {
                Some(Column::Title) => append(&mut last.title, " ", &words::one_line(text)),
                Some(Column::Result) => append(&mut last.result, "\n", text),
                Some(Column::Indicator) => append(&mut last.indicator, "\n", text),
                Some(Column::DocumentKind) => append(&mut last.document_kind, "\n", text),
                Some(Column::Content) => append(&mut last.content, "\n", text),
                Some(Column::Responsible) => last.responsible.extend(responsible::split(text)),
                Some(Column::Term) => {
                    let mut whole = last.term.text.clone();
                    append(&mut whole, "\n", text);
                    last.term = Term::read(&whole, year);
                }
                Some(Column::Number | Column::Stage) | None => {}
            }
            last.cells.push(reader.sheet.printed(row, *column, text));
        }
        let from = reader.sheet.place(row);
        let continued = RowDoubt { place: last.place, column: None, kind: RowDoubtKind::Continued { from } };
        last.doubts.retain(|doubt| !matches!(doubt.kind, RowDoubtKind::Term { .. } | RowDoubtKind::NoResponsible));
        last.doubts.extend(term_doubts(last));
        if last.responsible.is_empty() {
            last.doubts.push(no_responsible(last.place));
        }
        last.doubts.push(continued);
    }
}

fn append(field: &mut String, gap: &str, text: &str) {
    if !field.is_empty() {
        field.push_str(gap);
    }
    field.push_str(text);
}

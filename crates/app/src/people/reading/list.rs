//! A list read line by line: where its header is, which class a line belongs to, what is no person at all.

use super::{class_in, column::columns_of, column::header_key, full_name, tidy};
use crate::people::{ClassName, reading::Column};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Headers and classes one upload may have; a school has some sixty classes.
const SECTIONS_MAX: usize = 2_000;

/// Words that begin a file of staff.
const STAFF: [&str; 6] = ["сотрудник", "педагог", "учител", "кадр", "работник", "штат"];

/// Lines under one header that belong to one class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// The place of the file in the upload.
    pub file: usize,
    pub header: Vec<String>,
    pub columns: Vec<Column>,
    /// The class a line, a sheet or the file names, «8А»; a column of classes goes before it.
    pub class: Option<String>,
    pub is_staff: bool,
}

/// What a line turned out to be.
#[derive(Debug, Clone, PartialEq)]
pub enum Seen {
    /// A title, a header, a line that names a class.
    Heading,
    /// A line that tells too little about a person, and why it is passed over.
    Noise(&'static str),
    /// A person, under the section with this number; what must not be kept is emptied.
    Person { section: usize, cells: Vec<String> },
}

/// Reads the lines of the files of one upload, one after another.
#[derive(Debug, Default)]
pub struct ListReader {
    remembered: HashMap<String, Column>,
    pub sections: Vec<Section>,
    file: usize,
    of_file: Option<ClassName>,
    of_sheet: Option<ClassName>,
    of_line: Option<ClassName>,
    names_staff: bool,
    /// The section of the last header of this sheet.
    current: Option<usize>,
    /// The line before, as long as it may be the upper line of a header.
    above: Vec<String>,
    /// The last person, whose cells are merged down over a second representative.
    last: Vec<String>,
}

impl ListReader {
    /// Begins with the corrections that were made before.
    pub fn new(remembered: HashMap<String, Column>) -> Self {
        Self { remembered, ..Self::default() }
    }

    /// Begins a file.
    pub fn file(&mut self, file: usize, name: &str) {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let small = stem.to_lowercase();
        self.file = file;
        self.of_file = class_in(stem);
        self.names_staff = self.of_file.is_none() && STAFF.iter().any(|word| small.contains(word));
        self.sheet("");
    }

    /// Begins a sheet, which has a header of its own.
    pub fn sheet(&mut self, title: &str) {
        self.of_sheet = class_in(title);
        self.of_line = None;
        self.current = None;
        self.above.clear();
        self.last.clear();
    }

    /// Tells whether the current sheet has a header yet.
    pub fn has_header(&self) -> bool {
        self.current.is_some()
    }

    /// Reads a line; nothing when the upload has more headers than any school.
    pub fn line(&mut self, cells: &[String]) -> Option<Seen> {
        if let Some(columns) = self.header(cells) {
            self.begin_section(cells, columns)?;
            self.above = cells.to_vec();
            return Some(Seen::Heading);
        }
        if let Some(class) = class_line(cells) {
            self.of_line = Some(class);
            return Some(Seen::Heading);
        }
        let Some(section) = self.current else {
            self.above = cells.to_vec();
            return Some(Seen::Heading);
        };
        self.above.clear();
        let section = self.section_of_class(section)?;
        Some(self.person(section, cells))
    }

    fn class(&self) -> Option<String> {
        let class = self.of_line.as_ref().or(self.of_sheet.as_ref()).or(self.of_file.as_ref());
        class.map(ToString::to_string)
    }

    /// Returns the columns of a header: a line that names a person and something else, and holds no person itself.
    fn header(&self, cells: &[String]) -> Option<Vec<Column>> {
        let alone = columns_of(cells, &self.remembered);
        let under = columns_of(&self.joined(cells), &self.remembered);
        // The words of the line itself decide: below a header, empty cells would take over the words above them.
        let names = alone.iter().any(|column| matches!(column, Column::Name | Column::Surname));
        let told = alone.iter().filter(|column| column.is_useful()).count();
        let columns = if self.above.is_empty() { alone.clone() } else { under };
        // «Учитель» is the title of a column and a post: one such word needs every other cell to be a title, too.
        let titles_only = cells
            .iter()
            .zip(&alone)
            .all(|(cell, column)| cell.trim().is_empty() || column.is_useful() || *column == Column::Number);
        let has_figures = cells.iter().any(|cell| cell.chars().filter(char::is_ascii_digit).count() > 3);
        (names && (told >= 2 || titles_only) && !has_figures).then_some(columns)
    }

    /// Puts the upper line of a header of two lines before the words below it.
    fn joined(&self, cells: &[String]) -> Vec<String> {
        let mut group = "";
        let upper = |place: usize| self.above.get(place).map(String::as_str).unwrap_or_default();
        let groups = self.above.iter().filter(|cell| !cell.trim().is_empty()).count();
        let titles = cells.iter().enumerate().map(|(place, cell)| {
            if !upper(place).trim().is_empty() {
                group = upper(place);
            }
            let belongs = groups >= 2 && header_key(group) != header_key(cell);
            if belongs { format!("{group} {cell}").trim().to_owned() } else { cell.clone() }
        });
        titles.collect()
    }

    fn begin_section(&mut self, cells: &[String], columns: Vec<Column>) -> Option<()> {
        let header = if self.above.is_empty() { cells.to_vec() } else { self.joined(cells) };
        let has = |column| columns.contains(&column);
        let told_of_staff = has(Column::Post) || has(Column::Since) || has(Column::Service);
        let told_of_pupils =
            has(Column::Class) || has(Column::Grade) || columns.iter().any(|it| it.of_guardian().is_some());
        let is_staff = (told_of_staff || self.names_staff) && !told_of_pupils;
        let class = if is_staff { None } else { self.class() };
        self.open(Section { file: self.file, header, columns, class, is_staff })
    }

    /// Returns the section of the line: another one once a line has named another class.
    fn section_of_class(&mut self, current: usize) -> Option<usize> {
        let section = self.sections.get(current)?;
        let class = if section.is_staff { None } else { self.class() };
        if section.class != class {
            let moved = Section { class, ..section.clone() };
            self.open(moved)?;
        }
        self.current
    }

    fn open(&mut self, section: Section) -> Option<()> {
        let known = self.sections.iter().rposition(|known| *known == section);
        if known.is_none() {
            self.sections.push(section);
        }
        self.current = known.or(self.sections.len().checked_sub(1));
        self.last.clear();
        (self.sections.len() <= SECTIONS_MAX).then_some(())
    }

    fn person(&mut self, number: usize, cells: &[String]) -> Seen {
        let Some(section) = self.sections.get(number) else { return Seen::Heading };
        let mut cells: Vec<String> = cells.to_vec();
        cells.truncate(section.columns.len());
        for (cell, column) in cells.iter_mut().zip(&section.columns) {
            if *column == Column::Private {
                cell.clear();
            }
        }
        section.fill_from(&self.last, &mut cells);
        let useful = section.filled(&cells).count();
        let name = section.text(&cells, Column::Name);
        let small = name.to_lowercase();
        if ["итого", "всего"].iter().any(|word| small.starts_with(word)) {
            return Seen::Noise("это итог, а не человек");
        }
        let has_class = section.class.is_some() || section.is_staff;
        if useful < 2 && !(has_class && full_name(&name).is_ok()) {
            return Seen::Noise("заполнено меньше двух нужных ячеек");
        }
        self.last.clone_from(&cells);
        Seen::Person { section: number, cells }
    }
}

impl Section {
    /// Returns the tidied text of a column; empty where there is none.
    pub fn text(&self, cells: &[String], column: Column) -> String {
        let place = self.columns.iter().position(|known| *known == column);
        place.and_then(|place| cells.get(place)).map(|cell| tidy(cell)).unwrap_or_default()
    }

    /// Returns the columns of a line that say something.
    fn filled<'a>(&'a self, cells: &'a [String]) -> impl Iterator<Item = Column> + 'a {
        let pairs = self.columns.iter().zip(cells);
        pairs.filter(|(column, cell)| column.is_useful() && !cell.trim().is_empty()).map(|(column, _)| *column)
    }

    /// A line with a representative and no pupil belongs to the pupil above it: their cells were merged.
    fn fill_from(&self, last: &[String], cells: &mut [String]) {
        let names_nobody = [Column::Name, Column::Surname].iter().all(|column| self.text(cells, *column).is_empty());
        let names_guardian = self.filled(cells).any(|column| column.of_guardian().is_some());
        if !names_nobody || !names_guardian {
            return;
        }
        for (place, cell) in cells.iter_mut().enumerate() {
            let is_pupils = self.columns.get(place).is_some_and(|column| column.of_guardian().is_none());
            if let (true, Some(above)) = (is_pupils && cell.trim().is_empty(), last.get(place)) {
                cell.clone_from(above);
            }
        }
    }
}

/// Reads a line that only names a class: «Класс: 8А», «Список 8 «А» класса».
fn class_line(cells: &[String]) -> Option<ClassName> {
    let filled: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    if filled.is_empty() || filled.len() > 3 {
        return None;
    }
    let line = filled.join(" ");
    let says_class = line.to_lowercase().contains("класс");
    if line.chars().count() > 80 || !says_class { None } else { class_in(&line.replace(':', " ")) }
}

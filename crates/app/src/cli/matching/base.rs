//! One of the two bases as it stands in a file: the row of headings is found, the rows below it are people.

use super::{
    columns::{Column, Side},
    headings::Headings,
    mistake::{self, Mistake},
};
use crate::words;
use documents::tables::Table;
use std::collections::BTreeMap;

/// What a row under a merged name has of the row above, where it says nothing itself.
const CONTINUED: [Column; 4] = [Column::Class, Column::Born, Column::Age, Column::Form];

/// A base read out of a file.
#[derive(Debug)]
pub struct Base {
    pub side: Side,
    pub file: String,
    columns: BTreeMap<Column, (usize, String)>,
    pub rows: Vec<Row>,
    /// Headings that tell the matching nothing.
    pub unused: Vec<String>,
    /// Rows that may be people and are not read, with what stands in the place of the name.
    pub passed_over: Vec<(usize, String)>,
}

/// A row with a person.
#[derive(Debug)]
pub struct Row {
    /// As Excel numbers it.
    pub number: usize,
    /// Whether it stands under the merged name of the row above: one more of the same person.
    pub continues: bool,
    cells: BTreeMap<Column, String>,
}

impl Row {
    /// Returns the text of a cell; empty where the base has no such column.
    pub fn text(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }

    /// Returns the row as one more of the same person.
    fn continuing(mut self, above: &Self) -> Self {
        self.continues = true;
        for column in CONTINUED {
            if self.text(column).is_empty() {
                self.cells.insert(column, above.text(column).to_owned());
            }
        }
        self
    }
}

impl Base {
    /// Finds the base among the tables of a file.
    pub fn read(side: Side, file: &str, tables: &[Table]) -> Result<Self, Mistake> {
        let found = tables.iter().filter_map(|table| Some((table, Headings::find(side, table)?)));
        let best = found.max_by_key(|(table, headings)| (headings.columns.len(), table.rows.len()));
        let Some((table, headings)) = best else { return Err(mistake::no_base(file, side)) };
        let mut base = Self {
            side,
            file: file.to_owned(),
            columns: BTreeMap::new(),
            rows: Vec::new(),
            unused: Vec::new(),
            passed_over: Vec::new(),
        };
        for place in headings.body..table.rows.len() {
            base.take(table, place, &headings);
        }
        if base.rows.is_empty() {
            return Err(mistake::nobody(file));
        }
        Ok(Self { columns: headings.columns, unused: headings.unused, ..base })
    }

    fn take(&mut self, table: &Table, place: usize, headings: &Headings) {
        let number = place + 1;
        let name = words::one_line(table.text(place, headings.name()));
        match kind(table, place, headings) {
            Kind::Person => self.rows.push(row(table, place, headings)),
            Kind::Continued(first) => match self.rows.last().filter(|above| above.number > first) {
                Some(above) => self.rows.push(row(table, place, headings).continuing(above)),
                None => self.passed_over.push((number, name)),
            },
            Kind::Unclear => self.passed_over.push((number, name)),
            Kind::Nobody => {}
        }
    }

    /// Tells whether the base has a column.
    pub fn has(&self, column: Column) -> bool {
        self.columns.contains_key(&column)
    }

    /// Returns the heading of a column.
    pub fn heading(&self, column: Column) -> Option<&str> {
        self.columns.get(&column).map(|(_, heading)| heading.as_str())
    }

    /// Returns a mistake in a cell.
    pub fn mistake(&self, row: &Row, column: Column, what: impl Into<String>) -> Mistake {
        Mistake {
            file: self.file.clone(),
            row: Some(row.number),
            column: self.heading(column).map(str::to_owned),
            person: Some(words::one_line(row.text(Column::Name))),
            what: what.into(),
        }
    }
}

/// What a row below the headings is.
enum Kind {
    Person,
    /// The name is merged over several rows, of which this is not the first; that one is named.
    Continued(usize),
    /// A name and nothing else, or something without a name.
    Unclear,
    /// Headings repeated on every page, numbers of columns, titles across the table, nothing.
    Nobody,
}

fn kind(table: &Table, place: usize, headings: &Headings) -> Kind {
    let name = headings.name();
    let text = table.text(place, name);
    let filled = |column: &usize| table.is_origin(place, *column) && !table.text(place, *column).is_empty();
    let filled = (0..table.width()).filter(filled).count();
    let covering = table.rows.get(place).and_then(|row| row.get(name)).and_then(|cell| cell.covered_by);
    let has_letters = text.chars().any(char::is_alphabetic);
    match covering {
        _ if filled == 0 || headings.are_repeated(text) => Kind::Nobody,
        Some((first, _)) if first < place => Kind::Continued(first),
        Some(_) if filled == 1 => Kind::Nobody,
        _ if has_letters && (filled > 1 || is_like_a_name(text)) => Kind::Person,
        _ if has_letters || text.is_empty() && filled > 1 => Kind::Unclear,
        _ => Kind::Nobody,
    }
}

/// A row may hold the name alone; a title over the rows below is written in small letters, with figures or in capitals.
fn is_like_a_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_part = |word: &&str| {
        word.starts_with(char::is_uppercase) && word.contains(char::is_lowercase) && !word.contains(char::is_numeric)
    };
    (2..=4).contains(&words.len()) && words.iter().all(is_part)
}

fn row(table: &Table, place: usize, headings: &Headings) -> Row {
    let cell = |(&column, (at, _)): (&Column, &(usize, String))| (column, table.text(place, *at).to_owned());
    Row { number: place + 1, continues: false, cells: headings.columns.iter().map(cell).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::tables::Cell;

    fn table(rows: &[&[&str]]) -> Table {
        let cell = |text: &&str| Cell { text: (*text).to_owned(), covered_by: None };
        Table { title: None, rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect() }
    }

    #[test]
    fn people_stand_below_the_headings_wherever_these_are() {
        let tables = [
            table(&[&["Школа", "7"]]),
            table(&[
                &["База наставляемых", "", ""],
                &["№", "ФИО наставляемого", "Телефон"],
                &["1", "2", "3"],
                &["1", "Ёлкина Анна", "нет"],
                &["", "ФИО наставляемого", "Телефон"],
                &["", "Параллель 8-х классов", ""],
                &["2", "Ким Лю", ""],
                &["", "Соснова Ия", ""],
            ]),
        ];
        let base = Base::read(Side::Mentees, "a.xlsx", &tables).unwrap();
        let people: Vec<(usize, &str)> = base.rows.iter().map(|row| (row.number, row.text(Column::Name))).collect();
        assert_eq!(people, [(4, "Ёлкина Анна"), (7, "Ким Лю"), (8, "Соснова Ия")]);
        assert_eq!(base.unused, ["Телефон"]);
        assert_eq!(base.passed_over, [(6, "Параллель 8-х классов".to_owned())]);
        assert_eq!((base.has(Column::Name), base.has(Column::Class)), (true, false));
        assert_eq!(base.rows[0].text(Column::Class), "");
    }

    #[test]
    fn a_file_without_names_is_no_base() {
        let error = Base::read(Side::Mentors, "b.csv", &[table(&[&["Телефон", "Почта"], &["1", "2"]])]).unwrap_err();
        assert!(error.to_string().starts_with("b.csv: не похоже на базу наставников"), "{error}");
    }

    #[test]
    fn a_name_merged_over_two_rows_is_a_person_with_two_rows() {
        let mut table = table(&[
            &["ФИО наставника", "Класс", "ФИО наставляемых"],
            &["Рябинин Олег", "11А", "Ёлкина Анна"],
            &["", "", "Ким Лю"],
            &["", "", "Сосна Ия"],
        ]);
        table.rows[2][0].covered_by = Some((1, 0));
        let base = Base::read(Side::Mentors, "b.xlsx", &[table]).unwrap();
        let text =
            |row: &Row| [Column::Name, Column::Class, Column::Partners].map(|column| row.text(column).to_owned());
        assert_eq!(
            base.rows.iter().map(text).collect::<Vec<_>>(),
            [["Рябинин Олег", "11А", "Ёлкина Анна"], ["Рябинин Олег", "11А", "Ким Лю"],]
        );
        assert_eq!(base.passed_over, [], "one cell without a name is nobody");
    }

    #[test]
    fn a_surname_that_begins_like_a_heading_is_a_person() {
        let rows: &[&[&str]] = &[&["ФИО", "Класс"], &["Языкова Анна", "7А"], &["Классен Ия", "8А"], &["", "8А"]];
        let base = Base::read(Side::Mentees, "a.xlsx", &[table(rows)]).unwrap();
        assert_eq!(base.rows.len(), 2);
    }

    #[test]
    fn headings_without_people_are_refused() {
        let error = Base::read(Side::Mentors, "b.csv", &[table(&[&["ФИО", "Телефон"]])]).unwrap_err();
        assert_eq!(error.to_string(), "b.csv: под заголовками нет ни одного человека");
    }
}

//! One of the two bases as it stands in a file: the row of headings is found, the rows below it are people.

use super::{
    columns::{self, Column, Side},
    mistake::{self, Mistake},
};
use crate::words;
use documents::tables::Table;
use std::collections::BTreeMap;

/// Rows above the headings, at most: a title, an approval, the name of the school.
const HEADINGS_WITHIN: usize = 30;

/// A base read out of a file.
#[derive(Debug)]
pub struct Base {
    pub side: Side,
    pub file: String,
    columns: BTreeMap<Column, (usize, String)>,
    pub rows: Vec<Row>,
    /// Headings that tell the matching nothing.
    pub unused: Vec<String>,
}

/// A row with a person.
#[derive(Debug)]
pub struct Row {
    /// As Excel numbers it.
    pub number: usize,
    cells: BTreeMap<Column, String>,
}

impl Row {
    /// Returns the text of a cell; empty where the base has no such column.
    pub fn text(&self, column: Column) -> &str {
        self.cells.get(&column).map_or("", String::as_str)
    }
}

impl Base {
    /// Finds the base among the tables of a file.
    pub fn read(side: Side, file: &str, tables: &[Table]) -> Result<Self, Mistake> {
        let found = tables.iter().filter_map(|table| Some((table, headings(side, table)?)));
        let best = found.max_by_key(|(table, (_, columns))| (columns.len(), table.rows.len()));
        let Some((table, (top, columns))) = best else { return Err(mistake::no_base(file, side)) };
        let used: Vec<usize> = columns.values().map(|&(place, _)| place).collect();
        let unused = (0..table.width()).filter(|place| !used.contains(place));
        let unused = unused.map(|place| words::one_line(table.text(top, place))).filter(|title| names_something(title));
        let unused = unused.collect();
        let row = |number: usize| {
            let cell =
                |(&column, &(place, _)): (&Column, &(usize, String))| (column, table.text(number, place).to_owned());
            Row { number: number + 1, cells: columns.iter().map(cell).collect() }
        };
        let rows = (top + 1..table.rows.len()).filter(|&number| is_person(table, number, columns[&Column::Name].0));
        let rows = rows.map(row).collect();
        Ok(Self { side, file: file.to_owned(), columns, rows, unused })
    }

    /// Tells whether the base has a column.
    pub fn has(&self, column: Column) -> bool {
        self.columns.contains_key(&column)
    }

    /// Returns a mistake in a cell.
    pub fn mistake(&self, row: &Row, column: Column, what: impl Into<String>) -> Mistake {
        Mistake {
            file: self.file.clone(),
            row: Some(row.number),
            column: self.columns.get(&column).map(|(_, title)| title.clone()),
            person: Some(words::one_line(row.text(Column::Name))),
            what: what.into(),
        }
    }
}

type Headings = (usize, BTreeMap<Column, (usize, String)>);

/// Finds the row with the most known headings, among them that of the name.
fn headings(side: Side, table: &Table) -> Option<Headings> {
    let rows = (0..table.rows.len().min(HEADINGS_WITHIN)).rev();
    let known = rows.map(|row| {
        let texts =
            (0..table.width()).map(|place| if table.is_origin(row, place) { table.text(row, place) } else { "" });
        (row, columns::places(side, texts))
    });
    known.filter(|(_, columns)| columns.contains_key(&Column::Name)).max_by_key(|(_, columns)| columns.len())
}

/// «№ п/п» says nothing that could be missed.
fn names_something(title: &str) -> bool {
    title.chars().filter(|c| c.is_alphabetic()).count() > 2
}

/// A row with a name; headings repeated on every page, numbers of columns and titles across the table are none.
fn is_person(table: &Table, row: usize, name: usize) -> bool {
    let text = table.text(row, name);
    let filled = (0..table.width()).filter(|&place| table.is_origin(row, place) && !table.text(row, place).is_empty());
    let has_letters = text.chars().any(char::is_alphabetic);
    let is_heading = [Side::Mentees, Side::Mentors].iter().any(|side| columns::recognise(*side, text).is_some());
    has_letters && !is_heading && filled.take(2).count() == 2
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
            ]),
        ];
        let base = Base::read(Side::Mentees, "a.xlsx", &tables).unwrap();
        let people: Vec<(usize, &str)> = base.rows.iter().map(|row| (row.number, row.text(Column::Name))).collect();
        assert_eq!(people, [(4, "Ёлкина Анна"), (7, "Ким Лю")]);
        assert_eq!(base.unused, ["Телефон"]);
        assert_eq!((base.has(Column::Name), base.has(Column::Class)), (true, false));
        assert_eq!(base.rows[0].text(Column::Class), "");
    }

    #[test]
    fn a_file_without_names_is_no_base() {
        let error = Base::read(Side::Mentors, "b.csv", &[table(&[&["Телефон", "Почта"], &["1", "2"]])]).unwrap_err();
        assert!(error.to_string().starts_with("b.csv: не похоже на базу наставников"), "{error}");
    }
}

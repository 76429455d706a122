//! The headings of a base: one row, or two where «Наставляемый» stands over «ФИО» and «Класс».

use super::columns::{self, Column, Side};
use crate::words;
use documents::tables::Table;
use std::collections::{BTreeMap, BTreeSet};

/// Rows above the headings, at most: a title, an approval, the name of the school.
const HEADINGS_WITHIN: usize = 30;

/// Which column tells what, and where the people begin.
#[derive(Debug)]
pub struct Headings {
    /// The first row below the headings.
    pub body: usize,
    /// Where each column stands, and its heading.
    pub columns: BTreeMap<Column, (usize, String)>,
    /// Headings that tell the matching nothing.
    pub unused: Vec<String>,
    /// What stands above the names, as it may be repeated on every page.
    above_names: Vec<String>,
}

impl Headings {
    /// Finds the headings with the most known columns, among them that of the name.
    pub fn find(side: Side, table: &Table) -> Option<Self> {
        let rows = (0..table.rows.len().min(HEADINGS_WITHIN)).rev();
        let found = rows.filter_map(|row| {
            let is_second = || row.checked_sub(1).is_some_and(|above| Self::in_two(side, table, above).is_some());
            Self::in_two(side, table, row).or_else(|| (!is_second()).then(|| Self::in_one(side, table, row)))
        });
        let named = found.filter(|headings| headings.columns.contains_key(&Column::Name));
        // Of equals the last is taken: the upper row, because they are looked through from below.
        named.max_by_key(|headings| headings.columns.len())
    }

    /// Returns where the names stand.
    pub fn name(&self) -> usize {
        self.columns.get(&Column::Name).map_or(0, |&(place, _)| place)
    }

    /// Tells whether a text in the place of a name is the heading over it once more.
    pub fn are_repeated(&self, text: &str) -> bool {
        let folded = words::fold(text);
        let says_name = folded.split(|c: char| !c.is_alphanumeric()).any(|word| word == "фио");
        says_name || self.above_names.iter().any(|heading| words::fold(heading) == folded)
    }

    fn in_one(side: Side, table: &Table, row: usize) -> Self {
        let titles: Vec<String> = (0..table.width()).map(|place| own(table, row, place)).collect();
        let known = titles.iter().map(|title| columns::recognise(side, title)).collect();
        Self::new((table, [row, row]), titles, known)
    }

    /// Reads a row of headings with narrower ones under some of them.
    fn in_two(side: Side, table: &Table, row: usize) -> Option<Self> {
        let parents = parents(table, row)?;
        let below = |place: usize| own(table, row + 1, place);
        let title = |(place, parent): (usize, &String)| match below(place) {
            under if under.is_empty() => own(table, row, place),
            under => format!("{parent} {under}"),
        };
        let titles: Vec<String> = parents.iter().enumerate().map(title).collect();
        let known: Vec<Option<Column>> = titles
            .iter()
            .enumerate()
            .map(|(place, title)| columns::recognise(side, title).or_else(|| columns::whom(side, &below(place))))
            .collect();
        let pair = Self::new((table, [row, row + 1]), titles, known);
        let single = |row| Self::in_one(side, table, row).columns.len();
        let tells_more = pair.columns.len() > single(row).max(single(row + 1));
        // «ФИО» under «Наставляемый» alone would be read as the name of the mentor.
        let of_others = parents.iter().any(|parent| columns::is_of_others(side, parent));
        (pair.columns.contains_key(&Column::Name) && (tells_more || of_others)).then_some(pair)
    }

    /// Of two headings that mean the same the first counts, the other is named as unused.
    fn new((table, [first, last]): (&Table, [usize; 2]), titles: Vec<String>, known: Vec<Option<Column>>) -> Self {
        let mut columns: BTreeMap<Column, (usize, String)> = BTreeMap::new();
        for (place, column) in known.into_iter().enumerate() {
            if let Some(column) = column {
                columns.entry(column).or_insert_with(|| (place, titles[place].clone()));
            }
        }
        let used: BTreeSet<usize> = columns.values().map(|&(place, _)| place).collect();
        let name = columns.get(&Column::Name).map(|&(place, _)| place);
        let above_names = name.map(|name| vec![own(table, first, name), own(table, last, name)]);
        let above_names = above_names.unwrap_or_default().into_iter().filter(|text| !text.is_empty()).collect();
        let unused = titles.into_iter().enumerate().filter(|(place, title)| !used.contains(place) && says_more(title));
        let unused = unused.map(|(_, title)| title).collect();
        Self { body: last + 1, columns, unused, above_names }
    }
}

/// Returns for each column the heading it stands under, where the row below holds narrower headings and nothing else:
/// a text under a heading of one column is a person's, and under a single title stands no person's base at all.
fn parents(table: &Table, row: usize) -> Option<Vec<String>> {
    let (upper, lower) = (|place| own(table, row, place), |place| own(table, row + 1, place));
    let width = table.width();
    if row + 1 >= table.rows.len() || (0..width).filter(|&place| !upper(place).is_empty()).count() < 2 {
        return None;
    }
    let is_wide = |place: usize| place + 1 < width && upper(place + 1).is_empty() && !lower(place + 1).is_empty();
    let mut parents: Vec<String> = Vec::with_capacity(width);
    let mut wide = false;
    for place in 0..width {
        let title = upper(place);
        if !title.is_empty() {
            wide = is_wide(place);
        }
        if !lower(place).is_empty() && !wide {
            return None;
        }
        parents.push(if title.is_empty() { parents.last().cloned().unwrap_or_default() } else { title });
    }
    Some(parents)
}

/// Returns the text of a cell that begins at this place.
fn own(table: &Table, row: usize, place: usize) -> String {
    if table.is_origin(row, place) { words::one_line(table.text(row, place)) } else { String::new() }
}

/// «№ п/п» says nothing that could be missed.
fn says_more(title: &str) -> bool {
    title.chars().filter(|c| c.is_alphabetic()).count() > 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::tables::Cell;

    fn table(rows: &[&[&str]]) -> Table {
        let cell = |text: &&str| Cell { text: (*text).to_owned(), covered_by: None };
        Table { title: None, rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect() }
    }

    fn places(side: Side, rows: &[&[&str]]) -> (usize, Vec<(Column, usize)>) {
        let headings = Headings::find(side, &table(rows)).unwrap();
        (headings.body, headings.columns.iter().map(|(&column, &(place, _))| (column, place)).collect())
    }

    #[test]
    fn a_heading_and_the_one_under_it_name_a_column_together() {
        let rows: &[&[&str]] = &[
            &["База наставляемых", "", "", "", "", ""],
            &["№", "Наставляемый", "", "Запрос", "Дата", ""],
            &["", "ФИО", "Класс", "", "вхождения", "завершения"],
            &["1", "Ёлкина Анна", "7Б", "физика", "", ""],
        ];
        let expected = [(Column::Name, 1), (Column::Finished, 5), (Column::Class, 2), (Column::Themes, 3)];
        let (body, found) = places(Side::Mentees, rows);
        assert_eq!((body, found.len()), (3, 4));
        assert!(expected.iter().all(|column| found.contains(column)), "{found:?}");
        let headings = Headings::find(Side::Mentees, &table(rows)).unwrap();
        assert_eq!(headings.unused, ["Дата вхождения"]);
        assert!(headings.are_repeated("ФИО") && !headings.are_repeated("Фиолетова Анна"));
    }

    #[test]
    fn what_stands_under_the_other_side_is_not_the_persons_own() {
        let rows: &[&[&str]] = &[
            &["Наставник", "", "", "Наставляемый", ""],
            &["ФИО", "Компетенции", "Возраст", "ФИО", "Класс"],
            &["Рябинин Олег", "физика", "17", "Ёлкина Анна", "7Б"],
        ];
        let (_, found) = places(Side::Mentors, rows);
        let expected = [(Column::Name, 0), (Column::Themes, 1), (Column::Age, 2), (Column::Partners, 3)];
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(expected.iter().all(|column| found.contains(column)), "{found:?}");
    }

    #[test]
    fn a_person_is_no_second_row_of_headings() {
        for rows in [
            &[&["ФИО наставляемого", "Класс", ""] as &[&str], &["Классен Анна", "7Б", "форма есть"]],
            &[&["ФИО наставляемого", ""], &["Языкова", "Анна"]],
        ] {
            assert_eq!(places(Side::Mentees, rows).0, 1, "{rows:?}");
        }
    }

    #[test]
    fn a_title_above_the_headings_names_no_column() {
        for title in [["Список", "", ""], ["Школа № 7", "", "УТВЕРЖДАЮ"], ["Наставники и наставляемые", "", "2026"]]
        {
            let rows: &[&[&str]] = &[&title, &["ФИО", "Класс", "Компетенции"], &["Рябинин Олег", "11А", "физика"]];
            let headings = Headings::find(Side::Mentors, &table(rows)).unwrap();
            assert_eq!((headings.body, headings.columns.len()), (2, 3), "{title:?}");
            assert_eq!(headings.columns[&Column::Class].1, "Класс");
        }
    }
}

//! What holds for every table: nothing is lost, nothing is counted twice.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        1 => Just("^".to_owned()),
        1 => Just("<".to_owned()),
        4 => prop::sample::select(vec![
            "№", "№ п/п", "1", "2", "3", "1.1", "1.1. Издать приказ", "I. Подготовка", "Этап 2", "Мероприятие",
            "Наименование этапа", "Содержание", "Сроки", "Срок реализации", "Ответственный", "Результат", "Показатель",
            "Вид документа", "Октябрь 2023", "Сентябрь 2025", "в течение года", "Директор", "кураторы групп",
            "Берёзкина А.Б.", "Приказ", "Не менее 5", "* примечание", "о внедрении", "Провести встречу",
        ]).prop_map(str::to_owned),
        1 => ".{0,20}",
    ]
}

/// Tables of any shape, ragged ones too, with cells merged wherever they can be.
fn tables() -> impl Strategy<Value = Vec<Table>> {
    let row = prop::collection::vec(texts(), 1..7);
    let rows = prop::collection::vec(row, 0..9);
    let mend = |rows: Vec<Vec<String>>| {
        let mended: Vec<Vec<&str>> = rows
            .iter()
            .enumerate()
            .map(|(r, row)| {
                let mend = |(c, text): (usize, &'_ String)| match text.as_str() {
                    "^" if r == 0 || rows[r - 1].len() <= c => "",
                    "<" if c == 0 => "",
                    _ => rows[r][c].as_str(),
                };
                row.iter().enumerate().map(mend).collect()
            })
            .collect();
        let lines: Vec<&[&str]> = mended.iter().map(Vec::as_slice).collect();
        table("Дорожная карта", &lines)
    };
    prop::collection::vec(rows.prop_map(mend), 0..4)
}

/// Every cell that is not blank, with its place.
fn printed(tables: &[Table]) -> BTreeSet<(usize, usize, usize, String)> {
    let mut cells = BTreeSet::new();
    for (t, table) in tables.iter().enumerate() {
        for (r, row) in table.rows.iter().enumerate() {
            for (c, cell) in row.iter().enumerate() {
                if cell.covered_by.is_none() && !cell.text.trim().is_empty() {
                    cells.insert((t, r, c, cell.text.trim().to_owned()));
                }
            }
        }
    }
    cells
}

fn accounted(understood: &Understood) -> Vec<(usize, usize, usize, String)> {
    let rows = understood.rows().flat_map(|row| &row.cells);
    let sections = understood.sections.iter().flat_map(|section| &section.cells);
    let left_out = understood.left_out.iter().map(|left| &left.cell);
    let cells = rows.chain(sections).chain(left_out);
    cells.map(|cell| (cell.place.table, cell.place.row, cell.column, cell.text.clone())).collect()
}

fn is_heading(understood: &Understood, table: usize, row: usize) -> bool {
    let mapping = understood.mapping.tables[table].as_ref();
    mapping.is_some_and(|mapping| mapping.header.is_some_and(|header| (header..mapping.body).contains(&row)))
}

proptest! {
    #[test]
    fn every_cell_below_a_heading_ends_up_somewhere_and_once(tables in tables()) {
        let understood = read(&tables);
        let accounted = accounted(&understood);
        let once: BTreeSet<_> = accounted.iter().cloned().collect();
        prop_assert_eq!(once.len(), accounted.len(), "a cell is counted twice");
        let body: BTreeSet<_> =
            printed(&tables).into_iter().filter(|(table, row, ..)| !is_heading(&understood, *table, *row)).collect();
        prop_assert_eq!(once, body);
    }

    #[test]
    fn every_row_has_a_number_of_its_own(tables in tables()) {
        let understood = read(&tables);
        let numbers: BTreeSet<_> = understood.rows().map(|row| &row.number).collect();
        prop_assert_eq!(numbers.len(), understood.rows().count());
        let sections: BTreeSet<_> = understood.sections.iter().map(|section| &section.number).collect();
        prop_assert_eq!(sections.len(), understood.sections.len());
        prop_assert!(understood.all_doubts().all(|doubt| !doubt.to_string().is_empty()));
    }

    #[test]
    fn any_mapping_of_columns_is_followed_without_loss(tables in tables(), shuffle in prop::collection::vec(0..10_usize, 24)) {
        let mut mapping = Mapping::detect(&tables);
        let mut choices = shuffle.into_iter().cycle();
        for table in mapping.tables.iter_mut().flatten() {
            for place in 0..table.columns.len() {
                table.set(place, Column::ALL.get(choices.next().unwrap()).copied());
            }
        }
        let understood = understand_with(&tables, year(2023), &mapping);
        let body = printed(&tables).into_iter().filter(|(table, row, ..)| !is_heading(&understood, *table, *row));
        prop_assert_eq!(accounted(&understood).into_iter().collect::<BTreeSet<_>>(), body.collect::<BTreeSet<_>>());
    }
}

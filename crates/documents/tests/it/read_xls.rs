//! Books of old Excel: Excel 95 and 97–2003, as journals and bookkeeping programs still save them.

use crate::stream::read;
use chrono::NaiveDate;
use documents::tables::Unreadable;
use documents::testing::{Cell, Saved, old_excel};

fn day(year: i32, month: u32, day: u32) -> Cell {
    Cell::Day(NaiveDate::from_ymd_opt(year, month, day).unwrap())
}

fn texts(row: &[&str]) -> Vec<Cell> {
    row.iter().map(|text| Cell::text(text)).collect()
}

fn class() -> Vec<Vec<Cell>> {
    vec![
        texts(&["ФИО", "Дата рождения", "Телефон", "№"]),
        vec![Cell::text("Ёлкина Анна «Ия»"), day(2012, 2, 29), Cell::Number(89_991_234_567.0), Cell::Number(1.0)],
        vec![],
        vec![Cell::text("Жуков Пётр"), Cell::text("02.03.12"), Cell::Empty, Cell::Number(2.5)],
    ]
}

const AS_SEEN: [&str; 4] = [
    "-- 8А",
    "1: ФИО|Дата рождения|Телефон|№",
    "2: Ёлкина Анна «Ия»|29.02.2012|89991234567|1",
    "4: Жуков Пётр|02.03.12||2.5",
];

#[test]
fn cyrillic_dates_and_numbers_are_read_from_both_generations() {
    for saved in [Saved::By95, Saved::By97] {
        assert_eq!(read("8А.xls", &old_excel(saved, &[("8А", class())])).unwrap(), AS_SEEN, "{saved:?}");
    }
}

#[test]
fn the_edges_of_the_calendar_stay_days() {
    let rows = vec![vec![day(1900, 3, 1), day(1999, 12, 31), day(2000, 1, 1), day(2026, 9, 1)]];
    let lines = read("x.xls", &old_excel(Saved::By97, &[("л", rows)])).unwrap();
    assert_eq!(lines[1], "1: 01.03.1900|31.12.1999|01.01.2000|01.09.2026");
}

#[test]
fn sheets_come_in_order_and_an_empty_one_has_no_rows() {
    let sheets = [("8А", class()), ("пусто", vec![]), ("8Б", vec![texts(&["", "", "В"])])];
    let lines = read("классы.xls", &old_excel(Saved::By97, &sheets)).unwrap();
    assert_eq!(lines[4..], ["-- пусто", "-- 8Б", "1: ||В"]);
}

#[test]
fn texts_beyond_one_record_are_read_on() {
    let rows: Vec<Vec<Cell>> = (0..2_000).map(|n| vec![Cell::Text(format!("Ольхов{n} Илья"))]).collect();
    let lines = read("x.xls", &old_excel(Saved::By97, &[("л", rows)])).unwrap();
    assert_eq!(
        (lines.len(), lines[1].as_str(), lines[2_000].as_str()),
        (2_001, "1: Ольхов0 Илья", "2000: Ольхов1999 Илья")
    );
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    let wide = vec![(0..256).map(|_| Cell::text("а")).chain([Cell::text("б")]).collect()];
    for (name, bytes, expected) in [
        ("с паролем", old_excel(Saved::Locked, &[("8А", class())]), Unreadable::Encrypted),
        ("пустые листы", old_excel(Saved::By97, &[("Лист1", vec![])]), Unreadable::NoTables),
        ("шире положенного", old_excel(Saved::By97, &[("л", wide)]), Unreadable::TooManyColumns { limit: 256 }),
        (
            "длинный текст",
            old_excel(Saved::By97, &[("л", vec![texts(&[&"я".repeat(2_001)])])]),
            Unreadable::CellTooLong { limit: 2_000 },
        ),
    ] {
        assert_eq!(read("8А.xls", &bytes), Err(expected), "{name}");
    }
}

//! What the writers write, the readers read: so tests of other crates can make their own uploads.

use documents::block::{Block, Clause, Document, Page, Paragraph, Signature, TableBlock, TableCell};
use documents::sheet::{Column, Sheet, Value, Workbook};
use documents::tables::{Limits, Table, read_any};
use proptest::prelude::*;

use crate::raw::drawn;

fn through_docx(table: TableBlock) -> Table {
    let document = Document::new("", Page::landscape()).with(Paragraph::text("Дорожная карта")).with(table);
    let bytes = documents::docx::write(&document).unwrap();
    read_any("карта.docx", &bytes, &Limits::default()).unwrap().remove(0)
}

fn through_xlsx(sheet: Sheet) -> Table {
    let bytes = documents::xlsx::write(&Workbook::of(sheet)).unwrap();
    read_any("карта.xlsx", &bytes, &Limits::default()).unwrap().remove(0)
}

#[test]
fn a_road_map_with_merged_cells_comes_back_from_word() {
    let table = TableBlock::new(&[3, 1, 2, 2, 2])
        .header(["Содержание", "Сроки", "Результат", "Показатель", "Ответственный"])
        .row([TableCell::text("Организационная поддержка").across(5)])
        .row([
            TableCell::text("База наставляемых"),
            TableCell::text("Октябрь -\nНоябрь 2026"),
            TableCell::text("База"),
            TableCell::text("не менее 55% «каждой» группы").down(2),
            TableCell::text("куратор"),
        ])
        .row(["База наставников", "Октябрь 2026", "База", "куратор"])
        .row([
            TableCell::text("Обучение"),
            TableCell::text("в течение года"),
            TableCell::text("5 экспертов & 3 <занятия>").across(2),
            TableCell::text("методист"),
        ]);
    let read = through_docx(table);
    assert_eq!(read.title.as_deref(), Some("Дорожная карта"));
    assert_eq!(
        drawn(&read),
        [
            ["Содержание", "Сроки", "Результат", "Показатель", "Ответственный"],
            ["Организационная поддержка", "<", "<", "<", "<"],
            ["База наставляемых", "Октябрь -\nНоябрь 2026", "База", "не менее 55% «каждой» группы", "куратор"],
            ["База наставников", "Октябрь 2026", "База", "^", "куратор"],
            ["Обучение", "в течение года", "5 экспертов & 3 <занятия>", "<", "методист"],
        ]
    );
}

#[test]
fn a_long_form_of_blank_rows_is_no_bomb() {
    let blank = vec![Vec::new(); 3_000];
    let mut table = TableBlock::new(&[1, 1, 1, 1]).header(["а", "б", "в", "г"]);
    table.rows.extend(blank);
    assert_eq!(through_docx(table).rows.len(), 3_001);
}

#[test]
fn everything_around_the_table_is_no_table() {
    let document = Document::new("Приказ", Page::portrait())
        .with(Paragraph::text("ПРИКАЗЫВАЮ:"))
        .with(Block::NumberedClauses(vec![Clause::text("Утвердить.").with(Clause::text("Сроки."))]))
        .with(TableBlock::new(&[1, 1]).row(["а", "б"]))
        .with(Block::Signatures(vec![Signature {
            post: "Директор".to_owned(), name: "И. О. Фамилия".to_owned()
        }]));
    let tables = read_any("x", &documents::docx::write(&document).unwrap(), &Limits::default()).unwrap();
    assert_eq!(tables.len(), 1);
    assert_eq!(tables[0].title.as_deref(), Some("1.1. Сроки."));
}

#[test]
fn a_road_map_with_merged_cells_comes_back_from_excel() {
    let columns = [Column::text("№", 6.0), Column::text("Мероприятие", 40.0), Column::text("Показатель", 30.0)];
    let sheet = Sheet::new("Дорожная карта", columns)
        .row(["Раздел 1"])
        .row(["1.1", "База наставляемых", "55%"])
        .row(["1.10", "База наставников"])
        .merged(0, 0, 1, 3)
        .merged(1, 2, 2, 1);
    let read = through_xlsx(sheet);
    assert_eq!(read.title.as_deref(), Some("Дорожная карта"));
    assert_eq!(
        drawn(&read),
        [
            ["№", "Мероприятие", "Показатель"],
            ["Раздел 1", "<", "<"],
            ["1.1", "База наставляемых", "55%"],
            ["1.10", "База наставников", "^"],
        ]
    );
}

#[test]
fn typed_values_come_back_as_people_read_them() {
    let day = chrono::NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let values = [
        Value::Integer(31),
        Value::Number(2.5),
        Value::Percent(0.555),
        Value::Date(day),
        Value::DateTime(day.and_hms_opt(9, 30, 0).unwrap()),
        Value::Link { address: "https://example.org".to_owned(), text: "сайт".to_owned() },
        Value::Integer(i64::MAX),
        Value::Date(chrono::NaiveDate::from_ymd_opt(1812, 9, 7).unwrap()),
        Value::Number(f64::NAN),
    ];
    let columns = (1..=values.len()).map(|number| Column::text(number.to_string(), 10.0));
    let read = through_xlsx(Sheet::new("Лист", columns).row(values));
    assert_eq!(
        drawn(&read)[1],
        ["31", "2.5", "55.5%", "01.09.2026", "01.09.2026 09:30", "сайт", "9223372036854775807", "07.09.1812", ""]
    );
}

/// A table of up to five columns whose cells may be merged in any way that fits.
fn any_table() -> impl Strategy<Value = TableBlock> {
    let cell = ("[а-яА-Я0-9&<>\"']{1,9}( [а-я]{1,5}){0,2}", 1..4_usize, 1..4_usize);
    (1..6_usize, prop::collection::vec(prop::collection::vec(cell, 5), 1..8)).prop_map(|(width, rows)| {
        let mut table = TableBlock::new(&vec![1; width]);
        let mut covered = vec![0_usize; width];
        for cells in rows {
            let mut row = Vec::new();
            let mut column = 0;
            let mut cells = cells.into_iter();
            while column < width {
                if covered[column] > 0 {
                    column += 1;
                    continue;
                }
                let Some((text, across, down)) = cells.next() else { break };
                let free = covered[column..].iter().take(across).take_while(|rows| **rows == 0).count();
                row.push(TableCell::text(text).across(free).down(down));
                covered[column..column + free].fill(down);
                column += free;
            }
            for rows in &mut covered {
                *rows = rows.saturating_sub(1);
            }
            table = table.row(row);
        }
        table
    })
}

proptest! {
    /// Every text of a written table is read at the place where a cell begins, and nowhere else.
    #[test]
    fn any_table_comes_back_from_word(table in any_table()) {
        let written: Vec<Vec<String>> = table.rows.iter().map(|row| {
            row.iter().map(|cell| cell.paragraphs[0].runs[0].text.clone()).collect()
        }).collect();
        let read = through_docx(table);
        let found: Vec<Vec<String>> = read.rows.iter().map(|row| {
            row.iter().filter(|cell| !cell.text.is_empty()).map(|cell| cell.text.clone()).collect()
        }).collect();
        prop_assert_eq!(found, written);
    }

    /// The reader agrees with an independent one on what was written.
    #[test]
    fn excel_texts_agree_with_calamine(rows in prop::collection::vec(prop::collection::vec("[а-яА-Я0-9=+@'&<_x-]{1,12}", 3), 1..6)) {
        use calamine::Reader;
        let columns = ["а", "б", "в"].map(|title| Column::text(title, 12.0));
        let mut sheet = Sheet::new("Лист", columns);
        for row in &rows {
            sheet = sheet.row(row.iter().map(String::as_str));
        }
        let bytes = documents::xlsx::write(&Workbook::of(sheet)).unwrap();
        let ours = read_any("x", &bytes, &Limits::default()).unwrap().remove(0);
        let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("Лист").unwrap();
        let theirs: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        prop_assert_eq!(&drawn(&ours), &theirs);
        prop_assert_eq!(&drawn(&ours)[1..], &rows);
    }
}

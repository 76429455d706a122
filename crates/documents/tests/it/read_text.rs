//! Tables pasted as text.

use documents::tables::{Limits, Unreadable, read_any, read_text};
use proptest::prelude::*;

use crate::raw::drawn;

fn read(text: &str) -> Vec<Vec<String>> {
    let tables = read_text(text, &Limits::default()).unwrap();
    assert_eq!(tables.len(), 1);
    drawn(&tables[0])
}

#[test]
fn cells_copied_from_excel_are_told_by_tabs_and_keep_their_line_breaks() {
    let text = "№\tМероприятие\tСрок\r\n1\t\"Педсовет\n\"\"Наставник\"\"\"\tоктябрь 2026\r\n2\t\tмай\r\n";
    assert_eq!(
        read(text),
        [["№", "Мероприятие", "Срок"], ["1", "Педсовет\n\"Наставник\"", "октябрь 2026"], ["2", "", "май"]]
    );
}

#[test]
fn quotes_around_a_part_of_a_cell_are_text() {
    assert_eq!(
        read("1\t\"Школа наставника\" для педагогов\n2\t\"Начало"),
        [["1", "\"Школа наставника\" для педагогов"], ["2", "\"Начало"]]
    );
}

#[test]
fn a_cell_that_word_tore_into_lines_is_joined() {
    let text = "№\tЧто\tСрок\tКто\n1\tПедсовет\nи совещание\tоктябрь\tдиректор\n2\tАнкеты\tмай\tпсихолог";
    assert_eq!(
        read(text),
        [
            ["№", "Что", "Срок", "Кто"],
            ["1", "Педсовет\nи совещание", "октябрь", "директор"],
            ["2", "Анкеты", "май", "психолог"],
        ]
    );
}

#[test]
fn a_section_stays_a_row_of_its_own() {
    let rows = read("№\tЧто\tСрок\nРаздел 1\n1\tПедсовет\tмай");
    assert_eq!(rows, [["№", "Что", "Срок"], ["Раздел 1", "", ""], ["1", "Педсовет", "май"]]);
}

#[test]
fn bars_with_a_frame_and_a_ruler_are_columns() {
    assert_eq!(
        read("| № | Что |\n|---|:---:|\n| 1 | Педсовет |\n| 2 | |"),
        [["№", "Что"], ["1", "Педсовет"], ["2", ""]]
    );
}

#[test]
fn semicolons_are_columns_when_most_rows_agree() {
    assert_eq!(
        read("№;Что\n1;\"Педсовет; анкеты\"\n2;Отчёт"),
        [["№", "Что"], ["1", "Педсовет; анкеты"], ["2", "Отчёт"]]
    );
}

#[test]
fn runs_of_spaces_are_columns() {
    assert_eq!(
        read("№   Что делаем    Срок\n1   Педсовет      май 2026"),
        [["№", "Что делаем", "Срок"], ["1", "Педсовет", "май 2026"]]
    );
}

#[test]
fn prose_is_no_table() {
    for text in ["Просто предложение.", "Первое; второе.\nТретье.\nЧетвёртое.", "Дорожная карта, план, отчёт"]
    {
        assert_eq!(read_text(text, &Limits::default()), Err(Unreadable::NoColumns), "{text}");
    }
    assert_eq!(read_text(" \n\t ", &Limits::default()), Err(Unreadable::Empty));
}

#[test]
fn csv_is_read_in_the_encodings_of_schools() {
    let (windows, _, _) = encoding_rs::WINDOWS_1251.encode("ФИО;Класс\nЁжиков Пётр;8А");
    let utf16: Vec<u8> = "\u{FEFF}ФИО;Класс\nЁжиков Пётр;8А".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf8 = "\u{FEFF}ФИО;Класс\nЁжиков Пётр;8А".as_bytes();
    for bytes in [&windows[..], &utf16, utf8] {
        let tables = read_any("класс.csv", bytes, &Limits::default()).unwrap();
        assert_eq!(drawn(&tables[0]), [["ФИО", "Класс"], ["Ёжиков Пётр", "8А"]]);
    }
}

#[test]
fn commas_separate_only_in_a_csv() {
    let bytes = b"a,b\n1,2";
    assert_eq!(drawn(&read_any("x.csv", bytes, &Limits::default()).unwrap()[0]), [["a", "b"], ["1", "2"]]);
    assert_eq!(read_any("x.txt", bytes, &Limits::default()), Err(Unreadable::NoColumns));
}

proptest! {
    /// What is pasted out of a table of plain cells comes back as that table.
    #[test]
    fn tabbed_rows_come_back(rows in prop::collection::vec(prop::collection::vec("[а-яА-Я0-9 .,;|-]{0,12}[а-я]", 3), 1..8)) {
        let text: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
        let expected: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect()).collect();
        prop_assert_eq!(read(&text.join("\n")), expected);
    }

    /// No text makes the reader fail in another way than by a refusal, and no table is larger than allowed.
    #[test]
    fn any_text_is_read_or_refused(text in "[а-я\"\t\n|;  0-9]{0,200}") {
        let limits = Limits { rows: 6, columns: 5, cells: 20, ..Limits::default() };
        if let Ok(tables) = read_text(&text, &limits) {
            prop_assert!(tables[0].rows.len() <= 6 && tables[0].width() <= 5);
        }
    }
}

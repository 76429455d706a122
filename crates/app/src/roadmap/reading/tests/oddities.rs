//! What files do to a road map: pages, torn rows, missing headings, other tables.

use std::collections::BTreeSet;

use super::layouts::{regional_order, support_kinds};
use super::*;

#[test]
fn numbers_glued_to_titles_are_taken_off() {
    let understood = read(&[table(
        "",
        &[
            &["Мероприятие", "Срок", "Ответственный"],
            &["I. Подготовка", "<", "<"],
            &["1.1. Издать приказ", "Сентябрь 2023", "Директор"],
            &["1.2 Собрать группу", "Сентябрь 2023", "Директор"],
            &["5 экспертов пригласить на встречу", "Октябрь 2023", "Методист"],
        ],
    )]);
    assert_eq!(
        outline(&understood),
        [
            "1 Подготовка",
            "  1.1 Издать приказ | сентябрь 2023",
            "  1.2 Собрать группу | сентябрь 2023",
            "  1.3 5 экспертов пригласить на встречу | октябрь 2023",
        ]
    );
}

#[test]
fn a_number_used_twice_is_given_once() {
    let understood = read(&[table(
        "",
        &[
            &["№", "Мероприятие", "Срок", "Ответственный"],
            &["1.1", "Издать приказ", "май", "Директор"],
            &["1.1", "Собрать группу", "май", "Директор"],
        ],
    )]);
    assert_eq!(outline(&understood), ["1 Мероприятия", "  1.1 Издать приказ | май", "  1.2 Собрать группу | май"]);
    assert_eq!(said(row(&understood, "1.2")), ["Номер 1.1 уже занят, мероприятию дан другой."]);
}

#[test]
fn a_map_goes_on_in_the_table_of_the_next_page() {
    let next = table(
        "",
        &[
            &["2.2", "Провести занятия", "Декабрь 2023", "Методист", "Журнал"],
            &["3. Итоги", "<", "<", "<", "<"],
            &["3.1", "Подвести итоги", "Май 2024", "Методист", "Справка"],
        ],
    );
    let understood = read(&[regional_order(), next]);
    assert_eq!(
        outline(&understood)[3..],
        [
            "2 Сопровождение",
            "  2.1 Обучить наставников | октябрь – ноябрь 2023",
            "  2.2 Провести занятия | декабрь 2023",
            "3 Итоги",
            "  3.1 Подвести итоги | май 2024",
        ]
    );
    assert_eq!(understood.mapping.tables[1].as_ref().unwrap().header, None);
}

#[test]
fn a_repeated_heading_is_no_row() {
    let mut map = regional_order();
    let heading = map.rows[0].clone();
    map.rows.insert(6, heading);
    let understood = read(&[map]);
    assert_eq!(outline(&understood), outline(&read(&[regional_order()])));
    let repeated = understood.left_out.iter().filter(|left| left.reason == LeftOutReason::RepeatedHeader);
    assert_eq!(repeated.count(), 5);
}

#[test]
fn a_row_torn_by_a_page_break_is_put_together() {
    let understood = read(&[table(
        "",
        &[
            &["№", "Мероприятие", "Срок", "Ответственный", "Результат"],
            &["1", "Издать приказ", "Октябрь -", "Заместитель директора", "Приказ"],
            &["", "о внедрении модели", "", "", ""],
            &["", "", "Ноябрь 2023", "Методист", "Положение"],
            &["2", "Собрать группу", "май", "Методист", "Список"],
        ],
    )]);
    assert_eq!(
        outline(&understood),
        ["1 Мероприятия", "  1 Издать приказ о внедрении модели | октябрь – ноябрь 2023", "  2 Собрать группу | май",]
    );
    let torn = row(&understood, "1");
    assert_eq!(torn.result, "Приказ\nПоложение");
    assert_eq!(posts(torn), [Post::Deputy, Post::Methodist]);
    assert_eq!(said(torn)[0], "Текст без названия мероприятия присоединён к этому мероприятию (таблица 1, строка 3).");
}

#[test]
fn tables_that_are_no_road_maps_are_left_out_whole() {
    let signatures = table("", &[&["Директор", "подпись"], &["Куратор", "подпись"]]);
    let classes = table("", &[&["Класс", "Учеников"], &["7 «А»", "25"], &["8 «А»", "27"]]);
    let understood = read(&[signatures, regional_order(), classes]);
    assert_eq!(understood.rows().count(), 3);
    let of_others: Vec<_> =
        reasons(&understood).into_iter().filter(|(reason, _)| *reason == LeftOutReason::NotARoadmap).collect();
    assert_eq!(of_others.len(), 10);
    assert_eq!(understood.mapping.tables.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(understood.rows().next().unwrap().place, Place { table: 1, row: 3 });
}

#[test]
fn every_table_under_its_own_heading_is_a_section() {
    let part = |title: &str, row: &str| {
        table(title, &[&["№", "Мероприятие", "Срок", "Ответственный"], &["1", row, "май", "Методист"]])
    };
    let understood =
        read(&[part("Раздел 1. Подготовка", "Издать приказ"), part("Раздел 2. Работа", "Провести встречу")]);
    assert_eq!(
        outline(&understood),
        ["1 Подготовка", "  1.1 Издать приказ | май", "2 Работа", "  2.1 Провести встречу | май",]
    );
}

#[test]
fn a_sheet_that_nobody_named_is_no_section() {
    let understood =
        read(&[table("Лист1", &[&["Мероприятие", "Срок", "Ответственный"], &["Издать приказ", "май", "Методист"]])]);
    assert_eq!(understood.sections[0].title, "Мероприятия");
}

#[test]
fn text_above_the_heading_and_notes_below_are_left_out_with_a_reason() {
    let understood = read(&[table(
        "",
        &[
            &["План работы школы", "<", "<"],
            &["Мероприятие", "Срок", "Ответственный"],
            &["Издать приказ", "май", "Методист"],
            &["* сроки могут меняться", "<", "<"],
        ],
    )]);
    assert_eq!(understood.rows().count(), 1);
    assert_eq!(
        reasons(&understood),
        [(LeftOutReason::AboveHeader, "План работы школы"), (LeftOutReason::Note, "* сроки могут меняться"),]
    );
    assert_eq!(understood.left_out[0].reason.label(), "текст над шапкой таблицы");
}

#[test]
fn a_heading_of_two_rows_is_read_by_its_lower_row() {
    let understood = read(&[table(
        "",
        &[
            &["№", "Мероприятие", "Срок", "Итоги", "<"],
            &["^", "^", "^", "Результат", "Показатель"],
            &["1", "Издать приказ", "май", "Приказ", "1 приказ"],
        ],
    )]);
    let read = row(&understood, "1");
    assert_eq!((read.result.as_str(), read.indicator.as_str()), ("Приказ", "1 приказ"));
}

#[test]
fn columns_without_a_heading_are_guessed_and_doubted() {
    let understood = read(&[table(
        "",
        &[
            &["1", "Издать приказ о внедрении", "Сентябрь 2023", "Директор", "Приказ"],
            &["2", "Собрать рабочую группу", "Октябрь 2023", "Методист", "Список"],
            &["3", "Провести занятия с наставниками", "Ноябрь 2023", "Методист", "Журнал"],
        ],
    )]);
    assert_eq!(
        outline(&understood)[1..],
        [
            "  1 Издать приказ о внедрении | сентябрь 2023",
            "  2 Собрать рабочую группу | октябрь 2023",
            "  3 Провести занятия с наставниками | ноябрь 2023",
        ]
    );
    assert_eq!(row(&understood, "3").result, "Журнал");
    assert_eq!(understood.doubts.len(), 1);
    assert!(understood.doubts[0].to_string().contains("столбцы угаданы"));
}

#[test]
fn a_person_can_say_what_a_column_holds() {
    let map = table(
        "",
        &[&["Мероприятие", "Срок", "Ответственный", "Что получится"], &["Издать приказ", "май", "Методист", "Приказ"]],
    );
    let mut mapping = Mapping::detect(std::slice::from_ref(&map));
    let columns = mapping.tables[0].as_mut().unwrap();
    assert_eq!(columns.columns[3].column, None);
    columns.set(3, Some(Column::Result));
    let understood = understand_with(std::slice::from_ref(&map), year(2023), &mapping);
    assert_eq!(understood.rows().next().unwrap().result, "Приказ");
    assert_eq!(understood.mapping, mapping);
    let nothing = understand_with(&[map], year(2023), &Mapping::default());
    assert_eq!(nothing.rows().count(), 0);
    assert_eq!(nothing.left_out.len(), 8);
}

#[test]
fn a_title_merged_over_two_rows_makes_two_rows() {
    let understood = read(&[table(
        "",
        &[
            &["№", "Мероприятие", "Срок", "Ответственный"],
            &["1", "Провести собрания", "Сентябрь 2023", "Директор"],
            &["^", "^", "Май 2024", "Методист"],
        ],
    )]);
    assert_eq!(
        outline(&understood)[1..],
        ["  1 Провести собрания | сентябрь 2023", "  1.2 Провести собрания | май 2024",]
    );
    assert!(said(row(&understood, "1.2"))[0].starts_with("Название стоит в объединённой ячейке"));
}

#[test]
fn a_file_without_tables_is_an_empty_map() {
    let understood = read(&[]);
    assert_eq!(understood.rows().count(), 0);
    assert_eq!(understood.left_out.len(), 0);
}

#[test]
fn keys_and_labels_of_columns_are_distinct() {
    for column in Column::ALL {
        assert_eq!(Column::from_key(column.key()), Some(column));
    }
    assert_eq!(Column::ALL.map(Column::label).into_iter().collect::<BTreeSet<_>>().len(), Column::ALL.len());
}

#[test]
fn what_was_understood_can_be_stored_until_a_person_decides() {
    let understood = read(&[support_kinds(), regional_order()]);
    let stored = serde_json::to_string(&understood).unwrap();
    assert_eq!(serde_json::from_str::<Understood>(&stored).unwrap(), understood);
}

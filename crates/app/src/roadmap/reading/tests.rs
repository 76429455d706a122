//! Road maps of every layout that schools use, in our own words.

use std::collections::BTreeSet;

use documents::tables::{Cell, Table};
use proptest::prelude::*;

use super::*;
use crate::roadmap::template::{Post, Template};

fn year(start: i32) -> SchoolYear {
    SchoolYear::starting_in(start).unwrap()
}

/// Builds a table; `^` is covered by the cell above and `<` by the cell on the left.
fn table(title: &str, rows: &[&[&str]]) -> Table {
    let mut cells: Vec<Vec<Cell>> = Vec::new();
    for (r, row) in rows.iter().enumerate() {
        let mut line: Vec<Cell> = Vec::new();
        for (c, text) in row.iter().enumerate() {
            let covered_by = match *text {
                "^" => Some(cells[r - 1][c].covered_by.unwrap_or((r - 1, c))),
                "<" => Some(line[c - 1].covered_by.unwrap_or((r, c - 1))),
                _ => None,
            };
            let text = if covered_by.is_some() { "" } else { text };
            line.push(Cell { text: text.to_owned(), covered_by });
        }
        cells.push(line);
    }
    Table { title: (!title.is_empty()).then(|| title.to_owned()), rows: cells }
}

fn read(tables: &[Table]) -> Understood {
    understand(tables, year(2023))
}

/// Shows sections and rows as an outline.
fn outline(understood: &Understood) -> Vec<String> {
    let show = |section: &ReadSection| {
        let rows = section.rows.iter().map(|row| format!("  {} {} | {}", row.number, row.title, row.term.term));
        std::iter::once(format!("{} {}", section.number, section.title)).chain(rows).collect::<Vec<_>>()
    };
    understood.sections.iter().flat_map(show).collect()
}

fn row<'a>(understood: &'a Understood, number: &str) -> &'a ReadRow {
    understood.rows().find(|row| row.number == number).unwrap()
}

fn said(row: &ReadRow) -> Vec<String> {
    row.doubts.iter().map(ToString::to_string).collect()
}

fn posts(row: &ReadRow) -> Vec<Post> {
    row.responsible.iter().filter_map(|who| who.post).collect()
}

fn reasons(understood: &Understood) -> Vec<(LeftOutReason, &str)> {
    understood.left_out.iter().map(|left| (left.reason, left.cell.text.as_str())).collect()
}

/// Layout A: sections as merged rows, a row of column numbers, numbers with and without a dot at the end.
fn regional_order() -> Table {
    table(
        "План мероприятий («дорожная карта») школы",
        &[
            &[
                "№ п/п",
                "Наименование мероприятий",
                "Срок реализации",
                "Ответственный исполнитель",
                "Результат. Вид документа",
            ],
            &["1", "2", "3", "4", "5"],
            &["1. Правовые основы", "<", "<", "<", "<"],
            &["1.1.", "Издать приказ о внедрении", "Сентябрь 2023", "Директор", "Приказ"],
            &["1.2", "Назначить куратора", "до 15.09.2023", "Директор", "Приказ"],
            &["2. Сопровождение", "<", "<", "<", "<"],
            &[
                "2.1.",
                "Обучить наставников",
                "Октябрь-\nНоябрь 2023",
                "Методист,\nпедагог-психолог",
                "Программа занятий",
            ],
        ],
    )
}

#[test]
fn a_map_with_section_rows_and_numbered_columns_is_understood() {
    let understood = read(&[regional_order()]);
    assert_eq!(
        outline(&understood),
        [
            "1 Правовые основы",
            "  1.1 Издать приказ о внедрении | сентябрь 2023",
            "  1.2 Назначить куратора | до 15.09.2023",
            "2 Сопровождение",
            "  2.1 Обучить наставников | октябрь – ноябрь 2023",
        ]
    );
    assert_eq!(understood.title.as_deref(), Some("План мероприятий («дорожная карта») школы"));
    assert_eq!(posts(row(&understood, "2.1")), [Post::Methodist, Post::Psychologist]);
    assert_eq!(row(&understood, "2.1").result, "Программа занятий");
    assert!(understood.rows().all(|row| !row.number_assigned));
    assert_eq!(understood.all_doubts().count(), 0);
    assert!(reasons(&understood).iter().all(|(reason, _)| *reason == LeftOutReason::ColumnNumbers));
    assert_eq!(understood.left_out.len(), 5);
}

/// Layout A′: roman sections in the title column, numbering that begins anew, document and result apart.
fn regional_level() -> Table {
    table(
        "",
        &[
            &[
                "NN п/п",
                "Наименование мероприятия",
                "Сроки",
                "Ответственный исполнитель/ соисполнители",
                "Вид документа",
                "Ожидаемые результаты",
            ],
            &["I.", "Подготовка", "", "", "", ""],
            &["1.", "Собрать рабочую группу", "август 2023", "Заместитель директора", "приказ", "группа работает"],
            &["2.", "Провести опрос", "в течение года", "РОИВ", "справка", "опрошены семьи"],
            &["II.", "Работа", "", "", "", ""],
            &["1.", "Провести встречи", "ежегодно", "кураторы групп", "", "встречи проведены"],
        ],
    )
}

#[test]
fn numbering_that_begins_anew_in_every_section_becomes_unique() {
    let understood = read(&[regional_level()]);
    assert_eq!(
        outline(&understood),
        [
            "1 Подготовка",
            "  1.1 Собрать рабочую группу | август 2023",
            "  1.2 Провести опрос | в течение учебного года",
            "2 Работа",
            "  2.1 Провести встречи | ежегодно",
        ]
    );
    assert_eq!(row(&understood, "1.1").document_kind, "приказ");
    assert_eq!(row(&understood, "1.1").result, "группа работает");
    assert_eq!(said(row(&understood, "1.2")), ["Не понятно, кто отвечает: «РОИВ». Выберите должность или человека."]);
}

#[test]
fn numbering_that_goes_on_through_the_sections_is_kept() {
    let mut map = regional_level();
    map.rows[5][0].text = "3.".to_owned();
    let numbers: Vec<String> = read(&[map]).rows().map(|row| row.number.clone()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
}

/// Layout B: the stage is the first column, merged down, and its number with it.
fn seven_stages() -> Table {
    table(
        "",
        &[
            &["№", "Наименование этапа", "Мероприятия", "Содержание деятельности", "Сроки", "Ответственный"],
            &["1", "Подготовка условий", "Изучить документы", "Собрать нормативные акты", "Сентябрь 2023", "Директор"],
            &["^", "^", "Рассказать родителям", "1. Собрание. 2. Сайт.", "Сентябрь 2023", "Классные руководители"],
            &[
                "2",
                "Отбор наставников",
                "Провести анкетирование",
                "Анкеты и беседы",
                "Октябрь 2023",
                "Педагог-психолог",
            ],
            &["^", "^", "Провести беседы", "^", "^", "^"],
        ],
    )
}

#[test]
fn stages_in_a_merged_first_column_become_sections() {
    let understood = read(&[seven_stages()]);
    assert_eq!(
        outline(&understood),
        [
            "1 Подготовка условий",
            "  1.1 Изучить документы | сентябрь 2023",
            "  1.2 Рассказать родителям | сентябрь 2023",
            "2 Отбор наставников",
            "  2.1 Провести анкетирование | октябрь 2023",
            "  2.2 Провести беседы | октябрь 2023",
        ]
    );
    assert_eq!(row(&understood, "1.2").content, "1. Собрание. 2. Сайт.");
    assert_eq!(row(&understood, "2.2").content, "Анкеты и беседы");
    assert_eq!(posts(row(&understood, "2.2")), [Post::Psychologist]);
    assert!(understood.rows().all(|row| row.number_assigned));
}

#[test]
fn stages_whose_cells_are_left_empty_instead_of_merged_go_on_too() {
    let mut map = seven_stages();
    for (row, column) in [(2, 0), (2, 1), (4, 0), (4, 1)] {
        map.rows[row][column].covered_by = None;
    }
    assert_eq!(outline(&read(&[map])), outline(&read(&[seven_stages()])));
}

#[test]
fn numbers_of_rows_beside_merged_stages_stay_with_the_rows() {
    let mut map = seven_stages();
    for (row, number) in [(1, "1"), (2, "2"), (3, "3"), (4, "4")] {
        map.rows[row][0] = Cell { text: number.to_owned(), covered_by: None };
    }
    let understood = read(&[map]);
    let numbers: Vec<_> = understood.rows().map(|row| row.number.as_str()).collect();
    assert_eq!(numbers, ["1", "2", "3", "4"]);
}

/// Layout C: one row for every stage.
fn teachers_model() -> Table {
    table(
        "",
        &[
            &[
                "№",
                "Наименование этапа",
                "Содержание деятельности и примерный план",
                "Сроки",
                "Ответственный",
                "Ожидаемый результат",
            ],
            &["1.", "Подготовительный этап", "Изучить запросы педагогов", "сентябрь", "Куратор", "Запросы собраны"],
            &[
                "2.",
                "Основной этап",
                "Провести занятия",
                "октябрь – апрель",
                "Куратор, руководитель МО",
                "Занятия проведены",
            ],
        ],
    )
}

#[test]
fn a_map_with_one_row_for_every_stage_is_understood() {
    let understood = read(&[teachers_model()]);
    assert_eq!(
        outline(&understood),
        [
            "1 Подготовительный этап",
            "  1.1 Изучить запросы педагогов | сентябрь",
            "2 Основной этап",
            "  2.1 Провести занятия | октябрь – апрель",
        ]
    );
    assert_eq!(posts(row(&understood, "2.1")), [Post::Coordinator, Post::MethodicalUnionHead]);
}

/// Layout D: no numbers, the indicator merged down over two rows, then result and indicator merged across.
fn support_kinds() -> Table {
    table(
        "",
        &[
            &[
                "Содержание",
                "Сроки",
                "Ожидаемый результат (вид документа)",
                "Показатели эффективности",
                "Ответственный",
            ],
            &["Организационное сопровождение", "<", "<", "<", "<"],
            &[
                "Собрать базу наставляемых",
                "Октябрь 2023",
                "База наставляемых",
                "Охват не менее 55 %",
                "Берёзкина А.Б.",
            ],
            &["Собрать базу наставников", "Октябрь 2023", "База наставников", "^", "Берёзкина А.Б.\nКураторы групп"],
            &["Обучить наставников", "Октябрь -Ноябрь 2023", "Проведено не менее 3 занятий", "<", "Методист"],
            &["Заключить соглашения", "Октябрь 2023", "Соглашения подписаны", "<", "Методист"],
            &["Информационное сопровождение", "<", "<", "<", "<"],
            &["Провести собрания", "Сентябрь 2024", "Итоги за 2020-2021 учебный год", "", ""],
        ],
    )
}

#[test]
fn a_map_without_numbers_gets_numbers() {
    let understood = read(&[support_kinds()]);
    assert_eq!(
        outline(&understood),
        [
            "1 Организационное сопровождение",
            "  1.1 Собрать базу наставляемых | октябрь 2023",
            "  1.2 Собрать базу наставников | октябрь 2023",
            "  1.3 Обучить наставников | октябрь – ноябрь 2023",
            "  1.4 Заключить соглашения | октябрь 2023",
            "2 Информационное сопровождение",
            "  2.1 Провести собрания | сентябрь 2024",
        ]
    );
    assert!(understood.rows().all(|row| row.number_assigned));
}

#[test]
fn an_indicator_merged_down_belongs_to_both_rows_and_says_so() {
    let understood = read(&[support_kinds()]);
    let (first, second) = (row(&understood, "1.1"), row(&understood, "1.2"));
    assert_eq!(second.indicator, first.indicator);
    assert_eq!(second.shares_indicator_with, Some(first.place));
    assert_eq!(
        said(second),
        [
            "Показатель стоит в объединённой ячейке и общий со строкой выше (таблица 1, строка 3).",
            "Среди ответственных есть и фамилии, и должности: назначьте людей сами.",
        ]
    );
    assert_eq!(first.shares_indicator_with, None);
}

#[test]
fn a_result_merged_across_the_indicator_is_an_indicator_when_it_can_be_counted() {
    let understood = read(&[support_kinds()]);
    assert_eq!(row(&understood, "1.3").indicator, "Проведено не менее 3 занятий");
    assert!(said(row(&understood, "1.3"))[0].starts_with("Результат и показатель стоят в одной ячейке"));
    assert_eq!(row(&understood, "1.4").indicator, "");
    assert_eq!(row(&understood, "1.4").result, "Соглашения подписаны");
}

#[test]
fn what_a_reused_map_left_behind_is_doubted() {
    let understood = read(&[support_kinds()]);
    let meetings = row(&understood, "2.1");
    assert_eq!(
        said(meetings),
        [
            "Срок «Сентябрь 2024» начинается после конца учебного года 2023/24. Возможно, имелось в виду: сентябрь 2023.",
            "Ответственный не указан.",
            "В тексте названы другие годы: 2020–2021. Возможно, они остались от прошлой дорожной карты.",
        ]
    );
    assert_eq!(meetings.doubts[0].suggestion().unwrap().text(), "сентябрь 2023");
    assert_eq!(meetings.doubts[0].place.to_string(), "таблица 1, строка 8");
}

#[test]
fn a_name_is_kept_as_a_name() {
    let understood = read(&[support_kinds()]);
    let [who] = row(&understood, "1.1").responsible.as_slice() else { panic!() };
    assert_eq!((who.name.as_deref(), who.post), (Some("Берёзкина А.Б."), None));
}

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

/// Prints the built-in map as a school would, with or without numbers.
fn built_in(numbered: bool) -> Table {
    let template = Template::built_in().unwrap();
    let mut rows = vec![
        ["№ п/п", "Содержание", "Сроки", "Ответственный", "Ожидаемый результат", "Показатели"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for section in &template.sections {
        let mut heading = vec!["<".to_owned(); 6];
        heading[0] = format!("{}. {}", section.number, section.title);
        rows.push(heading);
        for row in &section.rows {
            let number = if numbered { format!("{}.", row.number) } else { String::new() };
            let posts: Vec<&str> = row.responsible.iter().map(|post| post.label()).collect();
            let term = row.term.text().to_uppercase();
            rows.push(vec![
                number,
                row.title.clone(),
                term,
                posts.join(", "),
                row.result.clone(),
                row.indicator.clone(),
            ]);
        }
    }
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    table("", &rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

#[test]
fn the_built_in_map_comes_back_whole_from_paper() {
    let template = Template::built_in().unwrap();
    for numbered in [true, false] {
        let understood = read(&[built_in(numbered)]);
        assert_eq!(understood.left_out, []);
        assert_eq!(understood.rows().count(), 31);
        for (read, row) in understood.rows().zip(template.rows()) {
            assert_eq!((&read.number, &read.title), (&row.number, &row.title));
            assert_eq!(read.term.term, row.term, "{}", row.number);
            assert_eq!(posts(read), row.responsible, "{}", row.number);
            assert_eq!((&read.result, &read.indicator), (&row.result, &row.indicator));
            assert_eq!(read.doubts, [], "{}", row.number);
        }
        let titles: Vec<_> = understood.sections.iter().map(|section| &section.title).collect();
        assert_eq!(titles, template.sections.iter().map(|section| &section.title).collect::<Vec<_>>());
    }
}

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

//! The four layouts of road maps.

use super::*;

/// Layout A: sections as merged rows, a row of column numbers, numbers with and without a dot at the end.
pub(super) fn regional_order() -> Table {
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
fn a_section_repeated_in_every_row_of_a_sheet_is_one_section() {
    let sheet = table(
        "",
        &[
            &["№", "Раздел", "Мероприятие", "Срок"],
            &["1.1", "1. Подготовка", "Издать приказ", "сентябрь"],
            &["1.2", "1. Подготовка", "Собрать запросы", "октябрь"],
            &["2.1", "2. Итоги", "Подвести итоги", "май"],
        ],
    );
    let understood = read(&[sheet]);
    let sections: Vec<_> = understood
        .sections
        .iter()
        .map(|section| (section.number.as_str(), section.title.as_str(), section.rows.len()))
        .collect();
    assert_eq!(sections, [("1", "Подготовка", 2), ("2", "Итоги", 1)]);
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
pub(super) fn support_kinds() -> Table {
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

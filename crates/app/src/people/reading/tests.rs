//! Cells and lists as schools write them.

use super::{date::BadDate, *};
use crate::people::{Grounds, Sex};
use chrono::{Datelike as _, NaiveDate};
use proptest::prelude::*;
use rstest::rstest;
use std::collections::HashMap;

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn today() -> NaiveDate {
    day(2026, 11, 22)
}

fn cells(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Reads a file of lines and understands every person in it.
fn people(file: &str, lines: &[&[&str]]) -> Vec<Result<ReadPerson, String>> {
    let mut reader = ListReader::new(HashMap::new());
    reader.file(0, file);
    reader.sheet("Лист1");
    let mut found = vec![];
    for line in lines {
        if let Some(Seen::Person { section, cells }) = reader.line(&cells(line)) {
            found.push(understand(&reader.sections[section], &cells, today()));
        }
    }
    found
}

fn one(file: &str, lines: &[&[&str]]) -> ReadPerson {
    let mut found = people(file, lines);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).unwrap()
}

#[rstest]
#[case("01.02.2012")]
#[case("1.2.2012")]
#[case("01.02.12")]
#[case("01/02/2012")]
#[case("2012-02-01")]
#[case("2012-02-01T00:00:00")]
#[case("01. 02. 2012 г.")]
#[case("1 февраля 2012 г.")]
#[case("род. 01.02.2012, г. Образцов")]
#[case("40940")]
#[case(" 40940.0 ")]
fn a_date_is_read_however_it_is_written(#[case] text: &str) {
    assert_eq!(date_in(text, today()), Ok(Some(day(2012, 2, 1))));
}

#[rstest]
#[case("вчера", BadDate::Unreadable)]
#[case("32.01.2012", BadDate::Unreadable)]
#[case("29.02.2011", BadDate::Unreadable)]
#[case("2012", BadDate::Unreadable)]
#[case("01.02.2112", BadDate::Impossible)]
#[case("01.02.1812", BadDate::Impossible)]
#[case("01.02.2012, выдано 03.04.2020", BadDate::Several)]
fn what_is_not_one_possible_date_is_refused(#[case] text: &str, #[case] expected: BadDate) {
    assert_eq!(date_in(text, today()), Err(expected));
}

#[test]
fn an_empty_cell_or_a_dash_is_no_date_and_no_mistake() {
    for text in ["", "  ", "-", "—"] {
        assert_eq!(date_in(text, today()), Ok(None), "{text:?}");
    }
}

#[rstest]
#[case("8А", "8А")]
#[case("8-а_2026", "8А")]
#[case("Список 8 «А» класса", "8А")]
#[case("список_8_а_", "8А")]
#[case("Класс 8a", "8А")]
#[case("export_8А_2026-09-01", "8А")]
#[case("11 класс", "11")]
#[case("Класс: 11", "11")]
#[case("5 б", "5Б")]
fn a_class_is_found_in_names_of_files_and_lines(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(class_in(text).map(|class| class.to_string()).as_deref(), Some(expected));
}

#[rstest]
#[case("Контингент на 01.09.2026")]
#[case("Приложение 1 к приказу")]
#[case("1 сентября")]
#[case("Сотрудники 2026")]
#[case("Список № 7 б")]
fn what_names_no_class_gives_none(#[case] text: &str) {
    assert_eq!(class_in(text), None);
}

#[rstest]
#[case("ИВАНОВА АННА ПЕТРОВНА", "Иванова Анна Петровна")]
#[case("Иванова\u{a0} Анна   Петровна", "Иванова Анна Петровна")]
#[case("Ивaнoвa Aннa", "Иванова Анна")]
#[case("Римская - Корсакова Ольга", "Римская-Корсакова Ольга")]
#[case("Иванова (Петрова) Анна", "Иванова Анна")]
#[case("алиев рашид мамед оглы", "Алиев Рашид Мамед оглы")]
#[case("Smith John", "Smith John")]
fn a_name_is_tidied(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(full_name(text).map(|name| name.to_string()).as_deref(), Ok(expected));
}

#[rstest]
#[case("Иванова")]
#[case("Иванова А. П.")]
#[case("Иванова А")]
#[case("Иванова Анна 2")]
#[case("Иванова Анна <b>")]
fn what_is_no_full_name_is_refused(#[case] text: &str) {
    assert!(full_name(text).is_err());
}

#[rstest]
#[case("89991234567", "+7 999 123-45-67")]
#[case("+7 (999) 123-45-67", "+7 999 123-45-67")]
#[case("9991234567", "+7 999 123-45-67")]
#[case("тел. 375 29 123 45 67", "тел. 375 29 123 45 67")]
#[case("нет", "")]
fn a_telephone_is_written_one_way(#[case] text: &str, #[case] expected: &str) {
    assert_eq!(phone(text), expected);
}

#[test]
fn a_real_export_of_a_class_is_read_with_the_class_of_its_file() {
    let header: &[&str] = &[
        "№",
        "ФИО",
        "Пол",
        "Личное дело №",
        "Дата рождения",
        "ФИО представителя",
        "Тип представителя",
        "Телефон представителя",
        "Адрес",
        "СНИЛС",
    ];
    let pupil: &[&str] = &[
        "1",
        "Ёлкина Анна Ивановна",
        "Ж",
        "А-17",
        "дата: 01.02.2012",
        "Ёлкина Ольга Петровна",
        "мать",
        "89991234567",
        "г. Образцов",
        "123-456-789 00",
    ];
    let person = one("8 «А».xls", &[&["Список учащихся"], header, pupil, &["", "", ""], header, &["Итого", "1"]]);
    assert_eq!(person.name.to_string(), "Ёлкина Анна Ивановна");
    assert_eq!((person.born_on, person.sex, person.sex_is_guess), (Some(day(2012, 2, 1)), Some(Sex::Female), false));
    assert_eq!(person.class.map(|class| class.to_string()).as_deref(), Some("8А"));
    assert_eq!(person.journal_id, "А-17");
    let mother = &person.guardians[0];
    assert_eq!((mother.grounds, mother.phone.as_str()), (Grounds::Mother, "+7 999 123-45-67"));
}

#[test]
fn cells_that_must_not_be_kept_are_emptied_while_reading() {
    let mut reader = ListReader::new(HashMap::new());
    reader.file(0, "8А.xlsx");
    reader.line(&cells(&["ФИО", "СНИЛС", "Паспорт (серия, номер)", "Адрес проживания", "Группа здоровья", "Пол"]));
    let seen = reader.line(&cells(&["Иванов Иван", "1", "2", "3", "4", "м"])).unwrap();
    assert_eq!(seen, Seen::Person { section: 0, cells: cells(&["Иванов Иван", "", "", "", "", "м"]) });
}

#[test]
fn a_header_of_two_lines_tells_pupils_from_two_parents() {
    let upper: &[&str] = &["Обучающийся", "", "", "", "Приказ", "Родитель 1", "", "", "Родитель 2", "", ""];
    let lower: &[&str] =
        &["Фамилия", "Имя", "Отчество", "Класс", "Дата", "Фамилия", "Имя", "Телефон", "Фамилия", "Имя", "Телефон"];
    let line: &[&str] = &[
        "Жуков",
        "Пётр",
        "Ильич",
        "5-б",
        "01.09.2020",
        "Жукова",
        "Ирина",
        "9991112233",
        "Жуков",
        "Илья",
        "9994445566",
    ];
    let person = one("Контингент.xlsx", &[upper, lower, line]);
    assert_eq!((person.name.to_string().as_str(), person.sex), ("Жуков Пётр Ильич", Some(Sex::Male)));
    assert_eq!(person.class.unwrap().to_string(), "5Б");
    let guardians: Vec<String> = person.guardians.iter().map(|one| format!("{} {}", one.name, one.phone)).collect();
    assert_eq!(guardians, ["Жукова Ирина +7 999 111-22-33", "Жуков Илья +7 999 444-55-66"]);
}

#[test]
fn a_line_of_a_class_and_merged_cells_are_carried_down() {
    let header: &[&str] = &["Ученик", "Дата рождения", "Мать (ФИО)", "Отец (ФИО)"];
    let lines: &[&[&str]] = &[
        &["Класс:", "7Б"],
        header,
        &["Жуков Пётр", "02.03.2013", "Жукова Ирина Олеговна", ""],
        &["", "", "", "Жуков Илья Петрович"],
        &["Класс: 7В"],
        &["Ким Лю", "04.05.2013", "", ""],
    ];
    let read: Vec<ReadPerson> = people("списки.csv", lines).into_iter().map(Result::unwrap).collect();
    let classes: Vec<String> = read.iter().map(|person| person.class.as_ref().unwrap().to_string()).collect();
    assert_eq!(classes, ["7Б", "7Б", "7В"]);
    assert_eq!(read[1].name, read[0].name);
    assert_eq!((read[0].guardians[0].grounds, read[1].guardians[0].grounds), (Grounds::Mother, Grounds::Father));
}

#[test]
fn a_staff_list_has_posts_and_service() {
    let lines: &[&[&str]] = &[
        &["Фамилия", "Имя", "Отчество", "Должность", "Педагогический стаж", "Дата начала педагогической деятельности"],
        &["Осина", "Вера", "Львовна", "учитель математики", "2", "01.09.2024"],
        &["Дуб", "Олег", "Ильич", "завхоз", "", ""],
        &["Ива", "Нина", "Ильинична", "методист", "7 лет", ""],
    ];
    let staff: Vec<ReadStaff> =
        people("Сотрудники.xlsx", lines).into_iter().map(|read| read.unwrap().staff.unwrap()).collect();
    assert_eq!(staff[0].since, Some(Since::Day(day(2024, 9, 1))));
    assert!(staff[0].is_teaching && !staff[1].is_teaching);
    assert_eq!(staff[2].since, Some(Since::Years(7)));
}

#[test]
fn a_relative_who_represents_nobody_is_left_out_and_said() {
    let header: &[&str] = &["ФИО", "Класс", "ФИО представителя", "Тип представителя"];
    let person = one("x.csv", &[header, &["Ким Лю", "3А", "Ким Анна Ли", "бабушка"]]);
    assert!(person.guardians.is_empty());
    assert!(person.remarks[0].contains("бабушка"), "{:?}", person.remarks);
}

#[test]
fn a_broken_line_says_why_and_the_others_are_read() {
    let lines: &[&[&str]] = &[
        &["ФИО", "Дата рождения", "Класс"],
        &["Иванов", "01.02.2012", "8А"],
        &["Петров Пётр", "тридцатое", "8А"],
        &["Сидоров Илья", "01.02.2012", "восьмой"],
        &["Ким Лю", "01.02.2012", "8А"],
    ];
    let found = people("x.xlsx", lines);
    let why = |place: usize| found[place].as_ref().unwrap_err().as_str();
    assert!(why(0).contains("нет имени") && why(1).contains("дата рождения") && why(2).contains("класс не понят"));
    assert!(found[3].is_ok());
}

#[test]
fn what_a_person_corrected_is_remembered_by_the_words_of_the_header() {
    let remembered = HashMap::from([(header_key("Шифр"), Column::JournalId), (header_key("СНИЛС"), Column::JournalId)]);
    let columns = columns_of(&cells(&["ФИО", "ШИФР ", "СНИЛС", "Телефон"]), &remembered);
    assert_eq!(columns, [Column::Name, Column::JournalId, Column::Private, Column::Phone]);
}

#[test]
fn lines_that_tell_too_little_are_noise() {
    let mut reader = ListReader::new(HashMap::new());
    reader.file(0, "контингент.xlsx");
    reader.line(&cells(&["ФИО", "Класс", "Пол"]));
    assert_eq!(reader.line(&cells(&["страница 1"])), Some(Seen::Noise("заполнено меньше двух нужных ячеек")));
    assert!(matches!(reader.line(&cells(&["Итого: 25", "8А"])), Some(Seen::Noise(_))));
}

proptest! {
    #[test]
    fn every_written_date_is_read_back(offset in 0_i64..40_000, inside in any::<bool>()) {
        let date = today() - chrono::TimeDelta::days(offset);
        let words = if inside { ("дата рождения: ", " г.") } else { ("", "") };
        for written in [date.format("%d.%m.%Y").to_string(), date.format("%Y-%m-%d").to_string()] {
            let text = format!("{}{written}{}", words.0, words.1);
            prop_assert_eq!(date_in(&text, today()), Ok(Some(date)), "{}", text);
        }
        let short = date_in(&date.format("%d.%m.%y").to_string(), today());
        prop_assert!(matches!(short, Ok(Some(read)) if (read.month(), read.day()) == (date.month(), date.day()))
            || (date.month(), date.day()) == (2, 29));
    }

    #[test]
    fn any_text_is_read_without_falling(text in ".{0,60}") {
        let _ = (date_in(&text, today()), class_in(&text), full_name(&text), phone(&text), email(&text));
        prop_assert_eq!(tidy(&tidy(&text)), tidy(&text));
    }

    #[test]
    fn every_class_is_read_back_in_the_spellings_of_schools(grade in 1_u8..=11, letter in "[А-ЕЖ-Я]") {
        let expected = format!("{grade}{letter}");
        for text in [format!("{grade}{letter}"), format!("{grade} «{letter}»"), format!("{grade}-{}", letter.to_lowercase()),
            format!("Класс: {grade} {letter}"), format!("{grade}{letter} класс")] {
            prop_assert_eq!(class_in(&text).map(|class| class.to_string()), Some(expected.clone()), "{}", text);
        }
    }

    #[test]
    fn a_name_that_was_read_is_read_the_same_again(surname in "[А-Я][а-яё]{1,12}", given in "[А-Я][а-яё]{1,9}") {
        let once = full_name(&format!("{surname}  {given}")).unwrap();
        prop_assert_eq!(full_name(&once.to_string()), Ok(once));
    }
}

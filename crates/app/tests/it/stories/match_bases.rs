//! Stories of how `nastavnik match` reads what schools really write into the two bases, and what it says of it.

use super::match_commands::{Desk, left, pairs};
use crate::command_line::{sentence, stdout};
use documents::{
    sheet::{Column, Sheet, Workbook},
    xlsx,
};
use rstest::rstest;
use serde_json::{Value, json};

const ANNA: &str = "Ёлкина Анна Ивановна";
const PYOTR: &str = "Берёзов Пётр Ильич";
const DARYA: &str = "Соснова Дарья Олеговна";
const OLEG: &str = "Рябинин Олег Петрович";
const VERA: &str = "Калинина Вера Игоревна";

/// A desk with two bases; their first rows are the headings.
fn desk(mentees: &[&[&str]], mentors: &[&[&str]]) -> Desk {
    let desk = Desk::new();
    for (name, rows) in [("наставляемые.xlsx", mentees), ("наставники.xlsx", mentors)] {
        let sheet = Sheet::new("База", rows[0].iter().map(|title| Column::text(*title, 20.0)));
        let sheet = rows[1..].iter().fold(sheet, |sheet, row| sheet.row(row.iter().copied()));
        desk.put(name, &xlsx::write(&Workbook::of(sheet)).unwrap());
    }
    desk
}

fn refused(desk: &Desk) -> String {
    sentence(&desk.run(&["--out", "пары.json"]))
}

#[track_caller]
fn must_remark(result: &Value, words: &str) {
    let remarks = result["remarks"].as_array().unwrap();
    assert!(remarks.iter().any(|remark| remark.as_str().unwrap().contains(words)), "«{words}»: {remarks:#?}");
}

fn line<'a>(result: &'a Value, name: &str) -> &'a str {
    let lines = result["protocol"]["lines"].as_array().unwrap();
    lines.iter().find(|line| line[0].as_str().unwrap().contains(name)).unwrap()[1].as_str().unwrap()
}

const ONE_MENTOR: &[&[&str]] =
    &[&["ФИО наставника", "Компетенции", "Сколько наставляемых"], &[OLEG, "математика", "9"]];

#[test]
fn only_a_programme_that_has_ended_takes_a_mentee_out_and_it_is_said() {
    let heading: &[&str] = &["ФИО наставляемого", "Запрос", "Дата завершения программы"];
    let ends = ["31.05.2090", "-", "—", "нет", "25.05.2020"];
    let names: Vec<String> = ["а", "б", "в", "г", "д"].iter().map(|end| format!("Ёлкин{end} Анна")).collect();
    let rows: Vec<[&str; 3]> = names.iter().zip(ends).map(|(name, end)| [name, "математика", end]).collect();
    let table: Vec<&[&str]> = std::iter::once(heading).chain(rows.iter().map(<[&str; 3]>::as_slice)).collect();
    let result = desk(&table, ONE_MENTOR).result(&[]);
    assert_eq!(pairs(&result).len(), 4);
    must_remark(&result, "строк пропущено: 1, программа завершена: Ёлкинд Анна.");

    let said = refused(&desk(&[heading, &[ANNA, "математика", "скоро"]], ONE_MENTOR));
    let place = format!("строка 2, столбец «Дата завершения программы», {ANNA}: нужна дата вида 25.05.2026");
    assert!(said.contains(&place), "{said}");
    let said = refused(&desk(&[heading, &[ANNA, "математика", "25.05.2020"]], ONE_MENTOR));
    assert!(said.contains("программа завершена у всех, подбирать некому"), "{said}");
}

#[rstest]
#[case("нет")]
#[case("не назначен")]
#[case("подбирается")]
#[case("—")]
fn a_cell_that_names_no_mentor_leaves_the_mentee_without_one(#[case] partner: &str) {
    let mentees: &[&[&str]] = &[&["ФИО наставляемого", "Запрос", "ФИО наставника"], &[ANNA, "математика", partner]];
    assert_eq!(pairs(&desk(mentees, ONE_MENTOR).result(&[])), [(ANNA.to_owned(), OLEG.to_owned())]);
}

#[test]
fn partners_who_are_in_neither_base_count_and_are_said() {
    let mentees: &[&[&str]] = &[&["ФИО наставляемого", "ФИО наставника"], &[ANNA, "Осинин Глеб"], &[PYOTR, ""]];
    let mentors: &[&[&str]] =
        &[&["ФИО наставника", "ФИО наставляемых", "Сколько наставляемых"], &[OLEG, "Липина Зоя; 5А", "2"]];
    let result = desk(mentees, mentors).result(&[]);
    assert_eq!(result["with_mentor_already"], json!([ANNA]));
    assert_eq!(pairs(&result), [(PYOTR.to_owned(), OLEG.to_owned())]);
    must_remark(&result, "столбец «ФИО наставника»: в базе наставников нет: Осинин Глеб (строка 2)");
    must_remark(&result, "столбец «ФИО наставляемых»: в базе наставляемых нет: Липина Зоя (5А) (строка 2)");
}

#[test]
fn a_class_beside_a_name_belongs_to_the_name() {
    let mentees: &[&[&str]] = &[
        &["ФИО наставляемого", "Класс"],
        &[ANNA, "5А"],
        &[PYOTR, "5Б"],
        &[DARYA, "6А"],
        &[DARYA, "8 «А»"],
        &["Кедров Илья Львович", "7А"],
    ];
    let partners = "Ёлкина Анна Ивановна, 5А; Берёзов П.И. (5Б)\nСоснова Дарья 8А кл.";
    let mentors: &[&[&str]] =
        &[&["ФИО наставника", "ФИО наставляемых", "Сколько наставляемых"], &[OLEG, partners, "4"], &[VERA, "5А", "9"]];
    let result = desk(mentees, mentors).result(&[]);
    let taken = [ANNA, PYOTR, "Соснова Дарья Олеговна (8А)"];
    assert_eq!(result["with_mentor_already"], json!(taken));
    let with_oleg = result["proposal"]["pairs"].as_array().unwrap().iter().filter(|pair| pair["mentor"] == OLEG);
    assert!(with_oleg.count() <= 1, "three of the four places are taken");
    must_remark(&result, "строка 3, столбец «ФИО наставляемых», Калинина Вера Игоревна: «5А» стоит без имени");
}

#[test]
fn ages_that_are_unknown_are_estimated_by_the_class_or_said_to_be_unknown() {
    let mentees: &[&[&str]] = &[
        &["ФИО наставляемого", "Класс", "Год рождения", "Желаемый возраст наставника"],
        &[ANNA, "11А", "2009", "16+"],
    ];
    let rules = "year = 2026\n";
    let with = |class| {
        let desk = desk(mentees, &[&["ФИО наставника", "Класс"], &[OLEG, class]]);
        desk.put("правила.toml", rules.as_bytes());
        desk.result(&["--settings", "правила.toml"])
    };
    let younger = with("5А");
    assert!(left(&younger, ANNA)["reason"].as_str().unwrap().contains("не подходит разница в возрасте"), "{younger}");
    must_remark(&younger, &format!("возраст не указан у 1, он посчитан примерно, по классу (класс и 7 лет): {OLEG}"));

    let unknown = with("");
    let why = unknown["pairs"][0]["why"].as_str().unwrap();
    assert!(why.contains("Возраст (возраст не указан) — "), "{why}");
    must_remark(&unknown, &format!("возраст не указан у 1 из 1: разница в возрасте не проверялась: {OLEG}."));
}

#[test]
fn a_refusal_of_consent_wins_and_is_said() {
    let heading: &[&str] = &["ФИО наставляемого", "Год рождения", "Запрос", "Согласие"];
    for (one, other) in [("да", "нет"), ("нет", "да")] {
        let rows: &[&[&str]] =
            &[heading, &[ANNA, "2012", "физика", one], &[ANNA, "2012", "математика", other], &[PYOTR, "2012", "", ""]];
        let result = desk(rows, ONE_MENTOR).result(&[]);
        assert!(left(&result, ANNA)["reason"].as_str().unwrap().contains("нет согласия наставляемого"));
        must_remark(&result, &format!("{ANNA}: в одной строке «да», в другой «нет»: считается, что согласия нет"));
        must_remark(&result, &format!("столбец «Согласие»: пустая клетка значит, что согласия нет: {PYOTR}"));
    }
}

#[test]
fn a_surname_that_one_person_has_is_enough_for_a_wish_or_a_veto() {
    let mentors: &[&[&str]] = &[&["ФИО наставника"], &[OLEG], &["Калинин Олег Львович"], &["Калинин Павел Ильич"]];
    let veto = |veto: &str| {
        let heading: &[&str] = &["ФИО наставляемого", "С кем не работать", "Желаемый наставник"];
        desk(&[heading, &[ANNA, veto, "любой"], &[PYOTR, "нет", ""], &[DARYA, "—", "Калинин П."]], mentors)
    };
    let result = veto("Рябинин").result(&[]);
    assert!(!pairs(&result).contains(&(ANNA.to_owned(), OLEG.to_owned())), "{result}");
    assert!(pairs(&result).contains(&(DARYA.to_owned(), "Калинин Павел Ильич".to_owned())), "{result}");
    let said = refused(&veto("Калинин"));
    let unclear = "неясно, кто из них «Калинин»: Калинин Олег Львович, Калинин Павел Ильич";
    assert!(said.contains(unclear), "{said}");
    assert!(refused(&veto("Осинин")).contains("в базе наставников нет человека «Осинин»"));
}

#[test]
fn hours_are_no_places() {
    let mentees: &[&[&str]] = &[&["ФИО наставляемого"], &[ANNA], &[PYOTR]];
    let mentors = |heading, hours| desk(mentees, &[&["ФИО наставника", heading], &[OLEG, hours]]);
    let result = mentors("Количество часов работы с наставляемыми", "4 часа в неделю").result(&[]);
    assert_eq!(pairs(&result).len(), 1, "one place, as the rules have it");
    must_remark(&result, "не нужны столбцы: Количество часов работы с наставляемыми");
    let said = refused(&mentors("Сколько наставляемых", "4 часа в неделю"));
    assert!(said.contains("нужно число людей, а стоит время: «4 часа в неделю»"), "{said}");
}

#[test]
fn two_rows_of_headings_are_read_together() {
    let mentees: &[&[&str]] =
        &[&["№", "Наставляемый", "", "Запрос"], &["", "ФИО", "Класс", ""], &["1", ANNA, "5А", "математика"]];
    let mentors: &[&[&str]] =
        &[&["№", "Наставник", "", ""], &["", "ФИО", "Класс", "Компетенции"], &["1", OLEG, "9А", "алгебра"]];
    let result = desk(mentees, mentors).result(&[]);
    assert_eq!(pairs(&result), [(ANNA.to_owned(), OLEG.to_owned())]);
    assert_eq!(result["pairs"][0]["class"], "5А");
    assert!(result["pairs"][0]["why"].as_str().unwrap().contains("Запрос (математика) — 35 из 35"), "{result}");
}

#[test]
fn people_are_counted_once_however_many_forms_they_ask_in() {
    let heading: &[&str] = &["ФИО наставляемого", "Форма", "Категория"];
    let forms = "ученик – ученик; педагог – ученик; студент – ученик; родитель – ученик";
    let mentees: &[&[&str]] = &[heading, &[ANNA, forms, "ОВЗ"], &[PYOTR, "ученик – ученик", "нет"]];
    let heading: &[&str] = &["ФИО наставника", "Форма", "Сколько наставляемых"];
    let desk = desk(mentees, &[heading, &[OLEG, "ученик – ученик", "2"], &[VERA, "педагог – ученик", "1"]]);
    let result = desk.result(&[]);
    assert_eq!(line(&result, "Наставляемых"), "2 (запросов: 5)");
    assert_eq!(line(&result, "наставляемые с наставником"), "2 (запросов: 3)");
    assert_eq!(line(&result, "Остались без наставника"), "1 (запросов: 2)");
    assert_eq!(line(&result, "Охват категории «ОВЗ»"), "1 из 1");
    assert!(!result.to_string().contains("категории «нет»"));
    let said = stdout(&desk.run(&["--out", "ещё.xlsx"]));
    assert!(said.starts_with("3 пары, без наставника: 1 (запросов: 2).\n"), "{said}");
}

#[test]
fn help_with_homework_is_not_what_a_teacher_of_teachers_offers() {
    let mentees: &[&[&str]] = &[&["ФИО наставляемого", "Запрос"], &[ANNA, "помощь с уроками"]];
    let why = |offered| {
        let result = desk(mentees, &[&["ФИО наставника", "Компетенции"], &[OLEG, offered]]).result(&[]);
        result["pairs"][0]["why"].as_str().unwrap().to_owned()
    };
    assert!(!why("открытые уроки, методика").contains("Запрос"), "{}", why("открытые уроки, методика"));
    assert!(why("планирование времени, домашние задания").contains("Запрос"));
}

#[test]
fn a_load_above_the_places_and_a_previous_pair_that_is_gone_are_said() {
    let mentees: &[&[&str]] = &[&["ФИО наставляемого", "Год рождения"], &[ANNA, "40911"], &[PYOTR, "2012"]];
    let heading: &[&str] = &["ФИО наставника", "ФИО наставляемых", "Сколько наставляемых"];
    let desk = desk(mentees, &[heading, &[OLEG, "Ёлкина Анна; Берёзов Пётр", "1"]]);
    let previous = format!("previous = [{{ mentee = \"Ёлкина Ана\", mentor = \"{OLEG}\" }}]\n");
    desk.put("правила.toml", previous.as_bytes());
    let result = desk.result(&["--settings", "правила.toml"]);
    must_remark(&result, &format!("столбец «Сколько наставляемых», {OLEG}: мест 1, а наставляемых уже 2"));
    must_remark(&result, "список previous: непонятна пара «Ёлкина Ана»");
    must_remark(&result, "в базе наставляемых нет человека «Ёлкина Ана»; пара не учтена.");
}

#[rstest]
#[case("2", "", "locks", "правила подбора, список locks, Рябинин Олег Петрович: закреплено 3, а свободных мест 2")]
#[case("2", "3", "bans", "столбец «Минимум в группе», Рябинин Олег Петрович: в группе не меньше 3, а мест 2")]
fn numbers_that_do_not_fit_are_said_where_they_stand(
    #[case] places: &str,
    #[case] minimum: &str,
    #[case] list: &str,
    #[case] expected: &str,
) {
    let heading: &[&str] = &["ФИО наставника", "Сколько наставляемых", "Минимум в группе"];
    let desk = desk(&[&["ФИО"], &[ANNA], &[PYOTR], &[DARYA]], &[heading, &[OLEG, places, minimum]]);
    let pair = |mentee: &&str| format!("{{ mentee = \"{mentee}\", mentor = \"{OLEG}\" }}");
    let fixed: Vec<String> = [ANNA, PYOTR, DARYA].iter().map(pair).collect();
    desk.put("правила.toml", format!("{list} = [{}]", fixed.join(", ")).as_bytes());
    let said = sentence(&desk.run(&["--settings", "правила.toml", "--out", "пары.json"]));
    assert!(said.contains(expected), "{said}");
}

#[test]
fn a_base_without_people_is_refused() {
    let desk = desk(&[&["ФИО наставляемого", "Запрос"]], ONE_MENTOR);
    assert!(refused(&desk).contains("наставляемые.xlsx: под заголовками нет ни одного человека"));
}

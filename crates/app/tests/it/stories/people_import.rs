//! Stories of a coordinator who fills the records out of the lists the school has.

use crate::support::{Browser, Seen, Town};
use chrono::NaiveDate;
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use documents::{
    sheet::{Column, Sheet, Workbook},
    testing::{Cell, Saved, old_excel},
    xlsx,
};
use nastavnik::access::Role;
use rstest::rstest;

const YEAR: (&str, &str) = ("year", "2026");

/// The header of a class list as electronic journals write it.
const HEADER: [&str; 7] =
    ["ФИО", "Дата рождения", "Пол", "Личное дело №", "ФИО представителя", "Тип представителя", "Телефон представителя"];

fn workbook(header: &[&str], rows: &[&[&str]]) -> Vec<u8> {
    let columns: Vec<Column> = header.iter().map(|title| Column::text(*title, 20.0)).collect();
    let sheet = rows.iter().fold(Sheet::new("Лист1", columns), |sheet, row| sheet.row(row.iter().copied()));
    xlsx::write(&Workbook::of(sheet)).unwrap()
}

fn class_list(rows: &[&[&str]]) -> Vec<u8> {
    workbook(&HEADER, rows)
}

/// Returns the lists of 24 classes with four pupils each, and of the staff: one teacher, one who does not teach.
pub fn lists_of_a_school() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![];
    for (place, class) in
        (1..=8).flat_map(|grade| ["А", "Б", "В"].map(move |letter| format!("{grade}{letter}"))).enumerate()
    {
        let name = ["Ива", "Осин", "Дуб", "Клён"].map(|stem| format!("{stem}ов{} Илья Петрович", "аб".repeat(place)));
        let rows: Vec<Vec<&str>> =
            name.iter().map(|name| vec![name.as_str(), "01.02.2012", "м", "", "", "", ""]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        files.push((format!("{class}.xlsx"), class_list(&rows)));
    }
    let staff: &[&[&str]] = &[&["Осина Вера Львовна", "учитель", "2"], &["Дуб Олег Ильич", "завхоз", ""]];
    files.push(("Сотрудники.xlsx".into(), workbook(&["ФИО", "Должность", "Стаж"], staff)));
    files
}

/// Uploads files and returns the preview, however long the reading takes.
pub async fn upload(coordinator: &Browser, files: &[(&str, &[u8])]) -> Seen {
    let sent = coordinator.upload_all("/people/import", &[YEAR], files).await;
    sent.must_be(303);
    loop {
        let seen = coordinator.get(sent.location.as_deref().unwrap()).await;
        if !seen.says("Списки читаются") {
            return seen;
        }
    }
}

/// Returns where an upload is agreed to.
fn loading(preview: &Seen) -> String {
    preview.links("/people/import/").into_iter().find(|path| path.ends_with("/loading")).expect("a form to agree")
}

pub async fn load(coordinator: &Browser, preview: &Seen) -> Seen {
    coordinator.submit(&loading(preview), &[]).await
}

async fn count(town: &Town, sql: &'static str) -> i64 {
    town.look().await.one::<(i64,)>(sql, args![]).await.unwrap().0
}

async fn people(town: &Town) -> i64 {
    count(town, "SELECT COUNT(*) FROM persons").await
}

const ANNA: &[&str] =
    &["Ёлкина Анна Ивановна", "01.02.2012", "Ж", "А-1", "Ёлкина Ольга Петровна", "мать", "89991234567"];
const PYOTR: &[&str] = &["Жуков Пётр Ильич", "02.03.2012", "М", "А-2", "", "", ""];

#[rstest]
#[tokio::test]
async fn an_empty_school_is_filled_from_24_class_files_and_a_staff_file_without_typing(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let files = lists_of_a_school();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let preview = upload(&coordinator, &files).await;
    preview.must_be(200).must_say("25 файлов").must_say("Новых: 98").must_say("Пока ничего не записано");
    assert_eq!(people(&town).await, 0, "nothing is written before the word");

    load(&coordinator, &preview).await.must_say("Загружено. Новых: 98, изменено: 0");
    assert_eq!(people(&town).await, 98);
    assert_eq!(count(&town, "SELECT COUNT(*) FROM classes").await, 24);
    assert_eq!(count(&town, "SELECT COUNT(*) FROM enrolments WHERE left_on IS NULL").await, 96);
    assert_eq!(count(&town, "SELECT COUNT(*) FROM person_kinds WHERE kind = 'teacher'").await, 1);
    assert_eq!(count(&town, "SELECT COUNT(*) FROM people_import_rows").await, 0, "the rows are forgotten");
    assert_eq!(count(&town, "SELECT COUNT(*) FROM audit_log WHERE event = 'people.imported'").await, 1);

    let again = upload(&coordinator, &files).await;
    again.must_say("Ничего не изменится").must_say("Без изменений");
    load(&coordinator, &again).await.must_say("Записи не изменились: всё из этих списков уже известно");
    assert_eq!(people(&town).await, 98);
}

#[rstest]
#[tokio::test]
async fn a_pupil_repeated_for_every_representative_is_one_and_siblings_share_a_mother(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let father = ["Ёлкина Анна Ивановна", "01.02.2012", "Ж", "А-1", "Ёлкин Иван Ильич", "отец", "89990000001"];
    let brother = ["Ёлкин Пётр Иванович", "05.06.2010", "М", "", "Ёлкина Ольга Петровна", "мать", "8 (999) 123-45-67"];
    let files: [(&str, &[u8]); 2] =
        [("8А.xlsx", &class_list(&[ANNA, &father])), ("10Б.xlsx", &class_list(&[&brother]))];
    let preview = upload(&coordinator, &files).await;
    preview.must_say("Новых: 2").must_say("Повторы");
    load(&coordinator, &preview).await.must_say("Новых: 2");
    assert_eq!(people(&town).await, 4, "two pupils and two parents");
    assert_eq!(count(&town, "SELECT COUNT(*) FROM guardianships").await, 3);
    let again = upload(&coordinator, &files).await;
    again.must_say("Ничего не изменится");
    load(&coordinator, &again).await.must_say("Записи не изменились");
    assert_eq!(people(&town).await, 4);
}

/// A class list of old Excel: the day of birth as Excel keeps it, the telephone as a number.
fn old_list(saved: Saved, (name, number): (&str, &str), born_on: &str) -> Vec<u8> {
    let born_on: NaiveDate = born_on.parse().unwrap();
    let header = HEADER.iter().map(|title| Cell::text(title)).collect();
    let texts = |row: [&str; 3]| row.map(Cell::text);
    let [name, sex, number] = texts([name, "ж", number]);
    let [mother, who, _] = texts(["Ёжикова Ольга Петровна", "мать", ""]);
    let row = vec![name, Cell::Day(born_on), sex, number, mother, who, Cell::Number(89_991_234_567.0)];
    old_excel(saved, &[("Лист1", vec![header, row])])
}

#[rstest]
#[tokio::test]
async fn lists_of_old_excel_are_loaded_class_by_class_of_their_names(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let files: [(&str, &[u8]); 2] = [
        ("5А.xls", &old_list(Saved::By97, ("Ёжикова Анна Ивановна", "А-1"), "2015-02-28")),
        ("5 «Б».xls", &old_list(Saved::By95, ("Ёжикова Вера Ивановна", "Б-1"), "2014-12-31")),
    ];
    let preview = upload(&coordinator, &files).await;
    preview.must_say("Новых: 2").must_say("Ёжикова Анна Ивановна").must_say("5А").must_say("5Б");
    load(&coordinator, &preview).await.must_say("Новых: 2");
    assert_eq!(people(&town).await, 3, "the sisters share a mother");
    let born = "SELECT CAST(born_on AS TEXT) FROM persons WHERE born_on IS NOT NULL ORDER BY born_on";
    let born: Vec<(String,)> = town.look().await.all(born, args![]).await.unwrap();
    assert_eq!(born.iter().map(|(day,)| day.as_str()).collect::<Vec<_>>(), ["2014-12-31", "2015-02-28"]);
    let phones = "SELECT DISTINCT phone FROM persons WHERE phone <> ''";
    let phones: Vec<(String,)> = town.look().await.all(phones, args![]).await.unwrap();
    assert_eq!(phones, [("+7 999 123-45-67".to_owned(),)]);
    upload(&coordinator, &files).await.must_say("Ничего не изменится");
    let locked = upload(&coordinator, &[("5В.xls", &old_excel(Saved::Locked, &[]))]).await;
    locked.must_say("Файл защищён паролем");
}

#[rstest]
#[tokio::test]
async fn a_pupil_moves_between_classes_and_keeps_the_history(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let first = upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA, PYOTR]))]).await;
    load(&coordinator, &first).await;
    let spelled: &[&str] = &["ЕЛКИНА  АННА ИВАНОВНА", "01.02.12", "жен.", "", "", "", ""];
    let second = upload(&coordinator, &[("8 «Б».xlsx", &class_list(&[spelled]))]).await;
    second.must_say("изменённых: 1").must_say("Класс: 8А → 8Б").must_not_say("Фамилия:");
    load(&coordinator, &second).await.must_say("изменено: 1");
    assert_eq!(people(&town).await, 3);
    assert_eq!(count(&town, "SELECT COUNT(*) FROM enrolments").await, 3);
    assert_eq!(count(&town, "SELECT COUNT(*) FROM enrolments WHERE left_on IS NOT NULL").await, 1);
}

#[rstest]
#[tokio::test]
async fn who_is_absent_from_a_list_leaves_only_when_marked(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let first = upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA, PYOTR]))]).await;
    load(&coordinator, &first).await;
    let second = upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA]))]).await;
    second.must_say("Нет в списках своих классов: 1").must_say("Жуков Пётр Ильич, 02.03.2012");
    load(&coordinator, &second).await;
    assert_eq!(count(&town, "SELECT COUNT(*) FROM persons WHERE left_on IS NOT NULL").await, 0);
    let third = upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA]))]).await;
    coordinator.submit(&loading(&third), &[("all_left", "on")]).await;
    assert_eq!(count(&town, "SELECT COUNT(*) FROM persons WHERE left_on IS NOT NULL").await, 1);
    let back = upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA, PYOTR]))]).await;
    back.must_say("Вернулся");
    load(&coordinator, &back).await;
    assert_eq!(count(&town, "SELECT COUNT(*) FROM persons WHERE left_on IS NOT NULL").await, 0);
    assert_eq!(count(&town, "SELECT COUNT(*) FROM enrolments WHERE left_on IS NULL").await, 2);
}

#[rstest]
#[tokio::test]
async fn namesakes_born_the_same_day_stay_two(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let namesake: &[&str] = &["Ким Лю", "01.02.2012", "", "", "", "", ""];
    let (a, b) = (class_list(&[namesake]), class_list(&[namesake]));
    let both: [(&str, &[u8]); 2] = [("7А.xlsx", &a), ("7Б.xlsx", &b)];
    let first = upload(&coordinator, &both).await;
    load(&coordinator, &first).await.must_say("Новых: 2");
    upload(&coordinator, &both).await.must_say("Ничего не изменится");
    let third = upload(&coordinator, &[("7В.xlsx", &class_list(&[namesake]))]).await;
    third.must_say("Неясных: 1").must_say("таких ФИО и даты рождения несколько").must_say("новый человек");
    load(&coordinator, &third).await;
    assert_eq!(people(&town).await, 2, "an unclear row is not loaded by itself");
}

#[rstest]
#[tokio::test]
async fn an_unclear_row_is_decided_by_a_person(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let first = upload(&coordinator, &[("8А.xlsx", &class_list(&[PYOTR]))]).await;
    load(&coordinator, &first).await;
    let dateless: &[&str] = &["Жуков Петр Ильич", "", "", "", "", "", ""];
    let second = upload(&coordinator, &[("8А.xlsx", &class_list(&[dateless]))]).await;
    second.must_say("Неясных: 1").must_say("это Жуков Пётр Ильич, 02.03.2012");
    let choices = loading(&second).replace("/loading", "/choices");
    let options = second.html();
    let this = options
        .split("value=\"")
        .map(|part| part.split('"').next().unwrap())
        .find(|value| value.len() > 30 && value.starts_with("1."));
    coordinator.submit(&choices, &[("choice", this.unwrap())]).await.must_say("Решения сохранены");
    let stranger = format!("1.{}", uuid_of_nobody());
    coordinator.post(&choices, &[("choice", &stranger)]).await.must_be(404);
    load(&coordinator, &second).await;
    assert_eq!(people(&town).await, 1);
    let third = upload(&coordinator, &[("8А.xlsx", &class_list(&[dateless]))]).await;
    coordinator.submit(&loading(&third).replace("/loading", "/choices"), &[("choice", "1.new")]).await;
    load(&coordinator, &third).await;
    assert_eq!(people(&town).await, 2);
}

fn uuid_of_nobody() -> String {
    "018f0000-0000-7000-8000-000000000000".to_owned()
}

#[rstest]
#[tokio::test]
async fn a_broken_row_comes_back_with_its_reason_and_the_others_are_loaded(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let broken: &[&str] = &["Сидоров", "01.02.2012", "м", "", "", "", ""];
    let preview =
        upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA, broken, &["", "", "", "17", "", "", ""]]))]).await;
    preview.must_say("не прочитано: 1").must_say("в ФИО нет имени").must_say("Пропущены");
    load(&coordinator, &preview).await.must_say("Новых: 1");
    let leftovers = loading(&preview).replace("/loading", "/leftovers");
    let file = coordinator.post(&leftovers, &[]).await;
    file.must_be(200);
    let tables = documents::tables::read_any("x.xlsx", &file.bytes, &documents::tables::Limits::default()).unwrap();
    assert_eq!(tables[0].text(0, 0), "ФИО");
    assert_eq!(tables[0].text(1, 0), "Сидоров");
    assert!(tables[0].rows[0].iter().any(|cell| cell.text == "Причина"));
    assert!(tables[0].rows[1].iter().any(|cell| cell.text.contains("нет имени")));
    coordinator.post(&leftovers, &[]).await.must_be(422).must_say("нет");
}

#[rstest]
#[tokio::test]
async fn private_columns_are_named_and_their_cells_are_kept_nowhere(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let file = workbook(
        &["ФИО", "Дата рождения", "СНИЛС", "Адрес"],
        &[&["Ким Лю", "01.02.2012", "112-233-445 95", "ул. Тайная"]],
    );
    let preview = upload(&coordinator, &[("8А.xlsx", &file)]).await;
    preview.must_say("Не загружаются и не хранятся: «СНИЛС» и «Адрес»").must_not_say("112-233");
    let kept: (String,) =
        town.look().await.one("SELECT CAST(cells AS TEXT) FROM people_import_rows", args![]).await.unwrap();
    assert!(!kept.0.contains("112-233") && !kept.0.contains("Тайная"), "{}", kept.0);
}

#[rstest]
#[tokio::test]
async fn who_withdrew_a_consent_is_neither_named_nor_changed_nor_made_anew(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let first = upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA, PYOTR]))]).await;
    load(&coordinator, &first).await;
    let waiting = upload(&coordinator, &[("8Б.xlsx", &class_list(&[PYOTR]))]).await;
    waiting.must_say("Жуков Пётр Ильич");
    hide_pyotr(&town).await;
    let path = loading(&waiting).replace("/loading", "");
    coordinator.get(&path).await.must_say("не обновляется: согласие отозвано").must_not_say("Жуков");
    load(&coordinator, &waiting).await;
    assert_eq!(people(&town).await, 3);
    assert_eq!(count(&town, "SELECT COUNT(*) FROM enrolments").await, 2);
}

async fn hide_pyotr(town: &Town) {
    let mut tx = town.app.db.begin().await.unwrap();
    tx.run("UPDATE persons SET hidden_on = $1 WHERE surname = 'Жуков'", args![NaiveDate::from_ymd_opt(2026, 11, 22)])
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[tokio::test]
async fn records_that_changed_meanwhile_are_compared_anew_and_not_overwritten(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let first = upload(&coordinator, &[("8А.xlsx", &class_list(&[PYOTR]))]).await;
    let agreed = loading(&first);
    let other = upload(&coordinator, &[("8А.xlsx", &class_list(&[PYOTR]))]).await;
    load(&coordinator, &other).await;
    coordinator.post(&agreed, &[]).await.must_be(422).must_say("ничего не записано").must_say("Ничего не изменится");
    coordinator.submit(&agreed, &[]).await.must_say("Записи не изменились");
    assert_eq!(people(&town).await, 1);
}

#[rstest]
#[tokio::test]
async fn agreeing_twice_loads_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let preview = upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA, PYOTR]))]).await;
    let path = loading(&preview);
    let (first, second) = tokio::join!(coordinator.post(&path, &[]), coordinator.post(&path, &[]));
    first.must_be(303);
    second.must_be(303);
    assert_eq!(people(&town).await, 3);
}

#[tokio::test]
async fn a_column_corrected_once_is_remembered() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let file = workbook(&["ФИО", "Дата рождения", "Шифр"], &[&["Ким Лю", "01.02.2012", "К-7"]]);
    let preview = upload(&coordinator, &[("8А.xlsx", &file)]).await;
    let columns = loading(&preview).replace("/loading", "/columns");
    coordinator.get(&columns).await.must_say("«Шифр»");
    coordinator.submit(&columns, &[("column", "2.journal_id")]).await.must_say("столбцы запомнены");
    coordinator.submit(&loading(&preview), &[]).await;
    assert_eq!(count(&town, "SELECT COUNT(*) FROM persons WHERE journal_id = 'К-7'").await, 1);
    let again = upload(&coordinator, &[("8А.xlsx", &file)]).await;
    again.must_say("Ничего не изменится");
}

#[tokio::test]
async fn bad_files_are_refused_in_a_sentence_beside_good_ones() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let good = class_list(&[ANNA]);
    let encrypted: Vec<u8> = [
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(),
        &[0; 600],
        &"EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
        &[0; 600],
    ]
    .concat();
    let long = "слово ".repeat(3_000_000 / 11);
    let files: [(&str, &[u8]); 7] = [
        ("8А.xlsx", &good),
        ("Пусто.xlsx", b""),
        ("Обрезан.xlsx", &good[..good.len() / 2]),
        ("Программа.xls", b"MZ\x90\x00\x03\x00\x00\x00"),
        ("Закрыт.xlsx", &encrypted),
        ("Роман.txt", long.as_bytes()),
        ("Числа.csv", b"1;2;3\n4;5;6\n"),
    ];
    let preview = upload(&coordinator, &files).await;
    preview.must_be(200).must_say("Новых: 1").must_say("«Пусто.xlsx»: Файл пуст");
    preview.must_say("«Обрезан.xlsx»: Файл повреждён").must_say("«Программа.xls»: Формат файла не поддерживается");
    preview
        .must_say("«Закрыт.xlsx»: Файл защищён паролем")
        .must_say("«Роман.txt»:")
        .must_say("«Числа.csv»: В файле не нашлось шапки");
    coordinator.get("/health/ready").await.must_be(200);
    load(&coordinator, &preview).await.must_say("Новых: 1");
}

#[tokio::test]
async fn of_an_upload_of_which_nothing_was_read_there_is_nothing_to_load() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let seen = upload(&coordinator, &[("7А.xlsx", b"PK\x03\x04"), ("список.csv", b"a;b\n1;2\n")]).await;
    seen.must_be(200).must_say("Списки не прочитаны").must_say("Файл повреждён").must_say("не нашлось шапки");
    seen.must_not_say("всё из этих списков уже известно");
    assert!(seen.links("/people/import/").iter().all(|path| !path.ends_with("/loading")), "{}", seen.text());
}

#[tokio::test]
async fn a_child_that_dies_leaves_a_sentence_and_a_serving_program() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.stranger_reading_with("/bin/false");
    coordinator.sign_in(&crate::support::login_of(Role::Coordinator, ""), crate::support::PASSWORD).await;
    let preview = upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA]))]).await;
    preview.must_be(200).must_say("«8А.xlsx»: Файл не удалось прочитать");
    coordinator.get("/health/ready").await.must_be(200);
}

#[tokio::test]
async fn an_upload_can_be_dropped_and_belongs_to_its_school_and_to_the_coordinator() {
    let town = Town::on(Sqlite).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let preview = upload(&coordinator, &[("8А.xlsx", &class_list(&[ANNA]))]).await;
    let path = loading(&preview).replace("/loading", "");
    for role in Role::ALL.iter().filter(|role| **role != Role::Coordinator) {
        town.browser(*role).await.get(&path).await.must_be(403);
    }
    town.neighbour().await;
    let neighbour = town.stranger();
    neighbour.sign_in(&crate::support::login_of(Role::Coordinator, "-2"), crate::support::PASSWORD).await;
    neighbour.get(&path).await.must_be(404);
    neighbour.post(&format!("{path}/loading"), &[]).await.must_be(404);
    coordinator.submit(&format!("{path}/removal"), &[]).await.must_say("записи не изменились");
    coordinator.get(&path).await.must_be(404);
    assert_eq!(count(&town, "SELECT COUNT(*) FROM people_import_rows").await, 0);
}

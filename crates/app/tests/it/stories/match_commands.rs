//! Stories of two Excel files that become pairs, at a keyboard without any database.

use crate::command_line::{run, sentence, stdout};
use documents::{
    csv,
    sheet::{Column, Sheet, Workbook},
    tables::{Limits, Table, read_any},
    xlsx,
};
use rstest::rstest;
use serde_json::Value;
use std::{fs, path::PathBuf};
use tempfile::TempDir;

const MENTEES: [&str; 9] = [
    "№",
    "ФИО наставляемого",
    "Год рождения наставляемого",
    "Основной запрос наставляемого",
    "ФИО наставника",
    "Форма наставничества",
    "Класс",
    "Согласие",
    "Удобное время",
];

const MENTORS: [&str; 9] = [
    "№",
    "ФИО наставника",
    "Год рождения",
    "Основные компетенции наставника",
    "Интересы наставника",
    "Ресурс времени на программу наставничества",
    "Форма наставничества",
    "Согласие",
    "Сколько наставляемых может взять",
];

fn asking() -> Vec<[&'static str; 9]> {
    vec![
        [
            "1",
            "Ёлкина Анна Ивановна",
            "2013",
            "Подготовка к ОГЭ по математике",
            "",
            "ученик – ученик",
            "7Б",
            "да",
            "пн, ср",
        ],
        ["2", "Берёзов Пётр Ильич", "2014", "Публичные выступления", "", "ученик – ученик", "6А", "да", "вт"],
        ["3", "Соснова Дарья Олеговна", "2013", "Алгебра", "", "ученик – ученик", "7А", "да", "пн"],
        ["4", "Кедров Илья Львович", "2012", "Программирование", "", "ученик – ученик", "8А", "нет", "пт"],
    ]
}

fn offering() -> Vec<[&'static str; 9]> {
    vec![
        ["1", "Рябинин Олег Петрович", "2010", "математика, физика", "шахматы", "пн, пт", "ученик – ученик", "да", "1"],
        [
            "2",
            "Калинина Вера Игоревна",
            "2011",
            "Ораторское искусство",
            "театр",
            "вт, чт",
            "ученик – ученик",
            "да",
            "1",
        ],
    ]
}

/// Two files beside each other and the places of results.
pub struct Desk(TempDir);

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(mentees: &[[&str; 9]], mentors: &[[&str; 9]]) -> Self {
        let desk = Self::new();
        desk.put("наставляемые.xlsx", &workbook("База наставляемых", &MENTEES, mentees));
        desk.put("наставники.xlsx", &workbook("База наставников", &MENTORS, mentors));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        fs::write(self.path(name), bytes).unwrap();
    }

    /// Runs the command on the two files with further words, each of which may be a name on this desk.
    pub fn run(&self, words: &[&str]) -> std::process::Output {
        let place = |word: &&str| if word.contains('.') { text(&self.path(word)) } else { (*word).to_owned() };
        let files = ["match", "--mentees", "наставляемые.xlsx", "--mentors", "наставники.xlsx"];
        let words: Vec<String> = files.iter().chain(words).map(place).collect();
        run(&words.iter().map(String::as_str).collect::<Vec<_>>())
    }

    pub fn result(&self, words: &[&str]) -> Value {
        let output = self.run(&[words, &["--out", "пары.json", "--overwrite"]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice(&fs::read(self.path("пары.json")).unwrap()).unwrap()
    }
}

fn text(path: &std::path::Path) -> String {
    path.to_str().unwrap().to_owned()
}

fn sheet(title: &str, columns: &[&str], rows: &[[&str; 9]]) -> Sheet {
    let sheet = Sheet::new("Лист1", columns.iter().map(|title| Column::text(*title, 20.0))).titled(title);
    rows.iter().fold(sheet, |sheet, row| sheet.row(*row))
}

fn workbook(title: &str, columns: &[&str], rows: &[[&str; 9]]) -> Vec<u8> {
    xlsx::write(&Workbook::of(sheet(title, columns, rows))).unwrap()
}

pub fn pairs(result: &Value) -> Vec<(String, String)> {
    let name = |pair: &Value, key: &str| pair[key].as_str().unwrap().to_owned();
    result["pairs"].as_array().unwrap().iter().map(|pair| (name(pair, "mentee"), name(pair, "mentor"))).collect()
}

pub fn left<'a>(result: &'a Value, name: &str) -> &'a Value {
    result["without_mentor"].as_array().unwrap().iter().find(|person| person["mentee"] == name).unwrap()
}

#[test]
fn two_excel_files_become_pairs_with_reasons() {
    let desk = Desk::with(&asking(), &offering());
    let said = stdout(&desk.run(&["--out", "пары.xlsx"]));
    assert!(said.starts_with("2 пары, без наставника: 2.\n"), "{said}");
    assert!(said.contains("Результат с объяснениями и протоколом"), "{said}");

    let bytes = fs::read(desk.path("пары.xlsx")).unwrap();
    let tables = read_any("пары.xlsx", &bytes, &Limits::default()).unwrap();
    let titles: Vec<&str> = tables.iter().filter_map(|table| table.title.as_deref()).collect();
    assert_eq!(titles, ["Пары", "Без наставника", "Наставники", "Протокол", "Замечания"]);
    let all = |table: &Table| table.rows.iter().flatten().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join("|");
    let (pairs, left, protocol) = (all(&tables[0]), all(&tables[1]), all(&tables[3]));
    assert!(pairs.contains("Берёзов Пётр Ильич|6А|Калинина Вера Игоревна|ученик – ученик"), "{pairs}");
    assert!(pairs.contains("Запрос (публичные выступления) — 35 из 35"), "{pairs}");
    assert!(
        left.contains("Кедров Илья Львович|8А|ученик – ученик|Подходящих наставников нет. Из 2: нет согласия"),
        "{left}"
    );
    assert!(left.contains("Наставник Рябинин Олег Петрович: ещё 1 место."), "{left}");
    assert!(protocol.contains("подтверждено независимой проверкой"), "{protocol}");
    assert!(protocol.contains("место получает тот, чьё имя идёт раньше"), "{protocol}");
    assert!(protocol.contains("Цель 2: наставляемые с наставником|2"), "{protocol}");
    assert!(protocol.contains("Члены комиссии"), "{protocol}");
}

#[test]
fn the_result_for_a_program_carries_its_proof() {
    let desk = Desk::with(&asking(), &offering());
    let result = desk.result(&[]);
    assert_eq!(result["protocol"]["check"], "optimal");
    assert_eq!(result["protocol"]["sha256"]["result"].as_str().unwrap().len(), 64);
    assert!(result["proposal"]["proof"]["answer"]["certificate"].is_object());
    let summary = stdout(&desk.run(&["--out", "пары.json", "--overwrite", "--json"]));
    let summary: Value = serde_json::from_str(&summary).unwrap();
    assert_eq!((&summary["pairs"], &summary["without_mentor"]), (&2.into(), &2.into()));
}

#[test]
fn neither_the_order_of_rows_nor_the_format_changes_the_result() {
    let desk = Desk::with(&asking(), &offering());
    let straight = desk.result(&[]);
    let (mut mentees, mut mentors) = (asking(), offering());
    mentees.reverse();
    mentors.reverse();
    let turned = Desk::with(&mentees, &mentors).result(&[]);
    // The Russian Excel saves a CSV in windows-1251; the crate writes UTF-8, which the reader tells apart.
    let desk = Desk::new();
    desk.put("наставляемые.xlsx", &csv::write(&sheet("", &MENTEES, &mentees)));
    desk.put("наставники.xlsx", &csv::write(&sheet("", &MENTORS, &mentors)));
    for other in [turned, desk.result(&[])] {
        assert_eq!(other["pairs"], straight["pairs"]);
        assert_eq!(other["protocol"]["sha256"], straight["protocol"]["sha256"]);
    }
}

#[test]
fn the_order_of_rows_does_not_decide_who_of_the_namesakes_is_meant() {
    let (mut mentees, mut mentors) = (asking(), offering());
    for (place, (class, born)) in [("7А", ""), ("", "2011"), ("8А", "")].into_iter().enumerate() {
        (mentees[place][1], mentees[place][6], mentees[place][2]) = ("Ёлкина Анна Ивановна", class, born);
    }
    mentors.push(mentors[0]);
    let own = mentors.len() - 1;
    (mentors[own][5], mentors[own][2]) = ("ср", "");
    let straight = Desk::with(&mentees, &mentors).result(&[]);
    mentees.reverse();
    mentors.reverse();
    let turned = Desk::with(&mentees, &mentors).result(&[]);
    assert_eq!(turned["pairs"], straight["pairs"]);
    assert_eq!(turned["protocol"]["sha256"], straight["protocol"]["sha256"]);
    let remarks = straight["remarks"].to_string();
    assert!(remarks.contains("строка 5, Ёлкина Анна Ивановна: неясно, о ком из однофамильцев речь"), "{remarks}");
}

#[test]
fn rows_put_together_by_the_name_alone_are_remarked() {
    let mut mentees = asking();
    let mut twin = mentees[1];
    (mentees[1][2], mentees[1][6], twin[2], twin[6]) = ("", "", "", "");
    mentees.push(twin);
    let remarks = Desk::with(&mentees, &offering()).result(&[])["remarks"].to_string();
    assert!(remarks.contains("строки с одним именем считаются одним человеком: Берёзов Пётр Ильич."), "{remarks}");
}

#[test]
fn the_change_that_is_proposed_places_the_person() {
    let mut mentors = offering();
    let before = Desk::with(&asking(), &mentors).result(&[]);
    let without: Vec<&str> = ["Ёлкина Анна Ивановна", "Соснова Дарья Олеговна"]
        .into_iter()
        .filter(|name| !pairs(&before).iter().any(|(mentee, _)| mentee == name))
        .collect();
    let [name] = without[..] else { panic!("one of the two competes in vain: {without:?}") };
    let reason = &left(&before, name)["reason"];
    assert!(
        reason.as_str().unwrap().starts_with("Мест меньше, чем желающих: на 1 место (Рябинин Олег Петрович)"),
        "{reason}"
    );
    assert_eq!(left(&before, name)["change"], "Наставник Рябинин Олег Петрович: ещё 1 место.");
    mentors[0][8] = "до 2 человек";
    let after = Desk::with(&asking(), &mentors).result(&[]);
    assert!(pairs(&after).contains(&(name.to_owned(), "Рябинин Олег Петрович".to_owned())), "{after}");
}

#[test]
fn pairs_that_run_already_take_places_and_ask_for_nobody() {
    let mut mentees = asking();
    mentees[2][4] = "Рябинин О.П.";
    let result = Desk::with(&mentees, &offering()).result(&[]);
    assert_eq!(result["with_mentor_already"], serde_json::json!(["Соснова Дарья Олеговна"]));
    assert!(!pairs(&result).iter().any(|(_, mentor)| mentor == "Рябинин Олег Петрович"), "the only place is taken");
}

#[test]
fn rules_of_a_school_decide() {
    let desk = Desk::with(&asking(), &offering());
    let fixed = |list: &str, mentee: &str| {
        format!("{list} = [{{ mentee = \"{mentee}\", mentor = \"Рябинин Олег Петрович\" }}]\n")
    };
    for name in ["Ёлкина Анна Ивановна", "Соснова Дарья Олеговна"] {
        desk.put("правила.toml", fixed("locks", name).as_bytes());
        let result = desk.result(&["--settings", "правила.toml"]);
        assert!(pairs(&result).contains(&(name.to_owned(), "Рябинин Олег Петрович".to_owned())));
        desk.put("правила.toml", fixed("bans", name).as_bytes());
        let result = desk.result(&["--settings", "правила.toml"]);
        assert!(!pairs(&result).contains(&(name.to_owned(), "Рябинин Олег Петрович".to_owned())));
    }
    desk.put("правила.toml", b"mode = \"mutual\"\n");
    let result = desk.result(&["--settings", "правила.toml"]);
    assert_eq!(result["protocol"]["check"], "stable");
    assert_eq!(pairs(&result).len(), 2);
}

#[test]
fn mistakes_in_a_file_are_named_by_row_column_and_person() {
    let mut mentees = asking();
    (mentees[0][2], mentees[1][7]) = ("двенадцать", "наверное");
    let said = sentence(&Desk::with(&mentees, &offering()).run(&["--out", "пары.xlsx"]));
    let first =
        "наставляемые.xlsx, строка 4, столбец «Год рождения наставляемого», Ёлкина Анна Ивановна: нужен год рождения";
    assert!(said.contains(first), "{said}");
    assert!(said.contains("строка 5, столбец «Согласие», Берёзов Пётр Ильич: нужно «да» или «нет»"), "{said}");

    let mut mentors = offering();
    (mentors[0][6], mentors[1][8]) = ("кружок", "много");
    let said = sentence(&Desk::with(&asking(), &mentors).run(&["--out", "пары.xlsx"]));
    assert!(said.contains("неизвестная форма наставничества «кружок»; в правилах есть: ученик – ученик"), "{said}");
    assert!(said.contains("наставники.xlsx, строка 5, столбец «Сколько наставляемых может взять»"), "{said}");
}

#[rstest]
#[case(&["--out", "пары.pdf"], 2, ".xlsx или .json")]
#[case(&[], 2, "Не хватает: --out")]
#[case(&["--out", "пары.json", "--settings", "нет.toml"], 1, "прочитать нельзя: его нет")]
#[case(&["--out", "пары.json", "--settings", "сломаны.toml"], 1, "Правила подбора не читаются, строка 1")]
#[case(&["--out", "пары.json", "--settings", "чужие.toml"], 1, "список locks: непонятна пара «Никто Нигде»")]
#[case(&["--out", "пары.json", "--settings", "нельзя.toml"], 1, "закрепить нельзя: нет согласия наставляемого")]
#[case(&["--out", "пары.json", "--settings", "баллы.toml"], 1, "правила подбора, форма «ученик – ученик»: points: ")]
#[case(&["--out", "есть.json"], 1, "уже есть")]
#[case(&["--out", "такой/папки/нет.json"], 1, "такой папки нет")]
fn a_matching_that_cannot_be_done_says_why_in_one_sentence(
    #[case] words: &[&str],
    #[case] code: i32,
    #[case] expected: &str,
) {
    let desk = Desk::with(&asking(), &offering());
    desk.put("есть.json", b"{}");
    desk.put("сломаны.toml", b"mode = 1");
    desk.put("чужие.toml", "locks = [{ mentee = \"Никто Нигде\", mentor = \"Рябинин О. П.\" }]".as_bytes());
    desk.put("нельзя.toml", "locks = [{ mentee = \"Кедров Илья\", mentor = \"Рябинин О. П.\" }]".as_bytes());
    let form = "[[forms]]\ncode = \"pupil_pupil\"\nname = \"ученик – ученик\"\npoints = { request = 999999 }\n";
    desk.put("баллы.toml", form.as_bytes());
    let output = desk.run(words);
    let said = sentence(&output);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(expected), "{said}");
    assert_eq!(fs::read(desk.path("есть.json")).unwrap(), b"{}");
}

#[test]
fn files_that_hold_no_base_are_refused_by_name() {
    let desk = Desk::with(&asking(), &offering());
    desk.put("наставники.xlsx", &[7; 5000]);
    assert!(sentence(&desk.run(&["--out", "пары.json"])).starts_with("Файл наставники.xlsx: Формат файла"));
    desk.put("наставники.xlsx", &workbook("Смета", &["Статья"; 9], &[["1"; 9]]));
    assert!(sentence(&desk.run(&["--out", "пары.json"])).contains("наставники.xlsx: не похоже на базу наставников"));
}

#[test]
fn bases_as_the_form_prints_them_are_enough_and_what_is_assumed_is_said() {
    let desk = Desk::new();
    let mentees = ["№", "ФИО наставляемого", "Основной запрос наставляемого"];
    let rows = [["1", "Ёлкина Анна Ивановна", "математика"], ["2", "Ким Лю", ""]];
    let bare = |columns: &[&str], rows: &[[&str; 3]]| {
        let sheet = Sheet::new("База", columns.iter().map(|title| Column::text(*title, 20.0)));
        xlsx::write(&Workbook::of(rows.iter().fold(sheet, |sheet, row| sheet.row(*row)))).unwrap()
    };
    desk.put("наставляемые.xlsx", &bare(&mentees, &rows));
    let mentors = ["№", "ФИО наставника", "Основные компетенции наставника"];
    desk.put(
        "наставники.xlsx",
        &bare(&mentors, &[["1", "Ёлкина Анна Ивановна", "физика"], ["2", "Рябинин Олег", "алгебра"]]),
    );
    let result = desk.result(&[]);
    let (anna, lu) = ("Ёлкина Анна Ивановна".to_owned(), "Ким Лю".to_owned());
    assert_eq!(pairs(&result), [(anna.clone(), "Рябинин Олег".to_owned()), (lu, anna)], "nobody is the own mentor");
    let remarks = result["remarks"].to_string();
    for assumed in
        ["столбца о согласии", "взята форма «ученик – ученик»", "время не учтено", "берёт каждый: взято 1", "о допуске"]
    {
        assert!(remarks.contains(assumed), "{assumed}: {remarks}");
    }
}

#[test]
fn a_school_of_six_hundred_is_matched() {
    let topics = ["математика", "физика", "программирование", "театр", "волонтёрство"];
    let letter = |number: usize| ["А", "Б", "В", "Г", "Д", "Е", "Ж", "И", "К", "Л"][number % 10];
    let name = |kind: &str, number: usize| {
        format!("{kind}{}{} Имя Отчество", letter(number / 10).to_lowercase(), letter(number).to_lowercase())
    };
    let desk = Desk::new();
    let columns = |titles: &[&str]| titles.iter().map(|title| Column::text(*title, 20.0)).collect::<Vec<_>>();
    let mentees = (0..400).fold(
        Sheet::new("База", columns(&["ФИО наставляемого", "Год рождения", "Запрос"])),
        |sheet, number| {
            let kind = ["Березин", "Соснин", "Кедрин", "Еловин"][number / 100];
            sheet.row([name(kind, number % 100), (2010 + number % 6).to_string(), topics[number % 5].to_owned()])
        },
    );
    let mentors = (0..200).fold(
        Sheet::new("База", columns(&["ФИО наставника", "Компетенции", "Сколько наставляемых"])),
        |sheet, number| {
            let kind = ["Рябинин", "Калинин"][number / 100];
            sheet.row([name(kind, number % 100), topics[number * 3 % 5].to_owned(), (1 + number % 3).to_string()])
        },
    );
    desk.put("наставляемые.xlsx", &xlsx::write(&Workbook::of(mentees)).unwrap());
    desk.put("наставники.xlsx", &xlsx::write(&Workbook::of(mentors)).unwrap());
    let result = desk.result(&[]);
    assert_eq!(pairs(&result).len(), 399, "67 + 2 · 67 + 3 · 66 places");
    assert_eq!(result["without_mentor"].as_array().unwrap().len(), 1);
}

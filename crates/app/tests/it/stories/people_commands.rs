//! Stories of class lists at the keyboard of the school's server.

use crate::command_line::{Home, run, sentence, stdout};
use std::{fs, path::PathBuf};

const LIST: &str =
    "ФИО;Дата рождения;Пол\nЁлкина Анна Ивановна;01.02.2012;ж\nЖуков Пётр Ильич;02.03.2012;м\nСидоров;01.02.2012;м\n";

fn file(home: &Home, name: &str, bytes: &[u8]) -> PathBuf {
    let path = home.path().with_file_name(name);
    fs::write(&path, bytes).unwrap();
    path
}

#[tokio::test]
async fn lists_are_compared_loaded_and_loaded_again() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let list = file(&home, "8А.csv", LIST.as_bytes());
    let words = ["people", "import", list.to_str().unwrap(), "--year", "2026"];
    let dry = stdout(&home.run(&[&words[..], &["--dry-run"]].concat(), ""));
    assert!(
        dry.contains("Новых: 2\n") && dry.ends_with("Ничего не записано: это была проверка (--dry-run).\n"),
        "{dry}"
    );
    let loaded = stdout(&home.run(&words, ""));
    assert!(loaded.contains("Новых: 2\n") && loaded.contains("Не прочитано: 1\n"), "{loaded}");
    assert!(loaded.ends_with("Списки загружены.\n"), "{loaded}");
    let again = stdout(&home.run(&[&words[..], &["--json"]].concat(), ""));
    let again: serde_json::Value = serde_json::from_str(&again).unwrap();
    assert_eq!((&again["counts"]["same"], &again["counts"]["new"]), (&2.into(), &0.into()), "{again}");
    let said = stdout(&home.run(&words, ""));
    assert!(said.ends_with("Записи не изменились: всё из этих списков уже известно.\n"), "{said}");
}

#[tokio::test]
async fn rows_that_are_not_taken_say_why_and_come_back_as_a_file_to_be_put_right() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let list = file(&home, "8А.csv", LIST.as_bytes());
    let rejected = home.path().with_file_name("исправить.xlsx");
    let words =
        ["people", "import", list.to_str().unwrap(), "--year", "2026", "--rejected", rejected.to_str().unwrap()];
    let told = stdout(&home.run(&[&words[..], &["--json"]].concat(), ""));
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let trouble = &told["troubles"][0];
    assert_eq!(
        (&trouble["file"], &trouble["line"], &trouble["outcome"]),
        (&"8А.csv".into(), &4.into(), &"failed".into())
    );
    let reason = trouble["reason"].as_str().unwrap();
    let tables =
        documents::tables::read_any("x.xlsx", &fs::read(&rejected).unwrap(), &documents::tables::Limits::default());
    let rows = format!("{:?}", tables.unwrap());
    assert!(rows.contains("Сидоров") && rows.contains(reason) && !rows.contains("Жуков"), "{rows}");

    let again = sentence(&home.run(&words, ""));
    assert!(again.contains("уже есть") && again.contains("--overwrite"), "{again}");
    let said = stdout(&home.run(&words[..5], ""));
    assert!(said.contains(&format!("«8А.csv», строка 4: {reason}")), "{said}");
    let wrong = sentence(&home.run(&["people", "import", list.to_str().unwrap(), "--rejected", "исправить.csv"], ""));
    assert!(wrong.contains("назовите так файл"), "{wrong}");
}

#[tokio::test]
async fn a_list_that_cannot_be_read_says_why_in_one_sentence() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let noise = file(&home, "шум.xlsx", &[7; 5000]);
    let missing = home.path().with_file_name("нет.xlsx");
    let said = sentence(&home.run(&["people", "import", noise.to_str().unwrap()], ""));
    assert!(said.contains("Формат файла не поддерживается"), "{said}");
    let said = sentence(&home.run(&["people", "import", missing.to_str().unwrap()], ""));
    assert!(said.contains("прочитать нельзя: его нет"), "{said}");
    let output = run(&["people", "import"]);
    assert_eq!(output.status.code(), Some(2), "{}", sentence(&output));
}

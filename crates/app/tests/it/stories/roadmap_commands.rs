//! Stories of a road map at the keyboard of the school's server.

use crate::{
    command_line::{Home, run, sentence, stdout},
    support::roadmaps,
};
use std::{fs, path::PathBuf};

/// Puts a file beside the data directory and returns its path.
fn file(home: &Home, name: &str, bytes: &[u8]) -> PathBuf {
    let path = home.path().with_file_name(name);
    fs::write(&path, bytes).unwrap();
    path
}

fn text(path: &std::path::Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_dry_run_says_what_was_understood_and_writes_nothing() {
    let home = Home::new();
    let map = file(&home, "карта.docx", &roadmaps::family_d());
    let output = run(&["roadmap", "import", text(&map), "--dry-run", "--year", "2026"]);
    let said = stdout(&output);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with("Разделов: 5, мероприятий: 31, со сроками: 31\n"), "{said}");
    assert!(said.contains("начинается после конца учебного года 2026/27"), "{said}");
    assert!(said.ends_with("Ничего не записано: это была проверка (--dry-run).\n"), "{said}");
    let with_data = home.run(&["roadmap", "import", text(&map), "--dry-run"], "");
    assert!(with_data.status.success());
    assert!(!home.path().exists(), "not even the data directory is made");

    let json = stdout(&run(&["roadmap", "import", text(&map), "--dry-run", "--json", "--year", "2026"]));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["rows"], &json["with_terms"], &json["programme"]), (&31.into(), &31.into(), &().into()));
    assert!(!json["doubts"].as_array().unwrap().is_empty());
}

#[tokio::test]
async fn a_road_map_is_taken_over_shown_and_written_out() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let map = file(&home, "карта.docx", &roadmaps::family_d());
    let import = ["roadmap", "import", text(&map), "--year", "2026"];
    let said = stdout(&home.run(&import, ""));
    assert!(said.contains("Черновик на 2026/27 учебный год готов"), "{said}");
    let again = sentence(&home.run(&import, ""));
    assert!(again.contains("Черновик на 2026/27 учебный год уже есть"), "{again}");

    let status = stdout(&home.run(&["roadmap", "status"], ""));
    assert!(status.contains("2026/27 учебный год (черновик)") && status.contains("мероприятий 31"), "{status}");
    let status = stdout(&home.run(&["roadmap", "status", "--year", "2026/27", "--json"], ""));
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!((&status["rows"], &status["programme"]), (&31.into(), &"draft".into()));
    let other = sentence(&home.run(&["roadmap", "status", "--year", "2030"], ""));
    assert!(other.contains("на 2030/31 учебный год в базе нет"), "{other}");

    for format in ["docx", "xlsx", "ics", "json"] {
        let out = home.path().with_file_name(format!("карта вышла.{format}"));
        let said = stdout(&home.run(&["roadmap", "export", text(&out)], ""));
        assert!(said.contains("записана"), "{said}");
        assert!(fs::metadata(&out).unwrap().len() > 1000, "{format}");
        let again = sentence(&home.run(&["roadmap", "export", text(&out)], ""));
        assert!(again.contains("уже есть") && again.contains("--overwrite"), "{again}");
        assert!(home.run(&["roadmap", "export", text(&out), "--overwrite"], "").status.success());
    }
    let db = home.open().await;
    let sql = "SELECT actor_name FROM audit_log WHERE event = 'roadmap.exported'";
    let traces: Vec<(String,)> = db.read().await.unwrap().all(sql, vec![]).await.unwrap();
    assert_eq!(traces.len(), 8, "every file leaves a trace");
    assert!(traces.iter().all(|(actor,)| actor == "Система"));
    db.close().await;
}

#[tokio::test]
async fn a_template_of_one_s_own_becomes_a_draft() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let template = file(&home, "шаблон.toml", include_bytes!("../../../templates/roadmap.toml"));
    let said = stdout(&home.run(&["roadmap", "import", text(&template), "--year", "2027"], ""));
    assert!(said.starts_with("Разделов: 5, мероприятий: 31, со сроками: 31\n"), "{said}");
    assert!(said.contains("Черновик на 2027/28"), "{said}");
    let broken = file(&home, "сломан.toml", b"title = 1");
    assert!(
        sentence(&home.run(&["roadmap", "import", text(&broken)], "")).contains("Шаблон дорожной карты не читается")
    );
}

#[test]
fn a_command_that_cannot_be_done_says_why_in_one_sentence() {
    let home = Home::new();
    let noise = file(&home, "шум.docx", &[7; 5000]);
    let letter = file(&home, "письмо.txt", "Первая;вторая\nтретья;четвёртая\n".as_bytes());
    let missing = home.path().with_file_name("нет.docx");
    let refusals = [
        (vec!["roadmap", "import", text(&noise), "--dry-run"], 1, "Формат файла не поддерживается"),
        (vec!["roadmap", "import", text(&letter), "--dry-run"], 1, "не нашлось дорожной карты"),
        (vec!["roadmap", "import", text(&missing), "--dry-run"], 1, "прочитать нельзя: его нет"),
        (vec!["roadmap", "import", text(&noise)], 2, "--dry-run"),
        (vec!["roadmap", "import", text(&noise), "--dry-run", "--year", "двадцать шестой"], 2, "Не подходит значение"),
        (vec!["roadmap", "export", "карта.pdf", "--data", "x"], 2, ".docx, .xlsx, .ics или .json"),
        (vec!["roadmap", "export", "карта.docx"], 2, "--data"),
    ];
    for (words, code, expected) in refusals {
        let output = run(&words);
        let said = sentence(&output);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {said}");
        assert!(said.contains(expected), "{words:?}: {said}");
    }
}

#[tokio::test]
async fn a_school_without_a_road_map_is_told_where_to_begin() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let file = home.path().with_file_name("карта.docx");
    for words in [&["roadmap", "status"][..], &["roadmap", "export", text(&file)]] {
        let said = sentence(&home.run(words, ""));
        assert!(said.contains("Дорожной карты в базе ещё нет"), "{said}");
    }
}

#[tokio::test]
async fn a_folder_of_evidence_is_written_for_a_row_and_refused_for_none() {
    let home = Home::with_schools(&["Школа № 7"]).await;
    let map = file(&home, "карта.docx", &roadmaps::family_d());
    stdout(&home.run(&["roadmap", "import", text(&map), "--year", "2026"], ""));
    let out = home.path().with_file_name("папка.zip");
    let draft = sentence(&home.run(&["evidence", "--out", text(&out), "--year", "2026"], ""));
    assert!(draft.contains("нет"), "a draft has no evidence yet: {draft}");
    let db = home.open().await;
    let mut tx = db.begin().await.unwrap();
    tx.run("UPDATE programmes SET state = 'running'", vec![]).await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;

    let unnamed = sentence(&home.run(&["evidence", "--out", "папка.txt", "--year", "2026"], ""));
    assert!(unnamed.contains("кончаться на .zip"), "{unnamed}");
    let unknown = sentence(&home.run(&["evidence", "--out", text(&out), "--row", "9.9", "--year", "2026"], ""));
    assert!(unknown.contains("Мероприятия 9.9 в дорожной карте нет"), "{unknown}");
    assert!(!out.exists());
    let said = stdout(&home.run(&["evidence", "--out", text(&out), "--row", "1.4", "--year", "2026", "--json"], ""));
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&said["rows"], &said["documents"]), (&1.into(), &0.into()));
    let mut archive = zip::ZipArchive::new(fs::File::open(&out).unwrap()).unwrap();
    assert!(archive.by_name("SHA256SUMS.txt").is_ok());
    let again = sentence(&home.run(&["evidence", "--out", text(&out), "--year", "2026"], ""));
    assert!(again.contains("уже есть"), "{again}");
}

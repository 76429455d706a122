//! A school has its papers made in its own .docx: what is filled, what is refused, what stays.

use super::{made, print, register, said, sign};
use crate::support::{Browser, Seen, Town, scanner::holds};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use documents::block::{Block, Document, Page, Paragraph};
use nastavnik::access::{Role, SchoolId};
use rstest::rstest;

const ORDER: &str = "/papers/wordings/introduction-order";

/// What a school writes into its own file.
const WORDS: [&str; 3] = [
    "Бланк {{ school.short_name }}",
    "Назначить {{ curator.name | accusative }}, № {{ order.number | blank }}",
    "{{ code | qr }}",
];

/// Writes a .docx of paragraphs, as Word would.
pub fn file(paragraphs: &[&str]) -> Vec<u8> {
    let document = paragraphs.iter().fold(Document::new("", Page::portrait()), |document, text| {
        document.with(Block::Paragraph(Paragraph::text(*text)))
    });
    documents::docx::write(&document).unwrap()
}

/// Uploads a file for a kind, to be saved or, with a `preview`, to be looked at.
pub async fn upload(browser: &Browser, wording: &str, preview: &str, bytes: &[u8]) -> Seen {
    let path = format!("{wording}/file");
    let version =
        browser.get(wording).await.form(&path).fields.iter().find(|(name, _)| name == "version").unwrap().1.clone();
    browser.upload(&path, &[("version", &version), ("preview", preview)], ("Бланк.docx", bytes)).await
}

#[rstest]
#[tokio::test]
async fn a_file_is_looked_at_saved_and_papers_are_made_in_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let old = made(&coordinator, "introduction-order").await;
    let begun = coordinator.get(&format!("{ORDER}/beginning")).await;
    assert!(begun.must_be(200).bytes.starts_with(b"PK") && holds(&begun, "{{ school.name }}"));
    let own = file(&WORDS);
    let seen = upload(&coordinator, ORDER, "page", &own).await;
    seen.must_be(200)
        .must_say("Ошибок нет")
        .must_say("он ещё не сохранён")
        .must_say("Назначить")
        .must_say("Школа текст не меняла");
    let sample = upload(&coordinator, ORDER, "docx", &own).await;
    assert!(holds(&sample, "Назначить") && !holds(&sample, "{{"), "the example is filled");
    let saved = upload(&coordinator, ORDER, "", &own).await;
    let page = said(&coordinator, saved).await;
    page.must_say("Файл сохранён: версия 1")
        .must_say("Сейчас — файл школы (.docx)")
        .must_say("Так читается файл с данными примера");
    coordinator.get("/papers/new/introduction-order").await.must_say("Бланк Школа");
    let paper = made(&coordinator, "introduction-order").await;
    let shown = coordinator.get(&paper).await;
    shown.must_say("Бланк Школа").must_say("файл школы (.docx), версия 1").must_say("Скачать Word и напечатать");
    assert!(shown.links(&format!("{paper}/files/")).iter().all(|path| path.ends_with("docx")), "there is no PDF");
    coordinator.get(&format!("{paper}/files/pdf")).await.must_be(422).must_say("знает только Word");
    let docx = coordinator.get(&format!("{paper}/files/docx")).await;
    assert!(holds(&docx, "word/media/code-document-1.png") && holds(&docx, "Назначить"), "the file with the code");
    coordinator.get(&old).await.must_say("ПРИКАЗЫВАЮ").must_not_say("Бланк Школа");
    coordinator.get(&format!("{old}/files/pdf")).await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn a_registered_paper_stays_the_bytes_it_was_whatever_becomes_of_the_file(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let saved = upload(&coordinator, ORDER, "", &file(&WORDS)).await;
    saved.must_be(303);
    let paper = made(&coordinator, "introduction-order").await;
    let printed = print(&coordinator, &paper).await;
    assert!(printed.must_be(200).bytes.starts_with(b"PK") && holds(&printed, "________"), "no number yet");
    sign(&coordinator, &paper, "2026-11-20").await.must_be(303);
    let registered = register(&coordinator, &paper, &[]).await;
    said(&coordinator, registered).await.must_say("зарегистрирован").must_say("1-ОД");
    let first = coordinator.get(&format!("{paper}/files/docx")).await;
    assert!(holds(&first, "№ 1-ОД"));
    let restored = coordinator.post(&format!("{ORDER}/restoration"), &[]).await;
    said(&coordinator, restored).await.must_say("Сейчас — исходный текст программы").must_say("файл школы (.docx)");
    assert_eq!(coordinator.get(&format!("{paper}/files/docx")).await.bytes, first.bytes);
    coordinator.get(&paper).await.must_say("Бланк Школа").must_say("1-ОД");
    coordinator.get(&format!("{paper}/files/pdf")).await.must_be(422);
    let (school, id) = (town.school().await, uuid::Uuid::try_parse(paper.rsplit('/').next().unwrap()).unwrap());
    let sql = "SELECT COUNT(*) FROM papers WHERE school_id = $1 AND id = $2 AND docx_id = final_id";
    let one: (i64,) = town.look().await.one(sql, args![school, id]).await.unwrap();
    assert_eq!(one.0, 1, "what the paper is, is the file");
    let newest = made(&coordinator, "introduction-order").await;
    coordinator.get(&newest).await.must_say("ПРИКАЗЫВАЮ").must_say("версия 2");
}

#[rstest]
#[tokio::test]
async fn a_mistake_is_refused_with_its_place_and_the_wording_stays(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let kept = town.bytes_kept();
    let wrong = file(&["Приказ", "Согласовано: {{ curatr.name }}"]);
    for preview in ["", "page", "docx"] {
        let seen = upload(&coordinator, ORDER, preview, &wrong).await;
        seen.must_be(422).must_say("Абзац 2 («Согласовано: {{ curatr.name }}»)").must_say("«curatr");
    }
    let path = format!("{ORDER}/file");
    for (name, bytes, sentence) in [
        ("", &b""[..], "Выберите файл"),
        ("Приказ.doc", b"\xD0\xCF\x11\xE0", "сохраните его как «Документ Word (.docx)»"),
        ("Приказ.docx", b"<html>", "Внутри файла не то"),
        ("Приказ.docx", b"PK\x03\x04 and nothing", "повреждён"),
    ] {
        coordinator.upload(&path, &[("version", "0")], (name, bytes)).await.must_be(422).must_say(sentence);
    }
    coordinator.get(ORDER).await.must_say("Школа текст не меняла");
    assert_eq!(town.bytes_kept(), kept, "what was refused is not kept");
    upload(&coordinator, ORDER, "", &file(&WORDS)).await.must_be(303);
    upload(&coordinator, ORDER, "", &wrong).await.must_be(422).must_say("Сейчас — файл школы");
    coordinator.get(ORDER).await.must_say("Бланк").must_say("Сейчас — файл школы (.docx)");
}

#[rstest]
#[tokio::test]
async fn a_file_without_the_code_is_taken_with_a_warning(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let own = file(&WORDS[..2]);
    upload(&coordinator, ORDER, "page", &own).await.must_say("скан с подписями сам не найдёт");
    let saved = upload(&coordinator, ORDER, "", &own).await;
    said(&coordinator, saved).await.must_say("Кода документа в файле нет").must_say("вставьте в файл {{ code | qr }}");
    let paper = made(&coordinator, "introduction-order").await;
    coordinator.get(&paper).await.must_say("скан с подписями сам не найдёт").must_not_say("на бумаге будет код");
}

#[rstest]
#[tokio::test]
async fn versions_of_files_and_words_stay_beside_each_other(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let form = coordinator.get(ORDER).await.form(ORDER).with("preview", "");
    let text = form.fields.iter().find(|(name, _)| name == "text").unwrap().1.replace("ПРИКАЗЫВАЮ:", "ПОВЕЛЕВАЮ:");
    form.with("text", &text).send(&coordinator).await.must_be(303);
    let (first, second) = (file(&WORDS), file(&[WORDS[0], WORDS[2]]));
    upload(&coordinator, ORDER, "", &first).await.must_be(303);
    let same = upload(&coordinator, ORDER, "", &first).await;
    said(&coordinator, same).await.must_say("версия 2").must_not_say("версия 3");
    let stale = coordinator.upload(&format!("{ORDER}/file"), &[("version", "1")], ("Бланк.docx", &second)).await;
    stale.must_be(409);
    coordinator.get(ORDER).await.must_say("Текст в программе: сейчас не используется").must_say("ПОВЕЛЕВАЮ");
    let begun = coordinator.get(&format!("{ORDER}/beginning")).await;
    assert!(holds(&begun, "ПОВЕЛЕВАЮ"), "the words of the school are what its file begins with");
    upload(&coordinator, ORDER, "", &second).await.must_be(303);
    assert_eq!(coordinator.get(&format!("{ORDER}/editions/2")).await.bytes, first);
    assert_eq!(coordinator.get(&format!("{ORDER}/editions/3")).await.bytes, second);
    for missing in ["1", "9", "x"] {
        coordinator.get(&format!("{ORDER}/editions/{missing}")).await.must_be(404);
    }
    let form = coordinator.get(ORDER).await.form(ORDER).with("preview", "");
    said(&coordinator, form.send(&coordinator).await).await.must_say("Сейчас — текст школы");
    let paper = made(&coordinator, "introduction-order").await;
    coordinator.get(&paper).await.must_say("ПОВЕЛЕВАЮ").must_say("версия 4");
    assert!(holds(&coordinator.get(&format!("{ORDER}/sample")).await, "ПОВЕЛЕВАЮ"));
}

#[rstest]
#[tokio::test]
async fn a_paper_the_file_does_not_fit_is_refused_and_not_made(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    // The example has a number; an order that is only a draft has none.
    upload(&coordinator, ORDER, "", &file(&["№ {{ order.number }}", WORDS[2]])).await.must_be(303);
    let path = "/papers/new/introduction-order";
    coordinator.get(path).await.must_be(422).must_say("файл школы не подошёл к данным").must_say("Абзац 1");
    let key = uuid::Uuid::now_v7().to_string();
    coordinator.post(path, &[("key", &key)]).await.must_be(422).must_say("{{ поле | blank }}");
    let school: SchoolId = town.school().await;
    let papers: (i64,) =
        town.look().await.one("SELECT COUNT(*) FROM papers WHERE school_id = $1", args![school]).await.unwrap();
    assert_eq!(papers.0, 0);
}

#[rstest]
#[tokio::test]
async fn others_read_the_file_and_change_nothing(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let own = file(&WORDS);
    upload(&coordinator, ORDER, "", &own).await.must_be(303);
    let path = format!("{ORDER}/file");
    for role in [Role::Head, Role::Inspector] {
        let browser = town.browser(role).await;
        let page = browser.get(ORDER).await;
        page.must_say("Документ составляется в файле школы");
        assert!(page.forms().iter().all(|form| form.action != path), "{role:?}");
        assert_eq!(browser.get(&format!("{ORDER}/editions/1")).await.must_be(200).bytes, own);
        browser.upload(&path, &[("version", "1")], ("Бланк.docx", &own)).await.must_be(403);
    }
    town.browser(Role::ClassTeacher).await.get(ORDER).await.must_be(403);
    for role in [Role::Administrator, Role::Contributor] {
        town.browser(role).await.get(&format!("{ORDER}/sample")).await.must_be(403);
    }
    town.neighbour().await;
    let stranger = town.stranger();
    stranger.sign_in("coordinator-2", crate::support::PASSWORD).await;
    stranger.get(&format!("{ORDER}/editions/1")).await.must_be(404);
    stranger.get(ORDER).await.must_say("Сейчас — исходный текст программы");
}

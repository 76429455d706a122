//! A school words its papers itself: a mistake is named with its place, no version is lost.

use super::made;
use crate::support::{Browser, PostedForm, Town, scanner};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

const PATH: &str = "/papers/wordings/introduction-order";

async fn form(browser: &Browser) -> PostedForm {
    browser.get(PATH).await.form(PATH).with("preview", "")
}

fn text(form: &PostedForm) -> String {
    form.fields.iter().find(|(name, _)| name == "text").unwrap().1.clone()
}

#[rstest]
#[tokio::test]
async fn a_mistake_is_refused_with_its_place_and_nothing_typed_is_lost(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let page = coordinator.get(PATH).await;
    page.must_say("order.basis[]").must_say("Основание: документ, на который опирается приказ");
    let sent = form(&coordinator).await;
    let broken = format!("{}\n\nСогласовано: {{{{ curatr.name }}}}\n", text(&sent));
    let line = broken.lines().count();
    for preview in ["", "page", "pdf"] {
        let seen = sent.clone().with("text", &broken).with("preview", preview).send(&coordinator).await;
        seen.must_be(422).must_say(&format!("Строка {line}, столбец")).must_say("«curatr");
        seen.must_say("Согласовано: {{ curatr.name }}");
    }
    coordinator.get(PATH).await.must_say("Школа текст не меняла");
}

#[rstest]
#[tokio::test]
async fn a_text_is_looked_at_before_it_is_saved(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let sent = form(&coordinator).await;
    let changed = text(&sent).replace("ПРИКАЗЫВАЮ:", "ПОВЕЛЕВАЮ:");
    let seen = sent.clone().with("text", &changed).with("preview", "page").send(&coordinator).await;
    seen.must_be(200).must_say("Ошибок нет").must_say("ПОВЕЛЕВАЮ:").must_say("он ещё не сохранён");
    let pdf = sent.with("text", &changed).with("preview", "pdf").send(&coordinator).await;
    assert!(pdf.must_be(200).bytes.starts_with(b"%PDF"));
    coordinator.get(PATH).await.must_not_say("ПОВЕЛЕВАЮ");
}

#[rstest]
#[tokio::test]
async fn versions_stay_and_the_first_text_comes_back(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let old = made(&coordinator, "introduction-order").await;
    let sent = form(&coordinator).await;
    let changed = text(&sent).replace("ПРИКАЗЫВАЮ:", "ПОВЕЛЕВАЮ:");
    let saved = sent.clone().with("text", &changed).send(&coordinator).await;
    coordinator.follow(saved).await.must_say("версия 1").must_say("Сейчас — текст школы");
    sent.with("text", "# Пусто\n").send(&coordinator).await.must_be(409).must_say("ПОВЕЛЕВАЮ");
    let new = made(&coordinator, "introduction-order").await;
    coordinator.get(&new).await.must_say("ПОВЕЛЕВАЮ").must_say("версия 1");
    coordinator.get(&old).await.must_say("ПРИКАЗЫВАЮ").must_not_say("ПОВЕЛЕВАЮ");
    let restored = coordinator.post(&format!("{PATH}/restoration"), &[]).await;
    coordinator.follow(restored).await.must_say("Сейчас — исходный текст программы").must_say("текст школы");
    let docx = coordinator.get(&format!("{new}/files/docx")).await;
    assert!(scanner::holds(&docx, "ПОВЕЛЕВАЮ"), "a paper keeps the text it was made with");
    let newest = made(&coordinator, "introduction-order").await;
    coordinator.get(&newest).await.must_say("ПРИКАЗЫВАЮ").must_say("версия 2");
    coordinator.get("/papers/wordings").await.must_say("исходный текст программы");
}

#[rstest]
#[tokio::test]
async fn others_read_the_wording_and_change_nothing(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    for role in [Role::Head, Role::Inspector] {
        let browser = town.browser(role).await;
        let page = browser.get(PATH).await;
        page.must_say("ПРИКАЗЫВАЮ");
        assert!(page.forms().iter().all(|form| form.action != PATH));
        browser.post(PATH, &[("text", "нет")]).await.must_be(403);
    }
    town.browser(Role::ClassTeacher).await.get(PATH).await.must_be(403);
}

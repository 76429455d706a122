//! «С приказом ознакомлены»: who has signed, and the sheet.

use super::{made, said};
use crate::support::Town;
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn colleagues_are_listed_sign_and_are_counted(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let teacher = town.person("Дубова Вера Павловна", None, &["teacher"]).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let order = made(&coordinator, "introduction-order").await;
    let path = format!("{order}/acquaintances");
    coordinator.get(&path).await.must_say("В листе пока никого").must_say("Дубова Вера Павловна");
    let (person, user) = (format!("person:{teacher}"), format!("user:{}", town.user(Role::Psychologist)));
    let added = coordinator.post(&path, &[("reader", &person), ("reader", &user), ("reader", &person)]).await;
    said(&coordinator, added).await.must_say("Добавлено: 2 человека").must_say("Ознакомлено: 0 из 2");
    let page = coordinator.get(&path).await;
    let sign = page.forms().into_iter().find(|form| form.fields.iter().any(|(_, value)| value == "signed")).unwrap();
    sign.clone().with("on", "2026-11-23").send(&coordinator).await.must_be(422).must_say("ещё не наступила");
    let signed = sign.send(&coordinator).await;
    said(&coordinator, signed).await.must_say("Ознакомлено: 1 из 2").must_say("22.11.2026");
    let removed = sign.with("act", "removed").send(&coordinator).await;
    removed.must_be(422).must_say("Подпись уже отмечена");
    let sheet = coordinator.get(&format!("{path}/print")).await;
    sheet.must_say("ознакомлены").must_say("В. П. Дубова").must_say("Подпись");
    coordinator.post(&path, &[("reader", "user:чужой")]).await.must_be(404);
    town.browser(Role::Head).await.post(&path, &[("reader", &user)]).await.must_be(403);
}

//! A paper proves the rows of the road map that expect it, once it is signed or registered.

use super::{made, register, sign};
use crate::{
    stories::roadmap::{row, start_year},
    support::Town,
};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

#[rstest]
#[tokio::test]
async fn a_signed_paper_is_evidence_of_its_row_and_a_cancelled_one_is_none(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let row = row(&coordinator, "2.2").await;
    coordinator.get(&row).await.must_say("Составить: Распорядительный акт");
    let act = made(&coordinator, "accessibility-act").await;
    coordinator.get(&act).await.must_say("Подтверждает мероприятия").must_say("2.2").must_say("Засчитается");
    coordinator.get(&row).await.must_say("ещё не подписан и не зарегистрирован");
    sign(&coordinator, &act, "2026-11-20").await.must_be(303);
    coordinator.get(&row).await.must_say("подписан 20.11.2026, засчитан");
    register(&coordinator, &act, &[]).await.must_be(303);
    coordinator.get(&row).await.must_say("№ 1-ОД от 22.11.2026, засчитан");
    let path = format!("{act}/cancellation");
    let form = coordinator.get(&path).await.form(&path).with("reason", "ошибка");
    form.send(&coordinator).await.must_be(303);
    coordinator.get(&row).await.must_not_say("засчитан");
}

#[rstest]
#[tokio::test]
async fn the_rows_of_a_paper_can_be_chosen(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let order = made(&coordinator, "introduction-order").await;
    coordinator.get(&order).await.must_say("Мероприятий не выбрано");
    let row = row(&coordinator, "1.5").await;
    let id = row.rsplit('/').next().unwrap();
    coordinator.submit(&format!("{order}/rows"), &[("row", id)]).await.must_say("1.5");
    let nothing = uuid::Uuid::now_v7().to_string();
    coordinator.post(&format!("{order}/rows"), &[("row", &nothing)]).await.must_be(422);
    sign(&coordinator, &order, "2026-11-20").await.must_be(303);
    coordinator.get(&row).await.must_say("засчитан");
}

#[rstest]
#[tokio::test]
async fn the_statement_and_the_check_of_terms_become_papers(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    for (page, title) in [
        ("statement", "Справка о выполнении дорожной карты на 22.11.2026"),
        ("deadlines", "Контрольный лист сроков на 22.11.2026"),
    ] {
        let seen = coordinator.get(&format!("/control/{page}")).await;
        let form = seen.forms().into_iter().find(|form| form.action.contains("/paper")).unwrap();
        let sent = form.send(&coordinator).await;
        coordinator.follow(sent).await.must_say(title).must_say("4.3");
    }
    town.browser(Role::Head).await.post("/control/statement/paper", &[]).await.must_be(403);
}

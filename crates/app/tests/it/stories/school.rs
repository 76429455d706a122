//! Stories of the school's own page.

use crate::support::Town;
use chrono::TimeDelta;
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

const SCHOOL: &str = "/school";

#[rstest]
#[tokio::test]
async fn the_school_is_read_by_those_who_lead_and_changed_by_an_administrator(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    for reader in [Role::Coordinator, Role::Head] {
        let browser = town.browser(reader).await;
        let seen = browser.get(SCHOOL).await;
        seen.must_be(200).must_say("Директорова Вера Павловна").must_say("Москва, Санкт-Петербург, Казань");
        assert!(seen.forms().iter().all(|form| form.action != SCHOOL), "nothing to send for {reader:?}");
        browser.post(SCHOOL, &[]).await.must_be(403);
    }
    town.browser(Role::Inspector).await.get(SCHOOL).await.must_be(403);

    let form = administrator.get(SCHOOL).await.form(SCHOOL).with("short_name", "Лицей № 2").with("kind", "lyceum");
    let saved = form.with("is_small", "on").send(&administrator).await;
    administrator.follow(saved).await.must_be(200).must_say("Сведения о школе сохранены.").must_say("Лицей № 2");
    let facts = town.browser(Role::Head).await.get(SCHOOL).await;
    facts.must_say("Лицей").must_say("Малокомплектная школа да");
    let journal = administrator.get("/journal?event=access.school_changed").await;
    journal.must_say("Краткое название: Школа № 7 → Лицей № 2").must_say("Малокомплектная: нет → да");
    journal.must_not_say("Часовой пояс:");
}

#[rstest]
#[tokio::test]
async fn a_mistake_keeps_what_was_typed(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let form = administrator.get(SCHOOL).await.form(SCHOOL);
    let long = "я".repeat(501);
    let refused =
        form.with("name", &long).with("address", "ул. Новая, д. 5").with("kind", "?").send(&administrator).await;
    refused.must_be(422).must_say("можно до 500 знаков").must_say("Выберите тип организации из списка.");
    assert_eq!(refused.value_of("address"), "ул. Новая, д. 5");
    administrator.get(SCHOOL).await.must_say("Школа № 7");
}

#[rstest]
#[tokio::test]
async fn of_two_people_who_edit_the_school_the_second_sees_both_versions(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let form = administrator.get(SCHOOL).await.form(SCHOOL);
    form.clone().with("address", "ул. Новая, д. 5").send(&administrator).await.must_be(303);
    let conflict = form.with("address", "ул. Старая, д. 9").send(&administrator).await;
    conflict.must_be(409).must_say("ул. Старая, д. 9").must_say("ул. Новая, д. 5");
    assert_eq!(administrator.get(SCHOOL).await.value_of("address"), "ул. Новая, д. 5");
}

#[rstest]
#[tokio::test]
async fn the_day_begins_where_the_school_is(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    town.app.clock.pass(TimeDelta::minutes(25));
    administrator.get("/").await.must_say("Данные на 22.11.2026");
    let form = administrator.get(SCHOOL).await.form(SCHOOL).with("time_zone", "Asia/Kamchatka");
    form.send(&administrator).await.must_be(303);
    for _ in 0..8 {
        town.app.clock.pass(TimeDelta::minutes(25));
        administrator.get("/about").await.must_be(200);
    }
    // 12:45 UTC: a quarter to four in Moscow, a quarter to one of the next day on Kamchatka.
    administrator.get("/").await.must_say("Данные на 23.11.2026");
}

//! Stories of the settings of the year.

use crate::support::Town;
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

const SETTINGS: &str = "/participants/settings";

#[rstest]
#[tokio::test]
async fn the_coordinator_sets_who_counts_and_the_head_reads_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (coordinator, head) = (town.browser(Role::Coordinator).await, town.browser(Role::Head).await);
    let form = coordinator.get(SETTINGS).await.form(SETTINGS);
    assert_eq!(coordinator.get(SETTINGS).await.value_of("age_from"), "10", "the default of the road map");
    let saved = form.with("age_from", "11").with("counts", "mentees").send(&coordinator).await;
    coordinator.follow(saved).await.must_be(200).must_say("Настройки года сохранены.");
    let facts = head.get(SETTINGS).await;
    facts.must_be(200).must_say("11–18 лет").must_say("Охвачены наставляемые");
    assert!(facts.forms().iter().all(|form| form.action != SETTINGS));
    head.post(SETTINGS, &[]).await.must_be(403);
    town.browser(Role::ClassTeacher).await.get(SETTINGS).await.must_be(403);
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Настройки участия изменены").must_say("10–18 лет → 11–18 лет");
}

#[rstest]
#[tokio::test]
async fn of_two_who_save_the_settings_the_second_sees_both(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    for (first, second) in [("11", "12"), ("13", "14")] {
        let form = coordinator.get(SETTINGS).await.form(SETTINGS);
        form.clone().with("age_from", first).send(&coordinator).await.must_be(303);
        let stale = form.with("age_from", second).send(&coordinator).await;
        stale.must_be(409).must_say(&format!("{first}–18 лет")).must_say(&format!("{second}–18 лет"));
    }
}

#[rstest]
#[tokio::test]
async fn a_mistake_keeps_what_was_typed_and_another_school_keeps_its_own(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let form = coordinator.get(SETTINGS).await.form(SETTINGS);
    let refused = form.clone().with("age_from", "19").send(&coordinator).await;
    refused.must_be(422).must_say("Верхняя граница возраста меньше нижней.");
    assert_eq!(refused.value_of("age_from"), "19");
    form.with("age_from", "5").send(&coordinator).await.must_be(303);
    town.neighbour().await;
    let other = town.stranger();
    other.sign_in("coordinator-2", crate::support::PASSWORD).await;
    assert_eq!(other.get(SETTINGS).await.value_of("age_from"), "10");
}

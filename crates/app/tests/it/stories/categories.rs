//! Special categories: off by default, behind a consent of their own, for two roles, each reading traced.

use super::consents::{ask, sign};
use crate::support::{Browser, Town, folk::Family, scanner};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;
use std::collections::BTreeMap;

/// What a category rests on: a text that stands nowhere else.
const BASIS: &str = "Заключение комиссии от 01.09.2026";

/// Switches the categories on, has the mother agree, records one and returns its id.
pub async fn category(town: &Town, coordinator: &Browser, family: &Family) -> String {
    town.decides(true, true, true).await;
    let consent = ask(coordinator, family.child, "special_categories").await;
    sign(coordinator, &consent, family.mother).await.must_be(303);
    let path = format!("/consents/categories/people/{}", family.child);
    let form = coordinator.get(&path).await.form(&path).with("category", "gifted").with("basis", BASIS);
    form.send(coordinator).await.must_be(303);
    form.send(coordinator).await.must_be(303);
    let page = coordinator.get(&path).await;
    assert_eq!(page.text().matches(BASIS).count(), 1, "{}", page.text());
    let end = page.links("/consents/categories/").into_iter().find(|path| path.ends_with("/end"));
    end.expect("a category can be ended").split('/').nth(3).unwrap().to_owned()
}

async fn ivushkins(town: &Town) -> Family {
    town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await
}

#[rstest]
#[tokio::test]
async fn without_the_switch_and_without_a_consent_nothing_is_shown(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let path = format!("/consents/categories/people/{}", family.child);
    coordinator.get("/consents/categories").await.must_say("не ведутся");
    coordinator.get(&path).await.must_be(422).must_say("не ведутся");
    let child = family.child.to_string();
    let asked =
        [("key", "019a0000-0000-7000-8000-000000000001"), ("purpose", "special_categories"), ("person", &child)];
    coordinator.post("/consents/asking", &asked).await.must_be(422).must_say("не ведутся");
    town.decides(true, true, true).await;
    coordinator.get(&path).await.must_be(422).must_say("Нет действующего письменного согласия");
    let fields = [("category", "gifted"), ("since_on", "2026-09-01"), ("basis", "справка")];
    coordinator.post(&path, &fields).await.must_be(422).must_say("Нет действующего письменного согласия");
}

#[rstest]
#[tokio::test]
async fn two_roles_see_a_category_and_each_reading_is_traced(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    category(&town, &coordinator, &family).await;
    let path = format!("/consents/categories/people/{}", family.child);
    town.browser(Role::Psychologist).await.get(&path).await.must_say("Одарённые").must_say(BASIS);
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Просмотрены особые категории").must_say("Иванова psychologist").must_not_say("дарённые");
    let values = BTreeMap::from([
        ("person", vec![family.child.to_string()]),
        ("class", vec![family.class.to_string()]),
        ("participation", vec![family.participation.to_string()]),
    ]);
    for line in scanner::appearances(&town, &values, BASIS).await {
        let (who, at) = line.split_once(' ').unwrap();
        assert!(["coordinator", "psychologist"].contains(&who) && at.starts_with(&path), "{line}");
    }
}

#[rstest]
#[tokio::test]
async fn a_withdrawn_consent_closes_the_page_and_empties_the_number(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    category(&town, &coordinator, &family).await;
    let register = coordinator.get("/consents?purpose=special_categories").await;
    let consent = register.links("/consents/").into_iter().find(|path| path.len() == "/consents/".len() + 36).unwrap();
    coordinator.post(&format!("{consent}/withdrawal"), &[]).await.must_be(303);
    coordinator.get(&format!("/consents/categories/people/{}", family.child)).await.must_be(422);
    coordinator.get("/consents").await.must_say("Ивушкина Анна");
}

#[rstest]
#[tokio::test]
async fn an_ended_category_stays_with_its_last_day(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let id = category(&town, &coordinator, &family).await;
    let end = format!("/consents/categories/{id}/end");
    coordinator.submit(&end, &[]).await.must_say("Категория снята").must_say("22.11.2026");
    coordinator.submit(&end, &[]).await.must_say("22.11.2026");
}

#[rstest]
#[tokio::test]
async fn numbers_leave_for_a_written_reason_and_small_ones_stay(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = ivushkins(&town).await;
    let coordinator = town.browser(Role::Coordinator).await;
    category(&town, &coordinator, &family).await;
    coordinator.get("/consents/categories").await.must_say("Одарённые менее 5").must_not_say("Ивушкина");
    let export = "/consents/categories/export";
    coordinator.post(export, &[("reason", "надо")]).await.must_be(422).must_say("Напишите, зачем");
    let file = coordinator.post(export, &[("reason", "Отчёт о мерах доступности")]).await;
    assert!(scanner::holds(&file, "менее 5") && !scanner::holds(&file, "Ивушкина"));
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Сводка по особым категориям выгружена").must_say("Отчёт о мерах доступности");
    town.browser(Role::Head).await.post(export, &[("reason", "Отчёт о мерах")]).await.must_be(403);
}

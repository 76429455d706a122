//! Stories of who is ready for a pair.

use crate::support::Town;
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{
    access::Role,
    participation::{Side, Source},
};
use rstest::rstest;

const READINESS: &str = "/participants/readiness";

#[rstest]
#[tokio::test]
async fn the_missing_step_is_the_action(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let class = cast.class("7Б", Some(town.user(Role::ClassTeacher))).await;
    let pupil = cast.pupil("Берёзкина Анна", "2013-05-05", class).await;
    let id = cast.candidate(pupil, Side::Mentee, Source::ClassHour).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let page = coordinator.get(READINESS).await;
    page.must_be(200).must_say("Готовы к паре: 0 из 1").must_say("Заполнить анкету");
    let edit = format!("/participants/{id}/edit");
    let form = coordinator.get(&edit).await.form(&edit).with("topics", "математика");
    form.send(&coordinator).await.must_be(303);
    let page = coordinator.get(READINESS).await;
    assert!(!page.links("/participants/act?step=interview").is_empty(), "{}", page.text());
    let act = format!("/participants/act?step=interview&p={id}");
    let form = coordinator.get(&act).await.form("/participants/interviews");
    form.send(&coordinator).await.must_be(303);
    let missing = coordinator.get(&format!("{READINESS}?missing=consent")).await;
    missing.must_say("Берёзкина Анна").must_say("Запросить согласие").must_say("не нужно");
    assert_eq!(missing.links("/consents/people/"), [format!("/consents/people/{pupil}")]);
    coordinator.get(&format!("{READINESS}?missing=interview")).await.must_not_say("Берёзкина");
    let teacher = town.browser(Role::ClassTeacher).await.get(READINESS).await;
    teacher.must_be(200).must_say("Берёзкина Анна");
    assert!(teacher.links("/participants/act?").is_empty() && teacher.links("/consents/people/").is_empty());
}

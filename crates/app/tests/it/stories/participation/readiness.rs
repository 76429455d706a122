//! Stories of who is ready for a pair.

use crate::{
    stories::consents::{ask, sign},
    support::Town,
};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{
    access::Role,
    participation::{Side, Source},
    people::Kind,
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

#[rstest]
#[tokio::test]
async fn many_are_shown_by_pages_and_who_lacks_something_first(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    for number in 0..51_u8 {
        let letter = char::from(b'a' + number % 26);
        let person = cast.person(&format!("Ягодина{number:02} Анна{letter}"), Kind::Pupil, "2012-05-05").await;
        cast.candidate(person, Side::Mentee, Source::Own).await;
    }
    // The first of all by name is the only one of whom nothing is missing.
    let mother = town.person("Астрова Ольга", None, &["parent"]).await;
    let ready = cast.person("Астрова Анна", Kind::Pupil, "2013-05-05").await;
    town.represents(mother, ready.uuid()).await;
    let id = cast.candidate(ready, Side::Mentee, Source::Own).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let edit = format!("/participants/{id}/edit");
    coordinator.get(&edit).await.form(&edit).with("topics", "математика").send(&coordinator).await.must_be(303);
    let act = format!("/participants/act?step=interview&p={id}");
    coordinator.get(&act).await.form("/participants/interviews").send(&coordinator).await.must_be(303);
    let consent = ask(&coordinator, ready.uuid(), "participation").await;
    sign(&coordinator, &consent, mother).await.must_be(303);
    let first = coordinator.get(READINESS).await;
    first.must_say("Готовы к паре: 1 из 52").must_say("Ягодина49").must_not_say("Ягодина50").must_not_say("Астрова");
    let second = coordinator.get(&format!("{READINESS}?page=2")).await;
    second.must_say("Ягодина50").must_say("Астрова Анна").must_say("готов к паре");
}

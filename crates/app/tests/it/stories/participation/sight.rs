//! Stories of whom somebody sees among those who take part.

use crate::support::{PASSWORD, Town, cast::Cast};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::{
    access::Role,
    participation::{ParticipationId, Side},
    people::PersonId,
};
use rstest::rstest;

const LIST: &str = "/participants";

/// A pupil of the class teacher's class, who takes part, and one of another class.
async fn two_classes(cast: &Cast<'_>) -> [(PersonId, ParticipationId); 2] {
    let own = cast.class("7Б", Some(cast.town.user(Role::ClassTeacher))).await;
    let other = cast.class("8А", None).await;
    let anna = cast.pupil("Берёзкина Анна", "2013-05-05", own).await;
    let pyotr = cast.pupil("Ивушкин Пётр", "2012-05-05", other).await;
    let first = cast.participant(anna, Side::Mentee).await;
    let second = cast.participant(pyotr, Side::Mentee).await;
    [(anna, first), (pyotr, second)]
}

#[rstest]
#[tokio::test]
async fn a_class_teacher_sees_the_own_class_and_changes_nothing(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let [(_, own), (_, other)] = two_classes(&town.cast().await).await;
    let teacher = town.browser(Role::ClassTeacher).await;
    teacher.get(LIST).await.must_be(200).must_say("Берёзкина Анна").must_not_say("Ивушкин").must_not_say("Пригласить");
    teacher.get(&format!("{LIST}/{own}")).await.must_be(200).must_say("Берёзкина Анна").must_not_say("Изменить");
    teacher.get(&format!("{LIST}/{other}")).await.must_be(404);
    teacher.get("/participants/choice").await.must_be(200).must_say("Берёзкина").must_not_say("Ивушкин");
    for path in ["/participants/registers", "/participants/coverage", "/participants/registers/mentees/xlsx"] {
        teacher.get(path).await.must_be(403);
    }
    teacher.post("/participants/decisions", &[]).await.must_be(403);
}

#[rstest]
#[tokio::test]
async fn a_group_curator_sees_the_people_of_the_group(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let [_, (_, other)] = two_classes(&town.cast().await).await;
    let curator = town.browser(Role::GroupCurator).await;
    curator.get(LIST).await.must_be(200).must_not_say("Берёзкина").must_not_say("Ивушкин");
    let coordinator = town.browser(Role::Coordinator).await;
    let edit = format!("{LIST}/{other}/edit");
    let form = coordinator.get(&edit).await.form(&edit).with("own_interests", "").with("trained_on", "");
    form.with("group_curator", &town.user(Role::GroupCurator).to_string()).send(&coordinator).await.must_be(303);
    curator.get(LIST).await.must_say("Ивушкин Пётр").must_not_say("Берёзкина");
}

#[rstest]
#[tokio::test]
async fn a_psychologist_records_interviews_and_decides_nothing(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let [(_, id), _] = two_classes(&town.cast().await).await;
    let psychologist = town.browser(Role::Psychologist).await;
    psychologist.get(LIST).await.must_say("Берёзкина Анна").must_say("Ивушкин Пётр").must_not_say("Записать решение");
    let page = psychologist.get(&format!("/participants/act?step=decision&p={id}")).await;
    let form = page.form("/participants/interviews").with("result", "Готова участвовать");
    form.send(&psychologist).await.must_be(303);
    psychologist.get(&format!("{LIST}/{id}")).await.must_say("Готова участвовать");
    psychologist.post("/participants/decisions", &[]).await.must_be(403);
}

#[rstest]
#[tokio::test]
async fn who_works_with_nobody_and_another_school_see_nobody(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let [(_, id), _] = two_classes(&town.cast().await).await;
    for role in [Role::Contributor, Role::Administrator] {
        town.browser(role).await.get(LIST).await.must_be(403);
    }
    town.neighbour().await;
    let other = town.stranger();
    other.sign_in("coordinator-2", PASSWORD).await;
    other.get(LIST).await.must_be(200).must_not_say("Берёзкина");
    other.get("/participants/registers/mentees").await.must_not_say("Берёзкина");
    other.get(&format!("{LIST}/{id}")).await.must_be(404);
    let fields = [("p", id.to_string()), ("on", "2026-11-20".into()), ("decision", "reserve".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    other.post("/participants/decisions", &fields).await.must_be(404);
}

#[rstest]
#[tokio::test]
async fn a_hidden_person_is_nowhere_and_counts_nowhere(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let [(anna, id), _] = two_classes(&cast).await;
    let mut tx = town.app.db.begin().await.unwrap();
    tx.run("UPDATE persons SET hidden_on = '2026-11-20' WHERE id = $1", args![anna]).await.unwrap();
    tx.commit().await.unwrap();
    let coordinator = town.browser(Role::Coordinator).await;
    for path in [
        LIST,
        "/participants/choice",
        "/participants/coverage",
        "/participants/registry",
        "/participants/registers/mentees",
        "/participants/registers/mentees/print",
        "/participants/registers/mentees/xlsx",
    ] {
        coordinator.get(path).await.must_be(200).must_not_say("Берёзкина");
    }
    coordinator.get("/participants/registers/mentees").await.must_say("Ивушкин Пётр");
    coordinator.get(&format!("{LIST}/{id}")).await.must_be(404);
    coordinator.get("/participants/coverage").await.must_say("1 участник из 1");
}

#[rstest]
#[tokio::test]
async fn reading_a_card_leaves_a_trace_without_the_name(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let [(_, id), _] = two_classes(&town.cast().await).await;
    town.browser(Role::Inspector).await.get(&format!("{LIST}/{id}")).await.must_be(200);
    let journal = town.browser(Role::Administrator).await.get("/journal?event=participation.read").await;
    journal.must_say("Карточка участника открыта").must_not_say("Берёзкина");
}

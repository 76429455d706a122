//! Stories of the way from the first word into the base and out of it.

use crate::support::{Browser, Town};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{
    access::Role,
    participation::{ParticipationId, Side, Source},
};
use rstest::rstest;

const LIST: &str = "/participants";

fn act(step: &str, ids: &[ParticipationId]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| format!("&p={id}")).collect();
    format!("/participants/act?step={step}{}", ids.concat())
}

async fn decide(coordinator: &Browser, ids: &[ParticipationId], decision: &str, reason: &str) -> crate::support::Seen {
    let form = coordinator.get(&act("decision", ids)).await.form("/participants/decisions");
    form.with("decision", decision).with("reason", reason).send(coordinator).await
}

#[rstest]
#[tokio::test]
async fn a_class_is_invited_interviewed_and_taken_into_the_base_at_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let class = cast.class("7Б", None).await;
    let anna = cast.pupil("Берёзкина Анна", "2013-05-05", class).await.to_string();
    let pyotr = cast.pupil("Ивушкин Пётр", "2013-06-06", class).await.to_string();
    let coordinator = town.browser(Role::Coordinator).await;
    let choice = coordinator.get(&format!("/participants/choice?class={class}")).await;
    choice.must_say("Берёзкина Анна").must_say("Ивушкин Пётр");
    let chosen = [
        ("person", anna.as_str()),
        ("person", pyotr.as_str()),
        ("side", "mentee"),
        ("source", "class_hour"),
        ("source_note", "Успех каждого ребёнка"),
        ("offered_on", "2026-10-05"),
    ];
    coordinator.submit("/participants/candidates", &chosen).await.must_say("Добавлено кандидатами: 2 человека.");
    let again = coordinator.submit("/participants/candidates", &chosen).await;
    again.must_say("Добавлено кандидатами: 0 человек. Уже участвуют: 2 человека.");

    let list = coordinator.get("/participants?stage=candidate").await;
    let ids: Vec<ParticipationId> = list
        .html()
        .split("name=\"p\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(ids.len(), 2);
    let interviews = coordinator.get(&act("interview", &ids)).await.form("/participants/interviews");
    interviews.with("on", "2026-10-08").send(&coordinator).await.must_be(303);
    coordinator.get("/participants?stage=interviewed").await.must_say("2 человека").must_say("принять решение");
    decide(&coordinator, &ids, "accepted", "").await.must_be(303);
    let base = coordinator.get("/participants?stage=in_base").await;
    base.must_say("Берёзкина Анна").must_say("Ивушкин Пётр").must_say("классный час").must_say("22.11.2026");
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Записано решение о кандидате").must_not_say("Берёзкина");
}

#[rstest]
#[tokio::test]
async fn a_refusal_needs_a_reason_and_can_be_reconsidered(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let person = cast.teacher("Образцова Вера Павловна", "2010-09-01").await;
    let id = cast.candidate(person, Side::Mentor, Source::StaffCouncil).await;
    let coordinator = town.browser(Role::Coordinator).await;
    decide(&coordinator, &[id], "declined", " ").await.must_be(422).must_say("Напишите причину отказа");
    decide(&coordinator, &[id], "declined", "нет времени").await.must_be(303);
    coordinator.get(&format!("{LIST}/{id}")).await.must_say("отказ").must_say("нет времени");
    decide(&coordinator, &[id], "accepted", "").await.must_be(303);
    let twice = decide(&coordinator, &[id], "reserve", "").await;
    twice.must_be(422).must_say("Образцова В. П.: Участник уже в базе");
}

#[rstest]
#[tokio::test]
async fn nothing_is_written_when_one_of_many_may_not(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let ready = cast.candidate(cast.teacher("Первая Анна", "2010-09-01").await, Side::Mentor, Source::Own).await;
    let inside = cast.participant(cast.teacher("Вторая Вера", "2010-09-01").await, Side::Mentor).await;
    let coordinator = town.browser(Role::Coordinator).await;
    decide(&coordinator, &[ready, inside], "reserve", "").await.must_be(422).must_say("Вторая В.: Участник уже в базе");
    coordinator.get("/participants?stage=candidate").await.must_say("Первая Анна");
}

#[rstest]
#[tokio::test]
async fn one_person_is_a_mentor_and_a_mentee_in_the_same_year(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let class = cast.class("10А", None).await;
    let person = cast.pupil("Берёзкина Анна", "2010-05-05", class).await;
    cast.participant(person, Side::Mentee).await;
    cast.participant(person, Side::Mentor).await;
    let list = town.browser(Role::Coordinator).await.get(LIST).await;
    list.must_say("2 человека").must_say("наставник").must_say("наставляемый");
}

#[rstest]
#[tokio::test]
async fn the_answers_fill_the_card_and_only_what_changed_is_traced(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let class = cast.class("7Б", None).await;
    let person = cast.pupil("Берёзкина Анна", "2013-05-05", class).await;
    let id = cast.participant(person, Side::Mentee).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (card, edit) = (format!("{LIST}/{id}"), format!("{LIST}/{id}/edit"));
    coordinator.get(&card).await.must_say("Для реестра не хватает: форма наставничества, запрос");
    let form = coordinator.get(&edit).await.form(&edit);
    let filled = form
        .clone()
        .with("form", "pupil_pupil")
        .with("topics", "математика")
        .with("own_topics", "шахматы")
        .with("slots", "mon-evening")
        .with("group_curator", &town.user(Role::GroupCurator).to_string());
    let saved = filled.send(&coordinator).await;
    let seen = coordinator.follow(saved).await;
    seen.must_say("Анкета сохранена.")
        .must_say("математика, шахматы")
        .must_say("ученик – ученик")
        .must_say("пн, вечером");
    seen.must_not_say("Для реестра не хватает").must_say("Изменено: Форма").must_not_say("Изменено: Достижения");
    form.with("form", "teacher_pupil").send(&coordinator).await.must_be(409);
}

#[rstest]
#[tokio::test]
async fn somebody_leaves_with_a_reason_and_comes_back_with_the_history(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let id = cast.participant(cast.teacher("Образцова Вера Павловна", "2010-09-01").await, Side::Mentor).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (card, path) = (format!("{LIST}/{id}"), format!("{LIST}/{id}/departure"));
    let form = coordinator.get(&path).await.form(&path).with("note", "");
    form.clone().with("reason", "").send(&coordinator).await.must_be(422).must_say("Выберите причину.");
    let early = form.clone().with("reason", "own_wish").with("on", "2026-09-30").send(&coordinator).await;
    early.must_be(422).must_say("Дата раньше дня вхождения в программу.");
    form.clone().with("reason", "own_wish").send(&coordinator).await.must_be(303);
    coordinator.get(&card).await.must_say("участие завершено").must_say("22.11.2026, по собственному желанию");
    form.with("reason", "own_wish").send(&coordinator).await.must_be(409);
    coordinator.submit(&format!("{card}/return"), &[]).await.must_say("Участник снова в программе.");
    coordinator.get(&card).await.must_say("в базе").must_say("Участие возобновлено").must_say("01.10.2026");
    coordinator.post(&format!("{card}/return"), &[]).await.must_be(422);
}

//! Stories of bases that are filled for many people at once.

use crate::{
    stories::{
        people_import::{lists_of_a_school, load, upload},
        roadmap::{row, start_year},
    },
    support::{Town, cast::Cast},
};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{
    access::Role,
    participation::{Side, Source},
    people::Kind,
};
use rstest::rstest;

const CANDIDATES: &str = "/participants/candidates";
const DECISIONS: &str = "/participants/decisions";
const UPLOAD: &str = "/people/import";
const INVITE_PUPILS: &str = "/participants/choice?group=pupils";

async fn pupils(cast: &Cast<'_>, many: usize) {
    let class = cast.class("7Б", None).await;
    for _ in 0..many {
        cast.pupil("Берёзкина Анна", "2013-05-05", class).await;
    }
}

/// From an empty school: «Загрузить списки», the choice of 25 files, «Прочитать», «Загрузить», «Пригласить обучающихся»,
/// «классный час», «Сразу в базу», «Добавить», «Пригласить педагогов», «Добавить»: ten clicks, and no name is typed.
#[rstest]
#[tokio::test]
async fn an_empty_school_has_both_bases_after_ten_clicks_without_typing(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    assert!(coordinator.get("/").await.links(UPLOAD).contains(&UPLOAD.to_owned()));
    let files = lists_of_a_school();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let preview = upload(&coordinator, &files).await;
    let loaded = load(&coordinator, &preview).await;
    loaded.must_say("Загружено. Новых: 98").must_say("Пригласить обучающихся");

    let choice = coordinator.get(&loaded.links(INVITE_PUPILS)[0]).await;
    choice.must_say("Все найденные: 96 человек");
    let form = choice.form(CANDIDATES).with("source", "class_hour").with("base", "on").with("source_note", "");
    let sent = form.send(&coordinator).await;
    let invited = coordinator.follow(sent).await;
    invited.must_say("Добавлено в базу: 96 человек.").must_say("Пригласить педагогов");

    let teachers = invited.links("/participants/choice?group=teachers").pop().unwrap();
    let form = coordinator.get(&teachers).await.form(CANDIDATES);
    let chosen = |name: &str| form.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    let carried = ["all", "side", "source", "base"].map(chosen);
    assert_eq!(carried, [Some("on"), Some("mentor"), Some("class_hour"), Some("on")]);
    let sent = form.send(&coordinator).await;
    coordinator.follow(sent).await.must_say("Добавлено в базу: 1 человек.");

    coordinator.get("/participants?stage=in_base&side=mentee").await.must_say("96 человек из 97");
    coordinator.get("/participants?stage=in_base&side=mentor").await.must_say("1 человек из 97");
    coordinator.get("/participants/registers/mentors").await.must_say("Осина Вера");
    let journal = town.browser(Role::Administrator).await.get("/journal?event=participation.decided").await;
    journal.must_say("Записано решение о кандидате").must_not_say("Осина");
}

#[rstest]
#[tokio::test]
async fn all_that_were_found_are_more_than_those_shown(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    pupils(&cast, 201).await;
    cast.person("Ивушкина Ольга", Kind::Parent, "1980-05-05").await;
    let coordinator = town.browser(Role::Coordinator).await;
    let page = coordinator.get("/participants/choice?kind=pupil&q=березк").await;
    page.must_say("Найдено: 201 человек. Показаны первые 200.");
    let form = page.form(CANDIDATES).with("all", "on").with("side", "mentee");
    let sent = form.send(&coordinator).await;
    coordinator.follow(sent).await.must_say("Добавлено кандидатами: 201 человек.").must_not_say("Ивушкина");
    let again = form.send(&coordinator).await;
    coordinator.follow(again).await.must_say("Добавлено кандидатами: 0 человек. Уже участвуют: 201 человек.");
}

#[rstest]
#[tokio::test]
async fn nobody_and_both_everybody_and_somebody_are_asked_about(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let class = cast.class("7Б", None).await;
    let anna = cast.pupil("Берёзкина Анна", "2013-05-05", class).await.to_string();
    let coordinator = town.browser(Role::Coordinator).await;
    let form = coordinator.get(INVITE_PUPILS).await.form(CANDIDATES);
    let both = form.clone().with("person", &anna).send(&coordinator).await;
    both.must_be(422).must_say("снимите одну из отметок").must_say("Берёзкина Анна");
    let nobody = form.with("all", "").send(&coordinator).await;
    nobody.must_be(422).must_say("Отметьте хотя бы одного человека");
    coordinator.get("/participants").await.must_not_say("Берёзкина");
}

#[rstest]
#[tokio::test]
async fn a_decision_is_recorded_about_all_whom_it_still_concerns(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    for name in ["Первая Анна", "Вторая Вера"] {
        cast.candidate(cast.teacher(name, "2010-09-01").await, Side::Mentor, Source::StaffCouncil).await;
    }
    cast.participant(cast.teacher("Третья Дарья", "2010-09-01").await, Side::Mentor).await;
    let class = cast.class("7Б", None).await;
    let pupil = cast.pupil("Берёзкина Анна", "2013-05-05", class).await;
    cast.candidate(pupil, Side::Mentee, Source::ClassHour).await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get("/participants?side=mentor").await.must_say("Все найденные: 3 человека");
    let act = coordinator.get("/participants/act?step=decision&all=on&side=mentor").await;
    act.must_say("Первая Анна").must_say("Вторая Вера").must_not_say("Третья Дарья").must_not_say("Берёзкина");
    act.form(DECISIONS).with("reason", "").send(&coordinator).await.must_be(303);
    coordinator.get("/participants?stage=in_base").await.must_say("3 человека из 4");
    let talks = coordinator.get("/participants/act?step=interview&all=on").await;
    talks.must_say("Третья Дарья").must_say("Берёзкина Анна");
}

#[rstest]
#[tokio::test]
async fn the_overview_leads_from_nobody_to_people_and_to_participants(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get("/").await.must_say("Людей пока нет").must_say("Загрузить списки");
    town.browser(Role::Head).await.get("/").await.must_not_say("Людей пока нет");

    start_year(&coordinator).await;
    let class = cast.class("7Б", None).await;
    let pupil = cast.pupil("Берёзкина Анна", "2013-05-05", class).await;
    let overview = coordinator.get("/").await;
    overview.must_say("Никто ещё не участвует в 2026/27 учебном году").must_not_say("Людей пока нет");
    assert_eq!(overview.links(INVITE_PUPILS), [INVITE_PUPILS]);

    cast.candidate(pupil, Side::Mentee, Source::ClassHour).await;
    coordinator.get("/").await.must_be(200).must_not_say("Никто ещё не участвует").must_say("Выполнено");
}

#[rstest]
#[tokio::test]
async fn the_card_of_a_person_leads_to_the_participations(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let class = cast.class("7Б", Some(town.user(Role::ClassTeacher))).await;
    let pupil = cast.pupil("Берёзкина Анна", "2013-05-05", class).await;
    let card = format!("/people/{pupil}");
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get(&card).await.must_say("В программе не участвует");
    let id = cast.participant(pupil, Side::Mentee).await;
    let teacher = town.browser(Role::ClassTeacher).await;
    for browser in [&coordinator, &teacher] {
        let seen = browser.get(&card).await;
        seen.must_say("Наставляемый, 2026/27 учебный год").must_say("в базе с 01.10.2026");
        let path = format!("/participants/{id}");
        assert_eq!(seen.links(&path), [path.as_str()]);
        browser.get(&path).await.must_be(200);
    }
}

#[rstest]
#[tokio::test]
async fn who_may_not_open_the_page_behind_a_number_is_not_led_there(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    pupils(&cast, 1).await;
    let coverage = row(&coordinator, "1.2").await;
    let behind = "Кто за этим числом";
    coordinator.get(&coverage).await.must_say("0 из 1").must_say(behind);
    for role in [Role::ClassTeacher, Role::Psychologist, Role::Contributor] {
        town.browser(role).await.get(&coverage).await.must_be(200).must_say("0 из 1").must_not_say(behind);
    }
}

//! Stories of the bases and registers.

use crate::support::Town;
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{
    access::Role,
    participation::{self, ParticipationId, Side, Source},
    people::Kind,
};
use rstest::rstest;
use std::io::Read as _;

/// Whose form is sent with which answers, how many are complete then, and what is still missing.
type Step<'a> = (ParticipationId, &'a [(&'a str, &'a str)], i64, &'a str);

/// Returns the texts of a workbook: its shared strings and its sheet.
fn texts(bytes: &[u8]) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut all = String::new();
    for name in ["xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"] {
        archive.by_name(name).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

#[rstest]
#[tokio::test]
async fn the_base_of_mentees_has_the_columns_of_its_form(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let class = cast.class("7Б", None).await;
    let id = cast.participant(cast.pupil("Берёзкина Анна", "2013-05-05", class).await, Side::Mentee).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let edit = format!("/participants/{id}/edit");
    let form = coordinator.get(&edit).await.form(&edit).with("form", "pupil_pupil").with("topics", "математика");
    form.send(&coordinator).await.must_be(303);
    let page = coordinator.get("/participants/registers/mentees").await;
    page.must_say("Берёзкина Анна").must_say("2013").must_say("математика").must_say("01.10.2026");
    page.must_say("Пока пусто и потому не показано: ФИО наставника");
    let file = coordinator.get("/participants/registers/mentees/xlsx").await;
    let file = texts(&file.must_be(200).bytes);
    let paper = coordinator.get("/participants/registers/mentees/print").await;
    for column in [
        "ФИО наставляемого",
        "Контактные данные для связи (данные представителя)",
        "Основной запрос наставляемого",
        "Место работы/учёбы наставника",
        "Отметка о прохождении программы",
    ] {
        assert!(file.contains(column), "{column}");
        paper.must_say(column);
    }
    assert!(file.contains("Берёзкина Анна"));
    paper.must_say("Берёзкина Анна");
    let journal = town.browser(Role::Administrator).await.get("/journal?event=participation.register_exported").await;
    journal.must_say("База наставляемых").must_say("Строк: 1").must_not_say("Берёзкина");
}

#[rstest]
#[tokio::test]
async fn the_base_of_mentors_tells_competences_and_time(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let id = cast.participant(cast.teacher("Образцова Вера Павловна", "2001-09-01").await, Side::Mentor).await;
    let head = town.browser(Role::Head).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let edit = format!("/participants/{id}/edit");
    let form = coordinator.get(&edit).await.form(&edit);
    let form = form.with("topics", "классное руководство").with("hours_per_week", "2").with("slots", "wed-afternoon");
    let form = form.with("age_from", "10").with("age_to", "13").with("time_note", "");
    form.send(&coordinator).await.must_be(303);
    let base = head.get("/participants/registers/mentors").await;
    base.must_say("классное руководство").must_say("2 ч в неделю: ср, после обеда").must_say("10–13 лет");
    base.must_say("учитель");
    head.get("/participants/registers/mentees").await.must_say("Пока никого нет").must_not_say("Образцова");
}

#[rstest]
#[tokio::test]
async fn potential_mentors_stand_in_the_register_of_their_source(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let teacher = cast.teacher("Образцова Вера", "2001-09-01").await;
    let parent = cast.person("Мамина Ольга", Kind::Parent, "").await;
    let graduate = cast.person("Выпускников Илья", Kind::Graduate, "").await;
    let volunteer = cast.person("Папин Олег", Kind::Parent, "").await;
    cast.candidate(teacher, Side::Mentor, Source::StaffCouncil).await;
    cast.candidate(parent, Side::Mentor, Source::ParentMeeting).await;
    cast.candidate(graduate, Side::Mentor, Source::WorkMeeting).await;
    cast.candidate(volunteer, Side::Mentor, Source::Own).await;
    let head = town.browser(Role::Head).await;
    let register = |name: &'static str| {
        let head = &head;
        async move { head.get(&format!("/participants/registers/{name}")).await }
    };
    register("teachers").await.must_say("Образцова Вера").must_say("педсовет, 20.09.2026").must_not_say("Мамина");
    register("parents").await.must_say("Мамина Ольга").must_say("Папин Олег").must_not_say("Образцова");
    register("partners").await.must_say("Выпускников Илья").must_say("выпускник").must_not_say("Папин");
    register("pupils").await.must_say("Пока никого нет");
    register("nobody").await.must_be(404);
    head.get("/participants/registers").await.must_say("Реестр потенциальных наставников: родители");
}

#[rstest]
#[tokio::test]
async fn the_register_is_complete_when_nothing_is_missing(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let class = cast.class("7Б", None).await;
    let mentee = cast.participant(cast.pupil("Берёзкина Анна", "2013-05-05", class).await, Side::Mentee).await;
    let mentor = cast.participant(cast.teacher("Образцова Вера", "2001-09-01").await, Side::Mentor).await;
    cast.participant(cast.person("Другова Зоя", Kind::Other, "").await, Side::Mentor).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let today = cast.visitor(Role::Coordinator).today;
    let complete = async || {
        let mut tx = town.look().await;
        let year = crate::support::cast::Cast::year();
        let all = participation::readings(&mut tx, cast.school.id, year, today).await.unwrap();
        let reading = all.into_iter().find(|(name, _)| *name == "registry.complete").unwrap().1;
        (reading.numerator, reading.denominator)
    };
    // The statement and the rule of the page must agree at every step.
    let steps: [Step<'_>; 4] = [
        (mentee, &[("form", "pupil_pupil")], 0, "запрос"),
        (mentee, &[("form", "pupil_pupil"), ("topics", "математика")], 1, ""),
        (mentor, &[("form", "teacher_pupil"), ("topics", "математика")], 1, "время"),
        (mentor, &[("form", "teacher_pupil"), ("topics", "математика"), ("hours_per_week", "2")], 2, ""),
    ];
    for (id, answers, expected, gap) in steps {
        let path = format!("/participants/{id}/edit");
        let mut form = coordinator.get(&path).await.form(&path);
        for blank in ["own_topics", "request_text", "hours_per_week", "age_from", "age_to", "form"] {
            form = form.with(blank, "");
        }
        form.fields.retain(|(name, _)| name != "topics");
        for (name, value) in answers {
            form = form.with(name, value);
        }
        form.send(&coordinator).await.must_be(303);
        assert_eq!(complete().await, (expected, Some(3)), "{answers:?}");
        let card = coordinator.get(&format!("/participants/{id}")).await;
        if gap.is_empty() {
            card.must_not_say("Для реестра не хватает");
        } else {
            card.must_say(&format!("Для реестра не хватает: {gap}."));
        }
    }
    coordinator.get("/participants/registry").await.must_say("дата рождения, класс, должность или место работы");
}

//! Stories of how many of each target group take part.

use crate::support::{Town, cast::Cast};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{
    access::Role,
    measure::Reading,
    participation::{self, Side},
};
use rstest::rstest;

const COVERAGE: &str = "/participants/coverage";

async fn reading(cast: &Cast<'_>, measure: &str) -> Option<Reading> {
    let today = cast.visitor(Role::Coordinator).today;
    let mut tx = cast.town.look().await;
    let all = participation::readings(&mut tx, cast.school.id, Cast::year(), today).await.unwrap();
    all.into_iter().find(|(name, _)| *name == measure).map(|(_, reading)| reading)
}

fn groups(reading: &Reading) -> Vec<(&str, i64, Option<i64>)> {
    reading.groups.iter().map(|group| (group.name.as_str(), group.numerator, group.denominator)).collect()
}

/// Four pupils of the age that counts, one too young, one of unknown age; two teachers, one of them young.
async fn school_of_six(cast: &Cast<'_>) -> Vec<nastavnik::people::PersonId> {
    let seventh = cast.class("7Б", None).await;
    let second = cast.class("2А", None).await;
    let mut people = vec![];
    for name in ["Берёзкина Анна", "Ивушкин Пётр", "Клёнова Вера", "Рябинин Олег"]
    {
        people.push(cast.pupil(name, "2013-05-05", seventh).await);
    }
    cast.pupil("Ясенев Глеб", "2018-05-05", second).await;
    cast.pupil("Липова Дарья", "", seventh).await;
    people.push(cast.teacher("Образцова Вера Павловна", "2024-09-01").await);
    people.push(cast.teacher("Опытнова Нина Львовна", "1999-09-01").await);
    people
}

#[rstest]
#[tokio::test]
async fn each_group_is_counted_over_its_own_members(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    assert_eq!(reading(&cast, "participants.coverage").await, None, "nothing is known without classes");
    let people = school_of_six(&cast).await;
    cast.participant(people[0], Side::Mentee).await;
    cast.participant(people[1], Side::Mentor).await;
    cast.participant(people[4], Side::Mentee).await;
    let found = reading(&cast, "participants.coverage").await.unwrap();
    assert_eq!(groups(&found), [("Обучающиеся 10–18 лет", 2, Some(4)), ("Педагоги", 1, Some(2))]);
    let seen = town.browser(Role::Head).await.get(COVERAGE).await;
    seen.must_be(200).must_say("2 участника из 4").must_say("Молодые специалисты").must_say("1 участник из 1");
    seen.must_say("до 55 % не хватает 1 участника: 1 — 7-е классы").must_say("У 1 обучающегося нет даты рождения");
}

#[rstest]
#[tokio::test]
async fn a_year_that_is_over_without_anybody_keeps_its_numbers_by_hand(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let people = school_of_six(&cast).await;
    assert_eq!(
        reading(&cast, "participants.coverage").await.unwrap().numerator,
        0,
        "a running year counts from nought"
    );
    let (school, year) = (cast.school.id, Cast::year());
    let over = async || {
        let mut tx = town.look().await;
        participation::readings(&mut tx, school, year, year.last_day()).await.unwrap().len()
    };
    assert_eq!(over().await, 0);
    cast.participant(people[0], Side::Mentee).await;
    assert_eq!(over().await, 2);
}

#[rstest]
#[tokio::test]
async fn mentors_stop_counting_when_the_year_counts_mentees_only(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let people = school_of_six(&cast).await;
    cast.participant(people[0], Side::Mentor).await;
    cast.participant(people[1], Side::Mentee).await;
    cast.participant(people[1], Side::Mentor).await;
    assert_eq!(reading(&cast, "participants.coverage").await.unwrap().numerator, 2, "one person counts once");
    let coordinator = town.browser(Role::Coordinator).await;
    let settings = "/participants/settings";
    coordinator.get(settings).await.form(settings).with("counts", "mentees").send(&coordinator).await.must_be(303);
    assert_eq!(reading(&cast, "participants.coverage").await.unwrap().numerator, 1);
}

#[rstest]
#[tokio::test]
async fn who_left_counts_as_entered_and_who_was_declined_does_not(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let people = school_of_six(&cast).await;
    let id = cast.participant(people[0], Side::Mentee).await;
    cast.candidate(people[1], Side::Mentee, participation::Source::ClassHour).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let path = format!("/participants/{id}/departure");
    let form = coordinator.get(&path).await.form(&path).with("reason", "own_wish");
    form.send(&coordinator).await.must_be(303);
    assert_eq!(reading(&cast, "participants.coverage").await.unwrap().numerator, 1);
}

#[rstest]
#[tokio::test]
async fn a_class_leads_to_its_pupils_who_do_not_take_part(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let people = school_of_six(&cast).await;
    cast.participant(people[0], Side::Mentee).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let page = coordinator.get(COVERAGE).await;
    let class = page.links("/participants/choice?class=").pop().unwrap();
    let outside = coordinator.get(&class).await;
    outside.must_be(200).must_say("Ивушкин Пётр").must_say("Клёнова Вера").must_say("Рябинин Олег");
    outside.must_not_say("Берёзкина").must_not_say("Ясенев").must_not_say("Липова");
    town.browser(Role::Head).await.get(COVERAGE).await.must_be(200).must_not_say("Пригласить");
}

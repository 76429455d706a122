//! People of a school, entered as a coordinator enters them.

use super::{Browser, Town};
use chrono::NaiveDate;
use database::args;
use nastavnik::access::UserId;
use uuid::Uuid;

/// Adds a person and returns the id.
pub async fn person(coordinator: &Browser, name: &str, kind: &str, born_on: &str) -> String {
    let id = Uuid::now_v7().to_string();
    let mut words = name.split(' ');
    let mut next = || words.next().unwrap_or_default();
    let fields = [
        ("id", id.as_str()),
        ("surname", next()),
        ("given_name", next()),
        ("patronymic", next()),
        ("kinds", kind),
        ("born_on", born_on),
    ];
    coordinator.post("/people/new", &fields).await.must_be(303);
    id
}

/// Adds a class of the current year and returns the id.
pub async fn class(coordinator: &Browser, name: &str, teacher: Option<UserId>) -> String {
    let id = Uuid::now_v7().to_string();
    let teacher = teacher.map_or_else(String::new, |user| user.to_string());
    coordinator.post("/classes", &[("id", &id), ("name", name), ("teacher", &teacher)]).await.must_be(303);
    id
}

/// Puts a pupil into a class from a day on.
pub async fn enrol(coordinator: &Browser, pupil: &str, class: &str, entered_on: &str) {
    let fields = [("class", class), ("entered_on", entered_on)];
    coordinator.post(&format!("/people/{pupil}/enrolment"), &fields).await.must_be(303);
}

/// Names somebody new as the mother of a pupil and returns the id.
pub async fn mother(coordinator: &Browser, pupil: &str, name: &str) -> String {
    let id = Uuid::now_v7().to_string();
    let fields = [("id", id.as_str()), ("name", name), ("grounds", "mother"), ("phone", "+7 900 000-00-01")];
    coordinator.post(&format!("/people/{pupil}/guardians"), &fields).await.must_be(303);
    id
}

/// Makes somebody a candidate, in the group of a curator.
pub async fn participate(town: &Town, person: &str, curator: Option<UserId>) {
    let participation = town.applies(Uuid::try_parse(person).unwrap(), "mentee").await;
    if let Some(curator) = curator {
        town.curates(curator, participation).await;
    }
}

/// Hides somebody as the withdrawal of a consent does.
pub async fn hide(town: &Town, person: &str) {
    let facts = args![Uuid::try_parse(person).unwrap(), NaiveDate::from_ymd_opt(2026, 11, 1).unwrap()];
    let mut tx = town.app.db.begin().await.unwrap();
    assert_eq!(tx.run("UPDATE persons SET hidden_on = $2 WHERE id = $1", facts).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

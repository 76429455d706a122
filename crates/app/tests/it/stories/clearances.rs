//! Adults from outside show a certificate; the program keeps the fact and its days.

use crate::support::{Browser, Seen, Town};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{access::Role, consents, people::PersonId, school_year::SchoolYear};
use rstest::rstest;
use uuid::Uuid;

async fn note(browser: &Browser, person: Uuid, kind: &str, (issued_on, until): (&str, &str)) -> Seen {
    let key = Uuid::now_v7().to_string();
    let fields = [("key", key.as_str()), ("kind", kind), ("issued_on", issued_on), ("valid_until", until)];
    browser.post(&format!("/clearances/people/{person}"), &fields).await
}

/// Notes a certificate and returns its id.
pub async fn cleared(coordinator: &Browser, person: Uuid, until: &str) -> String {
    note(coordinator, person, "no_criminal_record", ("2026-09-01", until)).await.must_be(303);
    let page = coordinator.get(&format!("/clearances/people/{person}")).await;
    let revocation = page.links("/clearances/").into_iter().find(|path| path.ends_with("/revocation"));
    revocation.expect("a good clearance can be revoked").split('/').nth(2).unwrap().to_owned()
}

async fn outsider(town: &Town, name: &str) -> Uuid {
    let person = town.person(name, None, &["employer_rep"]).await;
    town.takes_part(person, "mentor").await;
    person
}

async fn is_cleared(town: &Town, person: Uuid) -> bool {
    let sight = town.whole_sight().await;
    let today = town.app.clock.now().date_naive();
    consents::is_cleared(&mut town.look().await, sight, PersonId::from(person), today).await.unwrap()
}

#[rstest]
#[tokio::test]
async fn a_certificate_clears_until_its_day_and_the_list_begins_with_who_lacks_one(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    let (ash, birch) = (outsider(&town, "Ясенев Пётр").await, outsider(&town, "Берёзов Иван").await);
    let teacher = town.person("Дубова Вера", None, &["teacher"]).await;
    town.takes_part(teacher, "mentor").await;
    let coordinator = town.browser(Role::Coordinator).await;
    let list = coordinator.get("/clearances").await;
    list.must_say("2 взрослых участника без действующей справки").must_say("участие приостановлено");
    list.must_not_say("Дубова");
    cleared(&coordinator, birch, "2026-11-24").await;
    assert!(is_cleared(&town, birch).await && !is_cleared(&town, ash).await && is_cleared(&town, teacher).await);
    let text = coordinator.get("/clearances").await.text();
    assert!(text.find("Ясенев") < text.find("Берёзов"), "{text}");
    coordinator.get("/clearances?state=expiring").await.must_say("Берёзов").must_not_say("Ясенев");
    town.days_pass(3);
    assert!(!is_cleared(&town, birch).await);
}

#[rstest]
#[tokio::test]
async fn a_clearance_is_revoked_after_a_question(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let person = outsider(&town, "Ясенев Пётр").await;
    let coordinator = town.browser(Role::Coordinator).await;
    let id = cleared(&coordinator, person, "").await;
    let path = format!("/clearances/{id}/revocation");
    coordinator.get(&path).await.must_say("Что произойдёт");
    assert!(is_cleared(&town, person).await);
    coordinator.submit(&path, &[]).await.must_say("Больше не действует").must_say("отозван 22.11.2026");
    coordinator.submit(&path, &[]).await.must_say("отозван 22.11.2026");
    assert!(!is_cleared(&town, person).await);
    town.browser(Role::Head).await.post(&path, &[]).await.must_be(403);
}

#[rstest]
#[tokio::test]
async fn what_is_wrong_with_a_clearance_is_said(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let person = outsider(&town, "Ясенев Пётр").await;
    let coordinator = town.browser(Role::Coordinator).await;
    note(&coordinator, person, "passport", ("2026-09-01", "")).await.must_be(422).must_say("Выберите документ");
    note(&coordinator, person, "medical", ("2026-12-01", "")).await.must_be(422).must_say("не позже сегодня");
    note(&coordinator, person, "medical", ("2026-09-01", "2026-08-01")).await.must_be(422).must_say("не раньше выдачи");
    let teacher = town.person("Дубова Вера", None, &["teacher"]).await;
    note(&coordinator, teacher, "medical", ("2026-09-01", "")).await.must_be(422).must_say("взрослых не из школы");
    note(&coordinator, person, "medical", ("2026-09-01", "")).await.must_be(303);
    assert!(!is_cleared(&town, person).await);
}

#[rstest]
#[tokio::test]
async fn the_same_form_sent_twice_is_one_record(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let person = outsider(&town, "Ясенев Пётр").await;
    let coordinator = town.browser(Role::Coordinator).await;
    let path = format!("/clearances/people/{person}");
    let form = coordinator.get(&path).await.form(&path).with("issued_on", "2026-09-01").with("valid_until", "");
    form.send(&coordinator).await.must_be(303);
    form.send(&coordinator).await.must_be(303);
    let text = coordinator.get(&path).await.text();
    assert_eq!(text.matches("01.09.2026").count(), 1, "{text}");
}

#[rstest]
#[tokio::test]
async fn a_standing_says_who_has_what_is_needed(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let family = town.family("Ивушкина Анна Петровна", "Ивушкина Ольга Львовна").await;
    let person = outsider(&town, "Ясенев Пётр").await;
    let coordinator = town.browser(Role::Coordinator).await;
    let consent = super::consents::ask(&coordinator, family.child, "participation").await;
    super::consents::sign(&coordinator, &consent, family.mother).await.must_be(303);
    let (sight, today) = (town.whole_sight().await, town.app.clock.now().date_naive());
    let year = SchoolYear::containing(today);
    let all = consents::standing(&mut town.look().await, sight, year, today).await.unwrap();
    let (child, outsider) = (all[&PersonId::from(family.child)], all[&PersonId::from(person)]);
    assert!(child.has_consent() && !child.is_blocked);
    assert!(!outsider.has_consent() && outsider.is_blocked && outsider.consent.is_none());
    let readings = consents::readings(&mut town.look().await, town.school().await, year, today).await.unwrap();
    let [(name, reading)] = &readings[..] else { panic!("{readings:?}") };
    assert_eq!((*name, reading.numerator, reading.denominator), ("consents.valid", 1, Some(2)));
    let before = consents::readings(&mut town.look().await, town.school().await, year.previous(), today).await.unwrap();
    assert_eq!(before, []);
}

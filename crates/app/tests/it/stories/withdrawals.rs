//! A withdrawal works at once and everywhere, and is undone by a new consent only.

use super::consents::{ask, sign};
use crate::support::{Browser, Seen, Town, folk::Family, scanner};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::access::Role;
use rstest::rstest;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A surname nobody else has, not even the mother.
const SURNAME: &str = "Щепкодралова";

async fn signed(town: &Town, coordinator: &Browser) -> (Family, String) {
    let family = town.family(&format!("{SURNAME} Зоя Ильинична"), "Кузьмина Раиса Ильинична").await;
    let consent = ask(coordinator, family.child, "participation").await;
    let version = coordinator.get(&consent).await.value_of("version");
    let mother = family.mother.to_string();
    let fields = [("version", version.as_str()), ("signed_on", "2026-11-20"), ("representative", &mother)];
    let scan = (&*format!("{SURNAME}.pdf"), &b"%PDF-1.7"[..]);
    coordinator.upload(&format!("{consent}/signature"), &fields, scan).await.must_be(303);
    (family, consent)
}

async fn withdraw(coordinator: &Browser, consent: &str) -> Seen {
    coordinator.submit(&format!("{consent}/withdrawal"), &[("note", "Заявление № 4")]).await
}

/// Asks an adult for the consent to take part, signs and withdraws it.
pub async fn withdrawn(coordinator: &Browser, person: Uuid) {
    let consent = ask(coordinator, person, "participation").await;
    let version = coordinator.get(&consent).await.value_of("version");
    let fields = [("version", version.as_str()), ("signed_on", "2026-11-20"), ("by_person", "on")];
    coordinator.upload(&format!("{consent}/signature"), &fields, ("", b"")).await.must_be(303);
    withdraw(coordinator, &consent).await.must_say("Карточка отзыва");
}

fn values(family: &Family, consent: &str) -> scanner::Values {
    let id = consent.rsplit('/').next().unwrap().to_owned();
    BTreeMap::from([
        ("person", vec![family.child.to_string(), family.mother.to_string()]),
        ("class", vec![family.class.to_string()]),
        ("participation", vec![family.participation.to_string()]),
        ("withdrawn", vec![family.child.to_string(), family.mother.to_string()]),
        ("consent", vec![id]),
        ("path", vec!["app.css".into()]),
        ("format", vec!["xlsx".into(), "docx".into(), "csv".into(), "json".into()]),
    ])
}

#[rstest]
#[tokio::test]
async fn who_has_withdrawn_is_seen_on_the_card_of_the_withdrawal_only(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (family, consent) = signed(&town, &coordinator).await;
    let values = values(&family, &consent);
    let before = scanner::appearances(&town, &values, SURNAME).await;
    let seen_at = |path: &str| before.iter().any(|line| line.ends_with(path));
    assert!(seen_at("/consents") && seen_at("/consents.xlsx") && seen_at("/consents/print"), "{before:?}");
    withdraw(&coordinator, &consent).await.must_say("человек больше нигде не показан").must_say("Заявление № 4");
    let card = format!("/consents/withdrawn/{}", family.child);
    for line in scanner::appearances(&town, &values, SURNAME).await {
        let (who, path) = line.split_once(' ').unwrap();
        let path = path.split('?').next().unwrap();
        let allowed = ["coordinator", "head"].contains(&who) && (path == card || path == "/consents/withdrawn");
        assert!(allowed, "{line}");
    }
    for role in [Role::Coordinator, Role::Head] {
        town.browser(role).await.get(&card).await.must_say(SURNAME).must_say("Кузьмина Раиса");
    }
    town.browser(Role::ClassTeacher).await.get(&card).await.must_be(403);
}

#[rstest]
#[tokio::test]
async fn a_representative_known_for_the_child_alone_is_hidden_too(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (family, consent) = signed(&town, &coordinator).await;
    let father = town.person("Кузьмин Егор", None, &["parent"]).await;
    town.represents(father, family.child).await;
    let sister = town.person("Кузьмина Тая", Some("2015-01-01"), &["pupil"]).await;
    town.represents(father, sister).await;
    withdraw(&coordinator, &consent).await.must_be(200);
    let visible = "SELECT COUNT(*) FROM people WHERE school_id = $1 AND id = $2";
    let school = town.school().await;
    let sees = async |person: Uuid| town.look().await.one::<(i64,)>(visible, args![school, person]).await.unwrap().0;
    assert_eq!((sees(family.child).await, sees(family.mother).await, sees(father).await), (0, 0, 1));
}

#[rstest]
#[tokio::test]
async fn a_withdrawal_suspends_and_a_new_consent_resumes(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (family, consent) = signed(&town, &coordinator).await;
    let suspended = "SELECT COUNT(*) FROM participations WHERE school_id = $1 AND suspended_on IS NOT NULL";
    let school = town.school().await;
    let count = async || town.look().await.one::<(i64,)>(suspended, args![school]).await.unwrap().0;
    withdraw(&coordinator, &consent).await.must_be(200);
    assert_eq!(count().await, 1);
    // The button pressed again leads to the same card and changes nothing.
    withdraw(&coordinator, &consent).await.must_say("Карточка отзыва");
    let card = format!("/consents/withdrawn/{}", family.child);
    let nobody = coordinator.get(&card).await.form(&card).with("signed_on", "2026-11-22").with("by_person", "on");
    let fields = |form: &crate::support::PostedForm| form.fields.clone();
    let mut sent = fields(&nobody);
    sent.retain(|(name, _)| name != "representative");
    let refused = upload(&coordinator, &card, &sent).await;
    refused.must_be(422).must_say("нужна подпись законного представителя");
    sent.push(("representative".into(), family.mother.to_string()));
    let early: Vec<_> = sent
        .iter()
        .filter(|(name, _)| name != "signed_on")
        .cloned()
        .chain([("signed_on".into(), "2026-11-21".into())])
        .collect();
    upload(&coordinator, &card, &early).await.must_be(422).must_say("не раньше дня отзыва");
    upload(&coordinator, &card, &sent).await.must_be(303);
    assert_eq!(count().await, 0);
    coordinator.get(&card).await.must_be(404);
    coordinator.get("/consents?state=signed").await.must_say(SURNAME);
    town.browser(Role::Head).await.post(&card, &[]).await.must_be(403);
}

async fn upload(browser: &Browser, path: &str, fields: &[(String, String)]) -> Seen {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.upload(path, &fields, ("", b"")).await
}

#[rstest]
#[tokio::test]
async fn another_purpose_is_withdrawn_without_hiding_anybody(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (family, _) = signed(&town, &coordinator).await;
    let photo = ask(&coordinator, family.child, "distribution").await;
    coordinator.get(&format!("{photo}/withdrawal")).await.must_be(422).must_say("ещё не подписано");
    sign(&coordinator, &photo, family.mother).await.must_be(303);
    withdraw(&coordinator, &photo).await.must_say("Согласие отозвано").must_say(SURNAME);
    coordinator.get("/consents?state=withdrawn").await.must_say("1 документ");
    coordinator.get("/consents/withdrawn").await.must_say("Отзывов нет");
    let mother = family.mother.to_string();
    let again = [("version", "3"), ("signed_on", "2026-11-20"), ("representative", &mother)];
    coordinator
        .upload(&format!("{photo}/signature"), &again, ("", b""))
        .await
        .must_be(422)
        .must_say("Согласие отозвано");
}

#[rstest]
#[tokio::test]
async fn a_withdrawal_of_another_school_is_no_withdrawal(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let (family, consent) = signed(&town, &coordinator).await;
    withdraw(&coordinator, &consent).await.must_be(200);
    town.neighbour().await;
    let neighbour = town.stranger();
    neighbour.sign_in("coordinator-2", crate::support::PASSWORD).await;
    neighbour.get("/consents/withdrawn").await.must_not_say(SURNAME);
    neighbour.get(&format!("/consents/withdrawn/{}", family.child)).await.must_be(404);
    neighbour.post(&format!("{consent}/withdrawal"), &[]).await.must_be(404);
}

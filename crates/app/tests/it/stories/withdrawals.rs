//! A withdrawal works at once and everywhere, and is undone by a new consent only.

use super::consents::{ask, sign};
use crate::support::{Browser, Seen, Town, folk::Family};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::access::Role;
use rstest::rstest;
use uuid::Uuid;

/// A surname nobody else has, not even the mother.
pub const SURNAME: &str = "Щепкодралова";

/// Adds a child who has agreed, with a scan that carries the name.
pub async fn signed(town: &Town, coordinator: &Browser) -> (Family, String) {
    let family = town.family(&format!("{SURNAME} Зоя Ильинична"), "Кузьмина Раиса Ильинична").await;
    let consent = ask(coordinator, family.child, "participation").await;
    let version = coordinator.get(&consent).await.value_of("version");
    let mother = family.mother.to_string();
    let fields = [("version", version.as_str()), ("signed_on", "2026-11-20"), ("representative", &mother)];
    let scan = (&*format!("{SURNAME}.pdf"), &b"%PDF-1.7"[..]);
    coordinator.upload(&format!("{consent}/signature"), &fields, scan).await.must_be(303);
    (family, consent)
}

/// Withdraws a consent.
pub async fn withdraw(coordinator: &Browser, consent: &str) -> Seen {
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

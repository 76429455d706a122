//! A personal link shows a representative what is asked and lets them withdraw, without an account.

use super::consents::{ask, sign};
use crate::support::{Browser, Town, folk::Family, scanner};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::access::Role;
use rstest::rstest;
use uuid::Uuid;

/// Makes a link for somebody and returns the address it opens.
pub async fn link(keeper: &Browser, person: Uuid, holder: Uuid) -> String {
    let (key, holder) = (Uuid::now_v7().to_string(), holder.to_string());
    let fields = [("key", key.as_str()), ("holder", holder.as_str())];
    let made = keeper.post(&format!("/consents/people/{person}/links"), &fields).await;
    made.must_be(201).must_say("показана один раз");
    made.links("/consent/").into_iter().next().expect("the link is shown")
}

async fn signed(town: &Town, coordinator: &Browser) -> Family {
    let family = town.family("Щепкодралова Зоя Ильинична", "Кузьмина Раиса Ильинична").await;
    let consent = ask(coordinator, family.child, "participation").await;
    sign(coordinator, &consent, family.mother).await.must_be(303);
    family
}

#[rstest]
#[tokio::test]
async fn a_representative_sees_what_is_asked_and_withdraws_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = signed(&town, &coordinator).await;
    ask(&coordinator, family.child, "distribution").await;
    let address = link(&town.browser(Role::ClassTeacher).await, family.child, family.mother).await;
    let mother = town.stranger();
    let page = mother.get(&address).await;
    page.must_say("Зоя Щ.").must_say("подписано").must_say("просит подписать").must_say("Школа № 7");
    page.must_not_say("Щепкодралова");
    let question = format!("{address}/withdrawal?purpose=participation");
    mother.get(&question).await.must_say("Что произойдёт");
    mother.get(&address).await.must_say("подписано");
    let form = mother.get(&question).await.form(&format!("{address}/withdrawal"));
    let sent = form.send(&mother).await;
    mother.follow(sent).await.must_say("Согласие на участие отозвано").must_not_say("Зоя");
    let again = form.send(&mother).await;
    mother.follow(again).await.must_say("Согласие на участие отозвано");
    coordinator.get("/consents").await.must_not_say("Щепкодралова");
    let card = coordinator.get(&format!("/consents/withdrawn/{}", family.child)).await;
    card.must_say("по личной ссылке").must_say("Щепкодралова");
    let acts = "SELECT COUNT(*) FROM audit_log WHERE school_id = $1 AND event = 'consents.withdrawn'";
    let school = town.school().await;
    assert_eq!(town.look().await.one::<(i64,)>(acts, args![school]).await.unwrap().0, 1);
}

#[rstest]
#[tokio::test]
async fn a_link_that_is_closed_over_or_unknown_says_the_same(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = signed(&town, &coordinator).await;
    let closed = link(&coordinator, family.child, family.mother).await;
    let person = format!("/consents/people/{}", family.child);
    let closing = coordinator.get(&person).await.links(&person).into_iter().find(|path| path.ends_with("/revocation"));
    coordinator.post(&closing.unwrap(), &[]).await.must_be(303);
    let unknown = format!("/consent/{}", "0".repeat(64));
    let stranger = town.stranger();
    let expected = stranger.get(&unknown).await;
    expected.must_be(410).must_say("Эта ссылка не действует");
    assert_eq!(stranger.get(&closed).await.text(), expected.text());
    assert_eq!(stranger.get("/consent/nonsense").await.text(), expected.text());
    let withdrawal = format!("{closed}/withdrawal");
    stranger.post(&withdrawal, &[("purpose", "participation")]).await.must_be(410);
    let left = link(&coordinator, family.child, family.mother).await;
    stranger.get(&left).await.must_be(200);
    town.no_longer_represents(family.mother, family.child).await;
    assert_eq!(stranger.get(&left).await.text(), expected.text());
    town.represents(family.mother, family.child).await;
    stranger.get(&left).await.must_be(200);
    town.days_pass(365);
    assert_eq!(stranger.get(&left).await.text(), expected.text());
}

#[rstest]
#[tokio::test]
async fn a_link_is_kept_as_its_digest_and_shown_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = signed(&town, &coordinator).await;
    let (key, holder) = (Uuid::now_v7().to_string(), family.mother.to_string());
    let (path, fields) = (format!("/consents/people/{}/links", family.child), [("key", &*key), ("holder", &*holder)]);
    let made = coordinator.post(&path, &fields).await;
    let secret = made.links("/consent/")[0].rsplit('/').next().unwrap().to_owned();
    assert!(secret.len() >= 32, "{secret}");
    let again = coordinator.post(&path, &fields).await;
    assert!(!scanner::holds(&again, "/consent/"));
    coordinator.follow(again).await.must_say("уже создана");
    let kept = "SELECT token_hash FROM consent_links WHERE school_id = $1";
    let school = town.school().await;
    let kept: Vec<(String,)> = town.look().await.all(kept, args![school]).await.unwrap();
    assert_eq!(kept.len(), 1);
    assert_ne!(kept[0].0, secret);
    assert!(!scanner::holds(&town.browser(Role::Administrator).await.get("/journal").await, &secret));
}

#[rstest]
#[tokio::test]
async fn nobody_but_the_person_and_representatives_is_given_a_link(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let family = signed(&town, &coordinator).await;
    let stranger = town.person("Чужова Инна", None, &["parent"]).await.to_string();
    let path = format!("/consents/people/{}/links", family.child);
    let fields = [("key", &*Uuid::now_v7().to_string()), ("holder", &*stranger)].map(|(a, b)| (a, b.to_owned()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (*a, b.as_str())).collect();
    coordinator.post(&path, &fields).await.must_be(422);
    town.browser(Role::Inspector).await.post(&path, &fields).await.must_be(403);
    let other = town.person("Осинина Юлия", Some("2012-01-01"), &["pupil"]).await;
    let foreign = format!("/consents/people/{other}/links");
    town.browser(Role::ClassTeacher).await.post(&foreign, &fields).await.must_be(404);
}

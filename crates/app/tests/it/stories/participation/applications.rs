//! Stories of applications without an account.

use crate::support::{Seen, Town};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

const LINKS: &str = "/participants/links";
const APPLICATIONS: &str = "/participants/applications";

/// Opens a link and returns its poster.
pub async fn poster(town: &Town, side: &str, closes_on: &str) -> Seen {
    let coordinator = town.browser(Role::Coordinator).await;
    let form = coordinator.get(LINKS).await.form(LINKS);
    form.with("side", side).with("source", "class_hour").with("closes_on", closes_on).send(&coordinator).await
}

/// Returns the address on a poster.
pub fn path_on(poster: &Seen) -> String {
    let text = poster.text();
    let start = text.find("/apply/").unwrap_or_else(|| panic!("no address on the poster: {text}"));
    text[start..].split_whitespace().next().unwrap().to_owned()
}

/// Applies without an account.
pub async fn apply(town: &Town, path: &str, name: &str, place: &str) -> Seen {
    let stranger = town.stranger();
    let form = stranger.get(path).await.form(path);
    form.with("full_name", name).with("place", place).with("contact", "+7 900 111-22-33").send(&stranger).await
}

/// Returns the address of the only application that waits.
async fn waiting(town: &Town) -> String {
    let page = town.browser(Role::Coordinator).await.get(APPLICATIONS).await;
    page.links(&format!("{APPLICATIONS}/")).pop().unwrap_or_else(|| panic!("nothing waits: {}", page.text()))
}

#[rstest]
#[tokio::test]
async fn an_application_becomes_a_candidate_of_somebody_on_record(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let cast = town.cast().await;
    let class = cast.class("7Б", None).await;
    cast.pupil("Берёзкина Анна Ивановна", "2013-05-05", class).await;
    let other = cast.class("8А", None).await;
    cast.pupil("Берёзкина Анна Олеговна", "2012-05-05", other).await;
    let poster = poster(&town, "mentee", "2026-12-31").await;
    poster.must_be(201).must_say("Адрес показан один раз").must_say("до 31 декабря 2026");
    assert!(poster.html().contains("aria-label=\"QR-код адреса заявки\""));
    let path = path_on(&poster);
    let form = town.stranger().get(&path).await;
    form.must_be(200).must_say("Заявка — не согласие").must_say("Школа № 7").must_not_say("Берёзкина");
    apply(&town, &path, "Березкина Анна", "7 «Б»").await.must_be(200).must_say("Заявка получена");

    let coordinator = town.browser(Role::Coordinator).await;
    let application = waiting(&town).await;
    let page = coordinator.get(&application).await;
    page.must_say("+7 900 111-22-33");
    let (first, second) = (page.text().find("Берёзкина Анна Ивановна"), page.text().find("Берёзкина Анна Олеговна"));
    assert!(first.is_some() && first < second, "the one of the same class stands first");
    let settled = page.form(&format!("{application}/match")).send(&coordinator).await;
    coordinator.follow(settled).await.must_say("кандидат добавлен").must_say("Все заявки разобраны");
    let list = coordinator.get("/participants?stage=candidate").await;
    list.must_say("Берёзкина Анна Ивановна, 7Б").must_say("классный час");
    coordinator.get(&application).await.must_be(404);
    let kept: Vec<(String,)> = town
        .look()
        .await
        .all("SELECT CAST(answers AS TEXT) FROM applications WHERE settled_at IS NOT NULL", vec![])
        .await
        .unwrap();
    assert!(kept.len() == 1 && !kept[0].0.contains("900 111") && !kept[0].0.contains("Березкина"), "{kept:?}");
}

#[rstest]
#[tokio::test]
async fn somebody_new_is_entered_from_what_was_sent(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let path = path_on(&poster(&town, "mentor", "2026-12-31").await);
    apply(&town, &path, "Новикова Дарья Олеговна", "ООО «Завод»").await.must_be(200);
    let coordinator = town.browser(Role::Coordinator).await;
    let application = waiting(&town).await;
    let page = coordinator.get(&application).await;
    page.must_say("Похожих людей в записях нет");
    let form = page.form(&format!("{application}/person")).with("kind", "employer_rep");
    form.send(&coordinator).await.must_be(303);
    form.send(&coordinator).await.must_be(404);
    let list = coordinator.get("/participants").await;
    list.must_say("1 человек").must_say("Новикова Дарья Олеговна, ООО «Завод»").must_say("наставник");
}

#[rstest]
#[tokio::test]
async fn a_rejected_application_leaves_nothing_behind(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let path = path_on(&poster(&town, "mentor", "2026-12-31").await);
    apply(&town, &path, "Шутников Шут", "нигде").await.must_be(200);
    let coordinator = town.browser(Role::Coordinator).await;
    let application = waiting(&town).await;
    coordinator.submit(&format!("{application}/rejection"), &[]).await.must_say("отправленное удалено");
    coordinator.get("/participants").await.must_not_say("Шутников");
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Заявка разобрана").must_not_say("Шутников");
}

#[rstest]
#[tokio::test]
async fn the_same_form_sent_twice_is_one_application(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let path = path_on(&poster(&town, "mentee", "2026-12-31").await);
    let stranger = town.stranger();
    let form = stranger.get(&path).await.form(&path).with("full_name", "Берёзкина Анна").with("place", "7Б");
    let form = form.with("contact", "почта");
    form.send(&stranger).await.must_be(200);
    form.send(&stranger).await.must_be(200).must_say("Заявка получена");
    let page = town.browser(Role::Coordinator).await.get(APPLICATIONS).await;
    assert_eq!(page.text().matches("Берёзкина Анна").count(), 1);
    let mistake = form.with("full_name", "Анна").send(&stranger).await;
    mistake.must_be(422).must_say("Напишите фамилию и имя.");
}

#[rstest]
#[tokio::test]
async fn an_unknown_a_closed_and_an_expired_link_say_the_same(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let expiring = path_on(&poster(&town, "mentee", "2026-11-22").await);
    town.stranger().get(&expiring).await.must_be(200);
    town.days_pass(1);
    let closing = path_on(&poster(&town, "mentee", "2026-12-31").await);
    let coordinator = town.browser(Role::Coordinator).await;
    let page = coordinator.get(LINKS).await;
    let form = page.forms().into_iter().find(|form| form.action.ends_with("/closing")).unwrap();
    let stranger = town.stranger();
    let late = stranger.get(&closing).await.form(&closing).with("full_name", "Берёзкина Анна").with("place", "7Б");
    form.send(&coordinator).await.must_be(303);
    let unknown = format!("/apply/{}", "0".repeat(64));
    let said: Vec<String> = [
        stranger.get(&unknown).await,
        stranger.get(&closing).await,
        stranger.get(&expiring).await,
        stranger.get("/apply/кто-то").await,
        late.with("contact", "почта").send(&stranger).await,
    ]
    .iter()
    .map(|seen| seen.must_be(410).text())
    .collect();
    assert!(said.iter().all(|text| *text == said[0]), "{said:?}");
    assert!(said[0].contains("заявки не принимаются"));
}

#[rstest]
#[tokio::test]
async fn a_link_is_opened_with_a_day_of_the_year_and_its_secret_is_not_kept(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    for day in ["2026-11-21", "2027-09-01", ""] {
        poster(&town, "mentee", day).await.must_be(422);
    }
    let path = path_on(&poster(&town, "mentee", "2027-08-31").await);
    let secret = path.trim_start_matches("/apply/").to_owned();
    assert_eq!(secret.len(), 64, "256 random bits");
    let kept: Vec<(String,)> = town.look().await.all("SELECT token_hash FROM application_links", vec![]).await.unwrap();
    assert!(kept.len() == 1 && kept[0].0 != secret);
    town.browser(Role::Coordinator).await.get(LINKS).await.must_not_say(&secret);
}

#[rstest]
#[tokio::test]
async fn a_flood_of_applications_from_one_address_is_slowed_down(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let path = path_on(&poster(&town, "mentee", "2026-12-31").await);
    let stranger = town.stranger();
    let mut statuses = vec![];
    for _ in 0..125 {
        let form = stranger.get(&path).await.form(&path).with("full_name", "Берёзкина Анна").with("place", "7Б");
        statuses.push(form.with("contact", "почта").send(&stranger).await.status);
    }
    assert!(statuses[..120].iter().all(|status| *status == 200), "a parallel applies from one address: {statuses:?}");
    assert!(statuses.contains(&429), "{statuses:?}");
}

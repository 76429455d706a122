//! Stories of links with which somebody sets the own password: an invitation, or a way back in.

use crate::support::{Browser, PASSWORD, Town, login_of};
use chrono::TimeDelta;
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::access::Role;
use rstest::rstest;

const NEW: &str = "три синих ведра в саду";

/// Makes a link for somebody and returns its address.
async fn link(town: &Town, role: Role) -> String {
    let administrator = town.browser(Role::Administrator).await;
    let path = format!("/users/{}/link", town.user(role));
    administrator.get(&path).await.must_be(200).must_say("один раз сам придумает себе пароль");
    let made = administrator.post(&path, &[]).await;
    made.must_be(201).must_say("Ссылка показана один раз");
    let html = made.html();
    let address = html.split("<code class=\"secret\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    address[address.find("/entry/").unwrap()..].to_owned()
}

async fn enter(browser: &Browser, path: &str, password: &str) -> u16 {
    browser.post(path, &[("new", password), ("again", password)]).await.status
}

#[rstest]
#[tokio::test]
async fn a_link_sets_a_password_once_and_looking_uses_nothing_up(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let before = town.browser(Role::Head).await;
    let path = link(&town, Role::Head).await;
    let person = town.stranger();
    for _ in 0..3 {
        person.get(&path).await.must_be(200).must_say("Иванова head Петровна").must_say("ваш логин: head");
    }
    person.post(&path, &[("new", NEW), ("again", "другое")]).await.must_be(422).must_say("Пароли не совпадают");
    person.post(&path, &[("new", "коротко"), ("again", "коротко")]).await.must_be(422).must_say("не короче 10 знаков");
    let entered = person.post(&path, &[("new", NEW), ("again", NEW)]).await;
    entered.must_be(303);
    person.get("/").await.must_be(200).must_say("Иванова head Петровна");
    assert_eq!(before.get("/").await.status, 303, "the old session has ended");
    town.stranger().get(&path).await.must_be(410).must_say("Ссылка не действует");
    assert_eq!(enter(&town.stranger(), &path, NEW).await, 410);
    town.stranger().sign_in(&login_of(Role::Head, ""), NEW).await;
    let journal = town.browser(Role::Administrator).await.get("/journal?event=access.password_set").await;
    journal.must_say("Найдено: 1 запись").must_say("Пароль задан по ссылке").must_not_say(&path[7..20]);
}

#[rstest]
#[tokio::test]
async fn a_link_ends_with_its_time_with_the_next_one_and_with_the_account(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let first = link(&town, Role::Head).await;
    let second = link(&town, Role::Head).await;
    town.stranger().get(&first).await.must_be(410);
    town.stranger().get(&second).await.must_be(200);
    town.app.clock.pass(TimeDelta::days(3));
    town.stranger().get(&second).await.must_be(410);
    assert_eq!(enter(&town.stranger(), &second, NEW).await, 410);
    let third = link(&town, Role::Head).await;
    let administrator = town.browser(Role::Administrator).await;
    let user = format!("/users/{}", town.user(Role::Head));
    let mut form = administrator.get(&user).await.form(&user);
    form.fields.retain(|(name, _)| name != "is_active");
    form.send(&administrator).await.must_be(303);
    town.stranger().get(&third).await.must_be(410);
    administrator.post(&format!("{user}/link"), &[]).await.must_be(422).must_say("Учётная запись отключена");
    for nonsense in ["/entry/1", "/entry/../users", &format!("/entry/{}", "f".repeat(64))] {
        let status = town.stranger().get(nonsense).await.status;
        assert!([404, 410].contains(&status), "{nonsense}: {status}");
    }
}

#[rstest]
#[tokio::test]
async fn the_secret_of_a_link_is_kept_as_its_digest_only(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let path = link(&town, Role::Head).await;
    let secret = path.strip_prefix("/entry/").unwrap();
    assert_eq!(secret.len(), 64, "256 bits");
    let kept: Vec<(String,)> = town.look().await.all("SELECT token_hash FROM account_links", vec![]).await.unwrap();
    assert!(kept.len() == 1 && kept[0].0 != secret);
}

#[rstest]
#[tokio::test]
async fn where_somebody_is_signed_in_is_shown_and_ended_everywhere_else(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let named = |name: &str| town.stranger().sending("user-agent", name);
    let (home, school) = (named("Firefox/140.0 (Windows NT 10.0)"), named("Chrome/140 YaBrowser/25 (Linux)"));
    home.sign_in(&login_of(Role::Head, ""), PASSWORD).await;
    school.sign_in(&login_of(Role::Head, ""), PASSWORD).await;
    let page = school.get("/account/sessions").await;
    page.must_be(200).must_say("Яндекс Браузер, Linux — это устройство").must_say("Firefox, Windows");
    let other = town.browser(Role::Coordinator).await;
    other.get("/account/sessions").await.must_say("только на этом устройстве").must_not_say("Firefox");
    school.submit("/account/sessions", &[]).await.must_be(200).must_say("Завершено: 1 вход.");
    assert_eq!(home.get("/").await.status, 303);
    school.get("/account/sessions").await.must_be(200).must_say("только на этом устройстве");
    other.get("/").await.must_be(200);
}

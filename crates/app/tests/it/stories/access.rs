//! Stories of signing in: sessions, their end, guessing, temporary passwords.

use crate::support::{Browser, PASSWORD, Town, login_of};
use axum::http::header;
use chrono::TimeDelta;
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{
    access::Role,
    menu, router,
    state::{App, WebSettings},
};
use rstest::rstest;
use std::sync::Arc;
use tokio::task::JoinSet;

const SIGN_IN: &str = "/sign-in";

#[rstest]
#[tokio::test]
async fn signing_in_leads_to_the_page_that_was_wanted(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.stranger();
    let sent_away = browser.get("/users?role=head&sort=login").await;
    let path = sent_away.location.clone().unwrap();
    let form = browser.follow(sent_away).await.must_be(200).form(SIGN_IN);
    assert!(path.starts_with("/sign-in?next="), "{path}");
    let form = form.with("login", &login_of(Role::Administrator, "")).with("password", PASSWORD);
    assert_eq!(form.send(&browser).await.location.as_deref(), Some("/users?role=head&sort=login"));
    browser.get(SIGN_IN).await.must_be(303);
    browser.get("/").await.must_be(200);
}

#[rstest]
#[case("https://example.org/")]
#[case("//example.org")]
#[case("/\\example.org")]
#[tokio::test]
async fn signing_in_never_leads_to_another_site(#[case] next: &str) {
    let town = Town::on(Sqlite).await;
    let login = login_of(Role::Head, "");
    let seen = town.stranger().post(SIGN_IN, &[("login", &login), ("password", PASSWORD), ("next", next)]).await;
    assert_eq!(seen.location.as_deref(), Some("/"));
}

#[rstest]
#[tokio::test]
async fn a_wrong_login_and_a_wrong_password_get_the_same_answer(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (known, password) = (login_of(Role::Psychologist, ""), "не тот пароль, увы");
    let wrong_password = town.stranger().post(SIGN_IN, &[("login", &known), ("password", password)]).await;
    let wrong_login = town.stranger().post(SIGN_IN, &[("login", "nobody"), ("password", password)]).await;
    wrong_password.must_be(422).must_say("Логин или пароль не подходят");
    assert_eq!(wrong_password.html().replace(&known, "nobody"), wrong_login.html());
    assert_eq!(wrong_login.status, 422);
    assert!(!wrong_password.html().contains(password), "a password is never written back");
    assert_eq!(wrong_password.value_of("login"), known);
}

#[rstest]
#[tokio::test]
async fn signing_in_says_which_field_is_empty(#[values(Sqlite, Postgres)] on: Dialect) {
    let seen = Town::on(on).await.stranger().post(SIGN_IN, &[("login", " "), ("password", "")]).await;
    seen.must_be(422).must_say("Введите логин.").must_say("Введите пароль.");
}

#[rstest]
#[tokio::test]
async fn a_login_is_typed_in_any_letters(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    town.stranger().sign_in(&format!("  {} ", login_of(Role::Head, "").to_uppercase()), PASSWORD).await;
}

#[rstest]
#[tokio::test]
async fn a_session_ends_with_signing_out_even_for_who_kept_the_cookie(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.browser(Role::Head).await;
    let token = browser.cookie("session").unwrap();
    browser.get(SIGN_IN).await.must_be(303);
    browser.submit("/sign-out", &[]).await.must_be(200).must_say("Вы вышли из программы.");
    assert_eq!(browser.cookie("session"), None);
    let thief = town.stranger();
    thief.set_cookie("session", &token);
    thief.get("/").await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn every_signing_in_gives_a_new_token(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.stranger();
    let planted = "0".repeat(64);
    browser.set_cookie("session", &planted);
    browser.sign_in(&login_of(Role::Head, ""), PASSWORD).await;
    assert_ne!(browser.cookie("session"), Some(planted));
    assert_ne!(browser.cookie("session"), town.browser(Role::Head).await.cookie("session"));
}

#[rstest]
#[tokio::test]
async fn a_session_nobody_uses_for_half_an_hour_is_over(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.browser(Role::Head).await;
    for _ in 0..5 {
        town.app.clock.pass(TimeDelta::minutes(29));
        browser.get("/").await.must_be(200);
    }
    town.app.clock.pass(TimeDelta::minutes(30));
    browser.get("/").await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn a_session_is_over_after_twelve_hours_however_busy(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.browser(Role::Head).await;
    for _ in 0..35 {
        town.app.clock.pass(TimeDelta::minutes(20));
        browser.get("/").await.must_be(200);
    }
    town.app.clock.pass(TimeDelta::minutes(20));
    browser.get("/").await.must_be(303);
}

#[rstest]
#[tokio::test]
async fn guessing_a_password_waits_longer_and_longer(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (browser, login) = (town.stranger(), login_of(Role::Head, ""));
    for _ in 0..5 {
        browser.post(SIGN_IN, &[("login", &login), ("password", "наугад, наугад")]).await.must_be(422);
    }
    let waits = browser.post(SIGN_IN, &[("login", &login), ("password", PASSWORD)]).await;
    waits.must_be(429).must_say("Попробуйте ещё раз через 5 секунд.");
    assert_eq!(waits.headers[header::RETRY_AFTER], "5");
    assert_eq!(waits.value_of("login"), login);
    town.stranger().sign_in(&login_of(Role::Coordinator, ""), PASSWORD).await;
    town.app.clock.pass(TimeDelta::seconds(5));
    browser.post(SIGN_IN, &[("login", &login), ("password", "наугад, наугад")]).await.must_be(422);
    browser.post(SIGN_IN, &[("login", &login), ("password", PASSWORD)]).await.must_say("через 10 секунд");
    town.app.clock.pass(TimeDelta::seconds(10));
    browser.sign_in(&login, PASSWORD).await;
}

#[rstest]
#[tokio::test]
async fn guessing_many_times_at_once_helps_nobody(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let mut attempts = JoinSet::new();
    for number in 0..20 {
        let (browser, login) = (town.stranger(), login_of(Role::Head, ""));
        attempts.spawn(async move {
            browser.post(SIGN_IN, &[("login", &login), ("password", &format!("наугад номер {number}"))]).await.status
        });
    }
    let checked = attempts.join_all().await.into_iter().filter(|status| *status != 429).count();
    assert_eq!(checked, 5, "only the free attempts reach the password");
}

#[rstest]
#[tokio::test]
async fn a_new_password_ends_the_sessions_elsewhere_and_not_here(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (here, elsewhere) = (town.browser(Role::Head).await, town.browser(Role::Head).await);
    let new = "медленный поезд на север";
    let seen = here.submit("/account/password", &[("current", PASSWORD), ("new", new), ("again", new)]).await;
    seen.must_be(200).must_say("Пароль изменён.");
    here.get("/roadmap").await.must_be(200);
    elsewhere.get("/").await.must_be(303);
    let login = login_of(Role::Head, "");
    town.stranger().post(SIGN_IN, &[("login", &login), ("password", PASSWORD)]).await.must_be(422);
    town.stranger().sign_in(&login, new).await;
}

#[rstest]
#[case("не тот", "медленный поезд", "медленный поезд", "Прежний пароль введён неверно.")]
#[case(PASSWORD, "коротко", "коротко", "не короче 10 знаков")]
#[case(PASSWORD, "медленный поезд", "быстрый поезд", "Пароли не совпадают.")]
#[case(PASSWORD, PASSWORD, PASSWORD, "совпадает с прежним")]
#[case(PASSWORD, "head head head!", "head head head!", "не должен содержать логин")]
#[case("", "", "", "Введите прежний пароль.")]
#[tokio::test]
async fn a_password_that_will_not_do_is_refused_in_words(
    #[case] current: &str,
    #[case] new: &str,
    #[case] again: &str,
    #[case] expected: &str,
) {
    let town = Town::on(Sqlite).await;
    let browser = town.browser(Role::Head).await;
    let seen = browser.post("/account/password", &[("current", current), ("new", new), ("again", again)]).await;
    seen.must_be(422).must_say(expected);
    assert!(new.is_empty() || !seen.html().contains(&format!("value=\"{new}\"")), "a password is never written back");
    town.stranger().sign_in(&login_of(Role::Head, ""), PASSWORD).await;
}

#[rstest]
#[tokio::test]
async fn guessing_the_password_in_an_open_session_is_slowed_down(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.browser(Role::Head).await;
    let form = [("current", "наугад"), ("new", "медленный поезд"), ("again", "медленный поезд")];
    for _ in 0..5 {
        browser.post("/account/password", &form).await.must_be(422);
    }
    let waits = browser.post("/account/password", &form).await;
    waits.must_be(429).must_say("Слишком много попыток");
    assert_eq!(waits.headers[header::RETRY_AFTER], "5");
}

#[rstest]
#[tokio::test]
async fn the_cookie_of_a_session_is_out_of_reach_of_scripts_and_other_sites(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let login = login_of(Role::Head, "");
    let seen = town.stranger().post(SIGN_IN, &[("login", &login), ("password", PASSWORD)]).await;
    let cookie = seen.headers[header::SET_COOKIE].to_str().unwrap();
    assert!(cookie.starts_with("session=") && cookie.contains("; HttpOnly; SameSite=Lax; Max-Age=43200"), "{cookie}");
    let token = town.stranger();
    token.sign_in(&login, PASSWORD).await;
    let secret = token.cookie("session").unwrap();
    let stored: Vec<(String,)> = town.look().await.all("SELECT token_hash FROM sessions", vec![]).await.unwrap();
    assert!(stored.len() == 2 && stored.iter().all(|(hash,)| *hash != secret), "who reads the table cannot sign in");
}

#[rstest]
#[case("sec-fetch-site", "cross-site", 403)]
#[case("sec-fetch-site", "same-site", 403)]
#[case("origin", "https://example.org", 403)]
#[case("origin", "null", 403)]
#[case("sec-fetch-site", "same-origin", 303)]
#[case("origin", "http://school.test", 303)]
#[tokio::test]
async fn a_form_of_another_site_changes_nothing(
    #[case] header: &'static str,
    #[case] value: &str,
    #[case] expected: u16,
) {
    let town = Town::on(Sqlite).await;
    let browser = town.browser(Role::Head).await.sending(header, value);
    let seen = browser.post("/sign-out", &[]).await;
    seen.must_be(expected);
    if expected == 403 {
        seen.must_say("Запрос отклонён").must_say("ничего не записано");
        browser.get("/").await.must_be(200);
    }
}

#[rstest]
#[case(true, 422)]
#[case(false, 429)]
#[tokio::test]
async fn behind_a_web_server_attempts_are_counted_by_the_address_it_names(#[case] https: bool, #[case] expected: u16) {
    let town = Town::on(Sqlite).await;
    let web = Arc::new(WebSettings { https, menu: menu::for_visitor });
    let router = router::router(App { web, ..town.app.clone() });
    let from = |address: &str| Browser::new(router.clone()).sending("x-forwarded-for", address);
    for number in 0..100 {
        let login = format!("somebody-{number}");
        // What a browser itself writes into the header stands before what the server adds.
        let guess = from("192.0.2.200, 198.51.100.1").post(SIGN_IN, &[("login", &login), ("password", "наугад")]).await;
        guess.must_be(422);
    }
    let guess = [("login", "one-more"), ("password", "наугад")];
    from("198.51.100.1").post(SIGN_IN, &guess).await.must_be(429);
    from("198.51.100.2").post(SIGN_IN, &guess).await.must_be(expected);
}

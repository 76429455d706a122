//! Stories of signing in through a provider, which is a real one in a process of its own.

use crate::support::{
    Browser, PASSWORD, Seen, Town, login_of,
    provider::{NAME, ProviderProcess},
};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::{
    access::{Provider, Role, Terms},
    clock::Clock,
    people::{Kind, Staff, actions as people},
    state::App,
};
use rstest::rstest;
use std::time::Duration;
use tokio::net::TcpListener;

const LINKS: &str = "/account/provider";
const LEAVE: &str = "/sign-in/provider";

/// A school whose people may sign in through the provider. The provider lives now, so the school does, too.
async fn school(on: Dialect, terms: Terms) -> Town {
    let provider = Provider::on(terms).unwrap();
    Town::on(on).await.serving(|app| App { provider: Some(provider), clock: Clock::system(), ..app })
}

async fn school_with_provider(on: Dialect) -> (Town, ProviderProcess) {
    let process = ProviderProcess::start();
    (school(on, process.terms()).await, process)
}

/// Gives the password and returns the address at which the account at the provider is linked.
async fn way_to_link(browser: &Browser) -> String {
    let page = browser.post(LINKS, &[("password", PASSWORD)]).await;
    page.must_be(200).must_say("Пароль верный. Теперь войдите через Рябина ID").links("http").remove(0)
}

/// Links the account at the provider with that of the browser.
async fn link(browser: &Browser, provider: &ProviderProcess, login: &str) -> Seen {
    let back = provider.sign_in(&way_to_link(browser).await, login).await;
    let seen = browser.get(&back).await;
    browser.follow(seen).await
}

/// Links the account of a role, in a browser that is closed then.
async fn linked(town: &Town, provider: &ProviderProcess, role: Role, login: &str) {
    let browser = town.browser(role).await;
    link(&browser, provider, login).await.must_be(200).must_say("Теперь можно входить через Рябина ID");
}

/// Leaves for the provider and returns where it sends back to.
async fn way_in(browser: &Browser, provider: &ProviderProcess, login: &str) -> String {
    let left = browser.get(&format!("{LEAVE}?next=%2Froadmap")).await;
    provider.sign_in(left.must_be(303).location.as_deref().unwrap(), login).await
}

async fn is_outside(browser: &Browser) {
    let seen = browser.get("/").await;
    assert!(seen.location.is_some_and(|path| path.starts_with("/sign-in")), "nobody came in");
}

#[rstest]
#[tokio::test]
async fn who_has_linked_an_account_signs_in_through_the_provider(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    let head = town.browser(Role::Head).await;
    head.get("/account/sessions").await.must_say("Вход через Рябина ID");
    head.get(LINKS).await.must_be(200).must_say("Привязать Рябина ID").must_not_say("Отвязать");
    let page = link(&head, &provider, "berezina").await;
    page.must_say("На странице входа нажимайте «Войти через Рябина ID»").must_say("Отвязать");

    let browser = town.stranger();
    browser.get("/sign-in?next=%2Froadmap").await.must_say("Войти через Рябина ID");
    let back = way_in(&browser, &provider, "berezina").await;
    is_outside(&browser).await;
    let inside = browser.get(&back).await;
    assert_eq!((inside.status, inside.location.as_deref()), (303, Some("/roadmap")));
    browser.get("/").await.must_be(200).must_say("Иванова head Петровна");
    assert_eq!(browser.get(LEAVE).await.location.as_deref(), Some("/"), "who is in goes nowhere");

    let administrator = town.browser(Role::Administrator).await;
    for event in ["provider_linked", "provider_passed"] {
        let journal = administrator.get(&format!("/journal?event=access.{event}")).await;
        journal.must_say("Найдено: 1 запись").must_say(NAME).must_not_say("berezina");
    }
}

#[rstest]
#[tokio::test]
async fn linking_takes_the_password_and_unlinking_ends_what_was_open(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    let head = town.browser(Role::Head).await;
    head.post(LINKS, &[("password", "")]).await.must_be(422).must_say("Введите пароль «Наставника»");
    head.post(LINKS, &[("password", "наугад")]).await.must_be(422).must_say("Пароль введён неверно");
    link(&head, &provider, "berezina").await.must_be(200);
    let elsewhere = town.stranger();
    let back = way_in(&elsewhere, &provider, "berezina").await;
    elsewhere.get(&back).await.must_be(303);

    let id = head.get(LINKS).await.value_of("link");
    let other = town.browser(Role::Coordinator).await;
    other.post(&format!("{LINKS}/removal"), &[("link", &id)]).await.must_be(404);
    elsewhere.get("/").await.must_be(200);
    head.submit(&format!("{LINKS}/removal"), &[("link", &id)])
        .await
        .must_say("Отвязано")
        .must_say("Привязать Рябина ID");
    is_outside(&elsewhere).await;
    let back = way_in(&elsewhere, &provider, "berezina").await;
    elsewhere.get(&back).await.must_be(422).must_say("не связан с учётной записью");
}

#[rstest]
#[tokio::test]
async fn whom_nobody_has_linked_gets_a_sentence_and_no_account(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    let users = async || town.look().await.one::<(i64,)>("SELECT COUNT(*) FROM users", vec![]).await.unwrap().0;
    let before = users().await;
    let browser = town.stranger();
    let back = way_in(&browser, &provider, "klenova").await;
    let page = browser.get(&back).await;
    page.must_be(422)
        .must_say("Этот вход не связан с учётной записью «Наставника»")
        .must_say("Войти по логину и паролю");
    is_outside(&browser).await;
    assert_eq!(users().await, before);
}

#[rstest]
#[tokio::test]
async fn the_way_back_works_once_and_only_in_the_browser_that_left(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    linked(&town, &provider, Role::Head, "berezina").await;
    let browser = town.stranger();
    let back = way_in(&browser, &provider, "berezina").await;
    let gone = "Вход не завершён";

    let foreign = town.stranger();
    foreign.get(&back).await.must_be(410).must_say(gone);
    way_in(&foreign, &provider, "klenova").await;
    foreign.get(&back).await.must_be(410).must_say(gone);
    is_outside(&foreign).await;
    let (path, state) = back.split_once("state=").unwrap();
    let state = state.split('&').next().unwrap();
    for wrong in [back.replace(state, &"0".repeat(64)), path.to_owned(), "/sign-in/provider/return".to_owned()] {
        browser.get(&wrong).await.must_be(410).must_say(gone);
    }
    browser.get(&back).await.must_be(303);
    browser.post("/sign-out", &[]).await.must_be(303);
    browser.get(&back).await.must_be(410).must_say(gone);
    is_outside(&browser).await;
}

#[rstest]
#[tokio::test]
async fn a_stolen_code_is_worth_nothing_on_another_way(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    linked(&town, &provider, Role::Head, "berezina").await;
    let (victim, thief) = (town.stranger(), town.stranger());
    let code_of = |back: &str| back.split_once("code=").unwrap().1.split('&').next().unwrap().to_owned();
    let stolen = code_of(&way_in(&victim, &provider, "berezina").await);
    let own = way_in(&thief, &provider, "klenova").await;
    thief.get(&own.replace(&code_of(&own), &stolen)).await.must_be(502).must_say("не прошёл проверку");
    is_outside(&thief).await;
}

#[rstest]
#[tokio::test]
async fn the_second_factor_is_asked_for_all_the_same(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    linked(&town, &provider, Role::Head, "berezina").await;
    let head = town.browser(Role::Head).await;
    let (_, codes) = super::second_factor::set_up(&town, &head).await;
    let browser = town.stranger();
    let back = way_in(&browser, &provider, "berezina").await;
    let waiting = browser.get(&back).await;
    assert_eq!(waiting.location.as_deref(), Some("/sign-in/code?next=%2Froadmap"));
    is_outside(&browser).await;
    browser.get("/sign-in/code").await.must_be(200).must_say("Остался один шаг");
    browser.post("/sign-in/code", &[("code", "0000-0000"), ("next", "/roadmap")]).await.must_be(422);
    let inside = browser.post("/sign-in/code", &[("code", &codes[0]), ("next", "/roadmap")]).await;
    assert_eq!(inside.location.as_deref(), Some("/roadmap"), "{}", inside.text());
    browser.get("/").await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn a_closed_account_stays_closed(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    linked(&town, &provider, Role::Inspector, "osinina").await;
    let mut tx = town.app.db.begin().await.unwrap();
    let close = "UPDATE users SET is_active = FALSE WHERE id = $1";
    tx.run(close, args![town.user(Role::Inspector)]).await.unwrap();
    tx.commit().await.unwrap();
    let browser = town.stranger();
    let back = way_in(&browser, &provider, "osinina").await;
    browser.get(&back).await.must_be(422).must_say("Учётная запись «Наставника» отключена");
    is_outside(&browser).await;
    let journal = town.browser(Role::Administrator).await.get("/journal?event=access.provider_refused").await;
    journal.must_say("Найдено: 1 запись").must_say(NAME);
}

#[rstest]
#[tokio::test]
async fn an_account_there_opens_one_account_here_and_the_other_way_round(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    linked(&town, &provider, Role::Head, "berezina").await;
    let coordinator = town.browser(Role::Coordinator).await;
    link(&coordinator, &provider, "berezina").await.must_say("уже привязана к другой").must_not_say("Отвязать");
    let head = town.browser(Role::Head).await;
    link(&head, &provider, "klenova").await.must_say("здесь уже привязана другая");
    // What one has begun to link, another cannot end: the computer may have changed hands.
    let back = provider.sign_in(&way_to_link(&coordinator).await, "klenova").await;
    coordinator.post("/sign-out", &[]).await.must_be(303);
    coordinator.sign_in(&login_of(Role::Administrator, ""), PASSWORD).await;
    coordinator.get(&back).await.must_be(410);
    coordinator.get(LINKS).await.must_not_say("Отвязать");
}

#[rstest]
#[tokio::test]
async fn a_new_password_from_the_administrator_unlinks(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    for (role, login) in [(Role::Head, "berezina"), (Role::Inspector, "osinina")] {
        linked(&town, &provider, role, login).await;
    }
    let administrator = town.browser(Role::Administrator).await;
    let of = |role, page| format!("/users/{}/{page}", town.user(role));
    administrator.post(&of(Role::Head, "password"), &[]).await.must_be(200);
    let shown = administrator.post(&of(Role::Inspector, "link"), &[]).await;
    let text = shown.must_be(201).text();
    let path = format!("/entry/{}", text.split("/entry/").nth(1).unwrap().split(' ').next().unwrap());
    let new = "пять жёлтых листьев";
    town.stranger().post(&path, &[("new", new), ("again", new)]).await.must_be(303);
    for login in ["berezina", "osinina"] {
        let browser = town.stranger();
        let back = way_in(&browser, &provider, login).await;
        browser.get(&back).await.must_be(422).must_say("не связан");
    }
    administrator.get("/journal?event=access.password_reset").await.must_say("Внешний вход: отвязан");
}

#[rstest]
#[tokio::test]
async fn who_turns_back_at_the_provider_is_told_so(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    let browser = town.stranger();
    let left = browser.get(LEAVE).await.location.unwrap();
    assert!(left.contains("prompt=login") && left.contains("code_challenge_method=S256"), "{left}");
    assert!(!left.contains("profile") && !left.contains("email"), "nothing about the person is asked for: {left}");
    let back = provider.turn_back(&left).await;
    browser.get(&back).await.must_be(422).must_say("Рябина ID не подтверждает вход");
    is_outside(&browser).await;
}

#[rstest]
#[tokio::test]
async fn a_provider_that_is_down_or_silent_keeps_nobody_from_the_password(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, mut provider) = school_with_provider(on).await;
    let browser = town.stranger();
    let back = way_in(&browser, &provider, "berezina").await;
    provider.stop();
    for path in [LEAVE, back.as_str()] {
        let page = browser.get(path).await;
        page.must_be(503).must_say("Рябина ID сейчас не отвечает").must_say("Войти по логину и паролю");
        assert!(page.headers.contains_key("retry-after"));
    }
    browser.sign_in(&login_of(Role::Head, ""), PASSWORD).await;
    browser.post(LINKS, &[("password", PASSWORD)]).await.must_be(503).must_say("сейчас не отвечает");

    // It takes connections and says nothing.
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", silent.local_addr().unwrap());
    let terms = Terms { issuer, patience: Duration::from_millis(100), ..provider.terms() };
    let provider = Some(Provider::on(terms).unwrap());
    let town = town.serving(|app| App { provider, ..app });
    town.stranger().get(LEAVE).await.must_be(503).must_say("сейчас не отвечает");
}

#[rstest]
#[tokio::test]
async fn a_wrong_secret_and_another_issuer_are_for_the_administrator(#[values(Sqlite, Postgres)] on: Dialect) {
    let provider = ProviderProcess::start();
    let town = school(on, Terms { secret: "another".into(), ..provider.terms() }).await;
    let browser = town.stranger();
    let back = way_in(&browser, &provider, "berezina").await;
    browser.get(&back).await.must_be(502).must_say("причина записана в журнале работы").must_not_say("localhost");
    let elsewhere = Terms { issuer: provider.issuer.replace("localhost", "127.0.0.1"), ..provider.terms() };
    let elsewhere = Some(Provider::on(elsewhere).unwrap());
    let town = town.serving(|app| App { provider: elsewhere, ..app });
    town.stranger().get(LEAVE).await.must_be(502).must_say("не прошёл проверку");
}

#[tokio::test]
async fn an_encrypted_provider_is_believed_by_its_certificate_only() {
    let dir = tempfile::tempdir().unwrap();
    let provider = ProviderProcess::encrypted(dir.path());
    let town = school(Sqlite, provider.terms()).await;
    linked(&town, &provider, Role::Head, "berezina").await;
    let browser = town.stranger();
    let back = way_in(&browser, &provider, "berezina").await;
    browser.get(&back).await.must_be(303);
    let unknown = Some(Provider::on(Terms { authority: None, ..provider.terms() }).unwrap());
    let town = town.serving(|app| App { provider: unknown, ..app });
    town.stranger().get(LEAVE).await.must_be(503).must_say("сейчас не отвечает");
}

#[rstest]
#[tokio::test]
async fn without_a_provider_nothing_leads_to_one(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    town.stranger().get("/sign-in").await.must_not_say("Войти через");
    for path in [LEAVE, "/sign-in/provider/return?code=1&state=2"] {
        town.stranger().get(path).await.must_be(404);
    }
    let head = town.browser(Role::Head).await;
    head.get("/account/sessions").await.must_not_say("Вход через");
    head.get(LINKS).await.must_be(200).must_say("Внешний вход на этом сервере не настроен");
    head.post(LINKS, &[("password", PASSWORD)]).await.must_be(404);
}

#[rstest]
#[tokio::test]
async fn the_link_is_in_the_record_about_its_owner_and_goes_with_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, provider) = school_with_provider(on).await;
    linked(&town, &provider, Role::Inspector, "osinina").await;
    linked(&town, &provider, Role::Head, "berezina").await;
    let cast = town.cast().await;
    let person = cast.person("Осинина Юлия Петровна", Kind::Teacher, "1980-01-01").await;
    let staff = Staff { user_id: Some(town.user(Role::Inspector)), ..Staff::default() };
    cast.act(async |tx, author, now| people::set_staff_in(tx, author, person, &staff, now).await).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let record = coordinator.get(&format!("/people/{person}/record.json")).await;
    let record: serde_json::Value = serde_json::from_slice(&record.must_be(200).bytes).unwrap();
    let held = &record["held"]["provider_links"];
    assert_eq!((held[0]["subject"].as_str(), held[0]["issuer"].as_str()), (Some("osinina"), Some(&*provider.issuer)));
    assert_eq!(held.as_array().map(Vec::len), Some(1));

    let mut tx = town.app.db.begin().await.unwrap();
    let close = "UPDATE users SET is_active = FALSE WHERE id = $1";
    tx.run(close, args![town.user(Role::Inspector)]).await.unwrap();
    tx.commit().await.unwrap();
    super::erasure::erased(&coordinator, person.uuid()).await;
    let left: Vec<(String,)> = town.look().await.all("SELECT subject FROM provider_links", vec![]).await.unwrap();
    assert_eq!(left, [("berezina".to_owned(),)]);
}

//! Stories of what stands around every page: menu, theme, search, notices, errors, headers.

use super::roadmap::start_year;
use crate::support::{Browser, Seen, Town};
use axum::http::{Method, header};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{access::Role, web::ui::sample};
use rstest::rstest;
use std::collections::{BTreeMap, BTreeSet, VecDeque, btree_map::Entry};

/// Opens a running year.
async fn year_of(town: &Town) {
    start_year(&town.browser(Role::Coordinator).await).await.must_be(200);
}

/// Returns the addresses a person may click on: no files, no anchors.
fn addresses(seen: &Seen) -> BTreeSet<String> {
    let html = seen.html();
    let tags = html.split("<a ").skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter(|tag| !tag.contains(" download"))
        .filter_map(|tag| tag.split("href=\"").nth(1)?.split('"').next())
        .filter(|href| href.starts_with('/') && !href.starts_with("/assets/"))
        .map(|href| href.split('#').next().unwrap().replace("&amp;", "&"))
        .collect()
}

/// Tells pages apart by path and by what is asked, not by the answers chosen: 31 rows filtered in 50 ways are a few.
fn kind_of(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let asked: BTreeSet<&str> = query.split('&').filter_map(|part| part.split('=').next()).collect();
    format!("{path}?{asked:?}")
}

#[rstest]
#[tokio::test]
async fn no_link_of_any_page_leads_astray(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    year_of(&town).await;
    for role in Role::ALL {
        let browser = town.browser(*role).await;
        let (mut known, mut open) =
            (BTreeMap::from([(kind_of("/"), "/".to_owned())]), VecDeque::from(["/".to_owned()]));
        let mut visited = 0;
        while let Some(address) = open.pop_front() {
            let seen = browser.get(&address).await;
            let seen = browser.follow(seen).await;
            let from = &known[&kind_of(&address)];
            assert_eq!(seen.status, 200, "{role:?} follows {address} found on {from}: {}", seen.text());
            visited += 1;
            for next in addresses(&seen) {
                if let Entry::Vacant(place) = known.entry(kind_of(&next)) {
                    place.insert(address.clone());
                    open.push_back(next);
                }
            }
        }
        assert!(visited > 40, "{role:?} saw {visited} pages only: {known:?}");
    }
}

#[rstest]
#[tokio::test]
async fn a_page_has_one_current_place_in_the_menu(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    for path in ["/", "/roadmap", "/users", "/users/new", "/school", "/journal"] {
        let html = administrator.get(path).await.must_be(200).html();
        let menu = html.split("aria-label=\"Главное меню\"").nth(1).unwrap().split("</nav>").next().unwrap();
        assert_eq!(menu.matches("aria-current=\"page\"").count(), 1, "{path}");
    }
}

#[rstest]
#[tokio::test]
async fn the_theme_is_kept_and_the_page_comes_back(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.browser(Role::Head).await;
    let theme =
        |seen: &Seen| seen.html().split("data-bs-theme=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(theme(&browser.get("/").await), "auto");
    let changed = browser.post("/theme", &[("theme", "dark"), ("back", "/roadmap?state=overdue")]).await;
    assert_eq!(changed.location.as_deref(), Some("/roadmap?state=overdue"));
    assert_eq!(theme(&browser.get("/about").await), "dark");
    assert_eq!(theme(&town.browser(Role::Head).await.get("/").await), "auto", "the choice belongs to the browser");
    browser.set_cookie("theme", "<script>");
    assert_eq!(theme(&browser.get("/about").await), "auto");
    let away = browser.post("/theme", &[("theme", "light"), ("back", "https://example.org")]).await;
    assert_eq!(away.location.as_deref(), Some("/"));
    assert_eq!(theme(&town.stranger().get("/sign-in").await), "auto");
}

#[rstest]
#[tokio::test]
async fn a_notice_is_shown_once(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let form = administrator.get("/school").await.form("/school");
    let saved = form.send(&administrator).await;
    administrator.follow(saved).await.must_say("Сведения о школе сохранены.");
    administrator.get("/school").await.must_not_say("Сведения о школе сохранены.");
}

#[rstest]
#[tokio::test]
async fn errors_are_russian_pages_with_a_way_on(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (administrator, inspector) = (town.browser(Role::Administrator).await, town.browser(Role::Inspector).await);
    let unknown = format!("/users/{}", uuid::Uuid::now_v7());
    let cases = [
        (inspector.get("/users").await, 403, "Недостаточно прав"),
        (administrator.get("/nowhere").await, 404, "Страница не найдена"),
        (administrator.get("/users/42").await, 404, "Страница не найдена"),
        (administrator.get(&unknown).await, 404, "Страница не найдена"),
        (administrator.ask(Method::DELETE, "/users").await, 400, "Запрос не понят"),
        (administrator.post("/school", &[("owner", "я")]).await, 400, "Форма не подошла"),
        (administrator.ask(Method::POST, "/school").await, 400, "Форма не подошла"),
    ];
    for (seen, status, words) in cases {
        seen.must_be(status).must_say(words).must_say("Школа № 7").must_say("На главную");
        assert!(seen.html().contains("<html lang=\"ru\""));
    }
    let lost = town.stranger().get("/nowhere").await;
    lost.must_be(404).must_say("Страница не найдена").must_not_say("Школа № 7");
}

#[rstest]
#[tokio::test]
async fn a_page_that_breaks_shows_a_number_and_nothing_of_the_machine(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let mut tx = town.app.db.begin().await.unwrap();
    tx.run("ALTER TABLE audit_log RENAME TO lost_log", vec![]).await.unwrap();
    tx.commit().await.unwrap();
    let broken = administrator.get("/journal").await;
    broken.must_be(500).must_say("Что-то пошло не так").must_say("Внутренняя ошибка №").must_say("Школа № 7");
    for inside in ["audit_log", "SELECT", "sqlx", "panicked", "src/"] {
        assert!(!broken.html().contains(inside), "{inside}");
    }
    administrator.get("/users").await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn a_form_that_is_too_large_is_refused_with_a_sentence(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let administrator = town.browser(Role::Administrator).await;
    let long = "я".repeat(3 * 1024 * 1024);
    let refused = administrator.post("/school", &[("name", &long)]).await;
    assert!([400, 413].contains(&refused.status), "{}", refused.status);
    refused.must_say("Школа № 7");
    administrator.get("/").await.must_be(200);
}

#[rstest]
#[tokio::test]
async fn every_answer_carries_the_headers_of_safety(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser = town.browser(Role::Administrator).await;
    let pages = ["/", "/users", "/users.csv", "/nowhere", "/about/components", "/account/password", "/health/live"];
    for path in pages {
        safe(path, &browser.get(path).await);
    }
    safe("/sign-in", &town.stranger().get("/sign-in").await);
    safe("/", &town.stranger().get("/").await);
    safe("/theme", &browser.post("/theme", &[]).await);
}

fn safe(path: &str, seen: &Seen) {
    let header =
        |name: &str| seen.headers.get(name).unwrap_or_else(|| panic!("{path} has no {name}")).to_str().unwrap();
    let policy = header("content-security-policy");
    for rule in
        ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"]
    {
        assert!(policy.contains(rule), "{path}: {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains("http"), "{path}: {policy}");
    assert_eq!(header("x-content-type-options"), "nosniff", "{path}");
    assert_eq!(header("x-frame-options"), "DENY", "{path}");
    assert_eq!(header("referrer-policy"), "same-origin", "{path}");
    assert_eq!(header("cache-control"), "no-store", "{path}");
}

#[rstest]
#[tokio::test]
async fn the_keeper_learns_whether_the_program_lives_and_is_ready(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let keeper = town.stranger();
    let live = keeper.get("/health/live").await;
    assert_eq!((live.status, live.html().as_str()), (200, "ok"));
    assert!(live.headers.get(header::SET_COOKIE).is_none());
    assert_eq!(keeper.get("/health/ready").await.status, 200);
    town.app.db.close().await;
    assert_eq!(keeper.get("/health/ready").await.status, 503);
    assert_eq!(keeper.get("/health/live").await.status, 200);
}

#[rstest]
#[tokio::test]
async fn the_search_finds_rows_for_everybody_and_accounts_for_the_administrator(
    #[values(Sqlite, Postgres)] on: Dialect,
) {
    let town = Town::on(on).await;
    year_of(&town).await;
    let (administrator, inspector) = (town.browser(Role::Administrator).await, town.browser(Role::Inspector).await);
    let found = inspector.get("/search?q=СоГлАш").await;
    found
        .must_be(200)
        .must_say("По запросу «СоГлАш» найдено")
        .must_say("Дорожная карта")
        .must_say("2026/27 учебный год");
    let row = found.links("/roadmap/rows/").into_iter().next().expect("a link to the row");
    inspector.get(&row).await.must_be(200);

    administrator.get("/search?q=head").await.must_say("Учётные записи").must_say("Иванова head Петровна");
    inspector.get("/search?q=head").await.must_say("ничего не найдено").must_not_say("Иванова head Петровна");
    let (_, neighbour) = town.neighbour().await;
    neighbour.get("/search?q=СоГлАш").await.must_say("ничего не найдено");
    neighbour.get("/search?q=Иванова").await.must_say("найдено: 8 записей");
}

#[rstest]
#[case("", "Введите слово")]
#[case("%20%20", "Введите слово")]
#[case("%25%25", "ничего не найдено")]
#[case("__", "ничего не найдено")]
#[case("%5C%5C", "ничего не найдено")]
#[case("'%20OR%201=1%20--", "ничего не найдено")]
#[case("%3Cscript%3Ealert(1)%3C/script%3E", "ничего не найдено")]
#[case("%FF%FE", "ничего не найдено")]
#[tokio::test]
async fn any_question_gets_a_sensible_answer(#[case] question: &str, #[case] expected: &str) {
    let town = Town::on(Sqlite).await;
    year_of(&town).await;
    let browser = town.browser(Role::Administrator).await;
    let seen = browser.get(&format!("/search?q={question}")).await;
    seen.must_be(200).must_say(expected);
    assert!(!seen.html().contains("<script>alert"), "what was asked is text");
    browser.get(&format!("/search?q={}", "%D1%8F".repeat(2000))).await.must_be(200).must_say("ничего не найдено");
    browser.get("/search").await.must_be(200).must_say("Введите слово");
}

#[rstest]
#[tokio::test]
async fn what_was_asked_stands_in_the_field_of_the_search(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let browser: Browser = town.browser(Role::Head).await;
    assert_eq!(browser.get("/search?q=план+%22А%22").await.value_of("q"), "план &quot;А&quot;");
}

#[rstest]
#[tokio::test]
async fn the_program_says_what_it_is_to_everybody(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    for browser in [town.stranger(), town.browser(Role::Inspector).await] {
        let about = browser.get("/about").await;
        about.must_be(200).must_say("О программе").must_say(env!("CARGO_PKG_VERSION")).must_say("MIT");
    }
    town.stranger().get("/about/components").await.must_be(303);
    let components = town.browser(Role::Inspector).await.get("/about/components").await;
    components.must_be(200).must_say("Поля и формы").must_say("Графики");
    let samples: usize = sample::everything().iter().map(|(_, samples)| samples.len()).sum();
    assert_eq!(components.html().matches("class=\"sample\"").count(), samples);
    assert!(samples > 25, "{samples}");
}

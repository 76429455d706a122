//! The story of the first day: one school, one administrator, exactly once.

use crate::support::{PASSWORD, Seen, Town};
use database::Dialect::{self, Postgres, Sqlite};
use rstest::rstest;

const FIRST_RUN: &str = "/first-run";

fn form(login: &str) -> Vec<(&str, &str)> {
    vec![
        ("name", "Муниципальное общеобразовательное учреждение «Школа № 7»"),
        ("short_name", "Школа № 7"),
        ("kind", "school"),
        ("is_small", "on"),
        ("address", "г. Образцов, ул. Школьная, д. 1"),
        ("municipality", "Образцовский район"),
        ("head_name", "Директорова Вера Павловна"),
        ("head_post", "директор"),
        ("time_zone", "Asia/Omsk"),
        ("full_name", "Петрова Анна Сергеевна"),
        ("post", "заместитель директора"),
        ("login", login),
        ("password", PASSWORD),
        ("again", PASSWORD),
    ]
}

async fn schools(town: &Town) -> i64 {
    town.look().await.one::<(i64,)>("SELECT COUNT(*) FROM schools", vec![]).await.unwrap().0
}

#[rstest]
#[tokio::test]
async fn the_first_visitor_founds_the_school_and_stands_in_it(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::empty(on).await;
    let browser = town.stranger();
    let away = browser.get("/roadmap").await;
    let away = browser.follow(away).await;
    assert_eq!(away.location.as_deref(), Some(FIRST_RUN), "nobody exists, so nobody is asked to sign in");
    browser.get(FIRST_RUN).await.must_be(200).must_say("Программа запущена впервые");

    let overview = browser.submit(FIRST_RUN, &form("petrova")).await;
    overview.must_be(200).must_say("Школа создана.").must_say("Школа № 7").must_say("Петрова Анна Сергеевна");
    overview.must_say("куратор программы, администратор");
    browser.get("/school").await.must_be(200);
    browser.get("/years/new").await.must_be(200);

    town.stranger().get(FIRST_RUN).await.must_be(404);
    town.stranger().post(FIRST_RUN, &form("sidorova")).await.must_be(404);
    assert_eq!(schools(&town).await, 1);
}

#[rstest]
#[tokio::test]
async fn of_two_first_visitors_at_the_same_moment_one_founds_the_school(#[values(Sqlite, Postgres)] on: Dialect) {
    for _ in 0..5 {
        let town = Town::empty(on).await;
        let (one, other) = (town.stranger(), town.stranger());
        let (first, second) = (form("petrova"), form("sidorova"));
        let (one, other) = tokio::join!(one.post(FIRST_RUN, &first), other.post(FIRST_RUN, &second));
        let mut statuses = [one.status, other.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404]);
        assert_eq!(schools(&town).await, 1);
        assert_eq!(users(&town).await, 1);
    }
}

async fn users(town: &Town) -> i64 {
    town.look().await.one::<(i64,)>("SELECT COUNT(*) FROM users", vec![]).await.unwrap().0
}

fn with<'a>(mut fields: Vec<(&'a str, &'a str)>, name: &str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    for field in &mut fields {
        if field.0 == name {
            field.1 = value;
        }
    }
    fields
}

#[rstest]
#[case("name", "", "Заполните это поле.")]
#[case("kind", "kindergarten", "Выберите тип организации из списка.")]
#[case("time_zone", "Mars/Olympus", "Выберите часовой пояс из списка.")]
#[case("login", "а б", "без пробелов")]
#[case("password", "коротко", "не короче 10 знаков")]
#[case("again", "другой пароль совсем", "Пароли не совпадают.")]
#[case("full_name", "  ", "Заполните это поле.")]
#[tokio::test]
async fn a_mistake_keeps_what_was_typed_and_founds_nothing(
    #[case] field: &str,
    #[case] value: &str,
    #[case] expected: &str,
) {
    let town = Town::empty(Sqlite).await;
    let seen: Seen = town.stranger().post(FIRST_RUN, &with(form("petrova"), field, value)).await;
    seen.must_be(422).must_say(expected).must_say("Форма не сохранена. Исправьте:");
    assert!(seen.html().contains(&format!("href=\"#field-{field}\"")), "the list of errors leads to the field");
    assert!(field == "short_name" || seen.value_of("short_name") == "Школа № 7");
    assert!(!seen.html().contains(PASSWORD), "a password is never written back");
    assert_eq!(schools(&town).await, 0);
}

#[rstest]
#[tokio::test]
async fn a_field_nobody_asked_for_is_refused(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::empty(on).await;
    let mut fields = form("petrova");
    fields.push(("roles", "administrator"));
    town.stranger().post(FIRST_RUN, &fields).await.must_be(400).must_say("Форма не подошла");
    assert_eq!(schools(&town).await, 0);
}

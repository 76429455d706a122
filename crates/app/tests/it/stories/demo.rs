//! Stories of the invented school.

use crate::support::{Browser, Seen, Snapshot, Town};
use chrono::{Datelike as _, NaiveDate, TimeDelta};
use database::Dialect::{self, Postgres, Sqlite};
use nastavnik::{
    demo::{
        self, Account, Demo, PASSWORD,
        large::{self, Size},
    },
    roadmap::paths::row_path,
    state::App,
};
use rstest::rstest;
use std::{collections::BTreeSet, future::poll_fn, pin::pin, task::Poll};
use tokio::sync::OnceCell;

/// Makes the invented school and returns its accounts.
async fn made(app: &App) -> Vec<Account> {
    match demo::create(app).await.unwrap() {
        Demo::Ready(accounts) => accounts,
        Demo::Occupied(name) => panic!("the empty database holds {name}"),
    }
}

/// Returns a copy of the school of 22 November 2026, which is made once for each database.
pub async fn school(dialect: Dialect) -> (Town, Vec<Account>) {
    static SCHOOLS: [OnceCell<(Snapshot, Vec<Account>)>; 2] = [const { OnceCell::const_new() }; 2];
    let make = || async {
        let (town, accounts) = school_on(dialect, day(2026, 11, 22)).await;
        (Snapshot::of(town).await, accounts)
    };
    let (school, accounts) = SCHOOLS[usize::from(dialect == Postgres)].get_or_init(make).await;
    (school.town().await, accounts.clone())
}

/// Starts the program on a day at nine in the morning, Moscow time, and makes the school.
async fn school_on(dialect: Dialect, day: NaiveDate) -> (Town, Vec<Account>) {
    let town = Town::empty(dialect).await;
    town.app.clock.pass(day.and_hms_opt(6, 0, 0).unwrap().and_utc() - town.app.clock.now());
    let accounts = made(&town.app).await;
    (town, accounts)
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// Returns the rows a page links to, each once.
fn rows_on(page: &Seen) -> BTreeSet<String> {
    page.links("/roadmap/rows/").into_iter().filter(|link| link.matches('/').count() == 3).collect()
}

async fn signed_in(town: &Town, login: &str) -> Browser {
    let browser = town.stranger();
    browser.sign_in(login, PASSWORD).await;
    browser
}

/// Everything of the school that leaves the program as a file or a list.
async fn exports(town: &Town) -> Vec<(String, Vec<u8>)> {
    let (coordinator, administrator) = (signed_in(town, "kurator").await, signed_in(town, "administrator").await);
    let mut exports = vec![];
    for path in [
        "/roadmap/export/docx",
        "/roadmap/export/xlsx",
        "/roadmap/export/xlsx?year=2025",
        "/control/statement.xlsx",
        "/control/deadlines.xlsx",
    ] {
        exports.push((path.to_owned(), coordinator.get(path).await.must_be(200).bytes.clone()));
    }
    let until = town.app.clock.now().date_naive() - TimeDelta::days(1);
    let journal = format!("/journal.csv?until={until}");
    exports.push((journal.clone(), administrator.get(&journal).await.must_be(200).bytes.clone()));
    exports
}

/// The accounts of a school and its exports by address.
type School = (Vec<Account>, Vec<(String, Vec<u8>)>);

/// What the whole school of 22 November 2026 gives away, made once for all stories that compare with it. It is not the
/// school of [`school`], so that two that were made apart are compared.
async fn whole() -> &'static School {
    static WHOLE: OnceCell<School> = OnceCell::const_new();
    let make = || async {
        let (town, accounts) = school_on(Sqlite, day(2026, 11, 22)).await;
        (accounts, exports(&town).await)
    };
    WHOLE.get_or_init(make).await
}

#[track_caller]
fn assert_same(left: &[(String, Vec<u8>)], right: &[(String, Vec<u8>)]) {
    for ((path, left), (_, right)) in left.iter().zip(right) {
        assert!(left == right, "{path} differs");
    }
}

#[rstest]
#[tokio::test]
async fn the_same_day_gives_the_same_school_on_either_database(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, accounts) = school(on).await;
    assert_eq!(accounts, whole().await.0);
    assert_same(&exports(&town).await, &whole().await.1);
}

#[rstest]
#[tokio::test]
async fn everybody_opens_every_page_of_the_own_menu(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, accounts) = school(on).await;
    let mut opened = BTreeSet::new();
    for account in &accounts {
        let browser = signed_in(&town, account.login).await;
        let home = browser.get("/").await;
        home.must_be(200).must_say(&account.name);
        let html = home.html();
        let menu = html.split("<nav").find(|part| part.contains("/roadmap\"")).unwrap().split("</nav>").next().unwrap();
        let pages: Vec<&str> = menu.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert!(pages.len() >= 5, "{}: {pages:?}", account.login);
        for page in pages {
            browser.get(page).await.must_be(200);
            opened.insert(page.to_owned());
        }
    }
    assert!(opened.contains("/roadmap") && opened.contains("/journal"), "{opened:?}");
}

#[rstest]
#[tokio::test]
async fn in_the_middle_of_the_year_rows_stand_in_every_state(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, _) = school(on).await;
    let inspector = signed_in(&town, "nablyudatel").await;
    for state in ["not_started", "in_work", "done", "done_late", "overdue", "cancelled"] {
        let rows = inspector.get(&format!("/roadmap?state={state}")).await.links("/roadmap/rows/");
        assert!(!rows.is_empty(), "no row is {state}");
    }
    assert!(!inspector.get("/roadmap?due=week").await.links("/roadmap/rows/").is_empty());
    let home = inspector.get("/").await;
    home.must_say("не хватает").must_say("Участники со всеми действующими согласиями");
    inspector.get("/roadmap?year=2025").await.must_say("2025/26");
    inspector.get("/years").await.must_say("завершён").must_say("идёт");
}

#[rstest]
#[tokio::test]
async fn people_partners_and_papers_are_records(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, _) = school(on).await;
    let mut tx = town.look().await;
    let mut counts = vec![];
    for sql in [
        "SELECT COUNT(*) FROM person_kinds k JOIN persons p ON p.id = k.person_id WHERE k.kind = 'pupil' AND p.left_on IS NULL",
        "SELECT COUNT(*) FROM staff",
        "SELECT COUNT(DISTINCT minor_id) FROM guardianships",
        "SELECT COUNT(DISTINCT source) FROM participations",
        "SELECT COUNT(DISTINCT side) FROM participations WHERE entered_on IS NOT NULL",
        "SELECT COUNT(*) FROM persons WHERE hidden_on IS NOT NULL",
    ] {
        counts.push(tx.one::<(i64,)>(sql, vec![]).await.unwrap().0);
    }
    assert_eq!(counts, [620, 48, 620, 6, 2, 2]);
    let hidden: Vec<(String, String)> =
        tx.all("SELECT surname, given_name FROM persons WHERE hidden_on IS NOT NULL", vec![]).await.unwrap();
    drop(tx);
    let head = signed_in(&town, "direktor").await;
    let register = head.get("/partners/agreements").await;
    for state in ["готовится", "действует", "истекает", "истекло", "расторгнуто"]
    {
        register.must_say(state);
    }
    head.get("/partners").await.must_say("2 партнёра из 143 организаций").must_say("3 партнёра из 4 партнёров");
    for (path, bytes) in exports(&town).await {
        let text = String::from_utf8_lossy(&bytes);
        for (surname, given) in &hidden {
            assert!(!text.contains(&format!("{surname} {given}")), "{path} names somebody who withdrew");
        }
    }
}

#[rstest]
#[tokio::test]
async fn numbers_that_records_count_are_not_entered_by_hand(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, _) = school(on).await;
    let coordinator = signed_in(&town, "kurator").await;
    for (number, value) in [("1.3", "2 из 143"), ("1.4", "3 из 4")] {
        let row = super::roadmap::row(&coordinator, number).await;
        coordinator.get(&row).await.must_say(value).must_say("Кто за этим числом").must_not_say("Внести число");
    }
    for number in ["1.1", "1.8", "3.4"] {
        let row = super::roadmap::row(&coordinator, number).await;
        coordinator.get(&row).await.must_say("Кто за этим числом").must_not_say("Внести число");
    }
    // Last year was counted by hand, and stays so.
    let past = coordinator.get("/roadmap?year=2025&q=согласий").await.links("/roadmap/rows/").remove(0);
    coordinator.get(&past).await.must_say("Внесено:");
}

#[rstest]
#[case::the_first_day(Sqlite, day(2026, 9, 1))]
#[case::the_first_day_on_a_sunday(Postgres, day(2024, 9, 1))]
#[case::the_middle_of_winter(Sqlite, day(2027, 1, 13))]
#[case::a_leap_day(Sqlite, day(2028, 2, 29))]
#[case::the_end_of_spring(Postgres, day(2027, 5, 29))]
#[case::the_last_day(Sqlite, day(2027, 8, 31))]
#[tokio::test]
async fn whatever_the_day_the_school_makes_sense(#[case] on: Dialect, #[case] today: NaiveDate) {
    let (town, _) = school_on(on, today).await;
    let coordinator = signed_in(&town, "kurator").await;
    let year = if today.month() >= 9 { today.year() } else { today.year() - 1 };
    let map = coordinator.get("/roadmap").await;
    map.must_be(200).must_say(&format!("{year}/{:02} учебный год", (year + 1) % 100));
    assert_eq!(rows_on(&map).len(), 31);
    assert!(!coordinator.get("/roadmap?due=week").await.links("/roadmap/rows/").is_empty(), "nothing is due this week");
    coordinator.get("/").await.must_be(200).must_say(&format!("Сентябрь {}", year + 1));
}

#[rstest]
#[tokio::test]
async fn a_second_run_keeps_what_people_did(#[values(Sqlite, Postgres)] on: Dialect) {
    let (town, _) = school(on).await;
    let coordinator = signed_in(&town, "kurator").await;
    let row = coordinator.get("/roadmap?q=согласий").await.links("/roadmap/rows/").remove(0);
    coordinator.post(&format!("{row}/notes"), &[("text", "записано человеком")]).await.must_be(303);
    let before = exports(&town).await;
    town.days_pass(3);
    made(&town.app).await;
    signed_in(&town, "kurator").await.get(&row).await.must_say("записано человеком");
    town.app.clock.pass(TimeDelta::days(-3));
    let after = exports(&town).await;
    assert!(before[..2] == after[..2], "the second run changed the road map");
}

#[rstest]
#[tokio::test]
async fn a_school_that_was_cut_off_is_finished_by_the_next_run(
    #[values(Sqlite, Postgres)] on: Dialect,
    #[values(4000, 60_000)] polls: u32,
) {
    let town = Town::empty(on).await;
    town.app.clock.pass(TimeDelta::hours(-3));
    Box::pin(cut_off_after(polls, demo::create(&town.app))).await;
    made(&town.app).await;
    assert_same(&exports(&town).await, &whole().await.1);
}

/// Polls some work a number of times and drops it, as a killed program would.
async fn cut_off_after<T>(polls: u32, work: impl Future<Output = T>) {
    let (mut work, mut left) = (pin!(work), polls);
    poll_fn(|context| {
        left -= 1;
        if left == 0 { Poll::Ready(()) } else { work.as_mut().poll(context).map(drop) }
    })
    .await;
}

#[rstest]
#[tokio::test]
async fn a_school_made_to_be_measured_has_the_size_asked_for(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::empty(on).await;
    let row = large::create(&town.app, Size { rows: 40, years: 2 }).await.unwrap();
    let coordinator = signed_in(&town, "kurator").await;
    coordinator.get(&row_path(row)).await.must_be(200).must_say("Приказ об утверждении");
    for year in ["2026", "2025"] {
        let map = coordinator.get(&format!("/roadmap?year={year}")).await;
        assert_eq!(rows_on(&map).len(), 40, "{year}");
    }
    coordinator.get("/years").await.must_say("завершён").must_say("идёт");
}

#[rstest]
#[tokio::test]
async fn a_database_of_another_school_is_left_alone(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    assert_eq!(demo::create(&town.app).await.unwrap(), Demo::Occupied("Школа № 7".into()));
    let mut tx = town.look().await;
    assert_eq!(tx.one::<(i64,)>("SELECT COUNT(*) FROM schools", vec![]).await.unwrap(), (1,));
    assert_eq!(tx.one::<(i64,)>("SELECT COUNT(*) FROM installations", vec![]).await.unwrap(), (0,));
}

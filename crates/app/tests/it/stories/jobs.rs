//! The stories of work that is done beside the pages.

use crate::{
    stories,
    support::{Browser, Seen, Town},
};
use database::{Dialect, args};
use nastavnik::{
    access::{Right, Role},
    error::Failure,
    jobs::{self, Done, Jobs, Kind, NewJob, Pulse, Runner, Unfinished, Work},
    router,
    state::App,
};
use rstest::rstest;
use serde_json::json;
use std::{
    collections::HashMap,
    io::Write as _,
    sync::{LazyLock, Mutex},
};
use tokio::sync::watch;

/// Who may have a kind of work done in these stories.
const RIGHT: Right = Right::KeepConsents;

/// The kinds of work of these stories.
const KINDS: &[Kind] = &[
    Kind {
        word: "count",
        label: "Счёт",
        right: RIGHT,
        run: |work| Box::pin(async move { count(&work) }),
        forget: None,
    },
    Kind {
        word: "slow", label: "Долгая работа", right: RIGHT, run: |work| Box::pin(slow(work)), forget: None
    },
    Kind { word: "refuse", label: "Отказ", right: RIGHT, run: |_| Box::pin(async { refuse() }), forget: None },
    Kind { word: "busy", label: "Занято", right: RIGHT, run: |_| Box::pin(async { busy() }), forget: None },
    Kind { word: "panic", label: "Сбой", right: RIGHT, run: |_| Box::pin(async { broken() }), forget: None },
    Kind {
        word: "page",
        label: "Страница",
        right: RIGHT,
        run: |_| Box::pin(async { Ok(Done::page("Прочитано 12 листов.", "/about")) }),
        forget: None,
    },
];

/// How often each job of this process was begun.
static BEGUN: LazyLock<Mutex<HashMap<String, usize>>> = LazyLock::new(Mutex::default);

fn begun(work: &Work) -> usize {
    let mut begun = BEGUN.lock().unwrap();
    let times = begun.entry(work.job.to_string()).or_default();
    *times += 1;
    *times
}

fn count(work: &Work) -> Result<Done, Unfinished> {
    begun(work);
    let number: u32 = work.order::<serde_json::Value>()?["number"].as_u64().unwrap().try_into().unwrap();
    let mut draft = work.app.files.draft()?;
    write!(draft, "счёт {number}")?;
    let file = draft.seal("Счёт.txt", work.app.clock.now())?;
    Ok(Done::file(format!("Сосчитано до {number}."), file))
}

/// Goes on for ever in its first attempt and says so.
async fn slow(work: Work) -> Result<Done, Unfinished> {
    if begun(&work) == 1 {
        go_on(&work.pulse).await?;
    }
    count(&work)
}

async fn go_on(pulse: &Pulse) -> Result<(), Unfinished> {
    loop {
        pulse.say((1, 3), "Сделано: 1 из 3")?;
        tokio::task::yield_now().await;
    }
}

fn refuse() -> Result<Done, Unfinished> {
    Err(Failure::Refused("В классе никого нет: добавьте людей и повторите.".into()).into())
}

fn busy() -> Result<Done, Unfinished> {
    Err(database::Error::Busy.into())
}

fn broken() -> Result<Done, Unfinished> {
    panic!("a mistake of the program")
}

/// A school whose program knows the kinds of work of these stories.
async fn town(dialect: Dialect) -> Town {
    let town = Town::on(dialect).await;
    town.serving(|app| App { jobs: Jobs::of(KINDS), ..app })
}

async fn asked(town: &Town, role: Role, kind: &'static str, number: u32) -> String {
    let visitor = town.cast().await.visitor(role);
    let new = NewJob { kind, title: format!("Счёт до {number}"), payload: json!({ "number": number }) };
    jobs::ask(&town.app, &visitor, &new).await.unwrap().show_path()
}

/// Waits until a page says something; a page that never does hangs the test and is seen.
async fn until(browser: &Browser, path: &str, words: &str) -> Seen {
    loop {
        let seen = browser.get(path).await;
        if seen.says(words) {
            return seen;
        }
        tokio::task::yield_now().await;
    }
}

#[rstest]
#[tokio::test]
async fn work_is_asked_for_left_and_its_result_found_by_the_bell(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = town(dialect).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let job = asked(&town, Role::Coordinator, "count", 12).await;
    let waiting = coordinator.get(&job).await;
    waiting.must_say("В очереди").must_say("Страницу можно закрыть");
    assert!(waiting.html().contains("http-equiv=\"refresh\"") && waiting.html().contains("hx-trigger=\"every 2s\""));
    coordinator.get("/").await.must_not_say("Мои задания 1");

    town.work().await;
    coordinator.get("/").await.must_say("Мои задания 1");
    coordinator.get("/jobs").await.must_say("Счёт до 12").must_say("Сосчитано до 12. Хранится до 29 ноября.");
    let done = coordinator.get(&job).await;
    done.must_say("Сосчитано до 12.").must_say("Скачать (11 байт)");
    assert!(!done.html().contains("http-equiv=\"refresh\"") && !done.html().contains("hx-trigger"));
    let file = coordinator.get(&format!("{job}/result")).await;
    assert_eq!((file.status, file.text().as_str()), (200, "счёт 12"));
    assert!(file.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    coordinator.get("/").await.must_not_say("Мои задания 1");
    let journal = town.browser(Role::Administrator).await.get("/journal").await;
    journal.must_say("Запрошено фоновое задание").must_say("Результат фонового задания получен");
}

#[rstest]
#[tokio::test]
async fn to_everybody_else_a_job_does_not_exist(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = town(dialect).await;
    let job = asked(&town, Role::Coordinator, "count", 1).await;
    town.work().await;
    for role in [Role::ClassTeacher, Role::Head, Role::Administrator] {
        let other = town.browser(role).await;
        other.get(&job).await.must_be(404);
        other.get(&format!("{job}/result")).await.must_be(404);
        for act in ["cancellation", "repetition", "dismissal"] {
            other.post(&format!("{job}/{act}"), &[]).await.must_be(404);
        }
        other.get("/jobs").await.must_not_say("Счёт");
    }
    let (_, neighbour) = town.neighbour().await;
    neighbour.get(&job).await.must_be(404);
}

#[rstest]
#[tokio::test]
async fn a_killed_servers_job_is_done_by_the_next_one_and_its_progress_was_seen(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = town(dialect).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let job = asked(&town, Role::Coordinator, "slow", 3).await;
    let (_stop, mut stopped) = watch::channel(false);
    let mut other = stopped.clone();
    tokio::select! {
        _ = jobs::run_next(&town.app, &mut stopped) => panic!("the work goes on for ever"),
        seen = until(&coordinator, &job, "Сделано: 1 из 3") => { seen.must_say("33,3 %"); }
    }
    assert!(!jobs::run_next(&town.app, &mut other).await.unwrap(), "the lease of the killed server still holds");
    coordinator.get(&job).await.must_say("выполняется");
    town.app.clock.pass(chrono::TimeDelta::seconds(61));
    town.work().await;
    coordinator.get(&job).await.must_say("Сосчитано до 3.");
    assert_eq!(BEGUN.lock().unwrap()[job.rsplit('/').next().unwrap()], 3, "slow, slow again, count");
    assert_eq!(town.bytes_kept(), 1);
}

#[rstest]
#[tokio::test]
async fn a_job_that_kills_every_server_ends(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = town(dialect).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let job = asked(&town, Role::Coordinator, "count", 3).await;
    let sql = "UPDATE jobs SET state = 'running', attempts = 3, leased_until = asked_at";
    let mut tx = town.app.db.begin().await.unwrap();
    assert_eq!(tx.run(sql, vec![]).await.unwrap(), 1);
    tx.commit().await.unwrap();
    town.app.clock.pass(chrono::TimeDelta::seconds(1));
    town.work().await;
    coordinator.get(&job).await.must_say("не выполнено").must_say("сервер останавливался посреди работы");
    coordinator.submit(&format!("{job}/repetition"), &[]).await.must_say("снова в очереди");
    town.work().await;
    coordinator.get(&job).await.must_say("Сосчитано до 3.");
}

#[rstest]
#[tokio::test]
async fn a_server_that_stops_gives_its_jobs_back(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = town(dialect).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let job = asked(&town, Role::Coordinator, "slow", 5).await;
    let runner = Runner::start(&town.app);
    until(&coordinator, &job, "Сделано: 1 из 3").await;
    runner.stop().await;
    coordinator.get(&job).await.must_say("в очереди");
    // No lease to wait for: the next server takes it at once.
    town.work().await;
    coordinator.get(&job).await.must_say("Сосчитано до 5.");
}

#[rstest]
#[tokio::test]
async fn two_servers_never_do_one_job_twice(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = town(dialect).await;
    let second = town.another_server().await;
    let mut paths = vec![];
    for number in 1..=24 {
        paths.push(asked(&town, Role::Coordinator, "count", number).await);
    }
    let runners = [Runner::start(&town.app), Runner::start(&second), Runner::start(&town.app)];
    let coordinator = town.browser(Role::Coordinator).await;
    for (number, path) in (1..).zip(&paths) {
        until(&coordinator, path, &format!("Сосчитано до {number}.")).await;
    }
    for runner in runners {
        runner.stop().await;
    }
    let begun = BEGUN.lock().unwrap();
    for path in &paths {
        assert_eq!(begun[path.rsplit('/').next().unwrap()], 1, "{path}");
    }
    assert_eq!(town.bytes_kept(), 24);
}

#[rstest]
#[tokio::test]
async fn a_job_under_way_is_cancelled_and_leaves_no_result(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = town(dialect).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let job = asked(&town, Role::Coordinator, "slow", 3).await;
    let cancelling = async {
        until(&coordinator, &job, "Сделано: 1 из 3").await;
        coordinator.submit(&format!("{job}/cancellation"), &[]).await.must_say("Задание отменено.");
    };
    tokio::join!(town.work(), cancelling);
    coordinator.get(&job).await.must_say("отменено").must_say("результата нет");
    coordinator.get(&format!("{job}/result")).await.must_be(422);
    coordinator.post(&format!("{job}/cancellation"), &[]).await.must_be(422).must_say("отменять нечего");
    assert_eq!(town.bytes_kept(), 0);
}

#[rstest]
#[tokio::test]
async fn what_went_wrong_is_said_in_words_and_can_be_repeated(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = town(dialect).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let refused = asked(&town, Role::Coordinator, "refuse", 1).await;
    let broken = asked(&town, Role::Coordinator, "panic", 1).await;
    let unknown = asked(&town, Role::Coordinator, "nothing", 1).await;
    town.work().await;
    coordinator.get(&refused).await.must_say("В классе никого нет: добавьте людей и повторите.").must_say("Повторить");
    coordinator.get(&broken).await.must_say("Внутренняя ошибка №").must_not_say("a mistake of the program");
    coordinator.get(&unknown).await.must_say("Программа не знает такого задания");
    coordinator.get("/").await.must_say("Мои задания 3");
    coordinator.submit(&format!("{refused}/dismissal"), &[]).await.must_say("Мои задания 2");
}

#[rstest]
#[tokio::test]
async fn a_busy_machine_is_tried_three_times(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = town(dialect).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let job = asked(&town, Role::Coordinator, "busy", 1).await;
    for _ in 0..2 {
        town.work().await;
        coordinator.get(&job).await.must_say("в очереди");
        town.app.clock.pass(chrono::TimeDelta::seconds(30));
    }
    town.work().await;
    coordinator.get(&job).await.must_say("не выполнено").must_say("База данных занята.");
}

#[rstest]
#[tokio::test]
async fn work_that_ends_in_a_page_leads_there(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = town(dialect).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let job = asked(&town, Role::Coordinator, "page", 1).await;
    town.work().await;
    coordinator.get(&job).await.must_say("Прочитано 12 листов.").must_say("Открыть результат");
    let led = coordinator.get(&format!("{job}/result")).await;
    assert_eq!(led.location.as_deref(), Some("/about"));
    coordinator.get("/").await.must_not_say("Мои задания 1");
}

#[rstest]
#[tokio::test]
async fn the_same_work_asked_for_twice_is_one_job(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = town(dialect).await;
    let (first, again) =
        tokio::join!(asked(&town, Role::Coordinator, "count", 7), asked(&town, Role::Coordinator, "count", 7));
    assert_eq!(first, again);
    assert_ne!(asked(&town, Role::Coordinator, "count", 8).await, first);
    assert_ne!(asked(&town, Role::ClassTeacher, "count", 7).await, first, "another user's work is another job");
    town.work().await;
    assert_ne!(asked(&town, Role::Coordinator, "count", 7).await, first, "what is done may be asked for anew");
}

#[rstest]
#[tokio::test]
async fn rights_are_those_of_the_moment_the_work_runs(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = town(dialect).await;
    let administrator = town.browser(Role::Administrator).await;
    let before = asked(&town, Role::ClassTeacher, "count", 1).await;
    town.work().await;
    let waiting = asked(&town, Role::ClassTeacher, "count", 2).await;
    let account = format!("/users/{}", town.user(Role::ClassTeacher));
    let form = administrator.get(&account).await.form(&account).with("roles", "contributor");
    form.send(&administrator).await.must_be(303);
    town.work().await;
    let former = town.browser(Role::ClassTeacher).await;
    former.get(&waiting).await.must_say("Прав на это задание больше нет");
    former.get(&format!("{before}/result")).await.must_be(403);

    let closed = "UPDATE users SET is_active = FALSE WHERE id = $1";
    let mut tx = town.app.db.begin().await.unwrap();
    tx.run(closed, args![town.user(Role::Coordinator)]).await.unwrap();
    tx.commit().await.unwrap();
    let orphan = asked(&town, Role::Coordinator, "count", 3).await;
    town.work().await;
    let state = "SELECT state FROM jobs WHERE id = $1";
    let id: jobs::JobId = orphan.rsplit('/').next().unwrap().parse().unwrap();
    let (state,): (String,) = town.look().await.one(state, args![id]).await.unwrap();
    assert_eq!(state, "failed");
}

#[rstest]
#[tokio::test]
async fn a_result_made_before_a_withdrawal_is_not_handed_out_after_it(
    #[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect,
) {
    let town = town(dialect).await;
    let coordinator = town.browser(Role::Coordinator).await;
    let job = asked(&town, Role::Coordinator, "count", 4).await;
    town.work().await;
    let mentor = town.person("Рябинин Лев", None, &["teacher"]).await;
    town.applies(mentor, "mentor").await;
    stories::withdrawals::withdrawn(&coordinator, mentor).await;
    coordinator.get(&job).await.must_say("изменились согласия").must_not_say("Скачать");
    coordinator.get(&format!("{job}/result")).await.must_be(422).must_say("изменились согласия");
    coordinator.submit(&format!("{job}/repetition"), &[]).await.must_say("снова в очереди");
    town.work().await;
    coordinator.get(&format!("{job}/result")).await.must_be(200).must_say("счёт 4");
    assert_eq!(town.bytes_kept(), 1, "the first result is forgotten");
}

#[rstest]
#[tokio::test]
async fn old_results_are_forgotten_with_their_bytes(#[values(Dialect::Sqlite, Dialect::Postgres)] dialect: Dialect) {
    let town = town(dialect).await;
    let old = asked(&town, Role::Coordinator, "count", 1).await;
    town.work().await;
    town.days_pass(6);
    let young = asked(&town, Role::Coordinator, "count", 2).await;
    town.work().await;
    assert_eq!((jobs::forget_old(&town.app).await.unwrap(), town.bytes_kept()), (0, 2));
    town.days_pass(2);
    assert_eq!((jobs::forget_old(&town.app).await.unwrap(), town.bytes_kept()), (1, 1));
    let coordinator = town.browser(Role::Coordinator).await;
    coordinator.get(&old).await.must_be(404);
    coordinator.get(&young).await.must_say("Сосчитано до 2.");
}

#[test]
fn every_kind_of_work_has_a_word_of_its_own_and_somebody_to_ask_for_it() {
    let words: std::collections::BTreeSet<&str> = router::JOBS.iter().map(|kind| kind.word).collect();
    assert_eq!(words.len(), router::JOBS.len());
    assert!(router::JOBS.iter().all(|kind| kind.right.roles().next().is_some() && !kind.label.is_empty()));
}

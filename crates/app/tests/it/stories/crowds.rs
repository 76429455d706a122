//! Many people at the same moment, and a server of the database that drops everybody.

use super::roadmap::{row, start_year};
use crate::support::{Browser, Town};
use database::{
    Db,
    Dialect::{self, Postgres, Sqlite},
    args,
};
use nastavnik::{access::Role, roadmap::model::NoteId};
use rstest::rstest;
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

/// How many people submit at the same moment.
const PEOPLE: usize = 200;

/// How often the server of the database drops everybody.
const DROPS: usize = 20;

async fn at_work(town: &Town) -> (Browser, String) {
    let coordinator = town.browser(Role::Coordinator).await;
    start_year(&coordinator).await;
    let path = row(&coordinator, "1.1").await;
    (coordinator, format!("{path}/notes"))
}

async fn notes(town: &Town) -> i64 {
    town.look().await.one::<(i64,)>("SELECT COUNT(*) FROM row_notes", args![]).await.unwrap().0
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_submit_at_once_some_twice_and_everybody_is_answered(#[values(Sqlite, Postgres)] on: Dialect) {
    let town = Town::on(on).await;
    let (coordinator, path) = at_work(&town).await;
    let (coordinator, path) = (Arc::new(coordinator), Arc::new(path));
    let clicks: Vec<_> = (0..PEOPLE)
        .flat_map(|n| {
            let key = NoteId::fresh().to_string();
            // Every tenth is impatient and clicks twice.
            std::iter::repeat_n(key, if n % 10 == 0 { 2 } else { 1 })
        })
        .map(|key| {
            let (browser, path) = (Arc::clone(&coordinator), Arc::clone(&path));
            tokio::spawn(async move {
                browser.post(&path, &[("key", &key), ("text", "Встреча прошла")]).await.status
            })
        })
        .collect();
    for click in clicks {
        assert_eq!(click.await.unwrap(), 303);
    }
    assert_eq!(notes(&town).await, i64::try_from(PEOPLE).unwrap());
}

/// Ends every other connection to the database, as a restart of its server does.
async fn drop_everybody(db: &Db) {
    let sql = "
        SELECT pg_terminate_backend(pid)
        FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()";
    if let Ok(mut tx) = db.begin().await {
        let _ = tx.all::<(bool,)>(sql, args![]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_drops_everybody_twenty_times_costs_only_a_second_try() {
    let town = Town::on(Postgres).await;
    let (coordinator, path) = at_work(&town).await;
    let (coordinator, path) = (Arc::new(coordinator), Arc::new(path));
    let (ends, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let people: Vec<_> = (0..8)
        .map(|_| {
            let (browser, path) = (Arc::clone(&coordinator), Arc::clone(&path));
            let (ends, done) = (Arc::clone(&ends), Arc::clone(&done));
            tokio::spawn(async move {
                let mut written = 0_i64;
                while !ends.load(Ordering::SeqCst) {
                    let key = NoteId::fresh().to_string();
                    loop {
                        let seen = browser.post(&path, &[("key", &key), ("text", "Встреча прошла")]).await;
                        match seen.status {
                            303 => break,
                            503 => assert!(seen.headers.contains_key("retry-after"), "{}", seen.text()),
                            other => panic!("answered {other}: {}", seen.text()),
                        }
                    }
                    written += 1;
                    done.fetch_add(1, Ordering::SeqCst);
                }
                written
            })
        })
        .collect();
    let other = Db::open(town.place()).await.unwrap().of_every_school();
    for round in 1..=DROPS {
        while done.load(Ordering::SeqCst) < round * 5 {
            tokio::task::yield_now().await;
        }
        drop_everybody(&other).await;
    }
    ends.store(true, Ordering::SeqCst);
    let mut written = 0;
    for one in people {
        written += one.await.unwrap();
    }
    assert_eq!(notes(&town).await, written, "nothing lost, nothing twice");
}

//! Many people at the same moment, and a server of the database that is restarted while they write.

use super::roadmap::{row, start_year};
use crate::support::{Browser, Town};
use database::{
    Dialect::{self, Postgres, Sqlite},
    args,
    testing::{Ending, TestServer},
};
use nastavnik::{access::Role, roadmap::model::NoteId};
use rstest::rstest;
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

/// How many people submit at the same moment.
const PEOPLE: usize = 200;

/// How often the server of the database is restarted.
const RESTARTS: usize = 20;

/// How many answers there are between two restarts.
const ANSWERS: usize = 5;

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

/// Writes notes until the end is near, each as often as it takes; returns how many were answered «done».
async fn write_notes(browser: Arc<Browser>, path: Arc<String>, ends: Arc<AtomicBool>, done: Arc<AtomicUsize>) -> i64 {
    let mut written = 0;
    while !ends.load(Ordering::SeqCst) {
        let key = NoteId::fresh().to_string();
        loop {
            let seen = browser.post(&path, &[("key", &key), ("text", "Встреча прошла")]).await;
            match seen.status {
                303 => break,
                503 => assert!(seen.headers.contains_key("retry-after"), "{}", seen.text()),
                other => panic!("answered {other}: {}", seen.text()),
            }
            // As a person does who is asked to try again.
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        written += 1;
        done.fetch_add(1, Ordering::SeqCst);
    }
    written
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_database_restarted_twenty_times_while_people_write_costs_only_a_second_try() {
    let mut server = tokio::task::spawn_blocking(TestServer::start).await.unwrap();
    let town = Town::on_server(&server).await;
    let (coordinator, path) = at_work(&town).await;
    let (coordinator, path) = (Arc::new(coordinator), Arc::new(path));
    let (ends, done) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let people: Vec<_> = (0..8)
        .map(|_| {
            tokio::spawn(write_notes(Arc::clone(&coordinator), Arc::clone(&path), Arc::clone(&ends), Arc::clone(&done)))
        })
        .collect();
    for round in 0..RESTARTS {
        let before = done.load(Ordering::SeqCst);
        while done.load(Ordering::SeqCst) < before + ANSWERS {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let ending = if round % 2 == 0 { Ending::Orderly } else { Ending::Crash };
        server = tokio::task::spawn_blocking(move || {
            server.restart(ending);
            server
        })
        .await
        .unwrap();
    }
    ends.store(true, Ordering::SeqCst);
    let mut written = 0;
    for one in people {
        written += one.await.unwrap();
    }
    assert_eq!(notes(&town).await, written, "nothing lost, nothing twice");
    town.app.db.close().await;
}

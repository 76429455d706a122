//! Many writers of SQLite at the same moment: one transaction on the disk, many for those who write.

// clippy allows `unwrap` in helpers only where it sees that everything here is a test.
#![cfg(test)]

use database::{Db, Dialect, Error, Migration, Place, args, testing::TestDatabase};
use std::time::Duration;

const FILES: &[Migration] = &[(
    "0001_notes.sql",
    "CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT NOT NULL, above BIGINT REFERENCES notes (id))",
)];

const ADD: &str = "INSERT INTO notes (id, text) VALUES ($1, $2)";
const COUNT: &str = "SELECT COUNT(*) FROM notes";

async fn count(db: &Db) -> i64 {
    db.read().await.unwrap().one::<(i64,)>(COUNT, vec![]).await.unwrap().0
}

async fn add(db: &Db, id: i64, text: &str) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    tx.run(ADD, args![id, text]).await?;
    tx.commit().await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_write_at_once_and_those_who_fail_take_nobody_along() {
    let test = TestDatabase::new(Dialect::Sqlite, FILES).await;
    let writers: Vec<_> = (0..200_i64)
        .map(|n| {
            let db = test.db.clone();
            tokio::spawn(async move {
                let mut tx = db.begin().await.unwrap();
                tx.run(ADD, args![n, "заметка"]).await.unwrap();
                match n % 4 {
                    // Changes its mind.
                    0 => drop(tx),
                    // Breaks a rule of the database, and is told so at once.
                    1 => {
                        let again = tx.run(ADD, args![n, "та же"]).await;
                        assert!(matches!(again, Err(Error::Taken(_))), "{again:?}");
                        drop(tx);
                    }
                    _ => {
                        tx.commit().await.unwrap();
                        // Whoever was told sees it from any connection.
                        let kept = db.read().await.unwrap();
                        let mut kept = kept;
                        let found = kept.maybe::<(i64,)>("SELECT id FROM notes WHERE id = $1", args![n]).await.unwrap();
                        assert_eq!(found, Some((n,)));
                    }
                }
            })
        })
        .collect();
    for writer in writers {
        writer.await.unwrap();
    }
    assert_eq!(count(&test.db).await, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_writer_that_goes_away_at_any_moment_leaves_the_others_alone() {
    let test = TestDatabase::new(Dialect::Sqlite, FILES).await;
    let mut writers = vec![];
    for n in 0..120_i64 {
        let db = test.db.clone();
        let writer = tokio::spawn(async move { add(&db, n, "заметка").await });
        if n % 3 == 0 {
            // Its browser is gone: the future is dropped wherever it stands.
            writer.abort();
        } else {
            writers.push(writer);
        }
    }
    for writer in writers {
        writer.await.unwrap().unwrap();
    }
    let kept = count(&test.db).await;
    assert!((80..=120).contains(&kept), "{kept}");
    tokio::time::timeout(Duration::from_mins(1), add(&test.db, 1000, "следующая")).await.unwrap().unwrap();
    assert_eq!(count(&test.db).await, kept + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_others_have_written_is_settled_before_anybody_relies_on_it() {
    let test = TestDatabase::new(Dialect::Sqlite, FILES).await;
    for round in 0..20_i64 {
        let twice: Vec<_> = (0..8)
            .map(|_| {
                let db = test.db.clone();
                tokio::spawn(async move {
                    let taken = matches!(add(&db, round, "одно и то же").await, Err(Error::Taken(_)));
                    db.settle().await;
                    // Whether it wrote itself or found it written, it is there for everybody now.
                    let mut tx = db.read().await.unwrap();
                    let there = tx.maybe::<(i64,)>("SELECT id FROM notes WHERE id = $1", args![round]).await.unwrap();
                    assert_eq!(there, Some((round,)));
                    taken
                })
            })
            .collect();
        let mut taken = 0;
        for one in twice {
            taken += usize::from(one.await.unwrap());
        }
        assert_eq!(taken, 7, "one of eight wrote it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_alone_shares_nothing() {
    let test = TestDatabase::new(Dialect::Sqlite, FILES).await;
    let mut long = test.db.begin_alone().await.unwrap();
    long.run(ADD, args![1, "список"]).await.unwrap();
    let waiting: Vec<_> = (2..10_i64)
        .map(|n| {
            let db = test.db.clone();
            tokio::spawn(async move { add(&db, n, "заметка").await })
        })
        .collect();
    long.commit().await.unwrap();
    for one in waiting {
        one.await.unwrap().unwrap();
    }
    assert_eq!(count(&test.db).await, 9);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_to_everybody_who_was_in_it_and_survived() {
    let test = TestDatabase::new(Dialect::Sqlite, FILES).await;
    let limit = |pages: &'static str| {
        let db = test.db.clone();
        async move {
            let mut tx = db.begin_alone().await.unwrap();
            tx.all::<(i64,)>(pages, vec![]).await.unwrap();
            tx.commit().await.unwrap();
        }
    };
    // A database that may not grow answers as one on a full disk: https://www.sqlite.org/pragma.html#pragma_max_page_count
    limit("PRAGMA max_page_count = 60").await;
    let long = "я".repeat(8_000);
    let writers: Vec<_> = (0..40_i64)
        .map(|n| {
            let (db, long) = (test.db.clone(), long.clone());
            tokio::spawn(async move { (n, add(&db, n, &long).await) })
        })
        .collect();
    let mut told = vec![];
    for writer in writers {
        match writer.await.unwrap() {
            (n, Ok(())) => told.push(n),
            (_, Err(error)) => assert!(matches!(error, Error::Full), "{error:?}"),
        }
    }
    assert!(told.len() < 40, "the disk did not fill");
    let mut tx = test.db.read().await.unwrap();
    let mut kept: Vec<i64> =
        tx.all::<(i64,)>("SELECT id FROM notes", vec![]).await.unwrap().into_iter().map(|(id,)| id).collect();
    drop(tx);
    kept.sort_unstable();
    told.sort_unstable();
    assert_eq!(kept, told, "what was told is what is kept, no more and no less");
    limit("PRAGMA max_page_count = 100000").await;
    add(&test.db, 1000, &long).await.unwrap();
    let mut tx = test.db.read().await.unwrap();
    let whole: (String,) = tx.one("PRAGMA integrity_check", vec![]).await.unwrap();
    assert_eq!(whole.0, "ok");
}

#[tokio::test]
async fn nothing_runs_on_in_a_transaction_that_was_lost() {
    let test = TestDatabase::new(Dialect::Sqlite, FILES).await;
    let mut tx = test.db.begin().await.unwrap();
    tx.all::<(i64,)>("PRAGMA max_page_count = 10", vec![]).await.unwrap();
    tx.run(ADD, args![1, "короткая"]).await.unwrap();
    let full = tx.run(ADD, args![2, "я".repeat(200_000)]).await;
    assert!(matches!(full, Err(Error::Full)), "{full:?}");
    let after = tx.run(ADD, args![3, "короткая"]).await;
    assert!(matches!(after, Err(Error::Full)), "{after:?}");
    assert!(matches!(tx.commit().await, Err(Error::Full)));
    assert_eq!(count(&test.db).await, 0);
}

#[tokio::test]
async fn a_closed_database_keeps_what_was_shared() {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::File(dir.path().join("notes.db"));
    let db = Db::open(&place).await.unwrap();
    db.migrate(FILES).await.unwrap();
    add(&db, 1, "заметка").await.unwrap();
    db.close().await;
    let db = Db::open(&place).await.unwrap();
    assert_eq!(count(&db).await, 1);
    add(&db, 2, "заметка").await.unwrap();
}

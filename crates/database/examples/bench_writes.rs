//! Writes a second with `synchronous=FULL`: one writer after another, and 200 at once sharing their commits.
//!
//! usage: `cargo run --release -p database --example bench_writes [FOLDER]`: the disk that is measured.

use database::{Db, Error, Migration, Place, args};
use std::{path::Path, time::Instant};

const FILES: &[Migration] = &[("0001_notes.sql", "CREATE TABLE notes (id BIGINT PRIMARY KEY, text TEXT NOT NULL)")];

const ADD: &str = "INSERT INTO notes (id, text) VALUES ($1, $2)";

/// How many write at the same time.
const PEOPLE: i64 = 200;

/// How many changes each of them makes.
const CHANGES: i64 = 20;

async fn add(db: &Db, id: i64) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    tx.run(ADD, args![id, "Встреча прошла, план выполнен"]).await?;
    tx.commit().await
}

async fn alone(db: &Db) -> Result<f64, Error> {
    const WRITES: i64 = 400;
    let begun = Instant::now();
    for id in 0..WRITES {
        add(db, -1 - id).await?;
    }
    Ok(f64::from(i32::try_from(WRITES).unwrap_or(i32::MAX)) / begun.elapsed().as_secs_f64())
}

/// Returns writes a second, and how many were refused.
async fn together(db: &Db) -> (f64, i64) {
    let begun = Instant::now();
    let people: Vec<_> = (0..PEOPLE)
        .map(|person| {
            let db = db.clone();
            tokio::spawn(async move {
                let mut refused = 0;
                for change in 0..CHANGES {
                    refused += i64::from(add(&db, person * CHANGES + change).await.is_err());
                }
                refused
            })
        })
        .collect();
    let mut refused = 0;
    for person in people {
        refused += person.await.unwrap_or(CHANGES);
    }
    let writes = f64::from(i32::try_from(PEOPLE * CHANGES).unwrap_or(i32::MAX));
    (writes / begun.elapsed().as_secs_f64(), refused)
}

#[tokio::main]
async fn main() -> Result<(), Error> {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let path = Path::new(&folder).join(format!("bench-writes-{}.db", std::process::id()));
    let db = Db::open(&Place::File(path.clone())).await?;
    db.migrate(FILES).await?;
    let one = alone(&db).await?;
    let (many, refused) = together(&db).await;
    let mut tx = db.read().await?;
    let (kept,): (i64,) = tx.one("SELECT COUNT(*) FROM notes WHERE id >= 0", vec![]).await?;
    drop(tx);
    db.close().await;
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
    println!("SQLite, WAL, synchronous=FULL, every write durable when it is answered:");
    println!("  one after another  {one:>8.0} writes/s");
    println!("  {PEOPLE} at once        {many:>8.0} writes/s, {:.1} times as many", many / one);
    println!("  refused {refused} of {}, kept {kept}, twice 0 (the key is unique)", PEOPLE * CHANGES);
    Ok(())
}

//! Measures how long pages take in a school larger than any: `scripts/bench-pages` runs it.
//!
//! `bench_pages school DIR [POSTGRES]` makes the school and prints the path of a row;
//! `bench_pages measure URL LOGIN PASSWORD PATH…` asks for pages one by one and eight at a time;
//! `bench_pages measure-public URL PATH…` does the same without signing in.

mod client;
mod figures;

use client::Client;
use figures::Figures;
use nastavnik::{
    cli::DataArgs,
    clock::Clock,
    demo::large::{self, Size},
};
use std::{error::Error, thread, time::Instant};

type Outcome<T = ()> = Result<T, Box<dyn Error + Send + Sync>>;

/// The size that issue 2 asks for.
const SIZE: Size = Size { rows: 200, years: 5 };

/// The first answers fill caches and are not what a person waits for all day.
const WARM_UP: usize = 20;

/// Requests one after the other.
const ALONE: usize = 300;

/// People who ask at the same time, and how often each of them does.
const TOGETHER: usize = 8;
const EACH: usize = 60;

fn main() -> Outcome {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["school", dir, database @ ..] => school(dir, database.first().copied()),
        ["measure", url, login, password, paths @ ..] => {
            let cookie = Client::open(url)?.sign_in(login, password)?;
            measure(url, &cookie, paths)
        }
        ["measure-public", url, paths @ ..] => measure(url, "", paths),
        _ => Err(
            "usage: bench_pages school DIR [POSTGRES] | measure URL LOGIN PASSWORD PATH… | measure-public URL PATH…"
                .into(),
        ),
    }
}

/// Makes the school and prints the path of a row in the middle of its road map.
#[tokio::main]
async fn school(dir: &str, database: Option<&str>) -> Outcome {
    let place = DataArgs { data: dir.into(), database: database.map(str::to_owned), key_file: None };
    let data = place.open().await.map_err(|trouble| trouble.to_string())?;
    let app = data.app(Clock::system(), false).map_err(|trouble| trouble.to_string())?;
    let row = large::create(&app, SIZE).await?;
    println!("{}", nastavnik::roadmap::paths::row_path(row));
    data.db.close().await;
    Ok(())
}

/// Prints a line of figures for every path.
fn measure(url: &str, cookie: &str, paths: &[&str]) -> Outcome {
    for path in paths {
        let (alone, bytes) = one_by_one(url, cookie, path)?;
        println!("{:<22} {:>4} KB  alone    {}", shortened(path), bytes.div_ceil(1024), Figures::of(alone));
        println!("{:<22} {:>7}  {TOGETHER} at once {}", "", "", Figures::of(together(url, cookie, path)?));
    }
    Ok(())
}

/// Returns a path with «…» in place of an id.
fn shortened(path: &str) -> String {
    let is_id = |part: &&str| part.len() == 36 && part.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    path.split('/').map(|part| if is_id(&part) { "…" } else { part }).collect::<Vec<_>>().join("/")
}

/// Asks one after the other over one connection; returns milliseconds and the size of an answer.
fn one_by_one(url: &str, cookie: &str, path: &str) -> Outcome<(Vec<f64>, usize)> {
    let mut client = Client::open(url)?;
    let mut bytes = 0;
    for _ in 0..WARM_UP {
        bytes = client.get(path, cookie)?;
    }
    Ok((timed(&mut client, cookie, path, ALONE)?, bytes))
}

/// Lets several people ask at the same time, each over a connection of the own.
fn together(url: &str, cookie: &str, path: &str) -> Outcome<Vec<f64>> {
    thread::scope(|scope| {
        let ask = || timed(&mut Client::open(url)?, cookie, path, EACH);
        let people: Vec<_> = (0..TOGETHER).map(|_| scope.spawn(ask)).collect();
        let mut all = Vec::new();
        for person in people {
            all.extend(person.join().map_err(|_| "a client was lost")??);
        }
        Ok(all)
    })
}

fn timed(client: &mut Client, cookie: &str, path: &str, rounds: usize) -> Outcome<Vec<f64>> {
    let mut times = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        let begun = Instant::now();
        client.get(path, cookie)?;
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(times)
}

//! The power goes again and again while people work: nothing that was answered is lost, nothing is there twice.
//!
//! In the suite two rounds; `make torture N=50` runs as many as it is told and holds the server to its two seconds.

use crate::command_line::{Home, Server, command, stdout};
use database::{Db, Place, Tx, args};
use nastavnik::{backup, demo};
use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use uuid::Uuid;

/// Says how many rounds there are; also makes the time to readiness count.
const ROUNDS: &str = "NASTAVNIK_TORTURE";

/// How soon a server must be ready after the power came back.
const READY: Duration = Duration::from_secs(2);

/// What was answered «done»: the table and the key.
type Told = Arc<Mutex<Vec<(&'static str, Uuid)>>>;

/// Somebody signed in, on a connection per request.
#[derive(Clone)]
pub struct Client {
    address: String,
    cookie: String,
}

impl Client {
    /// Sends a request; nothing when the server is gone before it has answered.
    pub fn send(&self, head: &str, kind: &str, body: &[u8]) -> Option<String> {
        let mut stream = TcpStream::connect(&self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_mins(1))).ok()?;
        let head = format!(
            "{head} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.address,
            self.cookie,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body).ok()?;
        let mut answer = vec![];
        // The head alone tells that the work is done; a cut may swallow the rest.
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        answer.contains("\r\n\r\n").then_some(answer)
    }

    pub fn sign_in(address: &str, login: &str) -> Self {
        let stranger = Self { address: address.to_owned(), cookie: String::new() };
        let password: String = demo::PASSWORD.bytes().fold(String::new(), |text, byte| format!("{text}%{byte:02X}"));
        let form = format!("login={login}&password={password}");
        let answer = stranger.send("POST /sign-in", "application/x-www-form-urlencoded", form.as_bytes()).unwrap();
        let cookie = answer.lines().find_map(|line| {
            let value = line.strip_prefix("set-cookie: ").or_else(|| line.strip_prefix("Set-Cookie: "))?;
            value.starts_with("session=").then(|| value.split(';').next().unwrap().to_owned())
        });
        Self { cookie: cookie.unwrap_or_else(|| panic!("{login} does not sign in: {answer}")), ..stranger }
    }

    pub fn row(&self) -> String {
        let page = self.send("GET /roadmap", "text/plain", b"").unwrap();
        let at = page.find("/roadmap/rows/").expect("a road map with rows");
        page[at..].split(['"', '?', '#']).next().unwrap().to_owned()
    }

    /// Adds a note, a task or a document with a key of its own; true when it was answered «done».
    fn add(&self, row: &str, table: &'static str, key: Uuid) -> Option<bool> {
        let answer = match table {
            "row_documents" => {
                let (kind, body) = document(key);
                self.send(&format!("POST {row}/documents"), &kind, &body)
            }
            table => {
                let part = if table == "row_notes" { "notes" } else { "tasks" };
                let form = format!("key={key}&text=%D0%BF%D1%80%D0%BE%D0%B2%D0%B5%D1%80%D0%BA%D0%B0");
                self.send(&format!("POST {row}/{part}"), "application/x-www-form-urlencoded", form.as_bytes())
            }
        }?;
        assert!(!answer.starts_with("HTTP/1.1 4"), "{table}: {answer}");
        Some(answer.starts_with("HTTP/1.1 303"))
    }
}

pub fn document(key: Uuid) -> (String, Vec<u8>) {
    let border = "----torture";
    let field = |name: &str, value: &str| {
        format!("--{border}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let file = format!(
        "--{border}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{key}.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 {key}\r\n--{border}--\r\n"
    );
    let body = field("key", &key.to_string()) + &field("title", "") + &file;
    (format!("multipart/form-data; boundary={border}"), body.into_bytes())
}

/// Everybody at work until the power goes.
fn work(
    client: &Client,
    row: &str,
    home: &Home,
    copies: &Path,
    told: &Told,
    ends: &Arc<AtomicBool>,
) -> Vec<thread::JoinHandle<()>> {
    let mut all = vec![];
    for table in ["row_notes", "row_notes", "row_notes", "row_tasks", "row_tasks", "row_documents"] {
        let (client, row, told, ends) = (client.clone(), row.to_owned(), Arc::clone(told), Arc::clone(ends));
        all.push(thread::spawn(move || {
            while !ends.load(Ordering::SeqCst) {
                let key = Uuid::now_v7();
                // Twice at once, as an impatient person clicks.
                let again = {
                    let (client, row) = (client.clone(), row.clone());
                    thread::spawn(move || client.add(&row, table, key))
                };
                let first = client.add(&row, table, key);
                if first == Some(true) || again.join().unwrap() == Some(true) {
                    told.lock().unwrap().push((table, key));
                }
            }
        }));
    }
    let (data, copies, ends) = (home.path(), copies.to_owned(), Arc::clone(ends));
    all.push(thread::spawn(move || {
        while !ends.load(Ordering::SeqCst) {
            let words = ["backup", "--data", data.to_str().unwrap(), "--to", copies.to_str().unwrap()];
            let mut copying = command(&words).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            if ends.load(Ordering::SeqCst) {
                copying.kill().unwrap();
            }
            copying.wait().unwrap();
        }
    }));
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_answered_is_lost_when_the_power_goes() {
    let asked = std::env::var(ROUNDS).ok();
    let rounds: usize = asked.as_deref().map_or(2, |text| text.parse().expect("a number of rounds"));
    let home = Home::new();
    let login = demo_in(&home);
    let db = Db::open(&Place::File(home.path().join("nastavnik.db"))).await.unwrap();
    let untraced_before = untraced_notes(&mut db.read().await.unwrap()).await;
    db.close().await;
    let (told, copies) = (Told::default(), home.path().with_file_name("copies"));
    let mut slowest = Duration::ZERO;
    for round in 0..rounds {
        let begun = Instant::now();
        let server = Server::start(&home);
        slowest = slowest.max(begun.elapsed());
        let client = Client::sign_in(&server.address, &login);
        let (row, ends) = (client.row(), Arc::new(AtomicBool::new(false)));
        let before = told.lock().unwrap().len();
        let people = work(&client, &row, &home, &copies, &told, &ends);
        // After another number of answers every time, so that the cut falls on other moments.
        while told.lock().unwrap().len() < before + 3 + round * 7 % 31 {
            thread::sleep(Duration::from_millis(5));
        }
        server.cut();
        ends.store(true, Ordering::SeqCst);
        for one in people {
            one.join().unwrap();
        }
    }
    let told = told.lock().unwrap().clone();
    let db = Db::open(&Place::File(home.path().join("nastavnik.db"))).await.unwrap();
    all_is_there(&db, &told, &home.path().join("files"), untraced_before).await;
    let whole = copies_are_whole(&copies, &home.path().join("backup.key"));
    println!(
        "{rounds} cuts: {} answered writes, none lost, none twice; {whole} whole copies; ready within {slowest:?}",
        told.len()
    );
    assert!(asked.is_none() || slowest <= READY, "ready only after {slowest:?}");
}

/// Makes the invented school and returns the login of its coordinator.
pub fn demo_in(home: &Home) -> String {
    let made = home.run(&["demo", "--no-serve", "--json"], "");
    let accounts: serde_json::Value = serde_json::from_str(&stdout(&made)).unwrap();
    let accounts = accounts["accounts"].as_array().unwrap();
    let coordinator = accounts.iter().find(|account| account["role"] == "coordinator").unwrap();
    coordinator["login"].as_str().unwrap().to_owned()
}

async fn all_is_there(db: &Db, told: &[(&'static str, Uuid)], files: &Path, untraced_before: i64) {
    let mut tx = db.read().await.unwrap();
    for (table, key) in told {
        let sql = match *table {
            "row_notes" => "SELECT COUNT(*) FROM row_notes WHERE id = $1",
            "row_tasks" => "SELECT COUNT(*) FROM row_tasks WHERE id = $1",
            _ => "SELECT COUNT(*) FROM row_documents WHERE id = $1",
        };
        let (count,): (i64,) = tx.one(sql, args![*key]).await.unwrap();
        assert_eq!(count, 1, "{table} {key}");
    }
    assert_eq!(untraced_notes(&mut tx).await, untraced_before, "a change and its trace are one");
    for (stored_as, size) in tx.all::<(String, i64)>("SELECT stored_as, size FROM files", vec![]).await.unwrap() {
        assert_eq!(std::fs::metadata(files.join(&stored_as)).unwrap().len(), u64::try_from(size).unwrap());
    }
    let (whole,): (String,) = tx.one("PRAGMA integrity_check", vec![]).await.unwrap();
    assert_eq!(whole, "ok");
}

/// Counts notes without their traces; the invented school begins with some.
async fn untraced_notes(tx: &mut Tx) -> i64 {
    let sql = "
        SELECT (SELECT COUNT(*) FROM row_notes) - (SELECT COUNT(*) FROM audit_log WHERE event = 'roadmap.note_added')";
    tx.one::<(i64,)>(sql, vec![]).await.unwrap().0
}

/// A copy that was cut off has no name of a copy; every one that has is whole.
fn copies_are_whole(dir: &Path, key: &Path) -> usize {
    let entries =
        std::fs::read_dir(dir).map(|entries| entries.map(|entry| entry.unwrap().path()).collect::<Vec<PathBuf>>());
    let copies =
        entries.unwrap_or_default().into_iter().filter(|path| path.extension().is_some_and(|end| end == "backup"));
    let key = backup::Key::read(key).unwrap();
    let mut whole = 0;
    for path in copies {
        backup::check(&path, &key).unwrap();
        whole += 1;
    }
    whole
}

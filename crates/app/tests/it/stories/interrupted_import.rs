//! The story of a server that loses its power while a road map is taken over: everything is there, or nothing.

use crate::{
    command_line::{Home, Server},
    support::{PASSWORD, roadmaps},
};
use database::{Db, Place};
use nastavnik::{
    access::{self, Cost, Hasher, Role, SchoolId, actions::NewAccount},
    clock::Clock,
};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::{Duration, Instant},
};

/// Cuts, each a tenth of an undisturbed request later than the one before.
const ROUNDS: u32 = 15;

/// A browser that speaks to a real server.
struct Session {
    cookie: String,
}

impl Session {
    fn sign_in(server: &Server) -> Self {
        let encoded = nastavnik::files::percent_encoded(PASSWORD);
        let answer = post(
            server,
            "/sign-in",
            "",
            "application/x-www-form-urlencoded",
            format!("login=coordinator&password={encoded}").as_bytes(),
        );
        let cookies = answer.lines().filter_map(|line| line.strip_prefix("set-cookie: "));
        let cookies: Vec<&str> = cookies.filter_map(|cookie| cookie.split(';').next()).collect();
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        Self { cookie: cookies.join("; ") }
    }

    /// Uploads a road map and returns the path where it is agreed to.
    fn upload(&self, server: &Server, bytes: &[u8]) -> String {
        let part = |name: &str| format!("--limit\r\nContent-Disposition: form-data; name=\"{name}\"");
        let mut body =
            format!("{}\r\n\r\n2026\r\n{}; filename=\"map.docx\"\r\n\r\n", part("year"), part("file")).into_bytes();
        body.extend(bytes);
        body.extend(b"\r\n--limit--\r\n");
        let answer = post(server, "/roadmap/import", &self.cookie, "multipart/form-data; boundary=limit", &body);
        let preview =
            answer.lines().find_map(|line| line.strip_prefix("location: ")).unwrap_or_else(|| panic!("{answer}"));
        format!("{preview}/adoption")
    }

    fn request(&self, adoption: &str) -> Vec<u8> {
        request(adoption, &self.cookie, "application/x-www-form-urlencoded", b"template_rules=on")
    }
}

fn request(path: &str, cookie: &str, kind: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: school.test\r\nConnection: close\r\nCookie: {cookie}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

fn send(server: &Server, request: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
    stream.write_all(request).unwrap();
    stream
}

fn answer_of(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

fn post(server: &Server, path: &str, cookie: &str, kind: &str, body: &[u8]) -> String {
    answer_of(send(server, &request(path, cookie, kind, body)))
}

/// Copies a data directory of a server that has stopped.
fn copy(from: &Path) -> Home {
    let home = Home::new();
    fs::create_dir_all(home.path()).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), home.path().join(entry.file_name())).unwrap();
    }
    home
}

/// Returns the number of rows and sections, and whether the file says that it was taken over.
async fn found(home: &Home) -> (i64, i64, bool) {
    let db = Db::open(&Place::File(home.path().join("nastavnik.db"))).await.unwrap();
    let mut tx = db.read().await.unwrap();
    let sql = "
        SELECT (SELECT COUNT(*) FROM roadmap_rows), (SELECT COUNT(*) FROM roadmap_sections),
               (SELECT COUNT(*) FROM programmes), (SELECT COUNT(*) FROM row_responsibles),
               (SELECT COUNT(*) FROM roadmap_imports WHERE programme_id IS NOT NULL AND applied_at IS NOT NULL)";
    let (rows, sections, programmes, responsibles, applied): (i64, i64, i64, i64, i64) =
        tx.one(sql, vec![]).await.unwrap();
    assert_eq!(programmes, applied, "the file is marked if and only if its draft is there");
    assert_eq!(responsibles > 0, rows > 0);
    drop(tx);
    db.close().await;
    (rows, sections, applied == 1)
}

#[tokio::test]
async fn a_power_cut_leaves_the_whole_draft_or_nothing_of_it() {
    let prepared = Home::with_schools(&["Школа № 7"]).await;
    let db = prepared.open().await;
    let mut tx = db.begin().await.unwrap();
    let (school,): (SchoolId,) = tx.one("SELECT id FROM schools", vec![]).await.unwrap();
    let account = NewAccount {
        login: "coordinator".into(),
        full_name: "Иванова Мария Петровна".into(),
        post: "куратор".into(),
        roles: vec![Role::Coordinator],
        password: PASSWORD.into(),
        password_is_temporary: false,
    };
    let hash = Hasher::new(Cost::Testing).hash(PASSWORD.into()).await.unwrap();
    access::actions::create_user(&mut tx, school, &account, &hash, None, Clock::system().now()).await.unwrap();
    tx.commit().await.unwrap();
    db.close().await;

    let server = Server::start(&prepared);
    let session = Session::sign_in(&server);
    let adoption = session.request(&session.upload(&server, &roadmaps::family_d()));
    assert_eq!(server.stop(), Some(0));

    // An undisturbed round first: it says how long the moments of the cuts may be spread.
    let whole = copy(&prepared.path());
    let server = Server::start(&whole);
    let begun = Instant::now();
    let answer = answer_of(send(&server, &adoption));
    let took = begun.elapsed();
    assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
    server.cut();
    assert_eq!(found(&whole).await, (31, 5, true), "an answered request survives the cut");

    for round in 0..ROUNDS {
        let home = copy(&prepared.path());
        let server = Server::start(&home);
        let connection = send(&server, &adoption);
        // From at once to well after the moment at which the undisturbed round had its answer.
        std::thread::sleep(took * round / 10);
        server.cut();
        drop(connection);
        let found = found(&home).await;
        assert!(found == (0, 0, false) || found == (31, 5, true), "round {round}: {found:?}");
        let server = Server::start(&home);
        assert!(answer_of(send(&server, &adoption)).starts_with("HTTP/1.1 303"), "the same agreement works afterwards");
        server.cut();
        assert_eq!(self::found(&home).await, (31, 5, true));
    }
}

//! Fresh databases for tests.
//!
//! SQLite stories copy a migrated file; PostgreSQL stories copy a migrated template database of the cluster named by
//! `NASTAVNIK_TEST_POSTGRES` (`scripts/with-postgres` starts a private one). Both cost milliseconds. A story that is dear
//! to prepare becomes a [`Mould`], from which others are cast as cheaply.

use crate::{Db, Dialect, Migration, Place};
use std::{
    collections::{BTreeMap, hash_map::DefaultHasher},
    hash::{Hash as _, Hasher as _},
    io::{BufRead as _, BufReader, Lines, Write as _},
    path::PathBuf,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};
use tempfile::TempDir;
use tokio::sync::Mutex;

/// A database that lives as long as its test.
pub struct TestDatabase {
    /// The open, migrated database.
    pub db: Db,
    /// Where it is, to be given to another process.
    pub place: Place,
    dir: TempDir,
}

const CLUSTER: &str = "NASTAVNIK_TEST_POSTGRES";

/// The script that starts a private cluster.
const WITH_POSTGRES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/with-postgres");

impl TestDatabase {
    /// Makes a database with the schema of `files`.
    ///
    /// # Panics
    /// When there is no cluster for PostgreSQL: a story that silently skips one database proves nothing.
    pub async fn new(dialect: Dialect, files: &'static [Migration]) -> Self {
        Self::copy_of(&match dialect {
            Dialect::Sqlite => Place::File(sqlite_template(files).await),
            Dialect::Postgres => Place::Server(postgres_template(&cluster(), files).await),
        })
        .await
    }

    /// Makes a database with the schema of `files` on a server of its own.
    pub async fn on(server: &TestServer, files: &'static [Migration]) -> Self {
        Self::copy_of(&Place::Server(postgres_template(&server.address, files).await)).await
    }

    #[expect(clippy::expect_used, reason = "a test without its database must fail loudly")]
    async fn copy_of(template: &Place) -> Self {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let place = match template {
            Place::File(template) => {
                let path = dir.path().join("test.db");
                std::fs::copy(template, &path).expect("a copy of the template");
                Place::File(path)
            }
            Place::Server(url) => {
                let (server, template) = apart(url);
                let name = format!("test_{}", uuid::Uuid::now_v7().simple());
                let copy = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE {template}"));
                // Asked of another database: a template has no visitors while it is copied.
                let admin = sqlx::PgPool::connect(&format!("{server}/postgres")).await.expect("the cluster answers");
                sqlx::query(copy).execute(&admin).await.expect("a copy of the template");
                admin.close().await;
                Place::Server(format!("{server}/{name}"))
            }
        };
        let db = Db::open(&place).await.expect("the test database opens");
        Self { db, place, dir }
    }
}

/// A database with everything in it that many tests want to begin with; nobody changes it any more.
pub struct Mould {
    place: Place,
    _dir: TempDir,
}

impl Mould {
    /// Makes a mould of a database, which is closed for everybody.
    pub async fn of(database: TestDatabase) -> Self {
        database.db.close().await;
        Self { place: database.place, _dir: database.dir }
    }

    /// Makes a database that holds the same.
    pub async fn cast(&self) -> TestDatabase {
        TestDatabase::copy_of(&self.place).await
    }
}

/// A server of PostgreSQL of its own, for a story in which it ends; it is gone when this value is dropped.
pub struct TestServer {
    script: Child,
    asked: Option<ChildStdin>,
    answers: Lines<BufReader<ChildStdout>>,
    address: String,
}

/// How a server ends before it is started again.
#[derive(Debug, Clone, Copy)]
pub enum Ending {
    /// It says farewell to everybody and writes everything down.
    Orderly,
    /// It is gone at once, as in a crash, and recovers from its log.
    Crash,
}

impl TestServer {
    /// Starts a server; blocks until it answers.
    ///
    /// # Panics
    /// When it does not start: a story that silently skips a database proves nothing.
    #[expect(clippy::expect_used, reason = "a test without its server must fail loudly")]
    pub fn start() -> Self {
        let mut command = Command::new(WITH_POSTGRES);
        command.arg("--restarted").stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut script = command.spawn().expect("scripts/with-postgres starts");
        let asked = script.stdin.take();
        let mut answers = BufReader::new(script.stdout.take().expect("its output")).lines();
        let address = answers.next().expect("the address of the server").expect("the address of the server");
        Self { script, asked, answers, address }
    }

    /// Ends the server and starts it again at the same address; blocks until it answers.
    ///
    /// # Panics
    /// When it does not come back.
    #[expect(clippy::expect_used, reason = "a test without its server must fail loudly")]
    pub fn restart(&mut self, ending: Ending) {
        let how = match ending {
            Ending::Orderly => "fast",
            Ending::Crash => "immediate",
        };
        writeln!(self.asked.as_mut().expect("its input"), "{how}").expect("the script listens");
        let answer = self.answers.next().expect("the server started again").expect("the server started again");
        assert_eq!(answer, "ready");
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        // The end of its input is the end of the script.
        drop(self.asked.take());
        let _ = self.script.wait();
    }
}

#[expect(clippy::panic, reason = "a test without its database must fail loudly")]
fn cluster() -> String {
    std::env::var(CLUSTER)
        .unwrap_or_else(|_| panic!("{CLUSTER} is not set: run `make test` or `scripts/with-postgres cargo test`"))
}

/// Splits the address of a database into that of its server and its name.
#[expect(clippy::expect_used, reason = "a test without its database must fail loudly")]
fn apart(url: &str) -> (&str, &str) {
    url.rsplit_once('/').expect("an address that ends in /database")
}

#[expect(clippy::expect_used, reason = "a test without its database must fail loudly")]
async fn sqlite_template(files: &'static [Migration]) -> PathBuf {
    static TEMPLATES: Mutex<BTreeMap<u64, (TempDir, PathBuf)>> = Mutex::const_new(BTreeMap::new());
    let mut templates = TEMPLATES.lock().await;
    let key = key(files);
    if let Some((_, path)) = templates.get(&key) {
        return path.clone();
    }
    let dir = tempfile::tempdir().expect("a temporary directory");
    let path = dir.path().join("template.db");
    let db = Db::open(&Place::File(path.clone())).await.expect("a new SQLite file");
    db.migrate(files).await.expect("migrations apply to SQLite");
    db.close().await;
    templates.insert(key, (dir, path.clone()));
    path
}

fn key(files: &[Migration]) -> u64 {
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

#[expect(clippy::expect_used, reason = "a test without its database must fail loudly")]
async fn postgres_template(cluster: &str, files: &'static [Migration]) -> String {
    let template = format!("template_{:016x}", key(files));
    let (server, _) = apart(cluster);

    let admin = sqlx::PgPool::connect(cluster).await.expect("the cluster answers");
    let mut connection = admin.acquire().await.expect("a connection");
    // Several test binaries may come at once: the first one makes the template, the others wait.
    sqlx::query("SELECT pg_advisory_lock(4815)").execute(&mut *connection).await.expect("the lock");
    let ready = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1 AND datistemplate").bind(&template);
    if ready.fetch_optional(&mut *connection).await.expect("the list of databases").is_none() {
        for sql in [format!("DROP DATABASE IF EXISTS {template}"), format!("CREATE DATABASE {template}")] {
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut *connection).await.expect("a new template");
        }
        let db = Db::open(&Place::Server(format!("{server}/{template}"))).await.expect("the template opens");
        db.migrate(files).await.expect("migrations apply to PostgreSQL");
        db.close().await;
        let done = sqlx::AssertSqlSafe(format!("ALTER DATABASE {template} IS_TEMPLATE true"));
        sqlx::query(done).execute(&mut *connection).await.expect("a finished template");
    }
    sqlx::query("SELECT pg_advisory_unlock(4815)").execute(&mut *connection).await.expect("the lock");
    drop(connection);
    admin.close().await;
    format!("{server}/{template}")
}
